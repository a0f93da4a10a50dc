"""Puts the recovery key and the root key of an office on one sheet of paper (SECURITY.md §2 "Keys")."""

from __future__ import annotations

from datetime import date

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.recovery_sheet import RecoverySheet, SheetKey, render_recovery_sheet
from leerwinkel_desktop.services.recovery import GROUP, groups

ROOT_PREFIX = "LEERWINKEL-ROOT-1"


def root_groups(root: str) -> tuple[str, ...]:
    """The root key in groups of six signs behind its fixed beginning."""
    rest = root.removeprefix(ROOT_PREFIX)
    return (ROOT_PREFIX, *(rest[place : place + GROUP] for place in range(0, len(rest), GROUP)))


def recovery_sheet(identity: str | None, root: str | None, organisation: str, made: date) -> bytes:
    """The sheet as a PDF; the recovery key stands last, because its last group is rehearsed.

    One of the two may be missing: a root that was made later is printed alone.
    """
    keys = []
    if root is not None:
        told = _("Hiermee vernieuwt het kantoor elk jaar zijn sleutels.")
        keys.append(SheetKey(_("Wortelsleutel"), told, root_groups(root)))
    if identity is not None:
        told = _("Hiermee gaat de kluis weer open als de wachtzin of de computer weg is.")
        keys.append(SheetKey(_("Herstelsleutel"), told, groups(identity)))
    return render_recovery_sheet(RecoverySheet(organisation, made.strftime("%d/%m/%Y"), tuple(keys)))
