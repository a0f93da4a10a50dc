"""What came of reading, and the one obvious next step: confirm it to the laptops, where they will look."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import decisions, exchange, places
from leerwinkel_desktop.services.exchange import Imported
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.places import begin_at
from leerwinkel_desktop.ui.watch import where
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, button, words
from leerwinkel_desktop.ui.work import LongWork


@dataclass(frozen=True, slots=True)
class Answer:
    """A laptop that waits for what the office has for it, and where its bundle came from."""

    actor: str
    name: str
    place: Place


class OutcomeCard(Card):
    """Hidden until something was read; `deciding` and `holding` when somebody follows what is left to do."""

    deciding = Signal()
    holding = Signal()
    answered = Signal()

    def __init__(self, desk: Desk, work: LongWork) -> None:
        super().__init__(_("Ingelezen"))
        self._desk, self._work = desk, work
        self._answers: tuple[Answer, ...] = ()
        self._conflicts = 0
        self.told = words("")
        self.answer = button("", self.write, look="primary", glyph="save")
        self.decide = button("", self.deciding.emit)
        self.held = button("", self.holding.emit)
        self.done = button(_("Klaar"), self.hide, look="quiet")
        self._buttons = FlowLayout()
        for made in (self.answer, self.decide, self.held, self.done):
            self._buttons.addWidget(made)
        self.add(self.told)
        self.add(self._buttons)
        work.busy.connect(lambda busy: self.answer.setDisabled(busy))
        self.hide()

    def tell(self, text: str, imported: Sequence[Imported], answers: Sequence[Answer]) -> None:
        """Say what came of it; each laptop is answered once."""
        self.told.setText(text)
        self._answers = tuple({each.actor: each for each in answers}.values())
        self._offer_answer()
        self._conflicts = sum(each.conflicts for each in imported)
        self._offer_deciding(self._conflicts)
        held = sum(len(each.held) for each in imported)
        self.held.setText(counted("1 apart gehouden", "{n} apart gehouden", held))
        self.held.setVisible(bool(held))
        self.show()
        if self._answers:
            begin_at(self.answer)

    def refresh(self, waiting: Collection[str]) -> None:
        """What was decided or written meanwhile is asked no more; `waiting` laptops still wait."""
        if self._conflicts:
            self._conflicts = min(self._conflicts, decisions.count(self._desk.workspace))
            self._offer_deciding(self._conflicts)
        still = tuple(each for each in self._answers if each.actor in waiting)
        if still != self._answers:
            self._answers = still
            self._offer_answer()

    def _offer_deciding(self, conflicts: int) -> None:
        self.decide.setText(counted("1 te beslissen", "{n} te beslissen", conflicts))
        self.decide.setVisible(bool(conflicts))

    def _offer_answer(self) -> None:
        self.answer.setVisible(bool(self._answers))
        spots = {where(each.place) for each in self._answers}
        if len(self._answers) == 1:
            text = _("Schrijf bevestiging {where}").format(where=next(iter(spots)))
        elif len(spots) == 1:
            text = _("Schrijf {n} bevestigingen {where}").format(
                n=len(self._answers), where=next(iter(spots))
            )
        else:
            text = _("Schrijf {n} bevestigingen, elk waar de bundel stond").format(n=len(self._answers))
        self.answer.setText(text)

    def write(self) -> None:
        """Write what the office has for each laptop to where its bundle came from."""
        workspace, answers = self._desk.workspace, self._answers
        self._work.run(
            _("Bevestiging schrijven …"),
            lambda progress: [give(workspace, each, progress) for each in answers],
            lambda _paths: self._on_written(),
        )

    def _on_written(self) -> None:
        names = ", ".join(sorted(each.name for each in self._answers))
        self._answers = ()
        self._offer_answer()
        self.told.setText(_("De bevestiging is geschreven. Lees ze in op {names}.").format(names=names))
        begin_at(self.done)
        self.answered.emit()


def give(workspace: Workspace, answer: Answer, progress: Progress, *, anew: bool = False) -> Path:
    """Write what the office has for one laptop, `anew` all of it, and lay it down."""
    return places.deliver(
        workspace,
        answer.place,
        lambda folder: exchange.write_for_laptop(workspace, answer.actor, folder, anew=anew),
        progress,
    )
