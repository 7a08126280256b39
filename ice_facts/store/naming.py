"""Names: the form in which they are compared, and what a record is called.

A name is compared by its key, its letters and digits: "S.B. 54" and "sb54" have the same key. Each
record is found by the keys of its id, its names and its aliases; a place also by the key of its
name without "county" and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from ice_facts.model import Level
from ice_facts.vocabulary import STATES

PLACES = frozenset({"jurisdictions", "places"})
"""Tables of places, which are also found by their name without "county" and the like."""

BY_ID, BY_NAME, BY_ALIAS, BY_BARE_NAME = range(4)
"""The rank of a match: what of the record has the key that was looked for, the best first."""

_ARTICLES = r"^(?:the )?(?:(?:city|county|state|parish|town|borough) of )?(?:the )?"
_SUFFIX = r" (?:city|county|state|parish|borough)$"
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


def bare_key_of(text: str) -> str:
    """Return the key of a name without "city of", "county", "state" and their like.

    >>> bare_key_of("City of New York"), bare_key_of("Cook County")
    ('newyork', 'cook')
    """
    return _bare_of(words_of(text))


def _bare_of(words: str) -> str:
    return (without_kind(_pattern(_ARTICLES).sub("", words)) or words).replace(" ", "")


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
    kind: str = ""

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
    """Yield the keys of a place's names with its state, and of its bare names."""
    has_state = names.state and names.level in ("city", "county")
    state, code = key_of(STATES.get(names.state or "", "")), key_of(names.state or "")
    for text, key in zip((*names.main, *names.aliases), own, strict=True):
        words = words_of(text)
        if has_state:
            for form in {key, without_kind(words).replace(" ", "")}:
                yield form + code, BY_ALIAS
                yield form + state, BY_ALIAS
        yield f"~{_bare_of(words)}", BY_BARE_NAME


def bare(name: str) -> str:
    """Return the key under which a place is found by its name without "county" and the like."""
    return f"~{bare_key_of(name)}"
