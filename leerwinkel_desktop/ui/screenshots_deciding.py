"""The pictures of what waits for a decision: a field, a note, a removed row, and a person who is double."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.deciding.double import DoubleCard
from leerwinkel_desktop.ui.pages.deciding.page import DecidingPage
from leerwinkel_desktop.ui.pages.deciding.question import QuestionCard

Take = Callable[[QWidget, str], None]
BORN = date(1990, 7, 4)


def prepare(office: Workspace, laptop: Workspace, folder: Path) -> str:
    """Let both write differently about one person, and the same person come twice; gives the client's id."""
    view = dossiers.create(
        laptop, first_name="Nour", last_name="Voorbeeld", birth_date=BORN, phone="0400 00 00 10", gender="V"
    )
    number = view.client.id
    talent = dossiers.add(laptop, Talent, view.dossier.id, description="geduldig", position=1)
    exchange.import_bundle(office, exchange.write_bundle(laptop, folder).path)
    dossiers.change(office, Client, number, phone="0400 00 00 11", notes="Belt liever niet op vrijdag.")
    dossiers.remove(office, talent)
    dossiers.change(laptop, Client, number, phone="0400 00 00 12", notes="Mag ook een bericht krijgen.")
    dossiers.change(laptop, Talent, talent.id, description="heel geduldig met kinderen")
    exchange.import_bundle(office, exchange.write_bundle(laptop, folder).path)
    dossiers.create(
        office, first_name="Noor", last_name="Voorbeeld", birth_date=BORN, phone="0400 00 00 11", gender="V"
    )
    return number


def resembling(window: MainWindow, take: Take) -> None:
    """A new client who may be there already; the dossier is not in the office's bundle."""
    shell = window.shell
    if shell is None or window.workspace is None:
        raise LookupError
    known = next(iter(dossiers.search(window.workspace, "Voorbeeld Nour", 1)))
    fresh = dossiers.create(
        window.workspace, first_name="Noor", last_name="Voorbeeld", birth_date=known.birth_date
    )
    shell.open_dossier(fresh.client.id)
    take(window, "dossier-lijkt-op")
    dossiers.take_back(window.workspace, fresh.client.id)
    shell.go("dossiers")


def office(window: MainWindow, client_id: str, take: Take) -> None:
    """Each kind of question, the editor, and what was decided."""
    shell = window.shell
    if shell is None:
        raise LookupError
    shell.undecided.refresh()
    shell.open_dossier(client_id)
    take(window, "dossier-te-beslissen")
    page = cast(DecidingPage, shell.go("deciding"))
    take(window, "beslissen")
    if isinstance(page.card, QuestionCard):
        page.card.begin_combining()
        take(window, "beslissen-combineren")
        page.card.stop_combining()
    page.step(1)
    take(window, "beslissen-volgende")
    while not isinstance(page.card, DoubleCard):
        page.step(1)
    take(window, "beslissen-dubbel")
    page.step(1)
    page.card.take(2)
    page.past.unfold(True)
    take(window, "beslissen-gedaan")
    page.past.undo.click()
    shell.toast.forget()
