"""The whole way: laptop, stick, office, receipt; twice is once, order is nothing, a gap has a name."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.services.enrolment import NotAnOffice, NotEnrolled
from leerwinkel_desktop.services.progress import Cancelled
from leerwinkel_desktop.store import changelog, devices
from leerwinkel_desktop.store.errors import DiskFull
from sync import HeaderDraft, Identity, SigningKey, write_bundle
from sync.changes import encode
from sync.errors import Fork, Gap

YEARS = 10 * 365 * 86_400_000


def shared():
    """The same person, known on several laptops."""
    return Client(id=new_id(), first_name="Verzonnen", last_name="Voorbeeld")


def conflicts(workspace):
    with workspace.database.read() as reader:
        return reader.connection.execute("SELECT kind, record_id, field FROM conflict ORDER BY 3").fetchall()


def get(workspace, record_id):
    with workspace.database.read() as reader:
        return reader.get(Client, record_id)


def live(workspace, record_id, field):
    with workspace.database.read() as reader:
        versions = changelog.live_versions(reader.connection, record_id, "client")
    return [version.value for version in versions[field]]


def test_there_and_back(team, tools):
    view = dossiers.create(team.laptop, first_name="Verzonnen", last_name="Voorbeeld")
    assert exchange.pending(team.laptop) == exchange.Pending("laptop", True, 3, 1, 0, None)
    written = exchange.write_bundle(team.laptop, team.stick)
    assert (written.changes, written.dossiers) == (3, 1)
    told = exchange.inspect(team.office, written.path)
    assert (told.sender, told.first, told.last, told.recipients) == ("Laptop 0", 1, 3, 2)
    seen = exchange.preview(team.office, written.path)
    assert (seen.new_changes, seen.already) == (3, False)
    (person,) = seen.persons
    assert (person.name, person.number, person.new) == ("Verzonnen Voorbeeld", view.client.client_no, True)
    assert person.what == {"Klant": 1, "Dossier": 1, "Traject": 1}
    done = exchange.import_bundle(team.office, written.path)
    assert (done.sender, done.created, done.changed, done.conflicts, done.held) == ("Laptop 0", 3, 0, 0, ())
    assert done.receipt_for == team.laptop.device().actor
    assert dossiers.find_number(team.office, view.client.client_no or "").client == view.client
    assert exchange.pending(team.office).safe_dossiers == 1
    receipt = exchange.import_bundle(team.laptop, team.receipt())
    assert receipt.confirmed == 3
    assert exchange.pending(team.laptop) == exchange.Pending("laptop", True, 0, 0, 1, tools.NOON)
    with pytest.raises(exchange.NothingToHandOver):
        team.hand_over()
    assert [path.name for path in (team.office.folder / "verwerkt").iterdir()] == [written.path.name]
    assert list((team.office.folder / "inbox").iterdir()) == []
    assert exchange.bundles_in(team.stick) == sorted(team.stick.iterdir())


def test_rows_on_both_sides_are_equal(team, tools):
    dossiers.create(team.laptop, first_name="Verzonnen", nationality=("BE", "NL"), notes="é" * 100)
    view = dossiers.create(team.laptop, first_name="Weg")
    dossiers.change(team.laptop, Client, view.client.id, last_name="Gewijzigd")
    dossiers.remove(team.laptop, view.client)
    exchange.import_bundle(team.office, team.hand_over())
    assert tools.records(team.office) == tools.records(team.laptop)


def test_twice_is_once(team, tools):
    dossiers.create(team.laptop, first_name="Verzonnen")
    path = team.hand_over()
    exchange.import_bundle(team.office, path)
    before = tools.dump(team.office)
    again = exchange.import_bundle(team.office, path)
    assert (again.already, again.at_ms) == (True, tools.NOON)
    assert exchange.preview(team.office, path).already
    assert exchange.import_bundle(team.office, team.hand_over()).already
    assert tools.dump(team.office) == before
    assert list((team.office.folder / "inbox").iterdir()) == []


def test_a_lost_stick_is_made_good_and_an_older_bundle_does_nothing(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    lost = team.hand_over()
    dossiers.create(team.laptop, first_name="Twee")
    assert exchange.import_bundle(team.office, team.hand_over()).created == 6
    before = tools.dump(team.office)
    assert exchange.import_bundle(team.office, lost).already
    assert tools.dump(team.office) == before
    assert tools.records(team.office) == tools.records(team.laptop)


def test_a_gap_is_named_and_nothing_is_touched(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.create(team.laptop, first_name="Twee")
    actor = team.laptop.device().actor
    with team.laptop.database.read() as reader:
        lines = list(map(encode, changelog.stream(reader.connection, actor, 4)))
        chain = changelog.chain_at(reader.connection, actor, 4)
    later = team.forge(lines, first=5, chain_before=chain, after_own=False)
    before = tools.dump(team.office)
    for act in (exchange.import_bundle, exchange.preview):
        with pytest.raises(Gap) as caught:
            act(team.office, later)
        assert (caught.value.have, caught.value.first) == (3, 5)
    assert tools.dump(team.office) == before
    exchange.import_bundle(team.office, team.hand_over())
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Twee", "Een"]


@pytest.mark.parametrize("how_many", [2, 3])
def test_the_order_of_laptops_does_not_matter(team, tools, how_many):
    client = shared()
    paths = []
    for number, workspace in enumerate(team.laptops[:how_many]):
        team.clocks[number].now += number * 1000
        tools.save(workspace, replace(client, phone=f"0{number}", first_name=f"Verzonnen {number}"))
        tools.save(workspace, replace(client, phone=f"1{number}", email=f"{number}@voorbeeld.invalid"))
        dossiers.create(workspace, first_name=f"Alleen hier {number}")
        paths.append(team.hand_over(number))
    ends = []
    for at, order in enumerate(permutations(paths)):
        copy = team.copy(f"order-{at}")
        for path in order:
            exchange.import_bundle(copy, path)
        exchange.import_bundle(copy, order[0])
        ends.append((tools.records(copy), live(copy, client.id, "phone"), get(copy, client.id)))
        copy.close()
    assert all(end == ends[0] for end in ends)
    assert len(ends[0][1]) == how_many


def test_a_conflict_keeps_both_and_shows_the_highest(team, tools):
    client = shared()
    team.clocks[0].now += 5000
    tools.save(team.laptops[0], replace(client, phone="Later"))
    tools.save(team.laptops[1], replace(client, phone="Eerder", email="x@voorbeeld.invalid"))
    assert exchange.import_bundle(team.office, team.hand_over(0)).conflicts == 0
    assert exchange.import_bundle(team.office, team.hand_over(1)).conflicts == 1
    assert conflicts(team.office) == [("client", client.id, "phone")]
    shown = get(team.office, client.id)
    assert (shown.phone, shown.email) == ("Later", "x@voorbeeld.invalid")
    assert live(team.office, client.id, "phone") == ["Later", "Eerder"]


def test_the_same_value_written_twice_is_nothing_to_decide(team, tools):
    client = shared()
    for number in (0, 1):
        tools.save(team.laptops[number], client)
        assert exchange.import_bundle(team.office, team.hand_over(number)).conflicts == 0
    assert live(team.office, client.id, "first_name") == ["Verzonnen", "Verzonnen"]
    assert conflicts(team.office) == []
    tools.save(team.laptops[1], replace(client, first_name="Anders"))
    assert exchange.import_bundle(team.office, team.hand_over(1)).conflicts == 1


def test_a_conflict_closes_when_the_values_meet(team, tools):
    client = shared()
    for number in (0, 1):
        tools.save(team.laptops[number], replace(client, phone=str(number)))
        exchange.import_bundle(team.office, team.hand_over(number))
    assert conflicts(team.office) == [("client", client.id, "phone")]
    tools.save(team.laptops[1], replace(client, phone="0"))
    assert exchange.import_bundle(team.office, team.hand_over(1)).conflicts == 0
    assert conflicts(team.office) == []
    assert get(team.office, client.id).phone == "0"


def test_equal_stamps_are_ranked_by_actor(team, tools):
    client = shared()
    for number in (0, 1):
        tools.save(team.laptops[number], replace(client, phone=str(number)))
        exchange.import_bundle(team.office, team.hand_over(number))
    highest = max((0, 1), key=lambda number: team.laptops[number].device().actor)
    assert get(team.office, client.id).phone == str(highest)


def test_a_decision_closes_a_conflict_for_good(team, tools):
    client = shared()
    for number in (0, 1):
        tools.save(team.laptops[number], replace(client, phone=str(number)))
        exchange.import_bundle(team.office, team.hand_over(number))
    tools.save(team.office, replace(get(team.office, client.id), phone="Beslist"))
    assert conflicts(team.office) == []
    tools.save(team.laptops[0], replace(client, phone="0", email="x@voorbeeld.invalid"))
    exchange.import_bundle(team.office, team.hand_over(0))
    assert conflicts(team.office) == []
    shown = get(team.office, client.id)
    assert (shown.phone, shown.email) == ("Beslist", "x@voorbeeld.invalid")
    assert live(team.office, client.id, "phone") == ["Beslist"]


def test_a_change_after_the_decision_is_a_new_conflict(team, tools):
    client = shared()
    tools.save(team.laptop, client)
    exchange.import_bundle(team.office, team.hand_over())
    tools.save(team.office, replace(client, phone="Kantoor"))
    tools.save(team.laptop, replace(client, phone="Laptop"))
    assert exchange.import_bundle(team.office, team.hand_over()).conflicts == 1
    assert sorted(live(team.office, client.id, "phone")) == ["Kantoor", "Laptop"]


@pytest.mark.parametrize("wrong", [-YEARS, YEARS])
def test_a_clock_wrong_by_years_loses_nothing(team, tools, wrong):
    team.clocks[0].now += wrong
    client = shared()
    tools.save(team.laptop, client)
    done = exchange.import_bundle(team.office, team.hand_over())
    assert (done.skew_ms > 0) is (wrong > 0)
    tools.save(team.office, replace(client, phone="Kantoor"))
    team.clocks[0].now -= wrong
    tools.save(team.laptop, replace(client, last_name="Gewijzigd"))
    exchange.import_bundle(team.office, team.hand_over())
    shown = get(team.office, client.id)
    assert (shown.phone, shown.last_name) == ("Kantoor", "Gewijzigd")
    assert conflicts(team.office) == []
    team.office_clock.now += 1
    tools.save(team.office, replace(shown, phone="Nogmaals"))
    with team.office.database.read() as reader:
        newest = reader.history([client.id])
    own = [saved for saved in newest if saved.actor == team.office.device().actor]
    assert own[0].at_ms == team.office_clock.now, "the office does not follow a clock that is years ahead"


def test_a_removed_dossier_stays_removed_unless_somebody_brings_it_back(team, tools):
    client = shared()
    tools.save(team.laptop, client)
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.remove(team.laptop, client)
    exchange.import_bundle(team.office, team.hand_over())
    assert dossiers.search(team.office, "verzonnen") == []
    assert exchange.pending(team.laptop).dossiers == 1
    assert exchange.pending(team.laptop).safe_dossiers == 0
    tools.save(team.laptop, client)
    exchange.import_bundle(team.office, team.hand_over())
    assert get(team.office, client.id) == client


def test_a_removed_dossier_is_no_longer_counted_as_safe_or_not(team):
    dossiers.create(team.laptop, first_name="Blijft")
    view = dossiers.create(team.laptop, first_name="Gaat")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    dossiers.remove(team.laptop, view.client)
    waiting = exchange.pending(team.laptop)
    assert (waiting.dossiers, waiting.safe_dossiers) == (1, 1)


def test_receipts_are_cumulative_and_old_ones_do_nothing(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    exchange.import_bundle(team.office, team.hand_over())
    first = team.receipt()
    dossiers.create(team.laptop, first_name="Twee")
    exchange.import_bundle(team.office, team.hand_over())
    second = team.receipt()
    assert exchange.import_bundle(team.laptop, second).confirmed == 6
    before = tools.dump(team.laptop)
    assert exchange.import_bundle(team.laptop, first).already
    assert tools.dump(team.laptop) == before
    dossiers.create(team.laptop, first_name="Drie")
    exchange.import_bundle(team.office, team.hand_over())
    assert exchange.import_bundle(team.laptop, team.receipt()).confirmed == 3
    assert tools.dump(team.office)["given_line"] != []
    dossiers.create(team.laptop, first_name="Vier")
    exchange.import_bundle(team.office, team.hand_over())
    with team.office.database.read() as reader:
        waiting = devices.given(reader.connection, team.laptop.device().actor)
    assert waiting == [], "confirmed lines are dropped"


def test_the_same_receipt_again_takes_no_new_number(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    exchange.import_bundle(team.office, team.hand_over())
    first, second = team.receipt(), team.receipt()
    actor = team.laptop.device().actor
    with team.office.database.read() as reader:
        waiting = [raw[6:13] for _, raw in devices.given(reader.connection, actor)]
    assert waiting == [b'scope",', b'roster"', b"audited", b"receipt"], "nothing of it twice"
    exchange.import_bundle(team.laptop, first)
    assert exchange.import_bundle(team.laptop, second).already


def test_a_receipt_that_was_written_but_not_kept_makes_no_fork(team, monkeypatch):
    """The file is on the stick and the office dies: the next receipt has another number."""
    dossiers.create(team.laptop, first_name="Een")
    exchange.import_bundle(team.office, team.hand_over())

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(devices, "log_bundle", dies)
        with pytest.raises(KeyboardInterrupt):
            team.receipt()
    (escaped,) = team.stick.glob("kantoor-*")
    assert exchange.import_bundle(team.laptop, escaped).confirmed == 3
    dossiers.create(team.laptop, first_name="Twee")
    exchange.import_bundle(team.office, team.hand_over())
    assert exchange.import_bundle(team.laptop, team.receipt()).confirmed == 3


def test_who_may_do_what(team, tools, tmp_path):
    stranger = tools.make(tmp_path / "stranger", tools.Clock(), role="laptop")
    dossiers.create(stranger, first_name="Verzonnen")
    with pytest.raises(NotEnrolled):
        exchange.write_bundle(stranger, team.stick)
    with pytest.raises(NotEnrolled):
        exchange.write_bundle(team.office, team.stick)
    with pytest.raises(NotAnOffice):
        exchange.write_for_laptop(team.laptop, team.office.device().actor, team.stick)
    for actor in ("f" * 32, team.office.device().actor):
        with pytest.raises(exchange.UnknownLaptop):
            exchange.write_for_laptop(team.office, actor, team.stick)
    with pytest.raises(exchange.UnknownLaptop):
        exchange.laptop_actor(team.office, 77)
    assert exchange.laptop_actor(team.office, 2) == team.laptops[1].device().actor
    assert list(team.stick.iterdir()) == []
    stranger.close()


def test_a_restored_copy_is_noticed_by_the_receipt(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    earlier = team.copy_of_laptop()
    dossiers.create(team.laptop, first_name="Twee")
    exchange.import_bundle(team.office, team.hand_over())
    receipt = team.receipt()
    before = tools.dump(earlier)
    with pytest.raises(exchange.RestoredCopy):
        exchange.import_bundle(earlier, receipt)
    assert tools.dump(earlier) == before
    dossiers.create(earlier, first_name="Anders")
    with pytest.raises(Fork):
        exchange.import_bundle(earlier, receipt)
    earlier.close()


def test_a_fork_is_found_at_the_office(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    twin = team.copy_of_laptop()
    dossiers.create(team.laptop, first_name="Twee")
    dossiers.create(twin, first_name="Twee anders")
    dossiers.create(twin, first_name="Drie")
    exchange.import_bundle(team.office, team.hand_over())
    before = tools.dump(team.office)
    with pytest.raises(Fork) as caught:
        exchange.import_bundle(team.office, exchange.write_bundle(twin, team.stick).path)
    assert caught.value.seq == 6
    assert [aside.reason for aside in exchange.quarantined(team.office)] == ["fork"]
    before["audit_entry"] = tools.dump(team.office)["audit_entry"]
    assert tools.dump(team.office) == before
    twin.close()


@pytest.mark.parametrize("at", range(4))
def test_cancelling_an_import_leaves_nothing(team, tools, at):
    dossiers.create(team.laptop, first_name="Verzonnen")
    path = team.hand_over()
    before, calls = tools.dump(team.office), []

    def stop(done, total, text):
        calls.append(text)
        if len(calls) > at:
            raise Cancelled

    with pytest.raises(Cancelled):
        exchange.import_bundle(team.office, path, stop)
    assert len(calls) == at + 1
    assert tools.dump(team.office) == before
    assert not (team.office.folder / "verwerkt").exists()
    assert list(team.office.folder.glob("inbox/*")) == []
    assert exchange.import_bundle(team.office, path).created == 3


def test_cancelling_a_hand_over_leaves_no_file(team, tools):
    dossiers.create(team.laptop, first_name="Verzonnen")
    before = tools.dump(team.laptop)

    def stop(done, total, text):
        raise Cancelled

    with pytest.raises(Cancelled):
        exchange.write_bundle(team.laptop, team.stick, stop)
    assert list(team.stick.iterdir()) == []
    assert tools.dump(team.laptop) == before


def test_a_full_stick_leaves_no_file(team, tools, full_after):
    dossiers.create(team.laptop, first_name="Verzonnen")
    before = tools.dump(team.laptop)
    for size in (0, 1000, 66_000):
        with full_after(team.stick, size), pytest.raises(DiskFull):
            team.hand_over()
        assert list(team.stick.iterdir()) == []
    assert tools.dump(team.laptop) == before
    assert exchange.import_bundle(team.office, team.hand_over()).created == 3


def test_a_full_office_disk_leaves_nothing(team, tools):
    for number in range(40):
        dossiers.create(team.laptop, first_name=f"Verzonnen {number}", notes="lang " * 600)
    path = team.hand_over()
    with team.office.database.read() as reader:
        pages = reader.connection.execute("PRAGMA page_count").fetchone()[0]
        reader.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    before = tools.dump(team.office)
    with pytest.raises(DiskFull):
        exchange.import_bundle(team.office, path)
    assert tools.dump(team.office) == before
    assert list((team.office.folder / "inbox").iterdir()) == []
    with team.office.database.read() as reader:
        reader.connection.execute("PRAGMA max_page_count = 1000000")
    assert exchange.import_bundle(team.office, path).created == 120


def test_what_an_interrupted_import_left_is_cleared(team):
    dossiers.create(team.laptop, first_name="Verzonnen")
    inbox = team.office.folder / "inbox"
    inbox.mkdir()
    (inbox / ".oud.lwb.12345678.part").write_bytes(b"half")
    (inbox / "oud.lwb").write_bytes(b"heel")
    exchange.import_bundle(team.office, team.hand_over())
    assert list(inbox.iterdir()) == []


def test_two_files_of_one_name(team):
    """Two sticks may both hold a `laptop.lwb`."""
    paths = []
    for number in (0, 1):
        dossiers.create(team.laptops[number], first_name="Verzonnen")
        folder = team.folder / f"stick-{number}"
        folder.mkdir()
        paths.append(team.hand_over(number).rename(folder / "laptop.lwb"))
    assert [exchange.import_bundle(team.office, path).created for path in paths] == [3, 3]


def test_a_large_bundle_comes_in_batches(team, tools):
    """More changes than one batch, with one record changed in several batches."""
    client = shared()
    with team.laptop.database.write() as transaction:
        for number in range(2300):
            transaction.save(replace(client, postal_code=str(number)))
            if number % 100 == 0:
                transaction.save(Client(id=new_id(), first_name=f"Verzonnen {number}"))
    done = exchange.import_bundle(team.office, team.hand_over())
    assert (done.created, done.changed) == (24, 0)
    assert tools.records(team.office) == tools.records(team.laptop)


# What comes from newer programs, or from an enrolled laptop that does not keep to the rules


@pytest.mark.parametrize(
    "patch",
    [
        {"first_name": 7},
        {"first_name": ""},
        {"first_name": " spaties "},
        {"first_name": "a" * 301},
        {"birth_date": "3/5/1990"},
        {"birth_date": "1990-13-01"},
        {"birth_date": "9999-01-01"},
        {"birth_year": 3},
        {"birth_year": True},
        {"nationality": "BE"},
        {"foreign_origin_declared": 1},
        {"removed": 1},
        {"first_name": ["Verzonnen"]},
    ],
)
def test_a_value_that_does_not_fit_is_kept_apart_and_the_rest_goes_in(team, tools, patch):
    bad = new_id()
    lines = [team.line(1), team.line(2, id=bad, patch={"last_name": "Goed", **patch}), team.line(3)]
    path = team.forge(lines)
    done = exchange.import_bundle(team.office, path)
    assert done.created == 2
    assert done.held == (("client", bad, next(iter(patch))),)
    assert {hit.first_name for hit in dossiers.search(team.office, "")} == {"Verzonnen 1", "Verzonnen 3"}
    held = [row for row in tools.dump(team.office)["change"] if row[-1] is not None]
    assert [(row[1], row[-1]) for row in held] == [(2, next(iter(patch)))]
    after = team.forge([*lines, team.line(4, id=bad, patch={"last_name": "Beter"})])
    assert exchange.import_bundle(team.office, after).held == ()
    assert get(team.office, bad).last_name == "Beter"


def test_what_was_kept_apart_was_not_seen_by_a_later_writer(team, tools):
    """A newer program may take a held value after all; a save that never showed it must not bury it."""
    client = new_id()
    lines = [team.line(1, id=client), team.line(2, id=client, patch={"phone": 470}, base={})]
    exchange.import_bundle(team.office, team.forge(lines))
    tools.save(team.office, replace(get(team.office, client), phone="0470"))
    actor = team.office.device().actor
    with team.office.database.read() as reader:
        (own,) = changelog.stream(reader.connection, actor, 0)
    assert own.base == {team.laptop.device().actor: 1}


def test_unknown_fields_kinds_lines_and_codes_are_kept(team, tools):
    client = new_id()
    lines = [
        team.line(1, id=client, patch={"first_name": "Verzonnen", "shoe_size": 42, "nis_code": "99999"}),
        team.line(2, kind="pet", patch={"name": "Fikkie", "removed": 7}),
        b'{"_":"later","value":[1,2,{"a":null}]}',
    ]
    done = exchange.import_bundle(team.office, team.forge(lines))
    assert (done.created, done.held) == (1, ())
    assert get(team.office, client).first_name == "Verzonnen"
    (hit,) = dossiers.search(team.office, "99999")
    assert hit.place == "99999"
    kept = tools.dump(team.office)
    assert [bytes(row[2]) for row in kept["unknown_line"]] == lines[2:]
    assert live(team.office, client, "shoe_size") == [42]
    with team.office.database.read() as reader:
        stream = list(changelog.stream(reader.connection, team.laptop.device().actor, 0))
    assert [encode(change) for change in stream] == lines[:2]


def test_one_id_of_two_kinds_mixes_nothing(team, tools):
    both = new_id()
    lines = [
        team.line(1, id=both, patch={"first_name": "Verzonnen", "notes": "x"}),
        team.line(2, id=both, kind="education_record", patch={"year": 2001, "title": "Richting"}),
        team.line(3, id=both, kind="provider", patch={"name": "School", "notes": None}),
        team.line(4, id=both, patch={"last_name": "Voorbeeld"}, base={}),
    ]
    done = exchange.import_bundle(team.office, team.forge(lines))
    assert done.created == 3
    shown = get(team.office, both)
    assert (shown.first_name, shown.last_name, shown.notes) == ("Verzonnen", "Voorbeeld", "x")


def test_an_erased_change_shows_nothing(team):
    from sync.changes import decode, erase

    gone = new_id()
    lines = [encode(erase(decode(team.line(1, id=gone)))), team.line(2)]
    exchange.import_bundle(team.office, team.forge(lines))
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Verzonnen 2"]
    assert exchange.pending(team.office).safe_dossiers == 1


def test_a_newer_office_may_give_changes_of_others(team):
    """A given stream carries anybody's changes, also of a laptop that is not known here."""
    office, laptop = team.office.device(), team.laptop.device()
    given = [team.line(1, actor=office.actor), team.line(7, actor="f" * 32)]
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
        created=1_770_000_000_000 << 16,
    )
    path = team.stick / "kantoor.lwb"
    with path.open("wb") as file:
        recipient = Identity(laptop.identity).recipient
        write_bundle(file, draft, lambda: given, SigningKey(office.signing_key), [recipient])
    assert exchange.import_bundle(team.laptop, path).created == 2
    found = {hit.first_name for hit in dossiers.search(team.laptop, "")}
    assert found == {"Verzonnen 1", "Verzonnen 7"}
    assert exchange.pending(team.laptop).changes == 0
