"""Lines over time as a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from ice_facts.render.picture.font import shorten, width_of, wrap
from ice_facts.render.picture.scale import date_ticks, day_of, spread, value_ticks
from ice_facts.render.picture.sheet import GREY, INK, PALE, Box, Sheet, middle
from ice_facts.show.pictures import Chart, Curve, Mark
from ice_facts.show.words import number_text

# The palette of Okabe and Ito, which people with any colour vision tell apart. Dashes and names
# at the ends say the same without colour.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5D5D5D")
_DASHES = ("", "13 5", "13 4 3 4", "6 4", "22 5", "13 4 3 4 3 4", "22 5 6 5")
_DOTTED: dict[str, float | str] = {
    "stroke_dasharray": "0.1 7",
    "stroke_linecap": "round",
    "stroke_width": 4,
}
"""How a line is drawn where its values have another basis: as dots."""

_LETTER_SIZE = 16.0
_SAMPLE_LENGTH = 30.0
"""The length of the piece of a line that stands before its name, in pixels."""

_MOST_LEADER = 160.0
"""The longest thin line from the end of a line to its name, in pixels."""

_WHOLE_NAME = "all"
"""The name of the line of the total, which is left out if it is the only line."""

Point = tuple[float, float, Mark]


def draw_lines(sheet: Sheet, chart: Chart, box: Box) -> None:
    """Draw a chart of lines in a part of a sheet."""
    keys = _keys(chart)
    top = box.top + (32 if keys else 8)
    bottom = box.bottom - 34
    names = _Names(chart, bottom - top)
    highest = max(m.value for c in chart.curves for m in c.marks)
    ticks = value_ticks(highest, max(2, round((bottom - top) / 70)))
    left = box.left + max(width_of(f"{tick:,}", _LETTER_SIZE) for tick in ticks) + 12
    right = box.right - names.room
    days = [day_of(mark.at) for curve in chart.curves for mark in curve.marks]
    first, span = min(days), max(1, max(days) - min(days))

    def across(day: int) -> float:
        return left + 10 + (day - first) / span * (right - left - 20)

    def up(value: float) -> float:
        return bottom - value / ticks[-1] * (bottom - top)

    for tick in ticks:
        y = up(tick)
        sheet.line([(left, y), (right, y)], INK if tick == 0 else PALE, stroke_width=1.2)
        sheet.text(
            left - 10, middle(y, _LETTER_SIZE), f"{tick:,}", _LETTER_SIZE, anchor="end", fill=GREY
        )
    _draw_dates(sheet, chart, across, bottom)
    _draw_keys(sheet, keys, left, box.top + 8)
    ends: list[Point] = []
    for number, curve in enumerate(chart.curves):
        points = [(across(day_of(m.at)), up(m.value), m) for m in curve.marks]
        _draw_curve(sheet, points, number, single=len(chart.curves) == 1)
        whole = [p for p in points if not p[2].partial] or points
        ends.append(whole[-1])
    names.draw(sheet, ends, right, top, bottom)


def _draw_dates(sheet: Sheet, chart: Chart, across: Callable[[int], float], bottom: float) -> None:
    periods = [mark.at for curve in chart.curves for mark in curve.marks]
    for day, label in date_ticks(periods, across, lambda text: width_of(text, _LETTER_SIZE), 18):
        x = across(day)
        sheet.line([(x, bottom), (x, bottom + 6)], INK, stroke_width=1.2)
        sheet.text(x, bottom + 25, label, _LETTER_SIZE, anchor="middle", fill=GREY)


def _draw_curve(sheet: Sheet, points: Sequence[Point], number: int, *, single: bool) -> None:
    """Draw one line; the value of a period that is not over is a hollow mark apart from it."""
    hue = COLOURS[number % len(COLOURS)]
    dashes = "" if single else _DASHES[number % len(_DASHES)]
    usual: dict[str, float | str] = {"stroke_width": 3, "stroke_linejoin": "round"}
    if dashes:
        usual["stroke_dasharray"] = dashes
    for run in _whole_runs(points):
        if len(run) == 1:
            sheet.dot(run[0][0], run[0][1], 4, hue)
        steps = list(pairwise(run))
        for other, group in groupby(steps, key=lambda step: step[1][2].other):
            pairs = list(group)
            line = [pairs[0][0][:2], *(end[:2] for _, end in pairs)]
            sheet.line(line, hue, **(_DOTTED if other else usual))
    for x, y, mark in points:
        if mark.partial:
            sheet.dot(x, y, 5, "#ffffff", stroke=hue, stroke_width=2)


def _whole_runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Yield the runs of points between those of periods that are not over."""
    for partial, group in groupby(points, key=lambda point: point[2].partial):
        if not partial:
            yield list(group)


