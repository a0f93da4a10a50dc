"""What the sections of the help page share while no vault is open, and the fields they have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.ways_in import WaysIn
from leerwinkel_desktop.store.keys import Cost
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.paper import Paper
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.messages import Banner, Busy
from leerwinkel_desktop.ui.widgets.plain import S, button, column, row

T = TypeVar("T")
LARGEST_TEXT = 64 * 1024


class Bench(QObject):
    """The locked vault's folder, the worker, and ways to speak.

    `opened` gives a workspace; `again` asks the page to look anew.
    """

    opened = Signal(object)
    again = Signal()
    done = Signal()
    """The vault opens with a passphrase again."""

    def __init__(
        self, folder: Path, jobs: Jobs, paper: Paper, banner: Banner, busy: Busy, cost: Cost | None
    ) -> None:
        super().__init__()
        self.folder, self.paper, self.cost = folder, paper, cost
        self._jobs, self._banner, self._busy = jobs, banner, busy
        self.ways: WaysIn | None = None

    def run(
        self,
        owner: QWidget,
        text: str,
        work: Callable[[], T],
        done: Callable[[T], None],
        mend: Callable[[BaseException], QWidget] | None = None,
    ) -> None:
        """Do `work()` as a job while the page says so, then `done(result)`; errors go to the banner.

        `mend` gives the field to correct after an error; without it the cursor goes back to where it was.
        """
        before = owner.window().focusWidget()
        owner.setDisabled(True)
        self._banner.hide()
        self._busy.begin(text)

        def finish(result: T) -> None:
            self._end(owner)
            done(result)

        def fail(error: BaseException) -> None:
            self._end(owner)
            problems.show(error, self._banner)
            field = mend(error) if mend else before
            if field is not None and shiboken6.isValid(field):
                field.setFocus()

        self._jobs.start(self, lambda _progress: work(), finish, fail)

    def _end(self, owner: QWidget) -> None:
        owner.setDisabled(False)
        self._busy.hide()

    def say(self, text: str, tone: str = "good") -> None:
        """Say one sentence at the top of the page."""
        self._banner.say(text, tone)


class Person(QWidget):
    """Whose passphrase it is: chosen among the users, or named where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.users = ChoiceBox()
        self.users.setAccessibleName(_("Van wie is de wachtzin?"))
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Jouw voornaam"))
        self._choose, self._type = QWidget(), QWidget()
        for box, layout in (
            (self._choose, captioned(_("Van wie is de wachtzin?"), self.users)),
            (self._type, captioned(_("Jouw voornaam"), self.name)),
        ):
            _inset(box, layout)
        _inset(self, column(self._choose, self._type))

    def show_ways(self, ways: WaysIn) -> None:
        """Offer the users of this vault."""
        before = self.users.currentData()
        self.users.clear()
        for user in ways.users:
            self.users.addItem(user.name, user.id)
        self.users.setCurrentIndex(max(0, self.users.findData(before)))
        self._choose.setVisible(bool(ways.users))
        self._type.setVisible(not ways.users)

    @property
    def user_id(self) -> str | None:
        """Who was chosen, or None where there is nobody to choose."""
        chosen = self.users.currentData()
        return str(chosen) if chosen else None

    @property
    def typed_name(self) -> str:
        """What a first user is called."""
        return self.name.text().strip() or _("Beheerder")


class SheetKeyField(QWidget):
    """The recovery key of the printed sheet, typed or read from a text file."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.typed = QPlainTextEdit()
        self.typed.setAccessibleName(_("Herstelsleutel van het blad"))
        self.typed.setMinimumHeight(96)
        self.typed.setMaximumHeight(120)
        self.typed.setTabChangesFocus(True)
        self.read = button(_("Lees uit een bestand …"), self.read_file)
        _inset(
            self,
            column(captioned(_("Herstelsleutel van het blad"), self.typed), row(self.read, None), space=S),
        )

    @property
    def text(self) -> str:
        """What was typed."""
        return self.typed.toPlainText()

    def read_file(self) -> None:
        """Take the key from a file, such as one that a QR reader made."""
        path = self._bench.paper.open_file(self, _("Kies het bestand met de sleutel"), _("Tekst (*.txt)"))
        if path is not None:
            self._bench.run(self, _("Bestand lezen …"), lambda: _read(path), self.typed.setPlainText)


def _read(path: Path) -> str:
    from leerwinkel_desktop.store.connection import named  # only when somebody reads

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_TEXT).decode("utf-8", "replace")
    except OSError as error:
        raise named(error) from error


def _inset(widget: QWidget, layout: QVBoxLayout) -> None:
    layout.setContentsMargins(0, 0, 0, 0)
    widget.setLayout(layout)
