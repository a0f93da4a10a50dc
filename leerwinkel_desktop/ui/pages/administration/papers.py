"""Where the papers of the organisation and the yearly list are."""

from __future__ import annotations

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.plain import Card, Column, button, row


class PapersSection(Column):
    """Two doors to pages of their own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.papers = button(_("Naar de papieren"), lambda: desk.sent.emit("papers"), look="primary")
        self.retention = button(_("Naar de bewaartermijnen"), lambda: desk.sent.emit("retention"))
        papers = Card(
            _("Papieren"),
            _(
                "Register van verwerking, informatieblad, wat er op laptop en stick staat bij vertrek, "
                "wie het afgeschermde blok kan openen, en het blad bij een verloren laptop."
            ),
        )
        papers.add(row(self.papers, None))
        retention = Card(
            _("Bewaartermijnen"), _("Eén keer per jaar: wat mag weg, en wat houd je nog even bij.")
        )
        retention.add(row(self.retention, None))
        self.add(papers)
        self.add(retention)
