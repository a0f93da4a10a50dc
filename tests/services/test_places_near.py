"""Places without a network: what is kept, sticks, what waits, tidying; here no socket may be opened."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import exchange, places
from leerwinkel_desktop.services.places import drives, opening
from leerwinkel_desktop.services.places.drives import Drive
from leerwinkel_desktop.services.places.errors import (
    BackendMissing,
    BadAddress,
    NoSuchFolder,
    NotOurs,
    PlaceNameTaken,
    PlainAddress,
    StickAbsent,
    UnknownPlace,
)
from leerwinkel_desktop.store.places import Place

CLOUD = Place(name="Wolk", kind="WEBDAV", address="https://wolk.example/dav", user="u", secret="stil-geheim")


def audit(workspace):
    with workspace.database.read() as reader:
        rows = reader.connection.execute("SELECT action, subject FROM audit_entry ORDER BY number").fetchall()
    return [row for row in rows if row[0].startswith("place.")]


def test_a_place_is_kept_changed_and_forgotten(laptop):
    new = places.add(laptop, CLOUD)
    assert places.find(laptop, "Wolk") == new
    changed = replace(new, name="Wolk van de stad", secret="ander-geheim", plain=True)
    places.change(laptop, changed)
    assert places.places(laptop) == [changed]
    places.remove(laptop, changed)
    assert places.places(laptop) == []
    assert audit(laptop) == [("place.added", new.id), ("place.changed", new.id), ("place.removed", new.id)]
    with pytest.raises(UnknownPlace):
        places.change(laptop, changed)
    with pytest.raises(UnknownPlace):
        places.find(laptop, "Wolk")


def test_no_byte_of_a_secret_is_readable_on_the_disk(laptop):
    places.add(laptop, CLOUD)
    found = b"".join(path.read_bytes() for path in laptop.folder.rglob("*") if path.is_file())
    assert found
    for word in (b"stil-geheim", b"wolk.example"):
        assert word not in found


def test_a_place_is_told_to_nobody(team):
    before = team.laptop.device()
    places.add(team.laptop, CLOUD)
    with team.laptop.database.read() as reader:
        assert reader.connection.execute("SELECT count(*) FROM change").fetchone() == (0,)
    assert team.laptop.device() == before


def test_two_places_have_two_names(laptop):
    first = places.add(laptop, CLOUD)
    with pytest.raises(PlaceNameTaken):
        places.add(laptop, replace(CLOUD, name="wolk"))
    places.change(laptop, replace(first, name="WOLK"))


@pytest.mark.parametrize(
    ("kind", "address", "folder"),
    [
        ("WEBDAV", "https://u:geheim@wolk.example/", ""),
        ("WEBDAV", "ftp://wolk.example/", ""),
        ("WEBDAV", "wolk.example", ""),
        ("WEBDAV", "https://", ""),
        ("WEBDAV", "https://wolk.example:99999/", ""),
        ("WEBDAV", "https://wolk.example/?a=b", ""),
        ("WEBDAV", "https://wolk.example/", "a/../b"),
        ("WEBDAV", "https://wolk.example/", "map #1"),
        ("S3", "https://s3.example", ""),
        ("SFTP", "u@server.example", ""),
        ("SFTP", "server.example/map", ""),
        ("FOLDER", "gedeeld/map", ""),
        ("STICK", " ", ""),
    ],
)
def test_an_address_that_cannot_be(laptop, kind, address, folder):
    with pytest.raises(BadAddress):
        places.add(laptop, Place(name="X", kind=kind, address=address, folder=folder, user="u"))
    assert places.places(laptop) == []


def test_without_encryption_only_to_this_machine_or_after_a_yes(laptop):
    plain = replace(CLOUD, address="http://wolk.example/dav")
    with pytest.raises(PlainAddress):
        places.add(laptop, plain)
    places.add(laptop, replace(plain, plain=True))
    places.add(laptop, replace(plain, name="Hier", address="http://127.0.0.1:8080/"))


def mounted(root: Path, *sticks: tuple[str, str, str, bool]) -> Path:
    """A tree such as the kernel shows: mount point, number, label and whether it is removable."""
    (root / "proc/self").mkdir(parents=True)
    (root / "dev/disk/by-label").mkdir(parents=True)
    lines = ["22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw", "kapot"]
    for number, (at, device, label, removable) in enumerate(sticks):
        disk = root / "sys/devices/pci0" / ("usb1" if device == "sdz" else "ata1") / device
        part = disk / f"{device}1"
        part.mkdir(parents=True)
        (disk / "removable").write_text(f"{int(removable)}\n")
        (root / "sys/dev/block").mkdir(parents=True, exist_ok=True)
        (root / f"sys/dev/block/8:{number}").symlink_to(part)
        (root / f"dev/{device}1").touch()
        if label:
            (root / "dev/disk/by-label" / label).symlink_to(root / f"dev/{device}1")
        escaped = at.replace(" ", "\\040")
        lines.append(f"40 22 8:{number} / {escaped} rw,nosuid shared:2 - vfat /dev/{device}1 rw")
    (root / "proc/self/mountinfo").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return root


def test_sticks_are_found_on_linux(tmp_path):
    root = mounted(
        tmp_path,
        ("/media/els/JOBBEURS 1", "sda", "JOBBEURS\\x201", True),
        ("/run/media/els/4F2A", "sdz", "", False),
        ("/media/els/schijf", "sdc", "SCHIJF", False),
        ("/home/els", "sdd", "THUIS", True),
    )
    assert list(drives.on_linux(root)) == [
        Drive(root / "media/els/JOBBEURS 1", "JOBBEURS 1"),
        Drive(root / "run/media/els/4F2A", "4F2A"),
    ]
    assert list(drives.on_linux(tmp_path / "nergens")) == []


def test_sticks_are_found_on_a_mac(tmp_path):
    (tmp_path / "JOBBEURS").mkdir()
    (tmp_path / "Macintosh HD").symlink_to("/")
    (tmp_path / ".timemachine").mkdir()
    assert list(drives.on_mac(tmp_path)) == [Drive(tmp_path / "JOBBEURS", "JOBBEURS")]


class Kernel32:
    """Answers as Windows does: C: is fixed, E: a stick, F: an empty card reader."""

    def GetLogicalDrives(self) -> int:
        return 0b110100

    def GetDriveTypeW(self, letter: str) -> int:
        return 3 if letter == "C:\\" else 2

    def GetVolumeInformationW(self, letter, label, size, *_rest) -> int:
        if letter != "E:\\":
            return 0
        label.value = "JOBBEURS"
        assert size == len(label)
        return 1


def test_sticks_are_found_on_windows():
    assert list(drives.windows_drives(Kernel32())) == [Drive(Path("E:\\"), "JOBBEURS")]


@pytest.fixture
def plugged(tmp_path, monkeypatch):
    """Sticks that are plugged in, by label."""
    found: list[Drive] = []
    monkeypatch.setattr(drives, "plugged_in", lambda: found)

    def plug(label: str) -> Path:
        (tmp_path / "media" / label).mkdir(parents=True)
        found.append(Drive(tmp_path / "media" / label, label))
        return found[-1].path

    return plug


def test_a_stick_is_found_again_by_its_label(team, tools, plugged):
    place = places.add(team.laptop, Place(name="De rode", kind="STICK", address="JOBBEURS"))
    with pytest.raises(StickAbsent):
        places.check(place)
    assert places.look(team.laptop) == []
    stick = plugged("JOBBEURS")
    with places.outbox(team.laptop) as out:
        tools.save(team.laptop, Client(id=new_id(), first_name="Verzonnen"))
        bundle = exchange.write_bundle(team.laptop, out).path
        places.lay_down(team.laptop, place, bundle)
        name = bundle.name
    assert not out.exists()
    assert [one.name for one in stick.iterdir()] == [name]
    (news,) = places.look(team.office)
    assert (news.place.name, [one.name for one in news.waiting]) == ("JOBBEURS", [name])
    exchange.import_bundle(team.office, places.fetch(team.office, news.place, name, team.folder))
    assert places.look(team.office)[0].waiting == (), "what was read is known"


def test_own_bundles_go_once_a_receipt_covers_them(team, tools, tmp_path):
    shared = Place(name="Map", kind="FOLDER", address=str(tmp_path))
    tools.save(team.laptop, Client(id=new_id(), first_name="Verzonnen"))
    first = exchange.write_bundle(team.laptop, tmp_path).path
    left = tmp_path / f".{first.name}.0a1b2c3d.part"
    left.write_bytes(b"half")
    (tmp_path / "laptop-02-1-3-aa.lwb").write_bytes(b"of another")
    assert [one.name for one in places.covered(team.laptop, shared)] == [left.name]
    exchange.import_bundle(team.office, first)
    exchange.import_bundle(team.laptop, team.receipt())
    assert {one.name for one in places.covered(team.laptop, shared)} == {left.name, first.name}
    with pytest.raises(NotOurs):
        places.tidy(team.laptop, shared, [first.name, "laptop-02-1-3-aa.lwb"])
    assert first.exists()
    places.tidy(team.laptop, shared, [first.name, left.name])
    assert [one.name for one in tmp_path.glob("*laptop*")] == ["laptop-02-1-3-aa.lwb"]


def test_a_folder_that_is_away_is_news_and_no_error(laptop, tmp_path):
    places.add(laptop, Place(name="Map", kind="FOLDER", address=str(tmp_path / "weg")))
    places.add(laptop, CLOUD)
    (news,) = places.look(laptop)
    assert isinstance(news.problem, NoSuchFolder)


def test_what_is_not_installed_is_said(laptop, monkeypatch):
    place = places.add(laptop, CLOUD)
    for name in ("webdav", "sftp", "objects"):
        monkeypatch.setitem(sys.modules, f"leerwinkel_desktop.services.places.{name}", None)
        monkeypatch.delattr(f"leerwinkel_desktop.services.places.{name}", raising=False)
    for kind in ("WEBDAV", "SFTP", "S3"):
        with pytest.raises(BackendMissing):
            places.check(replace(place, kind=kind, host_key="x"))
    with pytest.raises(BackendMissing):
        opening.host_key(place)


def test_nothing_that_speaks_to_a_network_is_loaded(tmp_path):
    """Places near by, with their whole surface: no socket (the hook of this run) and no library for one."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from leerwinkel_desktop.services import places\n"
        "from leerwinkel_desktop.cli import bundle\n"
        f"places.check(places.Place(name='Map', kind='FOLDER', address={str(tmp_path)!r}))\n"
        "places.plugged_in()\n"
        "print([name for name in ('fsspec', 'httpx', 'webdav4', 'sshfs', 'asyncssh', 'obstore', 'asyncio') "
        "if name in sys.modules])\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
