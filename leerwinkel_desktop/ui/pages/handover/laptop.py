"""The laptop's side: what will travel, what the office has for it, and belonging to an office at all."""

from __future__ import annotations

from pathlib import Path

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import exchange, places
from leerwinkel_desktop.services.exchange import arrivals
from leerwinkel_desktop.services.exchange.arrivals import Arrival, Stack
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.destination import Destination
from leerwinkel_desktop.ui.pages.handover.here import HereCard
from leerwinkel_desktop.ui.pages.handover.inbox import InboxCard
from leerwinkel_desktop.ui.pages.handover.places import PlacesCard
from leerwinkel_desktop.ui.watch import where
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, set_tone, words
from leerwinkel_desktop.ui.work import LongWork

WIDTH = 960


class LaptopSide(Column):
    """Cards from top to bottom in the order in which a day ends."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(WIDTH)
        self._desk = desk
        self.work = LongWork(desk)
        self.work.busy.connect(self._on_busy)
        self._make_travel()
        self._make_joining()
        self.inbox = InboxCard(
            desk,
            self.work,
            _("Van kantoor"),
            _(
                "Er ligt niets klaar. Wat het kantoor meegeeft, komt hier vanzelf zodra de stick erin zit. "
                "Pas na het inlezen van een bevestiging weet deze laptop wat veilig is."
            ),
            _("kantoor"),
        )
        self.inbox.look.setText(_("Lees in"))
        self.inbox.opened.connect(self.open)
        self.inbox.chosen.connect(self.read)
        self.inbox.all_asked.connect(self.take_all)
        self.places = PlacesCard(desk, self.work)
        self.places.changed.connect(self.to.refresh)
        self.here = HereCard(desk, self.work)
        self.here.left.connect(self.refresh)
        for card in (self.work, self._joining, self._travel, self.inbox, self.here, self.places):
            self.add(card)

    def _make_travel(self) -> None:
        self._travel = Card(_("Wat reist mee"))
        self.told = words("", step="large")
        self.safe = words("", tone="muted")
        self.to = Destination(self._desk)
        self.write = button(_("Schrijf bundel"), self.write_bundle, look="primary", glyph="save")
        buttons = FlowLayout()
        for made in (self.to, self.write):
            buttons.addWidget(made)
        for part in (self.told, self.safe, buttons):
            self._travel.add(part)

    def _make_joining(self) -> None:
        self._joining = Card(_("Nog bij geen kantoor"))
        self._joining.add(
            words(
                _(
                    "Meld deze laptop eerst aan. Alles wat je typt, blijft ondertussen hier bewaard en "
                    "reist daarna mee."
                )
            )
        )
        self.join = button(_("Aanmelden …"), lambda: self._desk.sent.emit("administration"), look="primary")
        buttons = FlowLayout()
        buttons.addWidget(self.join)
        self._joining.add(buttons)

    def refresh(self) -> None:
        """Read again what is only here, and look what lies ready."""
        workspace = self._desk.workspace
        enrolled = workspace.device().organisation is not None
        self._joining.setVisible(not enrolled)
        for widget in (self.write, self.to, self.inbox, self.places):
            widget.setVisible(enrolled)
        self.places.refresh()
        self.to.refresh()
        self.here.refresh()
        self._desk.jobs.start(
            self, lambda _progress: exchange.pending(workspace), self._on_known, self._desk.report
        )
        if enrolled:
            self._desk.watch.look_far()

    def _on_known(self, pending: exchange.Pending) -> None:
        told, tone = travelling(pending)
        self.told.setText(told)
        set_tone(self.told, tone)
        self.safe.setText(
            counted(
                "1 dossier staat veilig op kantoor.",
                "{n} dossiers staan veilig op kantoor.",
                pending.safe_dossiers,
            )
        )
        self.safe.setVisible(bool(pending.safe_dossiers))
        self.write.setEnabled(pending.changes > 0 or pending.to_tell)

    def _on_busy(self, busy: bool) -> None:
        for made in (self.write, self.to):
            made.setDisabled(busy)

    def write_bundle(self) -> None:
        """Write everything since the last receipt to the chosen place."""
        place, workspace = self.to.ask(), self._desk.workspace
        if place is not None:
            self.work.run(
                _("Bundel schrijven …"),
                lambda progress: places.deliver(
                    workspace,
                    place,
                    lambda folder: exchange.write_bundle(workspace, folder, progress),
                    progress,
                ),
                lambda written: self._on_written(written, place),
            )

    def _on_written(self, written: exchange.Written, place: Place) -> None:
        self.refresh()
        self._desk.kept.emit()
        carry = _(" Breng de stick naar kantoor.") if place.kind in ("STICK", "FOLDER") else ""
        if not written.changes:
            told = _("Klaar: {name} zegt het kantoor wat hier gewist is.") + carry
            self._desk.say(told.format(name=written.path.name))
            return
        told = _("Klaar: {changes} in {files} in het bestand {name} {where}.") + carry
        self._desk.say(
            told.format(
                changes=_changes(written.changes),
                files=_files(written.dossiers),
                name=written.path.name,
                where=where(place),
            )
        )

    def open(self, one: Arrival) -> None:
        """Read what the office sent; from far away it is fetched first."""
        workspace = self._desk.workspace
        self.work.run(
            _("Lezen wat het kantoor meegaf …"),
            lambda progress: exchange.import_bundle(
                workspace, arrivals.at_hand(workspace, one, progress), progress
            ),
            self._on_received,
        )

    def read(self, path: Path) -> None:
        """Read a file that the user pointed at."""
        self.work.run_at(path, _("Lezen wat het kantoor meegaf …"), exchange.import_bundle, self._on_received)

    def take_all(self, new: tuple[Arrival, ...]) -> None:
        """Read all that the office sent, one after the other."""
        workspace = self._desk.workspace
        self.work.run(
            _("Lezen wat het kantoor meegaf …"),
            lambda progress: arrivals.take_all(workspace, new, progress),
            self._on_stack,
        )

    def _on_stack(self, stack: Stack) -> None:
        for _told, imported in stack.taken:
            self._on_received(imported)
        if stack.problem is not None:
            self._desk.report(stack.problem)
        elif stack.stopped is not None:
            self.open(stack.stopped)

    def _on_received(self, imported: exchange.Imported) -> None:
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(*received(imported))


def received(imported: exchange.Imported) -> tuple[str, str]:
    """What came of reading what the office sent, and its tone."""
    if imported.already:
        return _("Dit was al gelezen. Er is niets veranderd."), "calm"
    if not imported.confirmed:
        return _("Gelezen: wat het kantoor meegaf, staat nu op deze laptop."), "good"
    told = counted(
        "Gelezen: 1 wijziging van deze laptop is veilig op kantoor.",
        "Gelezen: {n} wijzigingen van deze laptop zijn veilig op kantoor.",
        imported.confirmed,
    )
    return told, "good"


def travelling(pending: exchange.Pending) -> tuple[str, str]:
    """What is only on this laptop, in one sentence, and its tone."""
    if pending.to_tell and not pending.changes:
        told = _(
            "Wat het kantoor gaf, terugvroeg of wiste, is hier verwerkt. "
            "Schrijf een bundel: dan weet het kantoor het."
        )
        return told, "attention"
    if not pending.changes and pending.last_receipt_ms is None:
        return _("Er is nog niets om over te dragen."), "muted"
    if not pending.changes:
        return _("Niets: alles van deze laptop is al op kantoor."), "good"
    told = counted(
        "1 wijziging in {files} staat alleen op deze laptop.",
        "{n} wijzigingen in {files} staan alleen op deze laptop.",
        pending.changes,
    )
    return told.format(files=_files(pending.dossiers)), "attention"


def _changes(n: int) -> str:
    return counted("1 wijziging", "{n} wijzigingen", n)


def _files(n: int) -> str:
    return counted("1 dossier", "{n} dossiers", n)
