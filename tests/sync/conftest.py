"""Parties with keys, and a workshop that writes good bundles and forges bad ones."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from sync import age, bundle, roster, trust
from sync.changes import GENESIS, Change, canonical, encode, link, new_change
from sync.header import HeaderDraft
from sync.roster import Keyset, Member, OfficeKey, Roster

ORGANISATION = "org-een"
NOW = 1_763_000_000_000 << 16


@dataclass(frozen=True)
class Party:
    """A device or office with its keys."""

    actor: str
    key: trust.SigningKey
    identity: age.Identity
    recipient: str
    secret: str = field(repr=False)

    @property
    def key_id(self) -> str:
        return trust.key_id(self.actor, self.key.public)


def make_party(digit: str) -> Party:
    text, recipient = trust.new_identity()
    return Party(digit * 32, trust.SigningKey.generate(), age.Identity(text), recipient, text)


@dataclass(frozen=True)
class Organisation:
    """A root, and what it and the office sign."""

    id: str
    root: trust.SigningKey
    office: Party
    laptop: Party
    recovery: Party

    def key(self, party: Party | None = None, start: int = 0, until: int | None = None) -> OfficeKey:
        party = party or self.office
        return OfficeKey(
            public_key=party.key.public, recipient=party.recipient, valid_from=start, valid_until=until
        )

    def keyset(self, signer: trust.SigningKey | None = None, **more: Any) -> Keyset:
        what: dict[str, Any] = {
            "keys": [self.key()],
            "organisation": self.id,
            "recovery_recipient": self.recovery.recipient,
            "root": self.root.public,
            "version": 1,
        }
        return roster.sign_keyset(Keyset(**(what | more)), signer or self.root)

    def members(self) -> list[Member]:
        """The office and the laptop, in order."""
        parties = sorted((self.office, self.laptop), key=lambda party: party is self.laptop)
        return [
            Member(
                actor=party.actor,
                device_number=number,
                last=None,
                name=f"Toestel {number}",
                public_key=party.key.public,
                recipient=trust.recipient_hash(party.recipient),
                role="laptop" if number else "office",
                state="ACTIVE",
            )
            for number, party in enumerate(parties)
        ]

    def roster(self, signer: Party | None = None, **more: Any) -> Roster:
        key = (signer or self.office).key
        what: dict[str, Any] = {
            "keyset": 1,
            "members": sorted(self.members(), key=lambda member: member.actor),
            "organisation": self.id,
            "public_key": key.public,
            "version": 1,
        }
        return roster.sign_roster(Roster(**(what | more)), key)


@dataclass(frozen=True)
class Workshop:
    """Writes from the laptop to the office unless told otherwise."""

    laptop: Party
    office: Party
    recovery: Party
    stranger: Party
    organisation: Organisation
    other_organisation: Organisation
    known: dict[str, bytes] = field(default_factory=dict)

    def change(self, seq: int, actor: str | None = None, **more: Any) -> Change:
        what: dict[str, Any] = {
            "actor": actor or self.laptop.actor,
            "seq": seq,
            "hlc": NOW + seq,
            "kind": "client",
            "id": f"00000000-0000-4000-8000-{seq:012d}",
            "patch": {"first_name": f"Voorbeeld {seq}", "children": seq, "languages": ["nl", "ar"]},
            "base": {},
            "salt": seq.to_bytes(16, "big"),
        }
        return new_change(**(what | more))

    def lines(self, count: int, first: int = 1) -> list[bytes]:
        return [encode(self.change(seq)) for seq in range(first, first + count)]

    def chain(self, count: int) -> bytes:
        value = GENESIS
        for seq in range(1, count + 1):
            value = link(value, self.change(seq))
        return value

    def draft(self, first: int = 1, **more: Any) -> HeaderDraft:
        draft = HeaderDraft(
            kind="changes",
            organisation=ORGANISATION,
            bundle="7d444840-9dc0-11d1-b245-5ffdce74fad2",
            sender_actor=self.laptop.actor,
            sender_name="Laptop 1",
            stream=self.laptop.actor,
            first=first,
            chain_before=self.chain(first - 1),
            schema=3,
            min_schema=2,
            created=NOW,
            ack={self.office.actor: 7},
            roster=4,
        )
        return replace(draft, **more)

    def given(self, first: int = 1, **more: Any) -> HeaderDraft:
        """A draft from the office to the laptop."""
        fixed: dict[str, Any] = {"sender_actor": self.office.actor, "chain_before": GENESIS}
        return self.draft(first, **(fixed | more))

    def write(
        self,
        lines: Sequence[bytes],
        draft: HeaderDraft | None = None,
        key: trust.SigningKey | None = None,
        recipients: Sequence[str] | None = None,
    ) -> bytes:
        out = io.BytesIO()
        draft = draft or self.draft()
        sender = self.office if draft.sender_actor == self.office.actor else self.laptop
        bundle.write_bundle(out, draft, lambda: lines, key or sender.key, recipients or self.recipients)
        return out.getvalue()

    @property
    def recipients(self) -> list[str]:
        return [self.office.recipient, self.recovery.recipient]

    def verify(self, data: bytes, **more: Any) -> bundle.Verified:
        what: dict[str, Any] = {
            "identities": [self.office.identity],
            "known": self.known.get,
            "organisation": ORGANISATION,
            "schema": 3,
        }
        return bundle.verify(io.BytesIO(data), **(what | more))

    def read(self, data: bytes, after: int = 0) -> list[Any]:
        return list(bundle.read_lines(io.BytesIO(data), self.verify(data), after))

    def unseal(self, data: bytes) -> bytes:
        src = io.BytesIO(data)
        opened = age.open_file(src, [self.office.identity])
        return b"".join(age.read_chunks(src, opened))

    def seal(self, plain: bytes, recipients: Sequence[str] | None = None) -> bytes:
        out = io.BytesIO()
        age.seal(out, recipients or self.recipients, [plain])
        return out.getvalue()

    def header(self, data: bytes) -> dict[str, Any]:
        plain = self.unseal(data)
        size = int.from_bytes(plain[5:9], "big")
        decoded: dict[str, Any] = msgspec.json.decode(plain[9 : 9 + size])
        return decoded

    def forge(
        self,
        text: bytes,
        change: Callable[[dict[str, Any]], None] = lambda header: None,
        *,
        compressed: bytes | None = None,
        raw_header: bytes | None = None,
        key: trust.SigningKey | None = None,
        padding: bytes | None = None,
        recipients: Sequence[str] | None = None,
        base: HeaderDraft | None = None,
    ) -> bytes:
        """A correctly sealed and signed bundle with any body and a header changed at will."""
        body = zlib.compress(text) if compressed is None else compressed
        header = self.header(self.write([], base))
        header["body"] = {
            "bytes": len(text),
            "compressed": len(body),
            "lines": text.count(b"\n"),
            "sha256": sha256(text).digest(),
        }
        change(header)
        data = canonical(header) if raw_header is None else raw_header
        signature = (key or self.laptop.key).sign(b"leerwinkel LWB1 header\n" + data)
        plain = b"LWB1\n" + len(data).to_bytes(4, "big") + data + signature + body
        plain += bytes(-len(plain) % age.CHUNK) if padding is None else padding
        return self.seal(plain, recipients)

    def forge_lines(self, lines: Sequence[bytes]) -> bytes:
        """Lines that the writer would refuse, under a header that claims them as number 1 and on."""

        def claim(header: dict[str, Any]) -> None:
            header["stream"]["last"] = len(lines)
            header["stream"]["chain_after"] = bytes(32)

        return self.forge(b"".join(line + b"\n" for line in lines), claim)


@pytest.fixture(scope="session")
def workshop() -> Workshop:
    laptop, office, recovery, stranger = map(make_party, "f1ae")
    known = {party.key_id: party.key.public for party in (laptop, office)}
    ours, theirs = (
        Organisation(name, roster.new_root()[1], office, laptop, recovery) for name in ("org-een", "org-twee")
    )
    return Workshop(laptop, office, recovery, stranger, ours, theirs, known)
