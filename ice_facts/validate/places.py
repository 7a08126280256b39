"""Rules on jurisdictions: their state, their officials and their rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from ice_facts.dates import first_day
from ice_facts.model import Jurisdiction, Official, Place, Rule
from ice_facts.validate.tables import Problem, Tables


def place_is_in_its_state(place: Jurisdiction | Place, tables: Tables) -> Iterator[Problem]:
    """A city or county names its state; one that is a state as well has none above it."""
    if place.level not in ("city", "county") or "state" in getattr(place, "also", ()):
        return
    if place.state is None:
        problem = f"a {place.level} without its state"
        yield Problem("state", problem, "write the state's two-letter USPS code")
        return
    above = [tables.get(Jurisdiction, id) or tables.get(Place, id) for id in place.part_of]
    if None in above:
        return  # reported as an unknown id or an invalid record
    if not any(j and j.level == "state" and j.state == place.state for j in above):
        problem = f"does not name the state {place.state}"
        yield Problem("part_of", problem, "add the id of the state")


def no_circle_of_places(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """No jurisdiction is part of itself; each circle is reported once."""
    places = {id: place.part_of for id, place in tables.records(Jurisdiction)}
    reported: set[str] = set()
    for id in places:
        circle = _way_back(id, places)
        if circle and not reported.intersection(circle):
            reported.update(circle)
            problem = f"is part of itself: {' in '.join((*circle, id))}"
            yield "jurisdictions", id, Problem("part_of", problem, "take one link away")


def _way_back(id: str, places: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the shortest way from a place up to itself, or nothing."""
    ways, seen = [[id]], {id}
    for way in ways:  # grows while it is read: breadth first
        for above in places.get(way[-1], ()):
            if above == id:
                return way
            if above not in seen:
                seen.add(above)
                ways.append([*way, above])
    return []


def one_holder_at_a_time(place: Jurisdiction, tables: Tables) -> Iterator[Problem]:
    """The terms in one office do not overlap; one may begin on the day on which another ends."""
    terms: defaultdict[str, list[tuple[int, Official]]] = defaultdict(list)
    for n, official in enumerate(place.officials):
        terms[official.office].append((n, official))
    for office, held in terms.items():
        for (m, one), (n, other) in combinations(held, 2):
            if one.until is None and other.until is None:
                yield Problem(
                    f"officials[{n}].until",
                    f"{other.name} and {one.name} (officials[{m}]) both hold the office "
                    f"{office!r} without an end",
                    "date the end of one term",
                )
            elif _overlap(one, other):
                yield Problem(
                    f"officials[{n}].from",
                    f"{other.name} ({_span(other)}) and {one.name} ({_span(one)}, "
                    f"officials[{m}]) hold the office {office!r} at the same time",
                    "end one term on the day on which the next begins",
                )


def _overlap(one: Official, other: Official) -> bool:
    return _begin(one) < _end(other) and _begin(other) < _end(one)


def _begin(official: Official) -> str:
    return first_day(official.start) if official.start else ""


def _end(official: Official) -> str:
    return first_day(official.until) if official.until else "9999-12-31"


def _span(official: Official) -> str:
    return f"{official.start or '?'} to {official.until or 'now'}"


def no_double_rule(place: Jurisdiction, tables: Tables) -> Iterator[Problem]:
    """No two rules in force say the same of one part, from one day, under one policy."""
    first: dict[tuple[str | None, ...], int] = {}
    for n, rule in enumerate(place.rules):
        if rule.until is not None:
            continue
        m = first.setdefault(_key(rule), n)
        if m != n:
            problem = f"the same dimension, stance, scope, policy and start as rules[{m}]"
            yield Problem(f"rules[{n}]", problem, "merge the two, or tell them apart")


def _key(rule: Rule) -> tuple[str | None, ...]:
    return rule.dimension, rule.stance, rule.scope, rule.policy, rule.start
