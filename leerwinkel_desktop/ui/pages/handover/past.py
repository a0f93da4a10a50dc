"""What was read and written here, bundle by bundle."""

from __future__ import annotations

from collections.abc import Sequence

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.store.devices import BundleRow
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.plain import Card

COLUMNS: Sequence[Column[BundleRow]] = (
    Column(_("Wanneer"), lambda line: moment(line.at_ms), lambda line: line.at_ms),
    Column(_("Richting"), lambda line: _("ingelezen") if line.direction == "IN" else _("geschreven")),
    Column(_("Bundel"), lambda line: line.file_name, stretch=True),
    Column(_("Regels"), lambda line: str(line.lines), lambda line: line.lines, number=True),
)


class PastCard(Card):
    """Hidden until something came by."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Wat hier langskwam"))
        self._desk = desk
        self.listed: RowTable[BundleRow] = RowTable(COLUMNS, _("Bundels"))
        self.add(self.listed)

    def refresh(self) -> None:
        """Read the list again, newest first."""
        found = exchange.log(self._desk.workspace)
        self.listed.set_rows(found)
        self.listed.fit()
        self.setVisible(bool(found))
