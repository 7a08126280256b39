"""Records of a store: typed and frozen, made of the documents that an index of it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from ice_facts.errors import StoreError
from ice_facts.model import TABLES, Jurisdiction, Place, Record
from ice_facts.spelling import key_of
from ice_facts.store.files import CHECK_HINT, Stamp, bundled_data, stamp_of
from ice_facts.store.index import UNREADABLE, Index, unreadable
from ice_facts.store.names import Names, bare, names_in

R = TypeVar("R", bound=Record)
T = TypeVar("T")

TABLE_OF: dict[type[Record], str] = {cls: name for name, cls in TABLES.items()}


class Store:
    """Read access to the records of one data folder.

    A store keeps the state in which it was first asked.

    Args:
        root: Folder with the tables; the bundled store when None.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = bundled_data() if root is None else root
        self._records: dict[type[Record], dict[str, Record]] = {}
        self._decoders: dict[type[Record], msgspec.json.Decoder[Any]] = {}

    @cached_property
    def _stamp(self) -> Stamp | None:
        with suppress(StoreError):  # the table that is wrong says so when it is asked for
            return stamp_of(self.root)
        return None

    @cached_property
    def _index(self) -> Index:
        from ice_facts.store.kept import open_index

        return open_index(self.root, self._stamp)

    def get(self, cls: type[R], id: str) -> R | None:
        """Return the record of one table with this id, or None.

        A jurisdiction without a full record is read from the table of places: it has no rules.

        Raises:
            StoreError: The table cannot be read, or the record is not valid.
        """
        known = self._records.setdefault(cls, {})
        if id not in known:
            for table in (cls, Place) if cls is Jurisdiction else (cls,):
                text = self._index.text(TABLE_OF[table], id)
                if text is not None:
                    known[id] = self._record(cls, TABLE_OF[table], id, text)
                    break
            else:
                return None
        return known[id]  # type: ignore[return-value]  # the outer key is the class

    def one(self, cls: type[R], id: str) -> R:
        """Return the record with this id, which another record refers to.

        Raises:
            StoreError: There is no such record: the store is not sound.
        """
        record = self.get(cls, id)
        if record is None:
            raise StoreError(
                f"{self.root}: {TABLE_OF[cls]} has no {id!r}, which another record names",
                [CHECK_HINT],
            )
        return record

    def first(self, cls: type[R]) -> R | None:
        """Return the record of a table whose id sorts first, or None if the table is empty."""
        ids = self._index.ids(TABLE_OF[cls], most=1)
        return self.get(cls, ids[0]) if ids else None

    def all(self, cls: type[R]) -> list[R]:
        """Return all records of a table, sorted by id."""
        known = self._records.setdefault(cls, {})
        table = TABLE_OF[cls]
        texts = self._index.texts(table)
        known.update(
            (id, self._record(cls, table, id, text)) for id, text in texts if id not in known
        )
        return [known[id] for id, _ in texts]  # type: ignore[misc]  # as in get

    def mentioning(self, cls: type[R], *values: str) -> list[R]:
        """Return the records of a table that hold one of the values anywhere, sorted by id.

        Args:
            cls: The class of the table.
            values: Ids, codes or words of a vocabulary.
        """
        found = {id for value in values for id in self._index.mentioning(TABLE_OF[cls], value)}
        return [record for id in sorted(found) if (record := self.get(cls, id)) is not None]

    def ids(self, cls: type[Record], start: str = "") -> Sequence[str]:
        """Return the ids of a table that begin so, sorted."""
        return self._index.ids(TABLE_OF[cls], start)

    def has(self, cls: type[Record], id: str) -> bool:
        """Tell whether a table has a record with this id."""
        return self._index.text(TABLE_OF[cls], id) is not None

    def names_of(self, cls: type[Record], id: str) -> Names | None:
        """Return the names of the record with this id, or None if the table has none."""
        text = self._index.text(TABLE_OF[cls], id)
        return None if text is None else self._names(cls, id, text)

    def names(self, cls: type[Record]) -> Iterator[tuple[str, Names]]:
        """Return the id and the names of every record of a table; nothing else is decoded."""
        for id, text in self._index.texts(TABLE_OF[cls]):
            yield id, self._names(cls, id, text)

    def called(self, cls: type[Record], name: str) -> Sequence[tuple[str, int]]:
        """Return the ids of the records that a name stands for, each with how it calls them.

        Args:
            cls: The class of the table.
            name: As a person types it.

        Returns:
            Pairs of id and kind: ``BY_ID``, ``BY_NAME``, ``BY_ALIAS`` or ``BY_BARE_NAME``.
        """
        table = TABLE_OF[cls]
        found = dict(self._index.named(table, bare(name)))
        found.update(self._index.named(table, key_of(name)))
        return sorted(found.items())

    def called_like(self, cls: type[Record], start: str) -> Sequence[str]:
        """Return the ids of the records with an id, a name or an alias that begins so, sorted."""
        return self._index.named_like(TABLE_OF[cls], key_of(start))

    def version(self) -> str:
        """Return the newest date on which a fact was confirmed; ``unknown`` if none is."""
        return self._index.newest_confirmation() or "unknown"

    def stamp(self) -> Stamp:
        """Return what tells this state of the store from another, as it was when first asked.

        Raises:
            StoreError: A table is missing or cannot be listed.
        """
        return self._stamp or stamp_of(self.root)

    def is_unchanged(self) -> bool:
        """Tell whether the files are as they were when the store was first asked."""
        return stamp_of(self.root) == self.stamp()

    def _record(self, cls: type[R], table: str, id: str, text: bytes) -> R:
        decoder = self._decoders.get(cls)
        if decoder is None:
            decoder = self._decoders[cls] = msgspec.json.Decoder(cls)
        record: R = self._read(decoder.decode, table, id, text)
        msgspec.structs.force_setattr(record, "id", id)
        return record

    def _names(self, cls: type[Record], id: str, text: bytes) -> Names:
        table = TABLE_OF[cls]
        return self._read(lambda found: names_in(table, found), table, id, text)

    def _read(self, decode: Callable[[bytes], T], table: str, id: str, text: bytes) -> T:
        try:
            try:
                return decode(text)
            except UNREADABLE:
                in_file = self._index.text_in_file(table, id)
                if in_file is None:
                    raise
                return decode(in_file)  # what was kept of it may be damaged
        except UNREADABLE as error:
            raise unreadable(self.root, table, id, error) from error
