"""Finds sticks: removable drives that are plugged in now, with their labels."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_MOUNTED: Final = ("/media/", "/run/media/", "/mnt/usb")
_ESCAPE = re.compile(r"\\([0-7]{3})")
_REMOVABLE: Final = 2  # DRIVE_REMOVABLE of GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Drive:
    """A stick: where its files are, and what people call it."""

    path: Path
    label: str


def plugged_in() -> list[Drive]:
    """The sticks that are plugged in, by label."""
    if sys.platform == "win32":
        found = _on_windows()
    elif sys.platform == "darwin":
        found = on_mac(Path("/Volumes"))
    else:
        found = on_linux(Path("/"))
    return sorted(found, key=lambda drive: drive.label.casefold())


def on_linux(root: Path) -> Iterator[Drive]:
    """What is mounted where desktops mount sticks, when the kernel calls its disk removable or USB."""
    try:
        lines = (root / "proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    labels = _labels(root / "dev/disk/by-label")
    for line in lines.splitlines():
        parts = line.split(" ")
        if len(parts) < 10 or "-" not in parts:
            continue
        at, source = _plain(parts[4]), _plain(parts[parts.index("-") + 2])
        if at.startswith(_MOUNTED) and _removable(root / "sys/dev/block" / parts[2]):
            yield Drive(root / at.lstrip("/"), labels.get(Path(source).name) or Path(at).name)


def _plain(text: str) -> str:
    """A field of mountinfo: spaces and the like are written in octal."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 8)), text)


def _labels(folder: Path) -> dict[str, str]:
    """The label of each device, by the device's name (udev writes odd signs as \\x20)."""
    try:
        links = list(folder.iterdir())
    except OSError:
        return {}
    return {link.resolve().name: _unescaped(link.name) for link in links}


def _unescaped(name: str) -> str:
    raw = re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes.fromhex(match[1].decode()), os.fsencode(name))
    return raw.decode("utf-8", "replace")


def _removable(device: Path) -> bool:
    """Whether a partition's disk can be taken out; disks in a USB case say no, yet hang under a USB port."""
    real = device.resolve()
    for folder in (real, real.parent):
        with suppress(OSError):
            if (folder / "removable").read_text(encoding="ascii").strip() == "1":
                return True
    return any(part.startswith("usb") for part in real.parts)


def on_mac(volumes: Path) -> Iterator[Drive]:
    """All volumes but the one that the system started from (a link to the root)."""
    try:
        found = list(volumes.iterdir())
    except OSError:
        return
    for volume in found:
        if not volume.is_symlink() and volume.is_dir() and not volume.name.startswith("."):
            yield Drive(volume, volume.name)


def _on_windows() -> Iterator[Drive]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    yield from windows_drives(kernel)


def windows_drives(kernel: object) -> Iterator[Drive]:
    """The removable drives by letter, with the label of their volume, asked of kernel32."""
    import ctypes

    mask = kernel.GetLogicalDrives()  # type: ignore[attr-defined]
    for number in range(26):
        letter = f"{chr(ord('A') + number)}:\\"
        if not mask >> number & 1 or kernel.GetDriveTypeW(letter) != _REMOVABLE:  # type: ignore[attr-defined]
            continue
        label = ctypes.create_unicode_buffer(261)
        known = kernel.GetVolumeInformationW(letter, label, 261, None, None, None, None, 0)  # type: ignore[attr-defined]
        if known:  # an empty card reader has a letter and no volume
            yield Drive(Path(letter), label.value or letter[:2])
