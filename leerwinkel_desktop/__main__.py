"""Starts the program; no logic."""

from __future__ import annotations

from leerwinkel_desktop.bootstrap import main

if __name__ == "__main__":
    main()
