"""Everything that leaves the window for a printer or a place on disk, behind the system's own dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from leerwinkel_desktop.i18n import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Paper(Protocol):
    """Asks the user for a file, a folder or a printer; a test answers in the user's place."""

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """An existing file, or None when the user thinks again."""

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """Where to write a file, or None."""

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder, or None."""

    def printer(self, parent: QWidget, title: str) -> QPrinter | None:
        """A QPrinter that is set up, or None."""

    def print_recovery(self, identity: str, parent: QWidget) -> bool:
        """Print the recovery sheet of an office; False when the user thinks again."""


class SystemPaper:
    """The system's dialogs."""

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """See Paper."""
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
        return Path(chosen) if chosen else None

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """See Paper."""
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
        return Path(chosen) if chosen else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """See Paper."""
        chosen = QFileDialog.getExistingDirectory(parent, title)
        return Path(chosen) if chosen else None

    def printer(self, parent: QWidget, title: str) -> QPrinter | None:
        """See Paper."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # only when somebody prints

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        chosen = QPrintDialog(printer, parent).exec()
        return printer if chosen == QDialog.DialogCode.Accepted else None

    def print_recovery(self, identity: str, parent: QWidget) -> bool:
        """See Paper."""
        printer = self.printer(parent, "Leerwinkel")
        if printer is None:
            return False
        recovery_sheet(identity).print_(printer)
        return True


def recovery_sheet(identity: str) -> QTextDocument:
    """The sheet for the sealed envelope."""
    groups = " ".join(identity[i : i + 4] for i in range(0, len(identity), 4))
    document = QTextDocument()
    document.setHtml(
        f"<h1>{_('Herstelsleutel van de Leerwinkel')}</h1>"
        f"<p>{_('Bewaar dit blad in een gesloten omslag, in de kluis van het gebouw.')}</p>"
        f"<p>{_('Wie deze sleutel heeft, kan alle overgedragen dossiers openen.')}</p>"
        f"<p>{_('Typ hem over zonder de spaties.')}</p>"
        f"<p style='font-family:monospace; font-size:14pt'>{groups}</p>"
    )
    return document
