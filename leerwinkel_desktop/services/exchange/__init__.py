"""Hands dossiers over: bundles out and in, receipts, and what is safe where (SECURITY.md §3, §4)."""

from leerwinkel_desktop.services.exchange.overview import (
    Pending,
    UnknownLaptop,
    bundles_in,
    laptop_actor,
    log,
    pending,
)
from leerwinkel_desktop.services.exchange.previewing import PersonLine, Preview, preview
from leerwinkel_desktop.services.exchange.reading import Imported, RestoredCopy, Told, import_bundle, inspect
from leerwinkel_desktop.services.exchange.writing import (
    NothingToHandOver,
    Written,
    write_bundle,
    write_receipt,
)

__all__ = [
    "Imported",
    "NothingToHandOver",
    "Pending",
    "PersonLine",
    "Preview",
    "RestoredCopy",
    "Told",
    "UnknownLaptop",
    "Written",
    "bundles_in",
    "import_bundle",
    "inspect",
    "laptop_actor",
    "log",
    "pending",
    "preview",
    "write_bundle",
    "write_receipt",
]
