"""Real servers on loopback ports that the system chooses: WebDAV, SFTP and S3, and a line that can be cut."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import ipaddress
import itertools
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from wsgidav.wsgidav_app import WsgiDAVApp

from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.places import Place

USER, SECRET = "overdracht", "zeer geheim: stoel-wolk-7"
HOST = "127.0.0.1"
SEALED = b"age-encryption.org/v1\n-> mlkem768x25519 x\n"
CONNECTED: list[Any] = []
NUMBERS = itertools.count()


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        CONNECTED.append(arguments[1][0])


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Here sockets are opened on purpose, to this machine itself and nowhere else."""
    CONNECTED.clear()
    yield
    assert set(CONNECTED) <= {HOST}, "this test spoke to another machine"


def serve(app: Callable[..., Any], tls: tuple[Path, Path] | None = None) -> wsgi.Server:
    server = wsgi.Server((HOST, 0), app, numthreads=4, timeout=5, shutdown_timeout=1)
    if tls:
        server.ssl_adapter = BuiltinSSLAdapter(str(tls[0]), str(tls[1]))
    server.prepare()
    threading.Thread(target=server.serve, daemon=True).start()
    return server


def webdav_app(root: Path, *, readonly: bool = False) -> WsgiDAVApp:
    return WsgiDAVApp(
        {
            "provider_mapping": {"/": {"root": str(root), "readonly": readonly}},
            "simple_dc": {"user_mapping": {"*": {USER: {"password": SECRET}}}},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "verbose": 0,
            "logging": {"enable": False},
            "lock_storage": True,
            "dir_browser": {"enable": False},
        }
    )


@dataclass
class Server:
    """A running server: where its files are on this disk, and the place that leads there."""

    root: Path
    place: Place
    port: int
    seen: list[str] = field(default_factory=list)

    def files(self, place: Place) -> dict[str, int]:
        """The files of a place as they are on the disk, without asking the server."""
        found = self.disk(place).iterdir()
        return {one.name: one.stat().st_size for one in found if one.is_file()}

    def disk(self, place: Place) -> Path:
        return self.root / place.folder

    def through(self, place: Place, port: int) -> Place:
        return replace(place, address=place.address.replace(f":{self.port}", f":{port}"))


