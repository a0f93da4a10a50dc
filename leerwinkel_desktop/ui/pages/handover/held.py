"""What was held back when a bundle was read: who and why, to look at again or to drop."""

from __future__ import annotations

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import access, exchange
from leerwinkel_desktop.services.exchange import Held
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import Card, button
from leerwinkel_desktop.ui.work import LongWork


class HeldCard(Card):
    """Hidden while nothing is held back."""

    def __init__(self, desk: Desk, work: LongWork) -> None:
        super().__init__(
            _("Apart gehouden"),
            _("Deze gegevens passen niet in hun veld. De rest van het dossier is wel ingelezen."),
        )
        self._desk, self._work = desk, work
        self.dialog: ConfirmDialog | None = None
        self.listed: RowTable[Held] = RowTable(
            (
                Column(_("Wie"), lambda one: one.name or _("onbekend")),
                Column(_("Wat"), lambda one: f"{one.record}, {one.field}"),
                Column(_("Waarom"), lambda one: one.wrong, stretch=True, sign=lambda _one: "attention"),
                Column(_("Van"), lambda one: f"{one.sender}, {moment(one.at_ms)}", lambda one: one.at_ms),
            ),
            _("Wat apart gehouden is"),
        )
        self.again = button(_("Kijk opnieuw na"), self.retry)
        self.open = button(_("Open dossier"), self.open_dossier)
        self.drop = button(_("Laat vallen …"), self.ask_drop)
        self.listed.chosen.connect(self._on_chosen)
        buttons = FlowLayout()
        for made in (self.again, self.open, self.drop):
            buttons.addWidget(made)
        self.add(self.listed)
        self.add(buttons)
        work.busy.connect(self._on_busy)

    def refresh(self) -> None:
        """Look again at what is held back."""
        found = exchange.held(self._desk.workspace)
        self.listed.set_rows(found)
        self.listed.select_first()
        self.listed.fit()
        self.setVisible(bool(found))
        self._on_chosen()

    def _on_chosen(self) -> None:
        one = self.listed.current()
        self.open.setEnabled(one is not None and one.client_id is not None)
        self.drop.setVisible(access.allowed(self._desk.workspace, "ADMINISTRATOR"))

    def _on_busy(self, busy: bool) -> None:
        for made in (self.again, self.drop):
            made.setDisabled(busy)

    def retry(self) -> None:
        """See whether something fits by now."""
        workspace = self._desk.workspace
        self._work.run(_("Nakijken …"), lambda _progress: exchange.retry(workspace), self._on_retried)

    def _on_retried(self, count: int) -> None:
        self.refresh()
        self._desk.kept.emit()
        told = counted("1 gegeven past nu wel.", "{n} gegevens passen nu wel.", count)
        self._desk.say(told if count else _("Er past nog niets. Een nieuwere versie kan helpen."), "calm")

    def open_dossier(self) -> None:
        """Show the person, as far as that is here."""
        one = self.listed.current()
        if one is not None and one.client_id is not None:
            self._desk.sent.emit(f"dossier/{one.client_id}")

    def ask_drop(self) -> None:
        """Ask once more before a value is gone."""
        one, workspace = self.listed.current(), self._desk.workspace
        if one is None:
            return
        dialog = ConfirmDialog(
            self,
            _("Dit gegeven laten vallen?"),
            (
                _("Wat er stond, is dan hier voorgoed weg."),
                _("Op de laptop die het schreef, blijft het staan tot iemand het daar verbetert."),
            ),
            _("Laat vallen"),
        )

        def go_on(_secret: object) -> None:
            dialog.accept()
            self._work.run(
                _("Even geduld …"),
                lambda _progress: exchange.drop(workspace, one.id),
                lambda _nothing: self._on_dropped(),
            )

        dialog.confirmed.connect(go_on)
        self.dialog = dialog
        dialog.open()

    def _on_dropped(self) -> None:
        self.refresh()
        self._desk.say(_("Het gegeven is weg."))
