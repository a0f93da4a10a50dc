"""Bech32 texts for keys: BIP 173 without a length limit, as age uses it (FORMAT.md §2)."""

from __future__ import annotations

from collections.abc import Iterable

from sync.errors import BadKey

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate(_GENERATOR):
            if top >> bit & 1:
                checksum ^= term
    return checksum


def _expand(prefix: str) -> list[int]:
    codes = [ord(character) for character in prefix]
    return [code >> 5 for code in codes] + [0] + [code & 31 for code in codes]


def encode(prefix: str, data: bytes) -> str:
    """Lower-case Bech32 text of `data` behind the lower-case `prefix`."""
    bits = len(data) * 8
    number = int.from_bytes(data, "big") << (-bits % 5)
    count = (bits + 4) // 5
    values = [number >> 5 * (count - 1 - place) & 31 for place in range(count)]
    check = _polymod(_expand(prefix) + values + [0] * 6) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return prefix + "1" + "".join(_ALPHABET[value] for value in values)


def decode(prefix: str, text: str) -> bytes:
    """The bytes behind `prefix` (lower case); `text` all lower or all upper case. Raises BadKey."""
    if not text.isascii() or text not in (text.lower(), text.upper()):
        raise BadKey
    found, separator, coded = text.lower().rpartition("1")
    if found != prefix or not separator or len(coded) < 6:
        raise BadKey
    try:
        values = [_VALUES[character] for character in coded]
    except KeyError:
        raise BadKey from None
    if _polymod(_expand(prefix) + values) != 1:
        raise BadKey
    return _join(values[:-6])


def _join(values: list[int]) -> bytes:
    number = 0
    for value in values:
        number = number << 5 | value
    spare = len(values) * 5 % 8
    if spare >= 5 or number & (1 << spare) - 1:
        raise BadKey
    return (number >> spare).to_bytes(len(values) * 5 // 8, "big")
