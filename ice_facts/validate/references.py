"""Rules on ids: what a record refers to exists, and nothing is cited in vain."""

from __future__ import annotations

from collections.abc import Iterator

from ice_facts.model import (
    TABLES,
    Agreement,
    Citation,
    Claim,
    ClaimSubjects,
    Event,
    FormerAgreement,
    Jurisdiction,
    Listing,
    OfficeRef,
    Part,
    Place,
    Policy,
    Position,
    Rule,
    Series,
    Source,
    Stakeholder,
    Statistic,
    Term,
)
from ice_facts.validate.tables import Problem, Tables, parts, walk

PLACES = ("jurisdictions", "places")


ANY_TABLE = tuple(TABLES)


REFERENCES: dict[type[Part], dict[str, tuple[str, ...]]] = {
    Citation: {"id": ("sources",)},
    Jurisdiction: {"part_of": PLACES},
    Place: {"part_of": PLACES},
    Rule: {"policy": ("policies",)},
    Listing: {"list": ("policies",)},
    Policy: {"jurisdiction": PLACES, "concerns": PLACES},
    Stakeholder: {"jurisdiction": PLACES},
    OfficeRef: {"jurisdiction": PLACES},
    Position: {"stakeholder": ("stakeholders",), "policy": ("policies",), "topic": ("topics",)},
    Claim: {"article": ("sources",)},
    ClaimSubjects: {
        "jurisdictions": PLACES,
        "policies": ("policies",),
        "stakeholders": ("stakeholders",),
        "topics": ("topics",),
    },
    Event: {"about": ANY_TABLE},
    Statistic: {"jurisdiction": PLACES},
    Series: {"jurisdiction": PLACES},
    Term: {"policies": ("policies",)},
    Agreement: {"jurisdiction": PLACES},
    FormerAgreement: {"jurisdiction": PLACES},
}
"""Every field that holds an id of another record or several, and the tables where it may be."""


UNIQUE_ACROSS = ("jurisdictions", "places", "policies", "stakeholders", "events", "terms")
"""Tables that share one space of ids, so that ``show`` and ``about`` mean one thing by an id."""


def ids_exist(part: Part, tables: Tables) -> Iterator[Problem]:
    """Every id that a part holds of another record."""
    for field, where in REFERENCES.get(type(part), {}).items():
        value = getattr(part, field)
        several = isinstance(value, tuple)
        for n, id in enumerate(value if several else (value,)):
            if id is not None and not any(tables.knows(table, id) for table in where):
                place = " or ".join(where) if where != ANY_TABLE else "any table"
                yield Problem(
                    f"{field}[{n}]" if several else field,
                    f"{id!r} is not in {place}",
                    "correct the id, or add the record",
                )


def list_is_a_list(listing: Listing, tables: Tables) -> Iterator[Problem]:
    """An entry on a list names a policy of kind list."""
    policy = tables.get(Policy, listing.list)
    if policy and policy.kind != "list":
        problem = f"{listing.list!r} is of kind {policy.kind}, not list"
        yield Problem("list", problem, "name a policy of kind list")


def article_is_an_article(claim: Claim, tables: Tables) -> Iterator[Problem]:
    """A claim stands in a source of kind article."""
    source = tables.get(Source, claim.article)
    if source and source.kind != "article":
        problem = f"{claim.article!r} is of kind {source.kind}, not article"
        yield Problem("article", problem, "name a source of kind article")


def office_exists(office: OfficeRef, tables: Tables) -> Iterator[Problem]:
    """An office has holders among the officials of its jurisdiction."""
    place = tables.get(Jurisdiction, office.jurisdiction)
    if place and all(official.office != office.office for official in place.officials):
        problem = f"{office.jurisdiction} has no official with the office {office.office!r}"
        yield Problem("office", problem, "name an office of its officials, or add its holder")


def position_is_on_one_thing(position: Position, tables: Tables) -> Iterator[Problem]:
    """A position is on a policy or on a topic."""
    if (position.policy is None) == (position.topic is None):
        both = "neither a policy nor a topic" if position.policy is None else "a policy and a topic"
        yield Problem("policy", f"is on {both}", "name exactly one of policy and topic")


def ids_are_of_one_table(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """An id that stands for records of different kinds."""
    for n, table in enumerate(UNIQUE_ACROSS):
        for other in UNIQUE_ACROSS[:n]:
            for id in tables.entries[table].keys() & tables.entries[other].keys():
                yield table, id, Problem("", f"the id is in {other} too", "give one another id")


def sources_are_used(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """Sources that nothing cites."""
    if tables.incomplete:
        return  # what could not be read may cite them
    cited: set[object] = set()
    for _, _, entry in tables.all():
        if entry.record is None:  # any text in it may be meant as a citation
            cited.update(item for _, item in walk(entry.value) if isinstance(item, str))
            continue
        cited.update(part.id for _, part in parts(entry.record) if isinstance(part, Citation))
        if isinstance(entry.record, Claim):
            cited.add(entry.record.article)
    for id in tables.entries["sources"].keys() - cited:
        yield "sources", id, Problem("", "nothing cites it", "cite it, or take it away")
