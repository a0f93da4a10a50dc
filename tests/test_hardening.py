"""What is in memory does not come into a crash file."""

from __future__ import annotations

import subprocess
import sys

import pytest

SAYS = """
import ctypes, resource
def tell(): print(resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
tell()
from leerwinkel_desktop.hardening import harden
harden()
tell()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="these switches are Linux's")
def test_no_core_dumps_and_no_looking_in():
    done = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)
    before, after = done.stdout.split("\n")[:2]
    assert before.split()[1] == "1", "the control: a program can be looked into unless it asks not to"
    assert after == "0 0"
