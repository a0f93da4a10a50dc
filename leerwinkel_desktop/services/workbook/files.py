"""Opens a workbook without trusting it, and gives its sheets as rows of cells (.xlsx or a folder of .csv).

A formula has no value that we trust, so it is marked and never read. Sizes are checked before anything is
unpacked; macros and links inside are never run or followed.
"""

from __future__ import annotations

import csv
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from leerwinkel_desktop.services.workbook.cells import EMPTY, Cell
from leerwinkel_desktop.services.workbook.problems import (
    DamagedWorkbook,
    LockedWorkbook,
    MissingWorkbook,
    NotAWorkbook,
    NotUtf8,
    OldWorkbook,
    OversizedWorkbook,
)

LARGEST = 200 * 2**20
LARGEST_STRINGS = 64 * 2**20
LARGEST_RATIO = 500
RATIO_FROM = 2**20
MOST_PARTS = 10_000
MOST_COLUMNS = 60
GUARDED = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "'")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
CARRIAGE_RETURN = "_x000D_"
"""How a workbook writes the half of a line break that we do without (ECMA-376 §22.9.2.19)."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    csv.Error,
)

Rows = Iterator[list[Cell]]


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened workbook: the names of its sheets as written, and the rows of each by that name."""

    names: tuple[str, ...]
    _source: Any

    def rows(self, name: str) -> Rows:
        """All rows of a sheet from the first, empty ones included. Raises DamagedWorkbook."""
        with _naming_damage():
            yield from self._source.rows(name)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open an .xlsx file or a folder of .csv files.

    Raises MissingWorkbook, NotAWorkbook, OldWorkbook, LockedWorkbook, DamagedWorkbook, OversizedWorkbook
    or NotUtf8.
    """
    try:
        source: _Folder | _Excel = _Folder(path) if path.is_dir() else _Excel(path)
    except OSError as error:
        raise MissingWorkbook from error
    try:
        yield Opened(source.names, source)
    finally:
        source.close()


@contextmanager
def _naming_damage() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise (MissingWorkbook if error.errno else DamagedWorkbook) from error
    except _BROKEN as error:
        raise DamagedWorkbook from error


class _Folder:
    """A folder with one .csv file for each sheet, UTF-8, with commas, semicolons or tabs between."""

    def __init__(self, path: Path) -> None:
        self.files = {file.stem: file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv"}
        if not self.files:
            raise NotAWorkbook
        if sum(file.stat().st_size for file in self.files.values()) > LARGEST:
            raise OversizedWorkbook(LARGEST)
        self.names = tuple(self.files)

    def rows(self, name: str) -> Rows:
        with self.files[name].open(encoding="utf-8-sig", newline="") as file:
            try:
                heading = file.readline()
                file.seek(0)
                for row in csv.reader(file, delimiter=_delimiter(heading), strict=True):
                    yield [Cell(_unguarded(text)) if text else EMPTY for text in row[:MOST_COLUMNS]]
            except UnicodeDecodeError as error:
                raise NotUtf8(name) from error

    def close(self) -> None:
        """Nothing stays open."""


def _delimiter(heading: str) -> str:
    return max(";,\t", key=heading.count)


def guarded(text: str) -> str:
    """Text for a .csv cell that no spreadsheet takes for a formula: an apostrophe first where needed."""
    return f"'{text}" if text.startswith(GUARDED) else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(GUARDED) else text


class _Excel:
    """An .xlsx file, read row by row."""

    def __init__(self, path: Path) -> None:
        _check_package(path)
        with ExitStack() as on_failure:
            self.file = on_failure.enter_context(path.open("rb"))
            with _naming_damage(), _quiet():
                book = openpyxl.load_workbook(self.file, read_only=True, data_only=False, keep_links=False)
                self.sheets = {sheet.title: sheet for sheet in book.worksheets}
            on_failure.pop_all()
        self.names = tuple(self.sheets)

    def rows(self, name: str) -> Rows:
        sheet = self.sheets[name]
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=MOST_COLUMNS)
        while True:
            with _quiet():
                row = next(rows, None)
            if row is None:
                return
            yield [EMPTY if cell.value is None and cell.data_type != "f" else _cell(cell) for cell in row]

    def close(self) -> None:
        self.file.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Without openpyxl's warnings about styles and dates; what matters comes back as a problem."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, str):
        value = value.replace(CARRIAGE_RETURN, "")
    return Cell(value, is_formula=cell.data_type == "f", is_error=cell.data_type == "e")


def _check_package(path: Path) -> None:
    """Look at the package before anything is unpacked."""
    with path.open("rb") as file:
        start = file.read(len(_OLE))
        if start == _OLE:
            raise LockedWorkbook if _ENCRYPTED_PACKAGE in file.read(LARGEST) else OldWorkbook
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, LookupError, NotImplementedError) as error:
        raise (DamagedWorkbook if start.startswith(b"PK") else NotAWorkbook) from error
    _check_parts(parts)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if "[Content_Types].xml" not in names:
        raise NotAWorkbook
    if any(part.flag_bits & 1 for part in parts):
        raise LockedWorkbook
    if len(set(names)) != len(names):
        raise DamagedWorkbook
    strings = sum(part.file_size for part in parts if part.filename.lower().endswith("sharedstrings.xml"))
    stuffed = any(p.file_size > max(RATIO_FROM, p.compress_size * LARGEST_RATIO) for p in parts)
    if len(parts) > MOST_PARTS or stuffed or strings > LARGEST_STRINGS:
        raise OversizedWorkbook(LARGEST)
    if sum(part.file_size for part in parts) > LARGEST:
        raise OversizedWorkbook(LARGEST)
