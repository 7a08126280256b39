"""How a table is laid out on a terminal, so that no word is cut and prose stays readable."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.cells import cell_len
from rich.table import Table as RichTable
from rich.text import Text

from ice_facts.show.shapes import Column

GAP = 2
PROSE = 40
"""A column with longer lines than this, of several words, holds prose."""
TALLEST = 4
"""Prose that would take more lines than this in its column is printed under its row instead."""

Rows = Sequence[Sequence[Text]]


def fit_columns(titles: Sequence[str], rows: Rows, width: int) -> list[int] | None:
    """Return widths of columns that break no word, or None where the words do not fit.

    Every column gets at least its longest word; what is left goes to the columns that need more,
    the narrow ones first, so that only the wide ones wrap.

    Args:
        titles: Titles of the columns.
        rows: Cells by row; a cell can hold several lines.
        width: Room for all columns and the gaps between them, in columns of the terminal.

    Returns:
        A width for every column; None also where prose would become a tall, narrow strip.
    """
    if not titles:
        return []
    room = width - GAP * (len(titles) - 1)
    columns = [[title, *(row[place].plain for row in rows)] for place, title in enumerate(titles)]
    least = [max(1, *(_longest(cell.split()) for cell in column)) for column in columns]
    most = [max(1, *(_longest(cell.split("\n")) for cell in column)) for column in columns]
    if sum(least) > room:
        return None
    if sum(most) <= room:
        return most
    widths = list(least)
    spare = room - sum(least)
    waiting = sorted(range(len(titles)), key=lambda n: most[n] - least[n])
    for done, place in enumerate(waiting):
        given = min(most[place] - least[place], spare // (len(waiting) - done))
        widths[place] += given
        spare -= given
    tall = any(
        sum(-(-_longest([line]) // width) for line in cell.split("\n")) > TALLEST
        for column, width, natural in zip(columns, widths, most, strict=True)
        if natural > width
        for cell in column
    )
    return None if tall else widths


def is_prose(place: int, rows: Rows) -> bool:
    """Tell whether a column holds sentences rather than names and numbers."""
    return any(
        len(line) > PROSE and line.count(" ") > 2
        for row in rows
        for line in row[place].plain.split("\n")
    )


def side_by_side(
    columns: Sequence[Column], rows: Rows, widths: Sequence[int], *, header: bool
) -> RichTable:
    """Return a table with a line under its header and no other lines."""
    drawn = RichTable(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        header_style="bold",
        show_header=header,
    )
    for column, width in zip(columns, widths, strict=True):
        drawn.add_column(
            Text(column.title), width=width, justify="right" if column.right else "left"
        )
    for row in rows:
        drawn.add_row(*row)
    return drawn


def record(columns: Sequence[Column], row: Sequence[Text], prose: Sequence[int]) -> list[Text]:
    """Return a row as lines: what is short on the first, then prose under it.

    Args:
        columns: The columns of the table; numbers need their titles beside them.
        row: Its cells.
        prose: Places of the columns that hold prose.
    """
    head = _one_line(row[0])
    head.stylize("bold")
    short = [
        Text.assemble((f"{column.title} ", "dim") if column.right else "", _one_line(cell))
        for place, (column, cell) in enumerate(zip(columns, row, strict=True))
        if place and place not in prose and cell.plain
    ]
    lines = [Text.assemble(head, "  ", Text(" · ").join(short)) if short else head]
    described = [place for place in prose if place]
    for place in described:
        if row[place].plain:
            # The first such column says what the row is about; the others need their titles.
            title = (f"{columns[place].title}: ", "dim") if place != described[0] else ""
            lines.append(Text.assemble(title, _one_line(row[place])))
    return lines


def _one_line(cell: Text) -> Text:
    return Text("; ").join(cell.split("\n"))


def _longest(texts: Sequence[str]) -> int:
    return max((len(t) if t.isascii() else cell_len(t) for t in texts), default=0)
