"""The index of a store: texts of records by id, ids by name, ids by what a record mentions.

This one is made of the files, table by table, when a table is first asked for; ``kept`` has one
that was made before.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ice_facts.dates import first_day
from ice_facts.errors import StoreError
from ice_facts.model import TABLES
from ice_facts.store.files import CHECK_HINT, reason, safe_json
from ice_facts.store.names import keys_of, names_in

if TYPE_CHECKING:
    from ice_facts.store.tables import Tables

_CONFIRMED = rb'"confirmed"\s*:\s*"(\d{4}(?:-\d\d){0,2})"'

UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)
"""What reading a text raises that is not JSON, or not what it should be."""


class TableIndex:
    """The index of one table.

    Args:
        root: Folder of the store.
        name: The table.
        texts: The JSON text of every record by id, sorted by id, as its file has it.
    """

    def __init__(self, root: Path, name: str, texts: dict[str, bytes]) -> None:
        self._root = root
        self._name = name
        self.texts = texts

    def safe(self, id: str, text: bytes) -> bytes:
        """Return the text of a record without what steers a terminal.

        Raises:
            StoreError: It is not JSON.
        """
        try:
            return safe_json(text)
        except UNREADABLE as error:
            raise unreadable(self._root, self._name, id, error) from error

    def safe_texts(self) -> Iterator[tuple[str, bytes]]:
        """Yield the id and the text of every record without what steers a terminal.

        Raises:
            StoreError: One of them is not JSON.
        """
        for id, text in self.texts.items():
            yield id, self.safe(id, text)

    @cached_property
    def ids(self) -> list[str]:
        """All ids, sorted."""
        return list(self.texts)

    @cached_property
    def named(self) -> dict[str, list[tuple[str, int]]]:
        """By key of a name: the ids of the records, each with how the name calls it.

        Raises:
            StoreError: The names of a record cannot be read.
        """
        found: dict[str, list[tuple[str, int]]] = {}
        for id, text in self.safe_texts():
            try:
                names = names_in(self._name, text)
            except UNREADABLE as error:
                raise unreadable(self._root, self._name, id, error) from error
            for key, how in keys_of(self._name, id, names).items():
                found.setdefault(key, []).append((id, how))
        return found

    @cached_property
    def keys(self) -> list[str]:
        """All keys of names, sorted."""
        return sorted(self.named)

    @cached_property
    def newest(self) -> str:
        """The newest date on which a fact was confirmed; empty if none is."""
        texts = self.texts.values()
        return newest_of({date.decode() for text in texts for date in re.findall(_CONFIRMED, text)})


class Index:
    """An index made of the files of a store.

    Args:
        root: Folder of the store.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[str, TableIndex] = {}

    @cached_property
    def _tables(self) -> Tables:
        from ice_facts.store.tables import Tables

        return Tables(self._root)

    def table(self, name: str) -> TableIndex:
        """Return the index of one table; its files are read now, if they were not before.

        Raises:
            StoreError: The table cannot be read.
        """
        made = self._made.get(name)
        if made is None:
            texts = dict(sorted(self._tables.documents(name)))
            made = self._made[name] = TableIndex(self._root, name, texts)
        return made

    def text(self, table: str, id: str) -> bytes | None:
        """Return the JSON text of a record, or None."""
        return self.text_in_file(table, id)

    def text_in_file(self, table: str, id: str) -> bytes | None:
        """Return the JSON text of a record as the files have it, or None."""
        made = self.table(table)
        text = made.texts.get(id)
        return None if text is None else made.safe(id, text)

    def texts(self, table: str) -> Sequence[tuple[str, bytes]]:
        """Return the id and the JSON text of every record, sorted by id."""
        return list(self.table(table).safe_texts())

    def ids(self, table: str, start: str = "", most: int | None = None) -> Sequence[str]:
        """Return the ids that begin so, sorted; at most the first ``most`` of them."""
        return list(islice(_beginning(self.table(table).ids, start), most))

    def named(self, table: str, key: str) -> Sequence[tuple[str, int]]:
        """Return the ids of the records that a key stands for, each with how it calls them."""
        return self.table(table).named.get(key, ())

    def named_like(self, table: str, start: str) -> Sequence[str]:
        """Return the ids of the records with a key that begins so, sorted."""
        made = self.table(table)
        return sorted({id for key in _beginning(made.keys, start) for id, _ in made.named[key]})

    def mentioning(self, table: str, value: str) -> Sequence[str]:
        """Return the ids of the records that hold a value anywhere, sorted.

        Args:
            table: The table.
            value: An id, a code or a word of a vocabulary.
        """
        quoted = msgspec.json.encode(value)
        return [id for id, text in self.table(table).texts.items() if quoted in text]

    def newest_confirmation(self) -> str:
        """Return the newest date on which a fact was confirmed; empty if none is."""
        return newest_of(self.table(name).newest for name in TABLES)


def newest_of(dates: Iterable[str]) -> str:
    """Return the newest of partial dates, of which some may be empty; empty if all are."""
    return max(filter(None, dates), key=lambda date: (first_day(date), date), default="")


def unreadable(root: Path, table: str, id: str, error: Exception) -> StoreError:
    """Return the error of a record that is not valid, with the file it is in."""
    from ice_facts.store.tables import file_with

    path = file_with(root, table, id)
    return StoreError(f"{path}: record {id!r}: {reason(error)}", [CHECK_HINT])


def _beginning(words: Sequence[str], start: str) -> Iterator[str]:
    """Yield the words of a sorted list that begin so."""
    for place in range(bisect_left(words, start), len(words)):
        if not words[place].startswith(start):
            return
        yield words[place]
