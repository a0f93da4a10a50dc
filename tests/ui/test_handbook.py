"""The handbook in the window: F1 fits what is in sight, links stay inside, words are found, it is printed."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QDialog

import leerwinkel_desktop.ui
from leerwinkel_desktop.printing.pages import page_count
from leerwinkel_desktop.services import dossiers, handbook
from leerwinkel_desktop.ui.handbook import topics
from leerwinkel_desktop.ui.handbook.window import HandbookWindow, Reader
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.parts import PARTS
from leerwinkel_desktop.ui.rail_places import PLACES, SIDE_PLACES
from tests.ui.test_screenshots import DIALOGS, PAGES

WITHOUT = {"ConfirmDialog", "HandbookWindow"}
"""What asks once more is helped by the page under it; the handbook needs no help."""
KEYS = [("Nieuwe klant", "Ctrl+N")]


@pytest.fixture
def main(qtbot, workspace, answers, dressed, tmp_path):
    made = MainWindow(tmp_path / "none", ImmediateJobs(), answers, new=False)
    qtbot.addWidget(made)
    made.open(workspace)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def shell(main):
    return main.shell


@pytest.fixture
def window(qtbot, desk, ground):
    made = HandbookWindow(desk, KEYS, ground)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.go(handbook.FIRST)
    return made


def dialogs():
    for module in pkgutil.walk_packages(leerwinkel_desktop.ui.__path__, "leerwinkel_desktop.ui."):
        if module.name.endswith("windows_messages"):
            continue
        found = importlib.import_module(module.name)
        for made in vars(found).values():
            if isinstance(made, type) and issubclass(made, QDialog) and made.__module__ == module.name:
                yield made.__name__


def test_every_page_of_the_window_has_its_page():
    assert set(topics.PLACES) == {place.key for place in (*PLACES, *SIDE_PLACES)}


def test_every_part_of_a_dossier_has_its_page():
    assert set(topics.PARTS) == {part.key for part in PARTS}


def test_every_dialog_has_its_page():
    assert set(dialogs()) - WITHOUT == set(topics.DIALOGS)


def test_every_topic_is_a_page():
    told = {
        *topics.PLACES.values(),
        *topics.PARTS.values(),
        *topics.DIALOGS.values(),
        *topics.OFFICE.values(),
    }
    assert told <= set(handbook.ORDER)


def test_every_picture_is_drawn():
    shown = {name for page in handbook.pages() for name in page.pictures}
    assert shown <= {*PAGES, *DIALOGS}


def test_f1_shows_what_fits(qtbot, shell):
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert shell.helping.window.page.key == "vandaag"
    shell.helping.window.reject()
    shell.go("handover")
    shell.show_handbook()
    assert shell.helping.window.page.key == "kantoor"
    client = dossiers.create(shell.desk.workspace, first_name="Amina").client.id
    shell.open_dossier(client)
    shell.dossier.go("advice")
    shell.show_handbook()
    assert shell.helping.window.page.key == "advies"
    assert shell.dossier is not None


def test_f1_works_in_a_dialog_over_the_window(qtbot, shell):
    shell.go("moments").ask_new()
    dialog = shell.pages.currentWidget().dialog
    qtbot.waitUntil(lambda: bool(dialog.property("helped")))
    qtbot.keyClick(dialog, Qt.Key.Key_F1)
    opened = shell.helping.window
    assert opened.page.key == "momenten"
    assert opened.parent() is dialog
    dialog.reject()


def test_a_link_leads_on_and_back(window):
    window.reader.anchorClicked.emit(QUrl("overdracht"))
    assert window.page.key == "overdracht"
    assert window.back.isEnabled()
    window.go_back()
    assert window.page.key == handbook.FIRST
    assert not window.back.isEnabled()


def test_links_are_walked_and_followed_by_keyboard(qtbot, window):
    window.reader.setFocus()
    qtbot.keyClick(window.reader, Qt.Key.Key_Right)
    qtbot.keyClick(window.reader, Qt.Key.Key_Return)
    assert window.page.key == handbook.page(handbook.FIRST).links[0]
    qtbot.keyClick(window.reader, Qt.Key.Key_Tab)
    assert not window.reader.hasFocus()


@pytest.mark.parametrize("address", ["https://example.org/x", "file:///etc/passwd", "../README.md"])
def test_nothing_outside_is_opened(window, address):
    before = window.reader.toPlainText()
    window.reader.anchorClicked.emit(QUrl(address))
    assert window.page.key == handbook.FIRST
    assert window.reader.toPlainText() == before
    assert window.reader.loadResource(2, QUrl(address)) is None


def test_a_picture_is_never_wider_than_the_page(window, monkeypatch, tmp_path):
    drawn = window.grab().toImage().scaledToWidth(3000)
    drawn.save(str(tmp_path / "vandaag.png"))
    monkeypatch.setattr(handbook, "picture", lambda name: tmp_path / f"{name}.png")
    image = window.reader.loadResource(2, QUrl("vandaag.png"))
    assert 0 < image.width() < window.reader.viewport().width()


def test_words_are_found_and_enter_reads(qtbot, window):
    window.search.setFocus()
    qtbot.keyClicks(window.search, "wachtzijn vergeten")
    assert window.found.count() == 1
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.page.key == "als-het-misgaat"
    window.search.setText("kwantumfysica")
    assert window.none.isVisible()


def test_the_keys_stand_on_their_page(window):
    window.go("sneltoetsen")
    assert "Nieuwe klant" in window.reader.toPlainText()
    assert handbook.KEYS_HERE not in window.reader.toPlainText()


def test_a_page_is_printed(window, answers, tmp_path):
    window.print.click()
    answers.printed = tmp_path / "uit.pdf"
    window.print.click()
    assert page_count(answers.printed.read_bytes()) >= 1


def test_a_reader_has_a_name(window):
    assert isinstance(window.reader, Reader)
    assert window.reader.accessibleName()
