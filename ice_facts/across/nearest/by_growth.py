"""Sentences on whether 287(g) agreements have become more or fewer, in the country or a state."""

from __future__ import annotations

import re

from ice_facts.across.nearest.by_count import (
    Counted,
    count_record,
    counts_of,
    model_in,
    names_agreements,
    of_month,
    whose,
)
from ice_facts.across.nearest.decided import Answer, Decided, flipped
from ice_facts.across.nearest.growth import (
    BY,
    CHANGE,
    UNDATED,
    growth_in,
    is_as_told,
    months_in,
    with_change,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.errors import NotFoundError
from ice_facts.model import Jurisdiction
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import count_agreements

_VERB = re.compile(
    rf"\b(?:agreements|memoranda|partnerships)\b(?: \S+){{0,5}}? {CHANGE}"
    # With an object, as in "increased arrests", it is not the agreements that have grown.
    r"(?=$|[.,;!?]| (?:in|since|between|from|under|during|after|by|over|this|last|to|with|\w+ly"
    r"|\w+fold)\b)"
)


def by_growth(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide whether the agreements have grown or shrunk by the counts of two of ICE's lists."""
    verb = _VERB.search(reading.plain)
    if not verb or not names_agreements(reading) or len(reading.places) > 1:
        return None
    if reading.numbers and not BY.search(reading.plain):
        return None  # "grew to 1,843" tells a count
    place = reading.places[0] if reading.places else None
    model = model_in(reading)
    lists = _lists(store, place, on, model)
    ends = _ends(lists, reading)
    if ends is None:
        return _undecided(lists or counts_of(store, place, on, model)[:1], place)
    first, last = ends
    growth = growth_in(verb, reading.plain)
    if growth.is_percent and not first.number:
        return _undecided([first, last], place)  # nothing is a percentage of none
    told = is_as_told(growth, first.number, last.number, reading.plain)
    reason = (
        f"{whose(place)}: {first.number:,} {first.which} {first.on_list},"
        f" {last.number:,} {last.on_list}"
    )
    reason = with_change(growth, first.number, last.number, reason)
    answer: Answer = flipped("agrees" if told else "differs", reading.is_negated)
    records = tuple(count_record(count, place, answer, reason) for count in (first, last))
    return Decided(answer=answer, reason=reason, records=records)


def _undecided(lists: list[Counted], place: Jurisdiction | None) -> Decided | None:
    """Return what is known where no two lists of the time that is meant can be compared."""
    if not lists:
        return None
    told = lists[:1] if len(lists) == 1 else [lists[0], lists[-1]]
    known = ", ".join(f"{count.number:,} {count.which} {count.on_list}" for count in told)
    why = f"the record cannot compare two lists of that time; {whose(place)}: {known}"
    records = tuple(count_record(count, place, "undecided", why) for count in told)
    return Decided(answer="undecided", reason=why, records=records)


def _lists(store: Store, place: Jurisdiction | None, on: str, model: str | None) -> list[Counted]:
    """Return the counts of every month's last list, the oldest first; cities have none."""
    if place is not None and "state" not in (place.level, *place.also):
        return []
    code = place.state if place is not None else None
    try:
        months = count_agreements(store, on, "month", state=code, model=model)
    except NotFoundError:
        return []
    return [of_month(month, model) for month in months]


def _ends(lists: list[Counted], reading: SentenceReading) -> tuple[Counted, Counted] | None:
    """Return the counts at the start and the end of the time that a sentence speaks of.

    "Since 2025" and "in 2025" start with the last list before that year, "between 2024 and 2026"
    with the last one of the first year; without a year it is the year until the newest list.
    """
    times = months_in(reading.plain) or sorted(reading.years)
    if len(times) > 2 or not lists:
        return None
    if not times and UNDATED.search(reading.plain):
        return None
    is_since = bool(re.search(r"\bsince\b", reading.plain))
    if len(times) == 2:
        before = [c for c in lists if c.date[: len(times[0])] <= times[0]]
        until = [c for c in lists if c.date[: len(times[1])] <= times[1]]
    elif times:
        before = [c for c in lists if c.date < times[0]]
        until = [c for c in lists if is_since or c.date[: len(times[0])] <= times[0]]
    else:
        newest = lists[-1].date
        year_before = f"{int(newest[:4]) - 1}{newest[4:]}"
        before = [c for c in lists if c.date <= year_before]
        until = lists
    if not before or not until or before[-1].date >= until[-1].date:
        return None
    return before[-1], until[-1]
