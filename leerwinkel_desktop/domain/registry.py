"""Lists every kind of record, so that tables, bundles and exports are derived and nothing is forgotten."""

from __future__ import annotations

from leerwinkel_desktop.domain import (
    clients,
    detention,
    offers,
    organisation,
    rights,
    sheet_files,
    training,
    trajectories,
)
from leerwinkel_desktop.domain.fields import Privacy, Record, fields_of, owner_of

RECORDS: tuple[type[Record], ...] = (
    clients.Client,
    clients.Dossier,
    clients.EducationRecord,
    clients.Talent,
    clients.LifeEvent,
    trajectories.Trajectory,
    trajectories.Session,
    trajectories.LearningQuestion,
    trajectories.Barrier,
    trajectories.Support,
    trajectories.Option,
    trajectories.WeekSlot,
    trajectories.AdviceSheet,
    sheet_files.SheetFile,
    trajectories.AdviceStep,
    trajectories.Referral,
    training.TrainingStart,
    training.Qualification,
    training.FollowUp,
    training.ContactAttempt,
    detention.SealedRecord,
    offers.Provider,
    offers.Offering,
    offers.OfferingModule,
    organisation.Programme,
    organisation.Counsellor,
    organisation.StaffAssignment,
    organisation.ServiceLocation,
    organisation.SittingDay,
    organisation.Event,
    rights.Consent,
    rights.Informing,
    rights.RetentionDecision,
)
"""Records that are saved, logged and carried by bundles, parents before children."""

STORED: dict[str, type[Record]] = {record.kind: record for record in RECORDS}
"""The kinds that have a table and stand in the log."""

BY_KIND: dict[str, type[Record]] = {**STORED, **detention.BLOCK_BY_KIND}
"""All kinds that a user can meet; those of the detention block are stored inside a `SealedRecord` only."""


def _of_persons() -> frozenset[str]:
    found = {clients.Client.kind}
    for record in RECORDS:  # parents before children
        owner = owner_of(record)
        if owner is not None and owner.target in found:
            found.add(record.kind)
    return frozenset(found)


OF_PERSONS: frozenset[str] = _of_persons()
"""The kinds of record that belong to a person; the others stored are the catalogue (FORMAT.md §15.1)."""


def children_of(record: type[Record]) -> tuple[type[Record], ...]:
    """The kinds of record that hang directly under this one, on the way down from the person."""
    return tuple(
        child for child in RECORDS if (owner := owner_of(child)) is not None and owner.target == record.kind
    )


def is_judicial(record: type[Record]) -> bool:
    """Whether the record belongs to the detention block, and so stays out of ordinary exports."""
    return all(field.privacy is Privacy.JUDICIAL for field in fields_of(record))
