"""The keys of the office: new ones each year with the root key of the sheet, and a root key that waits."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import dossiers, enrolment, exchange, vaults
from leerwinkel_desktop.services.recovery_paper import root_groups
from leerwinkel_desktop.services.workspace import now_ms
from leerwinkel_desktop.store import trust
from sync import roster
from tests.windows import PASSPHRASE

LEFT = Qt.MouseButton.LeftButton
DAY = 86_400_000


def keyset(window):
    with window.workspace.database.read() as reader:
        return trust.keyset(reader.connection)


def rotate(qtbot, window, idle, typed):
    card = window.shell.go("administration").sections.go("laptops").keys
    if not card.root.isVisible():
        qtbot.mouseClick(card.open, LEFT)
    card.root.clear()
    qtbot.keyClicks(card.root, typed)
    qtbot.mouseClick(card.go, LEFT)
    idle(window)
    return card


def names(window):
    return sorted(hit.first_name for hit in dossiers.search(window.workspace, ""))


def test_new_keys_every_year_and_every_laptop_is_told(qtbot, enter, enrolled, idle, stick):
    root = enrolled(days=400).root_key
    laptop, office = enter("laptop"), enter("kantoor")
    dossiers.create(laptop.workspace, first_name="Onderweg")
    on_the_way = stick.write(laptop)
    card = office.shell.go("administration").sections.go("laptops").keys
    assert "ouder dan een jaar" in card.told.text()
    assert not card.root.isVisible()
    before, signs = office.workspace.device(), card.signs.text

    other, _key = roster.new_root()
    for typed in (root[:-1], other):
        rotate(qtbot, office, idle, typed)
        assert "Er is niets" in office.shell.banner.text
        assert office.workspace.device() == before
    rotate(qtbot, office, idle, " ".join(root_groups(root)))
    assert "heeft nieuwe sleutels" in office.shell.banner.text
    assert "jonger dan een jaar" in card.told.text()
    assert card.root.text() == "", "the root key does not stay on the screen"
    assert card.signs.text == signs, "the poster stays good"
    after = office.workspace.device()
    assert after.signing_key != before.signing_key
    assert after.identity != before.identity

    stick.take(office, on_the_way)
    assert names(office) == ["Onderweg"], "it was sealed to the key before"
    assert keyset(laptop).version == 1
    assert "veilig op kantoor" in stick.confirm(laptop, stick.receipt(office))
    assert keyset(laptop) == keyset(office), "the receipt brought the new keys, signed with the one before"
    assert keyset(laptop).version == 2
    dossiers.create(laptop.workspace, first_name="Daarna")
    assert "veilig op kantoor" in stick.around(laptop, office)
    assert names(office) == ["Daarna", "Onderweg"]


def written_later(folder, days, actor, stick):
    """A receipt that a vault writes so many days from now."""
    office = vaults.unlock(folder, PASSPHRASE, clock=lambda: now_ms() + days * DAY)
    path = exchange.write_for_laptop(office, actor, stick)
    office.close()
    return path


def test_the_key_before_is_worth_nothing_after_its_time(qtbot, enter, enrolled, idle, stick, tmp_path):
    """An old copy of the office, with its keys of then, writes more than a year after the change of keys."""
    root = enrolled().root_key
    shutil.copytree(tmp_path / "kantoor", tmp_path / "toen")
    laptop, office = enter("laptop"), enter("kantoor")
    rotate(qtbot, office, idle, root)
    dossiers.create(laptop.workspace, first_name="Eerst")
    stick.around(laptop, office)
    assert keyset(laptop).version == 2

    actor = laptop.workspace.device().actor
    old = {days: written_later(tmp_path / "toen", days, actor, tmp_path) for days in (300, 400)}
    with laptop.workspace.database.read() as reader:
        held = reader.connection.execute("SELECT * FROM actor").fetchall()
    told = stick.confirm(laptop, old[400])
    assert "De sleutel van het kantoor was hiervoor niet meer geldig" in told
    assert "nieuwe welkomkaart" in told
    with laptop.workspace.database.read() as reader:
        assert reader.connection.execute("SELECT * FROM actor").fetchall() == held
    assert "niet meer geldig" not in stick.confirm(laptop, old[300]), "the control: in its time it counts"
    dossiers.create(laptop.workspace, first_name="Daarna")
    assert "veilig op kantoor" in stick.around(laptop, office)


def without_root(folder):
    """The vault as the first stage left it: before there was a root."""
    workspace = vaults.unlock(folder, PASSPHRASE)
    with workspace.database.bare() as connection:
        for table in ("trust", "statement", "office_key", "standing", "welcome_secret"):
            connection.execute(f"DELETE FROM {table}")
    workspace.close()


def test_a_root_key_that_waits_goes_on_paper_and_nowhere_else(
    qtbot, enter, enrolled, idle, stick, answers, tmp_path
):
    enrolled()
    for name in ("kantoor", "laptop"):
        without_root(tmp_path / name)
    laptop, office = enter("laptop"), enter("kantoor")
    card = office.shell.go("administration").sections.go("recovering").root
    assert card.isVisible()
    assert not card.done.isEnabled(), "first on paper"
    root = enrolment.show_root(office.workspace)

    qtbot.mouseClick(card.print, LEFT)
    idle(office)
    assert not card.done.isEnabled(), "nobody chose a printer"
    answers.printed = tmp_path / "weg" / "papier.pdf"
    qtbot.mouseClick(card.print, LEFT)
    idle(office)
    assert "niets afgedrukt" in office.shell.banner.text
    assert not card.done.isEnabled()
    answers.printed = tmp_path / "papier.pdf"
    qtbot.mouseClick(card.print, LEFT)
    idle(office)
    assert answers.printed.read_bytes().startswith(b"%PDF")
    assert enrolment.root_waiting(office.workspace), "it may still be printed again"

    office.lock()
    office = enter("kantoor")
    card = office.shell.go("administration").sections.go("recovering").root
    assert card.isVisible(), "it waits until somebody says that it is in the envelope"
    qtbot.mouseClick(card.print, LEFT)
    idle(office)
    qtbot.mouseClick(card.done, LEFT)
    idle(office)
    assert not card.isVisible()
    assert not enrolment.root_waiting(office.workspace)
    office.lock()
    office = enter("kantoor")
    assert not office.shell.go("administration").sections.go("recovering").root.isVisible()
    with pytest.raises(enrolment.NothingToPrint):
        enrolment.show_root(office.workspace)

    dossiers.create(laptop.workspace, first_name="Amina")
    assert "veilig op kantoor" in stick.around(laptop, office)
    assert enrolment.root_fingerprint(laptop.workspace) == enrolment.root_fingerprint(office.workspace)
    rotate(qtbot, office, idle, root)
    assert "heeft nieuwe sleutels" in office.shell.banner.text, "the printed key is the root's"
