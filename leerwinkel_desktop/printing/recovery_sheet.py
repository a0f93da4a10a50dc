"""Prints the sheet for the sealed envelope: the keys of an office as text to type over and as QR.

SECURITY.md §2 "Keys". The last group on the sheet is what the rehearsal asks for.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.fonts import faces
from leerwinkel_desktop.printing.looks import ACCENT, HAIRLINE, INK, MUTED, PAGE_HEIGHT, PAGE_WIDTH
from leerwinkel_desktop.printing.tagging import FIGURE, tagged
from leerwinkel_desktop.printing.typeset import Style, break_lines, draw_line

MARGIN: Final = 56.0
ROOM: Final = PAGE_WIDTH - 2 * MARGIN
QR_SIZE: Final = 132.0
GAP: Final = 20.0
PER_LINE: Final = 4
TITLE: Final = Style(22, bold=True, spacing=1.3)
HEADING: Final = Style(14, bold=True, spacing=1.4)
TEXT: Final = Style(11)
SIGNS: Final = Style(14, bold=True, spacing=1.6)


@dataclass(frozen=True, slots=True)
class SheetKey:
    """One key: what it is for, and its text in groups as people type it over."""

    heading: str
    told: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The whole sheet; `made` is the day, written out. The keys stand in the order given."""

    organisation: str
    made: str
    keys: tuple[SheetKey, ...]


def render_recovery_sheet(sheet: RecoverySheet) -> bytes:
    """The sheet as a PDF of one side of A4; the same sheet always gives the same bytes."""
    faces()
    target = io.BytesIO()
    canvas = new_canvas(target)
    canvas.setTitle(_("Herstelblad"))
    canvas.setCreator("Leerwinkel Desktop")
    _Press(canvas).run(sheet)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


class _Press:
    """Writes from the top down."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = PAGE_HEIGHT - MARGIN

    def run(self, sheet: RecoverySheet) -> None:
        self._say(_("Herstelblad van de Leerwinkel"), TITLE, ACCENT, role="H1")
        self._say(f"{sheet.organisation} · {sheet.made}", TEXT, MUTED)
        self.y -= 8
        for sentence in (
            _("Druk dit blad twee keer af. Leg elk in een gesloten omslag, achter slot, op twee plaatsen."),
            _("Wie dit blad heeft, opent alle overgedragen dossiers. Maak geen foto en geen derde blad."),
            _("Typ je een sleutel over, dan tellen spaties en nieuwe lijnen niet mee."),
        ):
            self._say(sentence, TEXT, INK)
        for key in sheet.keys:
            self._key(key)

    def _say(
        self,
        text: str,
        style: Style,
        color: object,
        left: float = MARGIN,
        room: float = ROOM,
        role: str = "P",
    ) -> None:
        with tagged(self.canvas, role):
            for line in break_lines(text, style, room).texts:
                self.canvas.setFillColor(color)
                draw_line(self.canvas, line, left, self.y - style.size, style)
                self.y -= style.leading

    def _key(self, key: SheetKey) -> None:
        self.y -= 20
        self.canvas.setStrokeColor(HAIRLINE)
        self.canvas.line(MARGIN, self.y, PAGE_WIDTH - MARGIN, self.y)
        self.y -= 14
        self._say(key.heading, HEADING, INK, role="H2")
        self._say(key.told, TEXT, MUTED)
        self.y -= 8
        top = self.y
        self._qr("".join(key.groups), top)
        self.y -= 4
        for line in _lines(key.groups):
            self._say(line, SIGNS, INK, MARGIN + QR_SIZE + GAP, ROOM - QR_SIZE - GAP)
        self.y = min(self.y, top - QR_SIZE)

    def _qr(self, text: str, top: float) -> None:
        code = QrCodeWidget(text, barLevel="M", barWidth=QR_SIZE, barHeight=QR_SIZE, barBorder=0)
        drawing = Drawing(QR_SIZE, QR_SIZE)
        drawing.add(code)
        box = (MARGIN, top - QR_SIZE, MARGIN + QR_SIZE, top)
        with tagged(self.canvas, FIGURE, alt=_("QR-code met dezelfde sleutel"), box=box):
            renderPDF.draw(drawing, self.canvas, MARGIN, top - QR_SIZE)


def _lines(groups: tuple[str, ...]) -> list[str]:
    """The fixed beginning on a line of its own, then four groups on each."""
    rest = groups[1:]
    return [groups[0], *("  ".join(rest[at : at + PER_LINE]) for at in range(0, len(rest), PER_LINE))]
