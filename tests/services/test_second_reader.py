"""What this program wrote can be read without it, and holds what the vaults hold."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Provider
from leerwinkel_desktop.services import enrolment, exchange
from leerwinkel_desktop.store import changelog
from sync import SigningKey, encode
from tests import second_reader


def public(workspace: Any) -> bytes:
    return SigningKey(workspace.device().signing_key).public


def logged(workspace: Any, actor: str) -> list[bytes]:
    with workspace.database.read() as reader:
        return [encode(change) for change in changelog.stream(reader.connection, actor, 0)]


def changes(lines: list[dict[str, Any]], actor: str) -> list[bytes]:
    found = [line for line in lines if line["_"] == "change" and line["actor"] == actor]
    return [second_reader.encoded(line).encode() for line in found]


def write_down(tools: Any, team: Any) -> None:
    """Some work on a laptop: new people, a change, and one removed."""
    people = [
        Client(id=new_id(), first_name=f"Verzonnen {n}", last_name='\U0001f600 "\\/\t') for n in range(5)
    ]
    tools.save(team.laptop, *people)
    tools.save(team.laptop, Client(id=people[0].id, first_name="Anders"))
    with team.laptop.database.write() as transaction:
        transaction.remove(people[1])


def test_the_work_of_a_laptop(team, tools):
    write_down(tools, team)
    actor = team.laptop.device().actor
    header, lines, misfit = second_reader.read(
        team.hand_over().read_bytes(), team.office.device().identity, public(team.laptop)
    )
    assert changes(lines, actor) == logged(team.laptop, actor)
    assert len(changes(lines, actor)) == 7
    assert header["stream"]["last"] == 7
    assert [line["_"] for line in lines if line["_"] != "change"] == ["audit"]
    assert misfit is None


def test_the_recovery_paper_opens_it_too(team, tools):
    """What an archive has when all keys of the office are gone; no sender's key is needed."""
    write_down(tools, team)
    data = team.hand_over().read_bytes()
    with pytest.raises(ValueError, match="MAC"):
        second_reader.read(data, team.laptop.device().identity)
    _, lines, _ = second_reader.read(data, team.office.device().identity)
    assert len(lines) == 8


def test_what_the_office_gives(team, tools):
    write_down(tools, team)
    exchange.import_bundle(team.office, team.hand_over())
    tools.save(team.office, *[Provider(id=new_id(), name=f"Verzonnen school {n}") for n in range(3)])
    enrolment.revoke(team.office, team.laptops[2].device().actor)
    actor, identity = team.laptop.device().actor, team.laptop.device().identity
    header, lines, _ = second_reader.read(team.receipt().read_bytes(), identity)
    kinds = {line["_"] for line in lines}
    assert {"roster", "receipt", "audited", "change"} <= kinds
    office = team.office.device().actor
    assert changes(lines, office) == logged(team.office, office)
    assert len(changes(lines, office)) == 3
    (receipt,) = [line for line in lines if line["_"] == "receipt"]
    assert (receipt["actor"], receipt["upto"]) == (actor, 7)
    assert header["organisation"] == team.office.device().organisation


def test_a_cut_trail_is_seen_in_the_bundle_alone(team, tools):
    write_down(tools, team)
    with team.laptop.database.write() as transaction:
        transaction.connection.execute("DELETE FROM audit_entry WHERE number = 2")
    _, _, misfit = second_reader.read(team.hand_over().read_bytes(), team.office.device().identity)
    assert misfit == 3


def test_what_the_office_refuses_the_second_reader_refuses(team, tools):
    write_down(tools, team)
    data, identity, key = team.hand_over().read_bytes(), team.office.device().identity, public(team.laptop)
    dice, path = random.Random(9), team.stick / "damaged.lwb"
    for _ in range(40):
        at = dice.randrange(len(data) if dice.random() < 0.5 else 3000)
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :])
        with pytest.raises((ValueError, InvalidTag, InvalidSignature)):
            second_reader.read(path.read_bytes(), identity, key)
        with pytest.raises(Exception) as caught:  # noqa: PT011
            exchange.preview(team.office, path)
        assert type(caught.value).__module__ == "sync.errors"


def test_as_a_program(team, tools, tmp_path):
    write_down(tools, team)
    bundle, identity = team.hand_over(), tmp_path / "identity.txt"
    identity.write_text(f"# kantoor\n{team.office.device().identity}\n", encoding="utf-8")
    command = [sys.executable, "-m", "tests.second_reader", str(bundle), str(identity)]
    key = b64encode(public(team.laptop)).decode()
    here = Path(__file__).parents[2]
    told = subprocess.run([*command, key], cwd=here, check=True, capture_output=True, encoding="utf-8").stdout
    header, lines, misfit = json.loads(told)
    assert (header["sender"]["name"], len(lines), misfit) == ("Laptop 0", 8, None)
    other = b64encode(public(team.office)).decode()
    assert subprocess.run([*command, other], cwd=here, check=False, capture_output=True).returncode == 1
