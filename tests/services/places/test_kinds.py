"""Every kind of place against its real server: what is laid down is whole, what is half is never offered."""

from __future__ import annotations

import traceback
from dataclasses import replace

import pytest

from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.places import carrying, objects, sftp, webdav
from leerwinkel_desktop.services.places.errors import (
    AccessRefused,
    GoneFromPlace,
    ImpossibleFile,
    NameInUse,
    NoAnswer,
    NoSuchFolder,
    NotSealed,
)
from leerwinkel_desktop.services.places.objects import _PIECE
from leerwinkel_desktop.services.progress import Cancelled
from sync.errors import TooLarge
from sync.header import MAX_FILE

KINDS = ("near", "webdav", "sftp", "s3")
FAR = KINDS[1:]
every_kind = pytest.mark.parametrize("server", KINDS, indirect=True)
far_kinds = pytest.mark.parametrize("server", FAR, indirect=True)


@every_kind
@pytest.mark.parametrize("name", ["laptop-01-1-3-é9.lwb", "1 + één&twee, [x]=~'$@!.lwb"])
def test_what_was_laid_down_is_fetched(name, server, place, workspace, sealed, tmp_path):
    path, told = sealed(name), []
    places.lay_down(workspace, place, path, lambda *step: told.append(step))
    size = path.stat().st_size
    assert server.files(place) == {path.name: size}
    assert (told[0][0], told[-1][0], told[-1][1]) == (0, size, size)
    (tmp_path / "in").mkdir()
    fetched = places.fetch(workspace, place, path.name, tmp_path / "in")
    assert fetched == tmp_path / "in" / path.name
    assert fetched.read_bytes() == path.read_bytes()
    assert [one.name for one in fetched.parent.iterdir()] == [path.name]


@every_kind
def test_more_than_one_part_arrives_whole(server, place, workspace, sealed, tmp_path):
    path = sealed("kantoor-00-5-aa.lwb", size=2 * _PIECE + 1000)
    places.lay_down(workspace, place, path)
    assert (server.disk(place) / path.name).read_bytes() == path.read_bytes()
    (tmp_path / "in").mkdir()
    assert places.fetch(workspace, place, path.name, tmp_path / "in").read_bytes() == path.read_bytes()


@every_kind
def test_what_is_half_there_is_never_offered(server, place, workspace, team):
    disk = server.disk(place)
    for name in (
        ".laptop-01-1-3-aa.lwb.0123abcd.part",
        "laptop-01-1-3-aa.lwb.part",
        "lees mij.txt",
        ".x.lwb",
    ):
        (disk / name).write_bytes(b"half")
    (disk / "laptop-01-1-3-bb.lwb").touch()
    (disk / "map.lwb").mkdir()
    assert places.waiting(team.office, place) == []
    (disk / "laptop-01-1-3-cc.lwb").write_bytes(b"whole")
    assert places.waiting(team.office, place) == [places.Laid("laptop-01-1-3-cc.lwb", 5)]
    assert places.waiting(workspace, place) == [], "a laptop reads what the office gives it"


@every_kind
def test_another_file_of_that_name_is_left_alone(server, place, workspace, sealed):
    path = sealed()
    (server.disk(place) / path.name).write_bytes(b"of somebody else")
    with pytest.raises(NameInUse):
        places.lay_down(workspace, place, path)
    assert (server.disk(place) / path.name).read_bytes() == b"of somebody else"
    assert len(server.files(place)) == 1


@every_kind
def test_a_place_tells_that_it_works_and_keeps_nothing_of_it(server, place):
    (server.disk(place) / "a.lwb").write_bytes(b"x")
    checked = places.check(place)
    assert (checked.files, checked.unwritable) == (1, None)
    assert list(server.files(place)) == ["a.lwb"]


@pytest.mark.parametrize("server", ["near", "webdav", "sftp"], indirect=True)
def test_a_folder_that_is_not_there(server, place):
    with pytest.raises(NoSuchFolder):
        places.check(replace(place, folder="weg"))


def test_a_bucket_that_is_not_there(s3):
    with pytest.raises(NoSuchFolder):
        places.check(replace(s3.place, folder="weg/erg weg"))


@far_kinds
def test_a_wrong_password_is_told_and_shown_nowhere(server, place, workspace, sealed, caplog):
    wrong = replace(place, secret="fout-wachtwoord-9")
    with pytest.raises(AccessRefused) as caught:
        places.lay_down(workspace, wrong, sealed())
    told = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(wrong)
    assert "fout-wachtwoord" not in told
    assert server.files(place) == {}


@far_kinds
def test_the_line_is_cut_while_sending(server, place, workspace, sealed, line):
    path = sealed(size=12 * 2**20)
    cut = server.through(place, line(server.port, 7 * 2**20).port)
    with pytest.raises(NoAnswer):
        places.lay_down(workspace, cut, path)
    assert path.name not in server.files(place)
    assert places.waiting(workspace, place) == []
    places.lay_down(workspace, place, path)
    assert server.files(place)[path.name] == path.stat().st_size


