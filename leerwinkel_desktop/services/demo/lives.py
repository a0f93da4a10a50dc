"""The lives of the demo's two guided people: school, work and home, and what helps one of them to learn."""

from __future__ import annotations

from datetime import date
from typing import Final

from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent, Talent
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import Barrier, Option
from leerwinkel_desktop.services import catalogue, dossiers, supports, week
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.workspace import Workspace

EVENING_COURSE: Final = "Boekhoudkundig bediende"
WORKDAYS: Final = ("MA", "DI", "WO", "DO", "VR")


def samira(today: date) -> list[Record]:
    """What she told in step 1, by years before today."""
    year = today.year
    return [
        *_talents(("Ik ben geduldig", "HOME"), ("Ik reken snel", "WORK"), ("Ik spreek drie talen", "SCHOOL")),
        _school("10", "Lagere school", year - 17, completed=True),
        _school("27", "Kantoor, tweede graad", year - 13, completed=True),
        _school("30", "Kantoor, derde graad", year - 12, completed=False, reason_left="GEZIN"),
        _life("WORK", "In de winkel van mijn tante", year - 12, year - 8),
        _life("HOME", "Thuis met mijn zoon", year - 8, year - 4),
        _life("WORK", "Poetshulp, in de voormiddag", year - 4, None),
        _life("OTHER", "Vrijwilliger in de buurtwinkel", year - 2, None),
    ]


def joris(today: date) -> list[Record]:
    """What he told in step 1; where he is now stands only in the detention block."""
    year = today.year
    return [
        *_talents(("Ik werk graag met mijn handen", "WORK"), ("Ik hou vol", "HOME")),
        _school("10", "Lagere school", year - 22, completed=True),
        _school("30", "Houtbewerking", year - 16, completed=True),
        _life("WORK", "Helper op een werf", year - 16, year - 11),
        _life("HOME", "Voor mijn vader gezorgd", year - 11, year - 9),
        _life("WORK", "Meubels maken", year - 9, year - 2),
    ]


def _talents(*told: tuple[str, str]) -> list[Talent]:
    return [
        Talent(id=new_id(), description=text, shown_where=place, position=position)
        for position, (text, place) in enumerate(told, start=1)
    ]


def _school(
    level: str, title: str, year: int, *, completed: bool, reason_left: str | None = None
) -> EducationRecord:
    return EducationRecord(
        id=new_id(),
        level_code=level,
        title=title,
        country="BE",
        year=year,
        completed=completed,
        reason_left=reason_left,
    )


def _life(sort: str, what: str, first: int, last: int | None) -> LifeEvent:
    return LifeEvent(id=new_id(), sort=sort, what=what, from_year=first, to_year=last)


def weigh(workspace: Workspace, view: DossierView) -> None:
    """Step 3 of Samira: a third course out of the catalogue, what stands in the way, and her week."""
    if view.trajectory is None:
        raise LookupError(view.client.id)
    own = view.trajectory.id
    course = next(one for one in catalogue.lines(workspace) if one.offering.title == EVENING_COURSE)
    option = catalogue.to_option(workspace, own, course.offering.id)
    lights = {"fits_dream": "GREEN", "fits_reality": "AMBER", "fits_preconditions": "RED"}
    dossiers.change(
        workspace, Option, option.id, **lights, pro="Past bij de winkel.", con="Elke avond opvang nodig."
    )
    money = {"code": "GELD", "weight": 1, "step_found": "3", "action": "Samen nagaan wat de school kost."}
    dossiers.add(workspace, Barrier, own, owner="COUNSELLOR", status="OPEN", **money)
    for barrier in dossiers.reload(workspace, view.client.id).of(Barrier):
        supports.advise(workspace, barrier.id, supports.suggested(workspace, barrier.code)[0].code)
    week.mark(workspace, own, ("MA", "DI"), (8, 12), "WORK")
    week.mark(workspace, own, WORKDAYS, (16, 20), "CHILDREN")
    week.mark(workspace, own, ("WO",), (12, 16), "CHILDREN")
    week.mark(workspace, own, ("DO",), (20, 22), "OTHER")
