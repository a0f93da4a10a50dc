"""Invented people, some written down twice with the slips that desks make: measures how doubles are found.

`python -m tests.domain.invented [SEED …]` prints what docs/decisions/0014-doubles.md states. First names are
common ones in the spellings in which they are met; last names are made-up syllables; nobody here exists.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from leerwinkel_desktop.domain.same_person import DECIDE, HINT, Person, asked_keys, compare, keys

SPELLINGS = (
    ("Mohamed", "Mohammed", "Muhammad", "Mohamad", "محمد"),
    ("Youssef", "Yusuf", "Yousouf", "Юсуф", "يوسف"),
    ("Fatima", "Fatma", "Fatimah", "فاطمة"),
    ("Khadija", "Khadidja", "Hadija", "Khadiza"),
    ("Aïcha", "Aisha", "Aicha", "Ayesha"),
    ("Hussein", "Hossein", "Husayn", "Hüseyin"),
    ("Hassan", "Hasan", "Хасан"),
    ("Ibrahim", "Ebrahim", "İbrahim", "Ибрагим"),
    ("Abdelrahman", "Abdel Rahman", "Abderrahman", "Abdurrahman"),
    ("Nour Eddine", "Noureddine", "Nordine", "Nureddin"),
    ("Giorgi", "Georgi", "გიორგი"),
    ("Giorgos", "Georgos", "Γιώργος"),
    ("Ekaterina", "Jekaterina", "Екатерина"),
    ("Oleksandr", "Aleksandr", "Александр"),
    ("Çağlar", "Caglar", "Chaglar"),
    ("Şükran", "Sukran", "Shukran"),
    ("Zeynep", "Zeyneb", "Zaynab", "Zainab"),
    ("Tsering", "Cering", "Tshering"),
    ("Joëlle", "Joelle"),
    ("Renée", "Renee", "René"),
    ("Marie-Louise", "Marie Louise", "Marie"),
    ("Jean-Pierre", "Jean Pierre", "Jean"),
    ("Anne-Sophie", "Annesophie", "Anne"),
    ("Katrien", "Catrien", "Katrijn"),
    ("Erik", "Eric"),
    ("Bram",),
    ("Chantal",),
    ("Dawit", "Dawid"),
    ("Elif",),
    ("Greet",),
    ("Hamza", "Hamzah"),
    ("Ilse",),
    ("Femke",),
    ("Pieter", "Peter"),
    ("Lotte",),
    ("Samira", "Sameera"),
    ("Farid", "Fareed"),
    ("Amina", "Aminah", "Emine"),
    ("Wout", "Wouter"),
    ("Nele",),
)
_SYLLABLES = "ba dri el fa go hil ja kor lie mar no pe ra sa ti vel"
SYLLABLES = tuple(_SYLLABLES.split())
PARTICLES = ("", "", "", "", "Van ", "De ", "Van den ", "Van de ", "El ", "Al-", "Ben ", "Ait ")
RESPELLED = (("ie", "i"), ("ja", "ya"), ("k", "c"), ("l", "ll"), ("s", "ss"), ("f", "ph"), ("a", "e"))
PLACES = ("12025", "71016", "11002", "12021", "12040", "23025", "71022", "11029")


@dataclass(frozen=True)
class Described:
    """One description and whom it is of."""

    who: int
    person: Person


class Desk:
    """Writes people down, and writes some of them down again."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def person(self) -> Person:
        dice = self.dice
        born = date(1950, 1, 1) + timedelta(days=dice.randrange(58 * 365))
        if dice.random() < 0.05:
            born = born.replace(month=1, day=1)
        return Person(
            first_name=dice.choice(dice.choice(SPELLINGS)),
            last_name=self._made_up(),
            birth_date=born,
            gender=dice.choice(("M", "V")),
            nis_code=dice.choice(PLACES),
            phone=self._phone() if dice.random() < 0.6 else None,
            email=f"iemand{dice.randrange(10**9)}@example.org" if dice.random() < 0.4 else None,
        )

    def _made_up(self) -> str:
        parts = self.dice.choices(SYLLABLES, k=self.dice.choice((2, 2, 3)))
        return self.dice.choice(PARTICLES) + "".join(parts).capitalize()

    def _phone(self) -> str:
        return f"04{self.dice.randrange(10**8):08d}"

    def relative(self, person: Person) -> Person:
        """Somebody else who looks alike: a twin, a brother or sister, a parent or child of the same name."""
        other, kind = self.person(), self.dice.choice(("twin", "sibling", "namesake"))
        while kind != "namesake" and _same_name(person.first_name, other.first_name):
            other = self.person()
        if kind == "twin":
            return replace(person, first_name=other.first_name, email=other.email)
        if kind == "sibling":
            return replace(other, last_name=person.last_name, nis_code=person.nis_code, phone=person.phone)
        return replace(
            other, first_name=person.first_name, last_name=person.last_name, nis_code=person.nis_code
        )

    def again(self, person: Person) -> Person:
        """The same person at another desk."""
        dice = self.dice
        first, last = self._first(person.first_name or ""), self._last(person.last_name or "")
        if dice.random() < 0.05:
            first, last = last, first
        return Person(
            first_name=first,
            last_name=last,
            gender=person.gender if dice.random() < 0.9 else None,
            nis_code=dice.choices((person.nis_code, dice.choice(PLACES), None), (70, 15, 15))[0],
            phone=dice.choices((person.phone, self._phone(), None), (45, 15, 40))[0],
            email=person.email if dice.random() < 0.5 else None,
            **self._born(person.birth_date or date.max),
        )

    def _first(self, name: str) -> str:
        same = next((each for each in SPELLINGS if name in each), (name,))
        chosen = self.dice.choice(same) if self.dice.random() < 0.4 else name
        return self._typed(chosen) if self.dice.random() < 0.12 else chosen

    def _last(self, name: str) -> str:
        dice = self.dice
        roll = dice.random()
        if roll < 0.03:
            return self.person().last_name or ""
        if roll < 0.13:
            name = name.replace(" ", "").replace("-", "").capitalize()
        elif roll < 0.20:
            name = name.split(" ")[-1].split("-")[-1]
        elif roll < 0.35:
            name = name.replace(*dice.choice(RESPELLED))
        return self._typed(name) if dice.random() < 0.12 else name

    def _typed(self, name: str) -> str:
        """A letter doubled, left out, changed, or changed round with the next."""
        at = self.dice.randrange(1, max(2, len(name) - 1))
        a, b = name[at : at + 1], name[at + 1 : at + 2]
        letter = self.dice.choice("aeinorst")
        put = self.dice.choice((a + a + b, b, letter + b, b + a))
        return name[:at] + put + name[at + 2 :]

    def _born(self, day: date) -> dict[str, Any]:
        roll = self.dice.random()
        if roll < 0.78:
            return {"birth_date": day}
        if roll < 0.82 and day.day <= 12:
            return {"birth_date": day.replace(month=day.day, day=day.month)}
        if roll < 0.88:
            return {"birth_date": self._slip(day)}
        if roll < 0.92:
            return {"birth_date": day.replace(month=1, day=1)}
        return {"birth_year": day.year} if roll < 0.96 else {}

    def _slip(self, day: date) -> date:
        """The same day with one digit wrong."""
        while True:
            digits = list(day.isoformat())
            digits[self.dice.choice((2, 3, 6, 9))] = self.dice.choice("0123456789")
            try:
                found = date.fromisoformat("".join(digits))
            except ValueError:
                continue
            if found != day and 1940 <= found.year <= 2010:
                return found


