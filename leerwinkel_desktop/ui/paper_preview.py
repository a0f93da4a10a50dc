"""Shows the pages of a paper as they will be printed, drawn anew as a job after each change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.pages import render_pages
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.print_pdf import image_of
from leerwinkel_desktop.ui.widgets.plain import M, clear

A4_INCHES = 8.27
WIDTH = 420
"""How wide a page is shown, in pixels of the screen at 100 %."""


class PaperPreview(QScrollArea):
    """`drawn` when the newest paper is in sight; `refused` gives why there is none."""

    drawn = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._turn = 0
        self.pages: list[QLabel] = []
        self.setAccessibleName(_("Zo komt het op papier"))
        self.setWidgetResizable(True)
        self.setMinimumWidth(WIDTH + 3 * M)
        inner = QWidget()
        inner.setObjectName("column")
        self._pages = QVBoxLayout(inner)
        self._pages.setContentsMargins(M, M, M, M)
        self._pages.setSpacing(M)
        self.setWidget(inner)

    def show_paper(self, make: Callable[[], bytes] | None) -> None:
        """Draw what `make` makes; None shows nothing. Whatever was asked before is dropped."""
        self._turn += 1
        turn, dpi = self._turn, int(WIDTH * self.devicePixelRatioF() / A4_INCHES)
        if make is None:
            self._show([])
            return

        def work(progress: Progress) -> list[QImage] | None:  # noqa: ARG001
            if turn != self._turn:
                return None
            return [image_of(page) for page in render_pages(make(), dpi)]

        def done(images: list[QImage] | None) -> None:
            if images is not None and turn == self._turn:
                self._show(images)
                self.drawn.emit()

        def failed(error: BaseException) -> None:
            if turn == self._turn:
                self._show([])
                self.refused.emit(error)

        self._desk.jobs.start(self, work, done, failed)

    def _show(self, images: list[QImage]) -> None:
        clear(self._pages)
        self.pages = []
        for number, image in enumerate(images, start=1):
            image.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel()
            page.setPixmap(QPixmap.fromImage(image))
            page.setAccessibleName(_("Kant {n}").format(n=number))
            self.pages.append(page)
            self._pages.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self._pages.addStretch(1)
