"""What a card of Vandaag tells: lines of plain data, read off the window's thread, and how one is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import XS, M, S, button, column, row, words

LEAD_LETTERS = 7


@dataclass(frozen=True, slots=True)
class Act:
    """A button beside a line: `verb` is what the page does (page.py), `subject` the id it does that to."""

    label: str
    verb: str
    subject: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who or what, more about it, and where it leads (a text of `Desk.sent`).

    `lead` stands before it (a time), `sign` names an icon before `detail`.
    """

    title: str
    detail: str
    where: str
    lead: str = ""
    sign: str = ""
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The lines of a card; `total` counts all, also those left out, and is 0 where a line counts itself."""

    lines: tuple[Line, ...] = ()
    total: int = 0


class LineRow(QFrame):
    """A line with its buttons; a click anywhere on it goes where it leads."""

    def __init__(self, line: Line, go: Callable[[str], None], do: Callable[[Act, Line], None]) -> None:
        super().__init__()
        self._line, self._go = line, go
        self.setObjectName("line-row")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title = button(line.title, self.open, look="row")
        self.title.setAccessibleName(", ".join(filter(None, (line.lead, line.title, line.detail))))
        self.acts: list[QPushButton] = [self._act(act, do) for act in line.acts]
        told = row(words(line.detail, tone="muted"), space=S)
        if line.sign:
            glyph = Glyph(line.sign)
            told.insertWidget(0, glyph)
            told.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        told.setStretch(told.count() - 1, 1)
        told.setContentsMargins(S, 0, 0, XS)
        across = row(column(self.title, told, space=0), *self.acts, space=XS)
        across.setStretch(0, 1)
        across.setContentsMargins(0, XS, 0, XS)
        if line.lead:
            lead = words(line.lead, step="lead", wrap=False)
            lead.setMinimumWidth(LEAD_LETTERS * lead.fontMetrics().averageCharWidth())
            across.insertWidget(0, lead)
            across.insertSpacing(1, M)
        self.setLayout(across)

    def _act(self, act: Act, do: Callable[[Act, Line], None]) -> QPushButton:
        made = button(act.label, lambda: do(act, self._line))
        made.setAccessibleName(f"{act.label}: {self._line.title}")
        return made

    def open(self) -> None:
        """Go where the line leads."""
        self._go(self._line.where)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open()


def focused(rows: list[LineRow]) -> int | None:
    """Which of the rows holds the cursor."""
    return next((at for at, one in enumerate(rows) if one.isAncestorOf(_focus(one))), None)


def _focus(widget: QWidget) -> QWidget:
    return widget.window().focusWidget() or widget.window()
