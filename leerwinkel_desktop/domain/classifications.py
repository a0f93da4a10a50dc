"""Derives from codes and dates what is never typed: level, labour status, origin, age, place (DOMAIN.md §4).

All functions are pure and take the code lists that they need. A nationality is a row of codes, since people
have several; an empty row, `None` and `XX` all mean "not known". Every code is looked up, so a code that is
not in its list raises UnknownCode.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final

from leerwinkel_desktop.domain.codelists import Code, CodeList

Nationality = str | tuple[str, ...] | None


class GenkLevel(StrEnum):
    """The level of the Genk table; UNDET is "beginniveau niet bepaald" (G05-G07)."""

    LOW = "LOW"
    MID = "MID"
    HIGH = "HIGH"
    UNDET = "UNDET"


class VdabLevel(StrEnum):
    """The level as VDAB counts it: kort-, midden- or hooggeschoold (DOMAIN.md §4.5)."""

    KORT = "KORT"
    MIDDEN = "MIDDEN"
    HOOG = "HOOG"


class NationalityGroup(StrEnum):
    """Where a nationality belongs (DOMAIN.md §4.3), in the order in which the best of several counts."""

    BE = "BE"
    EU27 = "EU27"
    EFTA = "EFTA"
    UK = "UK"
    NON_EU = "NON_EU"
    UNKNOWN = "UNKNOWN"


class Origin(StrEnum):
    """Statbel's origin: Belg met Belgische, Belg met buitenlandse achtergrond, niet-Belg (DOMAIN.md §4.3)."""

    BB = "BB"
    BF = "BF"
    NB = "NB"
    UNKNOWN = "ORIGIN_UNKNOWN"


NONE: Final = "-"
"""What a code list writes for "no such level"; TOML has no empty value."""

VDAB_STEPS_BACK: Final = 3
_EEA_GROUPS: Final = frozenset({NationalityGroup.BE, NationalityGroup.EU27, NationalityGroup.EFTA})


def effective_level(level: str | None, recognised_as: str | None, levels: CodeList) -> Code | None:
    """The education code that counts: a recognised foreign diploma takes the level of the recognition (§4.5).

    `recognised_as` matters only for a code marked `foreign` in the list. None when no level is typed.
    """
    if not level:
        return None
    code = levels.get(level)
    return levels.get(recognised_as) if recognised_as and code.flag("foreign") else code


def genk_level(level: str | None, recognised_as: str | None, levels: CodeList) -> GenkLevel:
    """Genk's level (§4.5, G05-G07); UNDET also when nothing is typed. Code 30 (6 BSO) is LOW: no diploma."""
    code = effective_level(level, recognised_as, levels)
    return GenkLevel.UNDET if code is None else GenkLevel(_required(code, "genk"))


def isced(level: str | None, recognised_as: str | None, levels: CodeList) -> int | None:
    """ISCED 2011 level 0-8 (§4.5, used by ESF §8.5), None when missing."""
    return _number(effective_level(level, recognised_as, levels), "isced")


def vks(level: str | None, recognised_as: str | None, levels: CodeList) -> int | None:
    """Level 1-8 of the Flemish qualifications structure (§4.5), None when there is none."""
    return _number(effective_level(level, recognised_as, levels), "vks")


def vdab_level(level: str | None, recognised_as: str | None, levels: CodeList) -> VdabLevel | None:
    """VDAB's level (§4.5), None when missing. Code 30 (6 BSO) is MIDDEN here, unlike in Genk's table."""
    code = effective_level(level, recognised_as, levels)
    text = NONE if code is None else _required(code, "vdab")
    return None if text == NONE else VdabLevel(text)


def labour_status_esf(statuses: Iterable[str], status_list: CodeList, employment: CodeList) -> str:
    """The code of `employment_esf` that follows from the chosen statuses (§4.4).

    The status with the lowest rank wins: work before job-seeking before inactivity. Statuses that say
    nothing by themselves (living wage, child benefit: DERIVE) leave it to the others; alone they are MISSING.
    """
    said = {_required(status_list.get(status), "esf") for status in statuses} - {"DERIVE"}
    codes = [employment.get(code) for code in said | {"MISSING"}]
    return min(codes, key=_rank).code


def genk_status_rows(statuses: Iterable[str], status_list: CodeList) -> tuple[str, ...]:
    """The rows of the Genk table that a person counts in, each once, in list order (§4.4, G12; multi)."""
    rows = {status_list.get(status).text("genk_row") for status in statuses}
    return tuple(code.code for code in status_list if code.code in rows)


def is_long_term_unemployed(unemployed_since: date | None, day: date) -> bool | None:
    """Whether somebody is unemployed for more than 12 months on that day (§4.4, §8.5); None when unknown.

    Raise ValueError when unemployment would begin after that day.
    """
    if unemployed_since is None:
        return None
    if unemployed_since > day:
        raise ValueError("unemployed_since is after the day of reckoning")
    since = unemployed_since
    return (day.year, day.month, day.day) > (since.year + 1, since.month, since.day)


def nationality_group(nationality: Nationality, nationalities: CodeList) -> NationalityGroup:
    """The group of a person (§4.3, G10): of several the first of BE, EU27 … counts."""
    groups = {NationalityGroup(_required(nationalities.get(n), "group")) for n in _row(nationality)}
    return next((group for group in NationalityGroup if group in groups), NationalityGroup.UNKNOWN)


