"""The store: the JSON files of ``data/``, read through TinyDB into typed, frozen records.

Only this module knows TinyDB and the files. A table's files are read when the table is first
asked for. Documents stay JSON text until a record is wanted, so an answer decodes only the
records it needs: whatever refers to a record holds its id in quotes, which `Store.mentioning`
finds in the text before anything is decoded.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from ice_facts.errors import StoreError
from ice_facts.model import OPTIONAL_TABLES, TABLES, Jurisdiction, Level, Place, Record

R = TypeVar("R", bound=Record)

TABLE_OF: dict[type[Record], str] = {cls: name for name, cls in TABLES.items()}

# Control characters and bidirectional overrides, as JSON escapes or as UTF-8. Tab, newline and
# carriage return become a blank as well: a value is one line of text everywhere.
_UNSAFE_BYTES = re.compile(
    rb"\\[nrtbf]|\\u00(?:0|1|7[fF]|8|9)|\\u20(?:0[eEfF]|2[89a-eA-E]|6[6-9])|\\u[dD][89a-fA-F]"
    rb"|\\u061[cC]|\x7f|\xc2[\x80-\x9f]|\xd8\x9c|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)
_UNSAFE_TEXT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+"
)

_raw_table = msgspec.json.Decoder(dict[str, msgspec.Raw])


def clean_text(text: str) -> str:
    """Replace control characters and bidirectional overrides in a text by blanks."""
    return _UNSAFE_TEXT.sub(" ", text)


def visible_text(text: str) -> str:
    r"""Write control characters and bidirectional overrides in a text as escapes.

    >>> print(visible_text("a" + chr(27) + "[1m"))
    a\x1b[1m
    """
    return _UNSAFE_TEXT.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def bundled_data() -> Path:
    """Return the folder of the store that comes with ice-facts.

    A wheel carries it inside the package; in a checkout, and so in an editable install, it stands
    beside the package.
    """
    package = Path(__file__).parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


class JsonDocument(Document):
    """A document that is still JSON text."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__({}, doc_id)
        self.json: Any = value


class RecordTable(Table):
    """A TinyDB table whose documents are JSON texts keyed by slug."""

    document_class = JsonDocument
    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int but calls it on the key


class Mentions:
    """A TinyDB query: the document's JSON text holds one of the ids, in quotes."""

    def __init__(self, ids: Collection[str]) -> None:
        self._needles = [f'"{id}"'.encode() for id in ids]

    def __call__(self, value: Any) -> bool:
        text = bytes(value)
        return any(needle in text for needle in self._needles)

    def is_cacheable(self) -> bool:
        return False


class JsonTables(Storage):
    """A read-only TinyDB storage over a folder with a file or a folder of files per table."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._tables = _LazyTables(root)

    def read(self) -> dict[str, dict[str, Any]]:
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise StoreError("the store is read-only")


class _LazyTables(dict[str, dict[str, Any]]):
    """Tables by name, each read from its files when it is first asked for."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, table: str) -> dict[str, Any]:
        documents: dict[str, Any] = {}
        for path in table_files(self._root, table):
            part = _read_documents(path)
            twice = documents.keys() & part.keys()
            if twice:
                raise StoreError(f"{path}: {min(twice)!r} is in another file of this table too")
            documents.update(part)
        self[table] = documents
        return documents


def table_files(root: Path, table: str) -> list[Path]:
    """Return the files of a table: ``<table>.json``, or all of the folder ``<table>/``.

    Raises:
        StoreError: The store or the table is missing or cannot be listed.
    """
    single = root / f"{table}.json"
    folder = root / table
    try:
        if folder.is_dir():
            if single.exists():
                raise StoreError(f"{root}: both {single.name} and {table}/ exist; keep one")
            return sorted(p for p in folder.iterdir() if p.suffix == ".json")
        if not root.is_dir():
            raise StoreError(
                f"{root} is not a folder with an ice-facts store",
                ["give a folder with --data or ICE_FACTS_DATA, or leave both out"],
            )
    except OSError as error:
        raise StoreError(f"{root}: {error.strerror}") from error
    if not os.path.lexists(single):
        if table in OPTIONAL_TABLES:
            return []
        raise StoreError(
            f"{root} has no table {table!r}",
            [f"an ice-facts store holds {single.name} or a folder {table}/"],
        )
    return [single]


def read_file(path: Path) -> bytes:
    """Read one file of the store.

    Raises:
        StoreError: It is not a regular file, or cannot be read.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise StoreError(f"{path}: not a regular file")
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}") from error


def _read_documents(path: Path) -> dict[str, msgspec.Raw]:
    content = read_file(path)
    try:
        if _UNSAFE_BYTES.search(content):
            content = msgspec.json.encode(_cleaned(msgspec.json.decode(content)))
        return _raw_table.decode(content)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise StoreError(f"{path}: {_reason(error)}", [_CHECK_HINT]) from error


def _reason(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "its values are nested too deeply"
    return "not UTF-8" if isinstance(error, UnicodeError) else str(error)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean_text(key): _cleaned(item) for key, item in value.items()}
    return value


_CHECK_HINT = "'ice-facts data check DIR' lists every defect of a store"


class Stamp(NamedTuple):
    """The state of a store's files.

    ``files`` has their names, sizes, times and inode numbers; ``changed`` is when one was last
    changed, in seconds since the epoch.
    """

    files: str
    changed: float


def _files_of(root: Path, table: str) -> Iterator[tuple[str, os.stat_result]]:
    # As `table_files`, without making paths: a search does this each time.
    try:
        entries = sorted(os.scandir(root / table), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        entries = []
    yield from ((entry.name, entry.stat()) for entry in entries if entry.name.endswith(".json"))
    if not entries:
        for path in table_files(root, table):
            yield path.name, path.stat()


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
        self._database = TinyDB(self.root, storage=JsonTables)
        self._database.table_class = RecordTable
        self._records: dict[type[Record], dict[str, Record]] = {}
        self._decoders: dict[type[Record], msgspec.json.Decoder[Any]] = {}

    def get(self, cls: type[R], id: str) -> R | None:
        """Return the record of one table with this id, or None.

        A jurisdiction without a full record is read from the table of places: it has no rules.

        Raises:
            StoreError: The table cannot be read, or the record is not valid.
        """
        known = self._records.setdefault(cls, {})
        if id not in known:
            document = self._table(cls).get(doc_id=id)  # type: ignore[call-overload]  # see RecordTable
            if document is None and cls is Jurisdiction:
                document = self._table(Place).get(doc_id=id)  # type: ignore[call-overload]  # see RecordTable
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
                [_CHECK_HINT],
            )
        return record

    def all(self, cls: type[R]) -> list[R]:
        """Return all records of a table, sorted by id."""
        return self._records_of(cls, self._table(cls).all())

    def mentioning(self, cls: type[R], *ids: str) -> list[R]:
        """Return the records of a table that hold one of the ids anywhere, sorted by id."""
        return self._records_of(cls, self._table(cls).search(Mentions(ids))) if ids else []

    def ids(self, cls: type[Record]) -> Collection[str]:
        """Return the ids of a table."""
        return self._database.storage.read()[TABLE_OF[cls]].keys()  # type: ignore[index]  # never None

    def names(self, cls: type[Record]) -> Iterator[tuple[str, Names]]:
        """Yield the id and the names of every record of a table, decoding nothing else."""
        decoder = _place_names if cls in (Jurisdiction, Place) else _names
        for document in self._table(cls):
            assert isinstance(document, JsonDocument)
            id = str(document.doc_id)
            try:
                yield id, decoder.decode(document.json)
            except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
                raise self._invalid(cls, id, error) from error

    def stamp(self) -> Stamp:
        """Return what tells this state of the store from another; no file is read.

        Raises:
            StoreError: A table is missing or cannot be listed.
        """
        files = []
        changed = 0
        try:
            for table in TABLES:
                for name, file in _files_of(self.root, table):
                    times = f"{file.st_mtime_ns} {file.st_ctime_ns}"
                    files.append(f"{table}/{name!a} {file.st_size} {times} {file.st_ino}")
                    changed = max(changed, file.st_mtime_ns, file.st_ctime_ns)
        except OSError as error:
            raise StoreError(f"{self.root}: {error.strerror}") from error
        return Stamp("\n".join(files), changed / 1e9)

    def _table(self, cls: type[Record]) -> Table:
        return self._database.table(TABLE_OF[cls])

    def _records_of(self, cls: type[R], documents: list[Document]) -> list[R]:
        known = self._records.setdefault(cls, {})
        for document in documents:
            id = str(document.doc_id)
            if id not in known:
                known[id] = self._record(cls, document)
        return [known[str(document.doc_id)] for document in documents]  # type: ignore[misc]

    def _record(self, cls: type[R], document: Document) -> R:
        assert isinstance(document, JsonDocument)
        id = str(document.doc_id)
        decoder = self._decoders.get(cls)
        if decoder is None:
            decoder = self._decoders[cls] = msgspec.json.Decoder(cls)
        try:
            record: R = decoder.decode(document.json)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise self._invalid(cls, id, error) from error
        msgspec.structs.force_setattr(record, "id", id)
        return record

    def _invalid(self, cls: type[Record], id: str, error: Exception) -> StoreError:
        table = TABLE_OF[cls]
        path = next(
            (p for p in table_files(self.root, table) if id in _read_documents(p)),
            self.root / table,
        )
        return StoreError(f"{path}: record {id!r}: {_reason(error)}", [_CHECK_HINT])
