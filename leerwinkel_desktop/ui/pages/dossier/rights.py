"""The part Rechten of a dossier: told, asked, shown, corrected, kept and forgotten (DOMAIN.md §9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access, profile
from leerwinkel_desktop.services.client_papers import Kind as PaperKind
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.rights import erasure, informing, own_data, retention
from leerwinkel_desktop.services.rights.erasure import Erased
from leerwinkel_desktop.services.rights.retention import Kept
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.informing_paper import InformingPaper
from leerwinkel_desktop.ui.pages.dossier.client_papers import opener
from leerwinkel_desktop.ui.pages.dossier.consents import ConsentsCard
from leerwinkel_desktop.ui.paper_out import Kind, PaperOut
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import Card, Column, S, button, row, set_tone, words


class RightsView(Column):
    """Cards in the order of a conversation; `asked` names another part, `gone` says what an erasure did."""

    asked = Signal(str)
    gone = Signal(str)

    def __init__(self, desk: Desk, view: DossierView) -> None:
        super().__init__()
        self.informing = InformingCard(desk, view.dossier.id)
        self.consents = ConsentsCard(desk, view.dossier.id)
        self.handing = HandingOverCard(desk, view.trajectory.id) if view.trajectory else None
        self.own_data = OwnDataCard(desk, view)
        self.correcting = Card(
            _("Verbeteren"),
            _("Klopt er iets niet? Verbeter het in het dossier, of zet een vroegere waarde terug."),
        )
        self.correcting.add(row(button(_("Open de geschiedenis"), lambda: self.asked.emit("history")), None))
        self.forgetting = ForgettingCard(desk, view)
        self.forgetting.gone.connect(self.gone)
        for card in (self.informing, self.consents, self.own_data, self.correcting, self.forgetting):
            self.add(card)
            if card is self.consents and self.handing is not None:
                self.add(self.handing)

    def memo(self) -> dict[str, Any] | None:
        """The answer that is being written down, or None."""
        return self.consents.memo()

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Go on with that answer."""
        self.consents.recall(memo)


class HandingOverCard(Card):
    """Leads to the form of a warm handover, to sign first or as agreed."""

    def __init__(self, desk: Desk, trajectory_id: str) -> None:
        super().__init__(
            _("Warme overdracht"),
            _("Eén blad: naar wie, wat we vertellen, en plaats om te tekenen. Of zoals al afgesproken is."),
        )
        self.form = button(
            _("Maak het formulier …"), opener(desk, trajectory_id, PaperKind.HANDOVER, self), glyph="print"
        )
        self.add(row(self.form, None))


class InformingCard(Card):
    """The page that tells what happens with the data: print it, and remember which version was given."""

    def __init__(self, desk: Desk, dossier_id: str) -> None:
        super().__init__(
            _("Uitleg over gegevens"),
            _("Eén blad in gewone taal. Geef het mee en vertel wat erop staat."),
        )
        self._desk, self._dossier = desk, dossier_id
        self._glyph = Glyph("calm")
        self.told = words("")
        told = row(self._glyph, self.told)
        told.setStretch(1, 1)
        self.paper = InformingPaper(desk)
        self.how = ChoiceBox()
        self.how.setAccessibleName(_("Hoe uitgelegd"))
        for code in desk.workspace.codelists["informing_how"].current(desk.workspace.today()):
            self.how.addItem(code.label, code.code)
        self.handed = button(_("Bewaar: vandaag uitgelegd"), self.hand_over)
        self.add(told)
        self.add(self.paper)
        self.add(captioned(_("Hoe is het uitgelegd?"), self.how))
        self.add(row(self.handed, None))
        self._tell()

    def hand_over(self) -> None:
        """Remember that the page was given today."""
        how = self.how.currentData()
        self._desk.when_free(lambda: self._keep(how))

    def _keep(self, how: str) -> None:
        informing.handed_over(self._desk.workspace, self._dossier, how)
        self._desk.kept.emit()
        self._desk.toast(_("✓ bewaard"))
        if shiboken6.isValid(self):
            self._tell()

    def _tell(self) -> None:
        workspace = self._desk.workspace
        given = informing.given(workspace, self._dossier)
        due = informing.is_due(workspace, self._dossier)
        version = informing.version(workspace)
        if not given:
            text = _("Nog niet uitgelegd. Het blad van vandaag is versie {version}.").format(version=version)
        else:
            last = given[-1]
            how = workspace.codelists["informing_how"]
            text = _("Uitgelegd op {day}: {how}, versie {version}.").format(
                day=f"{last.date:%d/%m/%Y}" if last.date else "?",
                how=how.get(last.how).label.lower() if last.how and last.how in how else "?",
                version=last.text_version,
            )
            if due:
                text += " " + _("Er is een nieuwere versie: {version}.").format(version=version)
        self.told.setText(text)
        set_tone(self.told, "attention" if due else "good")
        self._glyph.set_name("attention" if due else "good")
        self.handed.setProperty("look", "primary" if due else "")
        self.handed.style().unpolish(self.handed)
        self.handed.style().polish(self.handed)


