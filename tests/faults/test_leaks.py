"""A whole day with a crash leaves no word of it outside the encrypted files (SECURITY.md §5 "leaks")."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.sheet_files import SheetFile
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import enrolment, vaults
from leerwinkel_desktop.store import drafts
from tests.faults import memory
from tests.faults.conftest import Child
from tests.faults.test_lock import words

ASKED_FOR = "papers"


def pieces(path: Path) -> Iterator[bytes]:
    """A file as it stands, and what is in the compressed streams of a PDF or an archive."""
    raw = path.read_bytes()
    yield raw
    at = raw.find(b"\x78\x9c")
    while at >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(raw[at:])
        at = raw.find(b"\x78\x9c", at + 2)


def found(folder: Path, secrets: dict[str, list[bytes]]) -> list[tuple[str, str]]:
    """Which secret stands in the name or the content of which file, but for what the user asked for."""
    return [
        (name, path.relative_to(folder).as_posix())
        for path in folder.rglob("*")
        if path.relative_to(folder).parts[0] != ASKED_FOR
        for name, forms in secrets.items()
        for form in forms
        if form in os.fsencode(path.name) or (path.is_file() and any(form in piece for piece in pieces(path)))
    ]


@pytest.fixture
def day(tmp_path: Path) -> Path:
    """The folder in which everything of one day may be written."""
    folder = tmp_path / "day"
    for name in ("stick", ASKED_FOR):
        (folder / name).mkdir(parents=True)
    return folder


def read_at_the_office(child: Child, vault: Path, passphrase_file: Path, bundle: Path) -> None:
    """The office's command line, in the same home and with the same folder for temporary files."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "leerwinkel_desktop",
            "bundle",
            "import",
            "--vault",
            str(vault),
            "--passphrase-file",
            str(passphrase_file),
            str(bundle),
        ],
        env=child.env,
        cwd=child.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_day_with_a_crash_leaves_nothing_readable(tmp_path: Path, day: Path, start):
    passphrase, marker = words(6), words(1)
    office = vaults.create(day / "office", passphrase, cost=vaults.TESTS_ONLY).workspace
    laptop = vaults.create(day / "vault", passphrase, role="laptop", cost=vaults.TESTS_ONLY).workspace
    enrolment.write_enrol_card(laptop, tmp_path / "enrol.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(tmp_path / "enrol.lwc"), tmp_path / "welcome.lwc")
    enrolment.accept(laptop, tmp_path / "welcome.lwc")
    secrets = {
        "row": memory.spellings(marker),
        "passphrase": memory.spellings(passphrase),
        "key": memory.key_spellings(laptop.opened.key),
        "office key": memory.key_spellings(office.opened.key),
    }
    office.close()
    laptop.close()
    child = start("tests.faults.day", folder=day)
    child.say(passphrase)
    child.say(marker)
    assert child.hear() == "done"
    assert "RuntimeError" in child.told(), "the crash did not happen"
    (tmp_path / "passphrase.txt").write_text(passphrase)
    (bundle,) = (day / "stick").glob("*.lwb")
    read_at_the_office(child, day / "office", tmp_path / "passphrase.txt", bundle)
    assert list((day / "vault" / drafts.FOLDER).iterdir()), "what was being typed is not there to be searched"
    running = found(day, secrets)
    child.end()
    assert running == []
    assert found(day, secrets) == []

    reopened = vaults.unlock(day / "office", passphrase)
    with reopened.database.read() as reader:
        assert {hit.first_name for hit in reader.search(marker)} == {marker, "Vraag"}, "it never got there"
        assert [one.location for one in reader.find(Session) if one.location] == [marker]
        assert [one.to_print for one in reader.find(SheetFile)] == [True]
    reopened.close()


@pytest.mark.parametrize("name", ["note.txt", "half.tmp", "sheet.pdf", "wide.bin"])
def test_the_search_finds_what_is_left_behind(day: Path, name):
    """The control."""
    marker = words(1)
    forms = {
        "note.txt": marker.encode(),
        "half.tmp": b"\x00" * 5000 + marker.encode() + b"\x00",
        "sheet.pdf": b"%PDF stream " + zlib.compress(b"BT " + marker.encode() + b" ET") + b" endstream",
        "wide.bin": marker.encode("utf-16-le"),
    }
    (day / "tmp").mkdir()
    (day / "tmp" / name).write_bytes(forms[name])
    (day / ASKED_FOR / name).write_bytes(forms[name])
    assert {path for _secret, path in found(day, {"row": memory.spellings(marker)})} == {f"tmp/{name}"}
