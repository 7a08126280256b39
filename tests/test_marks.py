"""What marks a fact, in which order rows stand, and with which code a command ends."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run
from tests.small_store import (
    CITED,
    answer_of,
    event,
    official,
    place,
    policy,
    rule,
    unconfirmed_store,
    write_store,
)

STAR = {"table": "*", "markdown": "\\*", "html": '<abbr title="unconfirmed">*</abbr>'}
"""The mark of what nobody has confirmed, by format."""

MARKED = {
    "terms": ["Detainer"],
    "policies": ["Welcoming Ordinance", "Cooperation Act", "Federal list", "Example v. US"],
    "events": ["The council votes for the change"],
    "agreements": ["Sample County Sheriff"],
    "statistics": ["about 100 to 120 arrests"],
    "timeline exampleton": [
        "Ana Ruiz becomes mayor of Exampleton (to 2019-05-20)",
        "Bo Lund becomes mayor of Exampleton",
        "Welcoming Ordinance enacted",
        "The council votes for the change (to 2020-06-11)",
        "Exampleton put on the Federal list",
        "Exampleton off the Federal list",
    ],
    "city exampleton": [
        "Bo Lund, mayor since 2019-05-20",
        "prohibits 2020",
        "permits 2018",
        "requires 2024",
        "Federal list, off it from 2025-08-01",
    ],
    "policy exampleton-ordinance": [
        "It bars police from holding people for ICE.",
        "prohibits detainers",
    ],
    "policy federal-list": ["It names places that limit cooperation."],
    "stakeholder sheriffs-league": ["An association of the state's sheriffs.", "supports"],
    "stakeholder exampleton-mayor": [
        "Bo Lund, since 2019-05-20",
        "Ana Ruiz, 2015 to 2019-05-20",
    ],
    "term detainer": ["A request by ICE to hold a person.", "Welcoming Ordinance"],
    "positions community-trust": ["2020-07 "],
    "compare exampleton sample-county-ex --on detainers,jail-access": [
        "Police may not hold a person on a detainer. Binds: its own agencies.",
        "The jail lets federal agents in on request. Binds: sheriffs and jails.",
    ],
}
"""What is marked on the page of a question in a store in which nothing is confirmed."""


def page(run: Run, question: str, format: str, store: Path | str) -> str:
    """Return the answer to a question on the tests' date as a page of one line."""
    wide = ("--width", "250") if format == "table" else ()
    asked = run(*question.split(), "--data", str(store), "--as-of", AS_OF, "-f", format, *wide)
    assert (asked.code, asked.stderr) == (0, "")
    text = asked.stdout.replace("**", "")
    if format == "html":
        text = re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)
        text = html.unescape(re.sub(r"</?(?!abbr)[a-z][^>]*>", "", text))
    return " ".join(text.split())


@pytest.mark.parametrize("format", STAR)
@pytest.mark.parametrize("question", MARKED)
def test_only_what_nobody_has_confirmed_has_a_mark(
    run: Run, tmp_path: Path, question: str, format: str
) -> None:
    doubtful = page(run, question, format, unconfirmed_store(tmp_path / "store"))
    sound = page(run, question, format, GOOD)

    for text in MARKED[question]:
        assert f"{text}{STAR[format]}" in doubtful, text
        assert f"{text}{STAR[format]}" not in sound, text


def test_one_doubtful_row_among_others_is_marked_alone(run: Run, tmp_path: Path) -> None:
    told = event("2020", "A doubtful march", "alpha")
    del told["confirmed"]
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha")},
        events={"a": event("2019", "A sure march", "alpha"), "b": told},
        policies={
            "sure": policy("Sure Act", enacted="2010"),
            "doubtful": policy("Doubtful Act", enacted="2011", confirmed=None),
        },
    )

    events = page(run, "events", "table", store)
    policies = page(run, "policies", "table", store)

    assert "A doubtful march*" in events
    assert "A sure march*" not in events
    assert "Doubtful Act*" in policies
    assert "Sure Act*" not in policies


