"""The office's side: what waits, a preview before anything is read, and what each laptop still gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.exchange import Imported, Preview, arrivals
from leerwinkel_desktop.services.exchange.arrivals import Arrival, Stack
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.held import HeldCard
from leerwinkel_desktop.ui.pages.handover.inbox import InboxCard, beside
from leerwinkel_desktop.ui.pages.handover.laptops import LaptopsCard
from leerwinkel_desktop.ui.pages.handover.outcome import Answer, OutcomeCard
from leerwinkel_desktop.ui.pages.handover.past import PastCard
from leerwinkel_desktop.ui.pages.handover.places import PlacesCard
from leerwinkel_desktop.ui.pages.handover.preview import PreviewPane
from leerwinkel_desktop.ui.places import begin_at
from leerwinkel_desktop.ui.told import moment, taken_in, tone
from leerwinkel_desktop.ui.widgets.plain import Column, L, column
from leerwinkel_desktop.ui.work import LongWork

WIDTH = 960
Fetched = tuple[Path, Preview]


class OfficeSide(QWidget):
    """Either all cards, or one preview that fills the page."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._path: Path | None = None
        self._place: Place | None = None
        self.work = LongWork(desk)
        self.held = HeldCard(desk, self.work)
        self.laptops = LaptopsCard(desk, self.work)
        self.places = PlacesCard(desk, self.work)
        self.past = PastCard(desk)
        self._make_cards()
        self.preview = PreviewPane(desk, self.work)
        self.preview.taken.connect(self.take_in)
        self.preview.left.connect(self.show_cards)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.cards)
        self._pages.addWidget(self.preview)
        busy = column(self.work)
        busy.setContentsMargins(L, 0, L, 0)
        layout = column(busy, space=0)
        layout.addWidget(self._pages, 1)
        self.setLayout(layout)

    def _make_cards(self) -> None:
        desk, work = self._desk, self.work
        self.cards = Column(WIDTH)
        self.outcome = OutcomeCard(desk, work)
        self.outcome.answered.connect(self.refresh)
        self.outcome.holding.connect(lambda: self.cards.ensureWidgetVisible(self.held))
        self.outcome.deciding.connect(lambda: desk.sent.emit("deciding"))
        self.inbox = InboxCard(
            desk,
            work,
            _("Wat wacht"),
            _(
                "Er wacht niets. Steek een stick in, of voeg hieronder een plaats toe: "
                "wat klaarligt, komt hier vanzelf. Je ziet eerst wat erin zit."
            ),
            _("onbekend"),
        )
        self.inbox.opened.connect(self.open)
        self.inbox.chosen.connect(self.look_into)
        self.inbox.all_asked.connect(self.take_all)
        self.laptops.wrote.connect(self.refresh)
        self.places.changed.connect(self.laptops.to.refresh)
        for card in (self.outcome, self.inbox, self.held, self.laptops, self.places, self.past):
            self.cards.add(card)

    def refresh(self) -> None:
        """Read all lists again, and look what lies ready."""
        for card in (self.held, self.laptops, self.places, self.past):
            card.refresh()
        self.outcome.refresh(self.laptops.waiting)
        self._desk.watch.look_far()

    def show_cards(self) -> None:
        """Leave the preview; nothing was read."""
        self._path = None
        self._pages.setCurrentWidget(self.cards)

    def open(self, one: Arrival) -> None:
        """Look into a bundle from the list; one that is far away is fetched first."""
        workspace = self._desk.workspace
        self._look(lambda progress: arrivals.at_hand(workspace, one, progress), one.place)

    def look_into(self, path: Path) -> None:
        """Look into a bundle that the user pointed at."""
        self._look(lambda _progress: path, beside(path))

    def _look(self, fetch: Callable[[Progress], Path], place: Place) -> None:
        workspace = self._desk.workspace
        self._place = place

        def work(progress: Progress) -> Fetched:
            path = fetch(progress)
            return path, exchange.look_into(workspace, path, progress)

        self.work.run(_("Bundel nakijken …"), work, self._on_looked)

    def _on_looked(self, looked: Fetched) -> None:
        path, preview = looked
        if preview.already:
            self.show_cards()
            self._desk.say(already(preview), "calm")
            return
        self._path = path
        self.preview.tell(preview)
        self._pages.setCurrentWidget(self.preview)
        begin_at(self.preview.take)

    def take_in(self) -> None:
        """Read the bundle in sight, whole or not at all."""
        path, workspace = self._path, self._desk.workspace
        if path is not None:
            self.work.run(
                _("Inlezen …"),
                lambda progress: exchange.import_bundle(workspace, path, progress),
                self._on_taken,
            )

    def _on_taken(self, imported: Imported) -> None:
        self.show_cards()
        if tone(imported) == "danger":
            self._desk.say(taken_in(imported), tone(imported))
        self._tell(taken_in(imported), [imported], [self._place])

    def _tell(self, text: str, imported: list[Imported], spots: list[Place | None]) -> None:
        answers = [
            Answer(one.receipt_for, one.sender, place)
            for one, place in zip(imported, spots, strict=True)
            if one.receipt_for is not None and place is not None
        ]
        self._desk.kept.emit()
        self.refresh()
        self.outcome.tell(text, imported, answers)
        if answers:
            self.laptops.select(answers[-1].actor)
        self.cards.verticalScrollBar().setValue(0)

    def take_all(self, new: tuple[Arrival, ...]) -> None:
        """Read all that is new, up to the first that needs a person."""
        workspace = self._desk.workspace
        self.work.run(
            _("Inlezen …"),
            lambda progress: arrivals.take_all(workspace, new, progress),
            lambda stack: self._on_stack(new, stack),
        )

    def _on_stack(self, new: tuple[Arrival, ...], stack: Stack) -> None:
        read = [(done, one.place) for (_told, done), one in zip(stack.taken, new, strict=False)]
        fresh = [(done, place) for done, place in read if not done.already]
        if fresh:
            self._tell(stacked(stack), [done for done, _ in fresh], [place for _, place in fresh])
        elif stack.taken:
            self._desk.watch.look()
            self._desk.say(_("Alles was al ingelezen. Er is niets veranderd."), "calm")
        if stack.problem is not None:
            self._desk.report(stack.problem)
        elif stack.stopped is not None:
            self.open(stack.stopped)


def already(preview: Preview) -> str:
    """That a bundle does nothing, and when it did."""
    when = _(" op {when}").format(when=moment(preview.at_ms)) if preview.at_ms else ""
    told = _("Deze bundel van {name} is al ingelezen{when}. Er is niets te doen.")
    return told.format(name=preview.sender, when=when)


def stacked(stack: Stack) -> str:
    """What came of a whole stack, in a few sentences."""
    done = [imported for _told, imported in stack.taken if not imported.already]
    people = arrivals.persons([told for told, _imported in stack.taken])
    said = [
        counted("1 bundel ingelezen", "{n} bundels ingelezen", len(done))
        + _(": {new} personen nieuw, {changed} gewijzigd.").format(**people)
    ]
    names = sorted({one.sender for one in done if one.audit_broken is not None})
    if names:
        told = _("Let op: het logboek van {names} klopt niet; verwittig de beheerder.")
        said.append(told.format(names=", ".join(names)))
    if stack.stopped is not None and stack.problem is None:
        said.append(_("De volgende bundel vraagt eerst een blik van jou."))
    return " ".join(said)
