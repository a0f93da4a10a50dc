"""Opens a dossier, and tells in a few words whose it is."""

from __future__ import annotations

from datetime import date

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.desk import Desk


def age(born: date | None, year: int | None, today: date) -> str:
    """The age in years, or about that age when only the year is known."""
    if born is not None:
        return _("{n} j").format(
            n=today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        )
    return _("± {n} j").format(n=today.year - year) if year else ""


def opened(desk: Desk, client_id: str) -> DossierView:
    """Open a dossier; while an import holds the database, the audit trail is told as soon as that can be.

    Raises NotFound and the store's errors.
    """
    try:
        return dossiers.load(desk.workspace, client_id)
    except VaultBusy:
        view = dossiers.reload(desk.workspace, client_id)
        desk.later.add(lambda: dossiers.note_opened(desk.workspace, view))
        return view
