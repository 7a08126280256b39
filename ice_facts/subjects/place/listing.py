"""Lists of cities, counties and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Annotated

from ice_facts.ask import Reply, Session, StateOption, choice, one_of, option, vocabulary_words
from ice_facts.dates import began_by
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Bound, Dimension, Jurisdiction, Level, Listing, Place, RuleStance
from ice_facts.model.answers import Answer, filled
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Column, ListView, Piece, table_of
from ice_facts.store import Store
from ice_facts.subjects.official import officials_on
from ice_facts.subjects.rule import (
    RuleInForce,
    counted,
    on_state_bodies_only,
    rules_in_force,
    rules_that_reach,
)
from ice_facts.vocabulary import DIMENSIONS, HEADS, SYMBOLS


class JurisdictionRow(Answer, frozen=True, kw_only=True):
    """A jurisdiction in a list.

    ``state_bodies`` are the dimensions on which a state's rules bind bodies of the state only.
    """

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
    state_bodies: tuple[str, ...]
    listings: tuple[Listing, ...]


def list_places(
    store: Store,
    level: Level,
    on: str,
    *,
    state: str | None = None,
    rules: Collection[tuple[str, str]] = (),
    binds: str | None = None,
    listed: str | None = None,
    everything: bool = False,
    effective: bool = False,
) -> list[JurisdictionRow]:
    """List the places of one level.

    Args:
        store: Where to look.
        level: City, county or state; a place that is two things is in both lists.
        on: The date of the answer.
        state: Only places in the state with this USPS code.
        rules: Only places where, for each pair, a rule of their own on the dimension has the
            stance on that date (``unknown`` also where no rule is recorded).
        binds: Only places where these rules (any rule of their own, if there are no ``rules``)
            bind this body.
        listed: Only places ever on this list by that date, as of this level: ``doj``, ``dhs`` or
            a list's id.
        everything: Also the places of which no rules are recorded; with ``listed`` they count
            anyway.
        effective: Also the rules of its county and its state count, where they reach the place.

    Raises:
        NotFoundError: No place fits.
        UsageError: There is no such list.
    """
    from ice_facts.store.documents import having, where

    list_id = None if listed is None else find_list(store, listed)
    query = having(state=state) & ((where("level") == level) | where("also").any([level]))
    places = store.where(Jurisdiction, query)
    small: Iterable[Place] = ()
    if everything:
        small = store.where(Place, query)
    elif list_id:
        listing = store.referring(Place, policy=list_id)
        small = [p for p in listing if level in (p.level, *p.also) and state in (None, p.state)]
    places = sorted(
        [*places, *(filled(Jurisdiction, place) for place in small)], key=lambda place: place.id
    )
    rows = []
    for place in places:
        entries = [e for e in place.listed if began_by(e.start, on) and (e.level or level) == level]
        if list_id and all(entry.list != list_id for entry in entries):
            continue
        own = counted(rules_in_force([place], on))
        binding = rules_that_reach(store, place, on) if effective else own
        if binds and not any(binds in rule.binds for rule in binding):
            continue
        if all(_has_rule(binding, dimension, stance, binds) for dimension, stance in rules):
            rows.append(_row(place, on, own, entries))
    if not rows:
        signed = ["ice-facts agreements lists what was signed, which is no rule"]
        asked = any(dimension == "287g" for dimension, _ in rules)
        raise NotFoundError("no place in the store fits these filters", signed if asked else [])
    return rows


def _has_rule(rules: Iterable[RuleInForce], dimension: str, stance: str, binds: str | None) -> bool:
    """Return True if there is a rule with a stance on a dimension that binds a body (None: any)."""
    on_it = [rule for rule in rules if rule.dimension == dimension]
    if not on_it:
        return stance == "unknown" and not binds
    return any(rule.stance == stance and (not binds or binds in rule.binds) for rule in on_it)


def find_list(store: Store, name: str) -> str:
    """Return the id of a list by its short name (``doj``, ``dhs``) or id.

    Raises:
        UsageError: There is no such list.
    """
    ids = sorted({e.list for j in store.all(Jurisdiction) for e in j.listed})
    wanted = name.casefold()
    for id in ids:
        if wanted in (id, _short_name(id)):
            return id
    raise UsageError(f"no list {name!r}", [f"lists: {_short_name(id)} ({id})" for id in ids])


def _short_name(list_id: str) -> str:
    return list_id.split("-")[0]


def _row(
    place: Jurisdiction, on: str, rules: Sequence[RuleInForce], entries: Sequence[Listing]
) -> JurisdictionRow:
    stances = [{r.stance for r in rules if r.dimension == dimension} for dimension in DIMENSIONS]
    numbers = Counter(stance for found in stances for stance in found)
    heads = [o for o in officials_on(place, on) if o.office in (*HEADS, "sheriff")]
    return filled(
        JurisdictionRow,
        place,
        population=place.population.value if place.population else None,
        heads="; ".join(f"{o.name} ({o.office})" for o in heads),
        listed=tuple(dict.fromkeys(e.list for e in entries)),
        prohibits=numbers["prohibits"],
        limits=numbers["limits"],
        permits=numbers["permits"],
        forbids_limits=numbers["forbids-limits"],
        requires=numbers["requires"],
        unknown=sum(not found or found == {"unknown"} for found in stances),
        state_bodies=on_state_bodies_only(place, rules),
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
    f"{'is ' if stance == 'unknown' else ''}{stance} ({SYMBOLS[stance][0]})" for stance in _COUNTED
)


def _stances(row: JurisdictionRow) -> str:
    """Return the number of dimensions that own rules prohibit, limit and so on: "■6 □1 ?3"."""
    counts = ((SYMBOLS[stance][0], get(row)) for stance, get in _COUNTED.items())
    return " ".join(f"{symbol}{count}" for symbol, count in counts if count)


def _listings(row: JurisdictionRow) -> Cell:
    return tuple(Piece(f"{_short_name(e.list).upper()} {_listing_span(e)}") for e in row.listings)


def _listing_span(entry: Listing) -> str:
    """Return the dates between which a place was on a list, as far as is known."""
    if entry.until:
        return f"{entry.start} to {entry.until} (off the list)"
    if entry.known_until:
        return f"{entry.start}, not known to be listed after {entry.known_until}"
    return f"since {entry.start}" if entry.start else "date not known"


def places_listing(
    rows: Sequence[JurisdictionRow],
    labels: Labels,
    *,
    title: str,
    asked: Collection[str] = (),
    effective: bool = False,
) -> ListView:
    """Return the view of a list of jurisdictions.

    Args:
        rows: The jurisdictions.
        labels: Names of records.
        title: What they are.
        asked: The dimensions of its filter.
        effective: Whether rules of county and state counted in the filter.
    """
    # Where each is on a list, that is what was asked for.
    all_listed = all(row.listings for row in rows)
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name", data=True), lambda r: r.name),
        (Column("level", "Level", data=True), lambda r: r.level),
        (Column("state", "State"), lambda r: r.state),
        (Column("geoid", "GEOID", data=True), lambda r: r.geoid),
        (Column("county_geoid", "County GEOID", data=True), lambda r: r.county_geoid),
        (Column("population", "People", right=True), lambda r: r.population),
        (Column("heads", "Who governs", spare=2 if all_listed else 1), lambda r: r.heads),
        (Column("listed", "Lists", spare=1 if all_listed else 2), _listings),
        *(
            (Column(stance, stance.capitalize(), data=True), get)
            for stance, get in _COUNTED.items()
        ),
        (Column("rules", "Own rules", drawn=True), _stances),
        (
            Column("state_bodies", "State bodies only", data=True),
            lambda r: "; ".join(r.state_bodies),
        ),
        (
            Column("sources", "Sources", data=True),
            lambda r: Piece("", sources=tuple(c for e in r.listings for c in e.sources)),
        ),
    )
    lists = sorted({entry.list for r in rows for entry in r.listings})
    narrow = [r.name for r in rows if asked and set(asked) <= set(r.state_bodies)]
    return ListView(
        f"{title}: {len(rows)}",
        table,
        (
            f"Own rules: on how many of the ten dimensions a rule of the place's own {_LEGEND}.",
            "Lists are those a place was ever on, as far as is known."
            + "".join(f" {_short_name(id).upper()}: ice-facts policy {id}." for id in lists),
            *((f"Only bodies of the state are bound in {', '.join(narrow)}.",) * bool(narrow)),
            *(("Rules of county and state that reach a place count in the filter.",) * effective),
            "Rules on a part of a form of cooperation only are not counted: ice-facts rules.",
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
BindsOption = Annotated[
    str | None,
    choice(
        "--binds",
        Bound,
        "Only places whose own rule (with --rule: that rule) binds it: police, …",
        metavar="BODY",
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
EffectiveOption = Annotated[
    bool,
    option("--effective", help="With --rule or --binds: rules of county and state count as well."),
]
AllOption = Annotated[bool, option("--all", help="Also places of which no rules are recorded.")]


def ask_cities(
    session: Session,
    *,
    state: StateOption = None,
    rule: RuleOption = None,
    binds: BindsOption = None,
    effective: EffectiveOption = False,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List cities."""
    return _ask(session, "city", "Cities", state, rule, binds, listed, everything, effective)


def ask_counties(
    session: Session,
    *,
    state: StateOption = None,
    rule: RuleOption = None,
    binds: BindsOption = None,
    effective: EffectiveOption = False,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List counties."""
    return _ask(session, "county", "Counties", state, rule, binds, listed, everything, effective)


def ask_states(
    session: Session,
    *,
    rule: RuleOption = None,
    binds: BindsOption = None,
    listed: ListedOption = None,
    everything: AllOption = False,
) -> Reply:
    """List states."""
    return _ask(session, "state", "States", None, rule, binds, listed, everything)


def _ask(
    session: Session,
    level: Level,
    title: str,
    state: str | None,
    rule: list[tuple[str, str]] | None,
    binds: str | None,
    listed: str | None,
    everything: bool,
    effective: bool = False,
) -> Reply:
    if effective and not (rule or binds):
        raise UsageError("--effective goes with --rule or --binds")
    rows = list_places(
        session.store,
        level,
        session.on,
        state=state,
        rules=rule or (),
        binds=binds,
        listed=listed,
        everything=everything,
        effective=effective,
    )
    asked = [dimension for dimension, _ in rule or ()]
    return Reply(rows, partial(places_listing, title=title, asked=asked, effective=effective))
