"""Keeps what stands only on the screen, again and again and at a lock, and brings it back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer

from leerwinkel_desktop.services import drafts
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.later import STUCK
from leerwinkel_desktop.ui.shell import Shell

LOOK_MS: Final = 1000
"""UI.md, principle 1: a crash or a power cut costs the last two seconds at most; a disk takes its time."""


class DraftKeeper(QObject):
    """Lives from unlock to lock; what fits its field is saved by the forms as soon as that can be."""

    def __init__(self, workspace: Workspace, shell: Shell) -> None:
        super().__init__(shell)
        self._workspace = workspace
        self._shell = shell
        self._told = False
        self._warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)

    def recall(self) -> None:
        """Go back to where this user was, and begin to keep. A draft that cannot be read holds nothing up."""
        try:
            draft = drafts.find(self._workspace)
            if draft is not None:
                self._shell.recall(draft)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._shell.desk.report(error)
        self._shell.desk.kept.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Keep the draft when there is something in it that only stands on the screen, and drop it after.

        What cannot be kept is told once, and tried again until it can.
        """
        try:
            if self._shell.unkept:
                drafts.keep(self._workspace, self._shell.draft())
            else:  # saved or thought better of: a power cut must not bring it back
                drafts.drop(self._workspace)
        except STUCK as error:
            self._shell.desk.stuck(error)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            if not self._told:
                self._shell.desk.report(error)
            self._told = True
        else:
            self._told = False

    def may_close(self) -> bool:
        """Whether closing costs nothing, or was asked for twice while something could not be kept."""
        kept = self.keep(place=False)
        self._timer.start()
        may, self._warned = kept or self._warned, not kept
        return may

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
        return True
