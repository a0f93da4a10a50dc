"""The tokens are readable in both themes (WCAG 2.2 AA and UI.md), and the style sheet uses them all."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from leerwinkel_desktop.ui import theme

THEMES = ("light", "dark")
GROUNDS = ("ground", "surface")


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("front", "back"),
    [
        *itertools.product(("text", "muted"), (*GROUNDS, "accent_soft")),
        *itertools.product(("accent", "attention", "danger", "good"), GROUNDS),
        ("accent", "accent_soft"),
        ("on_accent", "accent"),
        ("on_accent", "accent_strong"),
        ("attention", "attention_soft"),
        ("danger", "danger_soft"),
        ("good", "good_soft"),
        ("surface", "text"),
    ],
)
def test_words_can_be_read(name, front, back):
    colours = theme.theme(name).colours
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "back"), list(itertools.product(("text", "muted"), GROUNDS)))
def test_body_text_reads_well(name, front, back):
    colours = theme.theme(name).colours
    assert contrast(colours[front], colours[back]) >= 5.4


@pytest.mark.parametrize("name", THEMES)
def test_the_edge_of_a_field_is_seen(name):
    colours = theme.theme(name).colours
    assert contrast(colours["border"], colours["surface"]) >= 3
    assert contrast(colours["accent"], colours["surface"]) >= 3


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_whole(name, qapp):
    sheet = theme.theme(name, 150).style_sheet()
    assert "$" not in sheet
    assert "font-size: 30.00pt" in sheet


def test_both_themes_have_the_same_tokens():
    assert theme.theme("light").colours.keys() == theme.theme("dark").colours.keys()


def test_the_font_is_really_there(qapp):
    theme.apply(qapp, theme.theme("light"))
    assert qapp.font().family() == "Atkinson Hyperlegible"


class Told(QObject):
    """Counts how often its widget is told that its look is another."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange)
        return False


def within(depth: int) -> tuple[QWidget, QLabel]:
    """A label with so many widgets around it, and the outermost of these."""
    label = QLabel("Een woord")
    inner: QWidget = label
    for _ in range(depth):
        outer = QWidget()
        QVBoxLayout(outer).addWidget(inner)
        inner = outer
    return inner, label


def test_another_look_is_told_as_often_deep_down_as_at_the_top(qtbot, dressed):
    counts = []
    for depth in (1, 24):
        window, label = within(depth)
        qtbot.addWidget(window)
        window.show()
        told = Told(label)
        theme.apply(dressed, theme.theme("light", 150))
        assert label.font().pointSizeF() == pytest.approx(theme.STEPS["body"] * 1.5)
        theme.apply(dressed, theme.theme("light"))
        assert label.font().pointSizeF() == pytest.approx(theme.STEPS["body"])
        counts.append(told.times)
    assert counts[1] <= 2 * counts[0]
