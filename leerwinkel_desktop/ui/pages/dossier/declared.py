"""The words in which the dossier is declared: parts of the rail, cards in a part, fields on a card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from leerwinkel_desktop.domain.fields import Record

EVERY_FIELD: Final = ("*",)
Fresh = Callable[[date, Sequence[Record]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class FieldsCard:
    """Some fields of the client, the trajectory, or the newest record of another kind (made by typing).

    `for_client` names the fields that stay in sight in client view; none hides the card. `large` fields have
    larger letters.
    """

    heading: str
    kind: type[Record]
    names: tuple[str, ...]
    hint: str = ""
    columns: int = 2
    for_client: tuple[str, ...] = ()
    large: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsCard:
    """All records of one kind, each a row with its own fields.

    `title` names the fields that tell a folded row; no title: rows are short and always open. `fresh` gives
    the values that a new row begins with; `inside` are rows within each row; `most` stops the adding; `by`
    names the fields that order the rows when they are opened; `draw` names another way to draw them
    (part_view.py).
    """

    heading: str
    kind: type[Record]
    names: tuple[str, ...]
    add: str
    empty: str
    hint: str = ""
    title: tuple[str, ...] = ()
    fresh: Fresh | None = None
    inside: RowsCard | None = None
    most: int | None = None
    by: tuple[str, ...] = ()
    columns: int = 2
    for_client: tuple[str, ...] = ()
    large: tuple[str, ...] = ()
    draw: str = ""


Card = FieldsCard | RowsCard


def is_for_client(card: Card, name: str) -> bool:
    """Whether this field of a card may be seen by the client who looks along."""
    return card.for_client == EVERY_FIELD or name in card.for_client


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the dossier's rail. `wanted` are the things that make it complete.

    `wide`: its cards need more room than a form.
    """

    key: str
    label: str
    cards: tuple[Card, ...] = ()
    wanted: tuple[tuple[type[Record], str], ...] = ()
    hint: str = ""
    wide: bool = False

    @property
    def for_client(self) -> bool:
        """Whether there is something in it that a client may see."""
        return any(card.for_client for card in self.cards)


def draws(part: Part, kind: str, name: str = "") -> bool:
    """Whether a part draws records of this kind, or this field of them; also as rows within rows."""
    inside = (card.inside for card in part.cards if isinstance(card, RowsCard) and card.inside is not None)
    return any(one.kind.kind == kind and (not name or name in one.names) for one in (*part.cards, *inside))
