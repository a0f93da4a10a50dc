"""Keeps what somebody chose for the window: colours and size of text."""

from __future__ import annotations

from leerwinkel_desktop import settings
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk


def keep(desk: Desk, chosen: settings.Settings) -> None:
    """Keep it for the next time; say so when that cannot be."""
    try:
        settings.save(settings.file(), chosen)
    except OSError:
        desk.say(_("De keuze geldt tot je afsluit; ze kon niet bewaard worden."), "attention")
