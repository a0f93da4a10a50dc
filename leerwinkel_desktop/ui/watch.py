"""Looks by a timer whether something new lies ready; what is found is proposed, never read in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.exchange import arrivals
from leerwinkel_desktop.services.exchange.arrivals import Arrival, Found
from leerwinkel_desktop.services.places import Place, PlaceProblem
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.jobs import Jobs

EVERY_MS: Final = 4000
FAR_EVERY_MS: Final = 300_000
"""Across a network only now and then, and only while somebody looks at the list."""
PATIENCE: Final = 20
"""What is away is asked again after this many times as long as it took to find that out: a folder that is not
there at once, a share that hangs much later, so that it never keeps other work waiting for long."""


class Watch(QObject):
    """Sticks and folders each few seconds; a warning goes by itself once its place can be reached again.

    `in_sight`: somebody looks at the list, so places across the network are looked at, too, as was done last
    at `far_ms`. `changed`: the list is another one. `arrived`: something was not there the last time, in one
    sentence.
    """

    changed = Signal()
    arrived = Signal(str)

    def __init__(
        self, workspace: Workspace, jobs: Jobs, failed: Callable[[BaseException], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._jobs, self._failed = workspace, jobs, failed
        self.found = Found()
        self._looking = False
        self.in_sight = False
        self._rest_until: dict[str, int] = {}
        self.far_ms: int | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(lambda: self.look_far() if self.in_sight else self.look())

    def look(self) -> None:
        """Look at what is near, as a job; not while it is being looked at."""
        self._begin(far=False)

    def look_far(self) -> None:
        """Look across the network too, unless that was done just now."""
        now = self._workspace.now_ms()
        self._begin(far=self.far_ms is None or now - self.far_ms > FAR_EVERY_MS)

    def _begin(self, *, far: bool) -> None:
        if self._looking:
            return
        self._looking = True
        before, workspace, began = self.found, self._workspace, self._workspace.now_ms()
        self.far_ms = began if far else self.far_ms
        skip = frozenset(place for place, until in self._rest_until.items() if until > began)

        def work(progress: Progress) -> tuple[Found, int]:
            at = workspace.now_ms()
            found = arrivals.look(workspace, progress, far=far, skip=skip, before=before)
            return found, workspace.now_ms() - at

        def done(looked: tuple[Found, int]) -> None:
            kept = [each for each in self.found.problems if each[0].id in skip or (each[0].far and not far)]
            self._on_found(*looked, kept)

        self._jobs.start(self, work, done, self._on_failed)

    def _on_found(self, found: Found, took_ms: int, kept: list[tuple[Place, PlaceProblem]]) -> None:
        self._looking = False
        until = self._workspace.now_ms() + PATIENCE * took_ms
        self._rest_until |= {place.id: until for place, _problem in found.problems if place.id}
        told = {_which(place): (place, self._told(place, each)) for place, each in (*kept, *found.problems)}
        self._tell(Found(found.arrivals, tuple(told.values())))

    def _told(self, place: Place, problem: PlaceProblem) -> PlaceProblem:
        """What was told already of a place, when it is the same again: then the list is not another one."""
        before = {_which(at): known for at, known in self.found.problems}.get(_which(place))
        return before if before is not None and type(before) is type(problem) else problem

    def _on_failed(self, error: BaseException) -> None:
        self._looking = False
        self.timer.stop()
        self._failed(error)

    def take(self, found: Found) -> None:
        """Somebody had all places looked at, near and far: this lies there now."""
        self.far_ms = self._workspace.now_ms()
        self._rest_until.clear()
        self._tell(found)

    def forget(self, place: Place) -> None:
        """A place was changed or removed: what stood in the way there counts no more."""
        self._rest_until.pop(place.id, None)
        left = tuple(each for each in self.found.problems if each[0].id != place.id)
        self.far_ms = None
        self._tell(Found(self.found.arrivals, left))

    def _tell(self, found: Found) -> None:
        if found == self.found:
            return
        known = {one.key for one in self.found.arrivals}
        new = tuple(one for one in found.new if one.key not in known)
        self.found = found
        self.changed.emit()
        if new:
            self.arrived.emit(proposal(new, self._workspace.device().role))

    @property
    def sticks(self) -> list[Place]:
        """The sticks that are plugged in and all places, a stick first; for choosing where to write."""
        return sorted(places.at_hand(self._workspace), key=lambda place: place.kind != "STICK")


def _which(place: Place) -> str:
    """What tells a place from the others; a stick that nobody gave a name has only its label."""
    return place.id or place.name


def spot(place: Place) -> str:
    """A place as a list shows it."""
    return _("Stick {name}").format(name=place.name) if place.kind == "STICK" else place.name


def where(place: Place) -> str:
    """Where something is, in the middle of a sentence: "op stick LW-2", "in de map Samen"."""
    if place.kind == "STICK":
        return _("op stick {name}").format(name=place.name)
    if place.kind == "FOLDER":
        return _("in de map {name}").format(name=place.name)
    return _("op {name}").format(name=place.name)


def proposal(new: tuple[Arrival, ...], role: str) -> str:
    """What lies ready, in one sentence that asks nothing and reads nothing in."""
    spots = {where(one.place) for one in new}
    at = next(iter(spots)) if len(spots) == 1 else _("op verschillende plaatsen")
    at = at[0].upper() + at[1:]
    if role == "laptop":
        return _("{where} staat iets nieuws van het kantoor.").format(where=at)
    if len(new) == 1 and new[0].sender:
        told = _("{where} staat een nieuwe bundel van {name}.")
        return told.format(where=at, name=new[0].sender)
    return counted("{where} staat een nieuwe bundel.", "{where} staan {n} nieuwe bundels.", len(new)).format(
        where=at
    )
