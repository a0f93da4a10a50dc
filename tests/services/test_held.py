"""One bad record never stops a bundle: it is held by name, and let go once its rule is repaired."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain import fields
from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import access, dossiers, exchange, users, vaults
from leerwinkel_desktop.services.exchange import replaying
from leerwinkel_desktop.store import applying, changelog, trails
from leerwinkel_desktop.store.applying import _Check
from sync.changes import canonical

TOO_LONG = "x" * 301


@pytest.fixture
def story(team):
    """A person whose own record does not fit, with a dossier and a trajectory that do; and somebody else."""
    client, dossier, trajectory, other = (new_id() for _ in range(4))
    named = {"first_name": "Amina", "last_name": "Voorbeeld", "client_no": "LWX-1", "phone": TOO_LONG}
    lines = [
        team.line(1, id=client, patch=named),
        team.line(2, id=dossier, kind="dossier", patch={"client_id": client}),
        team.line(3, id=trajectory, kind="trajectory", patch={"dossier_id": dossier}),
        team.line(4, id=client, patch={"email": "a@example.be"}, base={}),
        team.line(5, id=other),
        team.line(6, id=dossier, kind="dossier", patch={"opened_on": "ooit"}, base={}),
    ]
    return client, dossier, trajectory, lines


@pytest.fixture
def longer(monkeypatch):
    """A program that knows better: a telephone number may be longer there."""

    def repair():
        wider = [
            fields.Field(**{**{n: getattr(f, n) for n in f.__slots__}, "max_length": 400})
            if f.name == "phone"
            else f
            for f in fields.fields_of(Client)
        ]
        monkeypatch.setitem(fields._FIELDS, Client, tuple(wider))
        monkeypatch.setitem(applying._CHECKS, "client", _Check(Client))
        replaying.rules.cache_clear()

    yield repair
    replaying.rules.cache_clear()


def test_it_is_named_and_the_rest_goes_in(team, tools, story):
    client, dossier, _, lines = story
    done = exchange.import_bundle(team.office, team.forge(lines))
    assert done.held == (("client", client, "phone"), ("dossier", dossier, "opened_on"))
    phone, opened = exchange.held(team.office)
    assert (phone.client_id, phone.name, phone.number) == (client, "Amina Voorbeeld", "LWX-1")
    assert (phone.record, phone.field, phone.wrong) == ("Klant", "Telefoon", "Dit is te lang.")
    assert (len(phone.value), phone.sender, phone.at_ms) == (80, "Laptop 0", tools.NOON)
    assert (opened.client_id, opened.record, opened.field) == (client, "Dossier", "Geopend op")
    assert (opened.name, opened.value) == ("Amina Voorbeeld", "ooit")
    assert dossiers.load(team.office, client).client.email == "a@example.be"


def test_what_hangs_under_it_waits_and_comes_along(team, tools, story, longer):
    client, dossier, trajectory, lines = story
    del lines[3]
    lines[3:] = [team.line(4), team.line(5, id=dossier, kind="dossier", patch={"opened_on": "ooit"}, base={})]
    exchange.import_bundle(team.office, team.forge(lines))
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Verzonnen 4"]
    with team.office.database.read() as reader:
        assert reader.get(Dossier, dossier).client_id == client
    assert [one.name for one in exchange.held(team.office)] == ["Amina Voorbeeld"] * 2
    assert exchange.pending(team.office).safe_dossiers == 1
    with pytest.raises(NotFound):
        dossiers.find_number(team.office, "LWX-1")
    longer()
    assert exchange.retry(team.office) == 1
    view = dossiers.find_number(team.office, "LWX-1")
    assert (view.client.phone, view.dossier.id) == (TOO_LONG, dossier)
    with team.office.database.read() as reader:
        assert [one.id for one in reader.find(Trajectory, dossier_id=dossier)] == [trajectory]
    assert [one.field for one in exchange.held(team.office)] == ["Geopend op"]
    assert exchange.retry(team.office) == 0


def test_let_go_it_is_as_if_it_had_fitted_at_once(team, tools, story, longer):
    *_, lines = story
    path = team.forge(lines)
    twin = team.copy("twin")
    exchange.import_bundle(team.office, path)
    longer()
    assert exchange.import_bundle(twin, path).held == (("dossier", story[1], "opened_on"),)
    assert exchange.retry(team.office) == 1
    assert tools.records(team.office) == tools.records(twin)
    assert any("held.let_go" in row for row in tools.dump(team.office)["audit_entry"])
    twin.close()


def test_unlocking_with_a_newer_program_lets_go_what_fits(team, tools, story, longer):
    *_, lines = story
    exchange.import_bundle(team.office, team.forge(lines))
    team.office.close()
    team.office = team.open("office", team.office_clock)
    assert len(exchange.held(team.office)) == 2
    longer()
    team.office.close()
    team.office = team.open("office", team.office_clock)
    assert [one.field for one in exchange.held(team.office)] == ["Geopend op"]
    before = tools.dump(team.office, "audit_entry")
    team.office.close()
    team.office = team.open("office", team.office_clock)
    assert tools.dump(team.office, "audit_entry") == before


def test_a_let_go_version_can_be_a_conflict(team, tools, longer):
    client = new_id()
    lines = [team.line(1, id=client), team.line(2, id=client, patch={"phone": TOO_LONG}, base={})]
    exchange.import_bundle(team.office, team.forge(lines))
    dossiers.change(team.office, Client, client, phone="0470")
    longer()
    assert exchange.retry(team.office) == 1
    assert tools.dump(team.office)["conflict"] == [("client", client, "phone")]


def test_an_administrator_drops_one_and_the_chain_still_checks(team, tools, story):
    *_, lines = story
    exchange.import_bundle(team.office, team.forge(lines))
    phone, opened = exchange.held(team.office)
    before = tools.dump(team.office, "audit_entry", "change")
    exchange.drop(team.office, phone.id)
    assert [one.id for one in exchange.held(team.office)] == [opened.id]
    assert tools.dump(team.office, "audit_entry", "change") == before
    assert TOO_LONG not in str(tools.dump(team.office))
    actor = team.laptop.device().actor
    with team.office.database.read() as reader:
        peer = [row for row in reader.connection.execute("SELECT actor, chain FROM actor") if row[0] == actor]
        assert changelog.chain_at(reader.connection, actor, 6) == bytes(peer[0][1])
        stream = list(changelog.stream(reader.connection, actor, 0))
    assert stream[0].patch is None
    with pytest.raises(exchange.NotHeld):
        exchange.drop(team.office, phone.id)
    assert exchange.import_bundle(team.office, team.forge(lines)).already


def test_others_do_not_drop(team, tools, story):
    *_, lines = story
    exchange.import_bundle(team.office, team.forge(lines))
    (first, _) = exchange.held(team.office)
    users.add(team.office, "Bo", "COUNSELLOR", "ander woord met genoeg letters hier", vaults.TESTS_ONLY)
    bo = next(one for one in users.users(team.office) if one.name == "Bo")
    team.office.close()
    team.office = vaults.unlock(
        team.folder / "office", "ander woord met genoeg letters hier", user_id=bo.id, clock=team.office_clock
    )
    with pytest.raises(access.NotAllowed):
        exchange.drop(team.office, first.id)
    assert len(exchange.held(team.office)) == 2


def test_a_code_that_the_list_does_not_know_is_no_reason(team):
    """A list may be newer on the other side: it is kept and shown as it is (SECURITY.md §4 "Versions")."""
    client = new_id()
    lines = [team.line(1, id=client, patch={"gender": "Z9", "nationality": ["BE", "QQ"]})]
    assert exchange.import_bundle(team.office, team.forge(lines)).held == ()
    with team.office.database.read() as reader:
        assert reader.get(Client, client).gender == "Z9"


def keep(workspace, bundle, *lines):
    """As an older program would have kept them, in the bundle that it read."""
    with workspace.database.bare() as connection:
        connection.executemany(
            "INSERT INTO unknown_line VALUES (?, ?, ?)",
            [(bundle, n, line) for n, line in enumerate(lines, 1)],
        )
        connection.execute("DELETE FROM setting WHERE name = ?", (replaying.RULES,))


def read_bundles(workspace):
    return [row.id for row in exchange.log(workspace) if row.direction == "IN"]


def test_lines_that_are_known_now_are_read_at_unlock(team, tools):
    view = dossiers.create(team.laptop, first_name="Weg")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    (bundle,) = read_bundles(team.laptop)
    erased = canonical({"_": "erase", "ids": sorted([view.client.id, view.dossier.id])})
    later = b'{"_":"for_later","ids":[1]}'
    keep(team.laptop, bundle, later, erased)
    team.laptop.close()
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    assert dossiers.search(team.laptop, "") == []
    kept = tools.dump(team.laptop)
    assert [bytes(row[2]) for row in kept["unknown_line"]] == [later]
    assert {row[0] for row in kept["erased"]} >= {view.client.id}
    assert list(team.laptop.folder.glob("verwerkt/*")) == []


def test_what_a_laptop_may_not_say_stays_unread(team, tools):
    """An erasure in a laptop's own stream never counts (FORMAT.md §5)."""
    view = dossiers.create(team.laptop, first_name="Blijft")
    exchange.import_bundle(team.office, team.hand_over())
    (bundle,) = read_bundles(team.office)
    line = canonical({"_": "erase", "ids": [view.client.id]})
    keep(team.office, bundle, line)
    team.office.close()
    team.office = team.open("office", team.office_clock)
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Blijft"]
    assert [bytes(row[2]) for row in tools.dump(team.office)["unknown_line"]] == [line]


