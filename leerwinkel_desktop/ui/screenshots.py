"""Draws every page, dialog and theme to PNG without a screen, from a vault full of invented people."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from leerwinkel_desktop import logs
from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import dossiers, enrolment, exchange, sheets, vaults
from leerwinkel_desktop.services.demo import desk, fair, lives, offers, people
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.errors import WrongPassphrase
from leerwinkel_desktop.ui import (
    app,
    problems,
    screenshots_client,
    screenshots_deciding,
    screenshots_handbook,
    screenshots_handover,
    screenshots_moments,
    screenshots_offers,
    screenshots_papers,
    screenshots_quick,
    screenshots_sheets,
    screenshots_today,
    screenshots_undo,
    screenshots_vault,
    theme,
)
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.part_view import PartView
from leerwinkel_desktop.ui.pages.dossier.rights import RightsView
from leerwinkel_desktop.ui.pages.dossier.round_off import RoundOffDialog
from leerwinkel_desktop.ui.pages.dossier.shielded import ShieldedCard
from leerwinkel_desktop.ui.pages.first_run import FirstRunPage
from leerwinkel_desktop.ui.pages.papers import PapersPage
from leerwinkel_desktop.ui.pages.retention import KeepDialog, RetentionPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog

TODAY: Final = date(2026, 5, 12)
NOW: Final = time(12, 10)
SIZES: Final = ((1366, 768), (1920, 1080))
PERCENTS: Final = (100, 150)
NAMES: Final = {"light": "licht", "dark": "donker"}
PASSPHRASE: Final = "vijf losse woorden voor demo"  # noqa: S105 (opens nothing but a demo)
QUEUE: Final = 14
OLD: Final = 5
MARGIN: Final = 16


class NoPaper:
    """Answers each question about files and printers with "never mind": pictures write nothing else."""

    def open_file(self, parent: QWidget, title: str, kinds: str) -> Path | None:  # noqa: ARG002
        """See Paper."""
        return None

    def save_file(self, parent: QWidget, title: str, name: str, kinds: str) -> Path | None:  # noqa: ARG002
        """See Paper."""
        return None

    def folder(self, parent: QWidget, title: str) -> Path | None:  # noqa: ARG002
        """See Paper."""
        return None

    def printer(self, parent: QWidget, title: str, copies: int = 1) -> QPrinter | None:  # noqa: ARG002
        """See Paper."""
        return None


@dataclass(frozen=True)
class Scene:
    """An office and a laptop on the same fixed day, and the bundle between them."""

    folder: Path
    laptop: Workspace
    office: Workspace
    bundle: Path
    card: enrolment.Candidate
    guided: str
    inside: str
    undecided: str
    new: vaults.NewVault


def _clock() -> int:
    """What time it is in the demo, on the clock of whatever computer draws it."""
    return int(datetime.combine(TODAY, NOW).timestamp() * 1000)


def _vault(folder: Path, role: str, name: str) -> vaults.NewVault:
    return vaults.create(
        folder,
        PASSPHRASE,
        role="office" if role == "office" else "laptop",
        name=name,
        user="Lore",
        cost=vaults.TESTS_ONLY,
        clock=_clock,
        today=lambda: TODAY,
    )


def build(folder: Path) -> Scene:
    """Fill two demo vaults: a laptop after a day at a fair, and an office that has read it once."""
    new = _vault(folder / "office", "office", "Kantoor")
    office, laptop = new.workspace, _vault(folder / "laptop", "laptop", "Laptop 1").workspace
    enrolment.write_enrol_card(laptop, folder / "laptop.lwc")
    candidate = enrolment.read_enrol_card(folder / "laptop.lwc")
    enrolment.welcome(office, candidate, folder / "welkom.lwc")
    enrolment.accept(laptop, folder / "welkom.lwc")
    for vault in (office, laptop):
        sheets.set_house(
            vault,
            address="Voorbeeldstraat 1, 2800 Mechelen",
            phone="0400 00 00 00",
            walk_in="dinsdag 13-16 uur",
        )
    chance = random.Random(TODAY.year)  # noqa: S311 (invented people, no secret)
    fair.queue(laptop, chance, QUEUE)
    exchange.import_bundle(office, exchange.write_bundle(laptop, folder).path)
    _long_ago(office)
    undecided = screenshots_deciding.prepare(office, laptop, folder)
    offers.fill(laptop)
    guided, inside = people.guided(laptop), people.inside(fair.on(laptop, TODAY - fair.DAY, "14:00"))
    lives.weigh(laptop, guided)
    desk.fill(laptop)
    screenshots_papers.prepare(laptop, guided.client.id)
    screenshots_quick.prepare(laptop)
    stick = folder / "stick"
    stick.mkdir()
    bundle = exchange.write_bundle(laptop, stick)
    return Scene(
        folder, laptop, office, bundle.path, candidate, guided.client.id, inside.client.id, undecided, new
    )


def _long_ago(office: Workspace) -> None:
    """Let some dossiers be old enough for the yearly list."""
    for years, hit in enumerate(dossiers.search(office, "", OLD), start=6):
        view, then = dossiers.reload(office, hit.client_id), date(TODAY.year - years, 3, 2 + years)
        dossiers.change(office, Dossier, view.dossier.id, opened_on=then)
        for trajectory in view.of(Trajectory):
            dossiers.change(office, Trajectory, trajectory.id, intake_date=then)
        for session in view.of(Session):
            dossiers.change(office, Session, session.id, date=then)


class Camera:
    """One window of one size in one theme that widgets pose for; a picture is page-theme-size-percent."""

    def __init__(
        self, target: Path, application: QApplication, look: theme.Theme, size: tuple[int, int]
    ) -> None:
        self._target, self._application = target, application
        self._look = look
        self._name = f"{NAMES[look.name]}-{size[0]}x{size[1]}-{look.percent}"
        self._size = QSize(*size)

    def take(self, widget: QWidget, page: str) -> None:
        """Draw a widget as it is, once its layout has come to rest."""
        if not isinstance(widget, QDialog):
            widget.resize(self._size)
        widget.show()
        for view in widget.findChildren(PartView):
            view.complete()
        settle(widget)
        self.keep(widget, page)

    def keep(self, widget: QWidget, page: str) -> None:
        """Write what was posed for."""
        widget.grab().save(str(self._target / f"{page}-{self._name}.png"))

    def wear(self, percent: int) -> int:
        """Give the text another size for a while; 0 changes nothing. Gives the size of these pictures."""
        if percent:
            theme.apply(self._application, theme.theme(self._look.name, percent))
        return self._look.percent

    def take_at(self, widget: QWidget, inner: QWidget, page: str) -> None:
        """Draw a widget with something in it scrolled to the top."""
        widget.resize(self._size)
        widget.show()
        settle(widget)
        areas = (area for area in widget.findChildren(QScrollArea) if area.isAncestorOf(inner))
        for area in areas:
            place = inner.mapTo(cast(QWidget, area.widget()), QPoint(0, 0))
            area.verticalScrollBar().setValue(place.y() - MARGIN)
        self.take(widget, page)


def settle(widget: QWidget) -> None:
    """Let posted layouts and paints happen, without running timers or input."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        for inner in (widget, *widget.findChildren(QWidget)):
            QApplication.sendPostedEvents(inner, QEvent.Type.LayoutRequest)


