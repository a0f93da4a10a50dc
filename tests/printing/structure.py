"""Reads the tags of a PDF back, with pdfium and from the file itself."""

from __future__ import annotations

import base64
import ctypes
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as c


@dataclass(frozen=True)
class Node:
    """An element of the tree as pdfium sees it on one page; `marks` are the numbers of its own pieces."""

    role: str
    alt: str
    lang: str
    actual: str
    marks: tuple[int, ...]
    kids: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """Itself and all below, in the order of reading."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def named(self, role: str) -> list[Node]:
        """All elements of one kind, in the order of reading."""
        return [node for node in self.walk() if node.role == role]


def trees(pdf: bytes) -> list[Node]:
    """The tree of each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_tree(page) for page in document]


def _tree(page: Any) -> Node:
    tree = c.FPDF_StructTree_GetForPage(page)
    assert tree
    try:
        assert c.FPDF_StructTree_CountChildren(tree) == 1
        return _node(c.FPDF_StructTree_GetChildAtIndex(tree, 0))
    finally:
        c.FPDF_StructTree_Close(tree)


def _node(element: Any) -> Node:
    marks, kids = [], []
    for index in range(c.FPDF_StructElement_CountChildren(element)):
        if kid := c.FPDF_StructElement_GetChildAtIndex(element, index):
            kids.append(_node(kid))
        elif (mark := c.FPDF_StructElement_GetChildMarkedContentID(element, index)) >= 0:
            marks.append(mark)
    return Node(
        _text(c.FPDF_StructElement_GetType, element),
        _text(c.FPDF_StructElement_GetAltText, element),
        _text(c.FPDF_StructElement_GetLang, element),
        _text(c.FPDF_StructElement_GetActualText, element),
        tuple(marks),
        tuple(kids),
    )


def _text(ask: Callable[..., int], element: Any) -> str:
    size = ask(element, None, 0)
    room = ctypes.create_string_buffer(size)
    ask(element, room, size)
    return room.raw[:size].decode("utf-16-le").rstrip("\0")


def pieces(pdf: bytes) -> list[dict[int, str]]:
    """By page the text of each mark; -1 has the text outside all marks, artifacts included."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_pieces(page) for page in document]


def _pieces(page: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    shown = page.get_textpage()
    for thing in page.get_objects(filter=[c.FPDF_PAGEOBJ_TEXT]):
        size = c.FPDFTextObj_GetText(thing, shown, None, 0)
        room = (c.FPDF_WCHAR * (size // 2 + 1))()
        c.FPDFTextObj_GetText(thing, shown, room, size)
        text = bytes(room).decode("utf-16-le").split("\0")[0]
        mark = c.FPDFPageObj_GetMarkedContentID(thing)
        found[mark] = " ".join((found.get(mark, "") + " " + text).split())
    return found


_STREAM = re.compile(rb"(?<=[^d]stream\n)([!-u\s]*)~>(?=\s*endstream)", re.DOTALL)
"""A packed stream of a file of ours."""
_MARK = re.compile(rb"^(?:/\w+ .*(?:BDC|BMC)|EMC)$", re.MULTILINE)


def contents(pdf: bytes) -> list[str]:
    """The operators of each page, in order."""
    texts = (_unpacked(found).decode("latin-1") for found in _STREAM.finditer(pdf))
    return [text for text in texts if "BDC" in text]


def without_marks(pdf: bytes) -> bytes:
    """The same file with nothing marked on its pages."""

    def bare(found: re.Match[bytes]) -> bytes:
        text = _unpacked(found)
        return base64.a85encode(zlib.compress(_MARK.sub(b"", text))) + b"~>" if b"BDC" in text else found[0]

    return _STREAM.sub(bare, pdf)


def _unpacked(found: re.Match[bytes]) -> bytes:
    return zlib.decompress(base64.a85decode(found[1]))


_STEP = re.compile(
    r"^(?:/(\w+) .*?(?:BDC|BMC)|(EMC)|(BT .*\bTJ?[Jj] .*ET)|(.*(?<!\S)(?:S|f\*?|B\*?|Do)))$", re.MULTILINE
)


def unmarked(operators: str) -> list[str]:
    """What leaves ink outside every mark, and marks that are wrongly inside one another."""
    wrong, inside = [], 0
    for step in _STEP.finditer(operators):
        begins, ends, *ink = step.groups()
        if begins:
            wrong += [step[0]] if inside and begins != "Span" else []
            inside += 1
        elif ends:
            inside -= 1
        elif not inside:
            wrong.append(next(filter(None, ink)))
    return wrong if inside == 0 else [*wrong, "open at the end"]
