"""The arithmetic of the golden workbook: how many people get each answer (DOMAIN.md §8.1 "Golden fixture").

Dealt to 438 dossiers with 241 starters, these numbers give every percentage that the palmares of Genk prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

PEOPLE, REPEATERS, STARTERS = 438, 63, 241

T = TypeVar("T")
Deal = Sequence[tuple[T, int]]

GENDERS: Deal[str | None] = [("M", 184), ("V", 228), ("X", 4), ("O", 15), (None, 7)]
AGES: Deal[tuple[int, int] | None] = [
    ((18, 25), 131),
    ((26, 34), 105),
    ((35, 44), 110),
    ((45, 54), 74),
    ((55, 64), 12),
    (None, 6),
]
STATUSES: Deal[tuple[str, ...]] = [
    (("WORK",), 122),
    (("WORK", "CHILDBEN"), 10),
    (("WORK", "SICK"), 4),
    (("JOBSEEK",), 136),
    (("SICK",), 88),
    (("CHILDBEN",), 43),
    (("NEET",), 13),
    (("NOINC",), 9),
    (("WAIT",), 9),
    ((), 4),
]
"""136 work, 136 seek work, 92 sickness, 53 child benefit, 13, 9 and 9: 448 marks on 434 people."""
REFERRALS: Deal[tuple[str | None, str | None]] = [
    (("EIGEN", "STADSCOMM"), 70),
    (("EIGEN", "BEURS_WORKSHOP"), 39),
    (("EIGEN", "MOND"), 27),
    (("WERKSTATION", None), 66),
    (("VDAB", None), 44),
    (("OCMW", None), 24),
    (("WELZIJN", None), 20),
    (("LOOPBAAN", None), 15),
    (("ONDERWIJS", None), 26),
    (("GIGOS", None), 17),
    (("ANDER", None), 50),
    (("ONB", None), 30),
    ((None, None), 10),
]
PATHS: Deal[tuple[str, str]] = [
    (("LOW", "SEC_DIPLOMA"), 125),
    (("LOW", "VOCATIONAL"), 20),
    (("LOW", "NT2"), 31),
    (("LOW", "BASIC"), 5),
    (("LOW", ""), 125),
    (("MID_HIGH", "HIGHER"), 7),
    (("MID_HIGH", "ASSOC"), 16),
    (("MID_HIGH", "VOCATIONAL"), 14),
    (("MID_HIGH", "NT2"), 12),
    (("MID_HIGH", ""), 55),
    (("UNDET", "NT2"), 7),
    (("UNDET", "VOCATIONAL"), 4),
    (("UNDET", ""), 17),
]
"""Level at intake and category of the main start: LOW 306 (181), MID and HIGH 104 (49), UNDET 28 (11)."""
OUTCOMES: Deal[str] = [("ORIENTING", 48), ("NOT_STARTED", 83), ("STALE", 12), ("UNKNOWN", 54)]
"""Of the 197 who do not start; STALE was ORIENTING too long ago, and counts with the 66 unknown."""
ONE_SESSION = 146
NON_BELGIAN, FOREIGN, ORIGIN_UNKNOWN = 109, 263, 15
STOPPED = 36
DIPLOMAS = 80
CERTIFICATES: dict[str, tuple[int, tuple[str, ...]]] = {
    "SEC_DIPLOMA": (10, ("DEELCERT", "CERT")),
    "NT2": (30, ("ATTEST_NT2",)),
    "VOCATIONAL": (20, ("BK_BEWIJS", "CERT")),
    "ASSOC": (5, ("DEELCERT",)),
    "BASIC": (2, ("CERT",)),
    "HIGHER": (2, ("BACHELOR",)),
}
"""With the 80 diplomas of secondary education: 149 people with a (partial) qualification."""
STAFFING: tuple[tuple[str, str, int, int | None, bool], ...] = (
    ("Demo Begeleider Een", "1.0", 0, None, True),
    ("Demo Begeleider Twee", "0.4", 540, 1339, True),
    ("Demo Begeleider Twee", "0.5", 1340, None, True),
    ("Demo Stagiair", "1.0", 900, 1020, False),
)
"""1,0 for 540 days, 1,4 for 800 and 1,5 for 303 of 1643 = 1,29; days count from 0. The trainee is unpaid."""

LEVELS = {
    "LOW": ("00", "10", "20", "21", "25", "26", "27", "30"),
    "MID_HIGH": ("31", "32", "33", "34", "36", "40", "50", "60", "61", "70"),
    "UNDET": ("90", "99"),
}
AREAS: dict[str, Deal[str]] = {
    "SEC_DIPLOMA": [("HANDEL", 5), ("ICT", 4), ("PERSONENZORG", 2), ("AAV", 1)],
    "VOCATIONAL": [("PERSONENZORG", 3), ("MECHANICA", 3), ("BOUW", 1), ("LOGISTIEK", 1)],
    "ASSOC": [("ICT", 3), ("BOUW", 2), ("PERSONENZORG", 2)],
    "NT2": [("NT2_RG12", 2), ("NT2_RG34", 3)],
    "BASIC": [("CBE_NEDERLANDS", 1), ("CBE_WISKUNDE", 1)],
    "HIGHER": [("PERSONENZORG", 1), ("ADMINISTRATIE", 1)],
}
TITLES = {
    "SEC_DIPLOMA": "Tweedekansonderwijs",
    "VOCATIONAL": "Beroepsopleiding",
    "ASSOC": "Graduaat",
    "NT2": "Nederlands voor anderstaligen",
    "BASIC": "Basiseducatie",
    "HIGHER": "Bachelor",
}
COUNTRIES: Deal[tuple[str, str]] = [
    (("TR", "tr"), 8),
    (("MA", "ary"), 8),
    (("IT", "it"), 5),
    (("PL", "pl"), 2),
    (("SY", "ar"), 3),
    (("AF", "prs"), 2),
    (("UA", "uk"), 1),
    (("ES", "es"), 1),
]
FIRST_NAMES = (
    *("Linde", "Roos", "Iris", "Jasmijn", "Bloem", "Hazel", "Olijf", "Ceder", "Tijm", "Salie"),
    *("Laurier", "Munt", "Dille", "Klaver", "Brem", "Varen", "Mos", "Riet", "Wilg", "Berk"),
)
LAST_NAMES = (
    *("Voorbeeld", "Demoers", "Testelaar", "Verzonnen", "Fictief", "Proefman", "Denkbeeld", "Niemand"),
    *("Sjabloon", "Modelmans", "Oefening", "Zogezegd", "Probeersel", "Schijn", "Quasi", "Stelvoor"),
    *("Mocht", "Neembij", "Alsof", "Bijspel", "Namaak", "Doenalsof", "Verbeelding"),
)
