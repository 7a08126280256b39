"""Lists of cities, counties and states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from heapq import merge
from typing import Annotated

from ice_facts.ask import Reply, Session, StateOption, one_of, option, vocabulary_words
from ice_facts.dates import began_by, holds_on
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Dimension, Jurisdiction, Level, Listing, Place, RuleStance
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Column, ListView, Piece, table_of
from ice_facts.store import Store
from ice_facts.vocabulary import DIMENSIONS, SYMBOLS, office_rank


class JurisdictionRow(Answer, frozen=True, kw_only=True):
    """A jurisdiction in a list."""

    id: str
    name: str
    level: str
    state: str | None
    geoid: str | None
    county_geoid: str | None
    population: int | None
    heads: str
    listed: tuple[str, ...]
    prohibits: int
    limits: int
    permits: int
    forbids_limits: int
    requires: int
    unknown: int
    listings: tuple[Listing, ...]


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
    for place in _places(store, list_id, everything):
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


def _places(store: Store, list_id: str | None, everything: bool) -> Iterator[Jurisdiction]:
    """Yield the full records, and of the places without rules all or those on a list, by id."""
    small = store.each(Place) if everything else ()
    if list_id and not everything:
        small = iter(store.referring(Place, policy=list_id))
    yield from merge(
        store.all(Jurisdiction), (_as_jurisdiction(place) for place in small), key=lambda p: p.id
    )


def _as_jurisdiction(place: Place) -> Jurisdiction:
    return Jurisdiction(**{name: getattr(place, name) for name in place.__struct_fields__})


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
        geoid=place.geoid,
        county_geoid=place.county_geoid,
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


_COUNTED: dict[str, Callable[[JurisdictionRow], int]] = {
    "prohibits": lambda r: r.prohibits,
    "limits": lambda r: r.limits,
    "permits": lambda r: r.permits,
    "forbids-limits": lambda r: r.forbids_limits,
    "requires": lambda r: r.requires,
    "unknown": lambda r: r.unknown,
}


_LEGEND = ", ".join(
    f"is {stance} ({SYMBOLS[stance][0]})"
    if stance == "unknown"
    else f"{stance} ({SYMBOLS[stance][0]})"
    for stance in _COUNTED
)


def _stances(row: JurisdictionRow) -> str:
    """Return how many dimensions the place's own rules prohibit, limit and so on: "✗6 ~1 ?3"."""
    counts = ((SYMBOLS[stance][0], get(row)) for stance, get in _COUNTED.items())
    return " ".join(f"{symbol}{count}" for symbol, count in counts if count)


def _listings(row: JurisdictionRow) -> Cell:
    return tuple(
        Piece(f"{entry.list.split('-')[0].upper()} {listing_span(entry)}") for entry in row.listings
    )


def listing_span(entry: Listing) -> str:
    """Return how long a place was on a list, as far as is known."""
    if entry.until:
        return f"{entry.start} to {entry.until} (off the list)"
    if entry.known_until:
        return f"{entry.start}, not known to be listed after {entry.known_until}"
    return f"since {entry.start}" if entry.start else "date not known"


def places_listing(rows: Sequence[JurisdictionRow], labels: Labels, *, title: str) -> ListView:
    """Return the view of a list of jurisdictions."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name", data=True), lambda r: r.name),
        (Column("level", "Level", data=True), lambda r: r.level),
        (Column("state", "State"), lambda r: r.state),
        (Column("geoid", "GEOID", data=True), lambda r: r.geoid),
        (Column("county_geoid", "County GEOID", data=True), lambda r: r.county_geoid),
        (Column("population", "People", right=True), lambda r: r.population),
        (Column("heads", "Who governs"), lambda r: r.heads),
        (Column("listed", "Lists"), _listings),
        *(
            (Column(stance, stance.capitalize(), data=True), get)
            for stance, get in _COUNTED.items()
        ),
        (Column("rules", "Own rules", drawn=True), _stances),
        (
            Column("sources", "Sources", data=True),
            lambda r: Piece("", sources=tuple(c for e in r.listings for c in e.sources)),
        ),
    )
    lists = sorted({entry.list for r in rows for entry in r.listings})
    return ListView(
        f"{title}: {len(rows)}",
        table,
        (
            f"Own rules: on how many of the ten dimensions a rule of the place's own {_LEGEND}.",
            "Lists are those a place was ever on, as far as is known."
            + "".join(f" {id.split('-')[0].upper()}: ice-facts policy {id}." for id in lists),
            "Places without recorded rules are left out, but not with --listed or --all.",
        ),
    )


def rule_filter(text: str) -> tuple[str, str]:
    """Return the dimension and the stance in ``DIMENSION=STANCE``.

    Raises:
        UsageError: The text is not of that form, or a word is unknown.
    """
    dimension, equals, stance = text.partition("=")
    if not equals:
        raise UsageError(
            f"--rule {text!r} is not of the form DIMENSION=STANCE",
            ["for example: --rule detainers=prohibits"],
        )
    return one_of(dimension, Dimension, "dimension"), one_of(stance, RuleStance, "stance")


def rule_words() -> Iterator[tuple[str, str]]:
    """Yield the values of ``--rule`` for the Tab key."""
    for dimension, label in DIMENSIONS.items():
        for stance, _ in vocabulary_words(RuleStance):
            yield f"{dimension}={stance}", label


def list_words() -> list[tuple[str, str]]:
    """Return the values of ``--listed`` for the Tab key."""
    return [
        ("doj", "Justice Department, August 2025"),
        ("dhs", "Homeland Security, May 2025, withdrawn"),
    ]


RuleOption = Annotated[
    list[tuple[str, str]] | None,
    option(
        "--rule",
        metavar="DIMENSION=STANCE",
        help="Only places whose own rule says so, e.g. detainers=prohibits; repeatable.",
        parse=rule_filter,
        words=rule_words,
    ),
]
ListedOption = Annotated[
    str | None,
    option(
        "--listed",
        metavar="LIST",
        help="Only places ever on a list: doj or dhs.",
        words=list_words,
    ),
]
AllOption = Annotated[bool, option("--all", help="Also places of which no rules are recorded.")]


def ask_cities(
    session: Session,
    *,
    state: StateOption = None,
    rule: RuleOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List cities."""
    return _ask(session, "city", "Cities", state, rule, listed, everything)


def ask_counties(
    session: Session,
    *,
    state: StateOption = None,
    rule: RuleOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List counties."""
    return _ask(session, "county", "Counties", state, rule, listed, everything)


def ask_states(
    session: Session,
    *,
    rule: RuleOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List states."""
    return _ask(session, "state", "States", None, rule, listed, everything)


def _ask(
    session: Session,
    level: Level,
    title: str,
    state: str | None,
    rule: list[tuple[str, str]] | None,
    listed: str | None,
    everything: bool,
) -> Reply:
    rows = list_places(
        session.store,
        level,
        session.on,
        state=state,
        rules=rule or (),
        listed=listed,
        everything=everything,
    )
    return Reply(rows, partial(places_listing, title=title))
