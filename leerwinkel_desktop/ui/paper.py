"""Everything that leaves the window for a printer or a place on disk, behind the system's own dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

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

    def printer(self, parent: QWidget, title: str, copies: int = 1) -> QPrinter | None:
        """A QPrinter that is set up, asked for that many copies of each paper, or None."""


class SystemPaper:
    """The system's dialogs; they begin where the user was last, so at the stick when that is in use."""

    def __init__(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.begin = Path(documents) if Path(documents).is_dir() else Path.home()

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        """See Paper."""
        chosen, _kind = QFileDialog.getOpenFileName(parent, title, str(self.begin), kinds)
        return self._went_to(Path(chosen).parent, Path(chosen)) if chosen else None

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        """See Paper."""
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(self.begin / name), kinds)
        return self._went_to(Path(chosen).parent, Path(chosen)) if chosen else None

    def folder(self, parent: QWidget, title: str) -> Path | None:
        """See Paper."""
        chosen = QFileDialog.getExistingDirectory(parent, title, str(self.begin))
        return self._went_to(Path(chosen), Path(chosen)) if chosen else None

    def _went_to(self, folder: Path, chosen: Path) -> Path:
        self.begin = folder
        return chosen

    def printer(self, parent: QWidget, title: str, copies: int = 1) -> QPrinter | None:
        """See Paper."""
        from PySide6.QtPrintSupport import QPrinter  # only when somebody prints

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(title)
        printer.setCopyCount(copies)
        printer.setCollateCopies(True)
        return printer if self.choose(printer, parent) else None

    def choose(self, printer: QPrinter, parent: QWidget) -> bool:
        """Let the user choose among the printers; False when the user thinks again."""
        from PySide6.QtPrintSupport import QPrintDialog  # only when somebody prints

        return QPrintDialog(printer, parent).exec() == QDialog.DialogCode.Accepted
