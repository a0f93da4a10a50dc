"""What would change for one person of a preview, field by field: what stands here, and what comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PySide6 import QtCore
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.exchange import FieldDetail, RecordDetail
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.plain import M, S, column, words

MOST: Final = 120
"""So many fields are shown at once; who has more is read in the dossier itself."""
Line = tuple[str, str, str]


def lines(detail: FieldDetail) -> Iterator[Line]:
    """A field as lines to show: its label, what to say of it, and in which tone."""
    if detail.wrong:
        yield detail.label, f"⚠ {detail.after or '…'}: {detail.wrong}", "danger"
    elif detail.sides:
        for number, side in enumerate(detail.sides):
            told = _("{value} ({device}, {when})").format(
                value=side.text or _("leeg"), device=side.device, when=moment(side.at_ms)
            )
            yield detail.label if number == 0 else "", told, "attention"
    elif detail.whole is not None:
        yield detail.label, f"{detail.after}: {detail.whole[1]}" if detail.whole[1] else detail.after, ""
    elif detail.before:
        yield detail.label, f"{detail.before} → {detail.after or _('leeg')}", ""
    else:
        yield detail.label, detail.after, ""


class Changes(QScrollArea):
    """Scrolls; empty until somebody is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Wat verandert voor deze persoon"))
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told: tuple[Line, ...] = ()
        self.tell("", ())

    def tell(self, name: str, records: Sequence[RecordDetail]) -> None:
        """Show what changes for whoever has this name."""
        ground = QWidget()
        body = column(space=M)
        body.setContentsMargins(M, M, M, M)
        if name:
            body.addWidget(words(name, step="lead"))
        if name and not records:
            body.addWidget(words(_("Alles staat hier al."), tone="muted"))
        shown: list[Line] = []
        for record in records:
            if len(shown) >= MOST:
                break
            some = [line for detail in record.fields for line in lines(detail)]
            shown += some
            title = _("{record} · {state}").format(record=record.label, state=exchange.STATES[record.what])
            heading = words(title)
            heading.setObjectName("caption")
            body.addWidget(heading)
            body.addLayout(_grid(some))
        left = sum(len(record.fields) for record in records) - len(shown)
        if left > 0:
            body.addWidget(words(counted("En nog 1 veld.", "En nog {n} velden.", left), tone="muted"))
        body.addStretch(1)
        ground.setLayout(body)
        self.told = tuple(shown)
        self.setWidget(ground)


def _grid(found: Iterable[Line]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(M)
    grid.setVerticalSpacing(S)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    top = QtCore.Qt.AlignmentFlag.AlignTop
    for number, (label, told, tone) in enumerate(found):
        grid.addWidget(words(label, tone="muted"), number, 0, top)
        grid.addWidget(words(told, tone=tone), number, 1, top)
    return grid
