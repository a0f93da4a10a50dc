"""The sentence for each early signal, on Vandaag and beside the dossier."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.domain.early_signals import Sign
from leerwinkel_desktop.i18n import _

WORRIES: Final = {
    Sign.BARRIER: _("Een drempel die blokkeert staat nog open; de opleiding start op {day}."),
    Sign.ABSENT: _("Twee keer na elkaar niet gekomen, laatst op {day}."),
    Sign.UNANSWERED: _("Nog niet geweten of de opleiding gestart is (gevraagd tegen {day})."),
    Sign.NO_CERTIFICATE: _("Geen attest na het eerste semester, dat eindigde op {day}."),
}
