"""The live sheet: real pages, stale drawings dropped, and what leaves it is remembered in the dossier."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import replace

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton

from leerwinkel_desktop.domain.sheet_files import SheetFile
from leerwinkel_desktop.domain.trajectories import AdviceSheet, AdviceStep, LearningQuestion
from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.services import dossiers, sheet_files, sheets
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.sheet_panel import SheetPanel
from leerwinkel_desktop.ui.pages.dossier.sheet_remarks import empty_parts
from leerwinkel_desktop.ui.print_pdf import PrinterRefused, PrinterStopped, print_pdf
from leerwinkel_desktop.ui.still_to_print import StillToPrint


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
    sentence = empty_parts(panel.sheet.warnings)
    assert sentence.startswith("Nog leeg: ")
    assert "Dit wil ik" not in sentence
    shown = [label.text() for label in panel.remarks.findChildren(QLabel) if "leeg" in label.text()]
    assert shown == [sentence]


def test_many_remarks_stand_folded_behind_their_number(panel, desk, view):
    assert panel.remarks.head.isHidden()
    dossiers.add(desk.workspace, AdviceStep, view.trajectory.id, position=1, what="€1 of €2 op 1/2/2026")
    panel.redraw()
    assert panel.remarks.head.text() == "5 opmerkingen bij het blad"
    assert not panel.remarks._body.isVisible()
    panel.remarks.head.click()
    assert panel.remarks._body.isVisible()


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
    late, old = panel._on_drawn(panel._turn), panel.live
    panel.large.setChecked(True)
    newest = panel.sheet
    late((old, [], 0))
    assert panel.sheet is newest
    assert pictures(panel)


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_a_draft_says_so_and_is_not_counted(panel, desk, view, answers, tmp_path):
    assert "ONTWERP" in text_of(panel.sheet.pdf)
    assert panel.acts.print_button.text() == "Druk het ontwerp af"
    assert panel.acts.later_button.isHidden()
    answers.printed, answers.saved = tmp_path / "printed.pdf", tmp_path / "blad.pdf"
    panel.print_sheet()
    panel.keep()
    assert "ONTWERP" in text_of(answers.saved.read_bytes())
    assert answers.printed.exists()
    assert kept(desk, view) == ()


def test_a_sheet_that_is_ready_has_no_mark(panel, desk, view):
    panel.acts.confirm()
    assert "ONTWERP" not in text_of(panel.sheet.pdf)
    assert panel.acts.confirm_button.isHidden()
    (sheet,) = kept(desk, view)
    assert (sheet.printed_at, sheet.sha256) == (None, hashlib.sha256(panel.sheet.pdf).hexdigest())


def test_what_came_in_meanwhile_is_shown_before_it_is_made_ready(panel, desk, view, banner):
    question = dossiers.reload(desk.workspace, view.client.id).of(LearningQuestion)[0]
    dossiers.change(desk.workspace, LearningQuestion, question.id, dream="Ik wil kok worden.")
    panel.acts.confirm()
    assert kept(desk, view) == ()
    assert "Kijk het blad na" in banner.text
    assert "kok" in text_of(panel.sheet.pdf)
    panel.acts.confirm()
    assert len(kept(desk, view)) == 1


def test_copies_are_printed_as_often_as_asked(panel, answers, tmp_path):
    answers.printed = tmp_path / "printed.pdf"
    panel.acts.copies.setCurrentIndex(2)
    panel.print_sheet()
    with pypdfium2.PdfDocument(answers.printed.read_bytes()) as paper:
        assert len(paper) == 3 * panel.sheet.pages


def test_a_copy_is_marked_on_paper_and_the_file_is_not(panel, desk, view, answers, tmp_path):
    panel.acts.confirm()
    answers.printed = tmp_path / "printed.pdf"
    panel.print_sheet()
    first = answers.printed.read_bytes()
    (version,) = panel.live.kept
    again = panel.kept.findChild(QPushButton)
    assert again.text() == "Druk opnieuw af"
    again.click()
    with pypdfium2.PdfDocument(first) as one, pypdfium2.PdfDocument(answers.printed.read_bytes()) as two:
        assert len(one) == len(two)
        before, after = (paper[0].render(scale=1) for paper in (one, two))
        margin = 40 * before.stride
        assert bytes(before.buffer)[:margin] != bytes(after.buffer)[:margin]
        assert bytes(before.buffer)[margin:] == bytes(after.buffer)[margin:], "only the top margin has more"
    assert sheet_files.read_back(desk.workspace, version.sheet_id) == panel.live.final


def test_later_and_all_in_one_go(panel, desk, view, answers, tmp_path, qtbot):
    panel.acts.confirm()
    panel.acts.later_button.click()
    assert panel.acts.waiting_button.text() == "Nog af te drukken (1)"
    panel.large.setChecked(True)
    panel.acts.confirm()
    panel.acts.later_button.click()
    card = StillToPrint(desk)
    qtbot.addWidget(card)
    assert card.print_button.text() == "Druk 2 bladen af"
    answers.printed = tmp_path / "printed.pdf"
    card.print_chosen()
    assert sorted(one.name for one in tmp_path.glob("printed*.pdf")) == ["printed-2.pdf", "printed.pdf"]
    assert [sheet.printed_at for sheet in kept(desk, view)] == [desk.workspace.today()] * 2
    assert not card.boxes
    assert card.print_button.isHidden()


def test_what_was_printed_before_the_paper_ran_out_counts_and_the_rest_stays(
    panel, desk, view, answers, tmp_path, qtbot, banner
):
    for large in (False, True):
        panel.large.setChecked(large)
        panel.acts.confirm()
        panel.acts.later_button.click()
    first, second = kept(desk, view)
    damaged = SheetFile(id="weg", sheet_id=second.id, to_print=True, content="x")
    dossiers.save(desk.workspace, replace(damaged, id="ffffffff-ffff-7fff-8fff-ffffffffffff"))
    card = StillToPrint(desk)
    qtbot.addWidget(card)
    answers.printed = tmp_path / "printed.pdf"
    card.print_chosen()
    assert "niet meer het blad" in banner.text
    assert [sheet.printed_at for sheet in kept(desk, view)] == [desk.workspace.today(), None]
    assert second.id in card.boxes
    assert first.id not in card.boxes


def test_a_sheet_is_taken_off_the_list_and_put_back(panel, desk, qtbot, toast):
    panel.acts.confirm()
    panel.acts.later_button.click()
    card = StillToPrint(desk)
    qtbot.addWidget(card)
    card.take_off()
    assert not card.boxes
    toast.undo.click()
    assert len(card.boxes) == 1


class Jam(QPrinter):
    """A printer that stops after its first page."""

    def newPage(self) -> bool:
        return False


def test_a_printer_that_stops_says_so(desk, view, tmp_path):
    printer = Jam(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "half.pdf"))
    printer.setResolution(50)
    printer.setCopyCount(2)
    sheet = sheets.render(desk.workspace, view.trajectory.id, "ORDINARY")
    with pytest.raises(PrinterStopped):
        print_pdf(printer, sheet.pdf)


def test_plain_words_go_into_the_field_and_out_again(qtbot, desk, view, toast):
    dossiers.add(desk.workspace, AdviceStep, view.trajectory.id, position=1, what="Ik betaal €25.")
    page = DossierPage(desk, view.client.id)
    qtbot.addWidget(page)
    page.show()
    page.go("advice")

    def what() -> str | None:
        return dossiers.reload(desk.workspace, view.client.id).of(AdviceStep)[0].what

    assert page.panel is not None
    buttons = {one.text(): one for one in page.panel.remarks.findChildren(QPushButton)}
    buttons["Vervang “€25”"].click()
    assert what() == "Ik betaal 25 euro."
    toast.undo.click()
    assert what() == "Ik betaal €25."
    next(one for one in page.panel.remarks.findChildren(QPushButton) if "veld" in one.text()).click()
    focused = page.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Wat doe ik?"


def test_printing_puts_the_pages_on_paper_and_remembers_it(panel, desk, view, answers, tmp_path, toast):
    panel.acts.confirm()
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
    panel.acts.confirm()
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
    assert panel.acts.print_button.isEnabled()
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
    panel.acts.confirm()
    assert [sheet.variant for sheet in kept(desk, view)] == ["INSIDE"]
    assert panel.variant.currentData() == "INSIDE"
    assert panel.large.isChecked()
    assert page.panel is panel


def test_the_language_starts_from_the_client_and_can_be_chosen(qtbot, desk, view):
    dossiers.save(desk.workspace, replace(view.client, contact_language="tr"))
    panel = SheetPanel(desk, view.trajectory.id)
    qtbot.addWidget(panel)
    panel.redraw()
    assert panel.language.currentText() == "Nederlands en Turks"
    assert "Ne istiyorum" in printed(panel)
    choose(panel, "Nederlands en Oekraïens")
    assert "Чого я хочу" in printed(panel)
    panel.acts.confirm()
    assert kept(desk, view)[-1].language == "uk"
    assert panel.language.currentText() == "Nederlands en Oekraïens"
    told = [label.text() for label in panel.kept.findChildren(QLabel)]
    assert "Versie 1: Gewoon blad, Nederlands en Oekraïens" in told
    choose(panel, "Alleen Nederlands")
    assert panel.live is not None
    assert panel.live.version is None
    assert "Чого" not in printed(panel)


def printed(panel: SheetPanel) -> str:
    assert panel.sheet is not None
    return extract_text(panel.sheet.pdf)


def choose(panel: SheetPanel, text: str) -> None:
    """As somebody does in the opened list."""
    place = panel.language.findText(text)
    assert place >= 0
    panel.language.setCurrentIndex(place)
    panel.language.activated.emit(place)
