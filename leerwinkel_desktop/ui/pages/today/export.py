"""Asks what goes to another agenda, and writes it: when and where, and names only if somebody wants."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from leerwinkel_desktop.domain.agenda import week_of
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import profile
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column, row, words

LETTERS: Final = 72
COMING: Final = timedelta(days=366)
WEEK, ALL = "week", "all"
KINDS: Final = "iCalendar (*.ics)"
FILE_NAME: Final = "leerwinkel-afspraken.ics"


class ExportDialog(QDialog):
    """Appointments of the week of `day`, or all that are coming, as a file for another agenda."""

    def __init__(self, desk: Desk, day: date, counsellor: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._day, self._counsellor = desk, day, counsellor
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self.span = Segments(((ALL, _("Alles vanaf vandaag")), (WEEK, _("Deze week"))), _("Welke afspraken"))
        self.span.set_code(ALL)
        self.names = QCheckBox(_("Zet de voornaam erbij"))
        self.names.setHidden(profile.current(desk.workspace).passphrase_again)
        self.warning = words(
            _(
                "⚠ De meeste agenda's staan op internet. Met de voornaam erbij weet iedereen die meekijkt "
                "wie wanneer bij jou komt."
            ),
            tone="attention",
        )
        self.warning.hide()
        self.names.toggled.connect(self.warning.setVisible)
        self.go_on = button(_("Bewaar het bestand"), self._on_go_on, look="primary")
        told = _(
            "Een bestand dat je in een andere agenda kan openen. Er staat alleen in wanneer en waar: "
            "geen namen, geen notities."
        )
        self.setLayout(
            column(
                words(_("Afspraken naar een andere agenda"), step="heading"),
                words(told, tone="muted"),
                self.span,
                column(self.names, self.warning, space=S),
                row(None, button(_("Toch niet"), self.reject), self.go_on),
                space=M,
                margins=L,
            )
        )
        self.span.setFocus()

    def _days(self) -> tuple[date, date]:
        if self.span.code() == WEEK:
            week = week_of(self._day)
            return week[0], week[-1]
        today = self._desk.workspace.today()
        return today, today + COMING

    def _on_go_on(self) -> None:
        desk, (first, last), names = self._desk, self._days(), self.names.isChecked()
        path = desk.paper.save_file(self, _("Afspraken bewaren"), FILE_NAME, KINDS)
        if path is None:
            return
        workspace, counsellor = desk.workspace, self._counsellor

        def work(_progress: object) -> int:
            from leerwinkel_desktop.services import agenda_file  # its library, only when somebody exports

            return agenda_file.write(workspace, path, first, last, counsellor, first_names=names)

        def told(number: int) -> None:
            desk.say(counted("1 afspraak bewaard als bestand.", "{n} afspraken bewaard als bestand.", number))

        self.accept()
        desk.jobs.start(desk, work, told, desk.report)

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()
