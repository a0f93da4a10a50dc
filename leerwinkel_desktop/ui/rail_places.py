"""The pages of the open window, declared: what each is called, its number, and how it is made.

A page loads when it is first asked for, or a moment after Vandaag stands there. Each has its own import
statement: what builds the installer finds no page by its name in a string.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.today.page import TodayPage


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail; `number` is its place in UI.md, and so its Ctrl shortcut.

    `for_client`: whether it stays in sight in client view, since it tells of nobody.
    """

    key: str
    label: str
    number: int
    make: Callable[[Desk], QWidget]
    for_client: bool = False


def _dossiers(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.dossiers import DossiersPage

    return DossiersPage(desk)


def _moments(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.moments.page import MomentsPage

    return MomentsPage(desk)


def _handover(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.handover.page import HandoverPage

    return HandoverPage(desk)


def _figures(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.figures import FiguresPage

    return FiguresPage(desk)


def _administration(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.administration.page import AdministrationPage

    return AdministrationPage(desk)


def _deciding(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.deciding.page import DecidingPage

    return DecidingPage(desk)


def _agenda(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.today.agenda import AgendaPage

    return AgendaPage(desk)


def _offers(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.offers.page import OffersPage

    return OffersPage(desk)


def _retention(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.retention import RetentionPage

    return RetentionPage(desk)


def _papers(desk: Desk) -> QWidget:
    from leerwinkel_desktop.ui.pages.papers import PapersPage

    return PapersPage(desk)


PLACES: Final = (
    Place("today", _("Vandaag"), 1, TodayPage),
    Place("dossiers", _("Dossiers"), 2, _dossiers),
    Place("offers", _("Aanbod"), 3, _offers, for_client=True),
    Place("moments", _("Momenten"), 4, _moments),
    Place("handover", _("Overdracht"), 5, _handover),
    Place("figures", _("Cijfers"), 6, _figures),
    Place("administration", _("Beheer"), 7, _administration),
    Place("deciding", _("Te beslissen"), 8, _deciding),
)
SIDE_PLACES: Final = (
    Place("agenda", _("Agenda"), 1, _agenda),
    Place("retention", _("Bewaartermijnen"), 7, _retention),
    Place("papers", _("Papieren"), 7, _papers),
)
"""Pages without an entry in the rail, reached from the page with the same number."""
REST: Final = (
    "dossier.page",
    "dossiers",
    "offers.page",
    "moments.page",
    "handover.page",
    "figures",
    "administration.page",
)


def place(key: str) -> Place:
    """The page of that key."""
    return next(one for one in (*PLACES, *SIDE_PLACES) if one.key == key)


def load_rest(_progress: object) -> None:
    """Load the other pages, so that nobody waits for them later: half a second, on the worker."""
    for name in REST:
        import_module(f"leerwinkel_desktop.ui.pages.{name}")
