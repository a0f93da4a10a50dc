"""A paper takes no side for one last line, keeps every word, and its labels can be printed."""

from __future__ import annotations

import pypdfium2
import pytest

from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper


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
