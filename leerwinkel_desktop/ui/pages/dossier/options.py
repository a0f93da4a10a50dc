"""Up to three options side by side, held against dream, reality and preconditions (DOMAIN.md §5 step 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol, TypeVar, cast

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import Option, WeekSlot
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import catalogue, options
from leerwinkel_desktop.ui.choosing_offer import OfferDialog
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.fitting import told
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard, RowsBox, Seens
from leerwinkel_desktop.ui.pages.dossier.spoken import spoken
from leerwinkel_desktop.ui.widgets.columns import ColumnsLayout
from leerwinkel_desktop.ui.widgets.plain import XS, M, S, button, clear, column, row, set_tone, words

BESIDE: Final = 3
NARROWEST: Final = 34
"""In letters: a narrower column does not hold its fields; then they stand under each other."""
ALWAYS: Final = ("fits_dream", "fits_reality", "fits_preconditions", "pro", "con")
FACTS: Final = (
    ("provider_name", _("Waar")),
    ("schedule", _("Lessen")),
    ("hours_week", _("Uren per week")),
    ("start_text", _("Start")),
    ("price_text", _("Kost")),
    ("support_codes", _("Steun (vraag na)")),
    ("route", _("Weg")),
    ("dutch_level", _("Nederlands")),
)
PLACES: Final = ("1", "2", "3")
R = TypeVar("R", bound=Record)


class All(Protocol):
    """Gives the records of a kind as they stand now."""

    def __call__(self, kind: type[R], /) -> tuple[R, ...]: ...


class OptionCard(RowCard):
    """One option: its place, what is known of it, the three lights; the facts fold open to be changed."""

    def __init__(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        record: Record | None,
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
        fresh: dict[str, Any],
    ) -> None:
        super().__init__(desk, spec, owner_id, record, inside, seen, fresh)
        self.place = Segments(
            [(one, one) for one in PLACES], _("Keuze van de klant"), clearable=True, space=XS
        )
        self.place.changed.connect(self._on_place)
        self.fit = words("", step="small", tone="muted")
        self._facts = QVBoxLayout()
        self._facts.setSpacing(XS)
        top = row(words(_("Keuze"), tone="muted", wrap=False), self.place, space=S)
        top.setStretch(1, 1)
        self._body_layout.addLayout(column(top, self._facts, self.fit, space=S))
        self._body_layout.addStretch(1)
        self._slots: tuple[WeekSlot, ...] = ()
        self._open = False

    def unfold(self, unfolded: bool) -> None:
        """Show the fields of the facts, or tell the facts in a few lines."""
        if self.form is None:
            self._make_form()
            self._body.show()
        self._open = unfolded
        if not unfolded:
            self.leave()
        for name, box in self.form.boxes.items() if self.form else ():
            box.setVisible(unfolded or name in ALWAYS)
        self._head.clicked.disconnect()
        self._head.clicked.connect(lambda: self.unfold(not self._open))
        self._head.set_glyph("unfold" if unfolded else "open")
        self._tell_facts()

    def uncover(self) -> None:
        """Unfold for whoever goes to one of the fields."""
        if not self._open:
            self.unfold(True)

    def tell_week(self, slots: Iterable[WeekSlot]) -> None:
        """Say whether the lessons fit in this week."""
        self._slots = tuple(slots)
        self._tell_facts()

    def refresh(self, record: Record, seen: Seens) -> None:
        """Show the option as it stands now."""
        super().refresh(record, seen)
        self._tell_facts()

    def _tell(self) -> None:
        title = (cast(Option, self.record).title if self.record is not None else None) or _("Mogelijkheid")
        self._head.tell(_("Gegevens"))
        self._head.setAccessibleName(_("Gegevens van {what}").format(what=title))
        self.setAccessibleName(title)

    def _on_kept(self, record: Record) -> None:
        super()._on_kept(record)
        self._tell_facts()

    def _tell_facts(self) -> None:
        option = cast(Option | None, self.record)
        clear(self._facts)
        self.place.setEnabled(option is not None)
        self.place.set_code(str(option.client_rank) if option and option.client_rank else None)
        lists = self._desk.workspace.codelists
        if option and not self._open:
            self._facts.addWidget(words(option.title or _("Nog zonder naam"), step="lead"))
        for name, label in FACTS if option and not self._open else ():
            value = spoken(lists, cast(Record, option), name) if name in self._spec.names else ""
            if value:
                self._facts.addWidget(words(f"{label}: {value}"))
        sentence, tone = told(option, self._slots) if option else ("", "muted")
        self.fit.setText(_("Week: {told}").format(told=sentence) if sentence else "")
        set_tone(self.fit, tone)
        self.fit.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in PLACES and self.place.isEnabled():
            self.place.set_code(event.text())
            self._on_place()
        else:
            super().keyPressEvent(event)

    def _on_place(self) -> None:
        record, code = self.record, self.place.code()
        if record is not None:
            self._desk.when_free(lambda: self._rank(record.id, int(code) if code else None))

    def _rank(self, option_id: str, place: int | None) -> None:
        options.rank(self._desk.workspace, option_id, place)
        self._desk.kept.emit()


class OptionsBox(RowsBox):
    """Options in columns, with a way to take one from the catalogue."""

    dialog: OfferDialog | None = None

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
        self._rows.setSpacing(M)
        self.from_catalogue = button(_("Kies uit het aanbod"), self._choose, glyph="search")
        self._foot.insertWidget(0, self.from_catalogue)
        self._look()

    def _laid(self) -> QLayout:
        return ColumnsLayout(BESIDE, NARROWEST * self.fontMetrics().averageCharWidth())

    def _row_card(self, record: Record | None, fresh: dict[str, Any]) -> RowCard:
        return OptionCard(self._desk, self._spec, self._owner, record, self._inside, self._seen, fresh)

    def _put(self, record: Record | None, *, unfolded: bool, **fresh: Any) -> RowCard:
        card = super()._put(record, unfolded=unfolded, **fresh)
        card.unfold(unfolded and not cast(Option, record).title if record else unfolded)
        return card

    def _look(self) -> None:
        super()._look()
        if hasattr(self, "from_catalogue"):
            self.from_catalogue.setEnabled(self.adding.isEnabled())

    def option_cards(self) -> Iterator[OptionCard]:
        """The options in sight."""
        yield from (card for card in self.row_cards() if isinstance(card, OptionCard))

    def _choose(self) -> None:
        self.dialog = OfferDialog(self._desk, self)
        self.dialog.chosen.connect(lambda found: self._desk.when_free(lambda: self._take(found)))
        self.dialog.open()

    def _take(self, offering_id: str) -> None:
        catalogue.to_option(self._desk.workspace, self._owner, offering_id)
        self._desk.kept.emit()


class OptionsCard(ListCard):
    """The card with the columns; each tells whether it fits in the week."""

    _all: All | None = None

    def _boxed(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> RowsBox:
        return OptionsBox(desk, spec, owner_id, rows, inside, seen)

    def look_at(self, records: All) -> None:
        """Where the week is read."""
        self._all = records
        self._tell_week()

    def refresh(self, rows: Iterable[Record], seen: Seens) -> None:
        """Show the options as they are now."""
        super().refresh(tuple(rows), seen)
        self._tell_week()

    def _tell_week(self) -> None:
        slots = self._all(WeekSlot) if self._all is not None else ()
        for card in cast(OptionsBox, self.box).option_cards():
            card.tell_week(slots)
