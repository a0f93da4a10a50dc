"""Forms built from declared fields, which save as you type and need no button (ARCHITECTURE.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar, cast

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Privacy, Record, Value, check, field_of
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers, problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import Editor, editor_for
from leerwinkel_desktop.ui.editors.lines import NoteEditor
from leerwinkel_desktop.ui.places import cursor, has_cursor, put_cursor
from leerwinkel_desktop.ui.widgets.guard_line import GuardLine
from leerwinkel_desktop.ui.widgets.plain import XS, M, redress, row, words

R = TypeVar("R", bound=Record)
PAUSE_MS = 600
NARROWEST = 26
"""How many letters wide a column of fields is at least; on a narrower page they stand under each other."""
WIDE = frozenset({Kind.NOTE, Kind.CODES})


class Target(Protocol):
    """Where a form keeps its values; a draft makes its record with the first value."""

    @property
    def address(self) -> str:
        """Which record this is, or under what a new one comes: finds the form again after a lock."""

    def write(self, values: dict[str, Value]) -> Record:
        """Keep these values; gives the record as it is now. Raises InvalidValue and the store's errors."""


class Stored(Generic[R]):
    """A record that exists."""

    def __init__(self, desk: Desk, kind: type[R], record_id: str) -> None:
        self._desk, self._kind, self._id = desk, kind, record_id

    @property
    def address(self) -> str:
        """See Target."""
        return f"{self._kind.kind}/{self._id}"

    def write(self, values: dict[str, Value]) -> R:
        """See Target."""
        return dossiers.change(self._desk.workspace, self._kind, self._id, **values)


class Draft(Generic[R]):
    """A record that comes to be with the first thing somebody types; `more` are values it is born with."""

    def __init__(
        self, desk: Desk, kind: type[R], owner_id: str, made: Callable[[R], None] | None = None, **more: Any
    ) -> None:
        self._desk, self._kind, self._owner, self._made, self._more = desk, kind, owner_id, made, more
        self._stored: Stored[R] | None = None

    @property
    def address(self) -> str:
        """See Target."""
        return new_under(self._kind, self._owner) if self._stored is None else self._stored.address

    def write(self, values: dict[str, Value]) -> R:
        """See Target."""
        if self._stored is not None:
            return self._stored.write(values)
        record = dossiers.add(self._desk.workspace, self._kind, self._owner, **{**self._more, **values})
        self._stored = Stored(self._desk, self._kind, record.id)
        if self._made is not None:
            self._made(record)
        return record


def new_under(kind: type[Record], owner_id: str) -> str:
    """The address of a form that has made no record yet."""
    return f"{kind.kind}/new/{owner_id}"


class FieldBox(QWidget):
    """A label above an editor, and under it room for what is wrong with the value."""

    def __init__(self, field: Field, editor: QWidget) -> None:
        super().__init__()
        self.field = field
        self.widget = editor
        self.editor = cast(Editor, editor)
        self.caption = words(field.label)
        self.caption.setObjectName("caption")
        self.caption.setBuddy(editor)
        self._wanted = words(_("voor de cijfers"), step="small", tone="muted", wrap=False)
        self.problem = words("", step="small", tone="danger")
        self.problem.hide()
        self.dirty = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        top = row(self.caption, self._wanted)
        top.setStretch(0, 1)
        layout.addLayout(top)
        layout.addWidget(editor)
        self.guard: GuardLine | None = None
        if isinstance(editor, NoteEditor):
            self.guard = GuardLine(editor, in_block=field.privacy is Privacy.JUDICIAL)
            layout.addWidget(self.guard)
        layout.addWidget(self.problem)
        layout.addStretch(1)

    @property
    def told(self) -> str:
        """The label, and what was typed when it is one line."""
        inner = self.widget.focusProxy() or self.widget
        typed = inner.text() if isinstance(inner, QLineEdit) else ""
        return f"{self.field.label} “{typed}”" if typed else self.field.label

    @property
    def typing(self) -> bool:
        """Whether the cursor is in this field."""
        return (self.widget.focusProxy() or self.widget).hasFocus()

    def want(self, value: Value) -> None:
        """Say softly that a figure needs this field while it is empty."""
        self._wanted.setVisible(self.field.needed and not value and value is not False)

    def complain(self, sentence: str) -> None:
        """Say beside the field what is wrong; an empty sentence takes it back."""
        self.problem.setText(("⚠ " + sentence) if sentence else "")
        self.problem.setVisible(bool(sentence))
        inner = self.widget.focusProxy() or self.widget
        if bool(inner.property("bad")) != bool(sentence):
            inner.setProperty("bad", bool(sentence))
            redress(inner)
        inner.setAccessibleDescription(sentence or (self.guard.text if self.guard else ""))


def memo_of(boxes: Mapping[str, FieldBox]) -> dict[str, Any]:
    """What is typed in these fields and not kept, and where the cursor is; empty when there is nothing."""
    memo: dict[str, Any] = {}
    for name, box in boxes.items():
        here = has_cursor(box.widget)
        shielded = box.field.privacy is Privacy.JUDICIAL  # stays under its own key whenever it can
        if box.dirty or (here and not shielded):
            memo.setdefault("typed", {})[name] = [box.editor.typed(), box.dirty]
        if here:
            memo["at"] = [name, *cursor(box.widget)]
    return memo


