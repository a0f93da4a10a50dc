"""Draws our own icons in the colour of the text around them."""

from __future__ import annotations

from functools import cache

from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPaintEvent, QPalette, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from leerwinkel_desktop.paths import resources

SIZE = 20


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / "window" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon of that name in a colour (`#rrggbb`), `size` logical pixels square."""
    from PySide6.QtSvg import QSvgRenderer  # costs start-up time that the first page does not need

    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    drawn = QPixmap(QSize(size, size) * ratio)
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(QtCore.Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


class Glyph(QWidget):
    """An icon beside words; it says nothing to a screen reader, the words do."""

    def __init__(self, name: str, size: int = SIZE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._least = self._size = size
        self.setFixedSize(size, size)
        self.setProperty("tone", name)

    def changeEvent(self, event: QEvent) -> None:
        """Stay as high as the words beside it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size = max(self._least, beside(self))
            self.setFixedSize(self._size, self._size)

    def set_name(self, name: str) -> None:
        """Show another icon; one that is called after a tone takes its colour."""
        self._name = name
        self.setProperty("tone", name)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colour = self.palette().color(QPalette.ColorRole.WindowText)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap(self._name, colour.name(), self._size, self.devicePixelRatioF()))


def beside(widget: QWidget) -> int:
    """How high an icon beside the words of a widget is."""
    return round(widget.fontMetrics().height() * 1.1)


def with_room_for_bold(button: QPushButton, hint: QSize) -> QSize:
    """A size that still fits when the button is chosen and its text turns bold."""
    bold = QFont(button.font())
    bold.setBold(True)
    text = button.text()
    more = QFontMetrics(bold).horizontalAdvance(text) - button.fontMetrics().horizontalAdvance(text)
    return QSize(hint.width() + max(0, more) + 2, hint.height())


class GlyphButton(QPushButton):
    """A button with an icon that follows the colour of its text."""

    def __init__(self, glyph: str, text: str = "", look: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._glyph = glyph
        self._dressing = self._polished = False
        if look:
            self.setProperty("look", look)
        self.setAutoDefault(True)
        self.setIconSize(QSize(SIZE, SIZE))
        self.toggled.connect(self._dress)

    def set_glyph(self, glyph: str) -> None:
        """Show another icon."""
        self._glyph = glyph
        if self._polished:
            self._dress()

    def event(self, event: QEvent) -> bool:
        """Take the colour of the look when the button is dressed or the theme changes."""
        handled = super().event(event)
        kinds = QEvent.Type
        self._polished = self._polished or event.type() == kinds.Polish
        changes = (kinds.Polish, kinds.PaletteChange, kinds.StyleChange, kinds.EnabledChange)
        if self._polished and event.type() in changes:
            self._dress()
        return handled

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return with_room_for_bold(self, hint) if self.isCheckable() else hint

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _dress(self) -> None:
        if not self._dressing:
            self._dressing = True
            size = max(SIZE, beside(self))
            self.setIconSize(QSize(size, size))
            colour: QColor = self.palette().color(QPalette.ColorRole.ButtonText)
            drawn = pixmap(self._glyph, colour.name(), size, self.devicePixelRatioF())
            icon = QIcon(drawn)
            icon.addPixmap(drawn, QIcon.Mode.Disabled)  # the colour of the text says it already
            self.setIcon(icon)
            self._dressing = False
