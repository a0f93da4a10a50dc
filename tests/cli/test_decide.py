"""`leerwinkel decide`: list, choose, undo; and what a field said before, with what merged quietly."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.services import dossiers, exchange, users, vaults

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
OTHER_WORD = "kastanje gitaar molen vuurtoren"


@pytest.fixture
def differing(pair):
    """A person of the laptop of whom the office wrote other things meanwhile: phone, birth date, a talent."""
    hub = vaults.unlock(pair.folder / "office", PASSPHRASE)
    laptop = vaults.unlock(pair.folder / "laptop", PASSPHRASE)
    (hit,) = dossiers.search(laptop, "Verzinsel")
    view = dossiers.reload(laptop, hit.client_id)
    talent = dossiers.add(laptop, Talent, view.dossier.id, description="Ik tel snel.")

    def hand_over():
        exchange.import_bundle(hub, exchange.write_bundle(laptop, pair.folder / "stick").path)

    hand_over()
    dossiers.change(
        hub, Client, hit.client_id, phone="0470 11 11 11", birth_date=date(1990, 5, 1), email="a@b.example"
    )
    dossiers.change(hub, Talent, talent.id, description="Ik tel heel snel.")
    dossiers.change(
        laptop, Client, hit.client_id, phone="0470 22 22 22", birth_date=date(1991, 5, 1), notes="Belt."
    )
    dossiers.remove(laptop, talent)
    hand_over()
    hub.close()
    laptop.close()
    return pair


def conflict(shell, label):
    found = shell.data("office", "decide", "list")["conflicts"]
    return next((one for one in found if one["label"] == label), None)


def client(shell):
    return next(
        one for one in shell.data("office", "dossier", "show", number(shell)) if one["kind"] == "client"
    )


def number(shell):
    return conflict(shell, "Geboortedatum")["number"]


def test_the_list_names_person_field_and_versions(differing):
    done = differing.on("office", "decide", "list")
    assert done.exit_code == 0, done.output
    assert "Ander Verzinsel (" in done.stdout
    assert "Klant, Telefoon, sinds " in done.stdout
    assert "1  0470 22 22 22  [Begeleider, Jobbeurs, " in done.stdout
    assert "2  0470 11 11 11  [Begeleider, Kantoor, " in done.stdout
    assert "gewijzigd: Dit kan ik al" in done.stdout
    phone = conflict(differing, "Telefoon")
    assert (phone["field"], phone["name"], phone["suggestion"]) == (
        "phone",
        "Ander Verzinsel",
        "0470 22 22 22 / 0470 11 11 11",
    )
    assert [one["text"] for one in phone["versions"]] == ["0470 22 22 22", "0470 11 11 11"]


def test_nothing_waits_in_a_new_vault(office):
    assert office.on("office", "decide", "list").stdout == "Er is niets te beslissen.\n"
    assert office.data("office", "decide", "list") == {"conflicts": [], "doubles": []}
    assert office.on("office", "decide", "list", "--decided").stdout == "Nog niets beslist.\n"


def test_choose_a_version_and_undo_it(differing):
    phone = conflict(differing, "Telefoon")
    made = differing.data("office", "decide", "choose", phone["id"], "--version", 2)
    assert client(differing)["phone"] == "0470 11 11 11"
    assert conflict(differing, "Telefoon") is None
    (told,) = differing.data("office", "decide", "list", "--decided")
    assert (told["id"], told["how"], told["text"], told["undoable"]) == (
        made["decision"],
        "CHOSEN",
        "0470 11 11 11",
        True,
    )
    assert differing.on("office", "decide", "undo", made["decision"]).exit_code == 0
    assert conflict(differing, "Telefoon") == phone
    assert "ongedaan door" in differing.on("office", "decide", "list", "--decided").stdout


def test_choose_a_value_as_in_the_workbook(differing, assert_refused):
    born = conflict(differing, "Geboortedatum")["id"]
    assert_refused(differing.on("office", "decide", "choose", born, "--value", "ooit"), 1, "Geboortedatum")
    shop = number(differing)
    assert differing.on("office", "decide", "choose", born, "--value", "1992-06-02").exit_code == 0
    shown = differing.data("office", "dossier", "show", shop)
    assert next(one for one in shown if one["kind"] == "client")["birth_date"] == "1992-06-02"


def test_keep_what_shows_and_bring_back_what_was_removed(differing):
    phone, gone = (conflict(differing, label)["id"] for label in ("Telefoon", "Verwijderd"))
    assert differing.on("office", "decide", "choose", phone, "--keep").exit_code == 0
    assert client(differing)["phone"] == "0470 22 22 22"
    wrong = differing.on("office", "decide", "choose", gone, "--value", "ja")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert differing.on("office", "decide", "choose", gone, "--version", 2).exit_code == 0
    kinds = [one["kind"] for one in differing.data("office", "dossier", "show", number(differing))]
    assert "talent" in kinds


@pytest.mark.parametrize(
    "options",
    [(), ("--keep", "--version", 1), ("--version", 9), ("--version", 0), ("--value", "1", "--keep")],
)
def test_one_answer_is_needed(differing, options):
    phone = conflict(differing, "Telefoon")
    done = differing.on("office", "decide", "choose", phone["id"], *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert conflict(differing, "Telefoon") == phone


def test_what_is_not_there_is_refused(differing, assert_refused):
    assert_refused(
        differing.on("office", "decide", "choose", "onbekend", "--keep"), 1, "niets meer te beslissen"
    )
    assert_refused(differing.on("office", "decide", "undo", "onbekend"), 1, "onbekend")
    phone = conflict(differing, "Telefoon")["id"]
    made = differing.data("office", "decide", "choose", phone, "--keep")["decision"]
    assert differing.on("office", "decide", "undo", made).exit_code == 0
    assert_refused(differing.on("office", "decide", "undo", made), 1, "ongedaan")


def test_a_counsellor_does_not_decide_at_the_office(differing, assert_refused):
    hub = vaults.unlock(differing.folder / "office", PASSPHRASE)
    users.add(hub, "Els", "COUNSELLOR", OTHER_WORD, vaults.TESTS_ONLY)
    hub.close()
    phone = conflict(differing, "Telefoon")["id"]
    differing.word.write_text(OTHER_WORD, encoding="utf-8")
    assert_refused(differing.on("office", "decide", "choose", phone, "--keep"), 1, "kantoor")
    assert conflict(differing, "Telefoon") is not None


def test_the_history_says_what_merged_quietly(differing):
    shop = number(differing)
    told = differing.on("office", "dossier", "history", shop, "email")
    assert told.stdout.rstrip().endswith("a@b.example (samengevoegd)")
    assert [one["merged"] for one in differing.data("office", "dossier", "history", shop, "first_name")] == [
        False
    ]


def test_who_may_be_there_twice_is_listed_at_the_office(pair, assert_refused):
    hub = vaults.unlock(pair.folder / "office", PASSPHRASE)
    same = {"first_name": "Yasmina", "last_name": "Verzonnen", "birth_date": date(1990, 5, 1), "gender": "V"}
    one, other = (dossiers.create(hub, **same).client.client_no for _ in range(2))
    hub.close()
    (found,) = pair.data("office", "decide", "list")["doubles"]
    assert {number for side in found["persons"] for number in side["numbers"]} == {one, other}
    assert "zelfde geboortedatum" in found["reasons"]
    assert "Misschien dezelfde persoon" in pair.on("office", "decide", "list").stdout
    assert pair.data("laptop", "decide", "list") == {"conflicts": [], "doubles": []}
    assert_refused(pair.on("office", "decide", "different", one, "onbekend"), 1, "onbekend")
    assert pair.on("office", "decide", "different", one, other).exit_code == 0
    assert pair.data("office", "decide", "list")["doubles"] == []
    assert pair.on("office", "decide", "different", one, other, "--undo").exit_code == 0
    assert len(pair.data("office", "decide", "list")["doubles"]) == 1
