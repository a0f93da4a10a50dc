"""What two people wrote differently: listed with who, where and when, decided, undone, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier, Talent
from leerwinkel_desktop.domain.detention import DetentionEpisode, NoAccess
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.fields import Kind, fields_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Provider
from leerwinkel_desktop.domain.registry import RECORDS
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import (
    along,
    decisions,
    dossiers,
    enrolment,
    exchange,
    profile,
    users,
    vaults,
)
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.rights import correction
from leerwinkel_desktop.store import applying, audit, changelog
from sync import encode
from sync.changes import new_change

OTHER_WORD = "kastanje gitaar molen vuurtoren"
WORDS = "Eerste regel.\nTweede regel, die veel langer is dan de eerste. " + "En nog meer. " * 200


def carry(source, *targets):
    """Everything that stands in one log, read into others as the office's changes will be."""
    with source.database.read() as reader:
        actors = [row[0] for row in reader.connection.execute("SELECT actor FROM actor").fetchall()]
        told = [one for actor in actors for one in changelog.stream(reader.connection, actor, 0)]
    for target in targets:
        with target.database.write() as transaction:
            applying.Applier(transaction.connection, target.codelists).apply(told)


def waiting(workspace):
    return [one for person in decisions.open_conflicts(workspace) for one in person.conflicts]


def only(workspace):
    (conflict,) = waiting(workspace)
    assert decisions.count(workspace) == 1
    assert decisions.find(workspace, conflict.id) == conflict
    return conflict


def get(workspace, record, record_id):
    with workspace.database.read() as reader:
        return reader.get(record, record_id)


def actions(workspace):
    with workspace.database.read() as reader:
        return [(one.action, one.subject, one.user) for one in audit.entries(reader.connection)]


def own_log(workspace):
    actor = workspace.device().actor
    with workspace.database.read() as reader:
        return list(changelog.stream(reader.connection, actor, 0))


@pytest.fixture
def shared(team):
    """A dossier that the office and all laptops have."""
    view = dossiers.create(team.office, first_name="Verzonnen", last_name="Voorbeeld")
    carry(team.office, *team.laptops)
    return view


@pytest.fixture
def differ(team):
    """Let the office and laptops write each their own value; the laptops' bundles are read in order."""

    def write(record, record_id, name, *values):
        for number, (side, value) in enumerate(zip((team.office, *team.laptops), values, strict=False)):
            clock = team.clocks[number - 1] if number else team.office_clock
            clock.now += 60_000 * (number + 1)
            dossiers.change(side, record, record_id, **{name: value})
        for number in range(len(values) - 1):
            exchange.import_bundle(team.office, team.hand_over(number))

    return write


@pytest.fixture
def phone(team, shared, differ):
    """The office's conflict about a phone number; what the laptop wrote shows, since it is newer."""
    differ(Client, shared.client.id, "phone", "0470 11 11 11", "0470 22 22 22")
    return only(team.office)


# -- what is listed --------------------------------------------------------------------------------------


def test_a_conflict_names_the_person_the_field_and_each_version(team, tools, shared, phone):
    (person,) = decisions.open_conflicts(team.office)
    assert (person.client_id, person.number) == (shared.client.id, shared.client.client_no)
    assert person.name == "Verzonnen Voorbeeld"
    assert (phone.kind_label, phone.field_label, phone.about) == ("Klant", "Telefoon", "")
    assert [(one.text, one.device, one.at_ms) for one in phone.versions] == [
        ("0470 22 22 22", "Laptop 0", tools.NOON + 120_000),
        ("0470 11 11 11", team.office.device().name, tools.NOON + 60_000),
    ]
    assert phone.since_ms == tools.NOON + 120_000
    assert get(team.office, Client, shared.client.id).phone == phone.versions[0].value


def test_whose_hands_it_were_is_told_by_the_trails(team, shared, differ):
    """Laptops hand their trails over; who was named last before the save wrote it."""
    users.add(team.laptop, "Els", "COUNSELLOR", OTHER_WORD, vaults.TESTS_ONLY)
    team.clocks[0].now += 1000
    dossiers.change(team.laptop, Client, shared.client.id, phone="1")
    team.clocks[0].now += 1000
    vaults.unlock(team.laptop.folder, OTHER_WORD, clock=team.clocks[0]).close()
    team.clocks[0].now += 1000
    dossiers.change(team.laptop, Client, shared.client.id, email="a@voorbeeld.example")
    dossiers.change(team.office, Client, shared.client.id, phone="2", email="b@voorbeeld.example")
    exchange.import_bundle(team.office, team.hand_over())
    told = {
        one.field_label: [(each.user, each.device) for each in one.versions] for one in waiting(team.office)
    }
    here = (team.office.user, team.office.device().name)
    assert told == {
        "Telefoon": [(team.laptop.user, "Laptop 0"), here],
        "E-mail": [("Els", "Laptop 0"), here],
    }
    carry(team.office, team.laptops[1])
    assert {each.user for one in waiting(team.laptops[1]) for each in one.versions} == {None}


