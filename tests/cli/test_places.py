"""`leerwinkel bundle places`, `bundle write --to` and `bundle fetch`."""

from __future__ import annotations

import pytest

SECRET = "zeer-geheim-wachtwoord"


@pytest.fixture
def shared(pair):
    """A folder that office and laptop both know as a place."""
    folder = pair.folder / "gedeeld"
    folder.mkdir()
    for vault in ("office", "laptop"):
        pair.data(vault, "bundle", "places", "add", "De map", "--kind", "folder", "--address", folder)
    return folder


def test_the_whole_way_over_a_place(pair, shared):
    made = pair.data("laptop", "bundle", "write", "--to", "De map")
    name = made["file"].removeprefix("De map: ")
    assert [one.name for one in shared.iterdir()] == [name]
    assert made["changes"] == 3
    told = pair.data("office", "bundle", "places", "check", "De map")
    assert told == {"files": 1, "writable": True, "waiting": [name]}
    (fetched,) = pair.data("office", "bundle", "fetch", "De map", pair.folder / "stick")
    (done,) = pair.data("office", "bundle", "import", fetched["file"])
    assert done["created"] == 3
    assert pair.data("office", "bundle", "fetch", "De map", pair.folder / "stick") == []
    assert "niets klaar" in pair.on("office", "bundle", "fetch", "De map", pair.folder / "stick").stdout
    receipt = pair.data("office", "bundle", "write", "--to", "De map", "--laptop", 1)["file"]
    (fetched,) = pair.data("laptop", "bundle", "fetch", "De map", pair.folder / "stick")
    assert fetched["file"].endswith(receipt.removeprefix("De map: "))
    assert pair.data("laptop", "bundle", "import", fetched["file"])[0]["confirmed"] == 3
    assert not list((pair.folder / "laptop").glob("uitgaand-*"))


def test_in_words(pair, shared):
    assert "De map (folder)" in pair.on("laptop", "bundle", "places").stdout
    assert "De map: laptop-01-1-3" in pair.on("laptop", "bundle", "write", "--to", "De map").stdout
    assert (
        "1 bundels en kaarten, 1 nog niet" in pair.on("office", "bundle", "places", "check", "De map").stdout
    )
    assert "Opgehaald" in pair.on("office", "bundle", "fetch", "De map", pair.folder / "stick").stdout
    pair.on("laptop", "bundle", "places", "remove", "De map")
    assert pair.data("laptop", "bundle", "places") == []


def test_a_secret_comes_from_a_file_and_is_shown_nowhere(pair):
    (pair.folder / "geheim.txt").write_text(SECRET + "\n")
    words = ("bundle", "places", "add", "Wolk", "--kind", "webdav", "--address", "https://wolk.example/dav")
    added = pair.on("laptop", *words, "--user", "u", "--secret-file", pair.folder / "geheim.txt")
    assert added.exit_code == 0
    shown = added.output + pair.on("laptop", "bundle", "places").output
    assert "Wolk" in shown
    assert SECRET not in shown + str(pair.data("laptop", "bundle", "places"))


def test_every_way_to_say_no(pair, shared, assert_refused):
    no = pair.folder / "stick"
    assert_refused(pair.on("laptop", "bundle", "fetch", "Weg", no), 1, "Er is geen plaats", "Weg")
    assert_refused(pair.on("laptop", "bundle", "write", "--to", "Weg"), 1, "Er is geen plaats")
    add = ("bundle", "places", "add")
    assert_refused(pair.on("laptop", *add, "De map", "--kind", "stick", "--address", "X"), 1, "Er is al")
    address = "https://u:geheim@wolk.example"
    refused = pair.on("laptop", *add, "W", "--kind", "webdav", "--address", address)
    assert_refused(refused, 1, "Dit adres past niet")
    assert "geheim@" not in refused.output
    refused = pair.on("laptop", *add, "W", "--kind", "webdav", "--address", "http://wolk.example")
    assert_refused(refused, 1, "http")
    assert pair.on("laptop", "bundle", "write").exit_code == 2
    assert pair.on("laptop", "bundle", "write", no, "--to", "De map").exit_code == 2
    shared.rmdir()
    assert_refused(
        pair.on("laptop", "bundle", "write", "--to", "De map"), 3, "De map van “De map” is er niet"
    )
    assert pair.data("laptop", "bundle", "write", no)["changes"] == 3, "what was not carried is written again"
