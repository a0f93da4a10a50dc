"""A laptop whose passphrase was forgotten: a request to the office, and its answer."""

from __future__ import annotations

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import recovery
from leerwinkel_desktop.ui.pages.helping.bench import Bench, Person
from leerwinkel_desktop.ui.passphrase import ChoosePassphrase
from leerwinkel_desktop.ui.told import ANSWERS, REQUESTS
from leerwinkel_desktop.ui.widgets.captioned import captioned, secret_line
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, words
from leerwinkel_desktop.ui.widgets.signs import Signs

REQUEST = "vraag-om-herstel.lwr"


class ByOffice(Column):
    """Two cards: ask, and read the answer; the second is there once something was asked."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self.person = Person()
        self.passphrase = ChoosePassphrase()
        self.ask = button(_("Schrijf de vraag …"), self.write_request, look="primary", glyph="save")
        self.passphrase.changed.connect(self._judge)
        self.passphrase.entered.connect(self.ask.click)
        self._asking = Card(
            _("Stap 1: vraag het kantoor"),
            _(
                "Kies nu al je nieuwe wachtzin; je typt ze straks nog eens. "
                "De vraag neem je mee naar kantoor op een stick. Er staan geen dossiers in."
            ),
        )
        for part in (self.person, self.passphrase, row(None, self.ask)):
            self._asking.add(part)
        self.signs = Signs(_("Tekens van deze vraag"))
        self.typed = secret_line(_("Je nieuwe wachtzin"))
        self.typed.returnPressed.connect(self.read_answer)
        self.read = button(_("Lees het antwoord …"), self.read_answer, look="primary")
        self.anew = button(_("Maak een nieuwe vraag"), self._on_anew)
        self._answering = Card(
            _("Stap 2: lees het antwoord"),
            _(
                "Op kantoor kiest iemand Beheer, Herstel, en leest je vraag. "
                "Het kantoor typt deze tekens over van dit scherm:"
            ),
        )
        for piece in (
            self.signs,
            words(_("Kom je terug met het antwoord, typ dan de wachtzin die je bij de vraag koos.")),
            captioned(_("Je nieuwe wachtzin"), self.typed),
            row(self.anew, None, self.read),
        ):
            self._answering.add(piece)
        self.add(self._asking)
        self.add(self._answering)
        self._anew = False
        self._judge()

    def refresh(self) -> None:
        """Show the step that comes now."""
        ways = self._bench.ways
        if ways is not None:
            self.person.show_ways(ways)
            asked = ways.asked is not None and not self._anew
            self.signs.show_signs(ways.asked or "")
            self._asking.setVisible(not asked)
            self._answering.setVisible(asked)

    def _judge(self) -> None:
        self.ask.setEnabled(self.passphrase.value is not None)

    def _on_anew(self) -> None:
        self._anew = True
        self.refresh()

    def write_request(self) -> None:
        """Write the request to a place that the user chooses."""
        secret = self.passphrase.value
        path = self._bench.paper.save_file(self, _("Bewaar de vraag"), REQUEST, REQUESTS)
        if secret is None or path is None:
            return
        bench, user, name = self._bench, self.person.user_id, self.person.typed_name
        bench.run(
            self,
            _("De vraag wordt geschreven …"),
            lambda: recovery.request(bench.folder, user, secret, path, name=name, cost=bench.cost),
            lambda _signs: self._on_asked(path.name),
        )

    def _on_asked(self, name: str) -> None:
        self._anew = False
        self.passphrase.clear()
        self._bench.again.emit()
        self._bench.say(_("De vraag staat in {name}. Breng ze naar kantoor.").format(name=name), "calm")

    def read_answer(self) -> None:
        """Open the vault with the office's answer and the passphrase that was chosen."""
        typed = self.typed.text()
        if not typed:
            self._bench.say(_("Typ eerst de wachtzin die je bij de vraag koos."), "attention")
            self.typed.setFocus()
            return
        path = self._bench.paper.open_file(self, _("Kies het antwoord"), ANSWERS)
        if path is not None:
            bench = self._bench
            bench.run(
                self,
                _("De kluis gaat open …"),
                lambda: recovery.accept(bench.folder, path, typed, cost=bench.cost),
                bench.opened.emit,
                lambda _error: self.typed,
            )
