"""`leerwinkel vault users|backup|restore|recover`: the whole way on the command line, in Dutch."""

from __future__ import annotations

import shutil

import pytest

from leerwinkel_desktop.services import dossiers, vaults
from leerwinkel_desktop.store import keys

NEW = "molen gordijn perzik brug uil kachel"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """New slots as cheap as tests need them."""
    monkeypatch.setattr(keys, "calibrated", lambda: keys.CHEAPEST)


@pytest.fixture
def new(office):
    """A file with a new passphrase."""
    path = office.folder / "nieuw.txt"
    path.write_text(NEW)
    return path


def test_users_come_change_and_go(office, new, assert_refused):
    assert [user["name"] for user in office.data("office", "vault", "users")] == ["Begeleider"]
    made = office.data(
        "office", "vault", "users", "add", "Tweede", "--role", "office", "--new-passphrase-file", new
    )
    assert (made["name"], made["role"]) == ("Tweede", "OFFICE")
    done = office.on("office", "vault", "users", "role", "tweede", "counsellor")
    assert done.stdout == "Tweede is nu begeleider.\n"
    assert office.on("office", "vault", "users", "rename", "Tweede", "Derde").exit_code == 0
    assert (
        office.on("office", "vault", "users", "list").stdout == "Begeleider (beheerder)\nDerde (begeleider)\n"
    )
    assert_refused(
        office.on("office", "vault", "users", "add", "derde", "--new-passphrase-file", new), 1, "al een"
    )
    assert_refused(office.on("office", "vault", "users", "remove", "niemand"), 1, "geen gebruiker")
    assert_refused(office.on("office", "vault", "users", "remove", "Begeleider"), 1, "jezelf niet")
    word = office.word.read_text()
    office.word.write_text(NEW)
    assert_refused(office.on("office", "vault", "users", "remove", "Begeleider"), 1, "alleen een beheerder")
    office.word.write_text(word)
    done = office.on("office", "vault", "users", "remove", "Derde")
    assert "geen toegang meer" in done.stdout
    assert office.on("office", "vault", "check").exit_code == 0
    office.word.write_text(NEW)
    assert_refused(office.on("office", "vault", "check"), 3, "past niet")


def test_a_passphrase_is_suggested(office):
    offered = office.on("office", "vault", "passphrase", "--suggest").stdout.strip()
    assert len(offered.split()) == 6
    assert office.data("office", "vault", "passphrase", "--suggest")["bits"] == 62.0


def test_too_many_tries_wait(office, assert_refused):
    word = office.word.read_text()
    office.word.write_text("een verkeerde zin")
    for _ in range(3):
        assert_refused(office.on("office", "vault", "check"), 3, "past niet")
    office.word.write_text(word)
    assert_refused(office.on("office", "vault", "check"), 3, "seconden")


def test_backup_and_restore_in_place(office, assert_refused):
    file = office.folder / "kopie.lwk"
    done = office.on("office", "vault", "backup", file)
    assert done.stdout.startswith("De reservekopie staat in")
    assert_refused(office.on("office", "vault", "restore", file), 3, "al een kluis")
    data = office.data("office", "vault", "restore", file, "--replace", "--keep-users")
    assert data["users_kept"] is True
    assert office.on("office", "vault", "check").stdout == "De kluis is in orde.\n"
    assert len(office.data("office", "dossier", "list")) == 1
    raw = bytearray(file.read_bytes())
    raw[-100] ^= 1
    file.write_bytes(raw)
    assert_refused(office.on("elders", "vault", "restore", file), 3, "beschadigd")
    assert not (office.folder / "elders").exists()


@pytest.mark.parametrize("place", [100, -2000])
def test_a_damaged_vault_names_its_backups(office, place):
    file = office.folder / "kopie.lwk"
    office.data("office", "vault", "backup", file)
    path = office.folder / "office" / "dossiers.db"
    raw = bytearray(path.read_bytes())
    raw[place] ^= 1
    path.write_bytes(raw)
    done = office.on("office", "vault", "check")
    assert done.exit_code == 3
    assert str(file.resolve()) in done.stdout
    office.data("office", "vault", "restore", file, "--replace", "--keep-users")
    assert office.on("office", "vault", "check").exit_code == 0


