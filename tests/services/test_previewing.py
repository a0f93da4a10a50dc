"""What a preview foretells is what reading then does, to the letter, and it writes nothing."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.fields import field_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Provider
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.services.progress import Cancelled
from leerwinkel_desktop.services.rights import erasure
from sync.errors import Fork

NAMES = ("Amina", "Bo", "Ünal", None)
PHONES = ("0470", "0499", None)
NOTES = ("Kort.", "Lang. " * 40, None)


def label_of(record, name):
    return field_of(record, name).label


def told(preview):
    """All records of a preview by kind and id."""
    persons = [*preview.persons, *([preview.shared] if preview.shared else [])]
    return {(each.kind, each.record_id): each for one in persons for each in one.records}


def rows(workspace, record):
    with workspace.database.read() as reader:
        connection = reader.connection
        names = [column[1] for column in connection.execute(f"PRAGMA table_info({record.kind})")]
        found = connection.execute(f"SELECT * FROM {record.kind}").fetchall()
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


def meet(team, tools, *records, office=None, number=0):
    """The laptop makes records, and the office reads them."""
    tools.save(team.laptops[number], *records)
    exchange.import_bundle(office or team.office, team.hand_over(number))


@pytest.fixture
def both(team, tools):
    """A client whom the laptop and the office know, and whom both have changed since."""
    client = Client(id=new_id(), first_name="Amina", last_name="Voorbeeld", phone="0470", notes="Een.")
    meet(team, tools, client)
    tools.save(team.laptop, replace(client, phone="0471", email="a@example.be", notes="Een. En twee."))
    tools.save(team.office, replace(client, phone="0472"))
    return client


def test_each_person_with_what_changes(team, tools, both):
    new = Client(id=new_id(), first_name="Bo", last_name="Nieuw", client_no="LWX-1")
    shop = Provider(id=new_id(), name="School")
    tools.save(team.laptop, new, Dossier(id=new_id(), client_id=new.id), shop)
    before = tools.dump(team.office)
    seen = exchange.preview(team.office, team.hand_over())
    assert tools.dump(team.office) == before
    assert exchange.summary(seen) == "2 personen: 1 nieuw, 1 te beslissen"
    assert exchange.beside(seen) == ["1 gedeeld gegeven."]
    first, second = seen.persons
    assert (first.name, first.most, first.new, dict(first.counts)) == (
        "Amina Voorbeeld",
        "decide",
        False,
        {"decide": 1},
    )
    assert (second.name, second.number, second.most, second.new) == ("Bo Nieuw", "LWX-1", "new", True)
    assert dict(second.what) == {"Klant": 1, "Dossier": 1}
    (record,) = exchange.details(team.office, first)
    fields = {field.label: field for field in record.fields}
    assert (fields["E-mail"].before, fields["E-mail"].after) == ("", "a@example.be")
    notes = fields[label_of(Client, "notes")]
    assert (notes.before, notes.after, notes.whole) == ("", "gewijzigd", ("Een.", "Een. En twee."))
    phone = fields["Telefoon"]
    assert {(side.text, side.device) for side in phone.sides} == {("0471", "Laptop 0"), ("0472", "hier")}
    assert phone.after == phone.sides[0].text
    assert [each.label for each in exchange.details(team.office, second)] == ["Klant", "Dossier"]


def test_somebody_who_is_here_is_not_new_when_only_a_record_is(team, tools):
    client = Client(id=new_id(), first_name="Amina", last_name="Voorbeeld")
    meet(team, tools, client)
    tools.save(team.laptop, Dossier(id=new_id(), client_id=client.id))
    seen = exchange.preview(team.office, team.hand_over())
    (person,) = seen.persons
    assert (person.new, person.most, dict(person.counts)) == (False, "changed", {"new": 1})
    assert exchange.summary(seen) == "1 persoon: 1 gewijzigd"


def test_long_texts_are_cut_and_lists_are_words(team, tools):
    client = Client(id=new_id(), first_name="Amina " * 30, nationality=("BE", "NL"))
    meet(team, tools, client)
    tools.save(team.laptop, replace(client, first_name="Bo " * 60, nationality=()))
    dossiers.remove(team.laptop, client)
    (person,) = exchange.preview(team.office, team.hand_over()).persons
    (record,) = exchange.details(team.office, person)
    told = {field.label: (field.before, field.after) for field in record.fields}
    before, after = told[label_of(Client, "first_name")]
    assert before == ("Amina " * 30)[:79].rstrip() + "…"
    assert after == ("Bo " * 60)[:79].rstrip() + "…"
    assert told[label_of(Client, "nationality")] == ("België, Nederland", "")
    assert told["Toestand"] == ("in gebruik", "verwijderd")


def test_what_does_not_fit_is_refused_by_name_and_the_rest_is_told(team):
    bad, good = new_id(), new_id()
    lines = [
        team.line(1, id=bad, patch={"first_name": "Slecht", "last_name": "Geval", "phone": 470}),
        team.line(2, id=good),
        team.line(3, kind="dossier", patch={"client_id": bad, "opened_on": "ooit"}),
        team.line(4, kind="dossier", patch={"client_id": bad}),
    ]
    path = team.forge(lines)
    seen = exchange.preview(team.office, path)
    assert exchange.summary(seen) == "2 personen: 1 nieuw, 1 geweigerd"
    refused, _ = seen.persons
    assert (refused.name, dict(refused.counts)) == ("Slecht Geval", {"refused": 2, "new": 1})
    wrong = {
        field.label: (field.after, field.wrong)
        for record in exchange.details(team.office, refused)
        for field in record.fields
        if field.wrong
    }
    assert wrong == {
        "Telefoon": ("470", "Dit is geen geldige waarde."),
        "Geopend op": ("ooit", "Dit is geen geldige waarde."),
    }
    assert len(exchange.import_bundle(team.office, path).held) == 2


def test_who_was_erased_is_only_counted(team, tools, both):
    erasure.erase(team.office, both.id, tools.PASSPHRASE)
    seen = exchange.preview(team.office, team.hand_over())
    assert (seen.persons, seen.dropped) == ((), 1)
    assert exchange.beside(seen) == ["1 wijziging over een gewiste persoon wordt weggelaten."]


def test_nothing_tells_of_detention(team, tools):
    client = Client(id=new_id(), first_name="Amina")
    dossier = Dossier(id=new_id(), client_id=client.id)
    purposes = team.office.codelists["consent_purpose"]
    shielded = next(code.code for code in purposes if code.flag("detention"))
    tools.save(team.laptop, client, dossier)
    tools.save(team.laptop, Consent(id=new_id(), dossier_id=dossier.id, purpose=shielded))
    (person,) = exchange.preview(team.office, team.hand_over()).persons
    assert dict(person.what) == {"Klant": 1, "Dossier": 1}
    assert dict(person.counts) == {"new": 2}


def test_what_stays_the_same_is_unchanged(team, tools, both):
    exchange.import_bundle(team.office, team.hand_over())
    tools.save(team.laptop, replace(both, first_name="Anders", phone="0471", email="a@example.be"))
    tools.save(team.laptop, replace(both, first_name="Amina", phone="0471", email="a@example.be"))
    seen = exchange.preview(team.office, team.hand_over())
    assert seen.new_changes > 0
    (person,) = seen.persons
    assert person.what == {"Klant": 1}
    lines = [team.line(1, number=1, id=both.id, patch={"first_name": "Amina"}, base={})]
    same = exchange.preview(team.office, team.forge(lines, number=1))
    assert dict(same.totals)["decide"] == 1  # what was open before is open after


def written(folder):
    """Every file but SQLite's shared memory, which has its locks, with its time and content."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_known_bundle_says_when_and_writes_nothing_at_all(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    older = team.hand_over()
    dossiers.create(team.laptop, first_name="Twee")
    newer = team.hand_over()
    exchange.import_bundle(team.office, newer)
    at = tools.NOON
    team.office_clock.now += 60_000
    renamed = newer.with_name("kopie van de stick.lwb")
    renamed.write_bytes(newer.read_bytes())
    folder = team.office.folder
    before = written(folder)
    for path in (newer, renamed, older):
        seen = exchange.preview(team.office, path)
        assert (seen.already, seen.at_ms, seen.persons) == (True, at, ())
        done = exchange.import_bundle(team.office, path)
        assert (done.already, done.at_ms, done.created) == (True, at, 0)
    assert written(folder) == before