def test_nothing_waits_where_nobody_differs(team, shared, differ):
    differ(Client, shared.client.id, "phone", "0470 11 11 11", "0470 11 11 11")
    assert waiting(team.office) == []
    assert decisions.count(team.office) == 0


def test_people_stand_in_the_order_of_waiting_and_what_all_share_comes_last(team, tools, shared, differ):
    other = dossiers.create(team.office, first_name="Ander")
    provider = Provider(id=new_id(), name="Verzonnen School")
    tools.save(team.office, provider)
    carry(team.office, team.laptop)
    differ(Provider, provider.id, "name", "School A", "School B")
    differ(Client, other.client.id, "phone", "1", "2")
    differ(Client, shared.client.id, "phone", "1", "2")
    assert [one.client_id for one in decisions.open_conflicts(team.office)] == [
        other.client.id,
        shared.client.id,
        None,
    ]


def test_which_session_or_talent_it_is_is_told(team, shared, differ):
    talent = dossiers.add(team.office, Talent, shared.dossier.id, description="Ik tel snel.", position=3)
    carry(team.office, team.laptop)
    differ(Talent, talent.id, "position", 4, 5)
    assert only(team.office).about == "Ik tel snel."


def test_dossiers_of_one_person_are_one_group(team, shared, differ):
    twin = dossiers.create(team.office, first_name="Tweede")
    dossiers.change(team.office, Dossier, twin.dossier.id, merged_into=shared.dossier.id)
    carry(team.office, team.laptop)
    differ(Client, twin.client.id, "phone", "1", "2")
    differ(Client, shared.client.id, "phone", "1", "2")
    (person,) = decisions.open_conflicts(team.office)
    assert (person.client_id, len(person.conflicts)) == (shared.client.id, 2)


DAYS = (date(1990, 5, 1), date(1991, 5, 1))
KINDS = [
    (Client, "phone", "0470 11", "0470 22", "0470 33", ("0470 11", "0470 22"), "0470 22 / 0470 11"),
    (Client, "notes", WORDS.strip(), "Kort.", "Zelf.", (WORDS.strip(), "Kort."), "Kort.\n" + WORDS.strip()),
    (Client, "birth_year", 1990, 1991, 1992, ("1990", "1991"), None),
    (Client, "birth_date", *DAYS, None, ("dinsdag 1 mei 1990", "woensdag 1 mei 1991"), None),
    (Client, "foreign_origin_declared", True, False, None, ("ja", "nee"), None),
    (Client, "gender", "M", "V", "X", ("Man", "Vrouw"), None),
    (Client, "nationality", ("BE",), ("BE", "MA"), ("MA",), ("België", "België, Marokko"), ("BE", "MA")),
]


@pytest.mark.parametrize(("record", "name", "mine", "theirs", "own", "texts", "joined"), KINDS)
def test_each_kind_of_field(team, shared, differ, record, name, mine, theirs, own, texts, joined):
    differ(record, shared.client.id, name, mine, theirs)
    conflict = only(team.office)
    assert tuple(one.text for one in reversed(conflict.versions)) == texts
    assert conflict.suggestion == joined
    first = decisions.choose(team.office, conflict, conflict.versions[1])
    assert getattr(get(team.office, record, shared.client.id), name) == mine
    assert waiting(team.office) == []
    decisions.undo(team.office, first)
    assert only(team.office) == conflict
    assert getattr(get(team.office, record, shared.client.id), name) == theirs
    decisions.combine(team.office, only(team.office), own)
    assert getattr(get(team.office, record, shared.client.id), name) == (own or None)
    assert waiting(team.office) == []


