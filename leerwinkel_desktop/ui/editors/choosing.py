"""Chooses the editor that fits a declared field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.codelists import CodeList, CodeLists
from leerwinkel_desktop.domain.fields import Field, Kind, Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.editors.codes import CodeEditor, CodesEditor
from leerwinkel_desktop.ui.editors.lines import DateEditor, LineEditor, NoteEditor
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.editors.values import decimal_text, parse_decimal, parse_integer

MOST_SEGMENTS = 4
SHORT_LABELS = 48
WIDEST_SCALE = 10


class Editor(Protocol):
    """What every editor can do; `value()` raises InvalidValue for what does not fit."""

    changed: SignalInstance
    left: SignalInstance

    def value(self) -> Value: ...
    def set_value(self, value: Value) -> None: ...


class ChoiceSegments(Segments):
    """A few codes side by side; a stored code that may no longer be chosen stays visible."""

    def __init__(self, field: Field, codelist: CodeList, today: Callable[[], date]) -> None:
        super().__init__(
            [(code.code, code.label) for code in codelist.current(today())], field.label, clearable=True
        )


class ScaleEditor(Segments):
    """A small whole number as a row of buttons."""

    def __init__(self, field: Field, low: int, high: int) -> None:
        numbers = [(str(number), str(number)) for number in range(low, high + 1)]
        super().__init__(numbers, field.label, clearable=True, space=4)

    def value(self) -> int | None:  # type: ignore[override]
        """The chosen number."""
        code = super().value()
        return None if code is None else int(code)

    def set_value(self, value: Value) -> None:  # type: ignore[override]
        """Show a number."""
        super().set_value(None if value is None else str(value))


class YesNoEditor(Segments):
    """Yes, no, or not asked."""

    _CODES = {"J": True, "N": False, "?": None}  # noqa: RUF012

    def __init__(self, field: Field) -> None:
        super().__init__([("J", _("Ja")), ("N", _("Nee")), ("?", _("Niet gevraagd"))], field.label)
        self.set_value(None)

    def value(self) -> bool | None:  # type: ignore[override]
        """The answer."""
        return self._CODES[super().value() or "?"]

    def set_value(self, value: Value) -> None:  # type: ignore[override]
        """Show an answer."""
        super().set_value("?" if value is None else "J" if value else "N")


def editor_for(field: Field, codelists: CodeLists, today: Callable[[], date]) -> QWidget:
    """The editor of a field, with its name for screen readers. References have none: KeyError."""
    made = _make(field, codelists, today)
    made.setAccessibleName(field.label)
    if made.focusProxy() is not None and not isinstance(made, Segments):
        made.focusProxy().setAccessibleName(field.label)
    return made


def _make(field: Field, codelists: CodeLists, today: Callable[[], date]) -> QWidget:
    match field.kind:
        case Kind.NOTE:
            return NoteEditor()
        case Kind.INTEGER:
            if field.low is not None and field.high is not None and field.high - field.low <= WIDEST_SCALE:
                return ScaleEditor(field, field.low, field.high)
            return LineEditor(lambda text: parse_integer(field.name, text), _plain, 20)
        case Kind.DECIMAL:
            return LineEditor(lambda text: parse_decimal(field.name, text), _amount, 20)
        case Kind.BOOLEAN:
            return YesNoEditor(field)
        case Kind.DATE:
            return DateEditor(field, today)
        case Kind.CODE:
            codes = codelists[field.codelist or ""].current(today())
            few = len(codes) <= MOST_SEGMENTS and sum(len(code.label) for code in codes) <= SHORT_LABELS
            kind = ChoiceSegments if few else CodeEditor
            return kind(field, codelists[field.codelist or ""], today)
        case Kind.CODES:
            return CodesEditor(field, codelists[field.codelist or ""], today)
        case Kind.TEXT:
            return LineEditor(lambda text: text.strip() or None, _plain, field.max_length + 1)
    raise KeyError(field.kind)


def _plain(value: Value) -> str:
    return "" if value is None else str(value)


def _amount(value: Value) -> str:
    return decimal_text(value if isinstance(value, Decimal) else None)
