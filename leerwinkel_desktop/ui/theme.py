"""Gives the window its look: palette, font and style sheet, made from the tokens in resources/styles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Final

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.paths import resources

FAMILY: Final = "Atkinson Hyperlegible"
STEPS: Final = {"small": 9.5, "body": 10.5, "lead": 13.0, "heading": 16.0, "title": 20.0}
"""Sizes of type in points at 100 % (UI.md "The look")."""
SIZES: Final = {"row": 22, "tick": 20, "chevron": 14}
"""In pixels at 100 %: a line in a field or a button (with its padding it makes 40), a tick box, an arrow."""
HALF: Final = 128
_FONT_PACKAGE: Final = "fontpkg_atkinson_hyperlegible"
_ROLES: Final = {
    QPalette.ColorRole.Window: "ground",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "ground",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "border",
    QPalette.ColorRole.Light: "surface",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: its name (light, dark), its colours by token, and the size of text in percent."""

    name: str
    colours: Mapping[str, str]
    percent: int = 100

    def points(self, step: str) -> float:
        """The size of a step of type, in points."""
        return STEPS[step] * self.percent / 100

    def style_sheet(self) -> str:
        """The style sheet of the window."""
        sizes = {step: f"{self.points(step):.2f}pt" for step in STEPS}
        icons = (resources() / "icons" / "window").as_posix()
        words = {**self.colours, **sizes, "icons": icons, "theme": self.name}
        words.update({token: f"{round(size * self.percent / 100)}px" for token, size in SIZES.items()})
        return Template(_sheet()).substitute(words)

    def palette(self) -> QPalette:
        """The palette that Fusion draws with."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, QColor(self.colours[token]))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.colours["muted"]))
        return palette


@cache
def _tokens() -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = json.loads(
        (resources() / "styles" / "tokens.json").read_text(encoding="utf-8")
    )
    return told


@cache
def _sheet() -> str:
    return (resources() / "styles" / "window.qss").read_text(encoding="utf-8")


def theme(name: str, percent: int = 100) -> Theme:
    """The look called light or dark."""
    return Theme(name, _tokens()[name], percent)


def system_name() -> str:
    """What the system is set to: light or dark."""
    own = QApplication.style().standardPalette().color(QPalette.ColorRole.Window)
    return "dark" if own.lightness() < HALF else "light"


@cache
def load_fonts() -> None:
    """Give Qt the faces of the screen's type family."""
    spec = find_spec(_FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(_FONT_PACKAGE)
    for style in ("Regular", "Bold"):
        file = Path(spec.origin).parent / "files" / f"{FAMILY.replace(' ', '')}-{style}.ttf"
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(file.name)


def colour(token: str) -> str:
    """The colour of a token in the look that the program wears (light before it is dressed), as `#rrggbb`."""
    worn = QApplication.instance()
    colours = worn.property("colours") if worn is not None else None
    return str((colours or _tokens()["light"])[token])


def apply(application: QApplication, look: Theme) -> None:
    """Dress the whole program in this look.

    The old style sheet goes first: put over another, Qt tells each widget anew of each widget around it.
    """
    load_fonts()
    application.setStyleSheet("")
    font = QFont(FAMILY)
    font.setPointSizeF(look.points("body"))
    application.setFont(font)
    application.setProperty("colours", dict(look.colours))
    application.setPalette(look.palette())
    application.setStyleSheet(look.style_sheet())
