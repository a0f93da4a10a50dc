"""The week of the client: hours that are taken, marked together, and whether the lessons fit (step 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from leerwinkel_desktop.domain import week as rules
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import Option, WeekSlot
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import week
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.fitting import told
from leerwinkel_desktop.ui.pages.dossier.options import All
from leerwinkel_desktop.ui.pages.dossier.rows import Seens
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import XS, Card, S, button, clear, words
from leerwinkel_desktop.ui.widgets.week_grid import WeekGrid

FREE: Final = "FREE"


class WeekCard(Card):
    """Choose hours with the mouse or with Shift and the arrows, then say by what they are taken."""

    form_made = Signal(object)

    def __init__(self, desk: Desk, spec: RowsCard, trajectory_id: str, records: All) -> None:
        super().__init__(spec.heading, spec.empty)
        self._desk, self._own, self._all = desk, trajectory_id, records
        uses = desk.workspace.codelists["week_use"].current(desk.workspace.today())
        self.grid = WeekGrid(desk.workspace.codelists)
        self.grid.asked.connect(self.mark)
        self.add(self.grid)
        acts = FlowLayout(space=S)
        self.buttons = {}
        for code, sign, label in (
            *((u.code, u.text("sign") or "", u.label) for u in uses),
            (FREE, "V", _("Vrij")),
        ):
            made = button(
                f"{sign}  {label}",
                partial(self._on_button, code),
                name=_("{label} ({key})").format(label=label, key=sign),
            )
            self.buttons[code] = made
            acts.addWidget(made)
        self.body.addLayout(acts)
        self._fits = QVBoxLayout()
        self._fits.setSpacing(XS)
        self.body.addLayout(self._fits)
        self._tell()

    def _on_button(self, code: str) -> None:
        self.grid.ask(None if code == FREE else code)

    def mark(self, days: Sequence[str], hours: tuple[int, int], use: str | None) -> None:
        """Keep that these hours of some days are taken by `use`, or free."""
        self._desk.when_free(lambda: self._mark(days, hours, use))

    def _mark(self, days: Sequence[str], hours: tuple[int, int], use: str | None) -> None:
        week.mark(self._desk.workspace, self._own, days, hours, use)
        self._desk.kept.emit()

    def _tell(self) -> None:
        slots = self._all(WeekSlot)
        self.grid.week.show_week(rules.taken(slots))
        clear(self._fits)
        for option in self._all(Option) if slots else ():
            sentence, tone = told(option, slots)
            title = option.title or _("Mogelijkheid zonder naam")
            self._fits.addWidget(words(f"{title}: {sentence}", tone=tone))

    def forms(self) -> Iterator[RecordForm[Record]]:
        """None: hours are marked at once."""
        yield from ()

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:  # noqa: ARG002
        """Show the week as it stands now."""
        self._tell()
