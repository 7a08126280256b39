"""The canonical form of a table's file, in which a change is easy to read in a diff."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

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
        lines = (f"  {_json(id)}: {_json(value)}" for id, value in plain.items())
        return "{{\n{}\n}}\n".format(",\n".join(lines)).encode()
    # Indenting afterwards is much faster than the encoder of `json` with an indent.
    return msgspec.json.format(_json(plain), indent=2).encode() + b"\n"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def written_fields(part: Struct) -> Iterator[tuple[str, Any]]:
    """Yield name in the file and value of the fields of a part that its file has to hold."""
    for attribute, name, default in _fields(type(part)):
        value = getattr(part, attribute)
        if value != default:
            yield name, value


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return {name: _plain(item) for name, item in written_fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


@functools.cache
def _fields(cls: type[Struct]) -> list[tuple[str, str, Any]]:
    """Return attribute, name in the file and default of the fields that a file can hold."""
    return [
        (
            field.name,
            field.encode_name,
            field.default
            if field.default_factory is msgspec.NODEFAULT
            else field.default_factory(),
        )
        for field in msgspec.structs.fields(cls)
        if not (field.name == "id" and issubclass(cls, Record))  # the key of the record
    ]
