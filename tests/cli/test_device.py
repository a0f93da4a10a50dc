"""`leerwinkel device`: enrol, welcome, accept, list, revoke."""

from __future__ import annotations


def test_the_whole_way(office):
    office.make("laptop", role="laptop", name="Jobbeurs").close()
    card, answer = office.folder / "e.lwc", office.folder / "w.lwc"
    enrolled = office.data("laptop", "device", "enrol", "-o", card)
    refused = office.on("office", "device", "welcome", card, "-o", answer)
    assert refused.exit_code == 1
    assert enrolled["fingerprint"] in refused.stderr
    assert not answer.exists()
    welcomed = office.data("office", "device", "welcome", card, "-o", answer, "--yes")
    assert welcomed["device"] == 1
    asked = office.on("laptop", "device", "accept", answer)
    assert (asked.exit_code, welcomed["fingerprint"] in asked.stderr) == (1, True)
    accepted = office.data("laptop", "device", "accept", answer, "--fingerprint", welcomed["fingerprint"])
    assert accepted["fingerprint"] == welcomed["fingerprint"]
    known = office.data("office", "device", "list")
    assert [(one["name"], one["role"], one["state"]) for one in known] == [
        ("Kantoor", "office", "ACTIVE"),
        ("Jobbeurs", "laptop", "ACTIVE"),
    ]
    assert office.data("office", "device", "revoke", 1) == {"revoked": 1}
    assert "afgemeld" in office.on("office", "device", "list").stdout


def test_what_is_refused(pair, assert_refused):
    assert_refused(pair.on("office", "device", "enrol", "-o", pair.folder / "x.lwc"), 1, "laptop")
    assert_refused(pair.on("laptop", "device", "revoke", 1), 1)
    assert_refused(pair.on("office", "device", "revoke", 50), 1, "kent deze laptop niet")
    assert_refused(pair.on("office", "device", "welcome", pair.word, "-o", pair.folder / "x.lwc"), 3)
    assert_refused(pair.on("laptop", "device", "accept", pair.folder / "weg.lwc"), 3)
    assert not (pair.folder / "x.lwc").exists()
