"""An advice sheet once the fonts are loaded, against a bare ReportLab page with the same words."""

from __future__ import annotations

import io

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.services import sheets, vaults
from leerwinkel_desktop.services.demo import people
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

SHEET = Promise(
    name="an advice sheet after the first",
    unit="ms",
    control="a bare ReportLab page with the same words in a font of the PDF reader",
    at_most=150,
)
PROMISES = (SHEET,)


def measure(room: Room) -> list[Row]:
    """Draw the sheet of the demo's guided talk."""
    workspace = vaults.create(room.folder / "sheet", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    trajectory = people.guided(workspace).trajectory
    assert trajectory is not None
    words = text_of(sheets.render(workspace, trajectory.id, "ORDINARY").pdf)
    ours, bare = medians(
        lambda: timed(lambda: sheets.render(workspace, trajectory.id, "ORDINARY")),
        lambda: timed(lambda: bare_pages(words)),
        15,
    )
    workspace.close()
    return [SHEET.row(ours * 1000, bare * 1000)]


def text_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().splitlines() for page in document]


def bare_pages(pages: list[list[str]]) -> bytes:
    """The same lines, one under the other."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for lines in pages:
        for at, line in enumerate(lines):
            canvas.drawString(40, 800 - 12 * at, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
