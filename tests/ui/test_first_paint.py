"""What can wait begins after the first painting, and only once."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.ui.app import FirstPaint


class Painted(QWidget):
    """A window that writes down each painting."""

    def __init__(self, told):
        super().__init__()
        self.told = told

    def paintEvent(self, event):
        self.told.append("painted")


def test_begins_after_the_first_painting_and_once(qtbot):
    told: list[str] = []
    window = Painted(told)
    qtbot.addWidget(window)
    FirstPaint(window, lambda: told.append("begun"))
    assert told == []
    window.show()
    qtbot.waitUntil(lambda: "begun" in told)
    assert told.index("painted") < told.index("begun")
    paintings = told.count("painted")
    window.repaint()
    qtbot.waitUntil(lambda: told.count("painted") > paintings)
    assert told.count("begun") == 1


def test_vandaag_waits_for_nothing_that_only_other_pages_need():
    """Sheets, workbooks and calendars take half a second to load; they come after Vandaag."""
    code = (
        "import sys, leerwinkel_desktop.ui.main_window, leerwinkel_desktop.ui.shell; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "leerwinkel_desktop" in loaded
    assert loaded.isdisjoint({"reportlab", "openpyxl", "xlsxwriter", "icalendar", "rapidfuzz"})