def take(
    target: Path,
    names: Sequence[str] = tuple(NAMES),
    sizes: Sequence[tuple[int, int]] = SIZES,
    percents: Sequence[int] = PERCENTS,
) -> None:
    """Write all pictures into the folder. Raises OSError when it cannot be made."""
    target.mkdir(parents=True, exist_ok=True)
    application = app.application()
    with tempfile.TemporaryDirectory() as folder:
        scene = build(Path(folder))
        for name in names:
            for percent in percents:
                look = theme.theme(name, percent)
                theme.apply(application, look)
                for size in sizes:
                    camera = Camera(target, application, look, size)
                    for shoot in SHOTS:
                        run(shoot, scene, camera)
        scene.laptop.close()
        scene.office.close()


def run(shoot: Callable[[Scene, Camera], Iterator[QObject]], scene: Scene, camera: Camera) -> None:
    """Let one window or some pages pose for the camera, and let go of them."""
    for done in shoot(scene, camera):
        done.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _window(scene: Scene, workspace: Workspace | None, *, new: bool = False) -> MainWindow:
    window = MainWindow(scene.folder / "none", ImmediateJobs(), NoPaper(), new=new, cost=vaults.TESTS_ONLY)
    if workspace is not None:
        window.open(workspace)
    return window


def _locked(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, None)
    camera.take(window, "slot")
    page = window.page
    if isinstance(page, UnlockPage):
        problems.show(WrongPassphrase(), page.banner)
        camera.take(window, "slot-fout")
    yield window


