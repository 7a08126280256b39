"""The table of commands: where each is, what it does in one line, and examples of it.

Help and completion read this table, so that no command has to be built for them.
"""

from __future__ import annotations

from typing import NamedTuple


class Command(NamedTuple):
    """A command: the module of ``ice_facts.cli`` with its function, its summary and examples."""

    module: str
    summary: str
    examples: tuple[str, ...]
    panel: str


CARDS, LISTS, DATA = "Cards", "Lists", "The store itself"

COMMANDS: dict[str, Command] = {
    "city": Command(
        "lookup",
        "Who governs a city, which rules hold there, and who says so.",
        (
            "city chicago",
            "city 'san francisco' --as-of 2015-07",
            "city nyc --section rules,claims",
            "city chicago houston -f json",
        ),
        CARDS,
    ),
    "county": Command(
        "lookup",
        "The same for a county or parish: its jail is where most rules bite.",
        (
            "county cook",
            "county 'san diego' --section agreements",
            "county harris --state tx",
        ),
        CARDS,
    ),
    "state": Command(
        "lookup",
        "The same for a state or the District of Columbia.",
        ("state illinois", "state TX --section rules", "state dc"),
        CARDS,
    ),
    "policy": Command(
        "lookup",
        "What a statute, ordinance, order, program or ruling is and does.",
        (
            "policy 'welcoming city ordinance'",
            "policy sb54",
            "policy 287g --section provisions",
        ),
        CARDS,
    ),
    "stakeholder": Command(
        "lookup",
        "Who a person, office, agency or group is, and what it wants.",
        (
            "stakeholder ice",
            "stakeholder chicago-mayor --as-of 2021",
            "stakeholder fop",
        ),
        CARDS,
    ),
    "topic": Command(
        "lookup",
        "Everything on a topic: both sides, claims, policies, terms.",
        ("topic community-trust", "topic detainers --section positions"),
        CARDS,
    ),
    "term": Command(
        "lookup",
        "What a word means, and the policies to which it matters.",
        ("term detainer", "term '287(g)'"),
        CARDS,
    ),
    "claim": Command(
        "lookup",
        "A statement of one of the articles, checked against the record.",
        ("claim 001-23", "claim 002-11 002-12"),
        CARDS,
    ),
    "source": Command(
        "lookup",
        "A document, and the facts that rest on it.",
        ("source chicago-mcc-2-173-020",),
        CARDS,
    ),
    "show": Command(
        "lookup",
        "Any record of any kind, by name or id.",
        ("show chicago", "show 'values act' detainer"),
        CARDS,
    ),
    "cities": Command(
        "listing",
        "Cities, with filters on rules and lists.",
        (
            "cities --state ca",
            "cities --rule detainers=prohibits",
            "cities --listed doj",
        ),
        LISTS,
    ),
    "counties": Command(
        "listing",
        "Counties, with filters on rules and lists.",
        ("counties --state tx", "counties --listed dhs -f tsv"),
        LISTS,
    ),
    "states": Command(
        "listing",
        "States, with filters on rules and lists.",
        ("states --rule 287g=prohibits", "states --rule 287g=requires --as-of 2026"),
        LISTS,
    ),
    "policies": Command(
        "listing",
        "Policies, newest first.",
        ("policies --state il", "policies --kind ordinance --status 'in force'"),
        LISTS,
    ),
    "stakeholders": Command(
        "listing",
        "Stakeholders, with the number of their positions.",
        ("stakeholders --kind union", "stakeholders --of chicago"),
        LISTS,
    ),
    "topics": Command("listing", "Topics that positions and claims are about.", ("topics",), LISTS),
    "terms": Command("listing", "The glossary.", ("terms", "terms -f tsv --fields id,term"), LISTS),
    "claims": Command(
        "listing",
        "What the articles say and how it stands against the record.",
        ("claims --status contradicted", "claims --about chicago", "claims -f json"),
        LISTS,
    ),
    "events": Command(
        "listing",
        "What happened, oldest first.",
        ("events --about chicago --from 2025", "events --to 2012"),
        LISTS,
    ),
    "sources": Command(
        "listing",
        "The documents that facts rest on.",
        ("sources --kind statute", "sources --publisher 'Justice' --year 2025"),
        LISTS,
    ),
    "data": Command(
        "data",
        "The store: its size and dates, where it is, its defects, its schemas.",
        ("data info", "data path", "data check data", "data schema policies"),
        DATA,
    ),
}
