"""Tells of one person in a preview what would change, field by field, in words that a clerk reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Wire, fields_of, from_wire
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.exchange.foretelling import Foretold, Refused, What
from leerwinkel_desktop.services.exchange.previewing import PersonLine
from leerwinkel_desktop.services.telling import text_of
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store.fitting import fits
from sync.changes import REMOVED
from sync.clock import ms_of
from sync.merge import Version

LONGEST: Final = 80
WRONG: Final[Mapping[str, str]] = {
    "kind": _("Dit is geen geldige waarde."),
    "characters": _("Er staan tekens in die niet bewaard kunnen worden."),
    "length": _("Dit is te lang."),
    "range": _("Dit getal is te klein of te groot."),
    "date_range": _("Deze datum valt niet tussen 1900 en 2199."),
    "form": _("Dit staat niet in de vorm waarin het bewaard wordt."),
}
REFS: Final = (Kind.REF, Kind.REFS)
STATES: Final[Mapping[What, str]] = {
    "new": _("nieuw"),
    "changed": _("gewijzigd"),
    "decide": _("te beslissen"),
    "refused": _("geweigerd"),
    "identical": _("ongewijzigd"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a field that is to be decided: its value in words, on which device, and when."""

    text: str
    device: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class FieldDetail:
    """One field: its value before and after in words, cut to a length that fits a line; "" for nothing.

    A long text says only that it changed; `whole` has both texts. `sides` are the versions to decide between,
    the one that shows meanwhile first; `wrong` why a value is refused.
    """

    label: str
    before: str
    after: str
    whole: tuple[str, str] | None = None
    sides: tuple[Side, ...] = ()
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class RecordDetail:
    """One record that would be written, or of which something is refused."""

    label: str
    what: What
    fields: tuple[FieldDetail, ...]


def details(workspace: Workspace, person: PersonLine) -> tuple[RecordDetail, ...]:
    """What would change for one person of a preview; records that stay as they are are left out."""
    with workspace.database.read() as reader:
        own, *others = devices.peers(reader.connection)
    names = {peer.actor: peer.name or "" for peer in others} | {own.actor: _("hier")}
    teller = _Teller(workspace.codelists, names)
    return tuple(teller.record(each) for each in person.records)


class _Teller:
    def __init__(self, codelists: CodeLists, names: Mapping[str, str]) -> None:
        self._codelists = codelists
        self._names = names

    def record(self, told: Foretold) -> RecordDetail:
        fields = {field.name: field for field in fields_of(STORED[told.kind])}
        found = [
            self._changed(fields[name], told.before[name], value)
            for name, value in told.after.items()
            if name in fields and not fields[name].owner and name not in told.versions
        ]
        if REMOVED in told.after and REMOVED not in told.versions:
            before, after = (_state(each.get(REMOVED)) for each in (told.before, told.after))
            found.append(FieldDetail(_("Toestand"), before, after))
        found += [self._open(fields.get(name), live) for name, live in told.versions.items()]
        found += [self._refused(fields.get(each.field), each) for each in told.refused]
        return RecordDetail(STORED[told.kind].label, told.what, tuple(found))

    def _changed(self, field: Field, before: Wire, after: Wire) -> FieldDetail:
        if field.kind is Kind.NOTE and not field.opaque:
            whole = (str(before or ""), str(after or ""))
            return FieldDetail(field.label, "", _happened(before, after), whole)
        if field.kind in REFS or field.opaque:
            return FieldDetail(field.label, "", _happened(before, after))
        return FieldDetail(field.label, self._text(field, before), self._text(field, after))

    def _open(self, field: Field | None, live: Sequence[Version]) -> FieldDetail:
        sides = tuple(
            Side(
                self._text(field, one.value) if field else _state(one.value),
                self._names.get(one.actor) or _("een ander toestel"),
                ms_of(one.hlc),
            )
            for one in live
        )
        return FieldDetail(field.label if field else _("Toestand"), "", sides[0].text, sides=sides)

    def _refused(self, field: Field | None, refused: Refused) -> FieldDetail:
        text = cut(str(refused.value)) if field is None or field.kind is not Kind.NOTE else ""
        label = field.label if field else _("Toestand")
        return FieldDetail(label, "", text, wrong=wrong(field, refused.value))

    def _text(self, field: Field, value: Wire) -> str:
        return "" if value is None or value == [] else cut(text_of(self._codelists, field, value))


def _happened(before: Wire, after: Wire) -> str:
    if not before:
        return _("ingevuld")
    return _("gewijzigd") if after else _("leeggemaakt")


def _state(value: Wire) -> str:
    return _("verwijderd") if value is True else _("in gebruik")


def cut(text: str) -> str:
    """A text on one line, cut to a length that fits there."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def wrong(field: Field | None, value: Wire) -> str:
    """Why a value does not fit its field, in one sentence; "" when it does."""
    if field is None:
        return "" if isinstance(value, bool) else WRONG["kind"]
    if value is None or fits(field, value):
        return ""
    try:
        from_wire(field, value)
    except InvalidValue as error:
        return WRONG[error.reason]
    return WRONG["form"]
