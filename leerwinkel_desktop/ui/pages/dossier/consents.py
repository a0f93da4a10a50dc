"""The consents of one person: each purpose with its question, the answer that counts, and the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import detention
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.services.rights.consents import GIVEN, REFUSED, WITHDRAWN, Question
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.answering import Answering
from leerwinkel_desktop.ui.paper_out import PaperOut
from leerwinkel_desktop.ui.widgets.glyphs import Glyph, GlyphButton
from leerwinkel_desktop.ui.widgets.plain import XS, Card, M, S, button, clear, column, row, set_tone, words

SIGNS = {GIVEN: ("good", "good"), REFUSED: ("calm", "muted"), None: ("empty", "muted")}


class ConsentsCard(Card):
    """A fold for each purpose; what is asked stands in the fold, word for word."""

    def __init__(self, desk: Desk, dossier_id: str) -> None:
        super().__init__(
            _("Toestemmingen"),
            _("Vraag elke toestemming apart. Nee zeggen verandert niets aan de hulp."),
        )
        self._desk, self._dossier = desk, dossier_id
        self.rows: dict[str, ConsentRow] = {}
        self._room = QVBoxLayout()
        self._room.setSpacing(S)
        self.add(self._room)
        self.add(words(_("Liever op papier? Druk de vragen af en laat ze ondertekenen."), tone="muted"))
        self.add(
            PaperOut(
                desk,
                _("Blad met de toestemmingen"),
                "Toestemmingen",
                lambda: consents.render(desk.workspace, dossier_id),
                asks=True,
            )
        )
        for question in self._questions():
            made = ConsentRow(desk, dossier_id, question)
            made.answered.connect(self._refresh)
            self.rows[question.purpose] = made
            self._room.addWidget(made)

    def _questions(self) -> list[Question]:
        """What may be asked here; what tells of detention only for who may open the detention block."""
        workspace = self._desk.workspace
        purposes, shielded = workspace.codelists["consent_purpose"], not detention.may_open(workspace)
        asked = consents.ask(workspace, self._dossier)
        return [one for one in asked if not (shielded and purposes.get(one.purpose).flag("detention"))]

    def _refresh(self) -> None:
        for question in self._questions():
            self.rows[question.purpose].tell(question)

    def memo(self) -> dict[str, Any] | None:
        """The answer that is being written down and not kept yet, or None."""
        open_rows = [(purpose, made) for purpose, made in self.rows.items() if not made.giving.isHidden()]
        return {"purpose": open_rows[-1][0], **open_rows[-1][1].giving.memo()} if open_rows else None

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Go on with what `memo` gave."""
        if memo["purpose"] in self.rows:
            made = self.rows[memo["purpose"]]
            made.unfold(True)
            made.ask_how(memo.get("state", GIVEN))
            made.giving.recall(memo)


