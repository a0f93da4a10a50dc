"""Looking after this vault: its health, passphrase and devices, the sheet, and the look of the window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop import settings
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import enrolment, sheets, vaults
from leerwinkel_desktop.store.devices import Peer
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.table import Column as TableColumn
from leerwinkel_desktop.ui.table import RowTable
from leerwinkel_desktop.ui.widgets.passphrase import NewPassphrase, captioned
from leerwinkel_desktop.ui.widgets.plain import Card, Column, L, M, button, row, words
from leerwinkel_desktop.ui.work import LongWork

THEMES = {"system": _("Zoals het systeem"), "light": _("Licht"), "dark": _("Donker")}
ROLES = {"office": _("kantoor"), "laptop": _("laptop")}
STATES = {"ACTIVE": _("in gebruik"), "REVOKED": _("afgemeld")}


class AdministrationPage(QWidget):
    """Small on purpose: what is here works."""

    look_changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.work = LongWork(desk)
        cards = Column()
        for card in (
            self.work,
            self._look(),
            self._house(),
            self._health(),
            self._passphrase(),
            self._devices(),
        ):
            cards.add(card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, L, 0, 0)
        layout.setSpacing(0)
        title = words(_("Beheer"), step="title")
        title.setContentsMargins(L, 0, L, 0)
        layout.addWidget(title)
        layout.addWidget(cards, 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        devices = enrolment.known_devices(self._desk.workspace)
        self.devices.set_rows(devices)
        height = self.devices.verticalHeader().defaultSectionSize() * min(8, len(devices))
        self.devices.setFixedHeight(self.devices.horizontalHeader().sizeHint().height() + height + 6)

    def _look(self) -> Card:
        card = Card(_("Het venster"))
        chosen = settings.load(settings.file())
        self.theme = QComboBox()
        self.theme.setAccessibleName(_("Kleuren"))
        for key, label in THEMES.items():
            self.theme.addItem(label, key)
        self.theme.setCurrentIndex(self.theme.findData(chosen.theme))
        self.percent = QComboBox()
        self.percent.setAccessibleName(_("Grootte van de tekst"))
        for percent in settings.TEXT_PERCENTS:
            self.percent.addItem(f"{percent} %", percent)
        self.percent.setCurrentIndex(self.percent.findData(chosen.text_percent))
        for box in (self.theme, self.percent):
            box.activated.connect(lambda _index: self._on_look())
        card.add(
            row(
                captioned(_("Kleuren"), self.theme),
                captioned(_("Grootte van de tekst"), self.percent),
                space=M,
            )
        )
        return card

    def _on_look(self) -> None:
        chosen = settings.Settings(self.theme.currentData(), self.percent.currentData())
        try:
            settings.save(settings.file(), chosen)
        except OSError:
            self._desk.say(_("De keuze geldt tot je afsluit; ze kon niet bewaard worden."), "attention")
        self.look_changed.emit(chosen)

    def _house(self) -> Card:
        card = Card(
            _("De Leerwinkel op het adviesblad"), _("Dit staat onderaan elk blad: waar mensen je vinden.")
        )
        told = sheets.told_house(self._desk.workspace)
        self.house: dict[str, QLineEdit] = {}
        labels = {"address": _("Adres"), "phone": _("Telefoon"), "walk_in": _("Vrije inloop")}
        for name, label in labels.items():
            line = QLineEdit(told.get(name) or "")
            line.setAccessibleName(label)
            line.editingFinished.connect(self._on_house)
            self.house[name] = line
            card.add(captioned(label, line))
        return card

    def leave(self) -> None:
        """Keep what is being typed."""
        self._on_house()

    def _on_house(self) -> None:
        values = {name: line.text().strip() or None for name, line in self.house.items()}
        if values == sheets.told_house(self._desk.workspace):
            return
        try:
            sheets.set_house(self._desk.workspace, **values)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.toast(_("✓ bewaard"))

    def _health(self) -> Card:
        card = Card(_("De kluis nakijken"), _("Leest elke bladzijde en elke regel van het logboek."))
        self.check = button(_("Kijk de kluis na"), self.check_vault)
        card.add(row(self.check, None))
        return card

    def check_vault(self) -> None:
        """Read every page and every audit entry, as a job."""
        workspace = self._desk.workspace
        self.work.run(_("De kluis nakijken …"), lambda _progress: vaults.check(workspace), self._on_checked)

    def _on_checked(self, health: vaults.Health) -> None:
        if health.good:
            self._desk.say(_("De kluis is in orde: alle gegevens zijn leesbaar en het logboek is heel."))
        elif health.damage:
            self._desk.say(
                _("De kluis is beschadigd. Draag meteen over wat nog lukt en zet een reservekopie terug."),
                "danger",
            )
        else:
            self._desk.say(
                _("Het logboek is niet heel vanaf regel {n}. De dossiers zelf zijn leesbaar.").format(
                    n=health.broken_audit
                ),
                "danger",
            )

    def _passphrase(self) -> Card:
        card = Card(_("Wachtzin wijzigen"), _("De dossiers zelf blijven zoals ze zijn."))
        self.passphrase = NewPassphrase()
        self.change = button(_("Wijzig de wachtzin"), self.change_passphrase)
        self.change.setEnabled(False)
        self.passphrase.changed.connect(lambda: self.change.setEnabled(self.passphrase.value is not None))
        self.passphrase.entered.connect(self.change_passphrase)
        card.add(self.passphrase)
        card.add(row(self.change, None))
        return card

    def change_passphrase(self) -> None:
        """Give this user the new passphrase, as a job."""
        typed, workspace = self.passphrase.value, self._desk.workspace
        if typed is None:
            return
        self.work.run(
            _("De wachtzin wijzigen …"),
            lambda _progress: vaults.change_passphrase(workspace, typed),
            lambda _nothing: self._on_changed(),
        )

    def _on_changed(self) -> None:
        self.passphrase.clear()
        self._desk.say(_("De nieuwe wachtzin geldt vanaf nu."))

    def _devices(self) -> Card:
        card = Card(_("Toestellen"))
        self.devices: RowTable[Peer] = RowTable(
            (
                TableColumn(_("Naam"), lambda peer: peer.name or _("dit toestel"), stretch=True),
                TableColumn(_("Rol"), lambda peer: ROLES.get(peer.role or "", "")),
                TableColumn(
                    _("Nummer"), lambda peer: "" if peer.device_number is None else str(peer.device_number)
                ),
                TableColumn(_("Toestand"), lambda peer: STATES.get(peer.state, peer.state)),
            ),
            _("Toestellen"),
        )
        card.add(self.devices)
        return card
