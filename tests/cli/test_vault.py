"""`leerwinkel vault`: make, check, change the passphrase."""

from __future__ import annotations

import json

import pytest

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.store import keys


@pytest.fixture
def quick(monkeypatch):
    """New slots as cheap as tests need them."""
    monkeypatch.setattr(keys, "calibrated", lambda: keys.CHEAPEST)


@pytest.mark.usefixtures("quick")
def test_create_an_office_and_a_laptop(shell):
    office = shell.data("a", "vault", "create", "--user", "An")
    assert office["recovery_identity"].startswith("AGE-SECRET-KEY-PQ-1")
    laptop = shell.data("b", "vault", "create", "--role", "laptop", "--name", "Jobbeurs")
    assert (laptop["role"], laptop["recovery_identity"]) == ("laptop", None)
    opened = vaults.unlock(shell.folder / "b", shell.word.read_text().strip())
    assert (opened.device().name, opened.device().role) == ("Jobbeurs", "laptop")
    opened.close()


@pytest.mark.usefixtures("quick")
def test_an_office_is_made_without_asking(shell):
    done = shell.on("a", "vault", "create")
    assert done.exit_code == 0
    assert "De kluis staat in" in done.stdout
    assert "AGE-SECRET-KEY-PQ-1" in done.stdout


def test_create_for_real_is_never_cheap(shell):
    done = shell.real(
        "vault", "create", "--vault", shell.folder / "v", "--passphrase-file", shell.word, "--json"
    )
    assert done.returncode == 0, done.stderr
    assert "Herstelsleutel" not in done.stdout
    kdf = json.loads((shell.folder / "v" / "vault.json").read_text())["slots"][0]["kdf"]
    assert kdf["m"] >= vaults.FLOOR[0]
    assert (kdf["t"], kdf["p"]) == vaults.FLOOR[1:]


def test_a_short_passphrase_is_refused(shell, assert_refused):
    shell.word.write_text("te kort")
    assert_refused(shell.on("a", "vault", "create"), 1, "14 tekens")
    assert not (shell.folder / "a").exists()


def test_a_second_vault_is_refused(office, assert_refused):
    before = (office.folder / "office" / "vault.json").read_bytes()
    assert_refused(office.on("office", "vault", "create"), 3, "al een kluis")
    assert (office.folder / "office" / "vault.json").read_bytes() == before


def test_check(office):
    assert office.data("office", "vault", "check") == {"good": True, "damage": [], "broken_audit": None}
    assert office.on("office", "vault", "check").stdout == "De kluis is in orde.\n"


def test_check_of_a_damaged_vault(office):
    path = office.folder / "office" / "dossiers.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) - 2000] ^= 1
    path.write_bytes(raw)
    done = office.on("office", "vault", "check")
    assert done.exit_code == 3
    assert "beschadigd" in done.output
    assert "Traceback" not in done.output


def test_check_of_a_changed_log(office):
    opened = vaults.unlock(office.folder / "office", office.word.read_text().strip())
    with opened.database.bare() as connection:
        connection.execute("UPDATE audit_entry SET action = 'anders' WHERE number = 2")
    opened.close()
    done = office.on("office", "vault", "check", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)["broken_audit"] == 2
    assert "regel 2" in office.on("office", "vault", "check").stdout


@pytest.mark.usefixtures("quick")
def test_change_the_passphrase(office, assert_refused):
    new = office.folder / "nieuw.txt"
    new.write_bytes(b"\xef\xbb\xbfeen heel andere zin met woorden\r\n")
    done = office.on("office", "vault", "passphrase", "--new-passphrase-file", new)
    assert (done.exit_code, done.stderr) == (0, "")
    assert_refused(office.on("office", "vault", "check"), 3)
    office.word.write_text("een heel andere zin met woorden")
    assert office.on("office", "vault", "check").exit_code == 0
    new.write_text("kort")
    assert_refused(office.on("office", "vault", "passphrase", "--new-passphrase-file", new), 1)
    assert office.on("office", "vault", "passphrase", "--new-passphrase-file", "weg.txt").exit_code == 2
    assert office.on("office", "vault", "passphrase").exit_code == 2
