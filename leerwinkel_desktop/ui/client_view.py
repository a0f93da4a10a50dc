"""What only the counsellor may see is out of sight while the client looks along (UI.md, principle 5)."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.settings import TEXT_PERCENTS

_EXPLICIT: Final = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
_NEW_PLACE: Final = (QEvent.Type.ShowToParent, QEvent.Type.ParentChange)


class ClientView(QObject):
    """Whether the client looks along; there is one for the program, as there is one screen."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.on = False

    def set(self, on: bool) -> None:
        """The client looks along from now on, or no more."""
        if on != self.on:
            self.on = on
            self.changed.emit(on)


@cache
def client_view() -> ClientView:
    """The one switch of this program."""
    return ClientView()


class _Mark(QObject):
    """Keeps its widget hidden while the client looks along, and knows whether it would be there otherwise."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._hiding = False
        self.wanted = True
        client_view().changed.connect(self._on_changed)
        if client_view().on:
            self._on_changed(True)

    def _on_changed(self, on: bool) -> None:
        if on:
            self.wanted = not (self._widget.isHidden() and self._widget.testAttribute(_EXPLICIT))
            self._widget.installEventFilter(self)
            self._hide()
            return
        self._widget.removeEventFilter(self)
        if self.wanted and self._widget.parentWidget() is not None:
            self._widget.show()
        elif not self.wanted:
            self._widget.hide()

    def _hide(self) -> None:
        """Hide as if nobody had asked for it: then Qt still tells when somebody does."""
        self._hiding = True
        self._widget.hide()
        self._widget.setAttribute(_EXPLICIT, False)
        self._hiding = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if not self._hiding:
            if event.type() in _NEW_PLACE:
                self.wanted = self.wanted or event.type() == QEvent.Type.ShowToParent
                self._hide()
            elif event.type() == QEvent.Type.HideToParent:
                self.wanted = False
                self._hide()
        return False


def counsellor_only(widget: QWidget) -> None:
    """Mark a widget that a client must not see: codes, notes, figures about them, names of others.

    It is hidden while the client looks along, whoever shows it, and stands as it would have stood after.
    """
    if _mark(widget) is None:
        _Mark(widget)


def enlarged(percent: int) -> int:
    """The size of text in percent: two steps more while the client looks along, as far as it goes."""
    larger = [one for one in TEXT_PERCENTS if one >= percent][:3]
    return larger[-1] if client_view().on else percent


def wanted(widget: QWidget) -> bool:
    """Whether a widget would be in sight if the client did not look along."""
    mark = _mark(widget)
    return not widget.isHidden() if mark is None or not client_view().on else mark.wanted


def _mark(widget: QWidget) -> _Mark | None:
    return next((one for one in widget.children() if isinstance(one, _Mark)), None)
