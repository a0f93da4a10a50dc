"""The papers an organisation must be able to show: register, lost laptop, leaving a prison, access list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import access, access_list, leaving
from leerwinkel_desktop.services.rights import breach, house, informing, papers
from leerwinkel_desktop.services.rights.breach import Lost
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.informing_paper import InformingPaper
from leerwinkel_desktop.ui.paper_out import PaperOut
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import Card, Column, L, M, button, row, words


class PapersPage(QWidget):
    """A card for each paper, made anew from what is stored each time it is printed or kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        workspace = desk.workspace
        self.house = HouseCard(desk)
        self.register = _paper(
            _("Register van verwerking"),
            _("Wat we bewaren, waarom en hoe lang. De DPO en de toezichthouder mogen ernaar vragen."),
            PaperOut(
                desk,
                _("Register van verwerking"),
                "Register-van-verwerking",
                lambda: papers.render_register(workspace),
            ),
        )
        self.informing = InformingCard(desk)
        self.lost = LostCard(desk)
        self.leaving = LeavingCard(desk)
        self.access = AccessCard(desk)
        rest = (self.register, self.informing, self.leaving, self.access, self.lost)
        cards = Column()
        for card in (self.house, *rest) if house.facts(workspace).missing else (*rest, self.house):
            cards.add(card)
        back = button(
            "",
            lambda: desk.sent.emit("administration"),
            look="icon",
            glyph="back",
            name=_("Terug naar Beheer"),
        )
        top = row(back, words(_("Papieren"), step="title"), None, space=M)
        top.setContentsMargins(L, 0, L, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, L, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(cards, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lost.refresh()
        self.access.refresh()

    def leave(self) -> None:
        """Keep what is being typed."""
        self.house.keep()


def _paper(heading: str, hint: str, *parts: QWidget) -> Card:
    card = Card(heading, hint)
    for part in parts:
        card.add(part)
    return card


class HouseCard(Card):
    """Who answers for the data; it stands on every paper."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Wie antwoordt voor de gegevens"),
            _("Dit staat op de uitleg, het register en de andere papieren."),
        )
        self._desk = desk
        told = house.facts(desk.workspace)
        may = access.allowed(desk.workspace, "OFFICE")
        self.lines: dict[str, QLineEdit] = {}
        for name in house.NAMES:
            line = QLineEdit(getattr(told, name) or "")
            line.setAccessibleName(house.LABELS[name])
            line.setMaxLength(200)
            line.setEnabled(may)
            line.editingFinished.connect(self.keep)
            self.lines[name] = line
            self.add(captioned(house.LABELS[name], line))

    def keep(self) -> None:
        """Keep what differs."""
        workspace = self._desk.workspace
        values = {name: line.text().strip() or None for name, line in self.lines.items()}
        told = house.facts(workspace)
        if values == {name: getattr(told, name) for name in house.NAMES}:
            return
        try:
            house.set_facts(workspace, **values)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.toast(_("✓ bewaard"))


class InformingCard(Card):
    """The page for everybody, to have a pile at hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Uitleg over gegevens"),
            _("Het blad voor de klant, versie {version}. Leg er een stapel van klaar.").format(
                version=informing.version(desk.workspace)
            ),
        )
        self.paper = InformingPaper(desk)
        self.add(self.paper)


class LostCard(Card):
    """What the office knows of a laptop that is lost, and what to do within 72 hours."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Een laptop is kwijt"),
            _("Meld het meteen aan de DPO: er zijn 72 uur. Dit blad zegt wat erop stond."),
        )
        self._desk = desk
        self.laptops = ChoiceBox()
        self.laptops.setAccessibleName(_("Laptop"))
        self.laptops.currentIndexChanged.connect(lambda _index: self._tell())
        self.told = words("")
        self.paper = PaperOut(
            desk,
            _("Blad voor een verloren laptop"),
            "Laptop-kwijt",
            lambda: breach.render(desk.workspace, self.laptops.currentData()),
        )
        self.none = words("", tone="muted")
        for part in (self.none, self.laptops, self.told, self.paper):
            self.add(part)

    def refresh(self) -> None:
        """Read again which laptops there are."""
        workspace = self._desk.workspace
        allowed = access.allowed(workspace, "OFFICE")
        found = breach.laptops(workspace) if allowed and workspace.device().role == "office" else []
        chosen = self.laptops.currentData()
        self.laptops.blockSignals(True)
        self.laptops.clear()
        for actor, name in found:
            self.laptops.addItem(name, actor)
        self.laptops.setCurrentIndex(max(0, self.laptops.findData(chosen)))
        self.laptops.blockSignals(False)
        self.none.setText(
            _("Er is nog geen laptop aangemeld.")
            if workspace.device().role == "office" and allowed
            else _("Dit blad maak je op kantoor; bel er meteen naartoe.")
        )
        for part, seen in (
            (self.none, not found),
            *((part, bool(found)) for part in (self.laptops, self.told, self.paper)),
        ):
            part.setVisible(seen)
        self._tell()

    def _tell(self) -> None:
        actor = self.laptops.currentData()
        if actor is None:
            return
        try:
            self.told.setText(known_of(breach.look(self._desk.workspace, actor)))
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)


def known_of(lost: Lost) -> str:
    """What the office knows of a laptop, in two sentences."""
    count = len(lost.numbers) + lost.without_number
    if lost.last_seen is None:
        return _("Deze laptop droeg nog nooit over. Vraag de begeleider wat erop stond.")
    told = counted("1 dossier", "{n} dossiers", count)
    return _("{files} overgedragen, laatst op {day}. Wat daarna kwam, weet alleen de begeleider.").format(
        files=told, day=f"{lost.last_seen:%d/%m/%Y}"
    )


class LeavingCard(Card):
    """What goes through the gate of a prison: numbers only."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Lijst bij het verlaten van de gevangenis"),
            _("Wat er op de laptop en de stick staat: alleen nummers, geen namen, met plaats om te tekenen."),
        )
        self._desk = desk
        self.stick: Path | None = None
        self.choose = button(_("Kies de stick …"), self.choose_stick)
        self.told = words(_("Nog geen stick gekozen: de lijst gaat dan alleen over de laptop."), tone="muted")
        self.paper = PaperOut(
            desk,
            _("Lijst bij het verlaten van de gevangenis"),
            "Laptop-en-stick",
            lambda: leaving.as_pdf(leaving.collect(desk.workspace, self.stick)),
        )
        self.add(row(self.choose, None))
        self.add(self.told)
        self.add(self.paper)

    def choose_stick(self) -> None:
        """Choose the folder of the stick."""
        folder = self._desk.paper.folder(self, _("Kies de stick of de map"))
        if folder is not None:
            self.stick = folder
            self.told.setText(_("De stick: {name}").format(name=folder.name or str(folder)))


class AccessCard(Card):
    """Who may open the detention block, since when and how often; for the administrator."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Wie het afgeschermde blok kan openen"),
            _("Deze lijst hoort bij het register (wet van 30 juli 2018, art. 10)."),
        )
        self._desk = desk
        self.told = words("")
        self.paper = PaperOut(
            desk,
            _("Toegangslijst"),
            "Toegangslijst",
            lambda: access_list.as_pdf(access_list.report(desk.workspace)),
        )
        self.add(self.told)
        self.add(self.paper)

    def refresh(self) -> None:
        """Read the list again."""
        may = access.allowed(self._desk.workspace, "ADMINISTRATOR")
        self.paper.setVisible(may)
        if not may:
            self.told.setText(_("Alleen een beheerder ziet deze lijst."))
            return
        self.told.setText(_listed(access_list.report(self._desk.workspace).lines))


def _listed(lines: Sequence[access_list.Line]) -> str:
    told = [
        _("{user}: sinds {day}, {n} keer geopend").format(
            user=line.user, day=f"{line.since:%d/%m/%Y}", n=line.openings
        )
        for line in lines
        if line.until is None
    ]
    return "\n".join(told) or _("Niemand kan het blok hier openen.")
