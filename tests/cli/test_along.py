"""`leerwinkel device take|release|laptops|here|let-go`, and the snapshot, from end to end."""

from __future__ import annotations


def carry(pair, *more):
    sent = pair.data("office", "bundle", "write", pair.folder, "--laptop", 1, *more)
    pair.data("laptop", "bundle", "import", sent["file"])
    return sent["file"]


def test_along_and_back(pair):
    made = pair.data("office", "dossier", "list")
    assert made, "the office of this test has dossiers"
    number = made[0]["number"]
    took = pair.data("office", "device", "take", 1, number, "--until", "2026-02-03")
    assert (took["taken"], took["until"]) == (1, "2026-02-03")
    carry(pair)
    (here,) = [one for one in pair.data("laptop", "device", "here") if one["number"] == number]
    assert (here["taken"], here["until"], here["unsent"]) == (True, "2026-02-03", False)
    (laptop,) = pair.data("office", "device", "laptops")
    assert (laptop["dossiers"], laptop["until"], laptop["everything"]) == (1, "2026-02-03", False)
    assert pair.data("laptop", "device", "let-go", number) == {"left": 1}
    told = pair.on("laptop", "device", "here").stdout
    assert number not in told
    assert "1 dossier op deze laptop" in told
    pair.data("office", "bundle", "import", pair.data("laptop", "bundle", "write", pair.folder)["file"])
    assert pair.data("office", "device", "laptops")[0]["dossiers"] == 1, "the one that was made there"
    assert pair.data("office", "device", "release", 1, number)["released"] == 0
    again = carry(pair, "--snapshot")
    assert pair.data("laptop", "bundle", "inspect", again)["kind"] == "snapshot"
    assert pair.data("office", "device", "index", 1, "on") == {"laptop": 1, "people": True}
