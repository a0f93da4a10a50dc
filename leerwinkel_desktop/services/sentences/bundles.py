"""Dutch sentences for errors: bundles and cards (see services/problems.py)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

SENTENCES: Final[dict[str, str]] = {
    "EmptyBundle": _(
        "Dit bestand is leeg: het kopiëren is niet gelukt. Er is niets ingelezen; kopieer het opnieuw."
    ),
    "NotABundle": _("Dit bestand is geen bundel of kaart van de Leerwinkel. Er is niets ingelezen."),
    "DamagedBundle": _(
        "De bundel is beschadigd of niet volledig. Er is niets ingelezen; schrijf hem opnieuw op de laptop."
    ),
    "IllFormed": _(
        "De bundel houdt zich niet aan de afspraken ({what}). Er is niets ingelezen; meld dit aan IT."
    ),
    "TooLarge": _("De bundel is te groot ({what}). Er is niets ingelezen; meld dit aan IT."),
    "NewerFormat": _("De bundel komt van een nieuwer programma. Er is niets ingelezen; werk eerst bij."),
    "NotForUs": _("De bundel is voor een ander bestemd: wij kunnen hem niet openen. Er is niets ingelezen."),
    "Resealed": _("De bundel is onderweg opnieuw verpakt. Er is niets ingelezen; meld dit aan IT."),
    "WrongOrganisation": _("De bundel hoort bij een andere organisatie. Er is niets ingelezen."),
    "UnknownSender": _(
        "Dit komt van een toestel dat hier niet gekend is. Er is niets ingelezen; "
        "meld de laptop eerst (opnieuw) aan op kantoor."
    ),
    "RevokedSender": _(
        "Deze laptop is afgemeld of verloren, en dit werk is van daarna. Er is niets ingelezen; "
        "de bundel staat apart: een beheerder beslist erover bij Beheer, Laptops."
    ),
    "ExpiredKey": _(
        "De sleutel van het kantoor was hiervoor niet meer geldig. Er is niets ingelezen; "
        "vraag op kantoor een nieuwe welkomkaart."
    ),
    "RootDiffers": _(
        "Dit komt van een ander kantoor dan dat van de affiche waarmee je vergeleken hebt. "
        "Er is niets veranderd; vraag raad aan de beheerder."
    ),
    "RolledBack": _(
        "Dit is een oudere lijst van toestellen of sleutels dan die hier bekend is. Er is niets ingelezen; "
        "vraag op kantoor een nieuwe."
    ),
    "BadSignature": _("De handtekening klopt niet. Er is niets ingelezen; meld dit aan IT."),
    "BadKey": _("Dit is geen geldige sleutel. Er is niets veranderd."),
    "FingerprintMistyped": _("De tekens zijn niet juist overgetypt. Kijk ze na en typ ze opnieuw."),
    "FingerprintDiffers": _(
        "De tekens horen bij een andere sleutel. Ga niet verder; vraag raad aan de beheerder."
    ),
    "Gap": _(
        "Er ontbreekt werk tussenin: wij hebben tot nummer {have}, deze bundel begint bij {first}. "
        "Er is niets ingelezen; lees eerst de oudere bundel, of schrijf op de laptop een nieuwe."
    ),
    "Fork": _(
        "Van deze laptop bestaan twee versies (nummer {seq}): de kluis is gekopieerd of teruggezet. "
        "Er is niets ingelezen en niets verloren; vernieuw de laptop en meld hem opnieuw aan."
    ),
    "AlreadyImported": _("Deze bundel is al ingelezen. Er is niets te doen."),
    "FromTheFuture": _(
        "De bundel draagt een tijdstip dat niet kan bestaan. Er is niets ingelezen; meld dit aan IT."
    ),
    "RestoredCopy": _(
        "Het kantoor heeft meer van deze laptop dan er nu op staat: dit is een teruggezette kopie. "
        "Er is niets ingelezen en niets verloren; vernieuw de laptop en meld hem opnieuw aan."
    ),
    "RestoredOffice": _(
        "Het kantoor is teruggezet op een oudere reservekopie en mist werk dat het al had. "
        "Er is niets ingelezen; meld de laptop opnieuw aan, dan geeft hij dat werk nog eens."
    ),
}
