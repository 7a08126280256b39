"""Larger stores than the bundled one: copies of its records under new ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ice_facts.model import TABLES
from ice_facts.store import bundled_data, table_files

WORDS = frozenset({"dimension", "kind", "level", "also", "measure", "model", "sector", "status"})
"""Fields with a word of a vocabulary, which can be an id as well."""


def multiplied(times: int, target: Path) -> Path:
    """Write a store that holds every record of the bundled one ``times`` times.

    Copy number n of a record has ``-copy-n`` behind every id in it, so that copies refer to copies.

    Args:
        times: How many copies, the original included.
        target: Folder to write to.

    Returns:
        The folder.
    """
    source = bundled_data()
    files = [(table, path) for table in TABLES for path in table_files(source, table)]
    records = {path: json.loads(path.read_text(encoding="utf-8")) for _, path in files}
    ids = {id for found in records.values() for id in found}

    def renamed(value: Any, suffix: str, field: str = "") -> Any:
        if isinstance(value, dict):
            return {key: renamed(inner, suffix, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [renamed(inner, suffix, field) for inner in value]
        is_id = isinstance(value, str) and value in ids and field not in WORDS
        return value + suffix if is_id else value

    for table, path in files:
        folder = target / table
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(times):
            suffix = f"-copy-{number}" if number else ""
            copy = {id + suffix: renamed(record, suffix) for id, record in records[path].items()}
            text = json.dumps(copy, ensure_ascii=False, indent=2)
            (folder / f"{path.stem}-{number}.json").write_text(text + "\n", encoding="utf-8")
    return target
