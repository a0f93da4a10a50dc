"""What holds for all tests: no screen, no network, nothing of whoever runs them, nothing left to chance."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in [name for name in os.environ if name.startswith("LEERWINKEL_")]:
    del os.environ[name]

# Time limits are for benchmarks; what fails here fails on every machine, and leaves nothing in the tree.
settings.register_profile("checks", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("checks")

OPENED: list[str] = []


def _watch_sockets(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: nothing of ours ever speaks to a network (SECURITY.md §5 "no network")."""
    if event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6):
        OPENED.append(f"socket of family {arguments[1]!s}")
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        OPENED.append(event)


sys.addaudithook(_watch_sockets)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fails the test during which a socket was opened, also when the program hid the error."""
    OPENED.clear()
    yield
    assert not OPENED, f"this test spoke to a network: {OPENED}"
