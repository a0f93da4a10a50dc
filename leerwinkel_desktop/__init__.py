"""The program of a leerwinkel: dossiers, advice sheets, hand-over and reports, without a network."""

__version__ = "0.1.0"
