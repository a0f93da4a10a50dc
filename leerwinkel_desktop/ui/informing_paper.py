"""Buttons for the page that explains what happens with somebody's data, wherever it is given."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.rights import informing
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.paper_out import PaperOut


class InformingPaper(PaperOut):
    """The page as it is now; `large` is the box beside the buttons."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Uitleg over gegevens"), "Uitleg-over-gegevens", self._render)
        self.large = QCheckBox(_("Grote letters"))
        self.put_beside(self.large)

    def _render(self) -> bytes:
        return informing.render(self._desk.workspace, large_print=self.large.isChecked())
