"""Who may be the person that is being typed: said softly, and one key adds the question to their dossier."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.quick_question import Asked
from leerwinkel_desktop.services.resembling import Resembling, of_client
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.values import day_text
from leerwinkel_desktop.ui.widgets.plain import XS, M, S, button, clear, column, row, words

PAUSE_MS: Final = 250
MOST: Final = 2


class Known(QFrame):
    """Hidden while nobody resembles; `chosen` says that somebody was pointed out, or nobody any more.

    `told` says that it shows something else.
    """

    chosen = Signal()
    told = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("row")
        self._desk = desk
        self.client_id: str | None = None
        self.who = ""
        self._waiting = Asked()
        self._asked: Client | None = None
        self.heading = words("", tone="attention")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(S)
        self.setLayout(column(self.heading, self.lines, space=S, margins=S))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.hide()
        counsellor_only(self)

    def ask(self, asked: Asked) -> None:
        """Look after a short pause who resembles; who was pointed out stays."""
        self._waiting = asked
        if self.client_id is None:
            self._timer.start()

    def look(self) -> None:
        """Look now, in a job: nobody waits for it."""
        self._timer.stop()
        client, workspace = Client(id="", **self._waiting.client()), self._desk.workspace
        if client == self._asked:
            return
        self._asked = client

        def work(_progress: Progress) -> list[Resembling]:
            return of_client(workspace, client, MOST)

        self._desk.jobs.start(self, work, lambda found: self._on_found(client, found), self._desk.report)

    def forget(self) -> None:
        """The next person."""
        self._timer.stop()
        self.client_id = self._asked = None
        clear(self.lines)
        self.hide()

    def point_out(self, client_id: str, told: str) -> None:
        """It is this person."""
        self.client_id, self.who = client_id, told
        self.heading.setText(_("De vraag komt in het dossier van:"))
        clear(self.lines)
        self._add(told, _("&Toch iemand anders"), self._nobody)
        self.show()
        self.told.emit()
        self.chosen.emit()

    def _on_found(self, client: Client, found: list[Resembling]) -> None:
        if self.client_id is not None or client != self._asked:
            return
        clear(self.lines)
        self.heading.setText(_("Is dit iemand die er al is? Zo niet, ga gewoon verder."))
        for number, one in enumerate(found):
            label = _("&Dat is deze persoon") if number == 0 else _("Dat is deze persoon")
            self._add(_told(one), label, partial(self.point_out, one.client_id, _told(one)), here=one.here)
        self.setVisible(bool(found))
        self.told.emit()

    def _add(self, told: str, label: str, act: Callable[[], object], *, here: bool = True) -> None:
        end: QWidget = words(_("staat op kantoor"), tone="muted", wrap=False)
        if here:
            end = button(label, act)
            end.setAccessibleName(f"{label.replace('&', '')}: {told}")
        across = row(column(words(told), space=XS), end, space=M)
        across.setStretch(0, 1)
        self.lines.addLayout(across)

    def _nobody(self) -> None:
        self.forget()
        self.chosen.emit()
        self.look()


def _told(one: Resembling) -> str:
    year = str(one.birth_year) if one.birth_year else None
    born = day_text(one.birth_date) if one.birth_date else year
    return " · ".join(filter(None, (one.name, born, one.number, one.place)))
