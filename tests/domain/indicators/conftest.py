"""What the figure tests share: the shipped code lists, and people made of a few facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.indicators import facts as fact
from leerwinkel_desktop.domain.indicators.cohort import assemble
from leerwinkel_desktop.domain.indicators.figures import Row
from leerwinkel_desktop.domain.indicators.genk import GENK
from leerwinkel_desktop.domain.indicators.scope import Scope

FOLDER = Path(__file__).parents[3] / "resources" / "codelists"


@pytest.fixture(scope="session")
def lists() -> CodeLists:
    return CodeLists(lambda name: (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


class Shop:
    """A shop in the making; `rows` counts its figures over 2025 with the last day as peildatum."""

    def __init__(self, lists: CodeLists) -> None:
        self.lists = lists
        self.kinds: dict[str, list[Any]] = {
            kind: []
            for kind in (
                "clients",
                "dossiers",
                "trajectories",
                "sessions",
                "trainings",
                "qualifications",
                "follow_ups",
                "staff",
            )
        }

    def person(self, name: str, merged_into: str | None = None, **client: Any) -> str:
        self.kinds["clients"].append(fact.ClientFact(id=name, **client))
        into = None if merged_into is None else f"d-{merged_into}"
        self.kinds["dossiers"].append(fact.DossierFact(f"d-{name}", name, into))
        return name

    def trajectory(self, who: str, intake: date | None = date(2025, 3, 1), **more: Any) -> str:
        key = f"t{len(self.kinds['trajectories'])}"
        made = fact.TrajectoryFact(id=key, dossier_id=f"d-{who}", intake_date=intake, **more)
        self.kinds["trajectories"].append(made)
        return key

    def session(
        self, trajectory: str, on: date | None = date(2025, 3, 1), attended: str | None = "J"
    ) -> None:
        self.kinds["sessions"].append(fact.SessionFact(trajectory, on, attended))

    def training(self, trajectory: str, status: str = "ONGOING", **more: Any) -> str:
        key = f"o{len(self.kinds['trainings'])}"
        values = {"start_date": date(2025, 4, 1), "category": "SEC_DIPLOMA", **more}
        self.kinds["trainings"].append(
            fact.TrainingFact(id=key, trajectory_id=trajectory, status=status, **values)
        )
        return key

    def qualification(
        self, training: str, type_: str, on: date | None = date(2025, 6, 1), **more: Any
    ) -> None:
        self.kinds["qualifications"].append(fact.QualificationFact(training, type_, on, **more))

    def follow_up(
        self, trajectory: str, outcome: str | None, on: date | None = date(2025, 11, 1), **more: Any
    ) -> None:
        key = f"f{len(self.kinds['follow_ups'])}"
        self.kinds["follow_ups"].append(fact.FollowUpFact(key, trajectory, on, outcome=outcome, **more))

    def staff(self, *values: Any) -> None:
        self.kinds["staff"].append(fact.StaffFact(*values))

    def rows(self, scope: Scope | None = None) -> dict[tuple[str, str | None], Row]:
        facts = fact.Facts(**{kind: tuple(each) for kind, each in self.kinds.items()})
        year = Scope(date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31))
        cohort = assemble(facts, scope or year, self.lists)
        return {(row.id, row.key): row for definition in GENK for row in definition.count(definition, cohort)}

    def n(self, figure: str, key: str | None = None, scope: Scope | None = None) -> Any:
        return self.rows(scope)[figure, key].n


@pytest.fixture
def shop(lists: CodeLists) -> Shop:
    return Shop(lists)


@pytest.fixture
def one(shop: Shop) -> Callable[..., tuple[Shop, str]]:
    """A shop with one person and one trajectory."""

    def make(client: dict[str, Any] | None = None, **trajectory: Any) -> tuple[Shop, str]:
        shop.person("a", **(client or {}))
        return shop, shop.trajectory("a", **trajectory)

    return make
