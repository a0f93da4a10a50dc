"""Says which fields stand on which card of which part of the dossier (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leerwinkel_desktop.domain.clients import Client, EducationRecord, Talent
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
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


def _today(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    return {"date": today}


def _session(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    return {"date": today, "attended": "J"}


def _next_place(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    used = [getattr(row, "position", 0) or 0 for row in rows]
    return {"position": max(used, default=0) + 1}


def _next_step(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    used = {getattr(row, "position", None) for row in rows}
    return {"position": next((place for place in range(1, 6) if place not in used), 5)}


def _next_rank(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    used = {getattr(row, "client_rank", None) for row in rows}
    rank = next((place for place in (1, 2, 3) if place not in used), None)
    return {} if rank is None else {"client_rank": rank}


WHO = FieldsCard(
    _("Wie"),
    Client,
    ("first_name", "last_name", "birth_date", "birth_year", "gender", "contact_language"),
    for_client=("first_name", "last_name"),
)
REACH = FieldsCard(
    _("Bereiken"),
    Client,
    ("phone", "email", "preferred_contact", "reading_support", "nis_code", "postal_code"),
    for_client=("phone", "email", "preferred_contact", "postal_code"),
)
BEGIN = FieldsCard(
    _("Hoe het begon"),
    Trajectory,
    (
        "intake_date",
        "service_type",
        "programme",
        "counsellor",
        "contact_mode",
        "intake_location",
        "referral_source",
        "discovery_channel",
        "target_groups",
    ),
)
ORIGIN = FieldsCard(
    _("Nationaliteit en herkomst"),
    Client,
    (
        "nationality",
        "first_nationality",
        "foreign_origin_declared",
        "father_first_nationality",
        "mother_first_nationality",
        "residence_status",
    ),
    hint=_("Vraag dit alleen als het programma het nodig heeft. De klant mag nee zeggen."),
)
NOTES = FieldsCard(_("Praktische nota"), Client, ("notes",))
DETENTION = RowsCard(
    _("Detentie"),
    DetentionEpisode,
    (
        "prison",
        "contact_route",
        "request_slip_to",
        "status",
        "modality",
        "next_visit",
        "milestone_date",
        "transferred_on",
        "released_on",
    ),
    add=_("Periode binnen"),
    empty=_(
        "Alleen invullen als het nodig is om te kunnen helpen. Nooit feiten, straf of datums van de rechter."
    ),
    title=("prison", "next_visit"),
    inside=RowsCard(
        _("Wie moet akkoord gaan"),
        DetentionApproval,
        ("approval_by", "for_what", "state"),
        add=_("Akkoord"),
        empty="",
        columns=3,
    ),
)
TALENTS = RowsCard(
    _("Talenten"),
    Talent,
    ("description", "shown_where"),
    add=_("Talent"),
    empty=_("Wat kan deze persoon al? Schrijf het in eigen woorden."),
    hint=_("In de woorden van de klant, zonder punten. De eerste drie komen op het adviesblad."),
    fresh=_next_place,
    for_client=EVERY_FIELD,
)
SCHOOL = FieldsCard(
    _("Diploma en Nederlands"),
    Trajectory,
    ("level_at_intake", "recognised_level", "dutch_level_in", "dutch_level_written"),
)
EDUCATION = RowsCard(
    _("Opleidingen tot nu"),
    EducationRecord,
    (
        "title",
        "level_code",
        "country",
        "year",
        "completed",
        "proof_seen",
        "recognition",
        "recognised_as",
        "last_year_followed",
        "reason_left",
    ),
    add=_("Opleiding"),
    empty=_("Teken samen de tijdlijn: welke scholen en cursussen waren er?"),
    title=("title", "level_code", "year"),
    for_client=("title", "level_code", "country", "year", "completed", "last_year_followed"),
)
WENT_WELL = FieldsCard(_("Wat liep goed?"), Trajectory, ("went_well",), columns=1, for_client=EVERY_FIELD)
SITUATION = FieldsCard(
    _("Situatie nu"),
    Trajectory,
    ("statuses_at_intake", "primary_status", "employment_esf", "unemployed_since"),
)
DREAM = FieldsCard(
    _("Waar wil jij staan?"),
    LearningQuestion,
    ("horizon_years", "dream", "why", "desired_occupation", "type", "own_words"),
    hint=_("De droom komt met deze woorden op het adviesblad."),
    for_client=("horizon_years", "dream", "why", "desired_occupation", "own_words"),
)
WILL = FieldsCard(
    _("Zin om te leren"), Trajectory, ("willingness", "willingness_why"), columns=1, for_client=EVERY_FIELD
)
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
    ("call_on", "walk_in", "counsellor_phone", "office_address", "handed_over", "teach_back_done"),
    for_client=("call_on", "walk_in", "counsellor_phone", "office_address"),
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
    (
        "moment",
        "due_on",
        "done_on",
        "reached",
        "attempts",
        "channel",
        "outcome",
        "not_started_reason",
        "next_due",
    ),
    add=_("Opvolgmoment"),
    empty=_("Plan een moment om te horen hoe het loopt."),
    title=("moment", "due_on", "outcome"),
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
        (WENT_WELL, TALENTS, SCHOOL, SITUATION, EDUCATION),
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
        (CHOSEN, STEPS, AGREEMENTS, REFERRALS),
        ((Option, "title"), (AdviceStep, "what"), (AdviceSheet, "printed_at")),
    ),
    Part("after", _("Opvolging"), (TRAININGS, FOLLOW_UPS, CLOSING), ((FollowUp, "outcome"),)),
    Part("sessions", _("Gesprekken"), (SESSIONS,), ((Session, "date"),)),
    Part("rights", _("Rechten")),
    Part("history", _("Geschiedenis")),
)
