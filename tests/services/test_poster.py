"""The poster of the office carries its signs and no secret; a laptop has none."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.services import enrolment, poster, vaults

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


def made(folder, role):
    return vaults.create(folder, PASSPHRASE, role=role, cost=vaults.TESTS_ONLY)


def test_the_signs_of_the_root_stand_on_it(tmp_path):
    new = made(tmp_path, "office")
    pdf = poster.render(new.workspace)
    text = extract_text(pdf)
    for group in enrolment.own_fingerprint(new.workspace).split("-"):
        assert group in text
    assert page_count(pdf) == 1
    assert new.root_key not in "".join(text.split())
    new.workspace.close()


def test_a_laptop_has_no_poster(tmp_path):
    new = made(tmp_path, "laptop")
    with pytest.raises(enrolment.NotAnOffice):
        poster.render(new.workspace)
    new.workspace.close()
