"""Sentences on whether a count of the record rose or fell, is more than then, or than ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product

from msgspec import Struct

from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Answer,
    Decided,
    flipped,
    number_record,
)
from ice_facts.across.nearest.growth import (
    BY,
    CHANGE,
    UNDATED,
    Growth,
    growth_in,
    is_as_told,
    months_in,
    with_change,
)
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
from ice_facts.model import Statistic
from ice_facts.store import Store

_VERB = re.compile(rf"\b{CHANGE}\b")
_THAN = re.compile(
    r"\b(?P<more>more|higher|larger)\b.*\bthan\b|\b(?:fewer|less|lower|smaller)\b.*\bthan\b"
)
_MULTIPLE = re.compile(r"\b(twice|double|(?:two|three|four|five|ten) times)\b.*\bas\b")
_FACTORS = {"twice": 2, "double": 2, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_MOST_EVER = re.compile(
    r"\b(?:more|higher|larger)\b.*\bthan ever\b|\brecord (?:high|number)|\ball-time high\b"
    r"|\b(?:most|highest|largest)\b.*\b(?:ever|on record|in history)\b"
    r"|\bnever\b.*\b(?:higher|so many)\b"
)
_LEAST_EVER = re.compile(
    r"\b(?:fewer|less|lower|smaller)\b.*\bthan ever\b|\brecord low\b|\ball-time low\b"
    r"|\b(?:fewest|lowest|smallest)\b.*\b(?:ever|on record|in history)\b"
    r"|\bnever\b.*\b(?:lower|so few)\b"
)

Test = Callable[[float, float], bool]
"""Whether two counts, the earlier and the later one, are as a sentence says."""


class _Compared(Struct, frozen=True, kw_only=True):
    """The counts that a sentence compares: those that are told, and all that it can mean."""

    first: Value
    last: Value
    firsts: Sequence[Value]
    lasts: Sequence[Value]


def by_trend(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide by two counts of a series whether what it counts rose, fell, or is more than then."""
    plain = reading.plain
    verb = _VERB.search(plain)
    multiple = _MULTIPLE.search(plain)
    than = multiple or (_THAN.search(plain) if not reading.numbers else None)
    ever = _MOST_EVER.search(plain) or _LEAST_EVER.search(plain)
    is_change = verb and (not reading.numbers or BY.search(plain))
    if reading.duty not in ("do", "do not") or not (ever or than or is_change):
        return None
    measure = measure_in(reading, _VERB.pattern)
    if measure is None:
        return None
    values = values_of(store, series_for(measure, reading), on, is_flow=measure.is_flow)
    if not values:
        return None
    if measure.beside:
        return beside(store, measure, values, reading, on)
    if ever:
        return _than_ever(store, values, reading, is_most=bool(_MOST_EVER.search(plain)))
    if than:
        growth = Growth(
            is_shrinking=not (multiple or than["more"]),
            factor=_FACTORS[multiple[1].split()[0]] if multiple else None,
        )
        return _compared(store, values, _than_then(values, plain), growth, reading)
    assert verb is not None
    return _compared(store, values, _over_time(values, reading), growth_in(verb, plain), reading)


def _compared(
    store: Store,
    values: Sequence[Value],
    tries: Sequence[_Compared],
    growth: Growth,
    reading: SentenceReading,
) -> Decided:
    """Return the answer of the first counts that settle a sentence, if some do."""
    if TOLD_TIME.search(reading.plain):
        return _unsettled(store, values, "the time that the sentence tells is not looked up")
    if not tries:
        return _unsettled(store, values, "the record has no two counts of that time")

    def test(first: float, last: float) -> bool:
        return is_as_told(growth, first, last, reading.plain)

    for tried in tries:
        first, last = tried.first, tried.last
        answers = {_settled(test, a, b) for a, b in product(tried.firsts, tried.lasts)}
        reason = with_change(growth, first.number, last.number, told(store, (first, last)))
        if len(answers) == 1 and None not in answers:
            answer = flipped("agrees" if answers.pop() else "differs", reading.is_negated)
            return _decided(answer, reason, (first, last))
    tried = tries[0]
    ends = (tried.first, tried.last)
    if any(value.is_under_way for value in ends):
        return _unsettled(store, ends, "the newest period is not over")
    spread = sorted((*tried.firsts, *tried.lasts), key=lambda v: v.number)
    few, many = spread[0], spread[-1]
    why = f"it depends on the months that are compared, from {few.text} to {many.text}"
    return _unsettled(store, ends, why)


def _settled(test: Test, first: Value, last: Value) -> bool | None:
    """Return whether two counts are as told; None if it hangs on what a period not over adds."""
    results = {
        test(a, b)
        for a in {first.number, min(first.high, 1e12)}
        for b in {last.number, min(last.high, 1e12)}
    }
    return results.pop() if len(results) == 1 else None


