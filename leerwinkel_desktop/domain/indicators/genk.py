"""The figures of the Genk table, G01 to G27, each defined once (DOMAIN.md §8.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.indicators.cohort import (
    LOW,
    MID_HIGH,
    NOT_STARTED,
    ORIENTING,
    UNDETERMINED,
    UNKNOWN,
    Cohort,
    Lists,
    Person,
)
from leerwinkel_desktop.domain.indicators.facts import QualificationFact, StaffFact
from leerwinkel_desktop.domain.indicators.figures import (
    UNANSWERED,
    Base,
    Definition,
    Rank,
    Row,
    Shape,
    breakdown,
    codes,
    labels,
    one_in_three,
    share,
    two_in_three,
)
from leerwinkel_desktop.domain.indicators.scope import percent

EVERYONE = Base(("G02", None), lambda _: True)
STARTERS = Base(("G18", None), lambda p: p.is_starter)
QUALIFIED = Base(("G24", None), lambda p: bool(p.qualifications))
LEVELS = {
    LOW: ("Laaggekwalificeerd", "G05"),
    MID_HIGH: ("Midden- en hoger gekwalificeerd", "G06"),
    UNDETERMINED: ("Kwalificatie onbepaald", "G07"),
}
BANDS = {
    "U18": "<18",
    "18_25": "18-25",
    "26_34": "26-34",
    "35_44": "35-44",
    "45_54": "45-54",
    "55_PLUS": "55+",
}
BEST_FIRST = ("MASTER", "BACHELOR", "GRADUAAT", "DIPLOMA_SO")
OWN_INITIATIVE = "EIGEN"
TOP_STUDY_AREAS = 3
_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")


def _trajectories(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    behind = tuple(t.id for t in cohort.trajectories)
    yield Row(
        id=definition.id, key=None, label=definition.label, n=len(behind), behind=behind, opens="trajectory"
    )


def _people(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    behind = tuple(p.id for p in cohort.people)
    yield Row(id=definition.id, key=None, label=definition.label, n=len(behind), behind=behind)


def _staff_days(staff: StaffFact, start: date, end: date) -> int:
    first = max(staff.starts_on or start, start)
    last = min(staff.ends_on or end, end)
    return max(0, (last - first).days + 1)


def _staff(definition: Definition, cohort: Cohort, start: date, end: date) -> Iterable[Row]:
    """Mean of full-time equivalents over the days; unpaid trainees are left out."""
    paid = (s for s in cohort.staff if s.paid is not False and s.starts_on is not None)
    total = sum((s.fte * _staff_days(s, start, end) for s in paid if s.fte is not None), Decimal(0))
    exact = total / ((end - start).days + 1)
    yield Row(
        id=definition.id,
        key=None,
        label=definition.label,
        n=exact.quantize(_TENTH, ROUND_HALF_UP),
        exact=exact.quantize(_HUNDREDTH, ROUND_HALF_UP),
    )


def _mean_staff(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    return _staff(definition, cohort, cohort.scope.start, cohort.scope.end)


def _current_staff(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    return _staff(definition, cohort, cohort.scope.as_of, cohort.scope.as_of)


def _starters(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    """G18: all, and then each level over its own people."""
    yield from share(lambda p: p.is_starter, EVERYONE)(definition, cohort)
    for level, (label, base_row) in LEVELS.items():
        people = [p for p in cohort.people if p.level == level]
        behind = tuple(p.id for p in people if p.is_starter)
        yield Row(
            id=definition.id,
            key=level,
            label=label,
            n=len(behind),
            base=len(people),
            percent=percent(len(behind), len(people)),
            base_row=(base_row, None),
            behind=behind,
        )


def _top_study_areas(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    """G26: per category the study areas with most starters; equal numbers in the order of the codes."""
    chosen = Counter((p.main.category, p.main.study_area) for p in cohort.people if p.main)
    areas = cohort.lists["study_area"]
    ranking: list[Rank] = []
    for category in [c.code for c in cohort.lists["training_category"]]:
        own = [(-n, area) for (cat, area), n in chosen.items() if cat == category and area is not None]
        for n, area in sorted(own)[:TOP_STUDY_AREAS]:
            ranking.append(Rank(category, area, labels(areas, area), -n))
    yield Row(id=definition.id, key=None, label=definition.label, n=None, ranking=tuple(ranking))


def _dutch(definition: Definition, cohort: Cohort) -> Iterable[Row]:
    """G27: the lower median of the level at intake and of the level aimed at, of who started with NT2."""
    learners = [p for p in cohort.people if p.main and p.main.category == "NT2"]
    levels = cohort.lists["dutch_level"]
    before = _median((p.first.dutch_level_in for p in learners), levels)
    aim = _median((p.main.target_dutch_level for p in learners if p.main), levels)
    medians = (("median_in", before), ("median_target", aim))
    yield Row(id=definition.id, key=None, label=definition.label, n=None, medians=medians)


def _median(found: Iterable[str | None], levels: CodeList) -> str | None:
    order = [code.code for code in levels if code.code != "L1"]
    places = sorted(order.index(level) for level in found if level in order)
    return order[places[(len(places) - 1) // 2]] if places else None


def _best_is_diploma(person: Person) -> bool:
    """G25: nothing higher than a whole diploma of secondary education was earned."""
    whole: Collection[str | None] = {q.type for q in person.qualifications if _is_whole(q)}
    return next((best == "DIPLOMA_SO" for best in BEST_FIRST if best in whole), False)


def _is_whole(qualification: QualificationFact) -> bool:
    return qualification.partial is not True


def _bands(lists: Lists) -> Collection[tuple[str, str]]:
    return [(BANDS.get(code.code, UNANSWERED), code.label) for code in lists["report_band"]]


def _optional(code: str | None) -> Collection[str]:
    return (code,) if code else ()


_ALL = "alle unieke dossiers (D)"
_S = "alle starters (S)"

GENK: tuple[Definition, ...] = (
    Definition(
        id="G01",
        label="Intakes en begeleidingen",
        shape=Shape.COUNT,
        numerator="trajecten met een intake in de periode (T)",
        edge="Groepsinfo zonder dossier telt niet; samengevoegde dossiers houden hun trajecten.",
        count=_trajectories,
    ),
    Definition(
        id="G02",
        label="Unieke dossiers",
        shape=Shape.COUNT,
        numerator="personen met minstens één traject in de periode (D)",
        edge="Samengevoegde dossiers zijn één persoon.",
        count=_people,
    ),
    Definition(
        id="G03",
        label="Gemiddelde personeelsinzet (VTE)",
        shape=Shape.COUNT,
        numerator="som van VTE maal dagen in de periode",
        denominator="dagen in de periode",
        edge="Onbezoldigde stagiairs tellen niet mee. Filters veranderen dit cijfer niet.",
        count=_mean_staff,
    ),
    Definition(
        id="G04",
        label="Huidige personeelsinzet (VTE)",
        shape=Shape.COUNT,
        numerator="som van VTE op de peildatum",
        edge="Onbezoldigde stagiairs tellen niet mee.",
        count=_current_staff,
    ),
    Definition(
        id="G05",
        label="Nog geen diploma secundair onderwijs",
        shape=Shape.SHARE,
        numerator="personen met niveau laag bij de eerste intake",
        denominator=_ALL,
        edge="6 BSO zonder 7de jaar is laag; een buitenlands diploma zonder erkenning niet.",
        count=share(lambda p: p.level == LOW, EVERYONE),
    ),
    Definition(
        id="G06",
        label="Minstens een diploma secundair onderwijs",
        shape=Shape.SHARE,
        numerator="personen met niveau midden of hoog bij de eerste intake",
        denominator=_ALL,
        count=share(lambda p: p.level == MID_HIGH, EVERYONE),
    ),
    Definition(
        id="G07",
        label="Beginniveau (nog) niet bepaald",
        shape=Shape.SHARE,
        numerator="personen met een buitenlands diploma zonder niveau, of zonder antwoord",
        denominator=_ALL,
        count=share(lambda p: p.level == UNDETERMINED, EVERYONE),
    ),
    Definition(
        id="G08",
        label="Geslacht",
        shape=Shape.SINGLE,
        numerator="personen per geslacht",
        denominator=_ALL,
        edge="De gedrukte tabel noemt alleen man en vrouw en telt daarom niet op tot 100.",
        count=breakdown(lambda p: _optional(p.gender), EVERYONE, codes("gender")),
    ),
    Definition(
        id="G09",
        label="Leeftijd bij de intake",
        shape=Shape.SINGLE,
        numerator="personen per leeftijdsgroep, in volle jaren op de dag van de eerste intake",
        denominator=_ALL,
        edge="Beide grenzen horen bij de groep. Met alleen een geboortejaar telt het jaarverschil.",
        count=breakdown(lambda p: (BANDS.get(p.band, UNANSWERED),), EVERYONE, _bands),
    ),
    Definition(
        id="G10",
        label="Belgische nationaliteit",
        shape=Shape.SHARE,
        numerator="personen met (ook) de Belgische nationaliteit",
        denominator=_ALL,
        count=share(lambda p: p.belgian, EVERYONE),
    ),
    Definition(
        id="G11",
        label="Diverse afkomst",
        shape=Shape.SHARE,
        numerator="personen met buitenlandse herkomst volgens de Vlaamse statistiek",
        denominator=_ALL,
        edge="De eigen of eerste nationaliteit, of die van vader of moeder, is niet Belgisch.",
        count=share(lambda p: p.foreign, EVERYONE),
    ),
    Definition(
        id="G12",
        label="Sociaal-economisch statuut",
        shape=Shape.MULTI,
        numerator="personen die het statuut hebben bij de eerste intake",
        denominator=_ALL,
        edge="Meer dan één statuut per persoon kan; de som kan boven 100 komen.",
        count=breakdown(lambda p: dict.fromkeys(p.first.statuses_at_intake), EVERYONE, codes("statuses")),
    ),
    Definition(
        id="G13",
        label="Doorverwezen door",
        shape=Shape.SINGLE,
        numerator="personen per doorverwijzer van hun eerste traject",
        denominator=_ALL,
        count=breakdown(lambda p: _optional(p.first.referral_source), EVERYONE, codes("referral_source")),
    ),
    Definition(
        id="G14",
        label="Op eigen initiatief",
        shape=Shape.SHARE,
        numerator="personen die op eigen initiatief komen",
        denominator=_ALL,
        count=share(lambda p: p.first.referral_source == OWN_INITIATIVE, EVERYONE),
    ),
    Definition(
        id="G15",
        label="Op eigen initiatief: hoe kende je ons",
        shape=Shape.SINGLE,
        numerator="personen die op eigen initiatief komen, per kanaal",
        denominator=_ALL,
        edge="De noemer is iedereen, niet alleen wie op eigen initiatief komt: de rijen verdelen G14.",
        count=breakdown(
            lambda p: _optional(p.first.discovery_channel),
            EVERYONE,
            codes("discovery_channel"),
            within=lambda p: p.first.referral_source == OWN_INITIATIVE,
        ),
    ),
    Definition(
        id="G16",
        label="Genoeg aan één infosessie",
        shape=Shape.SHARE,
        numerator="personen met precies één gesprek in alle trajecten, en geen ander gepland",
        denominator=_ALL,
        edge="Afwezig of geannuleerd is geen gesprek.",
        count=share(lambda p: p.one_session, EVERYONE, one_in_three),
    ),
    Definition(
        id="G17",
        label="Verdere begeleiding",
        shape=Shape.SHARE,
        numerator="alle andere personen dan G16",
        denominator=_ALL,
        count=share(lambda p: not p.one_session, EVERYONE, two_in_three),
    ),
    Definition(
        id="G18",
        label="Start een opleiding",
        shape=Shape.SHARE,
        numerator="personen met minstens één opleiding gestart tussen intake en peildatum (S)",
        denominator="alle unieke dossiers (D); per niveau: de personen met dat niveau",
        edge="Alleen ingeschreven of niet komen opdagen telt niet; een opleiding die al liep evenmin.",
        count=_starters,
    ),
    Definition(
        id="G19",
        label="Werkt nog aan de keuzebepaling",
        shape=Shape.SHARE,
        numerator="niet-starters die nog kiezen, met een open traject en contact in de laatste 6 maanden",
        denominator=_ALL,
        edge="G18, G19, G20 en G21 sluiten elkaar uit.",
        count=share(lambda p: p.outcome == ORIENTING, EVERYONE),
    ),
    Definition(
        id="G20",
        label="Niet gestart",
        shape=Shape.SHARE,
        numerator="niet-starters van wie we weten dat ze niet startten",
        denominator=_ALL,
        count=share(lambda p: p.outcome == NOT_STARTED, EVERYONE),
    ),
    Definition(
        id="G21",
        label="Weten we niet",
        shape=Shape.SHARE,
        numerator="alle andere niet-starters",
        denominator=_ALL,
        count=share(lambda p: p.outcome == UNKNOWN, EVERYONE),
    ),
    Definition(
        id="G22",
        label="Starters die gestopt zijn",
        shape=Shape.SHARE,
        numerator="starters van wie de laatste opleiding gestopt is",
        denominator=_S,
        edge="Afgewerkt of herbegonnen is niet gestopt. Gestopt en gekwalificeerd kan samengaan.",
        count=share(lambda p: p.stopped, STARTERS),
    ),
    Definition(
        id="G23",
        label="Gekozen opleidingen",
        shape=Shape.SINGLE,
        numerator="starters per categorie van hun voornaamste opleiding",
        denominator=_S,
        edge="Eén categorie per starter, de hoogste telt. Afgerond kan de som 101 zijn.",
        count=breakdown(
            lambda p: _optional(p.main.category if p.main else None), STARTERS, codes("training_category")
        ),
    ),
    Definition(
        id="G24",
        label="Behaalde een (deel)kwalificatie",
        shape=Shape.SHARE,
        numerator="starters met minstens één (deel)kwalificatie tussen start en peildatum",
        denominator=_S,
        edge="Een attest van VDAB telt niet. De opleiding mag nog lopen of gestopt zijn.",
        count=share(lambda p: bool(p.qualifications), STARTERS),
    ),
    Definition(
        id="G25",
        label="Waarvan het diploma secundair onderwijs",
        shape=Shape.SHARE,
        numerator="personen van G24 met het diploma secundair onderwijs als hoogste kwalificatie",
        denominator="personen met een (deel)kwalificatie (G24)",
        edge="Alleen het hele diploma telt, niet de certificaten op weg ernaartoe.",
        count=share(_best_is_diploma, QUALIFIED),
    ),
    Definition(
        id="G26",
        label="Voornaamste gevolgde opleidingen",
        shape=Shape.RANKING,
        numerator="per categorie de drie studiegebieden met de meeste starters",
        count=_top_study_areas,
    ),
    Definition(
        id="G27",
        label="Nederlands: van welk naar welk niveau",
        shape=Shape.RANKING,
        numerator="mediaan van het niveau bij de intake en van het beoogde niveau",
        denominator="starters met NT2 als voornaamste opleiding",
        count=_dutch,
    ),
)
"""The table as data: the order here is the order on screen, on paper and in each export."""
