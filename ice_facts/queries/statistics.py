"""Questions about numbers: single statistics and the values of series, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from ice_facts.dates import first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Series, Statistic
from ice_facts.queries.agreements import NATION
from ice_facts.queries.facts import began_by, last_day
from ice_facts.queries.series import Point, period_days, points_of
from ice_facts.results.numbers import NumberRow
from ice_facts.spelling import words_of
from ice_facts.store import Store

Number = TypeVar("Number", Statistic, Series)


def list_numbers(
    store: Store,
    on: str,
    *,
    measure: str | None = None,
    jurisdiction: str | None = None,
    everything: bool = False,
) -> list[NumberRow]:
    """List numbers: statistics, and of every series its values by fiscal year or its newest value.

    Numbers of one place and period stand together, whatever source gives them.

    Args:
        store: Where to look.
        on: Only numbers whose period had begun, and whose data existed, on this date.
        measure: Words of the measure, or the id of a statistic or series; None takes all measures.
        jurisdiction: Only numbers about the place with this id.
        everything: All values of every series that fits, and series that count a part.

    Raises:
        NotFoundError: No number fits; the hints name near measures.
    """
    statistics = [s for s in store.all(Statistic) if began_by(s.start or s.until, on)]
    series = list(store.all(Series))
    if jurisdiction:
        statistics = [s for s in statistics if s.jurisdiction == jurisdiction]
        series = [s for s in series if s.jurisdiction == jurisdiction]
    elif not everything and not measure:
        series = [s for s in series if s.jurisdiction == NATION and not s.breakdown]
    if measure:
        wanted = Measure(measure)
        statistics, series = wanted.fitting(statistics), wanted.fitting(series)
        if not statistics and not series:
            raise NotFoundError(f"no measure matches {measure!r}", wanted.hints(store))
    rows = [_statistic_row(s) for s in statistics]
    for one in series:
        points = points_of(one, on)
        whole = (
            everything or (measure == one.id) or (one.grain == "fiscal year" and not one.breakdown)
        )
        rows += [_series_row(one, p, len(points)) for p in (points if whole else points[-1:])]
    if not rows:
        raise NotFoundError("no number in the store fits these filters")
    return sorted(rows, key=_by_period if measure or jurisdiction else _by_measure)


def _by_measure(row: NumberRow) -> tuple[str, str, str]:
    return row.measure.casefold(), first_day(row.start or row.until or "0001"), row.id


def _by_period(row: NumberRow) -> tuple[bool, str, str, str, str]:
    newest = last_day(row.until or row.start or "0001")
    backwards = "".join(chr(0x7E - ord(c)) for c in newest)
    return row.jurisdiction != NATION, row.jurisdiction, backwards, row.measure, row.id


class Measure:
    """Words of a measure as a person types them; the start of a word stands for it.

    Args:
        text: The words.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [_stem(word) for word in words_of(text).split()]

    def fitting(self, numbers: Sequence[Number]) -> list[Number]:
        """Return the numbers with this id, or else those whose measure has all of the words."""
        exact = [n for n in numbers if n.id == self.text]
        return exact or [n for n in numbers if self._fits(n)]

    def _fits(self, number: Statistic | Series) -> bool:
        words = _words_of(number)
        return bool(self._words) and all(
            any(word.startswith(wanted) for word in words) for wanted in self._words
        )

    def hints(self, store: Store) -> list[str]:
        """Return what is near to the words, and where all measures are."""
        from difflib import get_close_matches

        numbers: list[Statistic | Series] = [*store.all(Statistic), *store.all(Series)]
        known = {word for number in numbers for word in _words_of(number) if len(word) > 4}
        near = [
            match
            for word in words_of(self.text).split()[:8]
            for match in get_close_matches(word[:60], sorted(known), n=2, cutoff=0.75)
        ]
        hints = [f"did you mean {' or '.join(dict.fromkeys(near))}?"] if near else []
        return [*hints, "ice-facts statistics lists all measures"]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _words_of(number: Statistic | Series) -> list[str]:
    texts: Iterable[str] = (number.id, number.measure, number.unit)
    if isinstance(number, Series):
        texts = (*texts, number.subject, *number.aliases, *number.breakdown.values())
    return words_of(" ".join(texts)).split()


def _statistic_row(number: Statistic) -> NumberRow:
    dates = tuple(d for d in (number.start, number.until) if d)
    period = number.period or " to ".join(dict.fromkeys(dates))
    return NumberRow(
        id=number.id,
        kind="statistic",
        measure=number.measure,
        value=number.value,
        high=number.high,
        qualifier=number.qualifier,
        unit=number.unit,
        jurisdiction=number.jurisdiction,
        period=period,
        start=number.start,
        until=number.until,
        partial=False,
        as_of=None,
        basis=None,
        base=number.base,
        base_text=number.base_text,
        text=number.text,
        note=number.note,
        confirmed=number.confirmed,
        values=1,
        sources=number.sources,
    )


def _series_row(series: Series, point: Point, values: int) -> NumberRow:
    start, until = period_days(point.period)
    return NumberRow(
        id=series.id,
        kind="series",
        measure=series.measure,
        value=point.value,
        high=None,
        qualifier=None,
        unit=series.unit,
        jurisdiction=series.jurisdiction,
        period=point.period,
        start=start,
        until=until,
        partial=point.partial,
        as_of=point.as_of,
        basis=point.basis,
        base=None,
        base_text=None,
        text=series.text,
        note=series.note,
        confirmed=point.confirmed,
        values=values,
        sources=point.sources,
    )
