"""A wheel carries the program, its data and its licence, and runs from wherever it is unpacked."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)],
        cwd=project,
        check=True,
        capture_output=True,
    )
    (made,) = target.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.xdist_group("wheel")
def test_it_carries_every_file_of_the_program(project: Path, contents: set[str]) -> None:
    rooms = {
        "leerwinkel_desktop": "leerwinkel_desktop",
        "sync": "sync",
        "resources": "leerwinkel_desktop/resources",
    }
    expected = {
        f"{inside}/{path.relative_to(project / room).as_posix()}"
        for room, inside in rooms.items()
        for path in (project / room).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert any(name.startswith("leerwinkel_desktop/resources/") for name in expected)
    assert "sync/FORMAT.md" in expected
    assert expected - contents == set()


@pytest.mark.xdist_group("wheel")
def test_it_carries_nothing_else(contents: set[str]) -> None:
    assert {name.split("/", 1)[0].removesuffix(".dist-info").split("-")[0] for name in contents} == {
        "leerwinkel_desktop",
        "sync",
    }


@pytest.mark.xdist_group("wheel")
def test_it_says_its_licence_and_its_command(wheel: Path, contents: set[str], project: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        read = {
            name.rsplit("/", 1)[1]: archive.read(name).decode() for name in contents if ".dist-info/" in name
        }
    assert "\nLicense-Expression: EUPL-1.2\n" in read["METADATA"]
    assert read["LICENSE"] == (project / "LICENSE").read_text(encoding="utf-8")
    assert "leerwinkel = leerwinkel_desktop.__main__:main" in read["entry_points.txt"]


@pytest.mark.xdist_group("wheel")
def test_it_runs_away_from_the_project(wheel: Path, tmp_path: Path, declared: dict[str, Any]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "unpacked")
    ran = subprocess.run(
        [sys.executable, "-m", "leerwinkel_desktop", "workbook", "template", str(tmp_path / "register.xlsx")],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(tmp_path / "unpacked"), "HOME": str(home), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "register.xlsx").stat().st_size > 0
    assert declared["project"]["scripts"]["leerwinkel"] == "leerwinkel_desktop.__main__:main"
