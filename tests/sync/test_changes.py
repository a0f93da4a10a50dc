"""Changes as lines: one valid form each, commitments that survive erasure, a chain that notices all."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync import changes
from sync.changes import GENESIS, Change, commitment, decode, encode, erase, link, new_change
from sync.clock import MAX_HLC
from sync.errors import FromTheFuture, IllFormed
from sync.lines import Receipt, Unknown, encode_line, parse, parse_verified
from sync.lines import link as link_line

ACTOR, OTHER = "a" * 32, "b" * 32
RECORD = "00000000-0000-4000-8000-000000000001"
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
VALUES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT | st.lists(TEXT, max_size=3)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,63}", fullmatch=True)


def change(**more) -> Change:
    what: dict[str, Any] = {
        "actor": ACTOR,
        "seq": 3,
        "hlc": 77,
        "kind": "client",
        "id": RECORD,
        "patch": {"first_name": "Zoë", "age": 30},
        "base": {OTHER: 2},
        "salt": bytes(16),
    }
    return new_change(**(what | more))


LINE = encode(change())


def test_the_canonical_form():
    assert LINE.decode() == (
        '{"_":"change","actor":"' + ACTOR + '","base":{"' + OTHER + '":2},"hlc":77,"id":"' + RECORD + '",'
        '"kind":"client","patch":{"age":30,"first_name":"Zoë"},"salt":"AAAAAAAAAAAAAAAAAAAAAA==","seq":3}'
    )


@given(st.dictionaries(NAMES, VALUES, max_size=5), st.integers(0, MAX_HLC))
def test_round_trip(patch, hlc):
    written = change(patch=patch, hlc=hlc)
    assert decode(encode(written)) == written
    assert encode(decode(encode(written))) == encode(written)


def test_texts_are_normalised_on_the_way_in():
    spelled = unicodedata.normalize("NFD", "Zoë")
    assert change(patch={"a": spelled, "b": [spelled]}).patch == {"a": "Zoë", "b": ["Zoë"]}


def test_each_change_has_a_salt_of_its_own():
    one, two = change(salt=None), change(salt=None)
    assert one.salt != two.salt
    assert commitment(one) != commitment(two)


def test_the_commitment_and_the_chain_by_hand():
    patch = b'{"age":30,"first_name":"Zo\xc3\xab"}'
    expected = sha256(b"leerwinkel LWB1 patch\n" + bytes(16) + patch).digest()
    assert commitment(change()) == expected
    rest = f'{{"actor":"{ACTOR}","base":{{"{OTHER}":2}},"hlc":77,"id":"{RECORD}","kind":"client","seq":3}}'
    step = sha256(b"leerwinkel LWB1 change\n" + GENESIS + expected + rest.encode()).digest()
    assert link(GENESIS, change()) == step


def test_erased_and_still_chained():
    erased = erase(change())
    line = encode(erased)
    assert b"Zo" not in line
    assert decode(line) == erased
    assert b'"patch":null,"salt":null' in line
    assert link(GENESIS, erased) == link(GENESIS, change())
    assert erase(erased) == erased


@pytest.mark.parametrize(
    "more",
    [
        {"seq": 4},
        {"hlc": 78},
        {"kind": "clients"},
        {"id": RECORD[:-1] + "2"},
        {"base": {OTHER: 1}},
        {"base": {}},
        {"patch": {"first_name": "Zoë", "age": 31}},
        {"salt": bytes(15) + b"\1"},
        {"actor": "c" * 32},
    ],
)
def test_the_chain_notices(more):
    assert link(GENESIS, change(**more)) != link(GENESIS, change())
    assert link(bytes(31) + b"\1", change()) != link(GENESIS, change())


def swap(old: str, new: str) -> bytes:
    assert old.encode() in LINE
    return LINE.replace(old.encode(), new.encode(), 1)


BAD_LINES = {
    "space": swap(":30", ": 30"),
    "trailing": LINE + b" ",
    "line feed": LINE + b"\n",
    "duplicate key": swap('"age":30', '"age":29,"age":30'),
    "duplicate top key": swap('"seq":3', '"seq":2,"seq":3'),
    "order": swap('"age":30,"first_name":"Zoë"', '"first_name":"Zoë","age":30'),
    "fraction": swap(":30", ":30.0"),
    "real fraction": swap(":30", ":30.5"),
    "exponent": swap(":30", ":3e1"),
    "huge exponent": swap(":30", ":1e999"),
    "minus zero": swap(":30", ":-0"),
    "leading zero": swap(":30", ":030"),
    "NaN": swap(":30", ":NaN"),
    "Infinity": swap(":30", ":Infinity"),
    "too big": swap(":30", f":{2**53 + 1}"),
    "too small": swap(":30", f":{-(2**53) - 1}"),
    "4301 digits": swap(":30", ":" + "9" * 4301),
    "needless escape": swap("Zoë", "\\u005aoë"),
    "escaped slash": swap("Zoë", "\\/"),
    "upper-case escape": swap("Zoë", "\\u001F"),
    "long escape": swap("Zoë", "\\u000a"),
    "lone surrogate": swap("Zoë", "\\ud800"),
    "raw surrogate": LINE.replace("ë".encode(), b"\xed\xa0\x80"),
    "bad UTF-8": LINE.replace("ë".encode(), b"\xff"),
    "raw control": swap("Zoë", "a\x01b"),
    "NUL": swap("Zoë", "a\\u0000b"),
    "NUL behind a backslash": swap("Zoë", "a\\\\\\u0000"),
    "not NFC": swap("Zoë", unicodedata.normalize("NFD", "Zoë")),
    "nested value": swap(":30", ":{}"),
    "mixed list": swap(":30", ":[1]"),
    "deep": swap(":30", ":" + "[" * 100_000),
    "unknown key": swap('"seq":3', '"seq":3,"zzz":1'),
    "missing key": swap(',"seq":3', ""),
    "no type": swap('"_":"change",', ""),
    "actor": swap(f'"actor":"{ACTOR}"', f'"actor":"{ACTOR.upper()}"'),
    "actor and line feed": swap(f'"actor":"{ACTOR}"', f'"actor":"{ACTOR}\\n"'),
    "base actor": swap(OTHER, OTHER[:-1]),
    "base zero": swap(f'"{OTHER}":2', f'"{OTHER}":0'),
    "base own future": swap(f'"{OTHER}":2', f'"{ACTOR}":3'),
    "id": swap(RECORD, RECORD[:-1]),
    "id upper case": swap(RECORD, RECORD[:-1] + "A"),
    "seq zero": swap('"seq":3', '"seq":0'),
    "seq true": swap('"seq":3', '"seq":true'),
    "seq above": swap('"seq":3', f'"seq":{2**53 + 1}'),
    "hlc below": swap('"hlc":77', '"hlc":-1'),
    "kind": swap('"kind":"client"', '"kind":"Client"'),
    "kind empty": swap('"kind":"client"', '"kind":""'),
    "field name": swap('"age"', '"Age"'),
    "field name long": swap('"age"', '"' + "a" * 65 + '"'),
    "short salt": swap("AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAA"),
    "salt bits": swap("AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAB=="),
    "salt text": swap("AAAAAAAAAAAAAAAAAAAAAA==", "é"),
    "salt gone": swap('"AAAAAAAAAAAAAAAAAAAAAA=="', "null"),
    "patch gone": swap('{"age":30,"first_name":"Zoë"}', "null"),
    "both and commitment": swap('"hlc"', '"commitment":"' + "A" * 43 + '=","hlc"'),
    "erased without commitment": encode(erase(change())).replace(
        b'"commitment":"' + msgspec.json.encode(commitment(change()))[1:] + b",", b""
    ),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_bad_lines(name):
    assert BAD_LINES[name] != LINE
    with pytest.raises(IllFormed):
        decode(BAD_LINES[name])
    with pytest.raises(IllFormed):
        parse(BAD_LINES[name])


def test_a_written_backslash_is_no_nul():
    written = change(patch={"note": "pad \\u0000 tekst\t\n\x1f/\x7f\u2028"})
    assert decode(encode(written)) == written


def test_a_clock_value_from_nowhere():
    with pytest.raises(FromTheFuture) as caught:
        decode(swap('"hlc":77', f'"hlc":{2**63}'))
    assert caught.value.hlc == 2**63


@pytest.mark.parametrize(
    "more",
    [
        {"patch": {"a": 1.5}},
        {"patch": {"a": "nul \0"}},
        {"patch": {"a": "half \ud800"}},
        {"patch": {"a": 2**53 + 1}},
        {"patch": {"a": {"deep": 1}}},
        {"seq": 0},
        {"actor": "x"},
        {"id": "x"},
        {"salt": b"short"},
    ],
)
def test_nothing_bad_can_be_written(more):
    with pytest.raises(IllFormed):
        change(**more)


def test_receipts():
    receipt = Receipt(actor=ACTOR, chain=bytes(32), upto=12)
    line = encode_line(receipt)
    assert (
        line == b'{"_":"receipt","actor":"' + ACTOR.encode() + b'","chain":"' + b"A" * 43 + b'=","upto":12}'
    )
    assert parse(line) == parse_verified(line) == receipt
    assert link_line(GENESIS, receipt, line) == sha256(b"leerwinkel LWB1 line\n" + GENESIS + line).digest()
    for bad in (
        line + b" ",
        line.replace(b"12", b"0"),
        line.replace(b"12", b"1.0"),
        line.replace(b'"upto"', b'"up"'),
    ):
        with pytest.raises(IllFormed):
            parse(bad)
    with pytest.raises(IllFormed):
        encode_line(Receipt(actor="x", chain=bytes(32), upto=12))


def test_unknown_lines_are_kept_to_the_byte():
    for line in (b'{"_":"later"}', '{"_":"x","a":[{"b":"é"}],"n":-9223372036854775807}'.encode()):
        kept = parse(line)
        assert isinstance(kept, Unknown)
        assert kept.raw == line
        assert parse_verified(line) == kept


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"null",
        b"[]",
        b'"_"',
        b"{}",
        b'{"_":1}',
        b'{"_":"Roster"}',
        b'{"_":"later"',
        b'{"_":"later","must":false}',
        b'{"_":"later","must":1}',
        b'{"_":"change"}',
        b'{"_":"receipt"}',
        b'{"_": "roster"}',
        b'{"a":1,"_":"later"}',
        b'{"_":"later","_":"later"}',
        b'{"_":"later","a":1.5}',
        b'{"_":"later","a":1.0}',
        b'{"_":"later","a":9223372036854775808}',
        b'{"_":"later","a":"\\u0000"}',
        b'{"_":"later","a":"e\xcc\x88"}',
        b'{"_":"later","a":' + b"[" * 8 + b"]" * 8 + b"}",
        b'{"_":"later","a":' + b"[" * 200_000,
        b'{"_":"later","a":' + b'{"a":' * 50_000,
    ],
)
def test_bad_unknown_lines(line):
    with pytest.raises(IllFormed):
        parse(line)


def test_seven_levels_in_a_line_are_fine():
    parse(b'{"_":"later","a":' + b"[" * 7 + b"]" * 7 + b"}")


def test_names_are_told_apart():
    assert changes.is_name("a1_") is True
    assert changes.is_name("1a") is False
    assert changes.is_actor(ACTOR) is True
    assert changes.is_actor(ACTOR + "\n") is False
