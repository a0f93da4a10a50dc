"""Whom we know and who we are: whether a bundle is from one of ours and for us (FORMAT.md §11)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import BinaryIO

from leerwinkel_desktop.services import trust
from leerwinkel_desktop.services.trust import NotEnrolled
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Device
from leerwinkel_desktop.store.migrate import newest
from sync import Header, Identity, OfficeKey, Verified, peek, verify
from sync.errors import IllFormed, RevokedSender
from sync.keys import key_id
from sync.roster import check_valid


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """Whom we know and who we are, as needed to check a bundle."""

    device: Device
    identities: tuple[Identity, ...]
    keys: dict[str, bytes]
    times: dict[str, OfficeKey]
    cuts: dict[str, int]

    def known(self, wanted: str) -> bytes | None:
        """The public key of a key id."""
        return self.keys.get(wanted)

    def check(self, header: Header) -> None:
        """What the library leaves to us: the time of an office key, whose numbers these are, and the cut.

        Raises ExpiredKey, IllFormed or RevokedSender.
        """
        key = self.times.get(header.key_id)
        if key is not None:
            check_valid(key, header.created)
        _check_stream(self.device, header)
        cut = self.cuts.get(header.sender.actor)
        if cut is not None and header.stream.last > cut:
            raise RevokedSender(header.sender.actor, cut)


def desk(connection: Connection) -> Desk:
    """Whom we know now. Raises NotEnrolled for a laptop without an office."""
    device = devices.read_device(connection)
    if device.organisation is None:
        raise NotEnrolled
    if device.role == "laptop":
        return _desk_of_laptop(connection, device)
    others = [peer for peer in devices.peers(connection)[1:] if peer.verify_key and peer.role == "laptop"]
    cuts = {peer.actor: trust.cut_of(connection, peer) for peer in others}
    identities = {device.identity, *(own.identity for own in trusted.office_keys(connection))}
    return Desk(
        device,
        tuple(map(Identity, sorted(identities))),
        {key_id(peer.actor, peer.verify_key): peer.verify_key for peer in others if peer.verify_key},
        {},
        {actor: cut for actor, cut in cuts.items() if cut is not None},
    )


def _desk_of_laptop(connection: Connection, device: Device) -> Desk:
    """A laptop listens to its office only."""
    office = trust.office_peer(connection)
    keyset = trusted.keyset(connection)
    times = {key_id(office.actor, key.public_key): key for key in keyset.keys} if keyset else {}
    keys = {wanted: key.public_key for wanted, key in times.items()}
    if keyset is None and office.verify_key:  # enrolled before there was a root
        keys[key_id(office.actor, office.verify_key)] = office.verify_key
    return Desk(device, (Identity(device.identity),), keys, times, {})


def desk_for(connection: Connection, stopped: bool) -> Desk:
    """Whom we know; `stopped`: also beyond the cut of a stopped laptop. Raises NotEnrolled."""
    us = desk(connection)
    return replace(us, cuts={}) if stopped else us


def read_header(us: Desk, file: BinaryIO) -> Header:
    """The checked header, without the body. Raises the errors of FORMAT.md §11, 1 to 6."""
    header = peek(file, us.identities, us.known, organisation=us.device.organisation or "", schema=newest())
    us.check(header)
    return header


def verified(us: Desk, have: Callable[[Header], int], file: BinaryIO) -> Verified:
    """Pass one over a bundle. Raises the errors of FORMAT.md §12."""
    checked = verify(
        file, us.identities, us.known, organisation=us.device.organisation or "", schema=newest(), have=have
    )
    us.check(checked.header)
    return checked


def _check_stream(device: Device, header: Header) -> None:
    """A laptop hands over its own numbers, and the office gives a laptop those of that laptop's stream.

    Otherwise a laptop could write in the name of another (FORMAT.md §5.1).
    """
    if header.stream.id != (header.sender.actor if device.role == "office" else device.actor):
        raise IllFormed("stream")
