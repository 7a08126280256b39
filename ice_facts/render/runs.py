"""Styled text as runs: much lighter than Rich's own texts, for tables of thousands of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells

Run = tuple[str, str]
"""A text without line breaks, and its style as Rich writes it; "" for none."""
Runs = list[Run]
"""One line of text."""

_WORD = re.compile(r"\s*\S+\s*")
_NARROW = re.compile("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\ue000]*")
"""What most texts are made of: each of these characters takes one column."""


def plain(runs: Runs) -> str:
    """Return the text of a line without its styles."""
    return runs[0][0] if len(runs) == 1 else "".join([text for text, _ in runs])


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if _NARROW.fullmatch(text) else cell_len(text)


def joined(lines: Iterable[Runs], divider: str) -> Runs:
    """Return several lines as one, with a text between each two."""
    runs: Runs = []
    for number, line in enumerate(lines):
        if number:
            runs.append((divider, ""))
        runs += line
    return runs


def styled(runs: Runs, style: str) -> Runs:
    """Return a line in a style, beside the styles that it has."""
    return [(text, f"{style} {own}".strip()) for text, own in runs]


def stripped(runs: Runs) -> Runs:
    """Return a line without the blanks at its end."""
    if runs and not runs[-1][0][-1:].isspace():
        return runs
    left = list(runs)
    while left:
        text, style = left.pop()
        if text := text.rstrip():
            return [*left, (text, style)]
    return left


def padded(runs: Runs, width: int, style: str, *, right: bool = False) -> Runs:
    """Return a line with blanks up to a width.

    Args:
        runs: The line.
        width: The width of the whole.
        style: The style of the blanks.
        right: Put them before the text, so that it ends at the right.
    """
    if right:
        runs = stripped(runs)
    blanks = " " * (width - width_of(plain(runs)))
    if len(runs) == 1 and runs[0][1] == style:
        text = runs[0][0]
        return [(blanks + text if right else text + blanks, style)]
    return [(blanks, style), *runs] if right else [*runs, (blanks, style)]


def wrap(runs: Runs, width: int) -> list[Runs]:
    """Divide a line at blanks into lines of a width; a word that is longer is cut.

    Blanks stay at the end of a line as far as there is room for them.
    """
    text = plain(runs)
    if width_of(text) <= width:
        return [runs]
    return [
        line if width_of(plain(line)) <= width else _cropped(line, width)
        for line in _cut(runs, _breaks(text, width))
    ]


def _breaks(text: str, width: int) -> list[int]:
    """Return the places in a text at which new lines begin."""
    found: list[int] = []
    taken = 0
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        length = width_of(word.rstrip())
        if taken + length <= width:
            taken += width_of(word)
        elif length > width:
            *whole, last = chop_cells(word, width)
            for part in (*whole, last):
                if start:
                    found.append(start)
                start += len(part)
            taken = width_of(last)
        elif taken and start:
            found.append(start)
            taken = width_of(word)
    return found


def _cut(runs: Runs, places: Sequence[int]) -> Iterator[Runs]:
    line: Runs = []
    start = 0  # of the run in the whole text
    waiting = iter(places)
    place = next(waiting, -1)
    for text, style in runs:
        end, begin = start + len(text), start
        while begin <= place < end:
            if place > begin:
                line.append((text[begin - start : place - start], style))
            yield line
            line, begin = [], place
            place = next(waiting, -1)
        line.append((text[begin - start :], style))
        start = end
    yield line


def _cropped(runs: Runs, width: int) -> Runs:
    """Return a line without the blanks at its end for which there is no room."""
    excess = width_of(plain(runs)) - width
    left = list(runs)
    while left and excess > 0:
        text, style = left.pop()
        blanks = len(text) - len(text.rstrip())
        cut = min(blanks, excess)
        if cut < len(text):
            return [*left, (text[: len(text) - cut], style)]
        excess -= cut
    return left


def columns_of(
    cells: Sequence[Sequence[Runs]], widths: Sequence[int], *, bottom: bool = False
) -> Iterator[tuple[Runs, ...]]:
    """Yield cells beside one another, line by line, each line wrapped at its column's width.

    Args:
        cells: The lines of each cell.
        widths: The width of each column.
        bottom: Whether all cells end, not begin, on the same line.
    """
    step = -1 if bottom else 1
    wrapped = [
        [part for line in cell for part in wrap(line, width)][::step]
        for cell, width in zip(cells, widths, strict=True)
    ]
    beside: list[tuple[Runs, ...]] = list(zip_longest(*wrapped, fillvalue=[]))
    yield from beside[::step]
