"""Handing over: one face for a laptop, another for the office."""

from __future__ import annotations

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.laptop import LaptopSide
from leerwinkel_desktop.ui.pages.handover.office import OfficeSide
from leerwinkel_desktop.ui.widgets.plain import L, words


class HandoverPage(QWidget):
    """Shows the side that fits this device, read again each time it comes in sight."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._watch = desk.watch
        self.setObjectName("page")
        office = desk.workspace.device().role == "office"
        self.side: LaptopSide | OfficeSide = OfficeSide(desk) if office else LaptopSide(desk)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, L, 0, 0)
        layout.setSpacing(0)
        title = words(_("Overdracht"), step="title")
        title.setContentsMargins(L, 0, L, 0)
        layout.addWidget(title)
        layout.addWidget(self.side, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.in_sight = True
        self.side.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.in_sight = False
