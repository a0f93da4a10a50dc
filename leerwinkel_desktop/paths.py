"""Where things are: shipped resources and the platform's folder for a user's vault."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import platformdirs

APPLICATION = "Leerwinkel"
ORGANISATION = "leerwinkel"


@cache
def resources() -> Path:
    """The shipped `resources/` folder: beside the packages, inside the wheel, or inside the built program.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    built = Path(getattr(sys, "_MEIPASS", package))
    for folder in (built / "resources", package / "resources", package.parent / "resources"):
        if folder.is_dir():
            return folder
    raise FileNotFoundError("resources")


def default_vault() -> Path:
    """The folder of the vault when none is named: LEERWINKEL_VAULT, else the platform's data folder."""
    named = os.environ.get("LEERWINKEL_VAULT")
    return Path(named) if named else platformdirs.user_data_path(APPLICATION, ORGANISATION)
