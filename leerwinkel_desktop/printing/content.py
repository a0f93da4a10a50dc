"""What a paper says, piece by piece: headed sections of texts, answers, tasks and cards (DOMAIN.md §6).

Nothing here knows a font or a page; `layout` draws what these say. `sheet_words` writes those of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from leerwinkel_desktop.domain.advice import Part
from leerwinkel_desktop.i18n import SOURCE_LANGUAGE
from leerwinkel_desktop.printing.languages import second_of


class Length(StrEnum):
    """How much room a typed text may ask; the layout knows the number of lines at each density."""

    FREE = "free"
    DREAM = "dream"
    TALENT = "talent"
    FACT = "fact"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `field` names the typed text behind it, for warnings."""

    text: str
    field: str = ""
    length: Length = Length.FREE
    bold: bool = False
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its answer."""

    label: str
    text: str
    field: str = ""
    length: Length = Length.FACT


@dataclass(frozen=True, slots=True)
class Path:
    """The way to the goal: boxes with arrows between them, the last one is the goal."""

    boxes: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on by hand, for a part that has no words yet."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step with a box to tick: its words, and what goes with it; without words a line to write on.

    `brief` says the details in one running text, for when there is little room.
    """

    what: Text
    details: tuple[Fact, ...] = ()
    number: int | None = None
    brief: Text | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One option in a frame; the first choice has the strong frame.

    `brief` says the facts of a later choice in one running text, for when there is little room.
    """

    tag: str
    title: Text
    items: tuple[Fact | Path, ...]
    first: bool
    brief: Text | None = None


Item = Text | Fact | Path | Blank | Task | Card


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its pictogram and what stands under it (nothing, when the heading says it all)."""

    part: Part
    icon: str
    heading: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole sheet: `name` is the first name as typed, `emblem` whether the European emblem is due.

    `language` is the second one, whose words our own texts carry (see `Said`); "nl" when there is none.
    """

    title: str
    name: str
    date: str
    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    house: str
    emblem: bool
    draft: bool
    language: str = SOURCE_LANGUAGE


def printed_texts(content: Content) -> Iterator[str]:
    """Every text of the sheet in both languages, also those of code lists and our own."""
    for text in _dutch_texts(content):
        yield text
        if second := second_of(text):
            yield second


def _dutch_texts(content: Content) -> Iterator[str]:
    yield from (content.title, content.name, content.date, content.house, *content.small_print)
    for section in content.sections:
        yield section.heading
        for item in section.items:
            yield from _item_texts(item)


def _item_texts(item: Item) -> Iterator[str]:
    match item:
        case Text():
            yield item.text
        case Fact():
            yield from (item.label, item.text)
        case Path():
            yield from item.boxes
        case Task():
            yield item.what.text
            for detail in item.details:
                yield from _item_texts(detail)
        case Card():
            yield from (item.tag, item.title.text)
            for part in item.items:
                yield from _item_texts(part)
