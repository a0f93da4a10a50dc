"""An office and three laptops that know each other, each a real vault with a clock that tests set."""

from __future__ import annotations

import errno
import io
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

import pytest

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import enrolment, exchange, problems, vaults
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import changelog, devices
from sync import GENESIS, Change, HeaderDraft, SigningKey, encode, link, new_change, write_bundle
from sync.clock import Clock as Stamps

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
NOON = 1_770_000_000_000
TODAY = date(2026, 2, 2)
LAPTOPS = 3
KILLED = -9 if sys.platform != "win32" else 9
WATCH = """
import os, signal, sys
from pathlib import Path

*arguments, when = sys.argv[1:]
deadly, _, turn = when.partition("#")
left, turn, seen = int(when) if when.isdigit() else None, int(turn or 1), 0

def die():
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(9)

def watch(frame, event, argument):
    global seen, turn
    seen += 1
    if event == "return" and frame.f_code.co_qualname == deadly:
        turn -= 1
        if turn == 0:
            die()
    if seen == left:
        die()

"""


Done = subprocess.CompletedProcess[str]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


def make(folder: Path, clock: Clock, **more: Any) -> Workspace:
    return vaults.create(
        folder, PASSPHRASE, cost=vaults.TESTS_ONLY, clock=clock, today=lambda: TODAY, **more
    ).workspace


def dying(code: str, *arguments: object, when: str, typed: str = PASSPHRASE) -> Done:
    """Run code in a child that kills itself through Python's profile hook: no hook stands in the program.

    It dies when a function of the name `when` returns (for the third time: `name#3`), or at the event with
    that number, or never. The code finds its `arguments`, sets `watch` as the profile and prints `seen`.
    """
    return subprocess.run(
        [sys.executable, "-c", WATCH + code, *map(str, arguments), when],
        input=typed + "\n",
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        timeout=120,
        check=False,
    )


