"""Asks the print system whether it took a job: Qt hands a job to CUPS and does not tell what CUPS said."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

LIBRARY: Final = "libcups.so.2"
"""The one that Qt's printing links to; asking for it again gives that same one."""
LAST_THAT_IS_WELL: Final = 0x00FF
"""RFC 8011, 4.1.6.2: 0x0000 to 0x00ff is "successful"."""


def was_refused() -> bool:
    """Whether CUPS refused the job that this very thread handed over last; never on a system without CUPS.

    Windows tells it through the painter, which then does not end well.
    """
    if sys.platform == "win32":
        return False
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError:  # no CUPS here: no queue either
        return False
    return int(library.cupsLastError()) > LAST_THAT_IS_WELL
