"""The real window with its real worker."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from leerwinkel_desktop.services import enrolment, vaults
from leerwinkel_desktop.services.vaults import NewVault
from leerwinkel_desktop.services.workspace import now_ms
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.main_window import MainWindow
from tests.journeys import by_keys
from tests.journeys.by_keys import Desktop, Person
from tests.journeys.watchdog import Watchdog
from tests.windows import PASSPHRASE, Answers, answers, dressed, make_vault, own_settings

__all__ = ["answers", "dressed", "make_vault", "own_settings"]
STOOD_STILL = "stood still"


@pytest.fixture(autouse=True)
def watchdog(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tells in the summary where the window stood still for long."""
    dog = Watchdog()
    dog.start()
    yield
    request.node.user_properties += [(STOOD_STILL, told) for told in dog.stop()]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each stretch of work that was long."""
    for report in terminalreporter.getreports(""):  # of what comes after each test, among others
        for name, told in report.user_properties:
            if name == STOOD_STILL:
                terminalreporter.write_line(f"stood still: {told} ({report.nodeid})")


@pytest.fixture
def open_window(qtbot, dressed, answers: Answers, tmp_path: Path):
    """Opens the real window with its real worker on a vault that exists, or on a first run."""
    windows: list[MainWindow] = []

    def make(name: str = "vault", **more) -> MainWindow:
        folder = tmp_path / name
        window = MainWindow(
            folder, JobRunner(), answers, new=not vaults.exists(folder), cost=vaults.TESTS_ONLY, **more
        )
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        return window

    yield make
    for window in windows:
        window.close()
        window.jobs.close()  # also for a window that refuses to close


@pytest.fixture
def idle(qtbot):
    """Waits until a window has done all its work."""

    def wait(window: Any) -> None:
        qtbot.waitUntil(lambda: not window.jobs.busy, timeout=15_000)

    return wait


@pytest.fixture
def enter(qtbot, open_window, idle):
    """Opens the window on a vault and types its passphrase."""

    def make(name: str) -> Any:
        window = open_window(name)
        qtbot.waitUntil(window.page.open.isEnabled)
        qtbot.keyClicks(window.page.passphrase, PASSPHRASE)
        qtbot.keyClick(window.page.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.shell is not None, timeout=15_000)
        idle(window)
        return window

    return make


@pytest.fixture
def enrolled(tmp_path: Path):
    """Makes an office that is some days old, with the keys of its sheet, and its laptop; both are closed."""

    def make(days: int = 0) -> NewVault:
        def clock() -> int:
            return now_ms() - days * 86_400_000

        office = vaults.create(tmp_path / "kantoor", PASSPHRASE, cost=vaults.TESTS_ONLY, clock=clock)
        laptop = vaults.create(
            tmp_path / "laptop", PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY, clock=clock
        )
        enrolment.write_enrol_card(laptop.workspace, tmp_path / "laptop.lwc")
        card = enrolment.read_enrol_card(tmp_path / "laptop.lwc")
        enrolment.welcome(office.workspace, card, tmp_path / "welkom.lwc")
        enrolment.accept(laptop.workspace, tmp_path / "welkom.lwc")
        for new in (office, laptop):
            new.workspace.close()
        return office

    return make


class Stick:
    """Carries bundles between two open windows (MainWindow), with the buttons of Overdracht."""

    def __init__(self, qtbot, idle, answers: Answers, folder: Path) -> None:
        self._qtbot, self._idle, self._answers, self._folder = qtbot, idle, answers, folder

    def _written(self, window: Any, made: QPushButton) -> Path:
        self._answers.chosen = Path(tempfile.mkdtemp(dir=self._folder))
        self._qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
        self._idle(window)
        (path,) = self._answers.chosen.iterdir()
        return path

    def write(self, laptop: Any) -> Path:
        """The laptop writes its bundle."""
        out = laptop.shell.go("handover").side
        out.refresh()
        self._idle(laptop)
        return self._written(laptop, out.write)

    def take(self, office: Any, path: Path) -> str:
        """The office looks into a bundle and reads it; gives what it says."""
        home = office.shell.go("handover").side
        self._answers.opened = path
        self._qtbot.mouseClick(home.inbox.file, Qt.MouseButton.LeftButton)
        self._idle(office)
        if home.preview.isVisible():
            self._qtbot.mouseClick(home.preview.take, Qt.MouseButton.LeftButton)
            self._idle(office)
            return " ".join((str(home.outcome.told.text()), str(office.shell.banner.text)))
        return str(office.shell.banner.text)

    def receipt(self, office: Any, place: int = 0) -> Path:
        """The office writes what it confirms to one of its laptops."""
        home = office.shell.go("handover").side
        home.refresh()
        self._idle(office)
        home.laptops.listed.setCurrentIndex(home.laptops.listed.model().index(place, 0))
        return self._written(office, home.laptops.write)

    def confirm(self, laptop: Any, path: Path) -> str:
        """The laptop reads it; gives what it says."""
        out = laptop.shell.go("handover").side
        self._answers.opened = path
        self._qtbot.mouseClick(out.inbox.file, Qt.MouseButton.LeftButton)
        self._idle(laptop)
        return str(laptop.shell.banner.text)

    def around(self, laptop: Any, office: Any, place: int = 0) -> str:
        """There and back; gives what the laptop says."""
        self.take(office, self.write(laptop))
        return self.confirm(laptop, self.receipt(office, place))


@pytest.fixture
def stick(qtbot, idle, answers: Answers, tmp_path: Path) -> Stick:
    (tmp_path / "stick").mkdir()
    return Stick(qtbot, idle, answers, tmp_path / "stick")


@pytest.fixture
def sit_down(tmp_path: Path) -> Iterator[Callable[[Path], Person]]:
    """Sits somebody down at a real window on this vault; what that may write stands beside the vault."""
    reason = by_keys.missing()
    if reason:
        pytest.skip(reason)
    (tmp_path / "desktop").mkdir()
    desktop = Desktop(tmp_path / "desktop")
    people: list[Person] = []

    def sit(vault: Path) -> Person:
        people.append(Person(vault.parent, vault, desktop))
        return people[-1]

    yield sit
    for person in people:
        person.child.end()
    desktop.end()
