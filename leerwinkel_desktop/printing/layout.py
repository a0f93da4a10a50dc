"""Lays a sheet out on A4: sections become atoms with a height, atoms become pages (DOMAIN.md §6).

`fitting` chooses how dense; a text that gets fewer lines than it asks ends in "…" with a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.i18n import SOURCE_LANGUAGE, _
from leerwinkel_desktop.printing.atoms import Atom, Draw, fill_pages, nothing, white
from leerwinkel_desktop.printing.content import (
    Blank,
    Card,
    Content,
    Fact,
    Item,
    Length,
    Path,
    Section,
    Task,
    Text,
)
from leerwinkel_desktop.printing.hand import draw_tick_box, draw_writing_line
from leerwinkel_desktop.printing.languages import Said, second_of
from leerwinkel_desktop.printing.looks import (
    ACCENT,
    DENSITIES,
    FOOT,
    HAIRLINE,
    INK,
    LARGEST_WHOLE,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SOFT,
    WHITES,
    WIDER,
    Density,
    Look,
)
from leerwinkel_desktop.printing.pairs import Pair, pair
from leerwinkel_desktop.printing.path_drawing import MOST_LINES, drawing_of
from leerwinkel_desktop.printing.pictograms import EMBLEM_HEIGHT, EMBLEM_WIDTH, draw_emblem, draw_pictogram
from leerwinkel_desktop.printing.tagging import FIGURE, artifact, tagged
from leerwinkel_desktop.printing.typeset import (
    Lines,
    Style,
    baseline,
    break_lines,
    draw_line,
    width,
)


@dataclass
class Placed:
    """A laid out sheet: atoms by page, with the typed texts that had to be shortened (field, text)."""

    pages: list[list[tuple[float, Atom]]] = field(default_factory=list)
    shortened: list[tuple[str, str]] = field(default_factory=list)


def lay_out_whole(content: Content, look: Look) -> list[list[tuple[float, Atom]]]:
    """The pages of a paper that may take as many sides as it needs; nothing is shortened.

    Of the whites that need the fewest sides the widest is taken: a last side with one line helps nobody.
    """
    tries = (replace(DENSITIES[0], whole=False, white=air, spacing=spacing) for air, spacing in WHITES)
    return min((Setter(content, look, density).placed().pages for density in tries), key=len)


class Setter:
    """Builds the atoms of one sheet at one density, between `left` and `right` (points)."""

    def __init__(
        self,
        content: Content,
        look: Look,
        density: Density,
        left: float | None = None,
        right: float | None = None,
    ) -> None:
        self.content = content
        self.look = look
        self.density = density
        self.shortened: list[tuple[str, str]] = []
        self.left = look.margin if left is None else left
        self.text_left = self.left + look.gutter
        self.right = PAGE_WIDTH - look.margin if right is None else right
        self.column = look.label * (1 if content.language == SOURCE_LANGUAGE else WIDER)
        self.top = PAGE_HEIGHT - look.margin + 6
        self.bottom = look.margin * FOOT + 12 + 12

    def placed(self) -> Placed:
        result = Placed(shortened=self.shortened)
        atoms = [self.title()]
        for section in self.content.sections:
            atoms += self.section(section)
        atoms += self.small_print()
        result.pages = fill_pages(atoms, self.top, self.bottom)
        return result

    def gap(self, points: float) -> Atom:
        return white(points * self.density.white)

    def _pair(
        self, text: str, style: Style, room: float, broken: Lines | None = None, *, beside: bool = False
    ) -> Pair:
        """A text with its second language: on the same line with `beside` and room for it, else below."""
        lines = broken or break_lines(text, style, room)
        apart = 3 * self.density.white
        return pair(text, lines, style, room, self.content.language, beside=beside, apart=apart)

    def _style(self, bold: bool = False) -> Style:
        """Running text."""
        return Style(self.look.body, bold, self.density.spacing)

    # -- title and foot --------------------------------------------------------------------------------

    def title(self) -> Atom:
        """The title above a line, with the name and the date."""
        look, language = self.look, self.content.language
        big = Style(look.title, True, 1.2)
        strong, sub = Style(look.heading, True, 1.4), Style(look.heading, False, 1.4)
        across = self.right - self.left
        first = Lines((self.content.title,))
        words = pair(self.content.title, first, big, across, language, beside=True, quiet=sub, flush=True)
        dates = tuple(filter(None, (self.content.date, second_of(self.content.date))))
        room = across - max((width(date, sub) for date in dates), default=0) - 24
        name = self._broken(Text(self.content.name, "client.first_name", Length.TALENT), strong, room)
        height = words.height + sub.leading * max(len(name.texts), len(dates), 1) + 10

        def draw(canvas: Canvas, top: float) -> None:
            with tagged(canvas, "H1"):
                words.draw(canvas, self.left, self.right, top, ACCENT, ACCENT)
            canvas.setFillColor(INK)
            y = top - words.height - sub.size
            with tagged(canvas, "P"):
                for number, text in enumerate(name.texts):
                    draw_line(canvas, text, self.left, y - number * sub.leading, strong)
            for number, date in enumerate(dates):
                x = self.right - width(date, sub) if name.texts else self.left
                with tagged(canvas, "P", lang=language if number else None):
                    draw_line(canvas, date, x, y - number * sub.leading, sub)
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(1.6)
            canvas.line(self.left, top - height + 2, self.right, top - height + 2)

        return Atom(height, draw)

    def small_print(self) -> list[Atom]:
        """What stands at the end, under a hairline, if there is anything."""
        if not self.content.small_print and not self.content.emblem:
            return []
        style = Style(self.look.small, spacing=1.4)
        emblem = EMBLEM_WIDTH + 10 if self.content.emblem else 0.0
        told = Said(
            " ".join(self.content.small_print), " ".join(map(second_of, self.content.small_print)).strip()
        )
        words = self._pair(told, style, self.right - self.left - emblem)
        height = max(words.height + 10, EMBLEM_HEIGHT + 20 if emblem else 0)

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setStrokeColor(HAIRLINE)
            canvas.setLineWidth(0.8)
            canvas.line(self.left, top, self.right, top)
            with tagged(canvas, "P"):
                words.draw(canvas, self.left, self.right - emblem, top - 4, MUTED, MUTED)
            if emblem:
                draw_emblem(canvas, self.right - EMBLEM_WIDTH, top - 10 - EMBLEM_HEIGHT)

        return [self.gap(16), Atom(height, draw)]

    # -- sections ---------------------------------------------------------------------------------------

    def section(self, section: Section) -> list[Atom]:
        """A heading with its items."""
        atoms = [self.gap(17), self._heading(section)]
        for place, item in enumerate(section.items):
            if place and isinstance(item, Task | Card):
                atoms.append(self.gap(7))
            atoms += self._item(item, self.text_left, self.right)
        if self.density.whole and sum(a.height for a in atoms) <= LARGEST_WHOLE * (self.top - self.bottom):
            return [*(replace(atom, with_next=True) for atom in atoms[:-1]), atoms[-1]]
        return atoms

    def _heading(self, section: Section) -> Atom:
        look, style = self.look, Style(self.look.heading, True, 1.3)
        x = self.left + max(look.gutter, look.icon + 10)
        words = self._pair(section.heading, style, self.right - x, beside=True)
        air = max(look.icon - style.leading, 0) / 2
        height = words.height + 2 * air + 3 * self.density.white

        def draw(canvas: Canvas, top: float) -> None:
            with tagged(canvas, "H2"):
                self._draw_icon(canvas, section.icon, top)
                words.draw(canvas, x, self.right, top - air, ACCENT, ACCENT)

        return Atom(height, draw, with_next=bool(section.items))

    def _draw_icon(self, canvas: Canvas, name: str, top: float) -> None:
        radius, size = self.look.icon / 2, self.look.icon * 0.66
        canvas.setFillColor(SOFT)
        canvas.circle(self.left + radius, top - radius, radius, stroke=0, fill=1)
        canvas.setStrokeColor(ACCENT)
        draw_pictogram(canvas, name, self.left + radius - size / 2, top - radius + size / 2, size)

    def _item(self, item: Item, left: float, right: float) -> Iterator[Atom]:
        match item:
            case Text():
                yield self._text(item, left, right)
            case Fact():
                yield self._fact(item, left, right)
            case Path():
                yield self._path(item, left, right)
            case Blank():
                yield self._blank(left, right)
            case Task():
                yield self._task(item, left, right)
            case Card():
                yield from self._card(item, left, right)

    def _broken(self, text: Text | Fact, style: Style, room: float, indent: float = 0) -> Lines:
        most = self.density.most.get(text.length)
        lines = break_lines(text.text, style, room, most, indent)
        if lines.shortened:
            self.shortened.append((text.field, text.text))
        return lines

    def _text(self, item: Text, left: float, right: float, role: str = "P") -> Atom:
        style = self._style(item.bold)
        inset = self.look.body * 1.1 if item.bullet else 0
        room = right - left - inset
        words = self._pair(item.text, style, room, self._broken(item, style, room))

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setFillColor(INK)
            if not item.bullet:
                with tagged(canvas, role):
                    words.draw(canvas, left, right, top, INK, MUTED)
                return
            canvas.circle(left + style.size * 0.3, top - style.leading * 0.5 - 0.5, style.size * 0.17, 0, 1)
            with tagged(canvas, "LI"), tagged(canvas, "LBody"):
                words.draw(canvas, left + inset, right, top, INK, MUTED)

        return Atom(words.height, draw)

    def _fact(self, item: Fact, left: float, right: float) -> Atom:
        if not self.look.label or right - left < 2 * self.column:
            return self._running_fact(item, left, right)
        style, column = self._style(), self.column
        room = right - left - column
        label = self._pair(item.label, style, column - 10, beside=True)
        words = self._pair(item.text, style, room, self._broken(item, style, room))

        def draw(canvas: Canvas, top: float) -> None:
            with tagged(canvas, "P"):
                label.draw(canvas, left, left + column - 10, top, MUTED, MUTED)
                words.draw(canvas, left + column, right, top, INK, MUTED)

        return Atom(max(label.height, words.height), draw)

    def _running_fact(self, item: Fact, left: float, right: float) -> Atom:
        """Large print: the answer follows its label on the same line and runs on below it."""
        style, strong = self._style(), self._style(True)
        second = second_of(item.label)
        after = left + width(item.label + "  ", strong)
        indent = after - left + (width(second + "  ", style) if second else 0)
        lines = self._broken(item, style, right - left, indent)
        words = self._pair(item.text, style, right - left, lines)

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setFillColor(INK)
            y = baseline(top, style)
            with tagged(canvas, "P"):
                draw_line(canvas, item.label, left, y, strong)
                with tagged(canvas, "Span", lang=self.content.language):
                    draw_line(canvas, second, after, y, style)
                draw_line(canvas, lines.texts[0] if lines.texts else "", left + indent, y, style)
                rest = replace(words, first=Lines(lines.texts[1:]))
                rest.draw(canvas, left, right, top - style.leading, INK, MUTED)

        return Atom(max(words.height, style.leading), draw)

    def _blank(self, left: float, right: float) -> Atom:
        def draw(canvas: Canvas, top: float) -> None:
            draw_writing_line(canvas, left, right, top - self.look.body * 1.6)

        return Atom(self.look.body * 2, draw)

    def _task(self, item: Task, left: float, right: float) -> Atom:
        style = self._style(item.what.bold)
        box = self.look.body * 1.05
        after_box = left + box + self.look.body * 0.7
        number = f"{item.number}." if item.number else ""
        inset = after_box + (width(number, style) + style.size * 0.4 if number else 0)
        lines = self._broken(item.what, style, right - inset)
        words = self._pair(item.what.text, style, right - inset, lines)
        details = self._details(item, after_box, right)
        height = max(words.height, style.leading)

        def draw(canvas: Canvas, top: float) -> None:
            with tagged(canvas, "LI"):
                with tagged(canvas, "Lbl"):
                    draw_tick_box(canvas, left + 0.7, top - style.leading / 2 - box / 2 - 0.4, box)
                    canvas.setFillColor(INK)
                    draw_line(canvas, number, after_box, baseline(top, style), style)
                with tagged(canvas, "LBody"):
                    draw_body(canvas, top)

        def draw_body(canvas: Canvas, top: float) -> None:
            with tagged(canvas, "P"):
                words.draw(canvas, inset, right, top, INK, MUTED)
            if not lines.texts:
                draw_writing_line(canvas, inset, right, top - style.leading * 0.8)
            y = top - height
            for atom in details:
                atom.draw(canvas, y)
                y -= atom.height

        return Atom(height + sum(atom.height for atom in details), draw)

    def _details(self, item: Task, left: float, right: float) -> list[Atom]:
        """The details as labelled rows, or in running text when that is asked for and saves lines."""
        if item.brief and self.density.brief:
            brief = break_lines(item.brief.text, self._style(), right - left)
            if len(brief.texts) < len(item.details):
                return [self._text(item.brief, left, right)]
        return [self._fact(fact, left, right) for fact in item.details]

    def _path(self, item: Path, left: float, right: float) -> Atom:
        style = Style(max(self.look.body - 2, 12), spacing=1.25)
        most = min(self.density.most[Length.FACT], MOST_LINES)
        drawing = drawing_of(item.boxes, style, right - left, most)
        self.shortened += [(item.field, box) for box in drawing.shortened]
        above = 6.0

        def draw(canvas: Canvas, top: float) -> None:
            box = (left, top - above - drawing.height, right, top - above)
            alt = _("Mijn weg: {steps}").format(steps=" › ".join(item.boxes))
            with tagged(canvas, FIGURE, alt=alt, box=box):
                drawing.draw(canvas, left, top - above, ACCENT, INK)

        return Atom(drawing.height + 2 * above, draw)

    def _card(self, card: Card, left: float, right: float) -> Iterator[Atom]:
        pad = 14.0
        inner = list(self._card_title(card, left + pad, right - pad))
        for item in self._card_items(card, right - left - 2 * pad):
            inner += self._item(item, left + pad, right - pad)
        air = 8 * self.density.white
        rows = [Atom(air, nothing), *inner, Atom(air, nothing)]
        for place, row in enumerate(rows):
            held = place < 3 or place == len(rows) - 2
            yield Atom(row.height, _framed(row, left, right, card.first), with_next=held)

    def _card_items(self, card: Card, room: float) -> tuple[Item, ...]:
        if card.brief and self.density.brief:
            most = self.density.most[Length.FACT]
            if len(break_lines(card.brief.text, self._style(), room, most).texts) < len(card.items):
                return (card.brief,)
        return card.items

    def _card_title(self, card: Card, left: float, right: float) -> Iterator[Atom]:
        """Normal print has the tag above the title, large print in front of it."""
        if self.look.label or second_of(card.tag):
            yield self._tag(card, left, right)
            yield self._text(card.title, left, right)
        else:
            title = replace(card.title, text=f"{card.tag}: {card.title.text}")
            yield self._text(title, left, right, "H3")

    def _tag(self, card: Card, left: float, right: float) -> Atom:
        ink = ACCENT if card.first else MUTED
        words = self._pair(card.tag, Style(self.look.small, True, 1.4), right - left, beside=True)

        def draw(canvas: Canvas, top: float) -> None:
            with tagged(canvas, "H3"):
                words.draw(canvas, left, right, top, ink, ink)

        return Atom(words.height, draw)


def _framed(row: Atom, left: float, right: float, first: bool) -> Draw:
    """The row on its part of the card, so that a card can go on over the page."""

    def draw(canvas: Canvas, top: float) -> None:
        if first:
            canvas.setFillColor(SOFT)
            canvas.rect(left, top - row.height - 0.2, right - left, row.height + 0.4, stroke=0, fill=1)
        canvas.setFillColor(ACCENT if first else HAIRLINE)
        canvas.rect(left, top - row.height - 0.2, 4 if first else 2.5, row.height + 0.4, stroke=0, fill=1)
        row.draw(canvas, top)

    return draw


def draw_foot(canvas: Canvas, content: Content, look: Look, page: int, pages: int) -> None:
    """The line at the foot of a side: whose house, and which side of how many."""
    style = Style(12)
    canvas.setFillColor(MUTED)
    y = look.margin * FOOT
    count = _("{page} van {pages}").format(page=page, pages=pages)
    right = PAGE_WIDTH - look.margin - width(count, style)
    house = break_lines(content.house, style, right - look.margin - 24, most=1).texts
    with artifact(canvas):
        draw_line(canvas, "".join(house), look.margin, y, style)
        draw_line(canvas, count, right, y, style)