def _same_name(one: str | None, other: str | None) -> bool:
    return any(one in group and other in group for group in SPELLINGS)


def crowd(seed: int, people: int = 4000) -> list[Described]:
    """People; one in ten written down again, one in ten with somebody who looks alike."""
    desk = Desk(seed)
    found = [Described(who, desk.person()) for who in range(people)]
    for at, one in enumerate(found[: people // 5]):
        if at % 2:
            found.append(Described(one.who, desk.again(one.person)))
        else:
            found.append(Described(people + at, desk.relative(one.person)))
    return found


@dataclass(frozen=True)
class Measured:
    """How many pairs there were, how many were found, and how many of those were right."""

    true: int
    met: int
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / self.true


def measure(found: list[Described], threshold: int) -> Measured:
    """Compare everybody with whom they share a key, as the program does."""
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    true = met = right = wrong = 0
    seen: defaultdict[int, int] = defaultdict(int)
    for at, one in enumerate(found):
        true += seen[one.who]
        seen[one.who] += 1
        for other in {each for key in asked_keys(one.person) for each in by_key[key]}:
            same = found[other].who == one.who
            met += same
            listed = compare(one.person, found[other].person).score >= threshold
            right += listed and same
            wrong += listed and not same
        for key in keys(one.person):
            by_key[key].append(at)
    return Measured(true, met, right, wrong)


def main() -> None:
    """Print the figures of these seeds, for each threshold around the two that are used."""
    for seed in map(int, sys.argv[1:] or ["1"]):
        found = crowd(seed)
        for threshold in range(HINT - 2, DECIDE + 4):
            measured = measure(found, threshold)
            sys.stdout.write(
                f"seed {seed} from {threshold:>2}: precision {measured.precision:.3f}, "
                f"recall {measured.recall:.3f} ({measured.true} pairs, {measured.met} share a key, "
                f"{measured.right} right, {measured.wrong} wrong)\n"
            )


if __name__ == "__main__":
    main()
