"""What a disk holds after the power went: replays a log of system calls and forgets what was not sure yet.

The model is what POSIX promises and no more:

- What was written to a file before its last fsync is there. Later writes and truncations may be there in any
  combination, each whole, not at all, or only some of its sectors (512 or 4,096 bytes).
- A name that came, went or moved is sure after an fsync of its folder. Before that the entries of a folder
  reach the disk in order, as far as chance will have it; a move between two folders is one step for both.
- The shared-memory file of SQLite is not written but mapped: any bytes may stand there.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CALLS = (
    "openat,creat,close,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,truncate,fallocate,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,mkdir,mkdirat,rmdir,lseek,dup,dup2,dup3,"
    "sendfile,copy_file_range"
)
MAPPED = "-shm"
_CALL = re.compile(r"^\d+\s+(\w+)\((.*)\)\s+= (-?\d+)")
_CUT = re.compile(r"^(\d+)\s+(.*) <unfinished \.\.\.>$")
_AGAIN = re.compile(r"^(\d+)\s+<\.\.\. \w+ resumed>(.*)$")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FOLDER = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass
class Inode:
    """A file apart from its names: what is on the disk for sure, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)
    """Writes (place, bytes) and truncations (size, None), in order."""

    def size(self) -> int:
        size = len(self.sure)
        for place, data in self.since:
            size = place if data is None else max(size, place + len(data))
        return size

    def sync(self) -> None:
        self.sure = _applied(self.sure, self.since)
        self.since = []


def _applied(begin: bytes | bytearray, writes: Sequence[tuple[int, bytes | None]]) -> bytearray:
    content = bytearray(begin)
    for place, data in writes:
        end = place + len(data or b"")
        content.extend(bytes(max(0, end - len(content))))
        if data is None:
            del content[place:]
        else:
            content[place:end] = data
    return content


@dataclass
class Entry:
    """One step in the names: `path` now leads to `inode` (None: to nothing), and `gone` leads nowhere."""

    folders: frozenset[str]
    path: str | None
    inode: Inode | None
    gone: str | None
    folder: bool = False
    sure: bool = False


class Disk:
    """The files under one folder, as a program that runs sees them and as they would be found later."""

    def __init__(self, root: Path) -> None:
        """Everything that stands there now is on the disk."""
        self.root = root
        self._begin = {
            str(path): None if path.is_dir() else path.read_bytes() for path in sorted(root.rglob("*"))
        }
        self.restart()

    def restart(self) -> None:
        """Everything again as it was at first."""
        self._entries: list[Entry] = []
        self.names: dict[str, Inode | None] = {
            path: None if content is None else Inode(bytearray(content))
            for path, content in self._begin.items()
        }
        self._first = dict(self.names)

    def file(self, path: str) -> Inode:
        """The file under that name."""
        found = self.names[path]
        assert found is not None
        return found

    # What a program does

    def create(self, path: str) -> Inode:
        made = Inode()
        self.names[path] = made
        self._enter(Entry(frozenset({_parent(path)}), path, made, None))
        return made

    def mkdir(self, path: str) -> None:
        self.names[path] = None
        self._enter(Entry(frozenset({_parent(path), path}), path, None, None, folder=True))

    def unlink(self, path: str) -> None:
        del self.names[path]
        self._enter(Entry(frozenset({_parent(path)}), None, None, path))

    def rename(self, old: str, new: str) -> None:
        found = self.file(old)
        del self.names[old]
        self.names[new] = found
        self._enter(Entry(frozenset({_parent(old), _parent(new)}), new, found, old))

    def sync_folder(self, path: str) -> None:
        reach = {path}
        for entry in reversed(self._entries):
            if entry.folders & reach:
                entry.sure = True
                reach |= entry.folders

    def _enter(self, entry: Entry) -> None:
        self._entries.append(entry)

    # What is found later

    def found(self, chance: random.Random) -> dict[str, bytes | None]:
        """One way in which the disk may be found: path -> bytes, or None for a folder."""
        how, sector = chance.choice(_WAYS), chance.choice((512, 4096))
        names = self._names(chance, chance.choice((0.0, 0.5, 0.9, 1.0)))
        contents = {id(one): _left(one, chance, how, sector) for one in names.values() if one is not None}
        return {path: None if one is None else contents[id(one)] for path, one in names.items()}

    def seen(self) -> dict[str, bytes | None]:
        """What a program sees that reads now."""
        return {
            path: None if one is None else bytes(_applied(one.sure, one.since))
            for path, one in self.names.items()
        }

    def _names(self, chance: random.Random, share: float) -> dict[str, Inode | None]:
        names, stopped = dict(self._first), set[str]()
        for entry in self._entries:
            if not entry.sure and (entry.folders & stopped or chance.random() >= share):
                stopped |= entry.folders
                continue
            if entry.gone is not None:
                names.pop(entry.gone)
            if entry.path is not None:
                names[entry.path] = entry.inode
        return names