def test_decimals_and_other_records_are_told_in_words(team, tools, shared, differ):
    """Every kind of value that a field can have is told, chosen and put back."""
    decimal = next((r, f) for r in RECORDS for f in fields_of(r) if f.kind is Kind.DECIMAL)
    record, field = decimal
    made = record(id=new_id(), **{field.name: Decimal("0.5")})
    one, two = (Provider(id=new_id(), name=f"School {letter}") for letter in "AB")
    referring = next((r, f) for r in RECORDS for f in fields_of(r) if f.target == Provider.kind)
    kept = referring[0](id=new_id())
    tools.save(team.office, made, one, two, kept)
    carry(team.office, team.laptop)
    differ(record, made.id, field.name, Decimal("0.8"), Decimal("1.0"))
    conflict = only(team.office)
    assert [version.text for version in conflict.versions] == ["1.0", "0.8"]
    decisions.choose(team.office, conflict, conflict.versions[1])
    assert getattr(get(team.office, record, made.id), field.name) == Decimal("0.8")
    differ(referring[0], kept.id, referring[1].name, one.id, two.id)
    assert [version.text for version in only(team.office).versions] == ["School B", "School A"]


def test_nothing_filled_in_is_a_version_too(team, shared, differ):
    dossiers.change(team.office, Client, shared.client.id, phone="0470 00 00 00")
    carry(team.office, team.laptop)
    differ(Client, shared.client.id, "phone", "0470 11 11 11", None)
    assert [one.text for one in only(team.office).versions] == ["", "0470 11 11 11"]
    assert only(team.office).suggestion == "0470 11 11 11"


def test_one_text_within_the_other_is_not_said_twice_and_a_long_one_is_not_offered(team, shared, differ):
    differ(Client, shared.client.id, "notes", "Belt liever.", "Belt liever. Na de middag.")
    assert only(team.office).suggestion == "Belt liever. Na de middag."
    decisions.keep(team.office, only(team.office))
    carry(team.office, team.laptop)
    differ(Client, shared.client.id, "notes", "a" * 2500, "b" * 2500)
    assert only(team.office).suggestion is None


def test_three_versions_and_the_one_in_the_middle(team, shared, differ):
    differ(Client, shared.client.id, "phone", "1", "2", "3")
    conflict = only(team.office)
    assert [one.text for one in conflict.versions] == ["3", "2", "1"]
    assert conflict.suggestion == "3 / 2 / 1"
    decision = decisions.choose(team.office, conflict, conflict.versions[1])
    assert get(team.office, Client, shared.client.id).phone == "2"
    base = own_log(team.office)[-1].base
    assert {actor for actor, _ in (one.number for one in conflict.versions)} <= set(base)
    decisions.undo(team.office, decision)
    assert only(team.office) == conflict


# -- deciding --------------------------------------------------------------------------------------------


def test_keeping_what_shows_is_a_change_that_covers_the_rest(team, shared, phone):
    before = len(own_log(team.office))
    decisions.keep(team.office, phone)
    change = own_log(team.office)[before]
    assert change.patch == {"phone": "0470 22 22 22"}
    assert all(change.base[actor] >= seq for actor, seq in (one.number for one in phone.versions))
    assert decisions.count(team.office) == 0


def test_a_decision_of_the_office_counts_on_the_laptop(team, shared, phone):
    carry(team.office, team.laptop)
    assert only(team.laptop).versions[0].text == "0470 22 22 22"
    decisions.choose(team.office, phone, phone.versions[1])
    carry(team.office, *team.laptops)
    for laptop in team.laptops:
        assert waiting(laptop) == []
        assert get(laptop, Client, shared.client.id).phone == "0470 11 11 11"
    dossiers.change(team.laptop, Client, shared.client.id, email="x@voorbeeld.example")
    exchange.import_bundle(team.office, team.hand_over())
    assert waiting(team.office) == []


def test_a_decision_of_the_laptop_counts_at_the_office(team, shared, phone):
    carry(team.office, team.laptop)
    decisions.combine(team.laptop, only(team.laptop), "0470 33 33 33")
    done = exchange.import_bundle(team.office, team.hand_over())
    assert done.conflicts == 0
    assert waiting(team.office) == []
    assert get(team.office, Client, shared.client.id).phone == "0470 33 33 33"


