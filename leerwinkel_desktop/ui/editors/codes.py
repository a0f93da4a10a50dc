"""Editors of codes: one from a list, or several as chips; only codes of today, and the one that stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.codelists import Code, CodeList, fold
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.chip import Chip
from leerwinkel_desktop.ui.widgets.choice import SHOWN, ChoiceBox
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import S, clear

SEARCHABLE_FROM = 9


class CodeEditor(ChoiceBox):
    """One code of a list; a long list is searched by typing any part of a label.

    The list itself is filled when somebody comes near: a page can hold many long lists.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, codelist: CodeList, today: Callable[[], date]) -> None:
        super().__init__()
        self._field = field
        self._list = codelist
        self._current = codelist.current(today())
        self._codes = self._current
        self._filled = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if len(self._current) >= SEARCHABLE_FROM:
            self._make_searchable()
        self.set_value(None)
        self.activated.connect(lambda _index: self.changed.emit())

    def _make_searchable(self) -> None:
        line = QLineEdit()
        line.setPlaceholderText(_("Typ om te zoeken"))
        line.textEdited.connect(self._on_typed)
        line.editingFinished.connect(self._settle)
        self.setEditable(True)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)

    def set_hint(self, text: str) -> None:
        """What an empty editor says."""
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(text)
        elif self.currentData() is None:
            self.setItemText(0, text)

    def fill(self) -> None:
        """Put the whole list in, and let it be searched; what is shown stays."""
        if self._filled:
            return
        self._filled = True
        text, hint = self.currentText(), self.itemText(0)
        self._put(self._codes)
        self.setItemText(0, hint)
        if self.isEditable():
            self.setCompleter(self._completer())
        index = self.findText(text)
        self.setCurrentIndex(max(0, index))
        if self.isEditable() and index < 0:
            self.setEditText(text)

    def _completer(self) -> QCompleter:
        completer = QCompleter([code.label for code in self._codes], self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(SHOWN)
        popup = QListView()
        popup.setMinimumWidth(self.list_width())
        popup.setObjectName("completions")
        completer.setPopup(popup)
        completer.activated.connect(self._on_completed)
        return completer

    def _put(self, codes: Sequence[Code]) -> None:
        self.blockSignals(True)
        self.clear()
        self.addItem("", None)
        for code in codes:
            self.addItem(code.label, code.code)
        self.blockSignals(False)

    def value(self) -> Value:
        """The chosen code. Raises InvalidValue for words that fit no code."""
        if not self.isEditable():
            code: str | None = self.currentData()
            return code
        typed = fold(self.currentText())
        if not typed:
            return None
        for known in self._codes:
            if typed in (fold(known.label), fold(known.code)):
                return known.code
        raise InvalidValue(self._field.name, "code")

    def set_value(self, value: Value) -> None:
        """Show a code, also one that is closed by now."""
        shown = [] if not isinstance(value, str) else [_stored(self._list, value)]
        self._codes = (*self._current, *(code for code in shown if code not in self._current))
        self._filled = False
        if self.isEditable():
            self._put(shown)
            self.setCurrentIndex(len(shown))
            self._show_beginning()
        else:
            self._put(self._codes)
            self._filled = True
            self.setCurrentIndex(self.findData(value) if shown else 0)

    def take_best(self) -> bool:
        """Choose what the typed letters begin: a code, a label, a word of it; False when nothing does so."""
        completer, typed = self.completer(), fold(self.currentText())
        popup = None if completer is None else completer.popup()
        if popup is not None:
            popup.hide()
        if not typed:
            return False
        if (best := _begun_by(typed, self._codes)) is None:
            return False
        if self.currentText() != best.label:
            self._show(best.label)
            self.changed.emit()
        return True

    def typed(self) -> str:
        """The words of a search, or the chosen label."""
        return self.currentText()

    def retype(self, typed: str) -> None:
        """Put the words back."""
        self.fill()
        index = self.findText(typed)
        self.setCurrentIndex(max(0, index))
        if self.isEditable():
            self.setEditText(typed)

    def _show(self, label: str) -> None:
        self.fill()
        self.setCurrentIndex(self.findText(label))

    def _on_typed(self, text: str) -> None:
        if not self._filled:
            self.fill()
            self.setEditText(text)
        self.changed.emit()

    def _on_completed(self, label: str) -> None:
        self._show(label)
        self.changed.emit()
        self.left.emit()

    def _settle(self) -> None:
        """When the words fit exactly one code, show that code as it is written."""
        typed = fold(self.currentText())
        labels = [code.label for code in self._codes]
        fitting = [label for label in labels if fold(label) == typed] or [
            label for label in labels if typed and typed in fold(label)
        ]
        if len(fitting) == 1 and self.currentText() != fitting[0]:
            self._show(fitting[0])
            self.changed.emit()
        self._show_beginning()
        self.left.emit()

    def _show_beginning(self) -> None:
        """A label that is too long for its box is cut at its end, but while somebody types there."""
        line = self.lineEdit()
        if line is not None and not line.hasFocus():
            line.home(False)

    def showPopup(self) -> None:
        self.fill()
        super().showPopup()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.fill()
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the page and never changes an answer

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


def _stored(codelist: CodeList, code: str) -> Code:
    return codelist.get(code) if code in codelist else Code(code, code)


def _begun_by(typed: str, codes: Sequence[Code]) -> Code | None:
    """The code that fits best: in full, by how it begins, by how one of its words begins, in this order."""
    told = [(code, [fold(text) for text in (code.code, code.label, *code.aliases)]) for code in codes]
    ways: Sequence[Callable[[str], bool]] = (
        lambda text: text == typed,
        lambda text: text.startswith(typed),
        lambda text: f" {typed}" in text or f"({typed}" in text,
    )
    fitting = (code for fits in ways for code, texts in told if any(map(fits, texts)))
    return next(fitting, None)


class CodesEditor(QWidget):
    """Several codes: a chip for each, and a list to add one."""

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, codelist: CodeList, today: Callable[[], date]) -> None:
        super().__init__()
        self._list = codelist
        self._codes: tuple[str, ...] = ()
        self._add = CodeEditor(field, codelist, today)
        self._hint()
        self._add.activated.connect(lambda _index: self._take())
        self._add.left.connect(self._take)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._chips)
        layout.addWidget(self._add)
        self.setFocusProxy(self._add)
        self._chips.hide()

    def value(self) -> Value:
        """The chosen codes, in the order of choice."""
        return self._codes

    def set_value(self, value: Value) -> None:
        """Show these codes."""
        self._codes = value if isinstance(value, tuple) else ()
        self._draw()

    def typed(self) -> list[Any]:
        """The chosen codes, and the words of a search for one more."""
        return [list(self._codes), self._add.typed() if self._add.isEditable() else ""]

    def retype(self, typed: Sequence[Any]) -> None:
        """Put codes and words back."""
        codes, words = typed
        self.set_value(tuple(codes))
        if words:
            self._add.retype(words)

    def _hint(self) -> None:
        self._add.set_hint(_("Voeg toe: typ om te zoeken") if self._add.isEditable() else _("Voeg toe …"))

    def _take(self) -> None:
        try:
            code = self._add.value()
        except InvalidValue:
            return
        if isinstance(code, str):
            self._add.set_value(None)
            self._hint()
            if code not in self._codes:
                self._codes = (*self._codes, code)
                self._draw()
                self.changed.emit()
        self.left.emit()

    def _on_chip(self, code: str, _checked: bool = False) -> None:
        self._drop(code)

    def _draw(self) -> None:
        clear(self._flow)
        for code in self._codes:
            label = _stored(self._list, code).label
            chip = Chip(label, _("{label} weghalen").format(label=label))
            chip.clicked.connect(partial(self._on_chip, code))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._codes))
        self._chips.updateGeometry()

    def _drop(self, code: str) -> None:
        self._codes = tuple(kept for kept in self._codes if kept != code)
        self._draw()
        self._add.setFocus()
        self.changed.emit()
        self.left.emit()
