"""The pictures of users, laptops, recovery and everything else that looks after the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.services import enrolment, recovery, users, vaults
from leerwinkel_desktop.services.enrolment import Candidate
from leerwinkel_desktop.store.errors import TooManyTries, WrongPassphrase
from leerwinkel_desktop.store.tries import FREE
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.administration.joining import JoiningSection
from leerwinkel_desktop.ui.pages.administration.laptops import LaptopsSection
from leerwinkel_desktop.ui.pages.administration.page import AdministrationPage
from leerwinkel_desktop.ui.pages.administration.users import UsersSection
from leerwinkel_desktop.ui.pages.helping.page import HelpPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage
from leerwinkel_desktop.ui.paper import Paper

Take = Callable[[QWidget, str], None]
SECRET = "appel fiets wolk lamp rivier stoel"  # noqa: S105 (opens nothing but a demo)
SECTIONS = {
    "window": "beheer",
    "passphrase": "beheer-wachtzin",
    "users": "beheer-gebruikers",
    "laptops": "beheer-laptops",
    "recovering": "beheer-herstel",
    "backup": "beheer-reservekopie",
    "profile": "beheer-profiel",
    "papers": "beheer-papieren",
    "programmes": "beheer-programmas",
    "log": "beheer-logboek",
    "health": "beheer-nakijken",
}


def office(window: MainWindow, card: Candidate, take: Take) -> None:
    """Each section at an office, and what opens in it."""
    workspace = window.workspace
    if workspace is not None and len(users.users(workspace)) == 1:
        users.add(workspace, "Tom", "COUNSELLOR", SECRET, vaults.TESTS_ONLY)
    page = _page(window)
    for key, name in SECTIONS.items():
        page.sections.go(key)
        take(window, name)
    section = cast(UsersSection, page.sections.go("users"))
    section.open_new()
    section.form.name.setText("Nora")
    take(window, "beheer-gebruikers-nieuw")
    section.close_form()
    section.listed.setCurrentIndex(section.listed.model().index(1, 0))
    section.ask_remove()
    if section.dialog is not None:
        take(section.dialog, "beheer-gebruikers-verwijderen")
        section.dialog.reject()
    laptops = cast(LaptopsSection, page.sections.go("laptops"))
    laptops.pairing.compare(card)
    take(window, "beheer-laptops-vergelijken")
    laptops.pairing.stop()


def laptop(window: MainWindow, office_signs: str, take: Take) -> None:
    """How a laptop joins."""
    section = cast(JoiningSection, _page(window).sections.go("laptops"))
    take(window, "beheer-aanmelden")
    section.compare(enrolment.Invitation("Leerwinkel Mechelen", office_signs, 1, False))
    take(window, "beheer-aanmelden-vergelijken")


def helping(office: Path, laptop: Path, paper: Paper, take: Take) -> Iterator[QObject]:
    """What is behind "Wachtzin vergeten?", on a laptop and at an office."""
    page = HelpPage(laptop, ImmediateJobs(), paper, vaults.TESTS_ONLY)
    take(page, "herstel-vragen")
    user = recovery.users_of(laptop)[0].id
    recovery.request(laptop, user, SECRET, laptop.parent / "vraag.lwr", cost=vaults.TESTS_ONLY)
    page.look()
    take(page, "herstel-antwoord")
    page.sections.go("backup")
    take(page, "herstel-kopie")
    (laptop / recovery.PENDING).unlink()
    yield page
    page = HelpPage(office, ImmediateJobs(), paper, vaults.TESTS_ONLY)
    take(page, "herstel-blad")
    page.sections.go("answer")
    take(page, "herstel-laptop-helpen")
    yield page


def waiting(folder: Path, paper: Paper, take: Take) -> Iterator[QObject]:
    """The lock after too many tries."""
    if not vaults.exists(folder):
        vaults.create(folder, SECRET, cost=vaults.TESTS_ONLY).workspace.close()
    for _ in range(FREE + 1):
        with suppress(WrongPassphrase, TooManyTries):
            vaults.unlock(folder, "een heel andere zin dan deze")
    window = MainWindow(folder, ImmediateJobs(), paper, new=False)
    if isinstance(window.page, UnlockPage):
        window.page.look()
    take(window, "slot-wachten")
    yield window


def _page(window: MainWindow) -> AdministrationPage:
    if window.shell is None:
        raise LookupError
    return cast(AdministrationPage, window.shell.go("administration"))
