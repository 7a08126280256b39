"""Axes of charts: round numbers, dates, and labels moved apart; in pixels or in columns alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date

from ice_facts.dates import first_day

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Steps of an axis of dates, in months."""

_MANY_DAYS = 3 * 366


def day_of(period: str) -> int:
    """Return the day at which a period is drawn: its first, or the last of a fiscal year."""
    if period.startswith("FY"):
        return date(int(period[2:]), 9, 30).toordinal()
    return date.fromisoformat(first_day(period)).toordinal()


def value_ticks(highest: float, wanted: int) -> list[int]:
    """Return round whole numbers from zero to the highest value or just above it.

    Args:
        highest: What the axis must reach.
        wanted: How many steps there should be, about.
    """
    if highest <= 1:
        return [0, 1]
    rough = highest / max(1, wanted)
    power = 10 ** math.floor(math.log10(rough))
    step = max(1, int(next(f * power for f in (1, 2, 5, 10) if f * power >= rough)))
    return list(range(0, math.ceil(highest / step) * step + 1, step))


def date_ticks(
    periods: Sequence[str],
    place: Callable[[int], float],
    width: Callable[[str], float],
    gap: float,
) -> list[tuple[int, str]]:
    """Return days with their labels for an axis, as many as stand side by side.

    Args:
        periods: The periods of all values.
        place: Where a day stands on the axis.
        width: How wide a label is.
        gap: How far labels must be apart.
    """
    days = sorted({(day_of(period), period) for period in periods})
    if all(period.startswith("FY") for _, period in days):
        return _thinned(days, place, width, gap)
    first, last = days[0][0], days[-1][0]
    # Over many years the months of ticks would only be in the way.
    for step in (
        _MONTH_STEPS if last - first < _MANY_DAYS else _MONTH_STEPS[_MONTH_STEPS.index(12) :]
    ):
        ticks = _months(first, last, step)
        if len(ticks) < 2:
            break
        if _thinned(ticks, place, width, gap) == ticks:
            return ticks
    # In so short a time or so narrow a place the values themselves are named.
    return _thinned(days, place, width, gap)


def _months(first: int, last: int, step: int) -> list[tuple[int, str]]:
    """Return the first days of months in a span, every so many months, evenly."""
    start = date.fromordinal(first)
    number = start.year * 12 + start.month - 1 + (start.day > 1)
    number += -number % step
    found: list[tuple[int, str]] = []
    while number // 12 <= 9999:
        day = date(number // 12, number % 12 + 1, 1)
        if day.toordinal() > last:
            break
        found.append((day.toordinal(), f"{day:%Y}" if step >= 12 else f"{day:%Y-%m}"))
        number += step
    return found


def _thinned(
    ticks: Sequence[tuple[int, str]],
    place: Callable[[int], float],
    width: Callable[[str], float],
    gap: float,
) -> list[tuple[int, str]]:
    """Return the ticks whose labels are at least the gap apart."""
    kept: list[tuple[int, str]] = []
    free = -math.inf
    for day, label in ticks:
        half = width(label) / 2
        if place(day) - half >= free:
            kept.append((day, label))
            free = place(day) + half + gap
    return kept


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return positions near the wanted ones that are at least a gap apart, in the same order.

    Positions that are too close are moved apart as a group around their mean.

    Args:
        wanted: Where each should be.
        gap: How far they must be apart; less where there is no room for all.
        low: The lowest position.
        high: The highest position.
    """
    if not wanted:
        return []
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    # Groups of neighbours as (number of members, sum of where the first would want to be).
    groups: list[tuple[int, float]] = []
    for number in order:
        size, total = 1, wanted[number]
        while groups and groups[-1][1] / groups[-1][0] + groups[-1][0] * gap > total / size:
            before, earlier = groups.pop()
            total = earlier + total - size * before * gap
            size += before
        groups.append((size, total))
    places: list[float] = []
    for size, total in groups:
        start = total / size
        places += [start + n * gap for n in range(size)]
    # The ends of the room push back in the same way.
    last = len(places) - 1
    places = [min(p, high - (last - n) * gap) for n, p in enumerate(places)]
    places = [max(p, low + n * gap) for n, p in enumerate(places)]
    found = [0.0] * len(wanted)
    for number, at in zip(order, places, strict=True):
        found[number] = at
    return found
