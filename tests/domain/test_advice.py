"""What each variant of the advice sheet shows, in which order, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from leerwinkel_desktop.domain import advice, betraying
from leerwinkel_desktop.domain.advice import AdviceMaterial, BetrayingWord, House, Part, StepKind, Variant
from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    LearningQuestion,
    Option,
    Trajectory,
)
from leerwinkel_desktop.paths import resources

TODAY = date(2025, 3, 3)
HOUSE = House(
    "Leerwinkel Demostad", "Proefplein 1", "015 00 00 00", "dinsdag", "Els Voorbeeld", "015 00 00 01"
)
WORDS = betraying.parse((resources() / "plain_language" / "betraying_words.toml").read_text(encoding="utf-8"))


def _option(number: int, rank: int | None = None, inside: bool | None = None) -> Option:
    return Option(id=f"o{number}", title=f"keuze {number}", client_rank=rank, inside=inside)


def _step(number: int, what: str = "Ik bel.", inside: bool | None = None) -> AdviceStep:
    return AdviceStep(id=f"s{number}", position=number, what=what, inside=inside)


def _material(**parts) -> AdviceMaterial:
    base = AdviceMaterial(
        client=Client(id="c", first_name="Amina"), trajectory=Trajectory(id="t"), house=HOUSE, today=TODAY
    )
    return replace(base, **parts)


def test_options_follow_the_clients_ranking_and_stop_at_three():
    material = _material(options=(_option(1), _option(2, 2), _option(3, 1), _option(4, 3)))
    assert [o.id for o in advice.options_for(material, Variant.ORDINARY)] == ["o3", "o2", "o4"]
    assert [r.id for r in advice.left_out(material, Variant.ORDINARY)] == ["o1"]


def test_inside_and_outside_show_their_own_options_and_steps():
    material = _material(
        options=(_option(1, 1, inside=True), _option(2, 2)), steps=(_step(1, inside=True), _step(2))
    )
    inside, outside = Variant.INSIDE, Variant.PORTABLE
    assert [o.id for o in advice.options_for(material, inside)] == ["o1"]
    assert [o.id for o in advice.options_for(material, outside)] == ["o2"]
    assert [s.record_id for s in advice.steps_for(material, inside)] == [None, "s1"]
    assert [s.record_id for s in advice.steps_for(material, outside)] == [None, "s2"]
    assert {r.id for r in advice.left_out(material, outside)} == {"o1", "s1"}


def test_the_client_goes_to_the_school_first():
    steps = advice.steps_for(_material(options=(_option(1),), steps=(_step(1),)), Variant.ORDINARY)
    assert [step.kind for step in steps] == [StepKind.GO, StepKind.OWN]


def test_no_school_without_an_option():
    assert advice.steps_for(_material(), Variant.ORDINARY) == ()


@pytest.mark.parametrize(
    ("variant", "what", "kind"),
    [
        (Variant.ORDINARY, "Ik ga zelf naar de school in Lier.", StepKind.GO),
        (Variant.INSIDE, "Ik geef een rapportbriefje af.", StepKind.SLIP),
    ],
)
def test_a_fixed_step_is_not_doubled(variant: Variant, what: str, kind: StepKind):
    inside = variant is Variant.INSIDE
    material = _material(options=(_option(1, inside=inside),), steps=(_step(1, what, inside=inside),))
    assert [(s.kind, s.what) for s in advice.steps_for(material, variant)] == [(kind, what)]


def test_five_steps_at_most_and_the_rest_is_told():
    material = _material(options=(_option(1),), steps=tuple(_step(n) for n in range(5, 0, -1)))
    steps = advice.steps_for(material, Variant.ORDINARY)
    assert [step.record_id for step in steps] == [None, "s1", "s2", "s3", "s4"]
    assert [record.id for record in advice.left_out(material, Variant.ORDINARY)] == ["s5"]


def test_three_talents_in_order_and_empty_ones_do_not_count():
    talents = tuple(
        Talent(id=f"k{n}", description="rekenen" if n else None, position=9 - n) for n in range(5)
    )
    assert [t.id for t in advice.talents_for(_material(talents=talents))] == ["k4", "k3", "k2"]


def test_an_empty_sheet_misses_everything_and_a_full_one_nothing():
    assert advice.missing(_material(client=Client(id="c"), house=House("X")), Variant.ORDINARY) == (
        *(Part.TITLE, Part.DREAM, Part.TALENTS, Part.CHOICE, Part.COST, Part.STEPS, Part.HELP, Part.CALL),
    )
    full = _material(
        question=LearningQuestion(id="q", own_words="Ik wil leren."),
        talents=(Talent(id="k", description="rekenen"),),
        options=(replace(_option(1), price_text="gratis"),),
        steps=(_step(1),),
        sheet=AdviceSheet(id="a", call_on=TODAY),
    )
    assert advice.missing(full, Variant.ORDINARY) == ()
    assert advice.missing(full, Variant.INSIDE) == (Part.CHOICE, Part.STEPS, Part.CALL)


def test_the_sheets_own_words_go_before_the_house():
    material = _material(sheet=AdviceSheet(id="a", counsellor_phone="1", walk_in="2", office_address="3"))
    assert [advice.phone_of(material), advice.walk_in_of(material), advice.address_of(material)] == [
        "1",
        "2",
        "3",
    ]
    plain = _material()
    assert [advice.phone_of(plain), advice.walk_in_of(plain), advice.address_of(plain)] == [
        *("015 00 00 01", "dinsdag", "Proefplein 1"),
    ]


@pytest.mark.parametrize(("days", "old"), [(0, False), (183, False), (184, True)])
def test_information_gets_old_after_half_a_year(days: int, old: bool):
    assert advice.is_old(_material(checked_on=TODAY - timedelta(days=days))) is old
    assert advice.is_old(_material())


OUTSIDE_TEXTS = [
    ("client", "first_name"),
    ("question", "dream"),
    ("talents", "description"),
    *(("options", name) for name in ("title", "provider_name", "address", "route", "phone", "opening_hours")),
    *(("options", name) for name in ("bring", "start_text", "duration_text", "certificate", "path")),
    *(("options", name) for name in ("price_text", "certificate_from")),
    *(("steps", name) for name in ("what", "where")),
    *(("sheet", name) for name in ("walk_in", "counsellor_phone", "office_address")),
    *(("house", name) for name in ("name", "address", "phone", "walk_in", "counsellor", "counsellor_phone")),
]


def _with(part: str, name: str, text: str) -> AdviceMaterial:
    """A whole sheet with one text put in one place."""
    material = _material(
        question=LearningQuestion(id="q", dream="leren"),
        talents=(Talent(id="k", description="rekenen"),),
        options=(_option(1),),
        steps=(_step(1),),
        sheet=AdviceSheet(id="a"),
    )
    value = getattr(material, part)
    many = isinstance(value, tuple)
    changed = replace(value[0] if many else value, **{name: text})
    parts: dict[str, Any] = {part: (changed,) if many else changed}
    return replace(material, **parts)


@pytest.mark.parametrize(("part", "name"), OUTSIDE_TEXTS)
def test_the_portable_sheet_refuses_a_betraying_word_anywhere(part: str, name: str):
    material = _with(part, name, "straks uit de Gevangenis")
    with pytest.raises(BetrayingWord) as refused:
        advice.refuse_betraying(material, Variant.PORTABLE, WORDS)
    assert refused.value.field.endswith(f".{name}")
    assert refused.value.word in "uit de gevangenis"
    assert refused.value.variant is Variant.PORTABLE
    advice.refuse_betraying(material, Variant.ORDINARY, WORDS)


def test_a_refusal_keeps_personal_words_out_of_its_text():
    with pytest.raises(BetrayingWord) as refused:
        advice.refuse_betraying(_with("question", "dream", "na mijn celstraf"), Variant.PORTABLE, WORDS)
    assert "straf" not in str(refused.value)


def test_what_is_flagged_inside_does_not_stop_the_portable_sheet():
    material = _material(
        options=(replace(_option(1), title="les in de gevangenis", inside=True), _option(2)),
        steps=(_step(1, "Ik schrijf een rapportbriefje.", inside=True),),
        episode=DetentionEpisode(id="e", request_slip_to="de griffie"),
        approvals=(DetentionApproval(id="p", for_what="les in de cel"),),
    )
    advice.refuse_betraying(material, Variant.PORTABLE, WORDS)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("les in de gevangenis", False),
        ("de rechter moet het weten", False),
        ("ik ben beklaagde", True),
        ("veroordeeld voor diefstal", True),
        ("vraag het aan cipier Jan", True),
    ],
)
def test_inside_knows_the_place_but_never_the_case(text: str, refused: bool):
    material = _material(options=(replace(_option(1, inside=True), title=text),))
    if refused:
        with pytest.raises(BetrayingWord):
            advice.refuse_betraying(material, Variant.INSIDE, WORDS)
    else:
        advice.refuse_betraying(material, Variant.INSIDE, WORDS)


def test_the_detention_block_is_shown_inside_only():
    material = _material(
        episode=DetentionEpisode(
            id="e", prison="P", contact_route="R", request_slip_to="dienst Onderwijs", status="BEKLAAGDE"
        ),
        approvals=(DetentionApproval(id="p", for_what="les"),),
    )
    for variant in Variant:
        fields = {s.field for s in advice.shown_texts(material, variant) if s.field.startswith("detention")}
        expected = {"detention_episode.request_slip_to", "detention_approval.for_what"}
        assert fields == (expected if variant is Variant.INSIDE else set())
