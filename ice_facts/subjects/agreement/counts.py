"""287(g) agreements: lists of them, and how many there were."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, get_args

from msgspec import Struct

from ice_facts.ask import Reply, Session, StateOption, option, vocabulary_words
from ice_facts.dates import began_by, first_day, last_day, parse_date
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import (
    Agreement,
    AgreementModel,
    Citation,
    FormerAgreement,
    Jurisdiction,
    Level,
    Place,
    Series,
    Source,
)
from ice_facts.model.answers import Answer
from ice_facts.resolve import resolve
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.citations import published_last, sources_of
from ice_facts.vocabulary import PLACES, STATES


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


def agreements_list(store: Store) -> tuple[Source, ...]:
    """Return the source of the agreements, ICE's list; empty in a store without agreements.

    All agreements of a store are rows of one list, so each of them cites it.
    """
    agreement = store.first(Agreement)
    return sources_of(store, agreement) if agreement else ()


AGREEMENT_GROUPS = ("state", "model", "level")
"""What agreements are counted by, beside months."""


NATION = "united-states"


MODELS: tuple[AgreementModel, ...] = get_args(AgreementModel)


def list_date(store: Store) -> str:
    """Return the date of ICE's list from which the agreements are; empty without agreements."""
    return published_last(agreements_list(store))


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
    end = last_day(on)  # compared as texts, one day for each list: that is many
    of_day = {day: r for r in series.readings for day in r.values if day <= end}
    newest, before = max(of_day, default=""), max((d for d in of_day if d <= date), default="")
    if newest <= date or not before:
        return None
    growth = of_day[newest].values[newest] - of_day[before].values[before]
    return ListGrowth(rows=int(growth), as_of=newest, sources=of_day[newest].sources)


def growth_text(growth: ListGrowth) -> str:
    """Return in words by how much the list has grown."""
    verb = "grown" if growth.rows >= 0 else "shrunk"
    return f"the list has {verb} by {abs(growth.rows):,} since"


def list_agreements(
    store: Store,
    on: str,
    *,
    state: str | None = None,
    county: Jurisdiction | None = None,
    place: Jurisdiction | None = None,
    model: str | None = None,
    level: str | None = None,
    since: str | None = None,
) -> list[Agreement]:
    """List the agreements on ICE's list that were signed by a date.

    Args:
        store: Where to look.
        on: The date of the answer.
        state: Only agencies in the state with this USPS code.
        county: Only agencies in this county: its own, and those of its municipalities.
        place: Only agencies of this place.
        model: Only this model.
        level: Only agencies of a municipality, a county or a state.
        since: Only agreements signed on or after this partial date.

    Raises:
        NotFoundError: No agreement fits.
    """
    from ice_facts.store.documents import having

    query = having(state=state, model=model, level=level, jurisdiction=place.id if place else None)
    found = [
        agreement
        for agreement in store.where(Agreement, query)
        if began_by(agreement.signed, on)
        and (not since or (agreement.signed and first_day(agreement.signed) >= first_day(since)))
        and (not county or _is_in_county(agreement, county))
    ]
    if not found:
        raise NotFoundError(
            f"no agreement on ICE's list of {list_date(store)} fits these filters",
            ["ice-facts agreements --former lists those that left the list"],
        )
    return sorted(found, key=lambda a: (a.state, a.county or "", a.agency, a.model))


def _is_in_county(agreement: Agreement, county: Jurisdiction) -> bool:
    if agreement.state != county.state:
        return False
    return agreement.jurisdiction == county.id or agreement.county == county.name


def former_agreements(
    store: Store,
    on: str,
    *,
    state: str | None = None,
    place: Jurisdiction | None = None,
    model: str | None = None,
    since: str | None = None,
) -> list[FormerAgreement]:
    """List agencies and models that stood on ICE's list and no longer do, latest first.

    Args:
        store: Where to look.
        on: Only those last listed by this date.
        state: Only agencies in the state with this USPS code.
        place: Only agencies of this place.
        model: Only this model.
        since: Only those last listed on or after this partial date.

    Raises:
        NotFoundError: None fits.
    """
    from ice_facts.store.documents import having

    query = having(state=state, model=model, jurisdiction=place.id if place else None)
    found = [
        former
        for former in store.where(FormerAgreement, query)
        if began_by(former.last_listed, on)
        and (not since or first_day(former.last_listed) >= first_day(since))
    ]
    if not found:
        raise NotFoundError("no agency that left ICE's list fits these filters")
    return sorted(found, key=lambda f: (f.last_listed, f.state, f.agency), reverse=True)


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


