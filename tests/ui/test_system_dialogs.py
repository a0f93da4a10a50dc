"""The system's dialogs: in Dutch, and where the user was last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFileDialog, QGroupBox, QLabel, QWidget

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


ENGLISH = re.compile(
    r"\b(the|of|in:|side|off|page|pages|order|type|look|files|set|sheet|and|to)\b", re.IGNORECASE
)
BOTH = {"Type", "Type:", "Tonen Type"}
"""Dutch words too."""


def told_in(dialog: QWidget) -> set[str]:
    """What can be read in a dialog, and what its lists hold."""
    told = {one.text() for one in dialog.findChildren(QLabel)}
    told |= {one.text() for one in dialog.findChildren(QAbstractButton)}
    told |= {one.text() for one in dialog.findChildren(QAction)}
    told |= {one.title() for one in dialog.findChildren(QGroupBox)}
    for choice in dialog.findChildren(QComboBox):
        told |= {choice.itemText(index) for index in range(choice.count())}
    return {one.replace("&", "") for one in told if one}


def dialogs() -> Iterator[QWidget]:
    yield QFileDialog(None, "Open", "", "Kaart (*.lwe)")
    save = QFileDialog(None, "Bewaar", "", "Kaart (*.lwe)")
    save.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    yield save
    folder = QFileDialog(None, "Map")
    folder.setFileMode(QFileDialog.FileMode.Directory)
    yield folder
    yield QPrintDialog(QPrinter(QPrinter.PrinterMode.HighResolution))


def test_no_english_is_left_in_a_dialog_of_qt(qtbot, dressed):
    for dialog in dialogs():
        qtbot.addWidget(dialog)
        told = told_in(dialog)
        assert len(told) > 5
        assert {one for one in told - BOTH if ENGLISH.search(one)} == set()


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
