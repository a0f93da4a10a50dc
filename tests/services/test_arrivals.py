"""What lies ready in every place, and reading a stack until something asks a person."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import dossiers, enrolment, exchange, places
from leerwinkel_desktop.services.exchange import arrivals
from leerwinkel_desktop.services.progress import Cancelled
from leerwinkel_desktop.store.places import Place
from sync.errors import NewerFormat


@pytest.fixture
def shared(team):
    """The stick as a folder that the office knows."""
    return places.add(team.office, Place(name="Gedeeld", kind="FOLDER", address=str(team.stick)))


def states(found):
    return [(one.sender, one.state) for one in found.arrivals]


def test_what_lies_there_is_told_by_its_header(team, shared):
    first = dossiers.create(team.laptop, first_name="Amina").client
    path = team.hand_over()
    (one,) = arrivals.look(team.office).new
    assert (one.sender, one.name, one.place) == (team.laptop.device().name, path.name, shared)
    assert one.created_ms == exchange.inspect(team.office, path).created_ms
    stack = arrivals.take_all(team.office, [one])
    assert (stack.stopped, stack.problem) == (None, None)
    assert dossiers.reload(team.office, first.id).client == first
    found = arrivals.look(team.office)
    assert found.new == ()
    (read,) = found.arrivals
    assert (read.state, read.read_ms) == ("READ", team.office_clock())
    again = arrivals.take_all(team.office, [one])
    assert again.taken[0][1].already


def test_a_copy_under_another_name_is_known_by_what_it_is(team, shared):
    dossiers.create(team.laptop, first_name="Amina")
    path = team.hand_over()
    exchange.import_bundle(team.office, path)
    shutil.copyfile(path, team.stick / "kopie.lwb")
    path.unlink()
    assert states(arrivals.look(team.office)) == [(team.laptop.device().name, "READ")]


def test_damaged_foreign_and_stopped_bundles_say_so(team, shared, tmp_path):
    dossiers.create(team.laptop, first_name="Amina")
    whole = team.hand_over()
    data = whole.read_bytes()
    (team.stick / "a-stuk.lwb").write_bytes(b"iets anders")
    enrolment.revoke(team.office, team.laptop.device().actor)
    dossiers.create(team.laptop, first_name="Bilal")
    team.hand_over()
    found = {one.name: one.state for one in arrivals.look(team.office).arrivals}
    assert found["a-stuk.lwb"] == "DAMAGED"
    assert set(found.values()) == {"DAMAGED", "ASIDE"}
    for path in team.stick.iterdir():
        path.unlink()
    whole.write_bytes(data)
    other = team.laptops[1]
    folder = Place(name="Daar", kind="FOLDER", address=str(team.stick))
    places.add(other, folder)
    assert arrivals.look(other).arrivals == (), "what another laptop wrote is no news for a laptop"
    whole.rename(team.stick / "onbekend.lwb")
    assert states(arrivals.look(other)) == [("", "OTHER")]


def test_what_was_told_before_is_not_read_again(team, shared):
    dossiers.create(team.laptop, first_name="Amina")
    path = team.hand_over()
    before = arrivals.look(team.office)
    size = path.stat().st_size
    path.write_bytes(b"\0" * size)
    assert arrivals.look(team.office, before=before).arrivals == before.arrivals
    assert states(arrivals.look(team.office))[0][1] == "DAMAGED"


def test_a_stack_stops_before_what_a_person_must_decide(team, shared):
    client = dossiers.create(team.laptop, first_name="Amina").client
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    dossiers.change(team.laptop, Client, client.id, first_name="Amine")
    dossiers.change(team.office, Client, client.id, first_name="Aminah")
    for number, name in ((1, "Bilal"), (2, "Chiara")):
        dossiers.create(team.laptops[number], first_name=name)
        team.hand_over(number)
    team.hand_over()
    conflict, second, third = sorted(arrivals.look(team.office).new, key=lambda one: one.name)
    assert conflict.sender == team.laptop.device().name
    stack = arrivals.take_all(team.office, [second, conflict, third])
    assert (stack.stopped, stack.problem) == (conflict, None)
    assert len(stack.taken) == 1
    assert arrivals.persons([told for told, _done in stack.taken]) == {"new": 1, "changed": 0}
    assert dossiers.reload(team.office, client.id).client.first_name == "Aminah"
    assert set(arrivals.look(team.office).new) == {conflict, third}


def test_what_was_read_before_a_problem_or_a_stop_stays_read(team, shared):
    for number in (0, 1):
        dossiers.create(team.laptops[number], first_name="Amina")
        team.hand_over(number)
    found = arrivals.look(team.office).new
    gone = replace(found[1], name="weg.lwb")
    stack = arrivals.take_all(team.office, [found[0], gone, found[1]])
    assert (len(stack.taken), stack.stopped) == (1, gone)
    assert stack.problem is not None

    def stop(done, total, text):
        raise Cancelled

    stopped = arrivals.take_all(team.office, [found[1]], stop)
    assert isinstance(stopped.problem, Cancelled)
    assert len(arrivals.look(team.office).new) == 1


def test_a_place_that_is_away_is_told_and_can_be_left_alone(team, shared):
    away = places.add(team.office, Place(name="Weg", kind="FOLDER", address=str(team.stick / "nergens")))
    ((place, problem),) = arrivals.look(team.office).problems
    assert (place, problem.place) == (away, "Weg")
    assert arrivals.look(team.office, skip={away.id}).problems == ()


def test_delivering_is_remembered_by_name(team, shared):
    dossiers.create(team.laptop, first_name="Amina")
    assert places.latest(team.laptop) is None
    here = places.add(team.laptop, Place(name="Hier", kind="FOLDER", address=str(team.stick)))
    written = places.deliver(team.laptop, here, lambda out: exchange.write_bundle(team.laptop, out))
    assert [path.name for path in team.stick.iterdir()] == [written.path.name]
    assert not list(team.laptop.folder.glob("uitgaand-*"))
    assert places.latest(team.laptop) == here
    places.remove(team.laptop, here)
    assert places.latest(team.laptop) is None


def test_what_stands_in_the_way_of_one_bundle_is_for_whoever_opens_it(team, shared):
    """From a newer program: it is not damaged, and another copy would not help."""
    team.forge([team.line(1)], schema=99, min_schema=99)
    (one,) = arrivals.look(team.office).new
    assert (one.sender, one.created_ms) == ("", None)
    stack = arrivals.take_all(team.office, [one])
    assert (stack.taken, stack.stopped) == ((), one)
    assert isinstance(stack.problem, NewerFormat)


def test_a_stack_counts_each_person_once_and_only_who_changes(team, shared):
    client = dossiers.create(team.laptop, first_name="Amina").client
    first = exchange.preview(team.office, team.hand_over())
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.change(team.laptop, Client, client.id, first_name="Anders")
    second = exchange.preview(team.office, team.hand_over())
    dossiers.change(team.laptop, Client, client.id, first_name="Amina")
    same = exchange.preview(team.office, team.hand_over())
    assert arrivals.persons([first, second]) == {"new": 1, "changed": 0}
    assert arrivals.persons([second, second]) == {"new": 0, "changed": 1}
    assert arrivals.persons([second, same]) == {"new": 0, "changed": 1}
    assert arrivals.persons([same]) == {"new": 0, "changed": 0}
