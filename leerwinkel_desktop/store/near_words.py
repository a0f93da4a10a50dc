"""Finds somebody whose name was typed with a slip, as it sounds, or with other particles (UI.md "Dossiers").

Only what finds nobody comes here; numbers are never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from leerwinkel_desktop.domain.names import PARTICLES, is_nearly
from leerwinkel_desktop.store.connection import Connection

SHORTEST: Final = 3
"""Words of fewer letters are like too many others."""
_LAST: Final = chr(0x10FFFF)
_BETWEEN: Final = "SELECT term FROM client_word_term WHERE term >= ? AND term <= ?"


def nearly(connection: Connection, typed: Sequence[str]) -> str | None:
    """The FTS5 query for words that are nearly what was typed; None when one of them is like no word."""
    wanted = []
    for alternatives in _without_particles([word.lower() for word in typed]):
        found = [word for word in alternatives if _begins(connection, word)]
        terms = [f'"{word}"*' for word in found] or [f'"{term}"' for term in _near(connection, alternatives)]
        if not terms:
            return None
        wanted.append(f"({' OR '.join(terms)})")
    return " AND ".join(wanted) or None


def _without_particles(typed: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each word that is no particle, in the ways in which it can be written: Berghe, Vandenberghe."""
    before = ""
    for word in typed:
        if word in PARTICLES:
            before += word
            continue
        parted = (word.removeprefix(one) for one in PARTICLES if word.startswith(one))
        glued = (before + word,) if before else ()
        yield (word, *glued, *sorted(one for one in parted if len(one) >= SHORTEST))
        before = ""


def _begins(connection: Connection, word: str) -> bool:
    return connection.execute(f"{_BETWEEN} LIMIT 1", (word, word + _LAST)).fetchone() is not None


def _near(connection: Connection, alternatives: Sequence[str]) -> list[str]:
    found = set()
    for word in alternatives:
        if len(word) >= SHORTEST and not any(map(str.isdigit, word)):
            rows = connection.execute(_BETWEEN, (word[0], word[0] + _LAST))
            found |= {term for (term,) in rows if is_nearly(term, word)}
    return sorted(found)
