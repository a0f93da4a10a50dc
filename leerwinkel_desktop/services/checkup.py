"""Looks whether a machine is fit for work: vault, clock, disk, fonts and printer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leerwinkel_desktop.printing.fonts import faces
from leerwinkel_desktop.services import problems, vaults
from leerwinkel_desktop.services.workspace import Workspace, now_ms

LEAST_FREE = 500 * 1024 * 1024
LEAST_YEAR = 2026
BEHIND_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `good` is None where it could not be."""

    what: str
    good: bool | None
    detail: str


def run(folder: Path, passphrase: str | None) -> list[Finding]:
    """Look at everything; without a passphrase the vault is only seen from outside."""
    return [*_vault(folder, passphrase), _disk(folder), _fonts(), _printer()]


def _vault(folder: Path, passphrase: str | None) -> Iterator[Finding]:
    if not vaults.exists(folder):
        yield Finding("kluis", False, "In deze map staat geen kluis.")
        yield _clock(0)
        return
    if passphrase is None:
        yield Finding("kluis", None, "Geef --passphrase-file om de kluis te openen.")
        yield _clock(0)
        return
    try:
        good, last_ms = _opened(folder, passphrase)
    except vaults.UNLOCK_PROBLEMS as error:
        yield Finding("kluis", False, problems.sentence(error) or "")
        yield _clock(0)
        return
    yield Finding("kluis", good, "Elke bladzijde is nagelezen." if good else "Beschadigd.")
    yield _clock(last_ms)


def _opened(folder: Path, passphrase: str) -> tuple[bool, int]:
    workspace = vaults.unlock(folder, passphrase)
    try:
        return vaults.check(workspace).good, _last_ms(workspace)
    finally:
        workspace.close()


def _last_ms(workspace: Workspace) -> int:
    with workspace.database.read() as reader:
        return int(reader.connection.execute("SELECT hlc FROM device").fetchone()[0]) >> 16


def _clock(last_ms: int) -> Finding:
    today = date.today()
    wrong = today.year < LEAST_YEAR or now_ms() + BEHIND_MS < last_ms
    return Finding("klok", not wrong, f"Vandaag is het {today.strftime('%d/%m/%Y')}.")


def _disk(folder: Path) -> Finding:
    try:
        place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        free = shutil.disk_usage(place).free
    except OSError:
        return Finding("schijf", False, "Deze map is niet te bereiken.")
    return Finding("schijf", free >= LEAST_FREE, f"{free // (1024 * 1024)} MiB vrij.")


def _fonts() -> Finding:
    faces()
    return Finding("letters", True, "De letters voor scherm en papier zijn er.")


def _printer() -> Finding:
    lpstat = shutil.which("lpstat")
    if sys.platform == "win32" or lpstat is None:
        return Finding("printer", None, "Druk een proefblad af vanuit het venster.")
    try:
        found = subprocess.run([lpstat, "-e"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Finding("printer", None, "De afdrukdienst antwoordt niet.")
    names = found.stdout.split()
    return Finding("printer", bool(names), f"{len(names)} printer(s) gevonden.")
