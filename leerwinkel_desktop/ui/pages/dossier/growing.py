"""A quick question grows into guidance: one button, nothing is asked twice."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers, quick_question
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.plain import button


class Growing:
    """`button` takes the place of `another` while the trajectory in sight is a quick question."""

    def __init__(self, desk: Desk, another: QPushButton) -> None:
        self._desk, self._another = desk, another
        self._trajectory_id = ""
        self.button: QPushButton = button(_("Maak er een traject van"), self.grow)
        self.button.hide()

    def tell(self, view: DossierView, trajectory_id: str | None) -> None:
        """Which trajectory is in sight."""
        self._trajectory_id = trajectory_id or ""
        may = quick_question.may_grow(view, trajectory_id)
        self.button.setVisible(may)
        self._another.setHidden(may)

    def grow(self) -> None:
        """Make guidance of it, now or as soon as an import lets the database go."""
        trajectory_id = self._trajectory_id
        self._desk.when_free(lambda: self._grow(trajectory_id))

    def _grow(self, trajectory_id: str) -> None:
        before = quick_question.grow(self._desk.workspace, trajectory_id)
        self._desk.kept.emit()
        told = _("Het is nu een traject. Alles wat er stond, blijft staan.")
        self._desk.toast(told, lambda: self._desk.when_free(lambda: self._back(before)))

    def _back(self, before: Trajectory) -> None:
        dossiers.save(self._desk.workspace, before)
        self._desk.kept.emit()
