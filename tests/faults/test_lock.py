"""After a lock no copy of key, passphrase or row is left, whatever was open (SECURITY.md §5 "lock")."""

from __future__ import annotations

import secrets
from pathlib import Path
from time import perf_counter

import pytest

from leerwinkel_desktop.services import vaults
from tests.faults import memory
from tests.faults.window import CLOSED, DIALOGS

ALWAYS = ("nothing", "open file", "round off")
WINDOW = "tests.faults.window"


def words(count: int) -> str:
    """Words that no test, page or list holds."""
    return " ".join("".join(secrets.choice("bdfghjklmnprstvwz") for _ in range(9)) for _ in range(count))


@pytest.mark.usefixtures("may_look")
@pytest.mark.parametrize(
    "dialog", [pytest.param(name, marks=() if name in ALWAYS else pytest.mark.soak) for name in DIALOGS]
)
def test_nothing_is_left_in_memory(tmp_path: Path, start, dialog, record_property):
    passphrase, marker = words(6), words(1)
    made = vaults.create(tmp_path / "vault", passphrase, cost=vaults.TESTS_ONLY)
    wanted = {
        "key": memory.key_spellings(made.workspace.opened.key),
        "passphrase": memory.spellings(passphrase),
        "row": memory.spellings(marker),
    }
    made.workspace.close()
    child = start(WINDOW, dialog)
    child.say(passphrase)
    child.say(marker)
    assert child.hear() == "ready"
    before = memory.count(child.process.pid, wanted)
    assert min(before.values()) > 0, f"the scan does not bite: {before}"
    descriptors = len(list(Path(f"/proc/{child.process.pid}/fd").iterdir()))
    begin = perf_counter()
    child.say("lock")
    assert child.hear() == "locked"
    seconds = perf_counter() - begin
    after = memory.count(child.process.pid, wanted)
    record_property("hits_before", str(before))
    record_property("seconds_to_the_lock_page", f"{seconds:.3f}")
    print(f"{dialog}: {before} -> {after} in {seconds:.3f} s")
    assert after == {"key": 0, "passphrase": 0, "row": 0}
    assert len(list(Path(f"/proc/{child.process.pid}/fd").iterdir())) <= descriptors
    assert _core_limit(child.process.pid) == "0"


@pytest.mark.usefixtures("may_look")
@pytest.mark.parametrize("page", CLOSED)
def test_nothing_that_was_typed_before_a_vault_is_open_is_left(tmp_path: Path, start, page):
    secret = words(6)
    if page == "help page":
        vaults.create(tmp_path / "vault", words(6), cost=vaults.TESTS_ONLY).workspace.close()
    wanted = {"secret": memory.spellings(secret)}
    child = start(WINDOW, page)
    child.say(secret)
    child.say("")
    assert child.hear() == "ready"
    assert memory.count(child.process.pid, wanted)["secret"] > 0, "the scan does not bite"
    child.say("lock")
    assert child.hear() == "locked"
    assert memory.count(child.process.pid, wanted) == {"secret": 0}


def _core_limit(pid: int) -> str:
    line = next(
        line
        for line in Path(f"/proc/{pid}/limits").read_text().splitlines()
        if line.startswith("Max core file size")
    )
    return line.split()[4]
