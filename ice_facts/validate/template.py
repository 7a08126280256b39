"""A record to begin with: the command ``data new TABLE``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import inspect

from ice_facts.dates import PARTIAL_DATE_PATTERN
from ice_facts.model import TABLES
from ice_facts.model.references import TABLES_OF_KIND, reference_fields

USUAL = frozenset({"sources", "from", "confirmed", "part_of", "rules", "policy", "state", "read"})
"""Fields that can be left out and that a first record should have all the same."""

DAY = "2025-01-01"
"""The day that stands for every date."""


def template(table: str, *, notes: bool) -> str:
    """Return the text of a file with one record of a table, to be filled in.

    Args:
        table: The table.
        notes: With every field, and what it takes in a comment, which JSON does not have. Without,
            it is JSON that fits the schema and has the fields that most records need.
    """
    lines = ["{"]
    lines += _record(TABLES[table], f'  "{_new_id(table)}": ', "  ", notes, last=True)
    return "\n".join([*lines, "}"]) + "\n"


def _new_id(table: str) -> str:
    one = table if table == "series" else re.sub("ies$", "y", table).removesuffix("s")
    return f"your-{one}"


def _record(
    cls: type[msgspec.Struct], start: str, indent: str, notes: bool, *, last: bool
) -> Iterator[str]:
    """Yield the lines of an object with the fields of a class."""
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)
    references = reference_fields(cls)
    # The id of a record is its key in the file; that of a citation is a field.
    fields = [f for f in info.fields if f.encode_name != "id" or f.required]
    if not notes:
        fields = [f for f in fields if f.required or f.encode_name in USUAL]
    yield f"{start}{{"
    for number, field in enumerate(fields):
        is_last = number == len(fields) - 1
        refers = references.get(field.name, "")
        yield from _field(field, refers, indent + "  ", notes, last=is_last)
    yield indent + ("}" if last else "},")


def _field(
    field: inspect.Field, refers: str, indent: str, notes: bool, *, last: bool
) -> Iterator[str]:
    kind, _ = _plain(field.type)
    start = f'{indent}"{field.encode_name}": '
    comma = "" if last else ","
    if isinstance(kind, inspect.StructType):
        yield from _record(kind.cls, start, indent, notes, last=last)
    elif isinstance(kind, inspect.VarTupleType) and isinstance(
        item := _plain(kind.item_type)[0], inspect.StructType
    ):
        yield f"{start}["
        yield from _record(item.cls, indent + "  ", indent + "  ", notes, last=True)
        yield f"{indent}]{comma}"
    else:
        value = msgspec.json.encode(_sample(field.type, refers)).decode()
        note = f"  // {_note(field, refers)}" if notes else ""
        yield f"{start}{value}{comma}{note}"


def _plain(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """Return a type without None and what describes it, and whether it had None."""
    if isinstance(kind, inspect.Metadata):
        return _plain(kind.type)
    if isinstance(kind, inspect.UnionType):
        kinds = [t for t in kind.types if not isinstance(t, inspect.NoneType)]
        return _plain(kinds[0])[0], len(kinds) < len(kind.types)
    return kind, False


def _sample(kind: inspect.Type, refers: str) -> Any:
    """Return a value that fits a type."""
    plain, _ = _plain(kind)
    match plain:
        case inspect.VarTupleType():
            return [_sample(plain.item_type, refers)]
        case inspect.DictType():
            return {_sample(plain.key_type, ""): _sample(plain.value_type, "")}
        case inspect.LiteralType():
            return plain.values[0]
        case inspect.BoolType():
            return False
        case inspect.IntType() | inspect.FloatType():
            return 0
        case inspect.StrType() if plain.pattern == PARTIAL_DATE_PATTERN:
            return DAY
        case inspect.StrType() if plain.pattern and "FY" in plain.pattern:
            return DAY[:7]
        case inspect.StrType() if plain.pattern == "^[A-Z]{2}$":
            return "IL"
        case inspect.StrType() if plain.pattern and r"\d{2}(" in plain.pattern:
            return "1714000"  # a code of the Census Bureau
    return _example_id(refers) if refers else "…"


def _example_id(refers: str) -> str:
    return {"source": "your-source", "jurisdiction": "illinois"}.get(refers, f"your-{refers}")


def _note(field: inspect.Field, refers: str) -> str:
    """Return what a field takes, in words."""
    kind, _ = _plain(field.type)
    parts = ["" if field.required else "may be left out"]
    item = kind
    if isinstance(kind, inspect.VarTupleType):
        parts.append("one or several")
        item = _plain(kind.item_type)[0]
    if isinstance(item, inspect.LiteralType):
        parts.append("one of: " + ", ".join(str(value) for value in item.values))
    elif isinstance(item, inspect.StrType) and item.pattern == PARTIAL_DATE_PATTERN:
        parts.append("YYYY, YYYY-MM or YYYY-MM-DD")
    elif refers == "state":
        parts.append("USPS code")
    elif refers:
        where = TABLES_OF_KIND.get(refers, ("any table",))
        parts.append(f"id of a record in {' or '.join(where)}, of yours or the store's")
    elif isinstance(item, inspect.BoolType):
        parts.append("true or false")
    elif isinstance(item, inspect.IntType | inspect.FloatType):
        parts.append("a number")
    else:
        parts.append("text in your own words")
    return "; ".join(part for part in parts if part)
