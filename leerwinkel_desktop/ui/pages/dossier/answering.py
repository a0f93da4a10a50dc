"""Asks how an answer about consent was told: on paper or aloud, with which witness, about which partner."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtWidgets import QLineEdit, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.rights.consents import GIVEN, ORAL, REFUSED, SIGNATURE, WITHDRAWN
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.places import memo_of_line, put_cursor
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import XS, M, button, column, row, words

ASKED = {
    GIVEN: _("Hoe gaf de persoon toestemming?"),
    REFUSED: _("Hoe zei de persoon nee?"),
    WITHDRAWN: _("Hoe trok de persoon de toestemming in?"),
}
MISSING = {
    "witness": _("Mondeling met een getuige vraagt de naam van die getuige."),
    "partner": _("Schrijf op met wie je de gegevens deelt: de persoon moet dat weten."),
    "how": _("Kies hoe."),
}


class Keep(Protocol):
    """Keeps an answer."""

    def __call__(self, state: str, *, how: str, witness: str, partner: str) -> None: ...


class Answering(QWidget):
    """Hidden until `begin`; `complain` says what is still missing."""

    def __init__(self, desk: Desk, names_partner: bool, keep: Keep, call_off: Callable[[], None]) -> None:
        super().__init__()
        self._codes = desk.workspace.codelists["consent_how"].current(desk.workspace.today())
        self._keep, self._names_partner = keep, names_partner
        self.state = GIVEN
        self.partner, self._whom = self._line(_("Met wie? Noem elke dienst of school."), 300)
        self.witness, self._asked = self._line(_("Wie was erbij als getuige?"), 200)
        self.how, self._ways = self._segments(GIVEN), column(space=XS)
        self._how_caption = words("")
        self._how_caption.setObjectName("caption")
        self._ways.addWidget(self._how_caption)
        self._ways.addWidget(self.how)
        self._problem = words("", step="small", tone="danger")
        self.done = button(_("Bewaar"), self._on_keep)
        layout = column(
            self._whom,
            self._ways,
            self._asked,
            self._problem,
            row(self.done, button(_("Toch niet"), call_off, look="quiet"), None),
            space=M,
        )
        self.setLayout(layout)
        self.hide()

    def _line(self, label: str, most: int) -> tuple[QLineEdit, QWidget]:
        line, whole = QLineEdit(), QWidget()
        line.setAccessibleName(label)
        line.setMaxLength(most)
        line.returnPressed.connect(self._on_keep)
        layout = captioned(label, line)
        layout.setContentsMargins(0, 0, 0, 0)
        whole.setLayout(layout)
        return line, whole

    def _segments(self, state: str) -> Segments:
        fit = [code for code in self._codes if state != GIVEN or not code.flag("no_only")]
        made = Segments([(code.code, code.label) for code in fit], _("Hoe"))
        made.changed.connect(self._look)
        return made

    def begin(self, state: str, partner: str = "") -> None:
        """Ask anew; `partner` is the one of before."""
        self.state = state
        self._how_caption.setText(ASKED[state])
        before, self.how = self.how, self._segments(state)
        self._ways.replaceWidget(before, self.how)
        before.hide()
        before.deleteLater()
        usual = SIGNATURE if state == GIVEN else ORAL
        self.how.set_code(usual if self.how.has(usual) else None)
        self.witness.clear()
        self.partner.setText(partner)
        self._problem.hide()
        self._look()
        self.show()
        (self.partner if self._names_partner and state == GIVEN else self.how).setFocus()

    def memo(self) -> dict[str, Any]:
        """What is chosen and typed."""
        lines = {"witness": memo_of_line(self.witness), "partner": memo_of_line(self.partner)}
        return {"state": self.state, "how": self.how.code(), **lines}

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave."""
        self.how.set_code(memo["how"])
        self._look()
        for line, told in ((self.partner, memo.get("partner")), (self.witness, memo["witness"])):
            if told is not None:
                line.setText(told["text"])
            if told is not None and told["at"] is not None:
                put_cursor(line, *told["at"])

    def _look(self) -> None:
        chosen = next((code for code in self._codes if code.code == self.how.code()), None)
        self._asked.setVisible(chosen is not None and chosen.flag("needs_witness"))
        self._whom.setVisible(self._names_partner)
        self.done.setEnabled(chosen is not None)

    def _on_keep(self) -> None:
        witness = "" if self._asked.isHidden() else self.witness.text()
        self._keep(self.state, how=self.how.code() or "", witness=witness, partner=self.partner.text())

    def complain(self, error: InvalidValue) -> None:
        """Say what is still missing."""
        self._problem.setText("⚠ " + MISSING.get(error.field, MISSING["how"]))
        self._problem.show()
        {"witness": self.witness, "partner": self.partner}.get(error.field, self.how).setFocus()
