"""Rounding off a conversation in one small dialog: minutes, step reached, next date (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, check, field_of
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.field_box import FieldBox, beside, memo_of, recall
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words

HELD, PLANNED = "J", "GEPLAND"
WIDTH = 480


class RoundOffDialog(QDialog):
    """Keeps today's conversation of a trajectory, and plans the next one when a date is given."""

    def __init__(self, desk: Desk, view: DossierView, trajectory_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._trajectory = desk, trajectory_id
        today = desk.workspace.today()
        sessions = [one for one in view.of(Session) if one.trajectory_id == trajectory_id]
        self._session = next((one for one in reversed(sessions) if one.date == today), None)
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(WIDTH)
        self.minutes = self._box(field_of(Session, "minutes"))
        self.mode = self._box(field_of(Session, "mode"))
        self.step = self._box(field_of(Session, "step_reached"))
        date = field_of(Session, "date")
        self.next = self._box(Field("date", _("Volgende afspraak"), date.kind, date.privacy))
        for box in (self.minutes, self.mode, self.step):
            if self._session is not None:
                box.editor.set_value(getattr(self._session, box.field.name))
        self.done_button = button(_("Afronden"), self.accept, look="primary")
        self.setLayout(
            column(
                words(_("Gesprek afronden"), step="heading"),
                words(_("Het gesprek van vandaag. Wat je niet weet, laat je leeg."), tone="muted"),
                row(self.minutes, self.mode, space=M),
                self.step,
                self.next,
                row(None, button(_("Nog niet"), self.reject), self.done_button),
                space=M,
                margins=L,
            )
        )
        self.done_button.setDefault(True)
        self.minutes.widget.setFocus()

    def _box(self, field: Field) -> FieldBox:
        workspace = self._desk.workspace
        box = FieldBox(field, editor_for(field, workspace.codelists, workspace.today))
        box.want(True)
        box.editor.changed.connect(lambda: setattr(box, "dirty", True))
        return box

    @property
    def boxes(self) -> dict[str, FieldBox]:
        """The fields by name."""
        return {"minutes": self.minutes, "mode": self.mode, "step_reached": self.step, "next": self.next}

    def memo(self) -> dict[str, Any]:
        """What is filled in, and where the cursor is."""
        return memo_of(self.boxes)

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave."""
        recall(self.boxes, memo)

    def _values(self) -> dict[str, Any] | None:
        """What was filled in, by name, or None with a word beside what does not fit."""
        values: dict[str, Any] = {}
        wrong = False
        for name, box in self.boxes.items():
            try:
                values[name] = check(box.field, box.editor.value())
                box.complain("")
            except InvalidValue as error:
                wrong = True
                box.complain(beside(box.field, error))
        return None if wrong else values

    def accept(self) -> None:
        """Keep it, and close; stay open while something does not fit."""
        values = self._values()
        if values is None:
            return
        workspace, following = self._desk.workspace, values.pop("next")
        try:
            if self._session is None:
                today = workspace.today()
                dossiers.add(workspace, Session, self._trajectory, date=today, attended=HELD, **values)
            else:
                dossiers.change(workspace, Session, self._session.id, attended=HELD, **values)
            if following is not None:
                dossiers.add(workspace, Session, self._trajectory, date=following, attended=PLANNED)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.kept.emit()
        self._desk.toast(_("Gesprek bewaard"))
        super().accept()
