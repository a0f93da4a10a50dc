"""A laptop joins from both windows: two people compare signs, by eye or by typing, in both directions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leerwinkel_desktop.services import dossiers, enrolment, exchange

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
LEFT = Qt.MouseButton.LeftButton


def unlock(qtbot, window):
    page = window.page
    qtbot.waitUntil(page.open.isEnabled)
    qtbot.keyClicks(page.passphrase, PASSPHRASE)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=15_000)
    return window.shell.go("administration").sections


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=15_000)


@pytest.fixture
def two(qtbot, open_window, make_vault, answers, tmp_path):
    """Both windows in the section about laptops, and the laptop's card on a stick."""
    make_vault("kantoor").close()
    make_vault("laptop", "laptop").close()
    laptop, office = open_window("laptop"), open_window("kantoor")
    here = unlock(qtbot, laptop).go("laptops")
    there = unlock(qtbot, office).go("laptops")
    answers.saved = tmp_path / "aanmelding.lwc"
    qtbot.mouseClick(here.write, LEFT)
    idle(qtbot, laptop)
    answers.opened = answers.saved
    qtbot.mouseClick(there.new, LEFT)
    idle(qtbot, office)
    answers.saved = tmp_path / "welkom.lwc"
    return laptop, office, here, there


def test_both_screens_show_the_same_and_the_laptop_is_in(qtbot, two, answers, tmp_path):
    laptop, office, here, there = two
    assert here.write.property("look") == "primary"
    assert here.signs.text == there.pairing.comparing.signs.text != ""
    qtbot.mouseClick(there.pairing.comparing.yes, LEFT)
    idle(qtbot, office)
    assert "hoort er nu bij als laptop 1" in office.shell.banner.text
    assert there.listed.rows.row(0).state == "ACTIVE"

    answers.opened = tmp_path / "welkom.lwc"
    qtbot.mouseClick(here.read, LEFT)
    idle(qtbot, laptop)
    assert laptop.workspace.device().organisation is None, "looking accepts nothing"
    assert here.comparing.signs.text == there.pairing.root.text == there.keys.signs.text != ""
    qtbot.mouseClick(here.comparing.yes, LEFT)
    idle(qtbot, laptop)
    assert laptop.workspace.device().organisation == office.workspace.device().organisation
    assert "laptop 1" in here.state.text()
    assert "Opnieuw aanmelden" in here.write.text()
    assert here.write.property("look") == "quiet", "there is nothing to do here"


def test_typed_signs_are_compared_whole(qtbot, two, answers, tmp_path):
    laptop, office, here, there = two
    own, other = here.signs.text, there.keys.signs.text
    for wrong, told in (("ABCD", "niet juist overgetypt"), (other, "horen bij een andere sleutel")):
        there.pairing.comparing.typed.setText(wrong)
        qtbot.mouseClick(there.pairing.comparing.yes, LEFT)
        idle(qtbot, office)
        assert told in office.shell.banner.text
        assert not (tmp_path / "welkom.lwc").exists()
        assert there.listed.rows.rowCount() == 0
    there.pairing.comparing.typed.setText(own.replace("-", " ").lower())
    qtbot.keyClick(there.pairing.comparing.typed, Qt.Key.Key_Return)
    idle(qtbot, office)
    assert there.listed.rows.rowCount() == 1

    answers.opened = tmp_path / "welkom.lwc"
    qtbot.mouseClick(here.read, LEFT)
    idle(qtbot, laptop)
    here.comparing.typed.setText(own)
    qtbot.mouseClick(here.comparing.yes, LEFT)
    idle(qtbot, laptop)
    assert "andere sleutel" in laptop.shell.banner.text
    assert laptop.workspace.device().organisation is None
    here.comparing.typed.setText(other)
    qtbot.mouseClick(here.comparing.yes, LEFT)
    idle(qtbot, laptop)
    assert laptop.workspace.device().organisation is not None


