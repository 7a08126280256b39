"""What is said of a name that nothing has: what it could mean, and which names come near to it."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.errors import NotFoundError
from ice_facts.model import ALL_NAMED, SUBJECT_OF, Jurisdiction, Level, Place, Record
from ice_facts.resolve.find import LARGER, LONGEST_NAME, Match, describe, find, fits, match_of
from ice_facts.resolve.readings import LEVELS, NameReading, with_state
from ice_facts.store import Store
from ice_facts.store.naming import key_of, words_of


def not_found(
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
            [f"it is a {describe(m)}: ice-facts {m.command} {m.id}" for m in by_size[:3]],
        )
    near = suggest(store, name, classes, level=level, state=state)
    hints = [f"did you mean {m.id}? ({describe(m)})" for m in near]
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
    rest, code = next(iter(with_state(words_of(name).split())), ([], None))
    texts = [(name, state)] if code is None or level == "state" else []
    if code and not texts and state in (None, code):
        texts = [(" ".join(rest), code)]
    scored: dict[tuple[type[Record], str], tuple[float, Match]] = {}
    for text, within in texts:
        key = key_of(text)[:80]
        wanted = NameReading(text, level, within)
        for cls in (*classes, *((Place,) if Jurisdiction in classes else ())):
            keys = _keys_near(store, cls, key)
            near = get_close_matches(key, keys, n=60 if within else 12, cutoff=0.75)
            near += [k for k in sorted(keys) if len(key) >= 4 and k.startswith(key)][:60]
            for found in dict.fromkeys(near):
                likeness = SequenceMatcher(None, found, key).ratio()
                for id in keys[found]:
                    names = store.names_of(cls, id)
                    if names and fits(match := match_of(cls, id, names), wanted):
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


_LISTS_OF_PLACES = {"city": "cities --all", "county": "counties --all", "state": "states"}


def _list_of(classes: Sequence[type[Record]]) -> str:
    """Return the command that lists the records of the one class asked for, if there is one."""
    subject = SUBJECT_OF[classes[0]]
    return subject.table if len(classes) == 1 and subject.listed else ""
