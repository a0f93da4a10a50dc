"""The exact file of a sheet that was made ready: a record like any other, so that it travels and is erased.

docs/decisions/0017-sheet-files.md has the measurements behind this shape.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar, Final

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.domain.fields import Privacy, Record, day, note, ref, text, yes_no

LARGEST_FILE: Final = 200_000
"""Characters of a packed file: its line in a bundle stays under 256 KiB (FORMAT.md §9)."""
LARGEST_PDF: Final = 4_000_000
"""Bytes of an unpacked file; more than that was never a sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile(Record):
    """The bytes of one version of a sheet, made ready by a counsellor; its hash stands in the version.

    `content` is what `packed` gives, for the sheet for inside sealed under the detention key.
    """

    kind: ClassVar[str] = "sheet_file"
    label: ClassVar[str] = "Klaargezet blad"

    sheet_id: str | None = ref("Adviesblad", "advice_sheet", owner=True)
    confirmed_on: Date | None = day("Klaargezet op")
    confirmed_by: str | None = text("Klaargezet door")
    to_print: bool | None = yes_no("Nog af te drukken")
    content: str | None = note("Bestand", Privacy.SENSITIVE, max_length=LARGEST_FILE, opaque=True)


class ChangedSheet(EnvironmentProblem):
    """What is kept of a sheet is not what was made ready: its hash differs, or it cannot be unpacked."""


def packed(pdf: bytes) -> str:
    """The file as text for a field: deflated, in base85 (RFC 1924's letters, none of which JSON escapes)."""
    return base64.b85encode(zlib.compress(pdf, 9)).decode("ascii")


def unpacked(content: str, sha256: str | None) -> bytes:
    """The file behind `packed`. Raises ChangedSheet when it does not have that hash (lower-case hex)."""
    try:
        pdf = zlib.decompressobj().decompress(base64.b85decode(content), LARGEST_PDF)
    except (ValueError, zlib.error) as error:
        raise ChangedSheet from error
    if fingerprint(pdf) != sha256:
        raise ChangedSheet
    return pdf


def fingerprint(pdf: bytes) -> str:
    """The SHA-256 of a file in lower-case hex, as it stands in `AdviceSheet.sha256`."""
    return hashlib.sha256(pdf).hexdigest()
