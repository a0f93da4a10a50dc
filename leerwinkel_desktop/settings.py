"""What somebody chose for this window on this computer: theme and size of text. Nothing personal."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import platformdirs

from leerwinkel_desktop import paths

THEMES: Final = ("system", "light", "dark")
TEXT_PERCENTS: Final = (100, 125, 150, 175, 200)
_FILE: Final = "window.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices; `theme` is one of THEMES, `text_percent` one of TEXT_PERCENTS."""

    theme: str = "system"
    text_percent: int = 100


def file() -> Path:
    """Where the choices are kept: the platform's folder for settings, never the vault."""
    return platformdirs.user_config_path(paths.APPLICATION, paths.ORGANISATION) / _FILE


def load(path: Path) -> Settings:
    """The choices as they were left; the defaults for a file that is absent or that nobody can read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    theme, percent = raw.get("theme"), raw.get("text_percent")
    return Settings(
        theme if theme in THEMES else "system",
        percent if percent in TEXT_PERCENTS else 100,
    )


def save(path: Path, settings: Settings) -> None:
    """Keep the choices. Raises OSError when the folder cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(settings)), encoding="utf-8")
