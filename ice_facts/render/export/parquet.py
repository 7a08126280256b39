"""An export as Parquet: a folder for each table, which DuckDB, Spark and pandas read as one.

Tables of places and agreements are divided by state the way Hive divides: the state stands in the
name of the folder (``by_state=IL``), which readers take for a column. It stands in the rows too,
and is empty there for what is in no state: pandas cannot read a folder without a value.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ice_facts.across.export.shape import ExportColumn
from ice_facts.across.export.tables import Export, ExportTable, Row
from ice_facts.errors import UsageError
from ice_facts.render.export import TITLE, Step, description, licence

DIVIDED_BY, FOLDERS, NO_STATE = "state", "by_state", "none"


def write(export: Export, folder: Path, step: Step) -> None:
    """Write ``<table>/part-0.parquet``, or one of them for each state.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet needs the library pyarrow", ["pip install 'ice-facts[parquet]'"]
        ) from error
    about = {
        "title": TITLE,
        "description": description(export),
        "version": export.version,
        "as_of": export.as_of,
        "licence": licence(),
    }
    for table in export.tables:
        step(table.name)
        columns = list(table.shape.columns)
        for place, rows in _divided(table):
            part = folder / table.name / place if place else folder / table.name
            part.mkdir(parents=True, exist_ok=True)
            schema = pyarrow.schema(
                [
                    pyarrow.field(c.name, _type(pyarrow, c), nullable=not c.required)
                    for c in columns
                ],
                metadata={"ice-facts": json.dumps({**about, "table": table.shape.about})},
            )
            arrays = [
                pyarrow.array([_cell(row[n], c) for row in rows], schema.field(c.name).type)
                for n, c in enumerate(columns)
            ]
            made = pyarrow.Table.from_arrays(arrays, schema=schema)
            parquet.write_table(made, part / "part-0.parquet", compression="zstd")


def _divided(table: ExportTable) -> list[tuple[str, list[Row]]]:
    """Return the rows of a table by the folder that they stand in; "" where it is not divided."""
    names = [column.name for column in table.shape.columns]
    if DIVIDED_BY not in names:
        return [("", table.rows)]
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        value = row[names.index(DIVIDED_BY)]
        groups.setdefault(f"{FOLDERS}={value or NO_STATE}", []).append(row)
    return sorted(groups.items())


def _type(pyarrow: Any, column: ExportColumn) -> Any:
    return {
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "words": pyarrow.list_(pyarrow.string()),
        "object": pyarrow.string(),
    }.get(column.kind, pyarrow.string())


def _cell(value: Any, column: ExportColumn) -> Any:
    if value is None:
        return None
    if column.kind == "object":
        return json.dumps(value, ensure_ascii=False)
    if column.kind == "date":
        from datetime import date

        return date.fromisoformat(value)
    return value
