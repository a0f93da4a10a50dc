"""What the subjects share during one run: a folder that goes away, vaults with people in them, a voice."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.services import enrolment, exchange, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.benchmarks.crowd import crowd, crowd_with_outcomes, in_steps

PASSPHRASE = "zes verzonnen woorden van een meting"
MANY = 20_000
CROWD = 100_000


@dataclass(slots=True)
class Room:
    """`folder` is for this run only; `cache` outlives it; `say` prints a line that is no row."""

    folder: Path
    cache: Path
    say: Callable[[str], None]
    _handed: dict[tuple[int, int], tuple[Path, Path]] = field(default_factory=dict)

    def many(self) -> Path:
        """The folder of an office vault with 20,000 dossiers and as many trajectories."""
        folder = self.folder / "many"
        if not folder.exists():
            office = vaults.create(folder, PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
            with office.database.write() as transaction:
                transaction.save_all(crowd_with_outcomes(MANY))
            office.close()
        return folder

    def handed_over(self, dossiers: int, steps: int = 1) -> tuple[Path, Path]:
        """An office that waits for a laptop's first bundle, and that bundle: (vault folder, bundle)."""
        key = dossiers, steps
        if key not in self._handed:
            laptop, office = self.laptop(dossiers, f"sender-{dossiers}-{steps}", steps)
            written = exchange.write_bundle(laptop, self.folder)
            laptop.close()
            self._handed[key] = office, written.path
        return self._handed[key]

    def crowded(self) -> Path:
        """The folder of a laptop vault with 100,000 clients and their dossiers, all confirmed."""
        folder = self.folder / "crowded"
        if not folder.exists():
            self.say(f"making a vault of {CROWD} dossiers …")
            laptop, _ = self.laptop(0, "crowded")
            _fill(laptop)
            with laptop.database.write() as transaction:
                transaction.connection.execute(
                    "UPDATE actor SET acked = upto, acked_chain = chain WHERE number = 1"
                )
            laptop.close()
        return folder / "laptop"

    def crowded_office(self) -> tuple[Path, Path]:
        """The folders of an office with 100,000 clients and their dossiers, and of its laptop with none."""
        folder = self.folder / "crowded-office"
        if not folder.exists():
            self.say(f"making an office of {CROWD} dossiers …")
            laptop, path = self.laptop(0, folder.name)
            laptop.close()
            office = vaults.unlock(path, PASSPHRASE)
            _fill(office)
            office.close()
        return folder / "office", folder / "laptop"

    def laptop(self, dossiers: int, name: str, steps: int = 1) -> tuple[Workspace, Path]:
        """An enrolled laptop with so many dossiers, and the folder of its office."""
        folder = self.folder / name
        folder.mkdir()
        office = vaults.create(folder / "office", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
        laptop = vaults.create(folder / "laptop", PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY).workspace
        enrolment.write_enrol_card(laptop, folder / "enrol")
        enrolment.welcome(office, enrolment.read_enrol_card(folder / "enrol"), folder / "welcome")
        enrolment.accept(laptop, folder / "welcome")
        office.close()
        with laptop.database.write() as transaction:
            transaction.save_all(in_steps(crowd(dossiers), steps))
        return laptop, folder / "office"

    def copy(self, vault: Path) -> Path:
        """A fresh copy of a closed vault; the copy before it is gone."""
        target = self.folder / "copy"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(vault, target)
        return target


def _fill(workspace: Workspace) -> None:
    with workspace.database.write() as transaction:
        transaction.save_all(each for each in crowd(CROWD) if isinstance(each, Client | Dossier))
