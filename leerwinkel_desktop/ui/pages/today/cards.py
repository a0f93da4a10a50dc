"""The cards of Vandaag, declared: what each reads, off the window's thread, and what it says when empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import appointments, exchange, today
from leerwinkel_desktop.services.appointments import HELD, NO_SHOW, PLANNED, Appointment, Person
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.pages.today.lines import Act, Line, Told
from leerwinkel_desktop.ui.whereabouts import day_and_month, where_is_it
from leerwinkel_desktop.ui.worries import WORRIES

LEFT, RIGHT = 0, 1


@dataclass(frozen=True, slots=True)
class Spec:
    """One card: `read(workspace, counsellor)` gives its lines, of one counsellor or of all (None)."""

    key: str
    heading: str
    empty: str
    side: int
    read: Callable[[Workspace, str | None], Told]


def name_of(person: Person) -> str:
    """How a person is called in a list."""
    name = " ".join(filter(None, (person.first_name, person.last_name)))
    return name or person.client_no or _("Zonder naam")


def told_of(workspace: Workspace, one: Appointment) -> str:
    """How, where, with whom, and how far an appointment is, in one line."""
    lists = workspace.codelists
    mode = lists["contact_mode"].label_of(one.mode) if one.mode else ""
    state = lists["attendance"].label_of(one.attended) if one.attended not in (None, PLANNED) else ""
    whose = one.person.counsellor if one.person.counsellor != workspace.user else ""
    return " · ".join(filter(None, (mode, one.location, whose, state)))


def dossier(person: Person) -> str:
    """Where a line about a person leads."""
    return f"dossier/{person.client_id}"


def _appointments(workspace: Workspace, counsellor: str | None) -> Told:
    day = workspace.today()
    found = sorted(appointments.between(workspace, day, day, counsellor), key=_is_over)
    return Told(tuple(_appointment(workspace, one) for one in found), len(found))


def _is_over(one: Appointment) -> bool:
    """Who was here already, or will not come, stands under who is still to come."""
    return one.attended not in (None, PLANNED)


def _appointment(workspace: Workspace, one: Appointment) -> Line:
    waiting = not _is_over(one)
    late = waiting and one.starts_at is not None and one.starts_at < appointments.now(workspace)
    sign = {HELD: "good", NO_SHOW: "attention"}.get(one.attended or "", "attention" if late else "")
    detail = told_of(workspace, one)
    if late:
        detail = " · ".join(filter(None, (detail, _("al begonnen?"))))
    acts = (
        Act(_("Gekomen"), "came", one.id),
        Act(_("Niet gekomen"), "absent", one.id),
        Act(_("Verzet"), "move", one.id),
    )
    lead = one.starts_at or "–"
    return Line(
        name_of(one.person),
        detail,
        dossier(one.person),
        lead,
        sign if detail else "",
        acts if waiting else (),
    )


def _due(workspace: Workspace, counsellor: str | None) -> Told:
    found, total = today.due(workspace, counsellor)
    return Told(tuple(_follow_up(workspace, one) for one in found), total)


def _follow_up(workspace: Workspace, one: today.Due) -> Line:
    moment = workspace.codelists["follow_up_moment"].label_of(one.moment) if one.moment else _("Opvolging")
    since = _("vandaag") if one.due_on == workspace.today() else _("sinds {day}").format(day=_day(one.due_on))
    tried = counted("1 keer geprobeerd", "{n} keer geprobeerd", one.attempts) if one.attempts else ""
    detail = " · ".join(filter(None, (moment, since, tried)))
    return Line(name_of(one.person), detail, dossier(one.person))


def _signals(workspace: Workspace, counsellor: str | None) -> Told:
    found = today.signals(workspace, counsellor)
    lines = (
        Line(
            name_of(one.person),
            WORRIES[one.sign].format(day=_day(one.day)),
            dossier(one.person),
            sign="attention",
        )
        for one in found[: today.MOST]
    )
    return Told(tuple(lines), len(found))


def _handover(workspace: Workspace, counsellor: str | None) -> Told:  # noqa: ARG001 - a laptop travels whole
    device = workspace.device()
    if device.role == "office":
        return Told()
    if device.organisation is None:
        told = _("Op kantoor laten ze hem toe: ga naar Beheer, Aanmelden.")
        return Told((Line(_("Deze laptop is nog niet aangemeld"), told, "administration", sign="attention"),))
    pending = exchange.pending(workspace)
    if not pending.changes and not pending.overdue:
        return Told()
    sentence, tone = where_is_it(
        device.role,
        pending.changes,
        pending.last_receipt_ms,
        dossiers=(pending.safe_dossiers, pending.dossiers),
    )
    late = counted("1 dossier moest al terug.", "{n} dossiers moesten al terug.", pending.overdue)
    detail = late if pending.overdue else _("Schrijf een bundel zodra je kan.")
    return Told((Line(sentence, detail, "handover", sign=tone),))


def _to_print(workspace: Workspace, counsellor: str | None) -> Told:  # noqa: ARG001 - a printer is everybody's
    from leerwinkel_desktop.services import sheet_files  # with all of printing: Vandaag need not wait

    found = sheet_files.to_print(workspace)
    lines = (
        Line(
            one.name,
            " · ".join(
                (one.label, _("klaargezet op {day}").format(day=_day(one.confirmed_on)), one.confirmed_by)
            )
            if one.confirmed_on
            else one.label,
            f"dossier/{one.client_id}",
            acts=(Act(_("Druk af …"), "print", one.sheet_id),),
        )
        for one in found[: today.MOST]
    )
    return Told(tuple(lines), len(found))


def _undecided(workspace: Workspace, counsellor: str | None) -> Told:  # noqa: ARG001 - asked of the user
    from leerwinkel_desktop.services import undecided  # the start need not wait for the comparing of names

    waiting = undecided.how_many(workspace)
    if not waiting:
        return Told()
    title = counted("1 vraag wacht op een beslissing", "{n} vragen wachten op een beslissing", waiting)
    return Told((Line(title, _("Twee mensen schreven iets anders, of iemand is er dubbel."), "deciding"),))


def _day(day: date) -> str:
    return day_and_month(day)


CARDS: Final = (
    Spec(
        "appointments",
        _("Afspraken en inloop van vandaag"),
        _("Niemand gepland vandaag. Komt er iemand binnen? Kies Klant zonder afspraak."),
        LEFT,
        _appointments,
    ),
    Spec(
        "due",
        _("Op te volgen"),
        _("Niets op te volgen. Plan het volgende moment in een dossier."),
        LEFT,
        _due,
    ),
    Spec(
        "signals",
        _("Vroege signalen"),
        _("Geen signalen: er is niemand die nu dreigt af te haken."),
        RIGHT,
        _signals,
    ),
    Spec(
        "print",
        _("Nog af te drukken"),
        _("Geen blad wacht op een printer. Geen printer bij de hand? Kies Later afdrukken bij 4 Advies."),
        RIGHT,
        _to_print,
    ),
    Spec("handover", _("Nog over te dragen"), _("Alles staat veilig op kantoor."), RIGHT, _handover),
    Spec("undecided", _("Te beslissen"), _("Niets wacht op een beslissing."), RIGHT, _undecided),
)
"""In the order in which they stand; one more card is one more line here."""