class TestCountOfUnconfirmed:
    @pytest.fixture
    def store(self, tmp_path: Path) -> str:
        officials = [
            official("mayor", "Ann", "2001"),
            official("clerk", "Bob", "2001") | {"confirmed": "2026-01-01"},
        ]
        rules = [
            rule("detainers", "limits"),
            rule("287g", "prohibits", confirmed=None),
            rule("jail-access", "prohibits", until="2012", confirmed=None),
        ]
        return write_store(
            tmp_path, jurisdictions={"alpha": place("Alpha", officials=officials, rules=rules)}
        )

    def test_the_card_says_how_many_of_its_facts_are_unconfirmed(
        self, run: Run, store: str
    ) -> None:
        assert "2 of 4 facts unconfirmed (*)" in page(run, "city alpha", "table", store)

    def test_rows_of_the_card_say_it_in_words(self, run: Run, store: str) -> None:
        rows = run("city", "alpha", "--data", store, "--as-of", AS_OF).rows()
        doubtful = {(r[1], r[2]) for r in rows if r[4].endswith("(unconfirmed)")}

        assert doubtful == {("rule", "287g"), ("official", "mayor")}


@pytest.fixture(scope="module")
def ordered(tmp_path_factory: pytest.TempPathFactory) -> str:
    said = {"text": "Said so.", "policy": "act", "sources": CITED}
    takes = {
        "s-old": ("supports", "2010"),
        "s-new": ("supports", "2012-06"),
        "s-none": ("supports", None),
        "s-mid": ("supports", "2012"),
        "o-one": ("opposes", "2013"),
        "m-one": ("mixed", "2014"),
        "n-one": ("neutral", "2015"),
    }
    check = {
        "001-01": "supported",
        "001-02": "contradicted",
        "001-03": "unverified",
        "001-04": "outdated",
        "001-05": "not-checkable",
        "000-09": "unverified",
    }
    number = {"value": 1, "unit": "people", "jurisdiction": "alpha", "sources": CITED}
    return write_store(
        tmp_path_factory.mktemp("order"),
        jurisdictions={
            "alpha": place(
                "Alpha",
                part_of=["big-county", "illinois"],
                officials=[
                    official("clerk", "Di", "2001"),
                    official("police chief", "Cy", "2001"),
                    official("mayor", "Ann", "2001"),
                    official("alderman", "Bo", "2001"),
                ],
                rules=[
                    rule("general-assistance", "prohibits"),
                    rule("detainers", "limits"),
                ],
            ),
            "big-county": place(
                "Big County",
                "county",
                part_of=["illinois"],
                rules=[rule("detainers", "permits")],
            ),
            "illinois": place(
                "Illinois",
                "state",
                rules=[rule("detainers", "requires"), rule("287g", "silent")],
            ),
        },
        policies={
            "act": policy("Act", enacted="2010"),
            "bill": policy("Bill", introduced="2012", status="proposed"),
            "code": policy("Code", effective="2011"),
            "old": policy("Old"),
        },
        stakeholders={"ann": {"name": "Ann", "kind": "person", "about": "A person."}},
        positions={
            id: {**said, "stakeholder": "ann", "stance": stance, "date": date}
            for id, (stance, date) in takes.items()
        },
        claims={
            id: {
                "article": "alpha-code",
                "section": "One",
                "locator": "line",
                "kind": "fact",
                "text": f"Claim {id}.",
                "attributed_to": "the article",
                "check": {"status": status},
                "about": {"jurisdictions": ["alpha"], "policies": ["act"]},
            }
            for id, status in check.items()
        },
        events={
            "b": event("2012-09", "Second", "alpha", "act"),
            "a": event("2012-09", "First", "alpha", "act"),
            "c": event("2011", "Oldest", "alpha", "act"),
            "d": event("2012-09-02", "Newest", "alpha", "act"),
        },
        statistics={
            "z": {**number, "measure": "arrests", "from": "2012"},
            "y": {**number, "measure": "arrests", "from": "2010"},
            "x": {**number, "measure": "Bookings", "from": "2001"},
        },
    )


