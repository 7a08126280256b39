"""An export as JSON Lines: a file for each table, an object for each row."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ice_facts.across.export.tables import Export
from ice_facts.render.export import TITLE, Step, description, licence


def write(export: Export, folder: Path, step: Step) -> None:
    """Write ``<table>.jsonl`` for each table, and ``about.json``. Empty fields are null."""
    for table in export.tables:
        step(table.name)
        names = [column.name for column in table.shape.columns]
        lines = (msgspec.json.encode(dict(zip(names, row, strict=True))) for row in table.rows)
        with (folder / f"{table.name}.jsonl").open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
    about = {
        "title": TITLE,
        "description": description(export),
        "version": export.version,
        "as_of": export.as_of or None,
        "licence": licence(),
        "tables": {table.name: table.shape.about for table in export.tables},
    }
    text = msgspec.json.format(msgspec.json.encode(about), indent=2)
    (folder / "about.json").write_bytes(text + b"\n")
