"""The index of a store: texts of records by id, ids by key of a name, ids by reference.

There are two that answer alike. `FileIndex`, here, is made of the store's files, table by table,
when a table is first asked for. `index_file` has one that was made before and kept in a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from ice_facts.dates import first_day
from ice_facts.model import TABLES
from ice_facts.store.files import UNREADABLE, safe_json, table_texts, unreadable
from ice_facts.store.naming import (
    KeyMatch,
    Spelled,
    matches_of,
    names_in,
    place_matches,
    spelled,
)
from ice_facts.vocabulary import PLACE_TABLES

ANY = "any"
"""The kind of reference that can be to a record of any table."""

References = dict[str, list[str]]
"""By kind of reference, the ids of the records of one table that hold it."""


class Summary(Struct, frozen=True):
    """The numbers of a table."""

    records: int
    facts: int
    unconfirmed: int
    confirmed: tuple[str, ...]
    """The dates on which facts were confirmed, each once."""


class Index(Protocol):
    """What an index of a store answers."""

    def text(self, table: str, id: str) -> bytes | None:
        """Return the JSON text of a record, or None."""

    def some_texts(self, table: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Return the JSON texts of the records that have one of the ids."""

    def texts(self, table: str) -> Sequence[tuple[str, bytes]]:
        """Return the id and the JSON text of every record of a table, sorted by id."""

    def ids(self, table: str, start: str = "", most: int | None = None) -> Sequence[str]:
        """Return the first ids that begin with a text, sorted."""

    def matches(self, table: str, key: str) -> Sequence[KeyMatch]:
        """Return the records with a key."""

    def matches_start(self, table: str, start: str) -> Sequence[str]:
        """Return the ids of the records with a key that begins with a text, sorted."""

    def keys(self, table: str, start: str) -> Mapping[str, Sequence[KeyMatch]]:
        """Return the keys that begin with a text, each with what `matches` returns for it."""

    def spelled(self, table: str) -> Sequence[Spelled]:
        """Return the names of every record of a table, sorted by id."""

    def references(self, table: str, ids: Iterable[str]) -> Mapping[str, References]:
        """Return which records of a table refer to each of the ids, by kind of reference."""

    def citations(self) -> Mapping[str, int]:
        """Return how many times each source is cited, by its id."""

    def summaries(self) -> Mapping[str, Summary]:
        """Return the numbers of every table."""


class FileIndex:
    """An index made of the files of a store.

    Args:
        root: Folder of the store.
        overlays: Folders whose records are added or replace others.
    """

    def __init__(self, root: Path, overlays: Sequence[Path] = ()) -> None:
        self._root = root
        self._overlays = overlays
        self._tables: dict[str, TableIndex] = {}

    def table(self, name: str) -> TableIndex:
        """Return the index of one table; its files are read now, if they were not before.

        Raises:
            StoreError: The table cannot be read.
        """
        made = self._tables.get(name)
        if made is None:
            made = self._tables[name] = table_index(self._root, name, self._overlays)
        return made

    def text(self, table: str, id: str) -> bytes | None:
        return self.table(table).text(id)

    def some_texts(self, table: str, ids: Sequence[str]) -> dict[str, bytes]:
        found = ((id, self.table(table).text(id)) for id in ids)
        return {id: text for id, text in found if text is not None}

    def texts(self, table: str) -> Sequence[tuple[str, bytes]]:
        return list(self.table(table).texts())

    def ids(self, table: str, start: str = "", most: int | None = None) -> Sequence[str]:
        return list(islice(_beginning(self.table(table).ids, start), most))

    def matches(self, table: str, key: str) -> Sequence[KeyMatch]:
        return self.table(table).matches.get(key, ())

    def matches_start(self, table: str, start: str) -> Sequence[str]:
        made = self.table(table)
        return sorted({id for key in _beginning(made.keys, start) for id, *_ in made.matches[key]})

    def keys(self, table: str, start: str) -> Mapping[str, Sequence[KeyMatch]]:
        made = self.table(table)
        return {key: made.matches[key] for key in _beginning(made.keys, start)}

    def spelled(self, table: str) -> Sequence[Spelled]:
        return self.table(table).spelled

    def references(self, table: str, ids: Iterable[str]) -> Mapping[str, References]:
        found = self.table(table).references
        return {id: found[id] for id in ids if id in found}

    def citations(self) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        for name in TABLES:
            found.update(self.table(name).citations)
        return found

    def summaries(self) -> Mapping[str, Summary]:
        return {name: self.table(name).summary for name in TABLES}


