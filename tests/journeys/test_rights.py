"""What a person may ask, walked through in the window: told, asked, shown, corrected and forgotten."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.printing.pages import page_count
from leerwinkel_desktop.services import detention, dossiers, profile, reports, users, vaults, workbook
from leerwinkel_desktop.services.demo import genk, people
from leerwinkel_desktop.services.rights import consents, informing
from leerwinkel_desktop.ui.pages.dossier.history import HistoryView
from leerwinkel_desktop.ui.pages.dossier.rights import RightsView
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard
from leerwinkel_desktop.ui.pages.dossier.shielded import ShieldedCard

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
OTHERS = "zeven vogels drinken stille koffie"
NUMBERS = reports.ReportRequest("genk", genk.GENK_FROM, genk.GENK_TO, genk.GENK_AS_OF)


def unlocked(qtbot, window, passphrase=PASSPHRASE):
    qtbot.keyClicks(window.page.passphrase, passphrase)
    qtbot.keyClick(window.page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)
    return window.shell


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy)


def rights_of(qtbot, window, client_id):
    window.shell.open_dossier(client_id)
    window.shell.dossier.go("rights")
    idle(qtbot, window)
    return window.shell.dossier.findChildren(RightsView)[-1]


def in_sight(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def client_id(make_vault):
    workspace = make_vault()
    view = people.guided(workspace)
    workspace.close()
    return view.client.id


def test_the_page_is_printed_and_handed_over(qtbot, open_window, client_id, answers, tmp_path):
    window = open_window()
    unlocked(qtbot, window)
    card = rights_of(qtbot, window, client_id).informing
    assert "Nog niet uitgelegd" in card.told.text()
    answers.printed = tmp_path / "uitleg.pdf"
    card.paper.print_button.click()
    idle(qtbot, window)
    assert page_count(answers.printed.read_bytes()) >= 1
    assert "Nog niet uitgelegd" in card.told.text(), "printing is not explaining"
    card.how.setCurrentIndex(card.how.findData("READ_ALOUD"))
    card.handed.click()
    dossier_id = window.shell.dossier.view.dossier.id
    (given,) = informing.given(window.workspace, dossier_id)
    assert (given.how, given.text_version) == ("READ_ALOUD", informing.version(window.workspace))
    assert "voorgelezen" in card.told.text()


def test_a_consent_is_asked_aloud_and_withdrawn(qtbot, open_window, client_id):
    window = open_window()
    unlocked(qtbot, window)
    view = rights_of(qtbot, window, client_id)
    dossier_id = window.shell.dossier.view.dossier.id
    asked = view.consents.rows["WARM_HANDOVER"]
    assert asked.state.text() == "nog niet gevraagd"
    asked.head.click()
    assert asked.yes.isVisible()
    assert not asked.back.isVisible()
    asked.yes.click()
    asked.giving.how.button("ORAL_WITNESS").click()
    asked.giving.done.click()
    assert "getuige" in in_sight(asked.giving)
    assert not consents.allows(window.workspace, dossier_id, "WARM_HANDOVER")
    qtbot.keyClicks(asked.giving.witness, "Bea Voorbeeld")
    qtbot.keyClick(asked.giving.witness, Qt.Key.Key_Return)
    assert consents.allows(window.workspace, dossier_id, "WARM_HANDOVER")
    assert asked.state.text().startswith("gegeven op ")
    assert "mondeling" in asked.state.text()
    assert "Bea Voorbeeld" in asked.state.text()
    asked.back.click()
    assert asked.giving.how.code() == "ORAL"
    asked.giving.done.click()
    assert not consents.allows(window.workspace, dossier_id, "WARM_HANDOVER")
    assert asked.state.text().startswith("ingetrokken op ")
    assert asked.state.text().endswith(" · mondeling")
    states = [one.state for one in consents.history(window.workspace, dossier_id, "WARM_HANDOVER")]
    assert states == ["GIVEN", "WITHDRAWN"]
    version = consents.ask(window.workspace, dossier_id)[0].text_version
    qtbot.waitUntil(lambda: in_sight(asked).count(f"tekst {version}") == 2)
    refused = view.consents.rows["PHOTO_TESTIMONIAL"]
    refused.head.click()
    refused.no.click()
    refused.giving.how.button("SIGNATURE").click()
    refused.giving.done.click()
    assert refused.state.text().startswith("geweigerd op ")
    assert refused.state.text().endswith(" · met handtekening")
    assert not refused.no.isVisible()


def test_a_partner_is_named_and_told_everywhere(qtbot, open_window, client_id):
    window = open_window()
    unlocked(qtbot, window)
    asked = rights_of(qtbot, window, client_id).consents.rows["SHARE_PARTNER"]
    dossier_id = window.shell.dossier.view.dossier.id
    asked.head.click()
    asked.yes.click()
    assert not asked.giving.how.has("ORAL")
    asked.giving.done.click()
    assert "met wie je de gegevens deelt" in in_sight(asked.giving)
    qtbot.keyClicks(asked.giving.partner, "Verzonnen VZW")
    asked.giving.done.click()
    assert "met Verzonnen VZW · met handtekening" in asked.state.text()
    assert asked.yes.isVisible()
    asked.yes.click()
    assert asked.giving.partner.text() == "Verzonnen VZW"
    qtbot.keyClicks(asked.giving.partner, " en School Voorbeeld")
    asked.giving.done.click()
    asked.back.click()
    asked.giving.done.click()
    told = [one.partner for one in consents.history(window.workspace, dossier_id, "SHARE_PARTNER")]
    assert told == ["Verzonnen VZW", *["Verzonnen VZW en School Voorbeeld"] * 2]


def test_a_witness_half_typed_is_there_again_after_a_lock(qtbot, open_window, client_id):
    window = open_window()
    unlocked(qtbot, window)
    asked = rights_of(qtbot, window, client_id).consents.rows["INTERPRETER"]
    asked.head.click()
    asked.yes.click()
    asked.giving.how.button("ORAL_WITNESS").click()
    asked.giving.witness.setFocus()
    qtbot.keyClicks(asked.giving.witness, "Bea Voo")
    window.lock()
    unlocked(qtbot, window)
    assert window.shell.dossier.part.key == "rights"
    (view,) = window.shell.dossier.findChildren(RightsView)
    again = view.consents.rows["INTERPRETER"].giving
    assert again.isVisible()
    assert (again.how.code(), again.witness.text()) == ("ORAL_WITNESS", "Bea Voo")


def test_everything_leaves_as_pdf_and_json(qtbot, open_window, client_id, answers, tmp_path):
    window = open_window()
    unlocked(qtbot, window)
    card = rights_of(qtbot, window, client_id).own_data
    assert not card.shielded.isVisible()
    pdf, as_json = card.paper.keep_buttons
    answers.saved = tmp_path / "gegevens"
    pdf.click()
    idle(qtbot, window)
    assert page_count((tmp_path / "gegevens.pdf").read_bytes()) >= 1
    as_json.click()
    idle(qtbot, window)
    told = json.loads((tmp_path / "gegevens.json").read_bytes())
    assert told["number"] == window.shell.dossier.view.client.client_no
    assert {"client", "trajectory", "learning_question"} <= {one["kind"] for one in told["records"]}


def test_in_a_prison_the_passphrase_is_asked_again(qtbot, open_window, client_id, answers, tmp_path):
    window = open_window()
    unlocked(qtbot, window)
    profile.choose(window.workspace, "prison")
    card = rights_of(qtbot, window, client_id).own_data
    answers.saved = tmp_path / "gegevens.pdf"
    card.paper.keep_buttons[0].click()
    dialog = card.paper.dialog
    assert not dialog.go_on.isEnabled()
    qtbot.keyClicks(dialog.secret, "een heel andere zin")
    dialog.go_on.click()
    idle(qtbot, window)
    assert "wachtzin past niet" in dialog.problem
    assert dialog.secret.text() == ""
    assert not answers.saved.exists()
    qtbot.keyClicks(dialog.secret, PASSPHRASE)
    qtbot.waitUntil(lambda: vaults.wait_seconds(window.folder) == 0)
    dialog.go_on.click()
    idle(qtbot, window)
    assert answers.saved.exists()


def test_in_a_prison_fewer_fields_are_drawn(qtbot, open_window, client_id):
    window = open_window()
    unlocked(qtbot, window)

    def drawn():
        window.shell.open_dossier(client_id)
        return {name for form in window.shell.dossier.forms() for name in form.boxes}

    before = drawn()
    assert {"phone", "email", "first_name", "residence_status"} <= before
    profile.choose(window.workspace, "prison")
    after = drawn()
    assert "first_name" in after
    assert not {"phone", "email", "residence_status", "notes"} & after
    assert after < before


def test_erased_is_gone_and_the_figures_stand(qtbot, open_window, make_vault, tmp_path):
    workspace = make_vault()
    genk.write_workbook(tmp_path / "registratie.xlsx")
    workbook.import_workbook(workspace, tmp_path / "registratie.xlsx")

    def figures(vault):
        return [(row.id, row.key, row.n) for row in reports.run(vault, NUMBERS, provisional=()).rows]

    before = figures(workspace)
    reports.publish(workspace, NUMBERS)
    with workspace.database.read() as reader:
        client = reader.find(Client)[7]
    workspace.close()
    window = open_window()
    shell = unlocked(qtbot, window)
    card = rights_of(qtbot, window, client.id).forgetting
    card.erase.click()
    dialog = card.dialog
    assert not dialog.go_on.isEnabled()
    qtbot.keyClicks(dialog.typed, (client.client_no or "")[:-1])
    assert not dialog.go_on.isEnabled()
    qtbot.keyClicks(dialog.typed, (client.client_no or "")[-1])
    dialog.go_on.click()
    idle(qtbot, window)
    assert shell.dossier is None
    assert "Het dossier is weg." in shell.banner.text
    with pytest.raises(NotFound):
        dossiers.reload(window.workspace, client.id)
    assert figures(window.workspace) == before


def test_on_a_laptop_nobody_erases(qtbot, open_window, make_vault):
    workspace = make_vault(role="laptop")
    view = people.guided(workspace)
    workspace.close()
    window = open_window()
    unlocked(qtbot, window)
    card = rights_of(qtbot, window, view.client.id).forgetting
    assert card.only_office.isVisible()
    assert not card.erase.isVisible()
    assert not card.anonymise.isVisible()


def test_without_access_there_is_no_card_and_no_sheet_for_inside(qtbot, open_window, make_vault):
    workspace = make_vault()
    view = people.inside(workspace)
    consents.answer(workspace, view.dossier.id, "CONTACT_AFTER_RELEASE", "REFUSED", how="ORAL")
    users.add(workspace, "Sam", "COUNSELLOR", OTHERS, vaults.TESTS_ONLY)
    workspace.close()

    window = open_window()
    shell = unlocked(qtbot, window)
    shell.open_dossier(view.client.id)
    (card,) = [card for card in shell.dossier.cards if isinstance(card, ShieldedCard)]
    assert "Alleen jij" in card.who.text()
    assert detention.may_open(window.workspace)
    rights = rights_of(qtbot, window, view.client.id)
    assert rights.own_data.shielded.isVisible()
    assert "CONTACT_AFTER_RELEASE" in rights.consents.rows
    window.close()

    window = open_window()
    shell = unlocked(qtbot, window, OTHERS)
    assert not detention.may_open(window.workspace)
    shell.open_dossier(view.client.id)
    assert shell.dossier.findChildren(ShieldedCard) == []
    assert "etentie" not in in_sight(shell.dossier)
    rights = rights_of(qtbot, window, view.client.id)
    assert not rights.own_data.shielded.isVisible()
    assert "vrijlating" not in in_sight(rights)
    assert len(rights.consents.rows) == 7
    shell.dossier.go("history")
    told = shell.dossier.findChildren(HistoryView)[-1].table
    saved = [told.rows.row(number) for number in range(told.rows.rowCount())]
    assert saved
    assert not {"consent", "sealed_record"} & {one.kind for one in saved}
    shell.dossier.go("advice")
    for card in shell.dossier.findChildren(RowCard):
        card.unfold(True)
    assert not any("inside" in form.boxes for form in shell.dossier.forms())
    panel = shell.dossier.panel
    idle(qtbot, window)
    assert panel.acts.print_button.isEnabled()
    panel.variant.setCurrentIndex(panel.variant.findData("INSIDE"))
    idle(qtbot, window)
    assert not panel.acts.print_button.isEnabled()
    assert "afgeschermde deel" in in_sight(panel)
    panel.variant.setCurrentIndex(panel.variant.findData("PORTABLE"))
    idle(qtbot, window)
    assert panel.acts.print_button.isEnabled()
    assert "afgeschermde deel" not in in_sight(panel)


def test_an_earlier_value_is_put_back(qtbot, open_window, client_id):
    window = open_window()
    shell = unlocked(qtbot, window)
    first = dossiers.reload(window.workspace, client_id).client.first_name
    dossiers.change(window.workspace, Client, client_id, first_name="Verkeerd")
    shell.open_dossier(client_id)
    shell.dossier.go("rights")
    shell.dossier.findChildren(RightsView)[-1].asked.emit("history")
    history = shell.dossier.findChildren(HistoryView)[-1]
    values = history.values
    assert values.fields.currentText() == "Voornaam"
    assert "Verkeerd" in in_sight(values)

    def backs():
        found = [one for one in values.findChildren(QPushButton) if one.isVisible()]
        return [one for one in found if one.accessibleName() == f"Zet terug: {first}"]

    qtbot.waitUntil(lambda: len(backs()) == 1)
    qtbot.mouseClick(backs()[0], Qt.MouseButton.LeftButton)
    assert dossiers.reload(window.workspace, client_id).client.first_name == first
    assert "Verkeerd" not in shell.dossier._name.toolTip(), "the heading follows"
    assert dossiers.history(window.workspace, shell.dossier.view)[0].patch == {"first_name": first}


def test_the_values_follow_the_save_that_is_chosen(qtbot, open_window, client_id):
    window = open_window()
    shell = unlocked(qtbot, window)
    for values in ({"first_name": "Verkeerd"}, {"last_name": "Anders"}):
        dossiers.change(window.workspace, Client, client_id, **values)
    shell.open_dossier(client_id)
    shell.dossier.go("history")
    history = shell.dossier.findChildren(HistoryView)[-1]
    assert history.values.fields.currentText() == "Achternaam"
    qtbot.keyClick(history.table, Qt.Key.Key_Down)
    assert history.values.fields.currentText() == "Voornaam"
