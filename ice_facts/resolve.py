"""Finding records by what people call them.

A name is compared without case, accents and punctuation: first with ids, then with names and
aliases. A place is found also by its name with its state ("Reno, NV"), by what it is ("City of
Reno", "Kings County") and, where its level is asked for, without "county". A place that is far
larger than all others of its name is meant by it; that is said in a remark. A near miss is
suggested, never taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ice_facts.errors import AmbiguousNameError, NotFoundError
from ice_facts.model import ALL_NAMED, SUBJECT_OF, Jurisdiction, Level, Place, Record
from ice_facts.store import BY_ALIAS, BY_BARE_NAME, BY_NAME, Names, Store
from ice_facts.store.naming import key_of, short_key_of, words_of
from ice_facts.vocabulary import STATES

LARGER = 10
"""A place so many times as large as all others of its name together is meant by the name."""

MOST_LISTED = 12
"""How many places of one name are listed where a name can mean several."""

LEVELS: tuple[Level, ...] = ("city", "county")
"""Levels of places that are called by their name without what they are."""

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


class Reading(Struct, frozen=True):
    """One way to read a name: what is a name in it, and what else it says of a place."""

    name: str
    level: Level | None = None
    state: str | None = None
    kind: str = ""


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
        return _find(store, name, classes, Reading(name, level, state))
    if level is None and (code := _capitals(name)) and (found := _state(store, code, state)):
        return found
    for reading in _readings(name, level, state):
        # Only a place is called by what it is or where it is.
        wanted = classes if reading.name == name else (Jurisdiction,)
        if found := _find(store, reading.name, wanted, reading, exact=exact):
            return found
    id = "-".join(words_of(name).split())
    return _by_id(store, id, (Jurisdiction, Place), Reading(id, level, state))


def _capitals(name: str) -> str:
    """Return the code of the state that two capital letters mean; empty if they mean none."""
    plain = name.strip()
    return plain if plain in STATES else ""


def _state(store: Store, code: str, state: str | None) -> list[Match]:
    """Return the state with a code, which is meant by two capital letters."""
    if state not in (None, code):
        return []
    names = STATES[code]
    found = _find(store, names, (Jurisdiction,), Reading(names, "state", code))
    if found:
        others = [m for m in _find(store, code, (Jurisdiction,), Reading(code)) if m not in found]
        _remark(store, code, found[0], others)
    return found


def _readings(name: str, level: Level | None, state: str | None) -> Iterator[Reading]:
    """Yield the ways to read the name of a place, the most literal first."""
    words = words_of(name).split()
    if "," in name and level in LEVELS:
        # What follows a comma is nearly always the state.
        yield from _in_state(words, level, state)
    yield Reading(name, level, state)
    yield from _of_kind(words, level, state)
    yield from _in_state(words, level, state)


def _in_state(words: Sequence[str], level: Level | None, state: str | None) -> Iterator[Reading]:
    """Yield the readings of a name with its state."""
    for rest, code in _with_state(words):
        if state in (None, code) and level != "state":
            yield Reading(" ".join(rest), level, code)
            yield from _of_kind(rest, level, code)


_KINDS: dict[str, tuple[Level, str]] = {
    "city": ("city", "city"),
    "town": ("city", "town"),
    "village": ("city", "village"),
    "township": ("city", "township"),
    "twp": ("city", "township"),
    "borough": ("city", "borough"),
    "county": ("county", ""),
    "co": ("county", ""),
    "parish": ("county", ""),
    "state": ("state", ""),
}
"""Words for what a place is, each with its level and the kind of city."""


def _of_kind(words: Sequence[str], level: Level | None, state: str | None) -> Iterator[Reading]:
    """Yield the readings of "city of Reno" and "Cook county": what it is, and its name."""
    start = 1 if words[:1] == ["the"] else 0
    found = []
    if len(words) > start + 2 and words[start + 1] == "of" and words[start] in _KINDS:
        found.append((words[start], words[start + 2 :]))
    if len(words) > 1 and words[-1] in _KINDS:
        found.append((words[-1], words[:-1]))
    if start and len(words) > 1:
        yield Reading(" ".join(words[1:]), level, state)
    for word, rest in found:
        of_level, kind = _KINDS[word]
        if level in (None, of_level):
            yield Reading(" ".join(rest), of_level, state, kind)


_PRESS = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cal": "CA", "colo": "CO", "conn": "CT",
    "del": "DE", "fla": "FL", "ill": "IL", "ind": "IN", "kan": "KS", "kans": "KS", "mass": "MA",
    "mich": "MI", "minn": "MN", "miss": "MS", "mont": "MT", "neb": "NE", "nebr": "NE",
    "nev": "NV", "okla": "OK", "ore": "OR", "penn": "PA", "penna": "PA", "tenn": "TN", "tex": "TX",
    "wash": "WA", "wis": "WI", "wisc": "WI", "wyo": "WY",
    "wva": "WV", "nmex": "NM", "ndak": "ND", "sdak": "SD",
}  # fmt: skip
"""How newspapers shorten states."""

_STATE_NAMES = {key_of(name): code for code, name in STATES.items()}
_CODES = {
    **_PRESS,
    **{code.lower(): code for code in STATES},
    **_STATE_NAMES,
}


def _with_state(words: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the words before the name or code of a state at the end, with its code."""
    for many in range(min(3, len(words) - 1), 0, -1):
        if code := _CODES.get("".join(words[-many:])):
            yield list(words[:-many]), code


