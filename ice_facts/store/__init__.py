"""The store: the JSON files of ``data/``, read into typed, frozen records.

Only this package knows the files and TinyDB. ``files`` reads the files, ``documents`` lets TinyDB
query them, ``naming`` says what records are called, ``index`` finds records by id, name and
reference, and ``index_file`` keeps it between calls, in a file that ``kept`` looks after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ice_facts.dates import first_day, today
from ice_facts.errors import StoreError
from ice_facts.model import TABLES, Jurisdiction, Place, Record
from ice_facts.store.files import (
    CHECK_HINT,
    UNREADABLE,
    Stamp,
    bundled_data,
    clean_text,
    overlaid,
    overlay_files,
    read_file,
    stamp_of,
    table_files,
    unreadable,
    visible_text,
)
from ice_facts.store.index import ANY, FileIndex, Index, Summary, newest_of
from ice_facts.store.naming import (
    BY_ALIAS,
    BY_BARE_NAME,
    BY_ID,
    BY_NAME,
    Names,
    Spelled,
    key_of,
    keys_for,
    names_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tinydb import TinyDB

    from ice_facts.store.documents import QueryLike
    from ice_facts.store.index_file import KeptIndex
    from ice_facts.store.kept import KeptFile

__all__ = [
    "BY_ALIAS",
    "BY_BARE_NAME",
    "BY_ID",
    "BY_NAME",
    "TABLE_OF",
    "Ids",
    "Names",
    "Spelled",
    "Stamp",
    "Store",
    "Summary",
    "bundled_data",
    "clean_text",
    "overlay_files",
    "read_file",
    "table_files",
    "visible_text",
]

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Ids = str | Iterable[str]
"""One id or several."""

TABLE_OF: dict[type[Record], str] = {cls: name for name, cls in TABLES.items()}
"""The table of each class of records."""


class Store:
    """Read access to the records of one data folder.

    A store keeps the state in which it was first asked. Every method that reads records raises
    `StoreError` if the table cannot be read or a record is not valid.

    Args:
        root: Folder with the tables; the bundled store when None.
        overlays: Folders with some of the tables, whose records are added or take the place of
            those with the same id; the last one wins. Nothing is written to any of them.
    """

    def __init__(self, root: Path | None = None, overlays: Sequence[Path] = ()) -> None:
        self.root = bundled_data() if root is None else root
        self.overlays = tuple(overlays)
        self._records: dict[type[Record], dict[str, Record]] = {}
        self._decoders: dict[type[Record], msgspec.json.Decoder[Any]] = {}
        self._is_damaged = False
        self.remarks: list[str] = []
        """How names were understood, for messages beside the answer."""

    # Records

    def get(self, cls: type[R], id: str) -> R | None:
        """Return the record of a class with an id, or None.

        A jurisdiction without a full record is read from the table of places: it has no rules.
        """
        known = self._records.get(cls, {}).get(id)
        return known or next(iter(self._found(cls, (id,)).values()), None)  # type: ignore[return-value]  # as in _found

    def one(self, cls: type[R], id: str) -> R:
        """Return the record with an id that another record refers to.

        Raises:
            StoreError: There is no such record: the store has a defect.
        """
        record = self.get(cls, id)
        if record is None:
            raise self._missing(cls, id)
        return record

    def many(self, cls: type[R], ids: Iterable[str]) -> list[R]:
        """Return the records with ids that other records refer to, in the order of the ids.

        Raises:
            StoreError: One of them does not exist: the store has a defect.
        """
        wanted = list(ids)
        found = self._found(cls, wanted)
        for id in wanted:
            if id not in found:
                raise self._missing(cls, id)
        return [found[id] for id in wanted]

    def first(self, cls: type[R]) -> R | None:
        """Return the record of a class whose id sorts first, or None if there is none."""
        ids = self._ask(lambda index: index.ids(TABLE_OF[cls], most=1))
        return self.get(cls, ids[0]) if ids else None

    def all(self, cls: type[R]) -> list[R]:
        """Return all records of a class, sorted by id."""
        found = {record.id: record for record in self.each(cls)}
        self._records[cls] = {**self._records.get(cls, {}), **found}
        return list(found.values())

    def each(self, cls: type[R]) -> Iterator[R]:
        """Yield all records of a class, sorted by id, without keeping them in memory."""
        known = self._records.get(cls, {})
        table = TABLE_OF[cls]
        for id, text in self._ask(lambda index: index.texts(table)):
            yield known.get(id) or self._read(cls, table, {id: text})[id]  # type: ignore[misc]  # as in _found

    def where(self, cls: type[R], query: QueryLike) -> list[R]:
        """Return the records of a class that fit a TinyDB query, sorted by id.

            store.where(Policy, where("kind") == "statute")

        Args:
            cls: The class of the records.
            query: A query on the record as it is in its file. ``where`` and ``Query`` are
                TinyDB's; `ice_facts.store.documents` has the first.
        """
        known = {record.id: record for record in self.all(cls)}  # which tells of invalid records
        found = self.database.table(TABLE_OF[cls]).search(query)
        return [known[str(document.doc_id)] for document in found]

    def of_kind(self, cls: type[R], kind: str) -> list[R]:
        """Return the records of a class with a word as their ``kind``, sorted by id.

        As `where` on that field, but only records whose text has the word are read.
        """
        table = TABLE_OF[cls]
        word = msgspec.json.encode(kind)
        texts = self._ask(lambda index: index.texts(table))
        found = self._read(cls, table, {id: text for id, text in texts if word in text})
        return [record for record in found.values() if getattr(record, "kind", None) == kind]

    def referring(
        self,
        cls: type[R],
        *,
        jurisdiction: Ids = (),
        policy: Ids = (),
        stakeholder: Ids = (),
        topic: Ids = (),
        source: Ids = (),
        state: Ids = (),
        any: Ids = (),
    ) -> list[R]:
        """Return the records of a class that refer to at least one of some records, sorted by id.

            store.referring(Position, policy="sb54")
            store.referring(Event, policy=policies, jurisdiction="chicago")

        Fields of parts count as well: a jurisdiction refers to the policies of its rules.

        Args:
            cls: The class of the records.
            jurisdiction: Ids of jurisdictions or places.
            policy: Ids of policies.
            stakeholder: Ids of stakeholders.
            topic: Ids of topics.
            source: Ids of sources.
            state: USPS codes of states, which also stand in the records of the states themselves.
            any: Ids of records of any table.
        """
        asked = {
            "jurisdiction": jurisdiction,
            "policy": policy,
            "stakeholder": stakeholder,
            "topic": topic,
            "source": source,
            "state": state,
            ANY: any,
        }
        return self._existing(cls, self._referring(cls, asked))

    def _referring(self, cls: type[Record], asked: Mapping[str, Ids]) -> list[str]:
        """Return the ids of the records of a class that refer to ids, given by kind, sorted."""
        by_kind = {
            kind: (ids,) if isinstance(ids, str) else tuple(ids) for kind, ids in asked.items()
        }
        every = [id for ids in by_kind.values() for id in ids]
        references = self._ask(lambda index: index.references(TABLE_OF[cls], every))
        found: set[str] = set()
        for kind, ids in by_kind.items():
            for id in ids:
                for other, holders in references.get(id, {}).items():
                    if other == kind or (ANY in (kind, other) and "state" not in (kind, other)):
                        found.update(holders)
        return sorted(found)

    # Names

    def has(self, cls: type[Record], id: str) -> bool:
        """Return True if the table of a class has a record with an id."""
        return self._ask(lambda index: index.text(TABLE_OF[cls], id)) is not None

    def ids(self, cls: type[Record], start: str = "") -> Sequence[str]:
        """Return the ids of a class that begin with a text, sorted."""
        return self._ask(lambda index: index.ids(TABLE_OF[cls], start))

    def names_of(self, cls: type[Record], id: str) -> Names | None:
        """Return the names of the record with an id, or None if the table has none."""
        table = TABLE_OF[cls]
        text = self._ask(lambda index: index.text(table, id))
        if text is None:
            return None
        try:
            return names_in(table, text)
        except UNREADABLE as error:
            raise unreadable(self.root, table, id, error, self.overlays) from error

    def names(self, cls: type[Record]) -> Iterator[tuple[str, Names]]:
        """Yield the id and the names of every record of a class, sorted by id."""
        return ((record.id, record.names) for record in self.spelled(cls))

    def spelled(self, cls: type[Record]) -> Sequence[Spelled]:
        """Return id, names and keys of every record of a class, to compare a mistyped name with."""
        return self._ask(lambda index: index.spelled(TABLE_OF[cls]))

    def called(
        self, cls: type[Record], name: str, *, state: str | None = None
    ) -> Sequence[tuple[str, int]]:
        """Return the ids of the records that have a name, each with the rank of the match.

        Args:
            cls: The class of the records.
            name: As a person types it.
            state: Only places in the state with this USPS code.

        Returns:
            Pairs of id and rank, sorted by id: ``BY_ID``, ``BY_NAME``, ``BY_ALIAS`` or
            ``BY_BARE_NAME``.
        """
        table = TABLE_OF[cls]
        found: dict[str, int] = {}
        for key in keys_for(table, name):
            for id, rank, where in self._ask(lambda index: index.matches(table, key)):  # noqa: B023  # asked at once
                if state in (None, where):
                    found[id] = min(rank, found.get(id, rank))
        return sorted(found.items())

    def keys_like(self, cls: type[Record], start: str) -> Mapping[str, Sequence[str]]:
        """Return the keys of a class that begin with a text, each with the ids that have it."""
        found = self._ask(lambda index: index.keys(TABLE_OF[cls], start))
        return {key: [id for id, *_ in hits] for key, hits in found.items()}

    def called_like(self, cls: type[Record], start: str) -> Sequence[str]:
        """Return the ids of the records with an id, name or alias that begins with a text."""
        return self._ask(lambda index: index.matches_start(TABLE_OF[cls], key_of(start)))

    # The store itself

    def citations(self) -> Mapping[str, int]:
        """Return how many times each source is cited, by its id."""
        return self._ask(lambda index: index.citations())

    def summaries(self) -> Mapping[str, Summary]:
        """Return the numbers of records and facts of every table."""
        return self._ask(lambda index: index.summaries())

    def version(self) -> str:
        """Return the newest date on which a fact was confirmed; ``unknown`` if none is.

        One after today is a mistake, which ``data check`` reports.
        """
        day = today()
        dates = (date for summary in self.summaries().values() for date in summary.confirmed)
        return newest_of(date for date in dates if first_day(date) <= day) or "unknown"

    @cached_property
    def database(self) -> TinyDB:
        """The store as a TinyDB database that cannot be written to; a document's id is its slug."""
        from ice_facts.store.documents import database

        return database(lambda table: dict(self._ask(lambda index: index.texts(table))))

    def stamp(self) -> Stamp:
        """Return the stamp of the files in the state in which they were first asked.

        Raises:
            StoreError: A table is missing or cannot be listed.
        """
        return self._stamp or stamp_of(self.root, self.overlays)

    def is_unchanged(self) -> bool:
        """Return True if the files are as they were when the store was first asked."""
        return stamp_of(self.root, self.overlays) == self.stamp()

    @cached_property
    def _stamp(self) -> Stamp | None:
        with suppress(StoreError):  # the table that is wrong says so when it is asked for
            return stamp_of(self.root, self.overlays)
        return None

    @cached_property
    def _kept(self) -> tuple[KeptFile, KeptIndex] | None:
        from ice_facts.store.index_file import open_index

        return open_index(self.root, self._stamp, self.overlays)

    @cached_property
    def _files(self) -> FileIndex:
        return FileIndex(self.root, self.overlays)

    @cached_property
    def overlaid(self) -> Mapping[str, Mapping[str, str]]:
        """By table and id, the name of the overlay that a record is from; empty without one.

        Raises:
            StoreError: An overlay cannot be read, or holds no table.
        """
        return overlaid(self.overlays)

    def close(self) -> None:
        """Close the files that are kept open. What is asked later opens them again."""
        kept = self.__dict__.pop("_kept", None)
        if kept is not None:
            kept[1].close()

    def _ask(self, question: Callable[[Index], T]) -> T:
        """Return what the kept index answers, or the files where it is damaged or missing."""
        if self._kept is not None and not self._is_damaged:
            from ice_facts.store.index_file import DAMAGE

            file, index = self._kept
            try:
                return question(index)
            except DAMAGE:
                self._is_damaged = True
                if not index.is_empty():
                    file.remove()
        return question(self._files)

    def _found(self, cls: type[R], ids: Sequence[str]) -> dict[str, R]:
        """Return the records of a class that have one of the ids, by id."""
        known = self._records.setdefault(cls, {})
        for table in (cls, Place) if cls is Jurisdiction else (cls,):
            missing = [id for id in ids if id not in known]
            if missing:
                name = TABLE_OF[table]
                texts = self._ask(lambda index: index.some_texts(name, missing))  # noqa: B023  # asked at once
                known.update(self._read(cls, name, texts))
        return {id: known[id] for id in ids if id in known}  # type: ignore[misc]  # the outer key is the class

    def _existing(self, cls: type[R], ids: Sequence[str]) -> list[R]:
        """Return the records of the class's own table with these ids."""
        found = self._found(cls, ids)
        return [found[id] for id in ids]

    def _read(self, cls: type[R], table: str, texts: Mapping[str, bytes]) -> dict[str, R]:
        """Return the records of a class by id, of their texts by id."""
        decoder = self._decoders.get(cls)
        if decoder is None:
            decoder = self._decoders[cls] = msgspec.json.Decoder(cls)
        decode = decoder.decode
        found: dict[str, R] = {}
        try:
            for id in texts:
                found[id] = decode(texts[id])
        except UNREADABLE as error:
            raise unreadable(self.root, table, id, error, self.overlays) from error
        return found

    def _missing(self, cls: type[Record], id: str) -> StoreError:
        return StoreError(
            f"{self.root}: {TABLE_OF[cls]} has no {id!r}, which another record names",
            [
                f"'ice-facts data check {folder} --on bundled' lists what is wrong with the overlay"
                for folder in self.overlays
            ]
            or [CHECK_HINT],
        )
