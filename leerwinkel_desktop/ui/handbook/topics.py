"""Which page of the handbook fits what is in sight: a page of the window, a part of a dossier or a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QDialog

from leerwinkel_desktop.services import handbook

PLACES: Final[Mapping[str, str]] = {
    "today": "vandaag",
    "agenda": "agenda",
    "dossiers": "dossiers",
    "offers": "aanbod",
    "moments": "momenten",
    "handover": "overdracht",
    "figures": "cijfers",
    "administration": "beheer",
    "deciding": "te-beslissen",
    "retention": "bewaartermijnen",
    "papers": "papieren",
}
"""By the key of a place in the shell."""
OFFICE: Final[Mapping[str, str]] = {"handover": "kantoor"}
"""Pages that look otherwise in the office."""
PARTS: Final[Mapping[str, str]] = {
    "data": "dossier",
    "map": "in-kaart",
    "perspective": "perspectief",
    "reality": "realiteit",
    "advice": "advies",
    "after": "opvolging",
    "sessions": "gesprekken",
    "rights": "rechten",
    "history": "geschiedenis",
}
"""By the key of a part of a dossier."""
DIALOGS: Final[Mapping[str, str]] = {
    "QuickDialog": "op-de-beurs",
    "ClientDialog": "dossiers",
    "OfferDialog": "aanbod",
    "ClientPapersDialog": "advies",
    "CrashDialog": "als-het-misgaat",
    "StillToPrintDialog": "advies",
    "KeysDialog": "sneltoetsen",
    "Palette": "sneltoetsen",
    "PlanDialog": "agenda",
    "ExportDialog": "agenda",
    "PlaceDialog": "overdracht",
    "PeopleDialog": "kantoor",
    "TakeAlongDialog": "kantoor",
    "RoundOffDialog": "gesprekken",
    "FieldHistoryDialog": "geschiedenis",
    "FieldsDialog": "momenten",
    "MomentDialog": "momenten",
    "SittingDialog": "momenten",
    "KeepDialog": "bewaartermijnen",
}
"""By the name of a dialog. What asks once more (ConfirmDialog) is helped by the page under it."""


def topic(place: str, part: str | None, dialog: QDialog | None, *, office: bool) -> str:
    """The page that fits: of the dialog that is open, else of the part of a dossier, else of the place."""
    if dialog is not None and type(dialog).__name__ in DIALOGS:
        return DIALOGS[type(dialog).__name__]
    if part is not None:
        return PARTS.get(part, "dossier")
    if office and place in OFFICE:
        return OFFICE[place]
    return PLACES.get(place, handbook.FIRST)
