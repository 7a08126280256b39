"""Sentences with a number of what the record counts over time: now, in a year or in a month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ice_facts.across.nearest.by_number import by_number, digits, is_near
from ice_facts.across.nearest.by_trend import beside
from ice_facts.across.nearest.decided import MOST_RECORDS, Answer, Decided, flipped
from ice_facts.across.nearest.growth import CHANGE, months_in
from ice_facts.across.nearest.measures import (
    TOLD_TIME,
    Measure,
    Value,
    is_in,
    measure_in,
    series_for,
    told,
    value_record,
    values_of,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.store import Store

_BOUNDS = (
    (">", r"\b(?:more than|over|above|upwards of|exceed\w*|topp?(?:s|ed)?) (?=\d)"),
    (">=", r"\b(?:at least|no fewer than|no less than) (?=\d)"),
    ("<", r"\b(?:less than|fewer than|under|below) (?=\d)"),
    ("<=", r"\b(?:at most|no more than|up to) (?=\d)"),
)
"""Words before a number that make it a bound."""

_SHARE = r"\d ?%|\bpercent\b|\bper cent\b|\bhalf\b|\bthird\b|\bquarter\b"


def by_size(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence with a number by the dated counts of a series.

    Of what happens in a period, single numbers of the record come first, unless a series agrees.
    """
    plain = reading.plain
    if len(reading.numbers) != 1 or reading.duty not in ("do", "do not"):
        return None
    words = (*(pattern for _, pattern in _BOUNDS), CHANGE)
    measure = None if re.search(_SHARE, plain) else measure_in(reading, *words)
    if measure is None:
        return None
    if measure.beside or not measure.is_flow:
        return _by_series(store, measure, reading, on)
    agreeing = flipped("agrees", reading.is_negated)
    single = by_number(store, reading, on)
    if single and single.answer == agreeing:
        return single
    found = _by_series(store, measure, reading, on)
    return found if single is None or (found and found.answer == agreeing) else single


def _by_series(store: Store, measure: Measure, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence by the counts of its time in the series of what it counts."""
    plain = reading.plain
    values = values_of(store, series_for(measure, reading), on, is_flow=measure.is_flow)
    if not values:
        return None
    if measure.beside:
        return beside(store, measure, values, reading, on)
    times = months_in(plain) or list(reading.years)
    if len(times) > 1 or TOLD_TIME.search(plain):
        return _decided(store, reading, [None], values[-1:], "the time of the count is not clear")
    counts, days = _counts(store, measure, values, times, reading, on)
    if not counts:
        ends = (values[0], values[-1]) if len(values) > 1 else values
        return _decided(store, reading, [None], ends, "no count of that time is on record")
    bound = next((sign for sign, words in _BOUNDS if re.search(words, plain)), "=")
    results = [_fits(bound, reading.numbers[0], value, plain) for value in (*days, *counts)]
    if bound == "=" and True in results:
        results = [True]
    around = [*_around(counts, values), *days]
    if (
        bound == "="
        and True not in results
        and not measure.is_flow
        and _passes(reading.numbers[0], around)
    ):
        shown = [*days, *_extremes(around[: len(around) - len(days)])]
        return _decided(store, reading, [None], shown, "it stands between counts of that time")
    shown = [*days, *_extremes(counts)]
    if True in results:
        fitting = [v for v in (*days, *counts) if _fits(bound, reading.numbers[0], v, plain)]
        shown = [fitting[0], *(v for v in shown if v is not fitting[0])]
    return _decided(store, reading, results, shown)


def _counts(
    store: Store,
    measure: Measure,
    values: Sequence[Value],
    times: Sequence[str],
    reading: SentenceReading,
    on: str,
) -> tuple[list[Value], list[Value]]:
    """Return the counts of the time of a sentence by period, and those of one day in it."""
    is_of_days = not reading.places and (not times or len(times[0]) == 4)
    days = values_of(store, measure.on_day, on, is_flow=False) if is_of_days else []
    if not times:
        over = [value for value in values if not value.is_under_way]
        return over[-1:], days[-1:]
    return [v for v in values if is_in(v, times[0])], [v for v in days if is_in(v, times[0])]


def _around(counts: Sequence[Value], values: Sequence[Value]) -> Sequence[Value]:
    """Return some counts with those of the periods before and after them."""
    start, end = values.index(counts[0]), values.index(counts[-1])
    return values[max(0, start - 1) : end + 2]


def _passes(said: float, counts: Sequence[Value]) -> bool:
    """Return True if a count can have been a number on the way from one date to another."""
    numbers = [value.number for value in counts]
    return min(numbers) < said < max(numbers)


def _extremes(counts: Sequence[Value]) -> list[Value]:
    """Return the least and the most of some counts, which can be one."""
    by_number = sorted(counts, key=lambda value: value.number)
    return by_number[:1] if len(by_number) == 1 else [by_number[0], by_number[-1]]


def _fits(bound: str, said: float, value: Value, plain: str) -> bool | None:
    """Return whether a number fits a count; None if it hangs on what a period not over adds."""
    low, high = value.number, value.high
    match bound:
        case ">":
            return True if low > said else False if high <= said else None
        case ">=":
            return True if low >= said else False if high < said else None
        case "<":
            return True if high < said else False if low >= said else None
        case "<=":
            return True if high <= said else False if low > said else None
    if is_near(said, round(low), round(low), plain):
        return True
    return None if low < said < high else False


def _decided(
    store: Store,
    reading: SentenceReading,
    results: Sequence[bool | None],
    shown: Sequence[Value],
    why: str = "",
) -> Decided:
    """Return the answer on which all counts are at one."""
    answer: Answer = "undecided"
    if len(set(results)) == 1 and results[0] is not None:
        answer = flipped("agrees" if results[0] else "differs", reading.is_negated)
    elif not why and None in results:
        why = "the period was not over when it was counted"
    elif not why:
        why = "the counts of that time stand on both sides of it"
    by_series = groupby(shown, key=lambda value: value.series.id)
    told_each = "; ".join(told(store, values) for _, values in by_series)
    said = f"the sentence says {digits(reading.numbers[0])}"
    reason = f"{said}; {f'{why}; ' if why else ''}{told_each}"
    records = tuple(value_record(value, answer, reason) for value in shown[:MOST_RECORDS])
    return Decided(answer=answer, reason=reason, records=records)
