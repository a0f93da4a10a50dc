"""The office's side: bundles in with a preview, laptops and their receipts, and what came by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QListWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import enrolment, exchange
from leerwinkel_desktop.services.dossiers import label_of
from leerwinkel_desktop.services.standing import STATES
from leerwinkel_desktop.store.devices import BundleRow, Peer
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.comparing import laptop_comes
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import CARDS, moment, taken_in, tone
from leerwinkel_desktop.ui.widgets.plain import Card, button, row, words
from leerwinkel_desktop.ui.widgets.plain import Column as Cards
from leerwinkel_desktop.ui.work import LongWork

BUNDLES = _("Bundels (*.lwb)")
WIDTH = 920
LISTED = 8


def told(what: Mapping[str, int]) -> str:
    """What changes for one person: "2 gesprekken"-like counts by kind of record."""
    return ", ".join(f"{label_of(kind)} {n}" if n > 1 else label_of(kind) for kind, n in what.items())


PERSONS: Sequence[Column[exchange.PersonLine]] = (
    Column(_("Naam"), lambda line: line.name),
    Column(_("Nummer"), lambda line: line.number or ""),
    Column(_("Dossier"), lambda line: exchange.STATES[line.most]),
    Column(_("Wat verandert"), lambda line: told(line.what), stretch=True),
)


class OfficeSide(Cards):
    """Import on top: that is what the office comes here for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(WIDTH)
        self._desk = desk
        self.path: Path | None = None
        self.work = LongWork(desk)
        self.work.busy.connect(self._on_busy)
        self._inbox = Card(
            _("Bundels inlezen"), _("Je ziet eerst wat erin zit. Er verandert pas iets na “Lees in”.")
        )
        self.choose = button(_("Kies een bundel …"), self.choose_file)
        self.choose_dir = button(_("Kies een stick of map …"), self.choose_folder)
        self.files = QListWidget()
        self.files.setAccessibleName(_("Bundels in deze map"))
        self.files.currentRowChanged.connect(self._on_file)
        self.files.hide()
        self._found: list[Path] = []
        self.summary = words("", step="large")
        self.summary.hide()
        self.persons: RowTable[exchange.PersonLine] = RowTable(PERSONS, _("Personen in de bundel"))
        self.persons.hide()
        self.take = button(_("Lees in"), self.take_in, look="primary")
        self.take.hide()
        for part in (
            row(self.choose, self.choose_dir, None),
            self.files,
            self.summary,
            self.persons,
            row(None, self.take),
        ):
            self._inbox.add(part)
        self._laptops = Card(_("Laptops"))
        self.peers: RowTable[Peer] = RowTable(
            (
                Column(_("Laptop"), lambda peer: peer.name or "", stretch=True),
                Column(_("Nummer"), lambda peer: str(peer.device_number or ""), number=True),
                Column(
                    _("Ingelezen wijzigingen"),
                    lambda peer: str(peer.upto),
                    lambda peer: peer.upto,
                    number=True,
                ),
                Column(_("Toestand"), lambda peer: STATES[peer.state]),
            ),
            _("Laptops"),
        )
        self._no_laptops = words(_("Nog geen laptops. Lees de aanmeldkaart van een laptop in."), tone="muted")
        self.receipt = button(_("Schrijf bevestiging …"), self.write_receipt)
        self.enrol = button(_("Laptop aanmelden …"), self.enrol_laptop)
        mark = words(
            _("Vingerafdruk van dit kantoor:  {f}").format(f=enrolment.own_fingerprint(desk.workspace))
        )
        for piece in (self._no_laptops, self.peers, mark, row(self.receipt, self.enrol, None)):
            self._laptops.add(piece)
        self._past = Card(_("Wat hier langskwam"))
        self.log: RowTable[BundleRow] = RowTable(
            (
                Column(_("Wanneer"), lambda line: moment(line.at_ms), lambda line: line.at_ms),
                Column(
                    _("Richting"), lambda line: _("ingelezen") if line.direction == "IN" else _("geschreven")
                ),
                Column(_("Bundel"), lambda line: line.file_name, stretch=True),
                Column(_("Regels"), lambda line: str(line.lines), lambda line: line.lines, number=True),
            ),
            _("Bundels"),
        )
        self._past.add(self.log)
        for card in (self.work, self._inbox, self._laptops, self._past):
            self.add(card)
        self.refresh()

    def refresh(self) -> None:
        """Read the laptops and the log again."""
        workspace = self._desk.workspace
        laptops = [peer for peer in enrolment.known_devices(workspace) if peer.role == "laptop"]
        self.peers.set_rows(laptops)
        self.peers.select_first()
        self.peers.setVisible(bool(laptops))
        self._no_laptops.setVisible(not laptops)
        self.receipt.setEnabled(bool(laptops))
        lines = exchange.log(workspace)
        self.log.set_rows(lines)
        self._past.setVisible(bool(lines))
        for table in (self.peers, self.log, self.persons):
            _fit(table)

    def _on_busy(self, busy: bool) -> None:
        for made in (self.choose, self.choose_dir, self.take, self.receipt, self.enrol):
            made.setDisabled(busy)
        self.files.setDisabled(busy)

    def choose_file(self) -> None:
        """Let the user choose one bundle, and look into it."""
        path = self._desk.paper.open_file(self, _("Kies een bundel"), BUNDLES)
        if path is not None:
            self.files.hide()
            self.look_into(path)

    def choose_folder(self) -> None:
        """Let the user choose a folder or stick, and list the bundles on it."""
        folder = self._desk.paper.folder(self, _("Kies een stick of map"))
        if folder is None:
            return
        self._found = exchange.bundles_in(folder)
        self.files.clear()
        self.files.addItems([path.name for path in self._found])
        self.files.setFixedHeight(16 + min(LISTED, len(self._found)) * self.files.sizeHintForRow(0))
        self.files.setVisible(bool(self._found))
        if len(self._found) == 1:
            self.files.setCurrentRow(0)
        if not self._found:
            self._desk.say(_("In deze map staan geen bundels."), "calm")

    def _on_file(self, place: int) -> None:
        if 0 <= place < len(self._found):
            self.look_into(self._found[place])

    def look_into(self, path: Path) -> None:
        """Check a bundle whole and show person by person what it would bring."""
        self.path = path
        self._show_preview(None)
        workspace = self._desk.workspace
        self.work.run(
            _("Bundel nakijken …"),
            lambda progress: exchange.look_into(workspace, path, progress),
            self._show_preview,
        )

    def _show_preview(self, preview: exchange.Preview | None) -> None:
        something = preview is not None and not preview.already
        self.summary.setVisible(preview is not None)
        self.persons.setVisible(something and bool(preview and preview.persons))
        self.take.setVisible(something)
        if preview is None:
            return
        if preview.already:
            when = _(" op {when}").format(when=moment(preview.at_ms)) if preview.at_ms else ""
            self.summary.setText(
                _("Deze bundel van {name} is al ingelezen{when}. Er is niets te doen.").format(
                    name=preview.sender, when=when
                )
            )
            return
        said = _("Van {name}, gemaakt op {when}: {summary}.").format(
            name=preview.sender, when=moment(preview.created_ms), summary=exchange.summary(preview)
        )
        self.summary.setText(" ".join([said, *exchange.beside(preview)]))
        self.persons.set_rows(preview.persons)
        _fit(self.persons)
        self.take.setFocus()

    def take_in(self) -> None:
        """Read the bundle in, whole or not at all."""
        path, workspace = self.path, self._desk.workspace
        if path is not None:
            self.work.run(
                _("Inlezen …"),
                lambda progress: exchange.import_bundle(workspace, path, progress),
                self._on_taken,
            )

    def _on_taken(self, imported: exchange.Imported) -> None:
        self._show_preview(None)
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(taken_in(imported), tone(imported))
        if imported.receipt_for is not None:
            self.peers.select_first(lambda peer: peer.actor == imported.receipt_for)
            self.receipt.setFocus()

    def write_receipt(self) -> None:
        """Write a receipt for the chosen laptop."""
        peer = self.peers.current()
        folder = self._desk.paper.folder(self, _("Kies de stick of de map")) if peer else None
        if peer is not None and folder is not None:
            workspace, actor = self._desk.workspace, peer.actor
            self.work.run(
                _("Bevestiging schrijven …"),
                lambda _progress: exchange.write_receipt(workspace, actor, folder),
                self._on_receipt,
            )

    def _on_receipt(self, path: Path) -> None:
        self.refresh()
        self._desk.say(_("De bevestiging staat in {name}. Lees ze in op de laptop.").format(name=path.name))

    def enrol_laptop(self) -> None:
        """Read a laptop's card, compare fingerprints, and write its welcome."""
        path = self._desk.paper.open_file(self, _("Kies de aanmeldkaart"), CARDS)
        if path is None:
            return
        try:
            candidate = enrolment.read_enrol_card(path)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        dialog = laptop_comes(candidate, self)
        dialog.accepted.connect(lambda: self.welcome(candidate))
        dialog.open()

    def welcome(self, candidate: enrolment.Candidate) -> None:
        """Let a laptop in whose fingerprint was compared."""
        name = f"welkom-{candidate.name}.lwc".replace(" ", "-").lower()
        path = self._desk.paper.save_file(self, _("Bewaar de welkomkaart"), name, CARDS)
        self.work.run_at(
            path,
            _("Welkomkaart schrijven …"),
            lambda workspace, card, _progress: enrolment.welcome(workspace, candidate, card),
            self._on_welcomed,
        )

    def _on_welcomed(self, peer: Peer) -> None:
        self.refresh()
        self._desk.say(
            _("{name} hoort er nu bij. Lees de welkomkaart in op die laptop.").format(name=peer.name)
        )


def _fit(table: RowTable[Any]) -> None:
    """Make a table as high as its rows, up to a number of them."""
    rows = min(LISTED, table.rows.rowCount())
    row_height = table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * row_height + 6)
