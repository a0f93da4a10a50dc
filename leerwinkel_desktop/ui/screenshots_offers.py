"""The pictures of Aanbod, and of step 3 with a week, options and what helps."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.services.demo.lives import EVENING_COURSE
from leerwinkel_desktop.ui.choosing_offer import OfferDialog
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.barriers import BarriersCard
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.offers.page import OffersPage
from leerwinkel_desktop.ui.shell import Shell

Take = Callable[[QWidget, str], None]
TakeAt = Callable[[QWidget, QWidget, str], None]


def laptop(window: MainWindow, client_id: str, take: Take, take_at: TakeAt) -> None:
    """The list, one course, three side by side, its form, and step 3 further down."""
    shell = cast(Shell, window.shell)
    page = cast(OffersPage, shell.go("offers"))
    take(window, "aanbod")
    lines = [line for line in page.list.lines if line.offering.title == EVENING_COURSE]
    page.show_lines(lines)
    take(window, "aanbod-opleiding")
    page.show_lines(list(page.list.lines[3:6]))
    take(window, "aanbod-naast-elkaar")
    page.edit(lines[0].offering.id)
    take(window, "aanbod-wijzigen")
    page.show_list()
    dialog = OfferDialog(shell.desk, window)
    take(dialog, "aanbod-kiezen")
    dialog.reject()
    shell.open_dossier(client_id)
    dossier = cast(DossierPage, shell.dossier)
    dossier.go("reality")
    _options, planner, barriers, _supports, owners = dossier.cards
    take_at(window, planner, "realiteit-week")
    if isinstance(barriers, BarriersCard):
        barriers.box.row_cards()[-1].unfold(True)
    take_at(window, barriers, "realiteit-drempels")
    take_at(window, owners, "realiteit-wie-wat")


def empty(window: MainWindow, take: Take) -> None:
    """Aanbod before anything is in it."""
    cast(Shell, window.shell).go("offers")
    take(window, "aanbod-leeg")
