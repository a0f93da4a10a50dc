"""The one window: locked, being set up, or open. Its title never says more than the name of the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.pages.unlock import UnlockPage
from leerwinkel_desktop.ui.paper import Paper

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.workspace import Workspace
    from leerwinkel_desktop.ui.shell import Shell

TITLE = "Leerwinkel"
SIZE = (1180, 720)


class MainWindow(QMainWindow):
    """Shows one of three: the first run, the lock, or the shell with the pages."""

    look_changed = Signal(object)

    def __init__(
        self, folder: Path, jobs: Jobs, paper: Paper, *, new: bool, cost: tuple[int, int, int] | None = None
    ) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.resize(*SIZE)
        self.folder = folder
        self.jobs = jobs
        self.paper = paper
        self.workspace: Workspace | None = None
        self.shell: Shell | None = None
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)
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
            from leerwinkel_desktop.services import dossiers, vaults  # noqa: F401 - loading is the work

        self.jobs.start(self, work, lambda _: None, _raise)

    def _first_run(self, cost: tuple[int, int, int] | None) -> None:
        from leerwinkel_desktop.ui.pages.first_run import FirstRunPage  # only once in a computer's life

        page = FirstRunPage(self.folder, self.jobs, self.paper, cost)
        page.made.connect(self.open)
        self._show(page)

    def _ask(self) -> None:
        page = UnlockPage(self.folder, self.jobs)
        page.unlocked.connect(self.open)
        self._show(page)

    def open(self, workspace: Workspace) -> None:
        """Show the pages of an open vault."""
        from leerwinkel_desktop.ui.shell import Shell  # the pages and their services load after unlocking

        self.workspace = workspace
        self.shell = Shell(workspace, self.jobs, self.paper)
        self.shell.lock_asked.connect(self.lock)
        self.shell.look_changed.connect(self.look_changed)
        self._show(self.shell)

    def lock(self) -> None:
        """Keep what is being typed, close the vault and ask for the passphrase again."""
        if self.workspace is None:
            return
        self._close_vault()
        self._ask()

    def _close_vault(self) -> None:
        if self.shell is not None:
            self.shell.leave()
        self.jobs.close()
        if self.workspace is not None:
            self.workspace.close()
        self.workspace = None
        self.shell = None

    def _show(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        ask_first = getattr(self.page, "may_close", None)
        if ask_first is not None and not ask_first():
            event.ignore()
            return
        self._close_vault()
        super().closeEvent(event)


def _raise(error: BaseException) -> None:
    raise error