class TableIndex:
    """The index of one table, made of its files.

    Args:
        root: Folder of the store.
        name: The table.
        overlays: Folders whose records are added or replace others.

    Raises:
        StoreError: The table cannot be read.
    """

    def __init__(self, root: Path, name: str, overlays: Sequence[Path] = ()) -> None:
        self._root = root
        self._name = name
        self._overlays = overlays
        self._raw = table_texts(root, name, overlays)
        self.ids = list(self._raw)

    def text(self, id: str) -> bytes | None:
        """Return the text of a record with its id; None if there is none.

        Raises:
            StoreError: It is not JSON.
        """
        text = self._safe(id)
        return None if text is None else with_id(text, id)

    def texts(self) -> list[tuple[str, bytes]]:
        """Return the id and the text of every record.

        Raises:
            StoreError: One of them is not JSON.
        """
        return [(id, with_id(text, id)) for id, text in self.safe_texts.items()]

    @cached_property
    def safe_texts(self) -> dict[str, bytes]:
        """The texts of all records by id, as they are in the files, but for what is not safe.

        Raises:
            StoreError: One of them is not JSON.
        """
        return {id: self._safe(id) or b"" for id in self.ids}

    def _safe(self, id: str) -> bytes | None:
        """Return the text of a record without what steers a terminal."""
        raw = self._raw.get(id)
        if raw is None:
            return None
        try:
            return safe_json(raw)
        except UNREADABLE as error:
            raise unreadable(self._root, self._name, id, error, self._overlays) from error

    @cached_property
    def spelled(self) -> list[Spelled]:
        """The names of every record.

        Raises:
            StoreError: The names of a record cannot be read.
        """
        found = []
        for id, text in self.safe_texts.items():
            try:
                found.append((id, names_in(self._name, text)))
            except UNREADABLE as error:
                raise unreadable(self._root, self._name, id, error, self._overlays) from error
        return spelled(found)

    @cached_property
    def matches(self) -> dict[str, list[KeyMatch]]:
        """By key: the records that have it.

        Raises:
            StoreError: The names of a record cannot be read.
        """
        if self._name in PLACE_TABLES:
            return place_matches(self.ids, [r.names for r in self.spelled], with_ids=True)
        return matches_of(self.spelled)

    @cached_property
    def keys(self) -> list[str]:
        """All keys, sorted."""
        return sorted(self.matches)

    @cached_property
    def _contents(self) -> tuple[dict[str, References], Counter[str], list[str | None]]:
        """The references by what they are to, the times that sources are cited, confirmations."""
        from ice_facts.model.references import contents_of

        references: dict[str, References] = {}
        cited: Counter[str] = Counter()
        confirmed: list[str | None] = []
        cls = TABLES[self._name]
        for id, text in self.safe_texts.items():
            try:
                found = contents_of(cls, msgspec.json.decode(text))
            except UNREADABLE as error:
                raise unreadable(self._root, self._name, id, error, self._overlays) from error
            for kind, other in found.references:
                holders = references.setdefault(other, {}).setdefault(kind, [])
                if not holders or holders[-1] != id:
                    holders.append(id)
                if kind == "source":
                    cited[other] += 1
            confirmed += found.confirmed
        return references, cited, confirmed

    @property
    def references(self) -> dict[str, References]:
        """By id of what is referred to: the records that refer to it, by kind of reference."""
        return self._contents[0]

    @property
    def citations(self) -> Counter[str]:
        """How many times the table cites each source."""
        return self._contents[1]

    @property
    def summary(self) -> Summary:
        """The numbers of the table."""
        confirmed = self._contents[2]
        return Summary(
            records=len(self.ids),
            facts=len(confirmed),
            unconfirmed=confirmed.count(None),
            confirmed=tuple(sorted(set(filter(None, confirmed)))),
        )


def table_index(root: Path, name: str, overlays: Sequence[Path] = ()) -> TableIndex:
    """Return the index of a table, which is made of its files when it is asked.

    Raises:
        StoreError: The table cannot be read.
    """
    if name != "places":
        return TableIndex(root, name, overlays)
    from ice_facts.store.many import PlacesIndex

    return PlacesIndex(root, name, overlays)


def newest_of(dates: Iterable[str]) -> str:
    """Return the newest of partial dates, of which some may be empty; empty if all are."""
    return max(
        (date for date in dates if re.fullmatch(r"\d{4}(-\d\d){0,2}", date)),
        key=lambda date: (first_day(date), date),
        default="",
    )


def _beginning(words: Sequence[str], start: str) -> Iterator[str]:
    """Yield the words of a sorted list that begin with a text."""
    from bisect import bisect_left

    for place in range(bisect_left(words, start), len(words)):
        if not words[place].startswith(start):
            return
        yield words[place]


def with_id(text: bytes, id: str) -> bytes:
    """Return the text of a record with its id as the last field, which wins over one in the text.

    What is no JSON object is left as it is: reading it is an error that says so.
    """
    if not text.startswith(b"{"):
        return text
    comma = b"" if text[1:-1].isspace() or text == b"{}" else b","
    return b'%b%b"id":%b}' % (text[:-1], comma, msgspec.json.encode(id))
