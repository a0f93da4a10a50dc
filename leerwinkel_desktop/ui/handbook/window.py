"""The handbook in a window of its own beside the work: find, read, go on by a link, print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import handbook
from leerwinkel_desktop.services.handbook import KEYS_HERE, Page
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

SIZE: Final = QSize(1000, 680)
LIST: Final = 230
ROOM: Final = 3 * M
"""Beside a picture, for margins and the scroll bar."""
_KEY: Final = Qt.ItemDataRole.UserRole
Keys = Sequence[tuple[str, str]]


class Reader(QTextBrowser):
    """Shows Markdown with the pictures of the handbook; it opens nothing outside, on disk or net.

    Tab leaves it; the arrows to the right and the left go along the links, Enter follows one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.document().setDocumentMargin(M)
        self.setOpenLinks(False)
        self.setAccessibleName(_("Bladzijde van het handboek"))

    def focusNextPrevChild(self, forward: bool) -> bool:
        return QTextEdit.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            super().focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the handbook, no wider than the page; of anything else nothing."""
        path = handbook.picture(QUrl(name).path().removesuffix(".png"))
        if kind != QTextDocument.ResourceType.ImageResource.value or path is None:
            return None
        image, width = QImage(str(path)), max(1, self.viewport().width() - ROOM)
        smooth = Qt.TransformationMode.SmoothTransformation
        return image if image.width() <= width else image.scaledToWidth(width, smooth)


class HandbookWindow(QDialog):
    """`go` shows a page; the window stays open beside the work."""

    def __init__(self, desk: Desk, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._keys = desk, keys
        self._before: list[str] = []
        self.page: Page | None = None
        self.setWindowTitle("Leerwinkel")
        self.setModal(False)
        self.resize(SIZE)
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Zoek in het handboek"))
        self.search.setPlaceholderText(_("Zoek …"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._list())
        self.search.returnPressed.connect(self._read_first)
        self.found = QListWidget()
        self.found.setAccessibleName(_("Bladzijden"))
        grow(self.found, least=LIST, most=LIST)
        grow(self.search, least=LIST, most=LIST)
        self.found.currentItemChanged.connect(lambda now, _before: self._on_row(now))
        self.none = words(_("Niets gevonden. Typ een ander woord."), tone="muted")
        grow(self.none, least=LIST, most=LIST)
        self.reader = Reader()
        self.reader.anchorClicked.connect(lambda url: self.go(url.path()))
        self.back = button(_("Terug"), self.go_back, look="quiet", glyph="back")
        self.print = button(_("Druk af"), self.print_page, glyph="print")
        self.close_button = button(_("Sluiten"), self.reject, look="primary")
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.go_back)
        left = column(self.search, self.found, self.none, space=M)
        right = column(self.reader, row(self.back, None, self.print, self.close_button), space=M)
        across = row(left, right, space=M, margins=L)
        across.setStretch(1, 1)
        self.setLayout(across)
        self._list()

    def go(self, key: str) -> None:
        """Show a page; a key that is none shows nothing new."""
        if key in handbook.ORDER:
            if self.page is not None and key != self.page.key:
                self._before.append(self.page.key)
            self._show(key)

    def go_back(self) -> None:
        """Show the page that was there before."""
        if self._before:
            self._show(self._before.pop())

    def _show(self, key: str) -> None:
        page = self.page = handbook.page(key)
        self.reader.setMarkdown(handbook.shown(page).replace(KEYS_HERE, _table(self._keys)))
        self.back.setEnabled(bool(self._before))
        self._mark()

    def _list(self) -> None:
        typed = self.search.text().strip()
        pages = handbook.find(typed) if typed else handbook.pages()
        self.found.blockSignals(True)
        self.found.clear()
        for one in pages:
            QListWidgetItem(one.title, self.found).setData(_KEY, one.key)
        self.found.blockSignals(False)
        self.none.setVisible(not pages)
        self._mark()

    def _mark(self) -> None:
        """Let the list stand at the page that is shown."""
        key = self.page.key if self.page is not None else None
        rows = (at for at in range(self.found.count()) if self.found.item(at).data(_KEY) == key)
        self.found.blockSignals(True)
        self.found.setCurrentRow(next(rows, -1))
        self.found.blockSignals(False)

    def _on_row(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.go(item.data(_KEY))

    def _read_first(self) -> None:
        if self.found.count():
            self.go(self.found.item(0).data(_KEY))
            self.reader.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # line and buttons hear those
            super().keyPressEvent(event)

    def print_page(self) -> None:
        """Print the page that is shown."""
        title = self.page.title if self.page is not None else ""
        printer = self._desk.paper.printer(self, title)
        if printer is not None:
            self.reader.print_(printer)


def _table(keys: Keys) -> str:
    """What each key does as a table in Markdown."""
    lines = ["| " + _("Wat") + " | " + _("Toetsen") + " |", "| --- | --- |"]
    return "\n".join(lines + [f"| {what} | {told} |" for what, told in keys])
