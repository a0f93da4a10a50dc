"""What a screen reader finds in our papers (docs/decisions/0023)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from leerwinkel_desktop.domain.advice import AdviceMaterial, Variant
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.trajectories import LearningQuestion
from leerwinkel_desktop.printing import advice_sheet
from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.printing.marks import stamped
from leerwinkel_desktop.printing.recovery_sheet import RecoverySheet, SheetKey, render_recovery_sheet
from leerwinkel_desktop.printing.report import (
    ReportColumn,
    ReportGroup,
    ReportRow,
    ReportTable,
    render_report,
)
from leerwinkel_desktop.printing.tagging import artifact, tagged
from leerwinkel_desktop.printing.typeset import Style, draw_line
from tests.printing.structure import contents, pieces, trees, unmarked, without_marks

SECTION = PaperSection(
    "Wie helpt mij?", "help", text=("Kom langs.",), bullets=("Bel eerst.", "Neem je brief mee."), lines=1
)
PAPER = Paper("Uitleg", "Voor jou", "vandaag", (SECTION, replace(SECTION, icon="call")), ("Klein.",), "Huis")


@pytest.fixture
def sheet(material: AdviceMaterial, codelists: CodeLists) -> bytes:
    return advice_sheet.render(material, Variant.ORDINARY, codelists=codelists).pdf


def _report(rows: int) -> bytes:
    lines = tuple(ReportRow((f"rij {n}", "")) for n in range(rows))
    columns = (ReportColumn("Wat", 3), ReportColumn("n", 1, right=True))
    return render_report(ReportTable("Cijfers", ("2025",), columns, (ReportGroup("Bereik", lines),)))


def _recovery() -> bytes:
    return render_recovery_sheet(
        RecoverySheet("Huis", "vandaag", (SheetKey("Sleutel", "Uitleg", ("AB", "CD")),))
    )


def test_the_tree_of_a_paper_is_its_reading_order():
    (tree,) = trees(render_paper(PAPER))
    section = ["H2", "P", "L", "Figure"]
    assert tree.role == "Document"
    assert [kid.role for kid in tree.kids] == ["H1", "P", "P", *section, *section, "P"]
    assert [[kid.role for kid in item.kids] for item in tree.named("LI")] == [["LBody"]] * 4


def test_the_text_of_the_tree_is_the_text_of_the_page():
    pdf = render_paper(PAPER)
    (tree,), (texts,) = trees(pdf), pieces(pdf)
    read = " ".join(texts[mark] for node in tree.walk() for mark in node.marks if mark in texts)
    told = "Uitleg Voor jou vandaag Wie helpt mij? Kom langs. Bel eerst. Neem je brief mee. Wie helpt mij?"
    assert read.startswith(told)
    assert read.endswith("Klein.")
    assert texts[-1].split() == ["Huis", "1", "van", "1"]


def test_two_columns_are_read_one_after_the_other():
    pdf = render_paper(replace(PAPER, one_side=True))
    (tree,), (texts,) = trees(pdf), pieces(pdf)
    heads = [node.kids[0].alt for node in tree.named("H2")]
    assert heads == ["Twee mensen", "Telefoon"]
    assert "Klein." in texts[max(texts)]


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("large", [False, True])
def test_a_sheet_has_headings_lists_and_told_pictures(
    material: AdviceMaterial, codelists: CodeLists, variant: Variant, large: bool
):
    made = advice_sheet.render(material, variant, codelists=codelists, large_print=large, draft=True)
    roles = [node for tree in trees(made.pdf) for node in tree.walk()]
    assert [node.role for node in roles].count("H1") == 1
    figures = [node for node in roles if node.role == "Figure"]
    assert all(node.alt for node in figures)
    assert not any(node.alt for node in roles if node.role != "Figure")
    assert made.pdf.count(b"/BBox [") == len(figures)
    if variant is Variant.ORDINARY:
        assert "Mijn weg: Nederlands B1 › algemene vakken en Handel" in "".join(node.alt for node in figures)
        assert any(node.role == "H3" for node in roles)


def test_nothing_leaves_ink_outside_a_mark(sheet: bytes, material: AdviceMaterial, codelists: CodeLists):
    arabic = replace(material, question=LearningQuestion(id="q1", dream="مرحبا أريد أن أعمل en ook 東"))
    other = advice_sheet.render(arabic, Variant.ORDINARY, codelists=codelists).pdf
    for pdf in (sheet, other, render_paper(PAPER), _report(90), _recovery()):
        pages = contents(pdf)
        assert pages
        assert [unmarked(page) for page in pages] == [[]] * len(pages)


def test_each_mark_on_a_page_is_in_the_tree_once(sheet: bytes):
    for pdf in (sheet, _report(90), _recovery()):
        for tree, page in zip(trees(pdf), contents(pdf), strict=True):
            drawn = [int(n) for n in re.findall(r"/MCID (\d+)", page)]
            assert drawn == list(range(len(drawn)))
            assert sorted(mark for node in tree.walk() for mark in node.marks) == drawn


def test_a_report_is_one_table_with_heads_and_cells():
    pdf = _report(90)
    found = trees(pdf)
    assert len(found) > 1
    assert found[0].named("H1")
    rows = found[0].named("TR")
    assert [kid.role for kid in rows[0].kids] == ["TH", "TH"]
    assert [kid.role for kid in rows[1].kids] == ["TH"]
    assert found[-1].named("TD")
    assert not found[-1].named("TH"), "the head that comes back is no content"
    assert pdf.count(b"/S /Table") == 1
    assert pdf.count(b"/S /TD") == 2 * 90, "pdfium leaves out a cell without words; a reader does not"
    assert pdf.count(b"/ColSpan 2") == 1
    assert all("Wat" in texts[-1] for texts in pieces(pdf)[1:])


def test_the_file_says_its_language_its_title_and_that_it_is_tagged(sheet: bytes):
    for told in (b"/Lang (nl-BE)", b"/DisplayDocTitle true", b"/Marked true", b"/Tabs /S", b"%PDF-1.7"):
        assert told in sheet
    assert b'<rdf:li xml:lang="x-default">Mijn leerplan</rdf:li>' in sheet
    with pypdfium2.PdfDocument(sheet) as document:
        assert document.get_metadata_value("Title") == "Mijn leerplan"


def test_a_text_in_another_language_says_which(tmp_path: Path):
    with (tmp_path / "it.pdf").open("wb") as target:
        canvas = new_canvas(target)
        with tagged(canvas, "H2"):
            draw_line(canvas, "Dit wil ik", 50, 700, Style(12))
            with tagged(canvas, "Span", lang="fr"):
                draw_line(canvas, "Ce que je veux", 150, 700, Style(12))
        draw_line(canvas, "zonder element", 50, 600, Style(12))
        with artifact(canvas), tagged(canvas, "P"):
            draw_line(canvas, "voettekst", 50, 30, Style(12))
        canvas.showPage()
        canvas.save()
    pdf = (tmp_path / "it.pdf").read_bytes()
    (tree,), (texts,) = trees(pdf), pieces(pdf)
    assert [(node.role, node.lang) for node in tree.walk()] == [
        ("Document", ""),
        ("H2", ""),
        ("Span", "fr"),
        ("P", ""),
    ]
    assert texts == {0: "Dit wil ik", 1: "Ce que je veux", 2: "zonder element", -1: "voettekst"}


def test_a_copy_keeps_its_tags_and_the_mark_is_no_content(sheet: bytes):
    copy = stamped(sheet, "KOPIE")
    assert trees(copy) == trees(sheet)
    assert all("KOPIE" not in text for page in pieces(copy) for mark, text in page.items() if mark >= 0)


def test_tags_do_not_move_a_pixel(sheet: bytes):
    """The same file with its marks taken out draws the same."""
    for pdf in (sheet, render_paper(PAPER), _report(5), _recovery()):
        with pypdfium2.PdfDocument(pdf) as tagged_file, pypdfium2.PdfDocument(without_marks(pdf)) as plain:
            for one, other in zip(tagged_file, plain, strict=True):
                assert bytes(one.render(scale=2).buffer) == bytes(other.render(scale=2).buffer)
