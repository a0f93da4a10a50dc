"""A laptop becomes known, hands over, is confirmed; the office looks first, and can stop."""

from __future__ import annotations

import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import dossiers, enrolment, exchange, places
from leerwinkel_desktop.services.places import Place

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
    office, laptop = make_vault("kantoor"), make_vault("laptop", "laptop")
    meet(office, laptop, tmp_path)
    for vault in (office, laptop):
        vault.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    laptop, office = open_window("laptop"), open_window("kantoor")
    out = side(laptop, qtbot)
    client = dossiers.create(laptop.workspace, first_name="Amina", last_name="Voorbeeld").client
    out.refresh()
    idle(qtbot, laptop)
    assert "3 wijzigingen in 1 dossier" in out.told.text()
    answers.chosen = stick
    qtbot.mouseClick(out.write, Qt.MouseButton.LeftButton)
    idle(qtbot, laptop)
    assert "3 wijzigingen in 1 dossier in het bestand" in laptop.shell.banner.text
    assert "Breng de stick naar kantoor" in laptop.shell.banner.text
    (bundle,) = exchange.bundles_in(stick)

    home = side(office, qtbot)
    idle(qtbot, office)
    answers.opened = bundle
    qtbot.mouseClick(home.inbox.file, Qt.MouseButton.LeftButton)
    idle(qtbot, office)
    preview = home.preview
    assert preview.summary.text() == "1 persoon: 1 nieuw"
    assert preview.persons.current().name == "Amina Voorbeeld"
    assert ("Voornaam", "Amina", "") in preview.changes.told
    assert dossiers.count(office.workspace) == 0, "looking changes nothing"
    qtbot.mouseClick(preview.take, Qt.MouseButton.LeftButton)
    idle(qtbot, office)
    assert dossiers.reload(office.workspace, client.id).client == client
    assert not preview.isVisible()
    assert "3 nieuw" in home.outcome.told.text()
    assert home.outcome.answer.text() == "Schrijf bevestiging in de map stick"

    home.look_into(bundle)
    idle(qtbot, office)
    assert "al ingelezen" in office.shell.banner.text
    assert "niets te doen" in office.shell.banner.text
    assert not preview.isVisible()

    qtbot.mouseClick(home.outcome.answer, Qt.MouseButton.LeftButton)
    idle(qtbot, office)
    assert "Lees ze in op" in home.outcome.told.text()
    assert not home.outcome.answer.isVisible()
    (answers.opened,) = set(exchange.bundles_in(stick)) - {bundle}
    qtbot.mouseClick(out.inbox.file, Qt.MouseButton.LeftButton)
    idle(qtbot, laptop)
    assert "3 wijzigingen van deze laptop zijn veilig" in laptop.shell.banner.text
    qtbot.waitUntil(lambda: "Alles veilig op kantoor sinds" in laptop.shell.whereabouts.label.text())