def is_belgian(nationality: Nationality, nationalities: CodeList) -> bool | None:
    """Whether a nationality includes the Belgian one (§4.3, G10); None when it is not known."""
    group = nationality_group(nationality, nationalities)
    return None if group is NationalityGroup.UNKNOWN else group is NationalityGroup.BE


def foreign_origin_flemish(
    nationality: Nationality,
    first: Nationality,
    father: Nationality,
    mother: Nationality,
    nationalities: CodeList,
    declared: bool | None = None,
) -> bool | None:
    """Foreign origin after the Flemish statistics (§4.3, G11).

    True when the current, the first, the father's or the mother's first nationality is not Belgian; False
    when all four are Belgian; otherwise what the person declared, None (unknown) when that is nothing.
    """
    belgian = [is_belgian(each, nationalities) for each in (nationality, first, father, mother)]
    if False in belgian:
        return True
    return declared if None in belgian else False


def origin_country(
    nationality: Nationality,
    first: Nationality,
    father: Nationality,
    mother: Nationality,
    nationalities: CodeList,
) -> str | None:
    """The nationality code that groups a person of foreign origin: father's, then mother's, then own (§4.3).

    Own is the first nationality, then the current one. None when no foreign nationality is known.
    """
    for each in (father, mother, first, nationality):
        if is_belgian(each, nationalities) is False:
            return next(n for n in _row(each) if is_belgian(n, nationalities) is False)
    return None


def origin_statbel(
    nationality: Nationality,
    first: Nationality,
    father: Nationality,
    mother: Nationality,
    nationalities: CodeList,
    declared: bool | None = None,
) -> Origin:
    """Statbel's origin (§4.3): NB for a non-Belgian, BF or BB for a Belgian, else ORIGIN_UNKNOWN."""
    belgian = is_belgian(nationality, nationalities)
    foreign = foreign_origin_flemish(nationality, first, father, mother, nationalities, declared)
    if belgian is None or foreign is None:
        return Origin.UNKNOWN
    if not belgian:
        return Origin.NB
    return Origin.BF if foreign else Origin.BB


def vdab_kansengroep_origin(
    nationality: Nationality, history: tuple[str, ...], nationalities: CodeList
) -> bool | None:
    """Whether VDAB counts a person in its origin group (§4.3): from outside EU, IS, NO, LI and CH.

    `history` holds the person's own earlier nationalities, the latest first; three steps back count, parents
    do not. The United Kingdom is outside. None when nothing points outside and something is not known.
    """
    groups = [
        nationality_group(each, nationalities)
        for each in (nationality, *(history[:VDAB_STEPS_BACK] or (None,)))
    ]
    if any(group not in _EEA_GROUPS for group in groups if group is not NationalityGroup.UNKNOWN):
        return True
    return None if NationalityGroup.UNKNOWN in groups else False


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years (§8 "General rules"); 29 February becomes 1 March in a common year.

    Raise ValueError when the person is born after that day.
    """
    if birth_date > day:
        raise ValueError("birth_date is after the day of reckoning")
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def age_from_year(birth_year: int, day: date) -> int:
    """The age reached in that calendar year, for who gives a birth year only (§3); at most one too high.

    Raise ValueError when the birth year is after that day.
    """
    if birth_year > day.year:
        raise ValueError("birth_year is after the day of reckoning")
    return day.year - birth_year


def age_band(age: int | None, bands: CodeList) -> str:
    """The code of the band that holds an age, both ends included (G09); the `unknown` band for None.

    `bands` is `report_band` (Genk) or `esf_age_band`. Raise LookupError when the bands have a gap there.
    """
    for band in bands:
        if band.flag("unknown"):
            if age is None:
                return band.code
        elif age is not None and _holds(band, age):
            return band.code
    raise LookupError(f"code list {bands.name!r} has no band for this age")


def municipality_of(postcode: str, territory: CodeList, on: date) -> Code | None:
    """The municipality that a postcode belongs to on a day (§4.2), None for a postcode outside the list."""
    wanted = "".join(postcode.split())
    return next((place for place in territory.current(on) if wanted in place.texts("postcodes")), None)


def municipalities_of(arrondissement: str, territory: CodeList, on: date) -> tuple[Code, ...]:
    """The municipalities of an arrondissement (NIS 12000: Mechelen) on a day, in list order (§4.2)."""
    return tuple(place for place in territory.current(on) if place.text("arrondissement") == arrondissement)


def _row(nationality: Nationality) -> tuple[str, ...]:
    if isinstance(nationality, str):
        return (nationality,) if nationality else ()
    return nationality or ()


def _required(code: Code, name: str) -> str:
    """An attribute that every code of the list must have; ValueError when it is missing."""
    text = code.text(name)
    if text is None:
        raise ValueError(f"code {code.code!r} has no attribute {name!r}")
    return text


def _number(code: Code | None, name: str) -> int | None:
    text = NONE if code is None else _required(code, name)
    return None if text == NONE else int(text)


def _rank(code: Code) -> int:
    rank = code.number("rank")
    if rank is None:
        raise ValueError(f"code {code.code!r} has no attribute 'rank'")
    return rank


def _holds(band: Code, age: int) -> bool:
    low, high = band.number("from_age"), band.number("to_age")
    return (low is None or low <= age) and (high is None or age <= high)
