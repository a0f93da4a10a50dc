"""The lines of giving, byte for byte, and where each of them may stand (FORMAT.md §15)."""

from __future__ import annotations

import uuid

import pytest

from sync import Gone, Holding, People, Person, Release, Scope, Take, encode_line
from sync.body import Walk
from sync.changes import GENESIS
from sync.errors import IllFormed
from sync.lines import parse, parse_verified

ONE, TWO = (str(uuid.UUID(int=number)) for number in (1, 2))
MANY = [str(uuid.UUID(int=number)) for number in range(1001)]
LINES = [
    (Scope(all=False, people=True), '{"_":"scope","all":false,"people":true}'),
    (Take(ids=[ONE], until="2026-02-03"), f'{{"_":"take","ids":["{ONE}"],"until":"2026-02-03"}}'),
    (Take(ids=[ONE, TWO], until=None), f'{{"_":"take","ids":["{ONE}","{TWO}"],"until":null}}'),
    (Release(ids=[TWO]), f'{{"_":"release","ids":["{TWO}"]}}'),
    (Gone(ids=[TWO]), f'{{"_":"gone","ids":["{TWO}"]}}'),
    (People(ids=[TWO]), f'{{"_":"people","ids":["{TWO}"]}}'),
    (Holding(here=[ONE], left=[TWO]), f'{{"_":"holding","here":["{ONE}"],"left":["{TWO}"]}}'),
    (
        Person(
            birth_date="1990-01-02",
            first_name="Verzonnen",
            id=ONE,
            last_name=None,
            number="MEC-1",
            place=None,
        ),
        f'{{"_":"person","birth_date":"1990-01-02","first_name":"Verzonnen","id":"{ONE}",'
        '"last_name":null,"number":"MEC-1","place":null}',
    ),
]


@pytest.mark.parametrize(("line", "text"), LINES, ids=lambda value: type(value).__name__)
def test_the_lines_as_they_stand(line, text):
    assert encode_line(line) == text.encode()
    assert parse(text.encode()) == parse_verified(text.encode()) == line


@pytest.mark.parametrize(
    "wrong",
    [
        Take(ids=[], until=None),
        Take(ids=[ONE, ONE], until=None),
        Take(ids=MANY, until=None),
        Take(ids=["1"], until=None),
        Take(ids=[ONE], until="3/2/2026"),
        Release(ids=[ONE, ONE]),
        Gone(ids=[ONE, ONE]),
        People(ids=MANY),
        Holding(here=[], left=[]),
        Holding(here=[ONE], left=[ONE]),
        Holding(here=MANY[:501], left=MANY[501:]),
        Person(birth_date="", first_name=None, id=ONE, last_name=None, number=None, place=None),
        Person(birth_date=None, first_name="x" * 201, id=ONE, last_name=None, number=None, place=None),
    ],
    ids=repr,
)
def test_what_breaks_a_limit_is_ill_formed(wrong):
    with pytest.raises(IllFormed):
        encode_line(wrong)


def test_a_thousand_ids_fit_in_a_line():
    assert len(encode_line(Take(ids=MANY[:1000], until=None))) < 256 * 1024


@pytest.mark.parametrize("line", [line for line, _ in LINES], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("kind", ["changes", "snapshot"])
def test_each_line_is_of_one_side(line, kind):
    own, given = (Walk(kind, own, "0" * 32, 1, GENESIS) for own in (True, False))
    refusing, taking = (given, own) if isinstance(line, Holding) else (own, given)
    with pytest.raises(IllFormed):
        refusing.step(encode_line(line))
    taking.step(encode_line(line))
    numbered = kind == "changes" and not isinstance(line, Holding | Person)
    assert (taking.number, taking.chain != GENESIS) == (int(numbered), numbered)
