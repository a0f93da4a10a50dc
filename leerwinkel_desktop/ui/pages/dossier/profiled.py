"""Leaves out of the parts of a dossier what this vault's profile and this user's access do not show.

In a prison fewer fields are drawn (DOMAIN.md §6 B); what tells of detention needs access to its block.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from leerwinkel_desktop.domain.fields import Privacy, Record, field_of
from leerwinkel_desktop.domain.profiles import shows
from leerwinkel_desktop.services import detention, profile
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.pages.dossier.declared import Card, FieldsCard, Part, RowsCard

Seen = Callable[[type[Record], str], bool]


def seen_by(workspace: Workspace) -> Seen:
    """Whether a field is drawn for the user of this vault, as it is used now."""
    used, may_open = profile.current(workspace), detention.may_open(workspace)

    def seen(kind: type[Record], name: str) -> bool:
        shielded = field_of(kind, name).privacy is Privacy.JUDICIAL and not may_open
        return shows(used, kind, name) and not shielded

    return seen


def shown(part: Part, seen: Seen) -> Part:
    """The part with the cards and fields that are shown; what is hidden is not wanted either."""
    wanted = tuple((kind, name) for kind, name in part.wanted if seen(kind, name))
    return replace(part, cards=tuple(_cards(part.cards, seen)), wanted=wanted)


def _cards(cards: tuple[Card, ...], seen: Seen) -> Iterator[Card]:
    for card in cards:
        kept = _rows(card, seen) if isinstance(card, RowsCard) else _fields(card, seen)
        if kept.names:
            yield kept


def _fields(card: FieldsCard, seen: Seen) -> FieldsCard:
    return replace(card, names=_names(card, card.names, seen))


def _rows(card: RowsCard, seen: Seen) -> RowsCard:
    return replace(
        card,
        names=_names(card, card.names, seen),
        title=_names(card, card.title, seen),
        inside=None if card.inside is None else _rows(card.inside, seen),
    )


def _names(card: Card, names: tuple[str, ...], seen: Seen) -> tuple[str, ...]:
    return tuple(name for name in names if seen(card.kind, name))
