"""Programs of three versions hand over to each other: nothing that one of them wrote is ever lost.

The versions are real: copies of this program in which fields, a kind of record and their migrations were
added, each run in processes of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.services import problems, vaults
from leerwinkel_desktop.store.errors import NewerVault
from leerwinkel_desktop.store.migrate import newest
from sync.errors import NewerFormat

ROOT = Path(__file__).parents[2]
VERSIONS = (0, 1, 2)
NEWEST_PROGRAM = VERSIONS[-1]
LAST_FIELD = '    notes: str | None = note("Praktische nota")\n'
FIELDS = (
    "",
    '    shoe_size: int | None = integer("Schoenmaat", low=10, high=60)\n',
    '    songs: tuple[str, ...] = choices("Liederen", "language")\n'
    '    rides: bool | None = yes_no("Rijdt zelf")\n',
)
KIND = '''

@dataclass(frozen=True, slots=True, kw_only=True)
class Hobby(Record):
    """What a newer program knows of somebody."""

    kind: ClassVar[str] = "hobby"
    label: ClassVar[str] = "Hobby"

    client_id: str | None = ref("Klant", "client", owner=True)
    what: str | None = text("Wat")
    since: Date | None = day("Sinds")
'''
SCRIPTS = (
    "",
    "ALTER TABLE client ADD COLUMN shoe_size INTEGER;\n",
    "ALTER TABLE client ADD COLUMN songs TEXT;\n"
    "ALTER TABLE client ADD COLUMN rides INTEGER;\n"
    "CREATE TABLE hobby (id TEXT PRIMARY KEY, client_id TEXT, what TEXT, since TEXT,\n"
    "    removed INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;\n",
)
VALUES: dict[str, Any] = {"shoe_size": 41, "songs": ["nl", "fr"], "rides": True}
HOBBY = {"what": "Duiven", "since": "2020-05-01"}
CHILD = """
import json, sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from leerwinkel_desktop.domain import clients
from leerwinkel_desktop.domain.fields import fields_of, to_wire
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import along, dossiers, exchange, vaults
from leerwinkel_desktop.services.exchange import writing
from leerwinkel_desktop.store import catching_up, devices, giving, migrate

STRANGE = b'{"_":"song","text":"la la"}'
act, vault, *rest = sys.argv[1:]
passphrase, values, hobby = json.load(sys.stdin)
if act == "blind":
    catching_up.show = lambda *_: 0
opened = vaults.unlock(Path(vault), passphrase)
names = {field.name for field in fields_of(clients.Client)}
kinds = [clients.Client] + ([clients.Hobby] if hasattr(clients, "Hobby") else [])

def read(paths):
    return [exchange.import_bundle(opened, Path(path)).held for path in paths]

def make(who):
    known = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items() if name in names}
    view = dossiers.create(opened, first_name=who, **known)
    if len(kinds) > 1:
        since = date.fromisoformat(hobby["since"])
        made = clients.Hobby(id=new_id(), client_id=view.client.id, what=hobby["what"], since=since)
        dossiers.save(opened, made)

def write(stick, who):
    make(who)
    return str(exchange.write_bundle(opened, Path(stick)).path)

def shown():
    with opened.database.read() as reader:
        return {
            kind.kind: [
                {field.name: to_wire(getattr(one, field.name)) for field in fields_of(kind)}
                for one in reader.find(kind)
            ]
            for kind in kinds
        }

def laptops():
    with opened.database.read() as reader:
        return [peer.actor for peer in devices.peers(reader.connection) if peer.role == "laptop"]

def receipts(stick, **more):
    return [str(exchange.write_for_laptop(opened, actor, Path(stick), **more)) for actor in laptops()]

def take_along():
    with opened.database.read() as reader:
        people = [client.id for client in reader.find(clients.Client)]
    for actor in laptops():
        along.take_along(opened, actor, people, None)
        if len(kinds) > 1:
            with opened.database.bare() as connection, giving.adding(connection, actor) as stream:
                stream.add(STRANGE)

def kept():
    with opened.database.read() as reader:
        return [bytes(row[0]).decode() for row in reader.connection.execute("SELECT line FROM unknown_line")]

def edit():
    with opened.database.read() as reader:
        found = reader.find(clients.Client)
    for client in found:
        dossiers.save(opened, replace(client, phone="0470 12 34 56"))

