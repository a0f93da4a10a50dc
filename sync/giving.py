"""The lines by which the office gives and a laptop tells what it holds (FORMAT.md §15)."""

from __future__ import annotations

from typing import Annotated, Final, TypeAlias

from msgspec import Meta, Struct

from sync.changes import RecordId
from sync.keys import Name

MOST_IDS: Final = 1000

_Ids = Annotated[list[RecordId], Meta(min_length=1, max_length=MOST_IDS)]
_Some = Annotated[list[RecordId], Meta(max_length=MOST_IDS)]
_Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")]


class Erase(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="erase"):
    """These records are erased for good, with everything that hangs under them.

    `lines.parse` leaves it unread: it counts in a given stream only (FORMAT.md §5).
    """

    ids: _Ids


class Scope(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="scope"):
    """What the office gives a device: everything or not, and the index of people or not."""

    all: bool
    people: bool


class Take(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="take"):
    """These clients go along with the device, to be given back after a date."""

    ids: _Ids
    until: _Day | None


class Release(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="release"):
    """These clients leave the device."""

    ids: _Ids


class Gone(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="gone"):
    """The office heard that these clients left."""

    ids: _Ids


class People(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="people"):
    """The index of people has news of these clients; the facts follow in lines without a number."""

    ids: _Ids


class Person(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="person"):
    """What the index of people says of one client."""

    birth_date: Name | None
    first_name: Name | None
    id: RecordId
    last_name: Name | None
    number: Name | None
    place: Name | None


class Holding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="holding"):
    """Which clients are on a laptop, and which left it, as far as the office cannot know by itself."""

    here: _Some
    left: _Some


Given: TypeAlias = Scope | Take | Release | Gone | People | Person


def fits(line: Given | Holding) -> bool:
    """Whether the ids of a line are right together: none twice, and not too many or too few."""
    if isinstance(line, Take | Release | Gone | People):
        return len(set(line.ids)) == len(line.ids)
    if isinstance(line, Holding):
        ids = [*line.here, *line.left]
        return 1 <= len(ids) <= MOST_IDS and len(set(ids)) == len(ids)
    return True
