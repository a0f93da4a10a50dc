"""The sheet of the envelope carries whole keys, as text that people type over and as QR of the same."""

from __future__ import annotations

from datetime import date

from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.services import enrolment, recovery, recovery_paper

ROOT = "LEERWINKEL-ROOT-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" * 2
DAY = date(2026, 5, 12)


def text_of(pdf):
    return "".join(extract_text(pdf).split())


def test_both_keys_are_whole_and_the_last_group_is_that_of_the_recovery_key():
    identity = enrolment.new_recovery().identity
    pdf = recovery_paper.recovery_sheet(identity, ROOT, "Leerwinkel Demostad", DAY)
    assert page_count(pdf) == 1
    text = text_of(pdf)
    assert identity in text
    assert ROOT in text
    assert text.endswith(recovery.groups(identity)[-1])
    assert recovery.sheet_identity(extract_text(pdf)) == identity


def test_the_sheet_asks_for_two_envelopes_as_the_page_does():
    identity = enrolment.new_recovery().identity
    text = extract_text(recovery_paper.recovery_sheet(identity, ROOT, "Leerwinkel Demostad", DAY))
    text = " ".join(text.split())
    assert "twee keer" in text
    assert "op twee plaatsen" in text
    assert "geen kopie" not in text


def test_one_of_the_keys_may_be_missing():
    identity = enrolment.new_recovery().identity
    assert ROOT not in text_of(recovery_paper.recovery_sheet(identity, None, "Demo", DAY))
    alone = text_of(recovery_paper.recovery_sheet(None, ROOT, "Demo", DAY))
    assert ROOT in alone
    assert "AGE-SECRET" not in alone


def test_the_same_keys_give_the_same_bytes():
    identity = enrolment.new_recovery().identity
    one, other = (recovery_paper.recovery_sheet(identity, ROOT, "Demo", DAY) for _ in range(2))
    assert one == other
