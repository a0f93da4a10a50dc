"""The recovery key as people read and type it from paper, and whether its sheet was printed and rehearsed."""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services.trust import NotAnOffice
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import keys
from sync.errors import BadKey

GROUP = 6
_PREFIX = "AGE-SECRET-KEY-PQ-1"


class SheetMistyped(InputError):
    """What was typed is no recovery key: a sign is missing, too much, or wrong."""


def sheet_identity(text: str) -> str:
    """The recovery key in what was typed or read from a file: line breaks and spaces do not matter.

    Raises SheetMistyped.
    """
    squeezed = "".join(text.split()).upper()
    begin = squeezed.find(_PREFIX)
    identity = squeezed[begin : begin + len(keys.new_identity())] if begin >= 0 else ""
    try:
        keys.recipient_of(identity)
    except BadKey as error:
        raise SheetMistyped from error
    return identity


def groups(identity: str) -> tuple[str, ...]:
    """The recovery key in groups of six signs behind its fixed beginning, as it stands on the sheet."""
    rest = identity.removeprefix(_PREFIX)
    return (_PREFIX, *(rest[place : place + GROUP] for place in range(0, len(rest), GROUP)))


@dataclass(frozen=True, slots=True)
class SheetState:
    """When the sheet of the present recovery key was printed and rehearsed (milliseconds, UTC), or None."""

    printed_ms: int | None
    rehearsed_ms: int | None


def sheet_state(workspace: Workspace) -> SheetState:
    """How far the office is with its recovery sheet."""
    with workspace.database.read() as reader:
        row = reader.connection.execute(
            "SELECT printed_ms, rehearsed_ms FROM recovery_sheet "
            "JOIN device ON recipient = recovery_recipient"
        ).fetchone()
    return SheetState(None, None) if row is None else SheetState(*row)


def sheet_printed(workspace: Workspace) -> None:
    """Write down that the sheet was printed."""
    _mark(workspace, "printed_ms", "recovery.printed")


def rehearse(workspace: Workspace, identity: str, typed: str) -> bool:
    """Whether the last group, typed from the paper, is that of this key; written down when it is."""
    right = "".join(typed.split()).upper() == groups(identity)[-1]
    if right:
        _mark(workspace, "rehearsed_ms", "recovery.rehearsed")
    return right


def rehearse_whole(workspace: Workspace, sheet: str) -> bool:
    """Whether a whole sheet out of its envelope is that of this office; written down when it is.

    Raises NotAnOffice or SheetMistyped.
    """
    device = workspace.device()
    if device.role != "office":
        raise NotAnOffice
    right = keys.recipient_of(sheet_identity(sheet)) == device.recovery_recipient
    if right:
        _mark(workspace, "rehearsed_ms", "recovery.rehearsed")
    return right


def _mark(workspace: Workspace, column: str, action: str) -> None:
    recipient = workspace.device().recovery_recipient
    if recipient is None:
        raise NotAnOffice
    with workspace.database.write() as transaction:
        transaction.connection.execute(
            f"INSERT INTO recovery_sheet (recipient, {column}) VALUES (?, ?) "  # noqa: S608
            f"ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
            (recipient, transaction.now_ms),
        )
        transaction.note(action, None, workspace.user)
