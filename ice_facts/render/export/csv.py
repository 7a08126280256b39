"""An export as a Data Package: a CSV file for each table, described by ``datapackage.json``."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from ice_facts.across.export.shape import ExportColumn
from ice_facts.across.export.tables import LICENCE, Export, ExportTable
from ice_facts.dates import PARTIAL_DATE_PATTERN
from ice_facts.render.export import HOME, TITLE, Step, description

TYPES = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "words": "array",
    "object": "object",
}
"""Types of fields that hold no text."""


def write(export: Export, folder: Path, step: Step) -> None:
    """Write a file for each table, and the description of all."""
    for table in export.tables:
        step(table.name)
        kinds = [column.kind for column in table.shape.columns]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            # Cells are as they are: a guard against spreadsheets would change the data.
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in table.shape.columns])
            for row in table.rows:
                writer.writerow([cell(v, k) for v, k in zip(row, kinds, strict=True)])
    text = json.dumps(package(export), ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8")


def cell(value: Any, kind: str) -> str:
    """Return a value as the text of a cell."""
    if value is None:
        return ""
    if kind in ("words", "object"):
        return json.dumps(value, ensure_ascii=False)
    if kind == "boolean":
        return "true" if value else "false"
    if kind == "number":
        return str(int(value)) if value == int(value) else repr(value)
    return str(value)


def package(export: Export) -> dict[str, Any]:
    """Return the description of a Data Package."""
    names = {table.name for table in export.tables}
    return {
        "profile": "tabular-data-package",
        "name": HOME,
        "title": TITLE,
        "description": description(export),
        "version": export.version,
        "licenses": [
            {
                "name": LICENCE,
                "title": f"{LICENCE} licence; quotations keep the rights of their owners",
                "path": f"https://opensource.org/license/{LICENCE.lower()}",
            }
        ],
        "sources": [
            {"title": f"{publisher}: {count} {'document' if count == 1 else 'documents'}"}
            for publisher, count in export.publishers
        ],
        "resources": [_resource(table, names) for table in export.tables],
    }


def _resource(table: ExportTable, names: set[str]) -> dict[str, Any]:
    shape = table.shape
    schema: dict[str, Any] = {
        "fields": [_field(column, column.name in shape.key) for column in shape.columns],
        "primaryKey": list(shape.key),
        "missingValues": [""],
    }
    keys = [
        {
            "fields": [column.name],
            "reference": {
                # A table that refers to itself is named by an empty text.
                "resource": "" if column.refers == shape.name else column.refers,
                "fields": ["id"],
            },
        }
        for column in shape.columns
        if column.refers in names
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": shape.name.replace("_", "-"),
        "title": shape.name.replace("_", " "),
        "description": shape.about,
        "path": f"{shape.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: ExportColumn, is_key: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.legal:
        constraints["enum"] = list(column.legal)
    if column.kind == "partial":
        constraints["pattern"] = PARTIAL_DATE_PATTERN
    field = {"name": column.name, "type": TYPES.get(column.kind, "string")}
    return {**field, "constraints": constraints} if constraints else field
