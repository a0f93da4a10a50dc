"""Opens the quick info question from everywhere, and holds what was typed when somebody leaves it (Esc)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from leerwinkel_desktop.ui.quick.dialog import QuickDialog


class Asking(QObject):
    """One for each open window; `opened` gives the client whose dossier is wanted."""

    opened = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._aside: dict[str, Any] = {}
        self.dialog: QuickDialog | None = None

    def ask(self) -> QuickDialog:
        """Ask, with what was left unfinished the last time."""
        from leerwinkel_desktop.ui.quick.dialog import QuickDialog  # the start need not wait

        if self.dialog is not None:
            return self.dialog
        dialog = self.dialog = QuickDialog(self._desk, self._window)
        dialog.opened.connect(self.opened)
        dialog.finished.connect(lambda _result: self._on_left(dialog))
        aside, self._aside = self._aside, {}
        dialog.open()
        if aside:
            dialog.recall(aside)
        return dialog

    def _on_left(self, dialog: QuickDialog) -> None:
        self.dialog = None
        kept = dialog.last
        if dialog.typed:
            self._aside = dialog.memo()
            self._desk.toast(_("Wat je typte, staat er nog bij Snelle infovraag (Ctrl+I)"))
        elif kept is not None:
            from leerwinkel_desktop.ui.quick.dialog import take_back  # loaded already

            undo = partial(self._desk.when_free, partial(take_back, self._desk, kept))
            see = _("Open dossier"), partial(self.opened.emit, kept.client_id)
            self._desk.toast(_("Infovraag bewaard"), undo, see)
        dialog.deleteLater()

    @property
    def unkept(self) -> bool:
        """Whether something typed is nowhere but on the screen."""
        return bool(self._aside) or (self.dialog is not None and self.dialog.typed)

    def memo(self) -> dict[str, Any]:
        """What is typed and not kept, and whether somebody is typing it; empty when there is nothing."""
        if self.dialog is not None:
            return {"open": True, **self.dialog.memo()}
        return {"open": False, **self._aside} if self._aside else {}

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Go on where `memo` was made."""
        if memo:
            self._aside = dict(memo)
            if self._aside.pop("open"):
                self.ask()
