"""Appointments are planned, moved, cancelled and kept; the file for another agenda tells of nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.fields import Kind, fields_of
from leerwinkel_desktop.domain.profiles import PRISON
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import agenda_file, appointments, dossiers, profile
from leerwinkel_desktop.services.profile import PassphraseNeeded
from tests.services.conftest import NOON, TODAY, Clock, make

DAY = timedelta(days=1)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def office(tmp_path, clock):
    made = make(tmp_path / "office", clock)
    yield made
    made.close()


@pytest.fixture
def amina(office):
    return dossiers.create(office, first_name="Amina", last_name="Voorbeeld", phone="0400 00 00 01")


def planned(office, view, **values):
    return appointments.plan(office, view.trajectory.id, **{"date": TODAY, "starts_at": "10:00", **values})


def attended(office, session):
    return [one.attended for one in appointments.between(office, TODAY, TODAY) if one.id == session.id]


def test_a_day_is_told_in_order_with_who_it_is_about(office, amina):
    late = planned(office, amina, starts_at="14:00")
    whole = planned(office, amina, starts_at=None)
    early = planned(office, amina, starts_at="09:30")
    planned(office, amina, date=TODAY + DAY)
    found = appointments.between(office, TODAY, TODAY)
    assert [one.id for one in found] == [early.id, late.id, whole.id]
    assert found[0].person.first_name == "Amina"
    assert found[0].person.counsellor == office.user


def test_only_those_of_one_counsellor(office, amina):
    planned(office, amina)
    assert appointments.between(office, TODAY, TODAY, "Iemand anders") == []
    assert len(appointments.between(office, TODAY, TODAY, office.user)) == 1
    dossiers.change(office, Trajectory, amina.trajectory.id, counsellor="Zoë")
    assert appointments.counsellors(office, TODAY, TODAY) == sorted([office.user, "Zoë"], key=str.casefold)


def test_somebody_came_and_that_is_undone(office, amina):
    session = planned(office, amina)
    before = appointments.mark(office, session.id, appointments.HELD)
    assert attended(office, session) == ["J"]
    dossiers.save(office, before)
    assert attended(office, session) == ["GEPLAND"]


def test_what_moves_stands_again(office, amina):
    session = planned(office, amina)
    appointments.mark(office, session.id, appointments.CANCELLED)
    moved = appointments.move(office, session.id, date=TODAY + DAY, starts_at="11:00")
    assert (moved.date, moved.starts_at, moved.attended) == (TODAY + DAY, "11:00", "GEPLAND")
    with pytest.raises(InvalidValue):
        appointments.move(office, session.id, starts_at="25:00")


def test_two_at_the_same_time_are_told_to_their_counsellor_only(office, amina):
    first = planned(office, amina, minutes=45)
    ask = (office, amina.trajectory.id, TODAY)
    assert [one.id for one in appointments.conflicts(*ask, "10:30", 30)] == [first.id]
    assert appointments.conflicts(*ask, "10:45", 30) == []
    assert appointments.conflicts(*ask, "10:30", 30, leave_out=first.id) == []
    appointments.mark(office, first.id, appointments.CANCELLED)
    assert appointments.conflicts(*ask, "10:30", 30) == []
    appointments.mark(office, first.id, appointments.PLANNED)
    other = dossiers.create(office)
    assert other.trajectory is not None
    dossiers.change(office, Trajectory, other.trajectory.id, counsellor="Zoë")
    assert appointments.conflicts(office, other.trajectory.id, TODAY, "10:30", 30) == []


def test_who_walks_in_has_a_talk_that_begins_now(office, amina):
    talk = appointments.walk_in(office, amina.client.id)
    assert (talk.date, talk.mode, talk.attended, talk.trajectory_id) == (
        TODAY,
        "INLOOP",
        "J",
        amina.trajectory.id,
    )
    assert talk.starts_at == f"{datetime.fromtimestamp(NOON / 1000):%H:%M}"


def test_who_walks_in_after_a_closed_trajectory_gets_another(office, amina):
    dossiers.change(office, Trajectory, amina.trajectory.id, status="CLOSED")
    talk = appointments.walk_in(office, amina.client.id)
    assert talk.trajectory_id != amina.trajectory.id
    with pytest.raises(NotFound):
        appointments.walk_in(office, "0190a0a0-0000-7000-8000-000000000001")


def test_the_appointments_of_who_was_merged_are_those_of_the_person(office, amina):
    other = dossiers.create(office, first_name="Amna")
    session = planned(office, other)
    with office.database.write() as transaction:
        transaction.save(replace(other.dossier, merged_into=amina.dossier.id))
    (found,) = appointments.between(office, TODAY, TODAY)
    assert (found.id, found.person.client_id) == (session.id, amina.client.id)


# The file for another agenda


def read(path):
    calendar = Calendar.from_ical(path.read_bytes())
    return calendar, {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def written(office, path, **more):
    agenda_file.write(office, path, TODAY, TODAY + 30 * DAY, **more)
    return read(path)


def test_another_agenda_reads_when_and_where(office, amina, tmp_path):
    session = planned(office, amina, date=date(2026, 2, 20), minutes=45, location="Bib, zaal 2; Lier")
    calendar, events = written(office, tmp_path / "a.ics")
    (event,) = events.values()
    assert str(event["UID"]) == f"{session.id}@leerwinkel"
    assert event["SUMMARY"] == "Leerwinkel: gesprek"
    assert event["LOCATION"] == "Bib, zaal 2; Lier"
    assert event.start.astimezone(UTC) == datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
    assert event.end - event.start == timedelta(minutes=45)
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")


def test_the_hour_after_the_clock_went_forward_is_right(office, amina, tmp_path):
    planned(office, amina, date=date(2026, 3, 30), starts_at="14:00")
    path = tmp_path / "a.ics"
    agenda_file.write(office, path, TODAY, TODAY + 60 * DAY)
    (event,) = read(path)[1].values()
    assert event.start.astimezone(UTC) == datetime(2026, 3, 30, 12, 0, tzinfo=UTC)


def test_without_an_hour_it_takes_the_day(office, amina, tmp_path):
    planned(office, amina, starts_at=None)
    (event,) = written(office, tmp_path / "a.ics")[1].values()
    assert (event.start, event.end) == (TODAY, TODAY + DAY)


def test_what_changes_has_the_same_name_and_a_higher_number(office, amina, tmp_path, clock):
    session = planned(office, amina)
    (before,) = written(office, tmp_path / "a.ics")[1].values()
    clock.now += 3 * 60_000
    appointments.move(office, session.id, starts_at="11:00")
    (after,) = written(office, tmp_path / "b.ics")[1].values()
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 3)
    assert after["DTSTAMP"].dt > before["DTSTAMP"].dt


def test_what_is_cancelled_or_taken_away_goes_from_the_other_agenda(office, amina, tmp_path):
    cancelled, gone, stays = planned(office, amina), planned(office, amina), planned(office, amina)
    appointments.mark(office, cancelled.id, appointments.CANCELLED)
    dossiers.remove(office, gone)
    _, events = written(office, tmp_path / "a.ics")
    status = {uid.partition("@")[0]: str(event["STATUS"]) for uid, event in events.items()}
    assert status == {cancelled.id: "CANCELLED", gone.id: "CANCELLED", stays.id: "CONFIRMED"}


def test_nothing_of_a_person_is_in_the_file(office, tmp_path):
    """Every text of the client and the session but the place holds a word that must not come out."""
    texts = {
        f.name: f"geheim{n}" for n, f in enumerate(fields_of(Client)) if f.kind in (Kind.TEXT, Kind.NOTE)
    }
    view = dossiers.create(office, **{name: text for name, text in texts.items() if name != "client_no"})
    planned(office, view, short_note="geheim-nota", location="Sociaal Huis", minutes=37)
    planned(office, view, mode="HUISBEZOEK", location="geheim-adres 3")
    written(office, tmp_path / "a.ics")
    told = (tmp_path / "a.ics").read_text(encoding="utf-8")
    assert "geheim" not in told
    assert view.client.client_no not in told
    assert view.client.id not in told
    assert "Sociaal Huis" in told


def test_first_names_only_when_asked_and_in_prison_after_the_passphrase(office, amina, tmp_path):
    planned(office, amina)
    (event,) = written(office, tmp_path / "a.ics", first_names=True)[1].values()
    assert event["SUMMARY"] == "Leerwinkel: gesprek (Amina)"
    assert "Voorbeeld" not in (tmp_path / "a.ics").read_text(encoding="utf-8")
    profile.choose(office, PRISON.code)
    with pytest.raises(PassphraseNeeded):
        written(office, tmp_path / "b.ics", first_names=True)
    assert not (tmp_path / "b.ics").exists()
    written(office, tmp_path / "b.ics")


def test_the_day_and_the_due_are_found_by_their_index(office):
    plans = {
        "session_date": "SELECT * FROM session WHERE date BETWEEN '2026-01-01' AND '2026-01-02'",
        "session_absent": "SELECT count(*) FROM session WHERE attended = 'AFWEZIG' GROUP BY trajectory_id",
        "follow_up_due_on": "SELECT * FROM follow_up WHERE due_on <= '2026-01-01' AND done_on IS NULL",
        "training_start_start_date": "SELECT * FROM training_start WHERE start_date > '2026-01-01'",
        "barrier_blocking": "SELECT id FROM barrier "
        "WHERE trajectory_id = '' AND weight = 3 AND status = 'OPEN'",
    }
    with office.database.read() as reader:
        for index, query in plans.items():
            steps = reader.connection.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
            assert any(index in step[3] for step in steps), index


def test_a_session_keeps_its_time_through_every_door(office, amina):
    session = planned(office, amina, starts_at="09:05")
    assert dossiers.reload(office, amina.client.id).of(Session) == (session,)
    assert session.starts_at == "09:05"
