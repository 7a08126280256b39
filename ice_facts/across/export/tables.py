"""The rows of an export: all times, or what had been on record as holding on a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from ice_facts.across.export.shape import (
    CITATIONS,
    OWNER_ID_COLUMN,
    OWNER_TABLE_COLUMN,
    ExportColumn,
    Layout,
    Links,
    Shape,
    exported_name,
    layout_of,
    record_tables,
    singular,
    value_at,
)
from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.errors import UsageError
from ice_facts.model import (
    SUBJECT_OF,
    TABLES,
    Agreement,
    Event,
    FormerAgreement,
    Jurisdiction,
    Listing,
    Official,
    Place,
    Policy,
    Position,
    Record,
    Rule,
    Source,
    Statistic,
)
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import existed_on

Row = tuple[Any, ...]

LICENCE = "MIT"
LICENCE_NOTE = "Quotations in the records keep the rights of their owners."


class ExportTable(NamedTuple):
    """An exported table with its rows."""

    shape: Shape
    rows: list[Row]

    @property
    def name(self) -> str:
        """Its name."""
        return self.shape.name

    def column(self, name: str) -> int:
        """Return the index of a column."""
        return [column.name for column in self.shape.columns].index(name)


class Export(NamedTuple):
    """Everything that is exported.

    Args:
        version: The newest confirmation in the store.
        as_of: The date of the export; empty for all times.
        tables: The tables, those that others refer to first where they can be.
        publishers: How many documents of each publisher the record cites, the most cited first.
    """

    version: str
    as_of: str
    tables: tuple[ExportTable, ...]
    publishers: tuple[tuple[str, int], ...]


HOLDS: dict[type[msgspec.Struct], Callable[[Any, str], bool]] = {
    Official: lambda o, on: holds_on(o.start, o.until, on, o.confirmed),
    Rule: lambda r, on: holds_on(r.start or r.known_from, r.until, on, r.confirmed),
    Listing: lambda entry, on: began_by(entry.start, on),
    Policy: existed_on,
    Position: lambda p, on: began_by(p.date, on),
    Event: lambda e, on: began_by(e.date, on),
    Statistic: lambda s, on: began_by(s.start or s.until, on),
    Agreement: lambda a, on: began_by(a.signed, on),
    FormerAgreement: lambda a, on: began_by(a.first_listed, on),
}
"""What is left out of an export as of a date, as the cards leave it out. Other things have no
beginning."""

ABOUT_PARTS = {
    "officials": "A term of one person in one office of a jurisdiction.",
    "rules": "What a jurisdiction says on one dimension of cooperation, over a span of time.",
    "listings": "A jurisdiction's entry on a published list.",
    "disputes": "A thing on which sources disagree.",
    "accounts": "One source's version in a dispute.",
    "provisions": "One provision of a policy and where it stands.",
    "amendments": "A dated change to a policy, or a ruling on it.",
    "readings": "Values of a series that one edition of a source gives.",
    "series_values": "One value of a series.",
}


def export_of(
    store: Store,
    only: Sequence[str] = (),
    as_of: str | None = None,
    step: Callable[[str], None] = lambda _: None,
) -> Export:
    """Return the tables of an export.

    Args:
        store: Where the records are.
        only: Names of tables; empty: all. A table of records brings those of their parts, and the
            citations of all of them.
        as_of: Only what holds on this date, or had happened by it.
        step: Called with the name of each table of the store when it is begun.

    Raises:
        UsageError: There is no such table, which the hint lists.
    """
    made = _Tables(store, as_of)
    for name, cls in record_tables():
        step(name)
        made.add(name, cls, store.each(cls))
        if cls is Jurisdiction:
            made.add(name, Place, store.each(Place))
    tables = _chosen(_without_loose_ends(made.tables()), only)
    publishers: dict[str, int] = {}
    for source in store.each(Source):
        publishers[source.publisher] = publishers.get(source.publisher, 0) + 1
    return Export(
        version=store.version(),
        as_of=as_of or "",
        tables=tables,
        publishers=tuple(sorted(publishers.items(), key=lambda p: (-p[1], p[0]))),
    )


class _Tables:
    """The tables while they are made."""

    def __init__(self, store: Store, as_of: str | None) -> None:
        self._as_of = as_of
        self._overlaid = store.overlaid if store.overlays else None
        self._shapes: dict[str, Shape] = {}
        self._layouts: dict[tuple[type[msgspec.Struct], str], Layout] = {}
        self._rows: dict[str, list[Row]] = {}
        self._citations: list[Row] = []

    def tables(self) -> list[ExportTable]:
        """Return the tables with their rows: those of records, then those of their parts."""
        self._shapes[CITATIONS.name] = CITATIONS
        self._rows[CITATIONS.name] = self._citations
        first = [name for name, _ in record_tables()]
        order = sorted(self._shapes, key=lambda n: first.index(n) if n in first else len(first))
        return [ExportTable(self._shapes[name], self._rows[name]) for name in order]

    def add(self, table: str, cls: type[Record], records: Iterator[Record]) -> None:
        """Add the records of a class to a table."""
        kept_in = SUBJECT_OF[cls].table
        shared = table == "jurisdictions"
        layout = self._layout(Jurisdiction if shared else cls, table, "")
        if shared:  # jurisdictions and places stand in one table, with the fields of both
            names = {column.name for column in layout.columns}
            more = [c for c in layout_of(Place, table).columns if c.name not in names]
            optional = [column._replace(required=False) for column in more]
            layout = layout._replace(columns=(*layout.columns, *optional))
        extra = (ExportColumn("kept_in", "text", (), True, "", ("jurisdictions", "places")),)
        origin = (ExportColumn("overlay", "text"),) if self._overlaid is not None else ()
        columns = (*layout.columns, *(extra if shared else ()), *origin)
        about = (cls.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip()
        self._shape(Shape(table, about, columns, ("id",)))
        rows = self._rows[table]
        overlaid = (self._overlaid or {}).get(kept_in, {})
        for record in records:
            if not self._holds(record):
                continue
            own: Row = _values(record, layout)
            if shared:
                own = (*own, kept_in)
            if origin:
                own = (*own, overlaid.get(record.id))
            rows.append(own)
            self._parts(record, record.id, layout, table)

    def _holds(self, part: Any) -> bool:
        rule = HOLDS.get(type(part)) if self._as_of else None
        return rule is None or rule(part, self._as_of or "")

    def _layout(self, cls: type[msgspec.Struct], table: str, of: str) -> Layout:
        """Return the layout of a class; the tables of its parts and pairs are begun."""
        key = (cls, table)
        if key in self._layouts:
            return self._layouts[key]
        made = self._layouts[key] = layout_of(cls, table)
        for links in made.links:
            owner = ExportColumn(singular(table), "text", (), True, table)
            other = ExportColumn(_last(links.path), "text", (), True, links.refers)
            extra = () if links.refers else (ExportColumn("table", "text", (), True),)
            columns = (owner, other._replace(name=_pair_name(owner.name, links)), *extra)
            about = f"Which {_last(links.path).replace('_', ' ')} a row of {table} names."
            names = tuple(column.name for column in columns[:2])
            self._shape(Shape(links.table, about, columns, names, of or table))
        for path in made.numbers:
            columns = (
                ExportColumn(singular(table), "text", (), True, table),
                ExportColumn("period", "text", (), True),
                ExportColumn("value", "number", (), True),
            )
            name = "series_values" if table == "readings" else f"{table}_{_last(path)}"
            names = tuple(column.name for column in columns[:2])
            self._shape(Shape(name, ABOUT_PARTS.get(name, ""), columns, names, of or table))
        for parts in made.parts:
            inner = self._layout(parts.cls, parts.table, of or table)
            is_shared = parts.table == "disputes"
            owner_columns = (
                (
                    ExportColumn(OWNER_TABLE_COLUMN, "text", (), True),
                    ExportColumn(OWNER_ID_COLUMN, "text", (), True),
                )
                if is_shared
                else (ExportColumn(singular(table), "text", (), True, table),)
            )
            columns = (ExportColumn("id", "text", (), True), *owner_columns, *inner.columns)
            about = ABOUT_PARTS.get(parts.table, "")
            self._shape(
                Shape(parts.table, about, columns, ("id",), "" if is_shared else of or table)
            )
        return made

    def _shape(self, shape: Shape) -> None:
        self._shapes.setdefault(shape.name, shape)
        self._rows.setdefault(shape.name, [])

    def _parts(self, record: Any, id: str, layout: Layout, table: str) -> None:
        """Add what a record or part holds several of: citations, ids, numbers and parts."""
        for path in layout.citations:
            part = "_".join(path[:-1])
            self._citations += [
                (table, id, part or None, number, citation.id, citation.locator or None)
                for number, citation in enumerate(value_at(record, path) or (), 1)
            ]
        for links in layout.links:
            for other in dict.fromkeys(value_at(record, links.path) or ()):
                self._rows[links.table].append((id, other) if links.refers else (id, other, None))
        for path in layout.numbers:
            name = "series_values" if table == "readings" else f"{table}_{_last(path)}"
            for period, value in sorted((value_at(record, path) or {}).items()):
                if not self._as_of or began_by(_period_start(period), self._as_of):
                    self._rows[name].append((id, period, float(value)))
        for parts in layout.parts:
            inner = self._layouts[parts.cls, parts.table]
            for number, part in enumerate(value_at(record, parts.path) or (), 1):
                if not self._holds(part):
                    continue
                own = f"{id}/{parts.table}/{number}"
                owner: Row = (table, id) if parts.table == "disputes" else (id,)
                self._rows[parts.table].append((own, *owner, *_values(part, inner)))
                self._parts(part, own, inner, parts.table)


def _last(path: tuple[str, ...]) -> str:
    return path[-1]


def _pair_name(owner: str, links: Links) -> str:
    """Return the name of the second column of a table of pairs."""
    name = _last(links.path)
    if name == "about":
        return "about"
    found = singular(links.refers) if links.refers else name
    return name if found == owner else found


def _period_start(period: str) -> str:
    """Return the first day of a fiscal year, month or day."""
    return f"{int(period[2:]) - 1}-10-01" if period.startswith("FY") else period


def _values(record: Any, layout: Layout) -> Row:
    """Return the values of a record's columns; empty texts and lists are no values."""
    found = []
    for column in layout.columns:
        value = value_at(record, column.path)
        if column.kind == "date":
            value = first_day(value) if value else None
        elif column.kind == "words":
            value = list(value) if value else None
        elif column.kind == "number" and value is not None:
            value = float(value)
        elif column.kind == "text" and value is not None:
            value = str(value) if column.required else str(value) or None
        elif column.kind == "object":
            value = dict(value) if value else None
        found.append(value)
    return tuple(found)


