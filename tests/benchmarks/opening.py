"""From Enter behind the passphrase to a usable Vandaag over 20,000 dossiers, against an empty vault."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import vaults
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians

OPEN = Promise(
    name="from Enter to a usable Vandaag, 20,000 dossiers, apart from Argon2id",
    unit="ms",
    control="the same in an empty vault",
    at_most=300,
)
PROMISES = (OPEN,)
APPOINTMENTS, DUE, ABSENT = 40, 400, 200
TIMES = 5


def measure(room: Room) -> list[Row]:
    """Each turn is a process of its own, which opens the window as the program does."""
    many = planned(room)
    empty = room.folder / "none"
    vaults.create(empty, PASSPHRASE, cost=vaults.TESTS_ONLY).workspace.close()
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(room.folder / "config")}
    ours, bare = medians(lambda: _until_usable(many, env), lambda: _until_usable(empty, env), TIMES)
    return [OPEN.row(ours * 1000, bare * 1000)]


def planned(room: Room) -> Path:
    """The vault of 20,000 dossiers with a full day in it."""
    many = room.folder / "many-planned"
    if not many.exists():
        room.copy(room.many()).rename(many)
        office = vaults.unlock(many, PASSPHRASE)
        with office.database.write() as transaction:
            people = [row[0] for row in transaction.rows(Trajectory, ("id",))]
            transaction.save_all(_planned(people, office.today()))
        office.close()
    return many


def _planned(people: Sequence[str], today: date) -> Iterator[Record]:
    """A full day, and what is due or worrying, spread over these trajectories."""
    for place in range(DUE):
        own = people[place * 13]
        moment = "F2" if place % 2 else "F1"
        yield FollowUp(
            id=new_id(), trajectory_id=own, moment=moment, due_on=today - timedelta(days=place % 60)
        )
    for place in range(ABSENT):
        for ago in (9, 2):
            day = today - timedelta(days=ago)
            yield Session(id=new_id(), trajectory_id=people[place * 17], date=day, attended="AFWEZIG")
    for place in range(APPOINTMENTS):
        at = f"{8 + place // 4:02}:{place % 4 * 15:02}"
        own = people[place * 19]
        yield Session(id=new_id(), trajectory_id=own, date=today, starts_at=at, attended="GEPLAND")


def _until_usable(vault: Path, env: dict[str, str]) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.first_sight", str(vault)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    return float(told.stdout)
