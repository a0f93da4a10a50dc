"""A workbook is not trusted: what is no workbook, is locked, broken or a bomb has its own error."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leerwinkel_desktop.services.workbook import files
from leerwinkel_desktop.services.workbook.cells import Cell
from leerwinkel_desktop.services.workbook.problems import (
    DamagedWorkbook,
    LockedWorkbook,
    MissingWorkbook,
    NotAWorkbook,
    NotUtf8,
    OldWorkbook,
    OversizedWorkbook,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Make = Callable[..., Path]


def package(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return target.getvalue()


def repacked(path: Path, change: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as package_:
        parts = {name: package_.read(name) for name in package_.namelist()}
    path.write_bytes(package(parts | change))


def read_all(path: Path) -> dict[str, list[list[Cell]]]:
    with files.opened(path) as book:
        return {name: list(book.rows(name)) for name in book.names}


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", NotAWorkbook),
        (b"naam;voornaam\r\n", NotAWorkbook),
        (OLE + b"\0" * 600, OldWorkbook),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), LockedWorkbook),
        (b"PK\x03\x04 maar geen zip", DamagedWorkbook),
        (package({"hallo.txt": b"x"}), NotAWorkbook),
        (package({"[Content_Types].xml": b"<Types/>"}), DamagedWorkbook),
        (package({"[Content_Types].xml": b"<nooit gesloten"}), DamagedWorkbook),
        (package({"[Content_Types].xml": b"", "xl/bom.xml": b"\0" * 50_000_000}), OversizedWorkbook),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, data: bytes, error: type[Exception]) -> None:
    path = tmp_path / "boek.xlsx"
    path.write_bytes(data)
    with pytest.raises(error):
        read_all(path)


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(MissingWorkbook):
        read_all(tmp_path / "nergens.xlsx")
    with pytest.raises(NotAWorkbook):
        read_all(tmp_path)


def test_too_much_inside(make_book: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_book({})
    monkeypatch.setattr(files, "LARGEST", 1000)
    with pytest.raises(OversizedWorkbook):
        read_all(path)


def test_a_locked_part(tmp_path: Path) -> None:
    data = bytearray(package({"[Content_Types].xml": b"x"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = data.index(mark) + (6 if mark.endswith(b"\x04") else 8)
        data[at] |= 1
    (tmp_path / "boek.xlsx").write_bytes(data)
    with pytest.raises(LockedWorkbook):
        read_all(tmp_path / "boek.xlsx")


def test_every_cut_and_flip_is_named(make_book: Make, person: Callable[..., Any]) -> None:
    """Whatever happens to the file, the answer is a workbook or one of our errors."""
    path = make_book(person())
    whole = path.read_bytes()
    for at in range(0, len(whole), len(whole) // 60):
        for broken in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]):
            path.write_bytes(broken)
            try:
                read_all(path)
            except (NotAWorkbook, DamagedWorkbook, LockedWorkbook, OversizedWorkbook):
                continue


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row>"
        b"<c t='s'><v>99999</v></c></row></sheetData></worksheet>",
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        b"<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>"
        b"<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;'>"
        b"<!ENTITY g '&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;'><!ENTITY h '&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;'>"
        b"]><worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row>"
        b"<c t='inlineStr'><is><t>&h;</t></is></c></row></sheetData></worksheet>",
        b"<worksheet",
    ],
    ids=["string that is not there", "billion laughs", "cut off"],
)
def test_broken_sheets(make_book: Make, sheet: bytes) -> None:
    path = make_book({})
    repacked(path, {"xl/worksheets/sheet1.xml": sheet})
    with pytest.raises(DamagedWorkbook):
        read_all(path)


def test_macros_and_links_are_left_alone(make_book: Make, person: Callable[..., Any]) -> None:
    path = make_book(person())
    repacked(path, {"xl/vbaProject.bin": b"Sub Auto_Open()", "xl/externalLinks/externalLink1.xml": b"<x/>"})
    assert read_all(path)["Klanten"][1][1].value == "Linde"


def test_a_formula_has_no_value_for_us(make_book: Make, person: Callable[..., Any]) -> None:
    cell = read_all(make_book(person(Klanten__voornaam="=1+1")))["Klanten"][1][1]
    assert cell.is_formula


def test_far_away_cells_do_not_fill_memory(make_book: Make) -> None:
    path = make_book({})
    repacked(
        path,
        {
            "xl/worksheets/sheet1.xml": b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/"
            b"main'><sheetData><row r='1'><c r='A1'><v>1</v></c><c r='XFD1'><v>2</v></c></row></sheetData>"
            b"</worksheet>"
        },
    )
    assert len(read_all(path)["Klanten"][0]) == files.MOST_COLUMNS


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_with_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = f'klantnr{delimiter}voornaam\r\nK-1{delimiter}"a;b,c\td"\r\n'
    (tmp_path / "Klanten.csv").write_bytes(text.encode("utf-8-sig"))
    rows = read_all(tmp_path)["Klanten"]
    assert [[cell.value for cell in row] for row in rows] == [["klantnr", "voornaam"], ["K-1", "a;b,c\td"]]


def test_csv_in_another_character_set(tmp_path: Path) -> None:
    (tmp_path / "Klanten.csv").write_bytes("klantnr;voornaam\r\nK-1;Zoë\r\n".encode("cp1252"))
    with pytest.raises(NotUtf8) as caught:
        read_all(tmp_path)
    assert caught.value.name == "Klanten"


def test_csv_that_never_closes_its_quote(tmp_path: Path) -> None:
    (tmp_path / "Klanten.csv").write_text('klantnr\n"K-1\n', encoding="utf-8")
    with pytest.raises(DamagedWorkbook):
        read_all(tmp_path)


def test_an_apostrophe_that_guards_nothing_stays(tmp_path: Path) -> None:
    text = "klantnr;achternaam\r\nK-1;'s Gravenwezel\r\nK-2;'+32\r\n"
    (tmp_path / "Klanten.csv").write_text(text, encoding="utf-8")
    assert [row[1].value for row in read_all(tmp_path)["Klanten"]] == ["achternaam", "'s Gravenwezel", "+32"]
