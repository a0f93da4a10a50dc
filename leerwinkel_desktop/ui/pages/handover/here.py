"""What is on this laptop and until when, how much that is, and letting go of what is safe."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import along
from leerwinkel_desktop.services.along import Choice, Here
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.choosing import PeopleDialog
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, button, words
from leerwinkel_desktop.ui.work import LongWork


def state(one: Here) -> tuple[str, str]:
    """What is the matter with a dossier here, in words, and its sign."""
    if one.unsent:
        return _("nog niet bevestigd door kantoor"), "attention"
    if one.leaving:
        return _("gaat weg na de overdracht"), "calm"
    if one.overdue:
        return _("moest al terug"), "attention"
    return _("veilig op kantoor"), "good"


COLUMNS: Sequence[Column[Here]] = (
    Column(_("Naam"), lambda one: one.name or _("zonder naam")),
    Column(_("Nummer"), lambda one: one.number or ""),
    Column(
        _("Mee tot"),
        lambda one: one.until.strftime("%d/%m/%Y") if one.until else "",
        lambda one: one.until,
    ),
    Column(_("Toestand"), lambda one: state(one)[0], stretch=True, sign=lambda one: state(one)[1]),
)


class HereCard(Card):
    """Hidden while there is nobody on this laptop; `left` tells that somebody left it."""

    left = Signal()

    def __init__(self, desk: Desk, work: LongWork) -> None:
        super().__init__(_("Op deze laptop"))
        self._desk, self._work = desk, work
        self._found: list[Here] = []
        self.dialog: PeopleDialog | None = None
        self.told = words("")
        self.listed: RowTable[Here] = RowTable(COLUMNS, _("Dossiers op deze laptop"))
        self.let_go = button(_("Laat gaan …"), self.ask)
        buttons = FlowLayout()
        buttons.addWidget(self.let_go)
        for part in (self.told, self.listed, buttons):
            self.add(part)
        work.busy.connect(lambda busy: self.let_go.setDisabled(busy))

    def refresh(self) -> None:
        """Read again who is here, as a job."""
        workspace = self._desk.workspace
        self._desk.jobs.start(
            self,
            lambda _progress: (along.here(workspace), along.index_size(workspace)),
            lambda found: self._on_known(*found),
            self._desk.report,
        )

    def _on_known(self, found: list[Here], names: int) -> None:
        self._found = found
        self.told.setText(holds(len(found), names))
        self.listed.set_rows(found)
        self.listed.fit(6)
        self.setVisible(bool(found))
        self.let_go.setVisible(any(not one.unsent for one in found))

    def ask(self) -> None:
        """Choose who leaves: only those of whom all is at the office; the others are named."""
        safe = [one for one in self._found if not one.unsent]
        unsent = [" · ".join(filter(None, (one.name, one.number))) for one in self._found if one.unsent]
        told = _("Ze staan veilig op kantoor en verdwijnen hier. Je kunt ze later weer laten meegeven.")
        if unsent:
            told += _(" Wat nog niet bevestigd is, blijft: {names}.").format(names=", ".join(unsent))
        dialog = PeopleDialog(self, _("Laat gaan van deze laptop"), told, _("Laat {n} gaan"))
        dialog.people.offer(
            [Choice(one.client_id, one.number, one.name) for one in safe],
            [one.client_id for one in safe if one.overdue or one.leaving],
            [one.until.strftime("tot %d/%m/%Y") if one.until else "" for one in safe],
        )
        dialog.agreed.connect(lambda: self._leave(dialog.people.chosen))
        self.dialog = dialog
        dialog.open()

    def _leave(self, chosen: list[str]) -> None:
        workspace = self._desk.workspace
        self._work.run(
            _("Laten gaan …"),
            lambda _progress: along.let_go_here(workspace, chosen),
            self._on_left,
        )

    def _on_left(self, count: int) -> None:
        self.left.emit()
        self._desk.kept.emit()
        told = counted(
            "1 dossier staat niet meer op deze laptop.", "{n} dossiers staan niet meer op deze laptop.", count
        )
        self._desk.say(told + _(" Het kantoor hoort het met de volgende bundel."))


def holds(dossiers: int, names: int) -> str:
    """What a stolen laptop would hold, in one sentence."""
    told = counted("Deze laptop draagt 1 dossier", "Deze laptop draagt {n} dossiers", dossiers)
    if names:
        told += counted(" en 1 naam uit de namenlijst", " en {n} namen uit de namenlijst", names)
    return told + _(", versleuteld. Hoe minder, hoe beter als hij verloren gaat.")
