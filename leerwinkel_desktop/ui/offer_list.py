"""The courses of the catalogue as a list: find as you type, and filters; for the page and for a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.domain import catalogue as rules
from leerwinkel_desktop.domain.catalogue import Filter, Line
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import catalogue
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import M, S, row, words

LEVELS: Final = range(1, 9)
HOURS: Final = (4, 8, 12, 20, 38)
NOTHING_YET: Final = _(
    "Nog geen aanbod. Voeg op de pagina Aanbod een opleiding toe, of lees een pakket van kantoor in."
)
LEAST: Final = 12
ROOM: Final = ((2, 130), (5, 110), (3, 90))
"""Columns that give way, and how many letters wide the list must be for each."""


def columns(lists: CodeLists, today: date) -> Sequence[Column[Line]]:
    """How a course stands in the list."""

    def label(name: str, code: str | None) -> str:
        return lists[name].label_of(code) if code else ""

    return (
        Column(_("Opleiding"), lambda one: one.offering.title or _("Zonder titel"), stretch=True),
        Column(_("Bij wie"), lambda one: (one.provider.name or "") if one.provider else ""),
        Column(_("Gemeente"), lambda one: label("territory", one.nis_code)),
        Column(_("Lessen"), lambda one: label("training_mode", one.offering.schedule)),
        Column(
            _("Uren"),
            lambda one: _number(one.offering.hours_week),
            lambda one: one.offering.hours_week or 0,
            True,
        ),
        Column(
            _("Nagekeken"),
            lambda one: f"{one.checked_on:%d/%m/%Y}" if one.checked_on else _("nog nooit"),
            lambda one: one.checked_on,
            sign=lambda one: "attention" if one.is_old(today) else "",
        ),
    )


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _together(*parts: QWidget) -> QWidget:
    """Parts that stay on one line of what flows."""
    held = QWidget()
    held.setLayout(row(*parts, space=M))
    return held


class _Search(QLineEdit):
    def __init__(self, into: QWidget) -> None:
        super().__init__()
        self._into = into
        self.setPlaceholderText(_("Opleiding, school, studiegebied of gemeente"))
        self.setAccessibleName(_("Zoek in het aanbod"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._into.setFocus()
        else:
            super().keyPressEvent(event)


class OfferList(QWidget):
    """`chosen` says that another course is the current one, `taken` that Enter or a double click took it."""

    chosen = Signal()
    taken = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.lines: tuple[Line, ...] = ()
        self.table: RowTable[Line] = RowTable(columns(workspace.codelists, workspace.today()), _("Aanbod"))
        self.table.sort_as_given()
        self.table.chosen.connect(self.chosen)
        self.table.activated.connect(lambda index: self.taken.emit(self.table.at(index)))
        self.search = _Search(self.table)
        self.search.textChanged.connect(self.show_found)
        self.search.returnPressed.connect(self._on_enter)
        self.place = self._choice(_("Alle gemeenten"))
        self.level = self._choice(_("Elk niveau"), [(str(n), f"VKS {n}") for n in LEVELS])
        self.category = self._choice(_("Elke soort"), self._codes("training_category"))
        self.schedule = self._choice(_("Elk rooster"), self._codes("training_mode"))
        self.hours = self._choice(
            _("Alle uren"), [(str(n), _("hoogstens {n} uur").format(n=n)) for n in HOURS]
        )
        self.inside = self._tick(_("Kan in de gevangenis"))
        self.offline = self._tick(_("Zonder internet"))
        filters = FlowLayout(space=S)
        for part in (
            self.place,
            self.level,
            self.category,
            self.schedule,
            self.hours,
            _together(self.inside, self.offline),
        ):
            filters.addWidget(part)
        self.empty = words("", step="large", tone="muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.count = words("", tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(M)
        layout.addWidget(self.search)
        layout.addLayout(filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        layout.addWidget(self.count)
        self.refresh()

    def _codes(self, name: str) -> list[tuple[str, str]]:
        current = self._workspace.codelists[name].current(self._workspace.today())
        return [(code.code, code.label) for code in current]

    def _choice(self, everything: str, choices: Sequence[tuple[str, str]] = ()) -> ChoiceBox:
        made = ChoiceBox()
        made.setAccessibleName(everything)
        made.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(max(LEAST, len(everything)))
        made.addItem(everything, None)
        for code, label in choices:
            made.addItem(label, code)
        made.currentIndexChanged.connect(lambda _index: self.show_found())
        return made

    def _tick(self, label: str) -> QCheckBox:
        made = QCheckBox(label)
        made.toggled.connect(lambda _on: self.show_found())
        return made

    def refresh(self) -> None:
        """Read the catalogue again; what is searched and filtered stays."""
        self.lines = catalogue.lines(self._workspace)
        self._fill_places()
        self.show_found()

    def _fill_places(self) -> None:
        """Offer the places where there is something."""
        there = {line.nis_code for line in self.lines if line.nis_code}
        known = self._workspace.codelists["territory"]
        wanted = sorted((known.label_of(code), code) for code in there)
        if [(self.place.itemText(n), self.place.itemData(n)) for n in range(1, self.place.count())] == wanted:
            return
        chosen = self.place.currentData()
        self.place.blockSignals(True)
        while self.place.count() > 1:
            self.place.removeItem(1)
        for label, code in wanted:
            self.place.addItem(label, code)
        self.place.setCurrentIndex(max(0, self.place.findData(chosen)))
        self.place.blockSignals(False)

    @property
    def filter(self) -> Filter:
        """What is chosen above the list."""
        level, hours = self.level.currentData(), self.hours.currentData()
        return Filter(
            nis_code=self.place.currentData(),
            vks_level=int(level) if level else None,
            category=self.category.currentData(),
            schedule=self.schedule.currentData(),
            most_hours=int(hours) if hours else None,
            inside_prison=self.inside.isChecked(),
            without_internet=self.offline.isChecked(),
        )

    def show_found(self) -> None:
        """Show what fits; the row that was the current one stays so when it still fits."""
        before = self.table.current()
        found = rules.find(self.lines, self.search.text(), self.filter)
        self.table.set_rows(found)
        self.table.select_first(lambda line: before is not None and line.offering.id == before.offering.id)
        if self.table.current() is None:
            self.table.select_first()
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.empty.setText(
            _("Niets gevonden. Typ minder letters, of kies minder filters.") if self.lines else NOTHING_YET
        )
        told = (
            _("{shown} van {total} opleidingen") if len(found) < len(self.lines) else _("{total} opleidingen")
        )
        self.count.setText(told.format(shown=len(found), total=len(self.lines)) if self.lines else "")
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = event.size().width() // self.fontMetrics().averageCharWidth()
        for column, least in ROOM:
            self.table.setColumnHidden(column, letters < least)

    def _on_enter(self) -> None:
        line = self.table.current()
        if line is not None:
            self.taken.emit(line)
