"""How tables are laid out on a terminal, so that no word is cut and prose stays readable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ice_facts.render.runs import Runs, columns_of, joined, padded, plain, styled, width_of
from ice_facts.show.shapes import Column

GAP = 2
PROSE = 40
"""A column with longer lines than this, of several words, holds prose."""
TALLEST = 4
"""Prose that would take more lines than this in its column is printed under its row instead."""
IN_LIST, TALL, WIDE = 5, 10, 30
"""Prose in a list may take so many lines, or more where its column is so wide."""
HANGING = 30
"""The first column of a list is not wider; a longer word stands on a line above its row."""
SHORT, FEW = 16, 20
"""Words up to this width always fit into their column; of longer ones, all but every 20th do."""
LABELS = 22
"""Room for the labels of a comparison; longer ones wrap."""
READABLE = 22
"""Prose in a narrower column than this is hard to read."""

Cell = Sequence[Runs]
"""The lines of a cell."""
Rows = Sequence[Sequence[Cell]]


class Needs:
    """The room that a column needs.

    Args:
        title: The title of the column.
        cells: The lines of each of its cells.

    Attributes:
        cells: The different cells of the column, its title among them.
        title: The width of the longest word of its title.
        least: The width of its longest word.
        most: The width of its longest line.
    """

    def __init__(self, title: str, cells: Iterable[tuple[str, ...]]) -> None:
        self.cells = {(title,), *cells}
        self.title = max(map(width_of, title.split()), default=1)
        lines = {line for cell in self.cells for line in cell}
        words = {word for line in lines for word in line.split()}
        self.least = max(1, max(map(width_of, words), default=1))
        self.most = max(1, max(map(width_of, lines)))

    def usual(self) -> int:
        """Return the width that the longest words of all but a few of its cells have."""
        if self.least <= SHORT:
            return self.least
        longest = sorted(max(map(width_of, " ".join(c).split()), default=1) for c in self.cells)
        return max(self.title, SHORT, longest[-1 - len(longest) // FEW])

    @property
    def is_prose(self) -> bool:
        """Whether the column holds sentences rather than names and numbers."""
        return any(
            len(line) > PROSE and line.count(" ") > 2 for cell in self.cells for line in cell
        )

    def is_tall(self, width: int, tallest: int, but: int = 0) -> bool:
        """Return True if a cell takes too many lines in a column of a width.

        Args:
            width: The width of the column.
            tallest: So many lines are not too many.
            but: So many cells may take more.
        """
        if self.most <= width:
            return False
        taken = (sum(-(-width_of(line) // width) for line in cell) for cell in self.cells)
        return sum(lines > tallest for lines in taken) > but


def needs_of(columns: Sequence[Column], rows: Rows) -> list[Needs]:
    """Return what each column of a table needs."""
    return [
        Needs(column.title, (tuple([plain(line) for line in row[place]]) for row in rows))
        for place, column in enumerate(columns)
    ]


def in_one_line(columns: Sequence[Column], rows: Rows, room: int) -> Rows | None:
    """Return rows whose cells have one line each, or None where these do not fit side by side."""
    flat = [[[_one_line(cell)] for cell in row] for row in rows]
    widths = [column.most for column in needs_of(columns, flat)]
    return flat if sum(widths) + GAP * (len(widths) - 1) <= room else None


def fit_columns(columns: Sequence[Needs], room: int) -> list[int] | None:
    """Return widths of the columns of a table, or None where prose would be tall and narrow.

    Args:
        columns: What each column needs.
        room: Room for all columns and the gaps between them, in columns of the terminal.
    """
    widths = _share([c.least for c in columns], [c.most for c in columns], room)
    if widths and any(c.is_tall(width, TALLEST) for c, width in zip(columns, widths, strict=True)):
        return None
    return widths


def fit_list(
    columns: Sequence[Needs], spare: Sequence[int], room: int
) -> tuple[list[int], list[int]] | None:
    """Return the columns of a list that are shown, and their widths; None where they do not fit.

    Columns that can be spared are left out until the others fit and their prose is not tall. A few
    cells may have longer words than their column is wide: their rows are printed otherwise.

    Args:
        columns: What each column needs.
        spare: For each column in which order it is left out, the highest first; 0: never.
        room: As for `fit_columns`.
    """
    kept = list(range(len(columns)))
    least = [min(columns[0].usual(), HANGING), *(column.usual() for column in columns[1:])]
    most = [max(n, column.most) for n, column in zip(least, columns, strict=True)]
    most[0] = min(most[0], HANGING)
    while True:
        widths = _share([least[n] for n in kept], [most[n] for n in kept], room)
        fitted = zip(kept, widths or (), strict=False)
        if widths and all(_is_readable(columns[n], width, spare[n]) for n, width in fitted):
            return kept, widths
        left = max(kept, key=lambda n: spare[n])
        if not spare[left]:
            return None
        kept.remove(left)


def _is_readable(column: Needs, width: int, spare: int) -> bool:
    """Return True if all but a few cells are not tall, or wide enough to be read all the same."""
    if spare and column.is_prose and width < min(READABLE, column.most):
        return False
    few = len(column.cells) // FEW
    if not column.is_tall(width, IN_LIST, few):
        return True
    return width >= WIDE and not column.is_tall(width, TALL, few)


def fit_compared(columns: Sequence[Needs], room: int) -> list[int] | None:
    """Return widths for labels and for what is compared, in columns of one width."""
    label, *others = columns
    first = max(label.least, min(label.most, LABELS))
    most = max((c.most for c in others), default=1)
    least = max(max((c.least for c in others), default=1), min(most, READABLE))
    odd = (room - first - GAP * len(others)) % max(1, len(others))
    return _share([first, *(least for _ in others)], [first, *(most for _ in others)], room - odd)


def fit_last(columns: Sequence[Needs], room: int) -> list[int] | None:
    """Return widths where the last column takes the room that the others leave."""
    *others, last = columns
    natural = [c.most for c in others]
    least = max(last.least, min(last.most, READABLE + 8))
    return _share([*natural, least], [*natural, last.most], room)


def _share(least: Sequence[int], most: Sequence[int], room: int) -> list[int] | None:
    """Return widths for columns side by side, or None where they do not fit.

    Every column gets the least that it needs; what is left goes to the columns that need more,
    the narrow ones first, so that only the wide ones wrap.
    """
    spare = room - GAP * (len(least) - 1) - sum(least)
    if least and spare < 0:
        return None
    widths = list(least)
    waiting = sorted(range(len(least)), key=lambda n: most[n] - least[n])
    for done, place in enumerate(waiting):
        given = min(most[place] - least[place], spare // (len(waiting) - done))
        widths[place] += given
        spare -= given
    return widths


def header_lines(columns: Sequence[Column], widths: Sequence[int]) -> Iterator[Runs]:
    """Yield the header of a table and the line under it."""
    titles = [[[(column.title, "bold")]] for column in columns]
    for cells in columns_of(titles, widths, bottom=True):
        yield _beside(columns, cells, widths, "bold")
    yield [("─" * (sum(widths) + GAP * (len(widths) - 1)), "")]


def row_lines(
    columns: Sequence[Column], row: Sequence[Cell], widths: Sequence[int]
) -> Iterator[Runs]:
    """Yield the lines of a row whose cells stand side by side."""
    for cells in columns_of(row, widths):
        yield _beside(columns, cells, widths, "")


def _beside(
    columns: Sequence[Column], cells: Sequence[Runs], widths: Sequence[int], style: str
) -> Runs:
    gap = [(" ", style), (" " * (GAP - 1), "")]
    line: Runs = []
    for column, cell, width in zip(columns, cells, widths, strict=True):
        line += [*padded(cell, width, style, right=column.right), *gap]
    return line[: -len(gap)]


def record_lines(
    columns: Sequence[Column], row: Sequence[Cell], prose: Sequence[int]
) -> Iterator[Runs]:
    """Yield a row as lines: what is short on the first, then prose under it.

    Args:
        columns: The columns of the table; numbers need their titles beside them.
        row: Its cells.
        prose: Places of the columns that hold prose.
    """
    head = styled(_one_line(row[0]), "bold")
    short = [
        [(f"{column.title} ", "dim"), *_one_line(cell)] if column.right else _one_line(cell)
        for place, (column, cell) in enumerate(zip(columns, row, strict=True))
        if place and place not in prose and not _is_empty(cell)
    ]
    yield [*head, ("  ", ""), *joined(short, " · ")] if short else head
    described = [place for place in prose if place]
    for place in described:
        if not _is_empty(row[place]):
            # The first such column says what the row is about; the others need their titles.
            title = [(f"{columns[place].title}: ", "dim")] if place != described[0] else []
            yield [*title, *_one_line(row[place])]


def _is_empty(cell: Cell) -> bool:
    return not cell or (len(cell) == 1 and not plain(cell[0]))


def _one_line(cell: Cell) -> Runs:
    return cell[0] if len(cell) == 1 else joined(cell, "; ")
