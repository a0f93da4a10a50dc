"""A vault that stands on another computer: the window asks, and both answers lose nothing."""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt

from leerwinkel_desktop.services import dossiers, enrolment, exchange, vaults
from leerwinkel_desktop.services.machine import Moved
from leerwinkel_desktop.store import trust
from tests.windows import PASSPHRASE

LEFT = Qt.MouseButton.LeftButton


def stood_elsewhere(folder):
    """The vault was bound to another computer when it came to stand here."""
    workspace = vaults.unlock(folder, PASSPHRASE)
    with workspace.database.bare() as connection:
        trust.pin(connection, machine="0" * 64)
    workspace.close()


def names(window):
    return sorted(hit.first_name for hit in dossiers.search(window.workspace, ""))


def question(window):
    return window.shell.go("administration").sections.go("laptops")


def stands(window) -> Moved | None:
    return enrolment.moved(window.workspace)


def test_a_vault_that_moved_stays_who_it_was(qtbot, enter, enrolled, idle, stick, answers, tmp_path):
    enrolled()
    stood_elsewhere(tmp_path / "laptop")
    laptop, office = enter("laptop"), enter("kantoor")
    client = dossiers.create(laptop.workspace, first_name="Amina").client
    out = laptop.shell.go("handover").side
    idle(laptop)
    out.refresh()
    idle(laptop)
    answers.chosen = tmp_path
    before = sorted(tmp_path.iterdir())
    qtbot.mouseClick(out.write, LEFT)
    idle(laptop)
    assert "staat op een andere computer dan vroeger" in laptop.shell.banner.text
    assert "Beheer, bij Aanmelden" in laptop.shell.banner.text
    assert sorted(tmp_path.iterdir()) == before, "nothing leaves before people answered"

    asked = question(laptop)
    assert asked.stay.isVisible()
    assert asked.renew.isVisible()
    actor = laptop.workspace.device().actor
    qtbot.mouseClick(asked.stay, LEFT)
    idle(laptop)
    assert not asked.stay.isVisible()
    assert "Deze computer" in laptop.shell.banner.text
    assert laptop.workspace.device().actor == actor
    assert stands(laptop) is None
    assert "veilig op kantoor" in stick.around(laptop, office)
    assert dossiers.reload(office.workspace, client.id).client == client
    laptop.lock()
    assert not question(enter("laptop")).stay.isVisible(), "it is asked once"


def test_a_copy_enrols_anew_and_both_go_on(qtbot, enter, enrolled, idle, stick, answers, tmp_path):
    enrolled()
    made = vaults.unlock(tmp_path / "laptop", PASSPHRASE)
    dossiers.create(made, first_name="Samen")
    made.close()
    shutil.copytree(tmp_path / "laptop", tmp_path / "kopie")
    stood_elsewhere(tmp_path / "kopie")
    laptop, copy, office = enter("laptop"), enter("kopie"), enter("kantoor")
    assert not question(laptop).renew.isVisible(), "the first one stands where it stood"
    dossiers.create(laptop.workspace, first_name="Hier")
    dossiers.create(copy.workspace, first_name="Daar")
    asked = question(copy)
    answers.saved = tmp_path / "te-vroeg.lwc"
    qtbot.mouseClick(asked.write, LEFT)
    idle(copy)
    assert "staat op een andere computer dan vroeger" in copy.shell.banner.text
    assert not answers.saved.exists()

    actor, signs = copy.workspace.device().actor, asked.signs.text
    waiting = exchange.pending(copy.workspace).changes
    qtbot.mouseClick(asked.renew, LEFT)
    idle(copy)
    assert f"{waiting} wijzigingen zijn meegenomen" in copy.shell.banner.text
    assert copy.workspace.device().actor != actor
    assert asked.signs.text != signs
    assert "hoort nog bij geen kantoor" in asked.state.text()
    assert not asked.renew.isVisible()
    assert names(copy) == ["Daar", "Samen"]

    answers.saved = answers.opened = tmp_path / "kopie.lwc"
    qtbot.mouseClick(asked.write, LEFT)
    idle(copy)
    there = office.shell.go("administration").sections.go("laptops")
    qtbot.mouseClick(there.new, LEFT)
    idle(office)
    answers.saved = answers.opened = tmp_path / "welkom-kopie.lwc"
    qtbot.mouseClick(there.pairing.comparing.yes, LEFT)
    idle(office)
    assert "als laptop 2" in office.shell.banner.text
    qtbot.mouseClick(asked.read, LEFT)
    idle(copy)
    qtbot.mouseClick(asked.comparing.yes, LEFT)
    idle(copy)
    assert "laptop 2" in asked.state.text()

    for place, window in enumerate((laptop, copy)):
        assert "veilig op kantoor" in stick.around(window, office, place)
        assert exchange.pending(window.workspace).changes == 0
    assert sorted(set(names(office))) == ["Daar", "Hier", "Samen"]
    assert exchange.quarantined(office.workspace) == []
    with office.workspace.database.read() as reader:
        assert trust.standing(reader.connection, actor).successor == copy.workspace.device().actor


def test_an_office_or_another_folder_is_not_asked_about(enter, enrolled, stick, tmp_path):
    """Two copies of a laptop would hand over the same numbers twice; an office hands over none."""
    enrolled()
    (tmp_path / "laptop").rename(tmp_path / "verhuisd")
    stood_elsewhere(tmp_path / "kantoor")
    laptop, office = enter("verhuisd"), enter("kantoor")
    assert stands(laptop) == "FOLDER"
    assert not question(laptop).stay.isVisible()
    dossiers.create(laptop.workspace, first_name="Amina")
    assert "veilig op kantoor" in stick.around(laptop, office)