class TestOrder:
    def ids(self, run: Run, store: str, *arguments: str, part: str | None = None) -> list[str]:
        answer: Any = answer_of(run, *arguments, "--data", store)
        return [row["id"] for row in (answer[part] if part else answer)]

    def test_positions_by_stance_and_then_newest_first(self, run: Run, ordered: str) -> None:
        order = ["s-new", "s-mid", "s-old", "s-none", "o-one", "m-one", "n-one"]

        assert self.ids(run, ordered, "positions", "act") == order
        assert self.ids(run, ordered, "policy", "act", part="positions") == order
        assert self.ids(run, ordered, "stakeholder", "ann", part="positions") == order

    @pytest.mark.parametrize("card", [("city", "alpha"), ("policy", "act")])
    def test_claims_on_a_card_by_verdict_and_then_by_id(
        self, run: Run, ordered: str, card: tuple[str, str]
    ) -> None:
        order = ["001-02", "001-04", "000-09", "001-03", "001-01", "001-05"]

        assert self.ids(run, ordered, *card, part="claims") == order

    def test_claims_of_the_list_by_id(self, run: Run, ordered: str) -> None:
        order = ["000-09", "001-01", "001-02", "001-03", "001-04", "001-05"]

        assert self.ids(run, ordered, "claims") == order
        assert self.ids(run, ordered, "claims", "--about", "alpha") == order

    @pytest.mark.parametrize("card", [("city", "alpha"), ("policy", "act")])
    def test_events_on_a_card_newest_first_and_in_the_list_oldest_first(
        self, run: Run, ordered: str, card: tuple[str, str]
    ) -> None:
        assert self.ids(run, ordered, *card, part="events") == ["d", "b", "a", "c"]
        assert self.ids(run, ordered, "events") == ["c", "a", "b", "d"]

    def test_policies_newest_first_and_those_without_a_date_last(
        self, run: Run, ordered: str
    ) -> None:
        order = ["bill", "code", "act", "old"]

        assert self.ids(run, ordered, "policies") == order
        assert self.ids(run, ordered, "city", "alpha", part="policies") == order

    def test_numbers_by_measure_and_then_oldest_first(self, run: Run, ordered: str) -> None:
        assert self.ids(run, ordered, "statistics") == ["y", "z", "x"]

    def test_rules_by_dimension_and_then_from_the_city_up(self, run: Run, ordered: str) -> None:
        card = answer_of(run, "city", "alpha", "--data", ordered)

        assert [(r["dimension"], r["jurisdiction"]) for r in card["rules"]] == [
            ("detainers", "alpha"),
            ("detainers", "big-county"),
            ("detainers", "illinois"),
            ("287g", "illinois"),
            ("general-assistance", "alpha"),
        ]
        assert [layer["id"] for layer in card["layers"]] == ["alpha", "big-county", "illinois"]

    def test_officials_by_rank_and_then_by_office(self, run: Run, ordered: str) -> None:
        card = answer_of(run, "city", "alpha", "--data", ordered)

        assert [o["office"] for o in card["officials"]] == [
            "mayor",
            "police chief",
            "alderman",
            "clerk",
        ]

    def test_a_county_has_its_own_rules_and_those_of_the_state(
        self, run: Run, ordered: str
    ) -> None:
        card = answer_of(run, "county", "big county", "--data", ordered)

        assert {r["jurisdiction"] for r in card["rules"]} == {"big-county", "illinois"}
        assert [layer["id"] for layer in card["layers"]] == ["big-county", "illinois"]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> str:
    said = {"stance": "supports", "text": "Said so.", "sources": CITED}
    claim = {
        "article": "alpha-code",
        "section": "One",
        "locator": "line",
        "kind": "fact",
        "text": "A claim.",
        "attributed_to": "the article",
        "check": {"status": "supported"},
    }
    number = {"value": 1, "unit": "people", "measure": "arrests", "sources": CITED}
    signed = {
        "agency": "Some Office",
        "level": "county",
        "state": "IL",
        "model": "task force",
        "sources": CITED,
    }
    left = {
        "agency": "Another Office",
        "state": "IL",
        "model": "jail enforcement",
        "first_listed": "2020-01-01",
        "last_listed": "2021-01-01",
        "sources": CITED,
    }
    person = {"kind": "person", "about": "A person."}
    word = {"text": "A word.", "sources": CITED}
    return write_store(
        tmp_path_factory.mktemp("cards"),
        jurisdictions={
            "alpha": place("Alpha", part_of=["big-county", "illinois"]),
            "beta": place("Beta", part_of=["illinois"]),
            "big-county": place("Big County", "county", part_of=["illinois"]),
            "illinois": place("Illinois", "state"),
            "indiana": {"name": "Indiana", "level": "state", "state": "IN"},
        },
        policies={
            "own": policy("Own", enacted="2010"),
            "suit": policy(
                "Suit", jurisdiction="illinois", kind="court decision", concerns=["alpha"]
            ),
            "other": policy("Other", jurisdiction="beta", summary="alpha"),
            "later": policy("Later", enacted="2027"),
        },
        stakeholders={
            "here": {"name": "Here", "jurisdiction": "alpha", **person},
            "there": {"name": "There", "jurisdiction": "beta", **person},
            "decoy": {"name": "Decoy", "jurisdiction": "beta", **person, "about": "alpha"},
            "alpha-mayor": {
                "name": "Mayor of Alpha",
                "kind": "office",
                "about": "The mayor.",
                "jurisdiction": "alpha",
                "office": {"jurisdiction": "alpha", "office": "mayor"},
            },
        },
        positions={
            "by-one-here": {"stakeholder": "here", "policy": "other", **said},
            "on-own": {"stakeholder": "there", "policy": "own", **said},
            "elsewhere": {"stakeholder": "there", "policy": "other", **said},
            "decoy-position": {
                "stakeholder": "there",
                "topic": "trust",
                **said,
                "concern": "own",
                "remedy": "here",
                "text": "other",
            },
        },
        claims={
            "001-01": {**claim, "about": {"jurisdictions": ["alpha"]}},
            "001-02": {**claim, "about": {"stakeholders": ["alpha-mayor"]}},
            "001-03": {**claim, "about": {"stakeholders": ["here"]}},
            "001-04": {**claim, "about": {"policies": ["own"], "topics": ["trust"]}},
            "001-05": {**claim, "about": {"jurisdictions": ["beta"]}},
            "001-06": {**claim, "text": "alpha", "attributed_to": "own", "unit": "trust"},
            "001-07": {**claim, "text": "here", "about": {"jurisdictions": ["beta"]}},
        },
        topics={
            "trust": {"name": "Trust", "text": "Trust."},
            "doors": {"name": "Doors", "text": "Doors."},
        },
        terms={
            "a-word": {**word, "term": "A word", "policies": ["own"]},
            "decoy": {**word, "term": "Decoy", "note": "own"},
            "door": {**word, "term": "Door"},
            "trust": {**word, "term": "Trust"},
        },
        events={
            "at-alpha": event("2012", "At Alpha", "alpha"),
            "of-own": event("2012", "Of Own", "own"),
            "of-other": event("2012", "Of Other", "other", "beta"),
            "decoy-event": {**event("2012", "alpha", "beta"), "text": "own"},
        },
        statistics={
            "n-alpha": {**number, "jurisdiction": "alpha"},
            "n-beta": {**number, "jurisdiction": "beta"},
            "n-decoy": {**number, "jurisdiction": "beta", "unit": "alpha"},
            "n-later": {**number, "jurisdiction": "alpha", "from": "2027"},
            "n-later-end": {**number, "jurisdiction": "alpha", "until": "2027"},
            "n-end": {**number, "jurisdiction": "alpha", "until": "2012"},
        },
        agreements={
            "a-alpha": {**signed, "jurisdiction": "alpha", "level": "municipality"},
            "a-county": {**signed, "jurisdiction": "big-county"},
            "a-in-county": {**signed, "county": "Big County", "model": "jail enforcement"},
            "a-beta": {**signed, "jurisdiction": "beta", "signed": "2012-05-01"},
            "a-state": {**signed, "jurisdiction": "illinois", "level": "state"},
            "a-later": {**signed, "jurisdiction": "alpha", "signed": "2027"},
            "a-indiana": {**signed, "state": "IN", "county": "Big County"},
            "a-decoy": {**signed, "state": "OH", "county": "IL", "place": "alpha"},
        },
        former_agreements={
            "f-alpha": {**left, "jurisdiction": "alpha"},
            "f-county": {**left, "jurisdiction": "big-county"},
            "f-beta": {**left, "jurisdiction": "beta"},
            "f-decoy": {**left, "agency": "alpha", "state": "OH"},
        },
    )


