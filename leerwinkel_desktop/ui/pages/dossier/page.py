"""One dossier: who it is, a rail with the parts, cards in the middle, and the live sheet beside part 4."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSplitter, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import decisions, dossiers
from leerwinkel_desktop.services.undoing import Told
from leerwinkel_desktop.ui.client_view import client_view, counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier import to_do_panel
from leerwinkel_desktop.ui.pages.dossier.declared import draws
from leerwinkel_desktop.ui.pages.dossier.growing import Growing
from leerwinkel_desktop.ui.pages.dossier.history import HistoryView
from leerwinkel_desktop.ui.pages.dossier.notices import Notices
from leerwinkel_desktop.ui.pages.dossier.opening import age, opened
from leerwinkel_desktop.ui.pages.dossier.part_rail import PartRail
from leerwinkel_desktop.ui.pages.dossier.part_view import DrawnCard, PartView
from leerwinkel_desktop.ui.pages.dossier.parts import PARTS
from leerwinkel_desktop.ui.pages.dossier.planner import PlannerCard
from leerwinkel_desktop.ui.pages.dossier.profiled import seen_by, shown
from leerwinkel_desktop.ui.pages.dossier.resembling import ResemblingCard, give_way
from leerwinkel_desktop.ui.pages.dossier.rights import RightsView
from leerwinkel_desktop.ui.pages.dossier.round_off import RoundOffDialog
from leerwinkel_desktop.ui.pages.dossier.sheet_panel import SheetPanel
from leerwinkel_desktop.ui.pages.dossier.undoing import UndoBar, reveal
from leerwinkel_desktop.ui.pages.dossier.waiting import Waiting
from leerwinkel_desktop.ui.places import uncover
from leerwinkel_desktop.ui.widgets.plain import Elided, L, M, S, button, row, set_tone, words

FIRST_FOR_CLIENT = "map"
STATES = {
    "kept": (_("✓ bewaard"), "good"),
    "typing": (_("… nog aan het typen"), "muted"),
    "held": (_("⚠ niet alles is bewaard"), "attention"),
    "busy": (_("… wordt bewaard zodra het inlezen klaar is"), "muted"),
}


class DossierPage(QWidget):
    """Parts are built when they are opened, from what is stored at that moment."""

    closed = Signal()

    def __init__(self, desk: Desk, client_id: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.view = opened(desk, client_id)
        self._trajectory_id = self.view.trajectory.id if self.view.trajectory else None
        seen = seen_by(desk.workspace)
        self.parts = tuple(shown(part, seen) for part in PARTS)
        self.part = self.parts[0]
        self._drawn: PartView | None = None
        self._resembling: ResemblingCard | None = None
        self._undecided: dict[str, set[str]] = {}
        self._waiting = Waiting()
        self.panel: SheetPanel | None = None
        self._dialog: RoundOffDialog | None = None
        self._rights_view: RightsView | None = None
        self._name = Elided("title")
        self._about = words("", tone="muted", wrap=False)
        self.state = words("", tone="good", wrap=False)
        self.trajectories = QComboBox()
        self.trajectories.setAccessibleName(_("Traject"))
        self.trajectories.activated.connect(self._on_trajectory)
        self.undoing = UndoBar(desk, client_id, self.in_sight, self)
        self.undoing.done.connect(self._on_undone)
        self.rail = PartRail(self.parts)
        self.rail.chosen.connect(self.go)
        self.notices = Notices(desk)
        self._middle = QSplitter(Qt.Orientation.Horizontal)
        self._middle.setChildrenCollapsible(False)
        across = row(self.rail, self._middle, space=0)
        across.setStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._header())
        layout.addWidget(self.notices)
        layout.addLayout(across, 1)
        QShortcut(QKeySequence("Alt+Left"), self).activated.connect(self.closed)
        QShortcut(QKeySequence("Ctrl+PgDown"), self).activated.connect(lambda: self._step(1))
        QShortcut(QKeySequence("Ctrl+PgUp"), self).activated.connect(lambda: self._step(-1))
        self._tell()
        self.go(self.part.key)
        desk.kept.connect(self.refresh)
        client_view().changed.connect(self._on_client_view)

    def _on_client_view(self, on: bool) -> None:
        """Go on with a part that is the client's too."""
        self.rail.tell(self.view, self.trajectory)
        if on and not self.part.for_client:
            self.go(FIRST_FOR_CLIENT)

    def _header(self) -> QVBoxLayout:
        back = button(
            "", self.closed.emit, look="icon", glyph="back", name=_("Terug naar de dossiers (Alt+←)")
        )
        self._another = button(_("Nieuw traject"), self._add_trajectory, look="quiet")
        self.round_off = button(_("&Gesprek afronden"), self._round_off)
        self.growing = Growing(self._desk, self._another)
        opening = (self._another, self.growing.button)
        for part in (back, self._about, self.trajectories, *opening, self.round_off, self.notices):
            counsellor_only(part)
        right = (self.state, self.undoing, self.trajectories, *opening, self.round_off)
        line = row(back, self._name, self._about, None, *right, space=M)
        box = QVBoxLayout()
        box.setContentsMargins(M, M, L, S)
        box.addLayout(line)
        return box

    @property
    def trajectory(self) -> Trajectory | None:
        """The trajectory in sight."""
        found = (one for one in self.view.of(Trajectory) if one.id == self._trajectory_id)
        return next(found, None)

    def begin(self) -> None:
        """Put the cursor where typing begins: in the first field."""
        form = next(self.in_sight(), None)
        if form is not None:
            form.focus_first()
        else:
            self._middle.setFocus()

    @property
    def cards(self) -> list[DrawnCard]:
        """All cards of this part."""
        return [] if self._drawn is None else self._drawn.cards

    def forms(self) -> Iterator[RecordForm[Record]]:
        """All forms of this part."""
        if self._drawn is not None:
            yield from self._drawn.forms()

    def in_sight(self) -> Iterator[RecordForm[Record]]:
        """The forms that are drawn by now: in the others nothing can be typed."""
        if self._drawn is not None:
            yield from self._drawn.drawn_forms()

    def leave(self) -> None:
        """Keep what is being typed; name what could not be kept."""
        lost = [*self._unfit(), *self._waiting.told]
        if lost:
            self._desk.say(_("Niet bewaard: {fields}.").format(fields=", ".join(lost)), "attention")

    def _unfit(self) -> list[str]:
        """Keep what is being typed in this part; gives what does not fit."""
        for form in self.in_sight():
            form.flush()
            if form.waiting:
                form.hand_over(self.view.client.id)
        return [box.told for form in self.in_sight() for box in form.boxes.values() if box.dirty]

    def _put_aside(self) -> None:
        """Keep what is being typed in this part, which is about to be drawn anew; what does not fit waits."""
        unfit = self._unfit()
        if unfit:
            told = _("Nog niet bewaard: {fields}. Het blijft staan onder “{part}”.")
            self._desk.say(told.format(fields=", ".join(unfit), part=self.part.label), "attention")
        self._waiting.keep(self.part.key, self._trajectory_id, self.in_sight())
        self._drawn = None

    def go(self, key: str) -> None:
        """Show a part, drawn from what is stored now; the cursor stays with whoever types."""
        self._put_aside()
        focused = self.focusWidget()
        typing = focused is not None and self._middle.isAncestorOf(focused)
        self.part = next(part for part in self.parts if part.key == key)
        self.rail.show_chosen(key)
        self._reload()
        for gone in [self._middle.widget(place) for place in range(self._middle.count())]:
            if gone is not None:
                gone.setParent(None)
                gone.deleteLater()
        self._drawn = self._resembling = self.panel = self._rights_view = None
        self._mark()
        if key in ("rights", "history"):
            whole = self._rights() if key == "rights" else self._history()
            counsellor_only(whole)
            self._middle.addWidget(whole)
            return
        drawn = self._drawn = PartView(self._desk, self.part, self.view, self.trajectory)
        self._middle.addWidget(drawn)
        if key == "advice" and self._trajectory_id is not None:
            self._add_panel(self._trajectory_id)
        else:
            self._middle.addWidget(to_do_panel.beside(self._desk, drawn, self.part, self.show_field))
            self._middle.setStretchFactor(0, 1)
        drawn.form_made.connect(self._watch)
        drawn.changed.connect(self.refresh)
        if key == "sessions" and self._trajectory_id is not None:
            drawn.add(PlannerCard(self._desk, self.view, self._trajectory_id))
        drawn.draw()
        if key == "data" and self.view.dossier.opened_on == self._desk.workspace.today():
            self._resembling = ResemblingCard(self._desk, self.view)
            self._resembling.same.connect(self._is_known)
            drawn.add(self._resembling)  # under the name: what somebody types in stays where it is
        if self._waiting.memos:
            self._put_back(self._waiting.take(key, self._trajectory_id, self.forms()))
        if typing:
            self.begin()

    def show_field(self, where: str, record_id: str) -> None:
        """Put the cursor in the field (kind and name) of a record, in whatever part it stands."""
        kind, _dot, name = where.partition(".")
        if not self._focus(f"{kind}/{record_id}", name):
            for part in self.parts:
                if draws(part, kind, name):
                    self.go(part.key)
                    self._focus(f"{kind}/{record_id}", name)
                    return

    def show_trajectory(self, trajectory_id: str) -> None:
        """Show another trajectory of this person."""
        self._on_trajectory(self.trajectories.findData(trajectory_id))

    def _on_undone(self, told: Told) -> None:
        """Show how it stands again, also in the field that has the cursor, and where that is."""
        focused = self.focusWidget()
        if focused is not None and self._middle.isAncestorOf(focused):
            focused.clearFocus()
        self._desk.kept.emit()
        if self.trajectory is None and self.view.trajectory is not None:
            self.show_trajectory(self.view.trajectory.id)
        reveal(self, told, self._trajectory_id)

    def _focus(self, address: str, name: str) -> bool:
        if self._form_at(address, set()) is None or self._drawn is None:
            return False
        drawn = (form for form in self.forms() if form.address == address and name in form.boxes)
        form = next(drawn, None)  # a record can be drawn on several cards
        if form is None:
            return False
        box = form.boxes[name]
        uncover(box)
        box.widget.setFocus()
        self._drawn.show_clear(box)
        return True

    def _history(self) -> HistoryView:
        view = HistoryView(self._desk, self.view)
        view.values.restored.connect(self._reload)
        return view

    def _rights(self) -> RightsView:
        view = RightsView(self._desk, self.view)
        view.asked.connect(self.go)
        view.gone.connect(self._on_gone)
        self._rights_view = view
        return view

    def _on_gone(self, text: str) -> None:
        self._waiting = Waiting()
        self.closed.emit()
        self._desk.say(text)

    def _add_panel(self, trajectory_id: str) -> None:
        panel = SheetPanel(self._desk, trajectory_id)
        self.panel = panel
        self._middle.addWidget(panel)
        self._middle.setStretchFactor(0, 5)
        self._middle.setStretchFactor(1, 4)
        self._middle.setSizes([560, 440])
        panel.printed.connect(self.refresh)
        panel.settle.connect(self._unfit)
        panel.asked.connect(self.show_field)
        panel.redraw()

    def _watch(self, form: RecordForm[Record]) -> None:
        form.mark(self._undecided)
        form.state.connect(self._on_state)
        self.undoing.watch(form)
        if self.panel is not None:
            self.panel.watch(form)

    def _is_known(self, client_id: str) -> None:
        self._unfit()
        give_way(self._desk, self.view, client_id)

    def _on_state(self, state: str) -> None:
        if state == "kept" and (self._waiting.memos or any(form.waiting for form in self.in_sight())):
            state = "held"
        text, tone = STATES[state]
        self.state.setText(text)
        set_tone(self.state, tone)

    def refresh(self) -> None:
        """Something was saved, here or by an import: show how it stands, but not where somebody types."""
        try:
            self._reload()
        except NotFound:
            self._on_gone(_("Dit dossier is er niet meer: het is intussen gewist of weggehaald."))
            return
        if self._drawn is not None:
            self._drawn.refresh(self.view, self.trajectory)
        self._mark()
        self.undoing.tell()
        if self._resembling is not None:
            self._resembling.look(self.view)
        if self.panel is not None:
            self.panel.redraw()

    def _reload(self) -> None:
        self.view = dossiers.reload(self._desk.workspace, self.view.client.id)
        self._tell()

    def _mark(self) -> None:
        """Say which fields wait for a decision, on top and beside each of them."""
        waiting = self._undecided = decisions.waiting(self._desk.workspace, self.view.seen.keys())
        self.notices.tell(self.view, sum(map(len, waiting.values())))
        for form in self.in_sight():
            form.mark(waiting)

    def _tell(self) -> None:
        client = self.view.client
        name = " ".join(filter(None, (client.first_name, client.last_name)))
        self._name.tell(name or _("Nieuwe klant"))
        today = self._desk.workspace.today()
        years = age(client.birth_date, client.birth_year, today)
        self._about.setText(" · ".join(filter(None, (years, client.client_no))))
        self.rail.tell(self.view, self.trajectory)
        found = self.view.of(Trajectory)
        self.trajectories.setVisible(len(found) > 1)
        if self.trajectories.count() != len(found):
            self.trajectories.clear()
            for one in found:
                since = f" · {one.intake_date:%d/%m/%Y}" if one.intake_date else ""
                self.trajectories.addItem(_("Traject {n}").format(n=one.seq or "?") + since, one.id)
        self.trajectories.setCurrentIndex(self.trajectories.findData(self._trajectory_id))
        self.growing.tell(self.view, self._trajectory_id)

    def _on_trajectory(self, index: int) -> None:
        self._put_aside()
        self._trajectory_id = self.trajectories.itemData(index)
        self.go(self.part.key)

    def _add_trajectory(self) -> None:
        self._unfit()
        self._desk.when_free(self._open_trajectory)

    def _open_trajectory(self) -> None:
        made = dossiers.add_trajectory(self._desk.workspace, self.view)
        if not shiboken6.isValid(self):
            return
        self._put_aside()
        self._trajectory_id = made.id
        self._desk.kept.emit()
        self.go("data")

    def _round_off(self) -> RoundOffDialog | None:
        self.leave()
        if self._trajectory_id is None:
            return None
        dialog = RoundOffDialog(self._desk, self.view, self._trajectory_id, self)
        dialog.accepted.connect(lambda: self.go(self.part.key))
        dialog.finished.connect(self._on_rounded_off)
        dialog.open()
        self._dialog = dialog
        return dialog

    def _on_rounded_off(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    @property
    def unkept(self) -> bool:
        """Whether something typed is nowhere but on the screen."""
        boxes = {} if self._dialog is None else self._dialog.boxes
        asking = self._rights_view is not None and self._rights_view.memo() is not None
        waiting = asking or bool(self._waiting.memos)
        return (
            waiting or any(form.waiting for form in self.in_sight()) or any(b.dirty for b in boxes.values())
        )

    def memo(self) -> dict[str, Any]:
        """Which part is in sight, what is typed there that is not kept, and the dialog that is open."""
        return {
            "trajectory": self._trajectory_id,
            "part": self.part.key,
            "waiting": self._waiting.memos,
            "forms": [memo for form in self.in_sight() if (memo := form.memo())],
            "dialog": None if self._dialog is None else self._dialog.memo(),
            "rights": None if self._rights_view is None else self._rights_view.memo(),
        }

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Go back to where `memo` was made."""
        if memo["trajectory"] in {one.id for one in self.view.of(Trajectory)}:
            self._trajectory_id = memo["trajectory"]
        self._waiting = Waiting(memo.get("waiting", ()))
        self.go(memo["part"])
        self._put_back(memo["forms"])
        if memo["dialog"] is not None and (dialog := self._round_off()) is not None:
            dialog.recall(memo["dialog"])
        if memo.get("rights") is not None and self._rights_view is not None:
            self._rights_view.recall(memo["rights"])

    def _put_back(self, memos: Sequence[Mapping[str, Any]]) -> None:
        """Put back in each form what its memo holds; a form that is there no more is passed over."""
        taken: set[RecordForm[Record]] = set()
        for wanted in memos:
            form = self._form_at(self._address(wanted), taken)
            if form is not None:
                taken.add(form)
                form.recall(wanted)

    def _address(self, wanted: Mapping[str, Any]) -> str:
        """Where a memo belongs now: a record that was to come may be there, since it was kept after all."""
        kind = str(wanted["form"]).partition("/")[0]
        there = any(one.id == wanted.get("born") for one in self.view.parts.get(kind, ()))
        return f"{kind}/{wanted['born']}" if there else str(wanted["form"])

    def _form_at(self, address: str, taken: Set[RecordForm[Record]]) -> RecordForm[Record] | None:
        """The form with that address, unfolded where it was; None when its record is gone."""

        def free() -> RecordForm[Record] | None:
            return next(
                (form for form in self.forms() if form.address == address and form not in taken), None
            )

        if free() is None and self._drawn is not None:
            self._drawn.reveal(address)
        return free()

    def _step(self, step: int) -> None:
        self.go(self.rail.beside(self.part.key, step))
