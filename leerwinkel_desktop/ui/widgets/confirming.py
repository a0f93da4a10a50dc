"""Asks once more before what must not happen in passing: a word typed over, the passphrase again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.captioned import captioned, secret_line
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.messages import Busy
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

WIDTH = 520


class ConfirmDialog(QDialog):
    """`confirmed` gives the passphrase that was typed, or None where it is not asked; the dialog stays open.

    `typed` is what must be typed over first; `secret` asks the user's own passphrase again. Whoever made the
    dialog does the work and then closes it, or lets it complain.
    """

    confirmed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        heading: str,
        meaning: Sequence[str],
        action: str,
        *,
        typed: str = "",
        secret: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self._wanted = typed
        self.typed: QLineEdit | None = None
        self.secret: QLineEdit | None = None
        self.go_on = button(action, self._on_go_on, look="primary")
        self.back = button(_("Toch niet"), self.reject)
        self._problem = words("", tone="danger")
        self._problem.hide()
        self._busy = Busy(None)
        title = words(heading, step="heading")
        grow(title, least=WIDTH - 2 * L)  # in the layout, so that its height is the one of this width
        layout = column(title, space=M, margins=L)
        for text in meaning:
            layout.addLayout(_point(text))
        if typed:
            self.typed = QLineEdit()
            label = _("Typ {typed} over om verder te gaan").format(typed=typed)
            self.typed.setAccessibleName(label)
            self.typed.textChanged.connect(lambda _text: self._look())
            layout.addLayout(captioned(label, self.typed))
        if secret:
            self.secret = secret_line(_("Je wachtzin, nog eens"))
            self.secret.textChanged.connect(lambda _text: self._look())
            layout.addLayout(captioned(_("Je wachtzin, nog eens"), self.secret))
        layout.addWidget(self._problem)
        layout.addWidget(self._busy)
        layout.addLayout(row(None, self.back, self.go_on))
        self.setLayout(layout)
        self.finished.connect(self._on_finished)
        self._look()
        (self.typed or self.secret or self.back).setFocus()

    @property
    def problem(self) -> str:
        """What it complains about now."""
        return "" if self._problem.isHidden() else self._problem.text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        inner = self.layout()
        if inner is not None:
            self.resize(self.width(), max(self.height(), inner.totalHeightForWidth(self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter behind what was typed goes on; it never thinks again in silence."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.focusWidget() in (self.typed or self, self.secret or self):
            self.go_on.click()
        else:
            super().keyPressEvent(event)

    def _look(self) -> None:
        typed = self.typed is None or self.typed.text().strip().casefold() == self._wanted.casefold()
        self.go_on.setEnabled(typed and (self.secret is None or bool(self.secret.text())))

    def _on_go_on(self) -> None:
        self._problem.hide()
        self.confirmed.emit(None if self.secret is None else self.secret.text())

    def work(self, text: str) -> None:
        """Show that the work has begun; nothing can be pressed until it is done or complains."""
        self._busy.begin(text)
        self.go_on.setEnabled(False)
        self.back.setEnabled(False)

    def complain(self, text: str) -> None:
        """Say what went wrong; what was typed stays, but not the passphrase."""
        self._busy.hide()
        self.back.setEnabled(True)
        self._problem.setText(text)
        self._problem.show()
        if self.secret is not None:
            self.secret.clear()
            self.secret.setFocus()
        self._look()

    def reject(self) -> None:
        """Think again; not while the work is being done."""
        if self.back.isEnabled():
            super().reject()

    def _on_finished(self) -> None:
        if self.secret is not None:
            self.secret.clear()
        self.deleteLater()


def _point(text: str) -> QHBoxLayout:
    glyph, told = Glyph("calm"), words(text)
    told.setAlignment(Qt.AlignmentFlag.AlignTop)
    line = row(glyph, told, space=S)
    line.setStretch(1, 1)
    line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
    return line
