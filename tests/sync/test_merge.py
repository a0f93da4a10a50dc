"""Merging: order and repetition mean nothing, and what was seen is never lost."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.changes import Change, erase, new_change
from sync.merge import Version, concurrent, merge, missed_by_removal, quietly_merged, undecided

ACTORS = ["a" * 32, "b" * 32, "c" * 32]
FIELDS = ["first_name", "note", "removed"]
RECORD = "00000000-0000-4000-8000-000000000001"


def change(actor: str, seq: int, patch, base=None, hlc: int = 0) -> Change:
    return new_change(
        actor=actor, seq=seq, hlc=hlc, kind="client", id=RECORD, patch=patch, base=base or {}, salt=bytes(16)
    )


@st.composite
def histories(draw) -> list[Change]:
    """Honest writers: a base covers only what exists; clocks say anything."""
    written: list[Change] = []
    seqs = dict.fromkeys(ACTORS, 0)
    for step in range(draw(st.integers(0, 12))):
        actor = draw(st.sampled_from(ACTORS))
        base = {a: n for a in ACTORS if a != actor and (n := draw(st.integers(0, seqs[a])))}
        seqs[actor] += draw(st.integers(1, 3))
        names = draw(st.sets(st.sampled_from(FIELDS), min_size=1))
        hlc = draw(st.integers(0, 5)) << 16
        written.append(change(actor, seqs[actor], dict.fromkeys(names, step), base, hlc))
    return written


def oracle(changes: list[Change]) -> dict[str, list[Version]]:
    """Written straight from the sentence in FORMAT.md §7.4: each version against each other change."""
    unique = {(c.actor, c.seq): c for c in changes if c.patch is not None}.values()
    result = {}
    for name in {name for c in unique for name in c.patch or {}}:
        writers = [c for c in unique if c.patch and name in c.patch]
        live = [
            c
            for c in writers
            if not any(
                d is not c and (d.base.get(c.actor, 0) >= c.seq or (d.actor == c.actor and d.seq > c.seq))
                for d in writers
            )
        ]
        versions = [Version((c.patch or {})[name], c.actor, c.seq, c.hlc) for c in live]
        versions.sort(key=lambda v: (-v.hlc, [-ord(letter) for letter in v.actor]))
        result[name] = versions
    return result


@given(histories(), st.randoms(use_true_random=False))
def test_a_function_of_the_set(changes, rng):
    expected = merge(changes)
    assert expected == oracle(changes)
    mixed = changes + rng.sample(changes, len(changes) // 2)
    rng.shuffle(mixed)
    assert merge(mixed) == expected


@given(histories())
def test_live_versions(changes):
    for name, versions in merge(changes).items():
        assert 1 <= len(versions) <= len(ACTORS)
        assert len({version.actor for version in versions}) == len(versions)
        written = {(c.actor, c.seq) for c in changes if name in (c.patch or {})}
        assert {(v.actor, v.seq) for v in versions} <= written


@given(histories(), st.sampled_from(ACTORS))
def test_a_decision_covers_them_all(changes, actor):
    heads: dict[str, int] = {}
    for c in changes:
        heads[c.actor] = max(heads.get(c.actor, 0), c.seq)
    seq = heads.pop(actor, 0) + 1
    decision = change(actor, seq, dict.fromkeys(FIELDS, "beslist"), heads)
    merged = merge([*changes, decision])
    assert merged == {name: [Version("beslist", actor, seq, 0)] for name in FIELDS}


@given(histories())
def test_nothing_that_nobody_saw_is_lost(changes):
    """A writer's newest value of a field lives until somebody who wrote that field had seen it."""
    for c in changes:
        for name in c.patch or {}:
            others = [d for d in changes if d is not c and name in (d.patch or {})]
            seen = any(
                d.base.get(c.actor, 0) >= c.seq or (d.actor == c.actor and d.seq > c.seq) for d in others
            )
            alive = any((v.actor, v.seq) == (c.actor, c.seq) for v in merge(changes)[name])
            assert alive is not seen


def test_seen_beats_every_clock():
    old = change(ACTORS[0], 1, {"note": "oud"}, hlc=2**62)
    new = change(ACTORS[1], 1, {"note": "nieuw"}, {ACTORS[0]: 1}, hlc=1)
    assert [v.value for v in merge([old, new])["note"]] == ["nieuw"]


