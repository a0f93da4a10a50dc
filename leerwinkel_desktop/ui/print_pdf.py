"""Draws the pages of a PDF on a printer, as they stand."""

from __future__ import annotations

import shutil
import tempfile
from typing import Any

from PySide6.QtGui import QImage, QPainter

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.pages import PageImage, page_count, render_pages
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.store.errors import DiskFull
from leerwinkel_desktop.ui.print_queue import was_refused

MOST_DPI = 600
MOST_COPIES = 9
PAGE_BYTES = 8_000_000
"""More than a page takes on its way to a printer: 1.8 MB was measured at 600 dpi."""


class PrinterRefused(EnvironmentProblem):
    """The printer, or the file that stands in for one, could not be begun."""

    sentence = _("De printer is niet begonnen. Er is niets afgedrukt; kijk of hij aan staat en papier heeft.")


class PrinterStopped(EnvironmentProblem):
    """The printer stopped before all pages were on their way."""

    sentence = _(
        "De printer is gestopt voor alles afgedrukt was. Het blad telt niet als afgedrukt; kijk of er papier "
        "is en druk het opnieuw af, of zet het bij “Later afdrukken”."
    )


class QueueRefused(EnvironmentProblem):
    """The print system did not take the job: its queue is gone, closed or full."""

    sentence = _(
        "De printer nam de opdracht niet aan: de wachtrij is weg, gesloten of vol. Er is niets afgedrukt, "
        "en het blad telt niet als afgedrukt. Kies een andere printer, of vraag hulp aan wie de printers "
        "beheert."
    )


def image_of(page: PageImage) -> QImage:
    """A page as a picture that owns its pixels."""
    drawn = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGB32)
    return drawn.copy()


def print_pdf(printer: Any, pdf: bytes, progress: Progress = silent) -> None:
    """Draw each page over the whole paper, as often as the printer was asked for.

    Raises PrinterRefused when the printer does not start, PrinterStopped when it does not finish,
    QueueRefused when the print system does not take the job, and DiskFull where the job has no room.
    """
    _require_ready(printer)
    _require_room(printer, pdf)
    times = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused
    try:
        for time in range(times):
            _draw(printer, painter, pdf, progress, first=time == 0)
    finally:
        finished = painter.end()
    if not finished or _is_stopped(printer):
        raise PrinterStopped
    if _is_native(printer) and was_refused():
        raise QueueRefused


def _draw(printer: Any, painter: QPainter, pdf: bytes, progress: Progress, *, first: bool) -> None:
    total = page_count(pdf)
    for number, page in enumerate(render_pages(pdf, min(MOST_DPI, printer.resolution()))):
        progress(number, total, _("Kant {n} afdrukken …").format(n=number + 1))
        if (number or not first) and not printer.newPage():
            raise PrinterStopped
        painter.drawImage(painter.viewport(), image_of(page))
        if _is_stopped(printer):
            raise PrinterStopped


def _is_stopped(printer: Any) -> bool:
    return printer.printerState() in (printer.PrinterState.Aborted, printer.PrinterState.Error)


def _require_ready(printer: Any) -> None:
    """Refuse a printer that is not there, or that the system calls stopped; a file is always ready."""
    from PySide6.QtPrintSupport import QPrinterInfo  # only when somebody prints

    stopped = _is_native(printer) and QPrinterInfo(printer).state() == printer.PrinterState.Error
    if stopped or not printer.isValid():
        raise PrinterRefused


def _require_room(printer: Any, pdf: bytes) -> None:
    """Qt writes a job to a temporary file first, and does not notice when that is cut off."""
    size = page_count(pdf) * PAGE_BYTES
    if _is_native(printer) and shutil.disk_usage(tempfile.gettempdir()).free < size:
        raise DiskFull(size)


def _is_native(printer: Any) -> bool:
    return bool(printer.outputFormat() == printer.OutputFormat.NativeFormat)
