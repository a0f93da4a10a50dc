"""What a counsellor does with dossiers: find, make, open, change, and see what happened."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.detention import BLOCK_BY_KIND, DetentionEpisode, SealedRecord
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Record, Value, fields_of, owner_of
from leerwinkel_desktop.domain.ids import new_id, next_number
from leerwinkel_desktop.domain.registry import BY_KIND, children_of
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import detention
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import detention as sealed
from leerwinkel_desktop.store import people
from leerwinkel_desktop.store.database import Reader, Transaction
from leerwinkel_desktop.store.devices import read_device
from leerwinkel_desktop.store.history import Saved
from leerwinkel_desktop.store.search import DossierHit

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class DossierView:
    """A client, the dossier, and everything that hangs under it, by kind of record.

    Of a person whose dossiers were merged they are the client and the dossier that stand for all; `merged`
    are the others, whose records are among the parts. New records go under `dossier`. The records of the
    detention block are there only for a user who may open it. `seen` tells by id which changes of each record
    are in this view: what somebody types on looking at it is based on those (`revise`).
    """

    client: Client
    dossier: Dossier
    parts: dict[str, tuple[Record, ...]]
    merged: tuple[tuple[Client, Dossier], ...] = ()
    seen: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)

    def of(self, record: type[R]) -> tuple[R, ...]:
        """All records of one kind in this dossier, oldest first."""
        return self.parts.get(record.kind, ())  # type: ignore[return-value]

    @property
    def has_block(self) -> bool:
        """Whether a detention block is open in this view; never told to a user who may not open it."""
        return any(kind in self.parts for kind in BLOCK_BY_KIND)

    def beside(self) -> dict[str, tuple[tuple[str | None, Value], ...]]:
        """What merged clients say differently: field -> (their dossier number, their value), oldest first."""
        found: dict[str, tuple[tuple[str | None, Value], ...]] = {}
        for field in fields_of(Client):
            own = getattr(self.client, field.name)
            said = ((other.client_no, getattr(other, field.name)) for other, _ in self.merged)
            differing = tuple((no, value) for no, value in said if value not in (None, (), own))
            if differing:
                found[field.name] = differing
        return found

    @property
    def trajectory(self) -> Trajectory | None:
        """The newest trajectory, or None."""
        found = self.of(Trajectory)
        return found[-1] if found else None


def search(workspace: Workspace, text: str, limit: int = 50) -> list[DossierHit]:
    """Dossiers that fit what was typed, newest first."""
    with workspace.database.read() as reader:
        return reader.search(text, limit)


def count(workspace: Workspace) -> int:
    """How many people there are in this vault."""
    with workspace.database.read() as reader:
        return people.how_many(reader.connection)


def create(workspace: Workspace, **values: Any) -> DossierView:
    """A new client with a number, an open dossier and a first trajectory. Raises InvalidValue."""
    with workspace.database.write() as transaction:
        records = begun(workspace, transaction, **values)
        transaction.save_all(records)
        return view_in(transaction, records[0].id)


def begun(
    workspace: Workspace, transaction: Transaction, **values: Any
) -> tuple[Client, Dossier, Trajectory]:
    """What a new client begins with, to be saved in this transaction, which is noted already.

    An `id` among the values is that of the client.
    """
    number = _next_number(workspace, transaction)
    client = Client(**{"id": new_id(), "client_no": number, **values})
    dossier = Dossier(id=new_id(), client_id=client.id, opened_on=workspace.today(), status="ACTIVE")
    transaction.note("dossier.created", client.id, workspace.user)
    return client, dossier, _new_trajectory(workspace, client, dossier.id, 1)


def _next_number(workspace: Workspace, transaction: Transaction) -> str:
    device = read_device(transaction.connection)
    year = workspace.today().year
    name = f"numbers.{year}"
    used = int(transaction.setting(name) or 0)
    while True:
        # A laptop that has no office yet counts in the office's block; enrolment comes before fieldwork.
        number = str(next_number(device.town, year, device.number or 0, used))
        used += 1
        if not transaction.find(Client, client_no=number):
            break
    transaction.set_setting(name, str(used))
    return number


def _new_trajectory(workspace: Workspace, client: Client, dossier_id: str, seq: int) -> Trajectory:
    return Trajectory(
        id=new_id(),
        dossier_id=dossier_id,
        trajectory_no=f"{client.client_no}-T{seq}",
        seq=seq,
        intake_date=workspace.today(),
        counsellor=workspace.user,
        status="OPEN",
    )


def add_trajectory(workspace: Workspace, view: DossierView) -> Trajectory:
    """Open another trajectory for a client who comes back."""
    trajectory = another_trajectory(workspace, view)
    save(workspace, trajectory)
    return trajectory


def another_trajectory(workspace: Workspace, view: DossierView) -> Trajectory:
    """The next trajectory of a client, not saved yet."""
    seq = 1 + max((found.seq or 0 for found in view.of(Trajectory)), default=0)
    return _new_trajectory(workspace, view.client, view.dossier.id, seq)


def find_number(workspace: Workspace, client_no: str) -> DossierView:
    """The dossier of the person who has or had that number, without its detention block. Raises NotFound."""
    client_no = client_no.strip().encode("utf-8", "replace").decode()  # a terminal gives any bytes
    with workspace.database.read() as reader:
        found = reader.find(Client, client_no=client_no)
        if not found:
            raise NotFound("client", client_no)
        return view_in(reader, found[0].id, block=False)


def load(workspace: Workspace, client_id: str, *, block: bool = True) -> DossierView:
    """Open a dossier; that it was opened goes into the audit trail, and so does its detention block.

    `block` False leaves the block closed. Raises NotFound.
    """
    with workspace.database.write() as transaction:
        view = view_in(transaction, client_id, block=block)
        _note_opened(workspace, transaction, view)
        return view


def note_opened(workspace: Workspace, view: DossierView) -> None:
    """Put down in the audit trail that a dossier was opened which `reload` had to show already."""
    with workspace.database.write() as transaction:
        _note_opened(workspace, transaction, view)


def _note_opened(workspace: Workspace, transaction: Transaction, view: DossierView) -> None:
    transaction.note("dossier.opened", view.client.id, workspace.user)
    for dossier_id in dict.fromkeys(one.dossier_id for one in view.of(DetentionEpisode)):
        detention.note_opening(transaction, workspace.user, dossier_id or view.dossier.id)


def reload(workspace: Workspace, client_id: str) -> DossierView:
    """Read a dossier that is open already again. Raises NotFound."""
    with workspace.database.read() as reader:
        return view_in(reader, client_id)


def view_in(reader: Reader, client_id: str, *, block: bool = True) -> DossierView:
    """A dossier as it stands in this transaction; `block` False leaves the detention block closed.

    Raises NotFound.
    """
    members = people.members_of(reader.connection, client_id)
    (client, dossier), *merged = (_dossier_of(reader, member) for member in members)
    parts: defaultdict[str, list[Record]] = defaultdict(list)
    for each in (dossier, *(other for _, other in merged)):
        for record in _below(reader, each):
            parts[record.kind].append(record)
        for record in sealed.children(reader, each.id) if block else ():
            parts[record.kind].append(record)
    if merged:
        for found in parts.values():
            found.sort(key=lambda record: record.id)
    told = {kind: tuple(found) for kind, found in parts.items()}
    records = [client, dossier, *(one for pair in merged for one in pair)]
    seen = reader.seen([one.id for one in records] + [one.id for found in told.values() for one in found])
    return DossierView(client, dossier, told, tuple(merged), seen)


def _dossier_of(reader: Reader, client_id: str) -> tuple[Client, Dossier]:
    client = reader.get(Client, client_id)
    dossiers = reader.find(Dossier, client_id=client_id)
    if not dossiers:
        raise NotFound("dossier", client_id)
    return client, dossiers[0]


def _below(reader: Reader, record: Record) -> Iterator[Record]:
    for child in children_of(type(record)):
        owner = owner_of(child)
        if owner is not None and child is not SealedRecord:
            for found in reader.find(child, **{owner.name: record.id}):
                yield found
                yield from _below(reader, found)


def save(workspace: Workspace, record: Record) -> bool:
    """Keep a record as it is now; False when nothing differed. Raises InvalidValue."""
    with workspace.database.write() as transaction:
        return transaction.save(record)


def change(workspace: Workspace, record: type[R], record_id: str, **values: Any) -> R:
    """Change some fields of a record as it stands now, and leave the others to whoever changed them.

    Raises NotFound or InvalidValue.
    """
    with workspace.database.write() as transaction:
        changed = replace(transaction.get(record, record_id), **values)
        transaction.save(changed)
        return transaction.get(record, record_id)


def take_back(workspace: Workspace, client_id: str) -> tuple[Record, ...]:
    """Hide a client who proved to be there already; gives what `bring_back` needs. Raises NotFound."""
    with workspace.database.write() as transaction:
        view = view_in(transaction, client_id, block=False)
        below = [one for found in view.parts.values() for one in found]
        records = (view.client, view.dossier, *below)
        for record in reversed(records):
            transaction.remove(record)
        transaction.note("dossier.taken_back", client_id, workspace.user)
        return records


def bring_back(workspace: Workspace, records: Iterable[Record]) -> None:
    """Show again what `take_back` hid."""
    with workspace.database.write() as transaction:
        transaction.save_all(records)


def revise(
    workspace: Workspace,
    record: type[R],
    record_id: str,
    values: Mapping[str, Any],
    seen: Mapping[str, int],
) -> R:
    """Change some fields of a record on what was seen of it; gives it as it stands now, removed or not.

    `seen` is that of the `DossierView` on which somebody looked. Whoever wrote the same field meanwhile is
    not overruled: both stand until somebody decides. Raises NotFound or InvalidValue.
    """
    with workspace.database.write() as transaction:
        changed = replace(transaction.last(record, record_id), **values)
        transaction.save(changed, seen)
        return transaction.last(record, record_id)


def add(workspace: Workspace, record: type[R], owner_id: str, **values: Any) -> R:
    """A new record under its owner (a talent under a dossier …); an `id` among the values is its own."""
    owner = owner_of(record)
    if owner is not None:
        values[owner.name] = owner_id
    made = record(**{"id": new_id(), **values})
    save(workspace, made)
    return made


def remove(workspace: Workspace, record: Record) -> None:
    """Hide a record; `save` brings it back."""
    with workspace.database.write() as transaction:
        transaction.remove(record)


def history(workspace: Workspace, view: DossierView) -> list[Saved]:
    """Everything that was saved in this dossier, newest first."""
    ids = [record.id for one in ((view.client, view.dossier), *view.merged) for record in one]
    ids += [record.id for records in view.parts.values() for record in records]
    with workspace.database.read() as reader:
        return reader.history(ids)


def label_of(kind: str) -> str:
    """The Dutch name of a kind of record."""
    return BY_KIND[kind].label if kind in BY_KIND else kind
