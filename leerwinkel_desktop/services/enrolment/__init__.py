"""How a laptop and the office come to know each other: by signed cards (SECURITY.md §3 "Trust").

Enrol on the laptop, compare the characters, welcome at the office, compare the root with the poster, accept.
"""

from __future__ import annotations

from leerwinkel_desktop.services.enrolment.accepting import (
    AlreadyEnrolled,
    Invitation,
    accept,
    read_welcome_card,
)
from leerwinkel_desktop.services.enrolment.cards import (
    Candidate,
    check_fingerprint,
    read_enrol_card,
    write_enrol_card,
)
from leerwinkel_desktop.services.enrolment.own import (
    Keys,
    Recovery,
    catch_up,
    known_devices,
    new_keys,
    new_recovery,
    own_fingerprint,
    secret,
    settle,
)
from leerwinkel_desktop.services.enrolment.welcoming import NoBlocksLeft, StoppedLaptop, welcome
from leerwinkel_desktop.services.machine import CopiedVault, moved, stay
from leerwinkel_desktop.services.renewal import Renewed, renew_actor
from leerwinkel_desktop.services.trust import (
    NotALaptop,
    NotAnOffice,
    NotEnrolled,
    NothingToPrint,
    RestoredCopy,
    TooLongAway,
    forget_root,
    lost,
    revoke,
    root_fingerprint,
    root_waiting,
    rotate,
    rotation_due,
    show_root,
)

__all__ = [
    "AlreadyEnrolled",
    "Candidate",
    "CopiedVault",
    "Invitation",
    "Keys",
    "NoBlocksLeft",
    "NotALaptop",
    "NotAnOffice",
    "NotEnrolled",
    "NothingToPrint",
    "Recovery",
    "Renewed",
    "RestoredCopy",
    "StoppedLaptop",
    "TooLongAway",
    "accept",
    "catch_up",
    "check_fingerprint",
    "forget_root",
    "known_devices",
    "lost",
    "moved",
    "new_keys",
    "new_recovery",
    "own_fingerprint",
    "read_enrol_card",
    "read_welcome_card",
    "renew_actor",
    "revoke",
    "root_fingerprint",
    "root_waiting",
    "rotate",
    "rotation_due",
    "secret",
    "settle",
    "show_root",
    "stay",
    "welcome",
    "write_enrol_card",
]
