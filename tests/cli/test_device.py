"""`leerwinkel device`: enrol, welcome, accept, list, revoke."""

from __future__ import annotations

from contextlib import contextmanager

from leerwinkel_desktop.services import dossiers, vaults
from leerwinkel_desktop.store import trust


def test_the_whole_way(office):
    office.make("laptop", role="laptop", name="Jobbeurs").close()
    card, answer = office.folder / "e.lwc", office.folder / "w.lwc"
    enrolled = office.data("laptop", "device", "enrol", "-o", card)
    refused = office.on("office", "device", "welcome", card, "-o", answer)
    assert refused.exit_code == 1
    assert enrolled["fingerprint"] in refused.stderr
    assert not answer.exists()
    welcomed = office.data("office", "device", "welcome", card, "-o", answer, "--yes")
    assert welcomed["device"] == 1
    asked = office.on("laptop", "device", "accept", answer)
    assert (asked.exit_code, welcomed["fingerprint"] in asked.stderr) == (1, True)
    accepted = office.data("laptop", "device", "accept", answer, "--fingerprint", welcomed["fingerprint"])
    assert accepted["fingerprint"] == welcomed["fingerprint"]
    known = office.data("office", "device", "list")
    assert [(one["name"], one["role"], one["state"]) for one in known] == [
        ("Kantoor", "office", "ACTIVE"),
        ("Jobbeurs", "laptop", "ACTIVE"),
    ]
    again = office.on("laptop", "device", "accept", answer)
    assert (again.exit_code, again.stderr) == (0, ""), "a pinned root is not asked again"
    assert office.data("office", "device", "revoke", 1) == {"revoked": 1}
    assert "afgemeld" in office.on("office", "device", "list").stdout


def test_what_is_refused(pair, assert_refused):
    assert_refused(pair.on("office", "device", "enrol", "-o", pair.folder / "x.lwc"), 1, "laptop")
    assert_refused(pair.on("laptop", "device", "revoke", 1), 1)
    assert_refused(pair.on("office", "device", "revoke", 50), 1, "kent deze laptop niet")
    assert_refused(pair.on("office", "device", "welcome", pair.word, "-o", pair.folder / "x.lwc"), 3)
    assert_refused(pair.on("laptop", "device", "accept", pair.folder / "weg.lwc"), 3)
    assert not (pair.folder / "x.lwc").exists()


def test_typed_from_the_screen(office, assert_refused):
    office.make("laptop", role="laptop", name="Jobbeurs").close()
    card, answer = office.folder / "e.lwc", office.folder / "w.lwc"
    told = office.data("laptop", "device", "enrol", "-o", card)["fingerprint"]
    short = office.on("office", "device", "welcome", card, "-o", answer, "--fingerprint", told[:-1])
    assert_refused(short, 3, "overgetypt")
    assert not answer.exists()
    office.data("office", "device", "welcome", card, "-o", answer, "--fingerprint", told.lower())
    assert_refused(
        office.on("laptop", "device", "accept", answer, "--fingerprint", told), 3, "andere sleutel"
    )
    assert office.on("laptop", "device", "accept", answer, "--yes").exit_code == 0


def test_lost_and_what_is_put_aside(pair, assert_refused):
    stick = pair.folder / "stick"
    assert pair.on("laptop", "bundle", "write", stick).exit_code == 0
    assert pair.data("office", "device", "lost", 1) == {"lost": 1}
    assert "verloren" in pair.on("office", "device", "list").stdout
    (bundle,) = stick.glob("*.lwb")
    assert_refused(pair.on("office", "bundle", "import", bundle), 3, "staat apart")
    (aside,) = pair.data("office", "device", "quarantine", "list")
    assert (aside["reason"], aside["sender"], aside["last"]) == ("revoked", "Jobbeurs", 3)
    assert "afmelden" in pair.on("office", "device", "quarantine", "list").stdout
    assert pair.on("office", "device", "quarantine", "discard", aside["name"]).exit_code == 1
    assert pair.data("office", "device", "quarantine", "release", aside["name"])["created"] == 3
    assert "niets" in pair.on("office", "device", "quarantine", "list").stdout
    assert_refused(pair.on("office", "device", "quarantine", "discard", "x", "--yes"), 1, "quarantaine")


