"""Killed at any moment of an erasure: the person is whole or gone, and asking again finishes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from leerwinkel_desktop.services import dossiers, vaults
from leerwinkel_desktop.services.rights import erasure

CHILD = """
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.rights import erasure

vault, number = arguments
opened = vaults.unlock(Path(vault), sys.stdin.readline().rstrip())
client_id = erasure.find_client(opened, number)
for name in opened.codelists:  # read before the watch begins, or nearly every moment falls in them
    opened.codelists[name]
sys.setprofile(watch)
erasure.erase(opened, client_id)
sys.setprofile(None)
print(seen)
opened.close()
"""
STEPS = {
    "copies removed": "remove_copies",
    "kept for figures": "keep",
    "rows gone": "_each",
    "values gone": "erase_values",
    "listed": "listed",
    "told": "tell",
    "written down": "Transaction.note",
    "committed": "block",
    "folded": "Database.fold",
}


def whole_or_gone(folder, bureau, who):
    """Either each row and value is there, or none of them and the list has them all; tells which."""
    opened = vaults.unlock(folder, bureau.PASSPHRASE)
    try:
        with opened.database.read() as reader:
            ask = reader.connection.execute
            rows = ask("SELECT count(*) FROM client").fetchone()[0]
            values = ask("SELECT count(*) FROM change WHERE patch IS NOT NULL").fetchone()[0]
            listed = ask("SELECT count(*) FROM erased").fetchone()[0]
            kept = ask("SELECT count(*) FROM statistic").fetchone()[0]
        assert (rows, values, listed, kept) in ((1, 3, 0, 0), (0, 0, 3, 1))
        if rows:
            erasure.erase(opened, who.client.id)
        assert vaults.check(opened).good
        assert dossiers.count(opened) == 0
    finally:
        opened.close()
    return "whole" if rows else "gone"


@pytest.mark.parametrize("step", STEPS)
def test_at_each_step(office, bureau, tools, step):
    who = bureau.someone(office)
    office.close()
    done = tools.dying(CHILD, office.folder, who.client.client_no, when=STEPS[step])
    assert done.returncode == tools.KILLED, done.stderr
    whole_or_gone(office.folder, bureau, who)


@pytest.mark.parametrize("half", ["DELETE FROM client", "UPDATE change SET patch = NULL, salt = NULL"])
def test_half_an_erasure_is_seen(office, bureau, half):
    """The control: an erasure in two transactions, cut off between them."""
    who = bureau.someone(office)
    with office.database.bare() as connection:
        connection.execute(half)
    office.close()
    with pytest.raises(AssertionError):
        whole_or_gone(office.folder, bureau, who)


@pytest.mark.parametrize("rounds", [3, pytest.param(500, marks=pytest.mark.soak)])
def test_at_any_moment(office, bureau, tools, tmp_path, rounds):
    who = bureau.someone(office)
    office.close()

    def killed(when):
        folder = Path(shutil.copytree(office.folder, tmp_path / "copy"))
        done = tools.dying(CHILD, folder, who.client.client_no, when=str(when))
        end = whole_or_gone(folder, bureau, who)
        shutil.rmtree(folder)
        return done, end

    whole, end = killed("never")
    assert (whole.returncode, end) == (0, "gone"), whole.stderr
    chance, events = random.Random(13), int(whole.stdout)
    begin = (1, events * 9 // 10)  # half of them in the last tenth, where the writing is
    ends = [killed(chance.randrange(chance.choice(begin), events)) for _ in range(rounds)]
    codes = [done.returncode for done, _ in ends]
    assert set(codes) <= {tools.KILLED, 0}, ends
    assert codes.count(tools.KILLED) > rounds * 9 // 10
    assert rounds < 100 or {end for _, end in ends} == {"whole", "gone"}
