"""The commands that the README promises exist, and what the server runs is what a developer runs."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

PROMISED = {"demo", "test", "run", "lint", "bench", "installer", "screenshots", "clean"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no make; README gives its lines")
def test_make_alone_tells_every_command(project: Path) -> None:
    told = subprocess.run(
        ["make", "--no-print-directory"], cwd=project, capture_output=True, text=True, check=True
    )
    listed = dict(re.findall(r"^  make (\S+) +(\S.*)$", told.stdout, flags=re.MULTILINE))
    assert set(listed) >= PROMISED
    phony = re.findall(
        r"^\.PHONY: (\w+)$", (project / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert set(listed) == set(phony)


def test_readme_names_only_commands_that_exist(project: Path) -> None:
    readme = (project / "README.md").read_text(encoding="utf-8")
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", readme):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), f"README promises make {target}"


def test_the_server_runs_make_test_and_nothing_else(project: Path) -> None:
    script = (project / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    does = [line for line in script if line and not line.startswith(("#", "set ", "cd "))]
    assert does == ["exec make test"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_what_a_page_links_to_is_there(project: Path, name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (project / name).read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (project / link).exists()] == []
