"""Gives somebody who forgot his passphrase a new one: through the office, or with the printed sheet.

SECURITY.md §1 "forgotten passphrase", "office key lost". Through the office: the laptop writes a request
with a fresh recipient; both screens show the same signs; the office answers with the data key, sealed to that
recipient. The recovery secret of the sheet is only ever typed on the machine of the office.
"""

from __future__ import annotations

from leerwinkel_desktop.services.recovery.answering import (
    RefusedLaptop,
    answer,
    answer_with_sheet,
    laptop_name,
)
from leerwinkel_desktop.services.recovery.asked import Asked, NotARequest, check_signs, read_request
from leerwinkel_desktop.services.recovery.asking import (
    PENDING,
    AnswerForAnother,
    NoRequest,
    accept,
    request,
    waiting_for_answer,
)
from leerwinkel_desktop.services.recovery.opening import SheetOnLaptop, open_with_sheet
from leerwinkel_desktop.services.recovery.sheet import (
    GROUP,
    SheetMistyped,
    SheetState,
    groups,
    rehearse,
    rehearse_whole,
    sheet_identity,
    sheet_printed,
    sheet_state,
)
from leerwinkel_desktop.services.recovery.whose import users_of

__all__ = [
    "GROUP",
    "PENDING",
    "AnswerForAnother",
    "Asked",
    "NoRequest",
    "NotARequest",
    "RefusedLaptop",
    "SheetMistyped",
    "SheetOnLaptop",
    "SheetState",
    "accept",
    "answer",
    "answer_with_sheet",
    "check_signs",
    "groups",
    "laptop_name",
    "open_with_sheet",
    "read_request",
    "rehearse",
    "rehearse_whole",
    "request",
    "sheet_identity",
    "sheet_printed",
    "sheet_state",
    "users_of",
    "waiting_for_answer",
]
