"""The whole story in one run, with real parts everywhere: fair, talks, a desk, hand-over, import, figures."""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import (
    along,
    dossiers,
    enrolment,
    exchange,
    reports,
    sheets,
    vaults,
    workbook,
)
from leerwinkel_desktop.services.demo import desk, fair, genk, lives, offers, people
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.files import write_durably

PASSPHRASE = "appel fiets wolk lamp rivier stoel"  # noqa: S105 (of a demo, and it stands beside the vault)
DAY = date(2026, 5, 12)
QUEUE = 12
ALONG = 5
PASSPHRASE_FILE = "passphrase.txt"  # noqa: S105 (a name of a file)
_LEFT = (
    "laptop/",
    "office/",
    "laptop/passphrase.txt",
    "office/passphrase.txt",
    "office/recovery.txt",
    "stick/*.lwb",
    "sheets/*.pdf",
    "reports/genk.*",
    "registration.xlsx",
)
_FOLDERS = ("laptop", "office", "stick", "sheets", "reports")


class NotADemoFolder(InputError):
    """The folder holds other things than an earlier demo, so it is left as it is."""


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step of the story: what was done, and how long it took."""

    text: str
    seconds: float


@dataclass(slots=True)
class _Story:
    """What the steps share."""

    target: Path
    seed: int
    office: Workspace | None = None
    laptop: Workspace | None = None
    views: dict[str, DossierView] = field(default_factory=dict)
    bundle: Path | None = None

    @property
    def at_office(self) -> Workspace:
        """The office's vault; the steps are told in order."""
        return _there(self.office)

    @property
    def in_the_field(self) -> Workspace:
        """The laptop's vault."""
        return _there(self.laptop)


def _there(workspace: Workspace | None) -> Workspace:
    if workspace is None:
        raise LookupError
    return workspace


def tell(target: Path, seed: int) -> Iterator[StepDone]:
    """Run the story into a folder, step by step. Raises NotADemoFolder, DiskFull or VaultUnreachable."""
    _clear(target)
    story = _Story(target, seed)
    try:
        for step in _STEPS:
            begin = time.perf_counter()
            text = step(story)
            yield StepDone(text, time.perf_counter() - begin)
    finally:
        for workspace in (story.office, story.laptop):
            if workspace is not None:
                workspace.close()


def left_behind(target: Path) -> list[str]:
    """What the demo left, as paths within the folder."""
    return [str(path) for pattern in _LEFT for path in sorted(target.glob(pattern))]


def _clear(target: Path) -> None:
    try:
        target.mkdir(parents=True, exist_ok=True)
        found = {path.name for path in target.iterdir()}
        demo = (target / "office" / PASSPHRASE_FILE).is_file()
        if found and (found - {*_FOLDERS, "registration.xlsx"} or not demo):
            raise NotADemoFolder
        for name in found:
            path = target / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name in _FOLDERS:
            (target / name).mkdir()
    except OSError as error:
        raise named(error) from error


def _office(story: _Story) -> str:
    folder = story.target / "office"
    _beside(folder, PASSPHRASE_FILE, PASSPHRASE)
    made = vaults.create(folder, PASSPHRASE, cost=vaults.FLOOR, user="Kantoor Voorbeeld", today=lambda: DAY)
    story.office = made.workspace
    _beside(folder, "recovery.txt", f"{made.recovery_identity}\n# {made.root_key}")
    sheets.set_house(
        made.workspace,
        address="Voorbeeldplein 1, 2800 Mechelen",
        phone="015 00 00 01",
        walk_in="woensdag van 13 tot 17 uur",
    )
    return "Kantoor: kluis gemaakt"


def _registration(story: _Story) -> str:
    path = story.target / "registration.xlsx"
    genk.write_workbook(path, story.seed)
    done = workbook.import_workbook(story.at_office, path)
    return f"Kantoor: registratie ingelezen ({done.clients} klanten, {done.trajectories} trajecten)"


