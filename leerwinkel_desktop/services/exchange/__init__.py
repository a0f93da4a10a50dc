"""Hands dossiers over: bundles out and in, receipts, and what is safe where (SECURITY.md §3, §4)."""

from leerwinkel_desktop.services.exchange.details import STATES, FieldDetail, RecordDetail, Side, details
from leerwinkel_desktop.services.exchange.overview import (
    Pending,
    UnknownLaptop,
    bundles_in,
    laptop_actor,
    log,
    pending,
)
from leerwinkel_desktop.services.exchange.previewing import PersonLine, Preview, beside, preview, summary
from leerwinkel_desktop.services.exchange.quarantine import (
    Aside,
    NotInQuarantine,
    discard,
    look_at,
    look_into,
    quarantined,
    release,
)
from leerwinkel_desktop.services.exchange.reading import Imported, Told, import_bundle, inspect
from leerwinkel_desktop.services.exchange.replaying import catch_up
from leerwinkel_desktop.services.exchange.withheld import Held, NotHeld, drop, held, retry
from leerwinkel_desktop.services.exchange.writing import (
    NothingToHandOver,
    Written,
    write_bundle,
    write_for_laptop,
)
from leerwinkel_desktop.services.trust import RestoredCopy, RestoredOffice

__all__ = [
    "STATES",
    "Aside",
    "FieldDetail",
    "Held",
    "Imported",
    "NotHeld",
    "NotInQuarantine",
    "NothingToHandOver",
    "Pending",
    "PersonLine",
    "Preview",
    "RecordDetail",
    "RestoredCopy",
    "RestoredOffice",
    "Side",
    "Told",
    "UnknownLaptop",
    "Written",
    "beside",
    "bundles_in",
    "catch_up",
    "details",
    "discard",
    "drop",
    "held",
    "import_bundle",
    "inspect",
    "laptop_actor",
    "log",
    "look_at",
    "look_into",
    "pending",
    "preview",
    "quarantined",
    "release",
    "retry",
    "summary",
    "write_bundle",
    "write_for_laptop",
]
