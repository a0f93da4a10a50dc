"""What lies ready on every stick and in every place, in one list."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services.exchange import arrivals
from leerwinkel_desktop.services.exchange.arrivals import Arrival, State
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.watch import spot
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, button, redress, words
from leerwinkel_desktop.ui.work import LongWork

BUNDLES = _("Bundels (*.lwb)")
STATES: Final[dict[State, tuple[str, str]]] = {
    "NEW": (_("nieuw"), "add"),
    "READ": (_("al ingelezen op {when}"), "good"),
    "ASIDE": (_("van een afgemelde laptop: komt apart te staan"), "attention"),
    "OTHER": (_("alleen leesbaar door een ander kantoor of toestel"), "lock"),
    "DAMAGED": (_("beschadigd: vraag een nieuwe kopie"), "danger"),
}


def state(one: Arrival) -> str:
    """What is known of it, in words."""
    when = moment(one.read_ms) if one.read_ms is not None else ""
    return STATES[one.state][0].format(when=when)


class InboxCard(Card):
    """`opened` gives an Arrival to look into, `chosen` a file to look into, `all_asked` all that is new."""

    opened = Signal(object)
    chosen = Signal(object)
    all_asked = Signal(object)

    def __init__(self, desk: Desk, work: LongWork, heading: str, empty: str, unknown: str) -> None:
        super().__init__(heading)
        self._desk, self._work = desk, work
        self.listed: RowTable[Arrival] = RowTable(
            (
                Column(_("Van"), lambda one: one.sender or unknown),
                Column(
                    _("Gemaakt"),
                    lambda one: "" if one.created_ms is None else moment(one.created_ms),
                    lambda one: one.created_ms or 0,
                ),
                Column(_("Waar"), lambda one: spot(one.place)),
                Column(_("Toestand"), state, stretch=True, sign=lambda one: STATES[one.state][1]),
            ),
            heading,
        )
        self.listed.activated.connect(lambda _index: self._open())
        self.listed.chosen.connect(self._on_chosen)
        self.none = words(empty, tone="muted")
        self.problems = words("", tone="attention")
        self.take_all = button("", self._take_all, look="primary")
        self.look = button(_("Bekijk"), self._open)
        self.file = button(_("Ander bestand …"), self.choose_file)
        self.far = button(_("Kijk overal"), self.look_everywhere, glyph="search")
        self.buttons = FlowLayout()
        for made in (self.take_all, self.look, self.file, self.far):
            self.buttons.addWidget(made)
        for part in (self.none, self.listed, self.problems, self.buttons):
            self.add(part)
        desk.watch.changed.connect(self.refresh)
        work.busy.connect(self._on_busy)
        self.refresh()

    def refresh(self) -> None:
        """Show what was found the last time."""
        found = self._desk.watch.found
        before = self.listed.current()
        self.listed.set_rows(found.arrivals)
        self.listed.select_first(lambda one: before is None or one.key == before.key)
        current = self.listed.current()
        if current is None or (found.new and current.state != "NEW"):
            self.listed.select_first()
        self.listed.setVisible(bool(found.arrivals))
        self.listed.fit()
        self.none.setVisible(not found.arrivals)
        self.problems.setText("\n".join(f"⚠ {problems.sentence(each)}" for _place, each in found.problems))
        self.problems.setVisible(bool(found.problems))
        self.take_all.setText(_("Lees alle {n} nieuwe in").format(n=len(found.new)))
        self.take_all.setVisible(len(found.new) > 1)
        look = "primary" if len(found.new) == 1 else ""
        if self.look.property("look") != look:
            self.look.setProperty("look", look)
            redress(self.look)
        self._on_chosen()

    def _on_chosen(self) -> None:
        self.look.setVisible(self.listed.current() is not None)

    def _on_busy(self, busy: bool) -> None:
        for made in (self.take_all, self.look, self.file, self.far, self.listed):
            made.setDisabled(busy)

    def _open(self) -> None:
        one = self.listed.current()
        if one is not None and self.look.isEnabled():
            self.opened.emit(one)

    def _take_all(self) -> None:
        self.all_asked.emit(self._desk.watch.found.new)

    def choose_file(self) -> None:
        """Let the user point at a bundle anywhere."""
        path = self._desk.paper.open_file(self, _("Kies een bundel"), BUNDLES)
        if path is not None:
            self.chosen.emit(path)

    def look_everywhere(self) -> None:
        """Look at all places, also across the network, and say what came of it."""
        workspace = self._desk.workspace
        self._work.run(
            _("Kijken wat er klaarligt …"),
            lambda progress: arrivals.look(workspace, progress, far=True),
            self._on_looked,
        )

    def _on_looked(self, found: arrivals.Found) -> None:
        self._desk.watch.take(found)
        if not found.problems:
            told = counted("Er wacht 1 nieuwe bundel.", "Er wachten {n} nieuwe bundels.", len(found.new))
            self._desk.say(told if found.new else _("Er wacht niets nieuws."), "calm")


def beside(path: Path) -> Place:
    """The folder of a file that the user pointed at, as a place to answer to."""
    return Place(name=path.parent.name or str(path.parent), kind="FOLDER", address=str(path.parent))
