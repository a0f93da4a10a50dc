"""Puts what waits for a decision in words, as far as this user may see it.

Nothing of the detention block is told to who may not open it, not even that there is something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.detention import SLOTS, SealedRecord
from leerwinkel_desktop.domain.fields import (
    MOST_ITEMS,
    Field,
    Kind,
    Privacy,
    Record,
    Value,
    Wire,
    field_of,
    fields_of,
)
from leerwinkel_desktop.domain.profiles import Profile, shows
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.decisions.hands import Hands
from leerwinkel_desktop.services.exchange.persons import Owners
from leerwinkel_desktop.services.telling import text_of
from leerwinkel_desktop.store import decisions, detention, devices, people
from leerwinkel_desktop.store.database import REMOVED, Reader
from leerwinkel_desktop.store.decisions import Candidate, Number, Place, Standing
from leerwinkel_desktop.store.repository import repository

BETWEEN: Final = {Kind.TEXT: " / ", Kind.NOTE: "\n"}
"""What stands between two texts that are put together."""
TELLING: Final = 2
"""So many filled in fields tell which session, talent or offer it is."""
PERSONS: Final = frozenset({Client.kind, Dossier.kind})


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a field: its value in words ("" for nothing), who wrote it on which device, and when.

    `value` is what stands in the field, opened; `user` is None where no trail tells; `at_ms` is in
    milliseconds, UTC.
    """

    number: Number
    value: Wire
    text: str
    user: str | None
    device: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field that waits for a decision; the first version is what shows meanwhile.

    `about` tells which one of several it is; `since_ms` from when there were two; `declared` is the field, or
    None where the question is whether the record stays removed; `suggestion` puts texts or choices together,
    None where that makes no sense.
    """

    id: str
    kind: str
    record_id: str
    kind_label: str
    field_label: str
    about: str
    versions: tuple[Version, ...]
    since_ms: int
    declared: Field | None
    suggestion: Value
    place: Place


@dataclass(frozen=True, slots=True)
class PersonConflicts:
    """The conflicts of one person, oldest first; without `client_id` those of what everybody shares."""

    client_id: str | None
    number: str | None
    name: str
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a place is about as people know it: a detention block by its own names, opened."""

    record: type[Record]
    name: str
    wire: Mapping[str, Wire]

    @property
    def declared(self) -> Field | None:
        """The field, or None where it is about the record being there at all."""
        return None if self.name == REMOVED else field_of(self.record, self.name)

    @property
    def field_label(self) -> str:
        """What the field is called."""
        return self.declared.label if self.declared else _("Verwijderd")


