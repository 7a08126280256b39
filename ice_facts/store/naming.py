"""Names: the form in which they are compared, and what a record is called.

A name is compared by its key, its letters and digits: "S.B. 54" and "sb54" have the same key. Each
record is found by the keys of its id, its names and its aliases. A place is found also by its
short key, in which "Saint", "Fort" and "North" are as people shorten them, by the key of its name
without "county" and the like, and by its GEOID.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from ice_facts.model import Level

PLACES = frozenset({"jurisdictions", "places"})
"""Tables of places, which are also found by their name without "county" and the like."""

BY_ID, BY_NAME, BY_ALIAS, BY_BARE_NAME = range(4)
"""The rank of a match: what of the record has the key that was looked for, the best first."""

_SUFFIX = r" (?:city|county|parish|borough|municipality|census area)$"
_SHORT = {
    "saint": "st",
    "sainte": "ste",
    "fort": "ft",
    "mount": "mt",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "heights": "hts",
    "township": "twp",
}
"""Words of names of places, and how people shorten them."""

_APOSTROPHES = "\u02b9\u02bb\u02bc\u02be\u02bf"  # letters, to Unicode


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Return a compiled pattern. A look-up needs few of them, and compiling takes time."""
    return re.compile(text)


def words_of(text: str) -> str:
    """Return a text in lower case, without accents, its words divided by one blank.

    >>> words_of("San José, Calif. 287(g)")
    'san jose calif 287 g'
    """
    return " ".join(_word_list(text))


def key_of(text: str) -> str:
    """Return the key of a name: its letters and digits only, in lower case, without accents.

    >>> key_of("SB 54") == key_of("s.b.54") == "sb54"
    True
    """
    return "".join(_word_list(text))


def short_key_of(text: str) -> str:
    """Return the key of a name of a place, with the words shortened that people shorten.

    A word that is alone stays as it is, so that the key of a key is the key itself.

    >>> short_key_of("Fort Worth") == short_key_of("Ft. Worth") == "ftworth"
    True
    >>> short_key_of("Fort")
    'fort'
    """
    words = _word_list(text)
    if len(words) > 1:
        words = [_SHORT.get(word, word) for word in words]
    return "".join(words)


def without_kind(text: str) -> str:
    """Return the words of a name without "county", "city" and their like at the end."""
    return _pattern(_SUFFIX).sub("", text)


def _without_accents(text: str) -> str:
    import unicodedata

    return "".join(
        c
        for c in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(c) and c not in _APOSTROPHES
    )


def _word_list(text: str) -> list[str]:
    folded = text if text.isascii() else _without_accents(text)
    return _pattern(r"[^\W_]+").findall(folded.casefold())


class _People(msgspec.Struct, frozen=True):
    value: int = 0


class Names(msgspec.Struct, frozen=True, omit_defaults=True):
    """The names of a record of any table, and of a place also its level and state."""

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
    kind: str | None = None
    geoid: str | None = None
    county_geoid: str | None = None
    part_of: tuple[str, ...] = ()
    population: _People | None = None

    @property
    def people(self) -> int:
        """How many people live there; 0 if that is not known or it is no place."""
        return self.population.value if self.population else 0

    @property
    def label(self) -> str:
        """The name to show."""
        return self.name or self.short or self.title or self.term

    @property
    def main(self) -> tuple[str, ...]:
        """The names without the aliases."""
        texts = (self.name, self.title, self.short, self.term)
        return tuple(text for text in texts if text)


class _PlaceNames(Names, frozen=True, kw_only=True):
    """The names of a place. Its level must be a known one: it is the command that shows it."""

    level: Level


_decode_names = msgspec.json.Decoder(Names)
_decode_place_names = msgspec.json.Decoder(_PlaceNames)


def names_in(table: str, text: bytes) -> Names:
    """Return the names in the JSON text of a record.

    Raises:
        msgspec.DecodeError: It is not a record.
    """
    return (_decode_place_names if table in PLACES else _decode_names).decode(text)


class Spelled(msgspec.Struct, frozen=True, array_like=True):
    """The names of one record, with the keys of its id, its names and its aliases in this order."""

    id: str
    names: Names
    keys: list[str]


def spelled(id: str, names: Names) -> Spelled:
    """Return the names of a record with their keys."""
    return Spelled(id, names, [key_of(text) for text in (id, *names.main, *names.aliases)])


def keys_of(table: str, record: Spelled) -> dict[str, int]:
    """Return the keys by which a record is found, each with the best rank that it has there.

    Keys of bare names begin with ``~``, so that only `bare` finds them.
    """
    names = record.names
    of_id, *own = record.keys
    proper = len(names.main)
    found = {of_id: BY_ID}
    for key in own[:proper]:
        found.setdefault(key, BY_NAME)
    for key in own[proper:]:
        found.setdefault(key, BY_ALIAS)
    for text in (names.citation, names.url):
        if text:
            found.setdefault(key_of(text), BY_ALIAS)
    if table in PLACES:
        for key, rank in _keys_of_place(names, own):
            found.setdefault(key, rank)
    return {key: rank for key, rank in found.items() if key.strip("~")}


def _keys_of_place(names: Names, own: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the short and bare keys of a place's names, and its GEOIDs."""
    rank = BY_NAME
    for text, key in zip((*names.main, *names.aliases), own, strict=True):
        if " " in text or "-" in text:
            short = short_key_of(text)
            if short != key:
                yield short, rank
            words = words_of(text)
            stem = without_kind(words)
            if stem != words:
                yield f"~{short_key_of(stem)}", BY_BARE_NAME
        rank = BY_ALIAS
    for geoid in (names.geoid, names.county_geoid):
        if geoid:
            yield geoid, BY_ALIAS
    if names.geoid and "state" in names.also:
        yield names.geoid[:2], BY_ALIAS


def keys_for(table: str, name: str) -> tuple[str, ...]:
    """Return the keys under which the records of a table are that have a name as typed."""
    if table not in PLACES:
        return (key_of(name),)
    key, short = key_of(name), short_key_of(name)
    return (*dict.fromkeys((key, short)), f"~{short}")
