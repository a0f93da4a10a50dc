"""Who is erased at the office goes from the laptops too, and the office sees which have not confirmed it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.ui.pages.dossier.rights import RightsView

LEFT = Qt.MouseButton.LeftButton


def unconfirmed(office):
    """The line under the laptops, as far as it is in sight."""
    line = office.shell.go("administration").sections.go("laptops").unconfirmed
    return line.text() if line.isVisible() else ""


def erase(qtbot, office, idle, client):
    office.shell.open_dossier(client.id)
    office.shell.dossier.go("rights")
    idle(office)
    card = office.shell.dossier.findChildren(RightsView)[-1].forgetting
    qtbot.mouseClick(card.erase, LEFT)
    qtbot.keyClicks(card.dialog.typed, client.client_no or "WISSEN")
    qtbot.mouseClick(card.dialog.go_on, LEFT)
    idle(office)
    return office.shell.banner.text


def test_the_office_sees_who_has_not_confirmed_until_the_next_bundle(qtbot, enter, enrolled, idle, stick):
    enrolled()
    laptop, office = enter("laptop"), enter("kantoor")
    gone = dossiers.create(laptop.workspace, first_name="Amina").client
    kept = dossiers.create(laptop.workspace, first_name="Bilal").client
    stick.around(laptop, office)
    assert unconfirmed(office) == ""

    assert "Nog te bevestigen door: Laptop" in erase(qtbot, office, idle, gone)
    assert "kan nog staan op: Laptop" in unconfirmed(office)
    receipt = stick.receipt(office)
    assert "kan nog staan op: Laptop" in unconfirmed(office), "given is not confirmed"
    assert "afgemeld" not in unconfirmed(office)
    assert dossiers.reload(laptop.workspace, gone.id)
    stick.confirm(laptop, receipt)
    with pytest.raises(NotFound):
        dossiers.reload(laptop.workspace, gone.id)
    assert dossiers.reload(laptop.workspace, kept.id).client == kept
    assert "kan nog staan op: Laptop" in unconfirmed(office), "read is not confirmed"

    dossiers.create(laptop.workspace, first_name="Chantal")
    stick.take(office, stick.write(laptop))
    assert unconfirmed(office) == ""
    assert erasure.waiting(office.workspace) == []
    assert sorted(hit.first_name or "" for hit in dossiers.search(office.workspace, "")) == [
        "Bilal",
        "Chantal",
    ]


def test_a_stopped_laptop_is_not_waited_for(qtbot, enter, enrolled, idle, stick):
    enrolled()
    laptop, office = enter("laptop"), enter("kantoor")
    gone = dossiers.create(laptop.workspace, first_name="Amina").client
    stick.around(laptop, office)
    erase(qtbot, office, idle, gone)
    assert "Geef een bevestiging mee" in unconfirmed(office)
    enrolment.lost(office.workspace, laptop.workspace.device().actor)
    told = unconfirmed(office)
    assert "kan nog staan op: Laptop (verloren gemeld)." in told
    assert "bevestigt niets meer" in told
    assert "Geef een bevestiging mee" not in told


def test_a_laptop_without_new_work_confirms_too(qtbot, enter, enrolled, idle, stick):
    enrolled()
    laptop, office = enter("laptop"), enter("kantoor")
    gone = dossiers.create(laptop.workspace, first_name="Amina").client
    stick.around(laptop, office)
    out = laptop.shell.go("handover").side
    idle(laptop)
    assert not out.write.isEnabled()
    erase(qtbot, office, idle, gone)
    stick.confirm(laptop, stick.receipt(office))
    idle(laptop)
    assert "dan weet het kantoor het" in out.told.text()
    assert out.write.isEnabled()

    lost = stick.write(laptop)
    assert "zegt het kantoor wat hier gewist is" in laptop.shell.banner.text
    lost.unlink()
    assert unconfirmed(office)
    stick.take(office, stick.write(laptop))
    assert unconfirmed(office) == ""
    stick.confirm(laptop, stick.receipt(office))
    idle(laptop)
    assert out.told.text() == "Niets: alles van deze laptop is al op kantoor."
    assert not out.write.isEnabled()
    with pytest.raises(exchange.NothingToHandOver):
        exchange.write_bundle(laptop.workspace, laptop.folder)
