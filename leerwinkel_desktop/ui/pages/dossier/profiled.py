"""Leaves out of the parts of a dossier what the profile of this vault does not show (DOMAIN.md §6 B)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from leerwinkel_desktop.domain.profiles import Profile, shows
from leerwinkel_desktop.ui.pages.dossier.parts import Card, FieldsCard, Part, RowsCard


def shown(part: Part, profile: Profile) -> Part:
    """The part with the cards and fields that are shown; what is hidden is not wanted either."""
    if not profile.fewer_fields:
        return part
    wanted = tuple((kind, name) for kind, name in part.wanted if shows(profile, kind, name))
    return replace(part, cards=tuple(_cards(part.cards, profile)), wanted=wanted)


def _cards(cards: tuple[Card, ...], profile: Profile) -> Iterator[Card]:
    for card in cards:
        kept = _rows(card, profile) if isinstance(card, RowsCard) else _fields(card, profile)
        if kept.names:
            yield kept


def _fields(card: FieldsCard, profile: Profile) -> FieldsCard:
    return replace(card, names=_names(card, card.names, profile))


def _rows(card: RowsCard, profile: Profile) -> RowsCard:
    return replace(
        card,
        names=_names(card, card.names, profile),
        title=_names(card, card.title, profile),
        inside=None if card.inside is None else _rows(card.inside, profile),
    )


def _names(card: Card, names: tuple[str, ...], profile: Profile) -> tuple[str, ...]:
    return tuple(name for name in names if shows(profile, card.kind, name))
