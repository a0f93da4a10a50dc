"""What the window says to the user: a calm banner, a toast with an undo, and work in progress."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, redress, words

TOAST_MS = 8000


class Banner(QFrame):
    """One sentence over the whole width, with an icon; hidden until there is something to say."""

    told = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._glyph = Glyph("calm")
        self._text = words("")
        self._do: Callable[[], object] | None = None
        self.act = button("", self._on_act)
        self.act.hide()
        self._close = button("", self.hide, look="icon", glyph="remove", name=_("Melding sluiten"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(M, S, S, S)
        layout.setSpacing(S)
        layout.addWidget(self._glyph)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.act)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; nothing when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self,
        text: str,
        tone: str = "danger",
        *,
        closable: bool = True,
        act: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence in the tone danger, attention, good or calm; `act` is a button that helps."""
        self.act.setVisible(act is not None)
        self.act.setText(act[0] if act else "")
        self._do = act[1] if act else None
        self._glyph.set_name(tone)
        self._text.setText(text)
        self._close.setVisible(closable)
        self.setAccessibleName(text)
        self.setProperty("tone", tone)
        redress(self)
        redress(self._text)
        self.show()
        self.told.emit()

    def _on_act(self) -> None:
        self.hide()
        if self._do is not None:
            self._do()


class Toast(QFrame):
    """A short word at the bottom of the window that goes away by itself, with an undo."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("toast")
        self._text = words("")
        self.undo: QPushButton = button(_("Ongedaan maken"), self._on_undo)
        self._undo: Callable[[], object] | None = None
        self.act: QPushButton = button("", self._on_act)
        self._act: Callable[[], object] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(L, S, S, S)
        layout.setSpacing(M)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.act)
        layout.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        act: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show the word; `undo` is what the button does, `act` another button that leads on."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo = undo
        self.undo.setVisible(undo is not None)
        self.act.setVisible(act is not None)
        self.act.setText(act[0] if act else "")
        self._act = act[1] if act else None
        self.setMinimumHeight(56)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS)

    def forget(self) -> None:
        """Hide, and let go of what could be undone."""
        self._undo = self._act = None
        self._timer.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """At the bottom, in the middle; words that are too long for one line take more."""
        self.ensurePolished()
        acts = [act.sizeHint().width() + M for act in (self.act, self.undo) if act.isVisibleTo(self)]
        room = self._over.width() - 2 * L - (L + S) - sum(acts)
        self._text.ensurePolished()
        wanted = self._text.fontMetrics().horizontalAdvance(self._text.text()) + S
        self._text.setFixedWidth(max(0, min(wanted, room)))
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - L)

    def _on_undo(self) -> None:
        self._do(self._undo)

    def _on_act(self) -> None:
        self._do(self._act)

    def _do(self, act: Callable[[], object] | None) -> None:
        self.forget()
        if act is not None:
            act()


class Busy(QFrame):
    """What long work is doing, how far it is, and a button that stops it."""

    def __init__(self, on_cancel: Callable[[], object] | None) -> None:
        super().__init__()
        self.setObjectName("card")
        self._text = words("")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Voortgang"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, M, M, M)
        layout.setSpacing(S)
        top = QHBoxLayout()
        top.addWidget(self._text, 1)
        self.cancel: QPushButton | None = None
        if on_cancel is not None:
            self.cancel = button(_("Annuleren"), on_cancel)
            top.addWidget(self.cancel)
        layout.addLayout(top)
        layout.addWidget(self._bar)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._text.text()

    def begin(self, text: str) -> None:
        """Show that something has begun."""
        self._text.setText(text)
        self._bar.setRange(0, 0)
        if self.cancel is not None:
            self.cancel.setEnabled(True)
        self.show()

    def progressed(self, done: int, total: int, text: str) -> None:
        """Show how far it is: `done` of `total`, an unknown end for a total of 0."""
        if text:
            self._text.setText(text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
