"""Rights on the command line: out, gone, kept, allowed, and the papers of the house."""

from __future__ import annotations

import json
from datetime import date

from leerwinkel_desktop.printing.pages import extract_text

NUMBER = f"MEC-{date.today().year}-0001"


def test_export_as_paper_and_for_a_program(office):
    for name in ("eigen.pdf", "eigen.json"):
        done = office.on("office", "dossier", "export", NUMBER, "-o", office.folder / name)
        assert done.exit_code == 0, done.output
    assert "Verzonnen" in extract_text((office.folder / "eigen.pdf").read_bytes())
    data = json.loads((office.folder / "eigen.json").read_text(encoding="utf-8"))
    assert data["number"] == NUMBER


def test_export_in_another_form_is_refused(office):
    done = office.on("office", "dossier", "export", NUMBER, "-o", office.folder / "eigen.docx")
    assert done.exit_code == 2
    assert ".pdf of .json" in done.stderr
    assert not (office.folder / "eigen.docx").exists()


def test_erase_asks_unless_yes_is_given(office, assert_refused):
    asked = office.on("office", "dossier", "erase", NUMBER)
    assert asked.exit_code == 1
    assert office.data("office", "dossier", "list") != []
    done = office.data("office", "dossier", "erase", NUMBER, "--yes")
    assert (done["erased"], done["waiting"]) == (1, [])
    assert office.data("office", "dossier", "list") == []
    assert_refused(office.on("office", "dossier", "erase", NUMBER, "--yes"), 1, NUMBER)


def test_anonymise_says_what_stays(office):
    done = office.on("office", "dossier", "anonymise", NUMBER, "--yes")
    assert done.exit_code == 0
    assert "De telling blijft." in done.stdout


def test_a_laptop_erases_nobody(pair, assert_refused):
    (number,) = [one["number"] for one in pair.data("laptop", "dossier", "list")]
    assert_refused(pair.on("laptop", "dossier", "erase", number, "--yes"), 1, "kantoor")
    assert len(pair.data("laptop", "dossier", "list")) == 1


def test_the_list_to_decide_on_and_to_keep(office):
    assert office.data("office", "dossier", "retention") == []
    (line,) = office.data("office", "dossier", "retention", "--on", "2099-01-01")
    assert (line["number"], line["dossier_due"]) == (NUMBER, True)
    done = office.on("office", "dossier", "keep", NUMBER, "--until", "2099-06-01", "--reason", "Loopt nog.")
    assert done.exit_code == 0, done.output
    assert office.data("office", "dossier", "retention", "--on", "2099-01-01") == []


def test_consents(office, assert_refused):
    told = office.data("office", "dossier", "consent", NUMBER)
    assert {one["state"] for one in told} == {None}
    office.data("office", "dossier", "consent", NUMBER, "CONTACT_LATER", "GIVEN", "--witness", "An Getuige")
    told = office.data("office", "dossier", "consent", NUMBER, "CONTACT_LATER", "WITHDRAWN")
    assert [one["state"] for one in told if one["state"]] == ["WITHDRAWN"]
    assert [one["how"] for one in told if one["state"]] == ["ORAL"]
    sharing = ("office", "dossier", "consent", NUMBER, "SHARE_PARTNER", "GIVEN")
    assert_refused(office.on(*sharing), 1, "Met wie")
    told = office.data(*sharing, "--partner", "Verzonnen VZW")
    assert [one["how"] for one in told if one["partner"] == "Verzonnen VZW"] == ["SIGNATURE"]
    assert ", met Verzonnen VZW" in office.on("office", "dossier", "consent", NUMBER).stdout
    assert_refused(office.on(*sharing[:4], "CONTACT_LATER", "REFUSED", "--how", "ORAL_WITNESS"), 1, "Getuige")
    assert office.on("office", "dossier", "consent", NUMBER, "CONTACT_LATER").exit_code == 2
    assert_refused(office.on("office", "dossier", "consent", NUMBER, "IETS", "GIVEN"), 1, "lijst")


def test_the_history_of_a_field(office, assert_refused):
    told = office.data("office", "dossier", "history", NUMBER, "first_name")
    assert [one["value"] for one in told] == ["Verzonnen"]
    assert "nooit ingevuld" in office.on("office", "dossier", "history", NUMBER, "email").stdout
    assert_refused(office.on("office", "dossier", "history", NUMBER, "schoenmaat"), 1)


def test_papers_of_the_house(pair):
    for words in (["informing"], ["processing"], ["breach", "Jobbeurs"]):
        target = pair.folder / f"{words[0]}.pdf"
        done = pair.on("office", "vault", "paper", *words, "-o", target)
        assert done.exit_code == 0, done.output
        assert extract_text(target.read_bytes())
    assert "Jobbeurs" in extract_text((pair.folder / "breach.pdf").read_bytes())


def test_the_audit_trail_is_read_and_exported(office):
    told = office.data("office", "vault", "audit", "--action", "dossier")
    assert [one["action"] for one in told] == ["dossier.created"]
    done = office.on("office", "vault", "audit", "-o", office.folder / "log.csv")
    assert done.exit_code == 0
    assert "dossier.created" in (office.folder / "log.csv").read_text(encoding="utf-8-sig")
    assert office.data("office", "vault", "audit", "--to", "2020-01-01") == []


def test_figures_that_went_out_are_remembered(office):
    year = date.today().year
    words = ("report", "genk", "--from", f"{year}-01-01", "--to", f"{year}-12-31", "--format", "json")
    before = json.loads(office.on("office", *words).stdout)["figures"]
    office.data("office", "dossier", "erase", NUMBER, "--yes")
    assert json.loads(office.on("office", *words).stdout)["figures"] == before
    assert before[1]["n"] == 1
