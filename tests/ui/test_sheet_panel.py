"""The live sheet: real pages, stale drawings dropped, and what leaves it is remembered in the dossier."""

from __future__ import annotations

import hashlib
import threading

import pypdfium2
import pytest
from PySide6.QtWidgets import QLabel

from leerwinkel_desktop.domain.trajectories import AdviceSheet, LearningQuestion
from leerwinkel_desktop.services import dossiers, sheets
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.sheet_panel import SheetPanel, told
from leerwinkel_desktop.ui.print_pdf import PrinterRefused, print_pdf


@pytest.fixture
def view(workspace):
    view = dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")
    assert view.trajectory is not None
    dossiers.add(workspace, LearningQuestion, view.trajectory.id, dream="Ik wil bakker worden.")
    return view


@pytest.fixture
def panel(qtbot, desk, view):
    made = SheetPanel(desk, view.trajectory.id)
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    made.redraw()
    return made


def never(error: BaseException) -> None:
    raise AssertionError(error)


def kept(desk, view):
    return dossiers.reload(desk.workspace, view.client.id).of(AdviceSheet)


def pictures(panel):
    return [label.pixmap() for label in panel.findChildren(QLabel) if not label.pixmap().isNull()]


def test_shows_the_pages_of_the_real_pdf(panel):
    assert len(pictures(panel)) == panel.sheet.pages
    page = pictures(panel)[0]
    assert page.height() / page.width() == pytest.approx(297 / 210, rel=0.01)
    assert "bakker" in pypdfium2.PdfDocument(panel.sheet.pdf)[0].get_textpage().get_text_range()


def test_a_page_is_never_wider_than_its_panel(qtbot, panel):
    def fits() -> bool:
        room = panel._scroll.viewport().width()
        return bool(panel.width() - 20 < room and room - 60 < pictures(panel)[0].width() <= room)

    for width in (700, 420, 560):
        panel.resize(width, 700)
        qtbot.waitUntil(fits)


def test_says_in_one_sentence_what_is_empty(panel):
    sentences = told(panel.sheet)
    assert sentences[0].startswith("Nog leeg: ")
    assert "Dit wil ik" not in sentences[0]
    assert sum("leeg" in sentence for sentence in sentences) == 1


def test_variant_and_large_print_draw_anew(panel):
    before = panel.sheet.pdf
    panel.variant.setCurrentIndex(panel.variant.findData("INSIDE"))
    inside = panel.sheet.pdf
    panel.large.setChecked(True)
    assert len({before, inside, panel.sheet.pdf}) == 3


def test_a_drawing_that_is_overtaken_is_dropped(qtbot, workspace, answers, banner, toast, ground, view):
    jobs = JobRunner()
    desk = Desk(workspace, jobs, answers, banner, toast, ground)
    panel = SheetPanel(desk, view.trajectory.id)
    qtbot.addWidget(panel)
    gate, shown = threading.Event(), []
    panel.drawn.connect(lambda: shown.append(panel.variant.currentData()))
    jobs.start(panel, lambda progress: gate.wait(10), lambda _: None, never)
    for code in ("INSIDE", "PORTABLE", "ORDINARY"):
        panel.variant.setCurrentIndex(panel.variant.findData(code))
    with qtbot.waitSignal(jobs.idle, timeout=10_000):
        gate.set()
    assert shown == ["ORDINARY"]
    jobs.close()


def test_a_drawing_that_was_under_way_when_it_was_overtaken_is_dropped(panel):
    late, old = panel._on_drawn(panel._turn), panel.sheet
    panel.large.setChecked(True)
    newest = panel.sheet
    late((old, []))
    assert panel.sheet is newest
    assert pictures(panel)


def test_printing_puts_the_pages_on_paper_and_remembers_it(panel, desk, view, answers, tmp_path, toast):
    answers.printed = tmp_path / "printed.pdf"
    panel.print_sheet()
    with pypdfium2.PdfDocument(answers.printed.read_bytes()) as paper:
        assert len(paper) == panel.sheet.pages
        width, height = paper[0].get_size()
        assert (width, height) == (pytest.approx(595, abs=2), pytest.approx(842, abs=2))
        drawn = paper[0].render(scale=1)
        assert min(bytes(drawn.buffer)) < 128, "the paper is not white all over"
    (sheet,) = kept(desk, view)
    assert (sheet.variant, sheet.version, sheet.printed_at) == ("ORDINARY", 1, desk.workspace.today())
    assert sheet.sha256 == hashlib.sha256(panel.sheet.pdf).hexdigest()


def test_thinking_again_prints_and_remembers_nothing(panel, desk, view):
    panel.print_sheet()
    panel.keep()
    assert kept(desk, view) == ()


def test_keeping_as_pdf_writes_the_same_bytes(panel, desk, view, answers, tmp_path):
    answers.saved = tmp_path / "blad"
    panel.keep()
    assert (tmp_path / "blad.pdf").read_bytes() == panel.sheet.pdf
    assert len(kept(desk, view)) == 1


def test_a_place_that_cannot_be_written_is_told(panel, desk, view, answers, tmp_path, banner):
    answers.saved = tmp_path / "weg" / "blad.pdf"
    panel.keep()
    assert banner.text
    assert kept(desk, view) == ()


def test_a_printer_that_does_not_begin_is_told(panel, desk, answers, tmp_path, banner, view):
    answers.printed = tmp_path / "weg" / "blad.pdf"
    panel.print_sheet()
    assert banner.text == PrinterRefused.sentence
    assert panel.print_button.isEnabled()
    assert kept(desk, view) == ()


def test_cancelled_printing_stops_between_pages(desk, view, answers, tmp_path):
    from leerwinkel_desktop.services.progress import Cancelled

    answers.printed = tmp_path / "half.pdf"
    sheet = sheets.render(desk.workspace, view.trajectory.id, "ORDINARY", large_print=True)

    def stop(done: int, total: int, text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        print_pdf(answers.printer(None, ""), sheet.pdf, stop)


def test_the_kind_of_sheet_stays_chosen_after_it_was_kept(qtbot, desk, view, answers, tmp_path):
    page = DossierPage(desk, view.client.id)
    qtbot.addWidget(page)
    page.go("advice")
    panel = page.panel
    assert panel is not None
    panel.variant.setCurrentIndex(panel.variant.findData("INSIDE"))
    panel.large.setChecked(True)
    answers.saved = tmp_path / "blad"
    panel.keep()
    assert [sheet.variant for sheet in kept(desk, view)] == ["INSIDE"]
    assert panel.variant.currentData() == "INSIDE"
    assert panel.large.isChecked()
    assert page.panel is panel