class ConsentRow(QFrame):
    """One purpose: the line that folds it open, the question, its buttons and its history."""

    answered = Signal()

    def __init__(self, desk: Desk, dossier_id: str, question: Question) -> None:
        super().__init__()
        self.setObjectName("row")
        self._desk, self._dossier, self._purpose = desk, dossier_id, question.purpose
        self._body = QWidget()
        self.head = GlyphButton("open", question.label, "header")
        self.head.clicked.connect(lambda: self.unfold(self._body.isHidden()))
        self._glyph = Glyph("empty")
        self.state = words("", step="small")
        self._text = words("")
        self._before = QVBoxLayout()
        self._before.setSpacing(XS)
        self.yes = self._answer_button(_("Ja, gegeven"), partial(self.ask_how, GIVEN))
        self.no = self._answer_button(_("Nee, geweigerd"), partial(self.ask_how, REFUSED))
        self.back = self._answer_button(_("Intrekken"), partial(self.ask_how, WITHDRAWN))
        self.giving = Answering(desk, question.names_partner, self._keep, self._call_off)
        self._partner = ""
        inside = column(
            self._text, row(self.yes, self.no, self.back, None), self.giving, self._before, space=M
        )
        inside.setContentsMargins(36, 0, S, M)
        self._body.setLayout(inside)
        self._body.hide()
        told = row(self._glyph, self.state, space=S)
        told.setStretch(1, 1)
        told.setContentsMargins(36, 0, S, S)
        layout = column(self.head, told, self._body, space=0)
        layout.setContentsMargins(S, XS, S, XS)
        self.setLayout(layout)
        self.tell(question)

    def _answer_button(self, text: str, act: Callable[[], None]) -> QPushButton:
        made = button(text, act)
        made.setAccessibleName(f"{self.head.text()}: {text}")
        return made

    def unfold(self, unfolded: bool) -> None:
        """Show or hide the question."""
        self._body.setVisible(unfolded)
        self.head.set_glyph("unfold" if unfolded else "open")

    def tell(self, question: Question) -> None:
        """Show the question with the answer that counts now."""
        state = question.answer.state if question.answer else None
        glyph, tone = SIGNS.get(state if state in SIGNS else REFUSED, SIGNS[None])
        self._glyph.set_name(glyph)
        told = self._spoken(question.answer) if question.answer else _("nog niet gevraagd")
        if question.outdated:
            told += " · " + _("op een oudere tekst: vraag het opnieuw")
            tone = "attention"
        self.state.setText(told)
        set_tone(self.state, tone)
        self.head.setAccessibleName(f"{question.label}: {told}")
        self._text.setText(question.text)
        self._partner = (question.answer.partner if question.answer else None) or ""
        others = question.names_partner and question.allowed
        self.yes.setText(_("Ja, met een andere partner") if others else _("Ja, gegeven"))
        self.yes.setAccessibleName(f"{question.label}: {self.yes.text()}")
        self.yes.setVisible(not question.allowed or question.outdated or others)
        self.no.setVisible(state != REFUSED and not question.allowed)
        self.back.setVisible(question.allowed)
        self.giving.hide()
        self._show_before()

    def _show_before(self) -> None:
        clear(self._before)
        answers = consents.history(self._desk.workspace, self._dossier, self._purpose)
        if answers:
            self._before.addWidget(words(_("Geschiedenis"), step="small", tone="muted"))
        for one in reversed(answers):
            version = _("tekst {version}").format(version=one.text_version) if one.text_version else ""
            told = " · ".join(filter(None, (self._spoken(one), version)))
            self._before.addWidget(words(told, step="small"))

    def _spoken(self, answer: Consent) -> str:
        """An answer in one line: what, when, how and who was there."""
        lists = self._desk.workspace.codelists
        told = [lists["consent_state"].get(answer.state).label.lower() if answer.state else ""]
        if answer.date is not None:
            told[0] += " " + _("op {day}").format(day=f"{answer.date:%d/%m/%Y}")
        if answer.partner:
            told.append(_("met {partner}").format(partner=answer.partner))
        if answer.how:
            told.append(consents.how_told(lists, answer.how, answer.witness).lower())
        if answer.witness:
            told.append(_("getuige: {name}").format(name=answer.witness))
        return " · ".join(filter(None, told))

    def ask_how(self, state: str) -> None:
        """Ask how an answer was told, and what else is needed to keep it."""
        self.giving.begin(state, self._partner)
        for made in (self.yes, self.no, self.back):
            made.hide()

    def _call_off(self) -> None:
        self.answered.emit()

    def _keep(self, state: str, *, how: str, witness: str, partner: str) -> None:
        workspace, about = self._desk.workspace, (self._dossier, self._purpose)

        def act() -> None:
            try:
                consents.answer(workspace, *about, state, how=how, witness=witness, partner=partner)
            except VaultBusy:
                raise
            except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
                self._on_refused(error)
            else:
                self._on_kept()

        self.giving.setEnabled(False)  # while it waits for an import, nobody answers twice
        self._desk.when_free(act)

    def _on_refused(self, error: Exception) -> None:
        here = shiboken6.isValid(self)
        if here:
            self.giving.setEnabled(True)
        if here and isinstance(error, InvalidValue):
            self.giving.complain(error)
        else:
            self._desk.report(error)

    def _on_kept(self) -> None:
        self._desk.kept.emit()
        if shiboken6.isValid(self):
            self.giving.setEnabled(True)
            self.answered.emit()
            self.head.setFocus()
