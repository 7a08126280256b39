"""What a sentence says of two counts: that the later one is larger, smaller, or a multiple."""

from __future__ import annotations

import re

from msgspec import Struct

from ice_facts.across.nearest.by_number import digits, is_near

_GROWN = (
    r"grew|grown?|growing|grows|increas(?:ed?|es|ing)|r[oi]se(?:n|s)?|rising|expanded|surged"
    r"|climb(?:s|ed|ing)|jumped|soared|(?:went|gone|going|is|are) up"
)
_SHRUNK = (
    r"f[ae]ll(?:en|s|ing)?|declin(?:ed?|es|ing)|decreas(?:ed?|es|ing)|drop(?:s|ped|ping)?|shrunk"
    r"|shrank|shrinking|(?:went|gone|going|is|are) down"
)
_TIMES = {"doubled": 2, "double": 2, "tripled": 3, "triple": 3, "quadrupled": 4}
_FOLD = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
CHANGE = rf"(?:(?P<grown>{_GROWN})|(?P<shrunk>{_SHRUNK}|halved)|(?P<times>{'|'.join(_TIMES)}))"
"""Words for a change of a count: the group tells in which direction, or that it is multiplied."""

BY = re.compile(r"\bby (?:about |nearly |over |more than |almost )?([\d,.]*\d)\s*(%|percent)?")
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2}, )?(20\d\d)\b"
)
UNDATED = re.compile(r"\b(?:since|after|under|during|before|until)\b")
"""A time that is told by something that happened, which is not looked up."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


class Growth(Struct, frozen=True, kw_only=True):
    """By how much a count is said to have changed: so many times, or by a number or a share."""

    is_shrinking: bool = False
    factor: int | None = None
    by: float | None = None
    is_percent: bool = False


def growth_in(verb: re.Match[str], plain: str) -> Growth:
    """Return the change that a sentence tells, of which a word of `CHANGE` was found."""
    by = BY.search(plain)
    fold = re.search(rf"\b({'|'.join(_FOLD)})fold\b", plain)
    factor = _TIMES.get(verb["times"]) or (_FOLD[fold[1]] if fold else None)
    return Growth(
        is_shrinking=bool(verb["shrunk"]),
        factor=2 if verb["shrunk"] == "halved" else factor,
        by=float(by[1].replace(",", "")) if by else None,
        is_percent=bool(by and by[2]),
    )


def is_as_told(growth: Growth, first: float, last: float, plain: str) -> bool:
    """Return True if the counts at the start and the end have changed as a sentence says.

    A share needs a count at the start: nothing is a percentage of none.
    """
    change = last - first
    if growth.factor:
        small, large = (last, first) if growth.is_shrinking else (first, last)
        return large >= growth.factor * small > 0
    fits = change < 0 if growth.is_shrinking else change > 0
    if growth.by is None:
        return fits
    measured = abs(change)
    if growth.is_percent:
        measured = round(100 * measured / first)
    return fits and is_near(growth.by, measured, measured, plain)


def with_change(growth: Growth, first: float, last: float, reason: str) -> str:
    """Return a reason that names two counts; with what the sentence and the record say of the
    change, if the sentence has a number for it.
    """
    if growth.by is None:
        return reason
    unit = " percent" if growth.is_percent else ""
    told = (
        f"the sentence says {digits(growth.by)}{unit}; {reason}, a change of {last - first:+,.0f}"
    )
    return f"{told} ({100 * (last - first) / first:+.0f} percent)" if growth.is_percent else told


def months_in(plain: str) -> list[str]:
    """Return the months of a year that a text names, in its order.

    >>> months_in("between may 2025 and january 2026")
    ['2025-05', '2026-01']
    """
    return [f"{year}-{_MONTHS.index(name) + 1:02}" for name, year in _MONTH.findall(plain)]
