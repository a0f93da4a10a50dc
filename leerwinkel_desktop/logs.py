"""Tells where a bug came up without telling about whom: kinds of error and our own lines, never a value."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import leerwinkel_desktop

_OURS: Final = Path(leerwinkel_desktop.__file__).parent.parent


def details(error: BaseException) -> str:
    """Kind of error and where in our code it came by; never its message, which may hold values."""
    version = f"Leerwinkel {leerwinkel_desktop.__version__}"
    lines = [f"{version} · Python {sys.version.split()[0]} · {sys.platform}"]
    link: BaseException | None = error
    while link is not None:
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}")
        lines += [f"  {place}" for place in _places(link)]
        link = link.__cause__
    return "\n".join(lines)


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_OURS):
            yield f"{path.relative_to(_OURS).as_posix()}:{frame.lineno} {frame.name}"
