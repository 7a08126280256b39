"""Larger stores than the bundled one: copies of its records under new ids."""

from __future__ import annotations

import json
import re
from pathlib import Path

from ice_facts.model import TABLES
from ice_facts.store import bundled_data, table_files


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
    ids = {id for table in TABLES for path in table_files(source, table) for id in _records(path)}
    quoted = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"')
    for table in TABLES:
        for path in table_files(source, table):
            text = path.read_text(encoding="utf-8")
            folder = target / table
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(times):

                def renamed(found: re.Match[str], number: int = number) -> str:
                    id = found[1]
                    return f'"{id}-copy-{number}"' if number and id in ids else found[0]

                copy = folder / f"{path.stem}-{number}.json"
                copy.write_text(quoted.sub(renamed, text), encoding="utf-8")
    return target


def _records(path: Path) -> list[str]:
    return list(json.loads(path.read_text(encoding="utf-8")))
