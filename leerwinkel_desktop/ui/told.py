"""Words that several pages use: kinds of files, moments, and what a backup or an import means."""

from __future__ import annotations

from datetime import datetime

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import exchange

CARDS = _("Kaarten (*.lwc)")
BACKUPS = _("Reservekopieën (*.lwk)")
REQUESTS = _("Vragen om herstel (*.lwr)")
ANSWERS = _("Antwoorden van het kantoor (*.lwa)")
ANSWER = "antwoord.lwa"
RESTORING = (
    _("Wat na de kopie getypt werd en niet op kantoor is, komt niet terug."),
    _("De kluis die hier staat, verdwijnt niet: ze gaat naar een map ernaast."),
    _("Wie ondertussen gewist werd, wordt opnieuw gewist."),
    _("Een laptop meld je daarna opnieuw aan; een kantoor geeft elke laptop een nieuwe welkomkaart."),
)
"""What it means to put a backup back."""
SKEW_MS = 600_000
"""A clock that is ten minutes ahead deserves a word."""


def moment(at_ms: int) -> str:
    """A moment as people read it."""
    return datetime.fromtimestamp(at_ms / 1000).strftime("%d/%m/%Y %H:%M")


def taken_in(imported: exchange.Imported) -> str:
    """What came of an import, in a few short sentences."""
    new = counted("1 nieuw gegeven", "{n} nieuwe gegevens", imported.created)
    said = [_("Ingelezen: {new}, {u} aangevuld.").format(new=new, u=imported.changed)]
    if imported.conflicts:
        said.append(
            counted(
                "Op 1 plaats was iets anders ingevuld dan hier.",
                "Op {n} plaatsen was iets anders ingevuld dan hier.",
                imported.conflicts,
            )
        )
    if imported.held:
        said.append(
            counted(
                "1 wijziging is apart gehouden: dit programma kent ze nog niet.",
                "{n} wijzigingen zijn apart gehouden: dit programma kent ze nog niet.",
                len(imported.held),
            )
        )
    if imported.skew_ms >= SKEW_MS:
        minutes = imported.skew_ms // 60_000
        said.append(_("De klok van {name} loopt {n} minuten voor.").format(name=imported.sender, n=minutes))
    if imported.audit_broken is not None:
        said.append(
            _(
                "Let op: in het logboek van {name} is vanaf regel {n} iets geschrapt of gewijzigd. "
                "Het werk zelf is ingelezen; verwittig de beheerder."
            ).format(name=imported.sender, n=imported.audit_broken)
        )
    if imported.receipt_for:
        said.append(_("Geef de laptop een bevestiging mee."))
    return " ".join(said)


def tone(imported: exchange.Imported) -> str:
    """How to say it: most imports are good news."""
    return "good" if imported.audit_broken is None else "danger"
