"""A quiet list at the left and one section beside it; a section is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol, cast

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from leerwinkel_desktop.ui.widgets.glyphs import with_room_for_bold
from leerwinkel_desktop.ui.widgets.plain import XS, L, M, column


class _Refreshes(Protocol):
    def refresh(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the list."""

    key: str
    label: str
    make: Callable[[], QWidget]


class _Entry(QPushButton):
    """An entry that still fits when it is chosen and turns bold."""

    def sizeHint(self) -> QtCore.QSize:
        return with_room_for_bold(self, super().sizeHint())

    def minimumSizeHint(self) -> QtCore.QSize:
        return self.sizeHint()


class _List(QScrollArea):
    """As wide as its entries; scrolls when the letters are large and the screen is low."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._inner = inner
        self.setWidget(inner)

    def sizeHint(self) -> QtCore.QSize:
        inner = self._inner.minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QtCore.QSize(inner.width() + bar, inner.height())

    def minimumSizeHint(self) -> QtCore.QSize:
        return QtCore.QSize(self.sizeHint().width(), 0)


class Sections(QWidget):
    """Shows one section at a time; one that has `refresh` is asked to look again when it comes in sight."""

    changed = Signal(str)

    def __init__(self, sections: Sequence[Section], name: str) -> None:
        super().__init__()
        self._sections = {section.key: section for section in sections}
        self._made: dict[str, QWidget] = {}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._pages = QStackedWidget()
        entries = column(space=XS)
        entries.setContentsMargins(0, L, 0, M)  # begins where the section beside it begins
        for section in sections:
            entries.addWidget(self._button(section))
        entries.addStretch(1)
        inner = QWidget()
        inner.setObjectName("column")
        inner.setLayout(entries)
        listed = _List(inner)
        listed.setAccessibleName(name)
        across = QHBoxLayout(self)
        across.setContentsMargins(L, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(listed)
        across.addWidget(self._pages, 1)

    def _button(self, section: Section) -> QPushButton:
        made = _Entry(section.label)
        made.setProperty("look", "rail")
        made.setCheckable(True)
        made.setAutoDefault(True)
        made.clicked.connect(partial(self._on_clicked, section.key))
        self._group.addButton(made)
        self._buttons[section.key] = made
        return made

    def _on_clicked(self, key: str, _checked: bool = False) -> None:
        self.go(key)

    @property
    def key(self) -> str | None:
        """Which section is in sight."""
        page = self._pages.currentWidget()
        return next((key for key, made in self._made.items() if made is page), None)

    def button(self, key: str) -> QPushButton:
        """The entry of a section."""
        return self._buttons[key]

    def offer(self, keys: Sequence[str]) -> None:
        """List only these."""
        for key, made in self._buttons.items():
            made.setVisible(key in keys)

    def go(self, key: str) -> QWidget:
        """Show a section."""
        if key not in self._made:
            self._made[key] = self._sections[key].make()
            self._pages.addWidget(self._made[key])
        page = self._made[key]
        self._buttons[key].setChecked(True)
        self._pages.setCurrentWidget(page)
        self.refresh()
        self.changed.emit(key)
        return page

    def refresh(self) -> None:
        """Let the section in sight look again."""
        page = self._pages.currentWidget()
        if page is not None and hasattr(page, "refresh"):
            cast(_Refreshes, page).refresh()
