"""The office's laptops: let one in, stop one, and decide on what was put aside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import enrolment
from leerwinkel_desktop.services.enrolment import Candidate
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.services.standing import STATES
from leerwinkel_desktop.store.devices import Peer
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.aside import AsideCard
from leerwinkel_desktop.ui.pages.administration.comparing import Comparing
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.pages.administration.office_keys import KeysCard
from leerwinkel_desktop.ui.pages.administration.tables import fit
from leerwinkel_desktop.ui.pages.administration.trails import TrailCard
from leerwinkel_desktop.ui.table import Column as TableColumn
from leerwinkel_desktop.ui.table import RowTable
from leerwinkel_desktop.ui.told import CARDS
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.plain import Card, Column, M, button, column, row, set_tone, words
from leerwinkel_desktop.ui.widgets.signs import Signs


class LaptopsSection(Column):
    """A list, a card that opens to let a laptop in, what was put aside, and the office's own keys."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self.dialog: ConfirmDialog | None = None
        self.listed: RowTable[Peer] = RowTable(
            (
                TableColumn(_("Laptop"), lambda peer: peer.name or "", stretch=True),
                TableColumn(_("Nummer"), lambda peer: str(peer.device_number or "")),
                TableColumn(_("Ingelezen"), lambda peer: str(peer.upto), lambda peer: peer.upto, number=True),
                TableColumn(_("Toestand"), lambda peer: STATES.get(peer.state, peer.state)),
            ),
            _("Laptops"),
        )
        self.listed.chosen.connect(self._on_chosen)
        self.none = words(_("Er zijn nog geen laptops."), tone="muted")
        self.new = button(_("Laptop aanmelden …"), self.read_card, look="primary", glyph="add")
        self.revoke = button(_("Afmelden …"), self.ask_revoke)
        self.lost = button(_("Verloren melden …"), self.ask_lost)
        self._list = Card(_("Laptops van dit kantoor"))
        self.unconfirmed = words("")
        set_tone(self.unconfirmed, "attention")
        buttons = row(self.new, None, self.revoke, self.lost)
        for part in (self.none, self.listed, self.unconfirmed, buttons):
            self._list.add(part)
        self.pairing = PairingCard(desk, work)
        self.pairing.opened.connect(lambda _open: self.refresh())
        self.aside = AsideCard(desk, work)
        self.aside.released.connect(self.refresh)
        self.trails = TrailCard(desk, work)
        self.keys = KeysCard(desk, work)
        for card in (self._list, self.pairing, self.trails, self.aside, self.keys):
            self.add(card)
        work.busy.connect(lambda busy: self.new.setDisabled(busy))

    def refresh(self) -> None:
        """Read the laptops, what was put aside, and the keys again."""
        laptops = [peer for peer in enrolment.known_devices(self._desk.workspace) if peer.role == "laptop"]
        self.listed.set_rows(laptops)
        self.listed.select_first()
        self.listed.setVisible(bool(laptops))
        self.none.setVisible(not laptops)
        fit(self.listed)
        self._tell_unconfirmed()
        self._on_chosen()
        self.keys.refresh()
        self._hide_rest(self.pairing.open)

    def _tell_unconfirmed(self) -> None:
        """Name the laptops that have not confirmed yet what was erased here."""
        waiting = erasure.waiting(self._desk.workspace)
        names = [f"{one.name} ({STATES[one.state]})" if one.stopped else one.name for one in waiting]
        told = [_("⚠ Wat hier gewist werd, kan nog staan op: {names}.").format(names=", ".join(names))]
        if not all(one.stopped for one in waiting):
            told.append(
                _(
                    "Geef een bevestiging mee; met de volgende bundel bevestigt de laptop "
                    "dat het ook daar weg is."
                )
            )
        if any(one.stopped for one in waiting):
            told.append(
                _("Een afgemelde of verloren laptop bevestigt niets meer; wat daar staat, is versleuteld.")
            )
        self.unconfirmed.setVisible(bool(waiting))
        self.unconfirmed.setText(" ".join(told))

    def _hide_rest(self, pairing: bool) -> None:
        """One thing at a time: while a laptop is let in, the rest waits."""
        self._list.setHidden(pairing)
        self.keys.setHidden(pairing)
        for card in (self.trails, self.aside):
            card.refresh()
            card.setHidden(pairing or card.isHidden())

    def _on_chosen(self) -> None:
        peer = self.listed.current()
        self.revoke.setEnabled(peer is not None and peer.state == "ACTIVE")
        self.lost.setEnabled(peer is not None and peer.state != "LOST")

    def read_card(self) -> None:
        """Read the card that a laptop wrote, and compare."""
        path = self._desk.paper.open_file(self, _("Kies de aanmeldkaart"), CARDS)
        if path is not None:
            self._work.run(
                _("De kaart lezen …"),
                lambda _progress: enrolment.read_enrol_card(path),
                self.pairing.compare,
            )

    def ask_revoke(self) -> None:
        """Say what it means that a laptop is not used any more, and ask once more."""
        self._ask(
            _("{name} afmelden?"),
            (
                _("Wat al ingelezen is, blijft."),
                _("Bundels die hij later schrijft, komen apart te staan. Een beheerder beslist erover."),
                _("Lees dus eerst zijn laatste bundel in."),
            ),
            _("Meld af"),
            enrolment.revoke,
            _("{name} is afgemeld. De andere laptops horen het bij hun volgende bevestiging."),
        )

    def ask_lost(self) -> None:
        """Say what it means that a laptop is lost, and ask once more."""
        self._ask(
            _("{name} is verloren of gestolen?"),
            (
                _("Wat al ingelezen is, blijft. Wat later van deze laptop komt, komt apart te staan."),
                _("De kluis is versleuteld: zonder wachtzin is er niets te lezen."),
                _("Het logboek noteert dat je het vandaag meldt."),
                _("Onder Papieren staat het blad voor de DPO: wat erop stond en sinds wanneer."),
            ),
            _("Meld verloren"),
            enrolment.lost,
            _("{name} staat als verloren op de lijst. Maak nu het blad voor de DPO onder Papieren."),
        )

    def _ask(
        self,
        heading: str,
        meaning: tuple[str, ...],
        action: str,
        stop: Callable[..., None],
        told: str,
    ) -> None:
        peer, workspace = self.listed.current(), self._desk.workspace
        if peer is None:
            return
        dialog = ConfirmDialog(self, heading.format(name=peer.name), meaning, action)

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.guarded(
                _("Even geduld …"),
                lambda _again: stop(workspace, peer.actor),
                lambda _nothing: self._on_stopped(told.format(name=peer.name)),
            )

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def _on_stopped(self, told: str) -> None:
        self.refresh()
        self._desk.say(told)


