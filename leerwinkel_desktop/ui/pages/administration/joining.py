"""How a laptop joins its office: its card, its signs, and the office's welcome."""

from __future__ import annotations

from pathlib import Path

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import enrolment
from leerwinkel_desktop.services.enrolment import Invitation
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.comparing import Comparing
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.told import CARDS
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, set_look, words
from leerwinkel_desktop.ui.widgets.signs import Signs


class JoiningSection(Column):
    """Step 1 writes the card, step 2 compares with the poster; a moved vault is asked about first."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self._path: Path | None = None
        self.state = words("", step="large")
        self.write = button(_("1. Schrijf de aanmeldkaart …"), self.write_card, look="primary", glyph="save")
        self.read = button(_("2. Lees de welkomkaart …"), self.read_welcome)
        self.signs = Signs(_("Tekens van deze laptop"))
        self._joining = joining = Card(_("Aanmelden op kantoor"))
        self._what = words("")
        joining.add(self.state)
        joining.add(self._what)
        for part in (self.signs, row(self.write, self.read, None)):
            joining.add(part)
        self.comparing = Comparing(
            _("Tekens van het kantoor"),
            _("Staan deze tekens ook op de affiche in het kantoor?"),
            _("Liever typen? Typ wat op de affiche staat"),
            _("Ze zijn gelijk: meld aan"),
        )
        self.comparing.same.connect(self.accept)
        self.comparing.differ.connect(self._on_differ)
        self._welcome = Card(_("Vergelijk met de affiche"))
        self._told = words("")
        self._welcome.add(self._told)
        self._welcome.add(self.comparing)
        self._welcome.hide()
        self._moved = self._make_moved()
        for card in (self._moved, joining, self._welcome):
            self.add(card)

    def _make_moved(self) -> Card:
        card = Card(
            _("Deze kluis staat op een andere computer dan vroeger"),
            _("Is er nog een computer waarop dezelfde kluis gebruikt wordt? Kies dan “gekopieerd”."),
        )
        self.stay = button(_("Verhuisd: alles blijft zoals het is"), self._on_stay)
        self.renew = button(_("Gekopieerd of teruggezet: meld opnieuw aan"), self._on_renew)
        card.add(row(self.stay, self.renew, None))
        return card

    def refresh(self) -> None:
        """Say whether this laptop has an office."""
        workspace = self._desk.workspace
        device = workspace.device()
        self._moved.setVisible(enrolment.moved(workspace) == "MACHINE")
        self.signs.show_signs(enrolment.own_fingerprint(workspace))
        self._what.setText(
            _(
                "Schrijf de aanmeldkaart op een stick en breng ze naar kantoor. "
                "Daar moet iemand exact deze tekens zien:"
            )
            if device.organisation is None
            else _(
                "Je hoeft hier niets te doen. Vraagt het kantoor om opnieuw aan te melden, schrijf dan een "
                "nieuwe kaart. De tekens van deze laptop:"
            )
        )
        self._set_quiet(device.organisation is not None)
        self.state.setText(
            _("Deze laptop hoort nog bij geen kantoor.")
            if device.organisation is None
            else _("✓ Deze laptop is laptop {n} van {house}.").format(
                n=device.number, house=device.organisation_name
            )
        )

    def _set_quiet(self, enrolled: bool) -> None:
        """Whoever belongs to an office has nothing to do here: the buttons step back."""
        self.write.setText(
            _("Opnieuw aanmelden: schrijf een kaart …") if enrolled else _("1. Schrijf de aanmeldkaart …")
        )
        self.read.setText(_("Lees een nieuwe welkomkaart …") if enrolled else _("2. Lees de welkomkaart …"))
        set_look(self.write, "quiet" if enrolled else "primary")
        set_look(self.read, "quiet" if enrolled else "")

    def write_card(self) -> None:
        """Write the card for the office."""
        workspace = self._desk.workspace
        name = f"aanmelding-{workspace.device().name}.lwc".replace(" ", "-").lower()
        path = self._desk.paper.save_file(self, _("Bewaar de aanmeldkaart"), name, CARDS)
        if path is not None:
            self._work.run(
                _("Kaart schrijven …"),
                lambda _progress: enrolment.write_enrol_card(workspace, path),
                lambda _signs: self._desk.say(
                    _("De kaart staat in {name}. Neem ze mee naar kantoor.").format(name=path.name), "calm"
                ),
            )

    def read_welcome(self) -> None:
        """Look at the office's card, and compare with the poster before anything is taken from it."""
        workspace = self._desk.workspace
        path = self._desk.paper.open_file(self, _("Kies de welkomkaart"), CARDS)
        if path is not None:
            self._path = path
            self._work.run(
                _("Kaart lezen …"),
                lambda _progress: enrolment.read_welcome_card(workspace, path),
                self.compare,
            )

    def compare(self, invitation: Invitation) -> None:
        """Show the signs of a welcome that was read."""
        self._told.setText(
            _("{house} heet deze laptop welkom als laptop {n}.").format(
                house=invitation.organisation, n=invitation.device_number
            )
        )
        self._joining.hide()
        self._welcome.show()
        self.comparing.begin(invitation.root_fingerprint)

    def _close(self) -> None:
        self._path = None
        self._welcome.hide()
        self._joining.show()

    def _on_differ(self) -> None:
        self._close()
        self._desk.say(
            _("Er is niets aanvaard. Vraag op kantoor een nieuwe welkomkaart, en raad aan de beheerder."),
            "attention",
        )

    def accept(self, typed: str) -> None:
        """Take the welcome whose signs were compared."""
        path, workspace = self._path, self._desk.workspace
        if path is not None:
            self._work.run(
                _("Aanmelden …"),
                lambda _progress: enrolment.accept(workspace, path, typed or None),
                lambda _signs: self._on_accepted(),
            )

    def _on_accepted(self) -> None:
        self._close()
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(_("Welkom! Deze laptop hoort nu bij het kantoor en kan overdragen."))

    def _on_stay(self) -> None:
        workspace = self._desk.workspace
        self._work.run(
            _("Even geduld …"),
            lambda _progress: enrolment.stay(workspace),
            lambda _nothing: self._on_stayed(),
        )

    def _on_stayed(self) -> None:
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(_("Deze computer is nu de plaats van de kluis. Overdragen kan weer."))

    def _on_renew(self) -> None:
        workspace = self._desk.workspace
        self._work.run(
            _("Een nieuw nummer nemen …"),
            lambda _progress: enrolment.renew_actor(workspace),
            lambda renewed: self._on_renewed(renewed.renumbered),
        )

    def _on_renewed(self, count: int) -> None:
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(
            counted("1 wijziging is meegenomen.", "{n} wijzigingen zijn meegenomen.", count)
            + _(" Meld de laptop nu opnieuw aan op kantoor.")
        )
