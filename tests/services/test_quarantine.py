"""What may not be read is kept aside, whatever stands in the way there; nothing is lost or told twice."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.services.exchange import aside as keeping
from leerwinkel_desktop.store.errors import VaultUnreachable
from sync.errors import RevokedSender


@pytest.fixture
def path(team):
    """A bundle with work from after the laptop was stopped."""
    enrolment.revoke(team.office, team.laptop.device().actor)
    dossiers.create(team.laptop, first_name="Na")
    return team.hand_over()


def actions(team, tools):
    return [row[4] for row in sorted(tools.dump(team.office)["audit_entry"])]


def test_looking_into_it_puts_it_aside_and_an_administrator_sees_what_it_brings(team, tools, path):
    for _ in range(2):
        with pytest.raises(RevokedSender):
            exchange.look_into(team.office, path)
    (found,) = exchange.quarantined(team.office)
    assert (found.reason, found.sender) == ("revoked", team.laptop.device().name)
    assert actions(team, tools).count("bundle.quarantined") == 1
    before = tools.dump(team.office)
    (person,) = exchange.look_at(team.office, found.name).persons
    assert (person.name, person.most) == ("Na", "new")
    assert tools.dump(team.office) == before
    with pytest.raises(exchange.NotInQuarantine):
        exchange.look_at(team.office, "fork-0.lwb")


def test_where_it_cannot_be_kept_it_stays_on_the_stick_and_goes_aside_later(team, tools, path):
    (team.office.folder / keeping.FOLDER).write_bytes(b"x")
    before = tools.dump(team.office)
    with pytest.raises(VaultUnreachable):
        exchange.import_bundle(team.office, path)
    assert tools.dump(team.office) == before
    assert exchange.quarantined(team.office) == []
    assert path.is_file()
    (team.office.folder / keeping.FOLDER).unlink()
    with pytest.raises(RevokedSender):
        exchange.import_bundle(team.office, path)
    assert [one.reason for one in exchange.quarantined(team.office)] == ["revoked"]
    assert list((team.office.folder / "inbox").iterdir()) == []


def test_what_cannot_be_thrown_away_is_not_written_down_as_thrown_away(team, tools, path):
    with pytest.raises(RevokedSender):
        exchange.import_bundle(team.office, path)
    stuck = team.office.folder / keeping.FOLDER / f"revoked-0123456789abcdef{keeping.SUFFIX}"
    stuck.mkdir()
    with pytest.raises(VaultUnreachable):
        exchange.discard(team.office, stuck.name)
    assert "bundle.discarded" not in actions(team, tools)
    stuck.rmdir()
    (found,) = exchange.quarantined(team.office)
    exchange.discard(team.office, found.name)
    assert actions(team, tools).count("bundle.discarded") == 1
