"""Chooses people: to take along on a laptop until a day, to ask back, or to let go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import along, dossiers
from leerwinkel_desktop.services.along import Choice
from leerwinkel_desktop.store.search import DossierHit
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.whereabouts import short_day
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column, row, words

LETTERS: Final = 92
"""So wide is the dialog, in letters: it grows with the size of the text."""
FOUND: Final = 100
NOBODY: Final = _("Niemand gevonden.")
DAYS: Final = (("0", _("vandaag")), ("7", _("een week")), ("14", _("twee weken")), ("30", _("een maand")))
SOURCES: Final = (
    ("today", _("Afspraak vandaag")),
    ("counsellor", _("Begeleider")),
    ("programme", _("Programma")),
    ("search", _("Zoeken")),
)


class People(QListWidget):
    """A list to tick; who was ticked stays so while other people are listed."""

    counted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(180)
        self._chosen: dict[str, None] = {}
        self.itemChanged.connect(self._on_changed)
        self.itemActivated.connect(self._on_activated)

    def offer(self, people: Sequence[Choice], ticked: Collection[str], notes: Sequence[str] = ()) -> None:
        """List these people, those to tick on top where they are seen; `notes` say something of each."""
        self._chosen.update(dict.fromkeys(ticked))
        self.blockSignals(True)
        self.clear()
        told = zip(people, notes or [""] * len(people), strict=True)
        for one, note in sorted(told, key=lambda each: each[0].client_id not in ticked):
            item = QListWidgetItem("   ".join(each for each in (one.name, one.number, note) if each), self)
            item.setData(Qt.ItemDataRole.UserRole, one.client_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(_ticked(one.client_id in self._chosen))
        self.blockSignals(False)
        self.counted.emit()

    @property
    def chosen(self) -> list[str]:
        """The ids of those who are ticked, also of those who are not in sight."""
        return list(self._chosen)

    def untick(self) -> None:
        """Begin anew."""
        self._chosen.clear()

    def turn_first(self) -> None:
        """Tick who stands on top, or untick."""
        if self.count():
            self._on_activated(self.item(0))

    def _on_changed(self, item: QListWidgetItem) -> None:
        client_id = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == Qt.CheckState.Checked:
            self._chosen[client_id] = None
        else:
            self._chosen.pop(client_id, None)
        self.counted.emit()

    def _on_activated(self, item: QListWidgetItem) -> None:
        item.setCheckState(_ticked(item.checkState() != Qt.CheckState.Checked))


def _ticked(yes: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if yes else Qt.CheckState.Unchecked


class PeopleDialog(QDialog):
    """A list of people and one action; `agreed` when it is to be done with `people.chosen`."""

    agreed = Signal()

    def __init__(self, parent: QWidget, heading: str, told: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self._action = action
        self.people = People(heading)
        self.people.counted.connect(self._on_counted)
        self.none = words(NOBODY, tone="muted")
        self.go_on = button("", self._on_go_on, look="primary")
        self.back = button(_("Toch niet"), self.reject)
        self.body = column(words(heading, step="heading"), words(told, tone="muted"), space=M, margins=L)
        self.body.addWidget(self.none)
        self.body.addWidget(self.people, 1)
        self.body.addLayout(row(None, self.back, self.go_on))
        self.setLayout(self.body)
        self._on_counted()

    def _on_counted(self) -> None:
        number = len(self.people.chosen)
        self.go_on.setText(self._action.format(n=number) if number else self._action.replace("{n} ", ""))
        self.go_on.setEnabled(number > 0)
        self.none.setVisible(self.people.count() == 0)

    def _on_go_on(self) -> None:
        self.accept()
        self.agreed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line or in the list only ticks; a button hears it for itself."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()


class TakeAlongDialog(PeopleDialog):
    """People by today's appointments, a counsellor, a programme or a search; and until when."""

    def __init__(self, desk: Desk, parent: QWidget, laptop: along.OnLaptop) -> None:
        told = counted("Nu staat er 1 dossier op.", "Nu staan er {n} dossiers op.", laptop.dossiers)
        least = _(" Geef alleen mee wat die dag nodig is.")
        super().__init__(
            parent, _("Geef mee op {name}").format(name=laptop.name), told + least, _("Geef {n} mee")
        )
        self._workspace = desk.workspace
        self._there = {one.client_id for one, _until in along.dossiers_on(desk.workspace, laptop.actor)}
        self.source = Segments(SOURCES, _("Wie"))
        self.which = ChoiceBox()
        self.which.setAccessibleName(_("Van wie of welk programma"))
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Zoek op naam of nummer"))
        self.search.setPlaceholderText(_("naam, nummer, geboortedatum …"))
        self.days = Segments(DAYS, _("Terug na"))
        self.days.set_code("14")
        self.back_on = words("", tone="muted")
        top = column(self.source, self.which, self.search, space=S)
        caption = words(_("Mee voor"))
        caption.setObjectName("caption")
        below = column(caption, self.days, self.back_on, space=S)
        self.body.insertLayout(2, top)
        self.body.insertLayout(self.body.count() - 1, below)
        self.source.changed.connect(self._on_source)
        self.which.activated.connect(lambda _at: self._find())
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.returnPressed.connect(self.people.turn_first)
        self.days.changed.connect(self._on_days)
        self.source.set_code("today")
        self._on_source()
        self._on_days()

    def _on_source(self) -> None:
        source = self.source.code()
        self.people.untick()
        self.search.setVisible(source == "search")
        self.which.setVisible(source in ("counsellor", "programme"))
        self.which.clear()
        if source == "counsellor":
            for name in along.counsellors(self._workspace):
                self.which.addItem(name, name)
        if source == "programme":
            for code, label in along.programmes(self._workspace):
                self.which.addItem(label, code)
        self.none.setText(_("Niemand heeft vandaag een afspraak.") if source == "today" else NOBODY)
        self._find()
        if source == "search":
            self.search.setFocus()

    def _find(self) -> None:
        source, which = self.source.code(), self.which.currentData()
        if source == "search":
            hits = dossiers.search(self._workspace, self.search.text(), FOUND)
            found = [
                Choice(hit.client_id, hit.client_no, " ".join(filter(None, (hit.first_name, hit.last_name))))
                for hit in hits
            ]
            self.people.offer(found, (), [self._note(hit) for hit in hits])
            return
        if source == "today":
            found = along.appointments(self._workspace)
        elif which is None:
            found = []
        elif source == "counsellor":
            found = along.of_counsellor(self._workspace, which)
        else:
            found = along.of_programme(self._workspace, which)
        self.people.untick()
        self.people.offer(found, [one.client_id for one in found])

    def _note(self, hit: DossierHit) -> str:
        born = hit.birth_date.strftime("°%d/%m/%Y") if hit.birth_date else ""
        return "   ".join(filter(None, (born, _("staat er al op") if hit.client_id in self._there else "")))

    @property
    def until(self) -> date:
        """The day on which they come back."""
        return self._workspace.today() + timedelta(days=int(self.days.code() or 0))

    def _on_days(self) -> None:
        at = datetime.combine(self.until, time(12))
        self.back_on.setText(_("Terug op {day}.").format(day=short_day(at)))
