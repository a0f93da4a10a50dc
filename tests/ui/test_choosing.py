"""Who goes along: chosen with the keyboard alone, and told apart from who is on the laptop already."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import along, dossiers, enrolment
from leerwinkel_desktop.services.along import Choice
from leerwinkel_desktop.ui.pages.handover.choosing import People, TakeAlongDialog


@pytest.fixture
def offered(qtbot, desk, workspace, make_vault, tmp_path, ground):
    """The dialog for a laptop on which one of two people goes already."""
    laptop = make_vault("laptop", "laptop")
    enrolment.write_enrol_card(laptop, tmp_path / "laptop.lwc")
    card = enrolment.read_enrol_card(tmp_path / "laptop.lwc")
    enrolment.welcome(workspace, card, tmp_path / "welkom.lwc")
    enrolment.accept(laptop, tmp_path / "welkom.lwc")
    people = [dossiers.create(workspace, first_name=name).client.id for name in ("An", "Bo")]
    actor = laptop.device().actor
    along.take_along(workspace, actor, people[:1], None)
    (there,) = [one for one in along.on_laptops(workspace) if one.actor == actor]
    dialog = TakeAlongDialog(desk, ground, there)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    return dialog, people


def test_enter_in_the_search_ticks_and_closes_nothing(qtbot, offered):
    dialog, people = offered
    qtbot.mouseClick(dialog.source.button("search"), Qt.MouseButton.LeftButton)
    assert dialog.search.hasFocus(), "who wants to search can type at once"
    qtbot.keyClicks(dialog.search, "Bo")
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.people.chosen == [people[1]]
    dialog.people.setFocus()
    dialog.people.setCurrentRow(0)
    qtbot.keyClick(dialog.people, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.people.chosen == []


def test_who_goes_already_is_told(offered):
    dialog, people = offered
    assert dialog.none.text() == "Niemand heeft vandaag een afspraak."
    dialog.source.button("search").click()
    found = {
        dialog.people.item(row).data(Qt.ItemDataRole.UserRole): dialog.people.item(row).text()
        for row in range(dialog.people.count())
    }
    assert "staat er al op" in found[people[0]]
    assert "staat er al op" not in found[people[1]]


def test_who_is_ticked_stands_on_top(qtbot, dressed):
    people = People("Laat gaan")
    qtbot.addWidget(people)
    named = [Choice(str(n), f"MEC-2026-100{n}", f"Klant {n}") for n in range(4)]
    people.offer(named, {"2"}, [f"nota {n}" for n in range(4)])
    shown = [people.item(row).text() for row in range(people.count())]
    assert [text.split()[1] for text in shown] == ["2", "0", "1", "3"]
    assert all(text.endswith(f"nota {text.split()[1]}") for text in shown)
