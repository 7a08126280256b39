"""How a deck breaks into pages of 1280 by 720 pixels: no letters under 24 pixels, nothing cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.render.picture.font import width_of, wrap
from ice_facts.render.theme import symbol
from ice_facts.show.deck import Deck, Slide, SlideText
from ice_facts.show.pictures import Chart, TileMap
from ice_facts.show.shapes import GLUED, Cell, Column, Table, runs_of
from ice_facts.show.words import count_of, printable

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
SUBTITLE = 34
"""The height of a line under the title."""
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
    subtitle_lines: tuple[str, ...]
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
            self.title_lines = _first(self._wrap(title, 32, ROOM, bold=True))
        self.top = MARGIN + len(self.title_lines) * self.title_size * 1.2
        self.subtitle = printable(slide.subtitle)
        self.subtitle_lines = (
            _first(self._wrap(self.subtitle, SMALL, ROOM)) if self.subtitle else ()
        )
        self.top += SUBTITLE * len(self.subtitle_lines) + 22

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
            pages = count_of(left, "more page")
            more = f"{pages} left out: ask for less at a time."
            dated = f"{pages} left out · {self.dated}"
            # Who sees only the first page or the last must know.
            for place in (0, -1):
                made[place] = replace(made[place], notes=(*made[place].notes, more), dated=dated)
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
            subtitle_lines=self.subtitle_lines,
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
        for text in self.slide.texts or (SlideText(()),):
            size = LARGE if text.large else BODY
            for place, part in enumerate(self._broken(text, size)):
                bullet = bulleted and not (text.large or text.bare or place)
                label = f"{printable(text.bold)}:" if text.bold and text.cell and not place else ""
                blocks.append(Block(MARGIN, 0, part, size, bullet=bullet, label=label))
        gap = 14
        for page in _pages(blocks, [_height(b) + gap for b in blocks], BOTTOM - self.top + gap):
            y = self.top
            placed = []
            for block in page:
                placed.append(_moved(block, y))
                y += _height(block) + gap
            yield self._leaf(blocks=placed)

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
        rows = list(self._rows(table, widths, int((BOTTOM - top) / (SMALL * ROW_LEADING))))
        high = [max(map(len, row)) * SMALL * ROW_LEADING + 2 * PAD for row in rows]
        for page in _pages(list(zip(rows, high, strict=True)), high, BOTTOM - top):
            drawn, heights = zip(*page, strict=True)
            yield self._leaf(grid=Grid(self.top, widths, head, drawn, heights, rights))

    def _rows(
        self, table: Table, widths: Sequence[float], most: int
    ) -> Iterator[tuple[tuple[str, ...], ...]]:
        """Yield rows as lines; one that is higher than a page goes on in a second row."""
        most = max(1, most - 1)
        for row in table.rows:
            cells = []
            for cell, wide, column in zip(row, widths, table.columns, strict=True):
                texts = self._cell_lines(cell, column)
                lines = [line for text in texts for line in self._wrap(text, SMALL, wide - 3 * PAD)]
                cells.append(lines or [""])
            for start in range(0, max(map(len, cells)), most):
                yield tuple(tuple(lines[start : start + most]) or ("",) for lines in cells)

    def _cell_lines(self, cell: Cell, column: Column) -> list[str]:
        """Return the lines of a cell; numbers are grouped by thousands."""
        texts = piece_words(cell, ascii=self.ascii)
        return [f"{int(t):,}" if column.right and t.isdecimal() else t for t in texts]

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
            lines = [text for row in table.rows for text in self._cell_lines(row[n], column)]
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
        gap = 24
        pairs = [
            [
                self._entry(entry, x, wide) if entry else []
                for entry, x in zip(pair, xs, strict=True)
            ]
            for pair in zip_longest(*(entries for _, entries in sides))
        ]
        high = [max(sum(map(_height, blocks)) for blocks in pair) + gap for pair in pairs]
        for page in _pages(list(zip(pairs, high, strict=True)), high, BOTTOM - start + gap):
            filled: list[list[Block]] = [[] for _ in sides]
            y = start
            for pair, tall in page:
                for column, blocks in zip(filled, pair, strict=True):
                    column += [_moved(block, y) for block in blocks]
                y += tall
            yield self._side_leaf(filled)

    def _side_leaf(self, filled: Sequence[Sequence[Block]]) -> Leaf:
        names = [printable(name) for name, _ in self.slide.sides]
        return self._leaf(
            columns=[(name, tuple(blocks)) for name, blocks in zip(names, filled, strict=True)]
        )

    def _entry(self, entry: SlideText, x: float, wide: float) -> list[Block]:
        """Return who and what, from the top of the entry on."""
        head = self._wrap(printable(entry.bold), SMALL, wide, bold=True)
        blocks = [Block(x, 0, tuple(head), SMALL, bold=True, wide=wide)]
        said = cell_words(entry.cell, ascii=self.ascii)
        if said:
            lines = self._wrap(said, SMALL, wide)
            most = int((BOTTOM - self.top - 60) / (SMALL * LEADING)) - len(head) - 1
            if len(lines) > most:  # one entry that fills a page by itself: the rest is in the notes
                lines = [*lines[: most - 1], f"{lines[most - 1][:-3]} …"]
            blocks.append(Block(x, _height(blocks[0]), tuple(lines), SMALL, wide=wide))
        return blocks

    # Pictures

    def _picture(self) -> Iterator[Leaf]:
        yield self._leaf(picture=self.slide.picture)


HEAD = 4
"""Titles and what stands under them fill so many lines at most: a page has to say more."""


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the first lines, with an ellipsis if there are more."""
    cut = [*lines[: HEAD - 1], f"{lines[HEAD - 1][:-2]} …"] if len(lines) > HEAD else lines
    return tuple(cut)


Item = TypeVar("Item")


def _pages(items: Sequence[Item], heights: Sequence[float], room: float) -> Iterator[list[Item]]:
    """Yield items page by page: as few pages as can be, and about as much on each.

    Args:
        items: What is to stand under one another.
        heights: How high each is.
        room: The height of a page.
    """
    starts = _starts(heights, room)
    low, high = 0.0, room
    for _ in range(12 if 1 < len(starts) <= MOST else 0):
        limit = (low + high) / 2
        tried = _starts(heights, limit)
        if len(tried) > len(starts):
            low = limit
        else:
            starts, high = tried, limit
    for first, end in pairwise((*starts, len(items))):
        yield list(items[first:end])


def _starts(heights: Sequence[float], room: float) -> list[int]:
    """Return the numbers of the items with which pages begin; each has one at least."""
    starts = [0]
    filled = 0.0
    for number, height in enumerate(heights):
        if number > starts[-1] and filled + height > room:
            starts.append(number)
            filled = 0.0
        filled += height
    return starts


def _height(block: Block) -> float:
    return len(block.lines) * block.size * LEADING


def _moved(block: Block, by: float) -> Block:
    return replace(block, y=block.y + by)