def state_record(store: Store, code: str) -> Jurisdiction | None:
    """Return the state or territory with a USPS code, or None."""
    for full in store.referring(Jurisdiction, state=code):
        if "state" in (full.level, *full.also):
            return full
    for place in store.referring(Place, state=code):
        if place.level == "state":
            return store.one(Jurisdiction, place.id)
    return None


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


_MODELS = {
    "task force": ("tfm", "taskforce", "taskforcemodel"),
    "warrant service officer": ("wso", "warrant", "warrantservice", "warrantserviceofficer"),
    "jail enforcement": ("jem", "jail", "jailenforcement", "jailenforcementmodel"),
}


def parse_model(text: str) -> str:
    """Return the model that a user typed, in full or by its letters.

    Raises:
        UsageError: There is no such model.
    """
    key = key_of(text)
    for model, names in _MODELS.items():
        if key in names:
            return model
    raise UsageError(f"no model {text!r}", [f"one of: {', '.join(_MODELS)}"])


def _agency_level(text: str) -> str:
    if text in ("municipality", "county", "state"):
        return text
    if text == "city":
        return "municipality"
    raise UsageError(f"no level {text!r}", ["one of: municipality, county, state"])


ModelOption = Annotated[
    str | None,
    option(
        "--model",
        metavar="MODEL",
        help="task force, warrant service officer or jail.",
        parse=parse_model,
        words=lambda: vocabulary_words(AgreementModel),
    ),
]


def ask_agreements(
    session: Session,
    *,
    state: StateOption = None,
    county: Annotated[
        str | None,
        option(
            "--county",
            metavar="NAME",
            help="Only agencies in this county.",
            names=PLACES,
            level="county",
        ),
    ] = None,
    place: Annotated[
        str | None,
        option("--place", metavar="NAME", help="Only agencies of this place.", names=PLACES),
    ] = None,
    model: ModelOption = None,
    level: Annotated[
        str | None,
        option(
            "--level",
            metavar="LEVEL",
            help="Only of a municipality, county or state.",
            parse=_agency_level,
            words=lambda: (("municipality", ""), ("county", ""), ("state", "")),
        ),
    ] = None,
    since: Annotated[
        str | None,
        option("--since", metavar="DATE", help="Only signed since this date.", parse=parse_date),
    ] = None,
    by: Annotated[
        str | None,
        option(
            "--by",
            metavar="WHAT",
            help="Count by state, model, month or level.",
            words=lambda: ((group, "") for group in GROUPS),
        ),
    ] = None,
    former: Annotated[
        bool, option("--former", help="Those no longer on ICE's list instead.")
    ] = False,
) -> Reply:
    """List agreements, or count them."""
    from ice_facts.subjects.agreement import view

    store, on = session.store, session.on
    if by is not None and by not in GROUPS:
        raise UsageError(f"cannot count by {by!r}", [f"by: {', '.join(GROUPS)}"])
    inside, at = _place(store, county, "county", state), _place(store, place, None, state)
    if former:
        if by or level:
            raise UsageError("--former does not go with --by and --level")
        gone = former_agreements(
            store, on, state=state, place=at or inside, model=model, since=since
        )
        return Reply(gone, view.former_listing)
    wanted: dict[str, Any] = {
        "state": state,
        "county": inside,
        "place": at,
        "model": model,
        "level": level,
        "since": since,
    }
    if by:
        return Reply(count_agreements(store, on, by, **wanted), view.counts_listing)
    return Reply(list_agreements(store, on, **wanted), partial(view.agreements_listing, on=on))


def _place(
    store: Store, name: str | None, level: Level | None, state: str | None
) -> Jurisdiction | None:
    if name is None:
        return None
    return store.one(
        Jurisdiction, resolve(store, name, (Jurisdiction,), level=level, state=state).id
    )
