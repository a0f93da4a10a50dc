"""Files made to choke whoever reads them: refused at once and cheaply, and the database keeps every bit."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zlib
from pathlib import Path

import msgspec
import pytest

from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.store.database import FILE
from sync import Identity, SigningKey, age
from sync.changes import canonical
from sync.errors import DamagedBundle, IllFormed, TooLarge

MIB = 2**20
GIB = 2**30
MOST = 64 * MIB
CHILD = """
import json, sys, time, zlib
from pathlib import Path

from leerwinkel_desktop.services import exchange, vaults
from sync.errors import SyncError

act, vault, bundle = sys.argv[1:]
opened = vaults.unlock(Path(vault), sys.stdin.readline().rstrip())
error = None

def peak():  # of this process alone: ru_maxrss begins with what its parent held
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024

before, begin = peak(), time.process_time()
if act == "unpack":
    whole = zlib.decompressobj().decompress(Path(bundle).read_bytes())
else:
    try:
        exchange.import_bundle(opened, Path(bundle))
    except SyncError as found:
        error = type(found).__name__
print(json.dumps([error, peak() - before, time.process_time() - begin]))
"""


def repeated(piece: bytes, times: int) -> bytes:
    """A zlib stream of a piece over and over, without ever building what it holds."""
    engine = zlib.compressobj(9)
    first = engine.compress(piece) + engine.flush(zlib.Z_FULL_FLUSH)
    return first + (engine.compress(piece) + engine.flush(zlib.Z_FULL_FLUSH)) * (times - 1)


@pytest.fixture
def forged(team):
    """A bundle with any body, rightly signed and sealed by a laptop that is known."""
    dossiers.create(team.laptop, first_name="Verzonnen")
    with team.hand_over().open("rb") as file:
        found = age.open_file(file, [Identity(team.office.device().identity)])
        plain = b"".join(age.read_chunks(file, found))
    honest = msgspec.json.decode(plain[9 : 9 + int.from_bytes(plain[5:9], "big")])
    office = team.office.device()
    recipients = sorted([Identity(office.identity).recipient, office.recovery_recipient])

    def write(compressed: bytes, size: int, lines: int = 1, digest: bytes = bytes(32)) -> Path:
        body = {"bytes": size, "compressed": len(compressed), "lines": lines, "sha256": digest}
        stream = honest["stream"] | {"last": lines, "chain_after": bytes(32)}
        header = canonical(honest | {"body": body, "stream": stream})
        key = SigningKey(team.laptop.device().signing_key)
        signature = key.sign(b"leerwinkel LWB1 header\n" + header)
        whole = b"LWB1\n" + len(header).to_bytes(4, "big") + header + signature + compressed
        path: Path = team.stick / "bom.lwb"
        with path.open("wb") as file:
            age.seal(file, recipients, [whole + bytes(-len(whole) % age.CHUNK)])
        return path

    return write


def of_lines(forged, *lines):
    text = b"".join(line + b"\n" for line in lines)
    return forged(zlib.compress(text), len(text), len(lines), hashlib.sha256(text).digest())


def stanzas(forged):
    path = forged(zlib.compress(b"x"), 1)
    path.write_bytes(b"age-encryption.org/v1\n" + b"-> x y\n\n" * 10_000 + b"--- " + bytes(60))
    return path


FILLING = b'{"_":"note","x":"' + hashlib.shake_256(b"vulling").hexdigest(90_000).encode() + b'"}'
BOMBS = {
    "1 GiB of zeros": (TooLarge, lambda forged: forged(repeated(bytes(MIB), 1024), GIB)),
    "the same, told small": (DamagedBundle, lambda forged: forged(repeated(bytes(MIB), 1024), 1000)),
    "the same, at the ratio": (TooLarge, lambda forged: forged(repeated(bytes(MIB), 1024), 38 * MIB)),
    "deep lists": (
        IllFormed,
        lambda f: of_lines(f, FILLING, b'{"_":"x","y":' + b"[" * 200_000 + b"}", FILLING),
    ),
    "deep objects": (IllFormed, lambda f: of_lines(f, FILLING, b'{"a":' * 40_000 + b"}" * 40_000, FILLING)),
    "a huge number": (
        IllFormed,
        lambda f: of_lines(f, FILLING, b'{"_":"x","y":' + b"9" * 200_000 + b"}", FILLING),
    ),
    "a huge power": (IllFormed, lambda f: of_lines(f, b'{"_":"x","y":1e999999999}')),
    "doubled keys": (
        IllFormed,
        lambda f: of_lines(f, FILLING, b'{"_":"x"' + b',"y":1' * 40_000 + b"}", FILLING),
    ),
    "a million doubled keys": (TooLarge, lambda f: of_lines(f, b'{"_":"x"' + b',"y":1' * 1_000_000 + b"}")),
    "10,000 stanzas": (TooLarge, stanzas),
}


def bits(folder: Path) -> dict[str, str]:
    """The database as it stands on the disk."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.glob(f"{FILE}*")
        if not path.name.endswith("-shm")
    }


@pytest.mark.parametrize("bomb", BOMBS)
def test_refused_and_no_bit_has_changed(team, forged, refused, bomb):
    error, make = BOMBS[bomb]
    path = make(forged)
    before = bits(team.office.folder)
    refused(path, error)
    assert bits(team.office.folder) == before


def test_an_honest_bundle_changes_bits(team):
    """The control."""
    dossiers.create(team.laptop, first_name="Verzonnen")
    before = bits(team.office.folder)
    exchange.import_bundle(team.office, team.hand_over())
    assert bits(team.office.folder) != before


@pytest.fixture
def measured(team, tools):
    """What reading a file comes to in a child: the error, the bytes of memory, the seconds of work."""

    def run(act: str, path: Path) -> tuple[str | None, int, float]:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, act, str(team.office.folder), str(path)],
            input=tools.PASSPHRASE + "\n",
            capture_output=True,
            encoding="utf-8",
            cwd=Path(__file__).parents[2],
            check=True,
        )
        error, memory, seconds = json.loads(done.stdout)
        return error, memory, seconds

    return run


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is counted as Linux does")
@pytest.mark.parametrize("bomb", ["1 GiB of zeros", "the same, told small", "the same, at the ratio"])
def test_a_gigabyte_takes_little_memory(team, forged, measured, bomb):
    error, make = BOMBS[bomb]
    path = make(forged)
    team.office.close()
    name, memory, _ = measured("import", path)
    assert name == error.__name__
    assert memory < MOST


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is counted as Linux does")
def test_what_is_unpacked_whole_takes_much(team, measured):
    """The control: an eighth of it, unpacked."""
    path = team.stick / "bom"
    path.write_bytes(repeated(bytes(MIB), 128))
    team.office.close()
    assert measured("unpack", path)[1] > MOST


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is counted as Linux does")
@pytest.mark.parametrize("bomb", ["1 GiB of zeros", "the same, told small", "the same, at the ratio"])
def test_a_gigabyte_is_refused_within_a_second(team, forged, measured, bomb):
    path = BOMBS[bomb][1](forged)
    team.office.close()
    seconds = min(measured("import", path)[2] for _ in range(3))
    assert seconds < 1
