"""The Genk figures over 20,000 trajectories, against a bare SELECT of the columns that they need."""

from __future__ import annotations

from datetime import date

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.indicators import facts
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import reports, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

GENK = Promise(
    name="report genk, 20,000 trajectories",
    unit="s",
    control="a bare SELECT of the same columns",
    at_most=1,
)
PROMISES = (GENK,)
COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Client: facts.ClientFact._fields,
    Dossier: facts.DossierFact._fields,
    Trajectory: facts.TrajectoryFact._fields,
    Session: facts.SessionFact._fields,
    TrainingStart: facts.TrainingFact._fields,
    Qualification: facts.QualificationFact._fields,
    FollowUp: facts.FollowUpFact._fields,
    StaffAssignment: facts.StaffFact._fields,
}


def measure(room: Room) -> list[Row]:
    """Count the second of the two years in the vault."""
    workspace = vaults.unlock(room.many(), PASSPHRASE)
    last = date(2026, 12, 31)
    request = reports.ReportRequest("genk", date(2026, 1, 1), last, last)
    row = GENK.row(
        *medians(
            lambda: timed(lambda: reports.run(workspace, request)), lambda: timed(lambda: _bare(workspace)), 5
        )
    )
    workspace.close()
    return [row]


def _bare(workspace: Workspace) -> None:
    with workspace.database.read() as reader:
        for record, names in COLUMNS.items():
            columns = ", ".join(f'"{name}"' for name in names)
            source = f"SELECT {columns} FROM {record.kind} WHERE removed = 0 ORDER BY id"
            reader.connection.execute(source).fetchall()
