"""Wrong passphrases make the next try wait, whatever is done to the clock, the program or the file."""

from __future__ import annotations

import msgspec
import pytest

from leerwinkel_desktop.store import tries
from leerwinkel_desktop.store.errors import TooManyTries, VaultUnreachable

DAY = 86_400_000


class Machine:
    """A wall clock and a count since the start, which tests move."""

    def __init__(self, folder):
        self.folder, self.wall, self.since = folder, 1_770_000_000_000, 5_000_000
        tries.start(folder)

    def pass_by(self, seconds):
        self.wall += seconds * 1000
        self.since += seconds * 1000

    def begin(self):
        return tries.begin(self.folder, lambda: self.wall, lambda: self.since)

    def left(self):
        return tries.waiting(self.folder, lambda: self.wall, lambda: self.since)

    def refused(self):
        with pytest.raises(TooManyTries) as caught:
            self.begin()
        return caught.value.wait_seconds


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_three_are_free_then_each_waits_longer(machine):
    waits = []
    for _ in range(14):
        machine.begin()
        waits.append(machine.left())
        machine.pass_by(machine.left())
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]


def test_nothing_is_counted_while_it_waits(machine):
    for _ in range(4):
        machine.begin()
        machine.pass_by(machine.left())
    machine.begin()
    before = (machine.folder / tries.FILE).read_bytes()
    assert machine.refused() == 20
    machine.pass_by(19)
    assert machine.refused() == 1
    assert (machine.folder / tries.FILE).read_bytes() == before
    machine.pass_by(1)
    machine.begin()


def test_success_begins_anew_and_tells_when_it_failed(machine):
    machine.begin()
    machine.pass_by(60)
    machine.begin()
    machine.pass_by(60)
    attempt = machine.begin()
    assert attempt.first is None
    assert attempt.failed == (1_770_000_000_000, 1_770_000_060_000)
    attempt.succeeded("slot")
    assert machine.left() == 0
    assert machine.begin().first == "slot"
    assert machine.begin().failed == (machine.wall,)


def test_a_try_that_failed_for_another_reason_does_not_count(machine):
    for _ in range(20):
        machine.begin().withdrawn()
    assert machine.left() == 0
    assert machine.begin().failed == ()


@pytest.mark.parametrize("back", [1, 3600, 10 * 365 * 86_400])
def test_a_clock_set_back_does_not_help(machine, back):
    for _ in range(3):
        machine.begin()
    machine.wall -= back * 1000
    assert machine.refused() == 5
    machine.pass_by(5)
    machine.begin()


def test_a_clock_set_ahead_does_not_help_while_the_machine_runs(machine):
    for _ in range(3):
        machine.begin()
    machine.wall += 10 * 365 * DAY
    assert machine.refused() == 5
    machine.pass_by(5)
    machine.begin()


def test_a_clock_that_was_ten_years_ahead_locks_nobody_out(machine):
    machine.wall += 10 * 365 * DAY
    for _ in range(3):
        machine.begin()
    machine.wall -= 10 * 365 * DAY
    assert machine.refused() == 5
    machine.pass_by(5)
    machine.begin()


def test_a_restart_of_the_machine_keeps_the_wait(machine):
    for _ in range(5):
        machine.begin()
        machine.pass_by(machine.left())
    machine.begin()
    machine.since = 1000
    assert machine.refused() == 40
    machine.wall += 30_000
    machine.since += 30_000
    assert machine.refused() == 10


def test_a_clock_set_back_before_a_restart_does_not_help(machine):
    for _ in range(3):
        machine.begin()
    machine.since = 1000
    machine.wall -= 10 * DAY
    assert machine.refused() == 5
    machine.pass_by(5)
    machine.begin()


@pytest.mark.parametrize("content", [None, b"", b"{}x", b'{"failed":"0"}', bytes(range(256))])
def test_taking_the_file_away_costs_the_free_tries(machine, content):
    for _ in range(2):
        if content is None:
            (machine.folder / tries.FILE).unlink()
        else:
            (machine.folder / tries.FILE).write_bytes(content)
        assert machine.refused() == 5
    machine.pass_by(5)
    machine.begin()
    assert machine.left() == 10


def test_a_vault_of_before_has_no_file_yet(tmp_path):
    tries.begin(tmp_path, lambda: 1, lambda: 1, expected=False).succeeded("slot")
    assert tries.waiting(tmp_path, lambda: 1) == 0


def test_the_file_stays_small(machine):
    for _ in range(300):
        machine.begin()
        machine.pass_by(900)
    assert (machine.folder / tries.FILE).stat().st_size < 8192
    attempt = machine.begin()
    assert len(attempt.failed) == 200
    attempt.succeeded("slot")
    kept = msgspec.json.decode((machine.folder / tries.FILE).read_bytes())
    assert kept["failed"] == 0


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / tries.FILE).mkdir()
    with pytest.raises(VaultUnreachable):
        tries.begin(tmp_path, lambda: 1, lambda: 1)


def test_withdrawing_never_gives_free_tries(machine):
    """Somebody else came in meanwhile, or took the file away: there is nothing to take back."""
    attempt = machine.begin()
    attempt.succeeded("slot")
    before = (machine.folder / tries.FILE).read_bytes()
    attempt.withdrawn()
    assert (machine.folder / tries.FILE).read_bytes() == before
    (machine.folder / tries.FILE).unlink()
    attempt.withdrawn()
    assert not (machine.folder / tries.FILE).exists()
