"""Values of a series by period."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ice_facts.dates import began_by, first_day
from ice_facts.model import Citation, Series
from ice_facts.model.answers import filled


class Point(Struct, frozen=True, kw_only=True):
    """One value of a series with the reading that gives it."""

    period: str
    value: int | float
    as_of: str | None
    partial: bool
    basis: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]


def period_days(period: str) -> tuple[str, str]:
    """Return the first and the last month or day of a period, as partial dates.

    >>> period_days("FY2024")
    ('2023-10', '2024-09')
    """
    if period.startswith("FY"):
        year = int(period[2:])
        return f"{year - 1}-10", f"{year}-09"
    return period, period


def points_of(series: Series, on: str) -> list[Point]:
    """Return the values of a series that were known on a date, oldest first."""
    points = [
        filled(
            Point,
            reading,
            period=period,
            value=value,
            as_of=reading.as_of or period,
            partial=period in reading.partial,
        )
        for reading in series.readings
        for period, value in reading.values.items()
        if began_by(reading.as_of or period, on)
    ]
    return sorted(points, key=lambda p: first_day(period_days(p.period)[0]))


def last_by_month(points: Iterable[Point]) -> list[Point]:
    """Return the last point of every month."""
    return list({p.period[:7]: p for p in points}.values())
