"""What the report tests share: an office with a handful of people."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.workspace import Workspace


def key(name: str) -> str:
    """A fixed id for a record in a test."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    """Eight women and three men; one has a place that looks like a formula."""
    made = vaults.create(tmp_path / "vault", "een lange zin voor deze test", cost=vaults.TESTS_ONLY)
    with made.workspace.database.write() as transaction:
        for at in range(11):
            client, dossier, trajectory = key(f"c{at}"), key(f"d{at}"), key(f"t{at}")
            transaction.save_all(
                [
                    Client(id=client, client_no=f"K-{at}", first_name="Linde", gender="V" if at < 8 else "M"),
                    Dossier(id=dossier, client_id=client),
                    Trajectory(
                        id=trajectory,
                        dossier_id=dossier,
                        intake_date=date(2025, 3, 1),
                        programme="CITY" if at < 6 else "LIO",
                        intake_location="Lier",
                        level_at_intake="10",
                    ),
                    Session(id=key(f"s{at}"), trajectory_id=trajectory, date=date(2025, 3, 1), attended="J"),
                ]
            )
        transaction.save(StaffAssignment(id=key("p"), fte=Decimal("0.5"), starts_on=date(2025, 1, 1)))
    yield made.workspace
    made.workspace.close()