def test_clocks_rank_a_conflict_and_actors_break_ties():
    one = change(ACTORS[0], 1, {"note": 1}, hlc=5)
    two = change(ACTORS[1], 1, {"note": 2}, hlc=5)
    three = change(ACTORS[2], 1, {"note": 3}, hlc=4)
    for order in permutations([one, two, three]):
        assert [v.value for v in merge(order)["note"]] == [2, 1, 3]


def test_different_fields_merge_quietly():
    first = change(ACTORS[0], 1, {"first_name": "Voorbeeld"})
    second = change(ACTORS[1], 1, {"note": "tekst"}, {ACTORS[0]: 9})
    merged = merge([first, second])
    assert [v.value for v in merged["first_name"]] == ["Voorbeeld"]
    assert [v.value for v in merged["note"]] == ["tekst"]


def test_a_superseded_change_still_has_seen():
    first = change(ACTORS[0], 1, {"note": 1})
    second = change(ACTORS[1], 1, {"note": 2}, {ACTORS[0]: 1})
    third = change(ACTORS[1], 2, {"note": 3})
    assert [v.value for v in merge([third, first, second])["note"]] == [3]


def test_erased_changes_take_no_part():
    first = change(ACTORS[0], 1, {"note": 1})
    second = change(ACTORS[1], 1, {"note": 2}, {ACTORS[0]: 1})
    assert merge([first, erase(second)]) == merge([first])
    assert merge([erase(first)]) == {}
    assert merge([]) == {}


def test_false_bases_hide_nothing():
    first = change(ACTORS[0], 1, {"note": 1}, {ACTORS[1]: 5}, hlc=2)
    second = change(ACTORS[1], 1, {"note": 2}, {ACTORS[0]: 5}, hlc=1)
    assert [v.value for v in merge([first, second])["note"]] == [1, 2]


@st.composite
def removals(draw) -> list[Change]:
    """Honest writers who also remove the record and bring it back."""
    written = draw(histories())
    told = []
    for one in written:
        patch = dict(one.patch or {})
        if "removed" in patch:
            patch["removed"] = draw(st.booleans())
        told.append(change(one.actor, one.seq, patch, one.base, one.hlc))
    return told


def neither_saw(one: Change, other: Change) -> bool:
    """Straight from the sentence in FORMAT.md §7.4."""
    reach = one.base.get(other.actor, 0) >= other.seq or other.base.get(one.actor, 0) >= one.seq
    return one.actor != other.actor and not reach


@given(removals())
def test_what_is_to_be_decided(changes):
    live = oracle(changes)
    expected = {name for name, versions in live.items() if len({repr(v.value) for v in versions}) > 1}
    gone = [c for c in changes for v in live.get("removed", []) if (c.actor, c.seq) == (v.actor, v.seq)]
    others = {(v.actor, v.seq) for name, versions in live.items() if name != "removed" for v in versions}
    missed = [c for c in changes if (c.actor, c.seq) in others and all(neither_saw(c, r) for r in gone)]
    if gone and live["removed"][0].value is True and missed:
        expected.add("removed")
    assert set(undecided(changes, merge(changes))) == expected


@given(removals())
def test_a_decision_about_a_removal_closes_it(changes):
    heads: dict[str, int] = {}
    for c in changes:
        heads[c.actor] = max(heads.get(c.actor, 0), c.seq)
    decider = "d" * 32
    for value in (True, False):
        told = [*changes, change(decider, 1, {"removed": value}, heads)]
        assert "removed" not in undecided(told, merge(told))


@given(histories())
def test_quiet_merges_are_pairs_that_did_not_see_each_other(changes):
    expected = {
        (c.actor, c.seq)
        for c in changes
        for d in changes
        if neither_saw(c, d)
        and set(c.patch or ()) - set(d.patch or ())
        and set(d.patch or ()) - set(c.patch or ())
    }
    assert quietly_merged(changes) == expected


