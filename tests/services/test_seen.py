"""What somebody types is based on what they saw: who wrote meanwhile is met, not overruled."""

from __future__ import annotations

import threading
import time

import pytest

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.services import decisions, dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import applying, changelog
from leerwinkel_desktop.store.errors import VaultBusy

Vaults = tuple[Workspace, Workspace]


def carry(source: Workspace, target: Workspace) -> None:
    """Everything that stands in one log, read into another."""
    with source.database.read() as reader:
        actors = [row[0] for row in reader.connection.execute("SELECT actor FROM actor").fetchall()]
        told = [one for actor in actors for one in changelog.stream(reader.connection, actor, 0)]
    with target.database.write() as transaction:
        applying.Applier(transaction.connection, target.codelists).apply(told)


@pytest.fixture
def two(office: Workspace, laptop: Workspace) -> Vaults:
    return office, laptop


def begun(two: Vaults) -> dossiers.DossierView:
    here, there = two
    view = dossiers.create(here, first_name="Amina", phone="0400 00 00 01")
    carry(here, there)
    return dossiers.reload(here, view.client.id)


def test_who_wrote_while_somebody_typed_is_met(two: Vaults) -> None:
    here, there = two
    view = begun(two)
    number = view.client.id
    dossiers.change(there, Client, number, phone="0400 00 00 02")
    carry(there, here)
    dossiers.revise(here, Client, number, {"phone": "0400 00 00 03"}, view.seen[number])
    assert decisions.count(here) == 1
    (person,) = decisions.open_conflicts(here)
    (conflict,) = person.conflicts
    assert {version.text for version in conflict.versions} == {"0400 00 00 02", "0400 00 00 03"}
    carry(here, there)
    assert decisions.count(there) == 1
    assert dossiers.reload(there, number).client.phone == "0400 00 00 03"


def test_who_saw_the_other_value_overrules_it(two: Vaults) -> None:
    here, there = two
    number = begun(two).client.id
    dossiers.change(there, Client, number, phone="0400 00 00 02")
    carry(there, here)
    seen = dossiers.reload(here, number).seen[number]
    dossiers.revise(here, Client, number, {"phone": "0400 00 00 03"}, seen)
    assert decisions.count(here) == 0


def test_own_work_of_meanwhile_counts_as_seen(two: Vaults) -> None:
    here, there = two
    view = begun(two)
    number = view.client.id
    dossiers.change(here, Client, number, phone="0400 00 00 02")
    dossiers.revise(here, Client, number, {"phone": "0400 00 00 03"}, view.seen[number])
    carry(here, there)
    assert decisions.count(here) == decisions.count(there) == 0
    assert dossiers.reload(there, number).client.phone == "0400 00 00 03"


def test_another_field_is_left_to_who_wrote_it(two: Vaults) -> None:
    here, there = two
    view = begun(two)
    number = view.client.id
    dossiers.change(there, Client, number, first_name="Aminata")
    carry(there, here)
    told = dossiers.revise(here, Client, number, {"phone": "0400 00 00 03"}, view.seen[number])
    assert (told.first_name, told.phone) == ("Aminata", "0400 00 00 03")
    assert decisions.count(here) == 0


def test_a_second_save_of_the_same_typing_keeps_the_question(two: Vaults) -> None:
    here, there = two
    view = begun(two)
    number = view.client.id
    dossiers.change(there, Client, number, phone="0400 00 00 02")
    carry(there, here)
    for typed in ("0400", "0400 00 00 03"):
        dossiers.revise(here, Client, number, {"phone": typed}, view.seen[number])
    assert decisions.count(here) == 1


def test_typing_in_what_was_removed_meanwhile_asks_and_brings_nothing_back(two: Vaults) -> None:
    here, there = two
    view = begun(two)
    talent = dossiers.add(here, Talent, view.dossier.id, description="geduldig")
    carry(here, there)
    seen = dossiers.reload(here, view.client.id).seen[talent.id]
    dossiers.remove(there, talent)
    carry(there, here)
    told = dossiers.revise(here, Talent, talent.id, {"description": "heel geduldig"}, seen)
    assert told.description == "heel geduldig"
    assert not dossiers.reload(here, view.client.id).of(Talent)
    ((conflict,),) = [person.conflicts for person in decisions.open_conflicts(here)]
    assert conflict.field_label == "Verwijderd"


def test_the_detention_block_is_met_in_the_same_way(two: Vaults) -> None:
    here, _ = two
    view = begun(two)
    made = dossiers.add(here, DetentionEpisode, view.dossier.id, request_slip_to="griffie")
    seen = dossiers.reload(here, view.client.id).seen[made.id]
    told = dossiers.revise(here, DetentionEpisode, made.id, {"request_slip_to": "onthaal"}, seen)
    assert told.request_slip_to == "onthaal"
    assert decisions.count(here) == 0


def test_the_thread_in_a_hurry_does_not_wait_for_who_writes(office: Workspace) -> None:
    workspace = office
    view = dossiers.create(workspace, first_name="Amina")
    workspace.database.hurry()
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with workspace.database.write():
            holding.set()
            done.wait(30)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait(30)
    begin = time.perf_counter()
    with pytest.raises(VaultBusy):
        dossiers.change(workspace, Client, view.client.id, phone="0400 00 00 02")
    waited = time.perf_counter() - begin
    done.set()
    other.join()
    assert waited < 0.5  # five seconds is what others have patience for
    dossiers.change(workspace, Client, view.client.id, phone="0400 00 00 02")
