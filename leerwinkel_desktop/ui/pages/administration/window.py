"""The look of the window, and what stands at the foot of each sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit

from leerwinkel_desktop import settings
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import sheets
from leerwinkel_desktop.ui import look
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import Card, Column, M, row

THEMES = {"system": _("Zoals het systeem"), "light": _("Licht"), "dark": _("Donker")}
HOUSE = {"address": _("Adres"), "phone": _("Telefoon"), "walk_in": _("Vrije inloop")}


class WindowSection(Column):
    """Two cards that keep what is chosen at once."""

    look_changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.add(self._look())
        self.add(self._house())

    def _look(self) -> Card:
        card = Card(_("Het venster"))
        self.theme = ChoiceBox()
        self.theme.setAccessibleName(_("Kleuren"))
        for key, label in THEMES.items():
            self.theme.addItem(label, key)
        self.percent = ChoiceBox()
        self.percent.setAccessibleName(_("Grootte van de tekst"))
        for percent in settings.TEXT_PERCENTS:
            self.percent.addItem(f"{percent} %", percent)
        self._show_chosen()
        for box in (self.theme, self.percent):
            box.activated.connect(lambda _index: self._on_look())
        colours, size = (
            captioned(_("Kleuren"), self.theme),
            captioned(_("Grootte van de tekst"), self.percent),
        )
        card.add(row(colours, size, space=M))
        return card

    def _show_chosen(self) -> None:
        chosen = settings.load(settings.file())
        self.theme.setCurrentIndex(self.theme.findData(chosen.theme))
        self.percent.setCurrentIndex(self.percent.findData(chosen.text_percent))

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody may have chosen with the keyboard meanwhile."""
        super().showEvent(event)
        self._show_chosen()

    def _on_look(self) -> None:
        chosen = settings.Settings(self.theme.currentData(), self.percent.currentData())
        look.keep(self._desk, chosen)
        self.look_changed.emit(chosen)

    def _house(self) -> Card:
        card = Card(
            _("De Leerwinkel op het adviesblad"), _("Dit staat onderaan elk blad: waar mensen je vinden.")
        )
        told = sheets.told_house(self._desk.workspace)
        self.house: dict[str, QLineEdit] = {}
        for name, label in HOUSE.items():
            line = QLineEdit(told.get(name) or "")
            line.setAccessibleName(label)
            line.editingFinished.connect(self.keep)
            self.house[name] = line
            card.add(captioned(label, line))
        return card

    def keep(self) -> None:
        """Keep what is being typed."""
        values = {name: line.text().strip() or None for name, line in self.house.items()}
        if values == sheets.told_house(self._desk.workspace):
            return
        try:
            sheets.set_house(self._desk.workspace, **values)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.toast(_("✓ bewaard"))