def test_another_history_whose_numbers_are_all_here_is_a_fork_and_not_known(team):
    exchange.import_bundle(team.office, team.forge([team.line(1), team.line(2), team.line(3)]))
    for lines in ([team.line(1)], [team.line(1), team.line(2)], [team.line(1), team.line(2), team.line(3)]):
        path = team.forge(lines)
        for act in (exchange.preview, exchange.import_bundle):
            with pytest.raises(Fork):
                act(team.office, path)


@pytest.mark.parametrize("act", [exchange.preview, exchange.import_bundle])
def test_it_stops_in_every_phase_and_leaves_nothing(team, tools, both, act):
    path = team.hand_over()
    before = tools.dump(team.office)
    phases: list[str] = []
    whole = team.copy("whole")
    act(whole, path, lambda done, total, text: phases.append(text))
    whole.close()
    assert len(set(phases)) >= 3

    for turn in range(len(phases)):
        calls = iter(range(turn, -1, -1))

        def stop(done, total, text, calls=calls):
            if next(calls) == 0:
                raise Cancelled

        with pytest.raises(Cancelled):
            act(team.office, path, stop)
        assert tools.dump(team.office) == before
        assert list((team.office.folder / "inbox").glob("*")) == []
        assert list((team.office.folder / "verwerkt").glob("*")) == sorted(
            (team.office.folder / "verwerkt").glob("*")
        )
    assert act(team.office, path).already is False


