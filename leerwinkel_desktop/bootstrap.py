"""The only place that builds the program: hands the window and its pictures to the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from leerwinkel_desktop import hardening, paths

VAULT_FILE = "vault.json"


def open_window(vault: Path) -> int:
    """Open the window on this vault, or on a first run where there is none; gives the exit status."""
    from leerwinkel_desktop.ui import app

    return app.run(vault, new=not (vault / VAULT_FILE).exists())


def take_screenshots(folder: Path) -> None:
    """Draw every page, dialog and theme into this folder."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from leerwinkel_desktop.ui import screenshots

    screenshots.take(folder)


def main() -> None:
    """Run the command line; without anything behind it, open the window without loading the commands."""
    if len(sys.argv) == 1:
        sys.exit(open_window(paths.default_vault()))
    hardening.harden()
    from leerwinkel_desktop.cli import root

    root.build(open_window, take_screenshots)()
