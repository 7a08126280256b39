"""The one table of the kinds of record: class, table, words, room and order."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from ice_facts.model.records import (
    Agreement,
    Claim,
    Event,
    FormerAgreement,
    Jurisdiction,
    Place,
    Policy,
    Position,
    Record,
    Series,
    Source,
    Stakeholder,
    Statistic,
    Term,
    Topic,
)


class Subject(Struct, frozen=True):
    """A kind of record.

    Args:
        table: Its table in the store.
        cls: The class of its records, which is also the schema.
        word: The word for one of them and the command that shows it; empty where a record's
            level is the word, or where there is no card.
        room: The module below ``ice_facts.subjects`` with its card; empty where there is none.
        named: 2 for things that people call by name, 1 for what only has a title, 0 for neither.
        listed: Whether a command in the plural, the name of the table, lists them.
        optional: Whether a store can do without the table.
    """

    table: str
    cls: type[Record]
    word: str = ""
    room: str = ""
    named: int = 0
    listed: bool = False
    optional: bool = False


SUBJECTS = (
    Subject("jurisdictions", Jurisdiction, "", "place.room", named=2),
    Subject("places", Place, optional=True),
    Subject("policies", Policy, "policy", "policy.room", named=2, listed=True),
    Subject("stakeholders", Stakeholder, "stakeholder", "stakeholder", named=2, listed=True),
    Subject("positions", Position, "position", "position.card"),
    Subject("claims", Claim, "claim", "claim", named=1, listed=True),
    Subject("events", Event, "event", "event", named=1),
    Subject("statistics", Statistic, "statistic", "statistic", named=1),
    Subject("series", Series, optional=True),
    Subject("topics", Topic, "topic", "topic", named=2, listed=True),
    Subject("terms", Term, "term", "term", named=2, listed=True),
    Subject("agreements", Agreement, "agreement", "agreement.one"),
    Subject("former-agreements", FormerAgreement, optional=True),
    Subject("sources", Source, "source", "source", named=1, listed=True),
)
"""Every kind of record, in the order of the tables."""

TABLES: dict[str, type[Record]] = {s.table: s.cls for s in SUBJECTS}
"""Every table of the store, with the class of its records."""

OPTIONAL_TABLES = frozenset(s.table for s in SUBJECTS if s.optional)
"""Tables that a store can do without."""

SUBJECT_OF: dict[type[Record], Subject] = {s.cls: s for s in SUBJECTS}

THINGS = tuple(s.cls for s in SUBJECTS if s.named == 2)
"""The classes of things, which are meant before what only has a title."""

ALL_NAMED = (*THINGS, *(s.cls for s in SUBJECTS if s.named == 1))
"""The classes whose records people call by name."""


def table_schema(table: str) -> dict[str, Any]:
    """Return the JSON Schema of a table's file: an object of records by id."""
    cls: Any = TABLES[table]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"ice-facts {table}",
        **msgspec.json.schema(dict[str, cls]),
    }
