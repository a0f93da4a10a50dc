"""Laptops of which the audit trail does not fit what was handed over before: told until it was seen."""

from __future__ import annotations

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access, auditing, enrolment
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.plain import Card, button, row, set_tone, words


class TrailCard(Card):
    """Hidden while every trail fits."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(
            _("Een logboek klopt niet"),
            _("Het werk van deze laptops is gewoon ingelezen, en wat het kantoor al had, is bewaard."),
        )
        self._desk, self._work = desk, work
        self.dialog: ConfirmDialog | None = None
        self.told = words("")
        set_tone(self.told, "danger")
        self.seen = button(_("Gezien …"), self.ask)
        self._actors: list[str] = []
        self.add(self.told)
        self.add(words(_("Vraag na wie met de laptop werkte en of iemand aan de kluis kwam."), tone="muted"))
        self.add(row(None, self.seen))

    def refresh(self) -> None:
        """Look again at which laptops something does not fit."""
        workspace = self._desk.workspace
        names = {peer.actor: peer.name for peer in enrolment.known_devices(workspace)}
        found = auditing.laptop_breaks(workspace)
        self._actors = list(found)
        line = _("⚠ {name}: vanaf regel {n} is er iets geschrapt of gewijzigd (gemerkt op {when}).")
        self.told.setText(
            "\n".join(
                line.format(name=names.get(actor) or "", n=one.number, when=moment(one.at_ms))
                for actor, one in found.items()
            )
        )
        self.seen.setEnabled(access.allowed(workspace, "ADMINISTRATOR"))
        self.setVisible(bool(found))

    def ask(self) -> None:
        """Say what it means to have seen it, and ask once more."""
        workspace, actors = self._desk.workspace, self._actors
        dialog = ConfirmDialog(
            self,
            _("Heb je dit nagekeken?"),
            (
                _("De waarschuwing gaat dan weg. Klopt er later nog iets niet, dan komt er een nieuwe."),
                _("De regels die het kantoor bewaart, blijven staan, ook de geschrapte."),
                _("In het logboek komt dat jij het gezien hebt."),
            ),
            _("Gezien"),
        )

        def acknowledge(_again: object) -> None:
            for actor in actors:
                auditing.acknowledge(workspace, actor)

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.guarded(_("Even geduld …"), acknowledge, lambda _nothing: self._on_seen())

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def _on_seen(self) -> None:
        self.refresh()
        self._desk.say(_("Genoteerd. De bewaarde regels blijven staan."))