def _laptop(story: _Story) -> str:
    folder = story.target / "laptop"
    made = vaults.create(
        folder,
        PASSPHRASE,
        role="laptop",
        name="Laptop 1",
        user="Begeleider Voorbeeld",
        cost=vaults.FLOOR,
        today=lambda: DAY,
    )
    story.laptop = made.workspace
    _beside(folder, PASSPHRASE_FILE, PASSPHRASE)
    sheets.set_house(
        made.workspace,
        address="Voorbeeldplein 1, 2800 Mechelen",
        phone="015 00 00 01",
        walk_in="woensdag van 13 tot 17 uur",
    )
    with tempfile.TemporaryDirectory() as cards:
        enrol, welcome = Path(cards) / "laptop.lwc", Path(cards) / "kantoor.lwc"
        enrolment.write_enrol_card(made.workspace, enrol)
        enrolment.welcome(story.at_office, enrolment.read_enrol_card(enrol), welcome)
        enrolment.accept(made.workspace, welcome)
    offers.fill(made.workspace)
    return "Laptop: kluis gemaakt en aangemeld op kantoor, met een verzonnen aanbod"


def _fair(story: _Story) -> str:
    chance = random.Random(story.seed)  # noqa: S311 (the same invented people for the same seed)
    fair.queue(story.in_the_field, chance, QUEUE)
    return f"Jobbeurs: {QUEUE} snelle infovragen, zonder netwerk"


def _inside(story: _Story) -> str:
    yesterday = fair.on(story.in_the_field, DAY - timedelta(days=1), "14:00")
    story.views["inside"] = story.views["portable"] = people.inside(yesterday)
    return "Arresthuis: 1 gesprek, met een blad voor nu en een blad voor later"


def _desk(story: _Story) -> str:
    story.views["ordinary"] = people.guided(story.in_the_field)
    lives.weigh(story.in_the_field, story.views["ordinary"])
    return f"Zitdag: 1 traject in vier stappen, en een week met {desk.fill(story.in_the_field)}"


def _sheets(story: _Story) -> str:
    told = []
    for variant, view in story.views.items():
        sheet = sheets.for_dossier(story.in_the_field, view, variant.upper())
        sheets.write(sheet, story.target / "sheets" / f"{variant}.pdf")
        if view.trajectory is not None:
            sheets.mark_printed(story.in_the_field, view.trajectory.id, variant.upper(), sheet)
        told.append(f"{variant} ({sheet.pages})")
    return f"Adviesbladen: {', '.join(told)}"


def _hand_over(story: _Story) -> str:
    written = exchange.write_bundle(story.in_the_field, story.target / "stick")
    story.bundle = written.path
    return f"Laptop: bundel geschreven ({written.changes} wijzigingen, {written.dossiers} dossiers)"


def _import(story: _Story) -> str:
    if story.bundle is None:
        raise LookupError
    shown = exchange.preview(story.at_office, story.bundle)
    done = exchange.import_bundle(story.at_office, story.bundle)
    return f"Kantoor: bundel ingelezen ({len(shown.persons)} personen, {done.created} nieuwe gegevens)"


def _along(story: _Story) -> str:
    actor = story.in_the_field.device().actor
    chosen = [hit.client_id for hit in dossiers.search(story.at_office, "", ALONG)]
    count = along.take_along(story.at_office, actor, chosen, DAY + timedelta(days=1))
    return f"Kantoor: {count} dossiers gaan tot morgen mee op de laptop"


def _receipt(story: _Story) -> str:
    actor = story.in_the_field.device().actor
    path = exchange.write_for_laptop(story.at_office, actor, story.target / "stick")
    exchange.import_bundle(story.in_the_field, path)
    safe = exchange.pending(story.in_the_field)
    return (
        f"Laptop: ontvangstbewijs gelezen, {safe.safe_dossiers} dossiers veilig op kantoor, "
        f"{safe.taken} mee voor morgen"
    )


def _report(story: _Story) -> str:
    request = reports.ReportRequest("genk", genk.GENK_FROM, genk.GENK_TO, genk.GENK_AS_OF)
    report = reports.run(story.at_office, request)
    reports.publish(story.at_office, request)
    for kind in ("json", "xlsx", "pdf"):
        write_durably(story.target / "reports" / f"genk.{kind}", reports.export(report, kind))
    return f"Kantoor: palmares in drie vormen ({len(report.figures)} regels)"


def _beside(folder: Path, name: str, text: str) -> None:
    write_durably(folder / name, f"{text}\n".encode())


_STEPS: tuple[Callable[[_Story], str], ...] = (
    _office,
    _registration,
    _laptop,
    _fair,
    _inside,
    _desk,
    _sheets,
    _hand_over,
    _import,
    _along,
    _receipt,
    _report,
)
