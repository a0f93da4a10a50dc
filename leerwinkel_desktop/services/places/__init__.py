"""Exchange places: sticks, folders and servers that the office already has (decision 13)."""

from leerwinkel_desktop.services.places.carrying import (
    Checked,
    check,
    covered,
    deliver,
    fetch,
    latest,
    lay_down,
    outbox,
    tidy,
    waiting,
)
from leerwinkel_desktop.services.places.drives import Drive, plugged_in
from leerwinkel_desktop.services.places.errors import PlaceProblem
from leerwinkel_desktop.services.places.kept import add, change, find, greet, places, remove
from leerwinkel_desktop.services.places.opening import near_folder
from leerwinkel_desktop.services.places.stores import Laid
from leerwinkel_desktop.services.places.watching import News, at_hand, look
from leerwinkel_desktop.store.places import Place

__all__ = [
    "Checked",
    "Drive",
    "Laid",
    "News",
    "Place",
    "PlaceProblem",
    "add",
    "at_hand",
    "change",
    "check",
    "covered",
    "deliver",
    "fetch",
    "find",
    "greet",
    "latest",
    "lay_down",
    "look",
    "near_folder",
    "outbox",
    "places",
    "plugged_in",
    "remove",
    "tidy",
    "waiting",
]
