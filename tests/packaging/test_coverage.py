"""`make coverage` fails when a branch of a module that is declared is never taken (SECURITY.md §5)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHOICE = """
def choose(asked):
    answer = "no"
    if asked:
        answer = "yes"
    return answer
"""
TEST = """
import os
import pytest
from sync.choice import choose

@pytest.mark.parametrize("asked", {asked})
def test_it(asked):
    assert choose(asked)
    assert "COVERAGE_PROCESS_CONFIG" not in os.environ  # what a test starts is not measured
"""


@pytest.fixture
def tree(project: Path, tmp_path: Path) -> Path:
    """A project with our settings and one module with two branches."""
    for room in ("sync", "leerwinkel_desktop", "tests"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(project / name, tmp_path / name)
    (tmp_path / "sync" / "choice.py").write_text(CHOICE, encoding="utf-8")
    return tmp_path


def coverage(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "coverage", *arguments]
    env = {**os.environ, "PYTHONPATH": str(tree), "COVERAGE_FILE": str(tree / "measured")}
    return subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False)


def report(tree: Path, asked: list[bool]) -> subprocess.CompletedProcess[str]:
    """What is told after a run in two workers whose tests ask this."""
    (tree / "tests" / "test_choice.py").write_text(TEST.format(asked=asked), encoding="utf-8")
    ran = coverage(tree, "run", "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", "tests")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert coverage(tree, "combine").returncode == 0
    return coverage(tree, "report")


def test_each_branch_taken_passes(tree: Path) -> None:
    told = report(tree, [True, False])
    assert told.returncode == 0, told.stdout


def test_a_branch_that_is_not_taken_fails(tree: Path) -> None:
    told = report(tree, [True])
    assert told.returncode == 2
    assert "choice.py" in told.stdout


def test_each_declared_pattern_names_modules(project: Path, declared: dict[str, Any]) -> None:
    patterns = declared["tool"]["coverage"]["report"]["include"]
    assert len(set(patterns)) == len(patterns) > 0
    assert [pattern for pattern in patterns if not any(project.glob(pattern))] == []
