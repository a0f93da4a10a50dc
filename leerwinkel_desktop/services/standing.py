"""What a laptop is to the office, in words for screen and paper."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

STATES: Final = {"ACTIVE": _("in gebruik"), "REVOKED": _("afgemeld"), "LOST": _("verloren gemeld")}
