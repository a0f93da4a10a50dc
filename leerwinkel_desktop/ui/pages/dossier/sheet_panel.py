"""The live advice sheet beside part 4: the real pages, warnings, printing and keeping as PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.detention import NoAccess
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.advice_sheet import Sheet
from leerwinkel_desktop.services import sheets
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.print_pdf import image_of, print_pdf
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, clear, row, set_tone, words

MISSING = "missing"
A4_INCHES = 8.27
SHEET_PDF = "Adviesblad.pdf"
CLOSED = _(
    "Dit blad haalt gegevens uit het afgeschermde deel, en dat is voor jou gesloten. "
    "Kies het gewone blad of het blad voor buiten, of vraag het aan wie op de toegangslijst staat."
)
Drawn = tuple[Sheet, list[QImage]]


class SheetPanel(QWidget):
    """Redraws as a job after each save; only the newest drawing is shown."""

    printed = Signal()
    drawn = Signal()

    def __init__(self, desk: Desk, trajectory_id: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._trajectory = desk, trajectory_id
        self._turn = 0
        self.sheet: Sheet | None = None
        self._images: list[QImage] = []
        self.variant = QComboBox()
        self.variant.setAccessibleName(_("Soort blad"))
        for code in desk.workspace.codelists["sheet_variant"].current(desk.workspace.today()):
            self.variant.addItem(code.label, code.code)
        self.large = QCheckBox(_("Grote letters"))
        self.variant.currentIndexChanged.connect(lambda _index: self.redraw())
        self.large.toggled.connect(lambda _on: self.redraw())
        self.print_button = button(_("Druk af"), self.print_sheet, look="primary", glyph="print")
        self.keep_button = button(_("Bewaar als pdf …"), self.keep, glyph="save")
        self._state = words("", tone="muted", wrap=False)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(S)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(M)
        inner = QWidget()
        inner.setObjectName("column")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(M, S, M, L)
        inside.setSpacing(M)
        inside.addLayout(self._warnings)
        inside.addLayout(self._pages)
        inside.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, M, 0, 0)
        layout.setSpacing(S)
        layout.addLayout(_inset(row(words(_("Adviesblad"), step="lead"), None, self._state)))
        layout.addLayout(_inset(row(self.variant, self.large)))
        layout.addLayout(_inset(row(self.print_button, self.keep_button, None)))
        layout.addWidget(self._scroll, 1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(150)
        self._again.timeout.connect(self.redraw)
        self._busy(True)

    def watch(self, form: RecordForm[Record]) -> None:
        """Redraw when this form keeps something."""
        form.kept.connect(lambda _record: self.redraw())

    def _dpi(self) -> int:
        width = max(240, self._scroll.viewport().width() - 2 * M)
        return int(width * self.devicePixelRatioF() / A4_INCHES)

    def _asked(self) -> tuple[str, bool]:
        return self.variant.currentData(), self.large.isChecked()

    def redraw(self) -> None:
        """Ask for a new drawing; whatever was asked before is dropped."""
        self._turn += 1
        turn, workspace, trajectory, dpi = self._turn, self._desk.workspace, self._trajectory, self._dpi()
        variant, large = self._asked()
        if self.sheet is None:
            self._state.setText(_("Het blad wordt getekend …"))

        def work(progress: Progress) -> Drawn | None:  # noqa: ARG001
            if turn != self._turn:
                return None
            sheet = sheets.render(workspace, trajectory, variant, large_print=large)
            return sheet, [image_of(page) for page in sheets.pages(sheet.pdf, dpi)]

        self._desk.jobs.start(self, work, self._on_drawn(turn), self._on_failed(turn))

    def _on_drawn(self, turn: int) -> Callable[[Drawn | None], None]:
        def show(result: Drawn | None) -> None:
            if result is not None and turn == self._turn:
                self.sheet, self._images = result
                self._show()

        return show

    def _on_failed(self, turn: int) -> Callable[[BaseException], None]:
        def tell(error: BaseException) -> None:
            if turn == self._turn:
                self.sheet, self._images = None, []
                self._show()
                if isinstance(error, NoAccess):
                    self._warnings.addLayout(_warning(CLOSED))
                else:
                    self._desk.report(error)

        return tell

    def _show(self) -> None:
        self._busy(self.sheet is None)
        clear(self._warnings)
        clear(self._pages)
        self._state.setText("")
        if self.sheet is not None:
            sides = _("1 kant") if self.sheet.pages == 1 else _("{n} kanten").format(n=self.sheet.pages)
            self._state.setText(sides)
            for text in told(self.sheet):
                self._warnings.addLayout(_warning(text))
        for number, image in enumerate(self._images, start=1):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAccessibleName(_("Kant {n} van het adviesblad").format(n=number))
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.drawn.emit()

    def _busy(self, busy: bool) -> None:
        self.print_button.setDisabled(busy)
        self.keep_button.setDisabled(busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize() != QSize() and event.oldSize().width() != event.size().width():
            self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    def keep(self) -> None:
        """Keep the sheet as a PDF file."""
        if self.sheet is None:
            return
        path = self._desk.paper.save_file(self, _("Bewaar als pdf"), SHEET_PDF, "PDF (*.pdf)")
        if path is None:
            return
        sheet = self.sheet
        target = path if path.suffix else path.with_suffix(".pdf")
        self._desk.jobs.start(
            self,
            lambda _progress: sheets.write(sheet, target),
            lambda _nothing: self._on_out(sheet, _("Het blad staat als pdf op de schijf.")),
            self._desk.report,
        )

    def print_sheet(self) -> None:
        """Print the very pages in sight at the printer's resolution."""
        if self.sheet is None:
            return
        printer = self._desk.paper.printer(self, "Leerwinkel")
        if printer is None:
            return
        sheet = self.sheet
        self._busy(True)
        self._desk.jobs.start(
            self,
            lambda progress: print_pdf(printer, sheet.pdf, progress),
            lambda _nothing: self._on_out(sheet, _("Het blad is naar de printer.")),
            self._on_not_printed,
            lambda _done, _total, text: self._say(text),
        )

    def _say(self, text: str) -> None:
        self._state.setText(text)

    def _on_not_printed(self, error: BaseException) -> None:
        self._busy(False)
        self._desk.report(error)

    def _on_out(self, sheet: Sheet, text: str) -> None:
        variant, large = self._asked()
        try:
            sheets.mark_printed(self._desk.workspace, self._trajectory, variant, sheet, large_print=large)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._busy(False)
        self._desk.kept.emit()
        self._desk.toast(text)
        self.printed.emit()


def _inset(layout: Any) -> Any:
    layout.setContentsMargins(M, 0, M, 0)
    return layout


def told(sheet: Sheet) -> list[str]:
    """What to look at before printing: everything that is still empty in one sentence, then the rest."""
    empty = [sheets.part_name(warning.where) for warning in sheet.warnings if warning.code == MISSING]
    first = (
        [_("Nog leeg: {parts}. Op papier staat daar een lijn.").format(parts=", ".join(empty))]
        if empty
        else []
    )
    return first + [sheets.warning_text(warning) for warning in sheet.warnings if warning.code != MISSING]


def _warning(text: str) -> Any:
    label = words(text, step="small")
    set_tone(label, "attention")
    glyph = Glyph("attention")
    line = row(glyph, label)
    line.setStretch(1, 1)
    line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
    return line
