"""A desk on a real vault, with immediate jobs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.widgets.messages import Banner, Toast
from tests.windows import Answers, answers, dressed, make_vault, own_settings

__all__ = ["answers", "dressed", "make_vault", "own_settings"]


@pytest.fixture
def workspace(make_vault: Callable[..., Workspace]) -> Workspace:
    return make_vault()


@pytest.fixture
def ground(qtbot, dressed):
    """A widget on which messages can be shown."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def banner(ground: QWidget) -> Banner:
    made = Banner()
    made.setParent(ground)
    return made


@pytest.fixture
def toast(ground: QWidget) -> Toast:
    return Toast(ground)


@pytest.fixture
def desk(workspace: Workspace, answers: Answers, banner: Banner, toast: Toast, ground: QWidget) -> Desk:
    return Desk(workspace, ImmediateJobs(), answers, banner, toast, ground)
