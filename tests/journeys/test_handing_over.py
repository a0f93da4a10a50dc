"""A laptop becomes known, hands over, is confirmed; the office looks first, and can stop."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.ui.pages.handover.comparing import CompareDialog

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


def side(window, qtbot):
    if window.shell is None:
        page = window.page
        qtbot.keyClicks(page.passphrase, PASSPHRASE)
        qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.shell is not None)
    return window.shell.go("handover").side


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy)


def meet(office, laptop, folder):
    enrolment.write_enrol_card(laptop, folder / "laptop.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(folder / "laptop.lwc"), folder / "welkom.lwc")
    enrolment.accept(laptop, folder / "welkom.lwc")


def test_the_whole_way_there_and_back(qtbot, open_window, make_vault, answers, tmp_path):
    make_vault("kantoor").close()
    make_vault("laptop", "laptop").close()
    stick = tmp_path / "stick"
    stick.mkdir()
    laptop, office = open_window("laptop"), open_window("kantoor")

    out = side(laptop, qtbot)
    assert not out.write.isVisible()
    answers.saved = tmp_path / "aanmelding.lwc"
    out.write_card()
    idle(qtbot, laptop)

    home = side(office, qtbot)
    answers.opened, answers.saved = tmp_path / "aanmelding.lwc", tmp_path / "welkom.lwc"
    home.enrol_laptop()
    dialog = home.findChild(CompareDialog)
    assert enrolment.own_fingerprint(laptop.workspace) in " ".join(
        label.text() for label in dialog.findChildren(type(home.summary))
    )
    dialog.same.click()
    idle(qtbot, office)
    assert "hoort er nu bij" in office.shell.banner.text

    answers.opened = tmp_path / "welkom.lwc"
    out.read_welcome()
    idle(qtbot, laptop)
    dialog = out.findChild(CompareDialog)
    assert enrolment.own_fingerprint(office.workspace) in " ".join(
        label.text() for label in dialog.findChildren(type(home.summary))
    )
    assert laptop.workspace.device().organisation is None, "looking accepts nothing"
    dialog.same.click()
    idle(qtbot, laptop)
    assert "Welkom" in laptop.shell.banner.text

    client = dossiers.create(laptop.workspace, first_name="Amina", last_name="Voorbeeld").client
    out = side(laptop, qtbot)
    idle(qtbot, laptop)
    out.refresh()
    qtbot.waitUntil(lambda: "3 wijzigingen in 1 dossier" in out.told.text())
    answers.chosen = stick
    qtbot.mouseClick(out.write, Qt.MouseButton.LeftButton)
    idle(qtbot, laptop)
    assert "3 wijzigingen in 1 dossier in het bestand" in laptop.shell.banner.text
    assert "Breng de stick naar kantoor" in laptop.shell.banner.text
    (bundle,) = exchange.bundles_in(stick)

    home.choose_folder()
    assert home.files.currentRow() == 0, "the only bundle on the stick is shown at once"
    idle(qtbot, office)
    assert "1 persoon: 1 nieuw." in home.summary.text()
    assert home.persons.at(home.persons.model().index(0, 0)).name == "Amina Voorbeeld"
    assert dossiers.count(office.workspace) == 0, "looking changes nothing"
    qtbot.mouseClick(home.take, Qt.MouseButton.LeftButton)
    idle(qtbot, office)
    assert dossiers.reload(office.workspace, client.id).client == client
    assert "bevestiging" in office.shell.banner.text

    home.look_into(bundle)
    idle(qtbot, office)
    assert "al ingelezen" in home.summary.text()
    assert not home.take.isVisible()

    back = tmp_path / "terug"
    back.mkdir()
    answers.chosen = back
    home.write_receipt()
    idle(qtbot, office)
    (answers.opened,) = exchange.bundles_in(back)
    out.read_receipt()
    idle(qtbot, laptop)
    assert "3 wijzigingen van deze laptop zijn veilig" in laptop.shell.banner.text
    qtbot.waitUntil(lambda: "Alles veilig op kantoor sinds" in laptop.shell.whereabouts.label.text())


def test_an_import_that_is_stopped_changes_nothing(qtbot, open_window, make_vault, tmp_path):
    office, laptop = make_vault("kantoor"), make_vault("laptop", "laptop")
    meet(office, laptop, tmp_path)
    dossiers.create(laptop, first_name="Amina")
    bundle = exchange.write_bundle(laptop, tmp_path).path
    office.close()
    window = open_window("kantoor")
    home = side(window, qtbot)
    home.look_into(bundle)
    idle(qtbot, window)
    gate = threading.Event()
    window.jobs.start(window, lambda progress: gate.wait(10), lambda _: None, lambda error: None)
    qtbot.mouseClick(home.take, Qt.MouseButton.LeftButton)
    assert home.work.isVisible()
    assert not home.choose.isEnabled()
    qtbot.mouseClick(home.work.cancel, Qt.MouseButton.LeftButton)
    gate.set()
    idle(qtbot, window)
    assert "Gestopt" in window.shell.banner.text
    assert dossiers.count(window.workspace) == 0
    assert not home.work.isVisible()
    qtbot.mouseClick(home.take, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert dossiers.count(window.workspace) == 1


def test_a_damaged_and_a_foreign_bundle_are_told(qtbot, open_window, make_vault, tmp_path):
    office, laptop = make_vault("kantoor"), make_vault("laptop", "laptop")
    meet(office, laptop, tmp_path)
    dossiers.create(laptop, first_name="Amina")
    bundle = exchange.write_bundle(laptop, tmp_path).path
    data = bytearray(bundle.read_bytes())
    data[-40] ^= 1
    bundle.write_bytes(data)
    strange = tmp_path / "strange.lwb"
    strange.write_bytes(b"not a bundle")
    office.close()
    window = open_window("kantoor")
    home = side(window, qtbot)
    for path in (bundle, strange):
        home.look_into(path)
        idle(qtbot, window)
        assert window.shell.banner.text
        assert not home.take.isVisible()
    assert dossiers.count(window.workspace) == 0
    assert QApplication.activeModalWidget() is None, "a bad bundle is no bug"


def test_the_receipt_is_for_the_laptop_that_handed_over(qtbot, open_window, make_vault, answers, tmp_path):
    office, first, second = make_vault("kantoor"), make_vault("een", "laptop"), make_vault("twee", "laptop")
    meet(office, first, tmp_path)
    meet(office, second, tmp_path)
    dossiers.create(second, first_name="Amina")
    bundle = exchange.write_bundle(second, tmp_path).path
    office.close()
    window = open_window("kantoor")
    home = side(window, qtbot)
    assert home.peers.current().actor == first.device().actor
    home.look_into(bundle)
    idle(qtbot, window)
    home.take.click()
    idle(qtbot, window)
    assert home.peers.current().actor == second.device().actor
    back = tmp_path / "terug"
    back.mkdir()
    answers.chosen = back
    home.receipt.click()
    idle(qtbot, window)
    (receipt,) = exchange.bundles_in(back)
    assert exchange.import_bundle(second, receipt).confirmed == 3
