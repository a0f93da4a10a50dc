"""Nothing ever speaks to a network (SECURITY.md §5); the hook that watches stands in tests/conftest.py."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPENS_ONE = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"


def opened(pytester_folder: Path, body: str) -> str:
    """What a run of one test with that body says, under the hook of this project."""
    (pytester_folder / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text())
    (pytester_folder / "test_one.py").write_text(f"def test_one():\n    {body}\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(pytester_folder)]
    return subprocess.run(command, cwd=pytester_folder, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6"])
def test_a_socket_fails_the_test_that_opens_it(tmp_path: Path, family):
    """The control, also for a program that swallows its errors."""
    body = (
        f"import socket, contextlib\n    with contextlib.suppress(Exception): socket.socket(socket.{family})"
    )
    assert "this test spoke to a network" in opened(tmp_path, body)


def test_what_opens_none_is_left_alone(tmp_path: Path):
    assert "1 passed" in opened(tmp_path, "import socket; socket.socketpair()[0].close()")


@pytest.fixture
def alone() -> list[str]:
    """The command that runs another one in a network namespace with nothing in it."""
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0:
        pytest.skip("an empty network namespace takes root and the command unshare")
    command = [unshare, "-n"]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let root make a network namespace")
    return command


def test_the_demo_runs_where_there_is_no_network(tmp_path: Path, alone):
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
    }
    control = subprocess.run(
        [*alone, sys.executable, "-c", OPENS_ONE], check=False, capture_output=True, text=True
    )
    assert "unreachable" in control.stderr, "the namespace has a network after all"
    command = [*alone, sys.executable, "-m", "leerwinkel_desktop", "demo", str(tmp_path / "demo")]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert any((tmp_path / "demo").rglob("*.pdf"))
