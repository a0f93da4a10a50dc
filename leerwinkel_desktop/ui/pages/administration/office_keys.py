"""The office's own signs, for the poster, and its keys, which change once a year."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import enrolment, poster
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.paper_out import PaperOut
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import Card, button, row, set_tone, words
from leerwinkel_desktop.ui.widgets.signs import Signs


class KeysCard(Card):
    """The signs stand there always; the line for the root key opens when somebody asks."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(
            _("De sleutels van dit kantoor"),
            _("Hang deze tekens op een affiche in het kantoor: elke laptop vergelijkt ermee."),
        )
        self._desk, self._work = desk, work
        self.signs = Signs(_("Tekens van dit kantoor"))
        self.told = words("")
        self.open = button(_("Vernieuw de sleutels …"), self._on_open)
        self.root = QLineEdit()
        self.root.setAccessibleName(_("Wortelsleutel van het herstelblad"))
        self.stop = button(_("Toch niet"), self._close)
        self.go = button(_("Vernieuw"), self.rotate)
        self._form = Card(name="row")
        self._form.add(
            words(_("Haal het herstelblad uit de omslag. De bovenste sleutel is de wortelsleutel."))
        )
        self._form.add(captioned(_("Wortelsleutel van het herstelblad"), self.root))
        self._form.add(row(self.stop, None, self.go))
        self.poster = PaperOut(
            desk,
            _("Affiche"),
            "Affiche-tekens-van-het-kantoor",
            lambda: poster.render(desk.workspace),
        )
        for part in (self.signs, self.poster, self.told, row(self.open, None), self._form):
            self.add(part)
        self._form.hide()

    def refresh(self) -> None:
        """Say whether the keys are due."""
        workspace = self._desk.workspace
        self.signs.show_signs(enrolment.own_fingerprint(workspace))
        due = enrolment.rotation_due(workspace)
        self.told.setText(
            _("⚠ De sleutels zijn ouder dan een jaar. Vernieuw ze nu.")
            if due
            else _("De sleutels zijn jonger dan een jaar. Vernieuwen kan elk jaar.")
        )
        set_tone(self.told, "attention" if due else "muted")

    def _on_open(self) -> None:
        self._form.show()
        self.root.setFocus()

    def _close(self) -> None:
        self.root.clear()
        self._form.hide()

    def rotate(self) -> None:
        """Give the office new keys with the root key of the sheet."""
        typed, workspace = self.root.text(), self._desk.workspace
        self._work.guarded(
            _("Nieuwe sleutels maken …"),
            lambda _again: enrolment.rotate(workspace, typed),
            lambda _nothing: self._on_rotated(),
        )

    def _on_rotated(self) -> None:
        self._close()
        self.refresh()
        self._desk.say(
            _("Het kantoor heeft nieuwe sleutels. Elke laptop krijgt ze met zijn volgende bevestiging.")
        )
