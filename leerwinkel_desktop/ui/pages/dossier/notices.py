"""The soft lines on top of a dossier: what waits for a decision, and whose dossiers came together here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Value, field_of, to_wire
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.telling import text_of
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.profiled import seen_by
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import XS, L, S, button, column, words


class Notice(QWidget):
    """One line with an icon, and perhaps a way to go on."""

    def __init__(self, glyph: str) -> None:
        super().__init__()
        self.told = words("")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(S)
        self._layout.addWidget(Glyph(glyph))
        self._layout.addWidget(self.told, 1)

    def end_with(self, part: QWidget) -> None:
        """Put something right behind the words."""
        self.told.setWordWrap(False)
        self._layout.setStretch(1, 0)
        self._layout.addWidget(part)
        self._layout.addStretch(1)

    def tell(self, text: str) -> None:
        """Say this; nothing hides the line."""
        self.told.setText(text)
        self.setVisible(bool(text))


class Notices(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._client = ""
        self.undecided, self.together = Notice("attention"), Notice("calm")
        self.decide = button(
            _("Ga &beslissen"), lambda: desk.sent.emit(f"deciding/{self._client}"), look="quiet"
        )
        self.undecided.end_with(self.decide)
        lines = column(self.undecided, self.together, space=XS)
        lines.setContentsMargins(L, 0, L, S)
        self.setLayout(lines)

    def tell(self, view: DossierView, undecided: int) -> None:
        """Say what there is to say about this dossier."""
        self._client = view.client.id
        told = counted("1 gegeven te beslissen", "{n} gegevens te beslissen", undecided) if undecided else ""
        self.undecided.tell(told)
        self.together.tell(self._merged(view))
        self.setVisible(bool(undecided or view.merged))

    def _merged(self, view: DossierView) -> str:
        if not view.merged:
            return ""
        numbers = ", ".join(client.client_no or _("(zonder nummer)") for client, _dossier in view.merged)
        told = [_("Hier staat ook alles van dossier {numbers}: dezelfde persoon.").format(numbers=numbers)]
        seen = seen_by(self._desk.workspace)
        for name, said in view.beside().items():
            if name == "client_no" or not seen(Client, name):
                continue
            texts = ", ".join(filter(None, (self._text(name, value) for _number, value in said)))
            if texts:
                label = field_of(Client, name).label
                told.append(_("{field} was daar: {values}.").format(field=label, values=texts))
        return " ".join(told)

    def _text(self, name: str, value: Value) -> str:
        field = field_of(Client, name)
        return text_of(self._desk.workspace.codelists, field, to_wire(value))
