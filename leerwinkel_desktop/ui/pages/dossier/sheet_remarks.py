"""What deserves a second look on a sheet, by field: a way to the field, and plain words to put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.plain_language import Finding
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.printing.advice_sheet import Sheet
from leerwinkel_desktop.printing.warnings import SheetWarning, WarningCode
from leerwinkel_desktop.services import sheets
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.glyphs import Glyph, GlyphButton
from leerwinkel_desktop.ui.widgets.plain import XS, S, button, clear, column, row, set_tone, words

LONGEST = 16
FEW = 2
"""So many remarks stand open by themselves."""


class SheetRemarks(QWidget):
    """`asked` sends to a field (kind and name, record); `settle` keeps first what is typed, then `mended`.

    More than a few remarks are folded behind their number, so that the pages stay in sight.
    """

    asked = Signal(str, str)
    settle = Signal()
    mended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._told: tuple[SheetWarning, ...] | None = None
        self._unfolded = False
        self.head = GlyphButton("open", "", "quiet")
        self.head.clicked.connect(lambda _checked: self._fold(not self._unfolded))
        self._body = QWidget()
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(S)
        layout = column(row(self.head, None), self._body, space=XS)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)
        counsellor_only(self)

    def tell(self, sheet: Sheet | None) -> None:
        """Show the remarks of this sheet; the same ones stay as they are, with the cursor in them."""
        warnings = sheet.warnings if sheet is not None else ()
        if warnings == self._told:
            return
        self._told = warnings
        clear(self._lines)
        others = [one for one in warnings if one.code is not WarningCode.MISSING]
        places = dict.fromkeys((one.where, one.record_id) for one in others)
        if empty := empty_parts(warnings):
            self._lines.addLayout(remark(empty))
        for place in places:
            self._lines.addLayout(
                self._group(*place, [one for one in others if (one.where, one.record_id) == place])
            )
        total = len(others) + bool(empty)
        self.head.setText(counted("1 opmerking bij het blad", "{n} opmerkingen bij het blad", total))
        self.head.setVisible(total > FEW)
        self._fold(self._unfolded, total)

    def _fold(self, unfolded: bool, total: int = FEW + 1) -> None:
        self._unfolded = unfolded
        self.head.set_glyph("unfold" if unfolded else "open")
        self._body.setVisible(unfolded or total <= FEW)

    def say(self, text: str) -> None:
        """Say one thing instead."""
        self.tell(None)
        self._told = None
        self._lines.addLayout(remark(text))
        self._body.show()

    def _group(self, where: str, record_id: str, same: list[SheetWarning]) -> QHBoxLayout:
        told = QVBoxLayout()
        told.setSpacing(XS)
        for one in same:
            label = words(sheets.warning_text(one), step="small")
            set_tone(label, "attention")
            told.addWidget(label)
        acts = FlowLayout(space=XS)
        for one in same:
            if one.finding is not None and one.finding.replaceable:
                acts.addWidget(self._mender(one, one.finding))
        if record_id:
            name = _("Naar het veld {part}").format(part=sheets.part_name(where))
            acts.addWidget(
                button(_("Naar het veld"), lambda: self.asked.emit(where, record_id), look="quiet", name=name)
            )
        told.addLayout(acts)
        return _beside(told)

    def _mender(self, warning: SheetWarning, finding: Finding) -> QWidget:
        part = sheets.part_name(warning.where)
        name = _("Vervang “{found}” bij {part} door “{plain}”").format(
            found=finding.found, part=part, plain=finding.suggestion
        )
        short = finding.found if len(finding.found) <= LONGEST else f"{finding.found[:LONGEST].rstrip()} …"
        act = _("Vervang “{found}”").format(found=short)
        return button(act, lambda: self._mend(warning), look="quiet", name=name)

    def _mend(self, warning: SheetWarning) -> None:
        self.settle.emit()
        self._desk.when_free(lambda: self._put_in(warning))

    def _put_in(self, warning: SheetWarning) -> None:
        take_back = sheets.mend(self._desk.workspace, warning)
        self.mended.emit()
        if take_back is not None:
            self._desk.toast(_("De gewone woorden staan in het veld."), lambda: self._take_back(take_back))

    def _take_back(self, take_back: Callable[[], bool]) -> None:
        if not take_back():
            self._desk.say(_("In dit veld is intussen verder getypt. Er is niets veranderd."), "calm")
        self.mended.emit()


def empty_parts(warnings: Iterable[SheetWarning]) -> str:
    """Everything that is still empty in one sentence; "" when nothing is."""
    empty = [sheets.part_name(one.where) for one in warnings if one.code is WarningCode.MISSING]
    return (
        _("Nog leeg: {parts}. Op papier staat daar een lijn.").format(parts=", ".join(empty)) if empty else ""
    )


def remark(text: str) -> QHBoxLayout:
    """One sentence with the sign of attention."""
    label = words(text, step="small")
    set_tone(label, "attention")
    return _beside(column(label, space=0))


def _beside(told: QVBoxLayout) -> QHBoxLayout:
    glyph = Glyph("attention")
    line = row(glyph, told)
    line.setStretch(1, 1)
    line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
    return line