def test_a_removal_that_missed_work_is_to_be_decided():
    made = change(ACTORS[0], 1, {"first_name": "Voorbeeld", "note": "oud"})
    gone = change(ACTORS[1], 1, {"removed": True}, {ACTORS[0]: 1}, hlc=9)
    work = change(ACTORS[0], 2, {"note": "nieuw"}, hlc=5)
    changes = [made, gone, work]
    assert missed_by_removal(changes, merge(changes)) == {Version(False, ACTORS[0], 2, 5): ["note"]}
    assert undecided(changes, merge(changes)) == ["removed"]
    assert undecided([made, gone], merge([made, gone])) == []
    seen = change(ACTORS[1], 1, {"removed": True}, {ACTORS[0]: 2}, hlc=9)
    assert undecided([made, seen, work], merge([made, seen, work])) == []
    knowing = change(ACTORS[0], 2, {"note": "nieuw"}, {ACTORS[1]: 1}, hlc=5)
    assert undecided([made, gone, knowing], merge([made, gone, knowing])) == []


def test_the_same_change_and_the_same_writer_are_never_concurrent():
    one, later = change(ACTORS[0], 1, {"note": 1}), change(ACTORS[0], 2, {"note": 2})
    assert not concurrent(one, one)
    assert not concurrent(one, later)
    assert concurrent(one, change(ACTORS[1], 1, {"note": 3}))


def test_erased_changes_merge_with_nobody():
    one, other = change(ACTORS[0], 1, {"note": 1}), change(ACTORS[1], 1, {"first_name": 2})
    assert quietly_merged([one, other]) == {(ACTORS[0], 1), (ACTORS[1], 1)}
    assert quietly_merged([one, erase(other)]) == set()


# Replicas that drift: many writers, clocks years wrong, every change passed on late, twice and in any order


def drifting(dice: random.Random, steps: int) -> tuple[list[Change], set[tuple[str, int, str]]]:
    """What 2 to 6 writers wrote, and which versions each of them had seen and replaced."""
    actors = [f"{number:032x}" for number in range(dice.randint(2, 6))]
    seen: dict[str, dict[str, int]] = {actor: {} for actor in actors}
    written: list[Change] = []
    replaced: set[tuple[str, int, str]] = set()
    for step in range(steps):
        one, other = dice.choice(actors), dice.choice(actors)
        for actor, seq in seen[other].items() if dice.random() < 0.4 else ():
            seen[one][actor] = max(seq, seen[one].get(actor, 0))
        base = {actor: seq for actor, seq in seen[one].items() if actor != one}
        seen[one][one] = seen[one].get(one, 0) + 1
        hlc = (1_770_000_000_000 + dice.randint(-10, 10) * 31_536_000_000) << 16
        fields = dice.sample(FIELDS, dice.randint(1, len(FIELDS)))
        for earlier in written:
            if base.get(earlier.actor, 0) >= earlier.seq or earlier.actor == one:
                replaced.update((earlier.actor, earlier.seq, name) for name in fields)
        written.append(change(one, seen[one][one], dict.fromkeys(fields, step), base, hlc))
    return written, replaced


def lost(dice: random.Random, steps: int, by_clock: bool = False) -> int:
    """How many fields end with a version that somebody had seen and replaced."""
    written, replaced = drifting(dice, steps)
    told = [*written, *dice.sample(written, len(written) // 3)]
    dice.shuffle(told)
    merged = merge(told)
    assert merged == oracle(written)
    newest = {name: max((c for c in written if name in (c.patch or {})), key=_stamp) for name in merged}
    shown = newest if by_clock else {name: versions[0] for name, versions in merged.items()}
    return sum((one.actor, one.seq, name) in replaced for name, one in shown.items())


def _stamp(one: Change) -> tuple[int, str, int]:
    return one.hlc, one.actor, one.seq


def test_nothing_that_was_seen_comes_back():
    assert sum(lost(random.Random(seed), 250) for seed in range(10)) == 0


@pytest.mark.soak
def test_nothing_that_was_seen_comes_back_in_many_runs():
    assert sum(lost(random.Random(seed), 250) for seed in range(10_000)) == 0


def test_the_newest_clock_brings_back_what_was_seen():
    """Control: the last writer by the clock is, more often than not, one whose work was replaced."""
    assert sum(lost(random.Random(seed), 250, by_clock=True) for seed in range(10)) > 10
