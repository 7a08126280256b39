"""How the name of a place is read: what is a name in it, and what else it says of the place.

A place is called by its name with its state ("Reno, NV"), or with what it is ("City of Reno",
"Kings County").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from ice_facts.model import Level
from ice_facts.store.naming import key_of, words_of
from ice_facts.vocabulary import STATES

LEVELS: tuple[Level, ...] = ("city", "county")
"""Levels of places that are called by their name without what they are."""


class NameReading(Struct, frozen=True):
    """One way to read a name: what is a name in it, and what else it says of a place."""

    name: str
    level: Level | None = None
    state: str | None = None
    kind: str = ""


def capitals(name: str) -> str:
    """Return the code of the state that two capital letters mean; empty if they mean none."""
    plain = name.strip()
    return plain if plain in STATES else ""


def readings(name: str, level: Level | None, state: str | None) -> Iterator[NameReading]:
    """Yield the ways to read the name of a place, the most literal first."""
    words = words_of(name).split()
    if "," in name and level in LEVELS:
        # What follows a comma is nearly always the state.
        yield from _in_state(words, level, state)
    yield NameReading(name, level, state)
    yield from _of_kind(words, level, state)
    yield from _in_state(words, level, state)


def _in_state(
    words: Sequence[str], level: Level | None, state: str | None
) -> Iterator[NameReading]:
    """Yield the readings of a name with its state."""
    for rest, code in with_state(words):
        if state in (None, code) and level != "state":
            yield NameReading(" ".join(rest), level, code)
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


def _of_kind(words: Sequence[str], level: Level | None, state: str | None) -> Iterator[NameReading]:
    """Yield the readings of "city of Reno" and "Cook county": what it is, and its name."""
    start = 1 if words[:1] == ["the"] else 0
    found = []
    if len(words) > start + 2 and words[start + 1] == "of" and words[start] in _KINDS:
        found.append((words[start], words[start + 2 :]))
    if len(words) > 1 and words[-1] in _KINDS:
        found.append((words[-1], words[:-1]))
    if start and len(words) > 1:
        yield NameReading(" ".join(words[1:]), level, state)
    for word, rest in found:
        of_level, kind = _KINDS[word]
        if level in (None, of_level):
            yield NameReading(" ".join(rest), of_level, state, kind)


_PRESS = {
    "ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cal": "CA", "colo": "CO", "conn": "CT",
    "del": "DE", "fla": "FL", "ill": "IL", "ind": "IN", "kan": "KS", "kans": "KS", "mass": "MA",
    "mich": "MI", "minn": "MN", "miss": "MS", "mont": "MT", "neb": "NE", "nebr": "NE",
    "nev": "NV", "okla": "OK", "ore": "OR", "penn": "PA", "penna": "PA", "tenn": "TN", "tex": "TX",
    "wash": "WA", "wis": "WI", "wisc": "WI", "wyo": "WY",
    "wva": "WV", "nmex": "NM", "ndak": "ND", "sdak": "SD",
}  # fmt: skip
"""How newspapers shorten states."""


@cache
def _state_names() -> dict[str, str]:
    """Return the codes of the states by the keys of their names; few look-ups need them."""
    return {key_of(name): code for code, name in STATES.items()}


@cache
def _codes() -> dict[str, str]:
    """Return the codes of the states by all that people write for them."""
    return {**_PRESS, **{code.lower(): code for code in STATES}, **_state_names()}


def with_state(words: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the words before the name or code of a state at the end, with its code."""
    for many in range(min(3, len(words) - 1), 0, -1):
        if code := _codes().get("".join(words[-many:])):
            yield list(words[:-many]), code


def ends_in_state(words: Sequence[str]) -> bool:
    """Return True if words end in the whole name of a state, or consist of names of states."""
    parts = words_of(" ".join(words)).split()
    return all(_codes().get(part) for part in parts) or any(
        "".join(parts[-many:]) in _state_names() for many in (1, 2, 3)
    )
