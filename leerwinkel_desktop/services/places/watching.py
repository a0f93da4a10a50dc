"""Looks whether something new waits, cheaply enough for a timer; reading it is only ever proposed."""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.services.places import carrying, drives, kept
from leerwinkel_desktop.services.places.errors import PlaceProblem, StickAbsent
from leerwinkel_desktop.services.places.stores import Laid
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.places import Place


@dataclass(frozen=True, slots=True)
class News:
    """What waits at a place, or what stands in the way there.

    `place` has no id for a stick that is plugged in and that nobody gave a name.
    """

    place: Place
    waiting: tuple[Laid, ...]
    problem: PlaceProblem | None = None


def look(workspace: Workspace, *, far: bool = False) -> list[News]:
    """Each stick that is plugged in and each folder; with `far` also the places across the network.

    A place that is away is told with its problem; a stick that is not plugged in is left out.
    """
    known = kept.places(workspace)
    labels = {place.address for place in known if place.kind == "STICK"}
    strangers = [
        Place(name=drive.label, kind="STICK", address=drive.label)
        for drive in drives.plugged_in()
        if drive.label not in labels
    ]
    news = [_look(workspace, place) for place in (*known, *strangers) if far or not place.far]
    return [one for one in news if not isinstance(one.problem, StickAbsent)]


def _look(workspace: Workspace, place: Place) -> News:
    try:
        return News(place, tuple(carrying.waiting(workspace, place)))
    except PlaceProblem as problem:
        return News(place, (), problem)
