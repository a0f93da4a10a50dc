"""Draws the pages of a PDF on a printer, as they stand."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QImage, QPainter

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.pages import PageImage, page_count, render_pages
from leerwinkel_desktop.services.progress import Progress, silent

MOST_DPI = 600


class PrinterRefused(EnvironmentProblem):
    """The printer, or the file that stands in for one, could not be begun."""

    sentence = _("De printer is niet begonnen. Er is niets afgedrukt; kijk of hij aan staat en papier heeft.")


def image_of(page: PageImage) -> QImage:
    """A page as a picture that owns its pixels."""
    drawn = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return drawn.copy()


def print_pdf(printer: Any, pdf: bytes, progress: Progress = silent) -> None:
    """Draw each page over the whole paper. Raises PrinterRefused when the printer does not start."""
    total = page_count(pdf)
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused
    try:
        for number, page in enumerate(render_pages(pdf, min(MOST_DPI, printer.resolution()))):
            progress(number, total, _("Kant {n} afdrukken …").format(n=number + 1))
            if number:
                printer.newPage()
            painter.drawImage(painter.viewport(), image_of(page))
    finally:
        painter.end()
