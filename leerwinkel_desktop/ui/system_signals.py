"""Hears from the system that the user goes away: suspend, lid, screen lock, user switch (SECURITY.md §1).

Linux tells it over D-Bus, Windows with messages to a window. Loaded after the first painting; where nobody
tells anything, the idle limit and Ctrl+L remain.
"""

from __future__ import annotations

import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

LOGIN: Final = "org.freedesktop.login1"
LOGIN_PATH: Final = "/org/freedesktop/login1"
POWER: Final = "org.freedesktop.UPower"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)


class SystemSignals(QObject):
    """`away` is emitted when the system says that nobody sits here any more."""

    away = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._held: Any = None
        if sys.platform == "win32":
            from leerwinkel_desktop.ui.windows_messages import WindowsMessages

            self._held = WindowsMessages(int(window.winId()), self.away.emit)
        else:
            self._listen()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection  # not before the first painting, and not on Windows

        system: Any = QDBusConnection.systemBus()  # the shipped types want bytes where only text is taken
        session: Any = QDBusConnection.sessionBus()
        if system.isConnected():
            manager = f"{LOGIN}.Manager"
            system.connect(LOGIN, LOGIN_PATH, manager, "PrepareForSleep", self, SLOT("_on_state(bool)"))
            # Any session's: ours has no fixed path, and locking once too often costs a passphrase.
            system.connect(LOGIN, "", f"{LOGIN}.Session", "Lock", self, SLOT("_on_lock()"))
            for service in (LOGIN, POWER):
                system.connect(
                    service,
                    "",
                    PROPERTIES,
                    "PropertiesChanged",
                    self,
                    SLOT("_on_properties(QString,QVariantMap)"),
                )
            self._delay_sleep(system)
        if session.isConnected():
            for name in SCREEN_SAVERS:
                session.connect("", "", name, "ActiveChanged", self, SLOT("_on_state(bool)"))

    def _delay_sleep(self, system: Any) -> None:
        """Ask for the moment that locking takes; the delay ends with this process, which holds it."""
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        call = QDBusMessage.createMethodCall(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager", "Inhibit")
        call.setArguments(["sleep", "Leerwinkel", "Leerwinkel", "delay"])
        watcher = QDBusPendingCallWatcher(system.asyncCall(call), self)
        watcher.finished.connect(self._on_delay)

    def _on_delay(self, watcher: Any) -> None:
        self._held = watcher.reply().arguments()
        watcher.deleteLater()

    @Slot(bool)
    def _on_state(self, gone: bool) -> None:
        if gone:
            self.away.emit()

    @Slot()
    def _on_lock(self) -> None:
        self.away.emit()

    @Slot(str, "QVariantMap")
    def _on_properties(self, _interface: str, changed: dict[str, Any]) -> None:
        if changed.get("Active") is False or changed.get("LidIsClosed") is True:
            self.away.emit()
