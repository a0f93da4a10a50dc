"""Editors of codes: one from a list, or several as chips; only codes of today, and the one that stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.codelists import Code, CodeList, fold
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import S, button, clear

SEARCHABLE_FROM = 9


class CodeEditor(QComboBox):
    """One code of a list; a long list is searched by typing any part of a label."""

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, codelist: CodeList, today: Callable[[], date]) -> None:
        super().__init__()
        self._field = field
        self._list = codelist
        self._today = today
        self.setMaxVisibleItems(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if len(codelist.current(today())) >= SEARCHABLE_FROM:
            self._make_searchable()
        self._fill(None)
        self.activated.connect(lambda _index: self.changed.emit())

    def _make_searchable(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        completer.activated.connect(self._on_completed)
        self.setCompleter(completer)
        line = QLineEdit()
        self.setLineEdit(line)
        line.setPlaceholderText(_("Typ om te zoeken"))
        line.textEdited.connect(lambda _text: self.changed.emit())
        line.editingFinished.connect(self._settle)

    def set_hint(self, text: str) -> None:
        """What an empty editor says."""
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(text)
        elif self.currentData() is None:
            self.setItemText(0, text)

    def _fill(self, stored: str | None) -> None:
        codes = list(self._list.current(self._today()))
        if stored is not None and all(code.code != stored for code in codes):
            codes.append(_stored(self._list, stored))
        self.blockSignals(True)
        self.clear()
        self.addItem("", None)
        for code in codes:
            self.addItem(code.label, code.code)
        completer = self.completer()
        if completer is not None and self.isEditable():
            completer.setModel(QStringListModel([code.label for code in codes], completer))
        self.blockSignals(False)

    def value(self) -> Value:
        """The chosen code. Raises InvalidValue for words that fit no code."""
        if not self.isEditable():
            code: str | None = self.currentData()
            return code
        typed = self.currentText().strip()
        if not typed:
            return None
        for index in range(self.count()):
            if fold(self.itemText(index)) == fold(typed) or self.itemData(index) == typed:
                found: str = self.itemData(index)
                return found
        raise InvalidValue(self._field.name, "code")

    def set_value(self, value: Value) -> None:
        """Show a code, also one that is closed by now."""
        code = value if isinstance(value, str) else None
        self._fill(code)
        self.setCurrentIndex(max(0, self.findData(code)) if code else 0)

    def _on_completed(self, label: str) -> None:
        self.setCurrentIndex(self.findText(label))
        self.changed.emit()
        self.left.emit()

    def _settle(self) -> None:
        """When the words fit exactly one code, show that code as it is written."""
        typed = fold(self.currentText())
        labels = [self.itemText(index) for index in range(1, self.count())]
        fitting = [label for label in labels if fold(label) == typed] or [
            label for label in labels if typed and typed in fold(label)
        ]
        if len(fitting) == 1 and self.currentText() != fitting[0]:
            self.setCurrentIndex(self.findText(fitting[0]))
            self.changed.emit()
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the page and never changes an answer

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


def _stored(codelist: CodeList, code: str) -> Code:
    return codelist.get(code) if code in codelist else Code(code, code)


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

    def _draw(self) -> None:
        clear(self._flow)
        for code in self._codes:
            label = _stored(self._list, code).label
            chip = button(
                f"{label}  ×",
                partial(self._drop, code),
                look="chip",
                name=_("{label} weghalen").format(label=label),
            )
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._codes))
        self._chips.updateGeometry()

    def _drop(self, code: str) -> None:
        self._codes = tuple(kept for kept in self._codes if kept != code)
        self._draw()
        self._add.setFocus()
        self.changed.emit()
        self.left.emit()
