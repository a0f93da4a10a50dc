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
from leerwinkel_desktop.services.exchange.quarantine import (
    Aside,
    NotInQuarantine,
    discard,
    look_into,
    quarantined,
    release,
)
from leerwinkel_desktop.services.exchange.reading import Imported, Told, import_bundle, inspect
from leerwinkel_desktop.services.exchange.writing import (
    NothingToHandOver,
    Written,
    write_bundle,
    write_receipt,
)
from leerwinkel_desktop.services.trust import RestoredCopy, RestoredOffice

__all__ = [
    "Aside",
    "Imported",
    "NotInQuarantine",
    "NothingToHandOver",
    "Pending",
    "PersonLine",
    "Preview",
    "RestoredCopy",
    "RestoredOffice",
    "Told",
    "UnknownLaptop",
    "Written",
    "bundles_in",
    "discard",
    "import_bundle",
    "inspect",
    "laptop_actor",
    "log",
    "look_into",
    "pending",
    "preview",
    "quarantined",
    "release",
    "write_bundle",
    "write_receipt",
]
