"""The laptop's side: what will travel, the bundle, the receipt, and becoming known at the office."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import enrolment, exchange
from leerwinkel_desktop.services.enrolment import Invitation
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.comparing import office_welcomes
from leerwinkel_desktop.ui.told import CARDS
from leerwinkel_desktop.ui.widgets.plain import XS, Card, Column, button, column, row, set_tone, words
from leerwinkel_desktop.ui.work import LongWork

BUNDLES = _("Bundels (*.lwb)")


class LaptopSide(Column):
    """Cards from top to bottom in the order in which a day ends."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.work = LongWork(desk)
        self.work.busy.connect(self._on_busy)
        self._travel = Card(_("Wat reist mee"))
        self.told = words("", step="large")
        self._safe = words("", tone="muted")
        self.write = button(
            _("Schrijf bundel op de stick …"), self.write_bundle, look="primary", glyph="save"
        )
        for part in (self.told, self._safe, row(self.write, None)):
            self._travel.add(part)
        self._receipt = Card(
            _("Bevestiging van kantoor"),
            _("Het kantoor geeft een bevestiging mee. Pas na het inlezen weet deze laptop wat veilig is."),
        )
        self.read = button(_("Lees een bevestiging …"), self.read_receipt)
        self._receipt.add(row(self.read, None))
        self._enrol = Card(_("Aanmelden bij het kantoor"))
        self._enrol_told = words(
            _(
                "Deze laptop hoort nog bij geen kantoor. Schrijf een kaart, breng ze naar kantoor, "
                "vergelijk daar de vingerafdruk, en lees hier de welkomkaart in."
            )
        )
        self.fingerprint = words("", step="heading", wrap=False)
        self.fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card = button(_("1. Schrijf aanmeldkaart …"), self.write_card, look="primary")
        self.welcome = button(_("2. Lees welkomkaart …"), self.read_welcome)
        mark = column(words(_("Vingerafdruk van deze laptop"), tone="muted"), self.fingerprint, space=XS)
        for piece in (self._enrol_told, mark, row(self.card, self.welcome, None)):
            self._enrol.add(piece)
        for card in (self.work, self._enrol, self._travel, self._receipt):
            self.add(card)
        self.refresh()

    def refresh(self) -> None:
        """Read again what is only here."""
        workspace = self._desk.workspace
        enrolled = workspace.device().organisation is not None
        self._enrol.setVisible(not enrolled)
        self._receipt.setVisible(enrolled)
        self.write.setVisible(enrolled)
        self._desk.jobs.start(
            self, lambda _progress: exchange.pending(workspace), self._on_known, self._desk.report
        )
        self.fingerprint.setText(enrolment.own_fingerprint(workspace))

    def _on_known(self, pending: exchange.Pending) -> None:
        told, tone = travelling(pending)
        self.told.setText(told)
        set_tone(self.told, tone)
        self._safe.setText(
            counted(
                "1 dossier staat veilig op kantoor.",
                "{n} dossiers staan veilig op kantoor.",
                pending.safe_dossiers,
            )
        )
        self._safe.setVisible(bool(pending.safe_dossiers))
        self.write.setEnabled(pending.changes > 0 or pending.erased)

    def _on_busy(self, busy: bool) -> None:
        for made in (self.write, self.read, self.card, self.welcome):
            made.setDisabled(busy)

    def write_bundle(self) -> None:
        """Write everything since the last receipt to a folder that the user chooses."""
        folder = self._desk.paper.folder(self, _("Kies de stick of de map"))
        self.work.run_at(folder, _("Bundel schrijven …"), exchange.write_bundle, self._on_written)

    def _on_written(self, written: exchange.Written) -> None:
        self.refresh()
        self._desk.kept.emit()
        if not written.changes:
            told = _("Klaar: {name} zegt het kantoor wat hier gewist is. Breng de stick naar kantoor.")
            self._desk.say(told.format(name=written.path.name))
            return
        self._desk.say(
            _("Klaar: {changes} in {files} in het bestand {name}. Breng de stick naar kantoor.").format(
                changes=_changes(written.changes), files=_files(written.dossiers), name=written.path.name
            )
        )

    def read_receipt(self) -> None:
        """Read what the office sent back."""
        path = self._desk.paper.open_file(self, _("Kies de bevestiging"), BUNDLES)
        self.work.run_at(path, _("Bevestiging lezen …"), exchange.import_bundle, self._on_received)

    def _on_received(self, imported: exchange.Imported) -> None:
        self.refresh()
        self._desk.kept.emit()
        if imported.already:
            self._desk.say(_("Deze bevestiging was al gelezen. Er is niets veranderd."), "calm")
        else:
            self._desk.say(
                counted(
                    "Gelezen: 1 wijziging van deze laptop is veilig op kantoor.",
                    "Gelezen: {n} wijzigingen van deze laptop zijn veilig op kantoor.",
                    imported.confirmed,
                )
            )

    def write_card(self) -> None:
        """Write the enrol card for the office."""
        name = f"aanmelding-{self._desk.workspace.device().name}.lwc".replace(" ", "-").lower()
        path = self._desk.paper.save_file(self, _("Bewaar de aanmeldkaart"), name, CARDS)
        self.work.run_at(
            path,
            _("Kaart schrijven …"),
            lambda workspace, card, _progress: enrolment.write_enrol_card(workspace, card),
            lambda mark: self._desk.say(
                _("De kaart is geschreven. Het kantoor moet deze vingerafdruk zien: {f}").format(f=mark),
                "calm",
            ),
        )

    def read_welcome(self) -> None:
        """Look at the office's welcome card, and compare with the poster before anything is taken from it."""
        path = self._desk.paper.open_file(self, _("Kies de welkomkaart"), CARDS)
        self.work.run_at(
            path,
            _("Kaart lezen …"),
            lambda workspace, card, _progress: (card, enrolment.read_welcome_card(workspace, card)),
            lambda read: self._compare(*read),
        )

    def _compare(self, path: Path, invitation: Invitation) -> None:
        dialog = office_welcomes(invitation, self)
        dialog.accepted.connect(lambda: self.accept(path))
        dialog.open()

    def accept(self, path: Path) -> None:
        """Take the welcome whose signs were compared."""
        self.work.run_at(
            path,
            _("Aanmelden …"),
            lambda workspace, card, _progress: enrolment.accept(workspace, card),
            lambda _signs: self._on_accepted(),
        )

    def _on_accepted(self) -> None:
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(_("Welkom! Deze laptop hoort nu bij het kantoor en kan overdragen."))


def travelling(pending: exchange.Pending) -> tuple[str, str]:
    """What is only on this laptop, in one sentence, and its tone."""
    if pending.erased and not pending.changes:
        told = _("Wat op kantoor gewist werd, is hier ook weg. Schrijf een bundel: dan weet het kantoor het.")
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
