"""Snelle infovraag (Ctrl+I): six fields by keyboard, kept in one go, and ready for the next in the queue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPushButton, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import quick_question
from leerwinkel_desktop.services.quick_question import Asked, Kept
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.codes import CodeEditor
from leerwinkel_desktop.ui.field_box import FieldBox, memo_of, recall
from leerwinkel_desktop.ui.places import inner
from leerwinkel_desktop.ui.quick import fields
from leerwinkel_desktop.ui.quick.known import Known
from leerwinkel_desktop.ui.quick.place import Place
from leerwinkel_desktop.ui.widgets.plain import Elided, L, M, S, button, column, row, set_tone, words

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PLACES: Final = {
    "name": (0, 0, 1),
    "birth": (0, 1, 1),
    "gender": (1, 0, 2),
    "level": (2, 0, 1),
    "question": (2, 1, 1),
    "referral": (3, 0, 1),
}
"""Where each box stands: row, column, and over how many columns."""
LETTERS: Final = 100
HOW: Final = _("Enter: volgend veld · Ctrl+Enter: bewaren · Esc: sluiten")
WAITS: Final = _("Er wordt net ingelezen. Dit wordt vanzelf bewaard zodra dat klaar is.")


class QuickDialog(QDialog):
    """`opened` gives the client whose dossier somebody wants to see; `last` is what was kept last."""

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._born = new_id()
        self.last: Kept | None = None
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self.boxes = fields.boxes_of(desk.workspace)
        self.place = Place(desk.workspace)
        self.known = Known(desk)
        self.known.chosen.connect(self._go_on)
        self.known.told.connect(self._grow)
        self.told = words(HOW, tone="muted")
        self.keep_button = button(_("Bewaar, en de volgende"), self.keep, look="primary")
        self.keep_button.setToolTip("Ctrl+Enter")
        self._kept = Elided("")
        set_tone(self._kept, "good")
        self.open_last = button(_("&Open dossier"), self._on_open, look="quiet")
        self.undo = button(_("Ongedaan &maken"), self._on_undo, look="quiet")
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(M)
        for name, (line, at, wide) in PLACES.items():
            self._begin(self.boxes[name])
            grid.addWidget(self.boxes[name], line, at, 1, wide)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        close = button(_("Sluiten"), self.reject)
        across = row(words(_("Snelle infovraag"), step="heading", wrap=False), None, self.place, space=M)
        below = row(self._kept, self.open_last, self.undo, close, self.keep_button, space=S)
        below.setStretch(0, 1)
        top = column(across, self.told, space=0)
        self.setLayout(column(top, grid, self.known, None, below, space=M, margins=L))
        self._order([*self.boxes.values(), self.keep_button, close, *self.place.boxes])
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        self._tell_last()
        self.boxes["name"].widget.setFocus()

    def _order(self, widgets: Sequence[QWidget]) -> None:
        """The fields first: where the queue stands is seldom changed."""
        for one, after in pairwise(widgets):
            self.setTabOrder(one, after)

    def _grow(self) -> None:
        """Make room for what is said of a field or a person, instead of pressing the fields together."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            width = max(self.width(), layout.totalMinimumSize().width())
            self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))

    def _begin(self, box: FieldBox) -> None:
        box.editor.changed.connect(lambda: self._on_changed(box))
        within = inner(box.widget)
        if isinstance(within, QLineEdit):
            within.returnPressed.connect(lambda: self._on_enter(box))
        for made in box.widget.findChildren(QPushButton):
            made.installEventFilter(self)

    def _on_changed(self, box: FieldBox) -> None:
        box.dirty = True
        box.complain("")
        self.known.ask(fields.fitting(self.boxes))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on from a row of choices as it does from a line; Space still chooses."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in ENTER:
            box = next(box for box in self.boxes.values() if box.isAncestorOf(watched))  # type: ignore[arg-type]
            self._on_enter(box)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:  # what a line did with it already is no click on a button
            super().keyPressEvent(event)

    def _on_enter(self, box: FieldBox) -> None:
        """Choose what the letters begin, and go to the next field; with Ctrl keep it all."""
        if isinstance(box.widget, CodeEditor):
            box.widget.take_best()
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier:
            self.keep()
            return
        order = list(self.boxes.values())
        after = order.index(box) + 1
        (order[after].widget if after < len(order) else self.keep_button).setFocus()

    def look(self) -> None:
        """See now who resembles, without the pause that somebody who types is given."""
        self.known.ask(fields.fitting(self.boxes))
        self.known.look()

    def _go_on(self) -> None:
        """To the first field in which nothing stands yet."""
        empty = (box.widget for box in self.boxes.values() if not box.editor.typed())
        next(empty, self.keep_button).setFocus()

    @property
    def typed(self) -> bool:
        """Whether something stands here that is not kept."""
        return any(box.editor.typed() for box in self.boxes.values())

    def keep(self) -> None:
        """Keep this one, now or as soon as an import lets the database go."""
        focused = next((box for box in self.boxes.values() if box.typing), None)
        if focused is not None and isinstance(focused.widget, CodeEditor):
            focused.widget.take_best()
        asked = fields.asked_in(self.boxes)
        self._grow()
        if asked is None or not self.keep_button.isEnabled():
            return
        if asked == Asked():
            self.boxes["name"].complain(_("Typ minstens een naam of een vraag."))
            self.boxes["name"].widget.setFocus()
            return
        self._wait(True)
        self._desk.later.do(lambda: self._write(asked))

    def _wait(self, waits: bool) -> None:
        self.keep_button.setDisabled(waits)
        for box in self.boxes.values():
            box.setDisabled(waits)
        self.told.setText(WAITS if waits else HOW)

    def _write(self, asked: Asked) -> None:
        if not shiboken6.isValid(self) or not self.isVisible():
            return  # closed while it waited: what was typed waits with the draft
        client_id, where = self.known.client_id, self.place.where()
        try:
            kept = quick_question.keep(
                self._desk.workspace, asked, where, client_id=client_id, born=self._born
            )
        except VaultBusy:
            raise
        except InvalidValue as error:
            self._wait(False)
            fields.complain(self.boxes, error)
            return
        except Exception:
            self._wait(False)
            raise
        self._next(kept, asked)

    def _next(self, kept: Kept, asked: Asked) -> None:
        self._born, self.last = new_id(), kept
        self._wait(False)
        for box in self.boxes.values():
            box.editor.set_value(None)
            box.dirty = False
            box.complain("")
        self.known.forget()
        name = asked.first_name
        self._tell_last(_("✓ {name} bewaard").format(name=name) if name else _("✓ Bewaard"))
        self.boxes["name"].widget.setFocus()
        self._desk.kept.emit()

    def _tell_last(self, text: str = "") -> None:
        self._kept.tell(text)
        for made in (self.open_last, self.undo):
            made.setVisible(bool(text))
        self._grow()

    def _on_open(self) -> None:
        if self.last is not None:
            client_id, self.last = self.last.client_id, None
            self.reject()
            self.opened.emit(client_id)

    def _on_undo(self) -> None:
        if self.last is not None:
            kept, self.last = self.last, None
            self._desk.when_free(lambda: take_back(self._desk, kept))
            self._tell_last()
            self.boxes["name"].widget.setFocus()

    def memo(self) -> dict[str, Any]:
        """What is typed, of whom it is said to be, and where the cursor is; as plain JSON."""
        known = self.known.client_id
        told = None if known is None else [known, self.known.who]
        return {
            "boxes": memo_of(self.boxes),
            "born": self._born,
            "place": self.place.memo(),
            "known": told,
        }

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave."""
        self._born = memo["born"]
        self.place.recall(memo["place"])
        recall(self.boxes, memo["boxes"])
        if memo["known"] is not None:
            self.known.point_out(*memo["known"])
        elif self.typed:
            self.look()


def take_back(desk: Desk, kept: Kept) -> None:
    """Undo one that was kept."""
    quick_question.take_back(desk.workspace, kept)
    desk.kept.emit()
