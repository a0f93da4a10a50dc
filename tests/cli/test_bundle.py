"""`leerwinkel bundle`: write, inspect, preview, import, and every way to say no."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def written(pair):
    return pair.data("laptop", "bundle", "write", pair.folder / "stick")["file"]


def test_the_whole_way(pair):
    made = pair.data("laptop", "bundle", "write", pair.folder / "stick")
    assert (made["changes"], made["dossiers"]) == (3, 1)
    told = pair.data("office", "bundle", "inspect", made["file"])
    assert (told["sender"], told["first"], told["last"]) == ("Jobbeurs", 1, 3)
    seen = pair.data("office", "bundle", "preview", made["file"])
    assert seen["persons"][0]["name"] == "Ander Verzinsel"
    assert (seen["already"], seen["new_changes"]) == (False, 3)
    (done,) = pair.data("office", "bundle", "import", made["file"])
    assert (done["created"], done["already"], done["held"], done["conflicts"]) == (3, False, 0, 0)
    (again,) = pair.data("office", "bundle", "import", made["file"])
    assert again["already"]
    receipt = pair.data("office", "bundle", "write", pair.folder / "stick", "--laptop", 1)["file"]
    (confirmed,) = pair.data("laptop", "bundle", "import", receipt)
    assert confirmed["confirmed"] == 3


def test_in_words(pair, written):
    assert "Jobbeurs" in pair.on("office", "bundle", "inspect", written).stdout
    assert "Ander Verzinsel" in pair.on("office", "bundle", "preview", written).stdout
    assert "3 nieuw" in pair.on("office", "bundle", "import", written).stdout
    assert "al ingelezen op" in pair.on("office", "bundle", "import", written).stdout
    assert "al ingelezen" in pair.on("office", "bundle", "preview", written).stdout


def test_a_damaged_bundle_is_3(pair, written, assert_refused):
    bad = pair.folder / "stuk.lwb"
    bad.write_bytes(Path(written).read_bytes()[:-100])
    for command in ("preview", "import"):
        assert_refused(pair.on("office", "bundle", command, bad), 3, "beschadigd", "niets ingelezen")
    assert_refused(pair.on("office", "bundle", "inspect", pair.word), 3, "geen bundel")
    assert_refused(pair.on("laptop", "bundle", "import", written), 3, "ander bestemd")
    assert_refused(pair.on("office", "bundle", "import", pair.folder / "weg.lwb"), 3)
    assert len(pair.data("office", "dossier", "list")) == 1


def test_the_good_ones_before_a_bad_one_are_told(pair, written):
    done = pair.on("office", "bundle", "import", written, pair.word)
    assert done.exit_code == 3
    assert "3 nieuw" in done.stdout
    assert "geen bundel" in done.stderr
    done = pair.on("office", "bundle", "import", written, pair.word, "--json")
    assert done.exit_code == 3
    assert json.loads(done.stdout)[0]["already"]


def test_what_the_user_can_mend_is_1(pair, written, assert_refused):
    pair.data("office", "bundle", "import", written)
    receipt = pair.data("office", "bundle", "write", pair.folder / "stick", "--laptop", 1)["file"]
    pair.data("laptop", "bundle", "import", receipt)
    stick = pair.folder / "stick"
    assert_refused(pair.on("laptop", "bundle", "write", stick), 1, "niets")
    assert_refused(pair.on("office", "bundle", "write", stick), 1)
    assert_refused(pair.on("office", "bundle", "write", stick, "--laptop", 9), 1)
    assert pair.on("laptop", "bundle", "write", pair.folder / "weg").exit_code == 2


def test_nothing_is_held_back(pair, written, assert_refused):
    pair.on("office", "bundle", "import", written)
    assert pair.data("office", "bundle", "held", "--retry") == {"let_go": 0, "held": []}
    assert "niets apart gehouden" in pair.on("office", "bundle", "held").stdout
    assert_refused(pair.on("office", "bundle", "held", "--drop", "abc-1"), 1, "niets veranderd")


def test_a_preview_in_words_field_by_field(pair, written):
    told = pair.on("office", "bundle", "preview", written, "--details").stdout
    assert "1 persoon: 1 nieuw." in told
    assert "Voornaam: Ander" in told
    (person,) = pair.data("office", "bundle", "preview", written, "--details")["persons"]
    assert person["records"][0]["what"] == "new"