def _find(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    reading: Reading,
    *,
    exact: bool = False,
) -> list[Match]:
    """Return the matches of the best kind."""
    places = Jurisdiction in classes
    tables: tuple[type[Record], ...] = (*classes, Place) if places else tuple(classes)
    if not reading.kind and (by_id := _by_id(store, name, tables, reading)):
        return by_id
    called: dict[int, list[Match]] = {}
    for cls in tables:
        for id, how in store.called(cls, name, state=reading.state):
            names = store.names_of(cls, id)
            if names and _fits(match := _match(cls, id, names), reading):
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
    if best == BY_NAME and (things := [m for m in found if m.cls is not Jurisdiction]):
        # What the record is about is meant before a place that happens to have its name.
        found = [m for m in found if m.cls is not Jurisdiction or store.has(Jurisdiction, m.id)]
        found = found or things
    if reading.kind:
        found = [m for m in found if reading.kind in (m.kind or "city")] or found
    return found


def _by_id(store: Store, id: str, tables: Iterable[type[Record]], reading: Reading) -> list[Match]:
    """Return the records with an id."""
    if not id.replace("-", "").isalnum() or id != id.lower():
        return []
    return [
        match
        for cls in tables
        if (names := store.names_of(cls, id)) and _fits(match := _match(cls, id, names), reading)
    ]


def _rank(cls: type[Record], how: int, names: Names, name: str, reading: Reading) -> int:
    """Return how well a match fits."""
    if how != BY_ALIAS or cls not in (Jurisdiction, Place):
        return how
    if reading.level is None:
        return BY_NAME  # a state's name and a city's alias ("New York") are equally meant
    if reading.level == "county" and short_key_of(names.name).startswith(short_key_of(name)):
        return BY_BARE_NAME  # "Cook" is not more of a name of Cook County than "Essex" is
    return how


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
            _remark(store, name, matches[0], namesakes(store, name, matches[0], level, state))
        return matches
    if not exact:
        counties = [] if level or not matches else _called_bare(store, name, state)
        for some in (matches, [*matches, *counties]):
            if meant := largest(some):
                _remark(store, name, meant, [m for m in some if m is not meant])
                return [meant]
    kind = level or " or ".join(SUBJECT_OF[cls].word or "place" for cls in classes)
    if len(classes) > 3:
        kind = "record"
    if matches:
        where = f" in {state}" if state else ""
        raise AmbiguousNameError(
            f"{name!r} can mean more than one {kind}{where}", list(_listed(matches))
        )
    raise _not_found(store, name, classes, kind, level, state)


