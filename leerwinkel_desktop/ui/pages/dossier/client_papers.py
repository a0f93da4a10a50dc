"""Makes a slip, a letter or the form of a warm handover, with the paper itself beside the choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QCheckBox, QDialog, QLayout, QPlainTextEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import client_papers
from leerwinkel_desktop.services.client_papers import Kind, Wanted
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.paper_out import PaperOut
from leerwinkel_desktop.ui.paper_preview import PaperPreview
from leerwinkel_desktop.ui.print_pdf import MOST_COPIES
from leerwinkel_desktop.ui.widgets.captioned import captioned_box
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import (
    XL,
    XS,
    Column,
    L,
    M,
    S,
    button,
    column,
    row,
    set_look,
    set_tone,
    words,
)

LABELS: Final = {
    Kind.SLIP: _("Afspraakbriefje"),
    Kind.LETTER: _("Doorverwijsbrief"),
    Kind.HANDOVER: _("Warme overdracht"),
}
NO_APPOINTMENT: Final = _("Er is niets gepland. Plan eerst een afspraak bij Gesprekken.")
NO_PARTNER: Final = _("Schrijf eerst bij 4 Advies, Doorverwijzingen, naar wie het gaat.")
NOT_ASKED: Final = _("De klant zei hier nog geen ja op: er staat ONTWERP op. Vraag het bij Rechten.")
AGREED: Final = _("De klant zei ja.")
LINES: Final = 3
WIDEST: Final = 460


class ClientPapersDialog(QDialog):
    """Nothing is ticked beforehand: the client says what may be told."""

    def __init__(self, desk: Desk, trajectory_id: str, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self._desk, self._trajectory = desk, trajectory_id
        self._choices = client_papers.choices(desk.workspace, trajectory_id)
        self.kind = _choice(_("Welk papier?"), [(label, one) for one, label in LABELS.items()])
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.partner = _choice(_("Voor wie?"), [(name, one) for one, name in self._choices.referrals])
        self.given = _choice(_("Hoe?"), [(_("Om eerst te tekenen"), False), (_("De klant zei al ja"), True)])
        self.bring = QPlainTextEdit()
        self.bring.setAccessibleName(_("Wat breng je mee? Eén ding op een lijn."))
        self.bring.setTabChangesFocus(True)
        self.bring.setFixedHeight(LINES * self.fontMetrics().lineSpacing() + 2 * S)
        self.told = {one.code: QCheckBox(one.label) for one in self._choices.told}
        self.copies = _choice(
            _("Hoeveel keer"), [(_("{n} keer").format(n=n), n) for n in range(1, MOST_COPIES + 1)]
        )
        self.large = QCheckBox(_("Grote letters"))
        self.state = words("", tone="muted")
        self.outs = {one: self._out(one) for one in Kind}
        self.preview = PaperPreview(desk)
        self._rows: list[tuple[QWidget, tuple[Kind, ...]]] = []
        self._lay_out()
        self._connect()
        self.look()

    def _out(self, kind: Kind) -> PaperOut:
        workspace = self._desk.workspace
        name = LABELS[kind].replace(" ", "-")
        made = PaperOut(
            self._desk,
            LABELS[kind],
            name,
            lambda: client_papers.make(workspace, self._wanted),
            copies=lambda: 1 if kind is Kind.SLIP else int(self.copies.currentData()),
        )
        set_look(made.print_button, "primary")
        made.out.connect(self._desk.kept)
        return made

    def _lay_out(self) -> None:
        partner = (Kind.LETTER, Kind.HANDOVER)
        left = Column(WIDEST, margins=0)
        left.setMinimumWidth(WIDEST + M)
        parts: tuple[tuple[QWidget, tuple[Kind, ...]], ...] = (
            (captioned_box(_("Welk papier?"), self.kind), tuple(Kind)),
            (captioned_box(_("Voor wie?"), self.partner), partner),
            (self._told_box(), partner),
            (captioned_box(_("Hoe?"), self.given), (Kind.HANDOVER,)),
            (captioned_box(_("Wat breng je mee? Eén ding op een lijn."), self.bring), (Kind.SLIP,)),
        )
        for part, kinds in parts:
            left.add(part)
            self._rows.append((part, kinds))
        across = row(column(left, self._foot(), space=M), self.preview, space=L)
        across.setStretch(1, 1)
        title = words(_("Papieren om mee te geven"), step="heading")
        close = row(None, button(_("Sluiten"), self.accept))
        layout = column(title, space=M, margins=L)
        layout.addLayout(across, 1)
        layout.addLayout(close)
        self.setLayout(layout)
        self.resize(1080, 660)

    def _foot(self) -> QVBoxLayout:
        """What stays in sight under the choices: how often, and print or keep it."""
        foot = column(row(self.copies, self.large, None), self.state, space=S)
        for kind, out in self.outs.items():
            foot.addWidget(out)
            self._rows.append((out, (kind,)))
        return foot

    def _told_box(self) -> QWidget:
        box = QVBoxLayout()
        box.setSpacing(XS)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(words(_("Wat mogen we vertellen? Vraag het, en duid alleen aan wat mag.")))
        for one in self._choices.told:
            box.addWidget(self.told[one.code])
            line = words("; ".join(one.lines), step="small", tone="muted")
            line.setIndent(XL)
            box.addWidget(line)
        return _held(box)

    def _connect(self) -> None:
        for chosen in (self.kind, self.partner, self.given, self.copies):
            chosen.currentIndexChanged.connect(lambda _index: self.look())
        for ticked in (self.large, *self.told.values()):
            ticked.toggled.connect(lambda _on: self.look())
        self.bring.textChanged.connect(self.look)
        self.preview.refused.connect(self._on_refused)

    @property
    def wanted(self) -> Wanted:
        """The paper that is chosen."""
        return Wanted(
            Kind(self.kind.currentData()),
            self._trajectory,
            self.partner.currentData() or "",
            frozenset(code for code, box in self.told.items() if box.isChecked()),
            bool(self.given.currentData()),
            self.bring.toPlainText(),
            self.copies.currentData(),
            self.large.isChecked(),
        )

    def look(self) -> None:
        """Show what belongs to this paper, how far its consent is, and the paper itself."""
        wanted = self._wanted = self.wanted
        for part, kinds in self._rows:
            part.setVisible(wanted.kind in kinds)
        hint, tone, possible = self._hint(wanted)
        self._say(hint, tone)
        self.outs[wanted.kind].setEnabled(possible)
        workspace = self._desk.workspace
        self.preview.show_paper((lambda: client_papers.render(workspace, wanted)) if possible else None)

    def _hint(self, wanted: Wanted) -> tuple[str, str, bool]:
        """What to say under the choices, in which tone, and whether the paper can be made."""
        if wanted.kind is Kind.SLIP:
            planned = bool(self._choices.appointments)
            return ("", "muted", True) if planned else (NO_APPOINTMENT, "attention", False)
        if not wanted.referral_id:
            return NO_PARTNER, "attention", False
        if self._choices.agreed(wanted.kind, self.partner.currentText()):
            return AGREED, "good", True
        return (NOT_ASKED if wanted.kind is Kind.LETTER else ""), "attention", True

    def _on_refused(self, error: BaseException) -> None:
        self.outs[self._wanted.kind].setEnabled(False)
        if problems.is_expected(error):
            self._say(problems.sentence(error), "danger")
        else:
            self._desk.report(error)

    def _say(self, text: str, tone: str) -> None:
        self.state.setText(text)
        set_tone(self.state, tone)
        self.state.setVisible(bool(text))


def _choice(name: str, choices: list[tuple[str, object]]) -> ChoiceBox:
    made = ChoiceBox()
    made.setAccessibleName(name)
    for label, data in choices:
        made.addItem(label, data)
    return made


def _held(layout: QLayout) -> QWidget:
    made = QWidget()
    made.setLayout(layout)
    return made


def opener(desk: Desk, trajectory_id: str, kind: Kind, parent: QWidget) -> Callable[[], ClientPapersDialog]:
    """Opens the dialog at this paper."""

    def open_it() -> ClientPapersDialog:
        dialog = ClientPapersDialog(desk, trajectory_id, kind, parent)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    return open_it
