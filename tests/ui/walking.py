"""Walks every page, dialog and part of a dossier, as the pictures do, and says as JSON what breaks a rule.

Run in a process of its own: the texts of the program are chosen when its modules are loaded.
"""

from __future__ import annotations

import argparse
import gettext
import json
import re
import sys
import tempfile
from pathlib import Path

from leerwinkel_desktop import i18n

PARTS = re.compile(r"(\{[^}]*\}|&\w|\s+|[^\W\d_]+)", re.UNICODE)
ACCENTS = str.maketrans("aeiouyAEIOUYcnsCNS", "åéîøüýÅÉÎØÜÝçñšÇÑŠ")
LONGER = 0.4


def stretched(text: str) -> str:
    """The text with accents, each word 40 % longer; what is filled in and what is a key stays as it is."""

    def grown(found: re.Match[str]) -> str:
        word = found.group()
        if not word[0].isalpha():
            return word
        return word.translate(ACCENTS) + word[-1].lower() * round(LONGER * len(word))

    return PARTS.sub(grown, text)


class Pseudo(gettext.NullTranslations):
    """A language that is always longer than Dutch."""

    def gettext(self, message: str) -> str:
        return stretched(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return stretched(msgid1 if n == 1 else msgid2)


def walk(name: str, percent: int, rules: list[str]) -> dict[str, list[str]]:
    """What breaks these rules, by scene; also a scene where nothing does has its entry."""
    from PySide6.QtWidgets import QApplication, QWidget

    from leerwinkel_desktop.ui import app, screenshots, theme
    from leerwinkel_desktop.ui.pages.dossier.rows import RowCard
    from tests.ui import accessibility

    found: dict[str, list[str]] = {}
    known: set[tuple[str, str]] = set()

    class Judge(screenshots.Camera):
        def keep(self, widget: QWidget, page: str) -> None:
            if page.startswith(("dossier-", "klantscherm-")):
                for card in widget.findChildren(RowCard):
                    card.unfold(True)
                screenshots.settle(widget)
            found[page] = [told for rule in rules for told in self._broken(rule, widget)]

        def _broken(self, rule: str, widget: QWidget) -> list[str]:
            if rule == "unseen_focus":
                return list(accessibility.unseen_focus(widget, known))
            return list(getattr(accessibility, rule)(widget))

    application: QApplication = app.application()
    look = theme.theme(name, percent)
    theme.apply(application, look)
    with tempfile.TemporaryDirectory() as folder:
        scene = screenshots.build(Path(folder))
        judge = Judge(Path(folder), application, look, screenshots.SIZES[0])
        for shoot in screenshots.SHOTS:
            screenshots.run(shoot, scene, judge)
        scene.laptop.close()
        scene.office.close()
    return found


def main() -> None:
    """See the module."""
    asked = argparse.ArgumentParser()
    asked.add_argument("theme")
    asked.add_argument("percent", type=int)
    asked.add_argument("rules", nargs="+")
    asked.add_argument("--stretched", action="store_true")
    wanted = asked.parse_args()
    if wanted.stretched:
        pseudo = Pseudo()
        i18n.catalogue = lambda _language=i18n.SOURCE_LANGUAGE: pseudo  # type: ignore[assignment]
    json.dump(walk(wanted.theme, wanted.percent, wanted.rules), sys.stdout)


if __name__ == "__main__":
    main()
