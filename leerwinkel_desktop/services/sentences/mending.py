"""Dutch sentences for errors: what the user can mend (see services/problems.py)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

SENTENCES: Final[dict[str, str]] = {
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
    "NotUndone": _("Dit is niet ongedaan gemaakt. Alles blijft zoals het nu staat; werk gewoon verder."),
    "WrittenSince": _(
        "Dit is niet ongedaan gemaakt: op dezelfde plaats is daarna nog iets anders gekomen, bijvoorbeeld "
        "van een collega. Alles blijft zoals het nu staat; vroegere waarden staan in de geschiedenis."
    ),
    "WasUndecided": _(
        "Dit is niet ongedaan gemaakt: het veld wachtte toen op een beslissing tussen twee versies. "
        "Wat er staat, blijft; kies een vroegere waarde in de geschiedenis van het veld."
    ),
    "ValuesGone": _(
        "Dit kan niet meer ongedaan gemaakt worden: wat er vroeger stond, is gewist of is hier niet meer "
        "te lezen. Er is niets veranderd; werk gewoon verder."
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
    "UnsentWork": _(
        "Niet alles is al veilig op kantoor: {numbers}. Er is niets weggehaald; draag eerst over en lees de "
        "bevestiging in."
    ),
    "HasEverything": _(
        "Dit is een werkplek van het kantoor: die heeft altijd alle dossiers. Er is niets veranderd."
    ),
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
    "NotAgreed": _(
        "De klant zei hier niet ja op, of nam het ja terug. Er is niets gemaakt; vraag het opnieuw bij "
        "Rechten, of neem het formulier om te tekenen."
    ),
    "BetrayingWord": _(
        "Het woord “{word}” mag niet op dit blad ({field}). Er is niets afgedrukt; pas de tekst aan."
    ),
}
