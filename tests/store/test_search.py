"""Find as you type: what people type finds whom they mean, and nothing that they type breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id

RENE = Client(
    id=new_id(),
    client_no="MEC-2026-1042",
    first_name="René-Ünal",
    last_name="Verzonnen D'Arc",
    birth_date=date(1990, 5, 3),
    nis_code="12025",
    postal_code="2800",
    phone="0470/12.34.56",
)
OTHER = Client(id=new_id(), client_no="MEC-2026-1043", first_name="Anders", birth_date=date(1991, 6, 4))


@pytest.fixture
def people(bench):
    bench.save(RENE, OTHER)
    return bench


@pytest.mark.parametrize(
    "typed",
    [
        *("ren", "RENÉ", "rene", "rene\u0301", "unal", "René-Ünal", "verz ren", "arc", "d'arc", "rené_ünal"),
        *("MEC-2026-1042", "1042", "mec 1042", "mechelen", "MECH", "2800"),
        *("1990-05-03", "03/05/1990", "3/5/1990", "3.5.1990", "3-5-1990", "1990"),
        *("0470123456", "0470 12", "0470/12.34.56"),
        *("  ren  ", "ren!", '"ren"', "ren*", "-ren", "(ren)"),
    ],
)
def test_what_is_typed_finds_whom_is_meant(people, typed):
    assert people.numbers(typed) == [RENE.client_no]


@pytest.mark.parametrize(
    "typed",
    ["zzz", "ren zzz", "ené", "'; DROP TABLE client; --", "ren AND anders", "NEAR(ren anders)", "words:ren",
     "ren NOT rene x", "مثال", "𞤀𞤣", "हिन्दी", "²³", "3/5/1991", "\N{ZERO WIDTH JOINER}q", "q" * 10_000],
)  # fmt: skip
def test_what_fits_nobody_finds_nobody(people, typed):
    assert people.numbers(typed) == []
    assert len(people.find(Client)) == 2


@pytest.mark.parametrize(
    "typed", ["", "   ", "*", '"', "-", "_", "___", "\0", "\ud800", "😀", "(", "'", "^", "%"]
)
def test_signs_alone_are_like_nothing_typed(people, typed):
    assert people.numbers(typed) == [OTHER.client_no, RENE.client_no]


@pytest.mark.parametrize(
    "name",
    ["ab" * 150, "😀 Grappig", "مثال عربي", "שם לדוגמה", "Œuvre", 'Jan "de" *', "'; DROP TABLE client"],
)
def test_unusual_names_are_found_by_themselves(bench, name):
    bench.save(Client(id=new_id(), client_no="MEC-2026-1000", first_name=name), OTHER)
    assert bench.numbers(name) == ["MEC-2026-1000"]


def test_newest_first_and_no_more_than_asked(bench):
    bench.save(*(Client(id=new_id(), client_no=f"N-{at}", first_name="Verzonnen") for at in range(1, 8)))
    with bench.database.read() as reader:
        assert [hit.client_no for hit in reader.search("verz", 3)] == ["N-7", "N-6", "N-5"]
        assert [hit.client_no for hit in reader.search("", 2)] == ["N-7", "N-6"]


def test_a_hit_tells_who_it_is(people):
    with people.database.read() as reader:
        (hit,) = reader.search("ren")
    assert (hit.client_id, hit.first_name, hit.last_name) == (RENE.id, RENE.first_name, RENE.last_name)
    assert (hit.birth_date, hit.place) == (RENE.birth_date, "Mechelen")


@pytest.mark.parametrize("typed", ["9/7/1990", "09/07/1990", "9-7-1990", "1990-07-09"])
def test_a_birth_date_without_its_zeros(bench, typed):
    """Nothing else of this person begins with these digits."""
    bench.save(Client(id=new_id(), client_no="MEC-2026-1000", birth_date=date(1990, 7, 9)), OTHER)
    assert bench.numbers(typed) == ["MEC-2026-1000"]


def test_a_changed_name_is_found_by_the_new_one_only(people):
    people.save(replace(RENE, first_name="Nieuw", last_name=None))
    assert people.numbers("ren") == []
    assert people.numbers("nieuw") == [RENE.client_no]


NEAR = Client(id=new_id(), client_no="MEC-2026-1044", first_name="Yusuf", last_name="El Amrani")
GLUED = Client(id=new_id(), client_no="MEC-2026-1045", first_name="Jan", last_name="Van den Berghe")
WHOLE = Client(id=new_id(), client_no="MEC-2026-1046", first_name="Mohammed", last_name="Vandermeulen")
DOTLESS = Client(id=new_id(), client_no="MEC-2026-1047", first_name="Élodie", last_name="Yıldız")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((typed, NEAR) for typed in ("youssef", "elamrani", "al amrani", "yusf amr", "amrnai")),
        *((typed, GLUED) for typed in ("vandenberghe", "vanden berghe jan", "de berge", "brghe")),
        *((typed, WHOLE) for typed in ("mohamed", "vandermuelen", "van der meulen")),
        *((typed, DOTLESS) for typed in ("yildiz", "elodei", "elodie yildis")),
    ],
)
def test_a_slip_a_sound_or_a_particle_keeps_nobody_hidden(bench, typed, meant):
    bench.save(NEAR, GLUED, WHOLE, DOTLESS)
    assert bench.numbers(typed) == [meant.client_no]


@pytest.mark.parametrize("typed", ["1043", "0470 13", "xusuf", "yu zzz", "ya", "jan amrani", "van den"])
def test_numbers_short_words_and_other_people_are_not_guessed(bench, typed):
    bench.save(NEAR, GLUED, WHOLE, DOTLESS)
    assert bench.numbers(typed) == ([GLUED.client_no] if typed == "van den" else [])


def test_who_is_called_exactly_so_hides_who_is_nearly(bench):
    bench.save(NEAR, replace(NEAR, id=new_id(), client_no="MEC-2026-1048", first_name="Youssef"))
    assert bench.numbers("youssef") == ["MEC-2026-1048"]
