"""The table of commands: where each is, what it does in one line, and examples of it.

Help and completion read this table, so that no command has to be built for them.
"""

from typing import NamedTuple

from ice_facts.vocabulary import JURISDICTION_TABLES, PLACE_TABLES, THING_TABLES


class Command(NamedTuple):
    """A command of the table.

    Args:
        room: The module with the function ``ask_<command>``; "" for ``data``, the group of
            commands on the store.
        summary: What it does, in one line.
        examples: Calls of it.
        panel: The heading under which help lists it.
        names: Tables whose records' names complete its first argument.
        extra: Names of the options of ``cli.options`` that it has beside those of all commands.
        dated: Whether the answer depends on a date, so that ``--as-of`` applies.
        answers: Whether it takes other commands and shows their answers.
        played: Whether it is played on a terminal where no format is asked for.
    """

    room: str
    summary: str
    examples: tuple[str, ...]
    panel: str
    names: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    dated: bool = True
    answers: bool = False
    played: bool = False


VARIABLE = "_ICE_FACTS_COMPLETE"
"""The environment variable by which a shell asks for completion."""

OF_CARDS = ("section", "full", "brief")
OF_LISTS = ("sort", "limit")

FIND, CARDS, LISTS, DATA = "Find", "Cards", "Lists", "The store itself"
TOGETHER = "Side by side and over time"
NUMBERS = "Numbers"
CLASS = "For class"

