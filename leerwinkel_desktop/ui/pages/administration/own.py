"""One's own passphrase, and how this vault is used: at an office or in a prison."""

from __future__ import annotations

from leerwinkel_desktop.domain.profiles import PRISON, PROFILES
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import profile, vaults
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.passphrase import ChoosePassphrase
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, words


class PassphraseSection(Column):
    """Give oneself another passphrase."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self.passphrase = ChoosePassphrase(lambda: (desk.workspace.user,))
        self.change = button(_("Wijzig de wachtzin"), self.change_passphrase, look="primary")
        self.change.setEnabled(False)
        self.passphrase.changed.connect(lambda: self.change.setEnabled(self.passphrase.value is not None))
        self.passphrase.entered.connect(self.change_passphrase)
        card = Card(_("Mijn wachtzin wijzigen"), _("De dossiers zelf blijven zoals ze zijn."))
        card.add(self.passphrase)
        card.add(row(None, self.change))
        self.add(card)

    def change_passphrase(self) -> None:
        """Give this user the new passphrase, as a job."""
        typed, workspace = self.passphrase.value, self._desk.workspace
        if typed is not None:
            self._work.confirmed(
                _("Zo wijzigt niemand anders je wachtzin terwijl je even weg bent."),
                _("De wachtzin wijzigen …"),
                lambda: vaults.change_passphrase(workspace, typed),
                lambda _nothing: self._on_changed(),
            )

    def _on_changed(self) -> None:
        self.passphrase.clear()
        self._desk.say(_("De nieuwe wachtzin geldt vanaf nu."))


class ProfileSection(Column):
    """Office or prison, and what the difference is."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self.choice = Segments([(code, one.label) for code, one in PROFILES.items()], _("Profiel"))
        self.choice.changed.connect(self.choose)
        card = Card(_("Waar wordt deze computer gebruikt?"))
        card.add(self.choice)
        card.add(words(_("In het gevangenisprofiel:"), step="lead"))
        for text in (
            _("gaat het venster na {n} seconden op slot").format(n=PRISON.idle_seconds),
            _("staan er minder velden op het scherm; wat al bewaard was, blijft"),
            _("staan er geen links of QR-codes op papier"),
            _("vragen we opnieuw je wachtzin voor exporteren, gebruikers en wissen"),
        ):
            card.add(words("• " + text))
        card.add(
            words(_("Bij vertrek druk je onder Papieren af wat er op laptop en stick staat."), tone="muted")
        )
        self.add(card)

    def refresh(self) -> None:
        """Show the profile that holds now."""
        self.choice.set_code(profile.current(self._desk.workspace).code)

    def choose(self) -> None:
        """Use the vault in the other way."""
        code, workspace = self.choice.code(), self._desk.workspace
        self.refresh()
        if code is not None and code != self.choice.code():
            self._work.guarded(
                _("Het profiel wisselen …"),
                lambda secret: profile.choose(workspace, code, secret),
                lambda chosen: self._on_chosen(chosen.label),
            )

    def _on_chosen(self, label: str) -> None:
        self.refresh()
        self._desk.kept.emit()
        self._desk.say(_("Het profiel is nu {label}.").format(label=label))
