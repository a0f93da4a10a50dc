"""Up to three courses side by side, line by line; and one course alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from leerwinkel_desktop.domain.catalogue import Line
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.offers.facts import checked, facts
from leerwinkel_desktop.ui.widgets.columns import ColumnsLayout
from leerwinkel_desktop.ui.widgets.plain import FORM_WIDTH, Column, L, M, S, button, clear, column, row, words

MOST: Final = 3
NARROWEST: Final = 38
WIDE: Final = 1200
TOP: Final = Qt.AlignmentFlag.AlignTop


class CourseCard(QFrame):
    """All that is known of one course."""

    def __init__(self, desk: Desk, line: Line, act: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        title = line.offering.title or _("Zonder titel")
        self.setAccessibleName(title)
        lists = desk.workspace.codelists
        told, tone = checked(line, desk.workspace.today())
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(1, 1)
        for at, (label, value) in enumerate(facts(lists, line)):
            grid.addWidget(words(label, tone="muted"), at, 0, TOP)
            grid.addWidget(words(value), at, 1, TOP)
        grid.setColumnMinimumWidth(0, 13 * self.fontMetrics().averageCharWidth())
        layout = column(
            words(title, step="lead"), words(told, tone=tone), row(act, None), grid, None, space=M
        )
        layout.setContentsMargins(L, M, L, L)
        self.setLayout(layout)


class CompareView(QWidget):
    """`put` asks to put a course at a client, `edit` to change it, `left` to go back to the list."""

    put = Signal(str)
    edit = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.lines: tuple[Line, ...] = ()
        self._heading = words("", step="title", wrap=False)
        back = button("", self.left.emit, look="icon", glyph="back", name=_("Terug naar de lijst"))
        self.change = button(_("Wijzig"), lambda: self.edit.emit(self.lines[0].offering.id))
        counsellor_only(self.change)
        letters = self.fontMetrics().averageCharWidth()
        self._columns = ColumnsLayout(MOST, NARROWEST * letters)
        self._columns.setSpacing(M)
        self._inner = QWidget()
        self._inner.setLayout(self._columns)
        scroll = Column(WIDE, margins=0)
        scroll.add(self._inner)
        self.setLayout(
            column(row(back, self._heading, None, self.change, space=M), scroll, space=M, margins=0)
        )

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these, at most three."""
        self.lines = tuple(lines[:MOST])
        clear(self._columns)
        for line in self.lines:
            act = button(
                _("Zet bij een klant"),
                partial(self.put.emit, line.offering.id),
                look="primary" if len(self.lines) == 1 else "",
                name=_("{what}: zet bij een klant").format(what=line.offering.title or _("Opleiding")),
            )
            counsellor_only(act)
            self._columns.addWidget(CourseCard(self._desk, line, act))
        one = len(self.lines) == 1
        self._columns.most = max(1, len(self.lines))
        self._columns.widest = FORM_WIDTH if one else WIDE
        self._heading.setText(_("Opleiding") if one else _("Naast elkaar"))
        self.change.setVisible(one)
        self._inner.updateGeometry()
