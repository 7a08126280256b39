"""Questions about many jurisdictions: lists of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ice_facts.dates import holds_on
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Jurisdiction, Level, Listing, Place
from ice_facts.queries.facts import began_by
from ice_facts.results.rows import JurisdictionRow
from ice_facts.store import Store
from ice_facts.vocabulary import DIMENSIONS, office_rank


def list_places(
    store: Store,
    level: Level,
    on: str,
    *,
    state: str | None = None,
    rules: Iterable[tuple[str, str]] = (),
    listed: str | None = None,
    everything: bool = False,
) -> list[JurisdictionRow]:
    """List the places of one level.

    Args:
        store: Where to look.
        level: City, county or state; a place that is two things is in both lists.
        on: The date of the answer.
        state: Only places in the state with this USPS code.
        rules: Only places where, for each pair, a rule of their own on the dimension has the
            stance on that date (``unknown`` also where no rule is recorded).
        listed: Only places ever on this list by that date, as of this level: ``doj``, ``dhs`` or
            a list's id.
        everything: Also the places of which no rules are recorded; with ``listed`` they count
            anyway.

    Raises:
        NotFoundError: No place fits.
        UsageError: There is no such list.
    """
    list_id = None if listed is None else find_list(store, listed)
    rows = []
    for place in _all_places(store) if list_id or everything else store.all(Jurisdiction):
        if level != place.level and level not in place.also:
            continue
        if state and place.state != state:
            continue
        entries = [e for e in place.listed if began_by(e.start, on) and (e.level or level) == level]
        if list_id and all(e.list != list_id for e in entries):
            continue
        stances: dict[str, set[str]] = {dimension: set() for dimension in DIMENSIONS}
        for rule in place.rules:
            if holds_on(rule.start, rule.until, on, rule.confirmed):
                stances[rule.dimension].add(rule.stance)
        if not all(stance in (stances[dim] or {"unknown"}) for dim, stance in rules):
            continue
        rows.append(_row(place, on, stances, entries))
    if not rows:
        raise NotFoundError("no place in the store fits these filters")
    return rows


def _all_places(store: Store) -> list[Jurisdiction]:
    """Return full records and places without rules, sorted by id."""
    small = (
        Jurisdiction(**{name: getattr(place, name) for name in place.__struct_fields__})
        for place in store.all(Place)
    )
    return sorted((*store.all(Jurisdiction), *small), key=lambda j: j.id)


def find_list(store: Store, name: str) -> str:
    """Return the id of a list by its short name (``doj``, ``dhs``) or id.

    Raises:
        UsageError: There is no such list.
    """
    ids = sorted({e.list for j in store.all(Jurisdiction) for e in j.listed})
    wanted = name.casefold()
    for id in ids:
        if wanted in (id, id.split("-")[0]):
            return id
    raise UsageError(f"no list {name!r}", [f"lists: {id.split('-')[0]} ({id})" for id in ids])


def _row(
    place: Jurisdiction, on: str, stances: dict[str, set[str]], entries: Sequence[Listing]
) -> JurisdictionRow:
    def count(stance: str) -> int:
        return sum(stance in found for found in stances.values())

    heads = [
        o
        for o in place.officials
        if office_rank(o.office)[0] < 7 and holds_on(o.start, o.until, on, o.confirmed)
    ]
    return JurisdictionRow(
        id=place.id,
        name=place.name,
        level=place.level,
        state=place.state,
        population=place.population.value if place.population else None,
        heads="; ".join(
            f"{o.name} ({o.office})" for o in sorted(heads, key=lambda o: office_rank(o.office))
        ),
        listed=tuple(dict.fromkeys(e.list for e in entries)),
        prohibits=count("prohibits"),
        limits=count("limits"),
        permits=count("permits"),
        forbids_limits=count("forbids-limits"),
        requires=count("requires"),
        unknown=sum(not found or found == {"unknown"} for found in stances.values()),
        listings=tuple(entries),
    )
