"""The lock files hold what is declared, carry hashes, and name no host."""

from __future__ import annotations

import re
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;]+)(?: ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")


def pins(lock: Path) -> dict[str, str]:
    found = (PIN.match(line) for line in lock.read_text(encoding="utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", line, maxsplit=1)[0].lower().replace("_", "-") for line in requirements}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_line_is_a_pin_or_its_hash(project: Path, name: str) -> None:
    lines = (project / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not PIN.match(line) and not HASH.match(line)] == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert not PIN.match(line) or HASH.match(following), f"{line} has no hash"


def test_each_declared_dependency_is_locked(project: Path, declared: dict[str, Any]) -> None:
    runtime = names(declared["project"]["dependencies"])
    checks = names(declared["project"]["optional-dependencies"]["dev"])
    assert runtime - set(pins(project / "requirements.lock")) == set()
    assert runtime | checks <= set(pins(project / "requirements-dev.lock"))


def test_the_program_is_checked_with_the_packages_it_ships_with(project: Path) -> None:
    shipped, checked = pins(project / "requirements.lock"), pins(project / "requirements-dev.lock")
    assert {name: checked.get(name) for name in shipped} == shipped


def test_no_checking_tool_is_shipped(project: Path, declared: dict[str, Any]) -> None:
    tools = names(declared["project"]["optional-dependencies"]["dev"])
    assert tools & set(pins(project / "requirements.lock")) == set()


def test_nothing_is_shipped_that_is_not_used(project: Path, declared: dict[str, Any]) -> None:
    rooms = [project / "leerwinkel_desktop", project / "sync"]
    code = "\n".join(path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py"))
    imported = set(re.findall(r"^\s*(?:import|from) (\w+)", code, flags=re.MULTILINE))
    used = {
        name.lower().replace("_", "-")
        for package, packaged_by in packages_distributions().items()
        if package in imported
        for name in packaged_by
    }
    found_by_others = {"uharfbuzz"} | {
        name for name in names(declared["project"]["dependencies"]) if "fontpkg" in name
    }
    assert names(declared["project"]["dependencies"]) - used - found_by_others == set()
