"""Offers passphrases of six Dutch words, and judges one that somebody made up (SECURITY.md §2 "Passphrase").

No dependency for the estimate: the known ones know English words and keyboards, so they call a Dutch sentence
stronger than it is. Ours knows our own word list, what people here choose, sequences, repeats and years, and
counts the rest by its letters. It is an estimate, and says so.
"""

from __future__ import annotations

import math
import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from leerwinkel_desktop import paths
from leerwinkel_desktop.domain.errors import InputError

WORDS: Final = 6
SHORTEST: Final = 14
ENOUGH: Final = 38.0
"""Bits that one's own passphrase needs: with Argon2id of a second, thousands of years of one computer."""
_LETTER: Final = 2.2
"""Bits of a letter within a word: more than written language has, less than drawn letters."""
_LOOSE: Final = 4.0
"""Bits of a letter between digits and signs, in no word."""
_SIGN: Final = 4.5
_DIGIT: Final = 3.0
_COMMON: Final = 6.0
_SEQUENCE: Final = 5.0
_SAME: Final = 0.5
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "azertyuiop",
    "qwertyuiop",
    "qsdfghjklm",
    "asdfghjkl",
    "wxcvbn",
    "zxcvbnm",
)
_LIKED: Final = frozenset(
    """
    wachtwoord wachtzin paswoord password passwoord geheim welkom leerwinkel mechelen genk hasselt
    antwerpen brussel vlaanderen belgie kantoor begeleider administrator beheerder admin computer laptop
    office letmein hallo liefde schatje voetbal anderlecht brugge lente zomer herfst winter maandag
    dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april juni juli augustus
    september oktober november december ikhouvanjou geluk login toegang
    """.split()  # noqa: SIM905
)
Reason = Literal["short", "guessable"]


class WeakPassphrase(InputError):
    """The passphrase is shorter than the 14 characters that an own one needs."""


class GuessablePassphrase(InputError):
    """Long enough, but made of what is tried first: a name, a sequence, a repeat, a word that many choose."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What a passphrase is worth: about so many bits, whether that is enough, and why not."""

    bits: float
    reason: Reason | None

    @property
    def enough(self) -> bool:
        """Whether it may be used."""
        return self.reason is None


@cache
def words() -> tuple[str, ...]:
    """The 1,296 words to choose from."""
    text = (paths.resources() / "passphrases" / "woorden.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def entropy(count: int = WORDS) -> float:
    """Bits in an offered passphrase: 62 for six words, since each word is drawn evenly and by itself."""
    return count * math.log2(len(words()))


def offer(count: int = WORDS) -> str:
    """A fresh passphrase of so many words, drawn with the system's own randomness."""
    return " ".join(secrets.choice(words()) for _ in range(count))


def judge(passphrase: str, *known: str) -> Strength:
    """How strong a passphrase is; `known` are names that somebody who guesses would know too."""
    text = unicodedata.normalize("NFKC", passphrase)
    bits = _bits(text.casefold(), frozenset(part for name in known for part in name.casefold().split()))
    if len(text) < SHORTEST:
        return Strength(bits, "short")
    return Strength(bits, None if bits >= ENOUGH else "guessable")


def check(passphrase: str, *known: str) -> None:
    """Refuse a passphrase that is too easy. Raises WeakPassphrase or GuessablePassphrase."""
    reason = judge(passphrase, *known).reason
    if reason == "short":
        raise WeakPassphrase
    if reason == "guessable":
        raise GuessablePassphrase


def _bits(text: str, names: frozenset[str]) -> float:
    """The sum over the pieces of a text; a piece that came before is worth one bit."""
    seen: set[str] = set()
    total = 0.0
    for piece in re.findall(r"[^\W\d_]+|\d+|[\W_]+", text):
        if piece.isspace():
            continue
        total += 1.0 if piece in seen else _piece(piece, names, " " not in text)
        seen.add(piece)
    return total


def _piece(piece: str, names: frozenset[str], loose: bool) -> float:
    """The worth of a run of letters, digits or signs: by what a guesser would try first."""
    half = _repeated(piece)
    if half:
        return _piece(half, names, loose) + 1.0
    if piece in names or piece in _LIKED:
        return _COMMON
    by_letters = _by_letters(piece, loose)
    if piece in _known_words():
        return min(by_letters, math.log2(len(words())))
    return by_letters


@cache
def _known_words() -> frozenset[str]:
    return frozenset(words())


def _repeated(piece: str) -> str | None:
    """The part of which the piece is made by repeating it, if there is one."""
    found = re.fullmatch(r"(.+?)\1+", piece)
    return found[1] if found and len(piece) > 2 else None


def _by_letters(piece: str, loose: bool) -> float:
    """Letter by letter; what follows from those before (abc, 4321, azerty, aaa) is worth nearly nothing."""
    total, place = 0.0, 0
    while place < len(piece):
        run = _run(piece, place)
        if run >= 3:
            total += _SEQUENCE
            place += run
            continue
        sign = piece[place]
        if place and piece[place - 1] == sign:
            total += _SAME
        else:
            letter = _LOOSE if len(piece) < 3 and loose else _LETTER
            total += letter if sign.isalpha() else _DIGIT if sign.isdigit() else _SIGN
        place += 1
    return total


def _run(piece: str, place: int) -> int:
    """How long a sequence of the alphabet, the digits or a keyboard begins here."""
    longest = 1
    for row in _ROWS:
        for way in (row, row[::-1]):
            length = 1
            while place + length < len(piece) and piece[place : place + length + 1] in way:
                length += 1
            longest = max(longest, length)
    return longest
