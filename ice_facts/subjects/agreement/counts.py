"""How many 287(g) agreements there are and were: by state, model, level and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import get_args

from msgspec import Struct

from ice_facts.dates import began_by, last_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Agreement, AgreementModel, Citation, Jurisdiction, Reading, Series
from ice_facts.model.answers import Answer
from ice_facts.store import Store
from ice_facts.subjects.agreement.listed import (
    agreements_list,
    list_agreements,
    list_date,
    state_record,
)
from ice_facts.subjects.citations import published_last
from ice_facts.vocabulary import STATES


class ModelCount(Answer, frozen=True, kw_only=True):
    """How many 287(g) agreements of each model a set holds.

    ``as_of`` is the date of ICE's list that was counted, which ``sources`` cites.
    """

    total: int
    task_force: int
    warrant_service_officer: int
    jail_enforcement: int
    as_of: str | None
    sources: tuple[Citation, ...]


class AgreementCount(Answer, frozen=True, kw_only=True):
    """How many 287(g) agreements one group holds: a state, a model, a level or a month.

    A model's count is None where only the total was published.
    """

    by: str
    key: str
    name: str
    agreements: int
    task_force: int | None
    warrant_service_officer: int | None
    jail_enforcement: int | None
    as_of: str
    basis: str
    sources: tuple[Citation, ...]


AGREEMENT_GROUPS = ("state", "model", "level")
"""What agreements are counted by, beside months."""


NATION = "united-states"


MODELS: tuple[AgreementModel, ...] = get_args(AgreementModel)


class ListGrowth(Answer, frozen=True, kw_only=True):
    """By how many rows ICE's list has grown since the one that the store has row by row."""

    rows: int
    as_of: str
    sources: tuple[Citation, ...]


LENGTHS = "287g-agreements"
"""The series with the lengths of ICE's lists."""


def list_growth(store: Store, on: str) -> ListGrowth | None:
    """Return how much longer the newest list by a date is than the one that is in the store."""
    date, series = list_date(store), store.get(Series, LENGTHS)
    if series is None or not date:
        return None
    newest, now = _last_length(series, last_day(on))
    before, then = _last_length(series, date)
    if newest <= date or now is None or then is None:
        return None
    growth = now.values[newest] - then.values[before]
    return ListGrowth(rows=int(growth), as_of=newest, sources=now.sources)


def _last_length(series: Series, end: str) -> tuple[str, Reading | None]:
    """Return the last day up to an end of which a series has a value, and the reading with it.

    Without such a day it is an empty text, and None. Of several readings the last one counts.
    """
    days = chain.from_iterable(reading.values for reading in series.readings)
    last = max(filter(end.__ge__, days), default="")
    return last, next((r for r in reversed(series.readings) if last in r.values), None)


def growth_text(growth: ListGrowth) -> str:
    """Return in words by how much the list has grown: "grown by 746 since"."""
    verb = "grown" if growth.rows >= 0 else "shrunk"
    return f"{verb} by {abs(growth.rows):,} since"


def count_agreements(
    store: Store,
    on: str,
    by: str,
    *,
    state: str | None = None,
    county: Jurisdiction | None = None,
    place: Jurisdiction | None = None,
    model: str | None = None,
    level: str | None = None,
    since: str | None = None,
) -> list[AgreementCount]:
    """Count agreements by state, model, level or month.

    By month it is the length of the last list of every month. With a county, place, level or
    ``since``, which the counts of the older lists do not have, it is the month of signing.

    Args:
        store: Where to look.
        on: The date of the answer.
        by: ``state``, ``model``, ``level`` or ``month``.
        state: As in `list_agreements`, like the others.
        county: Only agencies in this county.
        place: Only agencies of this place.
        model: Only this model.
        level: Only agencies of this level.
        since: Only agreements signed since.

    Raises:
        NotFoundError: No agreement fits.
    """
    if by == "month" and not (county or place or level or since):
        return _months(store, on, state, model)
    found = list_agreements(
        store,
        on,
        state=state,
        county=county,
        place=place,
        model=model,
        level=level,
        since=since,
    )
    groups: dict[str, list[Agreement]] = defaultdict(list)
    for agreement in found:
        groups[_GROUP_OF[by](agreement)].append(agreement)
    date = list_date(store)
    counts = [_count(by, key, members, date) for key, members in groups.items()]
    if by == "month":
        return sorted(counts, key=lambda c: c.key)
    return sorted(counts, key=lambda c: (-c.agreements, c.key))


_GROUP_OF: dict[str, Callable[[Agreement], str]] = {
    "state": lambda a: a.state,
    "model": lambda a: a.model,
    "month": lambda a: (a.signed or "undated")[:7],
    "level": lambda a: a.level,
}
GROUPS = tuple(_GROUP_OF)
"""The kinds of groups by which agreements are counted."""


