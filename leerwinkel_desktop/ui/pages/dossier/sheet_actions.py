"""What can be done with the sheet in sight: make it ready, print it, print it later, keep it as a PDF."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from leerwinkel_desktop.domain.trajectories import AdviceSheet
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import sheet_files, sheets
from leerwinkel_desktop.services.client_papers import Kind
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.sheet_files import KeptSheet
from leerwinkel_desktop.services.sheets import Live
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.client_papers import ClientPapersDialog, opener
from leerwinkel_desktop.ui.print_pdf import MOST_COPIES, print_pdf
from leerwinkel_desktop.ui.still_to_print import StillToPrintDialog
from leerwinkel_desktop.ui.widgets.flow import flow
from leerwinkel_desktop.ui.widgets.plain import M, S, button, column, row, set_look

SHEET_PDF = "Adviesblad.pdf"
DRAFT_PDF = "Adviesblad-ontwerp.pdf"


class SheetActions(QWidget):
    """`settle` keeps first what is typed; `done`: the dossier changed; `stale`: the sheet did."""

    settle = Signal()
    stale = Signal()
    done = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, trajectory_id: str) -> None:
        super().__init__()
        self._desk, self._trajectory = desk, trajectory_id
        self._live: Live | None = None
        self._asked: tuple[str, bool] = ("", False)
        self.dialog: StillToPrintDialog | None = None
        self.confirm_button = button(_("Klaar om mee te geven"), self.confirm, look="primary", glyph="good")
        self.print_button = button(_("Druk af"), self.print_sheet, glyph="print")
        self.copies = QComboBox()
        self.copies.setAccessibleName(_("Hoeveel keer afdrukken"))
        for number in range(1, MOST_COPIES + 1):
            self.copies.addItem(_("{n} keer").format(n=number), number)
        self.later_button = button(_("Later afdrukken"), self.print_later, look="quiet")
        self.keep_button = button(_("Bewaar als pdf …"), self.keep, look="quiet", glyph="save")
        self.waiting_button = button("", self._open_list, look="quiet")
        self.papers_button = button(_("Andere papieren …"), self.open_papers, look="quiet")
        for one in (self.keep_button, self.waiting_button):
            counsellor_only(one)
        self._column = column(
            row(self.confirm_button, None),
            flow(self.print_button, self.copies),
            flow(self.keep_button, self.later_button),
            row(self.waiting_button, None),
            space=S,
        )
        self.setLayout(self._column)
        self._column.setContentsMargins(M, 0, M, 0)
        self.tell(None, self._asked, 0)

    def tell(self, live: Live | None, asked: tuple[str, bool], waiting: int) -> None:
        """Show what can be done with this sheet; `asked` is its variant and whether it is in large print."""
        self._live, self._asked = live, asked
        version = live.version if live is not None else None
        ready = version is not None
        self.busy(live is None)
        self.confirm_button.setVisible(not ready)
        set_look(self.print_button, "primary" if ready else "")
        self.print_button.setText(_("Druk af") if ready else _("Druk het ontwerp af"))
        self.later_button.setVisible(ready)
        on_list = version is not None and version.to_print
        self.later_button.setText(_("Toch niet later") if on_list else _("Later afdrukken"))
        self.waiting_button.setText(_("Nog af te drukken ({n})").format(n=waiting))
        self.waiting_button.setVisible(bool(waiting))

    def busy(self, busy: bool) -> None:
        """Whether there is nothing to do something with, or something is being done."""
        for one in (self.confirm_button, self.print_button, self.keep_button, self.later_button):
            one.setDisabled(busy)

    def open_papers(self) -> ClientPapersDialog:
        """Slips, letters and forms, made of what is kept now."""
        self.settle.emit()
        return opener(self._desk, self._trajectory, Kind.LETTER, self)()

    def confirm(self) -> None:
        """Make the sheet in sight ready; when something came in meanwhile, it is shown first."""
        if self._live is None:
            return
        seen, workspace, trajectory = self._live, self._desk.workspace, self._trajectory
        (variant, large), language = self._asked, self._live.shown.language
        self.settle.emit()
        self.busy(True)

        def work(progress: Progress) -> AdviceSheet | None:  # noqa: ARG001
            now = sheets.live(workspace, trajectory, variant, large_print=large, language=language)
            if now.final != seen.final:
                return None
            return sheet_files.confirm(
                workspace, trajectory, variant, now.final, large_print=large, language=language
            )

        self._desk.jobs.start(self, work, self._on_confirmed, self._on_failed)

    def _on_confirmed(self, sheet: AdviceSheet | None) -> None:
        if sheet is None:
            self._desk.say(_("Er kwam net nog iets bij. Kijk het blad na en zet het dan klaar."), "attention")
            self.busy(False)
            self.stale.emit()
            return
        self._finish(_("Het blad is klaar om mee te geven."))

    def print_sheet(self) -> None:
        """Print the very pages in sight at the printer's resolution; a draft is not counted."""
        if self._live is None:
            return
        version = self._live.version
        told = _("Het blad is naar de printer.")
        if version is None:
            told = _("Het ontwerp is naar de printer. Het telt nog niet als meegegeven.")
        self._print(self._live.shown.pdf, version, told)

    def _print(self, pdf: bytes, version: KeptSheet | None, told: str) -> None:
        printer = self._desk.paper.printer(self, "Leerwinkel", self.copies.currentData())
        if printer is None:
            return
        workspace = self._desk.workspace
        self.busy(True)

        def work(progress: Progress) -> None:
            print_pdf(printer, pdf, progress)
            if version is not None:
                sheet_files.printed(workspace, version.sheet_id)

        self._desk.jobs.start(
            self,
            work,
            lambda _nothing: self._finish(told),
            self._on_failed,
            lambda _done, _total, text: self.said.emit(text),
        )

    def print_copy(self, version: KeptSheet) -> None:
        """Print a kept version again, marked as a copy."""
        printer = self._desk.paper.printer(self, "Leerwinkel", self.copies.currentData())
        if printer is None:
            return
        workspace = self._desk.workspace
        self.busy(True)

        def work(progress: Progress) -> None:
            print_pdf(printer, sheet_files.copy_of(workspace, version), progress)
            sheet_files.note_copy(workspace, version.sheet_id)

        told = _("De kopie is naar de printer.")
        self._desk.jobs.start(self, work, lambda _nothing: self._finish(told), self._on_failed)

    def print_later(self) -> None:
        """Put this very sheet on the list for a day with a printer, or take it off."""
        version = self._live.version if self._live is not None else None
        if version is not None:
            self._desk.when_free(lambda: self._put_on_list(version))

    def _put_on_list(self, version: KeptSheet) -> None:
        sheet_files.print_later(self._desk.workspace, version.sheet_id, on=not version.to_print)
        off, on = _("Het blad is van de lijst."), _("Het blad staat bij “Nog af te drukken”.")
        self._finish(off if version.to_print else on)

    def keep(self) -> None:
        """Keep the sheet in sight as a PDF file; a draft is not counted."""
        if self._live is None:
            return
        version, pdf, workspace = self._live.version, self._live.shown.pdf, self._desk.workspace
        name = SHEET_PDF if version is not None else DRAFT_PDF
        path = self._desk.paper.save_file(self, _("Bewaar als pdf"), name, "PDF (*.pdf)")
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".pdf")
        self.busy(True)

        def work(progress: Progress) -> None:  # noqa: ARG001
            write_durably(target, pdf)
            if version is not None:
                sheet_files.printed(workspace, version.sheet_id)

        told = _("Het blad staat als pdf op de schijf.")
        if version is None:
            told = _("Het ontwerp staat als pdf op de schijf. Het telt nog niet als meegegeven.")
        self._desk.jobs.start(self, work, lambda _nothing: self._finish(told), self._on_failed)

    def _finish(self, told: str) -> None:
        self.busy(False)
        self._desk.kept.emit()
        self._desk.toast(told)
        self.done.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.busy(False)
        self._desk.report(error)

    def _open_list(self) -> None:
        self.dialog = StillToPrintDialog(self._desk, self)
        self.dialog.finished.connect(lambda _result: self.done.emit())
        self.dialog.open()
