"""The system's dialogs: in Dutch, and where the user was last."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from leerwinkel_desktop.ui import app
from leerwinkel_desktop.ui.paper import SystemPaper


@pytest.mark.parametrize(
    ("context", "english", "dutch"),
    [
        ("QFileDialog", "Look in:", "Zoeken in:"),
        ("QPlatformTheme", "Cancel", "Annuleren"),
        ("QLineEdit", "&Copy", "&Kopiëren"),
        ("QPrintDialog", "Print", "Afdrukken"),
    ],
)
def test_qt_speaks_dutch(qapp, context, english, dutch):
    app.speak_dutch(qapp)
    assert QCoreApplication.translate(context, english) == dutch


def test_a_dialog_begins_where_the_user_was_last(ground, tmp_path, monkeypatch):
    begun: list[Path] = []

    def answer(chosen: Path):
        def dialog(_parent, _title, begin, *_kinds):
            begun.append(Path(begin))
            return str(chosen), ""

        return dialog

    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer(stick / "kaart.lwe"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer(tmp_path / "kaart.lww"))
    files = SystemPaper()
    first = files.begin
    assert first.is_dir()
    assert first != Path.cwd()
    assert files.open_file(ground, "Open", "") == stick / "kaart.lwe"
    assert files.save_file(ground, "Bewaar", "welkom.lww", "") == tmp_path / "kaart.lww"
    files.save_file(ground, "Bewaar", "blad.pdf", "")
    assert begun == [first, stick / "welkom.lww", tmp_path / "blad.pdf"]