def test_thrown_away(pair):
    stick = pair.folder / "stick"
    pair.on("laptop", "bundle", "write", stick)
    pair.data("office", "device", "revoke", 1, "--upto", 2)
    assert pair.data("office", "device", "lost", 1, "--upto", 2) == {"lost": 1}
    assert "verloren" in pair.on("office", "device", "list").stdout
    pair.on("office", "bundle", "import", *stick.glob("*.lwb"))
    (aside,) = pair.data("office", "device", "quarantine", "list")
    told = pair.data("office", "device", "quarantine", "discard", aside["name"], "--yes")
    assert told == {"discarded": aside["name"]}
    assert pair.data("office", "device", "quarantine", "list") == []


def test_new_keys_for_the_office(shell, assert_refused):
    sheet, strange = shell.folder / "wortel.txt", shell.folder / "vreemd.txt"
    made = shell.data("office", "vault", "create")
    sheet.write_text(f"# {made['root_key']}\n", encoding="utf-8")
    strange.write_text(made["recovery_identity"], encoding="utf-8")
    assert shell.data("office", "device", "rotate", "--root-file", sheet) == {"rotated": True}
    assert_refused(shell.on("office", "device", "rotate", "--root-file", strange), 3, "sleutel")
    assert_refused(shell.on("office", "device", "root"), 1, "herstelblad")
    assert shell.data("office", "device", "root", "--printed") == {"printed": True}


def test_a_copied_laptop(pair, assert_refused):
    with open_vault(pair) as laptop, laptop.database.bare() as connection:
        trust.pin(connection, machine="0" * 64)
    assert "andere computer" in pair.on("laptop", "device", "list").stdout
    assert_refused(pair.on("laptop", "bundle", "write", pair.folder / "stick"), 1, "verhuisd")
    assert pair.data("laptop", "device", "stay") == {"stayed": True}
    assert pair.on("laptop", "bundle", "write", pair.folder / "stick").exit_code == 0
    renewed = pair.data("laptop", "device", "renew")
    assert renewed["renumbered"] == 3
    assert renewed["actor"] != renewed["previous"]
    assert_refused(pair.on("laptop", "bundle", "write", pair.folder / "stick"), 1, "kantoor")


@contextmanager
def open_vault(shell):
    opened = vaults.unlock(shell.folder / "laptop", shell.word.read_text(encoding="utf-8").strip())
    yield opened
    opened.close()


def test_a_cut_audit_trail_is_told_until_it_was_seen(pair, assert_refused):
    stick, bundle = pair.folder / "stick", ("laptop", "bundle", "write", pair.folder / "stick")
    pair.data("office", "bundle", "import", pair.data(*bundle)["file"])
    pair.data(
        "laptop", "bundle", "import", pair.data("office", "bundle", "write", stick, "--laptop", 1)["file"]
    )
    held = pair.data("office", "device", "audit", 1)
    assert held[-1]["action"] == "vault.created"
    assert pair.data("office", "device", "audit", 1, "--action", "dossier")[0]["action"] == "dossier.created"
    table = pair.folder / "logboek.csv"
    done = pair.on("office", "device", "audit", 1, "--action", "dossier", "-o", table)
    assert done.exit_code == 0, done.output
    heading, *lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == len(pair.data("office", "device", "audit", 1, "--action", "dossier"))
    assert all("dossier.created" in line for line in lines)
    assert heading.startswith("nummer")
    noted = pair.data("office", "vault", "audit", "--action", "audit.exported")
    assert [len(one["subject"]) for one in noted] == [32], "whose trail it was is noted"
    with open_vault(pair) as laptop:
        dossiers.create(laptop, first_name="Verzonnen")
        with laptop.database.bare() as connection:
            connection.execute("DELETE FROM audit_entry WHERE number > ?", (len(held) - 2,))
    assert "logboek klopt niet meer" in pair.on("laptop", "vault", "check").stdout
    path = pair.data(*bundle)["file"]
    told = pair.on("office", "bundle", "import", path).stdout
    assert "3 nieuw" in told
    assert f"logboek van Jobbeurs klopt niet vanaf regel {len(held) - 1}" in told
    assert pair.data("office", "device", "list")[1]["audit_broken"] == len(held) - 1
    for command in (("list",), ("audit", 1)):
        assert "klopt niet vanaf regel" in pair.on("office", "device", *command).stdout
    assert_refused(pair.on("office", "device", "audit", 9), 1, "kent deze laptop niet")
    assert len(pair.data("office", "device", "audit", 1, "--acknowledge")) > len(held)
    assert pair.data("office", "device", "list")[1]["audit_broken"] is None
    assert "klopt niet" not in pair.on("office", "device", "list").stdout