def _without_loose_ends(tables: Sequence[ExportTable]) -> list[ExportTable]:
    """Return tables in which every id that is named is there.

    An export as of a date leaves records out. What only ties to one of them goes with it, and a
    field that names one is empty.
    """
    known = {
        table.name: {row[0] for row in table.rows} for table in tables if table.shape.key == ("id",)
    }
    tables = [_typed_about(table, known) for table in tables]
    while True:
        changed = False
        swept = []
        for table in tables:
            rows = _swept(table, known)
            if len(rows) != len(table.rows) and table.name in known:
                known[table.name] = {row[0] for row in rows}
                changed = True
            swept.append(table._replace(rows=rows))
        tables = swept
        if not changed:
            return list(tables)


def _typed_about(table: ExportTable, known: Mapping[str, set[str]]) -> ExportTable:
    """Return a table of pairs whose ids can be of any table, with the table of each id."""
    names = [column.name for column in table.shape.columns]
    if names[1:] != ["about", "table"] or len(names) != 3:
        return table
    records = [name for name, _ in record_tables()]
    rows = [
        (id, other, next((name for name in records if other in known[name]), None))
        for id, other, _ in table.rows
    ]
    return table._replace(rows=[row for row in rows if row[2]])


def _swept(table: ExportTable, known: Mapping[str, set[str]]) -> list[Row]:
    """Return the rows of a table that can stand, with empty fields for ids that are not there."""
    columns = table.shape.columns
    references = [(n, c) for n, c in enumerate(columns) if c.refers in known]
    names = [c.name for c in columns]
    owner = names.index(OWNER_TABLE_COLUMN) if OWNER_TABLE_COLUMN in names else None
    rows = []
    for row in table.rows:
        if owner is not None and row[owner + 1] not in known.get(row[owner], ()):
            continue
        loose = [
            (n, c) for n, c in references if row[n] is not None and row[n] not in known[c.refers]
        ]
        if any(column.required for _, column in loose):
            continue
        if loose:
            values = list(row)
            for n, _ in loose:
                values[n] = None
            row = tuple(values)
        rows.append(row)
    return rows


