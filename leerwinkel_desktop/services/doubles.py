"""Finds who may be in the vault twice, and keeps what the office decides about it (SECURITY.md §4).

A merge is an ordinary change, `Dossier.merged_into`: it travels, it can be taken back, and nothing of a
person is moved. What two people are compared on stands on the client alone (domain/same_person.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest
from itertools import islice
from typing import Final

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.errors import InputError, NotFound
from leerwinkel_desktop.domain.same_person import (
    DECIDE,
    HINT,
    Likeness,
    Person,
    Reason,
    asked_keys,
    compare,
    keys,
)
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.enrolment import NotAnOffice
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import audit, devices, doubles, people
from leerwinkel_desktop.store.database import Reader, Transaction

AT_ONCE: Final = 25
MOST_PAIRS: Final = 10
"""For one client; when those are decided, a change of the client finds the next."""
MERGED: Final = "doubles.merged"
_COMPARED: Final = (
    "first_name",
    "last_name",
    "birth_date",
    "birth_year",
    "gender",
    "nis_code",
    "phone",
    "email",
)
REASONS: Final[dict[Reason, str]] = {
    Reason.NAME_EQUAL: _("zelfde naam"),
    Reason.NAME_STRONG: _("naam lijkt sterk"),
    Reason.NAME_SOME: _("naam lijkt wat"),
    Reason.NAME_FIRST: _("zelfde voornaam, andere achternaam"),
    Reason.NAME_LAST: _("zelfde achternaam, andere voornaam"),
    Reason.NAME_OTHER: _("andere naam"),
    Reason.NAME_CROSSED: _("voornaam en achternaam omgewisseld"),
    Reason.BIRTH_EQUAL: _("zelfde geboortedatum"),
    Reason.BIRTH_SWAPPED: _("dag en maand van de geboorte omgewisseld"),
    Reason.BIRTH_DIGIT: _("geboortedatum op een tikfout na gelijk"),
    Reason.BIRTH_YEAR: _("zelfde geboortejaar, dag niet zeker"),
    Reason.BIRTH_OTHER: _("andere geboortedatum"),
    Reason.SEX_EQUAL: _("zelfde geslacht"),
    Reason.SEX_OTHER: _("ander geslacht"),
    Reason.PLACE_EQUAL: _("zelfde gemeente"),
    Reason.PLACE_OTHER: _("andere gemeente"),
    Reason.PHONE_EQUAL: _("zelfde telefoonnummer"),
    Reason.EMAIL_EQUAL: _("zelfde e-mailadres"),
}


class SamePerson(InputError):
    """These two are one person already."""


class NotMerged(InputError):
    """This dossier is not merged with another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is shown of one person to decide whether somebody is the same: the same facts on both sides.

    `numbers` are all dossier numbers of the person, the one that counts first; `written_by` names the laptop
    or office that wrote the person down first.
    """

    client_id: str
    numbers: tuple[str, ...]
    first_name: str | None
    last_name: str | None
    birth_date: date | None
    birth_year: int | None
    gender: str | None
    place: str | None
    phone: str | None
    email: str | None
    trajectories: int
    last_contact: date | None
    written_by: str | None


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody who resembles the new client: how much, and why, in Dutch."""

    facts: Facts
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one; `different_by` and `different_at_ms` tell who said that they are not."""

    one: Facts
    other: Facts
    score: int
    reasons: tuple[str, ...]
    different_by: str | None = None
    different_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """A client who was merged, and the person who stands for both; by whom and when, where that is known."""

    double: Facts
    keep: Facts
    by: str | None
    at_ms: int | None


def catch_up(workspace: Workspace, progress: Progress = silent) -> None:
    """Make keys for who is new or changed, and at the office compare them with everybody; in small steps.

    To be called after an import and after unlocking, apart from the window. Raises Cancelled; what was done
    until then stays.
    """
    _make_keys(workspace, progress)
    if workspace.device().role == "office":
        _make_pairs(workspace, progress)


def _make_keys(workspace: Workspace, progress: Progress = silent) -> None:
    with workspace.database.read() as reader:
        waiting = doubles.how_many_keys(reader.connection)
    done = 0
    while done < waiting:
        with workspace.database.write() as transaction:
            due = doubles.keys_due(transaction.connection, AT_ONCE * 10)
            known = _described(transaction, due)
            made = {each: keys(known[each]) if each in known else set[str]() for each in due}
            doubles.put_keys(transaction.connection, made)
        done += len(due) or waiting
        progress(min(done, waiting), waiting, _("Namen vergelijkbaar maken"))


def _make_pairs(workspace: Workspace, progress: Progress) -> None:
    with workspace.database.read() as reader:
        waiting = doubles.how_many_pairs(reader.connection)
    done = 0
    while done < waiting:
        with workspace.database.write() as transaction:
            due = doubles.pairs_due(transaction.connection, AT_ONCE)
            known = _described(transaction, due)
            for client_id in due:
                found = _alike(transaction, known[client_id], DECIDE) if client_id in known else {}
                found.pop(client_id, None)
                doubles.put_pairs(transaction.connection, client_id, _most_alike(found))
        done += len(due) or waiting
        progress(min(done, waiting), waiting, _("Dubbele dossiers zoeken"))


def _most_alike(found: Mapping[str, Likeness]) -> dict[str, int]:
    """The scores of those who are most alike: nobody decides about hundreds of namesakes of one person."""
    best = nsmallest(MOST_PAIRS, found, key=lambda other: (-found[other].score, other))
    return {other: found[other].score for other in best}


def _described(reader: Reader, client_ids: Sequence[str]) -> dict[str, Person]:
    """These clients as they are compared; one who was removed is not among them."""
    rows = doubles.described(reader.connection, _COMPARED, client_ids)
    return {row[0]: _person(*row[1:]) for row in rows}


def _person(
    first: str | None, last: str | None, born: str | None, year: int | None, *rest: str | None
) -> Person:
    gender, nis_code, phone, email = rest
    return Person(
        first_name=first,
        last_name=last,
        birth_date=date.fromisoformat(born) if born else None,
        birth_year=year,
        gender=gender,
        nis_code=nis_code,
        phone=phone,
        email=email,
    )


def _alike(reader: Reader, person: Person, least: int) -> dict[str, Likeness]:
    """The clients who are this much alike, without looking at who was merged."""
    candidates = doubles.candidates(reader.connection, sorted(asked_keys(person)))
    compared = {each: compare(person, other) for each, other in _described(reader, candidates).items()}
    return {each: likeness for each, likeness in compared.items() if likeness.score >= least}


def like(workspace: Workspace, person: Person, limit: int = 5, but_not: str | None = None) -> list[Hint]:
    """Who in this vault resembles somebody who is being typed, most alike first; `but_not` is that client."""
    _make_keys(workspace)
    with workspace.database.read() as reader:
        itself = None if but_not is None else people.person_of(reader.connection, but_not)
        best: dict[str, Likeness] = {}
        for client_id, likeness in _alike(reader, person, HINT).items():
            who = people.person_of(reader.connection, client_id)
            if who != itself and (who not in best or best[who].score < likeness.score):
                best[who] = likeness
        ordered = sorted(best.items(), key=lambda found: (-found[1].score, found[0]))
        return [Hint(_facts(reader, who), found.score, _told(found)) for who, found in islice(ordered, limit)]


def found(workspace: Workspace, limit: int | None = None) -> list[Pair]:
    """The pairs to decide on, most alike first. Raises NotAllowed or NotAnOffice."""
    _require_office(workspace)
    with workspace.database.read() as reader:
        return list(islice(_pairs(reader, different=False), limit))


def kept_apart(workspace: Workspace) -> list[Pair]:
    """The pairs of which somebody said that they are different people. Raises NotAllowed or NotAnOffice."""
    _require_office(workspace)
    with workspace.database.read() as reader:
        return list(_pairs(reader, different=True))


def how_many(workspace: Workspace) -> int:
    """How many pairs wait for a decision. Raises NotAllowed or NotAnOffice."""
    _require_office(workspace)
    with workspace.database.read() as reader:
        return sum(1 for _ in _rows(reader, different=False))


def _rows(reader: Reader, *, different: bool) -> Iterator[doubles.Found]:
    """Each pair of persons once; who is one person by now is no pair, and who was told apart is not open."""
    apart = {
        _persons(reader, one.first, one.second) for one in doubles.pairs(reader.connection, different=True)
    }
    seen: set[frozenset[str]] = set() if different else apart
    for one in doubles.pairs(reader.connection, different=different):
        persons = _persons(reader, one.first, one.second)
        if len(persons) > 1 and persons not in seen:
            seen.add(persons)
            yield one


def _pairs(reader: Reader, *, different: bool) -> Iterator[Pair]:
    """The pairs with who stands for them, and what was compared."""
    for one in _rows(reader, different=different):
        known = _described(reader, (one.first, one.second))
        if len(known) == 2:
            likeness = compare(known[one.first], known[one.second])
            first, second = (people.person_of(reader.connection, each) for each in (one.first, one.second))
            yield Pair(
                _facts(reader, first),
                _facts(reader, second),
                likeness.score,
                _told(likeness),
                one.different_by,
                one.different_at_ms,
            )


def _persons(reader: Reader, *client_ids: str) -> frozenset[str]:
    return frozenset(people.person_of(reader.connection, each) for each in client_ids)


def _told(likeness: Likeness) -> tuple[str, ...]:
    return tuple(REASONS[reason] for reason in likeness.reasons)


def _facts(reader: Reader, client_id: str) -> Facts:
    client = reader.get(Client, client_id)
    members = people.members_of(reader.connection, client_id)
    own = members if members[0] == client_id else [client_id]
    numbers = [row[0] for each in own for row in reader.rows(Client, ("client_no",), id=each) if row[0]]
    known = reader.codelists["territory"]
    place = client.nis_code
    trajectories, last_contact = doubles.contact(reader.connection, own)
    return Facts(
        client_id=client_id,
        numbers=tuple(numbers),
        first_name=client.first_name,
        last_name=client.last_name,
        birth_date=client.birth_date,
        birth_year=client.birth_year,
        gender=client.gender,
        place=known.get(place).label if place and place in known else place,
        phone=client.phone,
        email=client.email,
        trajectories=trajectories,
        last_contact=None if last_contact is None else date.fromisoformat(last_contact),
        written_by=doubles.written_by(reader.connection, client_id),
    )


def client_with(workspace: Workspace, number: str) -> str:
    """The id of the client who has exactly this number, merged or not. Raises NotFound."""
    number = number.strip().encode("utf-8", "replace").decode()  # a terminal gives any bytes
    with workspace.database.read() as reader:
        found = reader.rows(Client, ("id",), client_no=number)
    if not found:
        raise NotFound("client", number)
    return str(found[0][0])


def merge(workspace: Workspace, keep_id: str, double_id: str) -> None:
    """The double is the same person as the one to keep: from now on they are one, under the latter.

    Whoever was merged with either comes along. Raises NotAllowed, NotAnOffice, NotFound, or SamePerson for
    two who are one person already (so that no circle can be made here).
    """
    _require_office(workspace)
    with workspace.database.write() as transaction:
        for client_id in (keep_id, double_id):
            transaction.get(Client, client_id)
        keep, double = (people.person_of(transaction.connection, each) for each in (keep_id, double_id))
        if keep == double:
            raise SamePerson
        into = _dossier(transaction, keep)
        transaction.save(replace(_dossier(transaction, double), merged_into=into.id))
        transaction.note(MERGED, double, workspace.user)


def unmerge(workspace: Workspace, double_id: str) -> None:
    """Take back that this client is the same person as another; who was merged into this one stays with it.

    Raises NotAllowed, NotAnOffice, NotFound or NotMerged.
    """
    _require_office(workspace)
    with workspace.database.write() as transaction:
        transaction.get(Client, double_id)
        person = people.person_of(transaction.connection, double_id)
        if person == double_id:
            raise NotMerged
        for client_id in (double_id, person):  # who stands for all points at another in a circle only
            transaction.save(replace(_dossier(transaction, client_id), merged_into=None))
        transaction.note("doubles.unmerged", double_id, workspace.user)


def _dossier(transaction: Transaction, client_id: str) -> Dossier:
    dossiers = transaction.find(Dossier, client_id=client_id)
    if not dossiers:
        raise NotFound("dossier", client_id)
    return dossiers[0]


def merged(workspace: Workspace) -> list[Merged]:
    """Everybody who was merged, newest client first. Raises NotAllowed or NotAnOffice."""
    _require_office(workspace)
    with workspace.database.read() as reader:
        told = audit.last_of(reader.connection, MERGED)
        return [
            Merged(_facts(reader, double), _facts(reader, person), *told.get(double, (None, None)))
            for double, person in reversed(people.aliases(reader.connection).items())
        ]


def different(workspace: Workspace, one_id: str, other_id: str) -> None:
    """These are two different people: the pair is not shown again.

    Raises NotAllowed, NotAnOffice, NotFound, or SamePerson for two who are one person.
    """
    _decide(workspace, one_id, other_id, workspace.user)


def undo_different(workspace: Workspace, one_id: str, other_id: str) -> None:
    """Take back that these are different people; they are compared anew. Raises as `different` does."""
    _decide(workspace, one_id, other_id, None)
    catch_up(workspace)


def _decide(workspace: Workspace, one_id: str, other_id: str, user: str | None) -> None:
    _require_office(workspace)
    with workspace.database.write() as transaction:
        for client_id in (one_id, other_id):
            transaction.get(Client, client_id)
        if len(_persons(transaction, one_id, other_id)) == 1:
            raise SamePerson
        connection = transaction.connection
        for one in people.members_of(connection, one_id):
            for other in people.members_of(connection, other_id):
                doubles.put_different(connection, one, other, user, transaction.now_ms)
        action = "doubles.different" if user else "doubles.compared"
        transaction.note(action, min(one_id, other_id), workspace.user)


def _require_office(workspace: Workspace) -> None:
    access.require(workspace, "OFFICE")
    with workspace.database.read() as reader:
        if devices.read_device(reader.connection).role != "office":
            raise NotAnOffice
