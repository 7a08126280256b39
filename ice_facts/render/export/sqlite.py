"""An export as a SQLite database, with foreign keys, full-text search, views, and what Datasette
shows about it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from ice_facts.across.export.shape import OWNER_ID_COLUMN, OWNER_TABLE_COLUMN, ExportColumn
from ice_facts.across.export.tables import LICENCE, Export, ExportTable, Row
from ice_facts.dates import first_day
from ice_facts.render.export import DATABASE, TITLE, Step, description, licence

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""Types of columns that hold no text."""

PAGE = 4096

_TODAY = "(SELECT coalesce(max(CASE name WHEN 'as_of' THEN value END), date('now')) FROM about)"

_HOLDS = (
    "coalesce({t}.from_day, {known}{t}.confirmed, {today}) <= {today}"
    " AND ({t}.until_day IS NULL OR {today} < {t}.until_day)"
)

VIEWS = {
    "rules_in_force": (
        ("jurisdictions", "jurisdictions_part_of", "rules"),
        "Rules that bind at a place, its own and those above it, today or on the day in about.",
        f"""
        SELECT layers.place AS place, rules.jurisdiction AS jurisdiction, rules.dimension,
          rules.stance, rules.binds, rules.text, rules.scope, rules.practice, rules.policy,
          rules."from", rules.known_from, rules.until, rules.confirmed, rules.id AS rule
        FROM (SELECT id AS place, id AS layer FROM jurisdictions
              UNION ALL SELECT jurisdiction, part_of FROM jurisdictions_part_of) AS layers
        JOIN rules ON rules.jurisdiction = layers.layer
        WHERE {_HOLDS.format(t="rules", known="rules.known_from_day, ", today=_TODAY)}
        """,
    ),
    "officials_in_office": (
        ("officials",),
        "Who holds which office today, or on the day in the table about.",
        f"""
        SELECT officials.* FROM officials
        WHERE {_HOLDS.format(t="officials", known="", today=_TODAY)}
        """,
    ),
    "positions_with_names": (
        ("positions", "stakeholders", "policies", "topics"),
        "Who supports or opposes what, with names in place of ids.",
        """
        SELECT positions.id, stakeholders.name AS stakeholder, stakeholders.kind, positions.stance,
          coalesce(policies.short, topics.name) AS subject, positions.concern, positions.remedy,
          positions.date, positions.text
        FROM positions JOIN stakeholders ON stakeholders.id = positions.stakeholder
        LEFT JOIN policies ON policies.id = positions.policy
        LEFT JOIN topics ON topics.id = positions.topic
        """,
    ),
    "agreements_by_state": (
        ("agreements",),
        "How many 287(g) agreements the agencies of each state have signed, by model.",
        """
        SELECT state, model, count(*) AS agreements FROM agreements GROUP BY state, model
        """,
    ),
    "claims_by_status": (
        ("claims", "sources"),
        "How many claims of each article stand how against the record.",
        """
        SELECT sources.title AS article, claims.check_status AS status, count(*) AS claims
        FROM claims JOIN sources ON sources.id = claims.article GROUP BY article, status
        """,
    ),
    "unconfirmed_rules": (
        ("rules",),
        "Rules that nobody has confirmed from their source yet.",
        "SELECT * FROM rules WHERE confirmed IS NULL",
    ),
}
"""Views, each with the tables that it needs and what it shows."""


def write(export: Export, folder: Path, step: Step) -> None:
    """Write ``ice-facts.db``, and ``metadata.json`` for Datasette."""
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as database:
        # The file is thrown away when it is not finished, so nothing needs to be undone.
        database.execute(f"PRAGMA page_size = {PAGE}")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("BEGIN")
        _about(database, export)
        names = {table.name for table in export.tables}
        for table in export.tables:
            step(table.name)
            _table(database, table, names)
            _search(database, table)
        for name, (needed, _, query) in VIEWS.items():
            if names.issuperset(needed):
                lines = " ".join(query.split())
                database.execute(f"CREATE VIEW {_quoted(name)} AS {lines}")
        database.execute("COMMIT")
        database.execute("ANALYZE")
    text = json.dumps(metadata(export, Path(DATABASE).stem), ensure_ascii=False, indent=2)
    (folder / "metadata.json").write_text(text + "\n", encoding="utf-8")


