"""Code lists: the dated, closed vocabularies behind every drop-down field (DOMAIN.md §4).

A list is a readable TOML text; this module turns the text into a frozen `CodeList` and reads no file itself.
Codes are closed with `valid_to` and never deleted or reused, so an old record always keeps its label.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

Extra = str | int | bool | Decimal | date | tuple[str, ...]
"""What an extra attribute of a code may hold; a TOML number with a point becomes a Decimal, never a float."""

SHIPPED: Final[tuple[str, ...]] = (
    "approval_by",
    "approval_state",
    "attendance",
    "barrier",
    "barrier_owner",
    "barrier_status",
    "barrier_support",
    "close_reason",
    "confirmed_by",
    "consent_how",
    "consent_purpose",
    "consent_state",
    "contact_mode",
    "detention_status",
    "discovery_channel",
    "dossier_status",
    "dutch_level",
    "education_level",
    "employment_esf",
    "esf_age_band",
    "event_audience",
    "event_type",
    "fee_tariff",
    "follow_up_moment",
    "follow_up_outcome",
    "gender",
    "informing_how",
    "language",
    "life_sort",
    "modality",
    "nationality",
    "not_started_reason",
    "option_light",
    "partner_type",
    "preferred_contact",
    "programme",
    "provider_type",
    "province",
    "qualification_type",
    "question_type",
    "reading_support",
    "reason_left",
    "recognition",
    "referral_source",
    "referral_type",
    "report_band",
    "residence_status",
    "retention_decision",
    "role",
    "service_type",
    "sheet_variant",
    "statuses",
    "step",
    "stop_reason",
    "study_area",
    "support",
    "talent_context",
    "target_group",
    "territory",
    "training_category",
    "training_mode",
    "training_status",
    "trajectory_status",
    "week_use",
    "weekday",
)
"""Names of the lists that the program knows, one file each; a test compares them with the shipped files."""

_LIST_KEYS: Final = frozenset({"name", "label", "source", "code"})
_CODE_KEYS: Final = frozenset({"code", "label", "valid_from", "valid_to", "aliases"})
_SAME_SIGN: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"})


class UnknownCode(LookupError):
    """A value that is no code of the list; the value is an attribute only, since it may be personal data."""

    def __init__(self, list_name: str, value: str) -> None:
        super().__init__(f"value is not in code list {list_name!r}")
        self.list_name = list_name
        self.value = value


class UnknownCodeList(KeyError):
    """No code list has this name."""

    def __init__(self, list_name: str) -> None:
        super().__init__(f"no code list is named {list_name!r}")
        self.list_name = list_name


class MalformedCodeList(ValueError):
    """A code list text that cannot be used: `list_name`, `entry` (code or position), `reason`."""

    def __init__(self, list_name: str, entry: str, reason: str) -> None:
        place = f", entry {entry}" if entry else ""
        super().__init__(f"code list {list_name!r}{place}: {reason}")
        self.list_name = list_name
        self.entry = entry
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Code:
    """One code: `valid_from` and `valid_to` are the first and the last day on which it may be chosen."""

    code: str
    label: str
    valid_from: date | None = None
    valid_to: date | None = None
    extra: Mapping[str, Extra] = field(default_factory=dict, hash=False)
    aliases: tuple[str, ...] = ()

    def is_current(self, on: date) -> bool:
        """Whether the code may be chosen on that day (both ends included)."""
        return (self.valid_from is None or self.valid_from <= on) and (
            self.valid_to is None or on <= self.valid_to
        )

    def overlaps(self, other: Code) -> bool:
        """Whether there is a day on which both codes may be chosen."""
        return (self.valid_from or date.min) <= (other.valid_to or date.max) and (
            other.valid_from or date.min
        ) <= (self.valid_to or date.max)

    def text(self, name: str) -> str | None:
        """The extra attribute as text, None when absent; TypeError for another kind."""
        value = self.extra.get(name)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"attribute {name!r} of code {self.code!r} is no text")
        return value

    def number(self, name: str) -> int | None:
        """The extra attribute as a whole number, None when absent; TypeError for another kind."""
        value = self.extra.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
            raise TypeError(f"attribute {name!r} of code {self.code!r} is no whole number")
        return value

    def flag(self, name: str) -> bool:
        """The extra attribute as yes or no; absent means no; TypeError for another kind."""
        value = self.extra.get(name, False)
        if not isinstance(value, bool):
            raise TypeError(f"attribute {name!r} of code {self.code!r} is not true or false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """The extra attribute as a row of texts; empty when absent; TypeError for another kind."""
        value = self.extra.get(name, ())
        if not isinstance(value, tuple):
            raise TypeError(f"attribute {name!r} of code {self.code!r} is no list")
        return value


def fold(text: str) -> str:
    """The text as it is compared: no accents or capitals, single spaces, plain dashes and quotes."""
    parts = unicodedata.normalize("NFKD", text.translate(_SAME_SIGN))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


class CodeList:
    """One vocabulary in its fixed order: look up by code, find by code, label or alias, filter by date."""

    __slots__ = ("_by_code", "_by_word", "codes", "label", "name", "source")

    def __init__(self, name: str, label: str, codes: tuple[Code, ...], source: str = "") -> None:
        """Raise MalformedCodeList when two codes cannot be told apart, closed ones included."""
        self.name = name
        self.label = label
        self.source = source
        self.codes = codes
        self._by_code = self._index_codes()
        self._by_word = self._index_words()

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Code]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def __repr__(self) -> str:
        return f"CodeList({self.name!r}, {len(self.codes)} codes)"

    def get(self, code: str) -> Code:
        """The code exactly as stored, closed ones included; raise UnknownCode for any other value."""
        try:
            return self._by_code[code]
        except KeyError:
            raise UnknownCode(self.name, code) from None

    def label_of(self, code: str) -> str:
        """The label of a code, or the code itself when this list does not know it (yet)."""
        known = self._by_code.get(code)
        return code if known is None else known.label

    def find(self, text: str) -> Code:
        """The code that a person means by a code, label or alias, whatever its case, accents and spaces.

        A code goes before a label; of a closed and an open code with one label the open one is meant.
        Raise UnknownCode when nothing fits.
        """
        exact = self._by_code.get(text)
        meant = exact if exact is not None else self._by_word.get(fold(text))
        if meant is None:
            raise UnknownCode(self.name, text)
        return meant

    def current(self, on: date) -> tuple[Code, ...]:
        """The codes that may be chosen on that day, in list order."""
        return tuple(code for code in self.codes if code.is_current(on))

    def _index_codes(self) -> dict[str, Code]:
        index: dict[str, Code] = {}
        folded: set[str] = set()
        for code in self.codes:
            if fold(code.code) in folded:
                raise MalformedCodeList(self.name, code.code, "the code occurs twice")
            folded.add(fold(code.code))
            index[code.code] = code
        return index

    def _index_words(self) -> dict[str, Code]:
        index: dict[str, Code] = {}
        for code in self.codes:
            for word in {fold(code.label), *map(fold, code.aliases)}:
                other = index.get(word)
                if other is not None and other.overlaps(code):
                    raise MalformedCodeList(self.name, code.code, f"label or alias also of {other.code}")
                if other is None or (code.valid_to or date.max) > (other.valid_to or date.max):
                    index[word] = code
        return index | {fold(code.code): code for code in self.codes}


class CodeLists(Mapping[str, CodeList]):
    """All lists by name; each is loaded with `load(name) -> text` and parsed at first use, then kept."""

    def __init__(self, load: Callable[[str], str]) -> None:
        self._load = load
        self._parsed: dict[str, CodeList] = {}

    def __getitem__(self, name: str) -> CodeList:
        """Raise UnknownCodeList (a KeyError) for another name, MalformedCodeList for a bad text."""
        if name not in self._parsed:
            if name not in SHIPPED:
                raise UnknownCodeList(name)
            codelist = parse(self._load(name))
            if codelist.name != name:
                raise MalformedCodeList(name, "", f"the text calls itself {codelist.name!r}")
            self._parsed[name] = codelist
        return self._parsed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(SHIPPED)

    def __len__(self) -> int:
        return len(SHIPPED)


def parse(text: str) -> CodeList:
    """The list that a TOML text describes; raise MalformedCodeList (a ValueError) naming list and entry."""
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise MalformedCodeList("?", "", f"no valid TOML: {error}") from error
    name = _required_text(raw, "name", "?", "")
    label = _required_text(raw, "label", name, "")
    source = raw.get("source", "")
    if not isinstance(source, str):
        raise MalformedCodeList(name, "", "source is no text")
    if strangers := sorted(raw.keys() - _LIST_KEYS):
        raise MalformedCodeList(name, "", f"unknown heading {strangers[0]!r}")
    entries = raw.get("code")
    if not isinstance(entries, list) or not entries:
        raise MalformedCodeList(name, "", "there is no [[code]]")
    codes = tuple(_parse_code(name, number, entry) for number, entry in enumerate(entries, start=1))
    return CodeList(name, label, codes, source)


def _parse_code(list_name: str, number: int, entry: object) -> Code:
    """One [[code]] table as a Code."""
    if not isinstance(entry, dict):
        raise MalformedCodeList(list_name, f"number {number}", "not a [[code]] table")
    code = _required_text(entry, "code", list_name, f"number {number}")
    label = _required_text(entry, "label", list_name, code)
    valid_from = _optional_date(entry, "valid_from", list_name, code)
    valid_to = _optional_date(entry, "valid_to", list_name, code)
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise MalformedCodeList(list_name, code, "valid_to is before valid_from")
    rest = {key: _extra(value, key, list_name, code) for key, value in entry.items() if key not in _CODE_KEYS}
    aliases = _extra(entry.get("aliases", []), "aliases", list_name, code)
    if not isinstance(aliases, tuple):
        raise MalformedCodeList(list_name, code, "aliases is no list of texts")
    return Code(code, label, valid_from, valid_to, MappingProxyType(rest), aliases)


def _required_text(table: Mapping[str, Any], key: str, list_name: str, entry: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise MalformedCodeList(list_name, entry, f"{key} is missing, empty or no text")
    if value != value.strip():
        raise MalformedCodeList(list_name, entry, f"{key} begins or ends with a space")
    return value


def _optional_date(table: Mapping[str, Any], key: str, list_name: str, entry: str) -> date | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise MalformedCodeList(list_name, entry, f"{key} is no date (write 2025-09-01, without quotes)")
    return value


def _extra(value: object, key: str, list_name: str, entry: str) -> Extra:
    """The extra attribute if it is of a kind that a code may hold."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if isinstance(value, (str, int, Decimal, date)) and not isinstance(value, datetime):
        return value
    raise MalformedCodeList(list_name, entry, f"{key} is no text, number, date, true/false or list of texts")
