"""Sheets on a real print queue: what comes out is the sheet; what the queue refuses is told, not counted."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from leerwinkel_desktop.domain.trajectories import AdviceStep
from leerwinkel_desktop.printing.pages import render_pages
from leerwinkel_desktop.services import dossiers, sheet_files, vaults
from leerwinkel_desktop.ui.print_pdf import PrinterRefused, QueueRefused, image_of
from tests.faults import print_queue, screen
from tests.faults.conftest import ROOT, Child
from tests.faults.screen import Screen

WINDOW = "tests.faults.printing_window"
PASSPHRASE = "appel fiets wolk lamp rivier stoel"
A4 = (595.3, 841.9)
DPI = 150
DOTS = (424, 600)
"""A multiple of four across: rows of grey stand behind each other without a gap."""
TOLERANCE = 0.25
"""How far a page on paper may be from the sheet, of how far an empty one is: its edges are drawn twice."""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed office with one dossier of which the sheet has something to say."""
    workspace = vaults.create(tmp_path / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    view = dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")
    assert view.trajectory is not None
    dossiers.add(workspace, AdviceStep, view.trajectory.id, position=1, what="Ik bel naar de school.")
    workspace.close()
    return tmp_path / "vault"


@pytest.fixture
def queue() -> Iterator[print_queue.Queue]:
    reason = print_queue.missing()
    if reason:
        pytest.skip(reason)
    made = print_queue.Queue()
    yield made
    made.end()


@pytest.fixture
def desk(start: Callable[..., Child], vault: Path, queue: print_queue.Queue) -> Child:
    """The real program, with a sheet that is ready and stands on the list."""
    child = start(WINDOW, CUPS_SERVER=queue.server)
    child.say(PASSPHRASE)
    assert child.hear() == "ready"
    return child


def ask(child: Child, order: str, meanwhile: Callable[[], None] = lambda: None) -> dict[str, object]:
    """Press a button; `meanwhile` happens between the system's dialog and the printing."""
    child.say(order)
    assert child.hear() == "asked"
    meanwhile()
    child.say("go")
    told: dict[str, object] = json.loads(child.hear())
    return told


def the_sheet(vault: Path) -> bytes:
    """The very file of the one sheet in a vault."""
    workspace = vaults.unlock(vault, PASSPHRASE)
    try:
        (hit,) = dossiers.search(workspace, "")
        view = dossiers.reload(workspace, hit.client_id)
        assert view.trajectory is not None
        (kept,) = sheet_files.kept(workspace, view.trajectory.id)
        return sheet_files.read_back(workspace, kept.sheet_id)
    finally:
        workspace.close()


def apart(one: bytes, other: bytes) -> float:
    """How far apart two rows of pixels are on average, of 255."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


def off(page: bytes, meant: bytes) -> float:
    """How far a page is from what was meant, of how far an empty page is."""
    return apart(page, meant) / apart(b"\xff" * len(meant), meant)


def pixels(pdf: bytes) -> list[bytes]:
    """Each page in grey, on as many dots whatever its size in points is rounded to."""
    return [
        bytes(
            image_of(page)
            .scaled(*DOTS, mode=Qt.TransformationMode.SmoothTransformation)
            .convertToFormat(QImage.Format.Format_Grayscale8)
            .constBits()
        )
        for page in render_pages(pdf, DPI)
    ]


def test_two_copies_of_the_sheet_come_out(desk: Child, queue: print_queue.Queue, vault: Path):
    told = ask(desk, "sheet 2")
    assert told == {"banner": "", "waiting": 0, "printed": 1}
    (paper,) = queue.printed()
    desk.end()
    wanted = pixels(the_sheet(vault))
    with pypdfium2.PdfDocument(paper) as document:
        sizes = [page.get_size() for page in document]
    assert sizes == [pytest.approx(A4, abs=1)] * 2 * len(wanted)
    seen = pixels(paper.read_bytes())
    assert max(off(page, meant) for page, meant in zip(seen, wanted * 2, strict=True)) < TOLERANCE
    assert off(wanted[0][4000:] + wanted[0][:4000], wanted[0]) > 2 * TOLERANCE, "a shift would not be seen"


def test_what_waits_is_printed_and_leaves_the_list(desk: Child, queue: print_queue.Queue):
    assert ask(desk, "list") == {"banner": "", "waiting": 0, "printed": 1}
    assert len(queue.printed()) == 1


REFUSALS: dict[str, tuple[Callable[[print_queue.Queue], None], str]] = {
    "paused": (lambda queue: queue.do("cupsdisable", "PDF"), PrinterRefused.sentence),
    "deleted": (lambda queue: queue.do("lpadmin", "-x", "PDF"), PrinterRefused.sentence),
    "closed": (lambda queue: queue.do("cupsreject", "PDF"), QueueRefused.sentence),
    "full": (lambda queue: queue.fill(), QueueRefused.sentence),
    "gone": (lambda queue: queue.stop(), PrinterRefused.sentence),
}


@pytest.mark.parametrize("order", ["sheet 1", "list"])
@pytest.mark.parametrize("fault", REFUSALS)
def test_what_the_queue_refuses_is_told_and_stays_on_the_list(
    desk: Child, queue: print_queue.Queue, fault: str, order: str
):
    break_it, sentence = REFUSALS[fault]
    told = ask(desk, order, lambda: break_it(queue))
    assert told == {"banner": sentence, "waiting": 1, "printed": 0}


def test_no_printer_at_all(start: Callable[..., Child], vault: Path, tmp_path: Path):
    child = start(WINDOW, CUPS_SERVER=str(tmp_path / "nobody.sock"))
    child.say(PASSPHRASE)
    assert child.hear() == "ready"
    assert ask(child, "sheet 1") == {"banner": PrinterRefused.sentence, "waiting": 1, "printed": 0}


def test_no_room_for_the_job_itself(queue: print_queue.Queue, tmp_path: Path):
    """Qt says nothing when its own file is cut off; the printer would get half of it."""
    paper = tmp_path / "paper.pdf"
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(*A4)
        document.save(paper)
    small = queue.folder / "small"
    small.mkdir()
    queue.inside(
        f"mount -t tmpfs -o size=100k small {small} && cd {ROOT} && TMPDIR={small} "
        f"CUPS_SERVER={queue.server} {sys.executable} -m tests.faults.printing_full {paper}"
    )
    assert queue.printed() == []


@pytest.fixture
def display() -> Iterator[Screen]:
    reason = screen.missing()
    if reason:
        pytest.skip(reason)
    made = Screen()
    yield made
    made.end()


@pytest.fixture
def at_the_dialog(
    start: Callable[..., Child], vault: Path, queue: print_queue.Queue, display: Screen
) -> tuple[Child, set[str]]:
    """A real window of which the system's dialog for printing is open, and the words on that."""
    child = start(WINDOW, "dialog", CUPS_SERVER=queue.server, QT_QPA_PLATFORM="xcb", DISPLAY=display.name)
    child.say(PASSPHRASE)
    assert child.hear() == "ready"
    child.say("sheet 2")
    return child, set(json.loads(child.hear()))


def test_the_systems_dialog_is_dutch_and_enter_prints(
    at_the_dialog: tuple[Child, set[str]], queue: print_queue.Queue, display: Screen
):
    child, words = at_the_dialog
    assert {"A&fdrukken", "Annuleren", "Kopieën:", "Omslaan langs de lange kant"} <= words
    display.key("Return")
    assert json.loads(child.hear()) == {"banner": "", "waiting": 0, "printed": 1}
    (paper,) = queue.printed()
    with pypdfium2.PdfDocument(paper) as document:
        assert len(document) == 2


def test_escape_in_the_systems_dialog_prints_nothing(
    at_the_dialog: tuple[Child, set[str]], queue: print_queue.Queue, display: Screen
):
    child, _words = at_the_dialog
    display.key("Escape")
    assert json.loads(child.hear()) == {"banner": "", "waiting": 1, "printed": 0}
    assert queue.printed() == []
