"""Killed while the office gives, a laptop reads, or people leave it: all of it or nothing, and no trace."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import along, dossiers, exchange, vaults
from leerwinkel_desktop.store import devices, whereabouts
from sync.errors import Fork
from tests.faults.whole import consistent

CHILD = """
from datetime import date

from leerwinkel_desktop.services import along, exchange, vaults
from sync import merge  # loaded before the watch begins

act, vault, *rest = arguments
opened = vaults.unlock(Path(vault), sys.stdin.readline().rstrip())
for name in opened.codelists:
    opened.codelists[name]
sys.setprofile(watch)
if act == "read":
    exchange.import_bundle(opened, Path(rest[0]))
elif act == "let go":
    along.let_go_here(opened, rest)
elif act == "take":
    along.take_along(opened, rest[0], rest[1:], date(2026, 2, 9))
else:
    exchange.write_for_laptop(opened, rest[0], Path(rest[1]), anew=act == "snapshot")
sys.setprofile(None)
print(seen)
opened.close()
"""
MARKER = "kwibusmerkteken"
STAYS, GOES, BUSY, COMES = range(4)
READING = {
    "copied": "copied",
    "verified": "verified",
    "taken": "LineReader._given",
    "changes": "Applier.apply",
    "rows gone": "destroy",
    "left": "let_leave",
    "position": "set_position",
    "written down": "Transaction.note",
    "committed": "_import_copy",
    "swept": "remove_copies",
    "folded": "Database.fold",
}
LEAVING = {
    "rows gone": "_each",
    "values gone": "erase_values",
    "told": "gone",
    "to be swept": "to_be_swept",
    "committed": "block#2",
    "copies gone": "remove_copies",
    "folded": "Database.fold",
}
GIVING = {
    "referred": "Stream.refer",
    "given": "give",
    "measured": "measure",
    "sealed": "seal",
    "named": "sync_folder",
    "noted": "log_bundle",
}
SOME = {
    "read": ("changes", "committed"),
    "snapshot": ("rows gone",),
    "again": ("changes",),
    "let go": ("values gone", "committed"),
    "write": ("referred", "named"),
    "write a snapshot": ("sealed",),
}


def steps(act, table):
    """The steps of an act: some in every run, the others in the long one."""
    few = SOME.get(act, tuple(table))
    return [
        pytest.param(act, step, marks=() if step in few else pytest.mark.soak, id=f"{act}: {step}")
        for step in table
    ]


class Day:
    """Four people: one stays, one leaves, one leaves with unsent work, one comes; the laptop has three."""

    def __init__(self, team, tools, *, index=False):
        self.team, self.tools = team, tools
        self.actor = team.laptop.device().actor
        self.ids = [
            dossiers.create(team.office, first_name=f"{MARKER if n == GOES else 'Verzonnen'} {n}").client.id
            for n in range(4)
        ]
        along.keep_index(team.office, self.actor, on=index)
        along.take_along(team.office, self.actor, self.ids[:COMES], None)
        self.give()
        exchange.import_bundle(team.office, team.hand_over())
        dossiers.change(team.laptop, Client, self.ids[BUSY], notes="nog niet overgedragen")

    def give(self, *, anew=False, read=True):
        path = exchange.write_for_laptop(self.team.office, self.actor, self.team.stick, anew=anew)
        if read:
            exchange.import_bundle(self.team.laptop, path)
        return path

    def ask(self):
        """The office asks two back, gives one, and writes about the one who stays."""
        along.let_go(self.team.office, self.actor, [self.ids[GOES], self.ids[BUSY]])
        along.take_along(self.team.office, self.actor, [self.ids[COMES]], date(2026, 2, 9))
        dossiers.change(self.team.office, Client, self.ids[STAYS], notes="van kantoor")

    def path_for(self, act):
        """The bundle that the act reads."""
        if act == "again":
            along.let_go_here(self.team.laptop, [self.ids[GOES]])
            exchange.import_bundle(self.team.office, self.team.hand_over())
            self.give()
            along.take_along(self.team.office, self.actor, [self.ids[GOES]], None)
            dossiers.change(self.team.office, Client, self.ids[STAYS], notes="van kantoor")
        else:
            self.ask()
        return self.give(anew=act == "snapshot", read=False)

    def here(self, laptop):
        """Who is on the laptop, and whether what the office wrote is."""
        with laptop.database.read() as reader:
            rows = {client.id: client for client in reader.find(Client)}
        told = [rows[self.ids[STAYS]].notes] if self.ids[STAYS] in rows else []
        return sorted(map(self.ids.index, rows)), told == ["van kantoor"]


@pytest.fixture
def day(team, tools):
    return Day(team, tools)


@pytest.fixture
def clean(decrypted):
    """Whether nothing of who left is on the disk of a closed laptop."""

    def look(folder, key):
        assert decrypted(folder / "dossiers.db", key).count(MARKER.encode()) == 0
        assert not list(folder.glob("dossiers.db-*"))
        assert not [path for name in ("inbox", "verwerkt") for path in (folder / name).glob("*")]

    return look


BEFORE = {"read": [STAYS, GOES, BUSY], "snapshot": [STAYS, GOES, BUSY], "again": [STAYS]}
AFTER = {"read": [STAYS, BUSY, COMES], "snapshot": [STAYS, BUSY, COMES], "again": [STAYS, GOES]}


def reopened(day, folder):
    """The laptop at its next start: whole, with its unsent work."""
    laptop = vaults.unlock(folder, day.tools.PASSPHRASE, clock=day.team.clocks[0])
    consistent(laptop)
    return laptop


def finish_reading(day, clean, act, folder, path):
    """Before or after and nothing between; reading again ends it, who left leaves no trace, work arrives."""
    laptop = reopened(day, folder)
    found = day.here(laptop)
    busy = act != "again"
    wanted = [(BEFORE[act] + [BUSY] * (not busy), False), (AFTER[act] + [BUSY] * (not busy), True)]
    assert found in [(sorted(who), told) for who, told in wanted]
    read = found[1]
    if read and busy:
        laptop.close()
        clean(folder, laptop.opened.key)
        laptop = reopened(day, folder)
    assert exchange.import_bundle(laptop, path).already is read
    assert day.here(laptop)[1]
    assert dossiers.load(laptop, day.ids[BUSY]).client.notes == "nog niet overgedragen"
    if busy:
        assert [one.leaving for one in along.here(laptop) if one.client_id == day.ids[BUSY]] == [True]
        laptop.close()
        clean(folder, laptop.opened.key)
        laptop = reopened(day, folder)
    else:
        assert (dossiers.load(laptop, day.ids[GOES]).client.first_name or "").startswith(MARKER)
    consistent(laptop)
    laptop.close()
    return read


@pytest.mark.parametrize(("act", "step"), [one for act in BEFORE for one in steps(act, READING)])
def test_reading_what_was_given(team, tools, day, clean, act, step):
    path = day.path_for(act)
    team.laptop.close()
    done = tools.dying(CHILD, "read", team.laptop.folder, path, when=READING[step])
    if done.returncode != tools.KILLED:  # nobody leaves in this one
        assert act == "again", done.stderr
    read = finish_reading(day, clean, act, team.laptop.folder, path)
    if done.returncode == tools.KILLED:
        assert read is (step in ("committed", "swept", "folded"))


def test_half_of_what_was_given_is_seen(team, day, clean):
    """The control: the one who comes is there already, and the rest is not."""
    path = day.path_for("read")
    with team.laptop.database.bare() as connection:
        connection.execute("DELETE FROM client WHERE id = ?", (day.ids[GOES],))
    team.laptop.close()
    with pytest.raises(AssertionError):
        finish_reading(day, clean, "read", team.laptop.folder, path)


def test_a_trace_is_seen(team, day, clean):
    """The control: somebody left, and the bundles that brought him are still there."""
    folder, key = team.laptop.folder, team.laptop.opened.key
    team.laptop.close()
    with pytest.raises(AssertionError):
        clean(folder, key)


# Letting go on the laptop


def finish_leaving(day, clean, folder):
    """The one who goes is whole or gone without a trace; asking again finishes, and the office hears it."""
    laptop = reopened(day, folder)
    left = day.ids[GOES] not in [one.client_id for one in along.here(laptop)]
    if not left:
        assert (dossiers.load(laptop, day.ids[GOES]).client.first_name or "").startswith(MARKER)
        assert along.let_go_here(laptop, [day.ids[GOES]]) == 1
    assert day.here(laptop) == ([STAYS, BUSY], False)
    laptop.close()
    clean(folder, laptop.opened.key)
    return left


@pytest.mark.parametrize(("act", "step"), steps("let go", LEAVING))
def test_letting_go(team, tools, day, clean, act, step):
    team.laptop.close()
    folder = team.laptop.folder
    done = tools.dying(CHILD, act, folder, day.ids[GOES], when=LEAVING[step])
    assert done.returncode == tools.KILLED, done.stderr
    assert finish_leaving(day, clean, folder) is (step in ("committed", "copies gone", "folded"))
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    exchange.import_bundle(team.office, team.hand_over())
    assert along.on_laptops(team.office)[0].dossiers == 2
    assert dossiers.load(team.office, day.ids[BUSY]).client.notes == "nog niet overgedragen"


# Writing for a laptop


def finish_writing(day, office, laptop, anew=False):
    """Whatever bears a final name is whole, no number has two contents, and writing again ends it."""
    consistent(office)
    paths = exchange.bundles_in(day.team.stick)
    for path in [*paths, exchange.write_for_laptop(office, day.actor, day.team.stick, anew=anew)]:
        exchange.import_bundle(laptop, path)
    assert day.here(laptop) == ([STAYS, BUSY, COMES], True)
    with office.database.read() as reader:
        peer = devices.peer(reader.connection, day.actor)
    with laptop.database.read() as reader:
        ours = devices.peers(reader.connection)[1]
    assert peer is not None
    assert (peer.sent, peer.sent_chain) == (ours.received, ours.received_chain)
    exchange.import_bundle(office, exchange.write_bundle(laptop, day.team.stick).path)
    assert dossiers.load(office, day.ids[BUSY]).client.notes == "nog niet overgedragen"
    with office.database.read() as reader:
        states = {held.client_id: held.state for held in whereabouts.at_laptop(reader.connection, day.actor)}
    assert states == {day.ids[STAYS]: "TAKEN", day.ids[BUSY]: "RELEASED", day.ids[COMES]: "TAKEN"}
    consistent(office)
    consistent(laptop)
    return len(paths)


def ready_to_write(team, tools):
    """A day of which the office has to write, to a laptop that keeps the index; the office is closed."""
    day = Day(team, tools, index=True)
    day.ask()
    for path in team.stick.iterdir():
        path.unlink()
    team.office.close()
    return day


@pytest.mark.parametrize(
    ("act", "step"), [one for act in ("write", "write a snapshot") for one in steps(act, GIVING)]
)
def test_writing_for_a_laptop(team, tools, act, step):
    day = ready_to_write(team, tools)
    which = "snapshot" if act == "write a snapshot" else "write"
    done = tools.dying(CHILD, which, team.office.folder, day.actor, team.stick, when=GIVING[step])
    assert done.returncode == tools.KILLED, done.stderr
    team.office = team.open("office", team.office_clock)
    assert finish_writing(day, team.office, team.laptop) == (step in ("named", "noted"))


def test_a_number_with_two_contents_is_seen(team, tools):
    """The control: the office wrote a bundle and went back to before it, and wrote something else."""
    day = ready_to_write(team, tools)
    before = team.copy_closed("before")
    done = tools.dying(CHILD, "write", team.office.folder, day.actor, team.stick, when="never")
    assert done.returncode == 0, done.stderr
    office = team.open(before.name, team.office_clock)
    dossiers.change(office, Client, day.ids[STAYS], notes="van een ander kantoor")
    with pytest.raises(Fork):
        finish_writing(day, office, team.laptop)
    office.close()


# Any moment of all of it


MOMENTS = ["read", "snapshot", "again", "let go", "write", "take"]


@pytest.mark.parametrize("rounds", [1, pytest.param(500, marks=pytest.mark.soak)])
@pytest.mark.parametrize("act", MOMENTS)
def test_at_any_moment(team, tools, clean, tmp_path, act, rounds):
    day = ready_to_write(team, tools) if act in ("write", "take") else Day(team, tools)
    if act in BEFORE:
        path = day.path_for(act)
        team.laptop.close()
        folder, call = team.laptop.folder, ("read", path)
    elif act == "let go":
        team.laptop.close()
        folder, call = team.laptop.folder, (act, day.ids[GOES])
    else:
        team.laptop.close()
        more = [team.stick] if act == "write" else [day.ids[GOES], day.ids[COMES]]
        folder, call = team.office.folder, (act, day.actor, *more)

    def killed(when):
        copy = Path(shutil.copytree(folder, tmp_path / "copy"))
        done = tools.dying(CHILD, call[0], copy, *call[1:], when=str(when))
        assert done.returncode == (0 if when == "never" else tools.KILLED), done.stderr
        if act in BEFORE:
            end = finish_reading(day, clean, act, copy, path)
        elif act == "let go":
            end = finish_leaving(day, clean, copy)
        else:
            end = at_office(copy)
        shutil.rmtree(copy)
        return done, end

    def at_office(copy):
        office = vaults.unlock(copy, tools.PASSPHRASE, clock=team.office_clock)
        twin = Path(shutil.copytree(team.laptop.folder, tmp_path / "twin"))
        laptop = vaults.unlock(twin, tools.PASSPHRASE, clock=team.clocks[0])
        try:
            if act == "write":
                return finish_writing(day, office, laptop)
            return finish_taking(office, laptop)
        finally:
            office.close()
            laptop.close()
            shutil.rmtree(twin)
            for left in team.stick.iterdir():
                left.unlink()

    def finish_taking(office, laptop):
        consistent(office)
        with office.database.read() as reader:
            held = {one.client_id: one for one in whereabouts.at_laptop(reader.connection, day.actor)}
        taken = [held[day.ids[who]].state == "TAKEN" for who in (GOES, COMES)]
        days = [held[day.ids[who]].until == "2026-02-09" for who in (GOES, COMES)]
        assert (taken, days) in (([False, True], [False, True]), ([True, True], [True, True]))
        exchange.import_bundle(laptop, exchange.write_for_laptop(office, day.actor, team.stick))
        assert (GOES in day.here(laptop)[0]) is taken[0]
        return taken[0]

    whole, _ = killed("never")
    chance, events = random.Random(21), int(whole.stdout)
    begin = (1, events * 4 // 5, events - 20)  # the last steps are around the commit
    ends = {bool(killed(chance.randrange(chance.choice(begin), events))[1]) for _ in range(rounds)}
    assert rounds < 100 or ends == {True, False}