def _chosen(tables: Sequence[ExportTable], only: Sequence[str]) -> tuple[ExportTable, ...]:
    """Return the tables that were asked for, with those of their parts and their citations."""
    if not only:
        return tuple(tables)
    legal = {table.name: table.name for table in tables}
    legal |= {name.replace("_", "-"): name for name in legal}
    legal |= {name: exported_name(name) for name in TABLES}
    wanted: set[str] = set()
    for word in only:
        if word not in legal:
            raise UsageError(
                f"no table {word!r} to export", [f"tables: {', '.join(t.name for t in tables)}"]
            )
        wanted.add(legal[word])
    named = {t.name for t in tables if t.name in wanted or t.shape.of in wanted}
    named |= {"disputes"} if wanted & {"jurisdictions", "policies", "events"} else set()
    if "disputes" in named:
        named.add("accounts")
    found = []
    for table in tables:
        if table.name == CITATIONS.name and table.name not in wanted:
            rows = [row for row in table.rows if row[0] in named]
        elif table.name == "disputes" and table.name not in wanted:
            rows = [row for row in table.rows if row[1] in named]
        elif table.name not in named:
            continue
        else:
            rows = table.rows
        if rows or table.name in named:
            found.append(table._replace(rows=rows))
    known = {t.name: {row[0] for row in t.rows} for t in found if t.shape.key == ("id",)}
    return tuple(
        t._replace(rows=_swept(t, known) if t.name == "accounts" else t.rows) for t in found
    )


def references(export: Export) -> Iterator[tuple[ExportTable, ExportColumn]]:
    """Yield the columns that hold ids of records of a table that is exported too."""
    names = {table.name for table in export.tables}
    for table in export.tables:
        for column in table.shape.columns:
            if column.refers in names:
                yield table, column
