"""Charts on a terminal: lines of braille dots or letters, and bars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from textwrap import wrap

from rich.text import Text

from ice_facts.render.dots import LETTERS, Dots
from ice_facts.render.picture.bars import bar_name, value_words
from ice_facts.render.picture.scale import date_ticks, day_of, value_ticks
from ice_facts.show.pictures import Chart, Mark
from ice_facts.show.words import printable

# The nearest of the 256 colours of terminals to those of pictures.
_COLOURS = (31, 166, 36, 175, 74, 178, 241)
LEAST_WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 40, 6, 40


def chart_text(chart: Chart, width: int, height: int, *, color: bool, ascii: bool) -> Text:
    """Return a chart as text for a terminal.

    Args:
        chart: What to draw.
        width: Columns of the terminal.
        height: Its lines left for the chart; 0 where nothing limits it.
        color: Whether colours may support letters and labels.
        ascii: Draw with ASCII characters only.
    """
    if chart.bars:
        return _bars_text(chart, width, height, ascii=ascii)
    return _lines_text(chart, max(width, LEAST_WIDTH), height, color=color, ascii=ascii)


def _bars_text(chart: Chart, width: int, height: int, *, ascii: bool) -> Text:
    bars = [(curve, mark) for curve in chart.curves for mark in curve.marks]
    # Title and unit stay in sight: what has no room is counted.
    shown = max(LEAST_HEIGHT, height - 2) if height else len(bars)
    left_out = len(bars) - shown if len(bars) > shown + 1 else 0
    bars = bars[:shown] if left_out else bars
    labels = [printable(bar_name(chart, curve, mark)) for curve, mark in bars]
    values = [value_words(mark) for _, mark in bars]
    most = max((mark.value for _, mark in bars), default=0) or 1
    left, right = max(map(len, labels)), max(map(len, values))
    room = max(4, width - left - right - 4)
    text = Text()
    text.append(f" {'':>{left}} {chart.unit}\n", "dim")
    for label, (_, mark), value in zip(labels, bars, values, strict=True):
        bar = _bar(mark.value / most * room, ascii=ascii, partial=mark.partial)
        text.append(f" {label:>{left}} {bar} {value}\n")
    if left_out:
        text.append(f" {'':>{left}} and {left_out:,} more: -f tsv has all", "dim")
    text.rstrip()
    return text


def _bar(length: float, *, ascii: bool, partial: bool) -> str:
    """Return a bar of so many columns, to the eighth of a column if it is a whole period."""
    if ascii or partial:
        sign = ("=" if partial else "#") if ascii else "▒"
        return sign * max(round(length), 1 if length else 0)
    whole, part = divmod(round(length * 8), 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[part].strip() or ("▏" if length else "")


def _lines_text(chart: Chart, width: int, height: int, *, color: bool, ascii: bool) -> Text:
    head = _head(chart, width, ascii=ascii)
    wanted = height - len(head) + 2 if height else width // 4
    tall = min(MOST_HEIGHT, max(LEAST_HEIGHT, wanted)) - 2
    highest = max(m.value for c in chart.curves for m in c.marks)
    ticks = value_ticks(highest, max(2, tall // 3))
    left = max(len(f"{tick:,}") for tick in ticks)
    field = Dots(width - left - 2, tall)
    days = [day_of(mark.at) for curve in chart.curves for mark in curve.marks]
    first, span = min(days), max(1, max(days) - min(days))

    def across(day: int) -> int:
        return round((day - first) / span * (field.width * 2 - 1))

    def up(value: float) -> int:
        return round((1 - value / ticks[-1]) * (tall * 4 - 1))

    for number, curve in enumerate(chart.curves):
        _draw(field, [(across(day_of(m.at)), up(m.value), m) for m in curve.marks], number,
              ascii=ascii)  # fmt: skip
    if len(chart.curves) > 1 and not ascii:
        _letter(field, [[across(day_of(m.at)) for m in c.marks] for c in chart.curves])
    labels = {up(tick) // 4: f"{tick:,}" for tick in ticks}
    side, cross, corner, dash, tee = "|++-+" if ascii else "│┤└─┬"
    text = Text()
    text.append("".join(f" {line}\n" for line in head), "dim")
    for row, characters in enumerate(field.rows(ascii=ascii)):
        label = labels.get(row, "")
        text.append(f"{label:>{left + 1}}{cross if label else side}")
        for number_of, run in groupby(characters, key=lambda pair: pair[1]):
            hue = f"color({_COLOURS[number_of % 7]})" if color and number_of is not None else ""
            text.append("".join(sign for sign, _ in run), hue)
        text.append("\n")
    marks, names = _date_lines(chart, lambda day: across(day) // 2, field.width, dash, tee)
    text.append(f"{' ' * (left + 1)}{corner}{marks}\n{' ' * (left + 2)}{names}")
    return text


def _head(chart: Chart, width: int, *, ascii: bool) -> list[str]:
    """Return the unit, the letters of the lines with their names, and what signs mean."""
    marks = [mark for curve in chart.curves for mark in curve.marks]
    parts = [chart.unit]
    if len(chart.curves) > 1:
        parts += [f"{LETTERS[n % 26]} {printable(c.name)}" for n, c in enumerate(chart.curves)]
    if any(mark.partial for mark in marks):
        parts.append(f"{'o' if ascii else '○'} part of the period only")
    others = [mark.at for mark in marks if mark.other]
    if others and chart.other:
        parts.append(f"dotted from {min(others)} on: {chart.other}")
    lines = [""]
    for part in (line for whole in parts for line in wrap(whole, width - 2)):
        if lines[-1] and len(lines[-1]) + len(part) + 4 > width:
            lines.append("")
        lines[-1] += f"{'   ' if lines[-1] else ''}{part}"
    return lines


def _draw(
    field: Dots, points: Sequence[tuple[int, int, Mark]], number: int, *, ascii: bool
) -> None:
    """Draw one line; a period that is not whole stands apart from it as a hollow mark."""
    for (x, y, mark), (to_x, to_y, end) in pairwise(points):
        if not (mark.partial or end.partial):
            field.line((x, y), (to_x, to_y), number, 3 if end.other and not ascii else 1)
    for x, y, mark in points:
        if mark.partial:
            field.sign(x, y, "o" if ascii else "○", number)
        else:
            field.line((x, y), (x, y), number, 1)


def _letter(field: Dots, places: Sequence[Sequence[int]]) -> None:
    """Put letters on lines, which tell them without colour: at the end, and staggered before."""
    step = 24
    for number, dots in enumerate(places):
        last = max(dots) // 2
        shift = step * number // len(places)
        field.letters(number, [last, *range(last - 8 - shift, min(dots) // 2 - 1, -step)])


def _date_lines(
    chart: Chart, place: Callable[[int], int], width: int, dash: str, tee: str
) -> tuple[str, str]:
    """Return the axis with its marks, and the dates below it."""
    periods = [mark.at for curve in chart.curves for mark in curve.marks]
    axis, names = [dash] * width, [" "] * width
    free = 0
    for day, label in date_ticks(periods, place, len, 2):
        start = min(max(0, place(day) - len(label) // 2), width - len(label))
        if start >= free:
            axis[place(day)] = tee
            names[start : start + len(label)] = label
            free = start + len(label) + 1
    return "".join(axis), "".join(names).rstrip()
