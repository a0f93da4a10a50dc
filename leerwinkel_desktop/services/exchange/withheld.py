"""What was held back because a value does not fit: named, looked at again, dropped (SECURITY.md §4 "Import").

One bad record never stops a bundle: the rest is read, and what is held waits for a program that knows better.
"""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.fields import Field, Kind, Privacy, fields_of
from leerwinkel_desktop.domain.registry import STORED, is_judicial
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.exchange.details import cut, wrong
from leerwinkel_desktop.services.exchange.foretelling import KNOWN_BY
from leerwinkel_desktop.services.exchange.persons import CLIENT, Owners
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import holding
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.holding import HeldChange
from leerwinkel_desktop.store.repository import repository
from sync.clock import ms_of


class NotHeld(InputError):
    """No such change is held back."""


@dataclass(frozen=True, slots=True)
class Held:
    """One change that is held back.

    `id` is its place in the log; `name` and `number` of the person as far as they are known ("" and None when
    not, or when nobody may be told); `record` and `field` are Dutch labels; `value` is cut to one line;
    `wrong` says in Dutch what does not fit; `at_ms` is when it was written on the device `sender`.
    """

    id: str
    client_id: str | None
    name: str
    number: str | None
    record: str
    field: str
    value: str
    wrong: str
    sender: str
    at_ms: int


def held(workspace: Workspace) -> list[Held]:
    """All that is held back, oldest first."""
    with workspace.database.read() as reader:
        return _told(reader.connection, holding.held(reader.connection))


def retry(workspace: Workspace) -> int:
    """Look again at all that is held back, by hand; gives how many changes fit now and were let go."""
    with workspace.database.write() as transaction:
        return look_again(transaction, workspace.user)


def look_again(transaction: Transaction, user: str | None = None) -> int:
    """As `retry`, inside the caller's transaction."""
    count = holding.let_go(transaction.connection, transaction.codelists)
    if count:
        transaction.note("held.let_go", None, user)
    return count


def drop(workspace: Workspace, held_id: str) -> None:
    """Destroy the values of one that is held back; its place in the log stays. Raises NotAllowed, NotHeld."""
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.write() as transaction:
        for one in holding.held(transaction.connection):
            if _id(one) == held_id:
                holding.drop(transaction.connection, one.change)
                transaction.note("held.dropped", one.change.id, workspace.user)
                return
    raise NotHeld


def _id(one: HeldChange) -> str:
    return f"{one.change.actor[:8]}-{one.change.seq}"


def _told(connection: Connection, changes: list[HeldChange]) -> list[Held]:
    owners = Owners(connection)
    said: dict[str, dict[str, object]] = {}
    for change, _device, _field in changes:
        owners.tell(change.kind, change.id, change.patch or {})
        if change.kind == CLIENT:
            said.setdefault(change.id, {}).update(change.patch or {})
    return [_one(connection, owners, said, each) for each in changes]


def _one(connection: Connection, owners: Owners, said: dict[str, dict[str, object]], one: HeldChange) -> Held:
    change, record = one.change, STORED[one.change.kind]
    fields: dict[str, Field] = {field.name: field for field in fields_of(record)}
    field, value = fields.get(one.field), (change.patch or {}).get(one.field)
    shielded = is_judicial(record)
    client = None if shielded else owners.client_of(change.kind, change.id)
    name, number = _named(connection, said, client) if client else ("", None)
    secret = shielded or (
        field is not None and (field.kind is Kind.NOTE or field.privacy is Privacy.JUDICIAL)
    )
    return Held(
        id=_id(one),
        client_id=client,
        name=name,
        number=number,
        record=record.label,
        field=field.label if field is not None else _("Toestand"),
        value="" if secret else cut(str(value)),
        wrong=wrong(field, value) or _("Dit past nu wel. Kijk opnieuw na."),
        sender=one.device or "",
        at_ms=ms_of(change.hlc),
    )


def _named(
    connection: Connection, said: dict[str, dict[str, object]], client_id: str
) -> tuple[str, str | None]:
    told: dict[str, object] = {**(repository(STORED[CLIENT]).stored(connection, client_id) or {})}
    for name, value in said.get(client_id, {}).items():
        told[name] = told.get(name) or value
    first, last, number = (told.get(name) for name in KNOWN_BY)
    name = " ".join(part for part in (first, last) if isinstance(part, str))
    return name, number if isinstance(number, str) else None
