"""A paper takes no side for one last line, keeps every word, and its labels can be printed."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest

from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper, texts_of
from leerwinkel_desktop.printing.pages import extract_text, page_count


def paper(sections: int) -> Paper:
    return Paper(
        title="Voorbeeld",
        name="Een blad",
        date="",
        sections=tuple(
            PaperSection(
                f"Deel {number}", "agreement", text=(f"Regel {number}.",), facts=(("Weg (→)", "ja"),)
            )
            for number in range(sections)
        ),
        small_print=("Versie 1.",),
        house="Leerwinkel",
    )


def read(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize("sections", range(1, 24))
def test_no_side_holds_only_the_end(sections):
    sides = read(render_paper(paper(sections)))
    whole = "\n".join(sides)
    assert all(f"Regel {number}." in whole for number in range(sections))
    assert "Weg (›)" in whole
    assert sides[-1].count("Deel ") > 0, "the small print stands alone on a side"


def test_white_gives_way_before_another_side_is_begun():
    sides = [len(read(render_paper(paper(sections)))) for sections in range(1, 12)]
    assert sides[8] == 1
    assert sides == sorted(sides)


def test_a_mark_stands_on_each_side():
    section = PaperSection("Kop", "help", text=tuple(f"Zin {n}." for n in range(60)))
    paper = Paper("Titel", "naam", "vandaag", (section,), mark="ONTWERP")
    pdf = render_paper(paper)
    assert page_count(pdf) > 1
    assert extract_text(pdf).count("ONTWERP") == page_count(pdf)
    assert "ONTWERP" not in extract_text(render_paper(replace(paper, mark="")))
    assert {"Titel", "naam", "vandaag", "Kop", "Zin 59."} <= set(texts_of(paper))
