"""Bundles at and beyond each edge that FORMAT.md draws, all sealed, signed, counted and chained rightly."""

from __future__ import annotations

import json
import random
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from sync import roster
from sync.changes import encode, erase
from sync.roster import Keyset, Roster
from tests import second_reader

SAFE, WIDE = 2**53, 2**63
Case = tuple[str, bytes, bool]
"""What is odd about it, the file, and whether the office wrote it."""
Object = dict[str, Any]


def dumps(value: Any, **more: Any) -> bytes:
    fixed: Object = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    text: str = json.dumps(value, **(fixed | more))
    return text.encode("utf-8", "surrogatepass")


def follow(value: bytes, line: bytes) -> bytes:
    """The chain value after a line, where it has one."""
    try:
        linked: bytes = second_reader.link(value, json.loads(line), line)
        return linked
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return bytes(32)


def sealed(
    workshop: Any,
    lines: list[bytes],
    given: bool = False,
    change: Callable[[Object], object] = lambda header: None,
    **more: Any,
) -> bytes:
    """A bundle whose sender seals, signs, counts and chains rightly; `change` comes before the signature."""
    kind = more.pop("kind", "changes")

    def claim(header: Object) -> None:
        header["kind"], stream, value = kind, header["stream"], bytes(32)
        for line in lines if kind == "changes" else []:
            if b'"_":"person"' not in line if given else b'"_":"change"' in line:
                value, stream["last"] = follow(value, line), stream["last"] + 1
        stream["chain_after"] = value
        change(header)

    base = workshop.given() if given else workshop.draft()
    text = b"".join(line + b"\n" for line in lines)
    key = (workshop.office if given else workshop.laptop).key
    whole: bytes = workshop.forge(text, claim, **({"key": key, "base": base} | more))
    return whole


def with_each(base: Object, values: dict[str, list[Any]]) -> Iterator[tuple[str, bytes]]:
    """The object with each wrong or right value of each key, without each key, and with one key more."""
    for name, wrong in values.items():
        for value in wrong:
            yield f"{name} = {str(value)[:40]!r}", dumps({**base, name: value})
    for name in base:
        yield f"no {name}", dumps({key: value for key, value in base.items() if key != name})
    yield "one key more", dumps({**base, "more": 1})


B64 = [b64encode(bytes(size)).decode() for size in (0, 15, 16, 17, 31, 32, 33, 64)]
ODD_B64 = ["A" * 42 + "B=", "A" * 21 + "B==", "A" * 43, " " + "A" * 43, "A" * 42 + "_="]
NUMBERS = [-1, 0, 1, SAFE - 1, SAFE, SAFE + 1, 9 * 10**15, 10**16, WIDE - 1, WIDE, True, None, "1", 1.5]
NAMES = ["", "a", "a" * 64, "a" * 65, "Aa", "1a", "a-b", "a_1", "a\n", "é", None, 1]
IDS = [
    "",
    ("0" * 8 + "-0000" * 3 + "-" + "A" * 12),
    "0" * 32,
    "0" * 8 + "-0000" * 3 + "-" + "a" * 12 + "\n",
    5,
]
HEXES = ["", "0" * 31, "f" * 32, "F" * 32, "0" * 33, "٠" * 32]
TEXTS = ["", "x", "x" * 200, "x" * 201, "é" * 200, "\n" * 200, '"' * 200, "e\u0301", "\0", "\ud800", 7, None]
VALUES = [
    None,
    True,
    0,
    -SAFE,
    SAFE,
    SAFE + 1,
    -SAFE - 1,
    1.0,
    1e30,
    "",
    "\0",
    "e\u0301",
    "\x7f\x1f\u2028😀/",
    "\ud800",
]
LISTS = [[], [""], ["a", "a"], [1], [None], [["a"]], {}, {"a": 1}, ["\\u0000"], ["\\\0"]]
"""Values at and beyond each edge that FORMAT.md draws."""


