"""The command palette (Ctrl+K): one box to go to a person, a page or an action, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.store.search import DossierHit
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.commanding.matching import best
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.values import day_text
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.plain import M, S, column, words

PERSONS: Final = 8
SHOWN: Final = 9
PAUSE_MS: Final = 80
LETTERS: Final = 100
STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: SHOWN,
    Qt.Key.Key_PageUp: -SHOWN,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is called, what it is, its keys, and what Enter does; `more` words find it too."""

    key: str
    label: str
    detail: str
    act: Callable[[], object]
    keys: str = ""
    glyph: str = ""
    more: str = ""


COLUMNS: Final[Sequence[Column[Entry]]] = (
    Column(_("Wat"), lambda one: one.label, sign=lambda one: one.glyph),
    Column(_("Meer"), lambda one: one.detail, stretch=True),
    Column(_("Toetsen"), lambda one: one.keys, number=True),
)


class Palette(QDialog):
    """`chosen` gives the entry that is wanted; `recent` come first while nothing is typed."""

    chosen = Signal(object)

    def __init__(
        self,
        desk: Desk,
        entries: Sequence[Entry],
        recent: Sequence[Entry],
        open_person: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._entries, self._recent, self._open = desk, entries, recent, open_person
        self._persons: Sequence[Entry] = ()
        self._eager = False
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self.line = QLineEdit()
        self.line.setAccessibleName(_("Zoek of doe iets"))
        with_names = not client_view().on
        self.line.setPlaceholderText(_("Een naam, een pagina of wat je wil doen") if with_names else "")
        self.line.textEdited.connect(lambda _text: self.typed())
        self.table: RowTable[Entry] = RowTable(COLUMNS, _("Gevonden"))
        self.table.horizontalHeader().hide()
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor stays in the line
        self.table.clicked.connect(lambda _index: self._take())
        self.table.chosen.connect(self._tell)
        self.table.setMinimumHeight(SHOWN * self.table.verticalHeader().defaultSectionSize() + S)
        self.none = words(_("Niets gevonden. Typ minder letters."), tone="muted")
        how = words(_("↑ ↓ kiezen · Enter openen · Esc sluiten"), step="small", tone="muted")
        self.setLayout(column(self.line, self.table, self.none, how, space=S, margins=M))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)
        client_view().changed.connect(self.reject)
        self._show()
        self.line.setFocus()

    def typed(self) -> None:
        """Something else was typed: pages and actions at once, persons after a short pause."""
        self._persons = ()
        self._eager = False
        self._show()
        self._timer.start()

    def look(self) -> None:
        """Look for persons, in a job; nobody is looked for while the client looks along."""
        self._timer.stop()
        text, workspace = self.line.text().strip(), self._desk.workspace
        if not text or client_view().on:
            return

        def work(_progress: Progress) -> list[DossierHit]:
            return dossiers.search(workspace, text, PERSONS)

        self._desk.jobs.start(self, work, lambda hits: self._on_found(text, hits), self._desk.report)

    def _on_found(self, text: str, hits: Sequence[DossierHit]) -> None:
        if text == self.line.text().strip():
            self._persons = [self._person(hit) for hit in hits]
            self._show()
            if self._eager:
                self._take()

    def _person(self, hit: DossierHit) -> Entry:
        name = " ".join(filter(None, (hit.first_name, hit.last_name)))
        born = f"°{day_text(hit.birth_date)}" if hit.birth_date else None
        detail = " · ".join(filter(None, (born, hit.place, hit.client_no if name else None)))
        act = partial(self._open, hit.client_id)
        return Entry(f"dossier/{hit.client_id}", name or hit.client_no or "?", detail, act, glyph="dossiers")

    def _show(self) -> None:
        typed, before = self.line.text().strip(), self.table.current()
        if typed:
            rows = [*best(typed, self._entries), *self._persons]
        else:
            known = {one.key for one in self._recent}
            rows = [*self._recent, *(one for one in self._entries if one.key not in known)]
        self.table.set_rows(rows)
        stays = before is not None and self._persons and any(one.key == before.key for one in rows)
        self.table.select_first((lambda one: one.key == before.key) if stays and before else _any)
        self.none.setVisible(not rows)
        self._tell()

    def _tell(self) -> None:
        """Let a screen reader say what Enter would do: the cursor stays in the line."""
        at = self.table.current()
        told = ", ".join(filter(None, (at.label, at.detail, at.keys))) if at else self.none.text()
        if told != self.line.accessibleDescription():
            self.line.setAccessibleDescription(told)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk through the list while the cursor stays in the line; Enter takes."""
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self.look()
            self._take()
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        last = self.table.rows.rowCount() - 1
        at = max(0, min(last, self.table.currentIndex().row() + step))
        self.table.setCurrentIndex(self.table.model().index(at, 0))

    def _take(self) -> None:
        """Take what is chosen; who presses Enter before a person is found gets the first one found."""
        entry = self.table.current()
        self._eager = entry is None
        if entry is not None:
            self.accept()
            self.chosen.emit(entry)


def _any(_entry: Entry) -> bool:
    return True
