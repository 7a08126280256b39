"""The tables of an export, read off the classes of the records.

Every table of the store becomes a table of rows. A field that holds parts (rules, officials,
provisions) becomes a table of its own, whose rows name the record that they are of; a field that
holds several ids becomes a table of pairs; all citations stand in one table, ``citations``.
Places without rules stand among the ``jurisdictions``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from msgspec import inspect

from ice_facts.dates import PARTIAL_DATE_PATTERN
from ice_facts.model import SUBJECT_OF, TABLES, Citation, Place, Record
from ice_facts.model.references import reference_fields

Kind = Literal["text", "integer", "number", "boolean", "date", "partial", "words", "object"]
"""What a column holds: ``partial`` is a date as far as it is known, ``words`` are several texts,
``object`` is an object of texts."""


class ExportColumn(NamedTuple):
    """A column of an exported table.

    Args:
        name: Its name, that of the field in the store.
        kind: What it holds.
        path: The attributes by which its value is reached from a record or part.
        required: Whether every row has a value.
        refers: The exported table of which it holds an id; empty for none.
        legal: The words that it can hold; empty for any.
    """

    name: str
    kind: Kind
    path: tuple[str, ...] = ()
    required: bool = False
    refers: str = ""
    legal: tuple[str, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether it holds text that a search goes through."""
        return self.kind in ("text", "words") and not (self.legal or self.refers)


class Shape(NamedTuple):
    """An exported table without its rows.

    Args:
        name: Its name.
        about: What one of its rows is.
        columns: Its columns.
        key: The columns by which a row is known.
        of: The table whose records its rows are parts of; empty for records and citations.
    """

    name: str
    about: str
    columns: tuple[ExportColumn, ...]
    key: tuple[str, ...]
    of: str = ""


class _Field(NamedTuple):
    """A field of a class, or of a part that the class has one of.

    Args:
        name: The name of its column.
        path: The attributes by which its value is reached.
        type: The type of its value.
        refers: The kind of record that it refers to; empty for none.
        required: Whether it always has a value.
    """

    name: str
    path: tuple[str, ...]
    type: inspect.Type
    refers: str
    required: bool


class Parts(NamedTuple):
    """A field with parts: its path and the table that they make."""

    path: tuple[str, ...]
    table: str
    cls: type[msgspec.Struct]


class Links(NamedTuple):
    """A field with several ids: its path, the table of pairs, and which records it refers to."""

    path: tuple[str, ...]
    table: str
    refers: str


class Layout(NamedTuple):
    """How a class of records or parts is exported.

    Args:
        columns: The columns of its table.
        parts: Its fields with parts, which make tables of their own.
        links: Its fields with several ids, which make tables of pairs.
        citations: Paths of its fields with citations.
        numbers: Paths of its objects of numbers, such as the values of a series by period.
    """

    columns: tuple[ExportColumn, ...]
    parts: tuple[Parts, ...]
    links: tuple[Links, ...]
    citations: tuple[tuple[str, ...], ...]
    numbers: tuple[tuple[str, ...], ...]


PART_TABLES = {
    ("jurisdictions", "listed"): "listings",
    ("policies", "amended"): "amendments",
    ("readings", "values"): "series_values",
}
"""Names of tables of parts that are not simply the name of the field."""

SHARED_PARTS = {"disputed": "disputes"}
"""Fields of several tables whose parts stand in one table, which says of which table they are."""

EXPORTED_TABLE_OF_KIND = {
    "jurisdiction": "jurisdictions",
    "policy": "policies",
    "stakeholder": "stakeholders",
    "topic": "topics",
    "source": "sources",
}
"""The exported table of the records that a reference names, by the kind of the reference."""

DAYS_LEFT_OUT = ("confirmed", "read", "as_of")
"""Partial dates that need no column with their first day: nobody asks what held on them."""

OWNER_TABLE_COLUMN = "of_table"
OWNER_ID_COLUMN = "of_id"
"""Columns of a table that is shared: of which table, and of which row of it, a row is."""

CITATIONS = Shape(
    "citations",
    "A place in a source that a fact rests on: the fact is a row of of_table.",
    (
        ExportColumn(OWNER_TABLE_COLUMN, "text", required=True),
        ExportColumn(OWNER_ID_COLUMN, "text", required=True),
        ExportColumn("part", "text"),
        ExportColumn("number", "integer", required=True),
        ExportColumn("source", "text", required=True, refers="sources"),
        ExportColumn("locator", "text"),
    ),
    (OWNER_TABLE_COLUMN, OWNER_ID_COLUMN, "part", "number"),
)


def exported_name(table: str) -> str:
    """Return the name under which a table of the store is exported."""
    return "jurisdictions" if table == "places" else table.replace("-", "_")


