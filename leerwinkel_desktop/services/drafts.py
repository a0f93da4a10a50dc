"""Keeps what stands only on the screen, in a sealed place that never waits for the database (decision 16).

One draft for each user (UI.md "Principles"): the page, the dossier, the field, the words that do not fit
their field yet, and the saves that wait while an import holds the database. A draft is no change and never
travels.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Record, Value, Wire, field_of, from_wire, to_wire
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import drafts as sealed
from leerwinkel_desktop.store.errors import DamagedDraft

START = "dossiers"
"""The page that needs no memo."""


@dataclass(frozen=True, slots=True, repr=False)
class Unsaved:
    """Values that fit and wait until they can be saved, typed on what was `seen` of their record.

    With an `owner_id` the record comes to be with them, once: the second time it is there already.
    """

    client_id: str
    kind: str
    record_id: str
    owner_id: str | None
    values: dict[str, Wire]
    seen: dict[str, int]


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """`page` names a page of the window; `memo` is what that page wants to know again, as plain JSON.

    `over` is the same of a question that is asked from every page, and may name anybody.
    """

    page: str
    client_id: str | None = None
    memo: dict[str, Any] = field(default_factory=dict)
    unsaved: tuple[Unsaved, ...] = ()
    over: dict[str, Any] = field(default_factory=dict)


def unsaved(
    client_id: str,
    record: type[Record],
    record_id: str,
    owner_id: str | None,
    values: Mapping[str, Value],
    seen: Mapping[str, int],
) -> Unsaved:
    """What waits to be saved, in a form that a draft can hold."""
    wire = {name: to_wire(value) for name, value in values.items()}
    return Unsaved(client_id, record.kind, record_id, owner_id, wire, dict(seen))


def save(workspace: Workspace, waiting: Unsaved) -> Record:
    """Save at last what waited; saving it once more changes nothing. Raises as `dossiers.revise` does."""
    record = BY_KIND[waiting.kind]
    values = {name: from_wire(field_of(record, name), value) for name, value in waiting.values.items()}
    if waiting.owner_id is not None and not _is_there(workspace, record, waiting.record_id):
        return dossiers.add(workspace, record, waiting.owner_id, id=waiting.record_id, **values)
    return dossiers.revise(workspace, record, waiting.record_id, values, waiting.seen)


def _is_there(workspace: Workspace, record: type[Record], record_id: str) -> bool:
    try:
        with workspace.database.read() as reader:
            reader.last(record, record_id)
    except NotFound:
        return False
    return True


def keep(workspace: Workspace, draft: Draft) -> None:
    """Keep this draft of the current user in place of the one before, but for people who are not here.

    It is on the disk when this returns; what stands there already is not written again. Raises DiskFull or
    VaultUnreachable.
    """
    _put(workspace, workspace.opened.user_id, _of_who_is_here(workspace, draft))


def find(workspace: Workspace) -> Draft | None:
    """The draft of the current user; it stays until another takes its place, so a crash costs nothing.

    Raises DamagedDraft once for a draft that cannot be read, or VaultUnreachable.
    """
    user_id = workspace.opened.user_id
    try:
        raw = sealed.read(workspace.folder, workspace.opened, user_id)
    except DamagedDraft:
        sealed.drop(workspace.folder, user_id)
        raise
    return None if raw is None else _of_who_is_here(workspace, _decoded(raw))


def drop(workspace: Workspace) -> None:
    """Nothing is waiting any more for the current user. Raises VaultUnreachable."""
    sealed.drop(workspace.folder, workspace.opened.user_id)


def forget(workspace: Workspace, client_ids: Iterable[str]) -> None:
    """Take these people out of everybody's drafts, and what may name anybody (a search). Raises as `keep`."""
    gone = {None, *client_ids}
    _prune(workspace, lambda client_id: client_id in gone)


def sweep(workspace: Workspace) -> None:
    """Do so with all who are not here any more, after they were erased or left. Raises as `keep`."""

    def gone(client_id: str | None) -> bool:
        return client_id is None or not _here(workspace, [client_id])

    _prune(workspace, gone)


def _prune(workspace: Workspace, gone: Callable[[str | None], bool]) -> None:
    for user_id in sealed.whose(workspace.folder):
        try:
            raw = sealed.read(workspace.folder, workspace.opened, user_id)
        except DamagedDraft:  # it may be about them; whose it is, is told at the next unlock
            sealed.spoil(workspace.folder, user_id)
            continue
        if raw is not None:
            _put(workspace, user_id, _without(_decoded(raw), gone))


def _without(draft: Draft, gone: Callable[[str | None], bool]) -> Draft | None:
    """The draft without these people; None when nothing is left."""
    rest = tuple(one for one in draft.unsaved if not gone(one.client_id))
    over = {} if gone(None) else draft.over
    if not gone(draft.client_id):
        return replace(draft, unsaved=rest, over=over)
    return Draft(START, unsaved=rest, over=over) if rest or over else None


def _of_who_is_here(workspace: Workspace, draft: Draft) -> Draft | None:
    ids = {one.client_id for one in draft.unsaved} | ({draft.client_id} if draft.client_id else set())
    missing = ids - _here(workspace, ids)
    return _without(draft, lambda client_id: client_id in missing)


def _here(workspace: Workspace, client_ids: Iterable[str]) -> set[str]:
    ids = list(client_ids)
    query = f"SELECT id FROM client WHERE id IN ({','.join('?' * len(ids))})"  # noqa: S608
    with workspace.database.read() as reader:
        return {row[0] for row in reader.connection.execute(query, ids)}


def _put(workspace: Workspace, user_id: str, draft: Draft | None) -> None:
    if draft is None:
        sealed.drop(workspace.folder, user_id)
        return
    raw = json.dumps(asdict(draft)).encode()
    try:
        same = sealed.read(workspace.folder, workspace.opened, user_id) == raw
    except DamagedDraft:
        same = False
    if not same:
        sealed.write(workspace.folder, workspace.opened, user_id, raw)


def _decoded(raw: bytes) -> Draft:
    found = json.loads(raw)
    return Draft(**found | {"unsaved": tuple(Unsaved(**one) for one in found["unsaved"])})
