"""Dutch sentences for errors: exchange places (see services/problems.py)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

SENTENCES: Final[dict[str, str]] = {
    "PlaceProblem": _(
        "Het lukt niet op “{place}”. Er is niets half overgedragen; probeer het later opnieuw."
    ),
    "UnknownHost": _(
        "“{place}” is niet te vinden: er is hier geen netwerk, of het adres klopt niet. "
        "Er is niets overgedragen; kijk de verbinding en het adres na, of neem een stick."
    ),
    "NoAnswer": _(
        "“{place}” antwoordt niet, of niet meer. Er is niets half overgedragen; "
        "probeer het later opnieuw, of neem een stick."
    ),
    "AccessRefused": _(
        "“{place}” aanvaardt deze naam of dit wachtwoord niet. Er is niets overgedragen; "
        "kijk ze na bij de plaats."
    ),
    "NotTrusted": _(
        "Het certificaat van “{place}” klopt niet. Er is niets verstuurd, ook het wachtwoord niet; "
        "vraag raad aan IT."
    ),
    "NoSuchFolder": _(
        "De map van “{place}” is er niet. Er is niets overgedragen; kijk de map na, of laat ze maken."
    ),
    "ReadOnlyPlace": _(
        "Op “{place}” mag je niet schrijven. Er is niets veranderd; vraag daar rechten, "
        "of kies een andere plaats."
    ),
    "PlaceFull": _(
        "Op “{place}” is geen plaats meer. De bundel staat er niet; maak daar plaats vrij, "
        "of kies een andere plaats."
    ),
    "StrangeAnswer": _(
        "Wat op het adres van “{place}” antwoordt, is niet wat we verwachten. Er is niets overgedragen; "
        "kijk het adres en de soort plaats na, of vraag raad aan IT."
    ),
    "StickAbsent": _("De stick van “{place}” zit er niet in. Er is niets overgedragen; steek hem erin."),
    "GoneFromPlace": _(
        "Dit bestand staat niet meer op “{place}”. Er is niets opgehaald; kijk opnieuw wat er klaarligt."
    ),
    "BackendMissing": _(
        "Dit programma kan hier niet naar “{place}”: er ontbreekt een onderdeel. Er is niets overgedragen; "
        "laat IT het programma opnieuw installeren, of neem een stick."
    ),
    "UnknownHostKey": _(
        "De sleutel van “{place}” is nog niet vergeleken. Er is niets verstuurd, ook het wachtwoord niet; "
        "controleer de plaats eerst."
    ),
    "HostKeyChanged": _(
        "“{place}” toont een andere sleutel dan vroeger. Er is niets verstuurd, ook het wachtwoord niet; "
        "vraag aan IT of de server vernieuwd is, en voeg de plaats dan opnieuw toe."
    ),
    "NameInUse": _(
        "Er staat al een bestand “{name}”: deze bundel is er waarschijnlijk al. Er is niets overschreven; "
        "kijk wat er klaarligt."
    ),
    "NotSealed": _(
        "Dit is geen verzegelde bundel en geen kaart. Er is niets neergelegd: "
        "op een plaats komt nooit iets leesbaars; kies het juiste bestand."
    ),
    "NotOurs": _(
        "Alleen eigen bundels die al bevestigd zijn, worden opgeruimd. Er is niets verwijderd; "
        "kijk de lijst opnieuw na."
    ),
    "ImpossibleFile": _(
        "Zo heet geen bundel of kaart. Er is niets overgedragen; "
        "kies een bestand dat op .lwb of .lwc eindigt."
    ),
    "UnknownPlace": _("Er is geen plaats die “{name}” heet. Er is niets veranderd; kies een andere."),
    "PlaceNameTaken": _(
        "Er is al een plaats die “{name}” heet. Er is niets veranderd; kies een andere naam."
    ),
    "BadAddress": _(
        "Dit adres past niet bij deze soort plaats. Er is niets bewaard; kijk het na, "
        "en zet naam en wachtwoord niet in het adres maar ernaast."
    ),
    "PlainAddress": _(
        "Dit adres begint met http: onderweg kan iedereen het wachtwoord lezen. Er is niets bewaard; "
        "neem https, of zeg uitdrukkelijk dat het mag."
    ),
}
