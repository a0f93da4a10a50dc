"""Bundles that were put aside: why, and an administrator's decision."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.exchange import Aside
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.pages.administration.tables import fit
from leerwinkel_desktop.ui.table import Column as TableColumn
from leerwinkel_desktop.ui.table import RowTable
from leerwinkel_desktop.ui.told import moment, taken_in, tone
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.plain import Card, button, row, words

WHY = {
    "fork": _("twee versies van één laptop: vernieuw hem en meld hem opnieuw aan"),
    "revoked": _("geschreven na het afmelden"),
}


NAMED = 8
"""How many persons are named before the rest is counted."""


class AsideCard(Card):
    """Hidden while nothing stands apart; `released` tells that one was let in."""

    released = Signal()

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(
            _("Apart gezet"), _("Er is niets van ingelezen en niets verloren. Een beheerder beslist.")
        )
        self._desk, self._work = desk, work
        self.dialog: ConfirmDialog | None = None
        self.listed: RowTable[Aside] = RowTable(
            (
                TableColumn(_("Van"), lambda one: one.sender or _("onleesbaar")),
                TableColumn(
                    _("Gemaakt"),
                    lambda one: "" if one.created_ms is None else moment(one.created_ms),
                    lambda one: one.created_ms or 0,
                ),
                TableColumn(_("Waarom"), lambda one: WHY[one.reason], stretch=True),
            ),
            _("Bundels die apart staan"),
        )
        self.take = button(_("Lees toch in …"), self.ask_release)
        self.drop = button(_("Gooi weg …"), self.ask_discard)
        self.add(self.listed)
        self.add(
            words(_("Lees alleen in wat je vertrouwt: ken je de laptop en wie ermee werkte?"), tone="muted")
        )
        self.add(row(None, self.drop, self.take))

    def refresh(self) -> None:
        """Look again at what stands apart."""
        found = exchange.quarantined(self._desk.workspace)
        self.listed.set_rows(found)
        self.listed.select_first()
        fit(self.listed)
        self.setVisible(bool(found))

    def ask_release(self) -> None:
        """Look what the chosen one would bring, show it, and ask."""
        one, workspace = self.listed.current(), self._desk.workspace
        if one is not None:
            self._work.run(
                _("Kijken wat erin staat …"),
                lambda progress: exchange.look_at(workspace, one.name, progress),
                lambda seen: self._ask_release(one, seen),
            )

    def _ask_release(self, one: Aside, seen: exchange.Preview) -> None:
        workspace = self._desk.workspace
        dialog = ConfirmDialog(
            self,
            _("Werk van {name} toch inlezen?").format(name=seen.sender),
            tuple(_contents(seen)),
            _("Lees in"),
        )

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.guarded(
                _("Inlezen …"), lambda _again: exchange.release(workspace, one.name), self._on_released
            )

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def _on_released(self, imported: exchange.Imported) -> None:
        self.released.emit()
        self._desk.kept.emit()
        self._desk.say(taken_in(imported), tone(imported))

    def ask_discard(self) -> None:
        """Ask once more before a bundle is gone."""
        one, workspace = self.listed.current(), self._desk.workspace
        if one is None:
            return
        dialog = ConfirmDialog(
            self,
            _("Deze bundel weggooien?"),
            (_("Wat erin staat en nergens anders, is dan voorgoed weg."),),
            _("Gooi weg"),
        )

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.guarded(
                _("Weggooien …"),
                lambda _again: exchange.discard(workspace, one.name),
                lambda _nothing: self._on_discarded(),
            )

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def _on_discarded(self) -> None:
        self.refresh()
        self._desk.say(_("De bundel is weggegooid."))


def _contents(seen: exchange.Preview) -> Iterator[str]:
    """What stands in a bundle, in a few sentences: when it was made, how many persons, and who."""
    yield _("Gemaakt op {when}.").format(when=moment(seen.created_ms))
    yield exchange.summary(seen) + "."
    names = [one.name for one in seen.persons[:NAMED]]
    if len(seen.persons) > NAMED:
        names.append(_("en {n} anderen").format(n=len(seen.persons) - NAMED))
    if names:
        yield ", ".join(names)
    yield from exchange.beside(seen)
    yield _("Terugdraaien kan niet. Lees alleen in wat je vertrouwt.")
