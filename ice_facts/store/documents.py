"""TinyDB over the tables of a store, for queries: documents by id, which nobody can change.

    table = store.database.table("policies")
    table.get(doc_id="sb54")
    table.search(where("kind") == "statute")

A document is a record as it is in its file. A query names fields as the files do (``from``, not
``start``). Importing this module imports TinyDB, so it is imported where a query is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

import msgspec
from tinydb import Query, TinyDB, where
from tinydb.queries import QueryInstance, QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from ice_facts.errors import StoreError
from ice_facts.model import TABLES

__all__ = ["QueryLike", "StoreStorage", "database", "having", "where"]

Texts = Callable[[str], Mapping[str, bytes]]
"""A function that returns the JSON texts of a table by id."""


class RecordTable(Table):
    """A TinyDB table whose documents have slugs as ids."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types it as int but calls it on the key

    def _get_next_id(self) -> NoReturn:
        raise _read_only()


class StoreStorage(Storage):
    """A read-only TinyDB storage over the tables of a store, each read when it is asked for.

    Args:
        texts: Gives the JSON texts of a table by id.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def read(self) -> dict[str, Any]:
        return _Tables(self._texts)

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:
        raise _read_only()


class _Tables(dict[str, Any]):
    """All tables by name."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(dict.fromkeys(TABLES))
        self._texts = texts

    def __getitem__(self, table: str) -> Mapping[str, dict[str, Any]]:
        if table not in TABLES:
            raise StoreError(f"a store has no table {table!r}", [f"tables: {', '.join(TABLES)}"])
        return _Documents(self._texts(table))


class _Documents(Mapping[str, dict[str, Any]]):
    """The documents of a table by id, each decoded anew, so that a change of one changes no other.

    Args:
        texts: Their JSON texts by id, each with the id as a field, which is left out.
    """

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts

    def __getitem__(self, id: str) -> dict[str, Any]:
        document: dict[str, Any] = msgspec.json.decode(self._texts[id])
        document.pop("id", None)
        return document

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def database(texts: Texts) -> TinyDB:
    """Return the TinyDB of a store.

    Args:
        texts: Gives the JSON texts of a table by id.
    """
    made = TinyDB(texts, storage=StoreStorage)
    made.table_class = RecordTable
    return made


def having(**values: str | None) -> QueryInstance:
    """Return the query for documents whose fields have these values; None stands for any value.

    having(state="TX", model=None) & (where("level") == "county")
    """
    return Query().fragment({name: value for name, value in values.items() if value is not None})


def _read_only() -> StoreError:
    return StoreError("the store is read-only", ["change its JSON files instead"])