def _first(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, None, new=True)
    page = window.page
    if isinstance(page, FirstRunPage):
        camera.take(window, "eerste-keer")
        page.further.click()
        camera.take(window, "eerste-keer-woorden")
        page.passphrase.way.button("own").click()
        page.passphrase.own.first.setText(PASSPHRASE[:16])
        camera.take(window, "eerste-keer-eigen-zin")
        page.show_recovery(scene.new)
        camera.take(window, "herstelblad")
        if page.rehearsal is not None:
            page.rehearsal.typed.setText("8QX2")
            page.rehearsal.check()
            camera.take(window, "herstelblad-fout")
        page.show_what_next()
        camera.take(window, "eerste-keer-laptop")
    yield window


def _laptop(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, scene.laptop)
    shell = window.shell
    if shell is not None:
        screenshots_today.laptop(window, scene.guided, camera.take)
        shell.go("dossiers")
        camera.take(window, "dossiers")
        for client, suffix in ((scene.guided, ""), (scene.inside, "-binnen")):
            shell.open_dossier(client)
            for key, name in _PARTS.items():
                if shell.dossier is not None and (not suffix or key == "advice"):
                    shell.dossier.go(key)
                    settle(window)
                    if shell.dossier.panel is not None and suffix:
                        shell.dossier.panel.variant.setCurrentIndex(1)
                    camera.take(window, f"dossier-{name}{suffix}")
        if shell.dossier is not None:
            shell.dossier.round_off.click()
            camera.take(shell.dossier.findChildren(RoundOffDialog)[-1], "gesprek-afronden")
        screenshots_moments.laptop(window, camera.take)
        screenshots_handbook.laptop(shell, camera.take)
        screenshots_offers.laptop(window, scene.guided, camera.take, camera.take_at)
        screenshots_sheets.laptop(window, scene.inside, camera.take)
        screenshots_undo.laptop(window, scene.guided, camera.take)
        screenshots_client.looking_along(window, scene.guided, camera.take, camera.wear)
        screenshots_papers.laptop(window, scene.guided, camera.take)
        screenshots_quick.question(shell, camera.take)
        screenshots_quick.palette(shell, camera.take)
        screenshots_handover.laptop(window, camera.take)
        screenshots_vault.laptop(window, enrolment.own_fingerprint(scene.office), camera.take)
    yield window


_PARTS: Final = {
    "data": "gegevens",
    "map": "in-kaart",
    "perspective": "perspectief",
    "reality": "realiteit",
    "advice": "advies",
    "after": "opvolging",
    "sessions": "gesprekken",
    "rights": "rechten",
    "history": "geschiedenis",
}


