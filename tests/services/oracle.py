"""What must come of any set of changes, word for word from FORMAT.md §7.4 and by no means from our merge."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from leerwinkel_desktop.store import changelog
from sync import Change

FIELDS = ("first_name", "phone", "email")


def covers(later: Change, earlier: Change) -> bool:
    """Whether the writer of one change had seen the other."""
    if later.actor == earlier.actor:
        return later.seq > earlier.seq
    return later.base.get(earlier.actor, 0) >= earlier.seq


def oracle(changes: list[Change]) -> dict[tuple[str, str], list[tuple[Any, str]]]:
    """FORMAT.md §7.4 word for word over the bare set: the live (value, actor) of each field, best first."""
    fields: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        for name in change.patch or {}:
            fields[change.id, name].append(change)
    ends = {}
    for (record_id, name), writers in fields.items():
        live = [one for one in writers if not any(covers(other, one) for other in writers)]
        ranked = sorted(live, key=lambda one: (one.hlc, one.actor), reverse=True)
        ends[record_id, name] = [((one.patch or {})[name], one.actor) for one in ranked]
    return ends


def apart(one: Change, other: Change) -> bool:
    """Whether neither writer had seen the other (FORMAT.md §7.4 "concurrent")."""
    return not covers(one, other) and not covers(other, one) and one.actor != other.actor


def missed(changes: list[Change]) -> set[str]:
    """The records whose removal and some work that still lives missed each other."""
    by_writer = {(change.id, change.actor, change.seq): change for change in changes}
    ends = live_changes(changes)
    found = set()
    for (record_id, name), live in ends.items():
        gone = ends.get((record_id, "removed"), [])
        if name == "removed" or not gone or not (by_writer[record_id, *gone[0]].patch or {})["removed"]:
            continue
        removals = [by_writer[record_id, *one] for one in gone]
        if any(all(apart(by_writer[record_id, *one], other) for other in removals) for one in live):
            found.add(record_id)
    return found


def live_changes(changes: list[Change]) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """For each field the changes that wrote its live versions, best first."""
    newest = {
        (change.id, name, change.actor): change for change in in_order(changes) for name in change.patch or {}
    }
    ends = oracle(changes)
    return {
        (record_id, name): [(actor, newest[record_id, name, actor].seq) for _, actor in live]
        for (record_id, name), live in ends.items()
    }


def in_order(changes: list[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: change.seq)


def merged_quietly(changes: list[Change]) -> set[tuple[str, int]]:
    """The changes that stand beside one they had not seen, each with a field that the other left alone."""
    found = set()
    for one in changes:
        for other in changes:
            mine, theirs = set(one.patch or {}), set(other.patch or {})
            if one.id == other.id and apart(one, other) and mine - theirs and theirs - mine:
                found.add((one.actor, one.seq))
    return found


def stream(workspace: Any, actor: str, after: int = 0) -> list[Change]:
    with workspace.database.read() as reader:
        return list(changelog.stream(reader.connection, actor, after))


def check(side: Any, changes: list[Change]) -> None:
    """Rows, live versions, open conflicts and marks in the history are those of the oracle."""
    expected = oracle(changes)
    with side.database.read() as reader:
        rows = {
            row[0]: dict(zip((*FIELDS, "removed"), row[1:], strict=True))
            for row in reader.connection.execute(f"SELECT id, {', '.join(FIELDS)}, removed FROM client")
        }
        open_fields = {
            tuple(row)
            for row in reader.connection.execute("SELECT record_id, field FROM conflict")
            if row[0] in rows
        }
        live = {
            (record_id, name): [(version.value, version.actor) for version in versions]
            for record_id in rows
            for name, versions in changelog.live_versions(reader.connection, record_id, "client").items()
        }
        marked = {(one.actor, one.seq) for one in reader.history(list(rows)) if one.merged}
    assert marked == merged_quietly(changes)
    assert live == expected
    for record_id, row in rows.items():
        for name, value in row.items():
            shown = expected.get((record_id, name), [(None, "")])[0][0]
            assert value == (int(bool(shown)) if name == "removed" else shown)
    assert open_fields == {
        key for key, versions in expected.items() if len({value for value, _ in versions}) > 1
    } | {(record_id, "removed") for record_id in missed(changes)}