def test_two_who_decide_differently_have_something_to_decide_again(team, shared, phone):
    carry(team.office, team.laptop)
    decisions.choose(team.office, phone, phone.versions[1])
    team.clocks[0].now += 600_000
    decisions.combine(team.laptop, only(team.laptop), "0470 33 33 33")
    exchange.import_bundle(team.office, team.hand_over())
    conflict = only(team.office)
    assert [one.text for one in conflict.versions] == ["0470 33 33 33", "0470 11 11 11"]
    carry(team.office, team.laptop)
    assert [one.text for one in only(team.laptop).versions] == ["0470 33 33 33", "0470 11 11 11"]
    decisions.keep(team.office, conflict)
    carry(team.office, team.laptop)
    assert waiting(team.laptop) == []


def test_what_came_in_between_is_never_overruled_unseen(team, shared, phone):
    dossiers.change(team.laptops[1], Client, shared.client.id, phone="0470 44 44 44")
    exchange.import_bundle(team.office, team.hand_over(1))
    before = own_log(team.office)
    for act in (
        lambda: decisions.choose(team.office, phone, phone.versions[1]),
        lambda: decisions.keep(team.office, phone),
        lambda: decisions.combine(team.office, phone, "x"),
    ):
        with pytest.raises(decisions.ChangedMeanwhile):
            act()
    assert own_log(team.office) == before
    assert len(only(team.office).versions) == 3
    decisions.keep(team.office, only(team.office))
    assert decisions.decided(team.office)[0].how == "KEPT"


def test_a_newer_version_of_the_same_writer_is_looked_at_first(team, shared, phone):
    dossiers.change(team.laptop, Client, shared.client.id, phone="0470 55 55 55")
    exchange.import_bundle(team.office, team.hand_over())
    with pytest.raises(decisions.ChangedMeanwhile):
        decisions.choose(team.office, phone, phone.versions[0])
    assert len(only(team.office).versions) == 2


def test_what_was_decided_is_not_decided_twice(team, shared, phone):
    decisions.choose(team.office, phone, phone.versions[1])
    for act in (
        lambda: decisions.keep(team.office, phone),
        lambda: decisions.find(team.office, phone.id),
        lambda: decisions.find(team.office, "onbekend"),
    ):
        with pytest.raises(decisions.NothingToDecide):
            act()


@pytest.mark.parametrize(
    ("name", "mine", "theirs", "wrong", "reason"),
    [
        ("phone", "1", "2", "x" * 41, "length"),
        ("gender", "M", "V", "ZZ", "code"),
        ("nationality", ("BE",), ("MA",), ("ZZ",), "code"),
        ("birth_year", 1990, 1991, 3000, "range"),
        ("birth_date", date(1990, 1, 1), date(1991, 1, 1), "1992", "kind"),
    ],
)
def test_an_own_value_must_fit_the_field(team, shared, differ, name, mine, theirs, wrong, reason):
    differ(Client, shared.client.id, name, mine, theirs)
    conflict = only(team.office)
    with pytest.raises(InvalidValue) as caught:
        decisions.combine(team.office, conflict, wrong)
    assert (caught.value.field, caught.value.reason) == (name, reason)
    assert only(team.office) == conflict
    assert decisions.decided(team.office) == []


def test_another_field_of_the_record_stays_open(team, shared, differ):
    differ(Client, shared.client.id, "phone", "1", "2")
    differ(Client, shared.client.id, "email", "a@voorbeeld.example", "b@voorbeeld.example")
    first, second = waiting(team.office)
    decisions.keep(team.office, first)
    assert waiting(team.office) == [second]


# -- undoing ---------------------------------------------------------------------------------------------


def test_undoing_brings_back_what_showed_and_lets_it_be_decided_again(team, shared, phone):
    decision = decisions.combine(team.office, phone, "0470 33 33 33")
    decisions.undo(team.office, decision)
    assert get(team.office, Client, shared.client.id).phone == "0470 22 22 22"
    assert only(team.office) == phone
    assert own_log(team.office)[-1].patch == {"phone": "0470 22 22 22"}
    decisions.choose(team.office, only(team.office), phone.versions[1])
    assert get(team.office, Client, shared.client.id).phone == "0470 11 11 11"
    assert waiting(team.office) == []
    told = [(one.how, one.text, one.undoable, one.undo_user) for one in decisions.decided(team.office)]
    assert told == [
        ("CHOSEN", "0470 11 11 11", True, None),
        ("OWN", "0470 33 33 33", False, team.office.user),
    ]


