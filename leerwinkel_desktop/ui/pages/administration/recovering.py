"""The office helps a laptop whose passphrase was forgotten, and keeps its own sheet fit for use."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import enrolment, recovery, recovery_paper
from leerwinkel_desktop.services.recovery import Asked
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.print_pdf import print_pdf
from leerwinkel_desktop.ui.told import ANSWER, ANSWERS, REQUESTS, moment
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row, set_tone, words
from leerwinkel_desktop.ui.widgets.signs import SignsLine


class RecoveringSection(Column):
    """Answer a request; look after the sheet."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self.answering = AnsweringCard(desk, work)
        self.sheet = SheetCard(desk, work)
        self.root = RootCard(desk, work)
        for card in (self.root, self.answering, self.sheet):
            self.add(card)

    def refresh(self) -> None:
        """Look again how it stands with the sheet."""
        self.sheet.refresh()
        self.root.refresh()


class AnsweringCard(Card):
    """The signs are always typed here: the answer opens a whole laptop."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(
            _("Een laptop is zijn wachtzin kwijt"),
            _(
                "Op de laptop: “Wachtzin vergeten?”, en breng de vraag op een stick. "
                "Kijk wie voor je staat voor je antwoordt."
            ),
        )
        self._desk, self._work = desk, work
        self._asked: Asked | None = None
        self.read = button(_("Lees de vraag van een laptop …"), self.read_request, look="primary")
        self.name = words("", step="large")
        self.signs = SignsLine(_("Tekens op het scherm van de laptop"))
        self.stop = button(_("Toch niet"), self._close)
        self.signs.returnPressed.connect(self.write_answer)
        self.answer = button(_("Schrijf het antwoord …"), self.write_answer)
        self._form = Card(name="row")
        for part in (
            self.name,
            captioned(_("Typ de tekens over van het scherm van de laptop"), self.signs),
            row(self.stop, None, self.answer),
        ):
            self._form.add(part)
        self.add(row(self.read, None))
        self.add(self._form)
        self._form.hide()

    def read_request(self) -> None:
        """Read a request that somebody brought."""
        path = self._desk.paper.open_file(self, _("Kies de vraag"), REQUESTS)
        if path is not None:
            self._work.run(
                _("De vraag lezen …"), lambda _progress: recovery.read_request(path), self._on_read
            )

    def _on_read(self, asked: Asked) -> None:
        self._asked = asked
        name = recovery.laptop_name(self._desk.workspace, asked)
        self.name.setText(
            _("De vraag komt van {name}.").format(name=name)
            if name
            else _("Dit kantoor kent de laptop van deze vraag niet.")
        )
        self.answer.setEnabled(name is not None)
        self.signs.clear()
        self._form.show()
        self.signs.setFocus()

    def _close(self) -> None:
        self._asked = None
        self._form.hide()

    def write_answer(self) -> None:
        """Answer, when the signs are those of the laptop's screen."""
        asked, typed, workspace = self._asked, self.signs.text(), self._desk.workspace
        if asked is None:
            return
        try:
            recovery.check_signs(asked, typed)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            self.signs.setFocus()
            return
        path = self._desk.paper.save_file(self, _("Bewaar het antwoord"), ANSWER, ANSWERS)
        if path is not None:
            self._work.guarded(
                _("Het antwoord schrijven …"),
                lambda _again: recovery.answer(workspace, asked, typed, path),
                lambda _nothing: self._on_answered(path),
            )

    def _on_answered(self, path: Path) -> None:
        self._close()
        self._desk.say(_("Het antwoord staat in {name}. Lees het in op de laptop.").format(name=path.name))


class SheetCard(Card):
    """When the sheet was printed and rehearsed; rehearse it whole, out of its envelope."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(
            _("Het herstelblad"), _("Oefen elk jaar: een blad dat niet leesbaar is, helpt niemand.")
        )
        self._desk, self._work = desk, work
        self.told = words("")
        self.typed = QPlainTextEdit()
        self.typed.setAccessibleName(_("Herstelsleutel van het blad"))
        self.typed.setTabChangesFocus(True)
        self.typed.setMaximumHeight(110)
        self.check = button(_("Kijk na"), self.rehearse)
        self.add(self.told)
        self.add(captioned(_("Typ de herstelsleutel over van het blad"), self.typed))
        self.add(row(None, self.check))

    def refresh(self) -> None:
        """Say when it was rehearsed last."""
        state = recovery.sheet_state(self._desk.workspace)
        self.told.setText(
            _("✓ Laatst geoefend op {when}.").format(when=moment(state.rehearsed_ms))
            if state.rehearsed_ms
            else _("⚠ Het blad van dit kantoor werd nog nooit geoefend.")
        )
        set_tone(self.told, "good" if state.rehearsed_ms else "attention")

    def rehearse(self) -> None:
        """Compare the whole key with that of this office."""
        typed, workspace = self.typed.toPlainText(), self._desk.workspace
        self._work.run(
            _("Het blad nakijken …"),
            lambda _progress: recovery.rehearse_whole(workspace, typed),
            self._on_rehearsed,
        )

    def _on_rehearsed(self, right: bool) -> None:
        self.typed.clear()
        self.refresh()
        if right:
            self._desk.say(_("✓ Dit is het blad van dit kantoor. Steek het in een nieuwe omslag."))
        else:
            self._desk.say(_("Dit is een ander herstelblad, niet dat van dit kantoor."), "danger")


class RootCard(Card):
    """A root key that was made later and still has to go on paper; hidden where there is none."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__(
            _("De wortelsleutel moet nog op papier"),
            _("Druk hem twee keer af, bij elk herstelblad één. Daarna staat hij nergens anders."),
        )
        self._desk, self._work = desk, work
        self.print = button(_("Druk de wortelsleutel af"), self.print_root, glyph="print")
        self.done = button(_("Hij zit in de omslagen"), self.forget)
        self.done.setEnabled(False)
        self.add(row(self.print, self.done, None))

    def refresh(self) -> None:
        """Show the card only where a root key waits."""
        self.setVisible(enrolment.root_waiting(self._desk.workspace))

    def print_root(self) -> None:
        """Print the waiting root key alone."""
        workspace = self._desk.workspace
        printer = self._desk.paper.printer(self, "Leerwinkel")
        if printer is None:
            return

        def work(_again: str | None) -> None:
            house = workspace.device().organisation_name or "Leerwinkel"
            root = enrolment.show_root(workspace)
            print_pdf(printer, recovery_paper.recovery_sheet(None, root, house, workspace.today()))

        self._work.guarded(_("Afdrukken …"), work, lambda _nothing: self.done.setEnabled(True))

    def forget(self) -> None:
        """It is on paper: keep it nowhere else."""
        workspace = self._desk.workspace
        self._work.guarded(
            _("Even geduld …"),
            lambda _again: enrolment.forget_root(workspace),
            lambda _nothing: self.refresh(),
        )