def _about(database: sqlite3.Connection, export: Export) -> None:
    """Write what the export is. A view asks here for its day."""
    database.execute("CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT)")
    rows = [
        ("title", TITLE),
        ("description", description(export)),
        ("version", export.version),
        ("licence", licence()),
    ]
    if export.as_of:
        rows.append(("as_of", first_day(export.as_of)))
    database.executemany("INSERT INTO about VALUES (?, ?)", rows)


def _table(database: sqlite3.Connection, table: ExportTable, names: set[str]) -> None:
    shape = table.shape
    lines = [_column(column) for column in shape.columns]
    lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, shape.key))})")
    lines += [
        f"FOREIGN KEY ({_quoted(column.name)}) REFERENCES {_quoted(column.refers)}(id)"
        for column in shape.columns
        if column.refers in names
    ]
    database.execute(f"CREATE TABLE {_quoted(shape.name)}(\n  " + ",\n  ".join(lines) + "\n)")
    marks = ", ".join("?" * len(shape.columns))
    database.executemany(f"INSERT INTO {_quoted(shape.name)} VALUES ({marks})", _rows(table))
    indexed = [column.name for column in shape.columns if column.refers or column.name == "state"]
    for name in indexed:
        if name != shape.key[0]:
            index = _quoted(f"{shape.name}_{name}")
            database.execute(f"CREATE INDEX {index} ON {_quoted(shape.name)}({_quoted(name)})")
    if [c.name for c in shape.columns[:2]] == [OWNER_TABLE_COLUMN, OWNER_ID_COLUMN]:
        return
    if OWNER_TABLE_COLUMN in [c.name for c in shape.columns]:
        index, owner = _quoted(f"{shape.name}_of"), f"{OWNER_TABLE_COLUMN}, {OWNER_ID_COLUMN}"
        database.execute(f"CREATE INDEX {index} ON {_quoted(shape.name)}({owner})")


def _column(column: ExportColumn) -> str:
    name = _quoted(column.name)
    parts = [name, TYPES.get(column.kind, "TEXT")]
    if column.required:
        parts.append("NOT NULL")
    if column.legal:
        words = ", ".join("'" + word.replace("'", "''") + "'" for word in column.legal)
        parts.append(f"CHECK ({name} IN ({words}))")
    elif column.kind == "boolean":
        parts.append(f"CHECK ({name} IN (0, 1))")
    return " ".join(parts)


def _rows(table: ExportTable) -> Iterable[Row]:
    """Return the rows of a table; lists and objects are JSON."""
    kinds = [column.kind for column in table.shape.columns]
    places = [n for n, kind in enumerate(kinds) if kind in ("words", "object")]
    return (_with_json(row, places) for row in table.rows) if places else table.rows


def _with_json(row: Row, places: Iterable[int]) -> Row:
    values = list(row)
    for n in places:
        if values[n] is not None:
            values[n] = json.dumps(values[n], ensure_ascii=False)
    return tuple(values)


def _search(database: sqlite3.Connection, table: ExportTable) -> None:
    """Make the full-text index of a table of records or of rules, if it has prose."""
    prose = [column.name for column in table.shape.columns if column.is_prose]
    no_prose = ("id", "url", OWNER_TABLE_COLUMN, OWNER_ID_COLUMN, "period", "locator")
    prose = [name for name in prose if name not in no_prose]
    if table.shape.key != ("id",) or not prose:
        return
    name, columns = _quoted(f"{table.name}_fts"), ", ".join(map(_quoted, prose))
    database.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content={_quoted(table.name)},"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    database.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")


def _quoted(name: str) -> str:
    return f'"{name}"'


def metadata(export: Export, database: str) -> dict[str, Any]:
    """Return what Datasette shows about the database and its tables."""
    tables = {
        table.name: {
            "description": table.shape.about,
            **({"sort": "id"} if table.shape.key == ("id",) else {}),
        }
        for table in export.tables
    }
    names = tables.keys()
    views = {
        name: {"description": about}
        for name, (needed, about, _) in VIEWS.items()
        if names >= set(needed)
    }
    top = ", ".join(f"{name} ({count})" for name, count in export.publishers[:10])
    return {
        "title": TITLE,
        "description": description(export),
        "license": licence(),
        "license_url": f"https://opensource.org/license/{LICENCE.lower()}",
        "source": f"{sum(count for _, count in export.publishers):,} documents in the table"
        f" sources; most of {top}",
        "databases": {database: {"tables": {**tables, **views}}},
    }
