"""``show``: one record of any kind, in every format, with what a reader needs to use it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run
from tests.small_store import (
    CITED,
    answer_of,
    event,
    place,
    policy,
    unconfirmed_store,
    write_store,
)

PAGES = ("table", "markdown", "html")
"""Formats that people read."""

ROWS = ("tsv", "csv")
DATA = ("json", "jsonl", "yaml")

REPORT = "Daily Report, “Report on Exampleton” · 2025-10"
"""The source of most facts of the store, as pages cite it."""

URL = "https://example.org/report"
LOCATOR = "paragraph 3"

PAGE_SAYS = {
    "council-vote-2020": [
        "The council votes for the change",
        "event",
        "2020-06-10 to 2020-06-11",
        "The vote took two days. [1]",
        "Exampleton · Welcoming Ordinance",
        REPORT,
        URL,
    ],
    "exampleton-arrests-2025": [
        "Arrests by ICE",
        "statistic",
        "about 100 to 120 arrests [1][2]",
        "Place Exampleton",
        "Period 2025-03-01",
        REPORT,
        "Census Bureau, “Census of 2020” · undated",
    ],
    "sheriffs-league-on-act": [
        "Sheriffs' League",
        "position",
        "On Cooperation Act",
        "◁ supports",
        "The league asked for the act. [1]",
        "Concern release of people wanted by ICE",
        "Date 2023",
        REPORT,
    ],
    "sample-county-ex-jail-2019": [
        "Sample County Sheriff",
        "287(g) agreement · county",
        "Where EX",
        "jail enforcement model",
        "Signed 2019-02-03 [1]",
        "https://example.org/moa.pdf",
        REPORT,
    ],
    "001-01": [
        "Claim 001-01",
        "fact · On Exampleton",
        "Ana Ruiz is the mayor of Exampleton.",
        "Introduction, paragraph 1 [1]",
        "Said by the article",
        "! outdated [2] Bo Lund has been mayor since 2019.",
        f"On {AS_OF} mayor of Exampleton: Bo Lund",
        "Exampleton · Mayor of Exampleton",
        "Example Weekly, “On Exampleton” · undated · not read",
        REPORT,
    ],
    "001-02": [
        "table-row · On Exampleton",
        "Exampleton: 22 %.",
        "City: Exampleton · Share: 22 %",
        "? unverified",
        "Exampleton · Welcoming Ordinance · Community trust",
    ],
    "census": [
        "Census of 2020",
        "source · dataset",
        "Publisher Census Bureau",
        "Published undated",
        "Read on 2026-01-15",
        "https://example.org/census",
        "Exampleton: population: 120,000 (2020-04-01) (row 1)",
    ],
    "article-one": ["On Exampleton", "not read: facts that rest on it alone are unconfirmed"],
    "detainer": [
        "Detainer",
        "term",
        "A request by ICE to hold a person. [1]",
        "ICE hold",
        "Welcoming Ordinance [2] ordinance, in force",
        "Example State",
    ],
    "community-trust": [
        "Community trust",
        "topic",
        "Trust between residents and police.",
        f"As of {AS_OF}",
        "◁ support Mayor of Exampleton [1]",
        "1 claim: ? 1 unverified",
        "Exampleton | 22 % (001-02) ? unverified",
        "Welcoming Ordinance [2] ordinance, in force",
        "Terms Detainer",
    ],
}
"""What the pages of a record say, whatever stands between, around and in bold."""

ROWS_OF = {
    "council-vote-2020": [
        ("event", "what", "The council votes for the change", "The vote took two days.",
         "2020-06-10", "2020-06-11", "daily-report (paragraph 3)"),
        ("event", "about", "exampleton", "", "", "", ""),
        ("event", "about", "exampleton-ordinance", "", "", "", ""),
        ("source", "daily-report", "Daily Report",
         "Report on Exampleton · https://example.org/report", "2025-10", "", ""),
    ],
    "exampleton-arrests-2025": [
        ("statistic", "exampleton", "about 100 to 120 arrests", "arrests by ICE.",
         "2025-03-01", "2025-03-01", "daily-report (paragraph 3); census (row 1)"),
    ],
    "sheriffs-league-on-act": [
        ("position", "example-cooperation-act", "supports", "The league asked for the act.",
         "2023", "", "daily-report (paragraph 3)"),
    ],
    "exampleton-mayor-on-trust": [
        ("position", "community-trust", "supports", "The mayor says that trust comes first.",
         "2020-07", "", "daily-report (paragraph 3)"),
    ],
    "sample-county-ex-jail-2019": [
        ("agreement", "jail enforcement", "Sample County Sheriff", "EX",
         "2019-02-03", "", "daily-report (paragraph 3)"),
    ],
    "001-01": [
        ("claim", "fact", "", "Ana Ruiz is the mayor of Exampleton.", "", "",
         "article-one (Introduction: paragraph 1)"),
        ("claim", "said-by", "the article", "", "", "", ""),
        ("check", "outdated", "", "Bo Lund has been mayor since 2019.", "", "",
         "daily-report (paragraph 3)"),
        ("about", "jurisdictions", "exampleton", "", "", "", ""),
        ("about", "stakeholders", "exampleton-mayor", "", "", "", ""),
    ],
    "001-02": [
        ("claim", "value", "22 percent", "", "", "", "article-one (Table 1: row 2)"),
        ("cell", "City", "Exampleton", "", "", "", "article-one (Table 1: row 2)"),
        ("cell", "Share", "22 %", "", "", "", "article-one (Table 1: row 2)"),
        ("about", "topics", "community-trust", "", "", "", ""),
    ],
    "census": [
        ("source", "title", "Census of 2020", "", "", "", ""),
        ("source", "kind", "dataset", "", "", "", ""),
        ("source", "read", "2026-01-15", "", "", "", ""),
        ("fact", "jurisdictions/exampleton", "row 1", "population: 120,000 (2020-04-01)", "", "",
         "census (row 1)"),
        ("fact", "statistics/exampleton-arrests-2025", "row 1", "arrests by ICE", "", "",
         "census (row 1)"),
    ],
    "detainer": [
        ("term", "definition", "Detainer", "A request by ICE to hold a person.", "", "",
         "state-code (§ 1)"),
        ("term", "alias", "ICE hold", "", "", "", ""),
        ("source", "state-code", "Example State", "State Code · https://example.org/state",
         "", "", ""),
    ],
    "community-trust": [
        ("topic", "definition", "", "Trust between residents and police.", "", "", ""),
        ("position", "Mayor of Exampleton", "supports",
         "On Community trust: The mayor says that trust comes first.",
         "2020-07", "", "daily-report (paragraph 3)"),
        ("table-row", "001-02", "unverified", "City: Exampleton | Share: 22 %", "", "",
         "article-one (Table 1: row 2)"),
        ("term", "detainer", "Detainer", "A request by ICE to hold a person.", "", "",
         "state-code (§ 1)"),
    ],
}  # fmt: skip
"""Rows that the delimited formats of a record have, without its id."""

TABLE_OF = {
    "council-vote-2020": "events",
    "exampleton-arrests-2025": "statistics",
    "sheriffs-league-on-act": "positions",
    "exampleton-mayor-on-trust": "positions",
    "sample-county-ex-jail-2019": "agreements",
    "001-01": "claims",
    "001-02": "claims",
    "census": "sources",
    "detainer": "terms",
    "community-trust": "topics",
}
"""The table of the store in which a record stands."""


def shown(run: Run, id: str, format: str, store: Path = GOOD) -> str:
    """Return what ``show`` prints of a record in a format."""
    asked = run("show", id, "--data", str(store), "--as-of", AS_OF, "-f", format)
    assert (asked.code, asked.stderr) == (0, "")
    return asked.stdout


def words_of_page(page: str, format: str) -> str:
    """Return the words of a page in order, without markup and line breaks."""
    if format == "html":
        page = re.sub(r"<style>.*</style>", "", page, flags=re.DOTALL)
        page = re.sub(r'<span class="date">([^<]*)</span>', r"\1", page)
        page = html.unescape(re.sub(r"<[^>]+>", " ", page))
        page = re.sub(r"\] +\[", "][", page)
    if format == "markdown":
        page = re.sub(r"\\([^\w\s])", r"\1", page).replace("**", "")
    return " ".join(page.split())


def without_colons(text: str) -> str:
    """Return a text without the colons after words: on a terminal, labels have none."""
    return re.sub(r"(?<=\w):(?= )", "", text)


@pytest.mark.parametrize("format", PAGES)
@pytest.mark.parametrize("id", PAGE_SAYS)
def test_a_page_has_what_it_is_when_how_much_and_where_it_is_written(
    run: Run, id: str, format: str
) -> None:
    page = without_colons(words_of_page(shown(run, id, format), format))

    start = 0
    for expected in PAGE_SAYS[id]:
        start = page.find(without_colons(expected), start)
        assert start >= 0, f"{expected!r} is not in {page!r}, or not in this place"


@pytest.mark.parametrize("format", ["markdown", "html"])
@pytest.mark.parametrize("id", ["council-vote-2020", "sheriffs-league-on-act", "001-01"])
def test_pages_that_are_kept_have_the_locator_of_each_source(
    run: Run, id: str, format: str
) -> None:
    page = words_of_page(shown(run, id, format), format)

    assert f"{REPORT} · {LOCATOR} · " in page


@pytest.mark.parametrize("format", ROWS)
@pytest.mark.parametrize("id", ROWS_OF)
def test_rows_have_every_fact_with_its_dates_and_sources(run: Run, id: str, format: str) -> None:
    text = shown(run, id, format)
    header, *rows = csv.reader(io.StringIO(text), delimiter="\t" if format == "tsv" else ",")

    assert header == ["subject", "section", "key", "value", "text", "from", "until", "sources"]
    assert {row[0] for row in rows} == {id}
    found = [tuple(row[1:]) for row in rows]
    places = [found.index(row) for row in ROWS_OF[id]]
    assert places == sorted(places)


@pytest.mark.parametrize("id", TABLE_OF)
def test_data_has_every_field_of_the_record_and_its_sources_in_full(run: Run, id: str) -> None:
    record = json.loads((GOOD / f"{TABLE_OF[id]}.json").read_text(encoding="utf-8"))[id]
    sources = json.loads((GOOD / "sources.json").read_text(encoding="utf-8"))
    answer = json.loads(shown(run, id, "json"))

    nested = (v for v in answer.values() if isinstance(v, dict) and v.get("id") == id)
    whole = next(nested, answer)
    assert whole["id"] == id
    for field, value in record.items():
        if field == "sources":
            assert whole.get("cited", whole["sources"]) == value
        elif field == "policies":
            assert [p["id"] for p in whole[field]] == value
        elif field in ("about", "check") and isinstance(value, dict):
            assert value.items() <= whole[field].items()
        else:
            assert whole[field] == value
    for source in answer.get("sources", ()):
        assert sources[source["id"]].items() <= source.items()
    cited = [c["id"] for c in record.get("sources", ())]
    assert [s["id"] for s in answer.get("sources", ())][: len(cited)] == cited
    assert json.loads(shown(run, id, "jsonl")) == answer
    assert yaml.safe_load(shown(run, id, "yaml")) == answer


UNCONFIRMED = {
    "council-vote-2020": ("The vote took two days.", "The vote took two days."),
    "exampleton-arrests-2025": ("about 100 to 120 arrests", "arrests by ICE."),
    "sheriffs-league-on-act": ("The league asked for the act.", "The league asked for the act."),
    "sample-county-ex-jail-2019": ("2019-02-03", "EX"),
    "detainer": ("A request by ICE to hold a person.", "A request by ICE to hold a person."),
}
"""What of a record's page is marked while nobody has confirmed it, and the text of its row."""

