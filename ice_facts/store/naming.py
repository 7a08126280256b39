"""Names: the form in which they are compared, and what a record is called.

A name is compared by its key, its letters and digits: "S.B. 54" and "sb54" have the same key. Each
record is found by the keys of its id, its names and its aliases. A place is found also by its
short key, in which "Saint", "Fort" and "North" are as people shorten them, by the key of its name
without "county" and the like, and by its GEOID.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from typing import Protocol

import msgspec

from ice_facts.model import Level
from ice_facts.vocabulary import PLACE_TABLES

BY_ID, BY_NAME, BY_ALIAS, BY_BARE_NAME = range(4)
"""The ranks of a match, the best first: which name of the record has the key."""

_KIND_ENDS = (" county", " city", " parish", " borough", " municipality", " census area")
"""Ends of names of places that people leave out."""

KeyMatch = tuple[str, int, str]
"""A record that has a key: its id, the rank of the match, and the state of a place, else ""."""

_SHORT_WORDS = {
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
        words = [_SHORT_WORDS.get(word, word) for word in words]
    return "".join(words)


def without_kind(text: str) -> str:
    """Return the words of a name without "county", "city" and their like at the end."""
    for end in _KIND_ENDS:
        if text.endswith(end):
            return text[: -len(end)]
    return text


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
    return (_decode_place_names if table in PLACE_TABLES else _decode_names).decode(text)


class Spelled(msgspec.Struct, frozen=True, array_like=True):
    """The names of one record, with the keys of its id, its names and its aliases in this order."""

    id: str
    names: Names
    keys: list[str]


def spelled(records: Sequence[tuple[str, Names]]) -> list[Spelled]:
    """Return the names of records with their keys."""
    texts = [(id, *names.main, *names.aliases) for id, names in records]
    keys = iter(_keys_of_all([text for some in texts for text in some]))
    return [
        Spelled(id, names, list(islice(keys, len(some))))
        for (id, names), some in zip(records, texts, strict=True)
    ]


def _keys_of_all(texts: Sequence[str]) -> list[str]:
    """Return the key of each text; of many it takes a fraction of the time."""
    return _each_line(texts, key_of, lambda lines: _pattern(r"[^a-z0-9\n]+").sub("", lines))


def _short_keys_of_all(texts: Sequence[str]) -> list[str]:
    """Return the short key of each text; of many it takes a fraction of the time."""
    return _each_line(texts, short_key_of, _shortened)


def _shortened(lines: str) -> str:
    words = _pattern(r"[^a-z0-9\n]+").sub(" ", lines)
    long = "|".join(_SHORT_WORDS)
    pattern = rf"(?:(?<=[a-z0-9] )|\b(?=[a-z]+ [a-z0-9]))(?:{long})\b"
    return _pattern(pattern).sub(lambda word: _SHORT_WORDS[word[0]], words).replace(" ", "")


def _each_line(
    texts: Sequence[str], one: Callable[[str], str], all_lines: Callable[[str], str]
) -> list[str]:
    """Return what a function makes of each text; plain ones go through it together, as lines."""
    if not texts:
        return []
    plain = [text if text.isascii() and "\n" not in text else "" for text in texts]
    made = all_lines("\n".join(plain).lower()).split("\n")
    return [
        new if known or not text else one(text)
        for text, known, new in zip(texts, plain, made, strict=True)
    ]


def matches_of(records: Sequence[Spelled]) -> dict[str, list[KeyMatch]]:
    """Return by key the ids of the records that have it, each with its best rank there."""
    found: defaultdict[str, list[KeyMatch]] = defaultdict(list)
    for record in records:
        names = record.names
        of_id, *own = record.keys
        proper = len(names.main)
        ranks = {of_id: BY_ID}
        for key in own[:proper]:
            ranks.setdefault(key, BY_NAME)
        for key in own[proper:]:
            ranks.setdefault(key, BY_ALIAS)
        # Laws that share a name ("SB 4 (Texas, 2017)") are told apart by what stands in brackets.
        shared = (text.rpartition(" (")[0] for text in names.main if text.endswith(")"))
        for text in (names.citation, names.url, *shared):
            if text:
                ranks.setdefault(key_of(text), BY_ALIAS)
        for key, rank in ranks.items():
            found[key].append((record.id, rank, ""))
    found.pop("", None)
    return dict(found)


class Called(Protocol):
    """What a place is called, and its codes."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def also(self) -> tuple[str, ...]: ...
    @property
    def state(self) -> str | None: ...
    @property
    def geoid(self) -> str | None: ...
    @property
    def county_geoid(self) -> str | None: ...


def place_matches(
    ids: Sequence[str], places: Sequence[Called], *, with_ids: bool
) -> dict[str, list[KeyMatch]]:
    """Return by key the places that have it, each with the best rank of its names with the key.

    Keys of bare names begin with ``~``. The work is done on all names at once: there are many.

    Args:
        ids: The ids of the places.
        places: What they are called, in the same order.
        with_ids: Also under the keys of their ids.
    """
    found: defaultdict[str, list[KeyMatch]] = defaultdict(list)
    states = {id: place.state or "" for id, place in zip(ids, places, strict=True)}
    if with_ids:
        for id, key in zip(ids, _keys_of_all(ids), strict=True):
            found[key].append((id, BY_ID, states[id]))
    names = [(id, place.name, BY_NAME) for id, place in zip(ids, places, strict=True)]
    names += [
        (id, alias, BY_ALIAS)
        for id, place in zip(ids, places, strict=True)
        for alias in place.aliases
    ]
    shortened = []
    for (id, text, rank), key in zip(names, _keys_of_all([n[1] for n in names]), strict=True):
        matches = found[key]
        if not matches or not _has(matches, id):
            matches.append((id, rank, states[id]))
        if " " in text or "-" in text:
            shortened.append((id, text, rank))
            words = text.lower()
            if words.endswith(_KIND_ENDS):
                shortened.append((id, without_kind(words), BY_BARE_NAME))
    short_keys = _short_keys_of_all([n[1] for n in shortened])
    for (id, _, rank), key in zip(shortened, short_keys, strict=True):
        matches = found[f"~{key}" if rank == BY_BARE_NAME else key]
        if not matches or not _has(matches, id):
            matches.append((id, rank, states[id]))
    for id, place in zip(ids, places, strict=True):
        if place.geoid:
            found[place.geoid].append((id, BY_ALIAS, states[id]))
            if "state" in place.also:
                found[place.geoid[:2]].append((id, BY_ALIAS, states[id]))
        if place.county_geoid:
            found[place.county_geoid].append((id, BY_ALIAS, states[id]))
    for empty in ("", "~"):
        found.pop(empty, None)
    return dict(found)


def _has(matches: Sequence[KeyMatch], id: str) -> bool:
    """Return True if a place is among the matches of a key: with the same rank or a better one."""
    return any(other == id for other, _, _ in matches)


def keys_for(table: str, name: str) -> tuple[str, ...]:
    """Return the keys that records of a table have which are called by a typed name."""
    if table not in PLACE_TABLES:
        return (key_of(name),)
    key, short = key_of(name), short_key_of(name)
    return (*dict.fromkeys((key, short)), f"~{short}")