COMMANDS: dict[str, Command] = {
    "search": Command(
        "across.search.query",
        "Full-text search over everything, the thing itself first.",
        (
            "search judicial warrant",
            "search 'welcoming city' --in policies,claims",
            "search 'detain*' --place illinois --limit 5 -f json",
        ),
        FIND,
        dated=False,
    ),
    "check": Command(
        "across.nearest.answer",
        "What the record says on a sentence: rule, office, law, term, number.",
        (
            "check 'Chicago police must ask about immigration status'",
            "check 'Texas sheriffs must sign 287(g) agreements' -f json",
            "check 'A detainer is a warrant signed by a judge'",
        ),
        FIND,
    ),
    "cite": Command(
        "across.cite",
        "Citations of sources: BibTeX, RIS, CSL-JSON or plain text.",
        (
            "cite 'values act' --style bibtex",
            "cite chicago --fact",
            "cite chicago-mcc-2-173-020 --style ris",
        ),
        FIND,
        names=(*THING_TABLES, "terms"),
        extra=("style",),
        dated=False,
    ),
    "city": Command(
        "subjects.cards",
        "Who governs a city, which rules hold there, and who says so.",
        (
            "city chicago",
            "city 'san francisco' --as-of 2015-07",
            "city nyc --section rules,claims",
            "city chicago houston -f json",
        ),
        CARDS,
        names=PLACE_TABLES,
        extra=OF_CARDS,
    ),
    "county": Command(
        "subjects.cards",
        "The same for a county or parish: its jail is where most rules bite.",
        (
            "county cook",
            "county 'san diego' --section agreements",
            "county harris --state tx",
        ),
        CARDS,
        names=PLACE_TABLES,
        extra=OF_CARDS,
    ),
    "state": Command(
        "subjects.cards",
        "The same for a state or the District of Columbia.",
        ("state illinois", "state TX --section rules", "state dc"),
        CARDS,
        names=JURISDICTION_TABLES,
        extra=OF_CARDS,
    ),
    "policy": Command(
        "subjects.cards",
        "What a statute, ordinance, order, program or ruling is and does.",
        (
            "policy 'welcoming city ordinance'",
            "policy sb54",
            "policy 287g --section provisions",
        ),
        CARDS,
        names=("policies",),
        extra=OF_CARDS,
    ),
    "stakeholder": Command(
        "subjects.cards",
        "Who a person, office, agency or group is, and what it wants.",
        (
            "stakeholder ice",
            "stakeholder chicago-mayor --as-of 2021",
            "stakeholder fop",
        ),
        CARDS,
        names=("stakeholders",),
        extra=OF_CARDS,
    ),
    "topic": Command(
        "subjects.cards",
        "Everything on a topic: both sides, claims, policies, terms.",
        ("topic community-trust", "topic detainers --section positions"),
        CARDS,
        names=("topics",),
        extra=OF_CARDS,
    ),
    "term": Command(
        "subjects.cards",
        "What a word means, and the policies to which it matters.",
        ("term detainer", "term 'judicial warrant'"),
        CARDS,
        names=("terms",),
        extra=OF_CARDS,
    ),
    "claim": Command(
        "subjects.cards",
        "A statement of one of the articles, checked against the record.",
        ("claim 001-23", "claim 002-11 002-12", "claim 001-22 -f jsonld"),
        CARDS,
        names=("claims",),
        extra=OF_CARDS,
    ),
    "source": Command(
        "subjects.cards",
        "A document, and the facts that rest on it.",
        ("source chicago-mcc-2-173-020",),
        CARDS,
        names=("sources",),
        extra=OF_CARDS,
    ),
    "show": Command(
        "subjects.cards",
        "Any record of any kind, by name or id.",
        ("show chicago", "show 'values act' detainer"),
        CARDS,
        names=(*THING_TABLES, "terms"),
        extra=OF_CARDS,
    ),
    "compare": Command(
        "across.compare.answer",
        "Places, policies or stakeholders side by side; a place at two dates.",
        (
            "compare los-angeles chicago new-york-city",
            "compare sf nassau-county houston --on detainers,287g",
            "compare sb54 welcoming-city-ordinance --differences",
            "compare chicago --as-of 2012 --with 2024 --on rules",
        ),
        TOGETHER,
        names=(*JURISDICTION_TABLES, "policies", "stakeholders"),
        extra=("full",),
    ),
    "positions": Command(
        "across.positions.found",
        "Who is for and against what: stance, concern, remedy, date.",
        (
            "positions operation-midway-blitz",
            "positions 287g --stance opposes",
            "positions sanctuary-policies --kind association --as-of 2018",
        ),
        TOGETHER,
        names=THING_TABLES,
    ),
    "timeline": Command(
        "across.timeline.gather",
        "What happened when: enactments, rulings, terms, lists, agreements, events.",
        (
            "timeline chicago --from 1985",
            "timeline chicago cook-county-il illinois --kind enactment,ruling",
            "timeline --reverse --limit 20",
        ),
        TOGETHER,
        names=THING_TABLES,
    ),
    "cities": Command(
        "subjects.place.listing",
        "Cities, with filters on rules and lists.",
        (
            "cities --state ca",
            "cities --rule detainers=prohibits",
            "cities --rule detainers=requires --effective",
            "cities --listed doj",
        ),
        LISTS,
        extra=OF_LISTS,
    ),
    "counties": Command(
        "subjects.place.listing",
        "Counties, with filters on rules and lists.",
        ("counties --state tx", "counties --listed dhs -f tsv"),
        LISTS,
        extra=OF_LISTS,
    ),
    "states": Command(
        "subjects.place.listing",
        "States, with filters on rules and lists.",
        ("states --rule 287g=prohibits", "states --rule 287g=requires --as-of 2026"),
        LISTS,
        extra=OF_LISTS,
    ),
    "rules": Command(
        "across.rules",
        "Rules as rows: place, form of cooperation, stance, since, law, whom it binds.",
        (
            "rules --on detainers --stance requires --level state",
            "rules --place houston --effective",
            "rules --policy 'sb 54' -f csv",
        ),
        LISTS,
        extra=OF_LISTS,
    ),
    "policies": Command(
        "subjects.policy.listing",
        "Policies, newest first.",
        ("policies --state il", "policies --kind ordinance --status 'in force'"),
        LISTS,
        extra=OF_LISTS,
    ),
    "stakeholders": Command(
        "subjects.stakeholder",
        "Stakeholders, with the number of their positions.",
        ("stakeholders --kind union", "stakeholders --of chicago"),
        LISTS,
        extra=OF_LISTS,
    ),
    "topics": Command(
        "subjects.topic",
        "Topics that positions and claims are about.",
        ("topics",),
        LISTS,
        extra=OF_LISTS,
    ),
    "terms": Command(
        "subjects.term",
        "The glossary.",
        ("terms", "terms -f tsv --fields id,term"),
        LISTS,
        extra=OF_LISTS,
    ),
    "claims": Command(
        "subjects.claim",
        "What the articles say and how it stands against the record.",
        ("claims --status contradicted", "claims --about chicago", "claims -f json"),
        LISTS,
        extra=OF_LISTS,
    ),
    "events": Command(
        "subjects.event",
        "What happened, oldest first.",
        ("events --about chicago --from 2025", "events --to 2012"),
        LISTS,
        extra=OF_LISTS,
    ),
    "sources": Command(
        "subjects.source",
        "The documents that facts rest on.",
        (
            "sources --kind statute",
            "sources --publisher 'Justice' --year 2025",
            "sources --once --undated --kind news",
        ),
        LISTS,
        extra=OF_LISTS,
    ),
    "agreements": Command(
        "subjects.agreement.listing",
        "287(g) agreements between ICE and local agencies, and how many.",
        (
            "agreements --state tx --model 'task force'",
            "agreements --county broward --state fl",
            "agreements --by state",
            "agreements --former --state ma",
        ),
        NUMBERS,
        extra=OF_LISTS,
    ),
    "statistics": Command(
        "subjects.statistic",
        "Numbers with what they count, their period, limits and source.",
        ("statistics removals", "statistics detention --of texas", "statistics 'book-ins' --all"),
        NUMBERS,
        extra=OF_LISTS,
    ),
    "chart": Command(
        "across.series.chart",
        "Lines over time and bars, on the terminal or as a picture.",
        (
            "chart agreements --by month --state FL,TX",
            "chart detention",
            "chart removals -o removals.png",
        ),
        NUMBERS,
    ),
    "map": Command(
        "across.series.statemap",
        "A tile map of the states: agreements, rules, lists.",
        ("map agreements", "map rule=detainers", "map listed=doj -o doj.svg"),
        NUMBERS,
    ),
    "export": Command(
        "cli.export",
        "The store as SQLite, Parquet, CSV data package or JSON Lines.",
        (
            "export ice-facts.db",
            "export facts --to csv --as-of 2024",
            "export rules --only rules,officials",
        ),
        DATA,
    ),
    "slides": Command(
        "across.classroom.slides",
        "Slides of any answers, to show in a browser, print or change.",
        (
            "slides chicago -o chicago.html",
            "slides 'term detainer' 'map rule=detainers' 'positions detainers' -o class.html",
            "slides 'compare illinois texas --on detainers,287g' -f markdown",
        ),
        CLASS,
        names=(*THING_TABLES, "terms"),
        answers=True,
    ),
    "lesson": Command(
        "across.classroom.lesson",
        "A lesson of 45 minutes: what to type, look at and ask.",
        ("lesson", "lesson checking-a-claim -o lesson.html", "lesson --list"),
        CLASS,
        dated=False,
    ),
    "spotlight": Command(
        "across.classroom.spotlight",
        "One fact with its source: of the day, or by a number.",
        ("spotlight", "spotlight --seed 7 -f json"),
        CLASS,
    ),
    "sides": Command(
        "across.classroom.sides",
        "Both sides of a topic in equal columns, to hear and to change.",
        ("sides detainers", "sides sanctuary-policies --count 3 -o sides.html"),
        CLASS,
        names=("topics", "policies"),
    ),
    "worksheet": Command(
        "across.classroom.worksheet",
        "Claims to judge, rules and sources to match, and a key.",
        (
            "worksheet --seed 7 -o worksheet.html",
            "worksheet --topic detainers --count 6 --seed 7",
            "worksheet --place illinois --seed 7 -f markdown",
        ),
        CLASS,
    ),
    "quiz": Command(
        "across.classroom.quiz",
        "Questions from confirmed facts, here or for Moodle, Kahoot and Anki.",
        (
            "quiz --seed 7",
            "quiz --topic detainers --count 5 --seed 7 -f gift",
            "quiz --place illinois --seed 7 -o quiz.html",
        ),
        CLASS,
        played=True,
    ),
    "cards": Command(
        "across.classroom.cards",
        "Glossary cards to cut out, eight to a page, or for Anki.",
        ("cards -o cards.html", "cards detainer 'judicial warrant'", "cards -f anki"),
        CLASS,
        names=("terms",),
    ),
    "data": Command(
        "",
        "The store: its size and dates, where it is, its defects, its schemas.",
        ("data info", "data path", "data check data", "data schema policies"),
        DATA,
        dated=False,
    ),
}
