"""Overdracht piece by piece: what waits, a preview with its filter and details, what is held, places."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import along, dossiers, enrolment, exchange, places
from leerwinkel_desktop.services.exchange import FieldDetail, Imported, PersonLine, Preview, Side
from leerwinkel_desktop.services.exchange.foretelling import What
from leerwinkel_desktop.services.places import Checked, Place
from leerwinkel_desktop.services.places.errors import NoAnswer, PlaceFull
from leerwinkel_desktop.ui.pages.handover.changes import lines
from leerwinkel_desktop.ui.pages.handover.destination import Destination
from leerwinkel_desktop.ui.pages.handover.inbox import state
from leerwinkel_desktop.ui.pages.handover.office import OfficeSide
from leerwinkel_desktop.ui.pages.handover.outcome import Answer
from leerwinkel_desktop.ui.pages.handover.page import HandoverPage
from leerwinkel_desktop.ui.pages.handover.place_form import FIELDS, KINDS, PlaceDialog
from leerwinkel_desktop.ui.pages.handover.places import result
from leerwinkel_desktop.ui.pages.handover.preview import PreviewPane
from leerwinkel_desktop.ui.watch import FAR_EVERY_MS, PATIENCE, Watch, proposal, where
from leerwinkel_desktop.ui.work import LongWork

CLOUD = Place(name="Wolk", kind="WEBDAV", address="https://wolk.example/dav", secret="stil-geheim")
STICK = Place(name="LW-2", kind="STICK", address="LW-2")


@pytest.fixture
def side(qtbot, desk):
    made = OfficeSide(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


@pytest.fixture
def laptop(workspace, make_vault, tmp_path):
    """A laptop that the office of the desk knows."""
    made = make_vault("laptop", "laptop")
    enrolment.write_enrol_card(made, tmp_path / "laptop.lwc")
    card = enrolment.read_enrol_card(tmp_path / "laptop.lwc")
    enrolment.welcome(workspace, card, tmp_path / "welkom.lwc")
    enrolment.accept(made, tmp_path / "welkom.lwc")
    return made


@pytest.fixture
def shared(workspace, tmp_path):
    folder = tmp_path / "samen"
    folder.mkdir()
    places.add(workspace, Place(name="Samen", kind="FOLDER", address=str(folder)))
    return folder


def shown(side):
    rows = side.inbox.listed.rows
    return [(rows.row(n).name, state(rows.row(n))) for n in range(rows.rowCount())]


def test_what_waits_says_what_is_known_of_it(side, desk, laptop, shared):
    assert side.inbox.none.isVisible()
    assert not side.inbox.listed.isVisible()
    dossiers.create(laptop, first_name="Amina")
    path = exchange.write_bundle(laptop, shared).path
    (shared / "stuk.lwb").write_bytes(b"stuk")
    (shared / "brief.txt").write_text("geen bundel")
    desk.watch.look()
    assert shown(side) == [(path.name, "nieuw"), ("stuk.lwb", "beschadigd: vraag een nieuwe kopie")]
    assert side.inbox.look.property("look") == "primary", "one bundle: looking is the next step"
    assert not side.inbox.take_all.isVisible()
    side.inbox.look.click()
    side.preview.take.click()
    assert dict(shown(side))[path.name].startswith("al ingelezen op ")
    assert side.inbox.look.property("look") == ""


def test_a_warning_goes_by_itself_once_the_place_is_back(qtbot, side, desk, laptop, shared, banner):
    away = shared.rename(shared.with_name("elders"))
    desk.watch.look()
    assert "Samen" in side.inbox.problems.text()
    with qtbot.assertNotEmitted(desk.watch.changed):
        desk.watch.look()
    assert "Samen" in side.inbox.problems.text(), "it is still away, and the list is still the same one"
    dossiers.create(laptop, first_name="Amina")
    path = exchange.write_bundle(laptop, away).path
    away.rename(shared)
    desk.watch.look()
    assert not side.inbox.problems.isVisible()
    assert shown(side) == [(path.name, "nieuw")]
    side.inbox.far.click()
    assert banner.text == "Er wacht 1 nieuwe bundel."


@pytest.fixture
def slow(desk, workspace, ground):
    """A watch whose every look at the clock takes a second, and that clock."""
    at: list[int] = [workspace.now_ms()]

    def tick() -> int:
        at[0] += 1000
        return at[0]

    return Watch(replace(workspace, now_ms=tick), desk.jobs, desk.report, ground), at


def test_a_place_that_took_long_to_be_away_rests(slow, shared):
    watch, at = slow
    shutil.rmtree(shared)
    watch.look()
    shared.mkdir()
    watch.look()
    assert watch.found.problems, "asking it again would keep other work waiting"
    at[0] += 1000 * PATIENCE
    watch.look()
    assert not watch.found.problems


def test_while_somebody_looks_the_network_is_asked_too_now_and_then(qtbot, desk, slow):
    watch, at = slow
    watch.timer.timeout.emit()
    told = [watch.far_ms]
    watch.in_sight = True
    for passed in (0, 0, FAR_EVERY_MS):
        at[0] += passed
        watch.timer.timeout.emit()
        told.append(watch.far_ms)
    never, first, again, later = told
    assert never is None
    assert first == again
    assert later - first > FAR_EVERY_MS
    qtbot.addWidget(page := HandoverPage(desk))
    page.show()
    assert desk.watch.in_sight
    page.hide()
    assert not desk.watch.in_sight


def test_the_same_bundle_again_is_a_sentence(side, laptop, shared, banner):
    dossiers.create(laptop, first_name="Amina")
    path = exchange.write_bundle(laptop, shared).path
    side.look_into(path)
    side.take_in()
    side.look_into(path)
    assert "al ingelezen op" in banner.text
    assert "niets te doen" in banner.text
    assert not side.preview.isVisible()


def person(number, most, **more):
    return PersonLine(f"id-{number}", f"Verzonnen {number:04}", f"MEC-2026-{number:04}", most == "new", most,
                      {"Klant": 1}, {most: 1}, **more)  # fmt: skip


@pytest.fixture
def pane(qtbot, desk):
    made = PreviewPane(desk, LongWork(desk))
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    return made


def test_persons_are_filtered_by_what_becomes_of_them(qtbot, pane):
    most: list[What] = ["refused", "decide", "new", "changed", "identical"]
    everybody = tuple(person(number, most[min(4, number // 400)]) for number in range(2000))
    totals = dict.fromkeys(most, 400)
    pane.tell(Preview("Laptop 1", 0, 1, 9, 9, everybody, totals=totals))
    assert pane.persons.rows.rowCount() == 2000
    assert pane.summary.text().startswith("1600 personen: 400 nieuw")
    assert "apart; de rest gaat gewoon binnen" in pane.attention.text()
    pane.filter.button("decide").click()
    assert pane.persons.rows.rowCount() == 400
    assert pane.persons.current().most == "decide"
    qtbot.keyClick(pane.filter.button("decide"), Qt.Key.Key_Right)
    assert pane.persons.current().most == "new"
    qtbot.keyClick(pane.persons, Qt.Key.Key_Down)
    assert pane.persons.current().name == "Verzonnen 0801"


def test_every_kind_of_field_is_told(qtbot, pane):
    assert list(lines(FieldDetail("Voornaam", "Amina", "Aminah"))) == [("Voornaam", "Amina → Aminah", "")]
    assert list(lines(FieldDetail("Voornaam", "Amina", ""))) == [("Voornaam", "Amina → leeg", "")]
    assert list(lines(FieldDetail("Voornaam", "", "Amina"))) == [("Voornaam", "Amina", "")]
    long = FieldDetail("Notitie", "", "gewijzigd", whole=("oud", "nieuw"))
    assert list(lines(long)) == [("Notitie", "gewijzigd: nieuw", "")]
    sides = (Side("Amina", "Laptop 1", 0), Side("", "hier", 0))
    told = list(lines(FieldDetail("Voornaam", "", "Amina", sides=sides)))
    assert [(label, tone) for label, _text, tone in told] == [("Voornaam", "attention"), ("", "attention")]
    assert told[0][1].startswith("Amina (Laptop 1, ")
    assert told[1][1].startswith("leeg (hier, ")
    wrong = FieldDetail("Geboortedatum", "", "3025", wrong="Dit past niet.")
    assert list(lines(wrong)) == [("Geboortedatum", "⚠ 3025: Dit past niet.", "danger")]


def test_what_changes_is_shown_for_the_chosen_person(qtbot, side, laptop, workspace, shared):
    client = dossiers.create(laptop, first_name="Amina", last_name="Voorbeeld").client
    exchange.import_bundle(workspace, exchange.write_bundle(laptop, shared).path)
    dossiers.change(laptop, Client, client.id, first_name="Aminah")
    side.look_into(exchange.write_bundle(laptop, shared).path)
    assert ("Voornaam", "Amina → Aminah", "") in side.preview.changes.told
    qtbot.keyClick(side.preview.back, Qt.Key.Key_Return)
    assert not side.preview.isVisible()
    assert dossiers.reload(workspace, client.id).client.first_name == "Amina"


def test_what_is_held_is_named_looked_at_again_and_dropped(qtbot, side, laptop, workspace, shared, banner):
    clients = [dossiers.create(laptop, first_name=name).client for name in ("Amina", "Bilal")]
    exchange.import_bundle(workspace, exchange.write_bundle(laptop, shared).path)
    side.refresh()
    assert not side.held.isVisible()
    with workspace.database.bare() as connection:
        connection.execute("UPDATE change SET held = 'first_name' WHERE kind = 'client' AND actor != 1")
    side.refresh()
    assert [side.held.listed.rows.row(n).name for n in (0, 1)] == ["Amina", "Bilal"]
    side.held.ask_drop()
    side.held.dialog.back.click()
    assert len(exchange.held(workspace)) == 2
    side.held.ask_drop()
    side.held.dialog.go_on.click()
    assert [one.client_id for one in exchange.held(workspace)] == [clients[1].id]
    side.held.again.click()
    assert "1 gegeven past nu wel." in banner.text
    assert not side.held.isVisible()


def test_what_came_of_it_leads_on(qtbot, side, desk, shared):
    spots = [Place(name="Samen", kind="FOLDER", address=str(shared)), STICK]
    answers = [Answer("a", "Laptop 1", spots[0]), Answer("b", "Laptop 2", spots[1])]
    outcome = side.outcome
    held = (("client", "x", "first_name"),)
    outcome.tell("Klaar.", [Imported("Laptop 1", conflicts=2), Imported("Laptop 2", held=held)], answers)
    assert outcome.answer.text() == "Schrijf 2 bevestigingen, elk waar de bundel stond"
    assert outcome.decide.text() == "2 te beslissen"
    assert outcome.held.text() == "1 apart gehouden"
    with qtbot.waitSignal(desk.sent) as sent:
        outcome.decide.click()
    assert sent.args == ["deciding"]
    outcome.tell("Klaar.", [], [replace(answers[1]), answers[1]])
    assert outcome.answer.text() == "Schrijf bevestiging op stick LW-2"
    assert not outcome.decide.isVisible()


def test_what_was_written_and_decided_elsewhere_is_asked_no_more(side, laptop, workspace, shared):
    dossiers.create(laptop, first_name="Amina")
    exchange.write_bundle(laptop, shared)
    side.refresh()
    side.take_all(tuple(side.inbox.listed.rows.row(n) for n in range(side.inbox.listed.rows.rowCount())))
    outcome = side.outcome
    side.refresh()
    assert outcome.answer.isVisible(), "until it is written"
    exchange.write_for_laptop(workspace, laptop.device().actor, shared)
    side.refresh()
    assert not outcome.answer.isVisible()
    outcome.tell("Klaar.", [Imported("Laptop 1", conflicts=2)], [])
    assert outcome.decide.isVisible()
    side.refresh()
    assert not outcome.decide.isVisible(), "nothing waits for a decision"


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_kind_of_place_asks_only_what_it_needs(qtbot, desk, ground, kind):
    before = Place(id="x", name="Daar", kind=kind, address="daar") if kind == "STICK" else None
    dialog = PlaceDialog(desk, ground, before)
    dialog.show()
    if before is None:
        dialog.kind.button(kind).click()
    asked = {name for name, line in dialog.lines.items() if line.isVisible()}
    assert asked == {"name", *FIELDS[kind]}
    assert dialog.browse.isVisible() == (kind == "FOLDER")
    assert all(line.accessibleName() for line in dialog.lines.values() if line.isVisible())


def test_enter_in_a_line_keeps_the_kind_and_the_place(qtbot, desk, ground, workspace, tmp_path):
    form = PlaceDialog(desk, ground)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.open()
        form.activateWindow()
    qtbot.mouseClick(form.kind.button("WEBDAV"), Qt.MouseButton.LeftButton)
    form.lines["name"].setFocus()
    qtbot.keyClick(form.lines["name"], Qt.Key.Key_Return)
    assert form.chosen == "WEBDAV"
    assert form.problem, "what is missing is told"
    form.lines["name"].setText("Wolk")
    form.lines["address"].setText("https://wolk.example/dav")
    form.lines["address"].setFocus()
    qtbot.keyClick(form.lines["address"], Qt.Key.Key_Return)
    assert [one.name for one in places.places(workspace)] == ["Wolk"]


def test_a_folder_is_added_tried_changed_and_removed(qtbot, side, workspace, answers, tmp_path):
    answers.chosen = tmp_path / "daar"
    answers.chosen.mkdir()
    side.places.add_one.click()
    dialog = side.places.dialog
    dialog.browse.click()
    assert dialog.lines["name"].text() == "daar"
    dialog.save.click()
    (place,) = places.places(workspace)
    assert place.address == str(answers.chosen)
    assert "✓ Werkt" in side.places.result.text(), "a new place is tried at once"
    side.places.change.click()
    side.places.dialog.lines["name"].setText("Daarginds")
    side.places.dialog.save.click()
    assert [one.name for one in places.places(workspace)] == ["Daarginds"]
    shutil.rmtree(answers.chosen)
    side.places.try_it.click()
    assert side.places.result.property("tone") == "danger"
    assert "Daarginds" in side.places.result.text()
    side.places.drop.click()
    side.places.dialog.go_on.click()
    assert places.places(workspace) == []
    assert not side.places.listed.isVisible()


def test_only_what_was_confirmed_is_tidied_away(side, laptop, workspace, shared):
    side.places.refresh()
    side.places.tidy.click()
    assert "niets op te ruimen" in side.places.result.text()
    dossiers.create(laptop, first_name="Amina")
    theirs = exchange.write_bundle(laptop, shared).path
    exchange.import_bundle(workspace, theirs)
    receipt = exchange.write_for_laptop(workspace, laptop.device().actor, shared)
    exchange.import_bundle(laptop, receipt)
    dossiers.create(laptop, first_name="Bilal")
    exchange.import_bundle(workspace, exchange.write_bundle(laptop, shared.parent).path)
    side.places.tidy.click()
    side.places.dialog.back.click()
    assert receipt.exists()
    side.places.tidy.click()
    side.places.dialog.go_on.click()
    assert "Opgeruimd" in side.places.result.text()
    assert [path.name for path in shared.iterdir()] == [theirs.name], "what another wrote stays"


def test_a_secret_is_never_shown_and_stays_when_it_is_left_empty(qtbot, side, workspace):
    places.add(workspace, CLOUD)
    side.places.refresh()
    side.places.change.click()
    dialog = side.places.dialog
    assert dialog.lines["secret"].text() == ""
    assert dialog.typed().secret == "stil-geheim"
    dialog.lines["secret"].setText("iets anders")
    assert dialog.typed().secret == "iets anders"
    dialog.reject()
    assert dialog.lines["secret"].text() == ""


def test_without_encryption_only_after_a_yes(qtbot, side, workspace):
    side.places.add_one.click()
    dialog = side.places.dialog
    dialog.kind.button("WEBDAV").click()
    for name, text in (("name", "Wolk"), ("address", "http://wolk.example/dav"), ("user", "u")):
        dialog.lines[name].setText(text)
    assert not dialog.plain.isVisible()
    dialog.save.click()
    assert dialog.problem
    assert dialog.plain.isVisible()
    assert places.places(workspace) == []
    dialog.reject()


def test_what_came_of_trying_a_place():
    assert result(Checked(3, None)) == ("✓ Werkt. Er liggen 3 bundels en kaarten.", "good")
    full = result(Checked(1, PlaceFull("Wolk")))
    assert full[0].startswith("✓ Werkt. Er ligt 1 bundel of kaart. ⚠ ")
    assert full[1] == "attention"
    assert result(NoAnswer("Wolk"))[1] == "danger"


def test_where_something_goes_is_remembered_by_name(qtbot, desk, workspace, answers, tmp_path):
    qtbot.addWidget(empty := Destination(desk))
    assert empty.place is None
    assert empty.ask() is None, "thinking again writes nothing"
    answers.chosen = tmp_path
    assert empty.ask() == Place(name=tmp_path.name, kind="FOLDER", address=str(tmp_path))
    for name in ("Eerst", "Tweede"):
        (tmp_path / name).mkdir()
        places.add(workspace, Place(name=name, kind="FOLDER", address=str(tmp_path / name)))
    second = places.find(workspace, "Tweede")
    places.deliver(workspace, second, _card)
    qtbot.addWidget(known := Destination(desk))
    assert known.place == second
    assert known.ask() == second


def _card(folder: Path) -> None:
    (folder / "kaart.lwc").write_bytes(b"LWC1\n{")


def test_a_proposal_names_the_place_and_the_sender():
    new = exchange.arrivals.Arrival(STICK, "laptop-01-1-3-abcd.lwb", 9, "NEW", "Laptop Markt")
    assert proposal((new,), "office") == "Op stick LW-2 staat een nieuwe bundel van Laptop Markt."
    assert proposal((new, new), "office") == "Op stick LW-2 staan 2 nieuwe bundels."
    assert proposal((new,), "laptop") == "Op stick LW-2 staat iets nieuws van het kantoor."
    other = replace(new, place=CLOUD)
    assert proposal((new, other), "office").startswith("Op verschillende plaatsen staan 2")
    assert where(Place(name="Samen", kind="FOLDER", address="/x")) == "in de map Samen"


def test_what_goes_along_lies_ready_until_it_is_written(side, laptop, workspace, shared):
    ids = [dossiers.create(workspace, first_name=name).client.id for name in ("Amina", "Bilal", "Chiara")]
    actor = laptop.device().actor
    along.take_along(workspace, actor, ids, workspace.today() - timedelta(days=1))
    side.refresh()
    assert side.laptops.listed.current().waiting == ["3 dossiers mee"]
    assert side.laptops.attention.text() == f"⚠ {laptop.device().name}: 3 dossiers moesten al terug."
    exchange.write_for_laptop(workspace, actor, shared)
    side.refresh()
    assert side.laptops.listed.current().waiting == []
    along.keep_index(workspace, actor, on=True)
    side.refresh()
    assert side.laptops.listed.current().waiting == [], "a snapshot says again who is there"


def on(workspace):
    (found,) = along.on_laptops(workspace)
    return found


def test_the_index_of_names_is_a_switch(side, laptop, workspace, shared, banner):
    dossiers.create(workspace, first_name="Amina")
    side.refresh()
    seldom = side.laptops.seldom
    seldom.names.click()
    assert not seldom.names.isChecked(), "until somebody said yes"
    seldom.dialog.back.click()
    assert not on(workspace).people
    seldom.names.click()
    seldom.dialog.go_on.click()
    assert seldom.names.isChecked()
    assert "krijgt de namenlijst. Schrijf nu wat klaarligt" in banner.text
    side.laptops.write.click()
    exchange.import_bundle(laptop, max(shared.iterdir()))
    assert along.index_size(laptop) == 1
    seldom.names.click()
    assert not on(workspace).people


def test_everything_is_written_anew_and_a_laptop_becomes_a_workstation(
    side, laptop, workspace, shared, banner
):
    client = dossiers.create(workspace, first_name="Amina").client.id
    dossiers.create(workspace, first_name="Bilal")
    along.take_along(workspace, laptop.device().actor, [client], None)
    exchange.import_bundle(laptop, exchange.write_for_laptop(workspace, laptop.device().actor, shared))
    side.refresh()
    seldom = side.laptops.seldom
    before = set(shared.iterdir())
    seldom.anew.click()
    seldom.dialog.go_on.click()
    (snapshot,) = set(shared.iterdir()) - before
    assert exchange.inspect(laptop, snapshot).kind == "snapshot"
    seldom.everything.click()
    seldom.dialog.go_on.click()
    assert on(workspace).everything
    assert not seldom.everything.isEnabled()
    assert not side.laptops.take.isEnabled()
    before = set(shared.iterdir())
    side.laptops.write.click()
    (snapshot,) = set(shared.iterdir()) - before
    exchange.import_bundle(laptop, snapshot)
    assert dossiers.count(laptop) == 2
