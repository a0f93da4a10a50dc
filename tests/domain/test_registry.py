"""The registry lists every record that is declared, parents before children, each under one name."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

from leerwinkel_desktop import domain
from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.detention import (
    ALL_SLOTS,
    BLOCK,
    KIND_SLOT,
    SLOTS,
    SealedRecord,
)
from leerwinkel_desktop.domain.fields import Kind, Privacy, Record, fields_of, owner_of
from leerwinkel_desktop.domain.registry import BY_KIND, RECORDS, children_of, is_judicial
from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.services.reference import codelists

ALL = pytest.mark.parametrize("record", [*RECORDS, *BLOCK], ids=lambda record: record.kind)


def declared():
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(domain.__path__, domain.__name__ + ".")
    ]
    things = [thing for module in modules for thing in vars(module).values()]
    return {thing for thing in things if isinstance(thing, type) and issubclass(thing, Record)} - {Record}


def test_no_record_is_forgotten():
    assert declared() - {AuditEntry} == {*RECORDS, *BLOCK}, "audit entries are appended, never saved"
    assert len(BY_KIND) == len(RECORDS) + len(BLOCK)


@ALL
def test_names_fit_tables_and_bundles(record):
    name = re.compile(r"[a-z][a-z0-9_]{0,63}")
    assert name.fullmatch(record.kind)
    assert all(name.fullmatch(field.name) for field in fields_of(record))
    assert not {"removed", "id", "kind", "label"} & {field.name for field in fields_of(record)}
    assert record.label
    assert all(field.label for field in fields_of(record))
    assert record.__doc__


@ALL
def test_everything_but_the_id_may_be_left_out(record):
    made = record(id="x")
    for field in fields_of(record):
        empty = () if field.kind in (Kind.CODES, Kind.REFS) else None
        assert getattr(made, field.name) == empty
    with pytest.raises(AttributeError):
        made.id = "y"


@ALL
def test_types_say_what_the_fields_hold(record):
    types_of = {
        Kind.TEXT: "str", Kind.NOTE: "str", Kind.CODE: "str", Kind.REF: "str", Kind.INTEGER: "int",
        Kind.BOOLEAN: "bool", Kind.DATE: "date", Kind.TIME: "str", Kind.DECIMAL: "decimal",
    }  # fmt: skip
    for field in fields_of(record):
        written = record.__annotations__[field.name]
        if field.kind in (Kind.CODES, Kind.REFS):
            assert written == "tuple[str, ...]", field.name
        else:
            assert written.lower() == f"{types_of[field.kind]} | none", field.name


@ALL
def test_lists_and_targets_exist(record):
    for field in fields_of(record):
        assert (field.codelist is not None) is (field.kind in (Kind.CODE, Kind.CODES))
        assert (field.target is not None) is (field.kind in (Kind.REF, Kind.REFS))
        if field.codelist:
            assert len(codelists()[field.codelist]) > 0
        if field.target:
            assert field.target in BY_KIND
        if field.low is not None and field.high is not None:
            assert field.low <= field.high


@ALL
def test_owners_lead_up_to_the_client_or_nowhere(record):
    seen = [record]
    while (owner := owner_of(seen[-1])) is not None:
        above = BY_KIND[owner.target or ""]
        assert above not in seen, "owners in a ring"
        if record not in BLOCK:
            assert RECORDS.index(above) < RECORDS.index(seen[-1]), "parents come first"
            assert seen[-1] in children_of(above)
        seen.append(above)
    assert len(seen) == 1 or seen[-1] is Client
    assert sum(field.owner for field in fields_of(record)) <= 1


def test_the_detention_block_is_whole_and_stands_alone():
    assert [record for record in RECORDS if is_judicial(record)] == [SealedRecord]
    assert not {*BLOCK} & {*RECORDS}, "what is stored of it is sealed"
    for record in BLOCK:
        assert {field.privacy for field in fields_of(record)} == {Privacy.JUDICIAL}


@pytest.mark.parametrize("record", BLOCK, ids=lambda record: record.kind)
def test_each_field_of_the_block_has_a_slot_of_its_own(record):
    taken = SLOTS[record.kind]
    names = {field.name for field in fields_of(record) if field.target != "dossier"}
    assert set(taken) == names, "only the dossier is open"
    assert len({*taken.values(), KIND_SLOT}) == len(taken) + 1
    assert set(taken.values()) <= set(ALL_SLOTS)
    sealed = {field.name: field.max_length for field in fields_of(SealedRecord)}
    assert set(ALL_SLOTS) == set(sealed) - {"dossier_id"}
    longest = max(field.max_length for field in fields_of(record))
    assert 4 * longest < min(sealed[slot] for slot in ALL_SLOTS), "four bytes for each character, and base64"


OFFENCES = (
    "misdrijf", "misdaad", "delict", "feit", "strafmaat", "straf", "vonnis", "veroordeling", "strafblad",
    "register", "slachtoffer", "medeplichtig", "mededader", "medebeklaagd", "celgenoot", "burgerlijke partij",
    "offence", "offense", "crime", "sentence", "victim", "accomplice", "co_accused", "codefendant",
    "conviction", "verdict", "guard", "cipier", "gevaar", "danger", "risico", "risk", "recidiv",
)  # fmt: skip
ALLOWED = {"Strafeinde", "Strafuitvoeringsrechter", "Strafuitvoeringsrechtbank", "Veroordeeld"}


def words_of_the_block():
    for record in BLOCK:
        yield record.label
        for field in fields_of(record):
            yield field.name
            yield field.label
            if field.codelist:
                for code in codelists()[field.codelist].codes:
                    yield code.label


def test_the_block_has_no_word_for_offence_sentence_victim_or_co_accused():
    """Those who decide (strafuitvoeringsrechter …) and the states of DOMAIN.md §4.11 are no offence."""
    for told in words_of_the_block():
        plain = told
        for allowed in ALLOWED:
            plain = re.sub(allowed, "", plain, flags=re.IGNORECASE)
        found = [word for word in OFFENCES if word in plain.casefold()]
        assert not found, f"{told}: {found}"


def test_there_is_no_national_number():
    words = ("rijksregister", "insz", "national_number", "ssn")
    for record in RECORDS:
        for field in fields_of(record):
            assert not any(word in f"{field.name} {field.label}".casefold() for word in words)
