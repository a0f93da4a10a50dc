"""The quick judgement of an import says of every value what the declaration says of it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leerwinkel_desktop.domain.fields import Field, Kind, Privacy
from leerwinkel_desktop.store.fitting import fits, fits_of

LONGEST = 6
FIELDS = {
    kind: Field("probe", "Proef", kind, Privacy.ORDINARY, max_length=LONGEST, low=-3, high=40)
    for kind in Kind
}
LETTERS = st.sampled_from("ab \0\n\té.-0é‮\ud800")
TEXTS = st.one_of(
    st.text(LETTERS, max_size=LONGEST + 2),
    st.dates().map(str),
    st.sampled_from(["1.50", "1e3", "NaN", "20260101", "2026-01-01", "0", "-0", "1000000000000"]),
)
VALUES = st.one_of(st.booleans(), st.integers(-5, 45), st.integers(), TEXTS, st.lists(TEXTS, max_size=3))


@pytest.mark.parametrize("kind", Kind)
@given(VALUES)
@example([])
@example("")
@example(True)
@example(1)
@example("a" * LONGEST)
@example("a" * (LONGEST + 1))
@example([""])
@example([1])
def test_quick_and_slow_agree(kind, value):
    quick = fits_of(FIELDS[kind])
    assert quick(value) == fits(FIELDS[kind], value)
    assert quick(value) == fits(FIELDS[kind], value), "the second time"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, "ab"),
        (Kind.CODES, ["a", "b"]),
        (Kind.BOOLEAN, False),
        (Kind.INTEGER, 0),
        (Kind.DATE, "2026-01-31"),
        (Kind.TIME, "09:30"),
        (Kind.DECIMAL, "1.50"),
    ],
)
def test_good_values_fit(kind, value):
    assert fits_of(FIELDS[kind])(value)