MARK_OF: dict[str, Callable[[str], str]] = {
    "table": lambda text: f"{text}*",
    "markdown": lambda text: f"{text}*",
    "html": lambda text: f"{text} *",
}


@pytest.mark.parametrize("id", UNCONFIRMED)
def test_what_nobody_has_confirmed_is_marked_and_nothing_else(
    run: Run, tmp_path: Path, id: str
) -> None:
    store = unconfirmed_store(tmp_path / "store")
    on_page, in_row = UNCONFIRMED[id]

    for format, marked in MARK_OF.items():
        doubtful = words_of_page(shown(run, id, format, store), format).replace("**", "")
        sound = words_of_page(shown(run, id, format), format).replace("**", "")
        assert marked(on_page) in doubtful, format
        assert marked(on_page) not in sound, format
    for format in ROWS:
        assert f"{in_row} (unconfirmed)" in shown(run, id, format, store)
        assert "unconfirmed" not in shown(run, id, format)


class TestStatistics:
    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        number = {
            "measure": "share of people held",
            "value": 22.5,
            "unit": "percent",
            "jurisdiction": "alpha",
            "confirmed": "2026-01-01",
            "sources": CITED,
        }
        return write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            statistics={
                "span": {**number, "from": "2024-10", "until": "2025-09"},
                "words": {**number, "from": "2024", "until": "2025", "period": "first two years"},
                "one-day": {**number, "from": "2025-01-20", "until": "2025-01-20"},
                "since": {**number, "from": "2025-01-20"},
                "none": {
                    **number,
                    "value": 1234567,
                    "unit": "people",
                    "text": "Everybody who was held.",
                    "base": 2000000,
                    "base_text": "Everybody who lives there.",
                    "note": "Only whole days.",
                },
            },
        )

    @pytest.mark.parametrize(
        ("id", "period"),
        [
            ("span", "2024-10 to 2025-09"),
            ("words", "first two years"),
            ("one-day", "2025-01-20"),
            ("since", "since 2025-01-20"),
            ("none", "not known"),
        ],
    )
    def test_the_period_is_told_in_words(self, run: Run, store: str, id: str, period: str) -> None:
        page = shown(run, id, "table", Path(store))

        assert re.search(rf"^ Period +{re.escape(period)}$", page, re.MULTILINE)

    def test_the_whole_and_the_limits_stand_beside_the_number(self, run: Run, store: str) -> None:
        page = words_of_page(shown(run, "none", "table", Path(store)), "table")

        assert "1,234,567 of 2,000,000 people" in page
        assert "Counts Everybody who was held." in page
        assert "Out of Everybody who lives there." in page
        assert "Limits Only whole days." in page