def changes(workshop: Any) -> Iterator[tuple[str, bytes]]:
    good = json.loads(encode(workshop.change(1)))
    me, other = good["actor"], "0" * 32
    bases = [{me: 1}, {me: 0}, {other: 0}, {other: SAFE}, {other: SAFE + 1}, {"x": 1}, {other: "1"}, [], None]
    patches = [{name: 1} for name in NAMES if isinstance(name, str)] + [
        {"a": value} for value in VALUES + LISTS
    ]
    yield from with_each(
        good,
        {
            "actor": HEXES,
            "base": bases,
            "commitment": B64,
            "hlc": NUMBERS,
            "id": IDS,
            "kind": NAMES,
            "must": [True],
            "patch": [*patches, {}, None, []],
            "salt": [*B64, *ODD_B64, None],
            "seq": [0, 2, True, 1.0, "1"],
            "_": ["changes", "Change", 1],
        },
    )
    erased = json.loads(encode(erase(workshop.change(1))))
    yield from with_each(erased, {"commitment": [*B64, *ODD_B64, None], "patch": [{}], "salt": B64[1:4]})
    line = dumps(good)
    for find, put in (
        (b",", b", "),
        (b":", b": "),
        (b"Voor", b"\\u0056oor"),
        (b"Voor", b"\\/"),
        (b"ar", b"\\u001F"),
    ):
        yield f"{find!r} as {put!r}", line.replace(find, put, 1)
    yield "another order", dumps(dict(reversed(good.items())), sort_keys=False)
    yield "a key twice", line[:-1] + b',"seq":1}'
    yield "a byte-order mark", b"\xef\xbb\xbf" + line
    yield "not UTF-8", line.replace(b"Voor", b"V\xff\xfer")
    for size in (2**18, 2**18 + 1):
        room = size - len(dumps({**good, "patch": {"a": ""}}))
        yield f"a line of {size}", dumps({**good, "patch": {"a": "x" * room}})


def between(workshop: Any) -> Iterator[tuple[str, bytes]]:
    """Lines that may stand between a laptop's changes, or may not."""
    for depth in (7, 8, 9, 5000):
        yield f"{depth} deep", b'{"_":"note","a":' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"
        yield (
            f"{depth} deep, beside a number",
            b'{"_":"note","a":%b,"b":1}' % (b"[" * (depth - 1) + b"]" * (depth - 1)),
        )
    for value in (
        WIDE - 1,
        -WIDE + 1,
        WIDE,
        -WIDE,
        1.5,
        {"must": True},
        "\0",
        "\\u0000",
        '"must":',
        "e\u0301",
    ):
        yield (
            f"note with {str(value)[:20]!r}",
            dumps({"_": "note", "a": value}),
        )
    for must in (True, False, None, 1):
        yield f"must {must}", dumps({"_": "note", "must": must})
    for kind in NAMES:
        yield f"of type {kind}", dumps({"_": kind, "A": 1})
    yield "a huge number", b'{"_":"note","a":1%b}' % (b"0" * 4400)
    yield "no type", b'{"a":1}'
    yield "an array", b"[]"
    yield "nothing", b""
    yield from with_each(
        {"_": "holding", "here": [ID(1)], "left": [ID(2)]},
        {"here": [[], [ID(2)], [ID(n) for n in range(3, 1002)], [ID(n) for n in range(3, 1003)], IDS, None]},
    )
    yield "an empty holding", dumps({"_": "holding", "here": [], "left": []})
    entry: list[Any] = [5, "Wie", None, "do.it", None]
    trail = {"_": "audit", "chain": B64[5], "entries": [entry], "first": 1}
    odd = [
        [*entry[:at], value, *entry[at + 1 :]]
        for at in range(5)
        for value in (None, "", "x" * 201, -1, SAFE, "D")
    ]
    entries = [[one] for one in odd] + [[entry] * 64, [entry] * 65, [], [entry[:4]], [[*entry, None]]]
    yield from with_each(trail, {"chain": B64 + ODD_B64, "entries": entries, "first": NUMBERS})
    for kind in ("receipt", "scope", "take", "release", "gone", "people", "person", "audited"):
        yield f"{kind} from a laptop", given_line(kind)
    yield "a keyset from a laptop", roster.encode(workshop.organisation.keyset())


ID = "00000000-0000-4000-8000-{:012d}".format
GIVEN: dict[str, Object] = {
    "receipt": {"actor": "f" * 32, "chain": B64[5], "upto": 3},
    "audited": {"chain": B64[5], "number": 3},
    "scope": {"all": True, "people": False},
    "take": {"ids": [ID(1), ID(2)], "until": "2026-02-28"},
    "release": {"ids": [ID(1)]},
    "gone": {"ids": [ID(1)]},
    "people": {"ids": [ID(1)]},
    "person": dict.fromkeys(("birth_date", "first_name", "last_name", "number", "place"), "x")
    | {"id": ID(1)},
}
ODD_GIVEN: dict[str, dict[str, list[Any]]] = {
    "receipt": {"actor": HEXES, "chain": B64, "upto": NUMBERS},
    "audited": {"number": NUMBERS},
    "scope": {"all": [None, 1], "people": [True, "x"]},
    "take": {"ids": [[], [ID(1), ID(1)], IDS, None], "until": [None, "", "2026-2-28", "2026-02-28\n", 5]},
    "release": {"ids": [[ID(n) for n in range(1000)], [ID(n) for n in range(1001)]]},
    "gone": {"ids": [[], [ID(1), ID(1)], [ID(n) for n in range(1000)], [ID(n) for n in range(1001)]]},
    "people": {"ids": [[]]},
    "person": {"id": IDS, "place": TEXTS},
}


