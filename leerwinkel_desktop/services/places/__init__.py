"""Exchange places: sticks, folders and servers that the office already has (decision 13)."""

from leerwinkel_desktop.services.places.carrying import (
    Checked,
    check,
    covered,
    fetch,
    lay_down,
    outbox,
    tidy,
    waiting,
)
from leerwinkel_desktop.services.places.drives import Drive, plugged_in
from leerwinkel_desktop.services.places.errors import PlaceProblem
from leerwinkel_desktop.services.places.kept import add, change, find, greet, places, remove
from leerwinkel_desktop.services.places.stores import Laid
from leerwinkel_desktop.services.places.watching import News, look
from leerwinkel_desktop.store.places import Place

__all__ = [
    "Checked",
    "Drive",
    "Laid",
    "News",
    "Place",
    "PlaceProblem",
    "add",
    "change",
    "check",
    "covered",
    "fetch",
    "find",
    "greet",
    "lay_down",
    "look",
    "outbox",
    "places",
    "plugged_in",
    "remove",
    "tidy",
    "waiting",
]
