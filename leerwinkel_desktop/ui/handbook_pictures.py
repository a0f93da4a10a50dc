"""Draws the pictures of the handbook: `python -m leerwinkel_desktop.ui.handbook_pictures`.

Run when a program or a wheel is built, so they cannot go stale and are no part of the source.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from leerwinkel_desktop.services import handbook
from leerwinkel_desktop.ui import screenshots

SIZE: Final = (1366, 768)
FORMAT: Final = QImage.Format.Format_Indexed8
"""256 colours without dots between them are enough for flat grounds and letters, and half as large."""


def draw(target: Path) -> int:
    """Write each picture that a page shows into the folder; gives how many. KeyError for an unknown one."""
    target.mkdir(parents=True, exist_ok=True)
    names = sorted({name for page in handbook.pages() for name in page.pictures})
    with tempfile.TemporaryDirectory() as folder:
        screenshots.take(Path(folder), names=("light",), sizes=(SIZE,), percents=(100,))
        for name in names:
            _keep(Path(folder) / f"{name}-licht-{SIZE[0]}x{SIZE[1]}-100.png", target / f"{name}.png")
    return len(names)


def _keep(drawn: Path, kept: Path) -> None:
    image = QImage(str(drawn))
    if image.isNull():
        raise KeyError(drawn.name)
    image.convertToFormat(FORMAT, Qt.ImageConversionFlag.ThresholdDither).save(str(kept))


if __name__ == "__main__":
    draw(handbook.folder() / "pictures")
