"""The window once the vault is open: the rail, the top bar, and the page that is in sight."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leerwinkel_desktop import settings
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import drafts
from leerwinkel_desktop.services.drafts import Draft, Unsaved
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.client_screen import ClientScreen
from leerwinkel_desktop.ui.client_view import client_view, counsellor_only
from leerwinkel_desktop.ui.commanding.commander import PALETTE, Commander
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.handbook.helping import HELP, Helping
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from leerwinkel_desktop.ui.paper import Paper
from leerwinkel_desktop.ui.quick.asking import Asking
from leerwinkel_desktop.ui.rail_places import PLACES, SIDE_PLACES, load_rest, place
from leerwinkel_desktop.ui.undecided import Undecided
from leerwinkel_desktop.ui.whereabouts import Whereabouts
from leerwinkel_desktop.ui.widgets.glyphs import GlyphButton
from leerwinkel_desktop.ui.widgets.messages import Banner, Toast
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column

if TYPE_CHECKING:  # each page loads when it is first asked for, or a moment after Vandaag stands there
    from leerwinkel_desktop.ui.pages.administration.page import AdministrationPage
    from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
    from leerwinkel_desktop.ui.pages.dossiers import DossiersPage
    from leerwinkel_desktop.ui.pages.figures import FiguresPage
    from leerwinkel_desktop.ui.pages.moments.page import MomentsPage

RAIL_WIDTH = 184


class _Leaves(Protocol):
    def leave(self) -> None: ...


class _ShowsPersons(Protocol):
    def show_person(self, client_id: str) -> None: ...


class _Recalls(Protocol):
    def memo(self) -> dict[str, Any]: ...
    def recall(self, memo: Mapping[str, Any]) -> None: ...


class Shell(QWidget):
    """Pages are made when they are first asked for; a dossier is made anew each time it opens."""

    lock_asked = Signal()
    look_changed = Signal(object)

    def __init__(self, workspace: Workspace, jobs: Jobs, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.banner = Banner()
        self.toast = Toast(self)
        self.desk = Desk(workspace, jobs, paper, self.banner, self.toast, self)
        self.desk.sent.connect(self._on_sent)
        self.desk.watch.arrived.connect(self._propose)
        self.client_screen = ClientScreen(self, self.banner)
        self.asking = Asking(self.desk, self)
        self.asking.opened.connect(self.open_dossier)
        self.commander = Commander(self, self, PLACES, SIDE_PLACES)
        self.helping = Helping(self.desk, self, self.in_sight, self.commander.told)
        self.pages = QStackedWidget()
        self._made: dict[str, QWidget] = {}
        self.dossier: DossierPage | None = None
        self._group = QButtonGroup(self)
        self._buttons: dict[str, GlyphButton] = {}
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._top_bar())
        self._banner_room = QVBoxLayout()
        self._banner_room.setContentsMargins(L, S, L, 0)
        self._banner_room.addWidget(self.banner)
        right.addLayout(self._banner_room)
        right.addWidget(self.pages, 1)
        right.addWidget(self.client_screen.curtain, 1)
        self.client_screen.guard(self.pages, self._is_for_client)
        self.pages.currentChanged.connect(lambda _index: self.client_screen.look())
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._rail())
        across.addLayout(right, 1)
        counsellor_only(self.toast)
        client_view().changed.connect(self._on_client_view)
        self.go("today")
        self.undecided = Undecided(self.desk, self._buttons["deciding"], _("Te beslissen"))
        self._check_log()
        self.desk.jobs.start(self, load_rest, lambda _nothing: None, self.desk.report)

    def _rail(self) -> QFrame:
        rail = QFrame()
        rail.setObjectName("rail")
        rail.setAccessibleName(_("Pagina's"))
        layout = column(space=4, margins=S)
        layout.addStrut(RAIL_WIDTH - 2 * S)
        for one in PLACES:
            made = GlyphButton(one.key, one.label, "rail")
            made.setCheckable(True)
            made.setToolTip(f"Ctrl+{one.number}")
            made.setAccessibleName(one.label)
            made.clicked.connect(lambda _checked, key=one.key: self.go(key))
            self._shortcut(f"Ctrl+{one.number}", partial(self.go, one.key))
            self._group.addButton(made)
            self._buttons[one.key] = made
            layout.addWidget(made)
        layout.addStretch(1)
        layout.addWidget(_hint("help", HELP, _("Handboek"), _("Handboek"), self.show_handbook))
        layout.addWidget(_hint("keyboard", PALETTE, _("Zoek"), _("Zoek of doe iets"), self.commander.open))
        rail.setLayout(layout)
        counsellor_only(rail)
        return rail

    def _top_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("topbar")
        self.whereabouts = Whereabouts(self.desk)
        lock = button(_("Vergrendel"), self.lock, look="quiet", glyph="lock")
        lock.setToolTip("Ctrl+L")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(L, 4, M, 4)
        counsellor_only(self.whereabouts)
        layout.addWidget(self.whereabouts, 1)
        layout.addWidget(self.client_screen.waiting)
        layout.addStretch(0)
        layout.addWidget(self.client_screen.button)
        layout.addWidget(lock)
        return bar

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.activated.connect(act)
        self.client_screen.silence(made)

    def lock(self) -> None:
        """Ask to lock at once."""
        self.lock_asked.emit()

    def wear(self, chosen: settings.Settings) -> None:
        """Show the window in another look."""
        self.look_changed.emit(chosen)

    def show_handbook(self) -> None:
        """Show the page of the handbook that fits what is in sight."""
        self.helping.open()

    def in_sight(self) -> tuple[str, str | None]:
        """The key of the place that is shown, and in a dossier of its part."""
        if self.dossier is not None:
            return "dossiers", self.dossier.part.key
        page = self.pages.currentWidget()
        return next(key for key, made in self._made.items() if made is page), None

    def show_keys(self) -> None:
        """Show what each key does."""
        self.commander.show_keys()

    def _on_client_view(self, on: bool) -> None:  # noqa: ARG002
        self.look_changed.emit(settings.load(settings.file()))

    def _is_for_client(self) -> bool:
        page = self.pages.currentWidget()
        shown = next((key for key, made in self._made.items() if made is page), None)
        return page is self.dossier if shown is None else place(shown).for_client

    def go(self, key: str) -> QWidget:
        """Show a page of the rail; what is on the page before it is kept first."""
        self.banner.hide()
        self.leave()
        if key not in self._made:
            page = place(key).make(self.desk)
            self._connect(key, page)
            self._made[key] = page
            self.pages.addWidget(page)
        self._drop_dossier()
        rail = next(one.key for one in PLACES if one.number == place(key).number)
        self._buttons[rail].setChecked(True)
        self.pages.setCurrentWidget(self._made[key])
        return self._made[key]

    def _connect(self, key: str, page: QWidget) -> None:
        match key:
            case "today":
                today = cast(TodayPage, page)
                today.new_client.connect(self.new_client)
                quick = button(_("Snelle &infovraag"), self.asking.ask, glyph="add")
                quick.setToolTip("Ctrl+I")
                today.begins.insertWidget(today.begins.count() - 1, quick)
            case "dossiers":
                cast("DossiersPage", page).opened.connect(self.open_dossier)
            case "figures" | "moments":
                cast("FiguresPage | MomentsPage", page).opened.connect(self.show_behind)
            case "administration":
                cast("AdministrationPage", page).look_changed.connect(self.look_changed)

    def _check_log(self) -> None:
        desk = self.desk

        def check(_progress: object) -> int | None:
            from leerwinkel_desktop.services import auditing  # with its tables: Vandaag need not wait

            return auditing.check_on_start(desk.workspace)

        desk.jobs.start(self, check, self._on_audit, desk.report)

    def _on_audit(self, broken: int | None) -> None:
        """Say that the log was changed from outside; the dossiers themselves can still be read."""
        if broken is not None:
            told = _(
                "Het logboek klopt niet meer vanaf regel {n}: iemand veranderde de kluis van buitenaf. "
                "De dossiers zijn te lezen; verwittig de beheerder."
            )
            self.banner.say(told.format(n=broken), "danger")

    def _on_sent(self, where: str) -> None:
        key, _slash, client_id = where.partition("/")
        if key == "dossier":
            self.open_dossier(client_id)
            return
        page = self.go(key)
        if client_id and hasattr(page, "show_person"):
            cast(_ShowsPersons, page).show_person(client_id)

    def open_dossier(self, client_id: str) -> None:
        """Open a dossier in this window."""
        self.banner.hide()
        self.leave()
        from leerwinkel_desktop.ui.pages.dossier.page import DossierPage

        try:
            page = DossierPage(self.desk, client_id)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self.desk.report(error)
            return
        self._drop_dossier()
        page.closed.connect(lambda: self.go("dossiers"))
        self.dossier = page
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._buttons["dossiers"].setChecked(True)
        page.begin()

    def show_behind(self, client_ids: list[str], why: str) -> None:
        """Show the dossiers behind a figure."""
        cast("DossiersPage", self.go("dossiers")).show_only(client_ids, why)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.desk.watch.timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.desk.watch.timer.stop()

    def _propose(self, told: str) -> None:
        """Say that something lies ready; on the page itself the list says it."""
        if self.pages.currentWidget() is not self._made.get("handover") and not self.banner.text:
            self.banner.say(told, "calm", act=(_("Bekijk"), lambda: self.go("handover")))

    def new_client(self) -> None:
        """Make a new client from wherever the user is; only what is searched in sight gives a name."""
        before, page = self.pages.currentWidget(), cast("DossiersPage", self.go("dossiers"))
        if page is not before:
            page.search.clear()
        page.make_client()

    def draft(self) -> Draft:
        """Where the user is, with what is typed that could not be kept."""
        page = self.pages.currentWidget()
        memo = cast(_Recalls, page).memo() if hasattr(page, "memo") else {}
        unsaved = self.desk.later.unsaved
        over = self.asking.memo()
        if self.dossier is not None:
            return Draft("dossier", self.dossier.view.client.id, memo, unsaved, over)
        return Draft(self.in_sight()[0], None, memo, unsaved, over)

    @property
    def unkept(self) -> bool:
        """Whether something typed is nowhere but on the screen."""
        in_dossier = self.dossier is not None and self.dossier.unkept
        return bool(self.desk.later.unsaved) or in_dossier or self.asking.unkept

    def recall(self, draft: Draft) -> None:
        """Save what waited, and go back to where the user was; to the dossiers when that is no more."""
        for one in draft.unsaved:
            self.desk.later.add(partial(self._save, one), one)
        self.desk.later.look()
        if draft.client_id is not None:
            self.open_dossier(draft.client_id)
        elif any(draft.page == one.key for one in (*PLACES, *SIDE_PLACES)):
            self.go(draft.page)
        page = self.pages.currentWidget()
        if draft.memo and page is not None and hasattr(page, "recall") and draft.page == self.draft().page:
            cast(_Recalls, page).recall(draft.memo)
        self.asking.recall(draft.over)

    def _save(self, waiting: Unsaved) -> None:
        drafts.save(self.desk.workspace, waiting)
        self.desk.kept.emit()

    def leave(self) -> None:
        """Let the page in sight keep what is being typed."""
        page = self.pages.currentWidget()
        if page is not None and hasattr(page, "leave"):
            cast(_Leaves, page).leave()

    def _drop_dossier(self) -> None:
        if self.dossier is not None:
            self.desk.kept.disconnect(self.dossier.refresh)
            self.pages.removeWidget(self.dossier)
            self.dossier.deleteLater()
            self.dossier = None


def _hint(glyph: str, keys: str, label: str, told: str, act: Callable[[], object]) -> GlyphButton:
    """At the foot of the rail: what is near by keyboard."""
    made = GlyphButton(glyph, f"{label} · {keys}", "rail")
    made.setAccessibleName(f"{told} ({keys})")
    made.setToolTip(told)
    made.clicked.connect(lambda: act())
    return made