class TestSources:
    def test_every_citation_of_a_source_is_among_its_facts(self, run: Run) -> None:
        cited = []
        for path in sorted(GOOD.rglob("*.json")):
            if path.name != "sources.json":
                cited += re.findall(r'"id":\s*"daily-report"', path.read_text(encoding="utf-8"))
        card = answer_of(run, "source", "daily-report", "--data", str(GOOD))

        assert len(card["facts"]) == len(cited) > 10

    def test_the_article_of_a_claim_has_the_claim_among_its_facts(self, run: Run) -> None:
        card = answer_of(run, "source", "article-one", "--data", str(GOOD))

        assert [(f["table"], f["id"], f["locator"]) for f in card["facts"]] == [
            ("claims", "001-01", "Introduction: paragraph 1"),
            ("claims", "001-02", "Table 1: row 2"),
        ]

    def test_a_long_list_of_facts_says_how_the_rest_is_asked_for(self, run: Run) -> None:
        page = shown(run, "daily-report", "table")
        more = run("source", "daily-report", "-s", "facts", "--data", str(GOOD), "-f", "table")

        assert "ice-facts source daily-report --section facts" in page
        assert "arrests by ICE" not in page
        assert "arrests by ICE" in more.stdout

    @pytest.mark.parametrize(("many", "all_shown"), [(8, True), (9, False)])
    def test_eight_facts_are_shown_at_once(
        self, run: Run, tmp_path: Path, many: int, all_shown: bool
    ) -> None:
        events = {f"e{n}": event(f"20{n + 10}", f"Event {n}", "alpha") for n in range(many)}
        store = write_store(tmp_path, jurisdictions={"alpha": place("Alpha")}, events=events)
        page = run("source", "alpha-code", "--data", store, "-f", "table").stdout

        assert len(set(re.findall(r"Event \d", page))) == 8
        assert ("ice-facts source alpha-code --section facts" not in page) == all_shown


def test_an_event_with_a_note_and_a_dispute_shows_both(run: Run, tmp_path: Path) -> None:
    account = {"value": "40 people", "sources": CITED}
    told = {
        **event("2020-06-10", "A march", "alpha", "act"),
        "note": "The route is not known.",
        "disputed": [{"about": "how many marched", "accounts": [account]}],
    }
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha")},
        policies={"act": policy("Act", enacted="2010")},
        events={"march": told},
    )
    page = words_of_page(shown(run, "march", "table", Path(store)), "table")

    assert "Date 2020-06-10 In full: A march. [1] About Alpha · Act" in page
    assert "The route is not known." in page
    assert "how many marched: 40 people [1]" in page


def test_an_unknown_id_is_not_shown(run: Run) -> None:
    asked = run("show", "no-such-record", "--data", str(GOOD))

    assert (asked.code, asked.stdout) == (1, "")
    assert "no record matches 'no-such-record'" in asked.stderr
    assert "ice-facts search TEXT looks everywhere" in asked.stderr
