"""The printed sheet opens the office's own vault, or lets a laptop in when the office is gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import recovery
from leerwinkel_desktop.ui.pages.helping.bench import Bench, Person, SheetKeyField
from leerwinkel_desktop.ui.passphrase import ChoosePassphrase
from leerwinkel_desktop.ui.told import ANSWER, ANSWERS, REQUESTS
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, words
from leerwinkel_desktop.ui.widgets.signs import SignsLine

SIGNS = ("FingerprintMistyped", "FingerprintDiffers")
"""Errors about the signs; only services know the classes of sync."""


class BySheet(Column):
    """Open the vault that stands here."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.key = SheetKeyField(bench)
        self.person = Person()
        self.passphrase = ChoosePassphrase()
        self.open = button(_("Open de kluis"), self.open_vault, look="primary")
        self.passphrase.changed.connect(self._judge)
        self.passphrase.entered.connect(self.open_vault)
        card = Card(
            _("Openen met het herstelblad"),
            _(
                "Haal het blad uit de omslag en typ de herstelsleutel over, de onderste van de twee. "
                "Steek het blad daarna in een nieuwe omslag."
            ),
        )
        for part in (self.key, self.person, self.passphrase, row(None, self.open)):
            card.add(part)
        self.add(card)
        self._judge()

    def refresh(self) -> None:
        """Offer the users of this vault."""
        if self._bench.ways is not None:
            self.person.show_ways(self._bench.ways)

    def _judge(self) -> None:
        self.open.setEnabled(self.passphrase.value is not None)

    def open_vault(self) -> None:
        """Open the vault and give the user the new passphrase."""
        secret, sheet, bench = self.passphrase.value, self.key.text, self._bench
        if secret is None:
            return
        user, name = self.person.user_id, self.person.typed_name
        bench.run(
            self,
            _("De kluis gaat open …"),
            lambda: recovery.open_with_sheet(bench.folder, sheet, user, secret, name=name, cost=bench.cost),
            bench.opened.emit,
            lambda _error: self.key.typed,
        )


class AnswerBySheet(Column):
    """Answer a laptop's request without the office's vault."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._request: Path | None = None
        self.choose = button(_("Kies de vraag van de laptop …"), self.choose_request)
        self._chosen = words("", tone="muted")
        self.signs = SignsLine(_("Tekens op het scherm van de laptop"))
        self.key = SheetKeyField(bench)
        self.answer = button(_("Schrijf het antwoord …"), self.write_answer, look="primary", glyph="save")
        self.answer.setEnabled(False)
        card = Card(
            _("Een laptop helpen als het kantoor er niet meer is"),
            _(
                "Doe dit alleen op een computer van het kantoor, nooit op de laptop zelf. "
                "Staat de kluis van het kantoor er nog, gebruik dan Beheer, Herstel."
            ),
        )
        for part in (
            row(self.choose, self._chosen, None),
            captioned(_("Typ de tekens over van het scherm van de laptop"), self.signs),
            self.key,
            row(None, self.answer),
        ):
            card.add(part)
        self.add(card)

    def choose_request(self) -> None:
        """Take the request that somebody brought."""
        path = self._bench.paper.open_file(self, _("Kies de vraag"), REQUESTS)
        if path is not None:
            self._request = path
            self._chosen.setText(path.name)
            self.answer.setEnabled(True)

    def write_answer(self) -> None:
        """Answer it with the sheet."""
        request, typed, sheet = self._request, self.signs.text(), self.key.text
        path = self._bench.paper.save_file(self, _("Bewaar het antwoord"), ANSWER, ANSWERS)
        if request is None or path is None:
            return
        self._bench.run(
            self,
            _("Het antwoord wordt geschreven …"),
            lambda: recovery.answer_with_sheet(recovery.read_request(request), typed, sheet, path),
            lambda _nothing: self._on_answered(path.name),
            self._to_mend,
        )

    def _to_mend(self, error: BaseException) -> QWidget:
        """The signs, when those are wrong; the request, when that file is; else the key of the sheet."""
        if type(error).__name__ in SIGNS:
            return self.signs
        return self.choose if isinstance(error, recovery.NotARequest) else self.key.typed

    def _on_answered(self, name: str) -> None:
        self.key.typed.clear()
        self.signs.clear()
        self._bench.say(
            _("Het antwoord staat in {name}. Lees het in op de laptop. Steek het blad weer weg.").format(
                name=name
            )
        )
