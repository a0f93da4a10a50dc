"""Says until when a dossier is kept: the longest rule of a person's programmes wins (DOMAIN.md §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

CountsFrom = Literal["last_contact", "programme_end"]


@dataclass(frozen=True, slots=True)
class Rule:
    """How long, from when, and why; without a programme it is the rule for all others."""

    programme: str | None
    years: int
    counts_from: CountsFrom
    why: str

    def until(self, last_contact: date, ended: date | None) -> date:
        """The last day on which a dossier is kept by this rule.

        `ended` is when the programme ended, None while no end is known: then the last contact stands for it.
        """
        if self.counts_from == "last_contact":
            return years_after(last_contact, self.years)
        return date((ended or last_contact).year + self.years, 12, 31)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that are in force, with their version."""

    version: str
    by_programme: Mapping[str, Rule]
    default: Rule
    detention: Rule


@dataclass(frozen=True, slots=True)
class Term:
    """Until when, and the rule that says so."""

    until: date
    rule: Rule


def rules_of(body: Mapping[str, Any]) -> Rules:
    """The rules in the TOML of `resources/documents/retention-….toml`. Raises KeyError or TypeError."""
    return Rules(
        version=body["version"],
        by_programme={each["programme"]: _rule(each) for each in body["rule"]},
        default=_rule(body["default"]),
        detention=_rule(body["detention"]),
    )


def _rule(body: Mapping[str, Any]) -> Rule:
    return Rule(body.get("programme"), body["years"], body["counts_from"], body["why"])


def term(rules: Rules, last_contact: date, programmes: Iterable[tuple[str | None, date | None]]) -> Term:
    """Until when a dossier is kept.

    `programmes` are the programmes of all trajectories, each with the day on which it ended or None.
    """
    found = [
        Term(rule.until(last_contact, ended), rule)
        for code, ended in programmes
        for rule in (rules.by_programme.get(code or "", rules.default),)
    ]
    return max(found or [Term(rules.default.until(last_contact, None), rules.default)], key=lambda t: t.until)


def years_after(day: date, years: int) -> date:
    """The same day that many years later; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
