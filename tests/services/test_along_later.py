"""What becomes clear later reaches the laptops too: kinds, merged dossiers, names of devices."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import along, dossiers, doubles, exchange, profile
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import catching_up

DAY = date(2026, 2, 3)


def actor_of(laptop):
    return laptop.device().actor


def give(team, number=0, **more):
    path = exchange.write_for_laptop(team.office, actor_of(team.laptops[number]), team.stick, **more)
    return exchange.import_bundle(team.laptops[number], path)


def hand_over(team, number=0):
    return exchange.import_bundle(team.office, team.hand_over(number))


def ask(workspace, query, *values):
    with workspace.database.read() as reader:
        return reader.connection.execute(query, values).fetchall()


def names(workspace):
    return sorted(row[0] for row in ask(workspace, "SELECT first_name FROM client WHERE removed = 0"))


def made(team, *who):
    return [dossiers.create(team.office, first_name=name).client.id for name in who]


def test_a_kind_that_was_not_known_reaches_laptops_after_the_upgrade(team):
    """As in an office without that table: the log has the change, and nobody can tell whose it is."""
    view = dossiers.create(team.office, first_name="Verzonnen")
    for number in (0, 1):
        give(team, number)
    along.take_along(team.office, actor_of(team.laptop), [view.client.id], None)
    give(team)
    assert view.trajectory is not None
    session = dossiers.add(team.office, Session, view.trajectory.id, date=DAY, attended="GEPLAND")
    with team.office.database.bare() as connection:
        connection.execute("DELETE FROM session")
    for number in (0, 1):
        give(team, number)
    assert ask(team.laptop, "SELECT count(*) FROM session") == [(0,)]
    with team.office.database.bare() as connection:
        before = {**catching_up.columns(connection), "session": frozenset()}
        assert catching_up.show(connection, codelists(), before) == 1
    for number in (0, 1):
        give(team, number)
    assert dossiers.load(team.laptop, view.client.id).of(Session) == (session,)
    assert ask(team.laptops[1], "SELECT count(*) FROM change WHERE kind = 'session'") == [(0,)]


@pytest.mark.parametrize("anew", [False, True])
def test_who_is_merged_goes_where_the_person_is(team, anew):
    kept, double, other = made(team, "Kepler", "Keppler", "Ander")
    along.take_along(team.office, actor_of(team.laptop), [kept], DAY)
    along.take_along(team.office, actor_of(team.laptops[1]), [other], DAY)
    for number in (0, 1):
        give(team, number)
    assert names(team.laptop) == ["Kepler"]
    doubles.merge(team.office, kept, double)
    for number in (0, 1):
        give(team, number, anew=anew)
    assert names(team.laptop) == ["Kepler", "Keppler"]
    assert names(team.laptops[1]) == ["Ander"]
    noted = ask(team.office, "SELECT subject FROM audit_entry WHERE action = 'dossier.taken_along'")
    assert sorted(noted) == sorted([(kept,), (double,), (other,)])
    assert {one.until for one in along.here(team.laptop)} == {DAY}
    assert (one := along.on_laptops(team.office)[0]).dossiers == len(along.here(team.laptop)) == 1
    assert exchange.pending(team.laptop).safe_dossiers == one.dossiers
    ((choice, until),) = along.dossiers_on(team.office, actor_of(team.laptop))
    assert (choice.client_id, until) == (kept, DAY)
    hand_over(team)
    give(team)
    assert exchange.pending(team.laptop).changes == 0


@pytest.mark.parametrize("at_office", [True, False])
def test_one_person_leaves_whole(team, at_office):
    kept, double = made(team, "Kepler", "Keppler")
    along.take_along(team.office, actor_of(team.laptop), [kept], None)
    give(team)
    doubles.merge(team.office, kept, double)
    give(team)
    hand_over(team)
    if at_office:
        assert along.let_go(team.office, actor_of(team.laptop), [double]) == 1
        give(team)
    else:
        assert along.let_go_here(team.laptop, [double]) == 1
    assert names(team.laptop) == []
    hand_over(team)
    assert along.on_laptops(team.office)[0].dossiers == 0
    give(team)
    give(team)
    assert names(team.laptop) == [], "nobody comes back by himself"


def test_who_is_apart_again_stays_until_he_is_let_go(team):
    kept, double = made(team, "Kepler", "Keppler")
    along.take_along(team.office, actor_of(team.laptop), [double], None)
    give(team)
    doubles.merge(team.office, kept, double)
    give(team)
    doubles.unmerge(team.office, double)
    give(team)
    assert names(team.laptop) == ["Kepler", "Keppler"]
    assert along.let_go(team.office, actor_of(team.laptop), [kept]) == 1
    hand_over(team)
    give(team)
    assert names(team.laptop) == ["Keppler"]


def test_a_laptop_that_goes_inside_keeps_no_names(team, tools):
    """In the prison profile the index of people goes, and stays away whatever the office sends."""
    made(team, "Kepler", "Ander")
    along.keep_index(team.office, actor_of(team.laptop), on=True)
    give(team)
    assert along.index_size(team.laptop) == 2
    assert list(team.laptop.folder.glob("verwerkt/*")) != []
    profile.choose(team.laptop, "prison")
    assert along.index_size(team.laptop) == 0
    assert list(team.laptop.folder.glob("verwerkt/*")) == []
    made(team, "Derde")
    for anew in (False, True):
        give(team, anew=anew)
        assert ask(team.laptop, "SELECT count(*) FROM person_hint") == [(0,)]
        assert list(team.laptop.folder.glob("verwerkt/*")) == [], "a sealed copy has the names too"
    profile.choose(team.laptop, "office", tools.PASSPHRASE)
    give(team, anew=True)
    assert along.index_size(team.laptop) == 3


def test_history_on_a_laptop_names_who_wrote(team):
    """The roster names those whom this laptop never met."""
    view = dossiers.create(team.laptops[1], first_name="Verzonnen")
    hand_over(team, 1)
    dossiers.change(team.office, Client, view.client.id, notes="later")
    along.take_along(team.office, actor_of(team.laptop), [view.client.id], None)
    give(team)
    office = team.office.device().name
    told = [saved.name for saved in dossiers.history(team.laptop, dossiers.load(team.laptop, view.client.id))]
    assert set(told) == {"Laptop 1", office}
