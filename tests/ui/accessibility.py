"""The rules that hold for every widget in sight (UI.md, principle 7); each gives what breaks it, in words."""

from __future__ import annotations

import warnings
from array import array
from collections import Counter
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTableView,
    QTextEdit,
    QWidget,
)

LEAST = 40
TEXT, LARGE, EDGE = 4.5, 3.0, 3.0
"""Least contrast of text, of large text (18 pt, or 14 pt bold), and of what shows a field or the focus."""
FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
WHOLE = (QComboBox, QAbstractSpinBox, QAbstractItemView, QLineEdit)
"""Made of widgets of Qt's own, which are no targets by themselves."""


def in_sight(root: QWidget) -> Iterator[QWidget]:
    """Every widget of this program that is drawn."""
    for widget in (root, *root.findChildren(QWidget)):
        inner = isinstance(widget.parentWidget(), WHOLE) or widget.objectName().startswith("qt_")
        other = widget.window() is not root.window() or isinstance(widget, QScrollBar)
        if widget.isVisible() and not inner and not other:
            yield widget


def told(widget: QWidget) -> str:
    """Which widget it is, for who has to find it."""
    text = widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""
    inside = widget.parentWidget()
    return f"{type(widget).__name__} “{text or widget.accessibleName()}” in {type(inside).__name__}"


def reachable(root: QWidget) -> list[QWidget]:
    """What the Tab key has to come to."""
    tab = Qt.FocusPolicy.TabFocus
    return [
        widget
        for widget in in_sight(root)
        if widget.isEnabled() and widget.focusPolicy() & tab and widget.focusProxy() is None
        if not _by_arrows(widget)
    ]


def _group(widget: QWidget) -> QButtonGroup | None:
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group if group is not None and group.exclusive() else None


def _by_arrows(widget: QWidget) -> bool:
    """Whether the arrow keys come to it from the one of its group that is chosen."""
    group = _group(widget)
    chosen = None if group is None else group.checkedButton()
    return chosen is not None and chosen is not widget and chosen.isVisible()


def nameless(root: QWidget) -> Iterator[str]:
    """What can take the focus or be clicked, and says nothing to a screen reader."""
    none = Qt.FocusPolicy.NoFocus
    for widget in in_sight(root):
        if (widget.focusPolicy() != none and widget.focusProxy() is None) or isinstance(
            widget, QAbstractButton
        ):
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface is None or not interface.text(QAccessible.Text.Name).strip():
                yield f"no name: {told(widget)}"


def small(root: QWidget) -> Iterator[str]:
    """What is clicked and is hard to hit."""
    for widget in in_sight(root):
        if isinstance(widget, (QAbstractButton, *FIELDS)) and min(widget.width(), widget.height()) < LEAST:
            yield f"{widget.width()} by {widget.height()}: {told(widget)}"
        if isinstance(widget, QAbstractItemView) and widget.model() is not None and widget.model().rowCount():
            high = widget.rowHeight(0) if isinstance(widget, QTableView) else widget.sizeHintForRow(0)
            if high < LEAST:
                yield f"rows {high} high: {told(widget)}"


def trapped(root: QWidget) -> Iterator[str]:
    """What the Tab key does not come to, forwards or backwards, or does not leave."""
    wanted = reachable(root)
    if not wanted:
        return
    for keys, way in (
        (Qt.KeyboardModifier.NoModifier, "Tab"),
        (Qt.KeyboardModifier.ShiftModifier, "Shift+Tab"),
    ):
        seen = list(_round(root, wanted[0], keys))
        groups = {_group(one) for one in seen} - {None}  # the arrow keys come to the others of a group
        missed = (one for one in wanted if one not in seen and _group(one) not in groups)
        yield from (f"{way} does not come to {told(one)}" for one in missed if one.isVisible())
        if len(seen) > 1 and seen[-1] is seen[-2]:
            yield f"{way} does not leave {told(seen[-1])}"


def _round(root: QWidget, first: QWidget, keys: Qt.KeyboardModifier) -> Iterator[QWidget]:
    """Where the focus comes until it is round, or stays put; at most through everything there is."""
    first.setFocus()
    here: QWidget | None = first
    for _ in range(len(root.findChildren(QWidget))):
        if here is None:
            return
        yield here
        QTest.keyClick(here, Qt.Key.Key_Tab, keys)
        before, here = here, root.window().focusWidget()
        if here is first:
            return
        if here is before:
            yield here
            return


def clipped(root: QWidget) -> Iterator[str]:
    """What does not show its whole text."""
    for widget in in_sight(root):
        if isinstance(widget, QHeaderView):
            yield from _short_sections(widget)
        if not isinstance(widget, (QLabel, QPushButton, QCheckBox)) or not widget.text() or _elided(widget):
            continue
        lack = _lack(widget)
        if lack:
            yield f"{lack}: {told(widget)}"
        elif outside := _outside(widget):
            yield f"{outside}: {told(widget)}"


def _elided(widget: QLabel | QPushButton | QCheckBox) -> bool:
    """Whether it is declared to shorten itself, and tells the whole on demand."""
    text = widget.text()
    shown, dots, _rest = text.partition("…")
    return bool(dots) and len(widget.toolTip()) > len(shown) and widget.toolTip().startswith(shown)


