"""The records of the bundled store as its JSON files have them, read without the program."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"

Record = dict[str, Any]


@cache
def records(table: str) -> dict[str, Record]:
    """Return the records of a table by id."""
    single = DATA / f"{table}.json"
    found: dict[str, Record] = {}
    for path in [single] if single.exists() else sorted((DATA / table).glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def values_of(table: str, field: str) -> list[str]:
    """Return the values that a field has in a table, sorted; records without it do not count."""
    return sorted({r[field] for r in records(table).values() if r.get(field)})


def first(partial: str) -> str:
    """Return the first day of a partial date."""
    return partial if len(partial) == 10 else f"{partial}-01-01"[:10]


def began(start: str | None, on: str) -> bool:
    """Return True if a partial date had begun by a full one; one that is not known had."""
    return start is None or first(start) <= on


def holds(fact: Record, on: str) -> bool:
    """Return True if a rule or a term of office holds on a full date."""
    start = fact.get("from") or fact.get("known_from") or fact.get("confirmed")
    until = fact.get("until")
    return began(start or date.today().isoformat(), on) and not (until and began(until, on))
