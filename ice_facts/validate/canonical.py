"""The canonical form of a table's file, in which a change is easy to read in a diff."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import astuple

from ice_facts.model import Record

ONE_LINE_TABLES = frozenset({"places"})
"""Tables of many small records, each of which stands in one line: indented, they take twice the
room on disk."""


def canonical(table: str, records: Mapping[str, Any]) -> bytes:
    """Return the only canonical content of a file with some records of a table.

    An object sorted by id, indented by two blanks, with one newline at its end; a record of
    `ONE_LINE_TABLES` in one line. The fields of a record are in the order of its class; those that
    are empty or have their default value are left out, at any depth. Characters beyond ASCII are
    written as they are.

    Args:
        table: The table.
        records: Records by id. A value that is no record is written as it is.
    """
    plain = {id: _plain(records[id]) for id in sorted(records)}
    if table in ONE_LINE_TABLES and plain:
        lines = (b"  %b: %b" % (_json(id, 0), _json(value, 0)) for id, value in plain.items())
        return b"{\n%b\n}\n" % b",\n".join(lines)
    return _json(plain, 2) + b"\n"


def _json(value: Any, indent: int) -> bytes:
    """Return a value as JSON: in one line, or with each item in a line of its own, indented."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent)


def written_fields(part: Struct) -> list[tuple[str, Any]]:
    """Return name in the file and value of the fields of a part that its file has to hold."""
    values = zip(_fields(type(part)), astuple(part), strict=True)
    return [(field[0], value) for field, value in values if field and value != field[1]]


def _plain(value: Any) -> Any:
    # Most values are texts: for them no call is made.
    if isinstance(value, Struct):
        return {
            name: item if isinstance(item, str) else _plain(item)
            for name, item in written_fields(value)
        }
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [item if isinstance(item, str) else _plain(item) for item in value]
    return value


@functools.cache
def _fields(cls: type[Struct]) -> list[tuple[str, Any] | None]:
    """Return name in the file and default of every field; None for one that no file holds."""
    return [
        None  # the key of the record
        if field.name == "id" and issubclass(cls, Record)
        else (
            field.encode_name,
            field.default
            if field.default_factory is msgspec.NODEFAULT
            else field.default_factory(),
        )
        for field in msgspec.structs.fields(cls)
    ]
