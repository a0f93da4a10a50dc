"""Makes the plain pieces of every page: words, buttons, cards and columns on the 8-px grid."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from leerwinkel_desktop.ui.widgets.glyphs import GlyphButton
from leerwinkel_desktop.ui.widgets.widths import grow

XS, S, M, L, XL = 4, 8, 16, 24, 32
"""The steps of space, in pixels (UI.md "The look")."""
FORM_WIDTH = 720
PLAIN_TEXT = 0
"""Qt.TextFormat.PlainText; naming the Qt namespace here would cost the start 12 ms."""
B = TypeVar("B", bound=QBoxLayout)


def words(text: str, *, step: str = "", tone: str = "", wrap: bool = True) -> QLabel:
    """A piece of text: `step` and `tone` are names of the style sheet."""
    label = QLabel(text)
    label.setProperty("textFormat", PLAIN_TEXT)
    label.setWordWrap(wrap)
    if step:
        label.setProperty("step", step)
    if tone:
        label.setProperty("tone", tone)
    return label


class Elided(QLabel):
    """One line that ends in an ellipsis when there is no room, and never asks for more than there is."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setProperty("step", step)
        self._told = ""

    def tell(self, text: str) -> None:
        """Say this, as far as it fits."""
        self._told = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self._shorten()

    def sizeHint(self) -> QtCore.QSize:
        return QtCore.QSize(
            self.fontMetrics().horizontalAdvance(self._told) + XS, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QtCore.QSize:
        return QtCore.QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        right = QtCore.Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._told, right, self.width()))


def set_tone(widget: QWidget, tone: str) -> None:
    """Give a widget another tone and draw it anew."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        redress(widget)


def set_look(made: QPushButton, look: str) -> None:
    """Give a button another look (`button`) and draw it anew."""
    if made.property("look") != look:
        made.setProperty("look", look)
        redress(made)


def redress(widget: QWidget) -> None:
    """Let the style sheet look at a widget again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(
    text: str, on_click: Callable[[], object], *, look: str = "", glyph: str = "", name: str = ""
) -> QPushButton:
    """A button; `look` is primary (one on a page), quiet, icon or nothing; `name` is for screen readers."""
    made = GlyphButton(glyph, text, look) if glyph else QPushButton(text)
    if look:
        made.setProperty("look", look)
    if name:
        made.setAccessibleName(name)
        made.setToolTip(name)
    made.setAutoDefault(True)  # Enter presses it, as Space does
    made.clicked.connect(lambda: on_click())
    return made


def row(*parts: QWidget | QLayout | None, space: int = S, margins: int = 0) -> QHBoxLayout:
    """Parts beside each other; None takes the room that is left."""
    layout = QHBoxLayout()
    return _fill(layout, parts, space, margins)


def column(*parts: QWidget | QLayout | None, space: int = S, margins: int = 0) -> QVBoxLayout:
    """Parts under each other; None takes the room that is left."""
    layout = QVBoxLayout()
    return _fill(layout, parts, space, margins)


def _fill(layout: B, parts: tuple[QWidget | QLayout | None, ...], space: int, margins: int) -> B:
    layout.setSpacing(space)
    layout.setContentsMargins(margins, margins, margins, margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout


class Card(QFrame):
    """A quiet white ground for things that belong together, with a heading when it has one."""

    def __init__(self, heading: str = "", hint: str = "", *, name: str = "card") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(L, M, L, L)
        self.body.setSpacing(M)
        if heading:
            self.setAccessibleName(heading)
            self.body.addWidget(words(heading, step="lead"))
        if hint:
            self.body.addWidget(words(hint, tone="muted"))

    def add(self, part: QWidget | QLayout) -> None:
        """Put something under what is there."""
        if isinstance(part, QLayout):
            self.body.addLayout(part)
        else:
            self.body.addWidget(part)


class Column(QScrollArea):
    """A column of cards that scrolls, no wider than a form may be."""

    def __init__(self, width: int = FORM_WIDTH, margins: int = L) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setObjectName("column")
        inner = QWidget()
        grow(inner, most=width)
        self._cards = QVBoxLayout(inner)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(M)
        across = QHBoxLayout(ground)
        across.setContentsMargins(margins, margins, M, margins)
        across.addWidget(inner, 1, QtCore.Qt.AlignmentFlag.AlignTop)
        across.addStretch(0)
        self.setWidget(ground)

    def add(self, card: QWidget) -> None:
        """Put a card under the others; it is as high as its words are in this width."""
        policy = card.sizePolicy()
        if policy.verticalPolicy() == QSizePolicy.Policy.Maximum:
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
            card.setSizePolicy(policy)
        self._cards.addWidget(card)


def line() -> QFrame:
    """A thin rule between two things."""
    made = QFrame()
    made.setObjectName("line")
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
