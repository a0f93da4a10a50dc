"""Who may send the lines of giving (FORMAT.md §15): each wrong one has its own error, and no row changes."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import along, dossiers, enrolment, exchange
from leerwinkel_desktop.store import changelog, giving, whereabouts
from sync import Gone, Holding, People, Release, Scope, Take, encode, encode_line, new_change, roster
from sync.changes import canonical
from sync.errors import Fork, IllFormed, RolledBack, TooLarge
from tests.services.test_sender_abuse import given, known, next_first

MILLION = 1_000_000
OF_OFFICE: dict[str, Callable[[list[str]], Take | Release | Gone | People | Scope]] = {
    "take": lambda ids: Take(ids=ids, until=None),
    "release": lambda ids: Release(ids=ids),
    "gone": lambda ids: Gone(ids=ids),
    "people": lambda ids: People(ids=ids),
    "scope": lambda ids: Scope(all=True, people=True),
}


def holding(here=(), left=()):
    return encode_line(Holding(here=list(here), left=list(left)))


@pytest.fixture
def view(team):
    """Somebody of the office who is on the second laptop and on no other."""
    made = dossiers.create(team.office, first_name="Verzonnen")
    along.take_along(team.office, team.laptops[1].device().actor, [made.client.id], None)
    exchange.import_bundle(team.laptops[1], team.receipt(1))
    return made


@pytest.fixture
def lawless(monkeypatch):
    """Writes what our own writer would refuse."""

    def write(make, *names):
        with monkeypatch.context() as patched:
            for name in names or ("FROM_OFFICE", "FROM_LAPTOP"):
                patched.setattr(f"sync.body.{name}", ())
            return make()

    return write


def there(team):
    """Who is on each laptop, as the office knows it, and what waits for the laptops."""
    with team.office.database.read() as reader:
        actors = [laptop.device().actor for laptop in team.laptops]
        return [
            (whereabouts.at_laptop(reader.connection, actor), list(giving.waiting(reader.connection, actor)))
            for actor in actors
        ]


# From a laptop


@pytest.mark.parametrize("kind", OF_OFFICE)
def test_an_office_line_in_an_own_stream(team, view, refused, lawless, kind):
    raw = encode_line(OF_OFFICE[kind]([view.client.id]))
    assert refused(lawless(lambda: team.forge([raw])), IllFormed).what == kind


def test_a_snapshot_from_a_laptop(team, view, refused, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("sync.header._check_stream", lambda _: None)
        path = team.forge([], kind="snapshot")
    assert refused(path, IllFormed).what == "stream"


def test_a_laptop_says_that_somebody_left_another(team, view):
    """`left` counts for who says it, and takes nobody away from another laptop."""
    before = there(team)
    exchange.import_bundle(team.office, team.forge([holding(left=[view.client.id])]))
    assert there(team)[1:] == before[1:]
    assert there(team)[0][0] == []
    assert dossiers.load(team.office, view.client.id) == view


def test_a_laptop_says_that_it_has_whom_nobody_knows(team, view):
    before = there(team)
    ids = [new_id() for _ in range(10)]
    exchange.import_bundle(team.office, team.forge([holding(here=ids)]))
    assert there(team) == before


def test_an_identifier_opens_no_dossier(team, view):
    """Whom the office does not know to be there is asked to leave, and nothing is told about him."""
    exchange.import_bundle(team.office, team.forge([holding(here=[view.client.id])]))
    (_, waits), (other, _), *_ = there(team)
    assert [held.client_id for held in other] == [view.client.id]
    assert [line for _, line in waits][-1] == encode_line(Release(ids=[view.client.id]))
    exchange.import_bundle(team.laptop, team.receipt())
    assert dossiers.count(team.laptop) == 0


def test_a_change_of_somebody_known_opens_no_dossier(team, view):
    with team.laptop.database.write() as transaction:
        transaction.save(Client(id=view.client.id, notes="van wie niets weet"))
    for anew in (False, False, True):
        exchange.import_bundle(team.office, team.forge([]))
        actor = team.laptop.device().actor
        exchange.import_bundle(
            team.laptop, exchange.write_for_laptop(team.office, actor, team.stick, anew=anew)
        )
        assert there(team)[0][0] == []
    with team.laptop.database.read() as reader:
        assert reader.get(Client, view.client.id).first_name is None
        assert reader.find(Dossier, client_id=view.client.id) == []


def test_who_left_is_not_taken_away_by_an_old_word(team, view):
    """Told before the laptop had read that he goes along: not looked at (§15.3)."""
    along.take_along(team.office, team.laptop.device().actor, [view.client.id], None)
    before = there(team)
    exchange.import_bundle(team.office, team.forge([holding(left=[view.client.id])]))
    assert there(team) == before


def test_a_device_with_everything_tells_nothing(team, view):
    """Not looked at (§15.3)."""
    with team.office.database.bare() as connection:
        giving.set_manner(connection, team.laptop.device().actor, everything=True)
    before = there(team)
    path = team.forge([holding(here=[view.client.id]), holding(left=[new_id()])])
    exchange.import_bundle(team.office, path)
    assert there(team) == before


@pytest.mark.parametrize("count", [1001, MILLION])
def test_more_ids_than_a_line_takes(team, refused, monkeypatch, count):
    ids = [f"{number:08x}-0000-7000-8000-000000000000" for number in range(count)]
    raw = canonical({"_": "holding", "here": ids, "left": []})
    with monkeypatch.context() as patched:
        patched.setattr("sync.body.Walk.step", counted)
        path = team.forge([raw])
    refused(path, IllFormed if count == 1001 else TooLarge)


def counted(walk, raw):
    """A step without any check."""
    walk.count += 1


def test_the_same_id_twice(team, refused, monkeypatch):
    one = new_id()
    raw = canonical({"_": "holding", "here": [one], "left": [one]})
    with monkeypatch.context() as patched:
        patched.setattr("sync.body.Walk.step", counted)
        path = team.forge([raw])
    assert refused(path, IllFormed).what == "ids"


def test_a_million_ids_that_nobody_knows(team, tools, view):
    """As many lines as it takes: read, and nothing is there, kept or given for it."""
    aside = ("audit_entry", "bundle", "standing", "device", "trail")
    before, waits = tools.dump(team.office, *aside), there(team)
    ids = (f"{number:08x}-0000-7000-8000-000000000000" for number in range(MILLION))
    lines = [
        holding(**{("here", "left")[at % 2]: some}) for at, some in enumerate(zip(*[ids] * 1000, strict=True))
    ]
    assert len(lines) == MILLION // 1000
    exchange.import_bundle(team.office, team.forge(lines))
    assert there(team) == waits
    assert tools.dump(team.office, *aside) == before


# From the office


def test_a_line_of_a_laptop_in_a_given_stream(team, view, refused, lawless):
    path = lawless(lambda: given(team, holding(left=[view.client.id]), **next_first(team)))
    assert refused(path, IllFormed, at=team.laptop).what == "holding"


def test_an_honest_given_line_is_read(team, view, tools):
    """The control: what is refused here is refused for what it says, and not for how it was made."""
    before = tools.dump(team.laptop)
    raw = encode_line(OF_OFFICE["scope"]([]))
    exchange.import_bundle(team.laptop, given(team, raw, **next_first(team)))
    assert tools.dump(team.laptop) != before


def test_a_snapshot_with_an_older_roster(team, refused):
    _, old = known(team.office)
    enrolment.revoke(team.office, team.laptops[2].device().actor)
    exchange.import_bundle(team.laptop, team.receipt())
    where = next_first(team) | {"first": next_first(team)["first"] + 5, "kind": "snapshot"}
    path = given(team, roster.encode(old), encode_line(OF_OFFICE["scope"]([])), **where)
    error = refused(path, RolledBack, at=team.laptop, preview=False)
    assert (error.what, error.theirs) == ("roster", old.version)


@pytest.fixture
def held(team, view):
    """What the first laptop has of somebody of the office, and its own change of him."""
    along.take_along(team.office, team.laptop.device().actor, [view.client.id], None)
    exchange.import_bundle(team.laptop, team.receipt())
    dossiers.change(team.laptop, Client, view.client.id, notes="eigen werk")
    with team.laptop.database.read() as reader:
        return list(changelog.of_records(reader.connection, [view.client.id]))


@pytest.mark.parametrize("kind", ["changes", "snapshot"])
@pytest.mark.parametrize("whose", ["office", "own"])
def test_another_content_under_a_known_number(team, held, refused, whose, kind):
    own = team.laptop.device().actor
    ours = next(change for change in held if (change.actor == own) is (whose == "own"))
    other = new_change(
        actor=ours.actor,
        seq=ours.seq,
        hlc=ours.hlc,
        kind=ours.kind,
        id=ours.id,
        patch={"notes": "ondergeschoven"},
        base=ours.base,
    )
    where = next_first(team)
    if kind == "snapshot":
        where |= {"first": where["first"] + 5}
    error = refused(given(team, encode(other), kind=kind, **where), Fork, at=team.laptop)
    assert (error.actor, error.seq) == (ours.actor, ours.seq)


def test_a_known_number_about_somebody_else(team, held, refused):
    """The same commitment, and another record: that is another content too."""
    moved = replace(held[0], id=str(uuid.uuid4()))
    refused(given(team, encode(moved), **next_first(team)), Fork, at=team.laptop)


def test_changes_in_our_name_above_what_we_wrote(team, held, refused):
    last = max(change.seq for change in held if change.actor == team.laptop.device().actor)
    ahead = replace(held[-1], actor=team.laptop.device().actor, seq=last + 1)
    error = refused(given(team, encode(ahead), **next_first(team)), Fork, at=team.laptop)
    assert error.seq == last + 1
