"""What is seldom done for one laptop: the index of names, everything anew, a workstation of the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import along
from leerwinkel_desktop.services.along import OnLaptop
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import button
from leerwinkel_desktop.ui.work import LongWork


class Seldom(QWidget):
    """`changed` says in one sentence what is different now; `anew_asked` when all is to be written again."""

    changed = Signal(str)
    anew_asked = Signal()

    def __init__(self, desk: Desk, work: LongWork, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._work = desk, work
        self._on: OnLaptop | None = None
        self.dialog: ConfirmDialog | None = None
        self.names = QCheckBox(_("Namenlijst mee, om dubbels te herkennen"))
        self.names.clicked.connect(self._on_names)
        self.anew = button(_("Alles opnieuw meegeven …"), self.ask_anew)
        self.everything = button(_("Maak er een werkplek van …"), self.ask_everything)
        buttons = FlowLayout(self)
        for made in (self.names, self.anew, self.everything):
            buttons.addWidget(made)
        work.busy.connect(self.setDisabled)

    def tell(self, on: OnLaptop | None) -> None:
        """This laptop is the chosen one; None for one that gets nothing."""
        self._on = on
        self.names.setChecked(on is not None and (on.people or on.everything))
        self.names.setEnabled(on is not None and not on.everything)
        self.anew.setEnabled(on is not None)
        self.everything.setEnabled(on is not None and not on.everything)

    def _on_names(self, yes: bool) -> None:
        on = self._on
        if on is None:
            return
        if not yes:
            self._keep_names(on, yes=False)
            return
        self.names.setChecked(False)  # until somebody said yes
        self._ask(
            _("De namenlijst meegeven op {name}?").format(name=on.name),
            (
                _("De laptop krijgt van iedereen naam, nummer, geboortedatum en plaats, en niets anders."),
                _("Zo ziet wie onderweg typt, dat iemand al een dossier heeft."),
                _("Gaat hij verloren, dan staan ook die namen erop, versleuteld."),
            ),
            _("Geef de namenlijst mee"),
            lambda: self._keep_names(on, yes=True),
        )

    def _keep_names(self, on: OnLaptop, *, yes: bool) -> None:
        told = _("{name} krijgt de namenlijst.") if yes else _("De namenlijst verdwijnt van {name}.")
        self._change(partial(along.keep_index, self._desk.workspace, on.actor, on=yes), told, on)

    def ask_anew(self) -> None:
        """Say what writing everything again means, and ask once more."""
        if self._on is not None:
            self._ask(
                _("Alles opnieuw meegeven aan {name}?").format(name=self._on.name),
                (
                    _("Doe dit als er op de laptop iets ontbreekt, of als een bundel verloren ging."),
                    _("Er gaat niets verloren: wat hij zelf nog moet overdragen, blijft staan."),
                ),
                _("Schrijf alles opnieuw"),
                self.anew_asked.emit,
            )

    def ask_everything(self) -> None:
        """Say what a workstation is, and ask once more."""
        on = self._on
        if on is not None:
            self._ask(
                _("Van {name} een werkplek van het kantoor maken?").format(name=on.name),
                (
                    _("Een werkplek krijgt altijd alle dossiers. Meegeven hoeft dan niet meer."),
                    _("Kies dit alleen voor een computer die op kantoor blijft staan."),
                    _("Terug kan alleen door hem op kantoor opnieuw aan te melden."),
                ),
                _("Maak er een werkplek van"),
                lambda: self._change(
                    partial(along.keep_everything, self._desk.workspace, on.actor),
                    _("{name} is nu een werkplek van het kantoor."),
                    on,
                ),
            )

    def _ask(self, heading: str, meaning: Sequence[str], action: str, act: Callable[[], None]) -> None:
        dialog = ConfirmDialog(self, heading, meaning, action)
        dialog.confirmed.connect(lambda _secret: dialog.accept())
        dialog.accepted.connect(act)
        self.dialog = dialog
        dialog.open()

    def _change(self, work: Callable[[], None], told: str, on: OnLaptop) -> None:
        self._work.run(
            _("Klaarleggen …"),
            lambda _progress: work(),
            lambda _done: self.changed.emit(told.format(name=on.name)),
        )
