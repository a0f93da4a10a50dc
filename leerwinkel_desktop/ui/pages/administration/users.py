"""The users of this vault: who is there, who comes, who goes; for administrators."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access, detention, users
from leerwinkel_desktop.services.users import Role, User
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.administration.guarded import GuardedWork
from leerwinkel_desktop.ui.pages.administration.tables import fit
from leerwinkel_desktop.ui.passphrase import ChoosePassphrase
from leerwinkel_desktop.ui.table import Column as TableColumn
from leerwinkel_desktop.ui.table import RowTable
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog
from leerwinkel_desktop.ui.widgets.plain import Card, Column, M, button, row, words

ROLES: dict[Role, str] = {
    "COUNSELLOR": _("Begeleider"),
    "OFFICE": _("Kantoor"),
    "ADMINISTRATOR": _("Beheerder"),
}
MAY: dict[Role, str] = {
    "COUNSELLOR": _("Een begeleider werkt aan dossiers en draagt over."),
    "OFFICE": _("Kantoor doet dat ook, leest bundels in, en laat laptops toe."),
    "ADMINISTRATOR": _("Een beheerder doet alles, ook gebruikers, afmelden, wissen en het logboek."),
}


class UsersSection(Column):
    """A list with what can be done for the chosen one, and a card that opens for somebody new."""

    def __init__(self, desk: Desk, work: GuardedWork) -> None:
        super().__init__()
        self._desk, self._work = desk, work
        self.dialog: ConfirmDialog | None = None
        self.told = words("")
        self.listed: RowTable[User] = RowTable(
            (
                TableColumn(_("Naam"), self._name, stretch=True),
                TableColumn(_("Rol"), lambda user: ROLES[user.role]),
            ),
            _("Gebruikers"),
        )
        self.listed.chosen.connect(self._on_chosen)
        self.new = button(_("Gebruiker toevoegen …"), self.open_new, look="primary", glyph="add")
        self.forgot = button(_("Nieuwe wachtzin …"), self.open_forgotten)
        self.remove = button(_("Verwijder …"), self.ask_remove)
        self.role = _role_box(_("Rol van de gekozen gebruiker"))
        self.role.activated.connect(lambda _index: self.change_role())
        self._list = Card(_("Wie deze kluis kan openen"))
        self._acts = Card(name="row")
        self._acts_heading = words("", step="lead")
        self._acts.add(self._acts_heading)
        acts = row(captioned(_("Rol"), self.role), None, self.forgot, self.remove, space=M)
        for made in (self.forgot, self.remove):  # on the line of the choice, not of its caption
            acts.setAlignment(made, Qt.AlignmentFlag.AlignBottom)
        self._acts.add(acts)
        self._block = words("", tone="muted")
        self.shield = button("", self.change_access)
        block = row(self._block, self.shield, space=M)
        block.setStretch(0, 1)
        self._acts.add(block)
        for part in (self.told, self.listed, self._acts, row(self.new, None)):
            self._list.add(part)
        self.form = NewUser(work)
        self.form.done.clicked.connect(self.add_user)
        self.form.stop.clicked.connect(self.close_form)
        self.form.hide()
        for card in (self._list, self.form):
            self.add(card)
        for sentence in MAY.values():
            self._list.add(words(sentence, tone="muted"))

    def _name(self, user: User) -> str:
        own = user.id == self._desk.workspace.opened.user_id
        return _("{name} (jij)").format(name=user.name) if own else user.name

    def refresh(self) -> None:
        """Read the users again."""
        chosen, found = self.listed.current(), users.users(self._desk.workspace)
        self.listed.set_rows(found)
        self.listed.select_first()
        for place, user in enumerate(found):
            if chosen is not None and user.id == chosen.id:
                self.listed.setCurrentIndex(self.listed.model().index(place, 0))
        fit(self.listed)
        may = access.allowed(self._desk.workspace, "ADMINISTRATOR")
        admins = ", ".join(user.name for user in found if user.role == "ADMINISTRATOR")
        self.told.setText(
            _("Ieder heeft een eigen wachtzin. Wie vertrekt, verwijder je.")
            if may
            else _("Alleen een beheerder wijzigt gebruikers. Vraag het aan {names}.").format(names=admins)
        )
        self._acts.setVisible(may)
        self.new.setVisible(may)
        self._on_chosen()

    def _on_chosen(self) -> None:
        user = self.listed.current()
        if user is not None:
            own = user.id == self._desk.workspace.opened.user_id
            self._acts_heading.setText(self._name(user))
            self.role.setCurrentIndex(self.role.findData(user.role))
            self.forgot.setDisabled(own)
            self.remove.setDisabled(own)
            has = detention.has_access(self._desk.workspace, user.id)
            self._block.setText(
                _("Kan het afgeschermde blok (detentie) openen.")
                if has
                else _("Kan het afgeschermde blok (detentie) niet openen.")
            )
            self.shield.setText(_("Neem toegang terug") if has else _("Geef toegang"))

    def open_new(self) -> None:
        """Open the card for somebody new, in the place of the list."""
        self._list.hide()
        self.form.open_for(None)

    def open_forgotten(self) -> None:
        """Open the card for a new passphrase of the chosen user."""
        user = self.listed.current()
        if user is not None:
            self._list.hide()
            self.form.open_for(user)

    def close_form(self) -> None:
        """Go back to the list, and forget what was typed."""
        self.form.close_form()
        self._list.show()
        self.listed.setFocus()

    def add_user(self) -> None:
        """Add the one who was typed, or give the chosen one the new passphrase."""
        form, workspace = self.form, self._desk.workspace
        secret, user = form.passphrase.value, form.user
        if secret is None:
            return
        name, role = form.name.text(), _role_of(form.role)
        self._work.guarded(
            _("Even geduld, de wachtzin wordt bewaard …"),
            lambda _again: (
                users.add(workspace, name, role, secret)
                if user is None
                else users.give_passphrase(workspace, user.id, secret)
            ),
            lambda made: self._on_added(made, user is None),
        )

    def _on_added(self, user: User, new: bool) -> None:
        self.close_form()
        self.refresh()
        self._desk.say(
            _("{name} kan de kluis nu openen met de eigen wachtzin.").format(name=user.name)
            if new
            else _("{name} opent de kluis vanaf nu met de nieuwe wachtzin.").format(name=user.name)
        )

    def change_role(self) -> None:
        """Give the chosen user the chosen role."""
        user, role, workspace = self.listed.current(), _role_of(self.role), self._desk.workspace
        if user is None or user.role == role:
            return
        self._on_chosen()
        self._work.guarded(
            _("De rol wijzigen …"),
            lambda _again: users.set_role(workspace, user.id, role),
            lambda changed: self._on_role(changed),
        )

    def _on_role(self, user: User) -> None:
        self.refresh()
        self._desk.say(
            _("{name} is nu {role}, vanaf de volgende keer openen.").format(
                name=user.name, role=ROLES[user.role].lower()
            )
        )

    def change_access(self) -> None:
        """Give the chosen user access to the detention block, or take it back."""
        user, workspace = self.listed.current(), self._desk.workspace
        if user is None:
            return
        has = detention.has_access(workspace, user.id)
        change = detention.withdraw if has else detention.grant
        told = (
            _("{name} kan het afgeschermde blok niet meer openen.")
            if has
            else _("{name} kan het afgeschermde blok openen. Dat staat nu op de toegangslijst.")
        )
        self._work.guarded(
            _("De toegang wijzigen …"),
            lambda _again: change(workspace, user.id),
            lambda _nothing: self._on_access(told.format(name=user.name)),
        )

    def _on_access(self, told: str) -> None:
        self.refresh()
        self._desk.say(told)

    def ask_remove(self) -> None:
        """Say what removing means, and ask once more."""
        user = self.listed.current()
        if user is None:
            return
        self.dialog = ConfirmDialog(
            self,
            _("{name} verwijderen?").format(name=user.name),
            (
                _("De wachtzin van {name} opent de kluis niet meer.").format(name=user.name),
                _("De kluis krijgt een nieuwe sleutel: ook een oude kopie van de sleutel helpt niet meer."),
                _("Dossiers, gesprekken en het logboek blijven zoals ze zijn."),
                _("Oude reservekopieën gaan nog open met de oude sleutel. Maak daarna een nieuwe."),
            ),
            _("Verwijder"),
        )
        self.dialog.confirmed.connect(lambda _secret: self._remove(user))
        self.dialog.open()

    def _remove(self, user: User) -> None:
        workspace = self._desk.workspace
        if self.dialog is not None:
            self.dialog.accept()
        self._work.guarded(
            _("De kluis krijgt een nieuwe sleutel …"),
            lambda _again: users.remove(workspace, user.id),
            lambda _nothing: self._on_removed(user.name),
        )

    def _on_removed(self, name: str) -> None:
        self.refresh()
        self._desk.say(
            _("{name} kan de kluis niet meer openen. Maak nu een nieuwe reservekopie.").format(name=name)
        )


class NewUser(Card):
    """Name, role and passphrase of somebody new; or only a passphrase for somebody who forgot it."""

    def __init__(self, work: GuardedWork) -> None:
        super().__init__()
        self.user: User | None = None
        self.heading = words("", step="lead")
        self.name = QLineEdit()
        self.name.setAccessibleName(_("Naam van de gebruiker"))
        self.role = _role_box(_("Rol van de nieuwe gebruiker"))
        self.passphrase = ChoosePassphrase(lambda: (self.name.text(),))
        self.stop = button(_("Toch niet"), lambda: None)
        self.done = button(_("Bewaar"), lambda: None, look="primary")
        self._told = words(
            _("Laat de gebruiker zelf kiezen en typen. Niemand anders hoeft de wachtzin te kennen."),
            tone="muted",
        )
        self._who = Card(name="plain")
        self._who.body.setContentsMargins(0, 0, 0, 0)
        self._who.add(row(captioned(_("Naam"), self.name), captioned(_("Rol"), self.role), space=M))
        for part in (self.heading, self._told, self._who, self.passphrase, row(self.stop, None, self.done)):
            self.add(part)
        self.passphrase.changed.connect(self._judge)
        self.passphrase.entered.connect(self.done.click)
        self.name.returnPressed.connect(self.done.click)
        self.name.textChanged.connect(lambda _text: self._judge())
        work.busy.connect(self.setDisabled)

    def open_for(self, user: User | None) -> None:
        """Show the card for somebody new, or for a user who forgot the passphrase."""
        self.user = user
        self.heading.setText(
            _("Nieuwe gebruiker") if user is None else _("Nieuwe wachtzin voor {name}").format(name=user.name)
        )
        self._who.setVisible(user is None)
        self.name.clear()
        self.role.setCurrentIndex(0)
        self.passphrase.clear()
        self.show()
        self._judge()
        (self.name if user is None else self.passphrase.words.typed).setFocus()

    def close_form(self) -> None:
        """Put the card away and forget what was typed."""
        self.passphrase.clear()
        self.name.clear()
        self.hide()

    def _judge(self) -> None:
        named = self.user is not None or bool(self.name.text().strip())
        self.done.setEnabled(named and self.passphrase.value is not None)


def _role_box(name: str) -> QComboBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    for role, label in ROLES.items():
        box.addItem(label, role)
    return box


def _role_of(box: QComboBox) -> Role:
    chosen = box.currentData()
    return next(role for role in ROLES if role == chosen)