def _count(by: str, key: str, members: Sequence[Agreement], date: str) -> AgreementCount:
    return AgreementCount(
        by="month signed" if by == "month" else by,
        key=key,
        name=STATES.get(key, key) if by == "state" else key,
        agreements=len(members),
        **_numbers(members),
        as_of=date,
        basis="list",
        sources=(Citation(id=members[0].sources[0].id, locator=_rows(members)),),
    )


def count_models(store: Store, agreements: Collection[Agreement]) -> ModelCount:
    """Count agreements by model."""
    lists = agreements_list(store)
    return ModelCount(
        total=len(agreements),
        **_numbers(agreements),
        as_of=published_last(lists) or None,
        sources=tuple(Citation(id=source.id, locator="all rows") for source in lists),
    )


def _numbers(agreements: Iterable[Agreement]) -> dict[str, int]:
    """Return the numbers of agreements by the field of an answer that holds them."""
    models = Counter(agreement.model for agreement in agreements)
    return {model.replace(" ", "_"): models[model] for model in MODELS}


def _rows(members: Iterable[Agreement]) -> str:
    """Return the rows of the list that members stand in: "rows 12 to 40, 45"."""
    numbers = sorted(
        int(word)
        for a in members
        for c in a.sources[:1]
        for word in c.locator.split()
        if word.isdigit()
    )
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number, number])
    if len(runs) > 6:
        return f"{len(numbers):,} rows between {runs[0][0]} and {runs[-1][-1]}"
    spans = ", ".join(str(a) if a == b else f"{a} to {b}" for a, b in runs)
    return f"{'row' if len(numbers) == 1 else 'rows'} {spans}"


def newer_total(store: Store, on: str, than: str) -> str:
    """Return a note on the newest total of agreements, if it is newer than a list; or nothing.

    Trackers publish totals between the full lists that the store has, so that what is counted row
    by row and a chart over time end with different numbers.
    """
    series = store.get(Series, LENGTHS)
    newest, length = _last_length(series, last_day(on)) if series else ("", None)
    if length is None or newest <= than:
        return ""
    return (
        f"A newer total exists: {length.values[newest]:,} agreements on {newest}, by trackers that"
        " read ICE's list (chart agreements)."
    )


class _Counted(Struct, frozen=True):
    """The rows of one list of a month."""

    rows: int
    date: str
    basis: str
    sources: tuple[Citation, ...]


def _months(store: Store, on: str, state: str | None, model: str | None) -> list[AgreementCount]:
    """Count the last list of every month, from the series of counts."""
    nation = store.referring(Series, jurisdiction=NATION)
    lists = _by_month(nation, None)
    if state or model:
        # The totals of the newest lists are not divided by state and model.
        divided = _by_month(nation, MODELS[0])
        lists = {month: counted for month, counted in lists.items() if month in divided}
    series = nation if state is None else _of_state(store, state)
    parts = {m: _by_month(series, m) for m in MODELS}
    rows = [
        _month(month, counted, {m: parts[m].get(month) for m in MODELS}, state, model)
        for month, counted in lists.items()
        if began_by(counted.date, on)
    ]
    if not any(row.agreements for row in rows):
        raise NotFoundError("no agreement on the lists of any month fits these filters")
    return rows


def _month(
    month: str,
    counted: _Counted,
    parts: Mapping[str, _Counted | None],
    state: str | None,
    model: str | None,
) -> AgreementCount:
    numbers = {m: part.rows if part else None for m, part in parts.items()}
    total, sources = counted.rows, counted.sources
    if state:
        # A list without a row of this state and model has none.
        numbers = {m: n or 0 for m, n in numbers.items()}
        total = sum(n or 0 for n in numbers.values())
        sources = next((part.sources for part in parts.values() if part), sources)
    if model:
        total = numbers[model] or 0
        part = parts[model]
        sources = part.sources if part else sources
        numbers = {m: n if m == model else None for m, n in numbers.items()}
    return AgreementCount(
        by="month",
        key=month,
        name=month,
        agreements=total,
        task_force=numbers["task force"],
        warrant_service_officer=numbers["warrant service officer"],
        jail_enforcement=numbers["jail enforcement"],
        as_of=counted.date,
        basis=counted.basis,
        sources=sources,
    )


def _of_state(store: Store, code: str) -> list[Series]:
    place = state_record(store, code)
    return store.referring(Series, jurisdiction=place.id) if place else []


def _by_month(series: Iterable[Series], model: str | None) -> dict[str, _Counted]:
    """Return the last list of every month in the series of one model (None: of all)."""
    wanted = {"model": model} if model else {}
    counted = {
        date: _Counted(int(rows), date, reading.basis or "list", reading.sources)
        for one in series
        if one.subject == "agreements" and one.breakdown == wanted
        for reading in one.readings
        for date, rows in reading.values.items()
    }
    return {date[:7]: counted[date] for date in sorted(counted)}
