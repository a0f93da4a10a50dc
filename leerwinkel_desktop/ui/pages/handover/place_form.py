"""Asks only what a kind of place needs; an SFTP server's key is compared before anything secret is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.services.places.errors import PlainAddress
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.places import Kind
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.widgets.captioned import secret_line
from leerwinkel_desktop.ui.widgets.messages import Busy
from leerwinkel_desktop.ui.widgets.plain import XS, L, M, button, column, row, words

LETTERS: Final = 84
"""So wide is the dialog, in letters: it grows with the size of the text."""
ROWS: Final = (("name",), ("address",), ("folder", "region"), ("user", "secret"))
"""What stands beside each other, so that the form fits a low screen with large letters."""
KINDS: Final[dict[Kind, str]] = {
    "FOLDER": _("Map"),
    "WEBDAV": _("WebDAV (Nextcloud)"),
    "SFTP": _("SFTP"),
    "S3": _("S3"),
    "STICK": _("Stick"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the form: its label for a kind, and an example."""

    label: str
    example: str = ""


FIELDS: Final[dict[Kind, dict[str, Asked]]] = {
    "FOLDER": {"address": Asked(_("Map"), _("ook een map van het netwerk"))},
    "WEBDAV": {
        "address": Asked(_("Adres"), "https://wolk.voorbeeld.be/remote.php/dav/files/overdracht"),
        "folder": Asked(_("Map daarbinnen"), "bundels"),
        "user": Asked(_("Gebruikersnaam")),
        "secret": Asked(_("Wachtwoord")),
    },
    "SFTP": {
        "address": Asked(_("Server"), "server.voorbeeld.be:22"),
        "folder": Asked(_("Map daarbinnen"), "bundels"),
        "user": Asked(_("Gebruikersnaam")),
        "secret": Asked(_("Wachtwoord")),
    },
    "S3": {
        "address": Asked(_("Adres"), "https://s3.voorbeeld.be"),
        "folder": Asked(_("Emmer en map"), "emmer/bundels"),
        "region": Asked(_("Regio"), _("mag leeg blijven")),
        "user": Asked(_("Sleutel-id")),
        "secret": Asked(_("Geheime sleutel")),
    },
    "STICK": {"address": Asked(_("Naam van de stick")), "folder": Asked(_("Map daarbinnen"), "bundels")},
}


