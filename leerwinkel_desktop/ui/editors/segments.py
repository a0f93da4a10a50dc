"""A row of buttons of which at most one is chosen: one stop for Tab, a letter or an arrow chooses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.glyphs import with_room_for_bold


class Segments(QWidget):
    """Choices that are all in sight; `code()` is the code of the chosen one or None."""

    changed = Signal()
    left = Signal()

    def __init__(
        self, choices: Sequence[tuple[str, str]], name: str, *, clearable: bool = False, space: int = 8
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._clearable = clearable
        self._buttons: dict[str, QPushButton] = {}
        self._name = name
        self._layout = FlowLayout(self, space)
        for code, label in choices:
            self.add(code, label)
        self._share_tab_stop()

    def add(self, code: str, label: str) -> None:
        """One more choice, behind the others."""
        made = _Segment(label, self)
        made.setAccessibleName(f"{self._name}: {label}")
        made.clicked.connect(partial(self._on_clicked, code))
        self._buttons[code] = made
        self._layout.addWidget(made)

    def has(self, code: str) -> bool:
        """Whether there is such a choice."""
        return code in self._buttons

    def code(self) -> str | None:
        """The chosen code."""
        return next((code for code, made in self._buttons.items() if made.isChecked()), None)

    def set_code(self, code: str | None) -> None:
        """Choose without telling anybody."""
        for known, made in self._buttons.items():
            made.setChecked(known == code)
        self._share_tab_stop()

    def typed(self) -> str | None:
        """The chosen code."""
        return self.code()

    def retype(self, typed: str | None) -> None:
        """Choose what was chosen."""
        if typed is None or self.has(typed):
            self.set_code(typed)

    def button(self, code: str) -> QPushButton:
        """The button of one choice."""
        return self._buttons[code]

    def _on_clicked(self, code: str, _checked: bool = False) -> None:
        keep = self._buttons[code].isChecked() or not self._clearable
        self.set_code(code if keep else None)
        self.changed.emit()

    def choose_by(self, letter: str) -> bool:
        """Choose the first one that begins with this letter; False when none does."""
        begins = (code for code, made in self._buttons.items() if made.text()[:1].casefold() == letter)
        code = next(begins, None) if letter else None
        if code is None:
            return False
        self._buttons[code].setFocus(Qt.FocusReason.TabFocusReason)
        if self.code() != code:
            self.set_code(code)
            self.changed.emit()
        return True

    def _share_tab_stop(self) -> None:
        stop = self.code() or next(iter(self._buttons))
        for code, made in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if code == stop else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)
        self.setFocusProxy(self._buttons[stop])

    def step_from(self, made: QPushButton, step: int) -> None:
        """Choose the neighbour of a button."""
        order = list(self._buttons.values())
        place = order.index(made) + step
        if 0 <= place < len(order):
            order[place].setFocus(Qt.FocusReason.TabFocusReason)
            order[place].click()


class _Segment(QPushButton):
    def __init__(self, label: str, owner: Segments) -> None:
        super().__init__(label, owner)
        self._owner = owner
        self.setCheckable(True)
        self.setAutoDefault(True)
        self.setProperty("look", "segment")

    def sizeHint(self) -> QSize:
        return with_room_for_bold(self, super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
            Qt.Key(event.key())
        )
        if step is not None:
            self._owner.step_from(self, step)
        elif not self._owner.choose_by(event.text().strip().casefold()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.left.emit()
