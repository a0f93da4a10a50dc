"""One sentence for each error a user can meet: what happened, what it means for the data, what to do.

Shared by window and command line. The table goes by the names of the error classes, so that telling an error
loads nothing; a test walks all classes and fails where one has no sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.i18n import _

DONE, MENDABLE, USAGE, ENVIRONMENT, BUG = 0, 1, 2, 3, 70
_STATUS: Final[dict[str, int]] = {
    "InputError": MENDABLE,
    "EnvironmentProblem": ENVIRONMENT,
    "SyncError": ENVIRONMENT,
}

_REASONS: Final[dict[str, str]] = {
    "kind": _("Dit is geen geldige waarde."),
    "characters": _("Er staan tekens in die niet bewaard kunnen worden."),
    "length": _("Dit is te lang. Maak het korter."),
    "range": _("Dit getal is te klein of te groot."),
    "date_range": _("Deze datum kan niet. Kies een dag tussen 1900 en 2199."),
    "code": _("Deze keuze staat niet in de lijst."),
    "required": _("Dit moet ingevuld zijn."),
}

_SENTENCES: Final[dict[str, str]] = {
    # What the user can mend
    "InvalidValue": _("{label}: {reason} Wat er stond, is gebleven."),
    "NothingToDecide": _(
        "Hier valt niets meer te beslissen: dat is intussen gebeurd. Er is niets veranderd; kijk opnieuw."
    ),
    "ChangedMeanwhile": _(
        "Er is intussen iets bijgekomen bij dit veld. Er is niets beslist; kijk opnieuw en kies dan."
    ),
    "UnknownDecision": _(
        "Beslissing {name} is er niet. Er is niets veranderd; kijk in de lijst van beslissingen."
    ),
    "NotUndoable": _(
        "Deze beslissing kan niet meer ongedaan gemaakt worden: dat is al gebeurd, of er is daarna "
        "iets ingevuld of verwijderd. Er is niets veranderd; vroegere waarden staan in de geschiedenis."
    ),
    "NotFound": _("{label} {name} is er niet. Er is niets veranderd; kijk het nummer na."),
    "RecordErased": _(
        "Dit dossier is op kantoor gewist. Wat je nu typte, is niet bewaard; sluit het dossier."
    ),
    "Cancelled": _("Gestopt. Er is niets veranderd."),
    "WeakPassphrase": _(
        "De wachtzin is te kort. Neem er een van minstens 14 tekens, liefst zes losse woorden."
    ),
    "GuessablePassphrase": _(
        "Deze wachtzin is te makkelijk te raden. Laat namen, jaartallen en rijtjes weg en maak hem langer, "
        "of neem zes losse woorden die het programma voorstelt."
    ),
    "NameTaken": _("Er is al een gebruiker die “{name}” heet. Er is niets veranderd; kies een andere naam."),
    "ImpossibleName": _("Een naam mag niet leeg zijn en telt hoogstens 100 tekens. Er is niets veranderd."),
    "LastAdministrator": _(
        "Er moet altijd minstens één beheerder zijn. Er is niets veranderd; maak eerst een ander beheerder."
    ),
    "NotYourself": _(
        "Je kunt jezelf niet verwijderen. Er is niets veranderd; vraag het een andere beheerder."
    ),
    "NotARequest": _(
        "Dit bestand is geen vraag om herstel. Er is niets geschreven; kies het juiste bestand."
    ),
    "NoRequest": _(
        "Deze kluis heeft geen herstel gevraagd. Er is niets veranderd; maak eerst een vraag aan het kantoor."
    ),
    "AnswerForAnother": _(
        "Dit antwoord hoort niet bij de laatste vraag van deze kluis. Er is niets veranderd; "
        "maak een nieuwe vraag en laat het kantoor opnieuw antwoorden."
    ),
    "RefusedLaptop": _(
        "Het kantoor geeft “{name}” geen toegang: deze laptop is onbekend, afgemeld of verloren gemeld. "
        "Er is niets geschreven; vraag raad aan de beheerder."
    ),
    "SheetOnLaptop": _(
        "De herstelsleutel typ je nooit op een laptop. Er is niets veranderd; "
        "maak hier een vraag en beantwoord ze op kantoor."
    ),
    "SheetMistyped": _("Dit is geen volledige herstelsleutel. Er is niets veranderd; kijk elk teken na."),
    "NotABackup": _("Dit bestand is geen reservekopie. Er is niets teruggezet; kies een ander bestand."),
    "DamagedBackup": _(
        "Deze reservekopie is beschadigd of niet volledig. Er is niets teruggezet; neem een andere."
    ),
    "NewerBackup": _(
        "Deze reservekopie komt van een nieuwer programma. Er is niets teruggezet; werk eerst bij."
    ),
    "BackupOfAnother": _(
        "Deze wachtzin hoort niet bij die reservekopie. Er is niets teruggezet; zet ze terug zonder wachtzin "
        "en herstel de toegang via het kantoor of met het herstelblad."
    ),
    "NotAllowed": _("Dit mag alleen {needed}. Er is niets veranderd; vraag het aan wie dat is."),
    "NotAnOffice": _("Dit kan alleen op kantoor. Er is niets veranderd."),
    "SamePerson": _("Deze twee dossiers zijn al van één persoon. Er is niets veranderd."),
    "NotMerged": _(
        "Dit dossier is niet samengevoegd met een ander. Er is niets veranderd; kijk het nummer na."
    ),
    "NotALaptop": _("Dit kan alleen op een laptop. Er is niets veranderd."),
    "NotEnrolled": _(
        "Deze laptop heeft geen kantoor. Je dossiers blijven hier staan; meld de laptop eerst aan op kantoor."
    ),
    "AlreadyEnrolled": _("Deze laptop hoort al bij een ander kantoor. Er is niets veranderd."),
    "CopiedVault": _(
        "Deze kluis staat op een andere computer dan vroeger. Er is niets veranderd; zeg eerst onder Beheer, "
        "bij Aanmelden, of ze verhuisd is (dan blijft alles zoals het is) of gekopieerd (dan meldt deze "
        "laptop zich opnieuw aan)."
    ),
    "StoppedLaptop": _(
        "Deze laptop is afgemeld of verloren gemeld. Er is niets veranderd; vernieuw hem eerst "
        "en laat hem dan opnieuw toe."
    ),
    "TooLongAway": _(
        "Deze laptop heeft de wissel van de kantoorsleutels te lang gemist. Er is niets geschreven; "
        "geef hem een nieuwe welkomkaart."
    ),
    "NothingToPrint": _("Er wacht geen wortelsleutel op papier: ze staat al op het herstelblad."),
    "NotHeld": _(
        "Deze wijziging is niet (meer) apart gehouden. Er is niets veranderd; kijk opnieuw in de lijst."
    ),
    "NotInQuarantine": _("Deze bundel staat niet in quarantaine. Er is niets veranderd; kijk de naam na."),
    "NoBlocksLeft": _("Alle nummerblokken zijn uitgedeeld. Meld eerst een oude laptop af."),
    "NothingToHandOver": _("Alles van deze laptop is al veilig op kantoor. Er is niets om over te dragen."),
    "NoAccess": _(
        "Dit is een afgeschermd blok: alleen wie op de toegangslijst staat, kan het openen. "
        "Er is niets veranderd; vraag het aan wie op de lijst staat."
    ),
    "LastAccess": _(
        "Dit is de laatste die het afgeschermde blok kan openen. De toegang is gebleven; "
        "geef ze eerst aan iemand anders."
    ),
    "NotAKey": _(
        "Hierin zit geen sleutel van het afgeschermde blok die bij ons past. Er is niets veranderd; "
        "kijk of het de juiste kaart of het juiste blad is."
    ),
    "UnsealedBlock": _(
        "Op de laptop staat een ouder programma, dat gegevens over detentie niet afschermt. Er is niets "
        "ingelezen; werk het programma op de laptop bij en schrijf daar een nieuwe bundel."
    ),
    "PassphraseNeeded": _(
        "In het gevangenisprofiel vragen we hier opnieuw je wachtzin. Er is niets gebeurd; "
        "typ ze en ga verder."
    ),
    "UnknownLaptop": _(
        "Het kantoor kent deze laptop niet. Er is niets geschreven; meld de laptop eerst aan."
    ),
    "ImpossiblePeriod": _("Deze periode kan niet: de einddatum ligt voor de begindatum. Pas de datums aan."),
    "NotADemoFolder": _(
        "In deze map staan andere dingen dan een vroegere demo. Er is niets aangeraakt; kies een lege map."
    ),
    "BetrayingWord": _(
        "Het woord “{word}” mag niet op dit blad ({field}). Er is niets afgedrukt; pas de tekst aan."
    ),
    # The workbook and reports
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
    # The vault
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
    "VaultBusy": _("Een ander programma gebruikt de kluis. Er is niets veranderd; sluit het andere venster."),
    "VaultUnreachable": _(
        "De map of het bestand is niet te lezen of te schrijven. Er is niets half bewaard; "
        "kijk of de stick er nog in zit en of je in deze map mag schrijven."
    ),
    "SlotTooExpensive": _(
        "De kluis vraagt meer rekenwerk dan dit programma ooit zou vragen. Er is niets geopend."
    ),
    "EngineTooOld": _("De database-motor is te oud ({found}). Er is niets geopend; werk het programma bij."),
    # Bundles and cards
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
    # Exchange places
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

_ROLES: Final[dict[str, str]] = {
    "COUNSELLOR": _("een begeleider"),
    "OFFICE": _("iemand van kantoor"),
    "ADMINISTRATOR": _("een beheerder"),
}
_Words = Callable[[Any], Mapping[str, object]]


def _field_label(name: str) -> str:
    return next((f.label for record in BY_KIND.values() for f in fields_of(record) if f.name == name), name)


def _place(name: str) -> str:
    """The labels of a field that is named by kind and name, such as `advice_step.where`."""
    kind, _dot, field = name.partition(".")
    record = BY_KIND.get(kind)
    labels = {f.name: f.label for f in fields_of(record)} if record else {}
    if record is None:
        return name
    return f"{record.label}, {labels[field]}" if field in labels else record.label


_WORDS: Final[dict[str, _Words]] = {
    "InvalidValue": lambda e: {"label": _field_label(e.field), "reason": _REASONS[e.reason]},
    "NotAllowed": lambda e: {"needed": _ROLES.get(e.needed, e.needed)},
    "BetrayingWord": lambda e: {"field": _place(e.field)},
    "RowsDoNotFit": lambda e: {"count": len(e.problems)},
    "DiskFull": lambda e: {"megabytes": -(-int(e.needed) // 1_000_000)},
    "UnknownReport": lambda e: {"known": ", ".join(e.known)},
    "NotFound": lambda e: {"label": BY_KIND[e.kind].label if e.kind in BY_KIND else e.kind},
}


def _named(error: BaseException, table: Mapping[str, Any]) -> Any:
    return next((table[c.__name__] for c in type(error).__mro__ if c.__name__ in table), None)


def sentence(error: BaseException) -> str | None:
    """The Dutch sentence for an error, or None for a bug (which has no sentence but a report)."""
    told = getattr(error, "sentence", None)
    if isinstance(told, str):
        return told
    template = _named(error, _SENTENCES)
    if template is None:
        return None
    words: _Words | None = _named(error, _WORDS)
    return str(template).format_map({**vars(error), **(words(error) if words else {})})


def exit_status(error: BaseException) -> int:
    """The exit status of CLI.md: 1 the user can mend it, 3 the environment, 70 a bug."""
    return int(_named(error, _STATUS) or BUG)


def reason_text(reason: str) -> str:
    """What is wrong with a value, for beside its field."""
    return _REASONS[reason]