class PairingCard(Card):
    """Compare, write the welcome, and say what comes next; `opened` tells when the card comes and goes."""

    opened = Signal(bool)

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(_("Een laptop aanmelden"))
        self._desk, self._work = desk, work
        self._candidate: Candidate | None = None
        self.open = False
        self.name = words("")
        self.comparing = Comparing(
            _("Tekens van de laptop"),
            _("Op de laptop staan deze tekens onder Beheer, Aanmelden. Lees ze samen groep per groep:"),
            _("Liever typen? Typ wat op de laptop staat"),
            _("Ze zijn gelijk, verder …"),
        )
        self.comparing.same.connect(self.welcome)
        self.comparing.differ.connect(self.stop)
        told = _(
            "De welkomkaart is geschreven. Lees ze nu in op de laptop. "
            "Daar vraagt het venster of deze tekens op de affiche staan:"
        )
        self.next = words(told)
        self.root = Signs(_("Tekens van dit kantoor"))
        self.done = button(_("Klaar"), lambda: self._set_open(False), look="primary")
        self._after = QWidget()
        after = column(self.next, self.root, row(None, self.done), space=M)
        after.setContentsMargins(0, 0, 0, 0)
        self._after.setLayout(after)
        for piece in (self.name, self.comparing, self._after):
            self.add(piece)
        self.hide()

    def _set_open(self, wanted: bool) -> None:
        self.open = wanted
        self.setVisible(wanted)
        self.opened.emit(wanted)

    def compare(self, candidate: Candidate) -> None:
        """Show the signs of a card that was read."""
        self._candidate = candidate
        self.name.setText(_("De laptop noemt zich {name}.").format(name=candidate.name))
        self.comparing.show()
        self._after.hide()
        self._set_open(True)
        self.comparing.begin(candidate.fingerprint)

    def stop(self) -> None:
        """The signs differ: nothing is written."""
        self._candidate = None
        self._set_open(False)
        self._desk.say(
            _(
                "De laptop is niet toegelaten. Schrijf op de laptop een nieuwe kaart; "
                "verschillen de tekens dan nog, vraag raad aan de beheerder."
            ),
            "attention",
        )

    def welcome(self, typed: str) -> None:
        """Check what was typed, if anything, and write the welcome."""
        candidate, workspace = self._candidate, self._desk.workspace
        if candidate is None:
            return
        try:
            if typed:
                enrolment.check_fingerprint(candidate, typed)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        name = f"welkom-{candidate.name}.lwc".replace(" ", "-").lower()
        path = self._desk.paper.save_file(self, _("Bewaar de welkomkaart"), name, CARDS)
        if path is not None:
            self._work.guarded(
                _("Welkomkaart schrijven …"),
                lambda _again: enrolment.welcome(workspace, candidate, path),
                self._on_welcomed,
            )

    def _on_welcomed(self, peer: Peer) -> None:
        self._candidate = None
        self.root.show_signs(enrolment.own_fingerprint(self._desk.workspace))
        self.comparing.hide()
        self._after.show()
        self.opened.emit(True)
        self._desk.kept.emit()
        self._desk.say(
            _("{name} hoort er nu bij als laptop {n}.").format(name=peer.name, n=peer.device_number)
        )
