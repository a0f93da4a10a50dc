"""Erases a person for good, or makes the dossier anonymous; one anonymous row stays for the figures.

SECURITY.md §4 "Erase", DOMAIN.md §9. Both destroy the same: rows, logged values and salts, search words,
conflicts, held and waiting lines, drafts, old copies of the database and bundles that were read. They differ
in why: on request of the person, or because the time to keep it is over. Each laptop is told with its next
receipt and confirms with its next bundle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.indicators import facts as fact
from leerwinkel_desktop.domain.indicators.population import leave
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import access, drafts, profile
from leerwinkel_desktop.services.enrolment import NotAnOffice
from leerwinkel_desktop.services.exchange import erasures
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, erased, erasing, people, statistics
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.database import Reader, Transaction
from leerwinkel_desktop.store.erased import ErasedEntry

Reason = Literal["REQUEST", "RETENTION"]
ACTIONS: Final[dict[Reason, str]] = {"REQUEST": "dossier.erased", "RETENTION": "dossier.anonymised"}


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did: people, rows, and files that went; laptops that still have to confirm.

    `quarantine` counts sealed bundles that wait for a decision: what they hold of the person is dropped when
    they are read.
    """

    people: int
    rows: int
    files: int
    waiting: tuple[str, ...]
    quarantine: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A laptop that has not confirmed all erasures: its name, how many lines wait for it, and its state."""

    name: str
    lines: int
    state: str = "ACTIVE"

    @property
    def stopped(self) -> bool:
        """Whether it will never confirm: it was revoked or lost."""
        return self.state != "ACTIVE"


def erase(workspace: Workspace, client_id: str, passphrase: str | None = None) -> Erased:
    """Erase a person on request; the passphrase is asked again where the caller has it (prison profile).

    Raises NotAllowed, NotAnOffice, NotFound, PassphraseNeeded or WrongPassphrase.
    """
    return erase_many(workspace, [client_id], "REQUEST", passphrase)


def anonymise(workspace: Workspace, client_id: str, passphrase: str | None = None) -> Erased:
    """Erase a person whose dossier was kept long enough. Raises as `erase` does."""
    return erase_many(workspace, [client_id], "RETENTION", passphrase)


def erase_many(
    workspace: Workspace, client_ids: Iterable[str], reason: Reason, passphrase: str | None = None
) -> Erased:
    """Erase several people in one transaction. Raises as `erase` does; then nothing is erased.

    Files go first: they hold nothing that the database does not have, and a cut-off leaves no copy behind.
    """
    access.require(workspace, "OFFICE")
    if passphrase is not None:
        access.confirm(workspace, passphrase)
    profile.require(workspace)
    with workspace.database.read() as reader:
        if devices.read_device(reader.connection).role != "office":
            raise NotAnOffice
        clients = [reader.get(Client, client_id).id for client_id in client_ids]
        wanted = list(dict.fromkeys(people.person_of(reader.connection, each) for each in clients))
    files = erasures.remove_copies(workspace.folder)
    rows = 0
    with workspace.database.write() as transaction:
        for client_id in wanted:
            rows += _erase_one(transaction, client_id, reason)
            transaction.note(ACTIONS[reason], client_id, workspace.user)
        names = tuple(one.name for one in _waiting(transaction.connection))
        erasures.to_be_swept(transaction)
    erasures.sweep(workspace)
    workspace.database.fold()
    return Erased(len(wanted), rows, files, names, erasures.put_aside(workspace.folder))


def erase_block(workspace: Workspace, dossier_id: str) -> int:
    """Erase the detention block of one dossier alone; gives how many records went. Raises as `erase` does."""
    access.require(workspace, "OFFICE")
    profile.require(workspace)
    with workspace.database.read() as reader:
        if devices.read_device(reader.connection).role != "office":
            raise NotAnOffice
        dossier = reader.get(Dossier, dossier_id)
    erasures.remove_copies(workspace.folder)
    with workspace.database.write() as transaction:
        connection = transaction.connection
        found = erasing.judicial(connection, dossier.id)
        rows = erasing.erase(connection, workspace.codelists, found, transaction.now_ms, "RETENTION")
        erasures.tell(connection, set().union(*found.values()))
        transaction.note("detention.erased", dossier.client_id, workspace.user)
    drafts.forget(workspace, [dossier.client_id] if dossier.client_id else [])
    workspace.database.fold()
    return rows


def _erase_one(transaction: Transaction, client_id: str, reason: str) -> int:
    connection = transaction.connection
    found = erasing.person(connection, client_id)
    keep_statistic(transaction, client_id, found)
    rows = erasing.erase(connection, transaction.codelists, found, transaction.now_ms, reason)
    erasures.tell(connection, set().union(*found.values()))
    return rows


def keep_statistic(reader: Reader, client_id: str, found: dict[str, set[str]]) -> None:
    """Put down the anonymous row of a person, if figures ever counted one of the trajectories."""
    facts = person_facts(reader, found)
    if not facts.trajectories:
        return
    client = next((each for each in reader.find(Client, id=client_id)), Client(id=client_id))
    leaving = leave(
        facts,
        client.gender,
        client.nis_code,
        statistics.publications(reader.connection),
        reader.codelists,
    )
    statistics.keep(reader.connection, leaving)


def person_facts(reader: Reader, found: dict[str, set[str]]) -> fact.Facts:
    """The facts of one person alone; removed records are not in it."""

    def of(record: type[Record], made: Any) -> tuple[Any, ...]:
        ids = sorted(found.get(record.kind, ()))
        return tuple(made(*row) for each in ids for row in reader.rows(record, made._fields, id=each))

    return fact.Facts(
        clients=of(Client, fact.ClientFact),
        dossiers=of(Dossier, fact.DossierFact),
        trajectories=of(Trajectory, fact.TrajectoryFact),
        sessions=of(Session, fact.SessionFact),
        trainings=of(TrainingStart, fact.TrainingFact),
        qualifications=of(Qualification, fact.QualificationFact),
        follow_ups=of(FollowUp, fact.FollowUpFact),
    )


def apply_erased(connection: Connection, codelists: CodeLists, entries: Iterable[ErasedEntry] = ()) -> int:
    """Erase again what a restored backup brought back; gives how many rows went.

    `entries` are the erased list of the vault that the backup takes the place of (`erased_list`). To be
    called inside a transaction, before anybody works in the restored vault.
    """
    erased.listed(connection, entries)
    found = erasing.come_back(connection)
    if not found:
        return 0
    reader = Reader(connection, codelists)
    for client_id in sorted(found.get("client", ())):
        if people.person_of(connection, client_id) == client_id:
            keep_statistic(reader, client_id, erasing.person(connection, client_id))
    at_ms = connection.execute("SELECT max(at_ms) FROM erased").fetchone()[0]
    return erasing.erase(connection, codelists, found, at_ms, "RESTORED")


def erased_list(workspace: Workspace) -> list[ErasedEntry]:
    """The erased list of this vault, to hand to `apply_erased`."""
    with workspace.database.read() as reader:
        return erased.erased_list(reader.connection)


def waiting(workspace: Workspace) -> list[Waiting]:
    """The laptops that have not confirmed all erasures yet."""
    with workspace.database.read() as reader:
        return _waiting(reader.connection)


def _waiting(connection: Connection) -> list[Waiting]:
    return [Waiting(peer.name or "", lines, peer.state) for peer, lines in erasures.unconfirmed(connection)]


def find_client(workspace: Workspace, client_no: str) -> str:
    """The id of the person who has or had that number. Raises NotFound."""
    with workspace.database.read() as reader:
        found = reader.find(Client, client_no=client_no.strip())
        if not found:
            raise NotFound("client", client_no)
        return people.person_of(reader.connection, found[0].id)
