"""Errors that are expected become one sentence; the rest opens a dialog that tells nothing about anybody."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from leerwinkel_desktop import logs
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.store.errors import DamagedVault, NewerVault, WrongPassphrase
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.problems import CrashDialog

SECRET = "Samira Voorbeeld"


def crash(name: str) -> None:
    raise RuntimeError(f"no place for {name}")


def caught() -> RuntimeError:
    try:
        try:
            crash(SECRET)
        except RuntimeError as first:
            raise RuntimeError(SECRET) from first
    except RuntimeError as error:
        return error
    raise AssertionError


def test_the_surroundings_get_a_sentence(banner):
    for error in (WrongPassphrase(), DamagedVault(), NewerVault(9, 1)):
        problems.show(error, banner)
        assert banner.text == problems.sentence(error)
        assert banner.text.endswith(".")
    assert banner.property("tone") == "danger"


def test_what_the_user_can_mend_is_told_calmly(banner):
    problems.show(InvalidValue("birth_date", "kind"), banner)
    assert banner.property("tone") == "attention"
    assert banner.text


def test_a_bug_opens_the_crash_dialog(qtbot, banner, ground):
    ground.show()
    problems.show(caught(), banner)
    dialog = ground.findChild(CrashDialog)
    assert isinstance(dialog, QDialog)
    assert banner.text == ""
    dialog.accept()


def test_details_name_places_and_never_values(monkeypatch):
    from pathlib import Path

    monkeypatch.setattr(logs, "_OURS", Path(__file__).parent)
    text = logs.details(caught())
    assert SECRET not in text
    assert "RuntimeError" in text
    assert "test_problems.py:" in text
    assert "crash" in text
    assert str(Path(__file__).parent) not in text
