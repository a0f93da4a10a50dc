"""Dutch sentences for errors: the vault (see services/problems.py)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

SENTENCES: Final[dict[str, str]] = {
    "NoVault": _("In deze map staat geen kluis. Maak er een, of kies een andere map."),
    "VaultExists": _("In deze map staat al een kluis. Ze is niet aangeraakt; kies een andere map."),
    "WrongPassphrase": _("Deze wachtzin past niet. Er is niets veranderd; probeer het opnieuw."),
    "TooManyTries": _(
        "Er is te vaak een verkeerde wachtzin getypt. Wacht nog {wait_seconds} seconden en probeer het dan "
        "opnieuw; er is niets veranderd."
    ),
    "NoWayIn": _(
        "Zo gaat deze kluis niet open: er is geen slot dat bij deze sleutel hoort. Er is niets veranderd; "
        "herstel de toegang via het kantoor of met het herstelblad."
    ),
    "UnknownUser": _("“{name}” is geen gebruiker van deze kluis. Er is niets veranderd; kies een ander."),
    "VaultFull": _("Deze kluis kan niet meer gebruikers aan. Er is niets veranderd; verwijder eerst iemand."),
    "ForeignFile": _(
        "Dit bestand is geen kluis van dit programma. Er is niets veranderd; kies de juiste map."
    ),
    "DamagedVault": _(
        "De kluis is beschadigd: er zijn bits veranderd op de schijf. Er is niets geschreven; "
        "bewaar de map zoals ze is en zet een reservekopie terug."
    ),
    "DamagedDraft": _(
        "Wat je het laatst typte en nog niet bewaard was, is beschadigd op de schijf en niet terug te halen. "
        "Alle dossiers zijn er zoals ze bewaard waren; kijk na wat je het laatst invulde."
    ),
    "NewerVault": _(
        "Deze kluis is gemaakt met een nieuwer programma (versie {found}, wij kennen {known}). "
        "Er is niets veranderd; werk eerst het programma bij."
    ),
    "DiskFull": _(
        "De schijf is vol. Er is niets half bewaard; maak minstens {megabytes} MB vrij en probeer opnieuw."
    ),
    "AlreadyOpen": _(
        "Leerwinkel staat al open op deze computer. Ga naar dat venster; er is niets veranderd."
    ),
    "WindowOpen": _(
        "Het venster van Leerwinkel staat open op deze kluis. Er is niets veranderd; sluit eerst dat venster "
        "en geef de opdracht dan opnieuw."
    ),
    "VaultBusy": _(
        "De kluis is even bezet: er wordt ingelezen, of een ander programma gebruikt ze. "
        "Er is niets veranderd; probeer het zo dadelijk opnieuw."
    ),
    "VaultUnreachable": _(
        "De map of het bestand is niet te lezen of te schrijven. Er is niets half bewaard; "
        "kijk of de stick er nog in zit en of je in deze map mag schrijven."
    ),
    "SlotTooExpensive": _(
        "De kluis vraagt meer rekenwerk dan dit programma ooit zou vragen. Er is niets geopend."
    ),
    "ChangedSheet": _(
        "Het bewaarde blad is niet meer het blad dat klaargezet is: er is iets aan veranderd. "
        "Het is niet afgedrukt en niets is gewist; maak het blad opnieuw klaar in het dossier."
    ),
    "EngineTooOld": _("De database-motor is te oud ({found}). Er is niets geopend; werk het programma bij."),
}
