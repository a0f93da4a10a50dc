"""The moments after the advice: what is proposed is planned in one click; three attempts and it may rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers, following
from leerwinkel_desktop.services.following import All, Proposal
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.rows import RowsBox, Seens
from leerwinkel_desktop.ui.whereabouts import day_and_month, short_day
from leerwinkel_desktop.ui.widgets.plain import XS, Card, S, button, clear, column, row, words

FIRST: Final = "F1"


class Proposals(QWidget):
    """A line for each moment that can be planned, and one for each that may rest; `only` these moments."""

    def __init__(self, desk: Desk, trajectory_id: str, only: Sequence[str] = ()) -> None:
        super().__init__()
        self._desk, self._trajectory, self._only = desk, trajectory_id, only
        self._records: All | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(S)

    def look_at(self, records: All) -> None:
        """Where the dossier is read."""
        self._records = records
        self.tell()

    def tell(self) -> None:
        """Show what is proposed now."""
        if self._records is None:
            return
        clear(self._lines)
        found = following.proposed(self._desk.workspace, self._records)
        offered = [one for one in found if not self._only or one.moment in self._only]
        for one in offered:
            self._lines.addWidget(self._offer(one))
        resting = [] if self._only else following.out_of_reach(self._records)
        for moment in resting:
            self._lines.addWidget(self._rest(moment))
        self.setVisible(bool(offered or resting))

    def _line(self, title: str, detail: str, act: QWidget) -> QFrame:
        made = QFrame()
        made.setObjectName("row")
        across = row(column(words(title), words(detail, step="small", tone="muted"), space=XS), act, space=S)
        across.setStretch(0, 1)
        across.setContentsMargins(S + XS, S, S, S)
        made.setLayout(across)
        return made

    def _offer(self, one: Proposal) -> QFrame:
        code = self._desk.workspace.codelists["follow_up_moment"].get(one.moment)
        span = (
            _("op {first}").format(first=day_and_month(one.first))
            if one.first == one.last
            else _("van {first} tot {last}").format(
                first=day_and_month(one.first), last=day_and_month(one.last)
            )
        )
        day = short_day(one.due_on)
        act = button(_("Plan op {day}").format(day=day), partial(self._plan, one))
        act.setAccessibleName(_("{moment}: plan op {day}").format(moment=code.label, day=day))
        return self._line(code.label, f"{span} · {code.text('asks') or ''}".rstrip(" ·"), act)

    def _rest(self, moment: FollowUp) -> QFrame:
        codes = self._desk.workspace.codelists["follow_up_moment"]
        label = codes.label_of(moment.moment) if moment.moment else _("Opvolging")
        act = button(_("Noteer: niet bereikbaar"), partial(self._let_rest, moment.id))
        act.setAccessibleName(_("{moment}: noteer als niet bereikbaar").format(moment=label))
        return self._line(label, _("Drie keer geprobeerd, langs twee wegen."), act)

    def _plan(self, one: Proposal) -> None:
        self._desk.when_free(lambda: self._keep(one))

    def _keep(self, one: Proposal) -> None:
        workspace = self._desk.workspace
        made = following.plan(workspace, self._trajectory, one)
        self._desk.kept.emit()
        told = _("Gepland op {day}").format(day=short_day(one.due_on))
        self._desk.toast(told, lambda: self._desk.when_free(lambda: self._take_back(made)))

    def _take_back(self, made: FollowUp) -> None:
        dossiers.remove(self._desk.workspace, made)
        self._desk.kept.emit()

    def _let_rest(self, follow_up_id: str) -> None:
        self._desk.when_free(lambda: self._note_rest(follow_up_id))

    def _note_rest(self, follow_up_id: str) -> None:
        before = following.rest(self._desk.workspace, follow_up_id)
        self._desk.kept.emit()
        self._desk.toast(
            _("Genoteerd: niet bereikbaar"),
            lambda: self._desk.when_free(lambda: self._save(before)),
        )

    def _save(self, record: FollowUp) -> None:
        dossiers.save(self._desk.workspace, record)
        self._desk.kept.emit()


class MomentsCard(ListCard):
    """The moments of a trajectory, with what is proposed above them."""

    def _boxed(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> RowsBox:
        self.proposals = Proposals(desk, owner_id)
        self.add(self.proposals)
        return super()._boxed(desk, spec, owner_id, rows, inside, seen)

    def look_at(self, records: All) -> None:
        """Where the dossier is read."""
        self.proposals.look_at(records)

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:
        """Show the moments as they are now."""
        super().refresh(rows, seen)
        self.proposals.tell()


class FirstMomentCard(Card):
    """The first moment after the advice, beside the advice itself: proposed, or the day on which it comes."""

    form_made = Signal(object)

    def __init__(self, desk: Desk, spec: RowsCard, trajectory_id: str, records: All) -> None:
        super().__init__(spec.heading)
        self._records, self._empty = records, spec.empty
        self.told = words("", tone="muted")
        self.proposals = Proposals(desk, trajectory_id, only=(FIRST,))
        self.add(self.told)
        self.add(self.proposals)
        self.proposals.look_at(records)
        self._tell()

    def forms(self) -> Iterator[RecordForm[Record]]:
        """None: the moment itself stands with the others."""
        yield from ()

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:  # noqa: ARG002
        """Show how it stands now."""
        self.proposals.tell()
        self._tell()

    def _tell(self) -> None:
        coming = [
            one.due_on
            for one in cast(tuple[FollowUp, ...], self._records(FollowUp))
            if one.moment == FIRST and one.due_on is not None and one.done_on is None
        ]
        if coming:
            self.told.setText(_("We horen hoe het liep op {day}.").format(day=short_day(min(coming))))
        else:
            self.told.setText("" if self.proposals.isVisibleTo(self) else self._empty)
        self.told.setVisible(bool(self.told.text()))
