"""What is known of a course, as labels and values: the same for one and for three beside each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from leerwinkel_desktop.domain.catalogue import Line
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.fields import Kind, Record, fields_of
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.editors.values import day_text, decimal_text

NOT_TOLD: Final = frozenset({"title", "provider_id", "checked_on", "place", "nis_code"})
FROM_PROVIDER: Final = ("phone", "opening_hours", "contact_person")
Fact = tuple[str, str]


def facts(lists: CodeLists, line: Line) -> list[Fact]:
    """Everything that is known, in the order in which people ask for it."""
    place = line.place or (lists["territory"].label_of(line.nis_code) if line.nis_code else "")
    found = [(_("Bij wie"), (line.provider.name if line.provider else None) or ""), (_("Waar"), place)]
    told = _teller(lists)
    for field in fields_of(Offering):
        if field.name not in NOT_TOLD:
            found.append((field.label, told(line.offering, field.name)))
    for field in fields_of(Provider) if line.provider else ():
        if field.name in FROM_PROVIDER and line.provider:
            found.append((field.label, told(line.provider, field.name)))
    return [(label, value) for label, value in found if value]


def _teller(lists: CodeLists) -> Callable[[Record, str], str]:
    def told(record: Record, name: str) -> str:
        field = next(one for one in fields_of(type(record)) if one.name == name)
        value = getattr(record, name)
        if value is None or value == "":
            return ""
        match field.kind:
            case Kind.CODE:
                return lists[field.codelist or ""].label_of(value)
            case Kind.BOOLEAN:
                return _("ja") if value else _("nee")
            case Kind.DATE:
                return day_text(value)
            case Kind.DECIMAL:
                return decimal_text(value)
        return str(value)

    return told


def checked(line: Line, today: date) -> tuple[str, str]:
    """When somebody last looked whether it still holds, and the tone: old is worth a warning."""
    if line.checked_on is None:
        return _("⚠ Nog nooit nagekeken. Bel de school voor je dit aanraadt."), "attention"
    day = day_text(line.checked_on)
    if line.is_old(today):
        told = _("⚠ Nagekeken op {day}, meer dan een half jaar geleden. Bel de school eerst.")
        return told.format(day=day), "attention"
    return _("Nagekeken op {day}").format(day=day), "muted"
