"""Tags what is drawn on paper, so that a screen reader finds headings, lists and pictures (ISO 14289-1).

Everything that leaves ink is marked as it is drawn (ISO 32000-1, 14.7 and 14.8): text belongs to the element
in force, a shape belongs to the picture in force and is decoration elsewhere. So nothing can be forgotten:
text outside an element becomes a paragraph. The elements stand in the tree in the order of drawing, which is
the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

VERSION: Final = (1, 7)
"""Of the PDF file; PDF/UA-1 builds on 1.7."""
FIGURE: Final = "Figure"
_HELD_BY: Final = {"LI": "L", "TR": "Table"}
"""Elements that stand in one of these, which is made for the first of them."""
_CELLS: Final = ("TH", "TD")
_PAINT: Final = frozenset(("S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"))

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


@dataclass(eq=False, slots=True, repr=False)
class Element:
    """A node of the tree; `kids` are elements and marked pieces of pages (page, number of the mark).

    Without a text for programmers: what it holds can be what a client said.
    """

    role: str
    parent: Element | None = None
    alt: str | None = None
    lang: str | None = None
    actual: str | None = None
    layout: dict[str, Any] = field(default_factory=dict)
    kids: list[Element | tuple[int, int]] = field(default_factory=list)

    def has_content(self) -> bool:
        """Whether anything was drawn in it; an empty cell counts, or its row would be too short."""
        return self.role in _CELLS or any(isinstance(kid, tuple) or kid.has_content() for kid in self.kids)


class Artifact(Element):
    """What is no content: decoration, or what comes back on each page."""

    __slots__ = ()


_SHAPE: Final = Artifact("Artifact")


class Tree:
    """The elements of one document, and by page the element of each mark."""

    def __init__(self) -> None:
        self.root = self.current = Element("Document")
        self.owners: list[list[Element]] = [[]]

    def open(self, element: Element) -> Element:
        """Put an element under the one in force; gives what was in force. In an artifact all is artifact."""
        before, holder = self.current, self.current
        if isinstance(holder, Artifact):
            return before
        wanted = _HELD_BY.get(element.role)
        if wanted is not None and holder.role != wanted:
            holder = self._holder(holder, wanted)
        element.parent = holder
        if not isinstance(element, Artifact):
            holder.kids.append(element)
        self.current = element
        return before

    @staticmethod
    def _holder(parent: Element, role: str) -> Element:
        last = parent.kids[-1] if parent.kids else None
        if isinstance(last, Element) and last.role == role:
            return last
        parent.kids.append(made := Element(role, parent))
        return made

    def owner(self, *, text: bool) -> Element:
        """To what the ink belongs that is drawn now."""
        if self.is_told():
            return self.current
        if not text:
            return _SHAPE
        if self.current is self.root:
            self.root.kids.append(made := Element("P", self.root))
            return made
        return self.current

    def is_told(self) -> bool:
        """Whether what is drawn now is told by the element in force: a picture, or no content at all."""
        return isinstance(self.current, Artifact) or self.current.role == FIGURE

    def mark(self, element: Element) -> str:
        """The operator that begins a piece of this element on the page in hand."""
        if isinstance(element, Artifact):
            return "/Artifact BMC" if element is _SHAPE else "/Artifact <</Type /Pagination>> BDC"
        page = len(self.owners) - 1
        number = len(self.owners[page])
        self.owners[page].append(element)
        element.kids.append((page, number))
        return f"/{element.role} <</MCID {number}>> BDC"

    def turn(self) -> None:
        """The page is full."""
        self.owners.append([])


class Stream(list[str]):
    """The operators of one page; ink is marked as it comes, together with the settings before it."""

    def __init__(self, tree: Tree, operators: list[str]) -> None:
        super().__init__(operators)
        self._tree = tree
        self._open: Element | None = None
        self._settled = len(self)

    def append(self, operator: str) -> None:
        """Add an operator; settings (colour, position, a path in the making) wait for their ink."""
        super().append(operator)
        is_text = operator.startswith(("/Span", "BT")) and ("BDC" in operator or "TJ" in operator.upper())
        if is_text or operator.rstrip().rpartition(" ")[2] in _PAINT:
            self._begin(self._tree.owner(text=is_text))
            self._settled = len(self)
        elif operator in ("Q", "EMC"):
            self._settled = len(self)

    def _begin(self, owner: Element) -> None:
        if owner is not self._open:
            marks = ["EMC"] if self._open is not None else []
            self[self._settled : self._settled] = [*marks, self._tree.mark(owner)]
            self._open = owner

    def close(self) -> None:
        """End the piece that is open; the page is done."""
        if self._open is not None:
            self.insert(self._settled, "EMC")
            self._open = None


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas that keeps a tree of what is drawn on it, and writes it with the document."""

    def __init__(self, target: BinaryIO, **options: Any) -> None:
        self.tree = Tree()
        super().__init__(target, pdfVersion=VERSION, **options)
        self.setViewerPreference("DisplayDocTitle", "true")

    @property
    def _code(self) -> Stream:
        return self._operators

    @_code.setter
    def _code(self, operators: list[str]) -> None:
        self._operators = Stream(self.tree, operators)

    def showPage(self) -> None:
        self._operators.close()
        number = len(self.tree.owners) - 1
        super().showPage()
        self.tree.turn()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, PDFName("S")

    def save(self) -> None:
        if self._code:
            self.showPage()
        _write(self.tree, self._doc)
        super().save()


