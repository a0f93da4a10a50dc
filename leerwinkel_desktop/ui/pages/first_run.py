"""The page for a computer without a vault: make one, and hand over the recovery sheet of an office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit, QScrollArea, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import paper, problems
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.passphrase import NewPassphrase, captioned
from leerwinkel_desktop.ui.widgets.plain import XL, XS, L, M, S, button, column, row, words

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.vaults import NewVault
    from leerwinkel_desktop.store.devices import Role

WIDTH = 560
Cost = tuple[int, int, int]


class FirstRunPage(QWidget):
    """Asks who this computer is and for a passphrase; `made` gives the workspace when all is done."""

    made = Signal(object)

    def __init__(self, folder: Path, jobs: Jobs, files: paper.Paper, cost: Cost | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self._folder, self._jobs, self._cost, self._paper = folder, jobs, cost, files
        self._new: NewVault | None = None
        self.banner = Banner()
        self.role = Segments([("office", _("Kantoor")), ("laptop", _("Laptop"))], _("Wat is deze computer?"))
        self.role.set_code("office")
        self.role.changed.connect(self._on_role)
        self._role_hint = words("", tone="muted")
        self.user, self.name = QLineEdit(), QLineEdit()
        self.user.setAccessibleName(_("Jouw voornaam"))
        self.name.setAccessibleName(_("Computernaam"))
        self.passphrase = NewPassphrase()
        self._busy = words("", tone="muted")
        self.make = button(_("Kluis maken"), self.make_vault, look="primary")
        self.setFocusProxy(self.role)
        self.passphrase.changed.connect(self._judge)
        self.passphrase.entered.connect(self.make_vault)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self.setLayout(column(row(self.banner, margins=M), self._scroll, space=0))
        self._show(self._form())
        self._on_role()
        self._judge()

    def _form(self) -> QFrame:
        card = _card()
        card.setLayout(
            column(
                words(_("Welkom bij Leerwinkel"), step="title"),
                words(
                    _("We maken eerst een kluis. Alles wat je typt, staat versleuteld op deze computer."),
                    tone="muted",
                ),
                column(captioned(_("Wat is deze computer?"), self.role), self._role_hint, space=XS),
                row(
                    captioned(_("Jouw voornaam"), self.user),
                    captioned(_("Computernaam"), self.name),
                    space=M,
                ),
                self.passphrase,
                row(self._busy, None, self.make),
                space=M,
                margins=XL,
            )
        )
        return card

    def _on_role(self) -> None:
        office = self.role.code() == "office"
        self._role_hint.setText(
            _("Hier komt alles samen: laptops geven hun dossiers af.")
            if office
            else _("Hiermee ga je op pad. Daarna meld je ze aan bij het kantoor.")
        )
        self.name.setPlaceholderText(_("Kantoor") if office else _("Laptop 1"))

    def _judge(self) -> None:
        self.make.setEnabled(self.passphrase.value is not None)

    def make_vault(self) -> None:
        """Make the vault with what was typed."""
        typed, folder, cost = self.passphrase.value, self._folder, self._cost
        if typed is None or not self.make.isEnabled():
            return
        office = self.role.code() == "office"
        name, user = self.name.text().strip() or None, self.user.text().strip() or _("Begeleider")

        def work(progress: Progress) -> NewVault:  # noqa: ARG001
            from leerwinkel_desktop.services import vaults  # not before a vault is made

            role: Role = "office" if office else "laptop"
            return vaults.create(folder, typed, role=role, name=name, user=user, cost=cost)

        self.make.setEnabled(False)
        self._busy.setText(_("De kluis wordt gemaakt …"))
        self._jobs.start(self, work, self._on_made, self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._busy.setText("")
        self._judge()
        problems.show(error, self.banner)

    def _on_made(self, new: NewVault) -> None:
        self._new = new
        self.passphrase.clear()
        if new.recovery_identity is None:
            self._finish()
        else:
            self.show_recovery(new.recovery_identity)

    def show_recovery(self, identity: str) -> None:
        """Show the key of an office, this one time."""
        self._show(self._recovery(identity))
        self.print_button.setFocus()

    def _show(self, card: QFrame) -> None:
        """Put a card in the middle; what does not fit on a small screen scrolls."""
        ground = QWidget()
        ground.setObjectName("column")
        ground.setLayout(column(None, row(None, card, None), None, margins=L))
        self._scroll.setWidget(ground)

    def _recovery(self, identity: str) -> QFrame:
        card = _card()
        secret = words("\u200b".join(identity[i : i + 8] for i in range(0, len(identity), 8)))
        secret.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        secret.setAccessibleName(_("Herstelsleutel"))
        self.print_button = button(
            _("Druk af"), lambda: self._paper.print_recovery(identity, self), glyph="print"
        )
        self.sealed = QCheckBox(_("Ik heb het blad in een omslag gedaan"))
        self.onward = button(_("Verder"), self._finish, look="primary")
        self.onward.setEnabled(False)
        self.sealed.toggled.connect(self.onward.setEnabled)
        card.setLayout(
            column(
                words(_("De herstelsleutel"), step="title"),
                words(
                    _(
                        "Is iedereen de wachtzin kwijt, dan opent alleen dit blad nog wat overgedragen werd. "
                        "Druk het nu af, doe het in een gesloten omslag en leg die achter slot. "
                        "Je ziet deze sleutel maar één keer."
                    )
                ),
                secret,
                row(
                    self.print_button,
                    None,
                    space=S,
                ),
                self.sealed,
                row(None, self.onward),
                space=M,
                margins=XL,
            )
        )
        return card

    def may_close(self) -> bool:
        """False, and a word why, while a key is in sight that nobody has put in an envelope yet."""
        unsealed = self._new is not None and not self.sealed.isChecked()
        if unsealed:
            self.banner.say(
                _("Doe eerst het blad in een omslag: deze sleutel komt nooit meer terug."), "attention"
            )
        return not unsealed

    def _finish(self) -> None:
        if self._new is not None:
            workspace, self._new = self._new.workspace, None
            self.made.emit(workspace)


def _card() -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    card.setFixedWidth(WIDTH)
    return card
