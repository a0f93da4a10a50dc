"""The next appointment of a trajectory, above its talks: plan one, or move the one that is planned."""

from __future__ import annotations

from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.appointments import PLANNED
from leerwinkel_desktop.services.client_papers import Kind
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.client_papers import opener
from leerwinkel_desktop.ui.planning import PlanDialog
from leerwinkel_desktop.ui.whereabouts import short_day
from leerwinkel_desktop.ui.widgets.flow import flow
from leerwinkel_desktop.ui.widgets.plain import Card, button, words


class PlannerCard(Card):
    """`dialog` is the question while it is open."""

    def __init__(self, desk: Desk, view: DossierView, trajectory_id: str) -> None:
        super().__init__(_("Volgende afspraak"))
        self._desk, self._trajectory = desk, trajectory_id
        self.dialog: PlanDialog | None = None
        self._next: Session | None = None
        self._who = " ".join(filter(None, (view.client.first_name, view.client.last_name)))
        self.told = words("", tone="muted")
        self.plan = button(_("Afspraak plannen"), lambda: self._ask(None), glyph="calendar")
        self.shift = button(_("Verzet"), lambda: self._ask(self._next))
        slip = opener(desk, trajectory_id, Kind.SLIP, self)
        self.slip = button(_("Afspraakbriefje"), slip, look="quiet", glyph="print")
        self.add(self.told)
        self.add(flow(self.plan, self.shift, self.slip))
        counsellor_only(self)
        desk.kept.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Tell what is planned now."""
        with self._desk.workspace.database.read() as reader:
            sessions = reader.find(Session, trajectory_id=self._trajectory)
        today = self._desk.workspace.today()
        coming = [
            (one.date, one.starts_at or "", one)
            for one in sessions
            if one.attended == PLANNED and one.date is not None and one.date >= today
        ]
        self._next, told = None, _("Er is niets gepland.")
        if coming:
            day, at, self._next = min(coming, key=lambda found: found[:2])
            told = " ".join(filter(None, (short_day(day), at)))
        self.told.setText(told)
        for about in (self.shift, self.slip):
            about.setVisible(self._next is not None)

    def _ask(self, moved: Session | None) -> None:
        self.dialog = PlanDialog(self._desk, self._trajectory, self._who, self, moved=moved)
        self.dialog.open()