def _called_bare(store: Store, name: str, state: str | None) -> list[Match]:
    """Return the counties that have a name without "county"."""
    found = find(store, name, (Jurisdiction,), level="county", state=state)
    return [m for m in found if m.level == "county"]


def largest(matches: Sequence[Match]) -> Match | None:
    """Return the place that is far larger than all other matches together, or None."""
    if not matches or any(match.cls is not Jurisdiction for match in matches):
        return None
    first, *others = sorted(matches, key=lambda match: -match.people)
    return first if first.people >= LARGER * max(1, sum(m.people for m in others)) else None


def namesakes(
    store: Store, name: str, match: Match, level: Level | None, state: str | None
) -> list[Match]:
    """Return the other places of a name, of which one was found because the name is its id."""
    if match.cls is not Jurisdiction or key_of(match.id) != key_of(name):
        return []
    wanted = Reading(name, level, state)
    return [
        other
        for cls in (Jurisdiction, Place)
        for id, how in store.called(cls, name)
        if how <= BY_ALIAS and id != match.id and (names := store.names_of(cls, id))
        if _fits(other := _match(cls, id, names), wanted) and other.level == match.level
    ]


def _remark(store: Store, name: str, meant: Match, others: Sequence[Match]) -> None:
    """Note what a name was taken for, and what else it can mean."""
    if not others:
        return
    by_size = sorted(others, key=lambda match: (-match.people, match.id))
    listed = ", ".join(f"{m.label}, {m.state} ({m.command} {m.id})" for m in by_size[:3])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    remark = f"{name!r} is taken as {_described(meant)}; there is also {listed}{more}"
    if remark not in store.remarks:
        store.remarks.append(remark)


def _listed(matches: Sequence[Match]) -> Iterator[str]:
    """Yield a line for each of several matches, the largest places first."""
    by_size = sorted(matches, key=lambda match: -match.people)
    for m in by_size[:MOST_LISTED]:
        yield f"{m.id}  ({_describe(m)}): ice-facts {m.command} {m.id}"
    if len(by_size) > MOST_LISTED:
        example = f"'{by_size[0].label}, {by_size[0].state}'"
        yield f"and {len(by_size) - MOST_LISTED} more: name the state, as in {example}"


def _not_found(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    kind: str,
    level: Level | None,
    state: str | None,
) -> NotFoundError:
    """Return the error for a name that nothing has, with what could be meant."""
    if len(name) > LONGEST_NAME:
        return NotFoundError(f"no name is so long: {name[:30]!r}…, {len(name):,} characters")
    where = f" in {state}" if state else ""
    elsewhere = find(store, name, ALL_NAMED, state=state) or [
        match
        for other in LEVELS
        if level not in (None, other)
        for match in find(store, name, (Jurisdiction,), level=other, state=state)
    ]
    if elsewhere:
        by_size = sorted(elsewhere, key=lambda match: -match.people)
        return NotFoundError(
            f"{name!r} is not a {kind}{where}",
            [f"it is a {_describe(m)}: ice-facts {m.command} {m.id}" for m in by_size[:3]],
        )
    near = suggest(store, name, classes, level=level, state=state)
    hints = [f"did you mean {m.id}? ({_describe(m)})" for m in near]
    listed = _LISTS_OF_PLACES.get(kind) or _list_of(classes)
    whole = f"ice-facts {listed} lists them all"
    hints.append(whole if listed else "ice-facts search TEXT looks everywhere")
    return NotFoundError(f"no {kind}{where} matches {name!r}", hints)