@contextmanager
def tagged(
    canvas: Canvas,
    role: str,
    *,
    alt: str | None = None,
    lang: str | None = None,
    box: Box | None = None,
    span: int = 1,
) -> Iterator[None]:
    """What is drawn inside is one element: H1, H2, H3, P, LI with Lbl and LBody, TR with TH and TD, Figure …

    A Figure needs `alt` and `box`; `lang` is given where it differs from the document's; `span` is the number
    of columns of a cell. An LI or TR goes on in the list or table before it.
    """
    layout: dict[str, Any] = {}
    if box is not None:
        layout = {"O": PDFName("Layout"), "BBox": PDFArray([round(side, 2) for side in box])}
    elif role == "TH":
        layout = {"O": PDFName("Table"), "Scope": PDFName("Column" if span == 1 else "Row"), "ColSpan": span}
    with _inside(canvas, Element(role, alt=alt, lang=lang, layout=layout)):
        yield


@contextmanager
def read_as(canvas: Canvas, text: str) -> Iterator[None]:
    """What is drawn inside is read aloud as this text, in whatever order its letters are drawn."""
    if isinstance(canvas, TaggedCanvas) and canvas.tree.is_told():
        yield
        return
    with _inside(canvas, Element("Span", actual=text)):
        yield


@contextmanager
def artifact(canvas: Canvas) -> Iterator[None]:
    """What is drawn inside is no content: page numbers, a head that comes back, the mark of a draft."""
    with _inside(canvas, Artifact("Artifact")):
        yield


@contextmanager
def _inside(canvas: Canvas, element: Element) -> Iterator[None]:
    if not isinstance(canvas, TaggedCanvas):
        raise TypeError(type(canvas).__name__)
    before = canvas.tree.open(element)
    try:
        yield
    finally:
        canvas.tree.current = before


def _write(tree: Tree, document: Any) -> None:
    """Put the tree, the title and the marks into the document."""
    names: dict[Element, str] = {}
    _name(tree.root, names)
    pages = document.Pages.pages
    for element in names:
        document.Reference(_dictionary(element, names, pages, document), names[element])
    parents: list[object] = []
    for page, owners in enumerate(tree.owners[: len(pages)]):
        parents += [page, PDFArray([PDFObjectReference(names[owner]) for owner in owners])]
    root = PDFDictionary(
        {
            "Type": PDFName("StructTreeRoot"),
            "K": PDFArray([PDFObjectReference(names[tree.root])]),
            "ParentTree": PDFDictionary({"Nums": PDFArray(parents)}),
            "ParentTreeNextKey": len(pages),
        }
    )
    document.Reference(root, "StructTreeRoot")
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    document.Catalog.Metadata = _metadata(document.info.title)


def _name(element: Element, names: dict[Element, str]) -> None:
    """Name each element that has content, parents first."""
    names[element] = f"StructElem{len(names)}"
    for kid in element.kids:
        if isinstance(kid, Element) and kid.has_content():
            _name(kid, names)


def _dictionary(element: Element, names: dict[Element, str], pages: list[Any], document: Any) -> PDFObject:
    own = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids: list[object] = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids += [PDFObjectReference(names[kid])] if kid in names else []
        elif kid[0] == own:
            kids.append(kid[1])
        else:
            page = document.Reference(pages[kid[0]])
            kids.append(PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": kid[1]}))
    parent = names[element.parent] if element.parent is not None else "StructTreeRoot"
    entries: dict[str, object] = {
        "Type": PDFName("StructElem"),
        "S": PDFName(element.role),
        "P": PDFObjectReference(parent),
        "K": PDFArray(kids),
    }
    if own is not None:
        entries["Pg"] = document.Reference(pages[own])
    if element.layout:
        entries["A"] = PDFDictionary(element.layout)
    told = {"Alt": element.alt, "Lang": element.lang, "ActualText": element.actual}
    entries |= {key: PDFString(text) for key, text in told.items() if text}
    return PDFDictionary(entries)


_XMP: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt>
<rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def _metadata(title: str) -> PDFStream:
    """The title as XMP, which PDF/UA-1 asks beside the one in the information dictionary (7.1)."""
    words = title.replace("&", "&amp;").replace("<", "&lt;")
    entries = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    return PDFStream(PDFDictionary(entries), _XMP.format(title=words).encode(), filters=[])
