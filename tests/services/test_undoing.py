"""Undo and redo, step by step, through the log: nobody is overruled and nothing erased comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.training import Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import decisions, dossiers, undoing, users, vaults
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.rights import consents, correction, erasure
from leerwinkel_desktop.services.undoing import Steps, ValuesGone, WasUndecided, WrittenSince
from leerwinkel_desktop.services.workspace import Workspace
from tests.services.conftest import PASSPHRASE, Clock
from tests.services.test_seen import carry

LATER = 60_000


class Desk:
    """A dossier that was just opened on a vault whose clock the test moves."""

    def __init__(self, workspace: Workspace, clock: Clock) -> None:
        self.workspace, self.clock = workspace, clock
        self.view = dossiers.create(workspace, first_name="Amina", phone="0400 00 00 01")
        self.number = self.view.client.id
        self.steps = undoing.begin(workspace, self.number)

    def type(self, name: str, value: Any, *, pause: int = LATER) -> None:
        self.clock.now += pause
        seen = self.now().seen[self.number]
        dossiers.revise(self.workspace, Client, self.number, {name: value}, seen)
        undoing.look(self.workspace, self.steps)

    def now(self) -> DossierView:
        return dossiers.reload(self.workspace, self.number)

    @property
    def client(self) -> Client:
        return self.now().client

    def undo(self) -> undoing.Told | None:
        return undoing.undo(self.workspace, self.steps)

    def redo(self) -> undoing.Told | None:
        return undoing.redo(self.workspace, self.steps)

    def opened(self) -> Steps:
        """The dossier is opened once more."""
        self.steps = undoing.begin(self.workspace, self.number)
        return self.steps


@pytest.fixture
def desk(team) -> Desk:
    return Desk(team.office, team.office_clock)


def logged(workspace: Workspace, record_id: str) -> int:
    with workspace.database.read() as reader:
        return len(reader.history([record_id]))


def test_a_field_goes_back_and_forth_and_the_log_keeps_all(desk: Desk) -> None:
    desk.type("phone", "0400 00 00 02")
    before = logged(desk.workspace, desk.number)
    told = desk.undo()
    assert told is not None
    assert told.text == "Telefoon teruggezet op ‘0400 00 00 01’"
    assert (told.kind, told.record_id, told.names) == ("client", desk.number, ("phone",))
    assert "0400" not in told.plain
    assert desk.client.phone == "0400 00 00 01"
    assert desk.redo() is not None
    assert desk.client.phone == "0400 00 00 02"
    assert logged(desk.workspace, desk.number) == before + 2
    assert desk.steps.undone == []
    desk.undo()
    assert desk.undo() is None  # what was there before the dossier was opened stays


def test_typing_on_in_one_field_is_one_step(desk: Desk) -> None:
    for text in ("s", "sterk", "sterk in rekenen"):
        desk.type("notes", text, pause=1_000)
    desk.type("notes", "iets anders", pause=undoing.PAUSE_MS + 1)
    desk.undo()
    assert desk.now().client.notes == "sterk in rekenen"
    desk.undo()
    assert desk.now().client.notes is None
    desk.redo()
    assert desk.now().client.notes == "sterk in rekenen"


def test_putting_an_earlier_value_back_is_a_step_of_its_own(desk: Desk) -> None:
    desk.type("notes", "eerst")
    desk.type("notes", "dan")
    history = correction.field_history(desk.workspace, "client", desk.number, "notes")
    assert [(one.text, one.user) for one in history] == [
        (text, desk.workspace.user) for text in ("dan", "eerst")
    ]
    correction.restore(desk.workspace, "client", desk.number, "notes", history[1].position)
    desk.undo()
    assert desk.now().client.notes == "dan"
    desk.undo()
    assert desk.now().client.notes == "eerst"


def test_a_row_that_was_typed_goes_and_comes_back_with_its_id(desk: Desk) -> None:
    made = dossiers.add(desk.workspace, Talent, desk.view.dossier.id, description="ge")
    desk.clock.now += 1_000
    seen = desk.now().seen[made.id]
    dossiers.revise(desk.workspace, Talent, made.id, {"description": "geduldig"}, seen)
    told = desk.undo()
    assert told is not None
    assert told.text == "Talent weer weggehaald"
    assert desk.now().of(Talent) == ()
    desk.redo()
    assert [(one.id, one.description) for one in desk.now().of(Talent)] == [(made.id, "geduldig")]


def test_a_row_that_was_removed_comes_back(desk: Desk) -> None:
    made = dossiers.add(desk.workspace, Talent, desk.view.dossier.id, description="geduldig")
    desk.opened()
    dossiers.remove(desk.workspace, made)
    told = desk.undo()
    assert told is not None
    assert told.text == "Talent weer teruggezet"
    assert desk.now().of(Talent) == (made,)
    desk.redo()
    assert desk.now().of(Talent) == ()
    desk.undo()
    dossiers.change(desk.workspace, Talent, made.id, description="handig")
    desk.undo()
    assert desk.now().of(Talent) == (made,)


def test_what_was_done_together_is_undone_together(desk: Desk) -> None:
    trajectory = desk.view.of(Trajectory)[0]
    with desk.workspace.database.together():
        dossiers.add(desk.workspace, Session, trajectory.id, attended="J")
        dossiers.add(desk.workspace, Session, trajectory.id, attended="GEPLAND")
        dossiers.change(desk.workspace, Client, desk.number, phone=None)
    assert len(desk.now().of(Session)) == 2
    told = desk.undo()
    assert told is not None
    assert told.text.startswith("Ongedaan gemaakt: ")
    assert desk.now().of(Session) == ()
    assert desk.client.phone == "0400 00 00 01"
    assert desk.undo() is None
    desk.redo()
    assert len(desk.now().of(Session)) == 2


def test_a_row_under_a_row_that_was_made(desk: Desk) -> None:
    trajectory = desk.view.of(Trajectory)[0]
    start = dossiers.add(desk.workspace, TrainingStart, trajectory.id, title="lassen")
    dossiers.add(desk.workspace, Qualification, start.id, type="DEELCERT")
    desk.undo()
    desk.undo()
    assert {TrainingStart.kind, Qualification.kind}.isdisjoint(desk.now().parts)
    desk.redo()
    desk.redo()
    assert len(desk.now().of(Qualification)) == 1


def test_another_dossier_and_what_nobody_did_here_is_no_step(desk: Desk, team) -> None:
    dossiers.create(desk.workspace, first_name="Bram")
    carry(team.laptop, desk.workspace)
    assert desk.undo() is None


def test_who_wrote_in_the_same_field_meanwhile_is_not_overruled(desk: Desk, team) -> None:
    carry(desk.workspace, team.laptop)
    desk.type("notes", "eerst")
    desk.type("phone", "0400 00 00 02")
    dossiers.change(team.laptop, Client, desk.number, phone="0400 00 00 03")
    carry(team.laptop, desk.workspace)
    shown = desk.client.phone
    with pytest.raises(WrittenSince):
        desk.undo()
    assert desk.client.phone == shown
    assert decisions.count(desk.workspace) == 1
    desk.undo()  # the step before comes next
    assert desk.client.notes is None


def test_work_that_came_between_two_steps_is_not_overruled(desk: Desk, team) -> None:
    desk.type("phone", "0400 00 00 02")
    carry(desk.workspace, team.laptop)
    dossiers.change(team.laptop, Client, desk.number, phone="0400 00 00 03")
    carry(team.laptop, desk.workspace)
    desk.type("phone", "0400 00 00 04")
    desk.undo()
    assert desk.client.phone == "0400 00 00 03"
    with pytest.raises(WrittenSince):
        desk.undo()
    assert desk.client.phone == "0400 00 00 03"


def test_work_in_another_field_stays(desk: Desk, team) -> None:
    carry(desk.workspace, team.laptop)
    desk.type("phone", "0400 00 00 02")
    dossiers.change(team.laptop, Client, desk.number, notes="van de laptop")
    carry(team.laptop, desk.workspace)
    desk.undo()
    assert (desk.client.phone, desk.client.notes) == ("0400 00 00 01", "van de laptop")
    assert decisions.count(desk.workspace) == 0


def test_redoing_overrules_nobody(desk: Desk, team) -> None:
    desk.type("phone", "0400 00 00 02")
    desk.undo()
    carry(desk.workspace, team.laptop)
    dossiers.change(team.laptop, Client, desk.number, phone="0400 00 00 03")
    carry(team.laptop, desk.workspace)
    with pytest.raises(WrittenSince):
        desk.redo()
    assert desk.client.phone == "0400 00 00 03"
    assert desk.redo() is None


def test_a_row_that_somebody_else_works_in_stays(desk: Desk, team) -> None:
    made = dossiers.add(desk.workspace, Talent, desk.view.dossier.id, description="geduldig")
    carry(desk.workspace, team.laptop)
    dossiers.change(team.laptop, Talent, made.id, position=2)
    carry(team.laptop, desk.workspace)
    with pytest.raises(WrittenSince):
        desk.undo()
    assert desk.now().of(Talent)


def test_a_row_under_which_somebody_else_put_something_stays(desk: Desk, team) -> None:
    start = dossiers.add(desk.workspace, TrainingStart, desk.view.of(Trajectory)[0].id, title="lassen")
    carry(desk.workspace, team.laptop)
    dossiers.add(team.laptop, Qualification, start.id, type="DEELCERT")
    carry(team.laptop, desk.workspace)
    with pytest.raises(WrittenSince):
        desk.undo()
    assert desk.now().of(TrainingStart)


def test_a_row_that_somebody_else_removed_does_not_come_back_by_the_way(desk: Desk, team) -> None:
    made = dossiers.add(desk.workspace, Talent, desk.view.dossier.id, description="geduldig")
    desk.opened()
    dossiers.change(desk.workspace, Talent, made.id, description="handig")
    carry(desk.workspace, team.laptop)
    dossiers.remove(team.laptop, made)
    carry(team.laptop, desk.workspace)
    with pytest.raises(WrittenSince):
        desk.undo()
    assert desk.now().of(Talent) == ()


def test_what_waited_for_a_decision_is_not_undone_in_passing(desk: Desk, team) -> None:
    carry(desk.workspace, team.laptop)
    dossiers.change(desk.workspace, Client, desk.number, phone="0400 00 00 02")
    dossiers.change(team.laptop, Client, desk.number, phone="0400 00 00 03")
    carry(team.laptop, desk.workspace)
    desk.opened()
    desk.type("phone", "0400 00 00 04")
    assert decisions.count(desk.workspace) == 0
    with pytest.raises(WasUndecided):
        desk.undo()
    assert desk.client.phone == "0400 00 00 04"


def test_a_decision_is_taken_back_where_it_was_taken(desk: Desk, team) -> None:
    carry(desk.workspace, team.laptop)
    dossiers.change(desk.workspace, Client, desk.number, phone="0400 00 00 02")
    dossiers.change(team.laptop, Client, desk.number, phone="0400 00 00 03")
    carry(team.laptop, desk.workspace)
    desk.opened()
    (person,) = decisions.open_conflicts(desk.workspace)
    decisions.choose(desk.workspace, person.conflicts[0], person.conflicts[0].versions[1])
    assert desk.undo() is None


def test_an_answer_about_consent_is_no_step(desk: Desk) -> None:
    desk.type("notes", "iets")
    purpose = next(iter(desk.workspace.codelists["consent_purpose"].current(desk.workspace.today()))).code
    consents.answer(desk.workspace, desk.view.dossier.id, purpose, "REFUSED")
    desk.undo()
    assert consents.history(desk.workspace, desk.view.dossier.id, purpose)
    assert desk.client.notes is None


def test_what_was_erased_does_not_come_back(desk: Desk) -> None:
    made = dossiers.add(desk.workspace, Talent, desk.view.dossier.id, description="geduldig")
    desk.undo()
    undone = list(desk.steps.undone)
    desk.redo()
    erasure.erase(desk.workspace, desk.number, PASSPHRASE)
    with pytest.raises(ValuesGone):
        desk.undo()
    desk.steps.undone = undone
    with pytest.raises(ValuesGone):
        desk.redo()
    with desk.workspace.database.read() as reader:
        assert reader.find(Talent, id=made.id) == []


def test_the_steps_hold_no_values(desk: Desk) -> None:
    desk.type("notes", "Kwibusmerkteken")
    desk.undo()
    assert "Kwibusmerkteken" not in repr(desk.steps)


def test_the_block_is_undone_by_who_may_open_it_and_told_to_nobody_else(desk: Desk) -> None:
    made = dossiers.add(desk.workspace, DetentionEpisode, desk.view.dossier.id, prison="GENT")
    desk.clock.now += LATER
    dossiers.change(desk.workspace, DetentionEpisode, made.id, prison="BRUGGE")
    desk.undo()
    assert desk.now().of(DetentionEpisode)[0].prison == "GENT"
    desk.redo()
    assert desk.now().of(DetentionEpisode)[0].prison == "BRUGGE"
    desk.undo()
    desk.undo()
    assert desk.now().of(DetentionEpisode) == ()
    desk.redo()
    assert desk.now().of(DetentionEpisode)[0].id == made.id
    desk.workspace.database.block = None
    with pytest.raises(ValuesGone):
        desk.undo()
    assert desk.undo() is None


NAMES = ("phone", "notes")
VALUES = st.sampled_from(("a@b.be", "c@d.be", None))
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.sampled_from(NAMES), VALUES),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("import"), st.sampled_from(NAMES), VALUES),
        st.tuples(st.just("add")),
        st.tuples(st.just("remove")),
    ),
    min_size=4,
    max_size=16,
)


Place = tuple[Any, object]
"""What stands somewhere, and a mark of whose work that is: a new one for each save."""


class Model:
    """What should stand there; a step may go when the mark that it left, or found, is still there."""

    def __init__(self, client: Client) -> None:
        self.there: dict[str, Place] = {name: (getattr(client, name), object()) for name in NAMES}
        self.done: list[tuple[str, Place, Place]] = []
        self.undone: list[tuple[str, Place, Place]] = []

    def says(self, place: str, value: Any, *, step: bool) -> None:
        before: Place = self.there.get(place, (False, object()))
        after: Place = (value, object())
        self.there[place] = after
        if step:
            self.done.append((place, before, after))
            self.undone.clear()

    def undo(self) -> bool:
        """Whether the last step may be undone; then it is."""
        place, before, after = self.done.pop()
        fits = self.there[place] == after
        if fits:
            self.there[place] = before
            self.undone.append((place, before, after))
        return fits

    def redo(self) -> bool:
        """Whether what was undone last may be done again; then it is."""
        place, before, after = self.undone.pop()
        fits = self.there[place] == before
        if fits:
            self.there[place] = after
            self.done.append((place, before, after))
        else:
            self.undone.clear()
        return fits

    @property
    def rows(self) -> list[str]:
        return sorted(place for place, (value, _mark) in self.there.items() if value is True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_any_order_of_saving_undoing_and_importing(team, moves) -> None:
    desk = Desk(team.office, team.office_clock)
    carry(desk.workspace, team.laptop)
    model = Model(desk.client)
    for move in moves:
        desk.clock.now += LATER
        _one(desk, team.laptop, model, move)
        view = desk.now()
        assert {name: getattr(view.client, name) for name in NAMES} == {
            name: model.there[name][0] for name in NAMES
        }
        assert sorted(one.id for one in view.of(Talent)) == model.rows


def _one(desk: Desk, laptop: Workspace, model: Model, move: tuple[Any, ...]) -> None:
    match move:
        case ("type", name, value) if value != model.there[name][0]:
            desk.type(name, value)
            model.says(name, value, step=True)
        case ("add",):
            made = dossiers.add(desk.workspace, Talent, desk.view.dossier.id, description="iets")
            model.says(made.id, True, step=True)
        case ("remove",) if model.rows:
            dossiers.remove(desk.workspace, Talent(id=model.rows[-1]))
            model.says(model.rows[-1], False, step=True)
        case ("import", name, value) if value != model.there[name][0]:
            carry(desk.workspace, laptop)
            dossiers.change(laptop, Client, desk.number, **{name: value})
            carry(laptop, desk.workspace)
            model.says(name, value, step=False)
        case ("undo",):
            _go(desk.undo, model.undo if model.done else None)
        case ("redo",):
            _go(desk.redo, model.redo if model.undone else None)


def _go(act: Callable[[], object], expected: Callable[[], bool] | None) -> None:
    if expected is None:
        assert act() is None
    elif expected():
        assert act() is not None
    else:
        with pytest.raises(WrittenSince):
            act()


def test_who_opens_the_vault_next_undoes_nothing_of_who_was_there(desk: Desk, team) -> None:
    users.add(desk.workspace, "Bea", "COUNSELLOR", "kastanje gitaar molen vuurtoren", cost=vaults.TESTS_ONLY)
    desk.type("notes", "van mij")
    desk.workspace.close()
    hers = vaults.unlock(desk.workspace.folder, "kastanje gitaar molen vuurtoren")
    try:
        steps = undoing.begin(hers, desk.number)
        assert undoing.undo(hers, steps) is None
        assert dossiers.reload(hers, desk.number).client.notes == "van mij"
    finally:
        hers.close()
