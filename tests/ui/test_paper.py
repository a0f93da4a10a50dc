"""The recovery sheet carries the whole key, in groups that a person can type over."""

from __future__ import annotations

import pypdfium2
from PySide6.QtGui import QTextDocument

from leerwinkel_desktop.services import enrolment
from leerwinkel_desktop.ui.paper import recovery_sheet


def test_the_whole_key_is_on_paper(dressed, answers, tmp_path):
    identity = enrolment.new_recovery().identity
    answers.printed = tmp_path / "sleutel.pdf"
    printer = answers.printer(None, "")
    sheet = recovery_sheet(identity)
    assert isinstance(sheet, QTextDocument)
    sheet.print_(printer)
    with pypdfium2.PdfDocument(answers.printed.read_bytes()) as paper:
        assert len(paper) == 1
        text = paper[0].get_textpage().get_text_range()
    assert identity in text.replace(" ", "").replace("\r", "").replace("\n", "")
    assert "omslag" in text
