"""Puts a backup back while the vault is locked, and says first what that means."""

from __future__ import annotations

from pathlib import Path

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import backups
from leerwinkel_desktop.ui.pages.helping.bench import Bench
from leerwinkel_desktop.ui.told import BACKUPS, RESTORING, moment
from leerwinkel_desktop.ui.widgets.captioned import captioned, secret_line
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, words


class Restoring(Column):
    """Choose a backup, look at it, put it back."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._backup: backups.Backup | None = None
        self.choose = button(_("Kies een reservekopie …"), self.choose_backup)
        self.told = words(_("Nog geen kopie gekozen."), tone="muted")
        self.typed = secret_line(_("Wachtzin van deze kluis"))
        self.restore = button(_("Zet de kopie terug"), self.put_back, look="primary")
        self.restore.setEnabled(False)
        card = Card(_("Een reservekopie terugzetten"))
        for sentence in RESTORING:
            card.add(words("• " + sentence))
        card.add(row(self.choose, None))
        card.add(self.told)
        self._phrase = Card(name="row")
        self._phrase.add(
            words(
                _(
                    "Ken je nog een wachtzin van de kluis die hier staat? Dan blijven dezelfde gebruikers. "
                    "Laat je dit leeg, dan opent daarna alleen het kantoor of het herstelblad de kopie."
                )
            )
        )
        self._phrase.add(captioned(_("Wachtzin van deze kluis"), self.typed))
        card.add(self._phrase)
        card.add(row(None, self.restore))
        self.add(card)

    def refresh(self) -> None:
        """Ask a passphrase only where there is a vault that one could open."""
        ways = self._bench.ways
        self._phrase.setVisible(ways is not None and ways.vault and bool(ways.users))

    def choose_backup(self) -> None:
        """Let the user choose a file, and read it to its end."""
        path = self._bench.paper.open_file(self, _("Kies een reservekopie"), BACKUPS)
        if path is not None:
            self._bench.run(self, _("De kopie nakijken …"), lambda: backups.inspect(path), self._on_seen)

    def _on_seen(self, backup: backups.Backup) -> None:
        self._backup = backup
        self.told.setText(
            _("✓ {name} is heel. Gemaakt op {when}, {size} MB.").format(
                name=backup.path.name, when=moment(backup.made_ms), size=-(-backup.size // 1_000_000)
            )
        )
        self.restore.setEnabled(True)

    def put_back(self) -> None:
        """Put the chosen backup back; what stood here goes aside."""
        if self._backup is None:
            return
        folder, path, typed = self._bench.folder, self._backup.path, self.typed.text() or None
        self._bench.run(
            self,
            _("De kopie wordt teruggezet …"),
            lambda: _restore(folder, path, typed),
            lambda _backup: self._on_restored(typed is not None),
            lambda _error: self.choose if typed is None else self.typed,
        )

    def _on_restored(self, users: bool) -> None:
        self.typed.clear()
        self._backup = None
        self.restore.setEnabled(False)
        self.told.setText(_("De kopie staat terug."))
        if users:
            self._bench.done.emit()
        else:
            self._bench.again.emit()
            self._bench.say(
                _("De kopie staat terug. Open ze nu met het kantoor of met het herstelblad."), "good"
            )


def _restore(folder: Path, path: Path, typed: str | None) -> backups.Backup:
    return backups.restore(folder, path, typed, replace=True)
