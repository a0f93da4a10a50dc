"""Lines of the audit trail: form, limits, place and chain (FORMAT.md §14)."""

from __future__ import annotations

import random
from hashlib import sha256
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.audit import MAX_ENTRIES, Audit, Audited, audit_link, tellable
from sync.changes import GENESIS, canonical, check_text
from sync.errors import IllFormed, SyncError
from sync.header import MAX_LINE
from sync.lines import Plain, Receipt, encode_line, parse, parse_verified

ENTRY = (1_763_000_000_000, "Begeleider", None, "dossier.opened", "0d4f6f3e-0000-4000-8000-000000000001")
AUDIT = Audit(chain=bytes(32), entries=[ENTRY, (0, None, None, "vault.refused", None)], first=7)
AUDITED = Audited(chain=bytes(32), number=8)
ZEROS = b'"' + b"A" * 43 + b'="'


def test_the_lines_as_they_stand():
    line = encode_line(AUDIT)
    assert line == (
        b'{"_":"audit","chain":' + ZEROS + b',"entries":[[1763000000000,"Begeleider",null,"dossier.opened",'
        b'"0d4f6f3e-0000-4000-8000-000000000001"],[0,null,null,"vault.refused",null]],"first":7}'
    )
    assert parse(line) == parse_verified(line) == AUDIT
    line = encode_line(AUDITED)
    assert line == b'{"_":"audited","chain":' + ZEROS + b',"number":8}'
    assert parse(line) == parse_verified(line) == AUDITED
    assert {Audit, Audited, Receipt} <= set(get_args(Plain))


def test_the_chain_by_hand():
    """§14.1, with what each part is framed by."""
    parts = [b"5", "Zoë".encode(), b"", b"a.b", b"x"]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    by_hand = sha256(b"leerwinkel audit 1\n" + GENESIS + framed).digest()
    assert audit_link(GENESIS, (5, "Zoë", None, "a.b", "x")) == by_hand
    others = [(5, "Zo", "ë", "a.b", "x"), (5, None, "Zoë", "a.b", "x"), (6, "Zoë", None, "a.b", "x")]
    assert (
        len({by_hand, *(audit_link(GENESIS, entry) for entry in others), audit_link(by_hand, others[0])}) == 5
    )


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0, -1),
        (0, 2**53 + 1),
        (0, 1.0),
        (0, None),
        (1, "x" * 201),
        (1, 5),
        (2, "x" * 201),
        (3, None),
        (3, ""),
        (3, "Dossier"),
        (3, ".a"),
        (3, "a b"),
        (3, "a" * 65),
        (3, "a\n"),
        (4, "x" * 201),
        (4, ["x"]),
        (4, "e\u0301"),
        (4, "a\0b"),
        (4, "\ud800"),
    ],
)
def test_what_is_no_entry(at, value):
    entry = (*ENTRY[:at], value, *ENTRY[at + 1 :])
    assert not tellable(1, entry)
    with pytest.raises(IllFormed):
        encode_line(Audit(chain=bytes(32), entries=[entry], first=1))


def test_what_is_an_entry():
    assert tellable(1, ENTRY)
    assert tellable(2**53, (0, "x" * 200, "", "a", "😀" * 200))
    assert not tellable(0, ENTRY)
    assert not tellable(2**53 + 1, ENTRY)
    odd: list[Any] = [ENTRY[:4], (*ENTRY[:4], b"raw"), (*ENTRY, None), None]
    assert not any(tellable(1, entry) for entry in odd)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"first":7', b'"first":0'),
        (b'"first":7', b'"first":7.0'),
        (b'"first":7', b'"first":9007199254740993'),
        (b'"first":7', b'"first":7,"must":true'),
        (b',"first":7', b""),
        (b"AAA=", b"AAB="),
        (b"AAAA", b""),
        (b"[[1763", b"[[ 1763"),
        (b',[0,null,null,"vault.refused",null]', b",[]"),
        (b",null]]", b",null,null]]"),
        (b"1763000000000", b"true"),
    ],
)
def test_what_is_no_line(old, new):
    line = encode_line(AUDIT)
    assert old in line
    with pytest.raises(IllFormed):
        parse(line.replace(old, new, 1))


