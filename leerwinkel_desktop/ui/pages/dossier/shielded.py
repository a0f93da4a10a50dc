"""The card of the detention block; it is drawn only for who may open it, and says who else may."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import detention
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.rows import Seens
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import S, row, words

MOST_NAMES = 3


class ShieldedCard(ListCard):
    """The rows of the block, and under the heading a line with a lock."""

    def __init__(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> None:
        super().__init__(desk, spec, owner_id, rows, inside, seen)
        names = [one.user for one in detention.access_list(desk.workspace) if one.open]
        self.who = words(who_may(names, desk.workspace.user), tone="muted")
        glyph = Glyph("lock")
        line = row(glyph, self.who, space=S)
        line.setStretch(1, 1)
        line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        self.body.insertLayout(1, line)


def who_may(names: list[str], own: str) -> str:
    """Who can open the block on this machine, in one sentence."""
    others = [name for name in names if name != own]
    if not others:
        return _("Afgeschermd en apart versleuteld. Alleen jij kunt dit hier openen.")
    told = others[:MOST_NAMES]
    more = len(others) - len(told)
    if more:
        told.append(_("1 ander") if more == 1 else _("{n} anderen").format(n=more))
    return _("Afgeschermd en apart versleuteld. Behalve jij kan alleen dit openen: {names}.").format(
        names=", ".join(told)
    )
