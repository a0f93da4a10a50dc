"""The first page: one field for the passphrase, and nothing about anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.plain import XL, L, M, button, column, row, words

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.workspace import Workspace

WIDTH = 440


class UnlockPage(QWidget):
    """Asks the passphrase and opens the vault as a job, so that the window stays alive."""

    unlocked = Signal(object)

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._folder = folder
        self._jobs = jobs
        self.banner = Banner()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Wachtzin"))
        self.passphrase.returnPressed.connect(self.unlock)
        caption = words(_("&Wachtzin"))
        caption.setObjectName("caption")
        caption.setBuddy(self.passphrase)
        self.open = button(_("Openen"), self.unlock, look="primary")
        self._busy = words("", tone="muted")
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(WIDTH)
        card.setMinimumWidth(WIDTH)
        card.setLayout(
            column(
                words("Leerwinkel", step="title"),
                words(_("Typ je wachtzin om verder te werken."), tone="muted"),
                self.banner,
                column(caption, self.passphrase, space=4),
                row(self._busy, None, self.open),
                space=M,
                margins=XL,
            )
        )
        self.setLayout(column(None, row(None, card, None), None, margins=L))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus()

    def unlock(self) -> None:
        """Open the vault with what was typed."""
        typed, folder = self.passphrase.text(), self._folder
        if not typed or not self.open.isEnabled():
            return

        def work(progress: Progress) -> Workspace:  # noqa: ARG001
            from leerwinkel_desktop.services import vaults  # not before somebody unlocks

            return vaults.unlock(folder, typed)

        self._wait(True)
        self._jobs.start(self, work, self._on_opened, self._on_failed)

    def _wait(self, waiting: bool) -> None:
        self.open.setDisabled(waiting)
        self.passphrase.setReadOnly(waiting)
        self._busy.setText(_("Even geduld, de kluis gaat open …") if waiting else "")
        if waiting:
            self.banner.hide()

    def _on_opened(self, workspace: Workspace) -> None:
        self._wait(False)
        self.passphrase.clear()
        self.unlocked.emit(workspace)

    def _on_failed(self, error: BaseException) -> None:
        self._wait(False)
        self.passphrase.setFocus()
        self.passphrase.selectAll()
        problems.show(error, self.banner)
