"""Two people compare signs aloud: before a laptop is let in, and before it takes an office's welcome."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.enrolment import Candidate, Invitation
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words


class CompareDialog(QDialog):
    """Accepted when the signs are the same on both sides."""

    def __init__(self, fingerprint: str, who: str, how: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        mark = words(fingerprint, step="heading", wrap=False)
        self.same = button(_("Ja, precies dezelfde"), self.accept, look="primary")
        self.other = button(_("Nee, stoppen"), self.reject)
        self.setLayout(
            column(
                words(_("Is dit dezelfde vingerafdruk?"), step="heading"),
                words(who),
                mark,
                words(how, tone="muted"),
                row(None, self.other, self.same),
                space=M,
                margins=L,
            )
        )


def laptop_comes(candidate: Candidate, parent: QWidget) -> CompareDialog:
    """At the office: the signs of a laptop that wants in."""
    return CompareDialog(
        candidate.fingerprint,
        _("De laptop noemt zich: {name}").format(name=candidate.name),
        _(
            "Vraag aan wie de laptop heeft om de vingerafdruk van het scherm voor te lezen. "
            "Verschilt er één teken, laat de laptop dan niet toe."
        ),
        parent,
    )


def office_welcomes(invitation: Invitation, parent: QWidget) -> CompareDialog:
    """On the laptop: the signs of the office, which hang there on a poster."""
    return CompareDialog(
        invitation.root_fingerprint,
        _("{house} heet deze laptop welkom.").format(house=invitation.organisation),
        _("Vergelijk met de affiche in het kantoor. Verschilt er één teken, stop dan en vraag raad."),
        parent,
    )
