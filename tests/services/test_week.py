"""The week is kept in one transaction, and hours of two machines stand side by side after an import."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain import week as rules
from leerwinkel_desktop.services import dossiers, exchange, week


@pytest.fixture
def view(office):
    return dossiers.create(office, first_name="Amina")


def told(workspace, own):
    marks = rules.taken(week.slots(workspace, own))
    return {day: rules.spans(marks, day) for day in rules.DAYS if rules.spans(marks, day)}


def test_hours_are_marked_changed_and_freed(office, view):
    own = view.trajectory.id
    week.mark(office, own, ["MA"], (8, 16), "WORK")
    week.mark(office, own, ["MA"], (12, 13), None)
    week.mark(office, own, ["MA"], (15, 18), "CHILDREN")
    week.mark(office, own, ["DI"], (8, 9), "OTHER")
    assert told(office, own) == {
        "MA": [(8, 12, "WORK"), (13, 15, "WORK"), (15, 18, "CHILDREN")],
        "DI": [(8, 9, "OTHER")],
    }
    week.mark(office, own, ["MA"], (7, 22), None)
    week.mark(office, own, ["DI"], (8, 9), None)
    assert week.slots(office, own) == ()


def test_marking_what_is_marked_changes_nothing(office, view):
    week.mark(office, view.trajectory.id, ["WO"], (8, 12), "WORK")
    view = dossiers.reload(office, view.client.id)
    before = len(dossiers.history(office, view))
    week.mark(office, view.trajectory.id, ["WO"], (9, 11), "WORK")
    assert len(dossiers.history(office, view)) == before


def test_two_machines_that_mark_one_day_need_no_decision(team):
    trajectory = dossiers.create(team.laptop, first_name="Verzonnen").trajectory
    assert trajectory is not None
    own = trajectory.id
    week.mark(team.laptop, own, ["MA"], (8, 10), "WORK")
    exchange.import_bundle(team.office, team.hand_over())
    week.mark(team.office, own, ["MA"], (18, 20), "CHILDREN")
    week.mark(team.laptop, own, ["MA"], (10, 12), "WORK")
    done = exchange.import_bundle(team.office, team.hand_over())
    assert done.conflicts == 0
    assert told(team.office, own) == {"MA": [(8, 12, "WORK"), (18, 20, "CHILDREN")]}