def _lack(widget: QLabel | QPushButton | QCheckBox) -> str:
    if isinstance(widget, QLabel) and widget.wordWrap():
        high = widget.heightForWidth(widget.width())
        words = widget.text().split()
        wide = max((widget.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        high, wide = high, wide + widget.margin() * 2
    else:
        wide, high = widget.sizeHint().width(), widget.sizeHint().height()
    if wide > widget.width() + 1:
        return f"{wide - widget.width()} px too narrow"
    return f"{high - widget.height()} px too low" if high > widget.height() + 1 else ""


def _outside(widget: QWidget) -> str:
    """Whether it sticks out of what it stands in; a column that scrolls may be longer than it is in sight."""
    inside = widget.parentWidget()
    while inside is not None:
        place = QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())
        area = inside.parentWidget()
        if isinstance(area, QScrollArea):
            out = max(-place.left(), place.right() - inside.width() + 1)
            across = area.horizontalScrollBar().maximum() == 0
            return f"{out} px beside the column" if across and out > 1 else ""
        out = max(
            (
                -place.left(),
                place.right() - inside.width() + 1,
                -place.top(),
                place.bottom() - inside.height() + 1,
            )
        )
        if out > 1:
            return f"{out} px outside {type(inside).__name__}"
        inside = None if inside.isWindow() else area
    return ""


def _short_sections(header: QHeaderView) -> Iterator[str]:
    for place in range(header.count()):
        if header.orientation() == Qt.Orientation.Horizontal and not header.isSectionHidden(place):
            lack = header.sectionSizeHint(place) - header.sectionSize(place)
            name = header.model().headerData(place, Qt.Orientation.Horizontal)
            if lack > 1 and name:
                yield f"{lack} px too narrow: heading “{name}”"


@cache
def _luminance(colour: int) -> float:
    parts = [((colour >> shift) & 0xFF) / 255 for shift in (16, 8, 0)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@cache
def contrast(one: int, other: int) -> float:
    """Of two colours as Qt packs them (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class Picture:
    """What is drawn of a window, by pixel."""

    def __init__(self, root: QWidget) -> None:
        self._root = root
        image = root.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        self._rect, self._line = image.rect(), image.bytesPerLine()
        self._bits = bytes(image.constBits())

    def colours(self, widget: QWidget, inset: int = 0) -> Counter[int]:
        """How often each colour comes in the part of a widget that is in sight."""
        shown = widget.visibleRegion().boundingRect().adjusted(inset, inset, -inset, -inset)
        return self.within(shown.translated(widget.mapTo(self._root, QPoint(0, 0))))

    def within(self, rect: QRect) -> Counter[int]:
        """How often each colour comes in a rectangle of the window."""
        rect = rect.intersected(self._rect)
        found: Counter[int] = Counter()
        for y in range(rect.top(), rect.bottom() + 1):
            start = y * self._line + rect.left() * 4
            found.update(array("I", self._bits[start : start + rect.width() * 4]))
        return found


def faint(root: QWidget) -> Iterator[str]:
    """What cannot be told from its ground, as it is drawn."""
    picture = Picture(root)
    for widget in in_sight(root):
        if not widget.isEnabled() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, (QLabel, QPushButton)) and widget.text().strip():
            yield from _faint_text(picture, widget)
        if isinstance(widget, FIELDS):
            yield from _faint_edge(picture, widget)


def _faint_text(picture: Picture, widget: QLabel | QPushButton) -> Iterator[str]:
    inset = 4 if isinstance(widget, QPushButton) else 0
    if widget.visibleRegion().boundingRect() != widget.rect():
        return  # cut off by what scrolls: it is whole in another picture or after scrolling
    found = picture.colours(widget, inset)
    if found:
        ground = found.most_common(1)[0][0]
        best = max(contrast(colour, ground) for colour in found)
        points, bold = widget.font().pointSizeF(), widget.font().bold()
        least = LARGE if points >= 18 or (bold and points >= 14) else TEXT
        if best < least:
            yield f"contrast {best:.1f} of {least}: {told(widget)}"


def _faint_edge(picture: Picture, widget: QWidget) -> Iterator[str]:
    if widget.visibleRegion().boundingRect() != widget.rect() or (
        isinstance(widget, QLineEdit) and not widget.hasFrame()
    ):
        return
    left = QRect(widget.mapTo(picture._root, QPoint(0, widget.height() // 2)), widget.rect().size())
    left.setWidth(3)
    left.setHeight(1)
    edge, ground = picture.within(left), picture.colours(widget, 6).most_common(1)[0][0]
    best = max(contrast(colour, ground) for colour in edge)
    if best < EDGE:
        yield f"edge {best:.1f} of {EDGE}: {told(widget)}"


def unseen_focus(root: QWidget, known: set[tuple[str, str]]) -> Iterator[str]:
    """Where the focus cannot be seen; of each kind and look one, which is added to `known`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the only way that a dialog is active at once
        QApplication.setActiveWindow(root.window())
    if QApplication.activeWindow() is not root.window():
        yield "the window does not become active"
        return
    for widget in reachable(root):
        kind = type(widget).__name__, str(widget.property("look"))
        if kind in known or widget.visibleRegion().boundingRect() != widget.rect():
            continue
        known.add(kind)
        best = _change(root, widget)
        if best < EDGE:
            yield f"focus {best:.1f} of {EDGE}: {told(widget)}"


def _change(root: QWidget, widget: QWidget) -> float:
    """The best contrast with the ground around a widget of what is drawn only when it has the focus."""
    if (before := QApplication.focusWidget()) is not None:
        before.clearFocus()
    without = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    drawn = widget.grab().toImage()
    place, picture = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size()), Picture(root)
    around = picture.within(place.adjusted(-3, -3, 3, 3)) - picture.within(place)
    ground = around.most_common(1)[0][0]
    new = {
        QColor(drawn.pixel(x, y)).rgb()
        for x in range(drawn.width())
        for y in {*range(min(4, drawn.height())), drawn.height() // 2}
        if drawn.pixel(x, y) != without.pixel(x, y)
    }
    return max((contrast(colour & 0xFFFFFFFF, ground) for colour in new), default=1.0)
