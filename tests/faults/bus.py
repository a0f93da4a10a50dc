"""The child process of the test of system signals: hears from one bus, and sends what it is told to send."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget

from leerwinkel_desktop.ui.system_signals import LOGIN, POWER, SCREEN_SAVERS, SystemSignals

SESSION = "/org/freedesktop/login1/session/_31"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Last(QObject):
    """Hears, on both buses, the signal that is sent after the one that counts: a bus keeps the order."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self._act = act
        self._missing = 2

    @Slot()
    def come(self) -> None:
        self._missing -= 1
        if not self._missing:
            self._act()


SIGNALS: dict[str, tuple[str, str, str, list[object]]] = {
    "sleep": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [True]),
    "wake": ("/org/freedesktop/login1", f"{LOGIN}.Manager", "PrepareForSleep", [False]),
    "lock": (SESSION, f"{LOGIN}.Session", "Lock", []),
    "switch": (SESSION, PROPERTIES, "PropertiesChanged", [f"{LOGIN}.Session", {"Active": False}]),
    "hint": (SESSION, PROPERTIES, "PropertiesChanged", [f"{LOGIN}.Session", {"IdleHint": True}]),
    "lid": ("/org/freedesktop/UPower", PROPERTIES, "PropertiesChanged", [POWER, {"LidIsClosed": True}]),
    "saver": ("/any", SCREEN_SAVERS[1], "ActiveChanged", [True]),
    "last": ("/last", "org.leerwinkel.Test", "Last", []),
    "unlocked": ("/any", SCREEN_SAVERS[0], "ActiveChanged", [False]),
}


def main(name: str) -> None:
    """Send one signal and then the last one; tell whether the user was said to be away before it."""
    application = QApplication(sys.argv[:1])
    window = QWidget()
    heard: list[str] = []
    signals = SystemSignals(window)
    signals.away.connect(lambda: heard.append("away"))
    last = Last(lambda: (print("away" if heard else "here", flush=True), application.quit()))
    receivers: tuple[Any, Any] = (QDBusConnection.systemBus(), QDBusConnection.sessionBus())
    for receiver in receivers:
        receiver.connect("", "/last", "org.leerwinkel.Test", "Last", last, SLOT("come()"))
        receiver.interface().registeredServiceNames()  # the answer comes after all listening is arranged
    sender = QDBusConnection.connectToBus(os.environ["DBUS_SYSTEM_BUS_ADDRESS"], "sender")
    sender.registerService(LOGIN)
    sender.registerService(POWER)
    for which in (name, "last"):
        path, interface, member, values = SIGNALS[which]
        message = QDBusMessage.createSignal(path, interface, member)
        message.setArguments(values)
        sender.send(message)
    application.exec()


if __name__ == "__main__":
    main(sys.argv[1])
