"""What is beside the list of moments: one of them, counted at the door, with who was there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout

from leerwinkel_desktop.domain.organisation import Event, SittingDay
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import dossiers, moments
from leerwinkel_desktop.services.moments import Attendee, Moment
from leerwinkel_desktop.ui.choosing_client import ClientDialog
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.forms import RecordForm, Stored
from leerwinkel_desktop.ui.pages.moments.asking import MomentDialog
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import Card, Column, M, S, button, clear, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

WIDTH: Final = 360
LEAST: Final = 270
LISTED: Final = 6
YES, NO = "J", "N"
_CODES: Final = {True: YES, False: NO, None: None}
_ID: Final = Qt.ItemDataRole.UserRole


class MomentPanel(Column):
    """`opened` gives the clients behind the intakes and why; `dialog` is the question that is open."""

    opened = Signal(list, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(WIDTH, margins=0)
        grow(self, least=LEAST, most=WIDTH + M)
        self._desk = desk
        self.moment: Moment | None = None
        self.form: RecordForm[Event] | None = None
        self.dialog: QDialog | None = None
        self._attendees: Sequence[Attendee] = ()
        self.card = Card()
        self.kind = words("", step="lead")
        self.when = words("", tone="muted")
        self.held = Segments([(YES, _("Ja")), (NO, _("Nee"))], _("Gehouden"), clearable=True)
        self.held.changed.connect(self._on_held)
        self._form_room = QVBoxLayout()
        self.fewer = button("−", lambda: self._count(-1), name=_("Eén minder"))
        self.more = button(_("+ 1 aan de deur"), lambda: self._count(1), name=_("Eén meer aan de deur"))
        self.fewer.setAutoRepeat(True)
        self.more.setAutoRepeat(True)
        self._door = row(self.fewer, self.more)
        self._door.setStretch(1, 1)
        self.intakes = button("", self._open_intakes, glyph="dossiers")
        self.typed = words("", tone="muted", step="small")
        self.people_title = words(_("Wie was erbij? (met een dossier)"))
        self.take_off = button(_("Haal van de lijst"), self._on_take_off, look="quiet")
        self.people = QListWidget()
        self.people.setAccessibleName(_("Wie was erbij?"))
        self.people.itemActivated.connect(lambda item: desk.sent.emit(f"dossier/{item.data(_ID).client_id}"))
        self.people.currentRowChanged.connect(lambda at: self.take_off.setEnabled(at >= 0))
        self.add_person = button(_("Voeg iemand toe"), self.ask_person, glyph="add")
        self.change = button(_("Wijzig"), self.ask_change)
        self.remove = button(_("Verwijder"), self._on_remove, look="quiet", glyph="remove")
        self._fill()

    def _fill(self) -> None:
        self.card.add(column(self.kind, self.when, space=0))
        self._held_box = captioned(_("Gehouden"), self.held)
        self.card.add(self._held_box)
        self.card.add(self._form_room)
        self.card.add(self._door)
        self.card.add(column(self.intakes, self.typed, space=S))
        self.card.add(column(self.people_title, self.people, space=S))
        self.card.add(column(self.add_person, self.take_off, space=S))
        self.card.add(row(self.change, self.remove, None))
        self.add(self.card)
        self.show_moment(None)

    @property
    def _event(self) -> Event | None:
        return self.moment.record if self.moment and isinstance(self.moment.record, Event) else None

    def show_moment(self, moment: Moment | None) -> None:
        """Show this one; what is being typed about it stays."""
        before, self.moment = self.moment, moment
        self.card.setVisible(moment is not None)
        if before is None or moment is None or before.record.id != moment.record.id:
            self._begin_form()
        if moment is None:
            return
        codes = self._desk.workspace.codelists["event_type"]
        kind = _("Zitdag") if self._event is None else codes.label_of(moment.type or "")
        self.kind.setText(moment.name or kind)
        told = (kind if moment.name else "", in_full(moment.date), moment.place)
        self.when.setText("\n".join(filter(None, told)))
        self.held.set_code(_CODES[moment.record.held])
        self._tell_intakes(moment)
        self._show_form()
        self._list_people()

    def _begin_form(self) -> None:
        self.leave()
        clear(self._form_room)
        self.form = None
        event = self._event
        if event is not None:
            shown, seen = moments.stands(self._desk.workspace, event.id)
            target = Stored(self._desk, Event, event.id)
            self.form = RecordForm(self._desk, Event, target, ("attendees_count",), shown, 1, seen)
            self._form_room.addWidget(self.form)

    def _show_form(self) -> None:
        event = self._event
        if self.form is not None and event is not None:
            self.form.refresh(*moments.stands(self._desk.workspace, event.id))
        for part in (self.fewer, self.more, self.people_title, self.add_person, self.change):
            part.setVisible(event is not None)

    def _tell_intakes(self, moment: Moment) -> None:
        number = len(moment.intakes)
        self.intakes.setText(counted("1 intake hieruit", "{n} intakes hieruit", number))
        self.intakes.setEnabled(number > 0)
        typed = moment.record.intakes_opened if isinstance(moment.record, Event) else None
        self.typed.setVisible(typed is not None and typed != number)
        self.typed.setText(_("Getypt: {n}. De cijfers tellen de dossiers.").format(n=typed))

    def _list_people(self) -> None:
        event = self._event
        found = [] if event is None else moments.attendees(self._desk.workspace, event.id)
        if found != self._attendees or not found:
            self._attendees = found
            self.people.clear()
            for one in found:
                QListWidgetItem(one.name, self.people).setData(_ID, one)
        height = self.people.sizeHintForRow(0) if found else 0
        self.people.setFixedHeight(height * min(LISTED, len(found)) + 2 * S)
        self.people.setVisible(bool(found))
        self.take_off.setVisible(bool(found))
        self.take_off.setEnabled(self.people.currentRow() >= 0)

    def leave(self) -> None:
        """Keep what is being typed."""
        if self.form is not None:
            self.form.flush()

    def _on_held(self) -> None:
        if self.moment is not None:
            record, code = self.moment.record, self.held.code()
            held = next(answer for answer, known in _CODES.items() if known == code)
            self._write(lambda: moments.say_held(self._desk.workspace, record, held))

    def _count(self, more: int) -> None:
        event = self._event
        if event is not None:
            self.leave()
            self._write(lambda: moments.count(self._desk.workspace, event.id, more))

    def _write(self, act: Callable[[], object]) -> None:
        self._desk.when_free(lambda: self._do(act))

    def _do(self, act: Callable[[], object]) -> None:
        act()
        self._desk.kept.emit()

    def _open_intakes(self) -> None:
        if self.moment is not None:
            why = _("Intakes uit {what}, {day}").format(what=self.kind.text(), day=in_full(self.moment.date))
            self.opened.emit(list(self.moment.intakes), why)

    def ask_person(self) -> None:
        """Who was there: somebody with a dossier, or somebody new."""
        event = self._event
        if event is None:
            return
        dialog = ClientDialog(self._desk, _("Wie was erbij?"), self)
        dialog.chosen.connect(
            lambda client: self._write(lambda: moments.attach(self._desk.workspace, event.id, [client]))
        )
        self._ask(dialog)

    def _on_take_off(self) -> None:
        item = self.people.currentItem()
        if item is not None:
            self._desk.when_free(lambda: self._take_off(item.data(_ID)))

    def _take_off(self, one: Attendee) -> None:
        gone = moments.detach(self._desk.workspace, one.session_id)
        self._desk.kept.emit()
        self._desk.toast(_("Van de lijst gehaald"), lambda: self._put_back(gone))

    def ask_change(self) -> None:
        """What kind it is, when and where."""
        if self._event is not None:
            self.leave()
            shown, _seen = moments.stands(self._desk.workspace, self._event.id)
            self._ask(MomentDialog(self._desk, self._desk.workspace.today(), self, shown))

    def _on_remove(self) -> None:
        if self.moment is not None:
            self.leave()
            record = self.moment.record
            self._desk.when_free(lambda: self._remove(record))

    def _remove(self, record: Event | SittingDay) -> None:
        dossiers.remove(self._desk.workspace, record)
        self._desk.kept.emit()
        self._desk.toast(_("Moment verwijderd"), lambda: self._put_back(record))

    def _put_back(self, record: Event | SittingDay | Session) -> None:
        self._write(lambda: dossiers.save(self._desk.workspace, record))

    def _ask(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
