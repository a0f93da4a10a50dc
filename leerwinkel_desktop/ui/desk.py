"""What every page has at hand: the open vault, the worker, and ways to speak to the user."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.later import Later
from leerwinkel_desktop.ui.paper import Paper
from leerwinkel_desktop.ui.watch import Watch
from leerwinkel_desktop.ui.widgets.messages import Banner, Toast


class Desk(QObject):
    """Handed to each page when it is made; lives from unlock to lock."""

    kept = Signal()
    """Something was saved, removed, imported or handed over: what the top bar says may have changed."""

    sent = Signal(str)
    """A page sends the user on to another by its key; `dossier/` and `deciding/` go with a client's id."""

    undecided = Signal()
    """Something more or less waits for a decision: the search for doubles goes on after what was kept."""

    def __init__(
        self, workspace: Workspace, jobs: Jobs, paper: Paper, banner: Banner, toast: Toast, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.jobs = jobs
        self.paper = paper
        self.watch = Watch(workspace, jobs, self.report, self)
        self._banner = banner
        self._toast = toast
        self._stuck = False
        self.later = Later(self.report, self)
        self.later.stuck.connect(self.stuck)
        self.later.done.connect(self.go_on)

    def when_free(self, act: Callable[[], object]) -> None:
        """Do this at once, or as soon as an import lets the database go, and say so."""
        if not self.later.do(act):
            self.say(_("Er wordt net ingelezen. Dit gebeurt vanzelf zodra dat klaar is."), "calm")

    def report(self, error: BaseException) -> None:
        """Say what went wrong, at the top of the page."""
        problems.show(error, self._banner)

    def stuck(self, error: BaseException) -> None:
        """What was typed cannot be kept now, for want of a disk: say so once, it is tried again."""
        if not self._stuck:
            self._stuck = True
            more = _("Typ gerust verder: het blijft staan, en wordt vanzelf bewaard zodra dat weer kan.")
            self.say(f"{problems.sentence(error)} {more}", "danger")

    def go_on(self) -> None:
        """Something typed was kept: the disk is there again."""
        if self._stuck:
            self._stuck = False
            self.say(_("Er kan weer bewaard worden. Wat je intussen typte, is bewaard."))

    def say(self, text: str, tone: str = "good") -> None:
        """Say one sentence at the top of the page."""
        self._banner.say(text, tone)

    def hush(self) -> None:
        """Take the sentence away."""
        self._banner.hide()

    def toast(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        act: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say a short word at the bottom that goes away by itself; `act` is a button that leads on."""
        self._toast.say(text, undo, act)
