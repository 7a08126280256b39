"""References between records: which fields hold ids of other records, and reading them.

A field says it in its type: ``policy: PolicyId``. The types are in ``values``; everything here is
read off them, so that a new field of such a type is followed everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from ice_facts.model.values import Refers

TABLES_OF_KIND: dict[str, tuple[str, ...]] = {
    "jurisdiction": ("jurisdictions", "places"),
    "policy": ("policies",),
    "stakeholder": ("stakeholders",),
    "topic": ("topics",),
    "source": ("sources",),
}
"""The tables in which the records of a kind are."""


@cache
def reference_fields(cls: type[Struct]) -> dict[str, str]:
    """Return the fields of a class that hold ids of other records, each with the kind of record.

    Args:
        cls: The class of a record or of a part of one. Fields of its parts are not included.
    """
    return {name: kind for name, (_, kind, _) in _typed_fields(cls).items() if kind}


class Contents(Struct, frozen=True):
    """What the index needs of a record: its references and the confirmations of its facts."""

    references: list[tuple[str, str]]
    """The kind of record and the id of every reference, as often as it is there."""
    confirmed: list[str | None]
    """The date on which each fact was confirmed; None for a fact without one."""


def contents_of(cls: type[Struct], document: Any) -> Contents:
    """Read the references and confirmations out of a record, whether or not it is valid.

    Args:
        cls: The class of the record.
        document: The record as it is in its JSON file; values of a wrong type are passed over.
    """
    found = Contents([], [])
    if shape := _shape_of(cls):
        _collect(shape, document, found)
    return found


class _Shape(Struct, frozen=True):
    """Where the references and facts of a class are, by the names of the fields in JSON."""

    is_fact: bool
    references: list[tuple[str, str]]
    parts: list[tuple[str, _Shape]]


@cache
def _shape_of(cls: type[Struct]) -> _Shape | None:
    """Return where a class holds references or facts, in its parts too; None if nowhere."""
    references = []
    parts = []
    is_fact = False
    for name, (in_json, kind, inner) in _typed_fields(cls).items():
        is_fact = is_fact or name == "confirmed"
        if kind:
            references.append((in_json, kind))
        parts += [(in_json, shape) for part in inner if (shape := _shape_of(part))]
    return _Shape(is_fact, references, parts) if is_fact or references or parts else None


def _collect(shape: _Shape, value: Any, found: Contents) -> None:
    if isinstance(value, list):
        for item in value:
            _collect(shape, item, found)
    elif isinstance(value, dict):
        if shape.is_fact:
            date = value.get("confirmed")
            found.confirmed.append(date if isinstance(date, str) else None)
        for name, kind in shape.references:
            ids = value.get(name)
            if isinstance(ids, str):
                found.references.append((kind, ids))
            elif isinstance(ids, list):
                found.references.extend([(kind, id) for id in ids if isinstance(id, str)])
        for name, part in shape.parts:
            if name in value:
                _collect(part, value[name], found)


@cache
def _typed_fields(cls: type[Struct]) -> dict[str, tuple[str, str, tuple[type[Struct], ...]]]:
    """Return by field: its name in JSON, the kind of record it refers to, the parts it holds."""
    hints = get_type_hints(cls, include_extras=True)
    found = {}
    for field in fields(cls):
        types = list(_types_in(hints[field.name]))
        kind = next((item.kind for item in types if isinstance(item, Refers)), "")
        inner = tuple(item for item in types if isinstance(item, type) and issubclass(item, Struct))
        found[field.name] = (field.encode_name, kind, inner)
    return found


def _types_in(hint: Any) -> Iterator[Any]:
    """Yield a type hint and everything that it is composed of."""
    yield hint
    yield from getattr(hint, "__metadata__", ())
    for inner in get_args(hint):
        yield from _types_in(inner)