def test_restore_elsewhere_and_open_it_with_the_sheet(shell, assert_refused):
    sheet = shell.folder / "herstel.txt"
    made = shell.data("a", "vault", "create")
    sheet.write_text(f"Herstelblad\n{made['recovery_identity']}\n")
    opened = vaults.unlock(shell.folder / "a", shell.word.read_text().strip())
    dossiers.create(opened, first_name="Verzonnen")
    opened.close()
    file, new = shell.folder / "kopie.lwk", shell.folder / "nieuw.txt"
    new.write_text(NEW)
    shell.data("a", "vault", "backup", file)
    done = shell.on("b", "vault", "restore", file)
    assert "nog geen gebruikers" in done.stdout
    assert_refused(shell.on("b", "vault", "check"), 3, "herstelblad")
    command = ("vault", "recover", "sheet", "--sheet-file", sheet, "--new-passphrase-file", new)
    assert shell.on("b", *command).exit_code == 0
    shell.word.write_text(NEW)
    assert len(shell.data("b", "dossier", "list")) == 1
    sheet.write_text("AGE-SECRET-KEY-PQ-1")
    assert_refused(shell.on("b", *command), 1, "elk teken")


def test_recovery_through_the_office(pair, new, assert_refused):
    ask, reply = pair.folder / "vraag", pair.folder / "antwoord"
    asked = pair.data("laptop", "vault", "recover", "request", ask, "--new-passphrase-file", new)
    wrong = pair.on("office", "vault", "recover", "reply", ask, "-o", reply, "--fingerprint", "0000-0000")
    assert_refused(wrong, 3)
    done = pair.on(
        "office", "vault", "recover", "reply", ask, "-o", reply, "--fingerprint", asked["fingerprint"]
    )
    assert "Jobbeurs" in done.stdout
    assert pair.on("laptop", "vault", "recover", "accept", reply, "--new-passphrase-file", new).exit_code == 0
    assert_refused(pair.on("laptop", "vault", "check"), 3)
    pair.word.write_text(NEW)
    assert pair.on("laptop", "vault", "check").exit_code == 0
    again = pair.on("laptop", "vault", "recover", "accept", reply, "--new-passphrase-file", new)
    assert_refused(again, 1, "geen herstel gevraagd")


def test_the_sheet_is_not_for_a_laptop_but_its_request_is(pair, new, assert_refused):
    sheet = pair.folder / "herstel.txt"
    made = pair.data("ander", "vault", "create")
    sheet.write_text(made["recovery_identity"])
    command = ("vault", "recover", "sheet", "--sheet-file", sheet, "--new-passphrase-file", new)
    assert_refused(pair.on("laptop", *command), 1, "nooit op een laptop")
    ask, reply = pair.folder / "vraag", pair.folder / "antwoord"
    asked = pair.data("laptop", "vault", "recover", "request", ask, "--new-passphrase-file", new)
    shutil.rmtree(pair.folder / "office")
    other = pair.run(
        *("vault", "recover", "reply", ask, "-o", reply, "--sheet-file", sheet),
        *("--fingerprint", asked["fingerprint"]),
    )
    assert_refused(other, 3, "geen slot")


def test_whose_passphrase_must_be_said_when_there_are_more(pair, new):
    pair.data("laptop", "vault", "users", "add", "Tweede", "--new-passphrase-file", new)
    ask = pair.folder / "vraag"
    done = pair.on("laptop", "vault", "recover", "request", ask, "--new-passphrase-file", new)
    assert done.exit_code == 2
    assert "Begeleider, Tweede" in done.stderr
    done = pair.on(
        "laptop", "vault", "recover", "request", ask, "--user", "Tweede", "--new-passphrase-file", new
    )
    assert done.exit_code == 0


@pytest.mark.parametrize(
    "command",
    [
        ("vault", "recover", "request", "x"),
        ("vault", "recover", "sheet"),
        ("vault", "users", "add", "Tweede"),
    ],
)
def test_without_a_terminal_nothing_is_asked(office, command):
    assert office.on("office", *command).exit_code == 2
