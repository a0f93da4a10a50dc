"""The real window with its real worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.main_window import MainWindow
from tests.windows import Answers, answers, dressed, make_vault, own_settings

__all__ = ["answers", "dressed", "make_vault", "own_settings"]


@pytest.fixture
def open_window(qtbot, dressed, answers: Answers, tmp_path: Path):
    """Opens the real window with its real worker on a vault that exists, or on a first run."""
    windows: list[MainWindow] = []

    def make(name: str = "vault", **more) -> MainWindow:
        folder = tmp_path / name
        window = MainWindow(
            folder, JobRunner(), answers, new=not vaults.exists(folder), cost=vaults.TESTS_ONLY, **more
        )
        qtbot.addWidget(window)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        return window

    yield make
    for window in windows:
        window.close()
        window.jobs.close()  # also for a window that refuses to close
