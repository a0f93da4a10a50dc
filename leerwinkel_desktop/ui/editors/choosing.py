"""Chooses the editor that fits a declared field."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.codelists import CodeList, CodeLists
from leerwinkel_desktop.domain.fields import Field, Kind, Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.editors.codes import CodeEditor, CodesEditor
from leerwinkel_desktop.ui.editors.lines import DateEditor, LineEditor, NoteEditor
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.editors.values import decimal_text, parse_clock, parse_decimal, parse_integer
from leerwinkel_desktop.ui.widgets.plain import words

MOST_SEGMENTS = 4
BETWEEN = 5
ONE_LINE = 47
"""In letters: how much room the edges of a button take, and how much there is in half a form."""
WIDEST_SCALE = 10
WIDE_SCALE = 5


class Editor(Protocol):
    """What every editor can do; `value()` raises InvalidValue for what does not fit.

    `typed()` is what stands there, fitting or not, as plain JSON; `retype()` puts that back and tells nobody.
    """

    changed: SignalInstance
    left: SignalInstance

    def value(self) -> Value: ...
    def set_value(self, value: Value) -> None: ...
    def typed(self) -> object: ...
    def retype(self, typed: Any) -> None: ...


class ChoiceSegments(Segments):
    """A few codes side by side; a stored code that may no longer be chosen joins them."""

    def __init__(self, field: Field, codelist: CodeList, today: Callable[[], date]) -> None:
        self._list = codelist
        super().__init__(
            [(code.code, code.label) for code in codelist.current(today())], field.label, clearable=True
        )
        self.setProperty("wide", field.in_sight)

    def value(self) -> Value:
        """The chosen code."""
        return self.code()

    def set_value(self, value: Value) -> None:
        """Show a code."""
        code = value if isinstance(value, str) else None
        if code is not None and not self.has(code):
            self.add(code, self._list.label_of(code))
        self.set_code(code)


class SignSegments(ChoiceSegments):
    """A few codes that have a sign: the signs side by side, and the chosen one in words."""

    def __init__(self, field: Field, codelist: CodeList, today: Callable[[], date]) -> None:
        self._word = words("", wrap=False)
        super().__init__(field, codelist, today)
        self._word.setMinimumHeight(self.button(codelist.codes[0].code).sizeHint().height())
        self._layout.addWidget(self._word)

    def add(self, code: str, label: str) -> None:
        """One more choice; its sign stands on the button, its label is its name."""
        super().add(code, label)
        made = self.button(code)
        made.setText((self._list.get(code).text("sign") if code in self._list else None) or label)
        made.setToolTip(label)

    def set_code(self, code: str | None) -> None:
        """Choose without telling anybody."""
        super().set_code(code)
        self._word.setText(self._list.label_of(code) if code else "")


class ScaleEditor(Segments):
    """A small whole number as a row of buttons; a stored one that is not offered joins them."""

    def __init__(self, field: Field, offered: Iterable[int]) -> None:
        numbers = [(str(number), str(number)) for number in offered]
        super().__init__(numbers, field.label, clearable=True, space=4)
        self.setProperty("wide", len(numbers) > WIDE_SCALE)

    def value(self) -> Value:
        """The chosen number."""
        code = self.code()
        return None if code is None else int(code)

    def set_value(self, value: Value) -> None:
        """Show a number."""
        code = None if value is None else str(value)
        if code is not None and not self.has(code):
            self.add(code, code)
        self.set_code(code)


_ANSWERS: Final = {"J": True, "N": False, "?": None}


class YesNoEditor(Segments):
    """Yes, no, or not asked."""

    def __init__(self, field: Field) -> None:
        super().__init__([("J", _("Ja")), ("N", _("Nee")), ("?", _("Niet gevraagd"))], field.label)
        self.set_value(None)

    def value(self) -> Value:
        """The answer."""
        return _ANSWERS[self.code() or "?"]

    def set_value(self, value: Value) -> None:
        """Show an answer."""
        self.set_code(next(code for code, answer in _ANSWERS.items() if answer is value))


def editor_for(field: Field, codelists: CodeLists, today: Callable[[], date]) -> QWidget:
    """The editor of a field, with its name for screen readers. References have none: KeyError."""
    made = _make(field, codelists, today)
    made.setAccessibleName(field.label)
    inner = made.focusProxy()
    if inner is not None and not isinstance(made, Segments):
        inner.setAccessibleName(field.label)
    return made


def _make(field: Field, codelists: CodeLists, today: Callable[[], date]) -> QWidget:
    match field.kind:
        case Kind.NOTE:
            return NoteEditor()
        case Kind.INTEGER:
            if field.usual:
                return ScaleEditor(field, field.usual)
            if field.low is not None and field.high is not None and field.high - field.low <= WIDEST_SCALE:
                return ScaleEditor(field, range(field.low, field.high + 1))
            return LineEditor(lambda text: parse_integer(field.name, text), _plain)
        case Kind.DECIMAL:
            return LineEditor(lambda text: parse_decimal(field.name, text), _amount)
        case Kind.BOOLEAN:
            return YesNoEditor(field)
        case Kind.DATE:
            return DateEditor(field, today)
        case Kind.TIME:
            line = LineEditor(lambda text: parse_clock(field.name, text), _plain)
            line.setPlaceholderText(_("uu:mm"))
            return line
        case Kind.CODE:
            codes = codelists[field.codelist or ""].current(today())
            width = sum(len(code.label) + BETWEEN for code in codes)
            few = field.in_sight or (len(codes) <= MOST_SEGMENTS and width <= ONE_LINE)
            signed = few and all(code.text("sign") for code in codes)
            kind = SignSegments if signed else ChoiceSegments if few else CodeEditor
            return kind(field, codelists[field.codelist or ""], today)
        case Kind.CODES:
            return CodesEditor(field, codelists[field.codelist or ""], today)
        case Kind.TEXT:
            return LineEditor(lambda text: text.strip() or None, _plain)
    raise KeyError(field.kind)


def _plain(value: Value) -> str:
    return "" if value is None else str(value)


def _amount(value: Value) -> str:
    return decimal_text(value if isinstance(value, Decimal) else None)
