"""A backup now, what putting one back means, and whether the vault is whole."""

from __future__ import annotations

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import backups, vaults
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.told import BACKUPS, RESTORING, moment
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, words


class BackupSection(Column):
    """Write one; putting one back happens while the vault is locked."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self.write = button(_("Maak een reservekopie …"), self.write_backup, look="primary", glyph="save")
        work.busy.connect(self.write.setDisabled)
        self.told = words("", tone="muted")
        made = Card(
            _("Een reservekopie maken"),
            _(
                "Eén bestand met alles, versleuteld zoals de kluis zelf. Er staat geen wachtzin in: "
                "het gaat open met het kantoor of met het herstelblad. Bewaar het niet bij de computer."
            ),
        )
        made.add(self.told)
        made.add(row(self.write, None))
        back = Card(_("Een reservekopie terugzetten"))
        for sentence in RESTORING:
            back.add(words("• " + sentence))
        back.add(
            words(
                _(
                    "Zo doe je het: vergrendel (Ctrl+L), kies “Wachtzin vergeten?” "
                    "en dan “Reservekopie terugzetten”."
                )
            )
        )
        self.add(made)
        self.add(back)

    def refresh(self) -> None:
        """Say when the last one was made, as far as it can be found."""
        known = backups.known(self._desk.workspace.folder)
        self.told.setText(
            _("Laatste kopie die we nog vinden: {name}, {when}.").format(
                name=known[0].path.name, when=moment(known[0].made_ms)
            )
            if known
            else _("Er is nog geen kopie die we kunnen vinden.")
        )

    def write_backup(self) -> None:
        """Write a backup to where the user wants it, as a job."""
        workspace = self._desk.workspace
        name = f"reservekopie-{workspace.today().isoformat()}{backups.SUFFIX}"
        path = self._desk.paper.save_file(self, _("Bewaar de reservekopie"), name, BACKUPS)
        if path is not None:
            self._work.run(
                _("Reservekopie schrijven …"),
                lambda progress: backups.write(workspace, path, progress),
                self._on_written,
            )

    def _on_written(self, backup: backups.Backup) -> None:
        self.refresh()
        self._desk.say(
            _("De reservekopie staat in {name}. Leg ze op een andere plaats dan deze computer.").format(
                name=backup.path.name
            )
        )


class HealthSection(Column):
    """Read every page and every line of the log."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self.check = button(_("Kijk de kluis na"), self.check_vault, look="primary")
        work.busy.connect(self.check.setDisabled)
        card = Card(_("De kluis nakijken"), _("Leest elke bladzijde en elke regel van het logboek."))
        card.add(row(self.check, None))
        self.add(card)

    def check_vault(self) -> None:
        """Read every page and every audit entry, as a job."""
        workspace = self._desk.workspace
        self._work.run(_("De kluis nakijken …"), lambda _progress: vaults.check(workspace), self._on_checked)

    def _on_checked(self, health: vaults.Health) -> None:
        if health.good:
            self._desk.say(_("De kluis is in orde: alle gegevens zijn leesbaar en het logboek is heel."))
        elif health.damage:
            self._desk.say(
                _("De kluis is beschadigd. Draag meteen over wat nog lukt en zet een reservekopie terug."),
                "danger",
            )
        else:
            self._desk.say(
                _("Het logboek is niet heel vanaf regel {n}. De dossiers zelf zijn leesbaar.").format(
                    n=health.broken_audit
                ),
                "danger",
            )
