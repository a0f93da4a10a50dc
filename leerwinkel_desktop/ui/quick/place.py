"""Where the queue stands: which moment of today, and how people come to us; stays for the next person."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import quick_question
from leerwinkel_desktop.services.quick_question import Moment, Where
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import row

NONE: Final = _("Geen bijzonder moment")


class Place(QWidget):
    """Two boxes: the moment is there only on a day that has one."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        usual, lists = quick_question.usual(workspace), workspace.codelists
        self._moments: list[Moment | None] = [*quick_question.moments(workspace), None]
        self.moment, self.mode = ChoiceBox(), ChoiceBox()
        for one in self._moments:
            self.moment.addItem(NONE if one is None else told(one, lists))
        for code in lists["contact_mode"].current(workspace.today()):
            self.mode.addItem(code.label, code.code)
        self.mode.setCurrentIndex(self.mode.findData(usual.mode))
        self.boxes = [self.mode] if len(self._moments) == 1 else [self.moment, self.mode]
        for box, label in ((self.moment, _("Moment van vandaag")), (self.mode, _("Contactwijze"))):
            box.setAccessibleName(label)
            box.setToolTip(label)
        self.setLayout(row(*self.boxes))

    def where(self) -> Where:
        """What is chosen."""
        return Where(self.mode.currentData(), self._moments[max(0, self.moment.currentIndex())])

    def memo(self) -> dict[str, Any]:
        """What is chosen, as plain JSON."""
        return {"mode": self.mode.currentData(), "moment": self.moment.currentText()}

    def recall(self, memo: dict[str, Any]) -> None:
        """Choose that again, as far as it is there."""
        self.mode.setCurrentIndex(max(0, self.mode.findData(memo["mode"])))
        self.moment.setCurrentIndex(max(0, self.moment.findText(memo["moment"])))


def told(moment: Moment, lists: CodeLists) -> str:
    """A moment in words: what, and where."""
    what = lists["event_type"].label_of(moment.type) if moment.type else None
    mode = lists["contact_mode"].label_of(moment.mode)
    return " · ".join(filter(None, (what or mode, moment.place)))
