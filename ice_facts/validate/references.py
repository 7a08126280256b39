"""Rules on ids: records refer to records that exist, and every source is cited."""

from __future__ import annotations

from collections.abc import Iterator

from ice_facts.model import (
    TABLES,
    Claim,
    Jurisdiction,
    Listing,
    OfficeRef,
    Part,
    Policy,
    Position,
    Source,
)
from ice_facts.model.references import TABLES_OF_KIND, contents_of, reference_fields
from ice_facts.validate.tables import Problem, Tables, walk

ANY_TABLE = tuple(TABLES)

UNIQUE_ACROSS = ("jurisdictions", "places", "policies", "stakeholders", "events", "terms")
"""Tables that share one space of ids, so that an id in ``show`` or ``about`` means one record."""

UNUSED = "nothing cites it"


def ids_exist(part: Part, tables: Tables) -> Iterator[Problem]:
    """Every id of another record in a part is in its table."""
    for field, kind in reference_fields(type(part)).items():
        if kind == "state":  # a code, not an id: the schema knows its form
            continue
        where = TABLES_OF_KIND.get(kind, ANY_TABLE)
        value = getattr(part, field)
        several = isinstance(value, tuple)
        for n, id in enumerate(value if several else (value,)):
            if id is None:
                continue
            for table in where:
                if tables.knows(table, id):
                    break
            else:
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
    """A position is on a policy or on a topic; where both have one name, on the policy."""
    if (position.policy is None) == (position.topic is None):
        both = "neither a policy nor a topic" if position.policy is None else "a policy and a topic"
        yield Problem("policy", f"is on {both}", "name exactly one of policy and topic")
    elif position.topic and tables.get(Policy, position.topic):
        yield Problem("topic", f"{position.topic!r} is a policy too", "name it as the policy")


def ids_are_of_one_table(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """No id is in two tables that share one space of ids."""
    for n, table in enumerate(UNIQUE_ACROSS):
        for other in UNIQUE_ACROSS[:n]:
            for id in tables.entries[table].keys() & tables.entries[other].keys():
                yield table, id, Problem("", f"the id is in {other} too", "give one another id")


def sources_are_used(tables: Tables) -> Iterator[tuple[str, str, Problem]]:
    """Every source is cited."""
    if tables.incomplete:
        return  # a file that could not be read may cite them
    cited: set[str] = set()
    for _, _, entry in tables.all():
        if entry.record is None:  # any text in it may be meant as a citation
            cited.update(item for _, item in walk(entry.value) if isinstance(item, str))
        else:
            references = contents_of(type(entry.record), entry.value).references
            cited.update(id for kind, id in references if kind == "source")
    for id in tables.entries["sources"].keys() - cited:
        yield "sources", id, Problem("", UNUSED, "cite it, or take it away")
