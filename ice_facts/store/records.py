"""Records of a store: TinyDB over its files, and typed, frozen records made of documents.

Every file is a TinyDB table of its own, so that an answer takes apart only the files that can hold
it. Documents stay JSON text until a record is wanted.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from ice_facts.errors import StoreError
from ice_facts.model import TABLES, Jurisdiction, Level, Place, Record
from ice_facts.store.files import (
    CHECK_HINT,
    DataFile,
    Stamp,
    bundled_data,
    reason,
    safe_json,
    stamp_of,
    table_files,
)

R = TypeVar("R", bound=Record)

TABLE_OF: dict[type[Record], str] = {cls: name for name, cls in TABLES.items()}


class JsonDocument(Document):
    """A document that is still JSON text."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__({}, doc_id)
        self.json: Any = value


class FileTable(Table):
    """A TinyDB table over one file, whose documents are JSON texts keyed by slug."""

    document_class = JsonDocument
    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int but calls it on the key


class Mentions:
    """A TinyDB query: the document's JSON text holds one of the needles."""

    def __init__(self, needles: Collection[bytes]) -> None:
        self._needles = needles

    def __call__(self, value: Any) -> bool:
        text = bytes(value)
        return any(needle in text for needle in self._needles)

    def is_cacheable(self) -> bool:
        return False


class JsonFiles(Storage):
    """A read-only TinyDB storage: a table per file, taken apart when it is first asked for."""

    def __init__(self) -> None:
        self.tables = _LazyTables()

    def read(self) -> dict[str, dict[str, Any]]:
        return self.tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise StoreError("the store is read-only")


class _LazyTables(dict[str, dict[str, Any]]):
    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, DataFile] = {}

    def __missing__(self, name: str) -> dict[str, Any]:
        self[name] = self.files[name].documents()
        return self[name]


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


class _PlaceNames(Names, frozen=True, kw_only=True):
    """The same of a jurisdiction: its level is the command that shows it, so it must be one."""

    level: Level


_names = msgspec.json.Decoder(Names)
_place_names = msgspec.json.Decoder(_PlaceNames)


class Store:
    """Read access to the records of one data folder.

    Args:
        root: Folder with the tables; the bundled store when None.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = bundled_data() if root is None else root
        self._database = TinyDB(storage=JsonFiles)
        self._database.table_class = FileTable
        self._files: dict[type[Record], list[DataFile]] = {}
        self._records: dict[type[Record], dict[str, Record]] = {}
        self._known_names: dict[type[Record], list[tuple[str, Names]]] = {}
        self._decoders: dict[type[Record], msgspec.json.Decoder[Any]] = {}

    def get(self, cls: type[R], id: str) -> R | None:
        """Return the record of one table with this id, or None.

        A jurisdiction without a full record is read from the table of places: it has no rules.

        Raises:
            StoreError: The table cannot be read, or the record is not valid.
        """
        known = self._records.setdefault(cls, {})
        if id not in known:
            document = self._document(cls, id)
            if document is None and cls is Jurisdiction:
                document = self._document(Place, id)
            if document is None:
                return None
            known[id] = self._record(cls, document)
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

    def all(self, cls: type[R]) -> list[R]:
        """Return all records of a table, sorted by id."""
        found = [d for file in self._files_of(cls) for d in self._table(file).all()]
        records = self._records_of(cls, found)
        for one, other in pairwise(records):
            if one.id == other.id:
                raise StoreError(
                    f"{self.root}: {TABLE_OF[cls]} has {one.id!r} in two files", [CHECK_HINT]
                )
        return records

    def mentioning(self, cls: type[R], *ids: str) -> list[R]:
        """Return the records of a table that hold one of the ids anywhere, sorted by id."""
        needles = [f'"{id}"'.encode() for id in ids]
        query = Mentions(needles)
        found = [
            document
            for file in self._files_of(cls)
            if file.holds(needles)
            for document in self._table(file).search(query)
        ]
        return self._records_of(cls, found)

    def ids(self, cls: type[Record]) -> Collection[str]:
        """Return the ids of a table."""
        tables = self._database.storage.read()
        assert tables is not None
        return {id for file in self._files_of(cls) for id in tables[file.name]}

    def names_of(self, cls: type[Record], id: str) -> Names | None:
        """Return the names of the record with this id, or None if the table has none."""
        document = self._document(cls, id)
        return None if document is None else self._names(cls, document)

    def names(self, cls: type[Record]) -> Iterator[tuple[str, Names]]:
        """Return the id and the names of every record of a table; nothing else is decoded."""
        known = self._known_names.get(cls)
        if known is None:
            known = self._known_names[cls] = [
                (str(document.doc_id), self._names(cls, document))
                for file in self._files_of(cls)
                for document in self._table(file)
            ]
        return iter(known)

    def stamp(self) -> Stamp:
        """Return what tells this state of the store from another; no file is read.

        Raises:
            StoreError: A table is missing or cannot be listed.
        """
        return stamp_of(self.root)

    def _files_of(self, cls: type[Record]) -> list[DataFile]:
        """Return the files of a table; they become tables of the database."""
        files = self._files.get(cls)
        if files is None:
            table = TABLE_OF[cls]
            paths = table_files(self.root, table)
            files = [DataFile(path, f"{table}/{path.stem}") for path in paths]
            self._files[cls] = files
            storage = self._database.storage
            assert isinstance(storage, JsonFiles)
            storage.tables.files.update({file.name: file for file in files})
        return files

    def _table(self, file: DataFile) -> Table:
        return self._database.table(file.name)

    def _document(self, cls: type[Record], id: str) -> Document | None:
        needle = (f'"{id}"'.encode("utf-8", "replace"),)
        files = self._files_of(cls)
        # A file named for the beginning of its ids (``sources/c``) is the likeliest.
        likely = [file for file in files if file.stem == id[: len(file.stem)]]
        for file in likely + files:
            if file.holds(needle):
                found = self._table(file).get(doc_id=id)  # type: ignore[call-overload]  # see FileTable
                if found is not None:
                    return found  # type: ignore[no-any-return]  # see above: TinyDB's overloads want int
        return None

    def _records_of(self, cls: type[R], documents: list[Document]) -> list[R]:
        known = self._records.setdefault(cls, {})
        for document in documents:
            id = str(document.doc_id)
            if id not in known:
                known[id] = self._record(cls, document)
        records: list[Any] = [known[str(document.doc_id)] for document in documents]
        return sorted(records, key=attrgetter("id"))

    def _record(self, cls: type[R], document: Document) -> R:
        assert isinstance(document, JsonDocument)
        decoder = self._decoders.get(cls)
        if decoder is None:
            decoder = self._decoders[cls] = msgspec.json.Decoder(cls)
        record: R = self._decoded(decoder, cls, document)
        msgspec.structs.force_setattr(record, "id", str(document.doc_id))
        return record

    def _names(self, cls: type[Record], document: Document) -> Names:
        decoder = _place_names if cls in (Jurisdiction, Place) else _names
        names: Names = self._decoded(decoder, cls, document)
        return names

    def _decoded(
        self, decoder: msgspec.json.Decoder[Any], cls: type[Record], document: Document
    ) -> Any:
        assert isinstance(document, JsonDocument)
        try:
            return decoder.decode(safe_json(bytes(document.json)))
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            id = str(document.doc_id)
            files = self._files_of(cls)
            path = next((f.path for f in files if id in f.documents()), self.root)
            raise StoreError(f"{path}: record {id!r}: {reason(error)}", [CHECK_HINT]) from error
