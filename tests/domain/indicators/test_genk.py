"""Each figure of the Genk table at its edges (DOMAIN.md §8.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.indicators.cohort import assemble
from leerwinkel_desktop.domain.indicators.facts import Facts
from leerwinkel_desktop.domain.indicators.figures import Shape
from leerwinkel_desktop.domain.indicators.genk import GENK
from leerwinkel_desktop.domain.indicators.scope import ImpossiblePeriod, Scope, months_before, percent

One = Callable[..., tuple[Any, str]]
YEAR = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("n", "base", "expected"), [(1, 200, 1), (1, 201, 0), (1, 8, 13), (0, 5, 0), (5, 5, 100), (0, 0, None)]
)
def test_halves_round_up(n: int, base: int, expected: int | None) -> None:
    assert percent(n, base) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2025, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 3, 15), 6, date(2024, 9, 15)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_impossible_periods() -> None:
    with pytest.raises(ImpossiblePeriod):
        Scope(date(2025, 2, 1), date(2025, 1, 31), date(2025, 2, 1))
    with pytest.raises(ImpossiblePeriod):
        Scope(date(2025, 2, 1), date(2025, 2, 28), date(2025, 1, 31))


def test_definitions_are_complete() -> None:
    assert [definition.id for definition in GENK] == [f"G{number:02}" for number in range(1, 28)]
    assert all(definition.label and definition.numerator for definition in GENK)
    assert {d.id for d in GENK if d.shape is Shape.MULTI} == {"G12"}


@pytest.mark.parametrize(
    ("intake", "counts"),
    [
        (date(2025, 1, 1), 1),
        (date(2025, 12, 31), 1),
        (date(2024, 12, 31), 0),
        (date(2026, 1, 1), 0),
        (None, 0),
    ],
)
def test_both_days_of_the_period_belong_to_it(one: One, intake: date | None, counts: int) -> None:
    shop, _ = one(intake=intake)
    assert (shop.n("G01"), shop.n("G02")) == (counts, counts)


def test_filters(shop: Any) -> None:
    shop.person("a")
    shop.trajectory("a", programme="CITY", intake_location="Sociaal Huis")
    shop.trajectory("a", programme="LIO", intake_location="Lier")
    assert shop.n("G01", scope=Scope(*YEAR, YEAR[1], programme="CITY")) == 1
    assert shop.n("G01", scope=Scope(*YEAR, YEAR[1], location="sociaal huis")) == 1
    assert shop.n("G02", scope=Scope(*YEAR, YEAR[1], programme="EDUSPRONG")) == 0


def test_merged_people_are_one_and_keep_their_trajectories(shop: Any) -> None:
    shop.person("a", gender="V")
    shop.person("b", merged_into="a", gender="M")
    shop.person("c", merged_into="b")
    for who in "abc":
        shop.trajectory(who)
    assert (shop.n("G01"), shop.n("G02"), shop.n("G08", "V"), shop.n("G08", "M")) == (3, 1, 1, 0)


def test_what_hangs_under_a_removed_dossier_does_not_count(one: One) -> None:
    shop, _ = one()
    shop.trajectory("somebody whose dossier was removed")
    assert (shop.n("G01"), shop.n("G02")) == (1, 1)


def test_a_circle_of_merges_ends(shop: Any) -> None:
    shop.person("a", merged_into="b")
    shop.person("b", merged_into="a")
    shop.trajectory("a")
    shop.trajectory("b")
    assert shop.n("G02") == 1


def test_attributes_are_those_of_the_first_intake_in_the_period(shop: Any) -> None:
    shop.person("a", birth_date=date(2000, 6, 1))
    shop.trajectory("a", date(2025, 9, 1), level_at_intake="31", referral_source="VDAB")
    shop.trajectory("a", date(2025, 2, 1), level_at_intake="30", referral_source="EIGEN")
    shop.trajectory("a", date(2024, 2, 1), level_at_intake="60")
    assert (shop.n("G05"), shop.n("G06"), shop.n("G14")) == (1, 0, 1)
    assert shop.n("G09", "18-25") == 1


def test_on_one_day_the_sequence_decides(shop: Any) -> None:
    shop.person("a")
    shop.trajectory("a", level_at_intake="60", seq=2)
    shop.trajectory("a", level_at_intake="00", seq=1)
    assert shop.n("G05") == 1


@pytest.mark.parametrize(
    ("level", "recognised", "figure"),
    [
        ("30", None, "G05"),
        ("27", None, "G05"),
        ("31", None, "G06"),
        ("80", None, "G06"),
        ("90", None, "G07"),
        ("90", "60", "G06"),
        ("99", None, "G07"),
        (None, None, "G07"),
        ("NIEUW", None, "G07"),
    ],
)
def test_levels(one: One, level: str | None, recognised: str | None, figure: str) -> None:
    shop, _ = one(level_at_intake=level, recognised_level=recognised)
    assert [shop.n(each) for each in ("G05", "G06", "G07")] == [
        int(figure == e) for e in ("G05", "G06", "G07")
    ]


@pytest.mark.parametrize(
    ("client", "key"),
    [
        ({"birth_date": date(2007, 3, 2)}, "<18"),
        ({"birth_date": date(2007, 3, 1)}, "18-25"),
        ({"birth_date": date(1999, 3, 2)}, "18-25"),
        ({"birth_date": date(1999, 3, 1)}, "26-34"),
        ({"birth_date": date(1970, 3, 1)}, "55+"),
        ({"birth_date": date(2025, 3, 2)}, "UNKNOWN"),
        ({"birth_year": 1990}, "35-44"),
        ({}, "UNKNOWN"),
    ],
)
def test_age_bands(one: One, client: dict[str, Any], key: str) -> None:
    shop, _ = one(client)
    assert {k: row.n for (figure, k), row in shop.rows().items() if figure == "G09" and row.n} == {key: 1}


def test_missing_answers_have_a_row_of_their_own(one: One) -> None:
    shop, _ = one()
    for figure in ("G08", "G09", "G12", "G13"):
        assert (shop.n(figure, "UNKNOWN"), shop.rows()[figure, "UNKNOWN"].percent) == (1, 100)
    assert shop.rows()["G10", None].unknown == 1


def test_no_row_stands_there_twice(one: One, lists: CodeLists) -> None:
    shop, _ = one()
    facts = Facts(**{kind: tuple(each) for kind, each in shop.kinds.items()})
    cohort = assemble(facts, Scope(*YEAR, YEAR[1]), lists)
    places = [(row.id, row.key) for definition in GENK for row in definition.count(definition, cohort)]
    assert len(places) == len(set(places))


def test_a_code_that_no_list_knows_is_not_lost(one: One) -> None:
    shop, _ = one({"gender": "NIEUW", "nationality": ("NIEUW",)})
    assert (shop.n("G08", "NIEUW"), shop.rows()["G10", None].unknown) == (1, 1)


@pytest.mark.parametrize(
    ("client", "belgian", "foreign"),
    [
        ({"nationality": ("BE",)}, 1, 0),
        ({"nationality": ("MA", "BE")}, 1, 0),
        ({"nationality": ("MA",)}, 0, 1),
        ({"nationality": ("BE",), "mother_first_nationality": "IT"}, 1, 1),
        ({"nationality": ("BE",), "foreign_origin_declared": True}, 1, 1),
        ({}, 0, 0),
    ],
)
def test_nationality_and_origin_are_apart(
    one: One, client: dict[str, Any], belgian: int, foreign: int
) -> None:
    shop, _ = one(client)
    assert (shop.n("G10"), shop.n("G11")) == (belgian, foreign)


def test_statuses_may_exceed_a_hundred(one: One) -> None:
    shop, _ = one(statuses_at_intake=("WORK", "SICK", "WORK"))
    assert (shop.n("G12", "WORK"), shop.n("G12", "SICK"), shop.n("G12", "UNKNOWN")) == (1, 1, 0)


def test_channels_split_own_initiative_over_everyone(shop: Any) -> None:
    for name, source, channel in (("a", "EIGEN", "MOND"), ("b", "EIGEN", None), ("c", "VDAB", "MOND")):
        shop.person(name)
        shop.trajectory(name, referral_source=source, discovery_channel=channel)
    assert (shop.n("G14"), shop.n("G15", "MOND"), shop.n("G15", "UNKNOWN")) == (2, 1, 1)
    assert shop.rows()["G15", "MOND"].base == 3


@pytest.mark.parametrize(
    ("sessions", "once"),
    [
        ([("2025-03-01", "J")], 1),
        ([("2025-03-01", "J"), ("2025-03-08", "AFWEZIG")], 1),
        ([("2025-03-01", "J"), ("2025-03-08", "GEANNULEERD")], 1),
        ([("2025-03-01", "J"), ("2025-03-08", "J")], 0),
        ([("2025-03-01", "J"), ("2026-01-08", "GEPLAND")], 0),
        ([("2025-03-01", "J"), ("2025-03-08", "GEPLAND")], 0),
        ([("2025-03-01", "J"), ("2026-01-08", "J")], 0),
        ([("2025-03-01", "AFWEZIG")], 0),
        ([("2025-03-01", None)], 0),
        ([], 0),
    ],
)
def test_one_session_is_enough(one: One, sessions: list[tuple[str, str | None]], once: int) -> None:
    shop, trajectory = one()
    for day, attended in sessions:
        shop.session(trajectory, date.fromisoformat(day), attended)
    assert (shop.n("G16"), shop.n("G17")) == (once, 1 - once)


def test_sessions_of_all_trajectories_count_together(shop: Any) -> None:
    shop.person("a")
    for _ in range(2):
        shop.session(shop.trajectory("a"))
    assert shop.n("G16") == 0


@pytest.mark.parametrize(
    ("training", "starts"),
    [
        ({"status": "STARTED"}, 1),
        ({"status": "ONGOING"}, 1),
        ({"status": "COMPLETED"}, 1),
        ({"status": "STOPPED"}, 1),
        ({"status": "ENROLLED"}, 0),
        ({"status": "NO_SHOW"}, 0),
        ({"status": "ONGOING", "start_date": date(2025, 3, 1)}, 1),
        ({"status": "ONGOING", "start_date": date(2025, 2, 28)}, 0),
        ({"status": "ONGOING", "start_date": date(2025, 12, 31)}, 1),
        ({"status": "ONGOING", "start_date": date(2026, 1, 1)}, 0),
        ({"status": "ONGOING", "start_date": None}, 0),
    ],
)
def test_who_starts(one: One, training: dict[str, Any], starts: int) -> None:
    shop, trajectory = one(level_at_intake="90")
    shop.training(trajectory, **training)
    assert (shop.n("G18"), shop.n("G18", "UNDET"), shop.n("G21")) == (starts, starts, 1 - starts)


def test_two_starts_are_one_starter(one: One) -> None:
    shop, trajectory = one()
    shop.training(trajectory)
    shop.training(trajectory)
    assert shop.n("G18") == 1


OPEN_RECENT: dict[str, Any] = {"status": "OPEN"}


@pytest.mark.parametrize(
    ("trajectory", "last_session", "outcome", "figure"),
    [
        (OPEN_RECENT, date(2025, 6, 30), "ORIENTING", "G19"),
        (OPEN_RECENT, date(2025, 6, 29), "ORIENTING", "G21"),
        ({"status": "CLOSED"}, date(2025, 12, 1), "ORIENTING", "G21"),
        ({"closed_on": date(2025, 12, 31)}, date(2025, 12, 1), "ORIENTING", "G21"),
        ({"status": "CLOSED", "closed_on": date(2026, 1, 1)}, date(2025, 12, 1), "ORIENTING", "G19"),
        (OPEN_RECENT, None, "NOT_STARTED", "G20"),
        ({"status": "CLOSED"}, None, "NOT_STARTED", "G20"),
        (OPEN_RECENT, date(2025, 12, 1), "UNKNOWN", "G21"),
        (OPEN_RECENT, date(2025, 12, 1), "UNREACHABLE", "G21"),
        (OPEN_RECENT, date(2025, 12, 1), "STARTED", "G21"),
        (OPEN_RECENT, date(2025, 12, 1), None, "G21"),
    ],
)
def test_outcomes_of_who_did_not_start(
    one: One, trajectory: dict[str, Any], last_session: date | None, outcome: str | None, figure: str
) -> None:
    shop, key = one(**trajectory)
    if last_session:
        shop.session(key, last_session)
    shop.follow_up(key, outcome, date(2025, 4, 1), reached=True)
    assert [shop.n(f) for f in ("G19", "G20", "G21")] == [int(f == figure) for f in ("G19", "G20", "G21")]


def test_a_contact_keeps_somebody_orienting_and_a_failed_one_does_not(shop: Any) -> None:
    for name, reached in (("a", True), ("b", False)):
        shop.person(name)
        shop.follow_up(shop.trajectory(name, status="OPEN"), "ORIENTING", reached=reached)
    assert (shop.n("G19"), shop.n("G21")) == (1, 1)


def test_the_latest_outcome_up_to_the_peildatum_wins(one: One) -> None:
    shop, key = one(status="OPEN")
    shop.follow_up(key, "NOT_STARTED", date(2025, 5, 1))
    shop.follow_up(key, "ORIENTING", date(2025, 4, 1))
    shop.follow_up(key, "UNKNOWN", date(2026, 1, 1))
    assert shop.n("G20") == 1


@pytest.mark.parametrize(
    ("trainings", "stopped"),
    [
        ([{"status": "STOPPED"}], 1),
        ([{"status": "STOPPED"}, {"status": "ONGOING", "start_date": date(2025, 9, 1)}], 0),
        ([{"status": "STOPPED", "start_date": date(2025, 9, 1)}, {"status": "COMPLETED"}], 1),
        ([{"status": "STOPPED"}, {"status": "ENROLLED", "start_date": date(2025, 9, 1)}], 1),
        ([{"status": "STOPPED"}, {"status": "ONGOING"}], 0),
        ([{"status": "ONGOING"}, {"status": "STOPPED"}], 0),
        ([{"status": "STOPPED", "status_date": date(2026, 1, 1)}], 0),
        ([{"status": "COMPLETED"}], 0),
    ],
)
def test_who_stopped(one: One, trainings: list[dict[str, Any]], stopped: int) -> None:
    shop, trajectory = one()
    for training in trainings:
        shop.training(trajectory, **training)
    assert (shop.n("G22"), shop.rows()["G22", None].base) == (stopped, 1)


@pytest.mark.parametrize(
    ("categories", "main"),
    [
        (["NT2"], "NT2"),
        (["NT2", "SEC_DIPLOMA"], "SEC_DIPLOMA"),
        (["SEC_DIPLOMA", "HIGHER", "ASSOC"], "HIGHER"),
        (["OTHER", "BASIC"], "BASIC"),
        ([None], "UNKNOWN"),
        ([None, "OTHER"], "OTHER"),
    ],
)
def test_one_category_for_each_starter(one: One, categories: list[str | None], main: str) -> None:
    shop, trajectory = one()
    for category in categories:
        shop.training(trajectory, category=category)
    assert {k: r.n for (figure, k), r in shop.rows().items() if figure == "G23" and r.n} == {main: 1}


@pytest.mark.parametrize(
    ("earned", "counts"),
    [
        ([("DEELCERT", date(2025, 4, 1))], 1),
        ([("DEELCERT", date(2025, 3, 31))], 0),
        ([("DEELCERT", date(2026, 1, 1))], 0),
        ([("DEELCERT", None)], 0),
        ([("ATTEST_VDAB", date(2025, 6, 1))], 0),
        ([("ATTEST_VDAB", date(2025, 6, 1)), ("CERT", date(2025, 6, 1))], 1),
    ],
)
def test_who_qualified(one: One, earned: list[tuple[str, date | None]], counts: int) -> None:
    shop, trajectory = one()
    training = shop.training(trajectory, "STOPPED")
    for kind, day in earned:
        shop.qualification(training, kind, day)
    assert (shop.n("G24"), shop.n("G22")) == (counts, 1)


@pytest.mark.parametrize(
    ("earned", "diploma"),
    [
        ([("DIPLOMA_SO", None)], 1),
        ([("DIPLOMA_SO", False), ("DEELCERT", True)], 1),
        ([("DIPLOMA_SO", True)], 0),
        ([("DIPLOMA_SO", None), ("BACHELOR", None)], 0),
        ([("CERT", None)], 0),
    ],
)
def test_best_qualification_is_the_diploma(
    one: One, earned: list[tuple[str, bool | None]], diploma: int
) -> None:
    shop, trajectory = one()
    training = shop.training(trajectory)
    for kind, partial in earned:
        shop.qualification(training, kind, partial=partial)
    assert (shop.n("G25"), shop.rows()["G25", None].base) == (diploma, 1)


def test_staff_over_the_period_and_on_the_day(shop: Any) -> None:
    start = date(2020, 1, 1)
    shop.staff(Decimal("1.0"), start, start + timedelta(days=539), True)
    shop.staff(Decimal("1.4"), start + timedelta(days=540), start + timedelta(days=1339), None)
    shop.staff(Decimal("1.5"), start + timedelta(days=1340), None, True)
    shop.staff(Decimal("1.0"), start, None, False)
    shop.staff(Decimal("9.0"), None, None, True)
    scope = Scope(start, start + timedelta(days=1642), start + timedelta(days=1642))
    assert (shop.n("G03", scope=scope), shop.n("G04", scope=scope)) == (Decimal("1.3"), Decimal("1.5"))
    assert shop.rows(scope)["G03", None].exact == Decimal("1.29")


def test_rankings(shop: Any, lists: CodeLists) -> None:
    chosen = ["ICT", "HANDEL", "HANDEL", "BOUW", "LASSEN", None]
    for at, area in enumerate(chosen):
        shop.person(str(at))
        shop.training(shop.trajectory(str(at), dutch_level_in="A2"), study_area=area)
    ranking = shop.rows()["G26", None].ranking
    assert [(r.study_area, r.n) for r in ranking] == [("HANDEL", 2), ("BOUW", 1), ("ICT", 1)]
    assert ranking[0].label == lists["study_area"].get("HANDEL").label


def test_median_levels_of_who_learns_dutch(shop: Any) -> None:
    for at, (before, aim) in enumerate(
        [("A1", "B2"), ("A2", "C1"), ("B1", None), ("B1", "C1"), ("L1", "C1")]
    ):
        shop.person(str(at))
        trajectory = shop.trajectory(str(at), dutch_level_in=before)
        shop.training(trajectory, category="NT2", target_dutch_level=aim)
    assert dict(shop.rows()["G27", None].medians) == {"median_in": "A2", "median_target": "C1"}


def test_nothing_at_all(shop: Any) -> None:
    rows = shop.rows()
    assert (rows["G01", None].n, rows["G05", None].percent, rows["G03", None].n) == (0, None, Decimal("0.0"))
