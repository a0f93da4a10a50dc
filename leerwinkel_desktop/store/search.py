"""Find as you type over dossiers: each client's words in an FTS5 table with its secure delete."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.store.connection import Connection

_WORD = re.compile(r"\w+")
_DAY = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")  # as people write it: 3/7/1990
_COLUMNS = "id, client_no, first_name, last_name, birth_date, nis_code, postal_code, phone"


@dataclass(frozen=True, slots=True)
class DossierHit:
    """One line of the dossier list; `near`: what was typed is only nearly in it."""

    client_id: str
    client_no: str | None
    first_name: str | None
    last_name: str | None
    birth_date: date | None
    place: str | None
    near: bool = False


def _bare(text: str) -> str:
    """Text without accents and vowel signs in any script (a stress in Cyrillic, a hamza, Arabic vowels).

    FTS5 takes those that it does not know for the end of a word, and who searches often leaves them out.
    """
    if text.isascii():
        return text
    letters = (one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")
    return unicodedata.normalize("NFC", "".join(letters))


def _typed(text: str) -> list[str]:
    text = _bare(text).replace("_", " ")
    return _WORD.findall(_DAY.sub(lambda day: f"{day[1]:0>2} {day[2]:0>2} {day[3]}", text))


def match_of(text: str) -> str | None:
    """The FTS5 query for what was typed: each word as a prefix, all of them needed; None for no words."""
    return " ".join(f'"{word}"*' for word in _typed(text)) or None


def search(connection: Connection, codelists: CodeLists, text: str, limit: int) -> list[DossierHit]:
    """The dossiers that fit the typed text, newest first; all of them for an empty text.

    When nobody fits: whom a slip of the fingers, a sound or a particle (van, de, el) keeps from fitting.
    """
    match = match_of(text)
    found = _found(connection, codelists, match, limit)
    if found or match is None:
        return found
    from leerwinkel_desktop.store.near_words import nearly  # seldom; the window need not wait for it

    near = nearly(connection, _typed(text))
    return (
        []
        if near is None
        else [replace(hit, near=True) for hit in _found(connection, codelists, near, limit)]
    )


def _found(connection: Connection, codelists: CodeLists, match: str | None, limit: int) -> list[DossierHit]:
    source = (
        f"SELECT {_COLUMNS} FROM client WHERE removed = 0 "  # noqa: S608
        "AND id NOT IN (SELECT client_id FROM alias) ORDER BY id DESC LIMIT ?"
        if match is None
        else f"SELECT {_COLUMNS} FROM (SELECT rowid FROM client_word WHERE client_word MATCH ? "  # noqa: S608
        "ORDER BY rowid DESC LIMIT ?) AS found JOIN search_entry ON search_entry.number = found.rowid "
        "JOIN client ON client.id = search_entry.client_id ORDER BY found.rowid DESC"
    )
    values = (limit,) if match is None else (match, limit)
    return [_hit(codelists, row) for row in connection.execute(source, values)]


def _hit(codelists: CodeLists, row: Sequence[Any]) -> DossierHit:
    client_id, client_no, first, last, born, nis_code = row[:6]
    return DossierHit(
        client_id,
        client_no,
        first,
        last,
        date.fromisoformat(born) if born else None,
        _place(codelists, nis_code),
    )


def _place(codelists: CodeLists, nis_code: str | None) -> str | None:
    known = codelists["territory"]
    return known.get(nis_code).label if nis_code and nis_code in known else nis_code


def _words(codelists: CodeLists, row: Sequence[Any]) -> str:
    _, client_no, first, last, born, nis_code, postal_code, phone = row
    digits = "".join(filter(str.isdigit, phone or ""))
    day = "/".join(reversed(born.split("-"))) if born else None
    parts = (client_no, first, last, born, day, _place(codelists, nis_code), postal_code, phone, digits)
    return _bare(" ".join(part for part in parts if part))


def refresh(connection: Connection, codelists: CodeLists, client_ids: Sequence[str]) -> None:
    """Write the words of these clients' persons anew, new ones in this order; a removed client has none.

    Who was merged into another is found by the words of both, under the one who stands for them.
    """
    person_of = dict(_of(connection, "SELECT client_id, person FROM alias WHERE client_id", client_ids))
    client_ids = list(dict.fromkeys([*client_ids, *person_of.values()]))
    words = dict(_texts(connection, codelists, client_ids))
    for client_id in person_of:
        words.pop(client_id, None)
    numbers = dict(_of(connection, "SELECT client_id, number FROM search_entry WHERE client_id", client_ids))
    gone = [(number,) for client_id, number in numbers.items() if client_id not in words]
    known = [(words[client_id], number) for client_id, number in numbers.items() if client_id in words]
    fresh = [client_id for client_id in client_ids if client_id in words and client_id not in numbers]
    connection.executemany("DELETE FROM client_word WHERE rowid = ?", gone)
    connection.executemany("DELETE FROM search_entry WHERE number = ?", gone)
    connection.executemany("UPDATE client_word SET words = ? WHERE rowid = ?", known)
    _add(connection, [(client_id, words[client_id]) for client_id in fresh])


def _texts(
    connection: Connection, codelists: CodeLists, client_ids: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Each client with the words that find it: its own, and those of whom it stands for."""
    merged: defaultdict[str, list[str]] = defaultdict(list)
    for person, client_id in _of(connection, "SELECT person, client_id FROM alias WHERE person", client_ids):
        merged[person].append(client_id)
    everybody = [*client_ids, *(client_id for found in merged.values() for client_id in found)]
    own = {
        row[0]: _words(codelists, row)
        for row in _of(connection, f"SELECT {_COLUMNS} FROM client WHERE removed = 0 AND id", everybody)  # noqa: S608
    }
    for client_id in client_ids:
        if client_id in own:
            yield client_id, " ".join(own[each] for each in (client_id, *merged[client_id]) if each in own)


def _of(connection: Connection, source: str, client_ids: Sequence[str]) -> list[tuple[Any, ...]]:
    marks = ",".join("?" * len(client_ids))
    rows: list[tuple[Any, ...]] = connection.execute(f"{source} IN ({marks})", list(client_ids)).fetchall()
    return rows


def _add(connection: Connection, entries: Sequence[tuple[str, str]]) -> None:
    last = connection.execute("SELECT coalesce(max(number), 0) FROM search_entry").fetchone()[0]
    numbered = [(last + at, *entry) for at, entry in enumerate(entries, 1)]
    connection.executemany("INSERT INTO search_entry VALUES (?, ?)", [entry[:2] for entry in numbered])
    connection.executemany(
        "INSERT INTO client_word (rowid, words) VALUES (?, ?)",
        [(number, text) for number, _, text in numbered],
    )
