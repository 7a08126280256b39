"""How a deck breaks into pages of 1280 by 720 pixels: no letters under 24 pixels, nothing cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.render.picture.font import width_of, wrap
from ice_facts.render.theme import symbol
from ice_facts.show.deck import Deck, Slide, SlideText
from ice_facts.show.pictures import Chart, TileMap
from ice_facts.show.shapes import GLUED, Cell, Table, runs_of
from ice_facts.show.words import printable

WIDTH, HEIGHT = 1280, 720
MARGIN = 48
ROOM = WIDTH - 2 * MARGIN
SMALL, BODY, LARGE, TITLE = 24, 28, 36, 40
"""Sizes of letters in pixels: what is least, texts, the main idea, titles."""
LEADING, ROW_LEADING = 1.3, 1.22
PAD = 5
"""Room above and below the text of a cell; three times as much is at its right."""
FOOT = HEIGHT - 52
"""The line on which the source stands; the dates stand on the next."""
BOTTOM = HEIGHT - 92
"""What is on a page ends here."""
SLACK = 0.96
"""Fonts of other computers may be wider than the one that is measured with."""
MOST = 12
"""An answer has so many pages at most: who wants more asks for less at a time."""


class Block(Struct, frozen=True):
    """Lines of text of one size, with their place on the page; they may begin with a label."""

    x: float
    y: float
    lines: tuple[str, ...]
    size: float
    bold: bool = False
    wide: float = ROOM
    bullet: bool = False
    label: str = ""


class Grid(Struct, frozen=True):
    """A table on a page: widths of columns, titles, and for each row its cells as lines."""

    top: float
    widths: tuple[float, ...]
    head: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    heights: tuple[float, ...]
    right: tuple[bool, ...]


class Leaf(Struct, frozen=True):
    """A page of a deck, with all that stands on it where it stands.

    ``part`` is its place among the pages of one slide, ``number`` among all of the deck.
    """

    title: str
    subtitle: str
    title_lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    grid: Grid | None
    columns: tuple[tuple[str, tuple[Block, ...]], ...]
    picture: Chart | TileMap | None
    top: float
    words: str
    source: str
    dated: str
    notes: tuple[str, ...]
    part: str = ""
    number: str = ""


def leaves_of(deck: Deck, *, ascii: bool = False) -> list[Leaf]:
    """Return the pages of a deck."""
    made = [leaf for slide in deck.slides for leaf in _Breaker(slide, deck.dated, ascii).leaves()]
    if len(made) == 1:
        return made
    return [replace(leaf, number=f"{n} of {len(made)}") for n, leaf in enumerate(made, 1)]


def piece_words(cell: Cell, *, ascii: bool) -> list[str]:
    """Return a cell as its lines, each word of a vocabulary with its sign before it."""
    lines = []
    for run in runs_of(cell):
        text = ""
        for piece in run:
            sign = symbol(piece.tone, ascii=ascii)
            said = f"{sign}\u00a0{piece.text}" if sign and piece.text else piece.text
            said += "" if piece.confirmed else "*"
            text += ("" if not text or piece.tone in GLUED else " ") + said
        if text.strip():
            lines.append(printable(" ".join(text.split(" ")).strip()))
    return lines


def cell_words(cell: Cell, *, ascii: bool) -> str:
    """Return a cell as one line."""
    return " ".join(piece_words(cell, ascii=ascii))


class _Breaker:
    """Breaks one slide into pages."""

    def __init__(self, slide: Slide, dated: str, ascii: bool) -> None:
        self.slide = slide
        self.dated = dated
        self.ascii = ascii
        title = printable(slide.title)
        self.title_lines = tuple(self._wrap(title, TITLE, ROOM, bold=True))
        self.title_size = TITLE if len(self.title_lines) < 3 else 32
        if len(self.title_lines) > 2:
            self.title_lines = tuple(self._wrap(title, 32, ROOM, bold=True))
        self.top = MARGIN + len(self.title_lines) * self.title_size * 1.2
        self.subtitle = printable(slide.subtitle)
        if self.subtitle:
            self.top += 38 * len(self._wrap(self.subtitle, SMALL, ROOM))
        self.top += 22

    @staticmethod
    def _wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
        return wrap(text, size, room * SLACK, bold=bold) or [""]

    def leaves(self) -> list[Leaf]:
        """Return the pages, each with its number where there are several."""
        makers: dict[str, Callable[[], Iterator[Leaf]]] = {
            "text": self._texts,
            "table": self._tables,
            "sides": self._sides,
            "picture": self._picture,
        }
        made = list(makers[self.slide.kind]())
        if len(made) > MOST:
            left = len(made) - MOST
            made = made[:MOST]
            more = f"{left} more pages are left out: ask for less at a time."
            dated = f"{left} more pages left out · {self.dated}"
            made[-1] = replace(made[-1], notes=(*made[-1].notes, more), dated=dated)
        if len(made) > 1:
            made = [replace(m, part=f"{n} of {len(made)}") for n, m in enumerate(made, 1)]
        return made

    def _leaf(
        self,
        *,
        blocks: Sequence[Block] = (),
        grid: Grid | None = None,
        columns: Sequence[tuple[str, tuple[Block, ...]]] = (),
        picture: Chart | TileMap | None = None,
    ) -> Leaf:
        return Leaf(
            title=printable(self.slide.title),
            subtitle=self.subtitle,
            title_lines=self.title_lines,
            blocks=tuple(blocks),
            grid=grid,
            columns=tuple(columns),
            picture=picture,
            top=self.top,
            words=self.slide.words,
            source=printable(self.slide.source),
            dated=self.dated,
            notes=self.slide.notes,
        )

    # Texts

    def _texts(self) -> Iterator[Leaf]:
        bulleted = len(self.slide.texts) > 1
        blocks: list[Block] = []
        y = self.top
        for text in self.slide.texts or (SlideText(()),):
            size = LARGE if text.large else BODY
            for place, part in enumerate(self._broken(text, size)):
                high = len(part) * size * LEADING
                if blocks and y + high > BOTTOM:
                    yield self._leaf(blocks=blocks)
                    blocks, y = [], self.top
                bullet = bulleted and not text.large and not place
                label = f"{printable(text.bold)}:" if text.bold and text.cell and not place else ""
                blocks.append(Block(MARGIN, y, part, size, bullet=bullet, label=label))
                y += high + 14
        yield self._leaf(blocks=blocks)

    def _broken(self, text: SlideText, size: float) -> Iterator[tuple[str, ...]]:
        """Yield the lines of a paragraph, broken where they fill more than a page."""
        said = cell_words(text.cell, ascii=self.ascii)
        bold = printable(text.bold)
        lines = self._wrap(f"{bold}: {said}" if bold and said else bold or said, size, ROOM - 30)
        most = max(1, int((BOTTOM - self.top) / (size * LEADING)))
        for start in range(0, len(lines), most):
            yield tuple(lines[start : start + most])

    # Tables

    def _tables(self) -> Iterator[Leaf]:
        table = self.slide.table
        assert table is not None
        table, widths = self._columns(table)
        rights = tuple(column.right for column in table.columns)
        head = tuple(
            tuple(self._wrap(printable(c.title), SMALL, w - 3 * PAD, bold=True))
            for c, w in zip(table.columns, widths, strict=True)
        )
        named = any(column.title for column in table.columns)
        top = self.top + (max(map(len, head)) * SMALL * ROW_LEADING + 2 * PAD if named else 0)
        rows: list[tuple[tuple[str, ...], ...]] = []
        heights: list[float] = []
        y = top
        for row in self._rows(table, widths, int((BOTTOM - top) / (SMALL * ROW_LEADING))):
            high = max(map(len, row)) * SMALL * ROW_LEADING + 2 * PAD
            if rows and y + high > BOTTOM:
                yield self._leaf(
                    grid=Grid(self.top, widths, head, tuple(rows), tuple(heights), rights)
                )
                rows, heights, y = [], [], top
            rows.append(row)
            heights.append(high)
            y += high
        yield self._leaf(grid=Grid(self.top, widths, head, tuple(rows), tuple(heights), rights))

    def _rows(
        self, table: Table, widths: Sequence[float], most: int
    ) -> Iterator[tuple[tuple[str, ...], ...]]:
        """Yield rows as lines; one that is higher than a page goes on in a second row."""
        most = max(1, most - 1)
        for row in table.rows:
            cells = []
            for cell, wide, column in zip(row, widths, table.columns, strict=True):
                texts = piece_words(cell, ascii=self.ascii)
                if column.right:
                    texts = [f"{int(t):,}" if t.isdecimal() else t for t in texts]
                lines = [line for text in texts for line in self._wrap(text, SMALL, wide - 3 * PAD)]
                cells.append(lines or [""])
            for start in range(0, max(map(len, cells)), most):
                yield tuple(tuple(lines[start : start + most]) or ("",) for lines in cells)

    def _columns(self, table: Table) -> tuple[Table, tuple[float, ...]]:
        """Return the columns that fit with whole words, and how wide each is."""
        places = list(range(len(table.columns)))
        while True:
            kept = Table(
                tuple(table.columns[n] for n in places),
                tuple(tuple(row[n] for n in places) for row in table.rows),
            )
            least, most = self._needs(kept)
            if sum(least) <= ROOM or len(places) < 3:
                break
            # The first column and the last say most: what is between goes first.
            places.pop(-2)
        spare = ROOM - sum(least)
        if spare <= 0:
            return kept, tuple(ROOM * w / sum(least) for w in least)
        wants = [m - w for w, m in zip(least, most, strict=True)]
        total = sum(wants)
        if total <= spare:
            extra = (spare - total) / len(least)
            # A narrow table is not drawn out over the whole page.
            return kept, tuple(m + min(extra, 60) for m in most)
        # Long texts get more, but not all: the root keeps short columns readable.
        roots = [w**0.6 for w in wants]
        grown = [w + spare * r / sum(roots) for w, r in zip(least, roots, strict=True)]
        return kept, tuple(grown)

    def _needs(self, table: Table) -> tuple[list[float], list[float]]:
        """Return for every column the width of its longest word, and of its longest line."""
        least, most = [], []
        for n, column in enumerate(table.columns):
            lines = [text for row in table.rows for text in piece_words(row[n], ascii=self.ascii)]
            title = printable(column.title)
            sized = [(line, False) for line in lines] + [(title, True)]
            words = (
                width_of(word, SMALL, bold=bold) for line, bold in sized for word in line.split(" ")
            )
            least.append(max(words, default=0) / SLACK + 3 * PAD + 2)
            wide = (width_of(line, SMALL, bold=bold) for line, bold in sized)
            most.append(max(least[-1], max(wide, default=0) / SLACK + 3 * PAD + 2))
        return least, most

    # Sides

    def _sides(self) -> Iterator[Leaf]:
        """Yield pages on which both sides have the same place, and as many entries."""
        sides = self.slide.sides
        wide = (ROOM - 40) / 2
        start = self.top + SMALL * LEADING + 20
        xs = [MARGIN + n * (wide + 40) for n in range(len(sides))]
        filled: list[list[Block]] = [[] for _ in sides]
        y = start
        for pair in zip_longest(*(entries for _, entries in sides)):
            made = [
                self._entry(entry, x, y, wide) if entry else []
                for entry, x in zip(pair, xs, strict=True)
            ]
            high = max(sum(_height(block) for block in blocks) for blocks in made) + 24
            if any(filled) and y + high - 24 > BOTTOM:
                yield self._side_leaf(filled)
                filled = [[] for _ in sides]
                made = [[_moved(block, start - y) for block in blocks] for blocks in made]
                y = start
            for column, blocks in zip(filled, made, strict=True):
                column += blocks
            y += high
        yield self._side_leaf(filled)

    def _side_leaf(self, filled: Sequence[Sequence[Block]]) -> Leaf:
        names = [printable(name) for name, _ in self.slide.sides]
        return self._leaf(
            columns=[(name, tuple(blocks)) for name, blocks in zip(names, filled, strict=True)]
        )

    def _entry(self, entry: SlideText, x: float, y: float, wide: float) -> list[Block]:
        head = self._wrap(printable(entry.bold), SMALL, wide, bold=True)
        blocks = [Block(x, y, tuple(head), SMALL, bold=True, wide=wide)]
        said = cell_words(entry.cell, ascii=self.ascii)
        if said:
            lines = self._wrap(said, SMALL, wide)
            most = int((BOTTOM - self.top - 60) / (SMALL * LEADING)) - len(head) - 1
            if len(lines) > most:  # one entry that fills a page by itself: the rest is in the notes
                lines = [*lines[: most - 1], f"{lines[most - 1][:-3]} …"]
            blocks.append(Block(x, y + _height(blocks[0]), tuple(lines), SMALL, wide=wide))
        return blocks

    # Pictures

    def _picture(self) -> Iterator[Leaf]:
        yield self._leaf(picture=self.slide.picture)


def _height(block: Block) -> float:
    return len(block.lines) * block.size * LEADING


def _moved(block: Block, by: float) -> Block:
    return replace(block, y=block.y + by)