@far_kinds
def test_the_line_is_cut_while_fetching(server, place, workspace, sealed, line, tmp_path):
    path = sealed(size=12 * 2**20)
    (server.disk(place) / path.name).write_bytes(path.read_bytes())
    (tmp_path / "in").mkdir()
    cut = server.through(place, line(server.port, 7 * 2**20).port)
    with pytest.raises(NoAnswer):
        places.fetch(workspace, cut, path.name, tmp_path / "in")
    assert list((tmp_path / "in").iterdir()) == []


@pytest.fixture
def impatient(monkeypatch):
    """Half a second instead of fifteen."""
    for module in (webdav, sftp, objects):
        monkeypatch.setattr(module, "PATIENCE", 0.5)
    monkeypatch.setattr(objects, "_PART_PATIENCE", 0.5)


@far_kinds
def test_a_line_that_falls_silent_is_left(server, place, workspace, sealed, line, tmp_path, impatient):
    path = sealed(size=20 * 2**20)
    silent = server.through(place, line(server.port, 7 * 2**20, hold=True).port)
    with pytest.raises(NoAnswer):
        places.lay_down(workspace, silent, path)
    assert path.name not in server.files(place)
    (server.disk(place) / path.name).write_bytes(path.read_bytes())
    silent = server.through(place, line(server.port, 7 * 2**20, hold=True).port)
    (tmp_path / "in").mkdir()
    with pytest.raises(NoAnswer):
        places.fetch(workspace, silent, path.name, tmp_path / "in")
    assert list((tmp_path / "in").iterdir()) == []


@far_kinds
def test_nobody_answers(server, place, line):
    cut = line(server.port, 0)
    cut.cut()
    with pytest.raises(NoAnswer):
        places.check(server.through(place, cut.port))


def stop_halfway(done, total, _text):
    if done > total // 3:
        raise Cancelled


@every_kind
def test_cancel_leaves_nothing_under_a_name(server, place, workspace, sealed, tmp_path):
    path = sealed(size=16 * 2**20)
    with pytest.raises(Cancelled):
        places.lay_down(workspace, place, path, stop_halfway)
    left = server.files(place)
    assert path.name not in left
    assert place.kind == "S3" or not left  # an S3 server drops its own unfinished file when it likes
    (server.disk(place) / path.name).write_bytes(path.read_bytes())
    (tmp_path / "in").mkdir()
    with pytest.raises(Cancelled):
        places.fetch(workspace, place, path.name, tmp_path / "in", stop_halfway)
    assert list((tmp_path / "in").iterdir()) == []


@every_kind
def test_above_the_limit_nothing_moves(server, place, team, sealed, tmp_path):
    big = sealed("laptop-01-1-9-aa.lwb", 1000)
    with big.open("r+b") as file:
        file.truncate(MAX_FILE + 1)
    moved: list[object] = []
    with pytest.raises(TooLarge):
        places.lay_down(team.laptop, place, big, lambda *step: moved.append(step))
    assert server.files(place) == {}
    with (server.disk(place) / big.name).open("wb") as file:
        file.truncate(MAX_FILE + 1)
    assert places.waiting(team.office, place) == []
    (tmp_path / "in").mkdir()
    with pytest.raises(TooLarge):
        places.fetch(team.office, place, big.name, tmp_path / "in", lambda *step: moved.append(step))
    assert list((tmp_path / "in").iterdir()) == []
    assert moved == []


def test_a_place_that_gives_more_than_it_said_is_stopped():
    tick = carrying._ticking(lambda *_: None, 10, "")
    tick(MAX_FILE)
    with pytest.raises(TooLarge):
        tick(1)


@every_kind
def test_only_what_is_sealed_is_laid_down(server, place, workspace, tmp_path):
    for name, content in (("a.lwb", b"Voornaam;Naam\n"), ("b.lwb", b""), ("c.lwc", b"LWK1\n{}")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(NotSealed):
            places.lay_down(workspace, place, tmp_path / name)
    (tmp_path / "dossiers.db").write_bytes(b"age-encryption.org/v1\n-> x")
    with pytest.raises(ImpossibleFile):
        places.lay_down(workspace, place, tmp_path / "dossiers.db")
    assert server.files(place) == {}
    (tmp_path / "kaart.lwc").write_bytes(b'LWC1\n{"format":1}\nx\n')
    places.lay_down(workspace, place, tmp_path / "kaart.lwc")
    assert list(server.files(place)) == ["kaart.lwc"]


@every_kind
def test_a_file_that_went_meanwhile(server, place, workspace, tmp_path):
    with pytest.raises(GoneFromPlace):
        places.fetch(workspace, place, "weg.lwb", tmp_path)
    assert not (tmp_path / "weg.lwb").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../vault.lwb",
        "a/b.lwb",
        "a\\b.lwb",
        "C:x.lwb",
        ".x.lwb",
        "a\nb.lwb",
        "a.db",
        "a.lwb.exe",
        "100%.lwb",
        "a#b.lwb",
        "a;b.lwb",
    ],
)
def test_a_name_never_leads_out_of_the_folder(near, workspace, tmp_path, name):
    with pytest.raises(ImpossibleFile):
        places.fetch(workspace, near.place, name, tmp_path)
