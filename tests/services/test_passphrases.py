"""Offered passphrases are drawn evenly out of good words; one's own must not be what is tried first."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest

from leerwinkel_desktop.services import passphrases


def test_the_list_is_what_it_says():
    words = passphrases.words()
    assert len(words) == len(set(words)) == 6**4
    assert all(re.fullmatch("[a-z]{3,9}", word) for word in words)
    assert list(words) == sorted(words)
    assert passphrases.entropy() == pytest.approx(62.04, abs=0.01)


def sound(word):
    """How a word sounds when it is read out, roughly."""
    for spelled, heard in (("ij", "ei"), ("ouw", "ou"), ("auw", "ou"), ("au", "ou"), ("ch", "g"), ("c", "k")):
        word = word.replace(spelled, heard)
    return re.sub("d$", "t", word)


def test_no_two_words_sound_the_same():
    heard = sorted((sound(word), word) for word in passphrases.words())
    assert [(one, other) for (a, one), (b, other) in pairwise(heard) if a == b] == []


def test_offers_are_six_words_and_always_others():
    offers = {passphrases.offer() for _ in range(300)}
    assert len(offers) == 300
    for offer in offers:
        assert len(offer.split(" ")) == 6
        assert set(offer.split()) <= set(passphrases.words())
        passphrases.check(offer)


def test_every_word_is_drawn_about_as_often():
    drawn = passphrases.offer(6**4 * 20).split()
    counts = [drawn.count(word) for word in passphrases.words()[::40]]
    assert all(abs(count - 20) < 6 * math.sqrt(20) for count in counts)
    assert len(set(drawn)) == 6**4


@pytest.mark.parametrize("word", ["", "x", "a" * 13, "wolk lamp das"])
def test_too_short(word):
    with pytest.raises(passphrases.WeakPassphrase):
        passphrases.check(word)
    assert passphrases.judge(word).reason == "short"


@pytest.mark.parametrize(
    "word",
    [
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "abcdefghijklmnopqrst",
        "zyxwvutsrqponmlk",
        "12345678901234567890",
        "azertyuiopqsdfghjklm",
        "wachtwoord1234567",
        "Leerwinkel2026!",
        "voetbal voetbal voetbal voetbal",
        "Welkom Welkom 2026 2026",
        "wolk wolk wolk wolk wolk",
        "maandag dinsdag woensdag",
    ],
)
def test_too_easy_to_guess(word):
    with pytest.raises(passphrases.GuessablePassphrase):
        passphrases.check(word)


@pytest.mark.parametrize(
    "word",
    [
        "appel fiets wolk lamp rivier stoel",
        "de pinguïns van tante Irma dansen",
        "Kx9#vQ2!pLm8wR",
        "Ω≈ç√∫˜µ≤≥÷…æ«»",
    ],
)
def test_good_ones(word):
    passphrases.check(word)


def test_ones_own_name_counts_for_little():
    known = passphrases.judge("verzonnen begeleidster 19", "Verzonnen Begeleidster")
    assert not known.enough
    assert known.bits < passphrases.judge("verzonnen begeleidster 19").bits