class PlaceDialog(QDialog):
    """`kept` gives the place once it is kept, and for SFTP once its key was compared."""

    kept = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, before: Place | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self._desk, self._before = desk, before
        kinds = [(kind, label) for kind, label in KINDS.items() if kind != "STICK"]
        self.kind = Segments(kinds, _("Soort plaats"))
        self.kind.set_code(before.kind if before else "FOLDER")
        self.kind.changed.connect(self._on_kind)
        self.lines: dict[str, QLineEdit] = {}
        self.captions: dict[str, QLabel] = {}
        self.save = button(_("Bewaar"), self.keep, look="primary")
        self.back = button(_("Toch niet"), self.reject)
        self.signs = words("", step="lead")
        self.signs.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.same = button(_("Ja, dat is hem"), self._on_same, look="primary")
        self.differ = button(_("Nee, niet gebruiken"), self._on_differ)
        self.browse = button(_("Kies …"), self._choose_folder)
        self.plain = QCheckBox(_("Ook zonder versleuteling: wie meeluistert, ziet het wachtwoord"))
        self.plain.setChecked(before is not None and before.plain)
        self.plain.setVisible(self.plain.isChecked())
        self._problem = words("", tone="danger")
        self._problem.hide()
        self._busy = Busy(None)
        self._form, self._compare = QWidget(), QWidget()
        self._form.setLayout(self._ask())
        self._compare.setLayout(self._ask_key())
        self._compare.hide()
        self.body = column(self._form, self._compare, self._problem, self._busy, space=M, margins=L)
        self.setLayout(self.body)
        self.save.setDefault(True)  # Enter in a line keeps the place, and chooses no other kind
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self._on_kind()

    def _ask(self) -> QVBoxLayout:
        heading = _("Plaats wijzigen") if self._before else _("Plaats toevoegen")
        told = _("Er komen alleen verzegelde bundels te staan. Wachtwoorden blijven in deze kluis.")
        layout = column(words(heading, step="heading"), words(told, tone="muted"), self.kind, space=M)
        self.kind.setVisible(self._before is None)
        for names in ROWS:
            beside = row(space=M)
            for name in names:
                beside.addLayout(self._line(name), 1)
            layout.addLayout(beside)
        layout.addWidget(self.plain)
        layout.addStretch(1)
        layout.addLayout(row(None, self.back, self.save))
        layout.setContentsMargins(0, 0, 0, 0)
        return layout

    def _line(self, name: str) -> QVBoxLayout:
        line = secret_line("") if name == "secret" else QLineEdit()
        if self._before is not None and name != "secret":
            line.setText(getattr(self._before, name))
        self.lines[name] = line
        self.captions[name] = words("")
        self.captions[name].setObjectName("caption")
        self.captions[name].setBuddy(line)
        return column(self.captions[name], self._beside(name, line), space=XS)

    def _beside(self, name: str, line: QLineEdit) -> QHBoxLayout:
        return row(line, self.browse) if name == "address" else row(line)

    def _ask_key(self) -> QVBoxLayout:
        told = _("Vraag aan wie de server beheert of dit de vingerafdruk van zijn sleutel is:")
        after = _("Nog niets geheims is verstuurd. Klopt één teken niet, gebruik de server dan niet.")
        layout = column(
            words(_("Is dit de juiste server?"), step="heading"),
            words(told),
            self.signs,
            words(after, tone="muted"),
            row(None, self.differ, self.same),
            space=M,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        return layout

    def _on_kind(self) -> None:
        asked = FIELDS[self.chosen]
        for name, line in self.lines.items():
            told = Asked(_("Naam van deze plaats"), _("zoals jullie ze noemen")) if name == "name" else None
            told = told or asked.get(name)
            line.setVisible(told is not None)
            self.captions[name].setVisible(told is not None)
            if told is not None:
                self.captions[name].setText(told.label)
                line.setAccessibleName(told.label)
                keep = name == "secret" and self._before is not None and self._before.secret
                line.setPlaceholderText(_("leeg laten: het blijft zoals het was") if keep else told.example)
        self.browse.setVisible(self.chosen == "FOLDER")

    @property
    def chosen(self) -> Kind:
        """The kind of place that is asked for."""
        return self._before.kind if self._before else cast(Kind, self.kind.code())

    @property
    def problem(self) -> str:
        """What it complains about now."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _choose_folder(self) -> None:
        folder = self._desk.paper.folder(self, _("Kies de map"))
        if folder is not None:
            self.lines["address"].setText(str(folder))
            if not self.lines["name"].text().strip():
                self.lines["name"].setText(folder.name)

    def typed(self) -> Place:
        """The place as it stands in the form; lines that its kind does not need count as empty."""
        asked = ("name", *FIELDS[self.chosen])
        values = {name: line.text().strip() if name in asked else "" for name, line in self.lines.items()}
        if self._before is not None:
            values["secret"] = values["secret"] or self._before.secret
        typed = Place(kind=self.chosen, **values, plain=self.plain.isChecked())
        before = self._before or typed
        return replace(typed, id=before.id, host_key=before.host_key)

    def keep(self) -> None:
        """Keep what was typed; for SFTP go and ask the server's key, and show it."""
        place, workspace, new = self.typed(), self._desk.workspace, self._before is None
        self._begin(_("Bewaren …"))
        self._desk.jobs.start(
            self, lambda _progress: _keep(workspace, place, new=new), self._on_kept, self._on_failed
        )

    def _on_kept(self, kept: tuple[Place, str]) -> None:
        self._before, shown = kept
        self._end()
        if shown:
            self.show_key(shown)
        else:
            self._on_same()

    def show_key(self, fingerprint: str) -> None:
        """Ask whether the server is the right one, by the signs of its key."""
        self.signs.setText(fingerprint)
        self._form.hide()
        self._compare.show()
        self.body.activate()
        self.adjustSize()
        self.differ.setFocus()

    def _on_same(self) -> None:
        self.accept()
        self.kept.emit(self._before)

    def _on_differ(self) -> None:
        place, workspace = self._before, self._desk.workspace
        if place is not None:
            self._desk.jobs.start(
                self,
                lambda _progress: places.remove(workspace, place),
                lambda _nothing: self._on_removed(),
                self._on_failed,
            )

    def _on_removed(self) -> None:
        self.reject()
        self.kept.emit(None)

    def _begin(self, text: str) -> None:
        self._problem.hide()
        self._busy.begin(text)
        for made in (self.save, self.back):
            made.setEnabled(False)

    def _end(self) -> None:
        self._busy.hide()
        for made in (self.save, self.back):
            made.setEnabled(True)

    def _on_failed(self, error: BaseException) -> None:
        self._end()
        if not problems.is_expected(error):
            self.reject()
            self._desk.report(error)
            return
        if isinstance(error, PlainAddress):
            self.plain.show()
        self._problem.setText(problems.sentence(error))
        self._problem.show()

    def done(self, result: int) -> None:
        """Nothing secret stays behind in a form that is closed."""
        self.lines["secret"].clear()
        super().done(result)
        self.deleteLater()


def _keep(workspace: Workspace, place: Place, *, new: bool) -> tuple[Place, str]:
    """Keep a place; gives it, and for SFTP the fingerprint to compare. A server that is away is kept, too."""
    if new:
        place = places.add(workspace, place)
    else:
        places.change(workspace, place)
        place = next(one for one in places.places(workspace) if one.id == place.id)
    return places.greet(workspace, place) if place.kind == "SFTP" else (place, "")
