"""One field that two people wrote differently: the versions side by side, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, check, from_wire
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.decisions import Version
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.field_box import FieldBox, beside
from leerwinkel_desktop.ui.pages.deciding.board import Question
from leerwinkel_desktop.ui.places import put_cursor
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.plain import XS, Card, M, S, button, column, row, words

BESIDE = 2
NO_EDITOR = frozenset({Kind.REF, Kind.REFS})


class VersionFrame(QFrame):
    """One version: what it says, who wrote it where and when, and a button that takes it."""

    def __init__(self, version: Version, place: int, action: str) -> None:
        super().__init__()
        self.setObjectName("row")
        self.version = version
        self.take = QPushButton(action)
        self.take.setAutoDefault(True)
        who = ", ".join(filter(None, (version.user, version.device)))
        said = words(version.text or _("(leeg)"), step="large", tone="" if version.text else "muted")
        self.setAccessibleName(_("Versie {n}: {text}").format(n=place, text=version.text or _("(leeg)")))
        self.take.setAccessibleName(f"{action.replace('&', '')}: {version.text or _('(leeg)')}")
        stands = words(_("Zo staat het nu") if place == 1 else "", step="small", tone="accent", wrap=False)
        under = words(f"{who}\n{moment(version.at_ms)}", step="small", tone="muted")
        self.setLayout(column(stands, said, None, under, row(self.take, None), space=S, margins=M))


class QuestionCard(Card):
    """Signals say what somebody decided: a version, a value of their own, or to leave it as it stands."""

    chosen = Signal(object)
    combined = Signal(object)
    kept = Signal()
    combining = Signal(bool)

    def __init__(self, desk: Desk, question: Question) -> None:
        super().__init__()
        self._desk = desk
        self.question = question
        person, conflict = question.person, question.conflict
        self.setAccessibleName(_("Te beslissen: {field}").format(field=conflict.field_label))
        name = " · ".join(filter(None, (person.name or _("(zonder naam)"), person.number)))
        top = row(words(name, step="heading"))
        top.setStretch(0, 1)
        if person.client_id is not None:
            self.dossier = button(_("Open het &dossier"), self._to_dossier, look="quiet", glyph="open")
            top.addWidget(self.dossier)
        where = ": ".join(filter(None, (conflict.kind_label, conflict.about)))
        self.add(top)
        self.add(column(words(conflict.field_label, step="lead"), words(where, tone="muted"), space=XS))
        self.add(words(_why(conflict.declared), tone="muted"))
        self.versions = [
            VersionFrame(version, place, _action(conflict.declared, version, place))
            for place, version in enumerate(conflict.versions, 1)
        ]
        self.add(self._side_by_side())
        self.keep = button(_("&Laat zo staan"), self.kept.emit)
        self.combine = button(_("&Combineer …"), self.begin_combining)
        self.combine.setVisible(conflict.declared is not None and conflict.declared.kind not in NO_EDITOR)
        self._actions = row(self.combine, self.keep, None)
        self.add(self._actions)
        self.box: FieldBox | None = None
        self._editing: QWidget | None = None

    def _side_by_side(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(M)
        for place, frame in enumerate(self.versions):
            frame.take.clicked.connect(lambda _checked=False, one=frame.version: self.chosen.emit(one))
            grid.addWidget(frame, place // BESIDE, place % BESIDE)
        for number in range(BESIDE):
            grid.setColumnStretch(number, 1)
        return grid

    def _to_dossier(self) -> None:
        self._desk.sent.emit(f"dossier/{self.question.person.client_id}")

    def take(self, number: int) -> None:
        """Take version 1, 2 …"""
        if number <= len(self.versions):
            self.versions[number - 1].take.click()

    def focus_first(self) -> None:
        """Put the cursor on the first thing to choose."""
        self.versions[0].take.setFocus()

    def begin_combining(self) -> None:
        """Open an editor of the field's own kind with both together, or with what stands now."""
        conflict = self.question.conflict
        field = conflict.declared
        if field is None or self._editing is not None:
            return
        workspace = self._desk.workspace
        self.box = FieldBox(field, editor_for(field, workspace.codelists, workspace.today))
        now = from_wire(field, conflict.versions[0].value)
        self.box.editor.set_value(now if conflict.suggestion is None else conflict.suggestion)
        self.box.want(True)
        save = button(_("&Bewaar dit"), self.finish_combining, look="primary")
        back = button(_("&Terug"), self.stop_combining)
        self._editing = QWidget()
        inner = column(self.box, row(save, back, None), space=M)
        self._editing.setLayout(inner)
        self.add(self._editing)
        self._rest(True)
        inner.activate()
        put_cursor(self.box.widget, 0, 0)

    def finish_combining(self) -> None:
        """Give what was typed when it fits."""
        if self.box is None:
            return
        try:
            value = check(self.box.field, self.box.editor.value())
        except InvalidValue as error:
            self.box.complain(beside(self.box.field, error))
            return
        self.combined.emit(value)

    def stop_combining(self) -> None:
        """Close the editor without deciding."""
        if self._editing is not None:
            self.body.removeWidget(self._editing)
            self._editing.hide()
            self._editing.deleteLater()
            self._editing = self.box = None
            self._rest(False)
            self.combine.setFocus()

    def _rest(self, editing: bool) -> None:
        for frame in self.versions:
            frame.take.setDisabled(editing)
        self.keep.setDisabled(editing)
        self.combine.setDisabled(editing)
        self.combining.emit(editing)


def _why(declared: Field | None) -> str:
    if declared is None:
        return _("Iemand haalde dit weg terwijl iemand anders er nog aan werkte. Wat moet het zijn?")
    return _(
        "Dit werd op twee plaatsen anders ingevuld, zonder dat de een het van de ander wist. "
        "Er gaat niets verloren: kies wat klopt."
    )


def _action(declared: Field | None, version: Version, place: int) -> str:
    told = _("&{n}  Dit klopt")
    if declared is None:
        told = _("&{n}  Laat weg") if version.value is True else _("&{n}  Zet terug")
    return told.format(n=place)
