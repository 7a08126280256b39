"""Small stores with just the records that a test needs, and answers that are asked for once."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from ice_facts.model import OPTIONAL_TABLES, TABLES
from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run

SOURCE: dict[str, Any] = {
    "title": "Code of Alpha",
    "publisher": "City of Alpha",
    "kind": "ordinance",
    "read": "2026-01-01",
}
CITED = [{"id": "alpha-code", "locator": "§ 1"}]


def write_store(root: Path, **tables: dict[str, Any]) -> str:
    """Write a store with these records by table, and empty tables for the rest.

    Every store has the source ``alpha-code``, which ``CITED`` cites. Hyphens of table names are
    underscores here.
    """
    records = {"sources": {"alpha-code": SOURCE}, **tables}
    for table in TABLES:
        content = records.get(table.replace("-", "_"), {})
        if content or table not in OPTIONAL_TABLES:
            (root / f"{table}.json").write_text(json.dumps(content), encoding="utf-8")
    return str(root)


_answers: dict[tuple[str, ...], Any] = {}


def answer_of(run: Run, *arguments: str) -> Any:
    """Return the JSON answer of a command, on the tests' date unless another is given.

    Answers from the bundled store are asked for once: it does not change while the tests run.
    """
    dated = arguments if "--as-of" in arguments else (*arguments, "--as-of", AS_OF)
    if "--data" in arguments:
        return run(*dated, "-f", "json").json()
    if dated not in _answers:
        _answers[dated] = run(*dated, "-f", "json").json()
    return _answers[dated]


def rule(dimension: str, stance: str, **more: Any) -> dict[str, Any]:
    """Return a confirmed rule since 2010."""
    return {
        "dimension": dimension,
        "stance": stance,
        "text": f"It {stance}.",
        "from": "2010",
        "confirmed": "2026-01-01",
        "sources": CITED,
        **more,
    }


def official(office: str, name: str, start: str, until: str | None = None) -> dict[str, Any]:
    """Return one term."""
    return {"office": office, "name": name, "from": start, "until": until, "sources": CITED}


def place(name: str, level: str = "city", **more: Any) -> dict[str, Any]:
    """Return a jurisdiction."""
    return {"name": name, "level": level, "state": "IL", **more}


def policy(short: str, **more: Any) -> dict[str, Any]:
    """Return an ordinance of Alpha."""
    return {
        "title": f"The {short}",
        "short": short,
        "kind": "ordinance",
        "jurisdiction": "alpha",
        "status": "in force",
        "summary": f"What the {short} does.",
        "confirmed": "2026-01-01",
        "sources": CITED,
        **more,
    }


def event(date: str, title: str, *about: str) -> dict[str, Any]:
    """Return an event."""
    return {
        "date": date,
        "title": title,
        "text": f"In full: {title}.",
        "about": list(about),
        "confirmed": "2026-01-01",
        "sources": CITED,
    }


def unconfirmed_store(root: Path) -> Path:
    """Return a copy of the small store in which nothing is confirmed."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items() if k != "confirmed"}
        return [plain(v) for v in value] if isinstance(value, list) else value

    shutil.copytree(GOOD, root)
    for path in root.rglob("*.json"):
        content = plain(json.loads(path.read_text(encoding="utf-8")))
        path.write_text(json.dumps(content), encoding="utf-8")
    return root
