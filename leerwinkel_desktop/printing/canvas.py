"""Opens the paper for sheets and reports: A4, Dutch, tagged, our own letters, the same bytes each time."""

from __future__ import annotations

from typing import BinaryIO, Final

from reportlab.lib.pagesizes import A4

from leerwinkel_desktop.printing.fonts import faces
from leerwinkel_desktop.printing.tagging import TaggedCanvas

LANGUAGE: Final = "nl-BE"


def new_canvas(target: BinaryIO) -> TaggedCanvas:
    """A canvas that begins in our own font; ReportLab's would bring Helvetica, which is not embedded."""
    text = faces()[0]
    return TaggedCanvas(
        target, pagesize=A4, invariant=1, lang=LANGUAGE, pageCompression=1, initialFontName=text.name
    )
