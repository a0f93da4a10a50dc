"""What the office has for one laptop: put in its stream, then written as a bundle or a snapshot (§15)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

import msgspec

from leerwinkel_desktop.store import devices, erased, giving, trails, whereabouts
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Peer
from leerwinkel_desktop.store.owners import batches
from sync import (
    Change,
    Erase,
    People,
    Person,
    Receipt,
    Release,
    Take,
    encode,
    encode_line,
    roster,
)
from sync.changes import canonical
from sync.giving import MOST_IDS

NEEDS_SCHEMA: Final = 8
"""The data schema below which a reader would count the lines of the index of people (FORMAT.md §15.2)."""
_decode = msgspec.json.Decoder(People).decode
_PEOPLE: Final = b'{"_":"people",'
_PERSON = (
    "SELECT birth_date, first_name, id, last_name, client_no, coalesce(postal_code, nis_code) "
    "FROM client WHERE id = ? AND removed = 0"
)


def give(connection: Connection, laptop: Peer) -> None:
    """Put in a laptop's stream what it must get and was not given yet."""
    _give_trust(connection, laptop)
    manner = giving.manner(connection, laptop.actor)
    news = giving.new_people(connection, laptop.actor) if manner.people else []
    with giving.adding(connection, laptop.actor) as stream:
        stream.refer(giving.news(connection, laptop.actor))
        for ids in batches(news, MOST_IDS):
            stream.add(encode_line(People(ids=list(ids))))
    giving.looked(connection, laptop.actor)
    _give_receipt(connection, laptop)
    if snapshot_due(connection, laptop):
        whereabouts.say_anew(connection, laptop.actor)


def _give_trust(connection: Connection, laptop: Peer) -> None:
    """The roster for a laptop that does not know the newest, behind its keyset (FORMAT.md §13.4)."""
    waiting = {line for _, line in devices.given(connection, laptop.actor)}
    with giving.adding(connection, laptop.actor) as stream:
        for raw in _trust_for(connection, laptop):
            if raw not in waiting:
                stream.add(raw)


def _trust_for(connection: Connection, laptop: Peer) -> list[bytes]:
    known, own = trusted.standing(connection, laptop.actor).roster, trusted.office_keys(connection)
    if known >= trusted.roster_version(connection):
        return []
    keyset = trusted.keyset(connection) if known < own[-1].roster else None
    return [roster.encode(each) for each in (keyset, trusted.known_roster(connection)) if each]


def _give_receipt(connection: Connection, laptop: Peer) -> None:
    lines = _receipt_for(connection, laptop)
    waiting = [line for _, line in devices.given(connection, laptop.actor)]
    if not lines or waiting[-len(lines) :] == lines:
        return
    with giving.adding(connection, laptop.actor) as stream:
        for raw in lines:
            stream.add(raw)


def _receipt_for(connection: Connection, laptop: Peer) -> list[bytes]:
    if not laptop.upto:
        return []
    receipt = Receipt(actor=laptop.actor, chain=laptop.chain, upto=laptop.upto)
    audited = trails.audited(connection, laptop.actor)
    return [encode_line(line) for line in (audited, receipt) if line is not None]


def snapshot_due(connection: Connection, laptop: Peer) -> bool:
    """Whether a laptop must be told everything anew before its stream goes on."""
    return laptop.acked < giving.manner(connection, laptop.actor).anew


def lines(connection: Connection, laptop: Peer) -> Iterator[bytes]:
    """The lines of an ordinary bundle: all that was not confirmed, and the facts that go with it."""
    for _, line in giving.waiting(connection, laptop.actor):
        raw = encode(line) if isinstance(line, Change) else line
        yield raw
        if raw.startswith(_PEOPLE):
            yield from _persons(connection, raw)


def snapshot(connection: Connection, laptop: Peer) -> Iterator[bytes]:
    """The lines of a snapshot, in the order of FORMAT.md §15.4."""
    yield from _trust_for(connection, laptop)
    yield giving.scope_line(connection, laptop.actor)
    gone = [entry.record_id for entry in erased.erased_list(connection)]
    for ids in batches(gone, MOST_IDS):
        yield canonical(Erase(ids=list(ids)))
    yield from _clients(connection, laptop.actor)
    if giving.manner(connection, laptop.actor).people:
        everybody = [row[0] for row in connection.execute("SELECT id FROM client WHERE removed = 0")]
        for ids in batches(everybody, MOST_IDS):
            raw = encode_line(People(ids=list(ids)))
            yield raw
            yield from _persons(connection, raw)
    yield from map(encode, giving.whole(connection, laptop.actor))
    yield from giving.strange(connection, laptop.actor)
    yield from _receipt_for(connection, laptop)


def _clients(connection: Connection, actor: str) -> Iterator[bytes]:
    there = whereabouts.at_laptop(connection, actor)
    going = [held.client_id for held in there if held.state == "RELEASED"]
    for ids in batches(going, MOST_IDS):
        yield encode_line(Release(ids=list(ids)))
    taken = sorted(
        ((held.until or "", held.client_id) for held in there if held.state == "TAKEN"),
    )
    for until, group in groupby(taken, key=lambda each: each[0]):
        for ids in batches([client_id for _, client_id in group], MOST_IDS):
            yield encode_line(Take(ids=list(ids), until=until or None))


def indexed(connection: Connection, actor: str) -> bool:
    """Whether a bundle for this laptop may carry lines of the index of people."""
    return giving.manner(connection, actor).people or any(
        raw.startswith(_PEOPLE) for _, raw in devices.given(connection, actor)
    )


def _persons(connection: Connection, raw: bytes) -> Iterator[bytes]:
    for client_id in _decode(raw).ids:
        row = connection.execute(_PERSON, (client_id,)).fetchone()
        if row is not None:
            born, first, record_id, last, number, place = row
            yield encode_line(
                Person(
                    birth_date=born or None,
                    first_name=_short(first),
                    id=record_id,
                    last_name=_short(last),
                    number=number or None,
                    place=place or None,
                )
            )


def _short(name: str | None) -> str | None:
    return name[:200] or None if name else None
