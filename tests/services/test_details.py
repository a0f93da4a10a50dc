"""What a preview says of one person, field by field and in words; also of bundles that only tell or erase."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.fields import field_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.services.exchange.details import wrong
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.store import changelog
from sync import HeaderDraft, Identity, SigningKey, encode, write_bundle
from sync.changes import canonical
from sync.clock import Clock
from sync.errors import IllFormed


def details(team, path):
    """All that changes for the only person of a bundle, by the label of the field."""
    (person,) = exchange.preview(team.office, path).persons
    return {each.label: each for one in exchange.details(team.office, person) for each in one.fields}


def given(team, *lines):
    """A bundle in which the office gives the first laptop these lines."""
    office, laptop = team.office.device(), team.laptop.device()
    draft = HeaderDraft(
        kind="changes",
        organisation=office.organisation or "",
        bundle=new_id(),
        sender_actor=office.actor,
        sender_name="Kantoor",
        stream=laptop.actor,
        first=1,
        schema=1,
        min_schema=1,
        created=Clock().tick(team.office_clock()),
    )
    path = team.stick / "kantoor.lwb"
    with path.open("wb") as file:
        recipient = Identity(laptop.identity).recipient
        write_bundle(file, draft, lambda: lines, SigningKey(office.signing_key), [recipient])
    return path


def test_filled_in_changed_and_emptied(team, tools):
    """The values of a long text, or of what leads to another record, say little in one line."""
    client = Client(id=new_id(), first_name="Amina", notes="Een.")
    dossier = Dossier(id=new_id(), client_id=client.id)
    other = Dossier(id=new_id(), client_id=client.id)
    tools.save(team.laptop, client, dossier, other)
    exchange.import_bundle(team.office, team.hand_over())
    labels = field_of(Client, "notes").label, field_of(Dossier, "merged_into").label
    told = []
    for notes, end in ((None, None), ("Twee.", other.id), ("Drie.", dossier.id), (None, None)):
        tools.save(team.laptop, replace(client, notes=notes), replace(dossier, merged_into=end))
        found = details(team, path := team.hand_over())
        told.append([(found[each].before, found[each].after) for each in labels if each in found])
        exchange.import_bundle(team.office, path)
    assert told == [
        [("", "leeggemaakt")],
        [("", "ingevuld"), ("", "ingevuld")],
        [("", "gewijzigd"), ("", "gewijzigd")],
        [("", "leeggemaakt"), ("", "leeggemaakt")],
    ]


@pytest.mark.parametrize(
    ("patch", "label", "why"),
    [
        ({"removed": 7}, "Toestand", "Dit is geen geldige waarde."),
        ({"email": " met spaties "}, "E-mail", "Dit staat niet in de vorm waarin het bewaard wordt."),
        ({"phone": "x" * 301}, "Telefoon", "Dit is te lang."),
    ],
)
def test_why_a_value_is_refused(team, patch, label, why):
    found = details(team, team.forge([team.line(1, patch={"first_name": "Amina", **patch})]))
    assert found[label].wrong == why


def test_nothing_is_wrong_with_what_fits():
    assert wrong(None, True) == ""
    assert wrong(None, "ja") == "Dit is geen geldige waarde."


def test_a_removal_that_is_to_be_decided_is_told_in_words(team, tools):
    client = dossiers.create(team.laptop, first_name="Amina").client
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.remove(team.laptop, client)
    dossiers.remove(team.office, client)
    dossiers.bring_back(team.office, [client])
    found = details(team, team.hand_over())
    assert {side.text for side in found["Toestand"].sides} == {"in gebruik", "verwijderd"}


def test_what_the_office_erased_is_counted_and_nothing_is_told_of_it(team, tools):
    gone, stays = (dossiers.create(team.laptop, first_name=name).client for name in ("Weg", "Blijft"))
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    dossiers.change(team.office, Client, stays.id, phone="0470")
    erasure.erase(team.office, gone.id, tools.PASSPHRASE)
    seen = exchange.preview(team.laptop, path := team.receipt())
    done = exchange.import_bundle(team.laptop, path)
    assert (seen.erased > 0, done.erased > 0) == (True, True)
    assert gone.id not in {person.client_id for person in seen.persons}
    said = f"{seen.erased} stukken worden hier gewist, zoals op kantoor."
    assert exchange.beside(seen) == [said]


def test_who_is_changed_and_then_erased_in_one_bundle_is_not_told_of(team):
    gone, office = new_id(), team.office.device().actor
    path = given(team, team.line(1, actor=office, id=gone), canonical({"_": "erase", "ids": [gone]}))
    seen = exchange.preview(team.laptop, path)
    assert (seen.persons, seen.erased) == ((), 1)
    exchange.import_bundle(team.laptop, path)
    assert dossiers.search(team.laptop, "") == []


def test_own_work_that_comes_back_is_nothing_new(team):
    """A laptop that was restored gets its own work from the office, also what it still had."""
    client = dossiers.create(team.laptop, first_name="Amina").client
    with team.laptop.database.read() as reader:
        own = [encode(each) for each in changelog.of_records(reader.connection, [client.id])]
    path = given(team, *own)
    (person,) = exchange.preview(team.laptop, path).persons
    assert (person.client_id, person.most, person.records) == (client.id, "identical", ())
    assert exchange.import_bundle(team.laptop, path).changed == 0


def test_a_receipt_alone_brings_no_person(team):
    dossiers.create(team.laptop, first_name="Amina")
    exchange.import_bundle(team.office, team.hand_over())
    seen = exchange.preview(team.laptop, team.receipt())
    assert (seen.receipts, seen.new_changes, seen.persons) == (1, 0, ())
    assert exchange.summary(seen) == "0 personen"
    assert exchange.beside(seen) == []


def test_what_only_a_newer_program_understands_is_counted(team):
    lines = [team.line(1, kind="pet", patch={"name": "Fikkie"}), b'{"_":"later","value":1}']
    seen = exchange.preview(team.office, team.forge(lines))
    assert seen.later == 2
    many = "2 regels begrijpt dit programma nog niet; die worden bewaard voor een nieuwere versie."
    assert exchange.beside(seen) == [many]


def test_who_stays_the_same_is_told_apart(team, tools):
    client = Client(id=new_id(), first_name="Amina")
    tools.save(team.laptop, client)
    exchange.import_bundle(team.office, team.hand_over())
    tools.save(team.laptop, replace(client, first_name="Anders"))
    tools.save(team.laptop, client)
    seen = exchange.preview(team.office, team.hand_over())
    assert exchange.summary(seen) == "0 personen; 1 ongewijzigd"


def test_an_older_bundle_without_a_number_is_known_too(team):
    """A laptop that had only its trail to tell hands over a bundle in which no change stands."""
    empty = team.forge([], after_own=False)
    dossiers.create(team.laptop, first_name="Amina")
    exchange.import_bundle(team.office, team.hand_over())
    seen = exchange.preview(team.office, empty)
    assert (seen.already, seen.persons) == (True, ())
    assert exchange.import_bundle(team.office, empty).already


@pytest.mark.parametrize("line", [b'{"_":"erase"}', b'{"_":"erase","ids":[]}', b'{"_":"erase","ids":[7]}'])
def test_an_erasure_that_is_no_list_is_refused_whole(team, tools, line):
    path = given(team, line)
    before = tools.dump(team.laptop)
    for act in (exchange.preview, exchange.import_bundle):
        with pytest.raises(IllFormed):
            act(team.laptop, path)
    assert tools.dump(team.laptop) == before
