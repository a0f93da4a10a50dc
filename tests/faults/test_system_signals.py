"""What the system says over a real bus, and what it says in Windows' words, locks; other words do not."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest

from leerwinkel_desktop.ui import windows_messages
from leerwinkel_desktop.ui.windows_messages import LID, PowerSetting, says_away

BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """The address of a bus of our own, which stands in for the system's and the session's."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("the signals of the system come over D-Bus, and dbus-daemon is not here")
    (tmp_path / "bus.conf").write_text(BUS.format(folder=tmp_path))
    with subprocess.Popen(
        [daemon, f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.kill()


@pytest.mark.parametrize(
    ("signal", "said"),
    [
        ("sleep", "away"),
        ("wake", "here"),
        ("lock", "away"),
        ("switch", "away"),
        ("hint", "here"),
        ("lid", "away"),
        ("saver", "away"),
        ("unlocked", "here"),
    ],
)
def test_the_system_says_that_the_user_goes_away(tmp_path: Path, start, bus, signal, said):
    child = start("tests.faults.bus", signal, bus=bus)
    assert child.hear() == said


def message(number: int, word: int, long: int = 0) -> wintypes.MSG:
    made = wintypes.MSG()
    made.message, made.wParam, made.lParam = number, word, long
    return made


@pytest.mark.parametrize(
    ("number", "word", "away"),
    [
        (windows_messages.WM_WTSSESSION_CHANGE, 7, True),
        (windows_messages.WM_WTSSESSION_CHANGE, 2, True),
        (windows_messages.WM_WTSSESSION_CHANGE, 8, False),
        (windows_messages.WM_POWERBROADCAST, windows_messages.PBT_APMSUSPEND, True),
        (windows_messages.WM_POWERBROADCAST, 0x0012, False),
        (0x0100, 7, False),
    ],
)
def test_messages_of_windows_are_read(number, word, away):
    assert says_away(message(number, word)) is away


@pytest.mark.parametrize(("value", "away"), [(0, True), (1, False)])
def test_the_lid_of_windows_is_read(value, away):
    setting = PowerSetting(
        (ctypes.c_byte * 16)(*[byte - 256 * (byte > 127) for byte in LID.bytes_le]), 4, value
    )
    made = message(
        windows_messages.WM_POWERBROADCAST,
        windows_messages.PBT_POWERSETTINGCHANGE,
        ctypes.addressof(setting),
    )
    assert says_away(made) is away
    setting.guid[0] ^= 1
    assert not says_away(made)
