"""Looks by a timer whether something new lies ready; what is found is proposed, never read in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.exchange import arrivals
from leerwinkel_desktop.services.exchange.arrivals import Arrival, Found
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.jobs import Jobs

EVERY_MS: Final = 4000
FAR_EVERY_MS: Final = 300_000
"""Across a network only now and then, and only while somebody looks at the list."""


class Watch(QObject):
    """Sticks and folders each few seconds; a place where something stands in the way rests until asked.

    `changed`: the list is another one. `arrived`: something was not there the last time, in one sentence.
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
        self._resting: set[str] = set()
        self._far_ms: int | None = None
        self.timer = QTimer(self)
        self.timer.setInterval(EVERY_MS)
        self.timer.timeout.connect(self.look)

    def look(self) -> None:
        """Look at what is near, as a job; not while it is being looked at."""
        self._begin(far=False)

    def look_far(self) -> None:
        """Look across the network too, unless that was done just now."""
        now = self._workspace.now_ms()
        far = self._far_ms is None or now - self._far_ms > FAR_EVERY_MS
        if far:
            self._far_ms = now
        self._begin(far=far)

    def _begin(self, *, far: bool) -> None:
        if self._looking:
            return
        self._looking = True
        skip, before, workspace = frozenset(self._resting), self.found, self._workspace
        self._jobs.start(
            self,
            lambda progress: arrivals.look(workspace, progress, far=far, skip=skip, before=before),
            self._on_found,
            self._on_failed,
        )

    def _on_found(self, found: Found) -> None:
        self._looking = False
        self._resting |= {place.id for place, _problem in found.problems} - {""}
        kept = tuple(each for each in self.found.problems if each[0].id in self._resting)
        problems = {place.id or place.name: (place, problem) for place, problem in (*kept, *found.problems)}
        self._tell(Found(found.arrivals, tuple(problems.values())))

    def _on_failed(self, error: BaseException) -> None:
        self._looking = False
        self.timer.stop()
        self._failed(error)

    def take(self, found: Found) -> None:
        """Somebody had all places looked at, near and far: this lies there now."""
        self._far_ms = self._workspace.now_ms()
        self._resting = {place.id for place, _problem in found.problems} - {""}
        self._tell(found)

    def forget(self, place: Place) -> None:
        """A place was changed or removed: what stood in the way there counts no more."""
        self._resting.discard(place.id)
        left = tuple(each for each in self.found.problems if each[0].id != place.id)
        self._far_ms = None
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