@pytest.mark.parametrize(
    "line", [b'{"_":"audit"}', b'{"_":"audited"}', b'{"_":"audit","entries":' + b"[" * 90_000]
)
def test_a_known_name_is_never_kept_unread(line):
    with pytest.raises(IllFormed):
        parse(line)


def test_so_many_entries_and_no_more():
    with pytest.raises(IllFormed):
        encode_line(Audit(chain=bytes(32), entries=[], first=1))
    largest = (2**53, "\x1f" * 200, "\x1f" * 200, "a" * 64, "\x1f" * 200)
    full = Audit(chain=bytes(32), entries=[largest] * MAX_ENTRIES, first=2**53)
    assert len(encode_line(full)) <= MAX_LINE, "the largest entries fit in one line"
    with pytest.raises(IllFormed):
        encode_line(Audit(chain=bytes(32), entries=[ENTRY] * (MAX_ENTRIES + 1), first=1))


TEXTS = st.none() | st.text(max_size=210)


@given(st.tuples(st.integers(-5, 2**54), TEXTS, TEXTS, st.text("ab._9", max_size=66), TEXTS))
def test_tellable_is_what_can_be_written(entry):
    try:
        line = encode_line(Audit(chain=bytes(32), entries=[entry], first=1))
    except IllFormed:
        assert not tellable(1, entry)
    else:
        assert tellable(1, entry)
        assert parse(line) == Audit(chain=bytes(32), entries=[entry], first=1)


@pytest.mark.parametrize("made", [AUDIT, AUDITED], ids=["audit", "audited"])
def test_changed_bytes_are_refused_or_canonical(made):
    dice, good = random.Random(3), encode_line(made)
    refused = 0
    for _ in range(4000):
        line = bytearray(good)
        for _ in range(dice.randint(1, 3)):
            line[dice.randrange(len(line))] = dice.randrange(256)
        try:
            found = parse(bytes(line))
        except SyncError:
            refused += 1
        else:
            if isinstance(found, Audit | Audited):
                assert canonical(found) == line
                check_text(bytes(line))
    assert refused > 2500


# Where they may stand


def test_a_trail_travels_in_ones_own_stream_without_a_number(workshop):
    raw = encode_line(AUDIT)
    first, second = workshop.lines(2)
    data = workshop.write([raw, first, raw, second])
    verified = workshop.verify(data)
    assert (verified.header.stream.last, verified.header.body.lines) == (2, 4)
    assert verified.header.stream.chain_after == workshop.chain(2), "the chain of the changes does not move"
    assert workshop.read(data, after=1) == [AUDIT, AUDIT, workshop.change(2)]


def test_what_is_held_travels_in_the_given_stream_with_a_number(workshop):
    raw = encode_line(AUDITED)
    data = workshop.write([raw, raw], workshop.given())
    assert workshop.verify(data).header.stream.last == 2
    assert workshop.read(data, after=1) == [AUDITED]


def test_each_in_the_other_place_is_refused(workshop):
    audit, audited = encode_line(AUDIT), encode_line(AUDITED)
    with pytest.raises(IllFormed) as caught:
        workshop.write([audited])
    assert (caught.value.what, caught.value.line) == ("audited", 1)
    with pytest.raises(IllFormed) as caught:
        workshop.write([audit], workshop.given())
    assert (caught.value.what, caught.value.line) == ("audit", 1)
    with pytest.raises(IllFormed):
        workshop.verify(workshop.forge_lines([audited]))
    text = audit + b"\n"
    forged = workshop.forge(text, base=workshop.given(), key=workshop.office.key)
    with pytest.raises(IllFormed) as caught:
        workshop.verify(forged)
    assert caught.value.what == "audit"


def test_the_same_form_in_any_json_library():
    """A second writer needs no more than §1.1."""
    assert msgspec.json.decode(encode_line(AUDIT))["entries"][1] == [0, None, None, "vault.refused", None]
