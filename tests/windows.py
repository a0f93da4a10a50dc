"""What all tests of the window share: real vaults at the cheapest cost, and who answers the dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui import app, theme

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
TODAY = date(2026, 5, 12)
NOW_MS = 1_778_580_000_000


class Answers:
    """Answers the system's questions about files and printers as a user would; None thinks again."""

    def __init__(self) -> None:
        self.opened: Path | None = None
        self.saved: Path | None = None
        self.chosen: Path | None = None
        self.printed: Path | None = None

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:
        return self.opened

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
        return self.saved

    def folder(self, parent: QWidget, title: str) -> Path | None:
        return self.chosen

    def printer(self, parent: QWidget, title: str, copies: int = 1) -> QPrinter | None:
        if self.printed is None:
            return None
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.printed))
        printer.setResolution(150)
        printer.setCopyCount(copies)
        return printer


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The choices of whoever runs the tests do not count, and are not touched."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def dressed(qapp_cls, qapp):
    app.application()
    theme.apply(qapp, theme.theme("light"))
    return qapp


@pytest.fixture
def make_vault(tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    """Makes vaults under the test's own folder and closes them afterwards."""
    made: list[Workspace] = []

    def make(name: str = "vault", role: str = "office") -> Workspace:
        new = vaults.create(
            tmp_path / name,
            PASSPHRASE,
            role="laptop" if role == "laptop" else "office",
            cost=vaults.TESTS_ONLY,
            clock=lambda: NOW_MS,
            today=lambda: TODAY,
        )
        made.append(new.workspace)
        return new.workspace

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture
def answers() -> Answers:
    return Answers()
