"""The prison profile: fewer fields, a short limit, no links on paper, and a list at the gate."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from leerwinkel_desktop.domain import paper_links
from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.profiles import KEPT, OFFICE, PRISON, fields_in, shows
from leerwinkel_desktop.domain.registry import BY_KIND, RECORDS
from leerwinkel_desktop.domain.trajectories import AdviceStep, Option, Trajectory
from leerwinkel_desktop.services import dossiers, leaving, profile, sheets, users, vaults, workbook
from leerwinkel_desktop.services.rights import erasure, own_data
from leerwinkel_desktop.store.errors import WrongPassphrase

NAME = "Zeldzamenaam"


def words_on(pdf):
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_vault_begins_as_an_office_and_remembers_its_profile(office, tools):
    assert profile.current(office) is OFFICE
    assert profile.choose(office, "prison") is PRISON
    assert profile.current(office) is PRISON
    assert profile.current(office).idle_seconds == 90
    assert OFFICE.idle_seconds == 300
    with pytest.raises(NotFound):
        profile.choose(office, "school")


def test_the_passphrase_is_asked_again_in_prison_only(office, tools):
    profile.confirm(office, None)
    profile.choose(office, "prison")
    with pytest.raises(profile.PassphraseNeeded):
        profile.confirm(office, None)
    with pytest.raises(WrongPassphrase):
        profile.confirm(office, "een andere lange zin")
    profile.confirm(office, tools.PASSPHRASE)
    with pytest.raises(profile.PassphraseNeeded):
        profile.choose(office, "office")
    profile.choose(office, "office", tools.PASSPHRASE)
    assert profile.current(office) is OFFICE


def test_the_fields_that_stay_are_declared_fields():
    for kind, names in KEPT.items():
        assert names <= {field.name for field in fields_of(BY_KIND[kind])}, kind


def test_fewer_fields_stay_and_what_helps_to_work_stays():
    for record in RECORDS:
        assert fields_in(OFFICE, record) == fields_of(record)
    assert len(fields_in(PRISON, Client)) < len(fields_of(Client))
    for name in ("phone", "email", "postal_code", "residence_status", "father_first_nationality", "notes"):
        assert not shows(PRISON, Client, name)
    assert not shows(PRISON, Trajectory, "statuses_at_intake")
    assert shows(PRISON, Client, "first_name")
    assert fields_in(PRISON, DetentionEpisode) == fields_of(DetentionEpisode)


def test_names_are_filtered_by_the_profile_of_the_vault(office):
    assert profile.shown(office, Client, ("first_name", "email")) == ("first_name", "email")
    profile.choose(office, "prison")
    assert profile.shown(office, Client, ("first_name", "email")) == ("first_name",)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Kijk op www.voorbeeld.be/cursus, of bel.", ["www.voorbeeld.be/cursus"]),
        ("Mail naar els@voorbeeld.be.", ["els@voorbeeld.be"]),
        ("https://voorbeeld.eu/a?b=c", ["https://voorbeeld.eu/a?b=c"]),
        ("cvo-voorbeeld.be", ["cvo-voorbeeld.be"]),
        ("Straat 1, 2800 Mechelen. Open van 9 tot 19 uur. Bel 015 00 00 01.", []),
        ("NT2 1.1 of 1.2; ongeveer 50 euro p.p. enz.", []),
    ],
)
def test_addresses_on_the_net_are_known(text, links):
    assert paper_links.links_in(text) == links


def test_no_link_goes_on_paper_in_prison_and_a_warning_says_so(office):
    view = dossiers.create(office, first_name="Verzonnen")
    trajectory = view.trajectory
    assert trajectory is not None
    sheets.set_house(office, address="Straat 1, Mechelen, www.leerwinkel-voorbeeld.be")
    dossiers.add(office, Option, trajectory.id, title="Lassen", bring="kaart, zie www.cvo-voorbeeld.be")
    dossiers.add(office, AdviceStep, trajectory.id, position=1, what="Mail naar els@voorbeeld.be of bel.")
    before = words_on(sheets.render(office, trajectory.id, "ORDINARY").pdf)
    assert "els@voorbeeld.be" in before.replace("\n", "").replace("\r", "")
    profile.choose(office, "prison")
    made = sheets.render(office, trajectory.id, "ORDINARY")
    after = words_on(made.pdf)
    assert "voorbeeld.be" not in after
    assert "of bel." in after
    told = {warning.detail for warning in made.warnings if warning.code == "left_out"}
    assert {"www.leerwinkel-voorbeeld.be", "www.cvo-voorbeeld.be", "els@voorbeeld.be"} <= told


def test_the_list_at_the_gate_has_numbers_and_no_names(team, tools):
    laptop = team.laptop
    views = [dossiers.create(laptop, first_name=NAME, last_name=NAME) for _ in range(3)]
    tools.save(laptop, replace(views[0].dossier, opened_on=date(2026, 1, 5)))
    bundle = team.hand_over()
    (team.stick / "brief-van-iemand.txt").write_text("x")
    found = leaving.collect(laptop, team.stick)
    assert [number for number, _ in found.dossiers] == sorted(str(view.client.client_no) for view in views)
    assert dict(found.dossiers)[str(views[0].client.client_no)] == date(2026, 1, 5)
    assert (found.total, found.only_here, found.other_files) == (3, 3, 1)
    ((name, size),) = [(one.name, one.size) for one in found.bundles]
    assert (name, size) == (bundle.name, bundle.stat().st_size)
    text = words_on(leaving.as_pdf(found))
    for number, _ in found.dossiers:
        assert number in text
    assert bundle.name in text
    assert f"laptop {laptop.device().number}" in text
    assert "andere bestanden: 1" in text
    assert NAME not in text
    assert "brief-van-iemand" not in text
    assert leaving.as_pdf(found) == leaving.as_pdf(found)


def test_an_empty_laptop_without_a_stick(laptop):
    found = leaving.collect(laptop)
    assert (found.total, found.bundles, found.other_files) == (0, (), 0)
    assert "niets" in words_on(leaving.as_pdf(found))


def test_nothing_leaves_and_nobody_goes_without_the_passphrase_again(office, team, tools, tmp_path):
    """Where a page forgets to ask, the service refuses; the office profile asks nothing."""
    who = dossiers.create(office, first_name="Verzonnen").client.id
    second = "kastanje gitaar molen vuurtoren"
    attempts = (
        lambda: workbook.export_workbook(office, tmp_path / "uit.xlsx"),
        lambda: own_data.collect(office, who),
        lambda: users.add(office, "Tweede Verzonnen", "COUNSELLOR", second, vaults.TESTS_ONLY),
        lambda: users.set_role(office, office.opened.user_id, "ADMINISTRATOR"),
        lambda: users.remove(office, users.find(office, "Tweede Verzonnen").id),
        lambda: erasure.erase(office, who),
    )
    profile.choose(office, "prison")
    for attempt in attempts[:4]:
        with pytest.raises(profile.PassphraseNeeded):
            attempt()
    with pytest.raises(profile.PassphraseNeeded):
        erasure.erase(office, who)
    profile.confirm(office, tools.PASSPHRASE)
    team.office_clock.now += profile.CONFIRMED_FOR_MS + 1
    with pytest.raises(profile.PassphraseNeeded):
        attempts[0]()
    profile.confirm(office, tools.PASSPHRASE)
    for each in attempts:
        each()