def test_a_receipt_that_does_not_fit_never_closes_the_vault(team, tools):
    dossiers.create(team.laptop, first_name="Een")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    (bundle,) = read_bundles(team.laptop)
    actor = team.laptop.device().actor
    line = canonical({"_": "receipt", "actor": actor, "chain": bytes(32), "upto": 99})
    keep(team.laptop, bundle, line)
    team.laptop.close()
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    assert [bytes(row[2]) for row in tools.dump(team.laptop)["unknown_line"]] == [line]


def test_what_fits_now_says_so_until_it_is_looked_at_again(team, story, longer):
    _, _, _, lines = story
    exchange.import_bundle(team.office, team.forge(lines))
    longer()
    phone, opened = exchange.held(team.office)
    assert phone.wrong == "Dit past nu wel. Kijk opnieuw na."
    assert opened.wrong == "Dit is geen geldige waarde."
    assert exchange.retry(team.office) == 1
    assert [one.wrong for one in exchange.held(team.office)] == [opened.wrong]


def test_a_kept_line_of_the_trail_is_done_with_and_comes_again(team, tools):
    """What was kept of it is let go, unread: it is given again until it is confirmed (FORMAT.md §14.2)."""
    dossiers.create(team.laptop, first_name="Amina")
    exchange.import_bundle(team.office, team.hand_over())
    (bundle,) = read_bundles(team.office)
    before = tools.dump(team.office)["trail_entry"]
    with team.laptop.database.read() as reader:
        (line, *_) = trails.untold(reader.connection)
    keep(team.office, bundle, canonical(line))
    exchange.catch_up(team.office)
    assert tools.dump(team.office)["unknown_line"] == []
    assert tools.dump(team.office)["trail_entry"] == before
