"""Draws the pictures of the handbook: `python -m leerwinkel_desktop.ui.handbook_pictures`.

Run when a program or a wheel is built, so they cannot go stale and are no part of the source.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from leerwinkel_desktop.services import handbook
from leerwinkel_desktop.ui import screenshots

SIZE: Final = (1366, 768)
COLOURS: Final = 256
"""Enough for flat grounds and the edges of letters, and half as large as all of them."""


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
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(image.constBits()).cast("I"))
    table = [colour for colour, _times in seen.most_common(COLOURS)]
    flat = Qt.ImageConversionFlag.ThresholdDither
    image.convertToFormat(QImage.Format.Format_Indexed8, table, flat).save(str(kept))


if __name__ == "__main__":
    draw(handbook.folder() / "pictures")