def _keys(chart: Chart) -> list[tuple[bool, str]]:
    """Return what the signs beside lines mean: whether it is the hollow mark, and the words."""
    marks = [mark for curve in chart.curves for mark in curve.marks]
    keys = []
    if any(m.partial for m in marks):
        keys.append((True, "part of the period only, not joined to the line"))
    others = [m.at for m in marks if m.other]
    if others and chart.other:
        keys.append((False, f"from {min(others)} on: {chart.other}"))
    return keys


def _draw_keys(sheet: Sheet, keys: Sequence[tuple[bool, str]], x: float, y: float) -> None:
    for hollow, words in keys:
        if hollow:
            sheet.dot(x + 6, y, 5, "#ffffff", stroke=GREY, stroke_width=2)
            x += 20
        else:
            sheet.line([(x + 2, y), (x + 32, y)], GREY, **_DOTTED)
            x += 42
        x += sheet.text(x, middle(y, 15), words, 15, fill=GREY) + 32


class _Names:
    """The names of lines at their ends, with the last value of each.

    Args:
        chart: The chart.
        height: The room from top to bottom, in pixels.
    """

    def __init__(self, chart: Chart, height: float) -> None:
        self._last = max(mark.at for curve in chart.curves for mark in curve.marks)
        count = len(chart.curves)
        self._alone = count == 1
        # Name and value in lines of their own, where there is room for so many.
        self._tall = count * 3.6 * _LETTER_SIZE <= height
        self._size = (
            _LETTER_SIZE if self._tall else max(8.0, min(_LETTER_SIZE, height / count / 1.15))
        )
        self._blocks = [self._block(curve) for curve in chart.curves]
        self._gap = max(len(block) for block in self._blocks) * self._size * 1.2 + (
            6 if self._tall else 0
        )
        widest = max(
            width_of(line, self._size, bold=bold) for block in self._blocks for line, bold in block
        )
        self.room = widest + _SAMPLE_LENGTH + 40
        """How wide the names are with all that belongs to them, in pixels."""

    def _block(self, curve: Curve) -> list[tuple[str, bool]]:
        whole = [m for m in curve.marks if not m.partial] or curve.marks
        last = whole[-1]
        value = number_text(last.value)
        if last.partial:
            value += f", {last.note}"
        elif last.at != self._last:
            value += f" in {last.at}" if len(last.at) < 8 else f" on {last.at}"
        if curve.name == _WHOLE_NAME and self._alone:
            return [(value, True)]
        if not self._tall:
            return [(shorten(f"{curve.name} {value}", self._size, 300, bold=True), True)]
        names = wrap(curve.name, self._size, 190, bold=True)
        if len(names) > 2:
            names = [names[0], shorten(" ".join(names[1:]), self._size, 190, bold=True)]
        return [*((name, True) for name in names), (value, False)]

    def draw(
        self, sheet: Sheet, ends: Sequence[Point], right: float, top: float, bottom: float
    ) -> None:
        """Write the names at the right of the lines, apart from one another."""
        half = self._gap / 2
        places = spread([end[1] for end in ends], self._gap, top + half - 14, bottom - half + 14)
        for number, (end, y) in enumerate(zip(ends, places, strict=True)):
            hue = COLOURS[number % len(COLOURS)]
            # A long one through the picture would look like a line of data.
            if right - end[0] <= _MOST_LEADER:
                line = [(end[0] + 5, end[1]), (right + 6, end[1]), (right + 24, y)]
                sheet.line(line, "#A0A0A0", stroke_width=1)
            style: dict[str, float | str] = {"stroke_width": 3}
            if len(ends) > 1 and (dashes := _DASHES[number % len(_DASHES)]):
                style["stroke_dasharray"] = dashes
            sheet.line([(right + 26, y), (right + 26 + _SAMPLE_LENGTH, y)], hue, **style)
            self._write(sheet, self._blocks[number], right + 34 + _SAMPLE_LENGTH, y)

    def _write(self, sheet: Sheet, block: Sequence[tuple[str, bool]], x: float, y: float) -> None:
        step = self._size * 1.2
        at = y - (len(block) - 1) * step / 2
        for line, bold in block:
            sheet.text(x, middle(at, self._size), line, self._size, bold=bold)
            at += step
