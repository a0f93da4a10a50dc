"""Reports: figures over a period, counted from the vault, in every form that a funder or a city asks."""

from __future__ import annotations

from leerwinkel_desktop.services.reports.formats import FORMATS, as_data, export, write
from leerwinkel_desktop.services.reports.running import (
    REPORTS,
    Report,
    ReportRequest,
    UnknownReport,
    publish,
    run,
)

__all__ = [
    "FORMATS",
    "REPORTS",
    "Report",
    "ReportRequest",
    "UnknownReport",
    "as_data",
    "export",
    "publish",
    "run",
    "write",
]
