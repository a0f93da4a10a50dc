"""Reports, page pictures, pictograms and the sentences of warnings."""

from __future__ import annotations

import pypdfium2
import pytest

from leerwinkel_desktop.domain.advice import Part
from leerwinkel_desktop.printing.pages import extract_text, page_count, render_pages
from leerwinkel_desktop.printing.pictograms import SQUARE, pictograms
from leerwinkel_desktop.printing.report import (
    ReportColumn,
    ReportGroup,
    ReportRow,
    ReportTable,
    render_report,
)
from leerwinkel_desktop.printing.warnings import SheetWarning, WarningCode, part_name, sentence


def _report(rows: int) -> ReportTable:
    columns = (ReportColumn("Nr.", 1), ReportColumn("Cijfer", 6), ReportColumn("n", 1, right=True))
    lines = tuple(
        ReportRow((f"G{n:03}", f"Aandeel van groep {n} in alle trajecten", f"{n}")) for n in range(rows)
    )
    return ReportTable(
        "Palmares Demostad",
        ("Periode: 2025", "Stand op maandag 1 september 2025"),
        columns,
        (ReportGroup("Bereik", lines), ReportGroup("", (ReportRow(("", "Totaal", "99"), strong=True),))),
        ("Wie 2 statuten heeft, telt 2 keer mee.",),
        "Leerwinkel Demostad",
    )


def test_a_report_prints_everything_and_repeats_its_head():
    pdf = render_report(_report(90))
    pages = page_count(pdf)
    text = extract_text(pdf)
    assert pages >= 3
    assert text.count("Cijfer") == pages
    assert f"{pages} van {pages}" in text
    for words in ("Palmares Demostad", "Periode: 2025", "Bereik", "Totaal", "telt 2 keer mee"):
        assert words in text
    assert all(f"G{n:03}" in text for n in range(90))


def test_a_report_is_the_same_every_time_and_says_its_title():
    pdf = render_report(_report(3))
    assert render_report(_report(3)) == pdf
    with pypdfium2.PdfDocument(pdf) as document:
        assert document.get_metadata_value("Title") == "Palmares Demostad"


def test_a_row_of_another_length_is_refused():
    table = ReportTable("x", (), (ReportColumn("a", 1),), (ReportGroup("", (ReportRow(("1", "2")),)),))
    with pytest.raises(ValueError, match="1"):
        render_report(table)


def test_pages_become_pixels():
    images = list(render_pages(render_report(_report(90)), 72))
    assert len(images) == page_count(render_report(_report(90)))
    for image in images:
        assert (image.width, image.height) == (596, 842) or (image.width, image.height) == (595, 842)
        assert image.stride >= 4 * image.width
        assert len(image.data) == image.stride * image.height
        assert image.data[:3] == b"\xff\xff\xff"
    colours = {images[0].data[at : at + 3] for at in range(0, len(images[0].data), 4)}
    assert b"\x6a\x6a\x0a" in colours  # the accent, blue first


def test_ten_pictograms_in_their_square():
    assert len(pictograms()) <= 10
    for strokes in pictograms().values():
        for stroke in strokes:
            assert stroke[0][0] == "M"
            assert all(0 < number < SQUARE for _, numbers in stroke for number in numbers)


@pytest.mark.parametrize("code", list(WarningCode))
def test_each_warning_has_a_sentence(code: WarningCode):
    told = sentence(SheetWarning(code, "option.title", "woord"))
    assert told.endswith((".", "woord"))
    assert "{" not in told


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (Part.DREAM, "Dit wil ik"),
        ("option.price_text", "Wat kost het?"),
        ("advice_step", "Eerste stap"),
        ("house.phone", "de gegevens van de Leerwinkel"),
    ],
)
def test_each_place_has_a_name(where: str, name: str):
    assert part_name(where) == name
    assert all(part_name(part) for part in Part)
