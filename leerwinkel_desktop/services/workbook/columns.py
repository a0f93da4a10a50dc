"""The sheets and columns of the registration workbook, declared once for template, import and export.

A column maps to a declared field of a record, from which its label, kind and code list come, or refers to
a number on another sheet (CLI.md "The registration workbook").
"""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Field, Kind, Record, field_of
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory

EXPLANATION = "Uitleg"
CODES = "Codes"
NOT_DATA = (EXPLANATION, CODES)
REASON = "reden"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field of the sheet's record behind it, and whether it must be filled.

    `refers` names the sheet whose number stands here; such a column is kept in the REF field `field`.
    `past` means a day that cannot lie ahead.
    """

    name: str
    field: str
    required: bool = False
    refers: str | None = None
    past: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the record behind its rows, the column with its own number, or else its natural key."""

    name: str
    record: type[Record]
    columns: tuple[Column, ...]
    number: str | None = None
    key: tuple[str, ...] = ()

    @property
    def parent(self) -> Column | None:
        """The column that refers to another sheet."""
        return next((column for column in self.columns if column.refers), None)

    @property
    def number_column(self) -> Column | None:
        """The column with the sheet's own number."""
        return next((column for column in self.columns if column.field == self.number), None)

    def field(self, column: Column) -> Field:
        """The declared field behind a column; a reference holds a number, so it is read as text."""
        declared = field_of(self.record, column.field)
        if column.refers is None:
            return declared
        return Field(declared.name, declared.label, Kind.TEXT, declared.privacy, max_length=60)

    def place(self, field: str) -> int:
        """The position of the column behind a field."""
        return next(at for at, column in enumerate(self.columns) if column.field == field)


CLIENTS = Sheet(
    "Klanten",
    Client,
    (
        Column("klantnr", "client_no", required=True),
        Column("voornaam", "first_name"),
        Column("achternaam", "last_name"),
        Column("geboortedatum", "birth_date", past=True),
        Column("geslacht", "gender"),
        Column("nationaliteit", "nationality"),
        Column("eerste_nationaliteit", "first_nationality"),
        Column("nationaliteit_vader", "father_first_nationality"),
        Column("nationaliteit_moeder", "mother_first_nationality"),
        Column("gemeente_nis", "nis_code"),
        Column("postcode", "postal_code"),
        Column("telefoon", "phone"),
        Column("email", "email"),
        Column("thuistaal", "contact_language"),
    ),
    number="client_no",
)
TRAJECTORIES = Sheet(
    "Trajecten",
    Trajectory,
    (
        Column("trajectnr", "trajectory_no", required=True),
        Column("klantnr", "dossier_id", required=True, refers="Klanten"),
        Column("intakedatum", "intake_date", required=True),
        Column("programma", "programme"),
        Column("dienstverlening", "service_type"),
        Column("locatie", "intake_location"),
        Column("contactwijze", "contact_mode"),
        Column("doorverwijzer", "referral_source"),
        Column("kanaal", "discovery_channel"),
        Column("niveau", "level_at_intake"),
        Column("statussen", "statuses_at_intake"),
        Column("nederlands", "dutch_level_in"),
        Column("begeleider", "counsellor"),
        Column("afgesloten_op", "closed_on"),
        Column("afsluitreden", "close_reason"),
    ),
    number="trajectory_no",
)
SESSIONS = Sheet(
    "Gesprekken",
    Session,
    (
        Column("trajectnr", "trajectory_id", required=True, refers="Trajecten"),
        Column("datum", "date", required=True),
        Column("minuten", "minutes"),
        Column("wijze", "mode"),
        Column("locatie", "location"),
        Column("aanwezig", "attended"),
        Column("stap", "step_reached"),
    ),
    key=("date",),
)
TRAININGS = Sheet(
    "Opleidingen",
    TrainingStart,
    (
        Column("opleidingnr", "training_no", required=True),
        Column("trajectnr", "trajectory_id", required=True, refers="Trajecten"),
        Column("titel", "title"),
        Column("aanbieder", "provider_name"),
        Column("categorie", "category"),
        Column("studiegebied", "study_area"),
        Column("startdatum", "start_date"),
        Column("status", "status"),
        Column("statusdatum", "status_date"),
        Column("stopreden", "stop_reason"),
    ),
    number="training_no",
)
QUALIFICATIONS = Sheet(
    "Kwalificaties",
    Qualification,
    (
        Column("opleidingnr", "training_start_id", required=True, refers="Opleidingen"),
        Column("type", "type"),
        Column("datum", "awarded_on"),
        Column("gedeeltelijk", "partial"),
    ),
    key=("type", "awarded_on"),
)
FOLLOW_UPS = Sheet(
    "Opvolging",
    FollowUp,
    (
        Column("trajectnr", "trajectory_id", required=True, refers="Trajecten"),
        Column("moment", "moment"),
        Column("datum", "done_on"),
        Column("bereikt", "reached"),
        Column("uitkomst", "outcome"),
    ),
    key=("moment", "done_on"),
)
STAFF = Sheet(
    "Personeel",
    StaffAssignment,
    (
        Column("naam", "counsellor", required=True),
        Column("vte", "fte", required=True),
        Column("van", "starts_on", required=True),
        Column("tot", "ends_on"),
        Column("bezoldigd", "paid"),
    ),
    key=("counsellor", "starts_on"),
)

SHEETS: tuple[Sheet, ...] = (
    CLIENTS,
    TRAJECTORIES,
    SESSIONS,
    TRAININGS,
    QUALIFICATIONS,
    FOLLOW_UPS,
    STAFF,
)
"""All sheets, what is referred to before what refers."""

BY_NAME: dict[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
