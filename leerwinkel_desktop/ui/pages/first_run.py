"""The first time on a computer: who it is, a passphrase, and the sheet of an office, rehearsed at once.

SECURITY.md §2 "Keys" and "Passphrase".
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QLineEdit, QScrollArea, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import paper, problems
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.passphrase import ChoosePassphrase
from leerwinkel_desktop.ui.recovery_step import RecoveryStep
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.plain import XL, XS, L, M, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.vaults import NewVault
    from leerwinkel_desktop.store.devices import Role

WIDTH = 600
Cost = tuple[int, int, int]


class FirstRunPage(QWidget):
    """Three steps, one at a time; `made` gives the workspace when all is done."""

    made = Signal(object)
    help_asked = Signal()
    """Somebody comes with a backup, or answers a laptop with the sheet."""

    def __init__(self, folder: Path, jobs: Jobs, files: paper.Paper, cost: Cost | None = None) -> None:
        super().__init__()
        self.setObjectName("page")
        self._folder, self._jobs, self._cost, self._paper = folder, jobs, cost, files
        self._new: NewVault | None = None
        self._making = False
        self.rehearsal: RecoveryStep | None = None
        self.banner = Banner()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a click beside the card keeps the cursor
        self.setLayout(column(row(self.banner, margins=M), self._scroll, space=0))
        self._make_parts()
        self.show_who()

    def _make_parts(self) -> None:
        self.role = Segments([("office", _("Kantoor")), ("laptop", _("Laptop"))], _("Wat is deze computer?"))
        self.role.set_code("office")
        self._role_hint = words("", tone="muted")
        self.user, self.name, self.house = QLineEdit(), QLineEdit(), QLineEdit()
        self.user.setAccessibleName(_("Jouw voornaam"))
        self.name.setAccessibleName(_("Computernaam"))
        self.house.setAccessibleName(_("Naam van de organisatie"))
        self.house.setPlaceholderText("Leerwinkel Mechelen")
        self.further = button(_("Verder"), self.show_passphrase, look="primary")
        self.help = button(_("Ik heb een reservekopie of herstelblad"), self.help_asked.emit, look="quiet")
        self.passphrase = ChoosePassphrase(lambda: (self.user.text(), self.name.text(), self.house.text()))
        self._busy = words("", tone="muted")
        self.back = button(_("Terug"), self.show_who)
        self.make = button(_("Kluis maken"), self.make_vault, look="primary")
        self.onward = button(_("Naar mijn dossiers"), self._finish, look="primary")
        self.role.changed.connect(self._on_role)
        self.passphrase.changed.connect(self._judge)
        self.passphrase.entered.connect(self.make_vault)
        for line in (self.user, self.name, self.house):
            line.returnPressed.connect(self.show_passphrase)
        self._house_part = _boxed(captioned(_("Naam van de organisatie"), self.house))
        self._who = self._card(_("Stap 1: deze computer"), self._who_parts())
        self._phrase = self._card(_("Stap 2: jouw wachtzin"), self._phrase_parts())
        self._on_role()
        self._judge()

    def _who_parts(self) -> list[QWidget]:
        return [
            words(_("We maken eerst een kluis. Alles wat je typt, staat versleuteld op deze computer.")),
            _boxed(column(captioned(_("Wat is deze computer?"), self.role), self._role_hint, space=XS)),
            _boxed(
                row(
                    captioned(_("Jouw voornaam"), self.user), captioned(_("Computernaam"), self.name), space=M
                )
            ),
            self._house_part,
            _boxed(row(self.help, None, self.further)),
        ]

    def _phrase_parts(self) -> list[QWidget]:
        told = _(
            "Met deze zin open je elke dag de kluis. Niemand anders kent hem, ook het programma niet. "
            "Bewaar hem niet bij de computer."
        )
        return [words(told), self.passphrase, _boxed(row(self.back, self._busy, None, self.make))]

    def _card(self, heading: str, parts: list[QWidget]) -> QWidget:
        """A card in the middle; what does not fit on a small screen scrolls."""
        card = QFrame()
        card.setObjectName("card")
        grow(card, least=WIDTH, most=WIDTH)
        first = [words(_("Welkom bij Leerwinkel"), tone="muted"), words(heading, step="title")]
        card.setLayout(column(*first, *parts, space=M, margins=XL))
        ground = QWidget()
        ground.setObjectName("column")
        ground.setLayout(column(None, row(None, card, None), None, margins=L))
        return ground

    def _show(self, ground: QWidget) -> None:
        before = self._scroll.takeWidget()
        if before is not None:
            before.setParent(self)
            before.hide()
        self._scroll.setWidget(ground)
        ground.show()
        self.banner.hide()

    def show_who(self) -> None:
        """Step 1: what this computer is, and for whom."""
        self._show(self._who)
        self.setFocusProxy(self.role)
        self.role.setFocus()

    def names(self) -> dict[str, str]:
        """What was chosen and typed in step 1; never a passphrase."""
        lines = {"user": self.user, "name": self.name, "house": self.house}
        return {"role": self.role.code() or "", **{key: line.text() for key, line in lines.items()}}

    def recall(self, names: Mapping[str, str]) -> None:
        """Put back what `names` gave."""
        self.role.set_code(names["role"])
        self._on_role()
        for key, line in (("user", self.user), ("name", self.name), ("house", self.house)):
            line.setText(names[key])

    def show_passphrase(self) -> None:
        """Step 2: six words, or one's own."""
        self._show(self._phrase)
        self.passphrase.words.typed.setFocus()

    def _on_role(self) -> None:
        office = self.role.code() == "office"
        self._role_hint.setText(
            _("Hier komt alles samen: laptops geven hun dossiers af.")
            if office
            else _("Hiermee ga je op pad. Daarna meld je ze aan bij het kantoor.")
        )
        self.name.setPlaceholderText(_("Kantoor") if office else _("Laptop 1"))
        self._house_part.setVisible(office)

    def _judge(self) -> None:
        self.make.setEnabled(self.passphrase.value is not None)

    def make_vault(self) -> None:
        """Make the vault with what was typed."""
        typed, folder, cost = self.passphrase.value, self._folder, self._cost
        if typed is None or not self.make.isEnabled():
            return
        office = self.role.code() == "office"
        name, user = self.name.text().strip() or None, self.user.text().strip() or _("Begeleider")
        house = self.house.text().strip() or self.house.placeholderText()

        def work(progress: Progress) -> NewVault:  # noqa: ARG001
            from leerwinkel_desktop.services import vaults  # not before a vault is made

            role: Role = "office" if office else "laptop"
            return vaults.create(
                folder, typed, role=role, name=name, user=user, organisation=house, cost=cost
            )

        self._rest(True)
        self._jobs.start(self, work, self._on_made, self._on_failed)

    def _rest(self, resting: bool) -> None:
        self._making = resting
        self._busy.setText(_("De kluis wordt gemaakt …") if resting else "")
        self.back.setDisabled(resting)
        self.passphrase.setDisabled(resting)
        self.make.setEnabled(not resting and self.passphrase.value is not None)

    def _on_failed(self, error: BaseException) -> None:
        self._rest(False)
        problems.show(error, self.banner)

    def _on_made(self, new: NewVault) -> None:
        self._new, self._making = new, False
        self.passphrase.clear()
        if new.recovery_identity is None:
            self.show_what_next()
        else:
            self.show_recovery(new)

    def show_recovery(self, new: NewVault) -> None:
        """Step 3 of an office: its sheet, this one time, and the last group typed from paper."""
        self.rehearsal = RecoveryStep(
            new.workspace, new.recovery_identity or "", new.root_key, self._paper, self._jobs, self.banner
        )
        self.rehearsal.rehearsed.connect(self._finish)
        self._show(self._card(_("Stap 3: het herstelblad"), [self.rehearsal]))
        self.rehearsal.print_button.setFocus()

    def show_what_next(self) -> None:
        """Step 3 of a laptop: what comes next."""
        steps = (
            _("1. Ga met deze laptop naar het kantoor. Werken kan ook al; overdragen nog niet."),
            _("2. Kies hier Beheer, Aanmelden, en schrijf de aanmeldkaart op een stick."),
            _("3. Op kantoor vergelijken jullie de tekens op beide schermen."),
            _("4. Lees hier de welkomkaart in en vergelijk met de affiche in het kantoor."),
            _("Pas daarna kan het kantoor je helpen als je de wachtzin vergeet."),
        )
        self._show(
            self._card(
                _("Stap 3: aanmelden op kantoor"),
                [*(words(step) for step in steps), _boxed(row(None, self.onward))],
            )
        )
        self.onward.setFocus()

    def say_anew(self) -> None:
        """After a lock in the middle of it."""
        self.banner.say(
            _("Leerwinkel is vergrendeld voor alles klaar was. Begin opnieuw; er stond nog geen dossier in."),
            "attention",
        )

    def may_close(self) -> bool:
        """False, and a word why, while a key is in sight that nobody has typed from paper yet."""
        unsealed = self._new is not None and self._new.recovery_identity is not None
        if unsealed:
            self.banner.say(
                _("Druk eerst het blad af en typ de laatste groep: deze sleutels komen nooit meer terug."),
                "attention",
            )
        return not unsealed

    @property
    def guarded(self) -> bool:
        """Whether there is something for nobody else to see: words for a passphrase, or an open vault."""
        return self._new is not None or self._scroll.widget() is self._phrase or self.passphrase.typed

    def give_up(self) -> bool:
        """Close the vault that was made, when the window locks; it may be opened later.

        Unless nobody has the sheet of an office: without it that vault could never be saved, so it is put
        aside, empty as it is, and all begins anew. False when that is so, or when it could not be done.
        """
        from leerwinkel_desktop.services import backups, recovery, vaults  # only when it locks here
        from leerwinkel_desktop.services.workspace import now_ms

        new, self._new = self._new, None
        try:
            if new is not None:
                sealed = bool(new.recovery_identity) and not recovery.sheet_state(new.workspace).printed_ms
                new.workspace.close()
            else:  # what was being made at that very moment
                sealed = self._making and self.role.code() == "office"
            if sealed and vaults.exists(self._folder):
                backups.put_aside(self._folder, now_ms())
                return False
            return vaults.exists(self._folder)
        except Exception:  # noqa: BLE001 - nothing may hold up a lock; the page that follows tells
            return False

    def _finish(self) -> None:
        if self._new is not None:
            workspace, self._new = self._new.workspace, None
            self.made.emit(workspace)


def _boxed(layout: QLayout) -> QWidget:
    box = QWidget()
    box.setLayout(layout)
    layout.setContentsMargins(0, 0, 0, 0)
    return box