if act == "write":
    answer = write(*rest)
elif act == "demand":
    writing.LEAST_SCHEMA = migrate.newest()
    answer = write(*rest)
elif act == "office":
    stick, *bundles = rest
    held = read(bundles)
    edit()
    answer = {"held": held, "shown": shown(), "receipts": receipts(stick)}
elif act == "give":
    stick, manner, *bundles = rest
    read(bundles)
    if bundles:
        make("Van kantoor")
        take_along()
    answer = receipts(stick, anew=manner == "snapshot")
elif act == "along":
    answer = {"held": read(rest), "shown": shown(), "kept": kept()}
elif act == "confirm":
    read(rest)
    answer = exchange.pending(opened).changes
else:
    answer = {"shown": shown(), "good": vaults.check(opened).good, "kept": kept()}
opened.close()
print(json.dumps(answer))
"""


def program(folder: Path, version: int) -> Path:
    """This program with what came in later versions, in a tree of its own."""
    tree = folder / f"program-{version}"
    for package in ("leerwinkel_desktop", "sync"):
        shutil.copytree(ROOT / package, tree / package, ignore=shutil.ignore_patterns("__pycache__", "ui"))
    shutil.copytree(ROOT / "resources", tree / "resources")
    clients = tree / "leerwinkel_desktop" / "domain" / "clients.py"
    text = clients.read_text(encoding="utf-8")
    assert LAST_FIELD in text
    text = text.replace(LAST_FIELD, LAST_FIELD + "".join(FIELDS[: version + 1]))
    clients.write_text(text + (KIND if version == NEWEST_PROGRAM else ""), encoding="utf-8")
    for later in range(1, version + 1):
        name = f"{newest() + later:04}_later.sql"
        path = tree / "leerwinkel_desktop" / "store" / "migrations" / name
        path.write_text(SCRIPTS[later], encoding="utf-8")
    if version == NEWEST_PROGRAM:
        registry = tree / "leerwinkel_desktop" / "domain" / "registry.py"
        whole = registry.read_text(encoding="utf-8")
        registry.write_text(
            whole.replace("    clients.Talent,\n", "    clients.Talent,\n    clients.Hobby,\n")
        )
    return tree


@pytest.fixture(scope="module")
def programs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("programs")
    return [program(folder, version) for version in VERSIONS]


@pytest.fixture
def run(programs, tools):
    """Do something to a vault with the program of that version; gives its answer."""

    def child(version: int, *arguments: object) -> Any:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, *map(str, arguments)],
            input=json.dumps((tools.PASSPHRASE, VALUES, HOBBY)),
            capture_output=True,
            encoding="utf-8",
            cwd=programs[version],
            env={**os.environ, "PYTHONPATH": str(programs[version]), "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return child


@pytest.fixture
def handed(team, run):
    """A bundle of a laptop with each of the three programs; all vaults are closed."""
    team.close()
    return [
        run(version, "write", team.folder / f"laptop-{version}", team.stick, f"Van {version}")
        for version in VERSIONS
    ]


def known(version: int) -> set[str]:
    """The later fields that a program of that version knows."""
    return {"shoe_size"} if version == 1 else set(VALUES) if version == NEWEST_PROGRAM else set()


def check_all(found: dict[str, Any]) -> None:
    """Everything that was written in any version stands there."""
    people = {one["first_name"]: one for one in found["shown"]["client"]}
    assert len(people) == len(VERSIONS)
    for version in VERSIONS:
        later = {name: people[f"Van {version}"][name] or None for name in VALUES}
        assert later == {name: value if name in known(version) else None for name, value in VALUES.items()}
        assert people[f"Van {version}"]["phone"] == "0470 12 34 56"
    assert [{name: one[name] for name in HOBBY} for one in found["shown"]["hobby"]] == [HOBBY]
    assert found["good"]


@pytest.mark.parametrize("version", VERSIONS)
def test_all_versions_hand_over_to_an_office(team, run, handed, version):
    """An older office keeps what it cannot show, and shows it when it is upgraded."""
    office = team.folder / "office"
    answer = run(version, "office", office, team.stick, *handed)
    assert answer["held"] == [[]] * len(handed)
    people = {one["first_name"]: one for one in answer["shown"]["client"]}
    assert known(version) == VALUES.keys() & people["Van 2"].keys()
    assert all(people["Van 2"][name] == VALUES[name] for name in known(version))
    check_all(run(NEWEST_PROGRAM, "show", office))
    check_all(run(NEWEST_PROGRAM, "show", office))
    left = [
        run(at, "confirm", team.folder / f"laptop-{at}", path) for at, path in enumerate(answer["receipts"])
    ]
    assert left == [0] * len(VERSIONS), "each program reads the receipts of each other"


PAIRS = [(office, laptop) for office in VERSIONS for laptop in VERSIONS if office != laptop]
EACH_RUN = [("lines", 0, 2), ("snapshot", 2, 0)]


@pytest.mark.parametrize(
    ("manner", "office", "laptop"),
    [
        pytest.param(*one, marks=() if one in EACH_RUN else pytest.mark.soak)
        for one in [(manner, *pair) for manner in ("lines", "snapshot") for pair in PAIRS]
    ],
)
def test_an_office_gives_to_all_versions(team, run, manner, office, laptop):
    """By reference or by snapshot: what either side cannot show is there once it can."""
    team.close()
    vault, there = team.folder / "office", team.folder / "laptop-1"
    written = run(NEWEST_PROGRAM, "write", team.folder / "laptop-2", team.stick, "Van 2")
    paths = run(office, "give", vault, team.stick, manner, written)
    read = run(laptop, "along", there, paths[1])
    assert read["held"] == [[]]
    assert {one["first_name"] for one in read["shown"]["client"]} == {"Van 2", "Van kantoor"}
    (shown,) = (one for one in read["shown"]["client"] if one["first_name"] == "Van 2")
    assert {name: shown[name] for name in known(laptop)} == {name: VALUES[name] for name in known(laptop)}
    strange = ['{"_":"song","text":"la la"}'] * (office == NEWEST_PROGRAM)
    assert read["kept"] == strange
    if office != NEWEST_PROGRAM:  # of a kind that the office does not know nothing is given, until it does
        later = run(NEWEST_PROGRAM, "give", vault, team.stick, "lines")
        run(laptop, "along", there, later[1])
    check_given(run(NEWEST_PROGRAM, "show", there), office, strange)
    check_given(run(NEWEST_PROGRAM, "show", there), office, strange)


def check_given(found: dict[str, Any], office: int, strange: list[str]) -> None:
    """All that a laptop and the office wrote stands on the other laptop."""
    people = {one["first_name"]: one for one in found["shown"]["client"]}
    assert {name: people["Van 2"][name] for name in VALUES} == VALUES
    assert {name for name in VALUES if people["Van kantoor"][name]} == known(office)
    hobbies = [{name: one[name] for name in HOBBY} for one in found["shown"]["hobby"]]
    assert hobbies == [HOBBY] * (2 if office == NEWEST_PROGRAM else 1)
    assert found["kept"] == strange
    assert found["good"]


def test_without_showing_it_the_upgrade_hides_it(team, run, handed):
    """The control: the values stay in the log, and no row has them."""
    run(0, "office", team.folder / "office", team.stick, *handed)
    with pytest.raises(AssertionError):
        check_all(run(NEWEST_PROGRAM, "blind", team.folder / "office"))


def test_a_vault_that_was_upgraded_is_refused_by_an_older_program(team, run, handed, tools):
    folder = team.folder / "laptop-2"
    before = (folder / "dossiers.db").read_bytes()
    with pytest.raises(NewerVault) as caught:
        vaults.unlock(folder, tools.PASSPHRASE)
    assert "werk eerst het programma bij" in (problems.sentence(caught.value) or "")
    assert (folder / "dossiers.db").read_bytes() == before


def test_a_bundle_that_demands_a_newer_program_says_so(team, run, refused):
    team.laptops[2].close()
    path = run(2, "demand", team.folder / "laptop-2", team.stick, "Later")
    error = refused(Path(path), NewerFormat)
    assert "werk eerst bij" in (problems.sentence(error) or "")


def test_the_later_fields_are_later():
    """The versions differ in what this program does not have."""
    assert "hobby" not in BY_KIND
    assert VALUES.keys().isdisjoint(field.name for field in fields_of(BY_KIND["client"]))
