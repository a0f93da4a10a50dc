"""What holds for all tests: no screen, no network, nothing of whoever runs them, nothing left to chance."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for name in [name for name in os.environ if name.startswith("LEERWINKEL_")]:
    del os.environ[name]

# Time limits are for benchmarks; what fails here fails on every machine, and leaves nothing in the tree.
settings.register_profile("checks", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("checks")


def pytest_configure(config: pytest.Config) -> None:
    """`make coverage` measures the workers of xdist, never what a test weighs, times or kills."""
    if not config.getoption("numprocesses", None):  # it has a number only in the process that starts them
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


OPENED: list[str] = []
PAGE, TAIL = 4096, 80  # a page of SQLCipher ends with 16 bytes of vector and 64 of HMAC


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


def _pages(database: Path, key: bytes) -> Iterator[bytes]:
    raw = database.read_bytes()
    for begin in range(0, len(raw), PAGE):
        page = raw[begin : begin + PAGE]
        vector, body = page[-TAIL : 16 - TAIL], page[16 if begin == 0 else 0 : -TAIL]
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        yield cipher.update(body) + cipher.finalize()


@pytest.fixture(scope="session")
def decrypted() -> Callable[[Path, bytes], bytes]:
    """Every page of a closed database as SQLCipher sees it, free ones and slack included (AES-256-CBC)."""
    return lambda database, key: b"".join(_pages(database, key))