def suggest(
    store: Store,
    name: str,
    classes: Sequence[type[Record]],
    *,
    level: Level | None = None,
    state: str | None = None,
    limit: int = 3,
) -> list[Match]:
    """Return up to ``limit`` records whose names come near to a name.

    They are ranked by likeness, places that are about as like by size. If a state is named,
    nothing outside it is suggested.
    """
    from difflib import SequenceMatcher, get_close_matches

    if len(name) > LONGEST_NAME:
        return []
    rest, code = next(iter(_with_state(words_of(name).split())), ([], None))
    texts = [(name, state)] if code is None or level == "state" else []
    if code and not texts and state in (None, code):
        texts = [(" ".join(rest), code)]
    scored: dict[tuple[type[Record], str], tuple[float, Match]] = {}
    for text, within in texts:
        key = key_of(text)[:80]
        wanted = Reading(text, level, within)
        for cls in (*classes, *((Place,) if Jurisdiction in classes else ())):
            keys = _keys_near(store, cls, key)
            near = get_close_matches(key, keys, n=60 if within else 12, cutoff=0.75)
            near += [k for k in sorted(keys) if len(key) >= 4 and k.startswith(key)][:60]
            for found in dict.fromkeys(near):
                likeness = SequenceMatcher(None, found, key).ratio()
                for id in keys[found]:
                    names = store.names_of(cls, id)
                    if names and _fits(match := _match(cls, id, names), wanted):
                        best = scored.get((match.cls, id))
                        if best is None or best[0] < likeness:
                            scored[match.cls, id] = likeness, match
    ranked = sorted(
        scored.values(), key=lambda pair: (-round(pair[0] * 8), -pair[1].people, -pair[0])
    )
    kept: list[Match] = []
    for _, match in ranked:
        alike = (m for m in kept if key_of(m.label) == key_of(match.label))
        if len(kept) < limit and not any(m.people > LARGER * match.people for m in alike):
            kept.append(match)
    return kept


def _keys_near(store: Store, cls: type[Record], key: str) -> dict[str, list[str]]:
    """Return keys that could be near to a key, each with the ids of the records that have it.

    Places are many: only those whose keys begin alike are looked at.
    """
    if cls is not Place:
        found: dict[str, list[str]] = {}
        for record in store.spelled(cls):
            for other in record.keys:
                found.setdefault(other, []).append(record.id)
        return found
    starts = {key[:2], key[1::-1]} if len(key) > 2 else {key}
    near: dict[str, list[str]] = {}
    for start in starts:
        for other, matches in store.keys_like(cls, start).items() if start else ():
            near[other] = list(matches)
    return near


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
        last = len(words)
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
    """Tell whether some words are one name."""
    if len(words) > 6:
        return False
    text = " ".join(words)
    if level is None and _ends_in_state(words):
        # "Chicago Illinois" and "Nevada Texas" are two places, but "West Virginia" is one.
        tables: tuple[type[Record], ...] = (*classes, Place)
        return any(how <= BY_NAME for cls in tables for _, how in store.called(cls, text))
    return bool(find(store, text, classes, level=level, state=state, exact=True))


def _ends_in_state(words: Sequence[str]) -> bool:
    """Tell whether words end in the whole name of a state, or are all of them states."""
    parts = words_of(" ".join(words)).split()
    return all(_CODES.get(part) for part in parts) or any(
        "".join(parts[-many:]) in _STATE_NAMES for many in (1, 2, 3)
    )


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


def _fits(match: Match, reading: Reading) -> bool:
    level, state = reading.level, reading.state
    if match.cls is not Jurisdiction:
        return level is None and state is None
    if level and level != match.level and level not in match.also:
        return False
    return not state or match.state == state


def _describe(match: Match) -> str:
    kind = " and ".join((match.kind or match.level, *match.also)) if match.level else match.command
    return f"{kind}: {_described(match)}"


def _described(match: Match) -> str:
    """Return the name of a match, of a place with its state and size."""
    place = f", {match.state}" if match.state and match.level != "state" else ""
    people = f", {match.people:,} people" if match.people else ""
    return f"{match.label}{place}{people}"
