"""Momenten: sitting days, fairs, workshops; how many came, and the intakes that came of them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import moments
from leerwinkel_desktop.services.moments import SITTING, Moment, Totals
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.pages.moments.asking import MomentDialog, SittingDialog
from leerwinkel_desktop.ui.pages.moments.panel import MomentPanel
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column, row, words

MONTH, YEAR = "month", "year"
STAND: Final = 2
"""The column that a narrow table leaves out: beside it the panel says the same."""
WIDE_ENOUGH: Final = 78
"""In letters: beside the panel, with room for the stand of each moment."""
DAY: Final = timedelta(days=1)


class MomentsPage(QWidget):
    """`opened` gives the clients behind a figure and why; `dialog` is the question that is open."""

    opened = Signal(list, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.day = desk.workspace.today()
        self.dialog: QDialog | None = None
        self._found: Sequence[Moment] = ()
        self.panel = MomentPanel(desk)
        self.panel.opened.connect(self.opened)
        self.table: RowTable[Moment] = RowTable(self._columns(), _("Momenten"))
        self.table.sort_as_given()
        self.table.chosen.connect(self._on_chosen)
        self.table.activated.connect(lambda _index: self.panel.ask_change())
        self.empty = words("", tone="muted", step="large")
        empty = QWidget()
        empty.setLayout(column(self.empty, None))
        self._views = QStackedWidget()
        self._views.addWidget(self.table)
        self._views.addWidget(empty)
        self._told = words("", tone="muted")
        across = row(self._views, self.panel, space=M)
        across.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, M)
        layout.setSpacing(M)
        layout.addLayout(self._title_row())
        layout.addLayout(self._choices())
        layout.addLayout(across, 1)
        layout.addWidget(self._told)
        desk.kept.connect(self._on_kept)

    def _columns(self) -> Sequence[Column[Moment]]:
        today = self._desk.workspace.today
        return (
            Column(_("Dag"), lambda one: f"{weekday(one.date)} {one.date:%d/%m}", lambda one: one.date),
            Column(_("Wat"), self._what, stretch=True),
            Column(_("Stand"), lambda one: stand(one, today())),
            Column(_("Kwamen"), lambda one: _number(one.attendees), lambda one: one.attendees or 0, True),
            Column(_("Intakes"), lambda one: str(len(one.intakes)), lambda one: len(one.intakes), True),
        )

    def _kind(self, code: str | None) -> str:
        types = self._desk.workspace.codelists["event_type"]
        return _("Zitdag") if code == SITTING else types.label_of(code) if code else _("Zonder soort")

    def _what(self, one: Moment) -> str:
        return " · ".join(filter(None, (self._kind(one.type), one.name, one.place)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = (event.size().width() - self.panel.minimumWidth()) // self.fontMetrics().averageCharWidth()
        self.table.setColumnHidden(STAND, letters < WIDE_ENOUGH)

    def _title_row(self) -> QVBoxLayout:
        self._period = words("", step="large", tone="muted", wrap=False)
        self.add = button(_("Nieuw moment"), self.ask_new, look="primary", glyph="add")
        self.sitting = button(_("Zitdagen plannen"), self.ask_sitting, glyph="calendar")
        top = row(words(_("Momenten"), step="title"), None, self.sitting, self.add, space=S)
        return column(top, self._period, space=0)

    def _choices(self) -> QHBoxLayout:
        self.view = Segments(((MONTH, _("Maand")), (YEAR, _("Jaar"))), _("Toon"))
        self.view.set_code(MONTH)
        self.view.changed.connect(self.refresh)
        self.before = button("", lambda: self.step(-1), glyph="back", look="icon", name=_("Vroeger"))
        self.now = button(_("Nu"), lambda: self.go(self._desk.workspace.today()))
        self.after = button("", lambda: self.step(1), glyph="forward", look="icon", name=_("Later"))
        self.kinds = self._combo(_("Soort"), _("Alle soorten"))
        self.places = self._combo(_("Plaats"), _("Alle plaatsen"))
        for keys, way in (("Alt+Left", -1), ("Alt+Right", 1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda way=way: self.step(way))
        across = row(self.before, self.now, self.after, self.kinds, self.places, self.view, space=S)
        across.setStretch(across.count() - 1, 1)
        return across

    def _combo(self, name: str, everything: str) -> QComboBox:
        made = QComboBox()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(len(everything))
        made.setAccessibleName(name)
        made.addItem(everything, None)
        made.activated.connect(lambda _at: self._show())
        return made

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.table.setFocus()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.panel.leave()

    def _on_kept(self) -> None:
        if self.isVisible():
            self.refresh()

    @property
    def period(self) -> tuple[date, date]:
        """The first and the last day in sight."""
        if self.view.code() == YEAR:
            return date(self.day.year, 1, 1), date(self.day.year, 12, 31)
        last = monthrange(self.day.year, self.day.month)[1]
        return self.day.replace(day=1), self.day.replace(day=last)

    def go(self, day: date) -> None:
        """Show the month or the year of a day."""
        self.day = day
        self.refresh()

    def step(self, way: int) -> None:
        """One month or year further (1) or back (-1)."""
        first, last = self.period
        self.go(last + DAY if way > 0 else first - DAY)

    def refresh(self) -> None:
        """Read what is in sight again; the same moment stays chosen."""
        self._found = moments.between(self._desk.workspace, *self.period)
        first = self.period[0]
        self._period.setText(str(first.year) if self.view.code() == YEAR else _month(first))
        _offer(self.kinds, {one.type: self._kind(one.type) for one in self._found if one.type})
        _offer(self.places, {one.place: one.place for one in self._found if one.place})
        self._show()

    def _show(self) -> None:
        chosen = self.panel.moment.record.id if self.panel.moment else None
        kind, place = self.kinds.currentData(), self.places.currentData()
        shown = [one for one in self._found if kind in (None, one.type) and place in (None, one.place)]
        self.table.set_rows(shown)
        ids = {one.record.id for one in shown}
        today = self._desk.workspace.today()
        wanted = chosen if chosen in ids else _nearest(shown, today)
        self.table.select_first(lambda one: one.record.id == wanted)
        self._on_chosen()
        self._views.setCurrentIndex(0 if shown else 1)
        filtered = _("Niets met deze keuze. Kies alle soorten en alle plaatsen.")
        nothing = _("Nog geen momenten hier. Kies Nieuw moment, of plan zitdagen.")
        self.empty.setText(filtered if self._found else nothing)
        self._told.setText(told_of(moments.totals(self._desk.workspace, shown)) if shown else "")

    def _on_chosen(self) -> None:
        self.panel.show_moment(self.table.current() if self.table.rows.rowCount() else None)

    def ask_new(self) -> None:
        """A new moment, today or on the first day in sight."""
        self._ask(MomentDialog(self._desk, self._usual_day(), self))

    def ask_sitting(self) -> None:
        """Sitting days, one or many."""
        self._ask(SittingDialog(self._desk, self._usual_day(), self))

    def _usual_day(self) -> date:
        first, last = self.period
        today = self._desk.workspace.today()
        return today if first <= today <= last else first

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()


def stand(moment: Moment, today: date) -> str:
    """Whether it took place, in a word."""
    if moment.record.held is False:
        return _("niet gehouden")
    return _("gehouden") if moments.was_held(moment, today) else _("komt nog")


def told_of(totals: Totals) -> str:
    """What the moments in sight come to."""
    parts = (
        counted("1 moment", "{n} momenten", totals.moments),
        counted("1 aanwezige", "{n} aanwezigen", totals.attendees),
        counted("1 intake", "{n} intakes", totals.intakes),
        counted("1 plaats met een zitdag", "{n} plaatsen met een zitdag", totals.places),
    )
    return " · ".join(parts)


def _nearest(shown: Sequence[Moment], today: date) -> str | None:
    """The moment of today, else the next one, else the last."""
    coming = (one.record.id for one in shown if one.date >= today)
    return next(coming, shown[-1].record.id if shown else None)


def weekday(day: date) -> str:
    """The day of the week in two letters: "di"."""
    return in_full(day)[:2]


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _month(day: date) -> str:
    return in_full(day).split(" ", 2)[2]


def _offer(combo: QComboBox, choices: dict[str, str]) -> None:
    """Offer these besides everything, and keep what is chosen."""
    chosen, label = combo.currentData(), combo.currentText()
    while combo.count() > 1:
        combo.removeItem(1)
    if chosen is not None:
        choices = {**choices, chosen: label}
    for code, told in sorted(choices.items(), key=lambda pair: pair[1].casefold()):
        combo.addItem(told, code)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
