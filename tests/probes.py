"""One question to every command, answered by the small store, for tests of all formats."""

from __future__ import annotations

import shlex

from tests.bad_stores import GOOD
from tests.conftest import AS_OF

UNDATED = ("search", "cite", "lesson", "data")
"""Commands without ``--as-of``: their answer depends on no date."""

PROBES = {
    "search": "search exampleton",
    "check": "check 'Ana Ruiz is the mayor of Exampleton'",
    "cite": "cite exampleton --fact",
    "city": "city exampleton",
    "county": "county sample-county-ex",
    "state": "state example-state",
    "policy": "policy exampleton-ordinance",
    "stakeholder": "stakeholder exampleton-mayor",
    "topic": "topic community-trust",
    "term": "term detainer",
    "claim": "claim 001-01",
    "source": "source daily-report",
    "show": "show exampleton detainer",
    "compare": "compare exampleton sample-county-ex",
    "positions": "positions community-trust",
    "timeline": "timeline exampleton",
    "cities": "cities",
    "counties": "counties",
    "states": "states",
    "rules": "rules",
    "policies": "policies",
    "stakeholders": "stakeholders",
    "topics": "topics",
    "terms": "terms",
    "claims": "claims",
    "events": "events",
    "sources": "sources",
    "agreements": "agreements",
    "statistics": "statistics",
    "chart": "chart agreements --by level",
    "map": "map agreements",
    "export": "export",
    "slides": "slides exampleton 'term detainer'",
    "lesson": "lesson numbers",
    "spotlight": "spotlight --seed 1",
    "sides": "sides community-trust",
    "worksheet": "worksheet --seed 1",
    "quiz": "quiz --seed 1",
    "cards": "cards",
    "data": "data info",
}


def question(command: str, *, store: str = str(GOOD)) -> list[str]:
    """Return the arguments of the question to a command."""
    dated = [] if command in UNDATED else ["--as-of", AS_OF]
    return [*shlex.split(PROBES[command]), "--data", store, *dated]
