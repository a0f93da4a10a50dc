"""The audit trail with filters; for administrators, ids only."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QComboBox, QLineEdit

from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import access, auditing, enrolment
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.pages.administration.log_words import told
from leerwinkel_desktop.ui.pages.administration.tables import fit
from leerwinkel_desktop.ui.table import Column as TableColumn
from leerwinkel_desktop.ui.table import Index, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.captioned import captioned_box
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.flow import flow
from leerwinkel_desktop.ui.widgets.plain import Card, Column, M, button, row, words

CSV = _("Csv (*.csv)")
SINCE = ((None, _("altijd")), (0, _("vandaag")), (6, _("deze week")), (30, _("deze maand")))
WIDTH = 920
SHOWN = 500
NAME = 14
"""Letters of a name that a choice shows."""


class LogSection(Column):
    """Newest first; what is chosen above filters at once."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(WIDTH)
        self._desk, self._work = desk, work
        self.told = words("", tone="muted")
        self.whose, self.user, self.action, self.since = (ChoiceBox() for _box in range(4))
        for box, name in (
            (self.whose, _("Van welk toestel")),
            (self.user, _("Wie")),
            (self.action, _("Wat")),
            (self.since, _("Sinds")),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(NAME)
        self.whose.activated.connect(lambda _index: self._choose())
        for box in (self.user, self.action, self.since):
            box.activated.connect(lambda _index: self._filter())
        for days, label in SINCE:
            self.since.addItem(label, days)
        self.subject = QLineEdit()
        self.subject.setAccessibleName(_("Over welk nummer (id)"))
        self.subject.setPlaceholderText(_("nummer (id)"))
        self.subject.editingFinished.connect(self._filter)
        self.listed: RowTable[AuditEntry] = RowTable(
            (
                TableColumn(_("Wanneer"), lambda one: moment(one.at_ms or 0), lambda one: one.at_ms),
                TableColumn(_("Wie"), lambda one: one.user or ""),
                TableColumn(_("Wat"), lambda one: told(one.action or "")),
                TableColumn(_("Over"), lambda one: one.subject or "", stretch=True),
            ),
            _("Logboek"),
        )
        self.listed.activated.connect(self._on_row)
        self.export = button(_("Bewaar als csv …"), self.write_csv, glyph="save")
        self._whose = captioned_box(_("Van"), self.whose)
        self._filters = Card(name="row")
        self._filters.add(
            flow(
                self._whose,
                captioned_box(_("Wie"), self.user),
                captioned_box(_("Wat"), self.action),
                captioned_box(_("Sinds"), self.since),
                captioned_box(_("Over"), self.subject),
                space=M,
            )
        )
        card = Card(
            _("Wie deed wat"),
            _(
                "Elke regel hangt vast aan de vorige: wie er één wijzigt, valt op. "
                "Dubbelklik op een regel voor alles over hetzelfde."
            ),
        )
        for part in (self._filters, self.told, self.listed, row(self.export, None)):
            card.add(part)
        self.add(card)

    def refresh(self) -> None:
        """Offer the users and actions that occur, and read again."""
        workspace = self._desk.workspace
        may = access.allowed(workspace, "ADMINISTRATOR")
        for part in (self._filters, self.listed, self.export):
            part.setVisible(may)
        if not may:
            self.told.setText(_("Alleen een beheerder leest het logboek."))
            return
        laptops = [peer for peer in enrolment.known_devices(workspace)[1:] if peer.role == "laptop"]
        self._whose.setVisible(bool(laptops))
        _offer(self.whose, _("dit toestel"), [(peer.actor, peer.name or "") for peer in laptops])
        self._choose()

    def _choose(self) -> None:
        """Offer what occurs in the trail of the chosen device."""
        users, actions = auditing.choices(self._entries())
        _offer(self.user, _("iedereen"), [(user, user) for user in users])
        labelled = sorted(((action, told(action)) for action in actions), key=lambda one: one[1])
        _offer(self.action, _("alles"), labelled)
        self._filter()

    @property
    def wanted(self) -> auditing.Filter:
        """What is chosen above."""
        days = self.since.currentData()
        start = None if days is None else self._desk.workspace.today() - timedelta(days=days)
        return auditing.Filter(
            user=self.user.currentData(),
            action=self.action.currentData(),
            subject=self.subject.text().strip() or None,
            start=start,
        )

    def _on_row(self, index: Index) -> None:
        """Everything about the same, and with a second time everything again."""
        subject = self.listed.at(index).subject or ""
        self.subject.setText("" if self.subject.text() == subject else subject)
        self._filter()

    def _entries(self, wanted: auditing.Filter | None = None) -> list[AuditEntry]:
        """Of this device, or what a laptop handed over."""
        workspace, laptop = self._desk.workspace, self.whose.currentData()
        if laptop is None:
            return auditing.entries(workspace, wanted)
        return auditing.laptop_entries(workspace, laptop, wanted)

    def _filter(self) -> None:
        found = self._entries(self.wanted)
        self.listed.set_rows(found[:SHOWN])
        fit(self.listed)
        lines = counted("1 regel", "{n} regels", len(found))
        more = _(" (de nieuwste {n} staan hier)").format(n=SHOWN) if len(found) > SHOWN else ""
        self.told.setText(lines + more)

    def write_csv(self) -> None:
        """Keep what is found as a table, without users."""
        workspace, wanted, laptop = self._desk.workspace, self.wanted, self.whose.currentData()
        path = self._desk.paper.save_file(self, _("Bewaar het logboek"), "logboek.csv", CSV)
        if path is not None:
            self._work.guarded(
                _("Het logboek schrijven …"),
                lambda _again: auditing.export(workspace, path, wanted, laptop),
                lambda count: self._desk.say(
                    counted(
                        "1 regel staat in {name}, zonder namen van gebruikers.",
                        "{n} regels staan in {name}, zonder namen van gebruikers.",
                        count,
                    ).format(name=path.name)
                ),
            )


def _offer(box: QComboBox, anything: str, choices: list[tuple[str, str]]) -> None:
    """Offer these, and keep what was chosen."""
    before = box.currentData()
    box.clear()
    box.addItem(anything, None)
    for code, label in choices:
        box.addItem(label, code)
    box.setCurrentIndex(max(0, box.findData(before)))
