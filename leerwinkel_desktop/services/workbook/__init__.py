"""The registration workbook: how shops come in from Excel and get everything out again (CLI.md)."""

from __future__ import annotations

from leerwinkel_desktop.services.workbook.exporting import export_workbook, template
from leerwinkel_desktop.services.workbook.importing import Counts, Imported, import_workbook
from leerwinkel_desktop.services.workbook.problems import Problem, RowsDoNotFit, UnreadableWorkbook

__all__ = [
    "Counts",
    "Imported",
    "Problem",
    "RowsDoNotFit",
    "UnreadableWorkbook",
    "export_workbook",
    "import_workbook",
    "template",
]