def recall(boxes: Mapping[str, FieldBox], memo: Mapping[str, Any]) -> None:
    """Put back what `memo_of` gave; a field that is there no more is passed over."""
    for name, (typed, dirty) in memo.get("typed", {}).items():
        if name in boxes:
            boxes[name].editor.retype(typed)
            boxes[name].dirty = dirty
    name, *place = memo.get("at", [""])
    if name in boxes:
        put_cursor(boxes[name].widget, *place)


class RecordForm(QWidget, Generic[R]):
    """Editors for some fields of one record; `state` tells typing, kept or held (something does not fit)."""

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
        for name in names:
            self.boxes[name] = self._box(field_of(kind, name), getattr(shown, name, None), shown is not None)
        self._place(columns)

    def _box(self, field: Field, value: Value, stored: bool) -> FieldBox:
        box = FieldBox(field, editor_for(field, self._desk.workspace.codelists, self._desk.workspace.today))
        if stored:
            box.editor.set_value(value)
        box.want(value)
        box.editor.changed.connect(lambda: self._on_changed(box))
        box.editor.left.connect(lambda: self._on_left(box))
        return box

    def _place(self, columns: int) -> None:
        """Put the boxes in that many columns; notes and sets take a whole line."""
        if columns == self._columns:
            return
        self._columns = columns
        place = 0
        for box in self.boxes.values():
            wide = columns == 1 or box.field.kind in WIDE or bool(box.widget.property("wide"))
            if wide and place % columns:
                place += columns - place % columns
            self._grid.addWidget(box, place // columns, place % columns, 1, columns if wide else 1)
            place += columns if wide else 1
        for number in range(self._most):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        self._grid.setHorizontalSpacing(M if columns > 1 else 0)

    def minimumSizeHint(self) -> QSize:
        widest = max((box.minimumSizeHint().width() for box in self.boxes.values()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = event.size().width() // (self.fontMetrics().averageCharWidth() * NARROWEST)
        self._place(max(1, min(self._most, fitting)))

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        next(iter(self.boxes.values())).widget.setFocus()

    @property
    def address(self) -> str:
        """Which record is in this form."""
        return self._target.address

    def memo(self) -> dict[str, Any]:
        """What is not kept and where the cursor is; empty when there is nothing."""
        memo = memo_of(self.boxes)
        return {"form": self.address, **memo} if memo else {}

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave, and keep what fits by now."""
        recall(self.boxes, memo)
        if self.waiting:
            self.flush(patient=True)

    @property
    def waiting(self) -> bool:
        """Whether something was typed that is not kept."""
        return any(box.dirty for box in self.boxes.values())

    def _on_changed(self, box: FieldBox) -> None:
        box.dirty = True
        self.state.emit("typing")
        self._timer.start()

    def _on_left(self, box: FieldBox) -> None:
        if box.dirty:
            self.flush()

    def _on_pause(self) -> None:
        """Keep what fits; a value that somebody is still typing is not called wrong yet."""
        self.flush(patient=True)

    def flush(self, *, patient: bool = False) -> None:
        """Keep now whatever was typed and fits; what does not fit stays, with a word beside it."""
        self._timer.stop()
        dirty = [box for box in self.boxes.values() if box.dirty]
        if not dirty:
            return
        values: dict[str, Value] = {}
        for box in dirty:
            try:
                values[box.field.name] = check(box.field, box.editor.value())
                box.complain("")
            except InvalidValue as error:
                if not (patient and box.typing):
                    box.complain(beside(box.field, error))
        if values and not self._write(values):
            return
        unfinished = patient and any(box.dirty and box.typing for box in self.boxes.values())
        self.state.emit("typing" if unfinished else "held" if self.waiting else "kept")

    def _write(self, values: dict[str, Value]) -> bool:
        try:
            record = self._target.write(values)
        except InvalidValue as error:
            box = self.boxes[error.field]
            box.complain(beside(box.field, error))
            rest = {name: value for name, value in values.items() if name != error.field}
            return self._write(rest) if rest else True
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            self.state.emit("held")
            return False
        for name in values:
            self.boxes[name].dirty = False
            self.boxes[name].want(getattr(record, name))
            self._show_again(self.boxes[name], getattr(record, name))
        self.kept.emit(record)
        self._desk.kept.emit()
        return True

    def _show_again(self, box: FieldBox, value: Value) -> None:
        """Show a date as it was understood (3/4/25 becomes 03/04/2025) once the cursor has left it."""
        if box.field.kind is Kind.DATE and not box.typing:
            box.editor.set_value(value)


_HOW_TO: Final = {
    Kind.DATE: _("Dit is geen datum. Typ bijvoorbeeld 31/12/2026."),
    Kind.INTEGER: _("Dit is geen getal. Typ alleen cijfers."),
    Kind.DECIMAL: _("Dit is geen getal. Typ bijvoorbeeld 12,50."),
}


def beside(field: Field, error: InvalidValue) -> str:
    """What stands beside a field; shorter than in a banner, since the label is right above it."""
    if error.reason == "kind" and field.kind in _HOW_TO:
        return _HOW_TO[field.kind]
    return problems.reason_text(error.reason)
