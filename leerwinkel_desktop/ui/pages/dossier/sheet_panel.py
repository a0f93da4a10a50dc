"""The live advice sheet beside part 4: the real pages, what deserves a second look, what was kept before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QScrollArea, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.detention import NoAccess
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import SECOND_LANGUAGES, SOURCE_LANGUAGE, _
from leerwinkel_desktop.printing.advice_sheet import Sheet
from leerwinkel_desktop.services import sheet_files, sheets
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.sheets import Live
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.kept_sheets import KeptSheets
from leerwinkel_desktop.ui.pages.dossier.sheet_actions import SheetActions
from leerwinkel_desktop.ui.pages.dossier.sheet_remarks import SheetRemarks
from leerwinkel_desktop.ui.print_pdf import image_of
from leerwinkel_desktop.ui.widgets.flow import flow
from leerwinkel_desktop.ui.widgets.plain import L, M, S, clear, row, words

A4_INCHES = 8.27
NARROWEST = 380
CLOSED = _(
    "Dit blad haalt gegevens uit het afgeschermde deel, en dat is voor jou gesloten. "
    "Kies het gewone blad of het blad voor buiten, of vraag het aan wie op de toegangslijst staat."
)
Drawn = tuple[Live, list[QImage], int]


class SheetPanel(QWidget):
    """Redraws as a job after each save; only the newest drawing is shown.

    `asked` sends to a field (kind and name, record), `settle` asks to keep first what is being typed.
    """

    printed = Signal()
    drawn = Signal()
    settle = Signal()
    asked = Signal(str, str)

    def __init__(self, desk: Desk, trajectory_id: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._trajectory = desk, trajectory_id
        self._turn = 0
        self.live: Live | None = None
        self._images: list[QImage] = []
        self.variant = QComboBox()
        self.variant.setAccessibleName(_("Soort blad"))
        for code in desk.workspace.codelists["sheet_variant"].current(desk.workspace.today()):
            self.variant.addItem(code.label, code.code)
        self.language = _languages(desk.workspace.codelists["language"])
        self.large = QCheckBox(_("Grote letters"))
        self.variant.currentIndexChanged.connect(lambda _index: self.redraw())
        self.language.activated.connect(lambda _index: self.redraw())
        self.large.toggled.connect(lambda _on: self.redraw())
        self._state = words("", tone="muted", wrap=False)
        self.remarks = SheetRemarks(desk)
        self.remarks.asked.connect(self.asked)
        self.acts = SheetActions(desk, trajectory_id)
        self.kept = KeptSheets()
        for hidden in (self.remarks, self.kept):
            counsellor_only(hidden)
        self.kept.again.connect(self.acts.print_copy)
        for part in (self.remarks, self.acts):
            part.settle.connect(self.settle)
        self.remarks.mended.connect(self._on_done)
        self.acts.done.connect(self._on_done)
        self.acts.stale.connect(self.redraw)
        self.acts.said.connect(self._state.setText)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(M)
        self._scroll = self._scrolling()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, M, 0, 0)
        layout.addStrut(NARROWEST)
        layout.setSpacing(S)
        layout.addLayout(_inset(flow(words(_("Adviesblad"), step="lead", wrap=False), self._state, space=M)))
        layout.addLayout(_inset(flow(self.variant, self.language, self.large)))
        layout.addWidget(self.acts)
        layout.addWidget(self._scroll, 1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(150)
        self._again.timeout.connect(self.redraw)

    def _scrolling(self) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("column")
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(M, S, M, L)
        inside.setSpacing(M)
        inside.addWidget(self.remarks)
        inside.addLayout(self._pages)
        inside.addWidget(self.kept)
        inside.addLayout(row(self.acts.papers_button, None))
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setAccessibleName(_("Het blad zoals het gedrukt wordt"))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        scroll.setWidget(inner)
        return scroll

    @property
    def sheet(self) -> Sheet | None:
        """The sheet in sight."""
        return self.live.shown if self.live is not None else None

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
        (variant, large), language = self._asked(), self.language.currentData()
        if self.live is None:
            self._state.setText(_("Het blad wordt getekend …"))

        def work(progress: Progress) -> Drawn | None:  # noqa: ARG001
            if turn != self._turn:
                return None
            live = sheets.live(workspace, trajectory, variant, large_print=large, language=language)
            images = [image_of(page) for page in sheets.pages(live.shown.pdf, dpi)]
            return live, images, len(sheet_files.to_print(workspace))

        self._desk.jobs.start(self, work, self._on_drawn(turn), self._on_failed(turn))

    def _on_drawn(self, turn: int) -> Callable[[Drawn | None], None]:
        def show(result: Drawn | None) -> None:
            if result is not None and turn == self._turn:
                self.live, self._images, waiting = result
                self._show(waiting)

        return show

    def _on_failed(self, turn: int) -> Callable[[BaseException], None]:
        def tell(error: BaseException) -> None:
            if turn == self._turn:
                self.live, self._images = None, []
                self._show(0)
                if isinstance(error, NoAccess):
                    self.remarks.say(CLOSED)
                else:
                    self._desk.report(error)

        return tell

    def _show(self, waiting: int) -> None:
        self.acts.tell(self.live, self._asked(), waiting)
        self.remarks.tell(self.sheet)
        if self.live is not None:
            self.language.setCurrentIndex(self.language.findData(self.live.shown.language))
        self.kept.tell(self.live.kept if self.live is not None else ())
        self._state.setText(state_of(self.live) if self.live is not None else "")
        clear(self._pages)
        for number, image in enumerate(self._images, start=1):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAccessibleName(_("Kant {n} van het adviesblad").format(n=number))
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.drawn.emit()

    def _on_done(self) -> None:
        self.redraw()
        self.printed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize() != QSize() and event.oldSize().width() != event.size().width():
            self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    def keep(self) -> None:
        """See SheetActions."""
        self.acts.keep()

    def print_sheet(self) -> None:
        """See SheetActions."""
        self.acts.print_sheet()


def state_of(live: Live) -> str:
    """How many sides, and how far the sheet is."""
    pages, version = live.shown.pages, live.version
    sides = _("1 kant") if pages == 1 else _("{n} kanten").format(n=pages)
    if version is None:
        return _("{sides}, ontwerp").format(sides=sides)
    if version.printed_on is not None:
        return _("{sides}, afgedrukt").format(sides=sides)
    return _("{sides}, klaar").format(sides=sides)


def _languages(named: CodeList) -> QComboBox:
    """What stands beside the Dutch; nothing is chosen until the first drawing tells what fits the client."""
    box = QComboBox()
    box.setAccessibleName(_("Taal van het blad"))
    box.addItem(_("Alleen Nederlands"), SOURCE_LANGUAGE)
    for code in SECOND_LANGUAGES:
        box.addItem(_("Nederlands en {language}").format(language=named.label_of(code)), code)
    box.setCurrentIndex(-1)
    return box


def _inset(layout: Any) -> Any:
    layout.setContentsMargins(M, 0, M, 0)
    return layout
