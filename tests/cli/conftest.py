"""Runs commands in this process, or for real, on vaults that open quickly."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from leerwinkel_desktop.cli import root
from leerwinkel_desktop.services import dossiers, enrolment, vaults
from leerwinkel_desktop.services.workspace import Workspace

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


@dataclass
class Shell:
    """Types commands; the window and the screenshots are written down instead of shown."""

    folder: Path
    windows: list[Path] = field(default_factory=list)
    screenshots: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.word = self.folder / "wachtzin.txt"
        self.word.write_text(PASSPHRASE + "\n", encoding="utf-8")

    def open_window(self, vault: Path) -> int:
        self.windows.append(vault)
        return 0

    def run(self, *words: object, env: dict[str, str | None] | None = None) -> Result:
        """Only what is typed."""
        command = root.build(self.open_window, self.screenshots.append)
        return CliRunner().invoke(command, [str(word) for word in words], env=env)

    def on(self, vault: str, *words: object) -> Result:
        """With the vault and its passphrase file, behind the command."""
        return self.run(*words, "--vault", self.folder / vault, "--passphrase-file", self.word)

    def data(self, vault: str, *words: object) -> Any:
        """The answer of a command that goes well, as a program reads it."""
        done = self.on(vault, *words, "--json")
        assert done.exit_code == 0, done.output
        assert done.stderr == ""
        return json.loads(done.stdout)

    def real(self, *words: object) -> subprocess.CompletedProcess[str]:
        """The program itself, in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "leerwinkel_desktop", *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
            timeout=60,
            check=False,
        )

    def make(self, folder: str, **more: Any) -> Workspace:
        return vaults.create(self.folder / folder, PASSPHRASE, cost=vaults.TESTS_ONLY, **more).workspace


def refused(done: Result, status: int, *words: str) -> None:
    """One sentence on standard error, nothing on standard output, no traceback."""
    assert done.exit_code == status, done.output
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    told = done.stderr.strip()
    assert "\n" not in told
    assert told.endswith(".")
    for word in words:
        assert word in told


@pytest.fixture(scope="session")
def assert_refused() -> Callable[..., None]:
    return refused


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


@pytest.fixture
def office(shell: Shell) -> Shell:
    """An office vault `office` with one dossier, MEC-2026-0001 or of the year it is."""
    made = shell.make("office")
    dossiers.create(made, first_name="Verzonnen", last_name="Voorbeeld", phone="0470 12 34 56")
    made.close()
    return shell


@pytest.fixture
def pair(office: Shell) -> Shell:
    """The office and an enrolled laptop `laptop` with one dossier, and a folder `stick`."""
    (office.folder / "stick").mkdir()
    hub = vaults.unlock(office.folder / "office", PASSPHRASE)
    laptop = office.make("laptop", role="laptop", name="Jobbeurs")
    enrolment.write_enrol_card(laptop, office.folder / "e.lwc")
    enrolment.welcome(hub, enrolment.read_enrol_card(office.folder / "e.lwc"), office.folder / "w.lwc")
    enrolment.accept(laptop, office.folder / "w.lwc")
    dossiers.create(laptop, first_name="Ander", last_name="Verzinsel")
    hub.close()
    laptop.close()
    return office
