"""The child process of the test of typing: the real program, in which an import holds the database.

usage: python -m tests.faults.typing_window BUNDLE|again [careless]    (passphrase on standard input)

With a bundle it reads that in up to the commit, and stays there; then it types: what fits and leaves the
sight, what does not fit, a new row, and then letter after letter, each told on standard output, until it is
killed. `again` tells what came back, and what of it is saved.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop import bootstrap
from leerwinkel_desktop.services import dossiers, exchange
from tests.faults.window import Painted, tell, type_into, when, window

NAME, UNFIT, COURSE, LETTERS = "Voorbeeld", "31/02/1990", "Snit en naad", "abcdefghijklmnopqrstuvwxyz"
LETTER_MS: Final = 50


def box(name: str) -> Any:
    """The field with that name that is in sight last."""
    return [form.boxes[name] for form in window().shell.dossier.forms() if name in form.boxes][-1]


def hold(bundle: Path) -> None:
    """Read the bundle up to the commit, in the window's own worker, and stay there."""
    shell, held = window().shell, threading.Event()
    shell.open_dossier(dossiers.search(shell.desk.workspace, "Amina")[0].client_id)

    def stay(done: int, total: int, text: str) -> None:
        if text == "Vastleggen":
            held.set()
            threading.Event().wait()

    def work(_progress: Any) -> None:
        exchange.import_bundle(shell.desk.workspace, bundle, stay)

    shell.desk.jobs.start(shell, work, lambda _: None, shell.desk.report)
    when(held.is_set, begin)


def begin() -> None:
    shell = window().shell
    type_into(box("last_name").widget, NAME)
    type_into(box("birth_date").widget, UNFIT)
    shell.dossier.go("map")
    courses().adding.click()
    type_into(box("title").widget, COURSE)
    box("went_well").widget.setFocus()
    tell("typing")
    letters(itertools.cycle(LETTERS))


def courses() -> Any:
    cards = window().shell.dossier.cards
    return next(card.box for card in cards if hasattr(card, "box") and "year" in card.box._spec.names)


def letters(rest: Iterator[str]) -> None:
    letter = next(rest)
    type_into(box("went_well").widget, letter)
    tell(letter)
    QTimer.singleShot(LETTER_MS, lambda: letters(rest))


def look() -> None:
    """What came back, once all that fits is saved."""
    shell = window().shell
    tell(box("went_well").widget.toPlainText())
    shell.dossier.go("data")
    tell(box("birth_date").widget.focusProxy().text())
    tell("done")


def saved() -> bool:
    """Whether nothing waits any more but what does not fit."""
    shell = window().shell
    return not shell.desk.later.waiting and not any(form.waiting for form in shell.dossier.forms())


def unlock(passphrase: str, bundle: str) -> None:
    page = window().page
    type_into(page.passphrase, passphrase)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    if bundle == "again":
        when(lambda: getattr(window().shell, "dossier", None) is not None, lambda: when(saved, look))
    else:
        when(lambda: window().shell is not None and not window().jobs.busy, lambda: hold(Path(bundle)))


def main(bundle: str, *how: str) -> None:
    passphrase = sys.stdin.readline().rstrip("\n")
    if how:
        from leerwinkel_desktop.ui import draft_keeper

        vars(draft_keeper)["LOOK_MS"] = 3_600_000
    made = QApplication(sys.argv[:1])
    painted = Painted(lambda: unlock(passphrase, bundle))
    made.installEventFilter(painted)
    sys.argv = ["leerwinkel"]
    bootstrap.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
