"""The laptops of an office: what was read from each, what waits for it, and what asks attention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import along, auditing, enrolment, exchange
from leerwinkel_desktop.services.along import OnLaptop
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.services.standing import STATES
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.devices import Peer
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.choosing import PeopleDialog, TakeAlongDialog
from leerwinkel_desktop.ui.pages.handover.destination import Destination
from leerwinkel_desktop.ui.pages.handover.outcome import Answer, give
from leerwinkel_desktop.ui.pages.handover.seldom import Seldom
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.watch import where
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, button, words
from leerwinkel_desktop.ui.work import LongWork


@dataclass(frozen=True, slots=True)
class LaptopLine:
    """One laptop as the list shows it; `read_ms` is when something of it was read last."""

    peer: Peer
    on: OnLaptop
    read_ms: int | None
    waits: bool
    erasures: bool
    broken: bool

    @property
    def waiting(self) -> list[str]:
        """What is written for it next."""
        along = counted("1 dossier mee", "{n} dossiers mee", self.on.ready)
        return ([along] if self.on.ready else []) + ([_("bevestiging")] if self.waits else [])

    @property
    def attention(self) -> list[str]:
        """What a person should know."""
        late = counted("1 dossier moest al terug", "{n} dossiers moesten al terug", self.on.overdue)
        told = [late] if self.on.overdue else []
        told += [_("wissen niet bevestigd")] if self.erasures else []
        return told + ([_("logboek klopt niet: zie Beheer")] if self.broken else [])


def lines(workspace: Workspace) -> list[LaptopLine]:
    """All laptops that are enrolled."""
    read: dict[str, int] = {}
    wrote: dict[str, int] = {}
    for row in exchange.log(workspace):
        (read if row.direction == "IN" else wrote).setdefault(row.actor, row.at_ms)
    unconfirmed = {one.name for one in erasure.waiting(workspace)}
    broken = auditing.laptop_breaks(workspace)
    on = {one.actor: one for one in along.on_laptops(workspace)}
    return [
        LaptopLine(
            peer,
            on[peer.actor],
            read.get(peer.actor),
            read.get(peer.actor, 0) > wrote.get(peer.actor, -1) and peer.actor in read,
            peer.name in unconfirmed,
            peer.actor in broken,
        )
        for peer in enrolment.known_devices(workspace)
        if peer.actor in on
    ]


def held(on: OnLaptop) -> str:
    """How many dossiers are on a laptop, and until when."""
    if on.everything:
        return _("alle {n}").format(n=on.dossiers)
    return (
        f"{on.dossiers}, {_('tot {day}').format(day=on.until.strftime('%d/%m'))}"
        if on.until
        else str(on.dossiers)
    )


COLUMNS: Sequence[Column[LaptopLine]] = (
    Column(
        _("Laptop"),
        lambda one: f"{one.peer.name} ({one.peer.device_number})",
        sign=lambda one: "attention" if one.attention else "",
    ),
    Column(
        _("Laatst ingelezen"),
        lambda one: moment(one.read_ms) if one.read_ms else _("nog nooit"),
        lambda one: one.read_ms or 0,
    ),
    Column(_("Dossiers"), lambda one: held(one.on), lambda one: one.on.dossiers),
    Column(_("Ligt klaar"), lambda one: ", ".join(one.waiting)),
    Column(_("Toestand"), lambda one: STATES.get(one.peer.state, one.peer.state), stretch=True),
)


class LaptopsCard(Card):
    """`wrote` tells that something was written for a laptop."""

    wrote = Signal()

    def __init__(self, desk: Desk, work: LongWork) -> None:
        super().__init__(_("Laptops"))
        self._desk, self._work = desk, work
        self.listed: RowTable[LaptopLine] = RowTable(COLUMNS, _("Laptops"))
        self.listed.chosen.connect(self._on_chosen)
        self.none = words(
            _("Nog geen laptops. Meld er een aan onder Beheer; daarna komt hier wat hij bijhoudt."),
            tone="muted",
        )
        self.attention = words("", tone="attention")
        self.to = Destination(desk)
        self.write = button(_("Schrijf wat klaarligt"), lambda: self.write_for_chosen(), glyph="save")
        self.enrol = button(_("Laptop aanmelden …"), lambda: desk.sent.emit("administration"))
        self.buttons = FlowLayout()
        self.take = button(_("Geef mee …"), self.ask_take)
        self.ask_back = button(_("Laat gaan …"), self.ask_let_go)
        self.dialog: PeopleDialog | None = None
        self.seldom = Seldom(desk, work, self)
        self.seldom.changed.connect(self._on_manner)
        self.seldom.anew_asked.connect(lambda: self.write_for_chosen(anew=True))
        for made in (self.take, self.ask_back, self.to, self.write, self.enrol):
            self.buttons.addWidget(made)
        for part in (self.none, self.listed, self.attention, self.buttons, self.seldom):
            self.add(part)
        work.busy.connect(self._on_busy)

    def refresh(self) -> None:
        """Read the laptops again."""
        before, found = self.listed.current(), lines(self._desk.workspace)
        self.listed.set_rows(found)
        self.select(before.peer.actor if before else None)
        self.listed.setVisible(bool(found))
        self.listed.fit()
        self.none.setVisible(not found)
        told = [f"⚠ {one.peer.name}: {', '.join(one.attention)}." for one in found if one.attention]
        self.attention.setText("\n".join(told))
        self.attention.setVisible(bool(told))
        for made in (self.to, self.write, self.take, self.ask_back, self.seldom):
            made.setVisible(bool(found))
        self.to.refresh()
        self._on_chosen()

    @property
    def waiting(self) -> frozenset[str]:
        """The laptops that have no confirmation yet of what was read last."""
        rows = self.listed.rows
        lines = (rows.row(number) for number in range(rows.rowCount()))
        return frozenset(one.peer.actor for one in lines if one.waits)

    def select(self, actor: str | None) -> None:
        """Choose a laptop, or the first."""
        self.listed.select_first(lambda one: actor is None or one.peer.actor == actor)
        if self.listed.current() is None:
            self.listed.select_first()

    def _on_chosen(self) -> None:
        one = self.listed.current()
        active = one is not None and one.peer.state == "ACTIVE"
        self.write.setEnabled(active)
        self.seldom.tell(one.on if one is not None and active else None)
        partly = one is not None and active and not one.on.everything
        self.take.setEnabled(partly)
        self.ask_back.setEnabled(partly and one is not None and one.on.dossiers > one.on.leaving)

    def _on_busy(self, busy: bool) -> None:
        for made in (self.to, self.enrol):
            made.setDisabled(busy)
        for made in (self.write, self.take, self.ask_back):
            made.setDisabled(busy)
        if not busy:
            self._on_chosen()

    def ask_take(self) -> None:
        """Choose who goes along on the chosen laptop."""
        one, workspace = self.listed.current(), self._desk.workspace
        if one is None:
            return
        dialog = TakeAlongDialog(self._desk, self, one.on)
        actor = one.peer.actor
        dialog.agreed.connect(
            lambda: self._plan(
                _("Klaarleggen …"),
                partial(along.take_along, workspace, actor, dialog.people.chosen, dialog.until),
                "1 dossier ligt klaar voor {name}.",
                "{n} dossiers liggen klaar voor {name}.",
            )
        )
        self.dialog = dialog
        dialog.open()

    def ask_let_go(self) -> None:
        """Choose who leaves the chosen laptop; those whose day of return passed are ticked."""
        one, workspace = self.listed.current(), self._desk.workspace
        if one is None:
            return
        there, today = along.dossiers_on(workspace, one.peer.actor), workspace.today()
        dialog = PeopleDialog(
            self,
            _("Laat gaan van {name}").format(name=one.on.name),
            _("Ze verlaten de laptop zodra al zijn werk op kantoor bevestigd is. Hier blijven ze."),
            _("Laat {n} gaan"),
        )
        dialog.people.offer(
            [choice for choice, _until in there],
            [choice.client_id for choice, until in there if until is not None and until < today],
            [
                _("tot {day}").format(day=until.strftime("%d/%m/%Y")) if until else ""
                for _choice, until in there
            ],
        )
        actor = one.peer.actor
        dialog.agreed.connect(
            lambda: self._plan(
                _("Terugvragen …"),
                partial(along.let_go, workspace, actor, dialog.people.chosen),
                "1 dossier is teruggevraagd van {name}.",
                "{n} dossiers zijn teruggevraagd van {name}.",
            )
        )
        self.dialog = dialog
        dialog.open()

    def _plan(self, text: str, work: Callable[[], int], single: str, many: str) -> None:
        one = self.listed.current()
        name = one.on.name if one is not None else ""

        def done(count: int) -> None:
            self.refresh()
            self.write.setFocus()
            told = counted(single, many, count).format(name=name)
            self._desk.say(told + _(" Schrijf nu wat klaarligt, en lees het in op de laptop."), "calm")

        self._work.run(text, lambda _progress: work(), done)

    def _on_manner(self, told: str) -> None:
        self.refresh()
        self.write.setFocus()
        self._desk.say(told + _(" Schrijf nu wat klaarligt, en lees het in op de laptop."), "calm")

    def write_for_chosen(self, *, anew: bool = False) -> None:
        """Write all that the office has for the chosen laptop; `anew` also what it was given before."""
        one, workspace = self.listed.current(), self._desk.workspace
        place = self.to.ask() if one is not None else None
        if one is not None and place is not None:
            answer = Answer(one.peer.actor, one.peer.name or "", place)
            self._work.run(
                _("Schrijven wat klaarligt …"),
                lambda progress: give(workspace, answer, progress, anew=anew),
                lambda _path: self._on_written(answer),
            )

    def _on_written(self, answer: Answer) -> None:
        self.refresh()
        self.wrote.emit()
        self._desk.say(
            _("Het staat klaar {where}. Lees het in op {name}.").format(
                where=where(answer.place), name=answer.name
            )
        )
