"""Puts a value of a field in Dutch words."""

from __future__ import annotations

from datetime import date

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.fields import Field, Kind, Wire
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _


def text_of(codelists: CodeLists, field: Field, value: Wire) -> str:
    """A value in Dutch words."""
    if field.opaque:
        return _("(een bestand)")
    if isinstance(value, list):
        return ", ".join(text_of(codelists, field, item) for item in value)
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if field.codelist is not None and isinstance(value, str):
        return codelists[field.codelist].label_of(value)
    if field.kind is Kind.DATE and isinstance(value, str):
        return in_full(date.fromisoformat(value))
    return str(value)
