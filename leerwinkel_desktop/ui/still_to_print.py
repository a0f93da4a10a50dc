"""The list "Nog af te drukken": sheets that were made ready on a day without a printer, printed in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import sheet_files
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.sheet_files import WaitingSheet
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.print_pdf import print_pdf
from leerwinkel_desktop.ui.widgets.plain import Card, L, S, button, clear, column, row, words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

WIDTH, INSET = 560, 28
"""In pixels; what stands beneath a box begins where the words of the box begin."""


class StillToPrint(Card):
    """A card with the sheets that wait, all chosen; the system's dialog is asked once for all of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Nog af te drukken"))
        self._desk = desk
        self.boxes: dict[str, QCheckBox] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(S)
        self.print_button = button(_("Druk af"), self.print_chosen, glyph="print")
        self.off_button = button(_("Haal van de lijst"), self.take_off, look="quiet")
        self._told = words("", step="small", tone="muted")
        self.add(self._lines)
        self.add(row(self.print_button, self.off_button, None))
        self.add(self._told)
        desk.kept.connect(self.refresh)
        counsellor_only(self)
        self.refresh()

    def refresh(self) -> None:
        """Show what waits now."""
        waiting = sheet_files.to_print(self._desk.workspace)
        if [one.sheet_id for one in waiting] != list(self.boxes):
            self._show(waiting)
        self._count()

    def _show(self, waiting: tuple[WaitingSheet, ...]) -> None:
        clear(self._lines)
        self.boxes = {}
        for one in waiting:
            self.boxes[one.sheet_id] = self._box(one)
            self._lines.addWidget(self.boxes[one.sheet_id])
            self._lines.addLayout(_beneath(_told(one)))
        if not waiting:
            empty = _(
                "Er wacht geen blad op een printer. Zet er een klaar met “Later afdrukken” bij 4 Advies."
            )
            self._lines.addWidget(words(empty, tone="muted"))

    def _box(self, one: WaitingSheet) -> QCheckBox:
        box = QCheckBox(one.name)
        box.setAccessibleName(f"{one.name}, {_told(one)}")
        box.setChecked(True)
        box.toggled.connect(lambda _on: self._count())
        return box

    def chosen(self) -> list[str]:
        """The ids of the sheets that are ticked."""
        return [sheet_id for sheet_id, box in self.boxes.items() if box.isChecked()]

    def _count(self) -> None:
        n = len(self.chosen())
        self.print_button.setText(counted("Druk 1 blad af", "Druk {n} bladen af", n))
        for act in (self.print_button, self.off_button):
            act.setEnabled(bool(n))
            act.setVisible(bool(self.boxes))
        self._told.setVisible(bool(self._told.text()))

    def print_chosen(self) -> None:
        """Print the chosen sheets one after the other; each counts as printed when it was."""
        chosen = self.chosen()
        printer = self._desk.paper.printer(self, "Leerwinkel") if chosen else None
        if printer is None:
            return
        workspace = self._desk.workspace
        self.print_button.setDisabled(True)
        self._desk.jobs.start(
            self,
            lambda progress: print_all(workspace, printer, chosen, progress),
            lambda _nothing: self._on_done(len(chosen)),
            self._on_failed,
            lambda _done, _total, text: self._say(text),
        )

    def _say(self, text: str) -> None:
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _on_done(self, n: int) -> None:
        self._say("")
        self._desk.toast(counted("1 blad is naar de printer.", "{n} bladen zijn naar de printer.", n))
        self._desk.kept.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._say("")
        self._desk.kept.emit()
        self._count()
        self._desk.report(error)

    def take_off(self) -> None:
        """Take the chosen sheets off the list; their files stay in the dossiers."""
        self._desk.when_free(lambda: self._put(self.chosen(), on=False))

    def _put(self, chosen: list[str], *, on: bool) -> None:
        for sheet_id in chosen:
            sheet_files.print_later(self._desk.workspace, sheet_id, on=on)
        if not on:
            self._desk.toast(_("Van de lijst gehaald."), lambda: self._put(chosen, on=True))
        self._desk.kept.emit()


def _told(one: WaitingSheet) -> str:
    """Which sheet it is, and since when it waits."""
    day = f"{one.confirmed_on:%d/%m}" if one.confirmed_on is not None else "?"
    return _("{kind}, klaargezet op {day}").format(kind=one.label, day=day)


def _beneath(text: str) -> QVBoxLayout:
    made = column(words(text, step="small", tone="muted"))
    made.setContentsMargins(INSET, 0, 0, 0)
    return made


def print_all(workspace: Workspace, printer: QPrinter, sheet_ids: list[str], progress: Progress) -> None:
    """Print each sheet as a job of its own: no two clients on one paper that is printed on both sides.

    What was printed counts, also when a later one fails. Raises as `print_pdf` and `read_back` do.
    """
    file = printer.outputFileName()
    for number, sheet_id in enumerate(sheet_ids, start=1):
        pdf = sheet_files.read_back(workspace, sheet_id)
        if file and number > 1:
            printer.setOutputFileName(str(Path(file).with_stem(f"{Path(file).stem}-{number}")))
        progress(number - 1, len(sheet_ids), _("Blad {n} van {m} …").format(n=number, m=len(sheet_ids)))
        print_pdf(printer, pdf)
        sheet_files.printed(workspace, sheet_id)


class StillToPrintDialog(QDialog):
    """The same card, from beside a sheet."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self.card = StillToPrint(desk)
        self.card.setMinimumWidth(WIDTH)
        layout = column(self.card, row(None, button(_("Sluiten"), self.accept)), space=S, margins=L)
        self.setLayout(layout)