def singular(table: str) -> str:
    """Return the word for one record of an exported table, also the column with its id."""
    for subject in SUBJECT_OF.values():
        if exported_name(subject.table) == table and subject.word:
            return subject.word
    return table if table == "series" else table.removesuffix("s")


def layout_of(cls: type[msgspec.Struct], table: str) -> Layout:
    """Return how a class of records or parts is exported.

    Args:
        cls: The class.
        table: The exported table of its rows.
    """
    made = Layout((), (), (), (), ())
    for field in _fields(cls):
        made = _with_field(made, table, field)
    return made


def _with_field(made: Layout, table: str, field: _Field) -> Layout:
    """Return the layout of an exported table with one more field."""
    name, path, refers = field.name, field.path, field.refers
    inner, optional = _without_none(field.type)
    required = (field.required or name == "id") and not optional
    if isinstance(inner, inspect.VarTupleType):
        item = inner.item_type
        if isinstance(item, inspect.StructType):
            if item.cls is Citation:
                return made._replace(citations=(*made.citations, path))
            parts_table = SHARED_PARTS.get(name) or PART_TABLES.get((table, name), name)
            return made._replace(parts=(*made.parts, Parts(path, parts_table, item.cls)))
        if refers:
            links = Links(path, f"{table}_{name}", EXPORTED_TABLE_OF_KIND.get(refers, ""))
            return made._replace(links=(*made.links, links))
        column = ExportColumn(name, "words", path)
    elif isinstance(inner, inspect.DictType):
        if not isinstance(_without_none(inner.value_type)[0], inspect.StrType):
            return made._replace(numbers=(*made.numbers, path))
        column = ExportColumn(name, "object", path)
    else:
        what, legal = _scalar(inner)
        target = EXPORTED_TABLE_OF_KIND.get(refers, "")
        column = ExportColumn(name, what, path, required, target, legal)
    days = (
        (ExportColumn(f"{name}_day", "date", path, required),)
        if column.kind == "partial" and name not in DAYS_LEFT_OUT and not name.endswith("as_of")
        else ()
    )
    return made._replace(columns=(*made.columns, column, *days))


def _fields(
    cls: type[msgspec.Struct], before: tuple[str, ...] = (), names: str = "", optional: bool = False
) -> Iterator[_Field]:
    """Yield the fields of a class, and those of parts that it has one of.

    Args:
        cls: The class.
        before: The path to a part; empty for the class itself.
        names: What the names of the columns of a part begin with.
        optional: Whether the part can be missing.
    """
    info = inspect.type_info(cls)
    assert isinstance(info, inspect.StructType)
    references = reference_fields(cls)
    for field in info.fields:
        inner, can_miss = _without_none(field.type)
        name, path = f"{names}{field.encode_name}", (*before, field.name)
        if isinstance(inner, inspect.StructType):
            yield from _fields(inner.cls, path, f"{name}_", optional or can_miss)
        else:
            needed = field.required and not optional
            yield _Field(name, path, field.type, references.get(field.name, ""), needed)


def _without_none(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """Return a type without None, and whether it had it. A number of either kind is one type."""
    if isinstance(kind, inspect.Metadata):
        return _without_none(kind.type)
    if not isinstance(kind, inspect.UnionType):
        return kind, False
    kinds = [t for t in kind.types if not isinstance(t, inspect.NoneType)]
    optional = len(kinds) < len(kind.types)
    if len(kinds) > 1:
        is_number = all(isinstance(t, inspect.IntType | inspect.FloatType) for t in kinds)
        return (inspect.FloatType() if is_number else inspect.StrType()), optional
    return _without_none(kinds[0])[0], optional


def _scalar(kind: inspect.Type) -> tuple[Kind, tuple[str, ...]]:
    match kind:
        case inspect.BoolType():
            return "boolean", ()
        case inspect.IntType():
            return "integer", ()
        case inspect.FloatType():
            return "number", ()
        case inspect.LiteralType():
            return "text", tuple(str(value) for value in kind.values)
        case inspect.StrType() if kind.pattern == PARTIAL_DATE_PATTERN:
            return "partial", ()
    return "text", ()


def value_at(record: Any, path: tuple[str, ...]) -> Any:
    """Return the value at a path of attributes; None where a part on the way is not there."""
    for name in path:
        record = getattr(record, name, None)
        if record is None:
            return None
    return record


def record_tables() -> Iterator[tuple[str, type[Record]]]:
    """Yield the exported tables of records, each with its class; places are jurisdictions."""
    for table, cls in TABLES.items():
        if cls is not Place:
            yield exported_name(table), cls
