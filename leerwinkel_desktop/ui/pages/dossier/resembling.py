"""A soft hint beside a new client: who resembles them, with the day of birth on both sides."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.plain import XS, Card, M, S, button, clear, column, row, words

if TYPE_CHECKING:
    from leerwinkel_desktop.services.resembling import Resembling

COMPARED: Final = (
    "first_name",
    "last_name",
    "birth_date",
    "birth_year",
    "gender",
    "phone",
    "email",
    "nis_code",
)


class ResemblingCard(Card):
    """Hidden while nobody resembles; it is read as a job, so nobody waits for it. `same` gives who it is."""

    same = Signal(str)

    def __init__(self, desk: Desk, view: DossierView) -> None:
        super().__init__(_("Is dit iemand die er al is?"))
        self._desk = desk
        self._asked: tuple[Any, ...] = ()
        self._bare = False
        self.rows = QVBoxLayout()
        self.rows.setSpacing(S)
        self.add(words(_("Klopt het niet, werk dan gewoon verder: er verandert niets."), tone="muted"))
        self.add(self.rows)
        self.hide()
        counsellor_only(self)
        self.look(view)

    def look(self, view: DossierView) -> None:
        """Look anew when something changed that people are compared on."""
        self._bare, client = _is_bare(view), view.client
        asked = tuple(getattr(client, name) for name in COMPARED)
        if asked == self._asked:
            return
        self._asked, workspace = asked, self._desk.workspace

        def work(_progress: Progress) -> list[Resembling]:
            from leerwinkel_desktop.services.resembling import of_client  # the start need not wait for it

            return of_client(workspace, client)

        self._desk.jobs.start(self, work, lambda found: self._on_found(client, found), self._desk.report)

    def _on_found(self, client: Client, found: list[Resembling]) -> None:
        clear(self.rows)
        for one in found:
            self.rows.addWidget(self._line(client, one))
        self.setVisible(bool(found))

    def _line(self, client: Client, one: Resembling) -> QFrame:
        frame = QFrame()
        frame.setObjectName("row")
        name = " · ".join(filter(None, (one.name, one.number, one.place)))
        theirs, own = _born(one.birth_date, one.birth_year), _born(client.birth_date, client.birth_year)
        born = _("Geboren {theirs} · hier {own}").format(theirs=theirs, own=own)
        why = words(", ".join(one.reasons), step="small", tone="muted")
        told = column(words(name), words(born, tone="muted"), why, space=XS)
        line = row(told, self._end(one, f"{name}, {born}"), space=M, margins=S)
        line.setStretch(0, 1)
        frame.setLayout(line)
        return frame

    def _end(self, one: Resembling, told: str) -> QWidget:
        if not one.here:
            return words(_("staat op kantoor"), tone="muted", wrap=False)
        text = _("Dit is dezelfde") if self._bare else _("Open dat dossier")
        made = button(text, lambda: self.same.emit(one.client_id))
        made.setAccessibleName(f"{text}: {told}")
        return made


def _is_bare(view: DossierView) -> bool:
    """Whether a dossier holds nothing but who it is about."""
    return view.parts.keys() <= {"trajectory"}


def give_way(desk: Desk, view: DossierView, client_id: str) -> None:
    """This new client was there already: on with that dossier; a new one that holds more stays."""

    def act() -> None:
        records = dossiers.take_back(desk.workspace, view.client.id) if _is_bare(view) else ()
        desk.sent.emit(f"dossier/{client_id}")
        if records:
            desk.kept.emit()
            undo = partial(_bring_back, desk, records)
            desk.toast(_("De nieuwe klant is weer weg"), lambda: desk.when_free(undo))

    desk.when_free(act)


def _bring_back(desk: Desk, records: Iterable[Record]) -> None:
    dossiers.bring_back(desk.workspace, records)
    desk.kept.emit()


def _born(day: date | None, year: int | None) -> str:
    if day is not None:
        return f"{day:%d/%m/%Y}"
    return str(year) if year else _("niet ingevuld")
