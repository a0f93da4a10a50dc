"""Keeps what does not fit its field yet, every two seconds and at a lock, and brings it back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from leerwinkel_desktop.services import drafts
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.shell import Shell

LOOK_MS: Final = 2000
"""UI.md, principle 1: a crash or a power cut costs the last two seconds at most."""


class DraftKeeper(QObject):
    """Lives from unlock to lock; what fits its field is saved by the forms themselves."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        super().__init__(shell)
        self._workspace = workspace
        self._shell = shell
        self._last: drafts.Draft | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def recall(self) -> None:
        """Go back to where this user was."""
        draft = drafts.find(self._workspace)
        if draft is not None:
            self._last = draft
            self._shell.recall(draft)

    def look(self) -> None:
        """Keep the draft when there is something in it that only stands on the screen, and drop it after."""
        draft = self._shell.draft() if self._shell.unkept else None
        if draft != self._last:
            try:
                if draft is None:  # saved or thought better of: a power cut must not bring it back
                    drafts.drop(self._workspace)
                else:
                    drafts.keep(self._workspace, draft)
            except VaultBusy:
                return  # an import holds the database: again in a moment
            except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
                self._shell.desk.report(error)
                return
            self._last = draft

    def keep(self, *, place: bool) -> bool:
        """Keep everything now; `place` keeps also where the user is. False when something could not be kept.

        Nothing may hold up a lock, not even a bug on a page or a full disk.
        """
        self._timer.stop()
        try:
            self._shell.leave()
            self._shell.desk.later.look()
            if place or self._shell.unkept:
                drafts.keep(self._workspace, self._shell.draft())
            else:
                drafts.drop(self._workspace)
        except Exception:  # noqa: BLE001 - whatever it is, the vault closes; the lock page says what it means
            return False
        return not self._shell.desk.later.waiting
