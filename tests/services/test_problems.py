"""Every error that a user can meet has a Dutch sentence and the right exit status; a bug has neither."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import leerwinkel_desktop
import sync
from leerwinkel_desktop.domain.advice import BetrayingWord, Variant
from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError, InvalidValue, NotFound
from leerwinkel_desktop.services import problems, sentences
from sync.errors import BadBundle, BadHeader, RefusedBundle, SyncError

ROOTS = (InputError, EnvironmentProblem, SyncError)
FAMILIES = {*ROOTS, BadBundle, RefusedBundle}  # never raised themselves
REASONS = ("kind", "characters", "length", "range", "date_range", "code", "required")


def load(package: ModuleType) -> None:
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if ".ui" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)


def below(root: type[Any]) -> set[type[Any]]:
    return {root}.union(*(below(child) for child in root.__subclasses__()))


def all_errors() -> list[type[Any]]:
    load(leerwinkel_desktop)
    load(sync)
    found = set().union(*map(below, ROOTS)) - FAMILIES
    ours = [one for one in found if one.__module__.startswith(("leerwinkel", "sync"))]
    return sorted(ours, key=lambda one: one.__name__)


def example(error: type[Any]) -> Any:
    """An error of that class with something in every attribute."""
    if error is InvalidValue:
        return InvalidValue("first_name", "length")
    if error is NotFound:
        return NotFound("client", "MEC-2026-1042")
    if error.__init__ is Exception.__init__:
        return error()
    if error is BetrayingWord:
        return BetrayingWord("advice_step.where", "cel", Variant.PORTABLE)
    taken = inspect.signature(error).parameters.values()
    return error(*map(filled, taken))


def filled(parameter: inspect.Parameter) -> Any:
    said = str(parameter.annotation)
    if "known" in parameter.name and "tuple" in said:
        return ()
    return 7 if said == "int | None" else "7"


def test_there_are_errors_to_look_at():
    names = {error.__name__ for error in all_errors()}
    assert {"InvalidValue", "WrongPassphrase", "Gap", "NotEnrolled", "BadMac", "RestoredCopy"} <= names


@pytest.mark.parametrize("error", all_errors(), ids=lambda error: error.__name__)
def test_every_error_has_a_sentence_and_a_status(error):
    made = example(error)
    told = problems.sentence(made)
    assert told, f"{error.__name__} has no sentence in services/problems.py"
    assert told[0].isupper() or not told[0].isalpha()
    assert told.rstrip().endswith((".", "…"))
    assert "{" not in told
    assert problems.exit_status(made) == (
        problems.MENDABLE if issubclass(error, InputError) else problems.ENVIRONMENT
    )


def test_no_two_classes_share_a_name():
    names = [error.__name__ for error in all_errors()]
    assert len(names) == len(set(names)), "the table goes by names"


def test_each_class_is_in_one_family():
    assert sum(map(len, sentences.FAMILIES)) == len(problems._SENTENCES)


def test_no_sentence_is_left_over():
    names = {error.__name__ for error in all_errors()} | {family.__name__ for family in FAMILIES}
    window = Path(leerwinkel_desktop.__file__).with_name("ui").rglob("*.py")
    source = "".join(path.read_text(encoding="utf-8") for path in window)
    spare = {name for name in set(problems._SENTENCES) - names if f"class {name}(" not in source}
    assert not spare


@pytest.mark.parametrize("error", [ValueError("Jan Peeters"), KeyError("x"), RuntimeError(), MemoryError()])
def test_a_bug_has_no_sentence(error):
    assert problems.sentence(error) is None
    assert problems.exit_status(error) == problems.BUG == 70


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_has_its_words(reason):
    told = problems.sentence(InvalidValue("birth_date", reason)) or ""
    assert told.startswith("Geboortedatum: ")
    assert problems.reason_text(reason) in told


def test_a_subclass_without_words_borrows_those_of_its_family():
    assert problems.sentence(BadHeader("header")) == problems.sentence(sync.errors.DamagedBundle("body"))


def test_values_with_braces_are_shown_as_they_are():
    told = problems.sentence(NotFound("client", "{label} {0} {")) or ""
    assert told.startswith("Klant {label} {0} { is er niet")


def test_a_betraying_word_is_told_by_the_labels_on_the_screen():
    told = problems.sentence(BetrayingWord("advice_step.where", "cel", Variant.PORTABLE)) or ""
    assert "“cel”" in told
    assert "(Eerste stap, Waar?)" in told


def test_an_unknown_field_or_kind_still_makes_a_sentence():
    assert (problems.sentence(InvalidValue("onbekend", "kind")) or "").startswith("onbekend: ")
    assert (problems.sentence(NotFound("onbekend", "x")) or "").startswith("onbekend x")
