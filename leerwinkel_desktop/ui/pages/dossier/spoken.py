"""Says a value of a record in one short line, as a folded row tells it."""

from __future__ import annotations

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.fields import Kind, Record, field_of
from leerwinkel_desktop.i18n import _


def spoken(codelists: CodeLists, record: Record, name: str) -> str:
    """A value of a record as people read it, in one short line; nothing for an empty one."""
    value = getattr(record, name)
    declared = field_of(type(record), name)
    if value is None or value == ():
        return ""
    match declared.kind:
        case Kind.DATE:
            return f"{value.day:02}/{value.month:02}/{value.year}"
        case Kind.BOOLEAN:
            return _("ja") if value else _("nee")
        case Kind.CODE:
            return codelists[declared.codelist or ""].label_of(value)
        case Kind.CODES:
            return ", ".join(codelists[declared.codelist or ""].label_of(code) for code in value)
        case Kind.INTEGER if name == "minutes":
            return _("{n} minuten").format(n=value)
    return " ".join(str(value).split())
