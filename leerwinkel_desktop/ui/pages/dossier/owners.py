"""Who does what: barriers and first steps by who takes them up (DOMAIN.md §5 step 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import AdviceStep, Barrier
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.options import BESIDE, All
from leerwinkel_desktop.ui.pages.dossier.rows import Seens
from leerwinkel_desktop.ui.widgets.columns import ColumnsLayout
from leerwinkel_desktop.ui.widgets.plain import Card, M, S, clear, words

WHO: Final = (
    ("CLIENT", _("Wat doe jij?")),
    ("COUNSELLOR", _("Wat doen wij?")),
    ("PARTNER", _("Wie nog?")),
)
NARROWEST: Final = 28


class OwnersCard(Card):
    """Three lists that are only read: what is in them is written at the barriers and the steps."""

    form_made = Signal(object)

    def __init__(self, desk: Desk, spec: RowsCard, records: All) -> None:
        super().__init__(spec.heading)
        self._lists, self._spec, self._all = desk.workspace.codelists, spec, records
        self.empty = words(spec.empty, tone="muted")
        self.add(self.empty)
        letters = self.fontMetrics().averageCharWidth()
        columns = ColumnsLayout(BESIDE, NARROWEST * letters)
        columns.setSpacing(M)
        self._frames: dict[str, tuple[QFrame, QVBoxLayout]] = {}
        for code, heading in WHO:
            frame = QFrame()
            frame.setObjectName("row")
            frame.setAccessibleName(heading)
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(M, M, M, M)
            inside.setSpacing(S)
            inside.addWidget(words(heading, step="lead"))
            room = QVBoxLayout()
            room.setSpacing(S)
            inside.addLayout(room)
            inside.addStretch(1)
            self._frames[code] = frame, room
            columns.addWidget(frame)
        self.body.addLayout(columns)
        self._tell()

    def tasks(self, who: str) -> list[str]:
        """What one of them has to do, as it is told."""
        return [*self._of_barriers(who), *self._of_steps(who)]

    def _of_barriers(self, who: str) -> Iterator[str]:
        labels, status = self._lists["barrier"], self._lists["barrier_status"]
        for one in self._all(Barrier):
            done = one.status in status and status.get(one.status).flag("done") if one.status else False
            if one.owner == who and one.code and not done:
                action = one.action if "action" in self._spec.names else None
                yield " ".join((action or labels.label_of(one.code)).split())

    def _of_steps(self, who: str) -> Iterator[str]:
        for step in sorted(self._all(AdviceStep), key=lambda one: one.position or 0):
            if step.who == who and step.what:
                yield _("{what} (stap {n})").format(what=step.what, n=step.position or "?")

    def _tell(self) -> None:
        told = {code: self.tasks(code) for code, _heading in WHO}
        self.empty.setVisible(not any(told.values()))
        for code, (frame, room) in self._frames.items():
            clear(room)
            frame.setVisible(any(told.values()))
            for task in told[code]:
                room.addWidget(words(f"•  {task}"))
            if not told[code]:
                room.addWidget(words(_("Nog niets."), tone="muted"))

    def forms(self) -> Iterator[RecordForm[Record]]:
        """None: nothing is typed here."""
        yield from ()

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:  # noqa: ARG002
        """Tell it as it stands now."""
        self._tell()
