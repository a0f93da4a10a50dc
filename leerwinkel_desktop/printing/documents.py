"""Prints all papers beside the sheets in their look: about rights, letters, forms, slips of appointments.

A paper may take as many sides as it needs, and one that people take home is tried on one side in two columns
first; nothing on it is ever shortened.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leerwinkel_desktop.domain.advice import Part
from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.columns import lay_out_in_columns
from leerwinkel_desktop.printing.content import (
    Blank,
    Content,
    Fact,
    Item,
    Length,
    Section,
    Text,
    printed_texts,
)
from leerwinkel_desktop.printing.fonts import faces, legible
from leerwinkel_desktop.printing.layout import draw_foot, lay_out_whole
from leerwinkel_desktop.printing.looks import LARGE, Look
from leerwinkel_desktop.printing.marks import draw_mark

PLAIN: Final = Look(body=12, heading=15, title=26, small=11, margin=50, gutter=38, label=0, icon=26)
DENSE: Final = Look(body=10.5, heading=13.5, title=24, small=10, margin=50, gutter=34, label=0, icon=23)


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading with its pictogram; text, then bullets, then answers with their labels.

    `lines` is how many empty lines to write on by hand come last.
    """

    heading: str
    icon: str
    text: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper; `name` stands under the title beside the date, `small_print` at the end.

    `one_side` asks for one side in two columns; with longer facts than fit there, or in large print, it is
    laid out as any other. `mark` is drawn at the top of each side: that it is a draft.
    """

    title: str
    name: str
    date: str
    sections: tuple[PaperSection, ...]
    small_print: tuple[str, ...] = ()
    house: str = ""
    dense: bool = False
    one_side: bool = False
    mark: str = ""


def render_paper(paper: Paper, *, large_print: bool = False) -> bytes:
    """The paper as a PDF on A4; the same paper always gives the same bytes."""
    faces()
    look = LARGE if large_print else DENSE if paper.dense else PLAIN
    words = content_of(paper)
    side = lay_out_in_columns(words, look) if paper.one_side and not large_print else None
    pages = lay_out_whole(words, look) if side is None else [side]
    target = io.BytesIO()
    canvas = new_canvas(target)
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.house)
    canvas.setCreator("Leerwinkel Desktop")
    for number, page in enumerate(pages, start=1):
        for top, atom in page:
            atom.draw(canvas, top)
        draw_foot(canvas, words, look, number, len(pages))
        if paper.mark:
            draw_mark(canvas, paper.mark)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def texts_of(paper: Paper) -> Iterator[str]:
    """Every text that the paper prints."""
    return printed_texts(content_of(paper))


def content_of(paper: Paper) -> Content:
    """The paper as the layout takes it."""
    return Content(
        title=paper.title,
        name=paper.name,
        date=paper.date,
        sections=tuple(map(_section, paper.sections)),
        small_print=paper.small_print,
        house=paper.house,
        emblem=False,
        draft=False,
    )


def _section(section: PaperSection) -> Section:
    items: tuple[Item, ...] = (
        *(Text(text) for text in section.text),
        *(Text(text, bullet=True) for text in section.bullets),
        *(Fact(legible(label).text, text, length=Length.FREE) for label, text in section.facts),
        *(Blank() for _ in range(section.lines)),
    )
    return Section(Part.SMALL_PRINT, section.icon, section.heading, items)
