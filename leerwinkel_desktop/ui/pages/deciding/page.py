"""What waits for a decision, one thing at a time, and below it what was decided, with a way back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.domain.fields import Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import decisions, doubles
from leerwinkel_desktop.services.decisions import ChangedMeanwhile, NothingToDecide, Version
from leerwinkel_desktop.services.doubles import SamePerson
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.deciding.board import Board, Item, Question, may_decide, named, read
from leerwinkel_desktop.ui.pages.deciding.double import DoubleCard
from leerwinkel_desktop.ui.pages.deciding.past import PastCard
from leerwinkel_desktop.ui.pages.deciding.question import QuestionCard
from leerwinkel_desktop.ui.widgets.plain import Card, Column, L, button, row, words

WIDTH = 920
OVERTAKEN = (ChangedMeanwhile, NothingToDecide, SamePerson)


class DecidingPage(QWidget):
    """Shows itself anew each time it comes in sight; arrows walk, 1, 2 … take, C combines, K leaves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._board = Board()
        self._wanted: str | None = None
        self._loaded = False
        self._undo: Callable[[], None] | None = None
        self._last: str | None = None
        self._again: str | None = None
        self.place = 0
        self.card: QuestionCard | DoubleCard | None = None
        self.told = words("", tone="muted", wrap=False)
        self.before = button(
            "", lambda: self.step(-1), look="icon", glyph="back", name=_("Vorige (pijl naar links)")
        )
        self.after = button(
            "", lambda: self.step(1), look="icon", glyph="forward", name=_("Volgende (pijl naar rechts)")
        )
        title = row(words(_("Te beslissen"), step="title"), self.before, self.told, self.after, None)
        title.setContentsMargins(L, 0, L, 0)
        self.empty = Card()
        self._empty_title, self._empty_told = words("", step="heading"), words("", tone="muted")
        self.empty.add(self._empty_title)
        self.empty.add(self._empty_told)
        self.past = PastCard(desk)
        self.past.undo_asked.connect(self._take_back)
        self._column = Column(WIDTH)
        self._slot = QVBoxLayout()
        holder = QWidget()
        holder.setLayout(self._slot)
        self._slot.setContentsMargins(0, 0, 0, 0)
        for part in (holder, self.empty, self.past):
            self._column.add(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, L, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(title)
        layout.addWidget(self._column, 1)
        self._keys = list(self._shortcuts())
        desk.undecided.connect(self._on_undecided)
        self._draw()

    def _shortcuts(self) -> list[QShortcut]:
        acts: dict[str, Callable[[], object]] = {
            "Left": lambda: self.step(-1),
            "Right": lambda: self.step(1),
            "C": self._combine,
            "K": self._keep,
            "N": self._apart,
            "L": self._leave,
            "Ctrl+Z": self._undo_last,
        }
        acts |= {str(number): partial(self._take, number) for number in range(1, 10)}
        made = []
        for keys, act in acts.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
            made.append(shortcut)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _on_undecided(self) -> None:
        if self.isVisible():
            self.refresh()

    def show_person(self, client_id: str) -> None:
        """Begin with what waits about this person."""
        self._wanted = client_id
        self.refresh()

    def refresh(self) -> None:
        """Read anew, and stay at the same question where it still waits."""
        workspace = self._desk.workspace
        self._desk.jobs.start(self, lambda _progress: read(workspace), self._on_read, self._desk.report)

    def _on_read(self, board: Board) -> None:
        item = self.item
        self._loaded = True
        editing = isinstance(self.card, QuestionCard) and self.card.box is not None
        if editing and item in board.items and self._wanted is None:
            self._board, self.place = board, board.items.index(item)
            self.past.show_past(board.past)
            return  # somebody writes an answer: leave that alone
        wanted, self._wanted = self._wanted, None
        self._board = board
        if wanted is not None:
            self.place = next(
                (
                    place
                    for place, one in enumerate(board.items)
                    if isinstance(one, Question) and one.person.client_id == wanted
                ),
                0,
            )
        else:
            keys = [one.key for one in board.items]
            again, self._again = self._again, None
            here = item.key if item is not None else None
            self.place = next((keys.index(key) for key in (again, here) if key in keys), self.place)
        self._draw()

    @property
    def item(self) -> Item | None:
        """What is in sight."""
        return self._board.items[self.place] if self.place < len(self._board.items) else None

    def step(self, step: int) -> None:
        """Go to the next or the former; after the last comes the first again."""
        if self._board.items:
            self.place = (self.place + step) % len(self._board.items)
            self._draw()

    def _draw(self) -> None:
        count = len(self._board.items)
        self.place = min(self.place, max(0, count - 1))
        typing = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else True
        if self.card is not None:
            self._slot.removeWidget(self.card)
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        item = self.item
        if item is not None:
            self.card = self._made(item)
            self._slot.addWidget(self.card)
        self._rest(False)
        self.told.setText(_("{n} van {count}").format(n=self.place + 1, count=count) if count else "")
        for made in (self.before, self.after):
            made.setVisible(count > 1)
        self._tell_empty()
        self.past.show_past(self._board.past)
        if self.card is not None and typing and self.isVisible():
            self.card.focus_first()

    def _tell_empty(self) -> None:
        self.empty.setVisible(self._loaded and not self._board.items)
        if may_decide(self._desk.workspace):
            self._empty_title.setText(_("Alles is beslist"))
            self._empty_told.setText(
                _(
                    "Schrijven twee mensen iets anders over hetzelfde, of lijkt een dossier er al te zijn, "
                    "dan staat dat na het inlezen hier."
                )
            )
        else:
            self._empty_title.setText(_("Beslissen doet het kantoor"))
            self._empty_told.setText(_("Dat kan iemand met de rol “kantoor” of “beheerder”."))

    def _made(self, item: Item) -> QuestionCard | DoubleCard:
        if isinstance(item, Question):
            card = QuestionCard(self._desk, item)
            card.chosen.connect(self._choose)
            card.combined.connect(self._combined)
            card.kept.connect(self._keep_it)
            card.combining.connect(self._rest)
            return card
        double = DoubleCard(self._desk, item.pair)
        double.same.connect(self._merge)
        double.different.connect(self._different)
        double.later.connect(lambda: self.step(1))
        return double

    def _rest(self, resting: bool) -> None:
        """Letters and digits are typed while an editor is open; they decide nothing then."""
        for shortcut in self._keys:
            shortcut.setEnabled(not resting)

    def _take(self, number: int) -> None:
        if self.card is not None:
            self.card.take(number)

    def _combine(self) -> None:
        if isinstance(self.card, QuestionCard) and not self.card.combine.isHidden():
            self.card.begin_combining()

    def _keep(self) -> None:
        if isinstance(self.card, QuestionCard):
            self.card.keep.click()

    def _leave(self) -> None:
        """The letter that is underlined: "Laat zo staan" at a question, "Later" at a double."""
        if isinstance(self.card, DoubleCard):
            self.step(1)
        else:
            self._keep()

    def _apart(self) -> None:
        if isinstance(self.card, DoubleCard):
            self.card.apart.click()

    def _choose(self, version: Version) -> None:
        self._answer(lambda conflict: decisions.choose(self._desk.workspace, conflict, version))

    def _keep_it(self) -> None:
        self._answer(lambda conflict: decisions.keep(self._desk.workspace, conflict))

    def _combined(self, value: Value) -> None:
        self._answer(lambda conflict: decisions.combine(self._desk.workspace, conflict, value))

    def _answer(self, decide: Callable[[decisions.Conflict], str]) -> None:
        item, workspace = self.item, self._desk.workspace
        if isinstance(item, Question):
            conflict = item.conflict
            told = _("Beslist: {field}").format(field=conflict.field_label)

            def act() -> Callable[[], None]:
                return partial(decisions.undo, workspace, decide(conflict))

            self._decide(item, told, act)

    def _merge(self, keep: str, double: str) -> None:
        item, workspace = self.item, self._desk.workspace

        def act() -> Callable[[], None]:
            doubles.merge(workspace, keep, double)
            return partial(doubles.unmerge, workspace, double)

        if item is not None and not isinstance(item, Question):
            kept = next(one for one in (item.pair.one, item.pair.other) if one.client_id == keep)
            self._decide(item, _("Samen onder {name}").format(name=named(kept)), act)

    def _different(self) -> None:
        item, workspace = self.item, self._desk.workspace

        if item is not None and not isinstance(item, Question):
            one, other = item.pair.one.client_id, item.pair.other.client_id

            def act() -> Callable[[], None]:
                doubles.different(workspace, one, other)
                return partial(doubles.undo_different, workspace, one, other)

            self._decide(item, _("Beslist: twee verschillende personen"), act)

    def _decide(self, item: Item, told: str, act: Callable[[], Callable[[], None]]) -> None:
        """Do it, say so with a way back, and go on to the next; what was overtaken is shown anew."""

        def attempt() -> None:
            try:
                undo = act()
            except OVERTAKEN:
                self._overtaken()
                return
            self._desk.toast(told, lambda: self._take_back(undo))
            if shiboken6.isValid(self):
                self._undo, self._last = undo, item.key
                items = tuple(one for one in self._board.items if one.key != item.key)
                self._board = Board(items, self._board.past)
                self._draw()
                self.refresh()
            self._desk.kept.emit()

        self._desk.hush()
        self._desk.when_free(attempt)

    def _overtaken(self) -> None:
        self._desk.say(
            _("Er is intussen iets bijgekomen of al beslist. Er is niets veranderd: kijk nog eens."), "calm"
        )
        self.refresh()

    def _undo_last(self) -> None:
        if self._undo is not None:
            self._take_back(self._undo)

    def _take_back(self, undo: Callable[[], None]) -> None:
        def attempt() -> None:
            if undo is self._undo:
                self._again = self._last
            undo()
            self._undo = None
            self._desk.toast(_("Ongedaan gemaakt: het staat er weer"))
            self._desk.kept.emit()
            self.refresh()

        self._desk.when_free(attempt)
