"""What two people wrote differently about one thing: listed, decided, and undone (SECURITY.md §4)."""

from leerwinkel_desktop.services.decisions.deciding import (
    ChangedMeanwhile,
    Decided,
    NothingToDecide,
    NotUndoable,
    UnknownDecision,
    choose,
    combine,
    count,
    decided,
    find,
    keep,
    open_conflicts,
    undo,
    waiting,
)
from leerwinkel_desktop.services.decisions.seeing import Conflict, PersonConflicts, Version

__all__ = [
    "ChangedMeanwhile",
    "Conflict",
    "Decided",
    "NotUndoable",
    "NothingToDecide",
    "PersonConflicts",
    "UnknownDecision",
    "Version",
    "choose",
    "combine",
    "count",
    "decided",
    "find",
    "keep",
    "open_conflicts",
    "undo",
    "waiting",
]
