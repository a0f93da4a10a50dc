"""Looks whether something new waits, cheaply enough for a timer; reading it is only ever proposed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.places import carrying, drives, kept
from leerwinkel_desktop.services.places.errors import PlaceProblem, StickAbsent
from leerwinkel_desktop.services.places.stores import Laid
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.places import Place


@dataclass(frozen=True, slots=True)
class News:
    """What waits at a place, or what stands in the way there.

    `place` has no id for a stick that is plugged in and that nobody gave a name; `read` lies there too, and
    was read here before.
    """

    place: Place
    waiting: tuple[Laid, ...]
    read: tuple[Laid, ...] = ()
    problem: PlaceProblem | None = None


def look(
    workspace: Workspace, progress: Progress = silent, *, far: bool = False, skip: Collection[str] = ()
) -> list[News]:
    """Each stick that is plugged in and each folder; with `far` also the places across the network.

    A place that is away is told with its problem; a stick that is not plugged in is left out, and so are the
    places whose id is in `skip`. Raises Cancelled.
    """
    chosen = [place for place in at_hand(workspace) if (far or not place.far) and place.id not in skip]
    news = []
    for number, place in enumerate(chosen):
        progress(number, len(chosen), _("Kijken op {place}").format(place=place.name))
        news.append(_look(workspace, place))
    return [one for one in news if not isinstance(one.problem, StickAbsent)]


def at_hand(workspace: Workspace) -> list[Place]:
    """All places by name, and the sticks that are plugged in and that nobody gave a name."""
    known = kept.places(workspace)
    labels = {place.address for place in known if place.kind == "STICK"}
    strangers = [
        Place(name=drive.label, kind="STICK", address=drive.label)
        for drive in drives.plugged_in()
        if drive.label not in labels
    ]
    return [*known, *strangers]


def _look(workspace: Workspace, place: Place) -> News:
    try:
        lying = carrying.lying(workspace, place)
    except PlaceProblem as problem:
        return News(place, (), problem=problem)
    return News(place, lying.waiting, lying.read)
