"""Finding records by what people call them.

A name is compared without case, accents and punctuation: first with ids, then with names, then
with aliases, then without words such as "city of" and "county". A near miss is suggested, never
taken.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.errors import AmbiguousNameError, NotFoundError
from ice_facts.model import ALL_NAMED, SUBJECT_OF, Jurisdiction, Level, Place, Record
from ice_facts.spelling import key_of
from ice_facts.store import BY_ALIAS, BY_BARE_NAME, BY_ID, BY_NAME, Names, Store


class Match(Struct, frozen=True):
    """A record that fits a name."""

    cls: type[Record]
    id: str
    label: str
    level: str = ""
    also: tuple[str, ...] = ()
    state: str | None = None

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
) -> list[Match]:
    """Find the records that a name stands for.

    Args:
        store: Where to look.
        name: Id, name or alias as a person types it.
        classes: The kinds of record that count.
        level: Only jurisdictions of this level (a city and county counts as both).
        state: Only jurisdictions in the state with this USPS code.

    Returns:
        The matches of the best kind only (id before name before alias before bare name), so
        several mean that the name is ambiguous. Empty when there is none. Places without rules
        count as well where a level is given or nothing else fits.
    """
    stage, found = _find(store, name, classes, level, state)
    # Places without rules are many: their files are not read for an id.
    if Jurisdiction in classes and stage and (level or not found):
        other_stage, places = _find(store, name, (Place,), level, state)
        others = [replace(match, cls=Jurisdiction) for match in places]
        if not found or other_stage == stage:
            found = found + others
    return found


def _find(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    level: Level | None,
    state: str | None,
) -> tuple[int, list[Match]]:
    """Return the matches of the best kind, and which kind it is."""
    exact = [
        match
        for cls in classes
        if (names := store.names_of(cls, name))
        and _fits(match := _match(cls, name, names), level, state)
    ]
    if exact:
        return BY_ID, exact
    called: dict[int, list[Match]] = {}
    for cls in classes:
        for id, how in store.called(cls, name):
            names = store.names_of(cls, id)
            if names and _fits(match := _match(cls, id, names), level, state):
                called.setdefault(how, []).append(match)
    if level is None and (alike := [m for m in called.get(BY_ALIAS, ()) if m.level]):
        # Without a level, a state's name and a city's alias ("New York") are equally meant.
        called[BY_NAME] = called.get(BY_NAME, []) + alike
    best = min(called, default=BY_BARE_NAME + 1)
    return best, called.get(best, [])


def resolve(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
) -> Match:
    """Return the one record that a name stands for.

    A topic can share its id with the policy it is about; the class named first is meant then.

    Raises:
        NotFoundError: No record has the name; the hints suggest near ones, or name the command
            that shows a record of another kind with it.
        AmbiguousNameError: Several records have it; the hints list them.
    """
    return resolve_all(store, name, classes, level=level, state=state)[0]


def resolve_all(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
) -> list[Match]:
    """Return what a name stands for: one record, or those of several classes with one id.

    Raises:
        NotFoundError: As in `resolve`.
        AmbiguousNameError: As in `resolve`.
    """
    matches = find(store, name, classes, level=level, state=state)
    if len({match.id for match in matches}) == 1:
        return matches
    kind = level or " or ".join(SUBJECT_OF[cls].word or "place" for cls in classes)
    if len(classes) > 3:
        kind = "record"
    where = f" in {state}" if state else ""
    if matches:
        raise AmbiguousNameError(
            f"{name!r} can mean more than one {kind}{where}",
            [f"{m.id}  ({_describe(m)}): ice-facts {m.command} {m.id}" for m in matches],
        )
    elsewhere = find(store, name, ALL_NAMED)
    if elsewhere:
        raise NotFoundError(
            f"{name!r} is not a {kind}{where}",
            [f"it is a {_describe(m)}: ice-facts {m.command} {m.id}" for m in elsewhere[:3]],
        )
    near = suggest(store, name, classes, level=level, state=state)
    hints = [f"did you mean {m.id}? ({_describe(m)})" for m in near]
    listed = _LISTS_OF_PLACES.get(kind) or _list_of(classes)
    whole = f"ice-facts {listed} lists them all"
    hints.append(whole if listed else "ice-facts search TEXT looks everywhere")
    raise NotFoundError(f"no {kind}{where} matches {name!r}", hints)


def suggest(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
    limit: int = 3,
) -> list[Match]:
    """Return up to ``limit`` records whose names come near to a name, nearest first."""
    from difflib import get_close_matches

    by_key: dict[str, Match] = {}
    for cls in (*classes, *((Place,) if Jurisdiction in classes else ())):
        for id, names in store.names(cls):
            match = _match(Jurisdiction if cls is Place else cls, id, names)
            if _fits(match, level, state):
                for text in (id, *names.main, *names.aliases):
                    by_key.setdefault(key_of(text), match)
    key = key_of(name)[:200]
    near = [by_key[k] for k in get_close_matches(key, by_key, n=limit * 2, cutoff=0.7)]
    if len(key) >= 4:
        near += [m for k, m in sorted(by_key.items()) if k.startswith(key)]
    return list(dict.fromkeys(near))[:limit]


_LISTS_OF_PLACES = {"city": "cities --all", "county": "counties --all", "state": "states"}


def _list_of(classes: Sequence[type[Record]]) -> str:
    """Return the command that lists the records of the one class asked for, if there is one."""
    subject = SUBJECT_OF[classes[0]]
    return subject.table if len(classes) == 1 and subject.listed else ""


def article_for(word: str) -> str:
    """Return "a" or "an" before a word."""
    return "an" if word[:1] in "aeio" else "a"


def _match(cls: type[Record], id: str, names: Names) -> Match:
    if cls not in (Jurisdiction, Place):
        return Match(cls, id, names.label or id)
    return Match(cls, id, names.label, names.level, names.also, names.state)


def _fits(match: Match, level: Level | None, state: str | None) -> bool:
    if level and level != match.level and level not in match.also:
        return False
    return not state or match.state == state


def _describe(match: Match) -> str:
    kind = " and ".join((match.level, *match.also)) if match.level else match.command
    place = f", {match.state}" if match.state and match.level != "state" else ""
    return f"{kind}: {match.label}{place}"
