"""What records are called: their names, and the keys by which these are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ice_facts.model import Level
from ice_facts.spelling import bare_key_of, key_of, without_kind
from ice_facts.vocabulary import STATES

PLACES = frozenset({"jurisdictions", "places"})
"""Tables of places, which are also called by their name without "county" and the like."""

BY_ID, BY_NAME, BY_ALIAS, BY_BARE_NAME = range(4)
"""How a record is called by a key, the best kind first."""


class Names(msgspec.Struct, frozen=True):
    """What a record can be called, whatever its table; other fields are skipped."""

    name: str = ""
    title: str = ""
    short: str = ""
    term: str = ""
    citation: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    level: str = ""
    also: tuple[str, ...] = ()
    state: str | None = None
    kind: str = ""

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.short or self.title or self.term

    @property
    def main(self) -> tuple[str, ...]:
        """Names proper, without aliases."""
        texts = (self.name, self.title, self.short, self.term)
        return tuple(text for text in texts if text)


class _PlaceNames(Names, frozen=True, kw_only=True):
    """The same of a jurisdiction: its level is the command that shows it, so it must be one."""

    level: Level


_names = msgspec.json.Decoder(Names)
_place_names = msgspec.json.Decoder(_PlaceNames)


def names_in(table: str, text: bytes) -> Names:
    """Return the names in the JSON text of a record.

    Raises:
        msgspec.DecodeError: It is not a record.
    """
    return (_place_names if table in PLACES else _names).decode(text)


def keys_of(table: str, id: str, names: Names) -> dict[str, int]:
    """Return the keys by which a record is found, each with the best way in which it calls it.

    Bare names of places stand under `bare`, so that they are found only by bare names.
    """
    found = {key_of(id): BY_ID}
    for text in names.main:
        found.setdefault(key_of(text), BY_NAME)
    for text in _others(names):
        found.setdefault(key_of(text), BY_ALIAS)
    if table in PLACES:
        for text in (*names.main, *names.aliases):
            found[bare(text)] = BY_BARE_NAME
    return {key: how for key, how in found.items() if key.strip("~")}


def bare(name: str) -> str:
    """Return the key of a place's name without "county" and the like."""
    return f"~{bare_key_of(name)}"


def _others(names: Names) -> Iterator[str]:
    yield from names.aliases
    for text in (names.citation, names.url):
        if text:
            yield text
    if names.name and names.state and names.level in ("city", "county"):
        yield from _with_state((names.name, *names.aliases), names.state)


def _with_state(texts: Iterable[str], state: str) -> Iterator[str]:
    for text in texts:
        for form in (text, without_kind(text.lower())):
            yield f"{form} {state}"
            yield f"{form} {STATES.get(state, '')}"
