"""A new client who may be there already: a soft hint that blocks nobody, and a way to the other dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage

BORN = date(1990, 7, 4)


@pytest.fixture
def known(workspace):
    view = dossiers.create(workspace, first_name="Nour", last_name="Voorbeeld", birth_date=BORN)
    with workspace.database.write() as transaction:
        transaction.save(replace(view.dossier, opened_on=date(2020, 1, 2)))
    return view.client.id


@pytest.fixture
def page(qtbot, desk, workspace, known):
    made = DossierPage(desk, dossiers.create(workspace).client.id)
    qtbot.addWidget(made)
    made.show()
    return made


def type_name(qtbot, page, **values):
    form = next(page.forms())
    for name, text in values.items():
        widget = form.boxes[name].widget
        qtbot.keyClicks(widget.focusProxy() or widget, text)
    form.flush()


def told(page):
    card = page._resembling
    return [
        card.rows.itemAt(place).widget().layout().itemAt(1).widget().accessibleName()
        for place in range(card.rows.count())
    ]


def test_who_resembles_is_shown_with_both_days_of_birth(qtbot, page):
    assert page._resembling.isHidden(), "without a name nobody resembles"
    type_name(qtbot, page, first_name="Noor", last_name="Voorbeeld", birth_date="5/7/1990")
    assert not page._resembling.isHidden()
    (one,) = told(page)
    assert "Nour Voorbeeld" in one
    assert "Geboren 04/07/1990 · hier 05/07/1990" in one


def test_somebody_else_is_no_hint(qtbot, page):
    type_name(qtbot, page, first_name="Dawit", last_name="Proef", birth_date="1/2/1961")
    assert page._resembling.isHidden()


def test_the_same_opens_and_the_new_one_goes_until_that_is_undone(qtbot, desk, workspace, page, known):
    type_name(qtbot, page, first_name="Nour", last_name="Voorbeeld")
    assert dossiers.count(workspace) == 2
    with qtbot.waitSignal(desk.sent) as sent:
        page._resembling.rows.itemAt(0).widget().layout().itemAt(1).widget().click()
    assert sent.args == [f"dossier/{known}"]
    assert dossiers.count(workspace) == 1
    assert [hit.client_id for hit in dossiers.search(workspace, "Nour")] == [known]
    desk._toast.undo.click()
    assert dossiers.count(workspace) == 2
    assert dossiers.reload(workspace, page.view.client.id).trajectory is not None


def test_a_new_one_that_holds_more_stays(qtbot, desk, workspace, page, known):
    dossiers.add(workspace, Talent, page.view.dossier.id, description="geduldig")
    type_name(qtbot, page, first_name="Nour", last_name="Voorbeeld")
    assert told(page)[0].startswith("Open dat dossier")
    with qtbot.waitSignal(desk.sent) as sent:
        page._resembling.rows.itemAt(0).widget().layout().itemAt(1).widget().click()
    assert sent.args == [f"dossier/{known}"]
    assert dossiers.count(workspace) == 2


def test_an_older_dossier_is_asked_nothing(qtbot, desk, workspace, known):
    dossiers.create(workspace, first_name="Nour", last_name="Voorbeeld", birth_date=BORN)
    made = DossierPage(desk, known)
    qtbot.addWidget(made)
    assert made._resembling is None
