"""What is done with an appointment from Vandaag or the agenda: come, not come, moved, planned, walked in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import appointments, dossiers
from leerwinkel_desktop.services.appointments import HELD, NO_SHOW
from leerwinkel_desktop.ui.choosing_client import ClientDialog
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.planning import moving, planning


class Acting:
    """Does it for one page; `dialog` is the question that is open."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        self._desk, self._page = desk, page
        self.dialog: QDialog | None = None

    def came(self, session_id: str, where: str) -> None:
        """Somebody is here: the talk begins, and the dossier opens."""

        def begin() -> None:
            self._mark(session_id, HELD, _("Het gesprek is begonnen"))
            self._desk.sent.emit(where)

        self._desk.when_free(begin)

    def absent(self, session_id: str) -> None:
        """Somebody did not come."""
        self._desk.when_free(lambda: self._mark(session_id, NO_SHOW, _("Genoteerd: niet komen opdagen")))

    def _mark(self, session_id: str, attended: str, told: str) -> None:
        before = appointments.mark(self._desk.workspace, session_id, attended)
        self._desk.kept.emit()
        self._desk.toast(told, lambda: self._put_back(before))

    def _put_back(self, before: Session) -> None:
        dossiers.save(self._desk.workspace, before)
        self._desk.kept.emit()

    def move(self, session_id: str, who: str) -> None:
        """Another day or time."""
        self._desk.when_free(lambda: self._ask(moving(self._desk, session_id, who, self._page)))

    def plan(self, **begin: Any) -> None:
        """A new appointment: first with whom, then when."""

        def when(client_id: str) -> None:
            self._ask(planning(self._desk, client_id, self._page, **begin))

        self._choose(_("Met wie is de afspraak?"), when)

    def walk_in(self) -> None:
        """Somebody came without an appointment: who, and the talk begins now."""

        def begin(client_id: str) -> None:
            appointments.walk_in(self._desk.workspace, client_id)
            self._desk.kept.emit()
            self._desk.sent.emit(f"dossier/{client_id}")

        self._choose(_("Wie is er zonder afspraak?"), begin)

    def still_to_print(self) -> None:
        """The list of sheets that wait for a printer, to be printed in one go."""
        from leerwinkel_desktop.ui.still_to_print import StillToPrintDialog  # Vandaag need not wait

        self._ask(StillToPrintDialog(self._desk, self._page))

    def _choose(self, heading: str, then: Callable[[str], None]) -> None:
        dialog = ClientDialog(self._desk, heading, self._page)
        dialog.chosen.connect(lambda client_id: self._desk.when_free(lambda: then(client_id)))
        self._ask(dialog)

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
