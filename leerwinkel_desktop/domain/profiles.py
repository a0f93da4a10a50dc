"""The two ways in which a vault is used, and which fields stay where a client inside can look along (UI.md).

In a prison a laptop shows fewer fields, locks sooner, puts no links on paper and asks the passphrase again
(SECURITY.md §1 "client, 30 seconds at the keyboard"). Nothing is erased: fields come back at the office.
"""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.domain.fields import Field, Record, fields_of


@dataclass(frozen=True, slots=True)
class Profile:
    """How a vault is used: `idle_seconds` before it locks, and whether paper may hold links and addresses.

    `keeps_index`: whether it may keep the names of people whose dossier is not here (FORMAT.md §15.2).
    `programme`: who pays for what begins here, while that code may be chosen.
    """

    code: str
    label: str
    idle_seconds: int
    links_on_paper: bool
    passphrase_again: bool
    fewer_fields: bool
    keeps_index: bool
    programme: str


OFFICE = Profile("office", "Kantoor", 300, True, False, False, True, "CITY")
PRISON = Profile("prison", "Gevangenis", 90, False, True, True, False, "LIO")
PROFILES: dict[str, Profile] = {profile.code: profile for profile in (OFFICE, PRISON)}
SETTING = "profile"
"""The setting of a vault that holds the code of its profile."""

KEPT: dict[str, frozenset[str]] = {
    "client": frozenset(
        {
            "client_no",
            "first_name",
            "last_name",
            "birth_date",
            "birth_year",
            "gender",
            "nis_code",
            "contact_language",
            "reading_support",
            "nationality",
        }
    ),
    "education_record": frozenset(
        {"dossier_id", "level_code", "title", "year", "completed", "last_year_followed"}
    ),
    "trajectory": frozenset(
        {
            "dossier_id",
            "trajectory_no",
            "seq",
            "intake_date",
            "programme",
            "service_type",
            "contact_mode",
            "referral_source",
            "counsellor",
            "status",
            "level_at_intake",
            "dutch_level_in",
            "dutch_level_written",
            "went_well",
            "willingness",
            "willingness_why",
        }
    ),
    "session": frozenset(
        {"trajectory_id", "date", "minutes", "mode", "step_reached", "attended", "interpreter"}
    ),
    "barrier": frozenset({"trajectory_id", "code", "weight", "owner", "status"}),
    "referral": frozenset({"trajectory_id", "partner_name", "type", "date"}),
}
"""The fields that stay in the prison profile; kinds that are not named keep all of theirs."""


def shows(profile: Profile, record: type[Record], name: str) -> bool:
    """Whether a field is drawn in this profile."""
    return not profile.fewer_fields or name in KEPT.get(record.kind, {name})


def fields_in(profile: Profile, record: type[Record]) -> tuple[Field, ...]:
    """The declared fields of a record that are drawn in this profile, in order."""
    return tuple(field for field in fields_of(record) if shows(profile, record, field.name))
