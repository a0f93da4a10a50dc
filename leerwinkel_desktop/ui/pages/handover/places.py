"""The places where bundles are exchanged: listed, added, tried, removed; how to get in is never shown."""

from __future__ import annotations

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.places import Checked, Place, PlaceProblem
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.handover.place_form import KINDS, PlaceDialog
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, button, set_tone, words
from leerwinkel_desktop.ui.work import LongWork


class PlacesCard(Card):
    """`changed` tells that there is another list."""

    changed = Signal()

    def __init__(self, desk: Desk, work: LongWork) -> None:
        super().__init__(
            _("Plaatsen"),
            _("Een stick vindt het programma zelf. Voeg een map of server toe waar je bundels uitwisselt."),
        )
        self._desk, self._work = desk, work
        self.dialog: PlaceDialog | ConfirmDialog | None = None
        self.listed: RowTable[Place] = RowTable(
            (
                Column(_("Plaats"), lambda place: place.name),
                Column(_("Soort"), lambda place: KINDS[place.kind]),
                Column(_("Waar"), lambda place: f"{place.address} {place.folder}".strip(), stretch=True),
            ),
            _("Plaatsen"),
        )
        self.listed.chosen.connect(self._on_chosen)
        self.listed.activated.connect(lambda _index: self.check())
        self.result = words("")
        self.result.hide()
        self.add_one = button(_("Plaats toevoegen …"), self.ask_new, glyph="add")
        self.try_it = button(_("Nakijken"), self.check)
        self.change = button(_("Wijzig …"), self.ask_change)
        self.tidy = button(_("Ruim op …"), self.ask_tidy)
        self.drop = button(_("Verwijder …"), self.ask_remove)
        self._with_one = (self.try_it, self.change, self.tidy, self.drop)
        buttons = FlowLayout()
        for made in (self.add_one, *self._with_one):
            buttons.addWidget(made)
        for part in (self.listed, self.result, buttons):
            self.add(part)
        work.busy.connect(self._on_busy)
        self.refresh()

    def refresh(self) -> None:
        """Read the places again."""
        found, before = places.places(self._desk.workspace), self.listed.current()
        self.listed.set_rows(found)
        self.listed.select_first(lambda one: before is None or one.id == before.id)
        if self.listed.current() is None:
            self.listed.select_first()
        self.listed.setVisible(bool(found))
        self.listed.fit(5)
        for made in self._with_one:
            made.setVisible(bool(found))

    def _on_chosen(self) -> None:
        self.result.hide()

    def _on_busy(self, busy: bool) -> None:
        for made in (self.add_one, *self._with_one):
            made.setDisabled(busy)

    def check(self) -> None:
        """Go there, and say whether it works."""
        place = self.listed.current()
        if place is not None:
            self._work.run(
                _("Nakijken of {name} werkt …").format(name=place.name),
                lambda _progress: _tried(place),
                self._on_checked,
            )

    def _on_checked(self, outcome: Checked | PlaceProblem) -> None:
        self._tell(*result(outcome))

    def _tell(self, text: str, tone: str) -> None:
        self.result.setText(text)
        set_tone(self.result, tone)
        self.result.show()

    def ask_new(self) -> None:
        """Ask what a new place needs."""
        self._ask(None)

    def ask_change(self) -> None:
        """Ask what is different about the chosen place."""
        self._ask(self.listed.current())

    def _ask(self, before: Place | None) -> None:
        dialog = PlaceDialog(self._desk, self, before)
        dialog.kept.connect(self._on_kept)
        dialog.finished.connect(lambda _result: self.refresh())
        self.dialog = dialog
        dialog.open()

    def _on_kept(self, place: Place | None) -> None:
        self.refresh()
        if place is not None:
            self._desk.watch.forget(place)
            self.listed.select_first(lambda one: one.id == place.id)
            self.check()
        self.changed.emit()

    def ask_tidy(self) -> None:
        """Look which of our own bundles the other side confirmed, and ask whether they may go."""
        place, workspace = self.listed.current(), self._desk.workspace
        if place is not None:
            self._work.run(
                _("Kijken wat al bevestigd is …"),
                lambda _progress: [one.name for one in places.covered(workspace, place)],
                lambda names: self._on_covered(place, names),
            )

    def _on_covered(self, place: Place, names: list[str]) -> None:
        workspace = self._desk.workspace
        if not names:
            self._tell(_("Er is niets op te ruimen: alles wat daar ligt, kan nog nodig zijn."), "muted")
            return
        ask = counted("1 bundel opruimen?", "{n} bundels opruimen?", len(names))
        meaning = (_("Dit zijn bundels van hier die al bevestigd zijn. Die van anderen blijven liggen."),)
        dialog = ConfirmDialog(self, ask, meaning, _("Ruim op"))

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.run(
                _("Opruimen …"),
                lambda _progress: places.tidy(workspace, place, names),
                lambda _nothing: self._tell(_("✓ Opgeruimd."), "good"),
            )

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def ask_remove(self) -> None:
        """Ask once more before a place and its password are forgotten."""
        place, workspace = self.listed.current(), self._desk.workspace
        if place is None:
            return
        dialog = ConfirmDialog(
            self,
            _("{name} verwijderen?").format(name=place.name),
            (
                _("Het wachtwoord wordt hier vergeten."),
                _("Wat daar ligt, blijft liggen. Je leest het niet meer in tot de plaats er weer is."),
            ),
            _("Verwijder"),
        )

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.run(
                _("Even geduld …"),
                lambda _progress: places.remove(workspace, place),
                lambda _nothing: self._on_removed(place),
            )

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def _on_removed(self, place: Place) -> None:
        self.refresh()
        self._desk.watch.forget(place)
        self.changed.emit()


def _tried(place: Place) -> Checked | PlaceProblem:
    try:
        return places.check(place)
    except PlaceProblem as problem:
        return problem


def result(outcome: Checked | PlaceProblem) -> tuple[str, str]:
    """What came of trying a place, and its tone."""
    if isinstance(outcome, PlaceProblem):
        return f"⚠ {problems.sentence(outcome)}", "danger"
    told = counted(
        "✓ Werkt. Er ligt 1 bundel of kaart.", "✓ Werkt. Er liggen {n} bundels en kaarten.", outcome.files
    )
    if outcome.unwritable is not None:
        return f"{told} ⚠ {problems.sentence(outcome.unwritable)}", "attention"
    return told, "good"
