"""The import rules bite: a tree that breaks each of them is refused by name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BREAKS = {
    "leerwinkel_desktop/domain/planted.py": "import leerwinkel_desktop.services\n",
    "leerwinkel_desktop/services/planted.py": "import PySide6.QtCore\nimport sqlcipher3\nimport sync\n",
    "leerwinkel_desktop/store/planted.py": "import reportlab.pdfgen\n",
    "leerwinkel_desktop/printing/planted.py": (
        "import openpyxl\nimport rapidfuzz\nimport httpx\nimport leerwinkel_desktop.printing.round\n"
    ),
    "leerwinkel_desktop/printing/round.py": "import leerwinkel_desktop.printing.planted\n",
    "leerwinkel_desktop/ui/pages/planted.py": "import leerwinkel_desktop.ui.pages.planted_too\n",
    "leerwinkel_desktop/ui/pages/planted_too.py": "",
    "sync/planted.py": "import leerwinkel_desktop.domain\n",
}


def lint_imports(tree: Path) -> subprocess.CompletedProcess[str]:
    # The command takes the folder it runs in for the tree to judge.
    code = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as c; c()"
    command = [sys.executable, "-P", "-c", code, "--no-cache"]
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(project: Path, tmp_path: Path) -> Path:
    for name in ("leerwinkel_desktop", "sync"):
        shutil.copytree(project / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(project / "pyproject.toml", tmp_path)
    return tmp_path


def test_our_own_tree_is_kept(tree: Path) -> None:
    ran = lint_imports(tree)
    assert ran.returncode == 0, ran.stdout
    assert " 0 broken" in ran.stdout


def test_every_rule_refuses_its_break(tree: Path, declared: dict[str, Any]) -> None:
    for name, text in BREAKS.items():
        (tree / name).write_text(text, encoding="utf-8")
    ran = lint_imports(tree)
    rules = [contract["name"] for contract in declared["tool"]["importlinter"]["contracts"]]
    assert ran.returncode != 0
    assert [name for name in rules if f"\n{name} BROKEN" not in ran.stdout] == [], ran.stdout


def test_a_room_that_nobody_placed_is_refused(tree: Path) -> None:
    (tree / "leerwinkel_desktop" / "planted.py").touch()
    ran = lint_imports(tree)
    assert ran.returncode != 0
    assert "planted" in ran.stdout