class OwnDataCard(Card):
    """Everything that is kept about this person, to read or for a program."""

    def __init__(self, desk: Desk, view: DossierView) -> None:
        super().__init__(
            _("Alle gegevens van deze persoon"),
            _("Wie het vraagt, krijgt alles wat we bewaren: leesbaar op papier, of als bestand (JSON)."),
        )
        self._desk, self._client = desk, view.client.id
        self.shielded = QCheckBox(_("Ook het afgeschermde deel"))
        self.shielded.setVisible(view.has_block)
        self.paper = PaperOut(
            desk,
            _("Alle gegevens"),
            f"Gegevens-{view.client.client_no or 'dossier'}",
            lambda: own_data.as_pdf(self._collect()),
            asks=True,
            more=(Kind("JSON", ".json", lambda: own_data.as_json(self._collect())),),
        )
        self.add(self.shielded)
        self.add(self.paper)
        self.add(
            words(_("Een bestand is niet versleuteld: geef het alleen aan de persoon zelf."), tone="muted")
        )

    def _collect(self) -> own_data.OwnData:
        return own_data.collect(self._desk.workspace, self._client, judicial=self.shielded.isChecked())


class ForgettingCard(Card):
    """How long the dossier is kept, and the two ways in which it goes; `gone` says what was erased."""

    gone = Signal(str)

    def __init__(self, desk: Desk, view: DossierView) -> None:
        super().__init__(_("Bewaren en wissen"))
        self._desk, self._client = desk, view.client
        self.dialog: ConfirmDialog | None = None
        self.until = words("", tone="muted")
        self.add(self.until)
        workspace, dossier_id = desk.workspace, view.dossier.id
        desk.jobs.start(
            self, lambda _progress: retention.of(workspace, dossier_id), self._on_kept, desk.report
        )
        at_office = workspace.device().role == "office" and access.allowed(workspace, "OFFICE")
        self.anonymise = button(_("Maak anoniem …"), lambda: self.ask("RETENTION"))
        self.erase = button(_("Wis op vraag van de persoon …"), lambda: self.ask("REQUEST"))
        self.only_office = words(
            _("Wissen en anoniem maken gebeurt op kantoor. Breng de vraag over aan wie daar werkt."),
            tone="muted",
        )
        self.add(self.only_office)
        self.add(row(self.anonymise, self.erase, None, space=S))
        self.only_office.setVisible(not at_office)
        self.anonymise.setVisible(at_office)
        self.erase.setVisible(at_office)

    def _on_kept(self, kept: Kept | None) -> None:
        if kept is None or kept.until is None:
            self.until.setText(_("Er is nog geen contact opgeschreven; dan loopt er ook geen bewaartermijn."))
        else:
            self.until.setText(
                _("Wordt bewaard tot en met {day} ({why}).").format(
                    day=f"{kept.until:%d/%m/%Y}", why=kept.why
                )
                if kept.why
                else _("Wordt bewaard tot en met {day}.").format(day=f"{kept.until:%d/%m/%Y}")
            )

    def ask(self, reason: erasure.Reason) -> None:
        """Say what it means and ask twice: the number typed over, and in a prison the passphrase."""
        number = self._client.client_no or _("WISSEN")
        dialog = ConfirmDialog(
            self,
            _("Dit dossier wissen?") if reason == "REQUEST" else _("Dit dossier anoniem maken?"),
            (
                _("Alles over deze persoon gaat weg: gegevens, gesprekken, bladen en geschiedenis."),
                _("Alleen één rij zonder naam blijft, zodat de cijfers die al doorgegeven zijn, kloppen."),
                _("De laptops wissen hun kopie bij hun volgende bevestiging van kantoor."),
                _("Niemand kan dit ongedaan maken, ook wij niet."),
            ),
            _("Wis het dossier") if reason == "REQUEST" else _("Maak het anoniem"),
            typed=number,
            secret=profile.current(self._desk.workspace).passphrase_again,
        )
        dialog.confirmed.connect(lambda secret: self._erase(reason, secret))
        self.dialog = dialog
        dialog.open()

    def _erase(self, reason: erasure.Reason, secret: str | None) -> None:
        dialog, workspace, client_id = self.dialog, self._desk.workspace, self._client.id
        if dialog is None:
            return
        dialog.work(_("Alles van deze persoon wissen …"))

        def work(progress: Progress) -> Erased:  # noqa: ARG001
            profile.confirm(workspace, secret)
            return erasure.erase_many(workspace, [client_id], reason)

        def done(erased: Erased) -> None:
            dialog.accept()
            self._desk.kept.emit()
            self.gone.emit(told(erased))

        def failed(error: BaseException) -> None:
            dialog.complain(problems.sentence(error))
            if not problems.is_expected(error):
                self._desk.report(error)

        self._desk.jobs.start(self, work, done, failed)


def told(erased: Erased) -> str:
    """What an erasure did, in a sentence or two."""
    people = (
        _("Het dossier is weg.")
        if erased.people == 1
        else _("{n} dossiers zijn weg.").format(n=erased.people)
    )
    text = people + " " + _("De cijfers die al doorgegeven zijn, blijven kloppen.")
    if erased.waiting:
        text += " " + _("Nog te bevestigen door: {names}.").format(names=", ".join(erased.waiting))
    return text
