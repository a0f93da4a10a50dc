"""The agenda: one day as a list, or a week as a grid; of one counsellor or of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.agenda import holiday, is_weekend, week_of
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import appointments
from leerwinkel_desktop.services.appointments import PLANNED, Appointment
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.pages.today.acting import Acting
from leerwinkel_desktop.ui.pages.today.cards import dossier, name_of
from leerwinkel_desktop.ui.pages.today.export import ExportDialog
from leerwinkel_desktop.ui.pages.today.week import WeekGrid
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.whereabouts import day_and_month
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, row, words

DAY, WEEK = "day", "week"
EVERY_MS: Final = 60_000


class AgendaPage(QWidget):
    """`day` is the day in sight, or one of the week that is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.day = desk.workspace.today()
        self.acting = Acting(desk, self)
        self.export: ExportDialog | None = None
        self._found: Sequence[Appointment] = ()
        self.table: RowTable[Appointment] = RowTable(self._columns(), _("Afspraken van de dag"))
        self.table.sort_as_given()
        self.table.activated.connect(lambda index: self._open(self.table.at(index)))
        self.table.chosen.connect(self._look)
        self.grid = WeekGrid()
        self.grid.activated.connect(lambda _index: self._on_slot())
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._look())
        self.empty = words(
            _("Niemand gepland op deze dag. Kies Nieuwe afspraak."), tone="muted", step="large"
        )
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(self.grid)
        self._views.addWidget(self.empty)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, M)
        layout.setSpacing(M)
        layout.addLayout(self._title_row())
        layout.addLayout(self._choices())
        layout.addWidget(self._views, 1)
        layout.addLayout(self._acts())
        desk.kept.connect(self._on_kept)

    def _columns(self) -> Sequence[Column[Appointment]]:
        lists = self._desk.workspace.codelists
        return (
            Column(_("Uur"), lambda one: one.starts_at or "–"),
            Column(_("Wie"), lambda one: name_of(one.person), stretch=True),
            Column(_("Wijze"), lambda one: lists["contact_mode"].label_of(one.mode) if one.mode else ""),
            Column(_("Plaats"), lambda one: one.location or ""),
            Column(_("Begeleider"), lambda one: one.person.counsellor or ""),
            Column(
                _("Stand"), lambda one: lists["attendance"].label_of(one.attended) if one.attended else ""
            ),
        )

    def _title_row(self) -> QVBoxLayout:
        self._title = words("", step="large", tone="muted", wrap=False)
        self.add = button(_("Nieuwe afspraak"), self._on_add, look="primary", glyph="add")
        self.out = button(_("Naar andere agenda"), self.ask_export, glyph="save")
        self.back = button(
            "",
            lambda: self._desk.sent.emit("today"),
            look="icon",
            glyph="back",
            name=_("Terug naar Vandaag"),
        )
        layout = QVBoxLayout()
        layout.setSpacing(0)
        layout.addLayout(row(self.back, words(_("Agenda"), step="title"), None, self.out, self.add, space=S))
        layout.addWidget(self._title)
        return layout

    def _choices(self) -> QHBoxLayout:
        self.view = Segments(((DAY, _("Dag")), (WEEK, _("Week"))), _("Toon"))
        self.view.set_code(WEEK)
        self.view.changed.connect(self.refresh)
        self.before = button("", lambda: self.step(-1), glyph="back", look="icon", name=_("Vroeger"))
        self.now = button(_("Vandaag"), lambda: self.go(self._desk.workspace.today()))
        self.after = button("", lambda: self.step(1), glyph="forward", look="icon", name=_("Later"))
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Agenda van"))
        self.whose.activated.connect(lambda _at: self.refresh())
        for keys, way in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda way=way: self.step(way))
        across = row(self.before, self.now, self.after, self.whose, self.view, space=S)
        across.setStretch(across.count() - 1, 1)
        return across

    def _acts(self) -> QHBoxLayout:
        self.chosen = words("", tone="muted", wrap=False)
        self.open = button(_("Open dossier"), lambda: self._do(self._open))
        self.came = button(
            _("Gekomen"), lambda: self._do(lambda one: self.acting.came(one.id, dossier(one.person)))
        )
        self.absent = button(_("Niet gekomen"), lambda: self._do(lambda one: self.acting.absent(one.id)))
        self.shift = button(
            _("Verzet"), lambda: self._do(lambda one: self.acting.move(one.id, name_of(one.person)))
        )
        return row(self.open, self.came, self.absent, self.shift, self.chosen, None, space=S)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        (self.grid if self.view.code() == WEEK else self.table).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def _on_kept(self) -> None:
        if self.isVisible():
            self.refresh()

    def go(self, day: date) -> None:
        """Show this day, or its week."""
        self.day = day
        self.refresh()

    def step(self, way: int) -> None:
        """One day or week further (1) or back (-1)."""
        self.go(self.day + timedelta(days=way * (7 if self.view.code() == WEEK else 1)))

    def show_day(self, day: date) -> None:
        """Show one day as a list."""
        self.view.set_code(DAY)
        self.go(day)
        self.table.setFocus()

    def refresh(self) -> None:
        """Read what is in sight again."""
        days = week_of(self.day) if self.view.code() == WEEK else (self.day,)
        workspace = self._desk.workspace
        self._fill_whose(appointments.counsellors(workspace, days[0], days[-1]))
        self._found = appointments.between(workspace, days[0], days[-1], self.whose.currentData())
        now = datetime.fromtimestamp(workspace.now_ms() / 1000)
        if len(days) > 1:
            self.grid.show_week(days, self._found, now)
            self._title.setText(f"{day_and_month(days[0])} – {day_and_month(days[-1])} {days[-1].year}")
        else:
            self.table.set_rows(self._found)
            self.table.select_first()
            closed = holiday(self.day) or (_("weekend") if is_weekend(self.day) else "")
            self._title.setText(" · ".join(filter(None, (in_full(self.day), closed))))
        self._views.setCurrentWidget(
            self.grid if len(days) > 1 else self.table if self._found else self.empty
        )
        self._look()

    def _fill_whose(self, names: Sequence[str]) -> None:
        chosen = self.whose.currentData()
        self.whose.clear()
        self.whose.addItem(_("Iedereen"), None)
        for name in dict.fromkeys((*names, *filter(None, (chosen,)))):
            self.whose.addItem(name, name)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)))

    @property
    def current(self) -> Appointment | None:
        """The appointment at the cursor, when there is just one."""
        if self._views.currentWidget() is self.grid:
            entries = self.grid.entries()
            return entries[0] if len(entries) == 1 else None
        return self.table.current() if self._found else None

    def _look(self) -> None:
        one = self.current
        waiting = one is not None and one.attended in (None, PLANNED)
        self.open.setEnabled(one is not None)
        for made in (self.came, self.absent, self.shift):
            made.setEnabled(waiting)
        self.chosen.setText("" if one is None else f"{one.starts_at or '–'}  {name_of(one.person)}")

    def _do(self, act: Callable[[Appointment], None]) -> None:
        one = self.current
        if one is not None:
            act(one)

    def _open(self, one: Appointment) -> None:
        self._desk.sent.emit(dossier(one.person))

    def _on_slot(self) -> None:
        """Enter in the grid: who is there, or somebody new at that time."""
        entries = self.grid.entries()
        if len(entries) == 1:
            self._open(entries[0])
        elif entries:
            self.show_day(entries[0].date)
        else:
            self._on_add()

    def _on_add(self) -> None:
        if self._views.currentWidget() is self.grid:
            day, starts_at = self.grid.place()
            self.acting.plan(date=day, starts_at=starts_at)
        else:
            self.acting.plan(date=self.day)

    def ask_export(self) -> None:
        """Write what is coming for another agenda."""
        self.export = ExportDialog(self._desk, self.day, self.whose.currentData(), self)
        self.export.open()
