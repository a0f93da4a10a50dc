"""The rail with the parts of a dossier, each with a sign that tells how far it is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout

from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.ui.client_view import client_view, counsellor_only
from leerwinkel_desktop.ui.pages.dossier.completeness import Filled, filled
from leerwinkel_desktop.ui.pages.dossier.declared import Part
from leerwinkel_desktop.ui.widgets.glyphs import GlyphButton
from leerwinkel_desktop.ui.widgets.plain import M

RAIL_WIDTH = 176
SIGNS = {Filled.EMPTY: _("leeg"), Filled.HALF: _("begonnen"), Filled.FULL: _("ingevuld")}


class PartRail(QFrame):
    """`chosen` gives the key of a part. A client sees the parts with something of theirs, without signs."""

    chosen = Signal(str)

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self._parts = parts
        self.setObjectName("parts")
        self.setAccessibleName(_("Onderdelen van het dossier"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, M, 0, M)
        layout.setSpacing(4)
        layout.addStrut(RAIL_WIDTH - M)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, GlyphButton] = {}
        for part in parts:
            made = self.buttons[part.key] = GlyphButton("empty", part.label, "rail")
            made.setCheckable(True)
            made.clicked.connect(lambda _checked, key=part.key: self.chosen.emit(key))
            self._group.addButton(made)
            layout.addWidget(made)
            if not part.for_client:
                counsellor_only(made)
        layout.addStretch(1)

    def show_chosen(self, key: str) -> None:
        """Show which part is in sight."""
        self.buttons[key].setChecked(True)

    def tell(self, view: DossierView, trajectory: Trajectory | None) -> None:
        """Say how far each part is."""
        for part in self._parts:
            sign = None if client_view().on else filled(part, view, trajectory)
            made = self.buttons[part.key]
            made.set_glyph(sign or "open")
            made.setAccessibleName(f"{part.label}, {SIGNS[sign]}" if sign else part.label)
            made.setToolTip(SIGNS[sign] if sign else "")

    def beside(self, key: str, step: int) -> str:
        """The part so many further than this one, round the end; in client view only those of the client."""
        open_now = [part.key for part in self._parts if part.for_client or not client_view().on]
        return open_now[(open_now.index(key) + step) % len(open_now)]
