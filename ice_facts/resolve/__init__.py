"""What a name that somebody typed stands for.

A place that is far larger than all others of its name is meant by it; that is said in a remark. A
near miss is suggested, never taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.errors import AmbiguousNameError
from ice_facts.model import SUBJECT_OF, Jurisdiction, Level, Place, Record
from ice_facts.resolve.find import (
    Match,
    describe,
    find,
    fits,
    largest,
    match_of,
    note_reading,
)
from ice_facts.resolve.readings import NameReading, ends_in_state
from ice_facts.store import BY_ALIAS, BY_NAME, Store
from ice_facts.store.naming import key_of

__all__ = [
    "Match",
    "article_for",
    "find",
    "joined",
    "largest",
    "namesakes",
    "resolve",
    "resolve_all",
]

MOST_LISTED = 12
"""How many places of one name are listed where a name can mean several."""

MOST_WORDS = 6
"""Of so many words at most can a name be that was not quoted."""


def resolve(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
    exact: bool = False,
) -> Match:
    """Return the one record that a name stands for.

    A topic can share its id with the policy it is about; the class named first is meant then.

    Raises:
        NotFoundError: No record has the name; the hints suggest near ones, or name the command
            that shows a record of another kind with it.
        AmbiguousNameError: Several records have it; the hints list them.
    """
    return resolve_all(store, name, classes, level=level, state=state, exact=exact)[0]


def resolve_all(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
    exact: bool = False,
) -> list[Match]:
    """Return what a name stands for: one record, or those of several classes with one id.

    Of places of one name, one that is far larger than all others is meant, unless ``exact``.

    Raises:
        NotFoundError: As in `resolve`.
        AmbiguousNameError: As in `resolve`.
    """
    matches = find(store, name, classes, level=level, state=state, exact=exact)
    if len({match.id for match in matches}) == 1:
        if not exact and ("-" not in name or matches[0].id != name):
            note_reading(store, name, matches[0], namesakes(store, name, matches[0], level, state))
        return matches
    if not exact:
        counties = [] if level or not matches else _called_bare(store, name, state)
        for some in (matches, [*matches, *counties]):
            if meant := largest(some):
                note_reading(store, name, meant, [m for m in some if m is not meant])
                return [meant]
    kind = level or " or ".join(SUBJECT_OF[cls].word or "place" for cls in classes)
    if len(classes) > 3:
        kind = "record"
    if matches:
        where = f" in {state}" if state else ""
        raise AmbiguousNameError(
            f"{name!r} can mean more than one {kind}{where}", list(_listed(matches))
        )
    from ice_facts.resolve.near import not_found

    raise not_found(store, name, classes, kind, level, state)


def _called_bare(store: Store, name: str, state: str | None) -> list[Match]:
    """Return the counties that have a name without "county"."""
    found = find(store, name, (Jurisdiction,), level="county", state=state)
    return [m for m in found if m.level == "county"]


def namesakes(
    store: Store, name: str, match: Match, level: Level | None, state: str | None
) -> list[Match]:
    """Return the other places of a name, of which one was found because the name is its id."""
    if match.cls is not Jurisdiction or key_of(match.id) != key_of(name):
        return []
    wanted = NameReading(name, level, state)
    return [
        other
        for cls in (Jurisdiction, Place)
        for id, how in store.called(cls, name)
        if how <= BY_ALIAS and id != match.id and (names := store.names_of(cls, id))
        if fits(other := match_of(cls, id, names), wanted) and other.level == match.level
    ]


def _listed(matches: Sequence[Match]) -> Iterator[str]:
    """Yield a line for each of several matches, the largest places first."""
    by_size = sorted(matches, key=lambda match: -match.people)
    for m in by_size[:MOST_LISTED]:
        yield f"{m.id}  ({describe(m)}): ice-facts {m.command} {m.id}"
    if len(by_size) > MOST_LISTED:
        example = f"'{by_size[0].label}, {by_size[0].state}'"
        yield f"and {len(by_size) - MOST_LISTED} more: name the state, as in {example}"


def joined(
    store: Store,
    words: Sequence[str],
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
) -> list[str]:
    """Return names, of which several words that were not quoted can be one.

    The most words that are a name together are taken as it: "new york" and not "york". What was
    joined is noted in a remark.
    """
    names: list[str] = []
    first = 0
    while first < len(words):
        last = min(first + MOST_WORDS, len(words))
        while last > first + 1 and not _is_name(store, words[first:last], classes, level, state):
            last -= 1
        names.append(" ".join(words[first:last]))
        first = last
    if names != list(words):
        taken = ", ".join(repr(name) for name in names)
        store.remarks.append(f"taken as {taken}: quote a name of several words")
    return names


def _is_name(
    store: Store,
    words: Sequence[str],
    classes: Sequence[type[Record]],
    level: Level | None,
    state: str | None,
) -> bool:
    """Return True if some words are one name."""
    text = " ".join(words)
    if level is None and ends_in_state(words):
        # "Chicago Illinois" and "Nevada Texas" are two places, but "West Virginia" is one.
        tables: tuple[type[Record], ...] = (*classes, Place)
        return any(how <= BY_NAME for cls in tables for _, how in store.called(cls, text))
    return bool(find(store, text, classes, level=level, state=state, exact=True))


def article_for(word: str) -> str:
    """Return "a" or "an" before a word."""
    return "an" if word[:1] in "aeio" else "a"
