"""The sheet of an office on paper, and proof that it is there: its last group, typed from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.paper import Paper
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.flow import flow
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.plain import XS, Card, M, button, column, row, words

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.workspace import Workspace

SHEET = "Herstelblad.pdf"
PDF = _("Pdf (*.pdf)")


class RecoveryStep(QWidget):
    """Print or keep the sheet; `rehearsed` once somebody typed its last group."""

    rehearsed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        identity: str,
        root: str | None,
        paper: Paper,
        jobs: Jobs,
        banner: Banner,
    ) -> None:
        super().__init__()
        self._workspace, self._identity, self._root = workspace, identity, root
        self._paper, self._jobs, self._banner = paper, jobs, banner
        self.print_button = button(_("Druk het blad af"), self.print_sheet, look="primary", glyph="print")
        self.keep_button = button(_("Bewaar als pdf …"), self.keep_sheet, glyph="save")
        self.typed = QLineEdit()
        self.typed.setAccessibleName(_("Laatste groep van het blad"))
        self.typed.returnPressed.connect(self.check)
        self.onward = button(_("Verder"), self.check)
        self.problem = words("", tone="danger")
        self.problem.hide()
        self.rehearsal = Card(name="row")
        self.rehearsal.add(words(_("Oefen meteen"), step="lead"))
        self.rehearsal.add(words(_("Neem het blad in de hand. Zo weten we dat het leesbaar is.")))
        asked = captioned(_("Typ de laatste groep van je blad"), self.typed)
        self.rehearsal.add(column(asked, self.problem, space=XS))
        self.rehearsal.add(row(None, self.onward))
        told = _(
            "Is iedereen de wachtzin kwijt of is de computer stuk, dan opent alleen dit blad nog wat er is. "
            "Druk het twee keer af en leg elk blad in een gesloten omslag achter slot, op een andere plaats. "
            "Dat kan alleen nu: daarna toont het programma deze sleutels nooit meer."
        )
        printing = flow(self.print_button, self.keep_button)
        layout = column(words(told), printing, self.rehearsal, space=M)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def _pdf(self) -> bytes:
        from leerwinkel_desktop.services import recovery_paper  # not before there is a sheet

        house = self._workspace.device().organisation_name or "Leerwinkel"
        return recovery_paper.recovery_sheet(self._identity, self._root, house, self._workspace.today())

    def print_sheet(self) -> None:
        """Print the sheet."""
        from leerwinkel_desktop.ui.print_pdf import print_pdf  # only when somebody prints

        printer = self._paper.printer(self, "Leerwinkel")
        if printer is not None:
            self._start(lambda: print_pdf(printer, self._pdf()), _("Het blad is naar de printer."))

    def keep_sheet(self) -> None:
        """Keep the sheet as a file, for a printer elsewhere."""
        from leerwinkel_desktop.store.files import write_durably  # only when somebody keeps

        path = self._paper.save_file(self, _("Bewaar het herstelblad"), SHEET, PDF)
        if path is not None:
            self._start(
                lambda: write_durably(path, self._pdf()),
                _("Het blad staat in {name}. Druk het af en gooi het bestand daarna weg.").format(
                    name=path.name
                ),
            )

    def _start(self, work: Callable[[], None], told: str) -> None:
        from leerwinkel_desktop.services import recovery  # not before there is a sheet

        def keep(_progress: Progress) -> None:
            work()
            recovery.sheet_printed(self._workspace)

        self._jobs.start(
            self,
            keep,
            lambda _nothing: self._on_paper(told),
            lambda error: problems.show(error, self._banner),
        )

    def _on_paper(self, told: str) -> None:
        self._banner.say(told, "good")
        self.typed.setFocus()

    def check(self) -> None:
        """Go on when the last group is right."""
        from leerwinkel_desktop.services import recovery  # not before there is a sheet

        try:
            right = recovery.rehearse(self._workspace, self._identity, self.typed.text())
        except Exception as error:  # noqa: BLE001 - the banner tells the known from the unknown
            problems.show(error, self._banner)
            return
        self.problem.setVisible(not right)
        if right:
            self.rehearsed.emit()
            return
        self.problem.setText(
            _("⚠ Dit is niet de laatste groep van dit blad. Kijk onderaan bij de herstelsleutel.")
            if self.typed.text().strip()
            else _("⚠ Typ de groep die helemaal onderaan op het blad staat.")
        )
        self.typed.setFocus()
        self.typed.selectAll()
