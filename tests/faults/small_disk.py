"""Does one act on a disk that is too small, at many sizes, inside a mount namespace of its own.

usage: python -m tests.faults.small_disk PREPARED DISK ACT COUNT [careless]    (passphrase on standard input)

PREPARED holds closed vaults; DISK is an empty folder on which small disks are mounted. Prints one line of
JSON: for each size how many bytes were free, whether the act went well, and how many bytes it asked for.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from leerwinkel_desktop.services import along, backups, dossiers, exchange, problems, users, vaults
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store.errors import DiskFull
from tests.faults.whole import consistent

PAGE = 4096
AMPLE = 64 * 1024 * 1024
MOST = {"import": 1600, "export": 40, "save": 60, "backup": 320, "receipt": 40, "key": 3200, "give": 800}
MOST |= {"given": 1200, "snapshot": 1200, "let go": 400}
"""Up to how many pages are tried; each act goes well within them."""
WHOSE = {"export": "laptop", "save": "laptop"} | dict.fromkeys(("given", "snapshot", "let go"), "laptop-1")
TABLES = ("change", "client", "bundle", "audit_entry")


class Room:
    """One small disk with the vault that works, and what may stand there."""

    def __init__(self, prepared: Path, disk: Path, act: str, passphrase: str) -> None:
        self.prepared, self.disk, self.act = prepared, disk, act
        self.passphrase = passphrase

    def size(self, size: int) -> None:
        options = f"remount,size={max(1, -(-size // PAGE)) * PAGE}"  # a size of 0 has no limit
        subprocess.run(["mount", "-o", options, str(self.disk)], check=True)

    def free(self, size: int) -> None:
        """Leave so many bytes free."""
        self.size(shutil.disk_usage(self.disk).used + size)

    @contextmanager
    def opened(self) -> Iterator[Workspace]:
        """The vault of the act: on the small disk, or beside it when only its work goes there."""
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={AMPLE}", "small", str(self.disk)], check=True)
        vault = self.prepared / WHOSE.get(self.act, "office")
        here = self.disk.parent if self.act in ("export", "backup", "receipt") else self.disk
        folder = Path(shutil.copytree(vault, here / "vault"))
        workspace = vaults.unlock(folder, self.passphrase)
        if self.act == "key":
            with workspace.database.write() as transaction:
                transaction.set_setting("much", "lang" * DiskFull.ONE_SAVE)
            workspace.database.fold()
        try:
            yield workspace
        finally:
            workspace.close()
            shutil.rmtree(folder)
            subprocess.run(["umount", str(self.disk)], check=True)


def do(room: Room, workspace: Workspace) -> None:
    if room.act == "import":
        (bundle,) = (room.prepared / "stick").iterdir()
        exchange.import_bundle(workspace, bundle)
    elif room.act == "export":
        exchange.write_bundle(workspace, room.disk)
    elif room.act == "save":
        dossiers.create(workspace, first_name="Nieuw", notes="lang " * 600)
    elif room.act == "backup":
        backups.write(workspace, room.disk / "kopie.lwk")
    elif room.act == "key":
        users.change_key(workspace)
    elif room.act in ("given", "snapshot"):
        (bundle,) = (room.prepared / room.act).iterdir()
        exchange.import_bundle(workspace, bundle)
    elif room.act == "let go":
        along.let_go_here(workspace, [one.client_id for one in along.here(workspace)])
    elif room.act == "give":
        exchange.write_for_laptop(workspace, exchange.laptop_actor(workspace, 3), room.disk)
    else:
        exchange.write_for_laptop(workspace, exchange.laptop_actor(workspace, 1), room.disk)


def picture(room: Room, workspace: Workspace) -> Any:
    """What stands in the vault (given lines may stand before a file carries them), and the files."""
    consistent(workspace)
    with workspace.database.read() as reader:
        ask = reader.connection.execute
        rows = [ask(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES]
        heads = [(peer.upto, peer.received) for peer in devices.peers(reader.connection)]
    files = sorted(str(path.relative_to(room.disk)) for path in room.disk.rglob("*") if path.is_file())
    return rows, heads, [name for name in files if not name.endswith(("-wal", "-shm"))]


def tried(room: Room, free: int) -> tuple[int, bool, int]:
    """The act with so many bytes free: done, or nothing at all, and then done with what it asks for."""
    with room.opened() as workspace:
        before = picture(room, workspace)
        room.free(free)
        full = asked(room, workspace)
        room.size(AMPLE)
        if full is not None:
            assert picture(room, workspace) == before, "something half is left"
            assert f"{-(-full.needed // 1_000_000)} MB" in (problems.sentence(full) or "")
            room.free(full.needed)
            do(room, workspace)
            room.size(AMPLE)
        assert picture(room, workspace) != before
        return free, full is None, 0 if full is None else full.needed


def asked(room: Room, workspace: Workspace) -> DiskFull | None:
    try:
        do(room, workspace)
    except DiskFull as full:
        return full
    return None


def careless(path: Path, size: int | None = None) -> Any:
    """A file that is written under its final name from the beginning."""

    @contextmanager
    def file() -> Iterator[BinaryIO]:
        try:
            with path.open("wb") as out:
                yield out
        except OSError as error:
            raise DiskFull(size) from error

    return file()


def main() -> None:
    prepared, disk, act, count = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    if sys.argv[5:]:
        for module in (backups, exchange.writing):
            vars(module)["durable"] = careless
    room = Room(prepared, disk, act, sys.stdin.readline().rstrip())
    step: Callable[[int], int] = lambda at: MOST[act] * at // max(1, count - 1) * PAGE  # noqa: E731
    print(json.dumps([tried(room, step(at)) for at in range(count)]))


if __name__ == "__main__":
    main()
