"""How far the conversation of a trajectory came, by what it left in the dossier (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent, Talent
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    Barrier,
    LearningQuestion,
    Option,
    Trajectory,
)
from leerwinkel_desktop.services.following import All

_LEFT: Final[tuple[tuple[str, type[Record], Callable[..., object]], ...]] = (
    ("4", AdviceStep, lambda one: one.what),
    ("4", AdviceSheet, lambda one: one.printed_at or one.teach_back_done),
    ("3", Option, lambda one: one.title),
    ("3", Barrier, lambda one: one.code),
    ("2", LearningQuestion, lambda one: one.dream or one.horizon_years),
    ("2", Trajectory, lambda one: one.willingness is not None),
    ("1", Talent, lambda one: one.description),
    ("1", LifeEvent, lambda one: one.what),
    ("1", EducationRecord, lambda one: one.title or one.level_code),
    ("1", Trajectory, lambda one: one.went_well or one.level_at_intake),
)
"""By code of list `step`, the furthest first: which record shows it."""


def reached(records: All) -> str | None:
    """The furthest step (a code of list `step`) that left something; None when there is nothing yet."""
    return next((step for step, kind, shows in _LEFT if any(map(shows, records(kind)))), None)
