"""A reader that shares nothing with ours but FORMAT.md accepts and refuses exactly what ours does."""

from __future__ import annotations

import ast
import io
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag

from sync import bundle, roster
from sync.errors import SyncError
from sync.roster import Keyset, Roster
from tests import second_reader
from tests.sync.edges import Case, damaged, of_headers, of_lines

READER = Path(second_reader.__file__)
STANDARD = {"base64", "contextlib", "hashlib", "hmac", "itertools", "json", "pathlib", "re", "sys"}
REFUSALS = (ValueError, InvalidTag, InvalidSignature, zlib.error, RecursionError)


def test_it_is_short_and_uses_nothing_of_ours():
    text = READER.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    names = set()
    for node in ast.walk(ast.parse(text)):
        names |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
        names |= {str(node.module)} if isinstance(node, ast.ImportFrom) else set()
    assert {name.split(".")[0] for name in names} == STANDARD | {"cryptography", "unicodedata", "zlib"}


# What both think of a bundle


def ours(workshop: Any, data: bytes) -> bool:
    """Whether our library reads it, and trusts what it says of keysets and rosters."""
    known: Keyset | None = None
    try:
        for line in bundle.read_lines(io.BytesIO(data), workshop.verify(data)):
            if isinstance(line, Keyset):
                roster.check_keyset(line, organisation="org-een", root=line.root, known=None)
                known = line
            elif isinstance(line, Roster):
                roster.check_roster(line, known or workshop.organisation.keyset(), known=None)
    except SyncError:
        return False
    return True


def theirs(workshop: Any, data: bytes, given: bool) -> bool:
    sender = workshop.office if given else workshop.laptop
    try:
        second_reader.read(data, workshop.office.secret, sender.key.public)
    except REFUSALS:
        return False
    return True


def disagreements(workshop: Any, cases: Iterator[Case]) -> tuple[list[str], int, int]:
    """Where the two differ; how many both accept, how many both refuse."""
    found, accepted, refused = [], 0, 0
    for name, data, from_office in cases:
        mine, its = ours(workshop, data), theirs(workshop, data, from_office)
        accepted, refused = accepted + (mine and its), refused + (not mine and not its)
        if mine != its:
            found.append(f"{name}: {'only ours' if mine else 'only the second reader'} accepts it")
    return found, accepted, refused


@pytest.mark.parametrize(("make", "least"), [(of_lines, (130, 400)), (of_headers, (20, 90))])
def test_both_agree_on_every_edge(workshop, make, least):
    found, accepted, refused = disagreements(workshop, make(workshop))
    assert found == []
    assert accepted >= least[0]
    assert refused >= least[1]


def test_both_refuse_what_was_damaged_on_the_way(workshop):
    assert disagreements(workshop, damaged(workshop, 60)) == ([], 1, 120)


@pytest.mark.soak
def test_both_refuse_what_was_damaged_on_the_way_many_times(workshop):
    assert disagreements(workshop, damaged(workshop, 3_000)) == ([], 1, 6_000)


def test_a_reader_that_checks_less_is_seen(workshop, monkeypatch):
    """Control: without the patterns of FORMAT.md the second reader accepts what ours refuses."""
    monkeypatch.setattr(
        second_reader, "FORMS", {name: second_reader.FORMS[name] for name in ("TEXT", "NAME")}
    )
    found, _, _ = disagreements(workshop, islice(of_lines(workshop), 300))
    assert len(found) > 50
