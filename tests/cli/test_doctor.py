"""`leerwinkel doctor`: looks at everything and says what needs care."""

from __future__ import annotations

import json


def findings(done):
    return {one["what"]: one["good"] for one in json.loads(done.stdout)}


def test_a_healthy_vault(office):
    done = office.on("office", "doctor", "--json")
    found = findings(done)
    assert set(found) == {"kluis", "klok", "schijf", "letters", "printer"}
    assert (found["kluis"], found["klok"], found["letters"]) == (True, True, True)
    assert done.exit_code == (3 if False in found.values() else 0)


def test_without_a_vault_or_a_passphrase(office):
    done = office.run("doctor", "--vault", office.folder / "weg", "--json")
    assert (done.exit_code, findings(done)["kluis"]) == (3, False)
    assert findings(office.run("doctor", "--vault", office.folder / "office", "--json"))["kluis"] is None


def test_a_wrong_passphrase_and_a_damaged_vault(office):
    path = office.folder / "office" / "dossiers.db"
    path.write_bytes(path.read_bytes()[:-4096] + bytes(4096))
    done = office.on("office", "doctor", "--json")
    assert (done.exit_code, findings(done)["kluis"]) == (3, False)
    office.word.write_text("een heel andere wachtzin")
    done = office.on("office", "doctor")
    assert done.exit_code == 3
    assert "wachtzin past niet" in done.stdout


def test_a_folder_that_cannot_be_reached(office):
    done = office.on("a" * 5000, "doctor", "--json")
    assert done.exit_code == 3
    assert findings(done)["schijf"] is False
