"""The rules of every command: exit statuses, one sentence, JSON, and options on either side."""

from __future__ import annotations

import json

import pytest

from leerwinkel_desktop import __version__
from leerwinkel_desktop.services import exchange, problems

PASSPHRASE_OPTIONS = ("--vault", "--passphrase-file")


def test_without_a_command_the_window_opens(shell):
    assert shell.run("--vault", "ergens").exit_code == 0
    assert [str(path) for path in shell.windows] == ["ergens"]


def test_screenshots_go_where_asked(shell):
    assert shell.run("screenshots", shell.folder / "beelden").exit_code == 0
    assert shell.screenshots == [shell.folder / "beelden"]


def test_version_and_help(shell):
    assert __version__ in shell.run("--version").stdout
    told = shell.run("--help").stdout
    for name in ("vault", "device", "dossier", "workbook", "sheet", "bundle", "report", "doctor", "demo"):
        assert name in told


@pytest.mark.parametrize("place", ["before", "between", "behind"])
def test_options_stand_anywhere(office, place):
    options = ["--vault", office.folder / "office", "--passphrase-file", office.word, "--json"]
    words = {
        "before": [*options, "dossier", "list"],
        "between": ["--json", "dossier", "list", *options[:2], *options[2:4]],
        "behind": ["dossier", "list", *options],
    }[place]
    done = office.run(*words)
    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)) == 1


def test_the_environment_names_vault_and_file(office):
    env = {
        "LEERWINKEL_VAULT": str(office.folder / "office"),
        "LEERWINKEL_PASSPHRASE_FILE": str(office.word),
    }
    assert "Verzonnen" in office.run("dossier", "list", env=env).stdout


@pytest.mark.parametrize("place", ["before", "behind"])
def test_what_is_typed_counts_above_the_environment(office, place):
    env = {"LEERWINKEL_VAULT": str(office.folder / "weg"), "LEERWINKEL_PASSPHRASE_FILE": "/weg"}
    options = ["--vault", office.folder / "office", "--passphrase-file", office.word]
    words = [*options, "dossier", "list"] if place == "before" else ["dossier", "list", *options]
    done = office.run(*words, env=env)
    assert "Verzonnen" in done.stdout, done.output


def test_the_last_place_counts(office):
    options = ["--vault", office.folder / "weg", "--passphrase-file", office.word]
    done = office.run(*options, "dossier", "list", "--vault", office.folder / "office")
    assert "Verzonnen" in done.stdout


@pytest.mark.parametrize(
    "words",
    [["iets"], ["dossier", "iets"], ["dossier", "show"], ["dossier", "list", "--limit", "nul"], ["--iets"],
     ["vault", "create", "--role", "baas"], ["bundle", "import"]],
)  # fmt: skip
def test_wrong_usage_is_2(shell, words):
    done = shell.run(*words)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_no_terminal_and_no_file_is_wrong_usage(office):
    done = office.run("dossier", "list", "--vault", office.folder / "office")
    assert done.exit_code == 2
    assert "--passphrase-file" in done.stderr or "geef een bestand" in done.stderr


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_passphrase_file_that_cannot_be_read_is_wrong_usage(office, content):
    file = office.folder / "anders.txt"
    if content is not None:
        file.write_bytes(content)
    done = office.run("dossier", "list", "--vault", office.folder / "office", "--passphrase-file", file)
    assert done.exit_code == 2
    assert "wachtzin" in done.stderr


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("after", [b"", b"\n", b"\r\n", b"\r\nuitleg\r\n"])
def test_a_passphrase_file_as_any_editor_writes_it(office, before, after):
    word = office.word.read_bytes().strip()
    office.word.write_bytes(before + word + after)
    assert office.on("office", "dossier", "list").exit_code == 0


def test_what_the_user_can_mend_is_1(office, assert_refused):
    assert_refused(office.on("office", "dossier", "show", "MEC-9999-1"), 1, "MEC-9999-1")


def test_the_environment_is_3(office, assert_refused):
    assert_refused(office.on("weg", "dossier", "list"), 3, "geen kluis")
    office.word.write_text("een heel andere wachtzin")
    assert_refused(office.on("office", "dossier", "list"), 3, "wachtzin")
    (office.folder / "office" / "dossiers.db").write_bytes(b"kapot" * 9999)


def test_a_bug_is_70_and_tells_no_values(office, monkeypatch, pair):
    def broken(done, total, text):
        raise RuntimeError("Verzonnen Voorbeeld 0470 12 34 56")

    real = exchange.write_bundle
    monkeypatch.setattr(exchange, "write_bundle", lambda opened, folder, _: real(opened, folder, broken))
    done = pair.on("laptop", "bundle", "write", pair.folder / "stick")
    assert done.exit_code == problems.BUG == 70
    assert done.stdout == ""
    assert "fout in het programma" in done.stderr
    assert "RuntimeError" in done.stderr
    assert "writing.py" in done.stderr
    for secret in ("Verzonnen", "Voorbeeld", "0470", "Traceback", pair.word.read_text().strip(), "Ander"):
        assert secret not in done.stderr
    assert list((pair.folder / "stick").iterdir()) == []


def test_the_program_itself(office):
    vault = office.folder / "office"
    done = office.real("--vault", vault, "--passphrase-file", office.word, "dossier", "list", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)[0]["first_name"] == "Verzonnen"
    wrong = office.real("--vault", vault, "dossier", "list", "--passphrase-file", vault / "vault.json")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert wrong.stderr.strip().count("\n") == 0
    assert office.real("dossier", "iets").returncode == 2
    missing = office.real("--vault", vault, "--passphrase-file", office.word, "dossier", "show", "X")
    assert (missing.returncode, missing.stdout) == (1, "")
