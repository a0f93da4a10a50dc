"""A person gets all of their own data and nothing of others; what is shielded only when asked for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.detention import DetentionEpisode, NoAccess
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.fields import Privacy, fields_of
from leerwinkel_desktop.domain.registry import RECORDS, is_judicial
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.rights import consents, correction, own_data
from leerwinkel_desktop.store.errors import WrongPassphrase

MARKER = "kwibusmerkteken"


def as_data(workspace, client_id, **more):
    return json.loads(own_data.as_json(own_data.collect(workspace, client_id, **more)))


def told(data):
    return {(part["kind"], one["name"]) for part in data["records"] for one in part["fields"]}


def test_every_declared_field_of_the_person_is_in_it(office, marked):
    who = marked(MARKER)
    data = as_data(office, who.client.id)
    texts = {
        (record.kind, field.name)
        for record in RECORDS
        if not is_judicial(record) and record.kind in {part["kind"] for part in data["records"]}
        for field in fields_of(record)
        if field.kind.value in ("text", "note") and field.target is None
        if field.privacy is not Privacy.JUDICIAL and not field.opaque
    }
    missing = texts - told(data) - {("consent", "witness")}
    named_later = {("client", "phone"), ("client", "email"), ("client", "postal_code")}
    typed_by_nobody = {("trajectory", field.name) for field in fields_of(type(who.trajectory))}
    assert missing <= named_later | typed_by_nobody
    assert len(data["records"]) > 15
    assert {part["label"] for part in data["records"]} >= {"Klant", "Dossier", "Gesprek", "Drempel"}


def test_paper_and_json_say_the_same(office, bureau):
    who = bureau.someone(office, first_name="Amina", gender="V", notes="Belt liefst na 16 uur.")
    data = own_data.collect(office, who.client.id)
    paper = extract_text(own_data.as_pdf(data))
    for part in data.parts:
        for one in part.fields:
            assert one.label in paper
            assert one.text in paper
    assert "Geslacht Vrouw" in " ".join(paper.split())


def test_nothing_about_others(office, bureau):
    who, other = bureau.someone(office), bureau.someone(office, first_name="Iemandanders")
    consents.answer(
        office, who.dossier.id, "CONTACT_LATER", "GIVEN", how="ORAL_WITNESS", witness="An Getuige"
    )
    text = own_data.as_json(own_data.collect(office, who.client.id)).decode()
    assert "An Getuige" not in text
    assert "Iemandanders" not in text
    assert other.client.id not in text
    assert who.client.id not in text


def test_the_paper_tells_how_a_no_was_said_and_of_which_partner(office, bureau):
    who = bureau.someone(office)
    consents.answer(office, who.dossier.id, "SHARE_PARTNER", "GIVEN", partner="Verzonnen VZW")
    consents.withdraw(office, who.dossier.id, "SHARE_PARTNER")
    older = consents.answer(office, who.dossier.id, "CONTACT_LATER", "REFUSED", how="ORAL")
    dossiers.change(office, Consent, older.id, how="ORAL_WITNESS")
    text = " ".join(extract_text(own_data.as_pdf(own_data.collect(office, who.client.id))).split())
    assert text.count("Met wie Verzonnen VZW") == 2
    assert text.count("Hoe Mondeling") == 2
    assert "getuige" not in text


def test_what_is_shielded_comes_only_when_it_is_asked_for(office, bureau):
    who = bureau.someone(office)
    dossiers.add(office, DetentionEpisode, who.dossier.id, contact_route=MARKER)
    dossiers.add(office, Option, who.trajectory.id, title="Handel", inside=True)
    plain = own_data.collect(office, who.client.id)
    assert plain.shielded
    assert MARKER not in own_data.as_json(plain).decode()
    assert "binnen" not in own_data.as_json(plain).decode()
    assert "afgeschermd deel" in extract_text(own_data.as_pdf(plain))
    whole = own_data.collect(office, who.client.id, judicial=True)
    assert MARKER in own_data.as_json(whole).decode()
    assert not whole.shielded


def test_who_may_not_open_the_block_cannot_export_it(office, bureau):
    who = bureau.someone(office)
    dossiers.add(office, DetentionEpisode, who.dossier.id, contact_route=MARKER)
    office.database.block = None
    with pytest.raises(NoAccess):
        own_data.collect(office, who.client.id, judicial=True)
    assert own_data.collect(office, who.client.id).shielded


def test_the_history_is_dates_only(office, bureau):
    who = bureau.someone(office, notes="Eerst stond hier iets anders.")
    dossiers.change(office, Client, who.client.id, notes="Nu dit.")
    data = as_data(office, who.client.id)
    client = next(part for part in data["records"] if part["kind"] == "client")
    assert client["first_saved"] == client["last_saved"] == bureau.TODAY.isoformat()
    assert "Eerst stond" not in json.dumps(data)
    assert office.device().actor not in json.dumps(data)


def test_what_was_removed_is_still_told(office, bureau):
    who = bureau.someone(office)
    talent = dossiers.add(office, Talent, who.dossier.id, description="Ik reken snel.")
    dossiers.remove(office, talent)
    (part,) = [each for each in as_data(office, who.client.id)["records"] if each["kind"] == "talent"]
    assert part["removed"]
    assert part["fields"][0]["value"] == "Ik reken snel."


def test_it_is_written_down_and_the_passphrase_can_be_asked(office, bureau, tmp_path):
    who = bureau.someone(office)
    with pytest.raises(WrongPassphrase):
        own_data.collect(office, who.client.id, passphrase="een heel andere wachtzin dan deze")
    own_data.write(own_data.collect(office, who.client.id, passphrase=bureau.PASSPHRASE), tmp_path / "a.JSON")
    assert json.loads((tmp_path / "a.JSON").read_text(encoding="utf-8"))["number"] == who.client.client_no
    with office.database.read() as reader:
        query = "SELECT subject FROM audit_entry WHERE action = 'dossier.exported'"
        assert reader.connection.execute(query).fetchall() == [(who.client.id,)]


def test_an_earlier_value_can_be_seen_and_put_back(office, bureau):
    who = bureau.someone(office, gender="V")
    dossiers.change(office, Client, who.client.id, gender="M")
    dossiers.change(office, Client, who.client.id, last_name="Andersheet")
    history = correction.field_history(office, "client", who.client.id, "gender")
    assert [(one.value, one.text) for one in history] == [("M", "Man"), ("V", "Vrouw")]
    assert [f.name for f, _ in correction.fields_with_history(office, "client", who.client.id)] == [
        "last_name",
        "gender",
    ]
    correction.restore(office, "client", who.client.id, "gender", history[-1].position)
    now = dossiers.reload(office, who.client.id).client
    assert (now.gender, now.last_name) == ("V", "Andersheet")
    assert len(correction.field_history(office, "client", who.client.id, "gender")) == 3
    with pytest.raises(NotFound):
        correction.restore(office, "client", who.client.id, "gender", ("0" * 32, 1))
    with pytest.raises(InvalidValue):
        correction.field_history(office, "client", who.client.id, "shoe_size")
    with pytest.raises(NotFound):
        correction.field_history(office, "hobby", who.client.id, "gender")


def test_a_date_is_put_back_as_a_date(office, bureau):
    who = bureau.someone(office)
    first = replace(who.trajectory, intake_date=bureau.TODAY.replace(day=1))
    dossiers.save(office, first)
    dossiers.save(office, replace(first, intake_date=None))
    history = correction.field_history(office, "trajectory", who.trajectory.id, "intake_date")
    assert history[0].text == ""
    correction.restore(office, "trajectory", who.trajectory.id, "intake_date", history[1].position)
    assert dossiers.reload(office, who.client.id).trajectory == first
