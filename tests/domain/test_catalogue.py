"""Courses are found as somebody types, and become options with what is known of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from leerwinkel_desktop.domain import catalogue
from leerwinkel_desktop.domain.catalogue import Filter
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.services.reference import codelists

LISTS = codelists()
TODAY = date(2026, 5, 12)
CVO = Provider(
    id="p", name="CVO Voorbeeld", address="Schoolstraat 1, 2800 Mechelen", nis_code="12025", phone="1"
)
LOGISTICS = Offering(
    id="a",
    title="Logistiek assistent",
    provider_id="p",
    schedule="EVENING",
    hours_week=6,
    category="VOCATIONAL",
    vks_level=3,
    language_level_required="B1",
    certificate_type="CERT",
    fee_rule="FEE_TARIFF",
    start_dates="september en februari",
    duration="1 jaar",
    checked_on=TODAY,
)
BAKERY = Offering(id="b", title="Patisserie (crème)", nis_code="12021", hours_week=20, schedule="DAY")
INSIDE = Offering(id="c", title="Nederlands op papier", inside_prison=True, without_internet=True)
LINES = [
    catalogue.line_of(LISTS, one, CVO if one.provider_id else None) for one in (LOGISTICS, BAKERY, INSIDE)
]


def found(text, **wanted):
    return [line.offering.id for line in catalogue.find(LINES, text, Filter(**wanted))]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("", ["a", "b", "c"]),
        ("LOGIS", ["a"]),
        ("assistent mechelen", ["a"]),
        ("cvo voor", ["a"]),
        ("creme", ["b"]),
        ("lier", ["b"]),
        ("logsitiek", ["a"]),
        ("patiserie", ["b"]),
        ("lgi", []),
        ("logistiek lier", []),
    ],
)
def test_words_find_title_provider_area_and_place_also_with_a_slip(text, ids):
    assert found(text) == ids


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({"nis_code": "12025"}, ["a"]),
        ({"vks_level": 3}, ["a"]),
        ({"category": "VOCATIONAL"}, ["a"]),
        ({"schedule": "DAY"}, ["b"]),
        ({"most_hours": 6}, ["a"]),
        ({"inside_prison": True}, ["c"]),
        ({"without_internet": True}, ["c"]),
        ({"schedule": "DAY", "most_hours": 6}, []),
    ],
)
def test_filters_leave_out_what_does_not_fit(wanted, ids):
    assert found("", **wanted) == ids


def test_what_was_checked_half_a_year_ago_is_old():
    logistics, bakery, _inside = LINES
    assert not logistics.is_old(TODAY + timedelta(days=183))
    assert logistics.is_old(TODAY + timedelta(days=184))
    assert bakery.is_old(TODAY), "never checked"


def test_an_option_takes_over_what_the_catalogue_knows():
    option = catalogue.option_of(LISTS, LINES[0], Option(id="o", trajectory_id="t", client_rank=2))
    assert (option.offering_id, option.provider_id, option.client_rank) == ("a", "p", 2)
    assert (option.title, option.provider_name, option.address) == (
        "Logistiek assistent", "CVO Voorbeeld", "Schoolstraat 1, 2800 Mechelen",
    )  # fmt: skip
    assert (option.schedule, option.hours_week, option.dutch_level) == ("EVENING", 6, "B1")
    assert option.support_codes == ("FEE_TARIFF",)
    assert option.certificate == LISTS["qualification_type"].label_of("CERT")
    assert option.inside is None, "a course outside says nothing of detention"


@pytest.mark.parametrize(("schedule", "inside"), [("INSIDE_PRISON", True), ("DISTANCE", None)])
def test_only_lessons_inside_make_an_option_for_now(schedule, inside):
    line = catalogue.line_of(LISTS, replace(INSIDE, schedule=schedule), None)
    assert catalogue.option_of(LISTS, line, Option(id="o")).inside is inside


def test_ranks_are_given_until_there_are_three():
    options = [Option(id=str(rank), client_rank=rank) for rank in (1, 3)]
    assert catalogue.free_rank(options) == 2
    assert catalogue.free_rank([*options, Option(id="2", client_rank=2)]) is None
