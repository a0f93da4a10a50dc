"""`leerwinkel vault access|profile|leaving`."""

from __future__ import annotations

from leerwinkel_desktop.services import detention, users, vaults


def second_user(shell):
    opened = vaults.unlock(shell.folder / "office", shell.word.read_text().strip())
    made = users.add(
        opened, "Tweede Verzonnen", "COUNSELLOR", "kastanje gitaar molen vuurtoren", vaults.TESTS_ONLY
    )
    opened.close()
    return made


def test_the_access_list_is_told_and_changed(office, tmp_path):
    second_user(office)
    assert len(office.data("office", "vault", "access", "list")["persons"]) == 1
    assert office.on("office", "vault", "access", "grant", "tweede verzonnen").exit_code == 0
    persons = office.data("office", "vault", "access", "list")["persons"]
    assert [person["user"] for person in persons][1:] == ["Tweede Verzonnen"]
    assert office.on("office", "vault", "access", "withdraw", "Tweede Verzonnen").exit_code == 0
    assert office.data("office", "vault", "access", "list")["persons"][1]["until"] is not None
    assert "Beheerders" in office.on("office", "vault", "access", "list").stdout
    target = tmp_path / "lijst.pdf"
    assert office.on("office", "vault", "access", "list", "-o", target).exit_code == 0
    assert target.read_bytes().startswith(b"%PDF")


def test_refusals(office, assert_refused):
    assert_refused(office.on("office", "vault", "access", "grant", "Niemand"), 1)
    opened = vaults.unlock(office.folder / "office", office.word.read_text().strip())
    name = opened.user
    assert detention.may_open(opened)
    opened.close()
    assert_refused(office.on("office", "vault", "access", "withdraw", name), 1)


def test_the_profile(office):
    assert office.data("office", "vault", "profile") == {"profile": "office", "idle_seconds": 300}
    assert office.data("office", "vault", "profile", "prison") == {"profile": "prison", "idle_seconds": 90}
    assert "90 seconden" in office.on("office", "vault", "profile").stdout
    assert office.data("office", "vault", "profile", "office")["idle_seconds"] == 300


def test_the_list_at_the_gate(office, tmp_path):
    target = tmp_path / "lijst.pdf"
    (tmp_path / "stick").mkdir()
    told = office.data("office", "vault", "leaving", "-o", target, "--stick", tmp_path / "stick")
    assert told == {"file": str(target), "dossiers": 1, "bundles": 0}
    assert target.read_bytes().startswith(b"%PDF")
