"""How long a dossier is kept: the longest rule wins, counted from the last contact; the office decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain import retention as rules
from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Programme
from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.rights import retention

LAST = date(2018, 3, 1)


@pytest.fixture
def long_ago(office, bureau):
    """Makes somebody whose last contact was on a day, in a programme."""

    def make(last=LAST, programme="CITY", **more):
        who = bureau.someone(office)
        dossiers.save(office, replace(who.dossier, opened_on=last))
        dossiers.save(office, replace(who.trajectory, intake_date=last, programme=programme, **more))
        return who

    return make


def numbers(office, on=None):
    return [one.number for one in retention.due(office, on)]


@pytest.mark.parametrize(
    ("programmes", "until"),
    [
        ([], date(2023, 3, 1)),
        ([("CITY", None)], date(2023, 3, 1)),
        ([(None, None)], date(2023, 3, 1)),
        ([("NIEUW", None)], date(2023, 3, 1)),
        ([("VDAB_LWA", None)], date(2023, 12, 31)),
        ([("VDAB_LWA", date(2021, 5, 1))], date(2026, 12, 31)),
        ([("LIO", date(2023, 12, 31))], date(2033, 12, 31)),
        ([("CITY", None), ("LIO", date(2023, 12, 31)), ("VDAB_LWA", None)], date(2033, 12, 31)),
    ],
)
def test_the_longest_rule_wins(programmes, until):
    found = retention.rules(date(2026, 5, 12))
    assert rules.term(found, LAST, programmes).until == until


def test_a_leap_day_has_a_day_after_years():
    assert rules.years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)


def test_the_list_names_who_was_kept_long_enough(office, long_ago, bureau):
    old = long_ago()
    long_ago(date(2025, 1, 1))
    found = retention.due(office)
    assert [one.number for one in found] == [old.client.client_no]
    assert (found[0].until, found[0].last_contact) == (date(2023, 3, 1), LAST)
    assert numbers(office, date(2023, 3, 1)) == []
    assert numbers(office, date(2023, 3, 2)) == [old.client.client_no]


def test_what_counts_as_contact(office, long_ago):
    who = long_ago()
    assert len(retention.due(office)) == 1
    planned = dossiers.add(office, Session, who.trajectory.id, date=date(2025, 1, 1), attended="GEPLAND")
    assert len(retention.due(office)) == 1  # a plan is no contact
    dossiers.remove(office, planned)
    missed = dossiers.add(office, FollowUp, who.trajectory.id, done_on=date(2025, 1, 1), reached=False)
    assert len(retention.due(office)) == 1
    dossiers.save(office, replace(missed, reached=True))
    assert retention.due(office) == []


def test_a_programme_says_when_it_ended(office, long_ago):
    long_ago(programme="VDAB_LWA")
    assert len(retention.due(office)) == 1
    with office.database.write() as transaction:
        transaction.save(Programme(id=new_id(), code="VDAB_LWA", valid_to=date(2024, 6, 30)))
    assert retention.standing(office, office.today())[0].until == date(2029, 12, 31)


def test_a_decision_to_keep_needs_a_reason_and_a_day_to_come(office, long_ago):
    who = long_ago()
    for until, reason in ((date(2027, 1, 1), " "), (date(2026, 5, 12), "Loopt nog.")):
        with pytest.raises(InvalidValue):
            retention.keep(office, who.dossier.id, until, reason)
    retention.keep(office, who.dossier.id, date(2027, 1, 1), "Er loopt een beroep over een diploma.")
    assert retention.due(office) == []
    assert numbers(office, date(2027, 1, 2)) == [who.client.client_no]
    with office.database.read() as reader:
        assert reader.get(Dossier, who.dossier.id).retention_until == date(2027, 1, 1)
    kept = retention.of(office, who.dossier.id)
    assert kept is not None
    assert kept.decided is not None
    assert kept.decided.reason == "Er loopt een beroep over een diploma."


def test_the_detention_block_goes_sooner_than_the_dossier(office, long_ago):
    who = long_ago(date(2025, 5, 1))
    assert retention.due(office) == []
    dossiers.add(office, DetentionEpisode, who.dossier.id, prison="Voorbeeldstad")
    (found,) = retention.due(office)
    assert (found.due(office.today()), found.block_due(office.today())) == (False, True)
    assert found.block_until == date(2026, 5, 1)


def test_a_dossier_without_any_date_is_on_the_list(office, long_ago):
    who = long_ago(None)
    (found,) = retention.due(office)
    assert (found.number, found.until) == (who.client.client_no, None)


def test_only_the_office_decides(office, long_ago):
    counsellor = replace(office, opened=replace(office.opened, role="COUNSELLOR"))
    who = long_ago()
    with pytest.raises(NotAllowed):
        retention.due(counsellor)
    with pytest.raises(NotAllowed):
        retention.keep(counsellor, who.dossier.id, date(2027, 1, 1), "Daarom.")
