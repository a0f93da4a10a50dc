"""Identifiers rise, actors are random, and no two devices ever give the same dossier number."""

from __future__ import annotations

import time
import uuid
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain.ids import DEVICES, DossierNumber, new_actor, new_id, next_number, parse_number


def test_ids_are_uuids_of_version_7():
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert str(made) == str(made).lower()


def test_ids_always_rise():
    made = [new_id() for _ in range(20_000)]
    assert all(one < two for one, two in pairwise(made))


def test_ids_rise_when_the_clock_jumps_back(monkeypatch):
    before = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert new_id() > before


def test_actors_are_32_hexadecimal_digits_and_never_the_same():
    made = {new_actor() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(actor) == 32 and set(actor) <= set("0123456789abcdef") for actor in made)


@pytest.mark.parametrize(
    ("device", "used", "counter"),
    [
        *((0, 0, 1), (0, 998, 999), (0, 999, 100_000), (0, 1998, 100_999), (0, 1999, 200_000)),
        *((1, 0, 1000), (1, 999, 1999), (1, 1000, 101_000)),
        *((42, 42, 42_042), (99, 0, 99_000), (99, 1000, 199_000)),
    ],
)
def test_blocks(device, used, counter):
    assert next_number("MEC", 2026, device, used).counter == counter


def test_no_number_is_given_twice():
    """All devices, more than three blocks each."""
    seen = {
        next_number("MEC", 2026, device, used).counter for device in range(DEVICES) for used in range(3100)
    }
    assert len(seen) == DEVICES * 3100
    assert 0 not in seen


@pytest.mark.parametrize("device", [-1, 100])
def test_a_device_without_a_block(device):
    with pytest.raises(ValueError, match=str(device)):
        next_number("MEC", 2026, device, 0)


@given(
    town=st.from_regex(r"[A-Z]{2,5}", fullmatch=True),
    year=st.integers(1000, 9999),
    counter=st.integers(0, 10**7),
)
def test_a_number_can_be_read_again(town, year, counter):
    number = DossierNumber(town, year, counter)
    assert parse_number(str(number)) == number


@pytest.mark.parametrize(
    "text", ["", "MEC-2026", "mec-2026-1042", "MEC-26-1042", "MEC-2026-042", "xMEC-2026-1042"]
)
def test_other_numbers_are_no_dossier_numbers(text):
    assert parse_number(text) is None


def test_how_a_number_is_written():
    assert str(DossierNumber("MEC", 2026, 7)) == "MEC-2026-0007"
