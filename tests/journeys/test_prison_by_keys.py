"""A day inside: the prison profile, the shielded card, a sheet for now and one that betrays nothing, idle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.profiles import PRISON
from leerwinkel_desktop.printing.words import betraying_words
from leerwinkel_desktop.services import detention, dossiers, profile, sheet_files, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.faults import memory
from tests.faults.test_leaks import found
from tests.journeys.by_keys import Person
from tests.windows import PASSPHRASE

NAME, HOUSE, SLIP = "zwaluwvoorbeeld", "kwartelhof", "het onthaal van de school"
DREAM, COURSE, STEP = "een eigen kapsalon", "haartooi voor beginners", "ik schrijf mij in"
BACK = "Klantscherm verlaten"
HIDDEN = {
    "Dossiers",
    "Vandaag",
    "Nieuw traject",
    "Gesprek afronden",
    "Bewaar als pdf …",
    "Zoek of doe iets (Ctrl+K)",
}


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """The folder of a laptop with its closed vault."""
    folder = tmp_path / "laptop"
    folder.mkdir()
    made = vaults.create(folder / "vault", PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY)
    made.workspace.close()
    return folder


def enter_prison(person: Person) -> None:
    """Beheer, Profiel, Gevangenis."""
    person.press("ctrl+7")
    while person.sees["cursor"] != "Profiel":
        person.press("Down")
    person.go_to("Profiel: Kantoor")
    person.press("Right")
    person.wait_said("Het profiel is nu Gevangenis.")
    person.station("profiel")


def meet(person: Person) -> None:
    """A new client, with what the block is for."""
    person.press("ctrl+n")
    person.wait(page="DossierPage", cursor="Voornaam")
    person.type("joris")
    person.fill("Achternaam", NAME)
    person.choose("Periode binnen toevoegen")
    person.fill("Gevangenis", HOUSE)
    person.fill("Rapportbriefje aan", SLIP)
    person.station("afgeschermd")
    person.press("ctrl+Next", "ctrl+Next")
    person.fill("Waar wil jij staan?", DREAM)
    person.press("ctrl+Next", "ctrl+Next")
    person.wait(part="advice")
    person.choose("Mogelijkheid toevoegen")
    person.type(COURSE)
    person.choose("Stap toevoegen")
    person.type(STEP)


def put_by(person: Person, name: str) -> None:
    """The next kind of sheet, ready and on the list."""
    person.go_to("Soort blad")
    person.press("Down")
    person.choose("Klaar om mee te geven")
    person.choose("Later afdrukken")
    person.station(name)


def look_along(person: Person) -> set[str]:
    """All that can have the cursor while the client looks along."""
    person.press("F11")
    person.station("klant")
    person.go_to(BACK)
    person.press("Tab")
    met = {person.sees["cursor"], *person.go_to(BACK)}
    person.press("F11")
    return met


def test_a_day_inside(sit_down: Callable[[Path], Person], laptop: Path):
    person = sit_down(laptop / "vault")
    person.unlock(PASSPHRASE)
    enter_prison(person)
    meet(person)
    put_by(person, "binnen")
    put_by(person, "buiten")
    met = look_along(person)
    assert "Vergrendel" in met
    assert not met & HIDDEN
    person.child.say(f"later {PRISON.idle_seconds + 1}")
    person.locked()
    person.station("op-slot")
    person.unlock(PASSPHRASE)
    person.wait(page="DossierPage", part="advice")
    person.go_home()
    assert found(laptop, {one: memory.spellings(one) for one in (NAME, HOUSE, SLIP, DREAM)}) == []
    workspace = vaults.unlock(laptop / "vault", PASSPHRASE)
    check(workspace)
    workspace.close()


def check(workspace: Workspace) -> None:
    """What was typed is behind the lock of the block; one sheet tells of inside, the other of nothing."""
    assert profile.current(workspace) is PRISON
    assert [one.open for one in detention.access_list(workspace)] == [True]
    (hit,) = dossiers.search(workspace, "")
    view = dossiers.reload(workspace, hit.client_id)
    (block,) = view.of(DetentionEpisode)
    assert (block.prison, block.request_slip_to) == (HOUSE, SLIP)
    inside, portable = (text_of(workspace, one.sheet_id) for one in sheet_files.to_print(workspace))
    assert SLIP in inside
    for told in (DREAM, COURSE, STEP):
        assert told in portable
    assert betraying_words().find(portable) is None
    assert HOUSE not in portable
    assert vaults.check(workspace).good


def text_of(workspace: Workspace, sheet_id: str) -> str:
    """What can be read on a kept sheet."""
    with pypdfium2.PdfDocument(sheet_files.read_back(workspace, sheet_id)) as paper:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in paper)