class Sight:
    """What one user sees of the places that wait, through one reader."""

    def __init__(self, reader: Reader, used: Profile) -> None:
        """Look with the access of this reader, in this profile."""
        self._reader = reader
        self._used = used
        self._owners = Owners(reader.connection)
        self._own = devices.read_device(reader.connection).actor
        self._hands = Hands(reader.connection, self._own)
        self.opened: set[str] = set()
        """The dossiers whose detention block was opened for this."""

    def places(self, record_ids: Collection[str] | None = None) -> list[Place]:
        """All open places that this user may see; with `record_ids` only those of these records."""
        found = decisions.places(self._reader.connection)
        if record_ids is not None:
            found = [place for place in found if place.record_id in record_ids]
        return [place for place in found if self._still_asks(place) and self.subject(place) is not None]

    def _still_asks(self, place: Place) -> bool:
        """Nothing but that is asked about a removed record."""
        if place.kind not in STORED or place.field == REMOVED:
            return place.kind in STORED
        query = f"SELECT removed FROM {place.kind} WHERE id = ?"  # noqa: S608 (kinds are declared)
        row = self._reader.connection.execute(query, (place.record_id,)).fetchone()
        return row is not None and not row[0]

    def subject(self, place: Place) -> Subject | None:
        """What a place is about, or None for who may not see it, and for fields of a newer program."""
        stored = repository(STORED[place.kind]).stored(self._reader.connection, place.record_id)
        if stored is None:
            return None
        if place.kind == SealedRecord.kind:
            return self._sealed(place, stored)
        record = STORED[place.kind]
        if place.field != REMOVED and place.field not in {field.name for field in fields_of(record)}:
            return None
        found = Subject(record, place.field, stored)
        return found if self._may_see(place, found) else None

    def _sealed(self, place: Place, stored: Mapping[str, Wire]) -> Subject | None:
        if self._reader.block is None:
            return None
        values = {name: value for name, value in stored.items() if isinstance(value, str)}
        found = detention.opened(self._reader.block, SealedRecord(id=place.record_id, **values))
        if found is None:
            return None
        names = {slot: name for name, slot in SLOTS[found.kind.kind].items()} | {REMOVED: REMOVED}
        name = names.get(place.field)
        return None if name is None else Subject(found.kind, name, found.wire)

    def _may_see(self, place: Place, subject: Subject) -> bool:
        if self._reader.block is None and self._tells_of_detention(place, subject):
            return False
        return subject.declared is None or shows(self._used, subject.record, subject.name)

    def _tells_of_detention(self, place: Place, subject: Subject) -> bool:
        if subject.declared is not None and subject.declared.privacy is Privacy.JUDICIAL:
            return True
        if subject.record is not Consent:
            return False
        said = {subject.wire.get("purpose")}
        if subject.name == "purpose":
            said |= {one.value for one in self._standing(place).candidates if isinstance(one.value, str)}
        purposes = self._reader.codelists["consent_purpose"]
        return any(each in purposes and purposes.get(str(each)).flag("detention") for each in said if each)

    def _standing(self, place: Place) -> Standing:
        return decisions.standing(self._reader.connection, place)

    def conflict(self, place: Place, subject: Subject) -> Conflict:
        """An open place in words."""
        self.note(place)
        candidates = self._standing(place).candidates
        versions = tuple(self._version(place, subject, one) for one in candidates)
        moments = sorted(one.at_ms for one in versions)
        return Conflict(
            id=f"{place.record_id}.{place.field}",
            kind=subject.record.kind,
            record_id=place.record_id,
            kind_label=subject.record.label,
            field_label=subject.field_label,
            about=self._about(subject),
            versions=versions,
            since_ms=moments[1] if len(moments) > 1 else moments[0],
            declared=subject.declared,
            suggestion=suggestion(subject.declared, [one.value for one in versions]),
            place=place,
        )

    def note(self, place: Place) -> None:
        """Remember whose detention block is opened to tell about this place."""
        if place.kind == SealedRecord.kind:
            stored = repository(SealedRecord).stored(self._reader.connection, place.record_id) or {}
            self.opened.add(str(stored.get("dossier_id")))

    def _version(self, place: Place, subject: Subject, one: Candidate) -> Version:
        value, text = self.told(place, subject, one.value)
        if one.beside:
            text = self._beside(subject, one.beside)
        device = one.device or (_("dit toestel") if one.number[0] == self._own else _("een ander toestel"))
        user = self._hands.user(one.number[0], one.at_ms)
        return Version(one.number, value, text, user, device, one.at_ms)

    def told(self, place: Place, subject: Subject, value: Wire) -> tuple[Wire, str]:
        """A stored value of a place, opened where it is sealed, and in words."""
        field = subject.declared
        if field is None:
            return value, _("verwijderd") if value is True else _("teruggezet")
        if place.kind == SealedRecord.kind and self._reader.block is not None:
            sealed = value if isinstance(value, str) else None
            readable, value = self._reader.block.open(place.record_id, place.field, sealed)
            if not readable:
                return None, _("(niet te lezen op dit toestel)")
        return value, self._text(field, value)

    def _text(self, field: Field, value: Wire) -> str:
        if value is None or value == []:
            return ""
        if field.target is None:
            return text_of(self._reader.codelists, field, value)
        ids = value if isinstance(value, list) else [value]
        return ", ".join(self._title(field.target, str(each)) for each in ids)

    def _title(self, kind: str, record_id: str) -> str:
        client_id = self._owners.client_of(kind, record_id) if kind in PERSONS else None
        if client_id is not None:
            number, name = self._named(client_id)
            return " ".join(filter(None, (number, name)))
        wire = repository(STORED[kind]).stored(self._reader.connection, record_id) if kind in STORED else None
        return (self._words(STORED[kind], wire, "") if wire else "") or _("(onbekend)")

    def _beside(self, subject: Subject, names: Iterable[str]) -> str:
        slots = {slot: name for name, slot in SLOTS.get(subject.record.kind, {}).items()}
        wanted = {slots.get(name, name) for name in names}
        labels = [
            field.label for field in fields_of(subject.record) if field.name in wanted and self._open(field)
        ]
        return _("gewijzigd: {fields}").format(fields=", ".join(labels)) if labels else _("gewijzigd")

    def _open(self, field: Field) -> bool:
        return field.privacy is not Privacy.JUDICIAL or self._reader.block is not None

    def _about(self, subject: Subject) -> str:
        return (
            "" if subject.record.kind in PERSONS else self._words(subject.record, subject.wire, subject.name)
        )

    def _words(self, record: type[Record], wire: Mapping[str, Wire], without: str) -> str:
        """The first few filled in fields of a record, to know it by."""
        fields = [each for each in fields_of(record) if each.target is None and each.name != without]
        filled = [each for each in fields if wire.get(each.name) not in (None, []) and self._open(each)]
        return " · ".join(self._text(each, wire.get(each.name)) for each in filled[:TELLING])

    def client_of(self, place: Place) -> str | None:
        """The client whom a place is about, whoever stands for them; None for what belongs to nobody."""
        found = self._owners.client_of(place.kind, place.record_id)
        return None if found is None else people.person_of(self._reader.connection, found)

    def person(self, client_id: str | None, conflicts: Iterable[Conflict]) -> PersonConflicts:
        """The conflicts of one person, the longest waiting first."""
        ordered = tuple(sorted(conflicts, key=lambda one: (one.since_ms, one.id)))
        if client_id is None:
            return PersonConflicts(None, None, _("Wat iedereen deelt"), ordered)
        return PersonConflicts(client_id, *self._named(client_id), ordered)

    def _named(self, client_id: str) -> tuple[str | None, str]:
        wire = repository(Client).stored(self._reader.connection, client_id) or {}
        name = " ".join(str(wire[each]) for each in ("first_name", "last_name") if wire.get(each))
        number = wire.get("client_no")
        return None if number is None else str(number), name


def suggestion(field: Field | None, values: Iterable[Wire]) -> Value:
    """All texts after each other, or all choices together; None where that makes no sense or is too long."""
    if field is None:
        return None
    if field.kind in (Kind.CODES, Kind.REFS):
        every = [each for value in values if isinstance(value, list) for each in value]
        union = tuple(dict.fromkeys(every))
        return union if len(union) <= MOST_ITEMS else None
    if field.kind not in BETWEEN:
        return None
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    whole = [text for text in texts if not any(text in other for other in texts if other != text)]
    joined = BETWEEN[field.kind].join(whole)
    return joined if whole and len(joined) <= field.max_length else None
