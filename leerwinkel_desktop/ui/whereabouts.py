"""The line in the top bar that always says where the data is."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import S, set_tone, words

_DAYS = (_("ma"), _("di"), _("wo"), _("do"), _("vr"), _("za"), _("zo"))
_MONTHS = (
    *(_("januari"), _("februari"), _("maart"), _("april"), _("mei"), _("juni")),
    *(_("juli"), _("augustus"), _("september"), _("oktober"), _("november"), _("december")),
)


def short_day(moment: date) -> str:
    """A day as people say it: "di 12 mei"."""
    return f"{_DAYS[moment.weekday()]} {day_and_month(moment)}"


def day_and_month(day: date) -> str:
    """A day without its year: "12 mei"."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def where_is_it(
    role: str,
    changes: int,
    receipt_ms: int | None,
    *,
    enrolled: bool = True,
    dossiers: tuple[int, int] = (0, 0),
) -> tuple[str, str]:
    """The sentence and its tone, for a device with this role and this many changes that only it holds.

    `dossiers`: how many are safe at the office, and how many have something that is only here.
    """
    if role == "office":
        return _("Kantoor: alles staat hier"), "good"
    safe, only_here = dossiers
    if changes and safe and only_here:
        told = counted("1 dossier veilig op kantoor", "{n} dossiers veilig op kantoor", safe)
        return told + _(", {n} alleen hier").format(n=only_here), "attention"
    if changes == 1:
        return _("1 wijziging alleen op deze laptop"), "attention"
    if changes:
        return _("{n} wijzigingen alleen op deze laptop").format(n=changes), "attention"
    if not enrolled:
        return _("Nog niet aangemeld op kantoor (Beheer, Aanmelden)"), "attention"
    if receipt_ms is None:
        return _("Nog niets om over te dragen"), "good"
    since = short_day(datetime.fromtimestamp(receipt_ms / 1000))
    return _("Alles veilig op kantoor sinds {day}").format(day=since), "good"


class Whereabouts(QWidget):
    """An icon and a sentence, read again as a job after each save."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._glyph = Glyph("good")
        self.label = words("", tone="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._glyph)
        layout.addWidget(self.label, 1)
        self._role = desk.workspace.device().role
        desk.kept.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        if self._role == "office":
            self._say(*where_is_it("office", 0, None))
        else:
            workspace = self._desk.workspace
            self._desk.jobs.start(
                self, lambda _progress: exchange.pending(workspace), self._on_known, self._desk.report
            )

    def _on_known(self, pending: exchange.Pending) -> None:
        enrolled = self._desk.workspace.device().organisation is not None
        told, tone = where_is_it(
            self._role,
            pending.changes,
            pending.last_receipt_ms,
            enrolled=enrolled,
            dossiers=(pending.safe_dossiers, pending.dossiers),
        )
        if pending.overdue:
            late = counted(" · 1 dossier moest al terug", " · {n} dossiers moesten al terug", pending.overdue)
            told, tone = told + late, "attention"
        self._say(told, tone)

    def _say(self, text: str, tone: str) -> None:
        self.label.setText(text)
        self._glyph.set_name(tone)
        set_tone(self.label, tone)
