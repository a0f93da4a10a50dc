"""One field on the screen: its label, its editor, what is wrong with the value, and what it was based on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Privacy, Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import problems
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.editors.choosing import Editor
from leerwinkel_desktop.ui.editors.lines import NoteEditor
from leerwinkel_desktop.ui.places import cursor, has_cursor, put_cursor
from leerwinkel_desktop.ui.widgets.guard_line import GuardLine
from leerwinkel_desktop.ui.widgets.plain import XS, redress, row, words

Seen = Mapping[str, int]
"""Which changes of a record were in sight: what is typed is based on those (store/seen.py)."""
NOTHING: Final[Seen] = {}


class FieldBox(QWidget):
    """A label above an editor, and under it room for what is wrong with the value.

    `shown` is the stored value that stands or stood in it, `seen` what was known of the record then. What
    comes in while somebody types waits in `coming`; the cursor is never overrun.
    """

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
        self._undecided = words("", step="small", tone="attention")
        self._undecided.hide()
        counsellor_only(self._wanted)
        counsellor_only(self._undecided)
        self.dirty = False
        self.shown: Value = None
        self.seen: Seen = NOTHING
        self.coming: tuple[Value, Seen] | None = None
        self._retracted: list[Any] = []
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
            counsellor_only(self.guard)
        layout.addWidget(self.problem)
        layout.addWidget(self._undecided)
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

    def begin(self, value: Value, seen: Seen) -> None:
        """Show the value with which the form is made."""
        self.editor.set_value(value)
        self.shown, self.seen = value, seen

    def offer(self, value: Value, seen: Seen) -> None:
        """Show what is stored now, or once nobody types here any more."""
        if self.dirty or self.typing:
            self.coming = value, seen
        else:
            self.take(value, seen)

    def take(self, value: Value, seen: Seen) -> None:
        """Show what is stored now."""
        if value != self.shown:
            self.editor.set_value(value)
        self.shown, self.seen, self.coming = value, seen, None
        self.want(value)

    def settle(self) -> None:
        """Nobody types here any more: show what came in meanwhile."""
        if self.coming is not None and not self.dirty:
            self.take(*self.coming)

    def retract(self) -> bool:
        """Take back what is typed and not kept; False when that makes no difference."""
        before = self.editor.typed()
        self.dirty = False
        self.editor.set_value(self.shown)
        self.complain("")
        self._retracted = [before] if before != self.editor.typed() else []
        return bool(self._retracted)

    def type_again(self) -> bool:
        """Type again what was taken back last; False when there is nothing, or something else was typed."""
        fits = bool(self._retracted) and not self.dirty
        if fits:
            self.editor.retype(self._retracted.pop())
            self.dirty = True
        return fits

    def ask(self, undecided: bool) -> None:
        """Say that two people wrote this field differently, or say so no more."""
        self._undecided.setText(
            _("⚠ Te beslissen: iemand anders schreef hier iets anders") if undecided else ""
        )
        self._undecided.setVisible(undecided)

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


def typed_in(box: FieldBox) -> list[Any]:
    """What is typed in a field, whether it is to be kept, and what it is based on; as plain JSON."""
    return [box.editor.typed(), box.dirty, dict(box.seen)]


def memo_of(boxes: Mapping[str, FieldBox]) -> dict[str, Any]:
    """What is typed in these fields and not kept, and where the cursor is; empty when there is nothing."""
    memo: dict[str, Any] = {}
    for name, box in boxes.items():
        here = has_cursor(box.widget)
        shielded = box.field.privacy is Privacy.JUDICIAL  # stays under its own key whenever it can
        if box.dirty or (here and not shielded):
            memo.setdefault("typed", {})[name] = typed_in(box)
        if here:
            memo["at"] = [name, *cursor(box.widget)]
    return memo


def recall(boxes: Mapping[str, FieldBox], memo: Mapping[str, Any]) -> None:
    """Put back what `memo_of` gave; a field that is there no more is passed over."""
    for name, (typed, dirty, *seen) in memo.get("typed", {}).items():
        if name in boxes:
            box = boxes[name]
            box.editor.retype(typed)
            box.dirty, box.coming = dirty, (box.shown, box.seen)
            box.seen = seen[0] if seen else box.seen
    name, *place = memo.get("at", [""])
    if name in boxes:
        put_cursor(boxes[name].widget, *place)


_HOW_TO: Final = {
    Kind.DATE: _("Dit is geen datum. Typ bijvoorbeeld 31/12/2026."),
    Kind.TIME: _("Dit is geen uur. Typ bijvoorbeeld 9u30 of 14."),
    Kind.INTEGER: _("Dit is geen getal. Typ alleen cijfers."),
    Kind.DECIMAL: _("Dit is geen getal. Typ bijvoorbeeld 12,50."),
}


def beside(field: Field, error: InvalidValue) -> str:
    """What stands beside a field; shorter than in a banner, since the label is right above it."""
    if error.reason == "length" and field.kind in (Kind.TEXT, Kind.NOTE):
        return _("Dit is te lang: hoogstens {n} tekens. Het blijft staan tot je het korter maakt.").format(
            n=field.max_length
        )
    if error.reason == "kind" and field.kind in _HOW_TO:
        return _HOW_TO[field.kind]
    return problems.reason_text(error.reason)
