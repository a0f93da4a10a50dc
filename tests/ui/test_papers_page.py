"""Every paper of the organisation can be printed and kept, and says what is still to be filled in."""

from __future__ import annotations

import pypdfium2
import pytest

from leerwinkel_desktop.services import dossiers, users, vaults
from leerwinkel_desktop.services.rights import house
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.pages.papers import PapersPage
from leerwinkel_desktop.ui.paper_out import PaperOut


def shown(qtbot, desk):
    made = PapersPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


@pytest.fixture
def page(qtbot, desk):
    return shown(qtbot, desk)


def words_of(path):
    document = pypdfium2.PdfDocument(path)
    return " ".join(side.get_textpage().get_text_range() for side in document)


def test_who_answers_stands_on_the_register(qtbot, page, desk, answers, tmp_path):
    qtbot.keyClicks(page.house.lines["controller"], "Stad Voorbeeld")
    page.leave()
    assert house.facts(desk.workspace).controller == "Stad Voorbeeld"
    answers.saved = tmp_path / "register.pdf"
    page.register.findChild(PaperOut).keep_buttons[0].click()
    assert "Stad Voorbeeld" in words_of(answers.saved)
    answers.printed = tmp_path / "gedrukt.pdf"
    page.informing.paper.print_button.click()
    assert answers.printed.exists()


def test_leaving_a_prison_lists_numbers_and_the_stick(page, desk, answers, tmp_path):
    view = dossiers.create(desk.workspace, first_name="Onvergetelijk", last_name="Voorbeeld")
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "anders.txt").write_text("x", encoding="utf-8")
    answers.chosen, answers.saved = stick, tmp_path / "weg"
    page.leaving.choose.click()
    page.leaving.paper.keep_buttons[0].click()
    told = words_of(tmp_path / "weg.pdf")
    assert view.client.client_no in told
    assert "andere bestanden: 1" in told
    assert "Onvergetelijk" not in told


def test_without_laptops_there_is_nothing_to_lose(page):
    assert page.lost.none.isVisibleTo(page.lost)
    assert not page.lost.paper.isVisibleTo(page.lost)


def test_the_access_list_is_for_the_administrator(
    qtbot, page, workspace, answers, banner, toast, ground, tmp_path
):
    assert workspace.user in page.access.told.text()
    answers.saved = tmp_path / "toegang.pdf"
    page.access.paper.keep_buttons[0].click()
    assert workspace.user in words_of(answers.saved)
    users.add(workspace, "Sam", "COUNSELLOR", "zeven vogels drinken stille koffie", vaults.TESTS_ONLY)
    other = vaults.unlock(workspace.folder, "zeven vogels drinken stille koffie")
    try:
        counsellor = shown(qtbot, Desk(other, ImmediateJobs(), answers, banner, toast, ground))
        assert "Alleen een beheerder" in counsellor.access.told.text()
        assert not counsellor.access.paper.isVisibleTo(counsellor.access)
        assert not counsellor.house.lines["dpo"].isEnabled()
        assert "op kantoor" in counsellor.lost.none.text()
    finally:
        other.close()
