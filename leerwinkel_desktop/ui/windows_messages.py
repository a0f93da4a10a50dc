"""Windows' way to say that the user goes away: suspend, lid, locked screen, another user. Not tried yet."""

from __future__ import annotations

import ctypes
import sys
import uuid
from collections.abc import Callable
from ctypes import wintypes
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

WM_POWERBROADCAST: Final = 0x0218
PBT_APMSUSPEND, PBT_POWERSETTINGCHANGE = 0x0004, 0x8013
WM_WTSSESSION_CHANGE: Final = 0x02B1
WTS_AWAY: Final = frozenset({2, 4, 6, 7})
"""Console or remote session disconnected, logged off, locked."""
LID: Final = uuid.UUID("BA3E0F4D-B817-4094-A2D1-D56379E6A0F3")
LID_CLOSED: Final = 0


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING with a value of four bytes."""

    _fields_ = (("guid", ctypes.c_byte * 16), ("length", wintypes.DWORD), ("value", wintypes.DWORD))


def says_away(message: wintypes.MSG) -> bool:
    """Whether this message says that the user goes away."""
    if message.message == WM_WTSSESSION_CHANGE:
        return message.wParam in WTS_AWAY
    if message.message != WM_POWERBROADCAST:
        return False
    if message.wParam == PBT_POWERSETTINGCHANGE and message.lParam:
        setting = PowerSetting.from_address(message.lParam)
        return bytes(setting.guid) == LID.bytes_le and setting.value == LID_CLOSED
    return message.wParam == PBT_APMSUSPEND


class WindowsMessages(QAbstractNativeEventFilter):
    """Asks Windows for these messages for one window, and looks at every message that comes by."""

    def __init__(self, window_handle: int, away: Callable[[], None]) -> None:
        super().__init__()
        self._away = away
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window_handle), 0)
            guid = (ctypes.c_byte * 16)(*LID.bytes_le)
            register = ctypes.windll.user32.RegisterPowerSettingNotification
            register.restype = wintypes.HANDLE
            register(wintypes.HWND(window_handle), ctypes.byref(guid), 0)
            application = QCoreApplication.instance()
            if application is not None:
                application.installNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """See QAbstractNativeEventFilter; nothing is ever held back."""
        if kind == b"windows_generic_MSG" and says_away(wintypes.MSG.from_address(int(message))):
            self._away()
        return False, 0
