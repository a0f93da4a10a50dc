"""Turns pages of a PDF into pixels, for window and printer (docs/decisions/0001)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: `data` holds rows of `stride` bytes, each pixel blue, green, red and one unused byte."""

    width: int
    height: int
    stride: int
    data: bytes


def render_pages(pdf: bytes, dpi: int) -> Iterator[PageImage]:
    """Each page on white at `dpi` dots per inch, made when it is asked for."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            bitmap = page.render(scale=dpi / POINTS_PER_INCH, rev_byteorder=False, prefer_bgrx=True)
            yield PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()


def page_count(pdf: bytes) -> int:
    """How many pages the file has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def extract_text(pdf: bytes) -> str:
    """The text of all pages, as a reader program would copy it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
