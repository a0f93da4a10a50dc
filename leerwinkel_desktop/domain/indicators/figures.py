"""What a figure is: its definition, its rows, and how rows are counted from people.

A definition says for each person under which keys they stand in the numerator, and who stands in the
denominator. Counting, percentages and rows for missing answers are the same for all (DOMAIN.md §8).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.indicators.cohort import Cohort, Lists, Person
from leerwinkel_desktop.domain.indicators.scope import percent

Key = str | None
UNANSWERED = "UNKNOWN"
UNANSWERED_LABEL = "Niet vermeld"


class Shape(StrEnum):
    """How the rows of a figure relate: one row, parts of a whole, or overlapping rows (may exceed 100)."""

    COUNT = "count"
    SHARE = "share"
    SINGLE = "single"
    MULTI = "multi"
    RANKING = "ranking"


@dataclass(frozen=True, slots=True)
class Rank:
    """One line of a ranking: the codes and labels of category and study area, and how many."""

    category: str
    study_area: str
    label: str
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One printed row. `base` is N; `behind` holds the ids that n counts, so that a row opens into dossiers.

    `opens` is the kind of those ids (client or trajectory). `unknown` counts who could not be placed in a
    figure of one row. `spoken` is the plain form ("1 op 3"). `hidden` means suppressed: n and percent None.
    """

    id: str
    key: Key
    label: str
    n: int | Decimal | None
    base: int | None = None
    percent: int | None = None
    base_row: tuple[str, Key] | None = None
    behind: tuple[str, ...] = ()
    opens: str = "client"
    unknown: int | None = None
    spoken: str | None = None
    exact: Decimal | None = None
    ranking: tuple[Rank, ...] = ()
    medians: tuple[tuple[str, str | None], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A figure as it is defined once: id, label, what counts over what, the shape, and how it is counted.

    `numerator`, `denominator` and `edge` are Dutch sentences for the definitions sheet.
    """

    id: str
    label: str
    shape: Shape
    numerator: str
    denominator: str = "–"
    edge: str = ""
    count: Callable[[Definition, Cohort], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Base:
    """A denominator: who is in it, and the row that shows its number."""

    row: tuple[str, Key]
    holds: Callable[[Person], bool]


def share(
    where: Callable[[Person], bool | None],
    base: Base,
    spoken: Callable[[int | None], str | None] = lambda _: None,
) -> Callable[[Definition, Cohort], Iterable[Row]]:
    """Count one row: the people of the base for whom `where` is true; None is counted as unknown."""

    def count(definition: Definition, cohort: Cohort) -> Iterable[Row]:
        people = [p for p in cohort.people if base.holds(p)]
        answers = [(where(p), p.id) for p in people]
        behind = tuple(key for answer, key in answers if answer)
        part = percent(len(behind), len(people))
        yield Row(
            id=definition.id,
            key=None,
            label=definition.label,
            n=len(behind),
            base=len(people),
            percent=part,
            base_row=base.row,
            behind=behind,
            unknown=sum(answer is None for answer, _ in answers),
            spoken=spoken(part),
        )

    return count


def breakdown(
    answers: Callable[[Person], Collection[str]],
    base: Base,
    keys: Callable[[Lists], Collection[tuple[str, str]]],
    within: Callable[[Person], bool] = lambda _: True,
) -> Callable[[Definition, Cohort], Iterable[Row]]:
    """Count a row for each key (code and label) and one, UNKNOWN, for people without an answer.

    `within` leaves out who was not asked, without changing the denominator. A code that no list knows gets
    a row of its own, so that nobody falls out.
    """

    def count(definition: Definition, cohort: Cohort) -> Iterable[Row]:
        people = [p for p in cohort.people if base.holds(p)]
        behind: dict[str, list[str]] = defaultdict(list)
        for person in filter(within, people):
            for key in answers(person) or (UNANSWERED,):
                behind[key].append(person.id)
        labels = dict(keys(cohort.lists))
        labels.pop(UNANSWERED, None)
        strangers = sorted(behind.keys() - labels.keys() - {UNANSWERED})
        for key, label in [*labels.items(), *((s, s) for s in strangers), (UNANSWERED, UNANSWERED_LABEL)]:
            yield Row(
                id=definition.id,
                key=key,
                label=label,
                n=len(behind[key]),
                base=len(people),
                percent=percent(len(behind[key]), len(people)),
                base_row=base.row,
                behind=tuple(behind[key]),
            )

    return count


def codes(name: str) -> Callable[[Lists], Collection[tuple[str, str]]]:
    """The keys and labels of a code list, in list order."""
    return lambda lists: [(code.code, code.label) for code in lists[name]]


def labels(codelist: CodeList, code: str | None) -> str:
    """The label of a code, or the code itself when no list knows it."""
    if code is None:
        return UNANSWERED_LABEL
    return codelist.label_of(code)


def one_in_three(part: int | None) -> str | None:
    """ "1 op 3" for 30-36 %, as the palmares prints it (G16)."""
    return "1 op 3" if part is not None and 30 <= part <= 36 else None


def two_in_three(part: int | None) -> str | None:
    """ "2 op 3" for 64-70 % (G17)."""
    return "2 op 3" if part is not None and 64 <= part <= 70 else None
