"""What a funder asks of us, by programme: its ages, its figures and the logos on its sheets."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.domain.organisation import Programme
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import programmes
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import Draft, RecordForm, Stored, Target
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import Card, Column, column, words

FIELDS: Final = (
    "logo_set",
    "name",
    "funder",
    "valid_from",
    "valid_to",
    "target_rule",
    "target_count",
    "min_age",
    "max_age",
)


class ProgrammesSection(Column):
    """One programme at a time, kept as somebody types; the record comes with the first value."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.which = ChoiceBox()
        for code in desk.workspace.codelists["programme"]:
            self.which.addItem(code.label, code.code)
        self.which.activated.connect(lambda _index: self._show())
        caption = words(_("Pro&gramma"))
        caption.setObjectName("caption")
        caption.setBuddy(self.which)
        self.which.setAccessibleName(_("Programma"))
        self.card = Card(
            _("Wat een programma vraagt"),
            _("De logo’s staan onderaan het adviesblad, met een komma ertussen. EU tekent het embleem."),
        )
        self.card.add(column(caption, self.which))
        self.form: RecordForm[Programme] | None = None
        self.add(self.card)
        self._show()

    def _show(self) -> None:
        self.leave()
        before, self.form = self.form, self._form(self.which.currentData())
        if before is None:
            self.card.add(self.form)
        else:
            self.card.body.replaceWidget(before, self.form)
            before.hide()
            before.deleteLater()

    def _form(self, code: str) -> RecordForm[Programme]:
        shown, seen = programmes.stands(self._desk.workspace, code)
        target: Target = (
            Stored(self._desk, Programme, shown.id)
            if shown is not None
            else Draft(self._desk, Programme, "", code=code)
        )
        return RecordForm(self._desk, Programme, target, FIELDS, shown, seen=seen)

    def leave(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.flush()
