"""Vandaag: who comes, who is to be called, about whom to worry, and what still has to travel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.pages.today.acting import Acting
from leerwinkel_desktop.ui.pages.today.cards import CARDS, LEFT, Spec
from leerwinkel_desktop.ui.pages.today.lines import Act, Line, LineRow, Told, focused
from leerwinkel_desktop.ui.widgets.plain import Card, L, M, S, button, clear, column, line, row, words

FIRST: Final = 6
"""So many lines of a card are in sight before somebody asks for all."""
TWO_COLUMNS: Final = 130
"""In letters: on a narrower page, or with larger text, the cards stand under each other."""
EVERY_MS: Final = 60_000
EVERYBODY, MINE = "all", "own"


class TodayCard(Card):
    """One declared card; it reads itself again in a job and keeps the cursor where it was."""

    def __init__(self, desk: Desk, spec: Spec, page: TodayPage) -> None:
        super().__init__()
        self._desk, self.spec, self._page = desk, spec, page
        self.setAccessibleName(spec.heading)
        self._heading = words(spec.heading, step="lead")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._told: Told | None = None
        self._all = False
        self.rows: list[LineRow] = []
        self.more = button("", self._on_more, look="quiet")
        self.more.hide()
        self.empty = words(spec.empty, tone="muted")
        self.add(column(self._heading, self.empty, self._lines, row(self.more, None), space=S))

    @property
    def known(self) -> bool:
        """Whether it has been told what there is."""
        return self._told is not None

    def refresh(self, counsellor: str | None) -> None:
        """Ask again."""
        workspace = self._desk.workspace
        self._desk.jobs.start(
            self, lambda _progress: self.spec.read(workspace, counsellor), self.tell, self._desk.report
        )

    def tell(self, told: Told) -> None:
        """Show these lines, if they are others than those in sight."""
        if told == self._told:
            return
        self._told = told
        at = focused(self.rows)
        self._draw(told)
        if at is not None and self.rows:
            self.rows[min(at, len(self.rows) - 1)].title.setFocus()

    def _draw(self, told: Told) -> None:
        clear(self._lines)
        shown = told.lines if self._all else told.lines[:FIRST]
        self.rows = [LineRow(one, self._desk.sent.emit, self._page.act) for one in shown]
        for number, one in enumerate(self.rows):
            if number:
                self._lines.addWidget(line())
            self._lines.addWidget(one)
        self._heading.setText(f"{self.spec.heading} ({told.total})" if told.total else self.spec.heading)
        self.empty.setVisible(not told.lines)
        self.more.setVisible(len(told.lines) > FIRST)
        left = len(told.lines) - FIRST
        self.more.setText(_("Minder") if self._all else counted("Toon er nog 1", "Toon er nog {n}", left))

    def _on_more(self) -> None:
        self._all = not self._all
        if self._told is not None:
            self._draw(self._told)


class TodayPage(QWidget):
    """`new_client` is asked for with a button; where a line leads goes through the desk."""

    new_client = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.acting = Acting(desk, self)
        self._verbs: dict[str, Callable[[Act, Line], None]] = {
            "came": lambda act, line: self.acting.came(act.subject, line.where),
            "absent": lambda act, line: self.acting.absent(act.subject),  # noqa: ARG005
            "move": lambda act, line: self.acting.move(act.subject, line.title),
            "print": lambda act, line: self.acting.still_to_print(),  # noqa: ARG005
        }
        self._day = words("", step="large", tone="muted")
        self.whose = Segments(((EVERYBODY, _("Iedereen")), (MINE, _("Alleen van mij"))), _("Van wie"))
        self.whose.set_code(EVERYBODY)
        self.whose.changed.connect(self.refresh)
        self.cards = [TodayCard(desk, spec, self) for spec in CARDS]
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, 0, 0)
        layout.setSpacing(M)
        layout.addLayout(self._header())
        layout.addWidget(self._column(), 1)
        desk.kept.connect(self._on_kept)
        self.refresh()  # before anything else that the window begins with

    def _header(self) -> QVBoxLayout:
        self.add = button(_("&Nieuwe klant"), self.new_client.emit, look="primary", glyph="add")
        self.add.setToolTip("Ctrl+N")
        self.walk_in = button(_("Klant zonder afspraak"), self.acting.walk_in)
        self.agenda = button(_("Agenda"), lambda: self._desk.sent.emit("agenda"), glyph="calendar")
        title = column(words(_("Vandaag"), step="title"), self._day, space=0)
        self.begins = row(self.agenda, self.walk_in, self.add, space=S)
        """Beside the title: what can be begun from here."""
        top = row(title, None, self.begins)
        top.setContentsMargins(0, 0, L, 0)
        return column(top, self.whose, space=M)

    def _column(self) -> QScrollArea:
        ground = QWidget()
        ground.setObjectName("column")
        self._sides = (QVBoxLayout(), QVBoxLayout())
        self._across = QHBoxLayout(ground)
        self._across.setContentsMargins(0, 0, L, L)
        self._across.setSpacing(M)
        for side in self._sides:
            side.setSpacing(M)
            side.addStretch(1)
            self._across.addLayout(side, 3 if side is self._sides[LEFT] else 2)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its lines are where the Tab key goes
        area.setWidget(ground)
        self._wide: bool | None = None
        self._arrange(wide=True)
        return area

    def _arrange(self, *, wide: bool) -> None:
        """Two columns of cards, or one."""
        if wide is self._wide:
            return
        self._wide = wide
        for card in self.cards:
            for side in self._sides:
                side.removeWidget(card)
            side = self._sides[card.spec.side if wide else LEFT]
            side.insertWidget(side.count() - 1, card)
        self._across.setStretch(1, 2 if wide else 0)
        self._across.setSpacing(M if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= TWO_COLUMNS * self.fontMetrics().averageCharWidth())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if all(card.known for card in self.cards):  # else it is being read for the first time
            self.refresh()
        self._timer.start()
        (self.focusWidget() or self.agenda).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_kept(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Let each card ask again."""
        self._day.setText(in_full(self._desk.workspace.today()))
        counsellor = self._desk.workspace.user if self.whose.code() == MINE else None
        for card in self.cards:
            card.refresh(counsellor)

    def card(self, key: str) -> TodayCard:
        """The card of that key."""
        return next(card for card in self.cards if card.spec.key == key)

    def act(self, act: Act, line: Line) -> None:
        """Do what a button beside a line says."""
        self._verbs[act.verb](act, line)
