"""The Dutch of a bad cell: where it is, what is wrong, and what would be right."""

from __future__ import annotations

from leerwinkel_desktop.services.workbook.problems import Problem, Reason

_WRONG: dict[Reason, str] = {
    Reason.UNKNOWN_SHEET: "dit blad kennen we niet",
    Reason.MISSING_SHEET: "dit blad ontbreekt",
    Reason.REPEATED_SHEET: "dit blad staat er twee keer",
    Reason.UNKNOWN_COLUMN: "deze kolom kennen we niet",
    Reason.MISSING_COLUMN: "deze verplichte kolom ontbreekt",
    Reason.REPEATED_COLUMN: "deze kolom staat er twee keer",
    Reason.REQUIRED: "deze cel moet ingevuld zijn",
    Reason.FORMULA: "hier staat een formule",
    Reason.ERROR_VALUE: "hier staat een foutwaarde van Excel",
    Reason.CODE: "deze code kennen we niet",
    Reason.DATE: "dit is geen geldige datum",
    Reason.DATE_RANGE: "deze datum ligt te ver weg",
    Reason.FUTURE: "deze datum ligt in de toekomst",
    Reason.NUMBER: "dit is geen getal dat hier past",
    Reason.RANGE: "dit getal is te klein of te groot",
    Reason.YES_NO: "dit is geen ja of nee",
    Reason.TEXT: "dit is geen tekst",
    Reason.LENGTH: "deze tekst is te lang",
    Reason.CHARACTERS: "deze tekst bevat tekens die niet bewaard kunnen worden",
    Reason.DUPLICATE: "dit nummer staat al in een rij hierboven",
    Reason.NO_SUCH_NUMBER: "dit nummer bestaat niet",
    Reason.OTHER_OWNER: "dit nummer hoort in de kluis bij iemand of iets anders",
    Reason.PARENT_REFUSED: "de rij waar dit nummer naar verwijst, is geweigerd",
}
_RIGHT: dict[Reason, str] = {
    Reason.UNKNOWN_SHEET: "kies uit {options}, of haal het blad weg",
    Reason.MISSING_SHEET: "voeg het blad toe met de kolommen van het sjabloon; het mag leeg zijn",
    Reason.REPEATED_SHEET: "laat één blad met deze naam over",
    Reason.UNKNOWN_COLUMN: "kies uit {options}, of haal de kolom weg",
    Reason.MISSING_COLUMN: "voeg de kolom toe, zoals in het sjabloon",
    Reason.REPEATED_COLUMN: "laat één kolom met deze naam over",
    Reason.REQUIRED: "vul de cel in",
    Reason.FORMULA: "typ de uitkomst zelf, of plak ze als waarde",
    Reason.ERROR_VALUE: "typ de juiste waarde",
    Reason.CODE: "kies {options}",
    Reason.DATE: "schrijf jaar-maand-dag, zoals 2026-01-31, of een echte Excel-datum",
    Reason.DATE_RANGE: "een datum tussen 1900-01-01 en 2199-12-31",
    Reason.FUTURE: "een datum tot en met vandaag",
    Reason.NUMBER: "schrijf een getal, zoals 45",
    Reason.RANGE: "een getal van {options}",
    Reason.YES_NO: "schrijf J of N",
    Reason.TEXT: "typ gewone tekst",
    Reason.LENGTH: "hoogstens {options} tekens",
    Reason.CHARACTERS: "typ de tekst opnieuw",
    Reason.DUPLICATE: "geef elke rij een eigen nummer",
    Reason.NO_SUCH_NUMBER: "een nummer van het blad {options}",
    Reason.OTHER_OWNER: "gebruik het nummer waar de rij al bij hoort, of een nieuw nummer",
    Reason.PARENT_REFUSED: "verbeter eerst die rij",
}


def wrong(problem: Problem) -> str:
    """What is wrong, as half a sentence, with what stands there."""
    text = _WRONG[problem.reason]
    return f"{text} ({problem.found})" if problem.found else text


def right(problem: Problem) -> str:
    """What would be right, as half a sentence."""
    between = " tot " if problem.reason is Reason.RANGE else ", "
    options = between.join(problem.options) or "een code van het blad Codes in het sjabloon"
    return _RIGHT[problem.reason].format(options=options)


def place(problem: Problem) -> str:
    """Where it is: sheet, row and column, as far as they are known."""
    parts = [f"blad {problem.sheet}"]
    parts += [f"rij {problem.row}"] if problem.row else []
    parts += [f"kolom {problem.column}"] if problem.column else []
    return ", ".join(parts)


def one_line(problem: Problem) -> str:
    """Column, what is wrong and what would be right, as one sentence."""
    where = problem.column or problem.sheet
    return f"{where}: {wrong(problem)}; {right(problem)}."