def test_signs_that_differ_stop_it_on_either_side(qtbot, two, answers, tmp_path):
    laptop, office, here, there = two
    qtbot.mouseClick(there.pairing.comparing.no, LEFT)
    assert not there.pairing.isVisible()
    there.pairing.welcome("")
    idle(qtbot, office)
    assert there.listed.rows.rowCount() == 0
    assert "niet toegelaten" in office.shell.banner.text

    answers.opened = tmp_path / "aanmelding.lwc"
    there.read_card()
    idle(qtbot, office)
    qtbot.mouseClick(there.pairing.comparing.yes, LEFT)
    idle(qtbot, office)
    answers.opened = tmp_path / "welkom.lwc"
    here.read_welcome()
    idle(qtbot, laptop)
    qtbot.mouseClick(here.comparing.no, LEFT)
    here.accept("")
    idle(qtbot, laptop)
    assert laptop.workspace.device().organisation is None


def test_a_lost_laptop_is_put_aside_and_let_in_by_hand(qtbot, two, answers, tmp_path):
    laptop, office, _here, there = two
    qtbot.mouseClick(there.pairing.comparing.yes, LEFT)
    idle(qtbot, office)
    enrolment.accept(laptop.workspace, tmp_path / "welkom.lwc")
    assert not there.lost.isVisible(), "one thing at a time"
    qtbot.mouseClick(there.pairing.done, LEFT)
    qtbot.mouseClick(there.lost, LEFT)
    there.dialog.go_on.click()
    idle(qtbot, office)
    assert there.listed.rows.row(0).state == "LOST"
    assert not there.lost.isEnabled()
    assert not there.aside.isVisible()

    client = dossiers.create(laptop.workspace, first_name="Amina").client
    bundle = exchange.write_bundle(laptop.workspace, tmp_path).path
    inbox = office.shell.go("handover").side
    answers.opened = bundle
    qtbot.mouseClick(inbox.inbox.file, LEFT)
    idle(qtbot, office)
    assert not inbox.preview.isVisible()
    assert "Beheer, Laptops" in office.shell.banner.text
    assert dossiers.count(office.workspace) == 0

    there = office.shell.go("administration").sections.go("laptops")
    assert there.aside.isVisible()
    assert there.aside.listed.rows.row(0).reason == "revoked"
    qtbot.mouseClick(there.aside.take, LEFT)
    idle(qtbot, office)
    shown = [label.text() for label in there.aside.dialog.findChildren(QLabel)]
    assert "1 persoon: 1 nieuw." in shown
    assert "Amina" in shown
    there.aside.dialog.back.click()
    assert dossiers.count(office.workspace) == 0, "looking lets nothing in"
    qtbot.mouseClick(there.aside.take, LEFT)
    idle(qtbot, office)
    there.aside.dialog.go_on.click()
    idle(qtbot, office)
    assert "Ingelezen" in office.shell.banner.text
    assert "bevestiging" not in office.shell.banner.text, "a stopped laptop gets none"
    assert dossiers.reload(office.workspace, client.id).client.first_name == "Amina"
    assert not there.aside.isVisible()
    assert there.listed.rows.row(0).upto == 3, "the list of laptops tells what was let in"


def test_what_stands_apart_is_thrown_away_only_after_asking(qtbot, two, tmp_path):
    laptop, office, _here, there = two
    qtbot.mouseClick(there.pairing.comparing.yes, LEFT)
    idle(qtbot, office)
    enrolment.accept(laptop.workspace, tmp_path / "welkom.lwc")
    qtbot.mouseClick(there.pairing.done, LEFT)
    qtbot.mouseClick(there.revoke, LEFT)
    there.dialog.go_on.click()
    idle(qtbot, office)
    assert not there.revoke.isEnabled()
    assert there.lost.isEnabled(), "it may be stolen after it was revoked"
    dossiers.create(laptop.workspace, first_name="Amina")
    inbox = office.shell.go("handover").side
    inbox.look_into(exchange.write_bundle(laptop.workspace, tmp_path).path)
    idle(qtbot, office)
    there = office.shell.go("administration").sections.go("laptops")
    qtbot.mouseClick(there.aside.drop, LEFT)
    there.aside.dialog.back.click()
    idle(qtbot, office)
    assert len(exchange.quarantined(office.workspace)) == 1
    qtbot.mouseClick(there.aside.drop, LEFT)
    there.aside.dialog.go_on.click()
    idle(qtbot, office)
    assert exchange.quarantined(office.workspace) == []
    assert dossiers.count(office.workspace) == 0
