"""The dialog shows the paper that would be printed, ticks nothing beforehand, and says why it cannot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Referral
from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.services import appointments, auditing, dossiers
from leerwinkel_desktop.services.client_papers import Kind
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.ui.commanding.commands import COMMANDS
from leerwinkel_desktop.ui.pages.dossier import client_papers
from leerwinkel_desktop.ui.pages.dossier.client_papers import ClientPapersDialog
from leerwinkel_desktop.ui.pages.dossier.planner import PlannerCard
from leerwinkel_desktop.ui.pages.dossier.rights import RightsView
from leerwinkel_desktop.ui.pages.dossier.sheet_panel import SheetPanel
from leerwinkel_desktop.ui.shell import Shell


@pytest.fixture
def view(workspace: Any) -> Any:
    view = dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")
    assert view.trajectory is not None
    dossiers.add(workspace, LearningQuestion, view.trajectory.id, own_words="Ik wil bakker worden.")
    dossiers.add(workspace, Talent, view.dossier.id, description="Ik kookte in de gevangenis.")
    return view


@pytest.fixture
def opened(qtbot: Any, desk: Any, view: Any, ground: Any) -> Any:
    def open_it(kind: Kind) -> ClientPapersDialog:
        made = ClientPapersDialog(desk, view.trajectory.id, kind, ground)
        qtbot.addWidget(made)
        made.show()
        return made

    return open_it


def _plan(workspace: Any, view: Any) -> None:
    day = workspace.today() + timedelta(days=3)
    appointments.plan(workspace, view.trajectory.id, date=day, starts_at="09:00", location="Bibliotheek")


def _made(workspace: Any) -> list[str | None]:
    return [one.action for one in auditing.entries(workspace) if (one.action or "").startswith("paper.")]


def test_without_an_appointment_it_says_what_to_do(opened):
    dialog = opened(Kind.SLIP)
    assert dialog.state.text() == client_papers.NO_APPOINTMENT
    assert not dialog.outs[Kind.SLIP].isEnabled()
    assert dialog.preview.pages == []


def test_the_slip_in_sight_is_the_one_that_is_kept(opened, desk, view, answers, tmp_path):
    _plan(desk.workspace, view)
    dialog = opened(Kind.SLIP)
    dialog.bring.setPlainText("Je diploma")
    assert len(dialog.preview.pages) == 1
    assert not dialog.preview.pages[0].pixmap().isNull()
    assert _made(desk.workspace) == []
    answers.saved = tmp_path / "briefje.pdf"
    dialog.outs[Kind.SLIP].keep_buttons[0].click()
    text = extract_text((tmp_path / "briefje.pdf").read_bytes())
    assert "Je diploma" in text
    assert "Bibliotheek" in text
    assert _made(desk.workspace) == ["paper.slip"]


def test_more_slips_than_fit_on_a_side_take_another(opened, desk, view):
    _plan(desk.workspace, view)
    dialog = opened(Kind.SLIP)
    dialog.copies.setCurrentIndex(dialog.copies.findData(5))
    assert len(dialog.preview.pages) == 2


def test_a_letter_needs_a_partner_and_shows_its_own_fields(opened, desk, view):
    dialog = opened(Kind.LETTER)
    assert dialog.state.text() == client_papers.NO_PARTNER
    assert dialog.partner.isVisible()
    assert not dialog.bring.isVisible()
    assert not dialog.given.isVisible()
    dialog.kind.setCurrentIndex(dialog.kind.findData(Kind.HANDOVER))
    assert dialog.given.isVisible()


def test_nothing_is_ticked_beforehand_and_a_word_that_betrays_is_said_and_not_printed(opened, desk, view):
    dossiers.add(desk.workspace, Referral, view.trajectory.id, partner_name="CVO Voorbeeld")
    dialog = opened(Kind.LETTER)
    assert not any(box.isChecked() for box in dialog.told.values())
    assert dialog.state.text() == client_papers.NOT_ASKED
    assert dialog.outs[Kind.LETTER].isEnabled()
    dialog.told["TALENTS"].click()
    assert "niet op dit blad" in dialog.state.text()
    assert not dialog.outs[Kind.LETTER].isEnabled()
    assert dialog.preview.pages == []
    dialog.told["TALENTS"].click()
    assert dialog.outs[Kind.LETTER].isEnabled()
    assert dialog.preview.pages


def test_the_form_as_agreed_asks_a_yes(opened, desk, view):
    workspace = desk.workspace
    dossiers.add(workspace, Referral, view.trajectory.id, partner_name="CVO Voorbeeld")
    dialog = opened(Kind.HANDOVER)
    assert dialog.outs[Kind.HANDOVER].isEnabled()
    dialog.given.setCurrentIndex(1)
    assert "Er is niets gemaakt" in dialog.state.text()
    assert not dialog.outs[Kind.HANDOVER].isEnabled()
    consents.answer(workspace, view.dossier.id, "WARM_HANDOVER", "GIVEN")
    again = opened(Kind.HANDOVER)
    again.given.setCurrentIndex(1)
    assert again.state.text() == client_papers.AGREED
    assert again.preview.pages


def test_a_letter_is_printed_as_often_as_asked(opened, desk, view, answers, tmp_path):
    dossiers.add(desk.workspace, Referral, view.trajectory.id, partner_name="CVO Voorbeeld")
    dialog = opened(Kind.LETTER)
    dialog.copies.setCurrentIndex(dialog.copies.findData(2))
    answers.printed = tmp_path / "printed.pdf"
    dialog.outs[Kind.LETTER].print_button.click()
    assert page_count(answers.printed.read_bytes()) == 2
    assert _made(desk.workspace) == ["paper.letter"]


def test_it_opens_from_talks_from_advice_and_from_rights(qtbot, desk, view):
    _plan(desk.workspace, view)
    talks = PlannerCard(desk, view, view.trajectory.id)
    advice = SheetPanel(desk, view.trajectory.id)
    rights = RightsView(desk, view)
    for place in (talks, advice, rights):
        qtbot.addWidget(place)
    talks.slip.click()
    advice.acts.open_papers()
    assert rights.handing is not None
    rights.handing.form.click()
    dialogs = [place.findChild(ClientPapersDialog) for place in (talks, advice, rights)]
    found = [dialog.kind.currentData() for dialog in dialogs if dialog is not None]
    assert found == [Kind.SLIP, Kind.LETTER, Kind.HANDOVER]


def test_the_palette_opens_it_for_the_dossier_in_sight(qtbot, desk, view, workspace):
    papers = next(one for one in COMMANDS if one.key == "papers")
    shell = Shell(workspace, desk.jobs, desk.paper)
    qtbot.addWidget(shell)
    shell.show()
    papers.act(shell)
    assert shell.findChild(ClientPapersDialog) is None
    shell.open_dossier(view.client.id)
    papers.act(shell)
    dialog = shell.findChild(ClientPapersDialog)
    assert dialog is not None
    assert dialog.kind.currentText() == client_papers.LABELS[Kind.SLIP]
