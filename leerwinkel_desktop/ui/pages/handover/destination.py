"""Chooses where a bundle goes: a stick that is plugged in, a place of this vault, or any other folder."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QSizePolicy

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.watch import spot


class Destination(QComboBox):
    """Begins with the place that was used last, then a stick; only the other folder asks anything."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName(_("Waar het naartoe gaat"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._places: list[Place] = []
        self.refresh()
        desk.watch.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Look again where something can go; what is chosen stays chosen while it is there."""
        chosen = self.place or places.latest(self._desk.workspace)
        self._places = self._desk.watch.sticks
        self.clear()
        for place in self._places:
            self.addItem(spot(place))
        self.addItem(_("Een andere stick of map …"))
        at = next((n for n, place in enumerate(self._places) if chosen and place.name == chosen.name), 0)
        self.setCurrentIndex(at)

    @property
    def place(self) -> Place | None:
        """The chosen place; None for a folder that is still to be asked."""
        at = self.currentIndex()
        return self._places[at] if 0 <= at < len(self._places) else None

    def ask(self) -> Place | None:
        """The chosen place, or the folder that the user points at; None when they think again."""
        if self.place is not None:
            return self.place
        folder = self._desk.paper.folder(self, _("Kies de stick of de map"))
        if folder is None:
            return None
        return Place(name=folder.name or str(folder), kind="FOLDER", address=str(folder))