def test_a_stick_is_proposed_and_never_read_by_itself(qtbot, open_window, make_vault, tmp_path):
    office, laptop = make_vault("kantoor"), make_vault("laptop", "laptop")
    meet(office, laptop, tmp_path)
    shared = tmp_path / "samen"
    shared.mkdir()
    places.add(office, Place(name="Samen", kind="FOLDER", address=str(shared)))
    office.close()
    window = open_window("kantoor")
    side(window, qtbot)
    window.shell.go("dossiers")
    idle(qtbot, window)
    dossiers.create(laptop, first_name="Amina")
    exchange.write_bundle(laptop, shared)
    window.shell.desk.watch.timer.timeout.emit()
    idle(qtbot, window)
    banner = window.shell.banner
    assert banner.text == f"In de map Samen staat een nieuwe bundel van {laptop.device().name}."
    assert dossiers.count(window.workspace) == 0
    qtbot.mouseClick(banner.act, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    home = window.shell.pages.currentWidget().side
    assert not banner.text
    assert [one.state for one in home.inbox.listed.rows._rows] == ["NEW"]
    qtbot.keyClick(home.inbox.listed, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert home.preview.isVisible()
    assert home.preview.take.hasFocus()
    qtbot.keyClick(home.preview.take, Qt.Key.Key_Return)
    idle(qtbot, window)
    assert dossiers.count(window.workspace) == 1
    window.shell.desk.watch.look()
    idle(qtbot, window)
    assert [one.state for one in home.inbox.listed.rows._rows] == ["READ"]


def test_a_stack_is_read_up_to_what_asks_a_person(qtbot, open_window, make_vault, tmp_path):
    office = make_vault("kantoor")
    laptops = [make_vault(name, "laptop") for name in ("een", "twee", "drie")]
    shared = tmp_path / "samen"
    shared.mkdir()
    for laptop in laptops:
        meet(office, laptop, tmp_path)
    first = dossiers.create(laptops[0], first_name="Amina").client
    exchange.import_bundle(office, exchange.write_bundle(laptops[0], tmp_path).path)
    places.add(office, Place(name="Samen", kind="FOLDER", address=str(shared)))
    dossiers.change(office, Client, first.id, first_name="Aminah")
    dossiers.change(laptops[0], Client, first.id, first_name="Amine")
    dossiers.create(laptops[1], first_name="Bilal")
    exchange.write_bundle(laptops[1], shared)
    exchange.write_bundle(laptops[0], shared)
    office.close()
    window = open_window("kantoor")
    home = side(window, qtbot)
    idle(qtbot, window)
    assert home.inbox.take_all.text() == "Lees alle 2 nieuwe in"
    qtbot.mouseClick(home.inbox.take_all, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert home.preview.isVisible(), "the one that asks something is shown, and not read"
    assert "1 te beslissen" in home.preview.summary.text()
    assert "jij kiest daarna" in home.preview.attention.text()
    assert ("Voornaam", "attention") in [(label, tone) for label, _told, tone in home.preview.changes.told]
    before = dossiers.reload(window.workspace, first.id).client.first_name
    assert before == "Aminah"
    qtbot.mouseClick(home.preview.take, Qt.MouseButton.LeftButton)
    idle(qtbot, window)
    assert home.outcome.decide.text() == "1 te beslissen"


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
    qtbot.mouseClick(home.preview.take, Qt.MouseButton.LeftButton)
    assert home.work.isVisible()
    assert not home.inbox.file.isEnabled()
    qtbot.mouseClick(home.work.cancel, Qt.MouseButton.LeftButton)
    gate.set()
    idle(qtbot, window)
    assert "Gestopt" in window.shell.banner.text
    assert dossiers.count(window.workspace) == 0
    assert not home.work.isVisible()
    qtbot.mouseClick(home.preview.take, Qt.MouseButton.LeftButton)
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
        assert not home.preview.isVisible()
    assert dossiers.count(window.workspace) == 0
    assert QApplication.activeModalWidget() is None, "a bad bundle is no bug"


def test_the_receipt_is_for_the_laptop_that_handed_over(qtbot, open_window, make_vault, tmp_path):
    office, first, second = make_vault("kantoor"), make_vault("een", "laptop"), make_vault("twee", "laptop")
    meet(office, first, tmp_path)
    meet(office, second, tmp_path)
    dossiers.create(second, first_name="Amina")
    stick = tmp_path / "stick"
    stick.mkdir()
    bundle = exchange.write_bundle(second, stick).path
    office.close()
    window = open_window("kantoor")
    home = side(window, qtbot)
    assert home.laptops.listed.current().peer.actor == first.device().actor
    home.look_into(bundle)
    idle(qtbot, window)
    home.preview.take.click()
    idle(qtbot, window)
    assert home.laptops.listed.current().peer.actor == second.device().actor
    assert home.laptops.listed.current().waits
    home.outcome.answer.click()
    idle(qtbot, window)
    (receipt,) = set(exchange.bundles_in(stick)) - {bundle}
    assert exchange.import_bundle(second, receipt).confirmed == 3
    assert not home.laptops.listed.current().waits
