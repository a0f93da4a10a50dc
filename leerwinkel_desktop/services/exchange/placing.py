"""Where a bundle goes on: what we hold of its stream, and whether both agree (FORMAT.md §5.2, §13.7)."""

from __future__ import annotations

from typing import NamedTuple

from leerwinkel_desktop.services.trust import RestoredCopy, RestoredOffice
from leerwinkel_desktop.store import changelog, devices, giving
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from sync import Change, Header, Verified, link, place
from sync.errors import AlreadyImported, Gap


def position(connection: Connection, header: Header) -> int:
    """The highest number that we hold of the header's stream."""
    peer = devices.peer(connection, header.sender.actor)
    if peer is None:
        return 0
    return peer.upto if header.own else peer.received


class Known(NamedTuple):
    """All that a bundle carries is here; when it was read, in milliseconds, None when that is not known."""

    at_ms: int | None


def read_before(connection: Connection, header: Header) -> Known | None:
    """Whether all that a bundle carries is here already; None when there may be something new.

    Its signed header tells: the chain value at its last number is ours. Raises as `check_acks` does.
    """
    if seen := devices.bundles(connection, id=header.bundle, direction="IN"):
        return Known(seen[0].at_ms)
    stream, have = header.stream, position(connection, header)
    if not stream.first <= stream.last <= have:
        return None
    check_acks(connection, header)
    try:
        here = chain_here(connection, header, have, stream.last)
    except AlreadyImported:
        here = stream.chain_after
    return Known(covered_at(connection, header)) if here == stream.chain_after else None


def covered_at(connection: Connection, header: Header) -> int | None:
    """When the first bundle was read that brought the last number of this one, in milliseconds."""
    read = devices.bundles(connection, actor=header.sender.actor, direction="IN")
    return min((row.at_ms for row in read if row.last >= header.stream.last), default=None)


def check_acks(connection: Connection, header: Header) -> None:
    """Whether each side holds what it told the other before (§13.7). Raises RestoredCopy, RestoredOffice."""
    own = devices.peers(connection)[0]
    if header.own:
        peer = devices.peer(connection, header.sender.actor)
        if peer is not None and header.ack.get(peer.actor, 0) > peer.sent:
            raise RestoredOffice
    else:
        held = header.ack.get(own.actor, 0)
        if held > own.upto:
            raise RestoredCopy
        if held < own.acked and header.created > trusted.standing(connection, header.sender.actor).created:
            raise RestoredOffice


def check_place(connection: Connection, checked: Verified, have: int) -> None:
    """Whether the bundle goes on where we are, by what both sides say they hold (FORMAT.md §5.2, §13.7).

    Raises RestoredCopy, RestoredOffice, Gap, Fork or AlreadyImported.
    """
    header = checked.header
    check_acks(connection, header)
    try:
        place(checked, have, chain_here(connection, header, have, checked.overlap))
    except Gap as gap:
        if header.own:
            raise
        raise RestoredCopy from gap


def chain_here(connection: Connection, header: Header, have: int, overlap: int | None) -> bytes:
    """Our own chain value at the place where the bundle and we must agree."""
    peer = devices.peer(connection, header.sender.actor)
    if peer is None or overlap is None or overlap == 0:
        return devices.ZERO
    if header.own:
        return peer.chain if overlap == have else changelog.chain_at(connection, peer.actor, overlap)
    # Of a given stream only its head is kept; an older one was read before and does nothing.
    if overlap < have:
        raise AlreadyImported(overlap)
    return peer.received_chain


def confirms(connection: Connection, header: Header) -> bool:
    """Whether the sender says that it holds more of the stream that we give it than we knew."""
    peer = devices.peer(connection, header.sender.actor)
    return header.own and peer is not None and header.ack.get(peer.actor, 0) > peer.acked


def confirm(connection: Connection, header: Header) -> None:
    """Take the sender's word for what it holds of the stream that we give it."""
    peer = devices.peer(connection, header.sender.actor)
    if peer is None or not confirms(connection, header):
        return
    upto = header.ack[peer.actor]
    chain = peer.acked_chain
    for number, line in giving.waiting(connection, peer.actor):
        if number <= upto:
            chain = link(chain, line) if isinstance(line, Change) else changelog.link_line(chain, line)
    devices.set_position(connection, peer.actor, "acked", upto, chain)
    giving.forget(connection, peer.actor, upto)
