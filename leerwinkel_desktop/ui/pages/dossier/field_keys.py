"""What the fields of a dossier leave to the page: undo and redo, and the menu that leads to their history."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QLineEdit, QMenu, QPlainTextEdit, QWidget

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.field_box import FieldBox
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.field_history import FieldHistoryDialog
from leerwinkel_desktop.ui.places import has_cursor, inner

Forms = Callable[[], Iterator[RecordForm[Record]]]
Place = tuple[RecordForm[Record], FieldBox]
OURS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class FieldKeys(QObject):
    """Watches the forms of a page; `forms` gives those that are drawn."""

    def __init__(self, desk: Desk, forms: Forms, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._forms, self._page = desk, forms, page

    def watch(self, form: RecordForm[Record]) -> None:
        """Look after the fields of one form from now on."""
        for box in form.boxes.values():
            typed = inner(box.widget)
            watched = [box, typed]
            if isinstance(typed, QAbstractScrollArea):
                watched.append(typed.viewport())
            for widget in watched:
                widget.installEventFilter(self)

    def at_cursor(self) -> Place | None:
        """The form and the field in which the cursor stands."""
        found = ((form, box) for form in self._forms() for box in form.boxes.values())
        return next((place for place in found if has_cursor(place[1].widget)), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field leaves undo and redo to the page, and its menu has one entry more."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if any(event.matches(key) for key in OURS):
                event.ignore()
                return True
        elif isinstance(event, QContextMenuEvent) and isinstance(watched, QWidget):
            return self._open_menu(watched, event.globalPos())
        return super().eventFilter(watched, event)

    def _open_menu(self, watched: QWidget, at: QPoint) -> bool:
        places = ((form, box) for form in self._forms() for box in form.boxes.values())
        place = next((one for one in places if one[1] is watched or one[1].isAncestorOf(watched)), None)
        if place is None or client_view().on or place[0].is_new:
            return False
        typed = inner(place[1].widget)
        made = typed.createStandardContextMenu() if isinstance(typed, QLineEdit | QPlainTextEdit) else None
        menu = made or QMenu(self._page)
        if made is not None:
            menu.addSeparator()
        menu.addAction(_("Geschiedenis van dit veld") + "\tAlt+H", lambda: self.show_history(place))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
        return True

    def ask(self) -> None:
        """Show the history of the field in which the cursor stands."""
        place = self.at_cursor()
        if place is not None and not client_view().on and not place[0].is_new:
            self.show_history(place)

    def show_history(self, place: Place) -> QDialog:
        """Keep what is typed there, and show what it said before."""
        form, box = place
        form.flush()
        kind, _slash, record_id = form.address.partition("/")
        dialog = FieldHistoryDialog(self._desk, kind, record_id, box.field, self._page)
        dialog.accepted.connect(box.settle)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
