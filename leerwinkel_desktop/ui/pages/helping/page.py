"""The page behind "Wachtzin vergeten?": only what can help this vault is in the list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import ways_in
from leerwinkel_desktop.store.keys import Cost
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.pages.helping.bench import Bench
from leerwinkel_desktop.ui.pages.helping.by_office import ByOffice
from leerwinkel_desktop.ui.pages.helping.by_sheet import AnswerBySheet, BySheet
from leerwinkel_desktop.ui.pages.helping.restoring import Restoring
from leerwinkel_desktop.ui.paper import Paper
from leerwinkel_desktop.ui.widgets.messages import Banner, Busy
from leerwinkel_desktop.ui.widgets.plain import L, S, button, row, words
from leerwinkel_desktop.ui.widgets.sections import Section, Sections


class HelpPage(QWidget):
    """`unlocked` gives the workspace; `left` goes back to where the user came from."""

    unlocked = Signal(object)
    left = Signal()

    def __init__(self, folder: Path, jobs: Jobs, paper: Paper, cost: Cost | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self.banner, busy = Banner(), Busy(None)
        self.bench = Bench(folder, jobs, paper, self.banner, busy, cost)
        self.bench.setParent(self)
        self.bench.opened.connect(self.unlocked)
        self.bench.again.connect(self.look)
        self.bench.done.connect(self.left)
        self.back = button(_("Terug"), self.left.emit, look="quiet", glyph="back")
        bench = self.bench
        self.sections = Sections(
            [
                Section("office", _("Vraag het kantoor"), lambda: ByOffice(bench)),
                Section("sheet", _("Met het herstelblad"), lambda: BySheet(bench)),
                Section("backup", _("Reservekopie terugzetten"), lambda: Restoring(bench)),
                Section("answer", _("Een laptop helpen"), lambda: AnswerBySheet(bench)),
            ],
            _("Wat kan helpen"),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, L, 0, 0)
        layout.setSpacing(S)
        heading = row(words(_("Hulp bij het openen"), step="title"), None, self.back)
        heading.setContentsMargins(L, 0, L, 0)
        layout.addLayout(heading)
        for part in (self.banner, busy):
            line = row(part)
            line.setContentsMargins(L, 0, L, 0)
            layout.addLayout(line)
        layout.addWidget(self.sections, 1)
        self.look()

    @property
    def guarded(self) -> bool:
        """Whether something stands in a line: a passphrase, or the key of the sheet."""
        return any(line.text() for line in self.findChildren(QLineEdit)) or any(
            text.toPlainText() for text in self.findChildren(QPlainTextEdit)
        )

    def look(self) -> None:
        """See what can open this vault, and offer only that."""
        try:
            self.bench.ways = ways = ways_in.look(self.bench.folder)
        except Exception as error:  # noqa: BLE001 - the banner tells the known from the unknown
            problems.show(error, self.banner)
            self._offer(["backup"])
            return
        offered = ["office"] if ways.office else []
        offered += ["sheet"] if ways.sheet else []
        offered += ["backup"]
        offered += ["answer"] if ways.sheet or not ways.vault else []
        if ways.vault and not (ways.office or ways.sheet):
            self.banner.say(
                _("Deze laptop hoort nog bij geen kantoor: zonder wachtzin gaat hij niet open."), "attention"
            )
        self._offer(offered)

    def _offer(self, offered: list[str]) -> None:
        """List what can help; Enter opens what is in sight, not the way back."""
        self.sections.offer(offered)
        key = self.sections.key
        shown = key if key in offered else offered[0]
        self.sections.go(shown)
        self.setFocusProxy(self.sections.button(shown))
