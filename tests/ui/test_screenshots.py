"""The pictures of the handbook come from the program: every page is there, drawn, and of the asked size."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from leerwinkel_desktop.ui import screenshots

PAGES = (
    *("vandaag", "vandaag-leeg", "agenda-week", "agenda-dag", "momenten", "momenten-leeg"),
    *("aanbod", "aanbod-leeg", "aanbod-opleiding", "aanbod-naast-elkaar", "aanbod-wijzigen"),
    *("realiteit-week", "realiteit-drempels", "realiteit-wie-wat"),
    *("slot", "slot-fout", "eerste-keer", "eerste-keer-woorden", "eerste-keer-eigen-zin"),
    *(
        "eerste-keer-laptop",
        "herstelblad",
        "herstelblad-fout",
        "dossiers",
        "dossiers-leeg",
        "dossiers-kantoor",
    ),
    *("overdracht-laptop", "overdracht-kantoor", "overdracht-niet-aangemeld", "cijfers", "beheer"),
    *("klantscherm-gegevens", "klantscherm-in-kaart", "klantscherm-perspectief", "klantscherm-realiteit"),
    *("klantscherm-advies", "klantscherm-gordijn"),
    *("overdracht-voorbeeld", "overdracht-ingelezen"),
    *("dossier-gegevens", "dossier-in-kaart", "dossier-perspectief", "dossier-realiteit", "dossier-advies"),
    *("dossier-opvolging", "dossier-gesprekken", "dossier-geschiedenis", "dossier-advies-binnen"),
    *("dossier-advies-klaar", "dossier-advies-twee-talen", "dossier-ongedaan"),
    *("dossier-rechten", "dossier-rechten-toestemming", "dossier-rechten-wissen", "dossier-rechten-kantoor"),
    *("beheer-wachtzin", "beheer-gebruikers", "beheer-gebruikers-nieuw", "beheer-laptops", "beheer-herstel"),
    *(
        "beheer-laptops-vergelijken",
        "beheer-reservekopie",
        "beheer-profiel",
        "beheer-programmas",
        "beheer-papieren",
    ),
    *("beheer-logboek", "beheer-nakijken", "beheer-aanmelden", "beheer-aanmelden-vergelijken"),
    *("herstel-vragen", "herstel-antwoord", "herstel-kopie", "herstel-blad", "herstel-laptop-helpen"),
    *("beslissen", "beslissen-combineren", "beslissen-volgende", "beslissen-dubbel", "beslissen-gedaan"),
    *(
        "dossier-te-beslissen",
        "dossier-lijkt-op",
        "slot-wachten",
        "dossier-detentie",
        "dossier-woord",
        "bewaartermijnen",
        "papieren",
        "papieren-laptop-kwijt",
    ),
)
DIALOGS = (
    "geschiedenis-van-een-veld",
    "aanbod-kiezen",
    "beheer-gebruikers-verwijderen",
    "langer-bewaren",
    "anoniem-maken",
    "dossier-wissen",
    *("plaats-toevoegen", "plaats-webdav", "plaats-sleutel", "geef-mee", "laat-gaan"),
    "fout-in-programma",
    "gesprek-afronden",
    *("afspraak-plannen", "klant-kiezen", "naar-andere-agenda"),
    *("papier-briefje", "papier-brief", "papier-warme-overdracht"),
    *("nog-af-te-drukken", "moment-nieuw", "zitdagen-plannen"),
    *("handboek", "handboek-gezocht"),
    *("snelle-infovraag", "snelle-infovraag-bewaard", "opdrachten", "opdrachten-gezocht", "sneltoetsen"),
)


@pytest.mark.parametrize(("name", "told"), [("light", "licht"), ("dark", "donker")])
def test_every_page_is_drawn(dressed, tmp_path, name, told):
    screenshots.take(tmp_path, names=(name,), sizes=((1366, 768),), percents=(100,))
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {f"{page}-{told}-1366x768-100.png" for page in (*PAGES, *DIALOGS)}
    for page in PAGES:
        image = QImage(str(tmp_path / f"{page}-{told}-1366x768-100.png"))
        assert (image.width(), image.height()) == (1366, 768)
        colours = {image.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
        assert len(colours) > 8, f"{page} is blank"
