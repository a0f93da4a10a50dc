"""Prints a file on the queue PDF with next to no room for the job; ends with status 0 when that is noticed.

usage: python -m tests.faults.printing_full FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.store.errors import DiskFull
from leerwinkel_desktop.ui.print_pdf import print_pdf


def main(path: str) -> int:
    made = QApplication(sys.argv[:1])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName("PDF")
    try:
        print_pdf(printer, Path(path).read_bytes())
    except DiskFull:
        return 0
    finally:
        made.quit()
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
