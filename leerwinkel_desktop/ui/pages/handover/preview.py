"""What a bundle would bring, person by person, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.dossiers import label_of
from leerwinkel_desktop.services.exchange import PersonLine, Preview
from leerwinkel_desktop.services.exchange.foretelling import ORDER
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.pages.handover.changes import Changes
from leerwinkel_desktop.ui.places import begin_at
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, clear, column, row, words
from leerwinkel_desktop.ui.work import LongWork

ALL: Final = "all"
LEAST: Final = 80
"""So many letters wide, the list has room for what changes."""
SIGNS: Final = {
    "new": "add",
    "changed": "calm",
    "decide": "attention",
    "refused": "danger",
    "identical": "good",
}


def told(line: PersonLine) -> str:
    """What changes for one person: "Persoon, Gesprek 2", counted by kind of record."""
    return ", ".join(f"{label_of(kind)} {n}" if n > 1 else label_of(kind) for kind, n in line.what.items())


PERSONS: Sequence[Column[PersonLine]] = (
    Column(_("Naam"), lambda line: line.name or _("zonder naam")),
    Column(_("Nummer"), lambda line: line.number or ""),
    Column(
        _("Toestand"),
        lambda line: exchange.STATES[line.most],
        lambda line: ORDER.index(line.most),
        sign=lambda line: SIGNS[line.most],
    ),
    Column(_("Wat verandert"), told, stretch=True),
)


class PreviewPane(QWidget):
    """Fills the page; `taken` when it is to be read in, `left` when not."""

    taken = Signal()
    left = Signal()

    def __init__(self, desk: Desk, work: LongWork) -> None:
        super().__init__()
        self._desk = desk
        self._persons: tuple[PersonLine, ...] = ()
        self.source = words("", tone="muted")
        self.summary = words("", step="large")
        self.beside = words("", tone="muted")
        self.attention = words("", tone="attention")
        self.filter: Segments | None = None
        self._filters = column()
        self.persons: RowTable[PersonLine] = RowTable(PERSONS, _("Personen in de bundel"))
        self.persons.installEventFilter(self)
        self.persons.chosen.connect(self._on_chosen)
        self.changes = Changes()
        across = QSplitter()
        across.setChildrenCollapsible(False)
        across.setObjectName("bare")
        across.setHandleWidth(M)
        across.addWidget(self.persons)
        across.addWidget(self.changes)
        across.setSizes([5, 4])
        self.back = button(_("Terug, niets inlezen"), self.left.emit, glyph="back")
        self.take = button(_("Lees in"), self.taken.emit, look="primary")
        layout = column(self.source, self.summary, self.beside, self.attention, self._filters, space=S)
        layout.addWidget(across, 1)
        layout.addLayout(row(self.back, None, self.take))
        layout.setContentsMargins(L, S, L, M)
        self.setLayout(layout)
        work.busy.connect(self._on_busy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.persons and event.type() is QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """What changes is told beside the list; where there is little room, only there."""
        narrow = self.persons.width() < LEAST * self.persons.fontMetrics().averageCharWidth()
        self.persons.setColumnHidden(len(PERSONS) - 1, narrow)
        modes = QHeaderView.ResizeMode
        self.persons.horizontalHeader().setSectionResizeMode(
            0, modes.Stretch if narrow else modes.ResizeToContents
        )

    def _on_busy(self, busy: bool) -> None:
        self.back.setDisabled(busy)
        self.take.setDisabled(busy)

    def tell(self, preview: Preview) -> None:
        """Show a preview from its most pressing person on."""
        self.source.setText(
            _("Van {name}, gemaakt op {when}").format(name=preview.sender, when=moment(preview.created_ms))
        )
        self.summary.setText(exchange.summary(preview))
        self.beside.setText(" ".join(exchange.beside(preview)))
        self.beside.setVisible(bool(self.beside.text()))
        self.attention.setText(" ".join(_pressing(preview)))
        self.attention.setVisible(bool(self.attention.text()))
        self._persons = (*preview.persons, *((preview.shared,) if preview.shared else ()))
        self._offer_filters()
        self.show_only(ALL)
        begin_at(self.take)

    def _offer_filters(self) -> None:
        clear(self._filters)
        counts = {what: sum(line.most == what for line in self._persons) for what in ORDER}
        choices = [(ALL, _("Alle {n}").format(n=len(self._persons)))]
        choices += [(what, f"{exchange.STATES[what].capitalize()} {n}") for what, n in counts.items() if n]
        self.filter = Segments(choices, _("Toon"))
        self.filter.changed.connect(self._on_filter)
        self.filter.setVisible(len(choices) > 2)
        self._filters.addWidget(self.filter)

    def _on_filter(self) -> None:
        if self.filter is not None:
            self.show_only(self.filter.code() or ALL)

    def show_only(self, what: str) -> None:
        """Show the persons of one state, or all."""
        if self.filter is not None:
            self.filter.set_code(what)
        self.persons.set_rows([line for line in self._persons if what in (ALL, line.most)])
        self.persons.sort_as_given()
        self.persons.select_first()
        self._on_chosen()

    def _on_chosen(self) -> None:
        line = self.persons.current()
        if line is None:
            self.changes.tell("", ())
        else:
            name = " · ".join(each for each in (line.name, line.number) if each)
            self.changes.tell(name, exchange.details(self._desk.workspace, line))


def _pressing(preview: Preview) -> list[str]:
    """What a person must know of what is not simply read."""
    lines = (*preview.persons, *((preview.shared,) if preview.shared else ()))
    states = {what for line in lines for what, n in line.counts.items() if n}
    said = []
    if "decide" in states:
        said.append(_("⚠ Wat hier anders staat, gaat mee binnen; jij kiest daarna wat klopt."))
    if "refused" in states:
        said.append(_("⚠ Wat geweigerd is, blijft apart; de rest gaat gewoon binnen."))
    return said
