"""Says the fixed words of a sheet in Dutch and, beside it, in the language of the client (DOMAIN.md §6).

The catalogues are read by `i18n`; Dutch is the source language and is always there (docs/decisions/0026).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import SOURCE_LANGUAGE, catalogue

RIGHT_TO_LEFT: Final = frozenset({"ar"})
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP_ISOLATE: Final = "\u2069"
EVERY_DAY: Final = "{weekday} {day} {month} {year}"
FIRST_OF_MONTH: Final = "{weekday} 1 {month} {year}"
"""The first day of a month apart, for French says "1er"."""


class Said(str):
    """A text of ours in Dutch, that carries the same in the second language ("" when there is none)."""

    __slots__ = ("second",)
    second: str

    def __new__(cls, text: str, second: str = "") -> Said:
        said = super().__new__(cls, text)
        said.second = second
        return said


def second_of(text: str) -> str:
    """What stands beside a text in the second language; "" for typed words, which stay as they were typed."""
    return text.second if isinstance(text, Said) else ""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says each text in Dutch and in one other language (ISO 639 code); `nl` alone says it once."""

    language: str = SOURCE_LANGUAGE

    def __call__(self, text: str, **filled: str) -> Said:
        """The text with its `{names}` filled in; a filled text that was said is told in both languages."""
        return self._said(text, catalogue(self.language).gettext(text), filled)

    def counted(self, text: str, n: int) -> Said:
        """The text about `{n}` things. Dutch says it in one way, other languages in as many as they have."""
        return self._said(text, catalogue(self.language).ngettext(text, text, n), {"n": Said(str(n), str(n))})

    def day(self, day: date) -> Said:
        """The date in full: "maandag 3 maart 2025" and "lundi 3 mars 2025"."""
        if self.language == SOURCE_LANGUAGE:
            return Said(in_full(day))
        weekday, number, month, year = in_full(day).split()
        names = catalogue(self.language).gettext
        pattern = names(FIRST_OF_MONTH if day.day == 1 else EVERY_DAY)
        second = pattern.format(weekday=names(weekday), day=number, month=names(month), year=year)
        return Said(in_full(day), second)

    def _said(self, first: str, second: str, filled: dict[str, str]) -> Said:
        dutch = first.format(**filled)
        other = second.format(**{name: second_of(text) or self._apart(text) for name, text in filled.items()})
        return Said(dutch, "" if self.language == SOURCE_LANGUAGE or other == dutch else other)

    def _apart(self, value: str) -> str:
        """A value that was typed keeps its own order within words that run to the left."""
        if self.language not in RIGHT_TO_LEFT:
            return value
        return f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}"