def _over_time(values: Sequence[Value], reading: SentenceReading) -> list[_Compared]:
    """Return the counts at the start and the end of the time that a sentence speaks of.

    By months, "since 2024" starts with the month before that year or with any of it, "between 2024
    and 2026" with any month of the first year; by years, each is compared as a whole. Without a
    time it is the last year.
    """
    times = months_in(reading.plain) or sorted(reading.years)
    is_since = bool(re.search(r"\bsince\b", reading.plain))
    if len(times) > 2 or (not times and UNDATED.search(reading.plain)):
        return []
    is_by_year = values[0].period.startswith("FY")
    if not times:
        return _last_year(values, is_by_year=is_by_year)
    within = [[v for v in values if is_in(v, time)] for time in times]
    if not all(within):
        return []
    start = values.index(within[0][0])
    if len(times) == 2:
        return [_pair(within[0], within[1])] if within[0][-1] is not within[1][-1] else []
    if not is_since:
        return [_pair(values[start - 1 : start], within[0][-1:])] if start else []
    firsts = within[0] if is_by_year or not start else [values[start - 1], *within[0]]
    made = []
    for last in reversed(values[values.index(firsts[-1]) :]):
        before = [value for value in firsts if value is not last]
        if before and (last is values[-1] or values[-1].is_under_way):
            told_first = before[-1:] if is_by_year else before[:1]
            made.append(_Compared(first=told_first[0], last=last, firsts=before, lasts=[last]))
    return made[:2]


def _pair(firsts: Sequence[Value], lasts: Sequence[Value]) -> _Compared:
    return _Compared(first=firsts[-1], last=lasts[-1], firsts=firsts, lasts=lasts)


def _last_year(values: Sequence[Value], *, is_by_year: bool) -> list[_Compared]:
    """Return the newest count and those of the year before it."""
    over = [value for value in values if not value.is_under_way]
    if is_by_year:
        return [_pair(over[-2:-1], over[-1:])] if len(over) > 1 else []
    newest = values[-1].period
    year_before = f"{int(newest[:4]) - 1}{newest[4:7]}"
    firsts = [value for value in values[:-1] if value.period[:7] >= year_before]
    if not firsts or firsts[0].period[:7] != year_before:
        return []
    return [_Compared(first=firsts[0], last=values[-1], firsts=firsts, lasts=values[-1:])]


def _than_then(values: Sequence[Value], plain: str) -> list[_Compared]:
    """Return the counts of two times that a sentence compares: the later named one is before."""
    head, _, tail = plain.rpartition(" than " if " than " in plain else " as ")
    now, then = (months_in(part) or re.findall(r"\b(20\d\d)\b", part) for part in (head, tail))
    if len(then) != 1 or len(now) > 1:
        return []
    firsts = [value for value in values if is_in(value, then[0])]
    if now:
        ends = [[value for value in values if is_in(value, now[0])]]
    else:
        over = [value for value in values if not value.is_under_way]
        ends = [[values[-1]], over[-1:]]
    return [
        _pair(firsts, lasts) for lasts in ends if firsts and lasts and firsts[-1] is not lasts[-1]
    ]


def _than_ever(
    store: Store, values: Sequence[Value], reading: SentenceReading, *, is_most: bool
) -> Decided:
    """Say whether a count is passed by another one on record, which has a first day itself."""
    times = months_in(reading.plain) or list(reading.years)
    own = [v for v in values if times and is_in(v, times[-1])]
    if TOLD_TIME.search(reading.plain) or (times and not own) or len(times) > 1:
        return _unsettled(store, values, "the record has no one count of that time")
    over = [value for value in values if not value.is_under_way]
    pick = max if is_most else min
    value = pick(own, key=lambda v: v.number) if own else over[-1]
    peak = pick(over, key=lambda v: v.number)
    which = "most" if is_most else "fewest"
    since = f"the {which} on record, which begins {values[0].when}"
    if peak.number == value.number:
        reason = f"{told(store, [value])}; it is {since}: what was before is not on record"
        return _decided("undecided", reason, (value,))
    reason = f"{told(store, [value])}; {since}: {peak.text}"
    is_denied = reading.is_negated and not re.search(r"\bnever\b", reading.plain)
    return _decided(flipped("differs", is_denied), reason, (value, peak))


def beside(
    store: Store, measure: Measure, values: Sequence[Value], reading: SentenceReading, on: str
) -> Decided:
    """Return the counts that stand beside what a sentence counts, of its time where it has one."""
    times = months_in(reading.plain) or list(reading.years)
    of_time = [v for v in values if any(is_in(v, time) for time in times)]
    shown = of_time or values[-3:]
    others = [values_of(store, id, on, is_flow=False) for id in measure.also]
    fitting = [[v for v in other if any(is_in(v, t) for t in times)] or other for other in others]
    newest = [other[-1] for other in fitting if other]
    parts = [told(store, shown), *(told(store, [value]) for value in newest)]
    reason = f"{measure.beside}: {'; '.join(parts)}"
    numbers = [number for id in measure.also if (number := store.get(Statistic, id))]
    records = [
        *(value_record(value, "undecided", reason) for value in (*reversed(shown[-2:]), *newest)),
        *(number_record(number, "undecided", reason) for number in numbers),
    ]
    return Decided(answer="undecided", reason=reason, records=tuple(records[:MOST_RECORDS]))


def _unsettled(store: Store, values: Sequence[Value], why: str) -> Decided:
    """Return what is known, first and last, where no two counts settle a sentence."""
    ends = values[:1] if len(values) == 1 else (values[0], values[-1])
    return _decided("undecided", f"{why}; {told(store, ends)}", ends)


def _decided(answer: Answer, reason: str, values: Sequence[Value]) -> Decided:
    records = tuple(value_record(value, answer, reason) for value in values)
    return Decided(answer=answer, reason=reason, records=records)
