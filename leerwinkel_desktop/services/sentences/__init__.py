"""What is said of each error, by family and by the name of its class (see services/problems.py)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.services.sentences import bundles, mending, places, vault, workbook

FAMILIES: Final = (
    mending.SENTENCES,
    workbook.SENTENCES,
    vault.SENTENCES,
    bundles.SENTENCES,
    places.SENTENCES,
)
"""Each class of errors is in one of these."""