class TestCards:
    """What belongs on a card and what is another record's.

    The decoys of the store have a record's id as a text of theirs, and nothing to do with it.
    """

    PARTS: tuple[tuple[str, str, set[str]], ...] = (
        ("city alpha", "policies", {"own", "suit"}),
        ("city alpha", "positions", {"by-one-here", "on-own"}),
        ("city alpha", "claims", {"001-01", "001-02"}),
        ("city alpha", "events", {"at-alpha", "of-own"}),
        ("city alpha", "statistics", {"n-alpha", "n-end"}),
        ("city alpha", "agreements", {"a-alpha", "a-county"}),
        ("city alpha", "former_agreements", {"f-alpha", "f-county"}),
        ("city beta", "policies", {"other"}),
        ("city beta", "claims", {"001-05", "001-07"}),
        ("city beta", "events", {"of-other", "decoy-event"}),
        ("city beta", "statistics", {"n-beta", "n-decoy"}),
        ("city beta", "positions", {"by-one-here", "on-own", "elsewhere", "decoy-position"}),
        ("city beta", "agreements", {"a-beta"}),
        ("city beta", "former_agreements", {"f-beta"}),
        ("county big-county", "agreements", {"a-county", "a-in-county"}),
        ("county big-county", "former_agreements", {"f-county"}),
        ("state illinois", "agreements", {"a-state"}),
        ("state illinois", "policies", {"suit"}),
        ("state indiana", "agreements", set()),
        ("policy own", "claims", {"001-04"}),
        ("policy own", "positions", {"on-own"}),
        ("policy own", "events", {"of-own"}),
        ("stakeholder here", "positions", {"by-one-here"}),
        ("stakeholder here", "claims", {"001-03"}),
        ("topic trust", "claims", {"001-04"}),
        ("topic trust", "positions", {"decoy-position"}),
        ("topic trust", "policies", {"own"}),
    )

    @pytest.mark.parametrize(
        ("question", "part", "ids"), PARTS, ids=[f"{q} {part}" for q, part, _ in PARTS]
    )
    def test_a_card_has_what_belongs_to_its_record(
        self, run: Run, cards: str, question: str, part: str, ids: set[str]
    ) -> None:
        card = answer_of(run, *question.split(), "--data", cards)

        assert sorted(record["id"] for record in card[part]) == sorted(ids)

    @pytest.mark.parametrize(
        ("question", "ids"),
        [
            ("policies --of alpha", {"own", "suit"}),
            ("stakeholders --of alpha", {"here", "alpha-mayor"}),
            ("positions alpha", {"by-one-here", "on-own"}),
            ("positions own", {"on-own"}),
            ("positions trust", {"decoy-position"}),
            ("claims --about alpha", {"001-01", "001-02"}),
            ("claims --about own", {"001-04"}),
            ("claims --about here", {"001-03"}),
            ("claims --topic trust", {"001-04"}),
            ("events --about alpha", {"at-alpha", "of-own"}),
            ("events --about own", {"of-own"}),
            ("statistics --of alpha", {"n-alpha", "n-end"}),
            ("agreements --place alpha", {"a-alpha"}),
            ("agreements --county big-county", {"a-county", "a-in-county"}),
            ("agreements --state IN", {"a-indiana"}),
            ("agreements --former --place alpha", {"f-alpha"}),
        ],
    )
    def test_a_list_has_the_same(self, run: Run, cards: str, question: str, ids: set[str]) -> None:
        rows = answer_of(run, *question.split(), "--data", cards)

        assert sorted(row["id"] for row in rows) == sorted(ids)

    def test_the_term_that_a_topic_is_named_for_stands_first(self, run: Run, cards: str) -> None:
        def terms(topic: str) -> list[str]:
            card = answer_of(run, "topic", topic, "--data", cards)
            return [term["id"] for term in card["terms"]]

        assert terms("trust") == ["trust", "a-word"]
        assert terms("doors") == ["door"]
        assert answer_of(run, "policy", "own", "--data", cards)["terms"] == ["a-word"]

    @pytest.mark.parametrize(
        ("question", "total", "by_model"),
        [
            ("city alpha", 5, (4, 1)),
            ("state illinois", 5, (4, 1)),
            ("state indiana", 1, (1, 0)),
            ("city alpha --as-of 2012-04-30", 4, (3, 1)),
            ("city alpha --as-of 2012-05-01", 5, (4, 1)),
        ],
    )
    def test_agreements_of_the_state_are_counted_by_model(
        self, run: Run, cards: str, question: str, total: int, by_model: tuple[int, int]
    ) -> None:
        counted = answer_of(run, *question.split(), "--data", cards)["state_agreements"]

        assert counted["total"] == total
        assert (counted["task_force"], counted["jail_enforcement"]) == by_model
        assert counted["warrant_service_officer"] == 0


