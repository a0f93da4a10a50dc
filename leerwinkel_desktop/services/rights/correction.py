"""Shows what a field said before, and puts an earlier value back as an ordinary change (art. 16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.fields import Field, Record, Wire, fields_of, from_wire
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.services.decisions.hands import Hands
from leerwinkel_desktop.services.telling import text_of
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.changelog import own_actor
from leerwinkel_desktop.store.history import Saved


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that a field had: `position` (actor, number) names the change; `device` where it was written.

    `user` is who worked there then, None where no trail tells;
    `merged`: it was saved beside work of another device that did not know of it, in other fields.
    """

    position: tuple[str, int]
    at_ms: int
    device: str | None
    value: Wire
    text: str
    merged: bool = False
    user: str | None = None


def field_history(workspace: Workspace, kind: str, record_id: str, name: str) -> list[Entry]:
    """What a field said, newest first. Raises NotFound for another kind, InvalidValue for another field."""
    field = _field(kind, name)
    with workspace.database.read() as reader:
        hands = Hands(reader.connection, own_actor(reader.connection))
        saved = (one for one in reader.history([record_id]) if one.kind == kind and name in one.patch)
        return [_entry(workspace, field, one, hands.user(one.actor, one.at_ms)) for one in saved]


def _field(kind: str, name: str) -> Field:
    """A field with a value of its own: what a record belongs to, and who is whom, is not put back by hand."""
    if kind not in BY_KIND:
        raise NotFound(kind, name)
    for field in fields_of(BY_KIND[kind]):
        if field.name == name and field.target is None:
            return field
    raise InvalidValue(name, "kind")


def _entry(workspace: Workspace, field: Field, saved: Saved, user: str | None) -> Entry:
    value = saved.patch[field.name]
    text = "" if value in (None, []) else text_of(workspace.codelists, field, value)
    return Entry((saved.actor, saved.seq), saved.at_ms, saved.name, value, text, saved.merged, user)


def restore(workspace: Workspace, kind: str, record_id: str, name: str, position: tuple[str, int]) -> Record:
    """Put back what a field said after one change. Raises NotFound or InvalidValue."""
    field = _field(kind, name)
    found = next((e for e in field_history(workspace, kind, record_id, name) if e.position == position), None)
    if found is None:
        raise NotFound(kind, record_id)
    with workspace.database.write() as transaction:
        record = transaction.get(BY_KIND[kind], record_id)
        corrected = replace(record, **{name: from_wire(field, found.value)})  # type: ignore[arg-type]
        transaction.save(corrected)
        transaction.note("field.restored", record_id, workspace.user)
        return corrected


def fields_with_history(workspace: Workspace, kind: str, record_id: str) -> Iterator[tuple[Field, int]]:
    """The fields of a record that were written more than once, with how many times."""
    with workspace.database.read() as reader:
        saved = reader.history([record_id])
    for field in fields_of(BY_KIND[kind]):
        times = sum(field.name in one.patch for one in saved)
        if times > 1:
            yield field, times
