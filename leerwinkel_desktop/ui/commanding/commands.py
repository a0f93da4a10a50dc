"""The actions of the window: their name, keys, icon and what they do; bound, shown and found from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol, cast

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop import settings
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import look, theme
from leerwinkel_desktop.ui.client_screen import ClientScreen
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.quick.asking import Asking

if TYPE_CHECKING:
    from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
    from leerwinkel_desktop.ui.pages.handover.page import HandoverPage
    from leerwinkel_desktop.ui.pages.today.page import TodayPage


class Window(Protocol):
    """What an action needs of the window (the Shell)."""

    desk: Desk
    dossier: DossierPage | None
    asking: Asking
    client_screen: ClientScreen

    def go(self, key: str) -> QWidget: ...
    def new_client(self) -> None: ...
    def open_dossier(self, client_id: str) -> None: ...
    def lock(self) -> None: ...
    def wear(self, chosen: settings.Settings) -> None: ...
    def show_keys(self) -> None: ...
    def show_handbook(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Command:
    """One action; `more` are other words that find it.

    `for_client`: whether it is there while the client looks along, since it shows nobody. `elsewhere`: its
    keys are caught by who does it, so the window binds none.
    """

    key: str
    label: str
    act: Callable[[Window], object]
    keys: str = ""
    glyph: str = "forward"
    more: str = ""
    for_client: bool = False
    elsewhere: bool = False


def _plan(window: Window) -> None:
    cast("TodayPage", window.go("today")).acting.plan()


def _walk_in(window: Window) -> None:
    cast("TodayPage", window.go("today")).acting.walk_in()


def _papers(window: Window) -> None:
    """The papers of the client in sight; without one, the list to find the client in."""
    page = window.dossier
    if page is None or not page.isVisible() or page.trajectory is None:
        window.go("dossiers")
        window.desk.say(_("Open eerst het dossier van de klant, en kies het dan opnieuw."), "calm")
        return
    from leerwinkel_desktop.services.client_papers import Kind  # the start need not wait for these
    from leerwinkel_desktop.ui.pages.dossier.client_papers import opener

    page.leave()
    opener(window.desk, page.trajectory.id, Kind.SLIP, page)()


def _write(window: Window) -> None:
    """The page, with the cursor on its button: somebody puts the stick in first."""
    side = cast("HandoverPage", window.go("handover")).side
    getattr(side, "write", side).setFocus()


def _read(window: Window) -> None:
    cast("HandoverPage", window.go("handover")).side.inbox.file.setFocus()


def _turn_theme(window: Window) -> None:
    chosen = settings.load(settings.file())
    worn = theme.system_name() if chosen.theme == "system" else chosen.theme
    choose_look(window, replace(chosen, theme="light" if worn == "dark" else "dark"))


def _resize(window: Window, step: int) -> None:
    chosen, sizes = settings.load(settings.file()), settings.TEXT_PERCENTS
    at = sizes.index(chosen.text_percent) + step
    if 0 <= at < len(sizes):
        choose_look(window, replace(chosen, text_percent=sizes[at]))


def choose_look(window: Window, chosen: settings.Settings) -> None:
    """Wear this look, and keep it for the next time."""
    look.keep(window.desk, chosen)
    window.wear(chosen)


COMMANDS: Final = (
    Command("quick", _("Snelle infovraag"), lambda window: window.asking.ask(), "Ctrl+I", "add"),
    Command(
        "new", _("Nieuwe klant"), lambda window: window.new_client(), "Ctrl+N", "add", _("dossier maken")
    ),
    Command("walk_in", _("Klant zonder afspraak"), _walk_in, glyph="add", more=_("inloop")),
    Command("plan", _("Afspraak plannen"), _plan, glyph="calendar", more=_("nieuwe afspraak agenda")),
    Command(
        "papers",
        _("Papieren om mee te geven"),
        _papers,
        glyph="print",
        more=_("briefje brief doorverwijzing warme overdracht"),
    ),
    Command("write", _("Schrijf een bundel"), _write, glyph="save", more=_("stick meenemen kantoor")),
    Command(
        "read", _("Lees een bundel of ontvangstbewijs"), _read, glyph="handover", more=_("stick inlezen")
    ),
    Command(
        "client_screen",
        _("Klantscherm aan of uit"),
        lambda window: window.client_screen.turn(),
        "F11",
        "eye",
        for_client=True,
        elsewhere=True,
    ),
    Command(
        "theme",
        _("Donker of licht"),
        _turn_theme,
        glyph="eye",
        more=_("kleuren thema scherm"),
        for_client=True,
    ),
    Command(
        "larger",
        _("Tekst groter"),
        lambda window: _resize(window, 1),
        "Ctrl++",
        "add",
        _("letters vergroten zoom"),
        for_client=True,
    ),
    Command(
        "smaller",
        _("Tekst kleiner"),
        lambda window: _resize(window, -1),
        "Ctrl+-",
        "unfold",
        _("letters verkleinen zoom"),
        for_client=True,
    ),
    Command(
        "lock",
        _("Vergrendel"),
        lambda window: window.lock(),
        "Ctrl+L",
        "lock",
        _("slot afsluiten weg"),
        for_client=True,
        elsewhere=True,
    ),
    Command(
        "handbook",
        _("Handboek"),
        lambda window: window.show_handbook(),
        "F1",
        "help",
        _("hulp uitleg"),
        for_client=True,
    ),
    Command("keys", _("Sneltoetsen"), lambda window: window.show_keys(), "?", "search", _("hulp")),
)
MORE_KEYS: Final = (
    (_("Zoek of doe iets"), "Ctrl+K"),
    (_("Volgend deel van een dossier"), "Ctrl+PgDn"),
    (_("Vorig deel van een dossier"), "Ctrl+PgUp"),
    (_("Terug uit een dossier"), "Alt+←"),
    (_("Bewaren in Snelle infovraag"), "Ctrl+Enter"),
)
"""Keys that are no action of the window itself."""
