"""Looking after this vault, its users and its laptops: a list at the left, one thing at a time beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.pages.administration.joining import JoiningSection
from leerwinkel_desktop.ui.pages.administration.keeping import BackupSection, HealthSection
from leerwinkel_desktop.ui.pages.administration.laptops import LaptopsSection
from leerwinkel_desktop.ui.pages.administration.log import LogSection
from leerwinkel_desktop.ui.pages.administration.own import PassphraseSection, ProfileSection
from leerwinkel_desktop.ui.pages.administration.papers import PapersSection
from leerwinkel_desktop.ui.pages.administration.programmes import ProgrammesSection
from leerwinkel_desktop.ui.pages.administration.recovering import RecoveringSection
from leerwinkel_desktop.ui.pages.administration.users import UsersSection
from leerwinkel_desktop.ui.pages.administration.window import WindowSection
from leerwinkel_desktop.ui.widgets.plain import L, M, words
from leerwinkel_desktop.ui.widgets.sections import Section, Sections


class AdministrationPage(QWidget):
    """Work that takes long shows itself above whatever section is in sight."""

    look_changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.work = GuardedWork(desk)
        self._window: WindowSection | None = None
        self._programmes: ProgrammesSection | None = None
        self.sections = Sections(self._listed(), _("Onderdelen van Beheer"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, L, 0, 0)
        layout.setSpacing(0)
        title = words(_("Beheer"), step="title")
        title.setContentsMargins(L, 0, L, 0)
        layout.addWidget(title)
        busy = QVBoxLayout()
        busy.setContentsMargins(L, 0, M, 0)
        busy.addWidget(self.work)
        layout.addLayout(busy)
        layout.addWidget(self.sections, 1)
        self.sections.changed.connect(lambda _key: self._on_changed())
        self.sections.go("window")

    def _listed(self) -> list[Section]:
        desk, work = self._desk, self.work
        office = desk.workspace.device().role == "office"
        laptops = Section(
            "laptops",
            _("Laptops") if office else _("Aanmelden"),
            lambda: LaptopsSection(desk, work) if office else JoiningSection(desk, work),
        )
        programmes = [Section("programmes", _("Programma’s"), self._make_programmes)]
        recovering = [Section("recovering", _("Herstel"), lambda: RecoveringSection(desk, work))]
        return [
            Section("window", _("Venster en blad"), self._make_window),
            Section("passphrase", _("Mijn wachtzin"), lambda: PassphraseSection(desk, work)),
            Section("users", _("Gebruikers"), lambda: UsersSection(desk, work)),
            laptops,
            *(recovering if office else []),
            Section("backup", _("Reservekopie"), lambda: BackupSection(desk, work)),
            Section("profile", _("Profiel"), lambda: ProfileSection(desk, work)),
            *(programmes if access.allowed(desk.workspace, "OFFICE") else []),
            Section("papers", _("Papieren"), lambda: PapersSection(desk)),
            Section("log", _("Logboek"), lambda: LogSection(desk, work)),
            Section("health", _("Kluis nakijken"), lambda: HealthSection(desk, work)),
        ]

    def _make_window(self) -> WindowSection:
        self._window = WindowSection(self._desk)
        self._window.look_changed.connect(self.look_changed)
        return self._window

    def _make_programmes(self) -> ProgrammesSection:
        self._programmes = ProgrammesSection(self._desk)
        return self._programmes

    def _on_changed(self) -> None:
        self._desk.hush()
        self.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sections.refresh()

    def leave(self) -> None:
        """Keep what is being typed."""
        if self._window is not None:
            self._window.keep()
        if self._programmes is not None:
            self._programmes.leave()
