"""Partial ISO dates: ``2012``, ``2012-09`` and ``2012-09-13``.

A partial date is kept as it is known. It sorts and compares as its first day.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from ice_facts.errors import UsageError

PARTIAL_DATE_PATTERN = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"


def first_day(partial: str) -> str:
    """Return the first day that a partial date covers, as ``YYYY-MM-DD``.

    >>> first_day("2012-09")
    '2012-09-01'
    """
    return partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial


@cache
def is_date(text: str) -> bool:
    """Return True if a text is a partial date that exists in the calendar."""
    if not re.match(PARTIAL_DATE_PATTERN, text) or text.startswith("0000"):
        return False
    try:
        date.fromisoformat(first_day(text))
    except ValueError:
        return False
    return True


def parse_date(text: str) -> str:
    """Check a date that a user typed.

    Args:
        text: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; ``today`` is understood too.

    Returns:
        The partial date as typed, without blanks around it.

    Raises:
        UsageError: The text is not such a date.
    """
    text = text.strip()
    if text.casefold() == "today":
        return today()
    if not is_date(text):
        raise UsageError(
            f"{text!r} is not a date",
            ["write a year, a month or a day: 2018, 2018-07 or 2018-07-04"],
        )
    return text


def is_future(partial: str) -> bool:
    """Return True if a date is later than today: nothing of it can be on record."""
    return first_day(partial) > today()


def today() -> str:
    """Return today's date as ``YYYY-MM-DD``."""
    return date.today().isoformat()


def holds_on(start: str | None, until: str | None, on: str, confirmed: str | None = None) -> bool:
    """Return True if a fact holds on a date.

    A fact holds from its start up to, not including, its end; without an end it holds still. A
    fact whose start is not known is told only for dates from its confirmation on: before that,
    nobody has said that it held.

    Args:
        start: Partial date on which the fact begins to hold, or None where it is not known.
        until: Partial date on which it no longer holds, or None.
        on: The partial date asked about.
        confirmed: Partial date on which the fact was confirmed; None counts as today.
    """
    day = first_day(on)
    begin = first_day(start or confirmed or today())
    return begin <= day and (until is None or day < first_day(until))


def began_by(start: str | None, on: str) -> bool:
    """Return True if something with this start had begun on a date, or has no known start."""
    return start is None or first_day(start) <= last_day(on)


def last_day(partial: str) -> str:
    """Return a day not before the last one that a partial date covers, for comparison."""
    return partial + "-12-31"[len(partial) - 4 :] if len(partial) < 10 else partial


def same_day(one: str, other: str) -> bool:
    """Return True if two partial dates can be the same day: one lies within the other.

    >>> same_day("2012-09", "2012-09-12"), same_day("2012-09", "2012")
    (True, True)
    """
    return first_day(one) <= last_day(other) and first_day(other) <= last_day(one)
