"""The tables as far as they could be read, and the problems that rules report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from ice_facts.model import Record
from ice_facts.store import TABLE_OF
from ice_facts.validate.canonical import written_fields

R = TypeVar("R", bound=Record)


class Problem(NamedTuple):
    """Something wrong: the field of the part that was checked, the problem and its remedy."""

    field: str
    problem: str
    remedy: str


class Entry(NamedTuple):
    """One id of a table: its file, its JSON value, and its record if the value is valid.

    ``is_clean`` says that its texts need not be looked at one by one.
    """

    file: str
    value: Any
    record: Record | None
    is_clean: bool = False


class Tables:
    """The entries of a store by table and id.

    A table is in ``incomplete`` when one of its files could not be read: a record that it does not
    hold may still exist.
    """

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Entry]] = {table: {} for table in TABLE_OF.values()}
        self.incomplete: set[str] = set()

    def knows(self, table: str, id: str) -> bool:
        """Return True if a table holds an id, or may hold it."""
        return id in self.entries[table] or table in self.incomplete

    def get(self, cls: type[R], id: str | None) -> R | None:
        """Return a record, or None if there is none or it is not valid."""
        entry = self.entries[TABLE_OF[cls]].get(id or "")
        return entry.record if entry else None  # type: ignore[return-value]  # a table has one class

    def records(self, cls: type[R]) -> Iterator[tuple[str, R]]:
        """Yield the valid records of a table with their ids, sorted by id."""
        for id, entry in sorted(self.entries[TABLE_OF[cls]].items()):
            if entry.record is not None:
                yield id, entry.record  # type: ignore[misc]  # a table has one class

    def all(self) -> Iterator[tuple[str, str, Entry]]:
        """Yield table, id and entry of everything."""
        for table, entries in self.entries.items():
            for id, entry in entries.items():
                yield table, id, entry


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a value and everything in it, each with its path, such as ``rules[0].from``.

    Fields of records with their default value are left out, as in a file. There is no recursion,
    so that no depth of a file is too much.
    """
    pending = [(path, value)]
    while pending:
        path, value = pending.pop()
        yield path, value
        if isinstance(value, str):  # most values are
            continue
        if isinstance(value, Struct):
            items = [(join(path, name), item) for name, item in written_fields(value)]
        elif isinstance(value, dict):
            items = [(join(path, key), item) for key, item in value.items()]
        elif isinstance(value, (list, tuple)):
            items = [(f"{path}[{n}]", item) for n, item in enumerate(value)]
        else:
            continue
        pending += reversed(items)


def join(path: str, field: str) -> str:
    """Return the path of a field of the part at a path."""
    return f"{path}.{field}" if path and field else path or field
