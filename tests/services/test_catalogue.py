"""The catalogue is read and searched while somebody types; a course is copied, a support noted once."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.domain.trajectories import Barrier, Option, Support
from leerwinkel_desktop.services import catalogue, dossiers, supports


@pytest.fixture
def own(office):
    trajectory = dossiers.create(office, first_name="Amina").trajectory
    assert trajectory is not None
    return trajectory.id


@pytest.fixture
def school(office):
    school = Provider(id=new_id(), name="CVO Voorbeeld", nis_code="12025", phone="015 00 00 02")
    dossiers.save(office, school)
    return school


def of(workspace, kind, own):
    with workspace.database.read() as reader:
        return reader.find(kind, trajectory_id=own)


def test_courses_come_by_title_with_who_gives_them(office, school):
    for title in ("élektriciteit", "Bakkerij", "Daktimmeren"):
        dossiers.save(office, Offering(id=new_id(), title=title, provider_id=school.id))
    dossiers.save(office, Offering(id=new_id(), title="Los", provider_id=new_id()))
    lines = catalogue.lines(office)
    assert [line.offering.title for line in lines] == ["Bakkerij", "Daktimmeren", "élektriciteit", "Los"]
    assert [line.provider for line in lines] == [school, school, school, None]
    assert catalogue.providers(office) == (school,)


def test_a_course_becomes_an_option_with_the_first_free_rank(office, own, school):
    course = Offering(id=new_id(), title="Bakkerij", provider_id=school.id, hours_week=9, schedule="EVENING")
    dossiers.save(office, course)
    dossiers.add(office, Option, own, title="Eigen idee", client_rank=1)
    made = catalogue.to_option(office, own, course.id)
    assert made in of(office, Option, own)
    assert (made.offering_id, made.provider_name, made.client_rank, made.schedule) == (
        course.id, "CVO Voorbeeld", 2, "EVENING",
    )  # fmt: skip
    dossiers.change(office, Offering, course.id, title="Bakkerij en patisserie")
    assert made in of(office, Option, own), "the copy stays as it was"
    with pytest.raises(NotFound):
        catalogue.to_option(office, own, new_id())


def test_a_support_is_advised_once_and_named_at_the_barrier(office, own):
    barrier = dossiers.add(office, Barrier, own, code="GELD")
    codes = [code.code for code in supports.suggested(office, "GELD")]
    assert codes[0] == "FEE_EXEMPT"
    first = supports.advise(office, barrier.id, "FEE_EXEMPT")
    supports.advise(office, barrier.id, "FEE_EXEMPT")
    supports.advise(office, barrier.id, "UITPAS")
    assert {one.code for one in of(office, Support, own)} == {"FEE_EXEMPT", "UITPAS"}
    assert len(of(office, Support, own)) == 2
    assert first.advised_on == office.today()
    assert of(office, Barrier, own)[0].support_code == "FEE_EXEMPT"


def test_suggestions_are_dated_and_all_codes_are_known(office):
    lists = office.codelists
    for line in lists["barrier_support"]:
        assert line.text("barrier") in lists["barrier"]
        assert line.texts("supports")
        assert all(code in lists["support"] for code in line.texts("supports"))
    assert supports.suggested(office, None) == supports.suggested(office, "CELREGIME") == ()
    assert not lists["barrier_support"].current(date(2025, 8, 31))
