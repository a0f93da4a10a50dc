"""Dutch sentences for errors: the workbook and reports (see services/problems.py)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

SENTENCES: Final[dict[str, str]] = {
    "UnreadableWorkbook": _(
        "Deze werkmap kan niet gelezen worden. Er is niets ingelezen; kies een ander bestand."
    ),
    "NotAWorkbook": _(
        "Dit is geen Excel-werkmap (.xlsx) en geen map met .csv-bestanden. Er is niets ingelezen; "
        "kies het juiste bestand of begin met een leeg sjabloon."
    ),
    "OldWorkbook": _(
        "Dit is een werkmap in het oude formaat .xls. Er is niets ingelezen; "
        "open ze in Excel en bewaar ze als .xlsx."
    ),
    "LockedWorkbook": _(
        "Deze werkmap is met een wachtwoord beveiligd. Er is niets ingelezen; "
        "haal het wachtwoord weg in Excel en bewaar ze opnieuw."
    ),
    "DamagedWorkbook": _(
        "Deze werkmap is beschadigd. Er is niets ingelezen; bewaar ze opnieuw in Excel of neem een kopie."
    ),
    "OversizedWorkbook": _(
        "Deze werkmap is uitgepakt te groot om veilig te lezen. Er is niets ingelezen; "
        "verdeel ze over kleinere werkmappen."
    ),
    "NotUtf8": _(
        "Het bestand {name}.csv is niet in UTF-8 bewaard. Er is niets ingelezen; "
        "kies in Excel bij het bewaren voor “CSV UTF-8”."
    ),
    "MissingWorkbook": _(
        "Op deze plaats staat geen werkmap die we mogen lezen. Er is niets ingelezen; "
        "kijk de naam en de map na."
    ),
    "RowsDoNotFit": _(
        "Sommige cellen passen niet ({count}). Er is niets ingelezen; verbeter de cellen in de lijst, "
        "of lees alleen de goede rijen in."
    ),
    "UnknownReport": _("Het rapport “{name}” is er niet in deze versie; kies uit: {known}."),
}
