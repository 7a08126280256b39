"""Comparisons, groups of rows under headings, and sides beside one another, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from ice_facts.render.drawing import Printer
from ice_facts.render.parts import for_reading
from ice_facts.render.tables import GAP, side_by_side
from ice_facts.show.shapes import Cell, Column, Line, ListView, Side
from ice_facts.show.words import printable

LABELS = 22
"""Room for the labels of a comparison; longer ones wrap."""
READABLE = 22
"""Prose in a narrower column than this is hard to read."""
BESIDE = 96
"""Sides stand beside one another from this width on."""

Rows = Sequence[Sequence[Text]]


def print_arranged(printer: Printer, listing: ListView) -> None:
    """Print a table whose rows stand under headings or whose columns are compared.

    Side by side where every word fits and prose stays readable; else row by row, each cell under
    the title of its column. Nothing is cut.
    """
    table = for_reading(listing.table)
    rows = [[printer.stack(cell) for cell in row] for row in table.rows]
    room = printer.console.width - 1
    widths = (_equal if listing.compared else _one_wide)(table.columns, rows, room)
    headings = listing.headings or ("",) * len(rows)
    if widths is not None and printer.style.header and listing.compared:
        empty: Rows = []
        drawn = side_by_side(table.columns, empty, widths, header=True)
        printer.console.print(Padding(drawn, (0, 0, 0, 1)), width=room + 1)
    numbered = zip(headings, rows, strict=True)
    for number, (heading, group) in enumerate(groupby(numbered, key=lambda pair: pair[0])):
        if number:
            printer.blank()
        if heading:
            printer.line(Text(printable(heading), "bold underline"), 1)
        members = [row for _, row in group]
        if widths is not None:
            drawn = side_by_side(table.columns, members, widths, header=False)
            printer.console.print(Padding(drawn, (0, 0, 0, 1)), width=room + 1)
        else:
            _stacked(printer, table.columns, members, named=listing.compared)
    if listing.notes:
        printer.blank()


def _stacked(printer: Printer, columns: Sequence[Column], rows: Rows, *, named: bool) -> None:
    for row in rows:
        if named:
            printer.line(_bold(row[0]), 1)
            for column, cell in list(zip(columns, row, strict=True))[1:]:
                lines = cell.split("\n")
                printer.line(Text.assemble((f"{printable(column.title)}: ", "dim"), lines[0]), 3)
                for line in lines[1:]:
                    printer.line(line, 5)
            continue
        short = [cell for cell in row[:-1] if cell.plain]
        printer.line(Text(" · ").join(short), 1)
        printer.line(row[-1], 3)


def _bold(text: Text) -> Text:
    bold = text.copy()
    bold.stylize("bold")
    return bold


def _equal(columns: Sequence[Column], rows: Rows, room: int) -> list[int] | None:
    """Return widths for labels and for columns of equal width, or None where they do not fit."""
    least, most = zip(*_needs(columns, rows), strict=True)
    label = max(least[0], min(most[0], LABELS))
    others = len(columns) - 1
    share = (room - label - GAP * others) // max(1, others)
    wanted = max(max(least[1:], default=1), min(max(most[1:], default=1), READABLE))
    if share < wanted:
        return None
    return [label, *(min(share, max(most[1:])) for _ in range(others))]


def _one_wide(columns: Sequence[Column], rows: Rows, room: int) -> list[int] | None:
    """Return widths where the last column takes the room that the others leave, or None."""
    needs = list(_needs(columns, rows))
    widths = [most for _, most in needs[:-1]]
    least, most = needs[-1]
    left = room - sum(widths) - GAP * len(widths)
    if left < max(least, min(most, READABLE + 8)):
        return None
    return [*widths, min(left, most)]


def _needs(columns: Sequence[Column], rows: Rows) -> Iterator[tuple[int, int]]:
    """Yield for every column its longest word and its longest line."""
    for place, column in enumerate(columns):
        texts = [column.title, *(row[place].plain for row in rows)]
        words = (cell_len(word) for text in texts for word in text.split())
        lines = (cell_len(line) for text in texts for line in text.split("\n"))
        yield max(words, default=1), max(lines, default=1)


def print_sides(printer: Printer, sides: Sequence[Side]) -> None:
    """Print groups of entries two by two beside one another, or all under one another."""
    if printer.console.width < BESIDE:
        for side in sides:
            printer.blank()
            printer.line(Text(printable(side.title), "bold underline"), 1)
            for entry in side.entries:
                for place, line in enumerate(entry):
                    printer.line(_line(printer, line), 3 if place else 1)
        printer.blank()
        return
    width = (printer.width - 4) // 2
    for place in range(0, len(sides), 2):
        pair = sides[place : place + 2]
        printer.blank()
        grid = RichTable.grid(padding=(0, 3, 0, 0))
        for _ in pair:
            grid.add_column(width=width)
        grid.add_row(*(Text(printable(side.title), "bold underline") for side in pair))
        grid.add_row(*(_column(printer, side) for side in pair))
        printer.line(grid, 1)
    printer.blank()


def _column(printer: Printer, side: Side) -> RichTable:
    column = RichTable.grid()
    column.add_column()
    for entry in side.entries:
        for place, line in enumerate(entry):
            column.add_row(Padding(_line(printer, line), (0, 0, 0, 2 if place else 0)))
    return column


def _line(printer: Printer, line: Line) -> Text:
    pieces: Cell = line.pieces
    label = Text(f"{printable(line.label)}: ", "dim") if line.label else Text()
    return label + printer.text(pieces)
