"""The same person twice: found, said to be one or two, taken back, and one person wherever it is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier, Talent
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.same_person import Person
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers, doubles, enrolment, exchange, reports, sheets, users
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.doubles import NotMerged, SamePerson
from leerwinkel_desktop.services.enrolment import NotAnOffice
from leerwinkel_desktop.services.reports import behind
from leerwinkel_desktop.services.rights import consents, correction, erasure, informing, own_data, retention
from leerwinkel_desktop.services.workspace import Workspace

BORN = date(1991, 4, 7)


def written_down(workspace: Workspace, first_name: str = "Youssef", **values: Any) -> dossiers.DossierView:
    return dossiers.create(
        workspace, **{"first_name": first_name, "last_name": "El Verzonnen", "birth_date": BORN, **values}
    )


def again(workspace: Workspace, **values: Any) -> dossiers.DossierView:
    """The same man at another desk: other spelling, day and month changed round."""
    return written_down(workspace, "Yusuf", **{"birth_date": date(1991, 7, 4), **values})


@pytest.fixture
def office(team) -> Workspace:
    found: Workspace = team.office
    return found


@pytest.fixture
def two(office) -> Any:
    return written_down(office), again(office)


def pairs(office: Workspace) -> list[set[str]]:
    doubles.catch_up(office)
    return [{pair.one.client_id, pair.other.client_id} for pair in doubles.found(office)]


def test_who_is_typed_again_is_hinted_at_with_birth_dates_and_reasons(office) -> None:
    known = written_down(office, gender="M", nis_code="12025")
    written_down(office, "Femke", last_name="Andersom", birth_date=date(1960, 1, 2))
    (hint,) = doubles.like(
        office, Person(first_name="يوسف", last_name="Elverzonnen", birth_date=BORN, gender="M")
    )
    assert (hint.facts.client_id, hint.facts.birth_date) == (known.client.id, BORN)
    assert hint.facts.numbers == (known.client.client_no,)
    assert hint.facts.place == "Mechelen"
    assert hint.facts.trajectories == 1
    assert hint.reasons == ("naam lijkt sterk", "zelfde geboortedatum", "zelfde geslacht")


def test_a_sister_is_told_by_the_last_name_alone(office) -> None:
    written_down(office, "Iris", last_name="Fictief", phone="0470 00 00 01", gender="V")
    (hint,) = doubles.like(
        office,
        Person(first_name="Roos", last_name="Fictief", birth_date=BORN, phone="0470 00 00 01", gender="V"),
    )
    assert "zelfde achternaam, andere voornaam" in hint.reasons
    assert not {"naam lijkt sterk", "naam lijkt wat"} & set(hint.reasons)


def test_a_hint_leaves_out_the_client_that_is_open_and_gives_the_five_most_alike(office) -> None:
    made = [written_down(office, birth_date=date(1991 + at, 4, 7)) for at in range(7)]
    asked = Person(first_name="Youssef", last_name="El Verzonnen", birth_date=BORN)
    hints = doubles.like(office, asked)
    assert len(hints) == 5
    assert hints[0].facts.client_id == made[0].client.id
    assert [hint.score for hint in hints] == sorted((hint.score for hint in hints), reverse=True)
    others = doubles.like(office, asked, limit=10, but_not=made[0].client.id)
    assert made[0].client.id not in {hint.facts.client_id for hint in others}


def test_a_pair_is_found_once_with_the_same_facts_on_both_sides(office, two) -> None:
    one, other = two
    dossiers.add(office, Session, other.trajectory.id, date=date(2026, 1, 30))
    doubles.catch_up(office)
    (pair,) = doubles.found(office)
    assert {pair.one.client_id, pair.other.client_id} == {one.client.id, other.client.id}
    assert pair.reasons == ("naam lijkt sterk", "dag en maand van de geboorte omgewisseld")
    assert {pair.one.birth_date, pair.other.birth_date} == {BORN, date(1991, 7, 4)}
    assert {pair.one.last_contact, pair.other.last_contact} == {date(2026, 2, 2)}
    assert pair.one.written_by == pair.other.written_by == office.device().name
    doubles.catch_up(office)
    assert doubles.found(office) == [pair]
    assert doubles.how_many(office) == 1


def test_many_namesakes_give_no_flood_of_pairs(office) -> None:
    for at in range(40):
        written_down(office, phone=f"0400 00 00 {at:02}")
    doubles.catch_up(office)
    assert 40 <= doubles.how_many(office) <= 40 * doubles.MOST_PAIRS


def test_a_change_that_makes_people_differ_takes_the_pair_away(office, two) -> None:
    one, _ = two
    assert len(pairs(office)) == 1
    dossiers.change(office, Client, one.client.id, first_name="Chantal", birth_date=date(1960, 5, 30))
    assert pairs(office) == []


def test_different_people_stay_away_until_that_is_taken_back(office, two) -> None:
    one, other = (view.client for view in two)
    assert pairs(office) == [{one.id, other.id}]
    doubles.different(office, one.id, other.id)
    assert pairs(office) == []
    dossiers.change(office, Client, one.id, phone="0470 00 00 01")
    assert pairs(office) == [], "a change does not ask again"
    (kept,) = doubles.kept_apart(office)
    assert kept.different_by == office.user
    doubles.undo_different(office, one.id, other.id)
    assert pairs(office) == [{one.id, other.id}]
    assert doubles.kept_apart(office) == []


def test_two_laptops_that_meet_at_the_office_give_a_pair(team) -> None:
    for laptop, make in zip(team.laptops, (written_down, again), strict=False):
        make(laptop)
        exchange.import_bundle(team.office, exchange.write_bundle(laptop, team.stick).path)
    doubles.catch_up(team.office)
    (pair,) = doubles.found(team.office)
    assert {pair.one.written_by, pair.other.written_by} == {
        laptop.device().name for laptop in team.laptops[:2]
    }


def test_merged_they_are_one_person_everywhere(office, two) -> None:
    keep, double = two
    dossiers.add(office, Talent, keep.dossier.id, description="Bakt brood")
    dossiers.add(office, Talent, double.dossier.id, description="Leest kaarten")
    doubles.merge(office, keep.client.id, double.client.id)
    assert pairs(office) == []
    assert dossiers.count(office) == 1
    numbers = [view.client.client_no for view in two]
    for number in numbers:
        assert dossiers.find_number(office, number or "").client == keep.client
    for text in ("", "Youssef", "Yusuf", "04/07/1991", "07/04/1991", *numbers):
        assert [hit.client_id for hit in dossiers.search(office, text or "")] == [keep.client.id]
    view = dossiers.load(office, double.client.id)
    assert (view.client, view.dossier) == (keep.client, keep.dossier)
    assert [talent.description for talent in view.of(Talent)] == ["Bakt brood", "Leest kaarten"]
    assert view.trajectory == double.trajectory
    assert view.beside()["birth_date"] == ((double.client.client_no, date(1991, 7, 4)),)
    assert {double.client.id, double.dossier.id} <= {one.record_id for one in dossiers.history(office, view)}
    assert dossiers.add_trajectory(office, view).dossier_id == keep.dossier.id
    assert [one.double.client_id for one in doubles.merged(office)] == [double.client.id]


def test_what_is_asked_of_a_person_looks_into_all_merged_dossiers(office, two) -> None:
    keep, double = two
    consents.answer(office, double.dossier.id, "CONTACT_LATER", "GIVEN")
    informing.handed_over(office, double.dossier.id)
    dossiers.add(office, Talent, keep.dossier.id, description="Bakt brood")
    doubles.merge(office, keep.client.id, double.client.id)
    assert consents.allows(office, keep.dossier.id, "CONTACT_LATER")
    assert not informing.is_due(office, keep.dossier.id)
    material = sheets.material(office, double.trajectory.id)
    assert material.client == keep.client
    assert [talent.description for talent in material.talents] == ["Bakt brood"]
    data = own_data.collect(office, double.client.id)
    assert data.number == keep.client.client_no
    assert [part.kind for part in data.parts].count("client") == 2
    assert [kept.dossier_id for kept in retention.standing(office, office.today())] == [keep.dossier.id]


def test_figures_count_one_person_and_all_trajectories(office, two) -> None:
    asked = reports.ReportRequest("genk", date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31))
    before = reports.run(office, asked)
    doubles.merge(office, two[0].client.id, two[1].client.id)
    after = reports.run(office, asked)
    assert (before.row("G02").n, after.row("G02").n) == (2, 1)
    assert before.row("G01").n == after.row("G01").n == 2
    assert behind.clients_behind(office, after.row("G01")) == [two[0].client.id]


def test_records_of_merged_dossiers_stand_in_the_order_of_making(office, two) -> None:
    older, keep = two
    for view, told in ((older, "Bakt brood"), (keep, "Leest kaarten"), (older, "Zingt")):
        dossiers.add(office, Talent, view.dossier.id, description=told)
    doubles.merge(office, keep.client.id, older.client.id)
    view = dossiers.reload(office, keep.client.id)
    assert [talent.description for talent in view.of(Talent)] == ["Bakt brood", "Leest kaarten", "Zingt"]
    assert view.trajectory == keep.trajectory


def test_who_was_told_apart_stays_apart_for_those_merged_with_either(office, two) -> None:
    one, other = (view.client.id for view in two)
    third = written_down(office, "Yousouf").client.id
    assert len(pairs(office)) == 3
    doubles.different(office, one, other)
    doubles.merge(office, one, third)
    assert pairs(office) == [], "third and other are as different as one and other"


def shown(office, client_id):
    """All that a dossier shows; merging and its way back are changes that it has seen."""
    return replace(dossiers.reload(office, client_id), seen={})


def test_a_merge_is_taken_back_as_it_was(office, two) -> None:
    keep, double = two
    before = [shown(office, view.client.id) for view in two]
    doubles.merge(office, keep.client.id, double.client.id)
    doubles.unmerge(office, double.client.id)
    assert [shown(office, view.client.id) for view in two] == before
    assert pairs(office) == [{keep.client.id, double.client.id}], "the pair is open again"
    with pytest.raises(NotMerged):
        doubles.unmerge(office, double.client.id)


def test_the_history_is_no_way_around_the_office(office, two) -> None:
    keep, double = two
    doubles.merge(office, keep.client.id, double.client.id)
    with office.database.read() as reader:
        first = reader.history([double.dossier.id])[-1]
    with pytest.raises(InvalidValue):
        correction.restore(office, "dossier", double.dossier.id, "merged_into", (first.actor, first.seq))
    assert dossiers.count(office) == 1


def test_chains_and_who_was_merged_with_either_come_along(office, two) -> None:
    first, second = (view.client.id for view in two)
    third, fourth = (written_down(office, name).client.id for name in ("Joris", "Jules"))
    doubles.merge(office, second, first)
    doubles.merge(office, third, fourth)
    doubles.merge(office, fourth, first)
    assert {dossiers.reload(office, each).client.id for each in (first, second, third, fourth)} == {third}
    for keep, double in ((first, fourth), (third, first), (second, second)):
        with pytest.raises(SamePerson):
            doubles.merge(office, keep, double)
    doubles.unmerge(office, second)
    assert dossiers.reload(office, first).client.id == second, "who was merged into it stays with it"
    assert dossiers.reload(office, fourth).client.id == third


def test_opposite_decisions_end_at_the_oldest_and_can_be_taken_back(office, two) -> None:
    oldest, other = two
    with office.database.write() as transaction:
        transaction.save(replace(oldest.dossier, merged_into=other.dossier.id))
        transaction.save(replace(other.dossier, merged_into=oldest.dossier.id))
    assert dossiers.reload(office, other.client.id).client == oldest.client
    doubles.unmerge(office, other.client.id)
    assert dossiers.count(office) == 2
    assert dossiers.reload(office, other.client.id).client == other.client


def test_an_erasure_by_either_number_takes_the_whole_person(office, two) -> None:
    doubles.merge(office, two[0].client.id, two[1].client.id)
    assert erasure.find_client(office, two[1].client.client_no or "") == two[0].client.id
    done = erasure.erase_many(office, [view.client.id for view in two], "REQUEST")
    assert done.people == 1
    assert dossiers.count(office) == 0
    assert doubles.like(office, Person(first_name="Youssef", last_name="El Verzonnen", birth_date=BORN)) == []
    for view in two:
        with pytest.raises(NotFound):
            doubles.merge(office, view.client.id, view.client.id)


def test_an_erased_person_leaves_no_pair_and_no_key(office, two) -> None:
    assert len(pairs(office)) == 1
    erasure.erase(office, two[0].client.id)
    assert doubles.found(office) == []
    with office.database.read() as reader:
        left = reader.connection.execute("SELECT DISTINCT client_id FROM double_key").fetchall()
    assert left == [(two[1].client.id,)]


@pytest.mark.parametrize("whose", [0, 1])
def test_who_was_told_apart_leaves_nothing_of_that_when_erased(office, two, whose) -> None:
    one, other = (view.client.id for view in two)
    doubles.catch_up(office)
    doubles.different(office, one, other)
    erasure.erase(office, two[whose].client.id)
    assert doubles.kept_apart(office) == []
    with office.database.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM double_pair").fetchone() == (0,)


def test_a_workstation_has_nothing_to_decide(team, two) -> None:
    """It has everybody, and no list: pairs are found at the one office, so what it says need not travel."""
    station, stick = team.laptop, team.stick
    enrolment.write_enrol_card(station, stick / "enrol.lwc")
    candidate = enrolment.read_enrol_card(stick / "enrol.lwc")
    enrolment.welcome(team.office, candidate, stick / "welcome.lwc", whole=True)
    enrolment.accept(station, stick / "welcome.lwc")
    exchange.import_bundle(station, team.receipt())
    assert dossiers.count(station) == 2
    doubles.catch_up(station)
    with station.database.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM double_pair").fetchone() == (0,)
    for act in (doubles.found, doubles.kept_apart, doubles.how_many):
        with pytest.raises(NotAnOffice):
            act(station)
    with pytest.raises(NotAnOffice):
        doubles.different(station, *(view.client.id for view in two))


def test_only_the_office_decides(team, two) -> None:
    one, other = (view.client.id for view in two)
    with pytest.raises(NotAnOffice):
        doubles.merge(team.laptops[0], one, other)
    users.add(team.office, "Balie Verzonnen", "COUNSELLOR", "zeven losse woorden zonder enig verband")
    team.office.opened.role = "COUNSELLOR"
    for act in (
        lambda: doubles.merge(team.office, one, other),
        lambda: doubles.unmerge(team.office, other),
        lambda: doubles.different(team.office, one, other),
        lambda: doubles.undo_different(team.office, one, other),
        lambda: doubles.found(team.office),
        lambda: doubles.how_many(team.office),
        lambda: doubles.kept_apart(team.office),
        lambda: doubles.merged(team.office),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_merge_travels_with_the_changes_of_the_office(team, two) -> None:
    """Whoever reads the office's log has the same persons, also a reader that knew nothing before."""
    doubles.merge(team.office, two[0].client.id, two[1].client.id)
    with team.office.database.read() as reader:
        saved = reader.history([two[1].dossier.id])
    assert saved[0].patch == {"merged_into": two[0].dossier.id}


def test_detention_plays_no_part(office) -> None:
    """A pair with a detention block on one side tells the same as one without."""
    inside, outside = written_down(office), again(office)
    doubles.catch_up(office)
    (before,) = doubles.found(office)
    dossiers.add(office, DetentionEpisode, inside.dossier.id, prison="Verzonnen gevangenis")
    dossiers.change(office, Client, inside.client.id, notes="niets")
    doubles.catch_up(office)
    assert doubles.found(office) == [before]
    assert doubles.like(office, Person(first_name="Youssef", last_name="Verzonnen", birth_date=BORN))
    assert outside.client.id in {before.one.client_id, before.other.client_id}


def test_dossiers_of_an_older_program_get_their_keys(office, two) -> None:
    """As after the migration: every client waits, nobody has a key."""
    with office.database.bare() as connection:
        connection.execute("DELETE FROM double_key")
        connection.execute("INSERT OR REPLACE INTO key_due SELECT id FROM client WHERE removed = 0")
    assert pairs(office) == [{view.client.id for view in two}]
    assert isinstance(dossiers.reload(office, two[0].client.id).dossier, Dossier)
