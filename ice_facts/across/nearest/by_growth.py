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
from ice_facts.across.nearest.by_number import digits, is_near
from ice_facts.across.nearest.decided import Answer, Decided, flipped
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.errors import NotFoundError
from ice_facts.model import Jurisdiction
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import count_agreements

_GROWN = r"grew|grown?|growing|grows|increas(?:ed?|es|ing)|r[oi]se(?:n|s)?|rising|expanded|surged"
_SHRUNK = (
    r"f[ae]ll(?:en|s|ing)?|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)|dropp(?:ed|ing)|shrunk|shrank"
    r"|shrinking"
)
_TIMES = {"doubled": 2, "tripled": 3, "quadrupled": 4}
_FOLD = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_VERB = re.compile(
    rf"\b(?:agreements|memoranda|partnerships)\b(?: \S+){{0,5}}? (?:(?P<grown>{_GROWN})"
    rf"|(?P<shrunk>{_SHRUNK})|(?P<times>{'|'.join(_TIMES)}))"
    # With an object, as in "increased arrests", it is not the agreements that have grown.
    r"(?=$|[.,;!?]| (?:in|since|between|from|under|during|after|by|over|this|last|to|with|\w+ly"
    r"|\w+fold)\b)"
)
_BY = re.compile(r"\bby (?:about |nearly |over |more than |almost )?([\d,.]*\d)\s*(%|percent)?")
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2}, )?(20\d\d)\b"
)
_UNDATED = re.compile(r"\b(?:since|after|under|during|before|until)\b")
"""A time that is told by something that happened, which is not looked up."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def by_growth(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide whether the agreements have grown or shrunk by the counts of two of ICE's lists."""
    verb = _VERB.search(reading.plain)
    by = _BY.search(reading.plain)
    if not verb or not names_agreements(reading) or len(reading.places) > 1:
        return None
    if reading.numbers and not by:
        return None  # "grew to 1,843" tells a count
    place = reading.places[0] if reading.places else None
    model = model_in(reading)
    lists = _lists(store, place, on, model)
    ends = _ends(lists, reading)
    if ends is None:
        return _undecided(lists or counts_of(store, place, on, model)[:1], place)
    first, last = ends
    if by and by[2] and not first.number:
        return _undecided([first, last], place)  # nothing is a percentage of none
    change = last.number - first.number
    is_as_told = change < 0 if verb["shrunk"] else change > 0
    if factor := _TIMES.get(verb["times"]) or _factor(reading.plain):
        is_as_told = last.number >= factor * first.number > 0
    reason = (
        f"{whose(place)}: {first.number:,} {first.which} {first.on_list},"
        f" {last.number:,} {last.on_list}"
    )
    if by:
        measured = abs(change)
        if by[2]:
            measured = round(100 * measured / first.number)
        said = float(by[1].replace(",", ""))
        unit = " percent" if by[2] else ""
        is_as_told = is_as_told and is_near(said, measured, measured, reading.plain)
        reason = f"the sentence says {digits(said)}{unit}; {reason}, a change of {change:+,}"
        if by[2]:
            reason += f" ({100 * change / first.number:+.0f} percent)"
    answer: Answer = flipped("agrees" if is_as_told else "differs", reading.is_negated)
    records = tuple(count_record(count, place, answer, reason) for count in (first, last))
    return Decided(answer=answer, reason=reason, records=records)


def _factor(plain: str) -> int | None:
    """Return by how much agreements are said to be multiplied: 10 of "tenfold"."""
    found = re.search(rf"\b({'|'.join(_FOLD)})fold\b", plain)
    return _FOLD[found[1]] if found else None


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
    months = [
        f"{year}-{_MONTHS.index(name) + 1:02}" for name, year in _MONTH.findall(reading.plain)
    ]
    times = months or sorted(reading.years)
    if len(times) > 2 or not lists:
        return None
    if not times and _UNDATED.search(reading.plain):
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
