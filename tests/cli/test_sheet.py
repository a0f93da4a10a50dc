"""`leerwinkel sheet`: the advice sheet as a file."""

from __future__ import annotations

import pytest


@pytest.fixture
def number(office):
    return office.data("office", "dossier", "list")[0]["number"]


@pytest.mark.parametrize("variant", ["ordinary", "inside", "portable"])
def test_each_variant(office, number, variant):
    output = office.folder / "blad.pdf"
    told = office.data("office", "sheet", number, "--variant", variant, "-o", output)
    assert output.read_bytes().startswith(b"%PDF-")
    assert told["pages"] >= 1
    assert told["language"] == "nl"


def test_what_is_refused(office, number, assert_refused):
    output = office.folder / "blad.pdf"
    assert_refused(office.on("office", "sheet", "X", "-o", output), 1, "X")
    assert_refused(office.on("office", "sheet", number, "-o", office.folder / "weg" / "blad.pdf"), 3)
    assert office.on("office", "sheet", number, "--variant", "anders", "-o", output).exit_code == 2
    assert office.on("office", "sheet", number).exit_code == 2
    assert not output.exists()
