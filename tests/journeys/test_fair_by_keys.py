"""A day at a job fair: three quick questions, one grows to a sheet for later, and a bundle for the office."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.trajectories import AdviceStep, LearningQuestion, Option, Session, Trajectory
from leerwinkel_desktop.services import dossiers, enrolment, exchange, sheet_files, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.faults import memory
from tests.faults.test_leaks import found
from tests.journeys.by_keys import Person
from tests.windows import PASSPHRASE

NAME = "zwaluwvoorbeeld"
QUEUE = (
    (f"amina {NAME}", "98", "v", "6 bso", "dip", "vd"),
    ("bram", "77", "m", "", "ned", "oc"),
    ("chantal", "1960", "v", "", "stu", ""),
)
WENT_WELL, TALENT = "de winkel van mijn tante", "ik reken vlug"
DREAM, COURSE, STEP = "een eigen kapsalon", "haartooi voor beginners", "ik bel naar de school"


@pytest.fixture
def laptop(tmp_path: Path) -> Path:
    """The folder of a laptop that belongs to an office, with its closed vault and a stick."""
    folder = tmp_path / "laptop"
    (folder / "stick").mkdir(parents=True)
    made = vaults.create(folder / "vault", PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY).workspace
    office = vaults.create(tmp_path / "office", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    enrolment.write_enrol_card(made, tmp_path / "enrol.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(tmp_path / "enrol.lwc"), tmp_path / "welcome.lwc")
    enrolment.accept(made, tmp_path / "welcome.lwc")
    made.close()
    office.close()
    return folder


def ask_the_queue(person: Person) -> None:
    """Ctrl+I, and six fields for each."""
    person.press("ctrl+i")
    for asked in QUEUE:
        for answer in asked[:-1]:
            person.type(answer)
            person.press("Return")
        person.type(asked[-1])
        person.press("ctrl+Return")
        person.wait(cursor="Naam of roepnaam")
    person.station("queue")
    person.press("Escape")


def guide(person: Person) -> None:
    """From a name in the palette through the four steps."""
    person.press("ctrl+k")
    person.type(NAME)
    person.press("Return")
    person.wait(page="DossierPage", over="")
    person.choose("Maak er een traject van")
    person.press("ctrl+Next")
    person.fill("Wat liep goed?", WENT_WELL)
    person.choose("Talent toevoegen")
    person.type(TALENT)
    person.station("in-kaart")
    person.press("ctrl+Next")
    person.fill("Waar wil jij staan?", DREAM)
    person.station("perspectief")
    person.press("ctrl+Next")
    person.choose("Eigen idee toevoegen")
    person.type(COURSE)
    person.station("realiteit")
    person.press("ctrl+Next")
    person.choose("Stap toevoegen")
    person.type(STEP)
    person.station("advies")


def put_by(person: Person) -> None:
    """The sheet is ready; there is no printer at a fair."""
    person.choose("Klaar om mee te geven")
    person.choose("Later afdrukken")
    person.station("klaar")


def write_bundle(person: Person, stick: Path) -> None:
    """Through the palette to the button, and where to in the system's dialog."""
    person.press("ctrl+k")
    person.type("schrijf bundel")
    person.press("Return")
    person.wait(page="HandoverPage", cursor="Schrijf bundel")
    person.press("space")
    person.answer(stick, "Kies de stick of de map")
    person.wait_said("Klaar: ")
    person.wait(cursor="Schrijf bundel")
    person.station("bundel")


def test_a_day_at_the_fair(sit_down: Callable[[Path], Person], laptop: Path):
    person = sit_down(laptop / "vault")
    person.unlock(PASSPHRASE)
    person.station("vandaag")
    ask_the_queue(person)
    guide(person)
    put_by(person)
    person.leave()
    person.unlock(PASSPHRASE)
    person.wait(page="DossierPage", part="advice")
    person.station("weer-daar")
    write_bundle(person, laptop / "stick")
    person.go_home()
    workspace = vaults.unlock(laptop / "vault", PASSPHRASE)
    check(workspace)
    (bundle,) = (laptop / "stick").iterdir()
    assert exchange.pending(workspace).dossiers == len(QUEUE)
    workspace.close()
    assert bundle.suffix == ".lwb"
    assert found(laptop, {one: memory.spellings(one) for one in (NAME, DREAM, COURSE)}) == []


def check(workspace: Workspace) -> None:
    """What was typed is what is kept, and what will be printed."""
    hits = dossiers.search(workspace, "")
    assert {hit.first_name for hit in hits} == {"amina", "bram", "chantal"}
    (amina,) = (dossiers.reload(workspace, hit.client_id) for hit in hits if hit.last_name == NAME)
    assert (amina.client.birth_year, amina.client.gender) == (1998, "V")
    (trajectory,) = amina.of(Trajectory)
    assert (trajectory.service_type, trajectory.went_well) == ("GUIDANCE", WENT_WELL)
    assert trajectory.referral_source == "VDAB"
    assert [one.description for one in amina.of(Talent)] == [TALENT]
    assert [(one.type, one.dream) for one in amina.of(LearningQuestion)] == [("DIPLOMA_SO", DREAM)]
    assert [one.title for one in amina.of(Option)] == [COURSE]
    assert STEP in [one.what for one in amina.of(AdviceStep)]
    assert [one.attended for one in amina.of(Session)] == ["J"]
    (waiting,) = sheet_files.to_print(workspace)
    with pypdfium2.PdfDocument(sheet_files.read_back(workspace, waiting.sheet_id)) as paper:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in paper)
    for words in ("amina", TALENT, DREAM, COURSE, STEP):
        assert words in text
    assert NAME not in text, "a family name is nobody's business on a sheet"
    assert vaults.check(workspace).good