def scribble(team, tools, dice, clients, made):
    """Somebody types something somewhere: new, changed, the same again, removed."""
    where = dice.choice([*team.laptops[:2], team.office])
    with where.database.read() as reader:
        known = [each for each in clients if reader.find(Client, id=each)]
    if not known or dice.random() < 0.25:
        client = Client(id=new_id(), first_name=dice.choice(NAMES), last_name=f"Nr {len(made)}")
        made.append(client.id)
        tools.save(where, client, Dossier(id=new_id(), client_id=client.id))
        return client.id
    client = dossiers_get(where, dice.choice(known))
    if dice.random() < 0.1:
        dossiers.remove(where, client)
    else:
        field, values = dice.choice([("phone", PHONES), ("notes", NOTES), ("first_name", NAMES)])
        tools.save(where, replace(client, **{field: dice.choice(values)}))
    return client.id


def dossiers_get(workspace, client_id):
    with workspace.database.read() as reader:
        return reader.get(Client, client_id)


@pytest.mark.parametrize("seed", range(3))
def test_foretold_is_what_happens(team, tools, seed):
    """Random histories of two laptops and an office, with conflicts and values that do not fit."""
    dice = random.Random(seed)
    clients: list[str] = []
    common = Client(id=new_id(), first_name="Samen", phone="0470")
    meet(team, tools, common)
    lines = [team.line(1, number=1, id=common.id, patch={"phone": "0471"}, base={})]
    exchange.import_bundle(team.office, team.forge(lines, number=1))
    clients.append(common.id)
    for _ in range(3):
        for _ in range(dice.randrange(3, 9)):
            clients.append(scribble(team, tools, dice, clients, clients))
        number = 0
        with team.laptops[number].database.read() as reader:
            upto = reader.connection.execute("SELECT upto FROM actor WHERE number = 1").fetchone()[0]
        bad = [
            team.line(upto + 1 + at, id=dice.choice(clients), patch=patch, base={})
            for at, patch in enumerate([{"phone": 7}, {"notes": "x"}] if dice.random() < 0.5 else [])
        ]
        path = team.forge(bad)
        twin = team.copy(f"twin-{seed}-{len(list(team.folder.iterdir()))}")
        before = {record: rows(twin, record) for record in (Client, Dossier)}
        seen = exchange.preview(twin, path)
        done = exchange.import_bundle(twin, path)
        foretold = told(seen)
        for record in (Client, Dossier):
            after = rows(twin, record)
            for record_id in before[record].keys() | after.keys():
                was, now = before[record].get(record_id), after.get(record_id)
                one = foretold.get((record.kind, record_id))
                if was == now:
                    assert one is None or (not one.after and one.what in ("decide", "refused"))
                    continue
                assert one is not None
                assert one.new == (was is None)
                differs = {name for name in now if name != "id" and (was or {}).get(name) != now[name]}
                differs -= {"removed"} if was is None and not now["removed"] else set()
                assert set(one.after) == differs
                assert all(one.after[name] == now[name] for name in differs)
        conflicts = tools.dump(twin)["conflict"]
        assert sorted((k, r, n) for (k, r), one in foretold.items() for n in one.versions) == sorted(
            row for row in conflicts if (row[0], row[1]) in foretold
        )
        assert sum(len(one.refused) for one in foretold.values()) == len(done.held)
        assert sum(one.new and bool(one.after) for one in foretold.values()) == done.created
        assert sum(not one.new and bool(one.after) for one in foretold.values()) == done.changed
        assert sum(len(one.versions) for one in foretold.values()) == done.conflicts
        assert sum(seen.totals.values()) == len(seen.persons)
        assert seen.totals == Counter(person.most for person in seen.persons)
        twin.close()
        if not bad:
            exchange.import_bundle(team.office, path)
