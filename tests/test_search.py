"""search: the right thing first, whatever is typed, and an index that never lies."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ice_facts.across.search.query import search
from ice_facts.errors import NotFoundError
from ice_facts.store import Store
from tests.bad_stores import GOOD
from tests.conftest import Run

FIRST = {
    "judicial warrant": "judicial-warrant",
    "rapid response": "advocacy",
    "commandeer": "anti-commandeering",
    "declined detainers": "declined-detainer",
    "mask ban": "ca-sb-627-2025",
    "1373": "8-usc-1373",
    "Bass": "karen-bass",
    "rikers": "nyc-eo-50-2025",
    "detainer": "detainer",
    "sb54": "ca-sb-54",
    "s.b. 54": "ca-sb-54",
    "287(g)": "287g",
    "nyc": "new-york-city",
    "welcoming city ordinance": "chicago-welcoming-city-ordinance",
    "271484": "removals-fy2024",
}

NASTY = {
    "quotes": '"',
    "odd quotes": 'a "b c',
    "operators": "AND OR NOT NEAR(a b, 3)",
    "column": "names:detainer",
    "star": "*",
    "stars": "** det* *",
    "caret": "^detainer",
    "brackets": "((detainer",
    "minus": "-detainer --",
    "plus": "a + b",
    "comma": "NEAR(,",
    "sql": "'; DROP TABLE texts; --",
    "percent": "100% _x_ %s {} {0}",
    "nul": "detainer\x00warrant",
    "control": "\x01\x02\x03\x1b[31m\x7f\x9b",
    "bidi": "\u202edetainer\u2066",
    "emoji": "🚨👩‍👩‍👧",
    "combining": "e\u0301\u0301\u0301",
    "wide": "\uff44\uff45\uff54\uff41\uff49\uff4e\uff45\uff52",
    "long word": "x" * 10_000,
    "many words": "detainer warrant " * 600,
    "empty": "",
    "blank": " \t\n ",
}


def ids(run: Run, *arguments: str) -> list[str]:
    outcome = run("search", *arguments, "-f", "json")
    assert (outcome.code, outcome.stderr) == (0, "")
    return [hit["id"] for hit in outcome.json()]


@pytest.mark.parametrize(("text", "id"), FIRST.items())
def test_the_thing_itself_comes_first(text: str, id: str, run: Run) -> None:
    assert ids(run, text, "--limit", "3")[0] == id


def test_rapid_response_has_term_and_network_among_the_first_three(run: Run) -> None:
    found = ids(run, "rapid response", "--limit", "3")
    assert {"rapid-response-network", "san-diego-rapid-response"} <= set(found)


def test_term_topic_and_policies_come_before_what_mentions_a_detainer(run: Run) -> None:
    kinds = [hit["kind"] for hit in run("search", "detainer", "-f", "json").json()]
    assert set(kinds[:2]) == {"term", "topic"}
    assert set(kinds[:8]) <= {"term", "topic", "policy"}


def test_only_in_policies(run: Run) -> None:
    found = run("search", "welcoming city", "--in", "policies", "-f", "json").json()
    assert {hit["kind"] for hit in found} == {"policy"}
    assert "chicago-welcoming-city-ordinance" in [hit["id"] for hit in found[:3]]
    assert found == run("search", "welcoming city", "--in", "policy", "-f", "json").json()


def test_several_tables_and_parts_of_places(run: Run) -> None:
    found = run("search", "detainer", "--in", "rules,claim", "-f", "json", "--limit", "500").json()
    assert {hit["kind"] for hit in found} == {"rule", "claim"}
    for hit in found:
        assert (hit["status"] is None) == (hit["kind"] == "rule")


def test_an_unknown_table_is_wrong_usage(run: Run) -> None:
    outcome = run("search", "x", "--in", "laws")
    assert (outcome.code, outcome.stdout) == (2, "")
    assert "policies" in outcome.stderr


def test_a_place_has_what_is_about_it_and_what_is_in_it(run: Run) -> None:
    state = set(ids(run, "detainer", "--place", "illinois", "--limit", "500"))
    city = set(ids(run, "detainer", "--place", "chicago", "--limit", "500"))
    assert "chicago-welcoming-city-ordinance" in city < state
    assert "ca-sb-54" not in state
    assert run("search", "detainer", "--place", "nowhere").code == 1


def test_stems_case_accents_and_width_are_folded(run: Run) -> None:
    found = ids(run, "detainer", "--limit", "5")
    for text in ("DETAINERS", "detainer's", NASTY["wide"]):
        assert ids(run, text, "--limit", "5") == found
    assert ids(run, "san jose", "--limit", "1") == ids(run, "SAN JOSÉ", "--limit", "1")


def test_a_phrase_in_quotes_is_one(run: Run) -> None:
    words = set(ids(run, "cooperation limits", "--limit", "5000"))
    phrase = run("search", '"limits cooperation"', "-f", "json", "--limit", "5000").json()
    assert 0 < len({hit["id"] for hit in phrase}) < len(words)


def test_a_star_takes_the_beginning_of_a_word(run: Run) -> None:
    assert ids(run, "commandee*", "--limit", "1") == ["anti-commandeering"]
    assert run("search", "zzcommandee*").code == 1


def test_limit_and_the_count_of_all(run: Run) -> None:
    assert len(ids(run, "detainer", "--limit", "7")) == 7
    shown = run("search", "detainer", "--limit", "7", "-f", "table")
    assert "the first 7 shown" in shown.stdout


def test_matched_words_stand_out_on_a_terminal(run: Run) -> None:
    outcome = run("search", "judicial warrant", "-n", "2", "-f", "table", "--color", "always")
    assert "\x1b[1mjudicial\x1b[0m" in outcome.stdout or "\x1b[1mjudicial warrant" in outcome.stdout


def test_nothing_found_names_near_words_and_exits_1(run: Run) -> None:
    outcome = run("search", "detaner")
    assert (outcome.code, outcome.stdout) == (1, "")
    assert "detainer" in outcome.stderr


def test_words_that_never_meet_are_counted_apart(run: Run) -> None:
    outcome = run("search", "rikers", "realtors", "anti-commandeering")
    assert outcome.code == 1
    assert "by themselves" in outcome.stderr


def test_scores_fall_and_fields_are_those_of_the_contract(run: Run) -> None:
    found = run("search", "sanctuary", "-f", "json").json()
    assert list(found[0]) == ["kind", "id", "title", "snippet", "score", "status"]
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_no_text_is_an_error(text: str, run: Run) -> None:
    outcome = run("search", "--", text)
    assert outcome.code in (0, 1)
    assert bool(outcome.stdout) == (outcome.code == 0)
    assert bool(outcome.stderr) == (outcome.code == 1)
    assert "\x1b" not in outcome.stdout + outcome.stderr


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=200) | st.text(alphabet='"*^()+-:,{}AND ORNEAR\x00detainer ', max_size=60)
)
def test_any_text_is_answered_or_not_found(text: str) -> None:
    try:
        found = search(Store(GOOD), text)
    except NotFoundError as error:
        assert error.message
    else:
        assert found.hits


def test_only_searches_load_the_engine() -> None:
    code = "import sys\nfrom ice_facts.cli import run\nrun()\nprint('sqlite3' in sys.modules)"
    for command, loaded in ((["search", "detainer"], "True"), (["city", "chicago"], "False")):
        done = subprocess.run(
            [sys.executable, "-c", code, *command],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout.endswith(f"{loaded}\n")
