"""What the actions of the audit trail are called."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.i18n import _

ACTIONS: Final[dict[str, str]] = {
    "audit.acknowledged": _("fout in logboek van een laptop gezien"),
    "audit.broken": _("logboek bleek gewijzigd"),
    "audit.exported": _("logboek bewaard als bestand"),
    "audit.laptop_broken": _("logboek van een laptop klopte niet"),
    "breach.sheet": _("blad over een verloren laptop"),
    "bundle.discarded": _("bundel weggegooid"),
    "bundle.quarantined": _("bundel apart gezet"),
    "bundle.read": _("bundel ingelezen"),
    "bundle.released": _("bundel toch ingelezen"),
    "bundle.written": _("bundel geschreven"),
    "conflict.decided": _("beslist tussen twee versies"),
    "conflict.reopened": _("beslissing ongedaan gemaakt"),
    "consent.given": _("toestemming gegeven"),
    "consent.refused": _("toestemming geweigerd"),
    "consent.withdrawn": _("toestemming ingetrokken"),
    "detention.erased": _("afgeschermd blok gewist"),
    "detention.granted": _("toegang tot afgeschermd blok gegeven"),
    "detention.key": _("sleutel van het afgeschermde blok gekregen"),
    "detention.opened": _("afgeschermd blok geopend"),
    "detention.regained": _("toegang tot afgeschermd blok hersteld"),
    "detention.withdrawn": _("toegang tot afgeschermd blok teruggenomen"),
    "device.accepted": _("welkomkaart aanvaard"),
    "device.lost": _("laptop verloren gemeld"),
    "device.renewed": _("toestel begon opnieuw"),
    "device.revoked": _("laptop afgemeld"),
    "device.welcomed": _("laptop toegelaten"),
    "dossier.created": _("dossier gemaakt"),
    "dossier.erased": _("dossier gewist"),
    "dossier.exported": _("gegevens meegegeven"),
    "dossier.opened": _("dossier geopend"),
    "doubles.compared": _("toch misschien dezelfde persoon"),
    "doubles.different": _("twee verschillende personen"),
    "doubles.merged": _("dubbel dossier samengevoegd"),
    "doubles.unmerged": _("samenvoegen ongedaan gemaakt"),
    "field.restored": _("veld teruggezet"),
    "house.facts": _("gegevens van de organisatie gewijzigd"),
    "informing.handed_over": _("informatieblad gegeven"),
    "office.root_printed": _("wortelsleutel op papier"),
    "office.rotated": _("sleutels van het kantoor vernieuwd"),
    "profile.office": _("profiel kantoor gekozen"),
    "profile.prison": _("profiel gevangenis gekozen"),
    "recovery.answered": _("laptop geholpen met wachtzin"),
    "recovery.printed": _("herstelblad afgedrukt"),
    "recovery.rehearsed": _("herstelblad geoefend"),
    "report.published": _("rapport gepubliceerd"),
    "retention.kept": _("langer bewaard"),
    "sheet.printed": _("adviesblad afgedrukt"),
    "user.added": _("gebruiker toegevoegd"),
    "user.passphrase": _("gebruiker kreeg nieuwe wachtzin"),
    "user.refused": _("wachtzin opnieuw gevraagd: verkeerd"),
    "user.removed": _("gebruiker verwijderd"),
    "user.renamed": _("gebruiker kreeg andere naam"),
    "user.role": _("rol gewijzigd"),
    "vault.backup": _("reservekopie gemaakt"),
    "vault.created": _("kluis gemaakt"),
    "vault.moved": _("kluis verhuisd"),
    "vault.passphrase": _("eigen wachtzin gewijzigd"),
    "vault.recovered": _("kluis geopend na herstel"),
    "vault.refused": _("verkeerde wachtzin"),
    "vault.rekeyed": _("kluis kreeg nieuwe sleutel"),
    "vault.restored": _("reservekopie teruggezet"),
    "vault.unlocked": _("kluis geopend"),
    "workbook.exported": _("werkmap bewaard"),
    "workbook.imported": _("werkmap ingelezen"),
}


def told(action: str) -> str:
    """The action in Dutch; one without words of its own is shown as it is."""
    return ACTIONS.get(action, action)
