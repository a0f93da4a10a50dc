"""How alike two names are, however they were written down: particles, double names, accents, other scripts.

Letters of any script are brought to ASCII first (anyascii). What sounds the same in the ways in which a name
is spelled (Mohamed, Mohammed, Muhammad; Youssef, Yusuf, Юсуф, يوسف) has the same `skeleton`: its consonants,
each group of like sounds as one letter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.distance import OSA, JaroWinkler

_PARTICLES: Final = """
    van von vande vanden vander de den der het t ter ten te
    la le les du des del della di da do dos das
    el al ben bin bint ibn ould oulad ait abu abou ou oglu
"""
PARTICLES: Final = frozenset(_PARTICLES.split())
SAME_SOUND: Final = 0.94
ALIKE_TO_THE_EYE: Final = 0.7
FEW_SOUNDS: Final = 2
"""With so few consonants two names must also begin alike, or look alike: Iris is no Roos."""
PART_OF_NAME: Final = 0.96
_WORD: Final = re.compile(r"[a-z]+")
_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("tch|tsch|dj|dzh|zh|sch|sh|ch|sj|tj", "S"),
        ("^j", ""),
        ("kh|gh|ck|qu|[ckqgx]", "K"),
        ("ph|[fv]", "F"),
        ("th|dh|[td]", "T"),
        ("[szj]", "S"),
        ("[bp]", "P"),
    )
)
_SILENT: Final = re.compile(r"[aeiouyhw'`]")
_TWICE: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=16_384)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in small ASCII letters, in order; an apostrophe or a hyphen parts them."""
    return tuple(_WORD.findall(anyascii(text).lower().replace("'", "")))


@lru_cache(maxsize=16_384)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound; the first letter stays when nothing else would be left."""
    sound = word
    for pattern, letter in _SOUNDS:
        sound = pattern.sub(letter, sound)
    return _TWICE.sub(r"\1", _SILENT.sub("", sound)) or word[:1]


@dataclass(frozen=True, slots=True)
class Name:
    """A first or last name: glued into one word, of how many pieces, and its words without the particles."""

    whole: str
    pieces: int
    words: tuple[str, ...]


@lru_cache(maxsize=16_384)
def name_of(text: str | None) -> Name:
    """A name made ready to be compared."""
    found = words(text or "")
    own = tuple(word for word in found if word not in PARTICLES) or found
    return Name("".join(found), len(found), own)


def word_likeness(one: str, other: str) -> float:
    """How alike two words are, 0 to 1."""
    if one == other:
        return 1.0
    spelled = JaroWinkler.similarity(one, other)
    sounds = skeleton(one)
    if sounds != skeleton(other):
        return spelled
    heard = len(sounds) > FEW_SOUNDS or (len(sounds) > 1 and _opens(one) == _opens(other))
    return max(spelled, SAME_SOUND) if heard or spelled >= ALIKE_TO_THE_EYE else spelled


def _opens(word: str) -> bool:
    """Whether a word begins with a vowel, or with a letter that may be silent."""
    return _SILENT.match(word) is not None


def likeness(one: Name, other: Name) -> float | None:
    """How alike two first names, or two last names, are; None when one of them is not known."""
    if not one.words or not other.words:
        return None
    few, many = sorted((one.words, other.words), key=len)
    best = [max(word_likeness(word, each) for each in many) for word in few]
    each = sum(best) / len(best) * (1.0 if len(few) == len(many) else PART_OF_NAME)
    return max(each, _glued_likeness(one, other))


def _glued_likeness(one: Name, other: Name) -> float:
    """How alike two names are when one of them was written as one word (Vandenberg, Noureddine)."""
    if one.pieces == other.pieces or min(one.pieces, other.pieces) > 1:
        return 0.0
    if skeleton(one.whole) == skeleton(other.whole):
        return SAME_SOUND
    return OSA.normalized_similarity(one.whole, other.whole)


def begins_nearly(word: str, typed: str) -> bool:
    """Whether a word begins with what was typed, or with that but for one slip of the fingers."""
    if len(word) < len(typed) - 1:
        return False
    cuts = range(len(typed) - 1, len(typed) + 2)
    return any(OSA.distance(typed, word[:cut], score_cutoff=1) <= 1 for cut in cuts)


def is_nearly(word: str, typed: str) -> bool:
    """Whether a word begins nearly with what was typed, or has the same consonants and begins alike."""
    told, ours = anyascii(word).lower(), anyascii(typed).lower()
    sounds = skeleton(ours)
    alike = len(sounds) > 1 and told[:1] == ours[:1] and skeleton(told) == sounds
    return alike or begins_nearly(told, ours)
