"""The consents of one person: each purpose with its question, the answer that counts, and the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import detention
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.services.rights.consents import GIVEN, REFUSED, Question
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.paper_out import PaperOut
from leerwinkel_desktop.ui.places import memo_of_line, put_cursor
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.glyphs import Glyph, GlyphButton
from leerwinkel_desktop.ui.widgets.plain import XS, Card, M, S, button, clear, column, row, set_tone, words

SPOKEN = "ORAL_WITNESS"
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
        """The yes that is being written down and not kept yet, or None."""
        open_rows = [(purpose, made) for purpose, made in self.rows.items() if not made.giving.isHidden()]
        return {"purpose": open_rows[-1][0], **open_rows[-1][1].giving.memo()} if open_rows else None

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Go on with what `memo` gave."""
        if memo["purpose"] in self.rows:
            made = self.rows[memo["purpose"]]
            made.unfold(True)
            made.ask_how()
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
        self.yes = self._answer_button(_("Ja, gegeven"), self.ask_how)
        self.no = self._answer_button(_("Nee, geweigerd"), self.refuse)
        self.back = self._answer_button(_("Intrekken"), self.withdraw)
        self.giving = _Giving(desk, self.give, self._call_off)
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
        self.yes.setVisible(not question.allowed or question.outdated)
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
        if answer.how and answer.state == GIVEN:
            told.append(lists["consent_how"].get(answer.how).label.lower())
        if answer.witness:
            told.append(_("getuige: {name}").format(name=answer.witness))
        return " · ".join(filter(None, told))

    def ask_how(self) -> None:
        """Ask how the yes was given, and who was there."""
        self.giving.begin()
        for made in (self.yes, self.no):
            made.hide()

    def _call_off(self) -> None:
        self.answered.emit()

    def give(self, how: str, witness: str) -> None:
        """Keep a yes."""
        self._keep(GIVEN, how, witness)

    def refuse(self) -> None:
        """Keep a no; nothing more is asked."""
        self._keep(REFUSED, SPOKEN, "")

    def withdraw(self) -> None:
        """Take the yes back; nothing more is asked."""
        self._keep(consents.WITHDRAWN, SPOKEN, "")

    def _keep(self, state: str, how: str, witness: str) -> None:
        try:
            consents.answer(
                self._desk.workspace, self._dossier, self._purpose, state, how=how, witness=witness
            )
        except InvalidValue as error:
            self.giving.complain(error)
            return
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.kept.emit()
        self.answered.emit()
        self.head.setFocus()


class _Giving(QWidget):
    """How a yes was given: with a signature, or aloud with a witness."""

    def __init__(self, desk: Desk, keep: Callable[[str, str], None], call_off: Callable[[], None]) -> None:
        super().__init__()
        codes = desk.workspace.codelists["consent_how"].current(desk.workspace.today())
        self._with_witness = {code.code for code in codes if code.flag("needs_witness")}
        self._keep = keep
        self.how = Segments([(code.code, code.label) for code in codes], _("Hoe"))
        self.how.changed.connect(self._look)
        self.witness = QLineEdit()
        self.witness.setAccessibleName(_("Getuige"))
        self.witness.setMaxLength(200)
        self.witness.returnPressed.connect(self._on_keep)
        self._asked = QWidget()
        asked = captioned(_("Wie was erbij als getuige?"), self.witness)
        asked.setContentsMargins(0, 0, 0, 0)
        self._asked.setLayout(asked)
        self._problem = words("", step="small", tone="danger")
        self.done = button(_("Bewaar"), self._on_keep)
        layout = column(
            captioned(_("Hoe gaf de persoon toestemming?"), self.how),
            self._asked,
            self._problem,
            row(self.done, button(_("Toch niet"), call_off, look="quiet"), None),
            space=M,
        )
        self.setLayout(layout)
        self.hide()

    def begin(self) -> None:
        """Ask anew."""
        self.how.set_code(next(iter(code for code in ("SIGNATURE",) if self.how.has(code)), None))
        self.witness.clear()
        self._problem.hide()
        self._look()
        self.show()
        self.how.setFocus()

    def memo(self) -> dict[str, Any]:
        """What is chosen and typed."""
        return {"how": self.how.code(), "witness": memo_of_line(self.witness)}

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave."""
        self.how.set_code(memo["how"])
        self._look()
        self.witness.setText(memo["witness"]["text"])
        if memo["witness"]["at"] is not None:
            put_cursor(self.witness, *memo["witness"]["at"])

    def _look(self) -> None:
        self._asked.setVisible(self.how.code() in self._with_witness)
        self.done.setEnabled(self.how.code() is not None)

    def _on_keep(self) -> None:
        witness = self.witness.text() if self.how.code() in self._with_witness else ""
        self._keep(self.how.code() or "", witness)

    def complain(self, error: InvalidValue) -> None:
        """Say what is still missing."""
        missing = error.field == "witness"
        self._problem.setText(
            "⚠ "
            + (_("Een mondelinge toestemming vraagt de naam van een getuige.") if missing else _("Kies hoe."))
        )
        self._problem.show()
        self.witness.setFocus()
