"""The one window: locked, being set up, or open. Its title never says more than the name of the program."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.pages.unlock import UnlockPage
from leerwinkel_desktop.ui.paper import Paper

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.workspace import Workspace
    from leerwinkel_desktop.ui.draft_keeper import DraftKeeper
    from leerwinkel_desktop.ui.idle import Idle
    from leerwinkel_desktop.ui.shell import Shell

TITLE = "Leerwinkel"
SIZE = (1180, 720)
LONGEST_WAIT_MS = 2000
"""For work that gives no sign of life when the window locks; a new process ends it like a power cut."""


class MainWindow(QMainWindow):
    """Shows one of three: the first run, the lock, or the shell with the pages."""

    look_changed = Signal(object)
    opened = Signal()
    locked = Signal(bool)
    """The vault is closed and the page with the passphrase is there; was everything that was typed kept?"""

    def __init__(
        self,
        folder: Path,
        jobs: Jobs,
        paper: Paper,
        *,
        new: bool,
        cost: tuple[int, int, int] | None = None,
        clock: Callable[[], float] | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(*SIZE)
        self.folder = folder
        self.jobs = jobs
        self.paper = paper
        self.workspace: Workspace | None = None
        self.shell: Shell | None = None
        self.idle: Idle | None = None
        self.keeper: DraftKeeper | None = None
        self._clock = clock
        self._cost = cost
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        if new:
            self._first_run(cost)
        else:
            self._ask()

    @property
    def page(self) -> QWidget | None:
        """What is in sight: a FirstRunPage, an UnlockPage or a Shell."""
        return self._stack.currentWidget()

    def warm_up(self) -> None:
        """Load what comes after unlocking while the user types the passphrase."""

        def work(progress: Progress) -> None:  # noqa: ARG001
            from leerwinkel_desktop.services import dossiers, profile, vaults  # noqa: F401 - loading is the work

        self.jobs.start(self, work, lambda _: None, _raise)

    def _first_run(self, cost: tuple[int, int, int] | None, names: Mapping[str, str] | None = None) -> None:
        from leerwinkel_desktop.ui.pages.first_run import FirstRunPage  # only once in a computer's life

        page = FirstRunPage(self.folder, self.jobs, self.paper, cost)
        page.made.connect(self.open)
        page.help_asked.connect(lambda: self.help(page.names()))
        if names is not None:
            page.recall(names)
        self._show(page)
        self._watch_closed()

    def _ask(self) -> None:
        self._watch_no_more()
        page = UnlockPage(self.folder, self.jobs)
        page.unlocked.connect(self.open)
        page.help_asked.connect(self.help)
        self._show(page)

    def help(self, names: Mapping[str, str] | None = None) -> None:
        """Show what helps when no passphrase opens the vault; `names` were typed in a first run."""
        from leerwinkel_desktop.ui.pages.helping.page import HelpPage  # seldom asked for

        page = HelpPage(self.folder, self.jobs, self.paper, self._cost)
        page.unlocked.connect(self.open)
        page.left.connect(lambda: self._begin(names))
        self._show(page)
        self._watch_closed()

    def _begin(self, names: Mapping[str, str] | None = None) -> None:
        """Ask the passphrase, or set up what is not there yet."""
        from leerwinkel_desktop.services import vaults  # loaded already

        if vaults.exists(self.folder):
            self._ask()
        else:
            self._first_run(self._cost, names)

    def open(self, workspace: Workspace) -> None:
        """Show the pages of an open vault, at the very place where this user's draft was made."""
        # the pages and their services load after unlocking
        from leerwinkel_desktop.ui.draft_keeper import DraftKeeper
        from leerwinkel_desktop.ui.idle import idle_limit
        from leerwinkel_desktop.ui.shell import Shell

        self.workspace = workspace
        workspace.database.hurry()
        self.shell = Shell(workspace, self.jobs, self.paper)
        self.shell.lock_asked.connect(self.lock)
        self.shell.look_changed.connect(self.look_changed)
        self._show(self.shell)
        self._watch(idle_limit(workspace))
        self.shell.desk.kept.connect(self._look_at_limit)
        self.keeper = DraftKeeper(workspace, self.shell)
        self.keeper.recall()
        gc.freeze()  # what stays until the lock is not looked through again and again while an import runs
        self.opened.emit()

    def _watch(self, limit: float) -> None:
        from leerwinkel_desktop.ui.idle import Idle, seconds  # the page with the passphrase needs no watch

        self._watch_no_more()
        self.idle = Idle(limit, self._clock or seconds, self)
        self.idle.idle.connect(self.lock)
        self.idle.asked.connect(self.lock)

    def _watch_closed(self) -> None:
        """Watch a page on which secrets may be typed before any vault says how long it stays open."""
        from leerwinkel_desktop.ui.idle import CLOSED_SECONDS  # not before the first painting

        self._watch(CLOSED_SECONDS)

    def _watch_no_more(self) -> None:
        if self.idle is not None:
            self.idle.stop()
            self.idle.deleteLater()
            self.idle = None

    def _look_at_limit(self) -> None:
        """Somebody may have changed how this vault is used."""
        from leerwinkel_desktop.ui.idle import idle_limit  # loaded already

        if self.idle is not None and self.workspace is not None:
            self.idle.limit = idle_limit(self.workspace)

    def lock(self) -> None:
        """Lock at once, whatever is open: hide all, keep what is being typed, close the vault."""
        if self.workspace is None and not getattr(self.page, "guarded", False):
            if self.idle is not None:
                self._watch(self.idle.limit)  # it looks no more after it told once
            return
        cover = self._cover()
        kept = self._close_vault(locking=True)
        give_up = getattr(self.page, "give_up", None)
        if give_up is not None:
            kept = give_up()
        self._begin()
        cover.deleteLater()
        self.locked.emit(kept)

    def say_unkept(self, unkept: bool) -> None:
        """On the first page: what was typed last could not be kept when the window locked."""
        say_anew = getattr(self.page, "say_anew", None)
        if unkept and say_anew is not None:
            say_anew()
        elif unkept and isinstance(self.page, UnlockPage):
            self.page.banner.say(
                _("Wat je het laatst typte, kon niet bewaard worden. Wat ervoor bewaard was, is veilig."),
                "attention",
            )

    def _cover(self) -> QWidget:
        """Hide everything that is in sight before anything that may take a moment; the cursor stays put."""
        for other in QApplication.topLevelWidgets():
            if other is not self and other.isVisible():
                other.hide()
        cover = QWidget(self)
        cover.setObjectName("ground")
        cover.setAutoFillBackground(True)
        cover.setGeometry(self.rect())
        cover.show()
        cover.repaint()
        return cover

    def _close_vault(self, *, locking: bool) -> bool:
        """Stop the work, keep the draft, close; gives whether everything that was typed is kept."""
        self._watch_no_more()
        ended = self.jobs.close(LONGEST_WAIT_MS if locking else None)
        kept = self.keeper is None or self.keeper.keep(place=locking)
        ended = ended and self.jobs.close(LONGEST_WAIT_MS if locking else None)  # keeping may begin a job
        if self.workspace is not None and ended:  # else it closes with the process: the log survives that
            self.workspace.close()
        self.workspace = self.shell = self.keeper = None
        client_view().set(False)
        return kept

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        wanted = page.focusProxy() or page.focusWidget()  # as chosen before it stood in a window
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        if wanted is not None:
            wanted.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        ask_first = getattr(self.page, "may_close", None)
        if (ask_first is not None and not ask_first()) or not self._may_lose_nothing():
            event.ignore()
            return
        self._close_vault(locking=False)
        self.jobs.end()
        super().closeEvent(event)

    def _may_lose_nothing(self) -> bool:
        """Whether all that was typed is kept; when not, it is told, and who closes once more means it."""
        if self.keeper is None or self.shell is None or self.keeper.may_close():
            return True
        self.shell.desk.say(
            _(
                "Niet alles wat je typte, kan nu bewaard worden: de schijf is vol of weg. Maak eerst plaats. "
                "Sluit je het venster nog eens, dan ben je dat kwijt."
            ),
            "danger",
        )
        return False


def _raise(error: BaseException) -> None:
    raise error