def test_undoing_reaches_a_laptop_that_had_the_decision(team, shared, phone):
    """The earlier value comes back there; what is to be decided again waits where it was decided."""
    actor = team.laptop.device().actor
    along.take_along(team.office, actor, [shared.client.id], None)
    decision = decisions.combine(team.office, phone, "0470 33 33 33")
    exchange.import_bundle(team.laptop, team.receipt())
    assert get(team.laptop, Client, shared.client.id).phone == "0470 33 33 33"
    exchange.import_bundle(team.office, team.hand_over())
    decisions.undo(team.office, decision)
    exchange.import_bundle(team.laptop, team.receipt())
    assert get(team.laptop, Client, shared.client.id).phone == "0470 22 22 22"
    assert waiting(team.laptop) == []
    decisions.choose(team.office, only(team.office), phone.versions[1])
    exchange.import_bundle(team.laptop, team.receipt())
    assert get(team.laptop, Client, shared.client.id).phone == "0470 11 11 11"


def test_what_was_reopened_closes_when_somebody_fills_it_in(team, shared, phone):
    decisions.undo(team.office, decisions.keep(team.office, phone))
    assert only(team.office) == phone
    dossiers.change(team.office, Client, shared.client.id, phone="0470 66 66 66")
    assert waiting(team.office) == []


def test_what_was_reopened_takes_in_a_version_that_comes_later(team, shared, phone):
    decisions.undo(team.office, decisions.keep(team.office, phone))
    team.clocks[1].now += 900_000
    dossiers.change(team.laptops[1], Client, shared.client.id, phone="0470 44 44 44")
    exchange.import_bundle(team.office, team.hand_over(1))
    assert [one.text for one in only(team.office).versions] == [
        "0470 44 44 44",
        "0470 22 22 22",
        "0470 11 11 11",
    ]


def test_what_was_reopened_stays_open_when_other_work_is_read(team, shared, phone):
    decisions.undo(team.office, decisions.keep(team.office, phone))
    dossiers.change(team.laptop, Client, shared.client.id, email="x@voorbeeld.example")
    exchange.import_bundle(team.office, team.hand_over())
    assert only(team.office) == phone


def test_a_decision_that_was_overtaken_is_not_undone(team, shared, phone):
    decision = decisions.keep(team.office, phone)
    dossiers.change(team.office, Client, shared.client.id, phone="0470 66 66 66")
    before = own_log(team.office)
    with pytest.raises(decisions.NotUndoable):
        decisions.undo(team.office, decision)
    assert not decisions.decided(team.office)[0].undoable
    assert own_log(team.office) == before


def test_a_decision_is_undone_once(team, shared, phone):
    decision = decisions.keep(team.office, phone)
    decisions.undo(team.office, decision)
    with pytest.raises(decisions.NotUndoable):
        decisions.undo(team.office, decision)
    with pytest.raises(decisions.UnknownDecision):
        decisions.undo(team.office, new_id())


def test_a_renewed_laptop_still_knows_what_it_decided(team, shared, phone):
    """Its changes take new numbers; what refers to them follows."""
    exchange.import_bundle(team.laptop, team.receipt())
    carry(team.office, team.laptop)
    conflict = only(team.laptop)
    decision = decisions.choose(team.laptop, conflict, conflict.versions[1])
    enrolment.renew_actor(team.laptop)
    (made,) = decisions.decided(team.laptop)
    assert (made.id, made.text, made.undoable) == (decision, "0470 11 11 11", True)
    decisions.undo(team.laptop, decision)
    assert [one.text for one in only(team.laptop).versions] == ["0470 22 22 22", "0470 11 11 11"]


# -- who, and what stays visible -------------------------------------------------------------------------


