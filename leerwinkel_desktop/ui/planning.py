"""Plans an appointment or moves one, in one small dialog; what stands in the way is said softly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from leerwinkel_desktop.domain.agenda import USUAL_MINUTES, holiday, is_weekend
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import check, field_of
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import appointments, dossiers
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.choosing import editor_for
from leerwinkel_desktop.ui.field_box import FieldBox, beside, memo_of, recall
from leerwinkel_desktop.ui.keeping import keep_and_close
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words

NAMES: Final = ("date", "starts_at", "minutes", "mode", "location")
BY_APPOINTMENT: Final = "AFSPRAAK"
LETTERS: Final = 72


class PlanDialog(QDialog):
    """`planned` when it is in the agenda, moved or cancelled; `who` is shown above, and nowhere else."""

    planned = Signal()

    def __init__(
        self,
        desk: Desk,
        trajectory_id: str,
        who: str,
        parent: QWidget,
        *,
        moved: Session | None = None,
        begin: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._trajectory, self._moved = desk, trajectory_id, moved
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self.boxes = {name: self._box(name) for name in NAMES}
        known = {"mode": BY_APPOINTMENT, "minutes": USUAL_MINUTES, **(begin or {})}
        for name, box in self.boxes.items():
            box.editor.set_value(getattr(moved, name) if moved is not None else known.get(name))
        self.hint = words("", tone="attention")
        self.hint.hide()
        heading = _("Afspraak verzetten") if moved is not None else _("Afspraak plannen")
        self.done_button = button(
            _("Verzetten") if moved is not None else _("Plannen"), self.accept, look="primary"
        )
        self.cancel = button(_("Afspraak annuleren"), self._on_cancel, look="quiet")
        self.cancel.setVisible(moved is not None)
        boxes = self.boxes
        self.setLayout(
            column(
                words(heading, step="heading"),
                words(who, tone="muted"),
                row(boxes["date"], boxes["starts_at"], boxes["minutes"], space=M),
                self.hint,
                boxes["mode"],
                boxes["location"],
                row(self.cancel, None, button(_("Toch niet"), self.reject), self.done_button),
                space=M,
                margins=L,
            )
        )
        self.done_button.setDefault(True)
        first = next((box for box in boxes.values() if not box.editor.typed()), boxes["date"])
        first.widget.setFocus()
        self._look()

    def _box(self, name: str) -> FieldBox:
        workspace = self._desk.workspace
        field = field_of(Session, name)
        box = FieldBox(field, editor_for(field, workspace.codelists, workspace.today))
        box.want(True)
        box.editor.changed.connect(lambda: setattr(box, "dirty", True))
        box.editor.changed.connect(self._look)
        return box

    def memo(self) -> dict[str, Any]:
        """What is filled in, and where the cursor is."""
        return memo_of(self.boxes)

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Put back what `memo` gave."""
        recall(self.boxes, memo)

    def _fitting(self) -> dict[str, Any]:
        """What was filled in and fits, by name; nothing is called wrong yet."""
        values: dict[str, Any] = {}
        for name, box in self.boxes.items():
            try:
                values[name] = check(box.field, box.editor.value())
            except InvalidValue:
                values[name] = None
        return values

    def _look(self) -> None:
        values = self._fitting()
        told = [] if values["date"] is None else self._in_the_way(values)
        self.hint.setText("\n".join(f"⚠ {one}" for one in told))
        self.hint.setVisible(bool(told))

    def _in_the_way(self, values: Mapping[str, Any]) -> list[str]:
        """What somebody should know about that day and time; no names: the client may look along."""
        day: date = values["date"]
        told = []
        if day < self._desk.workspace.today():
            told.append(_("Die dag is al voorbij."))
        if (name := holiday(day)) is not None:
            told.append(_("Dat is een feestdag: {name}.").format(name=name))
        elif is_weekend(day):
            told.append(_("Dat is in het weekend."))
        told += [
            _("Je hebt dan al een afspraak, om {time}.").format(time=clash) for clash in self._clashes(values)
        ]
        return told

    def _clashes(self, values: Mapping[str, Any]) -> list[str]:
        if values["starts_at"] is None:
            return []
        found = appointments.conflicts(
            self._desk.workspace,
            self._trajectory,
            values["date"],
            values["starts_at"],
            values["minutes"],
            leave_out=None if self._moved is None else self._moved.id,
        )
        return [one.starts_at or "" for one in found]

    def _values(self) -> dict[str, Any] | None:
        values: dict[str, Any] = {}
        wrong = False
        for name, box in self.boxes.items():
            try:
                values[name] = check(box.field, box.editor.value())
                if name == "date" and values[name] is None:
                    raise InvalidValue(name, "required")
                box.complain("")
            except InvalidValue as error:
                wrong = True
                box.complain(beside(box.field, error))
        return None if wrong else values

    def accept(self) -> None:
        """Put it in the agenda, and close; stay open while something does not fit."""
        values = self._values()
        if values is None:
            return
        workspace, moved = self._desk.workspace, self._moved
        if moved is None:
            self._keep(self.done_button, lambda: appointments.plan(workspace, self._trajectory, **values))
        else:
            self._keep(self.done_button, lambda: appointments.move(workspace, moved.id, **values))

    def _on_cancel(self) -> None:
        moved = self._moved
        if moved is not None:
            workspace = self._desk.workspace
            mark = appointments.mark
            self._keep(self.cancel, lambda: mark(workspace, moved.id, appointments.CANCELLED))

    def _keep(self, pressed: QPushButton, act: Callable[[], object]) -> None:
        keep_and_close(self, self._desk, pressed, act, self._on_kept)

    def _on_kept(self) -> None:
        self._desk.kept.emit()
        self.planned.emit()

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()


def moving(desk: Desk, session_id: str, who: str, parent: QWidget) -> PlanDialog:
    """The dialog that moves an appointment. Raises NotFound."""
    with desk.workspace.database.read() as reader:
        session = reader.get(Session, session_id)
    return PlanDialog(desk, session.trajectory_id or "", who, parent, moved=session)


def planning(desk: Desk, client_id: str, parent: QWidget, **begin: Any) -> PlanDialog:
    """The dialog that plans an appointment with a client; a client without a trajectory gets one.

    `begin` are values to begin with. Raises NotFound.
    """
    view = dossiers.reload(desk.workspace, client_id)
    trajectory = view.trajectory or dossiers.add_trajectory(desk.workspace, view)
    who = " ".join(filter(None, (view.client.first_name, view.client.last_name)))
    return PlanDialog(desk, trajectory.id, who or view.client.client_no or "", parent, begin=begin)