def meet(office: Workspace, laptop: Workspace, folder: Path) -> None:
    """Enrol a laptop at an office, with cards in that folder."""
    enrolment.write_enrol_card(laptop, folder / "enrol.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(folder / "enrol.lwc"), folder / "welcome.lwc")
    enrolment.accept(laptop, folder / "welcome.lwc")


class Team:
    """The opened vaults of one test, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stick = folder / "stick"
        self.stick.mkdir(exist_ok=True)
        self.clocks = [Clock() for _ in range(LAPTOPS)]
        self.office_clock = Clock()
        self.office = self.open("office", self.office_clock)
        self.laptops = [self.open(f"laptop-{n}", clock) for n, clock in enumerate(self.clocks)]

    def open(self, name: str, clock: Clock) -> Workspace:
        return vaults.unlock(self.folder / name, PASSPHRASE, clock=clock, today=lambda: TODAY)

    def close(self) -> None:
        for workspace in (self.office, *self.laptops):
            workspace.close()

    @property
    def laptop(self) -> Workspace:
        return self.laptops[0]

    def copy(self, name: str) -> Workspace:
        """A copy of the office as it stands now, which lives on by itself."""
        with self.office.database.bare():
            shutil.copytree(self.office.folder, self.folder / name)
        return self.open(name, self.office_clock)

    def copy_closed(self, name: str) -> Path:
        """A copy of the closed office."""
        return Path(shutil.copytree(self.folder / "office", self.folder / name))

    def copy_of_laptop(self) -> Workspace:
        """The first laptop restored from a copy of this moment."""
        with self.laptop.database.bare():
            shutil.copytree(self.laptop.folder, self.folder / "twin")
        return self.open("twin", self.clocks[0])

    def hand_over(self, number: int = 0) -> Path:
        return exchange.write_bundle(self.laptops[number], self.stick).path

    def receipt(self, number: int = 0) -> Path:
        return exchange.write_for_laptop(self.office, self.laptops[number].device().actor, self.stick)

    def line(self, seq: int, number: int = 0, **more: Any) -> bytes:
        """A change of that laptop as a line, all of it made up but for what is told."""
        fixed: dict[str, Any] = {
            "actor": self.laptops[number].device().actor,
            "seq": seq,
            "hlc": NOON << 16,
            "kind": "client",
            "id": new_id(),
            "patch": {"first_name": f"Verzonnen {seq}"},
            "base": {},
        }
        return encode(new_change(**(fixed | more)))

    def forge(self, lines: Iterable[bytes], number: int = 0, **more: Any) -> Path:
        """A bundle that the laptop signs rightly, with any lines after what it wrote itself."""
        workspace = self.laptops[number]
        office = self.office.device()
        with workspace.database.read() as reader:
            device = devices.read_device(reader.connection)
            own, other = devices.peers(reader.connection)
            before = list(map(encode, changelog.stream(reader.connection, own.actor, 0)))
        fixed: dict[str, Any] = {
            "kind": "changes",
            "organisation": device.organisation,
            "bundle": str(uuid.uuid4()),
            "sender_actor": device.actor,
            "sender_name": device.name,
            "stream": device.actor,
            "first": 1,
            "chain_before": GENESIS,
            "schema": 1,
            "min_schema": 1,
            "created": Stamps().tick(NOON),
        }
        out = io.BytesIO()
        recipients = [other.recipient or "", office.recovery_recipient or ""]
        sealed = [*before, *lines] if more.pop("after_own", True) else list(lines)
        write_bundle(
            out, HeaderDraft(**(fixed | more)), lambda: sealed, SigningKey(device.signing_key), recipients
        )
        path = self.stick / f"forged-{number}-{len(list(self.stick.iterdir()))}.lwb"
        path.write_bytes(out.getvalue())
        return path


def save(workspace: Workspace, *records: Any) -> None:
    with workspace.database.write() as transaction:
        transaction.save_all(records)


def dump(workspace: Workspace, *without: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, but for those named."""
    with workspace.database.read() as reader:
        tables = reader.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: sorted(reader.connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in tables
            if name not in without
        }


def records(workspace: Workspace) -> dict[str, Any]:
    """What must not depend on the order of reading: rows, changes by actor and number, open conflicts."""
    own = ("device", "actor", "audit_entry", "bundle", "given_line", "change", "search_entry", "setting")
    trust = ("trust", "statement", "office_key", "standing", "welcome_secret")
    trails = ("trail", "trail_entry", "trail_break")
    giving = ("giving", "given_cursor", "given_change", "at_laptop")
    along = ("scope", "along", "holding_due", "person_hint")
    kept = dump(
        workspace,
        *own,
        *trust,
        *trails,
        *giving,
        *along,
        "unknown_line",
        "block_key",
        "block_share",
        "block_access",
    )
    rows = {name: found for name, found in kept.items() if not name.startswith("client_word")}
    with workspace.database.read() as reader:
        changes = reader.connection.execute(
            "SELECT actor.actor, seq, hlc, kind, record_id, patch, base, salt, held FROM change "
            "JOIN actor ON actor.number = change.actor ORDER BY 1, 2"
        ).fetchall()
        words = reader.connection.execute("SELECT words FROM client_word ORDER BY words").fetchall()
    return {**rows, "change": changes, "words": words}


class Tools:
    """The functions above, for tests that need more than one team."""

    PASSPHRASE, NOON, TODAY, Clock, KILLED = PASSPHRASE, NOON, TODAY, Clock, KILLED
    make, meet, dying = staticmethod(make), staticmethod(meet), staticmethod(dying)
    save, dump, records = staticmethod(save), staticmethod(dump), staticmethod(records)

    @staticmethod
    def chain(changes: Iterable[Change]) -> bytes:
        value = GENESIS
        for change in changes:
            value = link(value, change)
        return value


@pytest.fixture(scope="session")
def tools() -> type[Tools]:
    return Tools


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The closed vaults of an office and its laptops, to be copied."""
    folder = tmp_path_factory.mktemp("template")
    office = make(folder / "office", Clock())
    for number in range(LAPTOPS):
        laptop = make(folder / f"laptop-{number}", Clock(), role="laptop", name=f"Laptop {number}")
        meet(office, laptop, folder)
        laptop.close()
    office.close()
    return folder


@pytest.fixture
def team(template: Path, tmp_path: Path) -> Iterator[Team]:
    shutil.copytree(template, tmp_path / "team")
    made = Team(tmp_path / "team")
    yield made
    made.close()


@pytest.fixture
def new_team(template: Path, tmp_path: Path) -> Iterator[Any]:
    """Make as many teams as a random test needs."""
    made: list[Team] = []

    def build() -> Team:
        for old in made:
            old.close()
        folder = tmp_path / f"team-{len(made)}"
        shutil.copytree(template, folder)
        made.append(Team(folder))
        return made[-1]

    yield build
    made[-1].close()


@pytest.fixture
def full_after(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A disk of which one folder takes only so many bytes in each new file."""
    whole = Path.open

    @contextmanager
    def full(folder: Path, size: int) -> Iterator[None]:
        def limited(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
            file = whole(path, mode, *more, **named)
            return _Limited(file, size) if mode == "wb" and path.parent == folder else file

        with monkeypatch.context() as patched:
            patched.setattr(Path, "open", limited)
            yield

    return full


class _Limited:
    """A real file that answers like a full disk beyond its size."""

    def __init__(self, file: IO[Any], size: int) -> None:
        self._file, self._left = file, size

    def __enter__(self) -> _Limited:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: bytes) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise OSError(errno.ENOSPC, "full")
        return int(self._file.write(data))


@pytest.fixture
def office(team: Team) -> Workspace:
    return team.office


@pytest.fixture
def laptop(team: Team) -> Workspace:
    return team.laptop


@pytest.fixture
def refused(team: Team) -> Callable[..., Exception]:
    """Reads a bundle that must be refused with exactly one of these errors; nothing changes, and it is told.

    `at` reads, the office when none; `aside` is why the bundle is put aside, which the audit trail tells.
    """

    def read(
        path: Path,
        *errors: type[Exception],
        at: Workspace | None = None,
        preview: bool = True,
        aside: str | None = None,
    ) -> Exception:
        workspace = at or team.office
        without = ("audit_entry",) if aside else ()
        before, read_before = dump(workspace, *without), set(workspace.folder.glob("verwerkt/*"))
        with pytest.raises(errors) as caught:
            exchange.import_bundle(workspace, path)
        assert type(caught.value) in errors
        assert dump(workspace, *without) == before
        assert [found.reason for found in exchange.quarantined(workspace)] == ([aside] if aside else [])
        assert list(workspace.folder.glob("inbox/*")) == []
        assert set(workspace.folder.glob("verwerkt/*")) == read_before
        assert "niets" in (problems.sentence(caught.value) or "").casefold()
        assert problems.exit_status(caught.value) == problems.ENVIRONMENT
        if preview:
            with pytest.raises(errors):
                exchange.preview(workspace, path)
        assert dump(workspace, *without) == before
        return caught.value

    return read