def test_at_the_office_it_takes_the_office(team, shared, phone):
    decision = decisions.keep(team.office, phone)
    decisions.undo(team.office, decision)
    users.add(team.office, "Els", "COUNSELLOR", OTHER_WORD, vaults.TESTS_ONLY)
    colleague = vaults.unlock(team.office.folder, OTHER_WORD, clock=team.office_clock)
    conflict = only(colleague)
    for act in (
        lambda: decisions.choose(colleague, conflict, conflict.versions[0]),
        lambda: decisions.keep(colleague, conflict),
        lambda: decisions.combine(colleague, conflict, "1"),
        lambda: decisions.undo(colleague, decision),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert only(colleague) == conflict
    colleague.close()


def test_on_a_laptop_its_counsellor_decides(team, shared, phone):
    carry(team.office, team.laptop)
    users.add(team.laptop, "Els", "COUNSELLOR", OTHER_WORD, vaults.TESTS_ONLY)
    colleague = vaults.unlock(team.laptop.folder, OTHER_WORD, clock=team.clocks[0])
    decisions.undo(colleague, decisions.keep(colleague, only(colleague)))
    assert [one.user for one in decisions.decided(colleague)] == ["Els"]
    colleague.close()


def test_the_trail_and_the_list_say_who_decided_and_when(team, shared, phone):
    team.office_clock.now += 5000
    decision = decisions.choose(team.office, phone, phone.versions[1])
    team.office_clock.now += 5000
    decisions.undo(team.office, decision)
    who = (shared.client.id, team.office.user)
    assert actions(team.office)[-2:] == [("conflict.decided", *who), ("conflict.reopened", *who)]
    (made,) = decisions.decided(team.office)
    assert (made.id, made.user, made.client_id) == (decision, team.office.user, shared.client.id)
    assert (made.kind_label, made.field_label, made.text) == ("Klant", "Telefoon", "0470 11 11 11")
    assert made.undo_at_ms == team.office_clock.now == made.at_ms + 5000
    assert decisions.decided(team.office, limit=0) == []


def test_no_value_stands_twice(team, shared, phone):
    """Decisions hold references; the values stay in the log alone."""
    decisions.undo(team.office, decisions.combine(team.office, phone, "0470 33 33 33"))
    with team.office.database.read() as reader:
        for table in ("decision", "decided_version", "conflict"):
            assert "0470" not in repr(reader.connection.execute(f"SELECT * FROM {table}").fetchall())


# -- removed and changed ---------------------------------------------------------------------------------


@pytest.fixture
def removed(team, shared):
    """The laptop removed a talent that the office went on with, and did not know."""
    talent = dossiers.add(team.office, Talent, shared.dossier.id, description="Ik tel snel.")
    carry(team.office, team.laptop)
    dossiers.change(team.office, Talent, talent.id, description="Ik tel heel snel.")
    team.clocks[0].now += 60_000
    dossiers.remove(team.laptop, talent)
    assert exchange.import_bundle(team.office, team.hand_over()).conflicts == 1
    return talent


def test_a_removal_that_missed_work_is_asked_about(team, shared, removed):
    conflict = only(team.office)
    assert (conflict.kind_label, conflict.field_label, conflict.declared) == ("Talent", "Verwijderd", None)
    assert [(one.text, one.device) for one in conflict.versions] == [
        ("verwijderd", "Laptop 0"),
        ("gewijzigd: Dit kan ik al", team.office.device().name),
    ]
    with pytest.raises(NotFound):
        get(team.office, Talent, removed.id)
    with pytest.raises(InvalidValue):
        decisions.combine(team.office, conflict, "x")


def test_it_is_brought_back_with_the_work_that_was_missed(team, removed):
    conflict = only(team.office)
    decision = decisions.choose(team.office, conflict, conflict.versions[1])
    assert get(team.office, Talent, removed.id).description == "Ik tel heel snel."
    carry(team.office, team.laptop)
    assert get(team.laptop, Talent, removed.id).description == "Ik tel heel snel."
    assert waiting(team.office) == waiting(team.laptop) == []
    decisions.undo(team.office, decision)
    assert only(team.office) == conflict
    with pytest.raises(NotFound):
        get(team.office, Talent, removed.id)


def test_it_stays_removed_for_good(team, removed):
    decision = decisions.keep(team.office, only(team.office))
    carry(team.office, team.laptop)
    for side in (team.office, team.laptop):
        assert waiting(side) == []
        with pytest.raises(NotFound):
            get(side, Talent, removed.id)
    decisions.undo(team.office, decision)
    assert len(only(team.office).versions) == 2


def test_a_removal_that_knew_the_work_is_no_question(team, shared):
    talent = dossiers.add(team.office, Talent, shared.dossier.id, description="Ik tel snel.")
    carry(team.office, team.laptop)
    dossiers.change(team.laptop, Talent, talent.id, description="Ik tel heel snel.")
    dossiers.remove(team.laptop, talent)
    assert exchange.import_bundle(team.office, team.hand_over()).conflicts == 0
    assert waiting(team.office) == []


def test_nothing_else_is_asked_about_a_removed_record(team, tools, shared, differ):
    talent = dossiers.add(team.office, Talent, shared.dossier.id, description="Ik tel.")
    carry(team.office, team.laptop)
    differ(Talent, talent.id, "description", "Ik tel snel.", "Ik tel traag.")
    only(team.office)
    with team.office.database.write() as transaction:
        transaction.remove(talent)
    assert waiting(team.office) == []
    assert decisions.count(team.office) == 0


def test_a_record_that_was_removed_meanwhile_is_left_alone(team, shared, differ):
    talent = dossiers.add(team.office, Talent, shared.dossier.id, description="Ik tel.")
    carry(team.office, team.laptop)
    differ(Talent, talent.id, "description", "Ik tel snel.", "Ik tel traag.")
    conflict = only(team.office)
    decision = decisions.keep(team.office, conflict)
    decisions.undo(team.office, decision)
    second = decisions.keep(team.office, only(team.office))
    carry(team.office, team.laptop)
    dossiers.remove(team.laptop, talent)
    exchange.import_bundle(team.office, team.hand_over())
    before = own_log(team.office)
    with pytest.raises(decisions.NotUndoable):
        decisions.undo(team.office, second)
    with pytest.raises(decisions.NothingToDecide):
        decisions.keep(team.office, conflict)
    assert [one.undoable for one in decisions.decided(team.office)] == [False, False]
    assert own_log(team.office) == before


# -- what is shielded ------------------------------------------------------------------------------------


@pytest.fixture
def prison(team, shared, differ):
    episode = dossiers.add(team.office, DetentionEpisode, shared.dossier.id, prison="Ergens")
    carry(team.office, team.laptop)
    differ(DetentionEpisode, episode.id, "prison", "Hier", "Daar")
    return episode


def test_with_access_a_block_is_decided_by_its_own_words(team, shared, prison):
    opened = ("detention.opened", shared.dossier.id, team.office.user)
    before = actions(team.office).count(opened)
    team.office.database.block.noted.clear()
    assert decisions.count(team.office) == 1
    assert actions(team.office).count(opened) == before, "a number opens nothing"
    conflict = only(team.office)
    assert actions(team.office).count(opened) == before + 1
    assert (conflict.kind_label, conflict.field_label) == ("Detentie", "Gevangenis")
    assert [one.text for one in conflict.versions] == ["Daar", "Hier"]
    assert conflict.suggestion == "Daar / Hier"
    decision = decisions.choose(team.office, conflict, conflict.versions[1])
    assert get(team.office, DetentionEpisode, prison.id).prison == "Hier"
    assert decisions.decided(team.office)[0].text == "Hier"
    decisions.undo(team.office, decision)
    assert only(team.office) == conflict
    decisions.combine(team.office, conflict, "Elders")
    assert get(team.office, DetentionEpisode, prison.id).prison == "Elders"
    carry(team.office, team.laptop)
    assert get(team.laptop, DetentionEpisode, prison.id).prison == "Elders"
    assert waiting(team.laptop) == []
    assert not [one for one in own_log(team.office) if "Elders" in repr(one.patch)], "it stays sealed"


def test_without_access_there_is_nothing_to_decide(team, prison):
    conflict = only(team.office)
    decision = decisions.keep(team.office, conflict)
    decisions.undo(team.office, decision)
    team.office.database.block = None
    assert waiting(team.office) == []
    assert decisions.count(team.office) == 0
    assert decisions.decided(team.office) == []
    with pytest.raises(decisions.NothingToDecide):
        decisions.find(team.office, conflict.id)
    with pytest.raises(decisions.UnknownDecision):
        decisions.undo(team.office, decision)
    with pytest.raises(NoAccess):
        decisions.keep(team.office, conflict)


def test_a_removed_block_is_asked_about_with_access_only(team, shared):
    episode = dossiers.add(team.office, DetentionEpisode, shared.dossier.id, prison="Ergens")
    carry(team.office, team.laptop)
    dossiers.change(team.office, DetentionEpisode, episode.id, prison="Hier")
    dossiers.remove(team.laptop, episode)
    exchange.import_bundle(team.office, team.hand_over())
    conflict = only(team.office)
    assert [one.text for one in conflict.versions] == ["verwijderd", "gewijzigd: Gevangenis"]
    decisions.choose(team.office, conflict, conflict.versions[1])
    assert get(team.office, DetentionEpisode, episode.id).prison == "Hier"
    team.office.database.block = None
    assert decisions.decided(team.office) == []


def test_a_consent_that_tells_of_detention_is_shielded_too(team, shared, differ):
    purposes = team.office.codelists["consent_purpose"]
    telling = next(code.code for code in purposes if code.flag("detention"))
    plain, other_plain = [code.code for code in purposes if not code.flag("detention")][:2]
    consent = dossiers.add(team.office, Consent, shared.dossier.id, purpose=telling)
    other = dossiers.add(team.office, Consent, shared.dossier.id, purpose=plain)
    carry(team.office, team.laptop)
    differ(Consent, consent.id, "state", "GIVEN", "REFUSED")
    differ(Consent, other.id, "purpose", telling, other_plain)
    assert len(waiting(team.office)) == 2
    team.office.database.block = None
    assert waiting(team.office) == []


def test_in_a_prison_only_fields_that_are_drawn_there_are_asked_about(team, shared, differ):
    differ(Client, shared.client.id, "notes", "Een", "Twee")
    differ(Client, shared.client.id, "first_name", "Een", "Twee")
    profile.choose(team.office, "prison")
    assert [one.field_label for one in waiting(team.office)] == ["Voornaam"]


def test_a_field_of_a_newer_program_waits_unseen(team, shared):
    with team.office.database.bare() as connection:
        connection.execute("INSERT INTO conflict VALUES ('client', ?, 'later')", (shared.client.id,))
    assert waiting(team.office) == []


# -- quiet merges ----------------------------------------------------------------------------------------


def test_saves_that_merged_quietly_are_marked(team, shared):
    session = dossiers.add(team.office, Session, shared.trajectory.id, minutes=30)
    carry(team.office, team.laptop)
    dossiers.change(team.office, Client, shared.client.id, phone="0470 11 11 11")
    dossiers.change(team.laptop, Client, shared.client.id, email="x@voorbeeld.example")
    dossiers.change(team.office, Session, session.id, minutes=45)
    exchange.import_bundle(team.office, team.hand_over())
    view = dossiers.reload(team.office, shared.client.id)
    marked = [dict(one.patch) for one in dossiers.history(team.office, view) if one.merged]
    assert {tuple(patch) for patch in marked} == {("phone",), ("email",)}
    entries = correction.field_history(team.office, "client", shared.client.id, "phone")
    assert [one.merged for one in entries] == [True]
    dossiers.change(team.office, Client, shared.client.id, phone="0470 22 22 22")
    entries = correction.field_history(team.office, "client", shared.client.id, "phone")
    assert [one.merged for one in entries] == [False, True]


def test_a_conflict_is_no_quiet_merge(team, shared, phone):
    view = dossiers.reload(team.office, shared.client.id)
    assert not [one for one in dossiers.history(team.office, view) if one.merged]


def test_marks_of_a_shielded_block_are_opened_too(team, shared):
    episode = dossiers.add(team.office, DetentionEpisode, shared.dossier.id, prison="Ergens")
    carry(team.office, team.laptop)
    dossiers.change(team.office, DetentionEpisode, episode.id, prison="Hier")
    dossiers.change(team.laptop, DetentionEpisode, episode.id, contact_route="griffie")
    exchange.import_bundle(team.office, team.hand_over())
    view = dossiers.reload(team.office, shared.client.id)
    found = {tuple(one.patch) for one in dossiers.history(team.office, view) if one.merged}
    assert found == {("prison",), ("contact_route",)}


def test_clients_who_were_written_by_two_without_each_other(team, tools, shared):
    """The same record made twice has the same fields on both sides: nothing merged."""
    client = Client(id=new_id(), first_name="Samen")
    for number in (0, 1):
        tools.save(team.laptops[number], replace(client, phone="1"))
        exchange.import_bundle(team.office, team.hand_over(number))
    with team.office.database.read() as reader:
        assert [one.merged for one in reader.history([client.id])] == [False, False]


def test_what_is_held_back_merged_with_nothing(team, shared):
    """A change that does not fit stands in the history, and beside nothing."""
    dossiers.change(team.office, Client, shared.client.id, phone="0470 11 11 11")
    last = len(own_log(team.laptop))
    wrong = new_change(
        actor=team.laptop.device().actor,
        seq=last + 1,
        hlc=5 << 16,
        kind="client",
        id=shared.client.id,
        patch={"birth_year": "vroeger"},
        base={},
    )
    assert len(exchange.import_bundle(team.office, team.forge([encode(wrong)])).held) == 1
    with team.office.database.read() as reader:
        found = [one.merged for one in reader.history([shared.client.id])]
    assert found == [False] * 3
