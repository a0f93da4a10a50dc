"""Rounding off a conversation in one small dialog: minutes, step reached, next date (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import shiboken6
from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Record, check, field_of
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import appointments, dossiers, steps
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.following import All
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.field_box import FieldBox, beside, memo_of, recall
from leerwinkel_desktop.ui.pages.dossier.completeness import records_of
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

R = TypeVar("R", bound=Record)
HELD = "J"
NOT_HELD = ("AFWEZIG", "GEANNULEERD")
"""Such an appointment stays what it was; who comes all the same that day has another talk."""
WIDTH = 480
TOLD = _("Het gesprek van vandaag. Wat je niet weet, laat je leeg.")
WAITS = _("Er wordt net ingelezen. Dit wordt vanzelf bewaard zodra dat klaar is.")


def _of(view: DossierView, trajectory_id: str) -> All:
    trajectory = next((one for one in view.of(Trajectory) if one.id == trajectory_id), None)

    def records(kind: type[R], /) -> tuple[R, ...]:
        return cast(tuple[R, ...], records_of(kind, view, trajectory))

    return records


class RoundOffDialog(QDialog):
    """Keeps today's conversation of a trajectory, and plans the next one when a date is given."""

    def __init__(self, desk: Desk, view: DossierView, trajectory_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._trajectory = desk, trajectory_id
        today = desk.workspace.today()
        sessions = [one for one in view.of(Session) if one.trajectory_id == trajectory_id]
        talks = (one for one in reversed(sessions) if one.date == today and one.attended not in NOT_HELD)
        self._session = next(talks, None)
        self.setWindowTitle("Leerwinkel")
        grow(self, least=WIDTH)
        self.minutes = self._box(field_of(Session, "minutes"))
        self.mode = self._box(field_of(Session, "mode"))
        self.step = self._box(field_of(Session, "step_reached"))
        date = field_of(Session, "date")
        self.next = self._box(Field("date", _("Volgende afspraak"), date.kind, date.privacy))
        at = field_of(Session, "starts_at")
        self.next_at = self._box(Field("starts_at", _("Om hoe laat?"), at.kind, at.privacy))
        for box in (self.minutes, self.mode, self.step):
            if self._session is not None:
                box.editor.set_value(getattr(self._session, box.field.name))
        if self.step.editor.value() is None:
            self.step.editor.set_value(steps.reached(_of(view, trajectory_id)))
        self.told = words(TOLD, tone="muted")
        self.done_button = button(_("Afronden"), self.accept, look="primary")
        self.setLayout(
            column(
                words(_("Gesprek afronden"), step="heading"),
                self.told,
                row(self.minutes, self.mode, space=M),
                self.step,
                row(self.next, self.next_at, space=M),
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
        return {
            "minutes": self.minutes,
            "mode": self.mode,
            "step_reached": self.step,
            "next": self.next,
            "next_at": self.next_at,
        }

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
        """Keep it, and close; stay open while something does not fit, or while an import goes on."""
        values = self._values()
        if values is not None and self.done_button.isEnabled():
            self._wait(True)
            following = values.pop("next"), values.pop("next_at")
            self._desk.later.do(lambda: self._keep(values, following))

    def _wait(self, waits: bool) -> None:
        self.done_button.setDisabled(waits)
        self.told.setText(WAITS if waits else TOLD)

    def _keep(self, values: dict[str, Any], following: tuple[Any, Any]) -> None:
        if not shiboken6.isValid(self) or not self.isVisible():
            return  # while it waited, somebody thought better of it
        try:
            with self._desk.workspace.database.together():
                self._write(values, following)
        except VaultBusy:
            raise
        except Exception:
            self._wait(False)
            raise
        self._desk.kept.emit()
        self._desk.toast(_("Gesprek bewaard"))
        super().accept()

    def _write(self, values: dict[str, Any], following: tuple[Any, Any]) -> None:
        """Today's conversation, then the next; what was written stays written when it begins anew."""
        workspace = self._desk.workspace
        if self._session is None:
            today = workspace.today()
            self._session = dossiers.add(
                workspace, Session, self._trajectory, date=today, attended=HELD, **values
            )
        else:
            dossiers.change(workspace, Session, self._session.id, attended=HELD, **values)
        day, starts_at = following
        if day is not None:
            appointments.plan(workspace, self._trajectory, date=day, starts_at=starts_at)