def _office(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, scene.office)
    shell = window.shell
    if shell is not None:
        screenshots_handover.office(window, scene.bundle, camera.take)
        screenshots_deciding.office(window, scene.undecided, camera.take)
        screenshots_deciding.resembling(window, camera.take)
        shell.go("figures")
        camera.take(window, "cijfers")
        shell.go("dossiers")
        shell.toast.say("Gesprek weggehaald", lambda: None)
        camera.take(window, "dossiers-kantoor")
        camera.take(problems.CrashDialog(logs.details(EnvironmentProblem()), window), "fout-in-programma")
    yield window


def _empty(scene: Scene, camera: Camera) -> Iterator[QObject]:
    folder = scene.folder / "empty"
    workspace = (
        vaults.unlock(folder, PASSPHRASE, clock=_clock, today=lambda: TODAY)
        if vaults.exists(folder)
        else None
    )
    workspace = workspace or _vault(folder, "laptop", "Laptop 2").workspace
    window = _window(scene, workspace)
    shell = window.shell
    if shell is not None:
        camera.take(window, "vandaag-leeg")
        shell.go("dossiers")
        camera.take(window, "dossiers-leeg")
        screenshots_offers.empty(window, camera.take)
        shell.go("handover")
        camera.take(window, "overdracht-niet-aangemeld")
    yield window
    workspace.close()


def _rights(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, scene.laptop)
    shell = window.shell
    if shell is not None:
        shell.open_dossier(scene.inside)
        page = cast(DossierPage, shell.dossier)
        card = next(card for card in page.cards if isinstance(card, ShieldedCard))
        card.box.row_cards()[0].unfold(True)
        camera.take_at(window, card, "dossier-detentie")
        shell.open_dossier(scene.guided)
        page = cast(DossierPage, shell.dossier)
        note = next(form.boxes["notes"] for form in page.forms() if "notes" in form.boxes)
        note.editor.retype("Komt met de bus. Was verdacht van diefstal.")
        if note.guard is not None:
            note.guard.look()
        camera.take_at(window, note, "dossier-woord")
        page.go("rights")
        view = page.findChildren(RightsView)[0]
        consent = view.consents.rows["SHARE_PARTNER"]
        consent.unfold(True)
        consent.ask_how("GIVEN")
        camera.take_at(window, consent, "dossier-rechten-toestemming")
        camera.take_at(window, view.forgetting, "dossier-rechten-wissen")
    yield window


def _year_end(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, scene.office)
    shell = window.shell
    if shell is not None:
        shell.open_dossier(dossiers.search(scene.office, "", 1)[0].client_id)
        if shell.dossier is not None:
            shell.dossier.go("rights")
            view = shell.dossier.findChildren(RightsView)[0]
            camera.take_at(window, view.forgetting, "dossier-rechten-kantoor")
            view.forgetting.ask("REQUEST")
            camera.take(view.findChildren(ConfirmDialog)[-1], "dossier-wissen")
        page = shell.go("retention")
        camera.take(window, "bewaartermijnen")
        if isinstance(page, RetentionPage):
            page.ask_keep()
            camera.take(page.findChildren(KeepDialog)[-1], "langer-bewaren")
            page.ask_anonymise()
            camera.take(page.findChildren(ConfirmDialog)[-1], "anoniem-maken")
        papers = shell.go("papers")
        camera.take(window, "papieren")
        if isinstance(papers, PapersPage):
            camera.take_at(window, papers.lost, "papieren-laptop-kwijt")
    yield window


def _vault_pages(scene: Scene, camera: Camera) -> Iterator[QObject]:
    window = _window(scene, scene.office)
    screenshots_vault.office(window, scene.card, camera.take)
    yield window
    yield from screenshots_vault.helping(scene.office.folder, scene.laptop.folder, NoPaper(), camera.take)
    yield from screenshots_vault.waiting(scene.folder / "tried", NoPaper(), camera.take)


SHOTS: Final = (_locked, _first, _laptop, _office, _rights, _year_end, _empty, _vault_pages)
