"""Says which fields stand on which card of which part of the dossier (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.training import ContactAttempt, FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    Barrier,
    LearningQuestion,
    Option,
    Referral,
    Session,
    Support,
    Trajectory,
    WeekSlot,
)
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.pages.dossier.declared import EVERY_FIELD, FieldsCard, Part, RowsCard
from leerwinkel_desktop.ui.pages.dossier.parts_begin import (
    BEGIN,
    DETENTION,
    DREAM,
    EDUCATION,
    LIFE,
    NOTES,
    ORIGIN,
    REACH,
    SCHOOL,
    SITUATION,
    TALENTS,
    WENT_WELL,
    WHO,
    WILL,
)


def _today(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    return {"date": today}


def _session(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    return {"date": today, "attended": "J"}


def _next_step(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    used = {getattr(row, "position", None) for row in rows}
    return {"position": next((place for place in range(1, 6) if place not in used), 5), "who": "CLIENT"}


def _next_rank(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    used = {getattr(row, "client_rank", None) for row in rows}
    rank = next((place for place in (1, 2, 3) if place not in used), None)
    return {} if rank is None else {"client_rank": rank}


OPTIONS = RowsCard(
    _("Mogelijkheden"),
    Option,
    (
        "title",
        "provider_name",
        "schedule",
        "hours_week",
        "start_text",
        "duration_text",
        "price_text",
        "support_codes",
        "route",
        "dutch_level",
        "fits_dream",
        "fits_reality",
        "fits_preconditions",
        "pro",
        "con",
    ),
    add=_("Eigen idee"),
    empty=_("Zoek samen twee of drie mogelijkheden, en leg ze naast elkaar."),
    title=("title",),
    fresh=_next_rank,
    most=3,
    columns=1,
    for_client=EVERY_FIELD,
    draw="options",
)
WEEK = RowsCard(
    _("De week"),
    WeekSlot,
    ("day", "from_hour", "to_hour", "use"),
    add="",
    empty=_("Duid aan wanneer de week al vol zit. Dan zie je of de lessen passen."),
    for_client=EVERY_FIELD,
    draw="week",
)
BARRIERS = RowsCard(
    _("Drempels"),
    Barrier,
    ("code", "weight", "owner", "status", "support_code", "step_found", "action"),
    add=_("Drempel"),
    empty=_("Wat staat er in de weg, en wie doet er iets aan?"),
    title=("code", "owner", "status"),
    draw="barriers",
)
OWNERS = RowsCard(
    _("Wat kan jij zelf, wat doen wij, wie nog?"),
    Barrier,
    ("code", "owner", "status", "action"),
    add="",
    empty=_("Hier komt wie wat doet, zodra er een drempel of een eerste stap is."),
    for_client=EVERY_FIELD,
    draw="owners",
)
SUPPORTS = RowsCard(
    _("Steun die we adviseren"),
    Support,
    ("code", "advised_on", "applied", "result"),
    add=_("Steun"),
    empty=_("Vrijstelling, premie, opleidingsverlof … Beloof niets: “vraag na”."),
    title=("code", "applied"),
)
CHOSEN = RowsCard(
    _("De keuze"),
    Option,
    (
        "title",
        "provider_name",
        "client_rank",
        "address",
        "route",
        "phone",
        "opening_hours",
        "start_text",
        "hours_week",
        "duration_text",
        "certificate",
        "path",
        "price_text",
        "support_codes",
        "certificate_from",
        "bring",
        "checked_on",
        "inside",
    ),
    add=_("Mogelijkheid"),
    empty=_("Kies in stap 3 een mogelijkheid, of schrijf er hier een."),
    hint=_("Nummer 1 is de keuze, nummer 2 het plan B."),
    title=("client_rank", "title", "provider_name"),
    fresh=_next_rank,
    for_client=(
        "title",
        "provider_name",
        "client_rank",
        "address",
        "route",
        "phone",
        "opening_hours",
        "start_text",
        "hours_week",
        "duration_text",
        "certificate",
        "price_text",
        "bring",
    ),
)
STEPS = RowsCard(
    _("Wat doe ik eerst?"),
    AdviceStep,
    ("what", "where", "by_when", "who", "inside"),
    add=_("Stap"),
    empty=_("De eerste stap staat er al: “Ik ga zelf naar de school.”"),
    hint=_("Hoogstens vijf kleine stappen. De klant doet ze zelf."),
    title=("position", "what"),
    fresh=_next_step,
    most=5,
    for_client=("what", "where", "by_when", "who"),
)
AGREEMENTS = FieldsCard(
    _("Afspraken op het blad"),
    AdviceSheet,
    ("call_on", "walk_in", "counsellor_phone", "office_address", "handed_over"),
    for_client=("call_on", "walk_in", "counsellor_phone", "office_address"),
)
TEACH_BACK = FieldsCard(
    _("Laat de klant het navertellen"),
    AdviceSheet,
    ("teach_back_done",),
    hint=_("Vraag het in drie keer: Wat ga je eerst doen? Waar? Wanneer?"),
    columns=1,
    for_client=EVERY_FIELD,
)
FIRST_MOMENT = RowsCard(
    _("Horen hoe het liep"),
    FollowUp,
    ("moment", "due_on"),
    add="",
    empty=_("Druk het blad af, of rond het gesprek af in stap 4. Dan kan je hier het eerste moment plannen."),
    draw="first moment",
)
REFERRALS = RowsCard(
    _("Doorverwijzingen"),
    Referral,
    ("partner_name", "type", "date", "result"),
    add=_("Doorverwijzing"),
    empty=_("De klant gaat zelf. Een warme overdracht vraagt toestemming."),
    title=("partner_name", "date"),
    fresh=_today,
)
TRAININGS = RowsCard(
    _("Opleidingen na het advies"),
    TrainingStart,
    (
        "title",
        "provider_name",
        "category",
        "study_area",
        "status",
        "status_date",
        "start_date",
        "mode",
        "provider_type",
        "confirmed_by",
        "goal",
        "stop_reason",
    ),
    add=_("Opleiding"),
    empty=_("Nog geen opleiding gestart."),
    title=("title", "status", "start_date"),
    inside=RowsCard(
        _("Kwalificaties"),
        Qualification,
        ("type", "awarded_on", "partial"),
        add=_("Kwalificatie"),
        empty="",
        columns=3,
    ),
)
FOLLOW_UPS = RowsCard(
    _("Opvolgmomenten"),
    FollowUp,
    ("moment", "due_on", "outcome", "not_started_reason", "done_on", "reached", "next_due"),
    add=_("Opvolgmoment"),
    empty=_("Plan een moment om te horen hoe het loopt."),
    title=("moment", "due_on", "outcome"),
    inside=RowsCard(
        _("Pogingen"),
        ContactAttempt,
        ("date", "channel", "reached"),
        add=_("Poging"),
        empty=_("Drie keer geprobeerd, langs twee wegen? Dan mag het rusten."),
        title=("date", "channel", "reached"),
        fresh=_today,
    ),
    draw="moments",
)
CLOSING = FieldsCard(_("Afsluiten"), Trajectory, ("status", "closed_on", "close_reason", "entered_in_mlp_on"))
SESSIONS = RowsCard(
    _("Gesprekken"),
    Session,
    (
        "date",
        "starts_at",
        "minutes",
        "mode",
        "location",
        "attended",
        "step_reached",
        "interpreter",
        "short_note",
    ),
    add=_("Gesprek"),
    empty=_("Nog geen gesprekken. Voeg het gesprek van vandaag toe."),
    title=("date", "starts_at", "mode", "minutes", "attended"),
    fresh=_session,
    by=("date", "starts_at"),
)

PARTS = (
    Part(
        "data",
        _("Gegevens"),
        (WHO, REACH, BEGIN, ORIGIN, NOTES, DETENTION),
        tuple((Client, name) for name in ("first_name", "last_name", "gender", "nis_code", "nationality"))
        + tuple(
            (Trajectory, name) for name in ("intake_date", "service_type", "programme", "referral_source")
        ),
    ),
    Part(
        "map",
        _("1 In kaart"),
        (WENT_WELL, TALENTS, LIFE, EDUCATION, SCHOOL, SITUATION),
        (
            (Trajectory, "went_well"),
            (Trajectory, "level_at_intake"),
            (Trajectory, "statuses_at_intake"),
            (Talent, "description"),
        ),
    ),
    Part(
        "perspective",
        _("2 Perspectief"),
        (DREAM, WILL),
        ((LearningQuestion, "dream"), (LearningQuestion, "horizon_years"), (Trajectory, "willingness")),
    ),
    Part(
        "reality",
        _("3 Realiteit"),
        (OPTIONS, WEEK, BARRIERS, SUPPORTS, OWNERS),
        ((Option, "title"), (Barrier, "code")),
        wide=True,
    ),
    Part(
        "advice",
        _("4 Advies"),
        (CHOSEN, STEPS, AGREEMENTS, TEACH_BACK, FIRST_MOMENT, REFERRALS),
        ((Option, "title"), (AdviceStep, "what"), (AdviceSheet, "printed_at")),
    ),
    Part("after", _("Opvolging"), (TRAININGS, FOLLOW_UPS, CLOSING), ((FollowUp, "outcome"),)),
    Part("sessions", _("Gesprekken"), (SESSIONS,), ((Session, "date"),)),
    Part("rights", _("Rechten")),
    Part("history", _("Geschiedenis")),
)
