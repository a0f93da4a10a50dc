"""A laptop lays its work down on the office's cloud, the office fetches it, and the receipt comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import dossiers, exchange, places
from leerwinkel_desktop.services.exchange import arrivals


@pytest.fixture
def cloud(webdav, team):
    """The same collection, known to office and laptop alike."""
    (webdav.root / "overdracht").mkdir(exist_ok=True)
    place = replace(webdav.place, folder="overdracht")
    places.add(team.office, place)
    return places.add(team.laptop, place)


def carry(sender, place, write):
    with places.outbox(sender) as out:
        path = write(out)
        places.lay_down(sender, place, path)
        return path.name


def read_all(reader, place, folder):
    """What a clerk does: see what waits, fetch it, read it."""
    found = [places.fetch(reader, place, one.name, folder) for one in places.waiting(reader, place)]
    return [exchange.import_bundle(reader, path) for path in found]


def test_there_and_back_over_the_cloud(team, tools, cloud, webdav, tmp_path):
    laptop, office = team.laptop, team.office
    tools.save(laptop, Client(id=new_id(), first_name="Verzonnen"))
    name = carry(laptop, cloud, lambda out: exchange.write_bundle(laptop, out).path)
    assert exchange.pending(laptop).changes > 0
    (news,) = places.look(office, far=True)
    assert [one.name for one in news.waiting] == [name]
    (done,) = read_all(office, cloud, tmp_path)
    assert done.created > 0
    assert read_all(office, cloud, tmp_path) == []

    actor = laptop.device().actor
    carry(office, cloud, lambda out: exchange.write_for_laptop(office, actor, out))
    assert places.waiting(team.laptops[1], cloud) == [], "it is for another laptop"
    (receipt,) = read_all(laptop, cloud, tmp_path)
    assert receipt.confirmed > 0
    assert exchange.pending(laptop).changes == 0

    (mine,) = places.covered(laptop, cloud)
    places.tidy(laptop, cloud, [mine.name])
    assert mine.name == name
    assert all(one.startswith("kantoor-") for one in webdav.files(cloud))
    assert b"Verzonnen" not in b"".join(one.read_bytes() for one in webdav.disk(cloud).iterdir())


def test_what_lies_in_the_cloud_is_fetched_into_the_inbox_and_read(team, tools, cloud, webdav):
    for path in webdav.disk(cloud).iterdir():
        path.unlink()
    tools.save(team.laptop, Client(id=new_id(), first_name="Verzonnen"))
    name = carry(team.laptop, cloud, lambda out: exchange.write_bundle(team.laptop, out).path)
    (one,) = arrivals.look(team.office, far=True).new
    assert (one.name, one.created_ms) == (name, None), "nothing is fetched to look at it"
    inbox = team.office.folder / "inbox"
    inbox.mkdir()
    (inbox / name).write_bytes(b"half, of the last time")
    stack = arrivals.take_all(team.office, [one])
    assert (len(stack.taken), stack.problem) == (1, None)
    assert list(inbox.iterdir()) == []
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Verzonnen"]
