"""The one table model keeps Qt's rules, and the view sorts by value and not by the drawn text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt

from leerwinkel_desktop.ui.table import Column, RowTable, RowTableModel


@dataclass(frozen=True)
class Fruit:
    name: str
    number: int
    picked: date | None


COLUMNS: tuple[Column[Fruit], ...] = (
    Column("Naam", lambda fruit: fruit.name, stretch=True),
    Column("Aantal", lambda fruit: str(fruit.number), lambda fruit: fruit.number, number=True),
    Column(
        "Geplukt",
        lambda fruit: f"{fruit.picked:%d/%m/%Y}" if fruit.picked else "",
        lambda fruit: fruit.picked,
    ),
)
ROWS = (Fruit("peer", 9, date(2026, 2, 1)), Fruit("Appel", 10, None), Fruit("kers", 100, date(2025, 12, 31)))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = RowTableModel(COLUMNS)
    model.set_rows(ROWS)
    qtmodeltester.check(model)


def test_an_empty_model_keeps_the_rules_too(qtmodeltester):
    qtmodeltester.check(RowTableModel(COLUMNS))


def test_cells_and_headings(qtbot):
    model = RowTableModel(COLUMNS)
    model.set_rows(ROWS)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Aantal"
    assert model.data(model.index(2, 2)) == "31/12/2025"
    assert model.row(0) is ROWS[0]


def names(table: RowTable[Fruit]) -> list[str]:
    model = table.model()
    return [table.at(model.index(place, 0)).name for place in range(model.rowCount())]


def test_sorting_goes_by_value(qtbot):
    table: RowTable[Fruit] = RowTable(COLUMNS, "Fruit")
    qtbot.addWidget(table)
    table.sort_as_given()
    table.set_rows(ROWS)
    assert names(table) == ["peer", "Appel", "kers"]
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["Appel", "kers", "peer"]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert names(table) == ["kers", "Appel", "peer"]
    table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert names(table) == ["Appel", "kers", "peer"]


def test_enter_opens_the_selected_row(qtbot):
    table: RowTable[Fruit] = RowTable(COLUMNS, "Fruit")
    qtbot.addWidget(table)
    table.set_rows(ROWS)
    assert table.current() is None
    table.select_first()
    assert table.current() is ROWS[0]
    with qtbot.waitSignal(table.activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.at(opened.args[0]) is ROWS[0]


def test_the_table_says_which_row_is_chosen_and_which_are_marked(qtbot):
    table: RowTable[Fruit] = RowTable(COLUMNS, "Fruit")
    qtbot.addWidget(table)
    table.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
    table.set_rows(ROWS)
    told: list[str] = []
    table.chosen.connect(lambda: told.append("chosen"))
    table.marked.connect(lambda: told.append("marked"))
    table.select_first()
    assert sorted(told) == ["chosen", "marked"]
    told.clear()
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert told == ["marked"], "all rows are marked, and the same one is current"
    assert len(table.selectionModel().selectedRows()) == len(ROWS)
