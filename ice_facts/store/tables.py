"""TinyDB over the files of a store: the tables as they are written, before records are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from ice_facts.errors import StoreError
from ice_facts.store.files import CHECK_HINT, clean_text, read_file, reason, table_files

_documents = msgspec.json.Decoder(dict[str, msgspec.Raw])


class JsonDocument(Document):
    """A document that is still JSON text."""

    def __init__(self, value: Mapping[str, Any], doc_id: int) -> None:
        super().__init__({}, doc_id)
        self.json: Any = value


class SlugTable(Table):
    """A TinyDB table whose documents are JSON texts keyed by slug."""

    document_class = JsonDocument
    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int but calls it on the key


class JsonFiles(Storage):
    """A read-only TinyDB storage that reads the files of a table when it is asked for.

    Args:
        root: Folder of the store.
    """

    def __init__(self, root: Path) -> None:
        self._tables = _LazyTables(root)

    def read(self) -> dict[str, dict[str, Any]]:
        return self._tables

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise StoreError("the store is read-only")


class _LazyTables(dict[str, dict[str, Any]]):
    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, table: str) -> dict[str, Any]:
        documents: dict[str, Any] = {}
        for path in table_files(self._root, table):
            found = documents_in(path)
            if twice := documents.keys() & found.keys():
                message = f"{self._root}: {table} has {min(twice)!r} in two files"
                raise StoreError(message, [CHECK_HINT])
            documents |= found
        self[table] = documents
        return documents


class Tables:
    """The documents of a store's tables as JSON text.

    Args:
        root: Folder of the store.
    """

    def __init__(self, root: Path) -> None:
        self._database = TinyDB(root, storage=JsonFiles)
        self._database.table_class = SlugTable

    def documents(self, table: str) -> Iterator[tuple[str, bytes]]:
        """Return the id and the JSON text of every record of a table.

        Raises:
            StoreError: A file of the table cannot be read, is not a JSON object, or has an id
                that another file has too.
        """
        for document in self._database.table(table):
            assert isinstance(document, JsonDocument)
            yield str(document.doc_id), bytes(document.json)


def documents_in(path: Path) -> dict[str, msgspec.Raw]:
    """Return the records in a file as JSON text by id.

    Raises:
        StoreError: The file cannot be read or is not a JSON object.
    """
    try:
        documents = _documents.decode(read_file(path))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise StoreError(f"{path}: {reason(error)}", [CHECK_HINT]) from error
    if "".join(documents).isprintable():
        return documents
    return {clean_text(id): document for id, document in documents.items()}


def file_with(root: Path, table: str, id: str) -> Path:
    """Return the file of a table that has a record; the store's folder where none has."""
    return next((path for path in table_files(root, table) if id in documents_in(path)), root)
