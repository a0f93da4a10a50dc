"""Says which fields stand on the cards of a person, and of steps 1 and 2 (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from leerwinkel_desktop.domain.clients import Client, EducationRecord, LifeEvent, Talent
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.pages.dossier.declared import EVERY_FIELD, FieldsCard, RowsCard


def _next_place(today: date, rows: Sequence[Record]) -> dict[str, Any]:  # noqa: ARG001
    used = [getattr(row, "position", 0) or 0 for row in rows]
    return {"position": max(used, default=0) + 1}


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
    title=("description",),
    fresh=_next_place,
    for_client=EVERY_FIELD,
    draw="talents",
)
LIFE = RowsCard(
    _("Levensloop"),
    LifeEvent,
    ("sort", "what", "from_year", "to_year"),
    add=_("Werk, thuis of iets anders"),
    empty=_("Teken samen de tijdlijn: school, werk en wat er nog meer was. Een gat is geen fout."),
    title=("what", "sort", "from_year", "to_year"),
    for_client=EVERY_FIELD,
    draw="timeline",
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
    empty=_("Welke scholen en cursussen waren er? Ze komen op de levensloop."),
    title=("title", "level_code", "year"),
    for_client=("title", "country", "year", "completed", "last_year_followed"),
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
    large=("dream",),
)
WILL = FieldsCard(
    _("Zin om te leren"), Trajectory, ("willingness", "willingness_why"), columns=1, for_client=EVERY_FIELD
)
