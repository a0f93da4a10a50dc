"""Years beside each other and a lane for each side of a life; each bar is a button (step 1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.life import LANES, Bar, span
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import theme
from leerwinkel_desktop.ui.widgets.plain import XS, S

TALL: Final = 40
MOST_LETTERS: Final = 24
"""So many letters of a bar are always in sight, however short the years."""
YEAR_LETTERS: Final = 9
STEPS: Final = (1, 2, 5, 10, 20)
ARROWS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class LifeLine(QWidget):
    """`asked` gives kind and id of the entry that somebody wants to change."""

    asked = Signal(str, str)

    def __init__(self, sorts: CodeList) -> None:
        super().__init__()
        self._sorts = sorts
        self._bars: tuple[Bar, ...] = ()
        self._this_year = 0
        self._buttons: list[_BarButton] = []
        self._lanes: list[tuple[str, int, int]] = []
        self.setAccessibleName(_("Levensloop"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def tell(self, bars: Sequence[Bar], this_year: int) -> None:
        """Draw these; whoever stands on an entry stays on it."""
        if (tuple(bars), this_year) == (self._bars, self._this_year):
            return
        focused = next((made.bar.record_id for made in self._buttons if made.hasFocus()), None)
        for made in self._buttons:
            made.hide()
            made.deleteLater()
        self._bars, self._this_year = tuple(bars), this_year
        self._buttons = [self._button(bar) for bar in self._bars]
        self._share_tab_stop(0)
        self._place()
        for made in self._buttons:
            made.show()
            if made.bar.record_id == focused:
                made.setFocus()

    def buttons(self) -> list[QPushButton]:
        """The bars from the first lane to the last."""
        return list(self._buttons)

    def _button(self, bar: Bar) -> _BarButton:
        label = self._sorts.label_of(bar.lane)
        made = _BarButton(bar, f"{label}: {bar.text or _('zonder naam')}, {years_told(bar)}", self)
        made.clicked.connect(partial(self._on_clicked, bar))
        return made

    def _on_clicked(self, bar: Bar, _checked: bool = False) -> None:
        self.asked.emit(bar.kind, bar.record_id)

    def step_from(self, made: _BarButton, step: int) -> None:
        """Go to a neighbour."""
        place = self._buttons.index(made) + step
        if 0 <= place < len(self._buttons):
            self._share_tab_stop(place)
            self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _share_tab_stop(self, place: int) -> None:
        for at, made in enumerate(self._buttons):
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == place else Qt.FocusPolicy.ClickFocus)

    def _left(self) -> int:
        labels = (self._sorts.label_of(lane) for lane in LANES)
        return max(self.fontMetrics().horizontalAdvance(label) for label in labels) + 2 * S

    def _x(self, year: float) -> int:
        """Where a year begins."""
        first, last = span(self._bars, self._this_year)
        room = self.width() - self._left() - S
        return self._left() + round(room * (year - first) / (last + 1 - first))

    def _least(self, made: _BarButton) -> int:
        """What the words of a bar take, up to a point."""
        letters = self.fontMetrics()
        return min(letters.horizontalAdvance(made.whole()) + 3 * S, MOST_LETTERS * letters.averageCharWidth())

    def _tall(self) -> int:
        return max(TALL, self.fontMetrics().height() + 2 * S)

    def _place(self) -> None:
        """Put each bar on the first line of its lane where there is room, and the lanes under each other."""
        top = self.fontMetrics().height() + S
        self._lanes = []
        for lane in LANES:
            of_lane = [made for made in self._buttons if made.bar.lane == lane]
            if not of_lane:
                continue
            busy: list[int] = []
            for made in of_lane:
                least = self._least(made)
                left = max(self._left(), min(self._x(made.bar.first), self.width() - S - least))
                right = max(self._x(made.bar.last + 1), left + least)
                line = next((at for at, end in enumerate(busy) if end <= left), len(busy))
                busy[line : line + 1] = [right + XS]
                tall = self._tall()
                made.setGeometry(QRect(left, top + line * (tall + XS), right - left, tall))
            tall = len(busy) * (self._tall() + XS)
            self._lanes.append((lane, top, tall))
            top += tall + XS
        self.setFixedHeight(top if self._lanes else 0)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._left() + MOST_LETTERS * self.fontMetrics().averageCharWidth(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """The years on top with a thin rule under each, and the name of each lane at the left."""
        painter = QPainter(self)
        letters = self.fontMetrics()
        for year in self._years():
            painter.setPen(QColor(theme.colour("line")))
            painter.drawLine(self._x(year), letters.height(), self._x(year), self.height())
            painter.setPen(QColor(theme.colour("muted")))
            painter.drawText(self._x(year), letters.ascent(), str(year))
        painter.setPen(QColor(theme.colour("muted")))
        for lane, top, _tall in self._lanes:
            where = QRect(0, top, self._left() - S, self._tall())
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), self._sorts.label_of(lane))

    def _years(self) -> range:
        """The years that are written above, as many as there is room for."""
        first, last = span(self._bars, self._this_year)
        room = YEAR_LETTERS * self.fontMetrics().averageCharWidth()
        one = max(1, (self._x(last + 1) - self._x(first)) // (last + 1 - first))
        step = next((step for step in STEPS if step * one >= room), STEPS[-1])
        return range(first + -first % step, last + 1, step)


class _BarButton(QPushButton):
    def __init__(self, bar: Bar, name: str, owner: LifeLine) -> None:
        super().__init__(owner)
        self.bar, self._owner = bar, owner
        self.setProperty("look", "bar")
        self.setAutoDefault(True)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * S - XS
        text = self.fontMetrics().elidedText(self.whole(), Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))

    def whole(self) -> str:
        """What the bar says when there is room; an arrow when it goes on."""
        return (self.bar.text or "…") + (" →" if self.bar.goes_on else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = ARROWS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._owner.step_from(self, step)


def years_told(bar: Bar) -> str:
    """The years of a bar in words."""
    if bar.goes_on:
        return _("sinds {year}").format(year=bar.first)
    if bar.first == bar.last:
        return str(bar.first)
    return _("{first} tot {last}").format(first=bar.first, last=bar.last)
