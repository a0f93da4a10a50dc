"""The watchdog counts the work of one act on the window's thread, and no time that merely goes by."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from leerwinkel_desktop.ui import theme
from tests.journeys.watchdog import LONG_S, Watchdog

CAN_LOOK = hasattr(signal, "setitimer")


@pytest.fixture
def dog():
    """A watchdog that is stopped, whatever happens."""
    made = Watchdog()
    yield made
    made.stop()


def worked(seconds: float) -> None:
    """Work in our window for so long, by the thread's own clock."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        theme.theme("light").style_sheet()


def test_a_long_stretch_is_named(dog, dressed, monkeypatch):
    monkeypatch.setattr(theme, "load_fonts", lambda: worked(2 * LONG_S))
    dog.start()
    theme.apply(dressed, theme.theme("light"))
    told = dog.stop()
    assert bool(told) is CAN_LOOK
    assert all("ms in apply" in one for one in told)


def test_waiting_is_no_work(dog, dressed, monkeypatch):
    monkeypatch.setattr(theme, "load_fonts", lambda: threading.Event().wait(2 * LONG_S))
    dog.start()
    theme.apply(dressed, theme.theme("light"))
    assert dog.stop() == []
