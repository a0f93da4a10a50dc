"""The small dialogs of Momenten: a new moment or a changed one, and sitting days that repeat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QDialog, QLineEdit, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Privacy, check, field_of
from leerwinkel_desktop.domain.organisation import Event
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import moments
from leerwinkel_desktop.services.moments import Series
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.field_box import FieldBox, beside
from leerwinkel_desktop.ui.keeping import keep_and_close
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

WIDTH: Final = 520
NAMED: Final = 3
"""So many holidays that fall out are named."""


class FieldsDialog(QDialog):
    """Asks for some fields; `kept` once what was filled in is in the vault. `needed` may not stay empty."""

    kept = Signal()

    def __init__(
        self,
        desk: Desk,
        heading: str,
        fields: Iterable[Field],
        needed: Sequence[str],
        action: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.desk, self._needed = desk, needed
        self.setWindowTitle("Leerwinkel")
        self.boxes = {field.name: self._box(field) for field in fields}
        self.hint = words("", tone="muted")
        self.go_on = button(action, self.accept, look="primary")
        self.go_on.setDefault(True)
        title = words(heading, step="heading")
        grow(title, least=WIDTH)  # in the layout, so that the hint is as high as it is in this width
        self.body = column(title, space=M, margins=L)
        self.setLayout(self.body)

    def _box(self, field: Field) -> FieldBox:
        workspace = self.desk.workspace
        box = FieldBox(field, editor_for(field, workspace.codelists, workspace.today))
        box.want(True)
        box.editor.changed.connect(self.look)
        return box

    def finish(self) -> None:
        """Put the hint and the buttons under what was put in the body."""
        self.body.addWidget(self.hint)
        self.body.addLayout(row(None, button(_("Toch niet"), self.reject), self.go_on))
        self.look()

    def look(self) -> None:
        """Something was filled in."""
        self.hint.setVisible(bool(self.hint.text()))

    def values(self) -> dict[str, Any] | None:
        """What was filled in, by name; None, and said beside the field, while something does not fit."""
        values: dict[str, Any] = {}
        wrong = False
        for name, box in self.boxes.items():
            try:
                values[name] = check(box.field, box.editor.value())
                if name in self._needed and values[name] is None:
                    raise InvalidValue(name, "required")
                box.complain("")
            except InvalidValue as error:
                wrong = True
                box.complain(beside(box.field, error))
        return None if wrong else values

    def keep(self, values: Mapping[str, Any]) -> None:
        """Write it. Raises what the store raises."""
        raise NotImplementedError

    def accept(self) -> None:
        """Keep it and close; stay open while something does not fit."""
        values = self.values()
        if values is not None:
            keep_and_close(self, self.desk, self.go_on, lambda: self.keep(values), self._on_kept)

    def _on_kept(self) -> None:
        self.desk.kept.emit()
        self.kept.emit()

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()


class MomentDialog(FieldsDialog):
    """A new moment on a day, or one that is changed."""

    NAMES: Final = ("type", "name", "date", "location", "audience", "attendees_count", "intakes_opened")

    def __init__(self, desk: Desk, day: date, parent: QWidget, changed: Event | None = None) -> None:
        heading = _("Nieuw moment") if changed is None else _("Moment wijzigen")
        action = _("Toevoegen") if changed is None else _("Bewaren")
        fields = [field_of(Event, name) for name in self.NAMES]
        super().__init__(desk, heading, fields, ("type", "date"), action, parent)
        self._changed = changed
        for name, box in self.boxes.items():
            box.editor.set_value(day if changed is None and name == "date" else getattr(changed, name, None))
        boxes = self.boxes
        suggest(boxes["location"], moments.places(desk.workspace))
        self.body.addWidget(boxes["type"])
        self.body.addWidget(boxes["name"])
        self.body.addLayout(row(boxes["date"], boxes["location"], space=M))
        self.body.addWidget(boxes["audience"])
        self.body.addLayout(row(boxes["attendees_count"], boxes["intakes_opened"], space=M))
        self.hint.setText(_("Intakes telt het programma zelf uit de dossiers. Typ ze alleen voor vroeger."))
        self.finish()
        boxes["type"].widget.setFocus()

    def keep(self, values: Mapping[str, Any]) -> None:
        """See FieldsDialog."""
        moments.save_event(self.desk.workspace, None if self._changed is None else self._changed.id, **values)


class SittingDialog(FieldsDialog):
    """Sitting days at one place: one, or each week until a day, without the holidays."""

    def __init__(self, desk: Desk, day: date, parent: QWidget) -> None:
        fields = (
            Field("place", _("Plaats"), Kind.TEXT, Privacy.ORDINARY),
            Field("first", _("Eerste dag"), Kind.DATE, Privacy.ORDINARY),
            Field("last", _("Tot en met"), Kind.DATE, Privacy.ORDINARY),
        )
        self.every = Segments((("1", _("Elke week")), ("2", _("Om de twee weken"))), _("Hoe vaak"))
        super().__init__(desk, _("Zitdagen plannen"), fields, ("place", "first"), _("Plannen"), parent)
        self.every.set_code("1")
        self.every.changed.connect(self.look)
        suggest(self.boxes["place"], moments.places(desk.workspace))
        self.boxes["first"].editor.set_value(day)
        self.body.addWidget(self.boxes["place"])
        self.body.addLayout(row(self.boxes["first"], self.boxes["last"], space=M))
        self.body.addLayout(captioned(_("Hoe vaak"), self.every))
        self.finish()
        self.boxes["place"].widget.setFocus()

    def look(self) -> None:
        """Say how many days it will be, and which holidays fall out."""
        try:
            first, last = (check(box.field, box.editor.value()) for box in self._days())
            told = told_of(self._series(first, last)) if isinstance(first, date) else ""
        except InvalidValue:
            told = ""
        self.hint.setText(told)
        super().look()

    def _days(self) -> tuple[FieldBox, FieldBox]:
        return self.boxes["first"], self.boxes["last"]

    def _series(self, first: date, last: Any) -> Series:
        return moments.series(first, last or first, int(self.every.code() or "1"))

    def values(self) -> dict[str, Any] | None:
        """See FieldsDialog; also a last day that cannot be is said."""
        values = super().values()
        if values is None:
            return None
        try:
            return {"place": values["place"], "days": self._series(values["first"], values["last"]).days}
        except InvalidValue as error:
            self.boxes["last"].complain(beside(self.boxes["last"].field, error))
            return None

    def keep(self, values: Mapping[str, Any]) -> None:
        """See FieldsDialog."""
        made = moments.plan_sitting(self.desk.workspace, values["place"], values["days"])
        self.desk.toast(counted("1 zitdag gepland", "{n} zitdagen gepland", len(made)))


def told_of(series: Series) -> str:
    """How many days a series has, and what falls out."""
    first = counted("Dat is 1 zitdag.", "Dat zijn {n} zitdagen.", len(series.days))
    if len(series.days) > 1:
        first += " " + _("De laatste is op {day}.").format(day=in_full(series.days[-1]))
    named = [f"{in_full(day)} ({name})" for day, name in series.closed[:NAMED]]
    if len(series.closed) > NAMED:
        named.append(_("nog {n}").format(n=len(series.closed) - NAMED))
    return first if not named else first + "\n" + _("Valt weg: {days}.").format(days=", ".join(named))


def suggest(box: FieldBox, texts: Sequence[str]) -> None:
    """Offer these texts while somebody types in a field of one line."""
    line = box.widget.focusProxy() or box.widget
    if isinstance(line, QLineEdit):
        completer = QCompleter(list(texts), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: box.editor.changed.emit())
        line.setCompleter(completer)