def test_a_store_without_agreements_counts_none_of_no_list(run: Run, tmp_path: Path) -> None:
    store = write_store(tmp_path, jurisdictions={"alpha": place("Alpha")})
    counted = answer_of(run, "city", "alpha", "--data", store)["state_agreements"]

    assert (counted["total"], counted["as_of"], counted["sources"]) == (0, None, [])


class TestExitCodes:
    @pytest.mark.parametrize(
        ("question", "code"),
        [
            ("city exampleton", 0),
            ("city exampleton nowhere", 1),
            ("city nowhere", 1),
            ("claims --status contradicted", 1),
            ("sources --year 1900", 1),
            ("events --from 2021", 1),
            ("stakeholders --kind union", 1),
            ("agreements --state TX", 1),
            ("statistics removals", 1),
            ("cities --rule detainers=requires", 1),
            ("claims --status nonsense", 2),
            ("sources --kind nonsense", 2),
            ("sources --year soon", 2),
            ("events --from soon", 2),
            ("stakeholders --sector nonsense", 2),
            ("policies --level town", 2),
            ("agreements --former --by state", 2),
            ("city", 2),
            ("cities --no-such-option", 2),
        ],
    )
    def test_none_found_is_one_and_wrong_usage_two(
        self, run: Run, question: str, code: int
    ) -> None:
        asked = run(*question.split(), "--data", str(GOOD))

        assert asked.code == code
        assert bool(asked.stderr) == (code != 0)
        assert bool(asked.stdout) == (question in ("city exampleton", "city exampleton nowhere"))

    @pytest.mark.parametrize("command", ["city exampleton", "cities", "search detainer"])
    def test_a_broken_store_is_three(self, run: Run, tmp_path: Path, command: str) -> None:
        for path in sorted(GOOD.rglob("*.json")):
            target = tmp_path / path.relative_to(GOOD)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
        places = tmp_path / "jurisdictions" / "ex.json"
        broken = json.loads(places.read_text(encoding="utf-8"))
        broken["exampleton"]["level"] = "village"
        places.write_text(json.dumps(broken), encoding="utf-8")
        asked = run(*command.split(), "--data", str(tmp_path))

        assert (asked.code, asked.stdout) == (3, "")
        assert "exampleton" in asked.stderr