def given_line(kind: str) -> bytes:
    return dumps({"_": kind, **GIVEN[kind]})


def given(workshop: Any) -> Iterator[tuple[str, list[bytes]]]:
    for kind, values in ODD_GIVEN.items():
        for name, line in with_each({"_": kind, **GIVEN[kind]}, values):
            yield f"{kind}: {name}", [line]
    yield "audit from an office", [dumps({"_": "audit", "chain": B64[5], "entries": [], "first": 1})]
    yield "holding from an office", [dumps({"_": "holding", "here": [ID(1)], "left": []})]
    yield "changes of others", [encode(workshop.change(9)), encode(workshop.change(2, "a" * 32))]
    yield "each of them", [given_line(kind) for kind in GIVEN]


def statements(workshop: Any) -> Iterator[tuple[str, list[bytes]]]:
    ours, stranger = workshop.organisation, workshop.stranger
    keyset, members = ours.keyset(), ours.members()
    good, second = ours.roster(), ours.key(stranger, start=5)
    yield "a keyset and its roster", [roster.encode(keyset), roster.encode(good)]
    yield "a keyset under another root", [raw(keyset, stranger.key)]
    yield "a keyset that was changed", [roster.encode(replace(keyset, version=2))]
    yield "a keyset of others", [roster.encode(workshop.other_organisation.keyset())]
    yield "two keys", [roster.encode(ours.keyset(keys=[ours.key(until=9), second]))]
    for name, keys in (
        ("first without end", [ours.key(), second]),
        ("last with end", [ours.key(until=9), ours.key(stranger, start=5, until=9)]),
        ("backwards", [ours.key(start=7, until=9), second]),
        ("a key twice", [ours.key(until=9), ours.key(start=5)]),
    ):
        yield name, [raw(ours.keyset(keys=[ours.key()]), keys=keys, key=ours.root)]
    yield "a roster by another", [roster.encode(keyset), roster.encode(ours.roster(stranger))]
    yield "a roster that was changed", [roster.encode(keyset), roster.encode(replace(good, version=9))]
    yield "a roster of a later keyset", [roster.encode(keyset), roster.encode(ours.roster(keyset=2))]
    gone = replace(members[1], state="LOST", last=7)
    yield "one lost", [roster.encode(keyset), roster.encode(ours.roster(members=[members[0], gone]))]
    for name, found in (
        ("not in order", members[::-1]),
        ("one twice", [members[0], members[0]]),
        ("active with a last number", [replace(members[0], last=4)]),
        ("lost without a last number", [replace(members[0], state="LOST")]),
        ("device 100", [replace(members[0], device_number=100)]),
        ("no members", []),
    ):
        yield name, [roster.encode(keyset), raw(good, members=found, key=workshop.office.key)]


def raw(statement: Keyset | Roster, key: Any, **more: Any) -> bytes:
    """A rightly signed statement that ours would not sign."""
    value = {"_": type(statement).__name__.lower()} | msgspec.to_builtins(replace(statement, **more))
    del value["signature"]
    prefix = b"leerwinkel LWB1 %s\n" % value["_"].encode()
    return dumps(value | {"signature": b64encode(key.sign(prefix + dumps(value))).decode()})


def headers(workshop: Any) -> Iterator[tuple[str, Callable[[Object], object]]]:
    """What may be wrong in a header that is rightly signed."""
    values: dict[str, list[Any]] = {
        "ack": [{}, {"x": 1}, {"0" * 32: -1}, {"0" * 32: SAFE + 1}, {"0" * 32: 0}, None],
        "audit_head": [*B64, *ODD_B64, None],
        "bundle": IDS,
        "created": NUMBERS,
        "format": [0, 2, "1", True],
        "kind": ["enrol", "Changes", "", None],
        "key_id": HEXES,
        "min_schema": [0, 4, True],
        "organisation": ["", "Org", "org_een", "x" * 65, 1],
        "recipients": [[], ["0" * 64], HEXES, None],
        "roster": NUMBERS,
        "schema": [0, 1, SAFE, SAFE + 1],
        "sender": [None, {}, {"actor": "f" * 32}, {"actor": "f" * 32, "name": "", "more": 1}],
        "more": [1],
    }
    for name, wrong in values.items():
        for value in wrong:
            yield f"{name} = {str(value)[:40]!r}", put(None, name, value)
        yield f"no {name}", without(name)
    for value in TEXTS[:9]:
        yield f"called {str(value)[:9]!r}", put("sender", "name", value)
    edges: dict[str, list[Any]] = {
        "first": NUMBERS,
        "last": NUMBERS,
        "id": HEXES,
        "chain_before": B64,
        "chain_after": B64,
    }
    for name, found in edges.items():
        for value in found:
            yield f"stream {name} = {value!r}", put("stream", name, value)
    for name in ("bytes", "compressed", "lines", "sha256"):
        for step in (-1, 1, 10**9):
            yield f"{name} {step:+}", step_of(name, step)


