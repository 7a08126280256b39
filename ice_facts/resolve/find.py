"""Finding the records that have a name.

A name is compared without case, accents and punctuation: first with ids, then with names and
aliases. A place is found also by its name with its state, by what it is and, where its level is
asked for, without "county".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ice_facts.model import SUBJECT_OF, Jurisdiction, Level, Place, Record
from ice_facts.resolve.readings import NameReading, capitals, readings
from ice_facts.store import BY_ALIAS, BY_BARE_NAME, BY_NAME, Names, Store
from ice_facts.store.naming import short_key_of, words_of
from ice_facts.vocabulary import STATES

LARGER = 10
"""A place so many times as large as all others of its name together is meant by the name."""


LONGEST_NAME = 300
"""No name is longer, in characters."""


class Match(Struct, frozen=True):
    """A record that fits a name."""

    cls: type[Record]
    id: str
    label: str
    level: str = ""
    also: tuple[str, ...] = ()
    state: str | None = None
    kind: str | None = None
    people: int = 0

    @property
    def command(self) -> str:
        """The command that shows the record."""
        return self.level if self.cls is Jurisdiction else SUBJECT_OF[self.cls].word


def find(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
    exact: bool = False,
) -> list[Match]:
    """Find the records that a name stands for.

    Args:
        store: Where to look.
        name: Id, GEOID, name or alias as a person types it, of a place also with its state.
        classes: The kinds of record that count.
        level: Only jurisdictions of this level (a city and county counts as both).
        state: Only jurisdictions in the state with this USPS code.
        exact: Only whole names: "Cook" is no county then, "Cook County" is.

    Returns:
        The matches of the best kind only (id before name before alias before bare name), so
        several mean that the name is ambiguous. Empty when there is none.
    """
    if len(name) > LONGEST_NAME:
        return []
    if Jurisdiction not in classes:
        return _find(store, name, classes, NameReading(name, level, state))
    if level is None and (code := capitals(name)) and (found := _state(store, code, state)):
        return found
    for reading in readings(name, level, state):
        # Only a place is called by what it is or where it is.
        wanted = classes if reading.name == name else (Jurisdiction,)
        if found := _find(store, reading.name, wanted, reading, exact=exact):
            return found
    id = "-".join(words_of(name).split())
    return _by_id(store, id, (Jurisdiction, Place), NameReading(id, level, state))


def _state(store: Store, code: str, state: str | None) -> list[Match]:
    """Return the state with a code, which is meant by two capital letters."""
    if state not in (None, code):
        return []
    names = STATES[code]
    found = _find(store, names, (Jurisdiction,), NameReading(names, "state", code))
    if found:
        others = [
            m for m in _find(store, code, (Jurisdiction,), NameReading(code)) if m not in found
        ]
        note_reading(store, code, found[0], others)
    return found


def _find(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    reading: NameReading,
    *,
    exact: bool = False,
) -> list[Match]:
    """Return the matches of the best kind."""
    places = Jurisdiction in classes
    tables: tuple[type[Record], ...] = (*classes, Place) if places else tuple(classes)
    by_id = [] if reading.kind else _by_id(store, name, tables, reading)
    if by_id and (len(classes) == 1 or any(_is_full(store, match) for match in by_id)):
        return by_id
    called: dict[int, list[Match]] = {}
    for cls in tables:
        for id, how in store.called(cls, name, state=reading.state):
            names = store.names_of(cls, id)
            if names and fits(match := match_of(cls, id, names), reading):
                called.setdefault(_rank(cls, how, names, name, reading), []).append(match)
    if exact:
        called.pop(BY_BARE_NAME, None)
    if reading.level is None and BY_BARE_NAME in called:
        # "Harris" can be Harris County, but "Kansas" is not Kansas City.
        called[BY_BARE_NAME] = [m for m in called[BY_BARE_NAME] if m.level == "county"]
    best = min(called, default=BY_BARE_NAME)
    found = called.get(best, [])
    aliases = called.get(BY_ALIAS, [])
    if best == BY_NAME and aliases and not exact and largest([*found, *aliases]) in aliases:
        found = [*found, *aliases]  # "Boise City" is the legal name of Boise
    things = [m for m in (*found, *aliases) if m.cls is not Jurisdiction]
    if best == BY_NAME and things:
        # What the record is about is meant before a place that happens to have its name:
        # "sanctuary" is the topic, not the town in Texas.
        found = [m for m in found if _is_full(store, m)] or things
    elif by_id:
        return by_id
    if reading.kind:
        found = [m for m in found if reading.kind in (m.kind or "city")] or found
    return found


def _is_full(store: Store, match: Match) -> bool:
    """Return True unless of a match no more is recorded than name, size and place."""
    return match.cls is not Jurisdiction or store.has(Jurisdiction, match.id)


def _by_id(
    store: Store, id: str, tables: Iterable[type[Record]], reading: NameReading
) -> list[Match]:
    """Return the records with an id."""
    if not id.replace("-", "").isalnum() or id != id.lower():
        return []
    return [
        match
        for cls in tables
        if (names := store.names_of(cls, id)) and fits(match := match_of(cls, id, names), reading)
    ]


def _rank(cls: type[Record], how: int, names: Names, name: str, reading: NameReading) -> int:
    """Return how well a match fits."""
    if how != BY_ALIAS or cls not in (Jurisdiction, Place):
        return how
    if reading.level is None:
        return BY_NAME  # a state's name and a city's alias ("New York") are equally meant
    if reading.level == "county" and short_key_of(names.name).startswith(short_key_of(name)):
        return BY_BARE_NAME  # "Cook" is not more of a name of Cook County than "Essex" is
    return how


def largest(matches: Sequence[Match]) -> Match | None:
    """Return the place that is far larger than all other matches together, or None."""
    if not matches or any(match.cls is not Jurisdiction for match in matches):
        return None
    first, *others = sorted(matches, key=lambda match: -match.people)
    return first if first.people >= LARGER * max(1, sum(m.people for m in others)) else None


def note_reading(store: Store, name: str, meant: Match, others: Sequence[Match]) -> None:
    """Note what a name was taken for, and what else it can mean."""
    if not others:
        return
    by_size = sorted(others, key=lambda match: (-match.people, match.id))
    listed = ", ".join(f"{m.label}, {m.state} ({m.command} {m.id})" for m in by_size[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    remark = f"{name!r} is taken as {described(meant)}; there is also {listed}{more}"
    if remark not in store.remarks:
        store.remarks.append(remark)


def match_of(cls: type[Record], id: str, names: Names) -> Match:
    """Return the match of a record of which the names are known."""
    if cls not in (Jurisdiction, Place):
        return Match(cls, id, names.label or id)
    return Match(
        Jurisdiction,
        id,
        names.label,
        names.level,
        names.also,
        names.state,
        names.kind,
        names.people,
    )


def fits(match: Match, reading: NameReading) -> bool:
    """Return True if a match is where and what a reading says."""
    level, state = reading.level, reading.state
    if match.cls is not Jurisdiction:
        return level is None and state is None
    if level and level != match.level and level not in match.also:
        return False
    return not state or match.state == state


def describe(match: Match) -> str:
    """Return what a match is, with its name: "city: Reno, NV, 264,165 people"."""
    kind = " and ".join((match.kind or match.level, *match.also)) if match.level else match.command
    return f"{kind}: {described(match)}"


def described(match: Match) -> str:
    """Return the name of a match, of a place with its state and size."""
    place = f", {match.state}" if match.state and match.level != "state" else ""
    people = f", {match.people:,} people" if match.people else ""
    return f"{match.label}{place}{people}"
