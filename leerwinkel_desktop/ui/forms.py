"""Forms built from declared fields, which save as you type and need no button (ARCHITECTURE.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Record, Value, check, field_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import dossiers, drafts
from leerwinkel_desktop.services.drafts import Unsaved
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.client_view import client_view, counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.field_box import NOTHING, FieldBox, Seen, beside, memo_of, recall
from leerwinkel_desktop.ui.later import STUCK
from leerwinkel_desktop.ui.places import put_cursor
from leerwinkel_desktop.ui.widgets.plain import M

R = TypeVar("R", bound=Record)
PAUSE_MS = 600
END = 1_000_000
"""In letters: behind whatever is typed."""
NARROWEST = 29
"""How many letters wide a column of fields is at least; on a narrower page they stand under each other."""
WIDE = frozenset({Kind.NOTE, Kind.CODES})


class Target(Protocol):
    """Where a form keeps its values; a draft makes its record with the first value.

    `born` is the id of the record that is to come, None for one that exists: what is kept twice after a power
    cut makes one record.
    """

    born: str | None

    @property
    def address(self) -> str:
        """Which record this is, or under what a new one comes: finds the form again after a lock."""

    def write(self, values: dict[str, Value], seen: Seen) -> Record:
        """Keep these values, typed on what was seen; gives the record as it is now.

        Raises InvalidValue and the store's errors.
        """

    def waiting(self, client_id: str, values: dict[str, Value], seen: Seen) -> Unsaved:
        """These values in a form that waits in a draft until they can be written."""


class Stored(Generic[R]):
    """A record that exists."""

    born: str | None = None

    def __init__(self, desk: Desk, kind: type[R], record_id: str) -> None:
        self._desk, self._kind, self._id = desk, kind, record_id

    @property
    def address(self) -> str:
        """See Target."""
        return f"{self._kind.kind}/{self._id}"

    def write(self, values: dict[str, Value], seen: Seen) -> R:
        """See Target."""
        return dossiers.revise(self._desk.workspace, self._kind, self._id, values, seen)

    def waiting(self, client_id: str, values: dict[str, Value], seen: Seen) -> Unsaved:
        """See Target."""
        return drafts.unsaved(client_id, self._kind, self._id, None, values, seen)


class Draft(Generic[R]):
    """A record that comes to be with the first thing somebody types; `more` are values it is born with."""

    def __init__(
        self, desk: Desk, kind: type[R], owner_id: str, made: Callable[[R], None] | None = None, **more: Any
    ) -> None:
        self._desk, self._kind, self._owner, self._made, self._more = desk, kind, owner_id, made, more
        self._stored: Stored[R] | None = None
        self.born: str | None = new_id()

    @property
    def address(self) -> str:
        """See Target."""
        return new_under(self._kind, self._owner) if self._stored is None else self._stored.address

    def write(self, values: dict[str, Value], seen: Seen) -> R:
        """See Target."""
        if self._stored is not None:
            return self._stored.write(values, seen)
        values = {**self._more, **values, "id": self.born}
        record = dossiers.add(self._desk.workspace, self._kind, self._owner, **values)
        self._stored, self.born = Stored(self._desk, self._kind, record.id), None
        if self._made is not None:
            self._made(record)
        return record

    def waiting(self, client_id: str, values: dict[str, Value], seen: Seen) -> Unsaved:
        """See Target."""
        if self._stored is not None:
            return self._stored.waiting(client_id, values, seen)
        values = {**self._more, **values}
        return drafts.unsaved(client_id, self._kind, self.born or new_id(), self._owner, values, seen)


def address_of(record: Record) -> str:
    """The address of the form of a record that exists."""
    return f"{record.kind}/{record.id}"


def new_under(kind: type[Record], owner_id: str) -> str:
    """The address of a form that has made no record yet."""
    return f"{kind.kind}/new/{owner_id}"


class RecordForm(QWidget, Generic[R]):
    """Editors for some fields of one record, shown as they stood when `seen` of it was known.

    `state` tells typing, kept, held (something does not fit) or busy (it is kept as soon as that can be).
    """

    state = Signal(str)
    kept = Signal(object)

    def __init__(
        self,
        desk: Desk,
        kind: type[R],
        target: Target,
        names: Sequence[str],
        shown: R | None,
        columns: int = 2,
        seen: Seen = NOTHING,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._target = target
        self.boxes: dict[str, FieldBox] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(M)
        self._most, self._columns = columns, 0
        self._not_for_client: frozenset[str] = frozenset()
        for name in names:
            self.boxes[name] = self._box(field_of(kind, name))
            if shown is not None:
                self.boxes[name].begin(getattr(shown, name), seen)
            self.boxes[name].want(getattr(shown, name, None))
        self._place(columns)

    def _box(self, field: Field) -> FieldBox:
        box = FieldBox(field, editor_for(field, self._desk.workspace.codelists, self._desk.workspace.today))
        box.editor.changed.connect(lambda: self._on_changed(box))
        box.editor.left.connect(lambda: self._on_left(box))
        return box

    def _place(self, columns: int) -> None:
        """Put the boxes in that many columns; notes and sets take a whole line."""
        if columns == self._columns:
            return
        self._columns = columns
        place = 0
        hidden = self._not_for_client if client_view().on else ()
        for box in (box for name, box in self.boxes.items() if name not in hidden):
            wide = columns == 1 or box.field.kind in WIDE or bool(box.widget.property("wide"))
            if wide and place % columns:
                place += columns - place % columns
            self._grid.addWidget(box, place // columns, place % columns, 1, columns if wide else 1)
            place += columns if wide else 1
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self._grid.setHorizontalSpacing(M if columns > 1 else 0)

    def hide_from_client(self, names: Iterable[str]) -> None:
        """Keep these fields out of sight in client view; the others take their place."""
        self._not_for_client = frozenset(names)
        for name in self._not_for_client:
            counsellor_only(self.boxes[name])
        if self._not_for_client:
            client_view().changed.connect(self._place_again)
            self._place_again()

    def _place_again(self) -> None:
        columns, self._columns = self._columns, 0
        self._place(columns)

    def minimumSizeHint(self) -> QSize:
        widest = max((box.minimumSizeHint().width() for box in self.boxes.values()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = event.size().width() // (self.fontMetrics().averageCharWidth() * NARROWEST)
        self._place(max(1, min(self._most, fitting)))

    def mark(self, undecided: Mapping[str, Set[str]]) -> None:
        """Say beside each field whether it waits for a decision; by id of the record."""
        names = undecided.get(self.address.partition("/")[2], set())
        for name, box in self.boxes.items():
            box.ask(name in names)

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        next(iter(self.boxes.values())).widget.setFocus()

    @property
    def address(self) -> str:
        """Which record is in this form."""
        return self._target.address

    @property
    def is_new(self) -> bool:
        """Whether there is no record yet."""
        return self._target.born is not None

    def memo(self) -> dict[str, Any]:
        """What is not kept and where the cursor is; empty when there is nothing."""
        memo = memo_of(self.boxes)
        return {**self.place, **memo} if memo else {}

    @property
    def place(self) -> dict[str, Any]:
        """Where a memo of this form belongs: its address, and the id of the record that is to come."""
        return {"form": self.address, "born": self._target.born}

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave, and keep what fits by now."""
        if self._target.born is not None:
            self._target.born = memo.get("born") or self._target.born
        recall(self.boxes, memo)
        if self.waiting:
            self.flush(patient=True)

    @property
    def waiting(self) -> bool:
        """Whether something was typed that is not kept."""
        return any(box.dirty for box in self.boxes.values())

    @property
    def in_use(self) -> bool:
        """Whether somebody types here, or typed what is not kept yet."""
        return any(box.dirty or box.typing for box in self.boxes.values())

    def _on_changed(self, box: FieldBox) -> None:
        box.dirty = True
        self.state.emit("typing")
        self._timer.start()

    def _on_left(self, box: FieldBox) -> None:
        if box.dirty:
            self.flush()
        box.settle()

    def retract(self, box: FieldBox) -> bool:
        """Take back what is typed in a field and not kept; False when there is no such thing."""
        if not box.dirty or not box.retract():
            return False
        put_cursor(box.widget, END, END)
        self.state.emit("held" if self.waiting else "kept")
        return True

    def type_again(self, box: FieldBox) -> bool:
        """Type again in a field what was taken back last; False when there is no such thing."""
        if not box.type_again():
            return False
        put_cursor(box.widget, END, END)
        self._on_changed(box)
        return True

    def refresh(self, record: Record, seen: Seen) -> None:
        """Show the record as it stands now, but leave alone where somebody types."""
        for name, box in self.boxes.items():
            box.offer(getattr(record, name), seen)

    def _on_pause(self) -> None:
        """Keep what fits; a value that somebody is still typing is not called wrong yet."""
        self.flush(patient=True)

    def flush(self, *, patient: bool = False) -> None:
        """Keep now whatever was typed and fits; what does not fit stays, with a word beside it."""
        self._timer.stop()
        if not self.waiting:
            return
        for seen, values in self._fitting(patient):
            if not self._write(values, seen):
                return
        unfinished = patient and any(box.dirty and box.typing for box in self.boxes.values())
        self.state.emit("typing" if unfinished else "held" if self.waiting else "kept")

    def _fitting(self, patient: bool) -> list[tuple[Seen, dict[str, Value]]]:
        """What was typed and fits, by what it is based on; what was typed back as it stood is no change."""
        found: list[tuple[Seen, dict[str, Value]]] = []
        for name, box in self.boxes.items():
            if not box.dirty:
                continue
            try:
                value = check(box.field, box.editor.value())
            except InvalidValue as error:
                if not (patient and box.typing):
                    box.complain(beside(box.field, error))
                continue
            box.complain("")
            if value == box.shown:
                box.dirty = False
                continue
            if not found or found[-1][0] != box.seen:
                found.append((box.seen, {}))
            found[-1][1][name] = value
        return found

    def _write(self, values: dict[str, Value], seen: Seen) -> bool:
        try:
            record = self._target.write(values, seen)
        except InvalidValue as error:
            box = self.boxes[error.field]
            box.complain(beside(box.field, error))
            rest = {name: value for name, value in values.items() if name != error.field}
            return self._write(rest, seen) if rest else True
        except VaultBusy:
            self.state.emit("busy")
            self._timer.start()
            return False
        except STUCK as error:
            self._desk.stuck(error)
            self.state.emit("held")
            self._timer.start()
            return False
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            self.state.emit("held")
            return False
        self._desk.go_on()
        for name in values:
            self._on_written(self.boxes[name], getattr(record, name))
        self.kept.emit(record)
        self._desk.kept.emit()
        return True

    def hand_over(self, client_id: str) -> None:
        """The form goes while the database is busy: let the desk keep what fits as soon as that can be."""
        for seen, values in self._fitting(patient=False):
            act = partial(_keep, self._desk, self._target, values, seen)
            self._desk.later.add(act, self._target.waiting(client_id, values, seen))
            for name in values:
                self.boxes[name].dirty = False

    def _on_written(self, box: FieldBox, value: Value) -> None:
        box.dirty, box.shown, box.coming = False, value, None
        box.want(value)
        self._show_again(box, value)

    def _show_again(self, box: FieldBox, value: Value) -> None:
        """Show a date or a time as it was understood (3/4/25, 9u30) once the cursor has left it."""
        if box.field.kind in (Kind.DATE, Kind.TIME) and not box.typing:
            box.editor.set_value(value)


def _keep(desk: Desk, target: Target, values: dict[str, Value], seen: Seen) -> None:
    target.write(values, seen)
    desk.kept.emit()
