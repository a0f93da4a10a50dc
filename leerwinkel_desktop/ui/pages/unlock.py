"""The first page: one field for the passphrase, and nothing about anybody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import problems
from leerwinkel_desktop.ui.jobs import Jobs
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.plain import XL, L, M, button, column, row, words
from leerwinkel_desktop.ui.widgets.widths import grow

if TYPE_CHECKING:
    from leerwinkel_desktop.services.progress import Progress
    from leerwinkel_desktop.services.workspace import Workspace

WIDTH = 440
SECOND_MS = 1000


def waiting(seconds: int) -> str:
    """How long the next try must wait, in a sentence; nothing when it need not."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    told = [_("1 minuut") if minutes == 1 else _("{n} minuten").format(n=minutes)] if minutes else []
    if rest:
        told.append(_("1 seconde") if rest == 1 else _("{n} seconden").format(n=rest))
    return _("Te vaak een verkeerde wachtzin. Probeer opnieuw over {time}.").format(time=" ".join(told))


class UnlockPage(QWidget):
    """Asks the passphrase and opens the vault as a job, so that the window stays alive."""

    unlocked = Signal(object)
    help_asked = Signal()
    """The passphrase was forgotten, or no passphrase can open this vault."""

    def __init__(self, folder: Path, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("page")
        self._folder = folder
        self._jobs = jobs
        self._opening = False
        self._looked = False
        self.banner = Banner()
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(_("Wachtzin"))
        self.passphrase.returnPressed.connect(self.unlock)
        caption = words(_("&Wachtzin"))
        caption.setObjectName("caption")
        caption.setBuddy(self.passphrase)
        self.open = button(_("Openen"), self.unlock, look="primary")
        self.forgotten = button(_("Wachtzin vergeten?"), self.help_asked.emit, look="quiet")
        self._busy = words("", tone="muted")
        self._busy.hide()
        self.wait = words("", tone="attention")
        self.wait.hide()
        self._soon = QTimer(self)  # a child: it goes when the page goes
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        self._timer = QTimer(self)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self.look)
        card = QFrame()
        card.setObjectName("card")
        grow(card, least=WIDTH, most=WIDTH)
        card.setLayout(
            column(
                words("Leerwinkel", step="title"),
                words(_("Typ je wachtzin om verder te werken."), tone="muted"),
                self.banner,
                column(caption, self.passphrase, self.wait, space=4),
                self._busy,
                row(self.forgotten, None, self.open),
                space=M,
                margins=XL,
            )
        )
        self.setLayout(column(None, row(None, card, None), None, margins=L))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.passphrase.setFocus()
        self._looked = False

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._looked:  # nothing may come before the first painting: it loads half the program
            self._looked = True
            self._soon.start()

    def look(self) -> None:
        """See how long the next try must wait, and whether any passphrase can open the vault."""
        folder = self._folder

        def work(progress: Progress) -> tuple[int, bool]:  # noqa: ARG001
            from leerwinkel_desktop.services import vaults, ways_in  # not before the first painting

            if not vaults.exists(folder):
                return 0, False
            return vaults.wait_seconds(folder), ways_in.without_users(folder)

        self._jobs.start(self, work, self._on_seen, lambda error: problems.show(error, self.banner))

    def _on_seen(self, seen: tuple[int, bool]) -> None:
        seconds, nobody = seen
        if nobody:
            self.help_asked.emit()
            return
        self.wait.setText(waiting(seconds))
        self.wait.setVisible(bool(seconds))
        self.passphrase.setReadOnly(bool(seconds) or self._opening)
        if not seconds and self._timer.isActive():
            self._timer.stop()
            self.passphrase.setFocus()
        elif seconds and not self._timer.isActive():
            self._timer.start()
        self._rest()

    def _rest(self) -> None:
        self.open.setDisabled(self._opening or self._timer.isActive())

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
        self._opening = waiting
        self._busy.setVisible(waiting)
        self._rest()
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
        self.look()
