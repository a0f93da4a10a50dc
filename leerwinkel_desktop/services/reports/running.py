"""Runs a report: reads the slim facts from the vault, and counts the figures that the report is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeVar

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.codelists import UnknownCode
from leerwinkel_desktop.domain.errors import InputError, InvalidValue
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.indicators import facts as fact
from leerwinkel_desktop.domain.indicators.cohort import Cohort
from leerwinkel_desktop.domain.indicators.figures import Definition, Row
from leerwinkel_desktop.domain.indicators.genk import GENK
from leerwinkel_desktop.domain.indicators.population import Everybody, assemble_all
from leerwinkel_desktop.domain.indicators.scope import Scope
from leerwinkel_desktop.domain.indicators.suppression import suppress
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.reports.completeness import missing
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import statistics
from leerwinkel_desktop.store.database import Reader

F = TypeVar("F", bound=NamedTuple)


class UnknownReport(InputError):
    """There is no report of that name in this version: `name`, and the names there are in `known`."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name, known)
        self.name = name
        self.known = known


@dataclass(frozen=True, slots=True)
class Kind:
    """One report that can be asked for: its Dutch title and the figures in it."""

    title: str
    definitions: tuple[Definition, ...]


REPORTS: dict[str, Kind] = {"genk": Kind("Palmares", GENK)}
"""All reports by name; another one is another entry."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What is asked: report, period (both days included), peildatum, and filters on trajectories.

    `suppress_small` hides cells of 1 to 4 people, for figures that leave the office (DOMAIN.md §8).
    """

    report: str
    start: date
    end: date
    as_of: date
    programme: str | None = None
    location: str | None = None
    suppress_small: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """The answer: each figure with its definition and rows; `provisional` says why it may still change."""

    request: ReportRequest
    title: str
    figures: tuple[tuple[Definition, tuple[Row, ...]], ...]
    provisional: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows in order."""
        return tuple(row for _, rows in self.figures for row in rows)

    def row(self, figure: str, key: str | None = None) -> Row:
        """One row. Raises KeyError."""
        return {(row.id, row.key): row for row in self.rows}[figure, key]


def run(workspace: Workspace, request: ReportRequest, provisional: tuple[str, ...] | None = None) -> Report:
    """Count the figures. `provisional` says why they may still change; None: find out (laptops, mostly).

    Raises UnknownReport, ImpossiblePeriod, and InvalidValue for a programme that no list knows.
    """
    kind = REPORTS.get(request.report)
    if kind is None:
        raise UnknownReport(request.report, tuple(REPORTS))
    scope = _scope(workspace, request)
    with workspace.database.read() as reader:
        everybody = read_everybody(reader, scope)
    cohort, by_year = assemble_all(everybody, scope, workspace.codelists)
    figures = _counted(kind.definitions, cohort, request.suppress_small)
    notes = missing(workspace, request.as_of) if provisional is None else provisional
    return Report(request, kind.title, figures, (*notes, *_counted_by_year(by_year)))


def publish(workspace: Workspace, request: ReportRequest) -> None:
    """Remember that figures of this period left the house: an erasure keeps them as they were.

    Raises ImpossiblePeriod, and InvalidValue for a programme that no list knows.
    """
    scope = _scope(workspace, request)
    with workspace.database.read() as reader:
        if scope in {known for _, known in statistics.publications(reader.connection)}:
            return
    with workspace.database.write() as transaction:
        statistics.publish(transaction.connection, scope, transaction.now_ms)
        transaction.note("report.published", request.report, workspace.user)


def _scope(workspace: Workspace, request: ReportRequest) -> Scope:
    programme = _programme(workspace, request)
    return Scope(request.start, request.end, request.as_of, programme, request.location)


def _counted_by_year(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    text = _(
        "Van {count} mensen die gewist of anoniem gemaakt zijn, is alleen het jaar bekend; "
        "deze periode snijdt door zo'n jaar, en zij tellen dan mee alsof het binnen de periode viel."
    )
    return (text.format(count=count),)


def _programme(workspace: Workspace, request: ReportRequest) -> str | None:
    if request.programme is None:
        return None
    try:
        return workspace.codelists["programme"].find(request.programme).code
    except UnknownCode as error:
        raise InvalidValue("programme", "code") from error


def _counted(
    definitions: tuple[Definition, ...], cohort: Cohort, suppress_small: bool
) -> tuple[tuple[Definition, tuple[Row, ...]], ...]:
    rows = [row for definition in definitions for row in definition.count(definition, cohort)]
    shown = suppress(rows, definitions) if suppress_small else tuple(rows)
    return tuple((d, tuple(row for row in shown if row.id == d.id)) for d in definitions)


def read_everybody(reader: Reader, scope: Scope) -> Everybody:
    """The facts of all who are here, and of the anonymous, with the answers frozen for this very scope."""
    return Everybody(
        facts=read_facts(reader),
        anonymous=statistics.anonymous_people(reader.connection),
        answers=statistics.frozen_answers(reader.connection, scope),
    )


def read_facts(reader: Reader) -> fact.Facts:
    """All facts of the vault that figures are made of."""
    return fact.Facts(
        clients=_facts(reader, Client, fact.ClientFact),
        dossiers=_facts(reader, Dossier, fact.DossierFact),
        trajectories=_facts(reader, Trajectory, fact.TrajectoryFact),
        sessions=_facts(reader, Session, fact.SessionFact),
        trainings=_facts(reader, TrainingStart, fact.TrainingFact),
        qualifications=_facts(reader, Qualification, fact.QualificationFact),
        follow_ups=_facts(reader, FollowUp, fact.FollowUpFact),
        staff=_facts(reader, StaffAssignment, fact.StaffFact),
    )


def _facts(reader: Reader, record: type[Record], made: Any) -> tuple[Any, ...]:
    return tuple(map(made._make, reader.rows(record, made._fields)))
