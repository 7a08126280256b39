"""Bars as a picture."""

from __future__ import annotations

import math

from ice_facts.render.picture.font import shorten, width_of
from ice_facts.render.picture.lines import COLOURS
from ice_facts.render.picture.sheet import GREY, INK, Box, Sheet, middle
from ice_facts.show.pictures import Chart, Curve, Mark
from ice_facts.show.words import number_text

_MOST_IN_COLUMN = 26
"""The most bars in one column, before there are several columns."""

_MOST_COLUMNS = 3
_LEAST_HEIGHT = 14.0
"""The least height of a bar with the space around it, in pixels."""

_LETTER_SIZES = (9.0, 18.0)
"""The smallest and the largest size of letters, in pixels."""


def draw_bars(sheet: Sheet, chart: Chart, box: Box) -> None:
    """Draw bars from the left, each with its name before it and its value behind it."""
    bars = [(n, curve, mark) for n, curve in enumerate(chart.curves) for mark in curve.marks]
    most = _MOST_COLUMNS * int((box.bottom - box.top - _LEAST_HEIGHT) / _LEAST_HEIGHT)
    if len(bars) > most:
        left_out = f"and {len(bars) - most:,} more: -f tsv has all"
        sheet.text(box.right, box.bottom, left_out, 15, anchor="end", fill=GREY)
        bars, box = bars[:most], box._replace(bottom=box.bottom - _LEAST_HEIGHT)
    columns = min(_MOST_COLUMNS, math.ceil(len(bars) / _MOST_IN_COLUMN))
    each = math.ceil(len(bars) / columns)
    wide = (box.right - box.left - 40 * (columns - 1)) / columns
    tall = min(84.0, (box.bottom - box.top) / each)
    size = min(_LETTER_SIZES[1], max(_LETTER_SIZES[0], tall * 0.7))
    names = [shorten(bar_name(chart, c, m), size, wide * 0.4) for _, c, m in bars]
    values = [value_words(m) for _, _, m in bars]
    left = max(width_of(name, size) for name in names) + 10
    room = wide - left - max(width_of(words, size, bold=True) for words in values) - 12
    highest = max(m.value for _, _, m in bars) or 1
    for place, (number, _, mark) in enumerate(bars):
        x = box.left + place // each * (wide + 40) + left
        y = box.top + (place % each + 0.5) * tall
        half = tall * 0.36
        hue = COLOURS[number % len(COLOURS)]
        sheet.text(x - 10, middle(y, size), names[place], size, anchor="end")
        end = x + max(0.0, mark.value) / highest * room
        if mark.partial:
            part = Box(x, y - half, max(end - 0.75, x), y + half)
            sheet.hatch(part, hue, 1.6)
            sheet.rect(part, "none", stroke=hue, stroke_width=1.5)
        else:
            sheet.rect(Box(x, y - half, end, y + half), hue)
        wrote = sheet.text(end + 8, middle(y, size), number_text(mark.value), size, bold=True)
        if mark.note:
            note_at = end + 8 + wrote + size * 0.35
            sheet.text(note_at, middle(y, size), mark.note, size, fill=GREY)
    for column in range(columns):
        x = box.left + column * (wide + 40) + left
        count = min(each, len(bars) - column * each)
        sheet.line([(x, box.top), (x, box.top + count * tall)], INK, stroke_width=1.2)


def bar_name(chart: Chart, curve: Curve, mark: Mark) -> str:
    """Return the name of a bar: its own, and that of its group where there are several."""
    return f"{curve.name}, {mark.at}" if len(chart.curves) > 1 else mark.at


def value_words(mark: Mark) -> str:
    """Return what stands after a bar: its value, and its note if it has one."""
    return f"{number_text(mark.value)} {mark.note}".rstrip()
