"""Says which dossier stands for a person whose dossiers were merged (DOMAIN.md §3, SECURITY.md §4).

A pure function of who was merged into whom, so that every machine ends at the same dossier, also when two
offices decided opposite things at the same time: in a circle the oldest dossier stands for all.
"""

from __future__ import annotations

from collections.abc import Mapping


def ends(merged_into: Mapping[str, str | None]) -> dict[str, str]:
    """For each dossier the one that stands for it; `merged_into` has all dossiers there are.

    A dossier merged into one that is not there (erased, removed, not on this laptop) stands for itself.
    """
    found: dict[str, str] = {}
    for dossier in merged_into:
        path: list[str] = []
        here = dossier
        while here not in found and here not in path:
            path.append(here)
            there = merged_into[here]
            if there is None or there not in merged_into:
                found[here] = here
            else:
                here = there
        _settle(found, path, here)
    return found


def _settle(found: dict[str, str], path: list[str], stopped_at: str) -> None:
    """Everything on the path ends where it stopped: at a known end, or in a circle at its smallest id."""
    end = found.get(stopped_at)
    if end is None:
        end = min(path[path.index(stopped_at) :])
    found.update(dict.fromkeys(path, end))
