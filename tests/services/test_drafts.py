"""A draft is kept for each user, replaced by the next one, and erased with its client."""

from __future__ import annotations

from dataclasses import replace

from leerwinkel_desktop.services import drafts
from leerwinkel_desktop.services.drafts import Draft


def test_a_draft_comes_back_and_stays(team):
    office = team.office
    assert drafts.find(office) is None
    draft = Draft(
        "dossier", "c1", {"part": "data", "forms": [{"at": ["birth_date", 3, 3]}], "text": "31/02 é"}
    )
    drafts.keep(office, draft)
    assert drafts.find(office) == draft
    assert drafts.find(office) == draft


def test_the_next_draft_takes_its_place(team):
    office = team.office
    drafts.keep(office, Draft("dossier", "c1"))
    drafts.keep(office, Draft("figures"))
    assert drafts.find(office) == Draft("figures")
    drafts.drop(office)
    assert drafts.find(office) is None


def test_each_user_has_a_draft_of_their_own(team):
    office = team.office
    other = replace(office, opened=replace(office.opened, user="iemand anders"))
    drafts.keep(office, Draft("dossier", "c1"))
    assert drafts.find(other) is None
    drafts.keep(other, Draft("figures"))
    assert drafts.find(office) == Draft("dossier", "c1")


def test_a_draft_is_no_change_and_no_audit_entry(team):
    office = team.office

    def counts():
        with office.database.read() as reader:
            return [
                reader.connection.execute(f"SELECT count(*) FROM {name}").fetchone()
                for name in ("change", "audit_entry")
            ]

    before = counts()
    drafts.keep(office, Draft("dossier", "c1"))
    assert counts() == before


def test_erasing_a_client_takes_the_drafts_along(team):
    office = team.office
    other = replace(office, opened=replace(office.opened, user="iemand anders"))
    drafts.keep(office, Draft("dossier", "c1"))
    drafts.keep(other, Draft("dossier", "c2"))
    with office.database.write() as transaction:
        drafts.forget(transaction, "c1")
    assert drafts.find(office) is None
    assert drafts.find(other) == Draft("dossier", "c2")
    drafts.keep(office, Draft("dossiers", None, {"search": "Amina"}))
    with office.database.write() as transaction:
        drafts.forget(transaction, "c9")
    assert drafts.find(office) is None