def put(part: str | None, name: str, value: Any) -> Callable[[Object], object]:
    """Put a value in the header, or in a part of it."""

    def change(header: Object) -> None:
        found: Object = header[part] if part else header
        found[name] = value

    return change


def without(name: str) -> Callable[[Object], object]:
    return lambda header: header.pop(name, None)


def step_of(name: str, step: int) -> Callable[[Object], object]:
    """Count one size in the header wrong, or its hash."""

    def change(header: Object) -> None:
        was = header["body"][name]
        header["body"][name] = was + step if isinstance(was, int) else bytes(32)

    return change


def inside(workshop: Any) -> Iterator[Case]:
    """What may be wrong around the header and the body."""
    lines = workshop.lines(3)
    text = b"".join(line + b"\n" for line in lines)
    packed = zlib.compress(text)

    def case(name: str, text: bytes = text, **odd: Any) -> Case:
        claim = lambda header: header["stream"].update(last=3, chain_after=workshop.chain(3))  # noqa: E731
        return name, workshop.forge(text, claim, **odd), False

    yield case("good")
    yield case("no padding", padding=b"")
    yield case("padding that is not zero", padding=b"x")
    yield case("a chunk of padding too many", padding=bytes(2 * 65536 - 300))
    yield case("another key", key=workshop.stranger.key)
    yield case("something behind the stream", compressed=packed + b"\0")
    yield case("a stream without its end", compressed=packed[:-1])
    yield case("stored", compressed=zlib.compress(text, 0))
    yield case("no last line feed", text[:-1])
    yield case("an empty line", text + b"\n")
    yield case("carriage returns", text.replace(b"\n", b"\r\n"))
    yield case("other recipients", recipients=[workshop.office.recipient])
    yield case("recipients the other way round", recipients=workshop.recipients[::-1])
    plain = workshop.unseal(workshop.write(lines))
    for name, odd in (
        ("another magic", b"LWB2\n" + plain[5:]),
        ("nothing", b""),
        ("one byte", b"L"),
        ("no header", plain[:5] + bytes(4) + plain[9:]),
        ("a long header", plain[:5] + (65537).to_bytes(4, "big") + plain[9:]),
        ("cut", plain[:-1]),
        ("one more", plain + b"\0"),
    ):
        yield name, workshop.seal(odd), False


def damaged(workshop: Any, count: int) -> Iterator[Case]:
    """Bits flipped and ends cut off anywhere in the sealed file."""
    good = workshop.write(workshop.lines(40))
    dice = random.Random(count)
    front = len(good) - 65536
    for _ in range(count):
        at = dice.randrange(front) if dice.random() < 0.6 else dice.randrange(len(good))
        bit = 1 << dice.randrange(8)
        yield f"bit {bit} of byte {at}", good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :], False
        yield f"cut at {at}", good[:at], False
    yield "untouched", good, False


def of_lines(workshop: Any) -> Iterator[Case]:
    second = encode(workshop.change(2))
    for name, line in changes(workshop):
        yield name, sealed(workshop, [line, second]), False
        yield f"given: {name}", sealed(workshop, [line, second], given=True), True
    for name, line in between(workshop):
        yield name, sealed(workshop, [line, *workshop.lines(1)]), False
    for name, lines in [*given(workshop), *statements(workshop)]:
        yield name, sealed(workshop, lines, given=True), True
        yield f"snapshot: {name}", sealed(workshop, lines, given=True, kind="snapshot"), True
        yield f"own snapshot: {name}", sealed(workshop, lines, kind="snapshot"), False


def of_headers(workshop: Any) -> Iterator[Case]:
    for name, change in headers(workshop):
        yield name, sealed(workshop, workshop.lines(2), change=change), False
    yield from inside(workshop)
