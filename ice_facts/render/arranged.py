"""Comparisons, groups of rows under headings, and sides beside one another, on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ice_facts.render.drawing import Printer
from ice_facts.render.parts import for_reading
from ice_facts.render.runs import Runs, columns_of, joined, padded, plain, styled, wrap
from ice_facts.render.tables import Rows, fit_compared, fit_last, needs_of
from ice_facts.show.shapes import Column, Line, ListView, Side
from ice_facts.show.words import printable

BESIDE = 96
"""Sides stand beside one another from this width on."""


def print_arranged(printer: Printer, listing: ListView) -> None:
    """Print a table whose rows stand under headings or whose columns are compared.

    Side by side where every word fits and prose stays readable; else row by row, each cell under
    the title of its column. Nothing is cut.
    """
    table = for_reading(listing.table)
    rows = [[printer.stack(cell) for cell in row] for row in table.rows]
    fit = fit_compared if listing.compared else fit_last
    widths = fit(needs_of(table.columns, rows), printer.console.width - 1)
    headings = listing.headings or ("",) * len(rows)
    if widths is not None and printer.style.header and listing.compared:
        printer.side_by_side(table.columns, [], widths, header=True)
    numbered = zip(headings, rows, strict=True)
    for number, (heading, group) in enumerate(groupby(numbered, key=lambda pair: pair[0])):
        if number:
            printer.blank()
        if heading:
            printer.line(printable(heading), 1, "bold underline")
        members = [row for _, row in group]
        if widths is not None:
            printer.side_by_side(table.columns, members, widths, header=False)
        elif listing.compared:
            _print_compared(printer, table.columns, members)
        else:
            _print_stacked(printer, members)
    if listing.notes:
        printer.blank()


def _print_compared(printer: Printer, columns: Sequence[Column], rows: Rows) -> None:
    """Print each row as its label and the cells under it, each with the title of its column."""
    for label, *cells in rows:
        printer.line(styled(joined(label, " "), "bold"), 1)
        for column, cell in zip(columns[1:], cells, strict=True):
            first, *others = cell or [[]]
            printer.line([(f"{printable(column.title)}: ", "dim"), *first], 3)
            for line in others:
                printer.line(line, 5)


def _print_stacked(printer: Printer, rows: Rows) -> None:
    """Print each row as its short cells on one line and the last cell under it."""
    for *short, last in rows:
        filled = [joined(cell, " ") for cell in short]
        printer.line(joined((cell for cell in filled if plain(cell)), " · "), 1)
        for line in last or [[]]:
            printer.line(line, 3)


def print_sides(printer: Printer, sides: Sequence[Side]) -> None:
    """Print groups of entries two by two beside one another, or all under one another."""
    for heading, members in groupby(sides, key=lambda side: side.heading):
        together = list(members)
        if heading:
            printer.blank()
            printer.line(printable(heading), style="bold")
            if together[0].about:
                printer.line(printable(together[0].about))
        _print_together(printer, together)
    printer.blank()


def _print_together(printer: Printer, sides: Sequence[Side]) -> None:
    if printer.console.width < BESIDE:
        for side in sides:
            printer.blank()
            printer.line(printable(side.title), 1, "bold underline")
            for indent, line in _indented(printer, side):
                printer.line(line, 1 + indent)
        return
    width = (printer.width - 4) // 2
    for place in range(0, len(sides), 2):
        pair = sides[place : place + 2]
        printer.blank()
        titles = [[[(printable(side.title), "bold underline")]] for side in pair]
        printer.lines(_beside(titles, width, "bold underline"))
        printer.lines(_beside([_wrapped(printer, side, width) for side in pair], width))


def _wrapped(printer: Printer, side: Side, width: int) -> list[Runs]:
    return [
        [(" " * indent, ""), *part]
        for indent, line in _indented(printer, side)
        for part in wrap(line, width - indent)
    ]


def _beside(sides: Sequence[Sequence[Runs]], width: int, style: str = "") -> Iterator[Runs]:
    for cells in columns_of(sides, [width] * len(sides)):
        line: Runs = [(" ", "")]
        for cell in cells:
            line += [*padded(cell, width, style), ("   ", "")]
        yield line


def _indented(printer: Printer, side: Side) -> Iterator[tuple[int, Runs]]:
    """Yield the lines of a group, those after the first of an entry two columns to the right."""
    for entry in side.entries:
        for place, line in enumerate(entry):
            yield 2 if place else 0, _line(printer, line)


def _line(printer: Printer, line: Line) -> Runs:
    text = printer.runs(line.pieces)
    return [(f"{printable(line.label)}: ", ""), *text] if line.label else text
