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


VARIABLE = "_ICE_FACTS_COMPLETE"
"""The environment variable by which a shell asks for completion."""

FIND, CARDS, LISTS, DATA = "Find", "Cards", "Lists", "The store itself"
TOGETHER = "Side by side and over time"
NUMBERS = "Numbers"

COMMANDS: dict[str, Command] = {
    "search": Command(
        "find",
        "Full-text search over everything, the thing itself first.",
        (
            "search judicial warrant",
            "search 'welcoming city' --in policies,claims",
            "search 'detain*' --place illinois --limit 5 -f json",
        ),
        FIND,
    ),
    "check": Command(
        "find",
        "The claims and facts on record that are nearest to a sentence.",
        (
            "check 'Lori Lightfoot is mayor of Chicago'",
            "check 'Deportations in Los Angeles rose 27 percent' -f json",
            "check 'ICE was created by the 2003 Homeland Security Act'",
        ),
        FIND,
    ),
    "cite": Command(
        "cite",
        "Citations of sources: BibTeX, RIS, CSL-JSON or plain text.",
        (
            "cite 'values act' --style bibtex",
            "cite chicago --fact",
            "cite chicago-mcc-2-173-020 --style ris",
        ),
        FIND,
    ),
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
        ("term detainer", "term 'judicial warrant'"),
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
    "compare": Command(
        "compare",
        "Places, policies or stakeholders side by side; a place at two dates.",
        (
            "compare los-angeles chicago new-york-city",
            "compare sf nassau-county houston --on detainers,287g",
            "compare sb54 welcoming-city-ordinance --differences",
            "compare chicago --as-of 2012 --with 2024 --on rules",
        ),
        TOGETHER,
    ),
    "positions": Command(
        "compare",
        "Who is for and against what: stance, concern, remedy, date.",
        (
            "positions operation-midway-blitz",
            "positions 287g --stance opposes",
            "positions sanctuary-policies --kind association --as-of 2018",
        ),
        TOGETHER,
    ),
    "timeline": Command(
        "compare",
        "What happened when: enactments, rulings, terms, lists, agreements, events.",
        (
            "timeline chicago --from 1985",
            "timeline chicago cook-county-il illinois --kind enactment,ruling",
            "timeline --reverse --limit 20",
        ),
        TOGETHER,
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
        (
            "sources --kind statute",
            "sources --publisher 'Justice' --year 2025",
            "sources --once --undated --kind news",
        ),
        LISTS,
    ),
    "agreements": Command(
        "numbers",
        "287(g) agreements between ICE and local agencies, and how many.",
        (
            "agreements --state tx --model 'task force'",
            "agreements --county broward --state fl",
            "agreements --by state",
            "agreements --former --state ma",
        ),
        NUMBERS,
    ),
    "statistics": Command(
        "numbers",
        "Numbers with what they count, their period, limits and source.",
        ("statistics removals", "statistics detention --of texas", "statistics 'book-ins' --all"),
        NUMBERS,
    ),
    "chart": Command(
        "numbers",
        "Lines over time and bars, on the terminal or as a picture.",
        (
            "chart agreements --by month --state FL,TX",
            "chart detention",
            "chart removals -o removals.png",
        ),
        NUMBERS,
    ),
    "map": Command(
        "numbers",
        "A tile map of the states: agreements, rules, lists.",
        ("map agreements", "map rule=detainers", "map listed=doj -o doj.svg"),
        NUMBERS,
    ),
    "data": Command(
        "data",
        "The store: its size and dates, where it is, its defects, its schemas.",
        ("data info", "data path", "data check data", "data schema policies"),
        DATA,
    ),
}
