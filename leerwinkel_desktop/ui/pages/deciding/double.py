"""Two people who may be one: the same facts in the same rows, what differs marked in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.doubles import Facts, Pair
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.plain import Card, M, S, button, row, words


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


def _born(facts: Facts) -> str:
    return _day(facts.birth_date) or str(facts.birth_year or "")


def facts_of(codelists: CodeLists, one: Facts, other: Facts) -> Iterator[tuple[str, str, str, bool]]:
    """Each row: its label, both values in words, and whether they are compared."""

    def gender(facts: Facts) -> str:
        return codelists["gender"].label_of(facts.gender) if facts.gender else ""

    compared: tuple[tuple[str, Callable[[Facts], str]], ...] = (
        (_("Voornaam"), lambda facts: facts.first_name or ""),
        (_("Naam"), lambda facts: facts.last_name or ""),
        (_("Geboren"), _born),
        (_("Geslacht"), gender),
        (_("Gemeente"), lambda facts: facts.place or ""),
        (_("Telefoon"), lambda facts: facts.phone or ""),
        (_("E-mail"), lambda facts: facts.email or ""),
    )
    told: tuple[tuple[str, Callable[[Facts], str]], ...] = (
        (_("Nummer"), lambda facts: ", ".join(facts.numbers)),
        (_("Trajecten"), lambda facts: str(facts.trajectories)),
        (_("Laatste contact"), lambda facts: _day(facts.last_contact)),
        (_("Eerst geschreven op"), lambda facts: facts.written_by or ""),
    )
    for rows, judged in ((compared, True), (told, False)):
        for label, say in rows:
            yield label, say(one), say(other), judged


class DoubleCard(Card):
    """`same` gives who stays and who joins; `different` says that they are two people."""

    same = Signal(str, str)
    different = Signal()
    later = Signal()

    def __init__(self, desk: Desk, pair: Pair) -> None:
        super().__init__()
        self._desk = desk
        self.pair = pair
        self.setAccessibleName(_("Is dit dezelfde persoon?"))
        self.add(words(_("Is dit dezelfde persoon?"), step="heading"))
        self.add(
            words(_("Waarom dit gevraagd wordt: {why}.").format(why=", ".join(pair.reasons)), tone="muted")
        )
        self.takes: list[QPushButton] = []
        self.add(self._facts())
        self.apart = button(_("&Niet dezelfde"), self.different.emit)
        self.wait = button(_("&Later"), self.later.emit, look="quiet")
        self.add(row(self.apart, self.wait, None))

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(S)
        sides = (self.pair.one, self.pair.other)
        told = facts_of(self._desk.workspace.codelists, *sides)
        rows = [line for line in told if line[1] or line[2]]
        for place, (label, one, other, judged) in enumerate(rows):
            differs = judged and bool(one and other) and one.casefold() != other.casefold()
            grid.addWidget(words(label, tone="muted", wrap=False), place, 0, Qt.AlignmentFlag.AlignTop)
            for side, text in enumerate((one, other), 1):
                shown = words(text or "–", tone="" if text else "muted")
                shown.setObjectName("caption" if differs else "")
                shown.setAccessibleName(f"{label}: {text or _('niet ingevuld')}")
                grid.addWidget(shown, place, side, Qt.AlignmentFlag.AlignTop)
            if judged and one and other:
                mark = words(_("≠ verschilt") if differs else _("= gelijk"), step="small", wrap=False)
                mark.setProperty("tone", "attention" if differs else "muted")
                grid.addWidget(mark, place, 3, Qt.AlignmentFlag.AlignTop)
        last = grid.rowCount()
        for number, (keep, double) in enumerate((sides, sides[::-1]), 1):
            self.takes.append(self._take(number, keep, double))
            grid.addLayout(row(self._look(keep), None), last, number)
            grid.addWidget(self.takes[-1], last + 1, number)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return grid

    def _take(self, number: int, keep: Facts, double: Facts) -> QPushButton:
        told = _("Dezelfde persoon: {number} blijft").format(number=", ".join(keep.numbers))
        text = _("&{n}  Dezelfde: dit blijft").format(n=number)
        return button(text, lambda: self.same.emit(keep.client_id, double.client_id), name=told)

    def _look(self, facts: Facts) -> QPushButton:
        told = _("Open het dossier {number}").format(number=", ".join(facts.numbers))
        where = f"dossier/{facts.client_id}"
        return button(_("Open dit dossier"), lambda: self._desk.sent.emit(where), look="quiet", name=told)

    def take(self, number: int) -> None:
        """They are the same; the first or the second stays."""
        if number <= len(self.takes):
            self.takes[number - 1].click()

    def focus_first(self) -> None:
        """Put the cursor on the first thing to choose."""
        self.takes[0].setFocus()