_WAYS = ("nothing", "all", "in order", "some", "sectors", "sectors")


def _left(inode: Inode, chance: random.Random, how: str, sector: int) -> bytes:
    since = inode.since
    if how == "nothing":
        since = []
    elif how == "in order":
        since = since[: chance.randint(0, len(since))]
    elif how == "some":
        since = [one for one in since if chance.random() < 0.5]
    elif how == "sectors":
        since = [piece for one in since for piece in _pieces(one, sector) if chance.random() < 0.7]
    return bytes(_applied(inode.sure, since))


def _pieces(write: tuple[int, bytes | None], sector: int) -> Iterator[tuple[int, bytes | None]]:
    place, data = write
    if data is None:
        yield write
        return
    begin = place
    while begin < place + len(data):
        end = min(begin // sector * sector + sector, place + len(data))
        yield begin, data[begin - place : end - place]
        begin = end


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


def write_out(found: dict[str, bytes | None], root: Path, target: Path, chance: random.Random) -> None:
    """Put a disk that was found into a folder; shared memory holds whatever it likes."""
    target.mkdir()
    for path, content in sorted(found.items()):
        place = target / Path(path).relative_to(root)
        if content is None:
            place.mkdir()
        elif path.endswith(MAPPED):
            place.write_bytes(chance.randbytes(chance.choice((0, 32_768))))
        else:
            place.write_bytes(content)


# The recording


@dataclass
class _Handle:
    path: str
    inode: Inode | None
    place: int = 0
    append: bool = False

    def whole(self) -> bytes:
        """What a program reads."""
        assert self.inode is not None
        return bytes(_applied(self.inode.sure, self.inode.since))

    def write(self, data: bytes) -> None:
        """Write where it stands."""
        assert self.inode is not None
        place = self.inode.size() if self.append else self.place
        self.inode.since.append((place, data))
        self.place = place + len(data)


class Recording:
    """The steps of a program under one folder, to be replayed as far as one likes."""

    def __init__(self, log: Path, root: Path) -> None:
        """Read what strace wrote down; each call names the file that it is about."""
        marks = ("".join(f"\\x{byte:02x}" for byte in str(root).encode()), "1<")
        calls = _calls(log.read_text(encoding="ascii").splitlines())
        self.calls = [call for call in calls if marks[0] in call[1] or call[1].startswith(marks[1])]

    def replay(self, disk: Disk, upto: int | None = None) -> list[str]:
        """Do the first so many calls to a disk as it began (all by default); gives what was said by then."""
        disk.restart()
        told: list[str] = []
        handles: dict[int, _Handle] = {}
        for name, arguments, result in self.calls[:upto]:
            _do(disk, handles, told, name, arguments, result)
        return told


def _calls(lines: Sequence[str]) -> Iterator[tuple[str, str, int]]:
    cut: dict[str, str] = {}
    for line in lines:
        if unfinished := _CUT.match(line):
            cut[unfinished[1]] = unfinished[2]
            continue
        if again := _AGAIN.match(line):
            line = f"{again[1]} {cut.pop(again[1])}{again[2]}"
        if (call := _CALL.match(line)) and int(call[3]) >= 0:
            yield call[1], call[2], int(call[3])


def _paths(arguments: str) -> list[str]:
    """The paths among the arguments, each in the folder that stands before it when it is relative."""
    found, folder = [], "/"
    for piece in arguments.split(", "):
        if at := _FOLDER.search(piece):
            folder = _bytes(at[1]).decode()
        elif named := _HEX.match(piece):
            found.append(str(Path(folder) / _bytes(named[1]).decode()))
    return found


def _do(
    disk: Disk, handles: dict[int, _Handle], told: list[str], name: str, arguments: str, result: int
) -> None:
    number = re.match(r"\d+", arguments)
    handle = handles.get(int(number[0])) if number else None
    if name in ("openat", "creat"):
        (path,) = _paths(arguments)
        if path == str(disk.root) or path.startswith(f"{disk.root}/"):
            handles[result] = _opened(disk, path, arguments)
        else:
            handles.pop(result, None)
    elif name in ("rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir"):
        paths = _paths(arguments)
        if all(path.startswith(f"{disk.root}/") for path in paths):
            _on_names(disk, name, paths)
    elif name == "write" and arguments.startswith("1<"):
        told += _text(arguments).decode().split()
    elif name == "close" and number:
        handles.pop(int(number[0]), None)
    elif name == "sendfile" and handle is not None:
        source = re.search(r">, (\d+)<[^[]*\[(\d+)\]", arguments)
        assert source is not None
        begin, copied = int(source[2]), handles[int(source[1])].whole()
        handle.write(copied[begin : begin + result])
    elif handle is not None:
        _on_file(disk, handle, name, arguments, result)


def _on_names(disk: Disk, name: str, paths: Sequence[str]) -> None:
    if name.startswith("rename"):
        disk.rename(*paths)
    elif name.startswith("mkdir"):
        disk.mkdir(*paths)
    else:
        disk.unlink(*paths)


def _opened(disk: Disk, path: str, arguments: str) -> _Handle:
    inode = disk.names.get(path)
    if "O_CREAT" in arguments and path not in disk.names:
        inode = disk.create(path)
    elif "O_TRUNC" in arguments and inode is not None:
        inode.since.append((0, None))
    return _Handle(path, inode, append="O_APPEND" in arguments)


def _text(arguments: str) -> bytes:
    found = re.search(r'>, "((?:\\x[0-9a-f]{2})*)"(\.\.\.)?', arguments)
    assert found is not None
    assert found[2] is None, "the recording does not hold all bytes"
    return _bytes(found[1])


def _on_file(disk: Disk, handle: _Handle, name: str, arguments: str, result: int) -> None:
    inode = handle.inode
    if name in ("fsync", "fdatasync"):
        if inode is None:
            disk.sync_folder(handle.path)
        else:
            inode.sync()
        return
    assert inode is not None, (name, handle.path)
    if name == "write":
        handle.write(_text(arguments)[:result])
    elif name == "pwrite64":
        inode.since.append((int(arguments.rpartition(", ")[2]), _text(arguments)[:result]))
    elif name == "lseek":
        handle.place = result
    elif name == "ftruncate":
        inode.since.append((int(arguments.rpartition(", ")[2]), None))
    else:
        raise AssertionError(f"a call that the model does not know: {name} on {handle.path}")


def recorded(code: str, *arguments: object, typed: str, root: Path) -> Recording:
    """Run code in a child and write down what it does to the files under `root`. The child must end well."""
    strace = shutil.which("strace")
    assert strace is not None, "these tests record writes with strace: run `setup/system-libraries tests`"
    log = root.with_name("calls.txt")
    command = [strace, "-f", "-qq", "-y", "-xx", "-s", "8000000", "-e", f"trace={CALLS}", "-e", "signal=none"]
    done = subprocess.run(
        [*command, "-o", str(log), sys.executable, "-c", code, *map(str, arguments)],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, f"strace or what it watched failed: {done.stderr}"
    return Recording(log, root)
