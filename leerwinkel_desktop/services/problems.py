"""One sentence for each error a user can meet: what happened, what it means for the data, what to do.

Shared by window and command line. The tables (services/sentences) go by the names of the error classes, so
that telling an error loads nothing; a test walks all classes and fails where one has no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.sentences import FAMILIES

DONE, MENDABLE, USAGE, ENVIRONMENT, BUG = 0, 1, 2, 3, 70
_STATUS: Final[dict[str, int]] = {
    "InputError": MENDABLE,
    "EnvironmentProblem": ENVIRONMENT,
    "SyncError": ENVIRONMENT,
}

_REASONS: Final[dict[str, str]] = {
    "kind": _("Dit is geen geldige waarde."),
    "characters": _("Er staan tekens in die niet bewaard kunnen worden."),
    "length": _("Dit is te lang. Maak het korter."),
    "range": _("Dit getal is te klein of te groot."),
    "date_range": _("Deze datum kan niet. Kies een dag tussen 1900 en 2199."),
    "code": _("Deze keuze staat niet in de lijst."),
    "required": _("Dit moet ingevuld zijn."),
}

_SENTENCES: Final[dict[str, str]] = {name: said for family in FAMILIES for name, said in family.items()}

_ROLES: Final[dict[str, str]] = {
    "COUNSELLOR": _("een begeleider"),
    "OFFICE": _("iemand van kantoor"),
    "ADMINISTRATOR": _("een beheerder"),
}
_Words = Callable[[Any], Mapping[str, object]]


def _field_label(name: str) -> str:
    return next((f.label for record in BY_KIND.values() for f in fields_of(record) if f.name == name), name)


def _place(name: str) -> str:
    """The labels of a field that is named by kind and name, such as `advice_step.where`."""
    kind, _dot, field = name.partition(".")
    record = BY_KIND.get(kind)
    labels = {f.name: f.label for f in fields_of(record)} if record else {}
    if record is None:
        return name
    return f"{record.label}, {labels[field]}" if field in labels else record.label


_WORDS: Final[dict[str, _Words]] = {
    "InvalidValue": lambda e: {"label": _field_label(e.field), "reason": _REASONS[e.reason]},
    "DiskFull": lambda e: {"megabytes": -(-int(e.needed) // 1_000_000)},
    "NotAllowed": lambda e: {"needed": _ROLES.get(e.needed, e.needed)},
    "BetrayingWord": lambda e: {"field": _place(e.field)},
    "UnsentWork": lambda e: {"numbers": ", ".join(e.names)},
    "RowsDoNotFit": lambda e: {"count": len(e.problems)},
    "UnknownReport": lambda e: {"known": ", ".join(e.known)},
    "NotFound": lambda e: {"label": BY_KIND[e.kind].label if e.kind in BY_KIND else e.kind},
}


def _named(error: BaseException, table: Mapping[str, Any]) -> Any:
    return next((table[c.__name__] for c in type(error).__mro__ if c.__name__ in table), None)


def sentence(error: BaseException) -> str | None:
    """The Dutch sentence for an error, or None for a bug (which has no sentence but a report)."""
    told = getattr(error, "sentence", None)
    if isinstance(told, str):
        return told
    template = _named(error, _SENTENCES)
    if template is None:
        return None
    words: _Words | None = _named(error, _WORDS)
    return str(template).format_map({**vars(error), **(words(error) if words else {})})


def exit_status(error: BaseException) -> int:
    """The exit status of CLI.md: 1 the user can mend it, 3 the environment, 70 a bug."""
    return int(_named(error, _STATUS) or BUG)


def reason_text(reason: str) -> str:
    """What is wrong with a value, for beside its field."""
    return _REASONS[reason]