@pytest.fixture(scope="session")
def webdav(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("webdav")
    server = serve(webdav_app(root))
    port = server.bind_addr[1]
    place = Place(name="Wolk", kind="WEBDAV", address=f"http://{HOST}:{port}", user=USER, secret=SECRET)
    yield Server(root, place, port)
    server.stop()


class _Door(asyncssh.SSHServer):
    def __init__(self, seen: list[str], visits: list[asyncssh.SSHServerConnection]) -> None:
        self._seen, self._visits = seen, visits

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._visits.append(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self._seen.append(username)
        return (username, password) == (USER, SECRET)


class _Loop:
    """An event loop in a thread of its own, for servers that need one."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, call: Callable[[], Any]) -> Any:
        async def awaited() -> Any:
            return await call()

        return asyncio.run_coroutine_threadsafe(awaited(), self.loop).result(20)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


@pytest.fixture(scope="session")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts SFTP servers, each with a key of its own."""
    loop, started = _Loop(), []
    visits: list[asyncssh.SSHServerConnection] = []

    def start(factory: type[asyncssh.SFTPServer] = asyncssh.SFTPServer) -> Server:
        root, seen = tmp_path_factory.mktemp("sftp"), list[str]()
        key = asyncssh.generate_private_key("ssh-ed25519")
        listener = loop.run(
            lambda: asyncssh.create_server(
                lambda: _Door(seen, visits),
                HOST,
                0,
                server_host_keys=[key],
                sftp_factory=lambda channel: factory(channel, chroot=str(root).encode()),
            )
        )
        started.append(listener)
        port = listener.get_port()
        place = Place(
            name="Server",
            kind="SFTP",
            address=f"{HOST}:{port}",
            user=USER,
            secret=SECRET,
            host_key=key.export_public_key().decode().strip(),
        )
        return Server(root, place, port, seen)

    yield start

    async def stop() -> None:
        for listener in started:
            listener.close()
            await listener.wait_closed()
        for visit in visits:
            visit.abort()
            await visit.wait_closed()

    loop.run(stop)
    loop.close()


@pytest.fixture(scope="session")
def sftp(ssh: Callable[..., Server]) -> Server:
    return ssh()


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("s3")
    program = Path(sys.executable).with_name("rclone" + (".exe" if sys.platform == "win32" else ""))
    command = [str(program), "serve", "s3", "--addr", f"{HOST}:0", "--config", "", "--dir-cache-time", "0"]
    command += ["--auth-key", f"{USER},{SECRET}", str(root)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told = next(filter(None, (re.search(rf"http://{HOST}:(\d+)", line) for line in process.stderr)))
    drain = threading.Thread(target=process.stderr.read, daemon=True)
    drain.start()
    port = int(told[1])
    place = Place(name="Emmer", kind="S3", address=f"http://{HOST}:{port}", user=USER, secret=SECRET)
    yield Server(root, place, port)
    process.terminate()
    process.wait(10)
    drain.join()
    process.stderr.close()


@pytest.fixture(scope="session")
def near(tmp_path_factory: pytest.TempPathFactory) -> Server:
    root = tmp_path_factory.mktemp("near")
    return Server(root, Place(name="Map", kind="FOLDER", address=str(root)), 0)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Any:
    """The server of the kind that a test names with `indirect`."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def place(server: Server) -> Place:
    """An empty folder of that server's, with a space and an accent in its name."""
    folder = f"gedeeld/één map {next(NUMBERS)}"
    (server.root / folder).mkdir(parents=True)
    return replace(server.place, folder=folder)


class Line:
    """A line to a server, which is cut for good once so many bytes went over it, or falls silent (`hold`)."""

    def __init__(self, port: int, upto: int, *, hold: bool = False) -> None:
        self._port, self._left, self._hold = port, upto, hold
        self._done = threading.Event()
        self._door = socket.create_server((HOST, 0))
        self.port = self._door.getsockname()[1]
        self._open: list[socket.socket] = [self._door]
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                far = socket.create_connection((HOST, self._port))
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                with self._lock:
                    self._left -= len(data)
                if self._left < 0 and self._hold:
                    self._done.wait(60)
                    return
                if self._left < 0:
                    self.cut()
                    return
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        self._done.set()
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@pytest.fixture
def line() -> Iterator[Callable[..., Line]]:
    lines: list[Line] = []

    def lay(port: int, upto: int, *, hold: bool = False) -> Line:
        lines.append(Line(port, upto, hold=hold))
        return lines[-1]

    yield lay
    for one in lines:
        one.cut()


@pytest.fixture
def sealed(tmp_path: Path) -> Callable[..., Path]:
    """Makes a file that begins as a sealed bundle does."""

    def make(name: str = "laptop-01-1-3-é9.lwb", size: int = 3 * 2**20) -> Path:
        path = tmp_path / name
        path.write_bytes(SEALED + bytes(range(256)) * ((size - len(SEALED)) // 256))
        return path

    return make


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that nobody vouches for."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(1))
        .not_valid_after(now + datetime.timedelta(1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    (folder / "c.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "k.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return folder / "c.pem", folder / "k.pem"


class Tools:
    USER, SECRET, HOST, SEALED = USER, SECRET, HOST, SEALED
    serve, webdav_app = staticmethod(serve), staticmethod(webdav_app)


@pytest.fixture(scope="session")
def servers() -> type[Tools]:
    return Tools


@pytest.fixture
def workspace(laptop: Workspace) -> Workspace:
    return laptop
