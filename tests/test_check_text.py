"""check: what is stored near a sentence, and no verdict beyond it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ice_facts.across.nearest.answer import nearest, sentences
from ice_facts.errors import NotFoundError
from ice_facts.model import Claim
from ice_facts.spelling import words_of
from ice_facts.store import Store
from tests.bad_stores import GOOD
from tests.conftest import AS_OF, Run

LIGHTFOOT = "Lori Lightfoot is mayor of Chicago"
LOS_ANGELES = "Deportations in Los Angeles rose 27 percent"
ACT = "ICE was created by the 2003 Homeland Security Act"

UNRELATED = (
    "the weather is nice",
    "My cat sleeps on the couch all day",
    "I went to the city market last year to buy food for my family",
    "crime fell in my neighborhood last year",
    "The company reported strong earnings in the last quarter",
    "The president of France visited Berlin in 2019",
)


def check(run: Run, *arguments: str, as_of: str = AS_OF) -> list[dict[str, object]]:
    outcome = run("check", *arguments, "--as-of", as_of, "-f", "json")
    assert (outcome.code, outcome.stderr) == (0, "")
    found: list[dict[str, object]] = outcome.json()
    return found


def test_a_mayor_of_before_is_outdated_and_the_officials_say_since_when(run: Run) -> None:
    claim, *others = check(run, LIGHTFOOT)
    assert (claim["id"], claim["kind"], claim["status"]) == ("001-22", "claim", "outdated")
    assert "2023" in str(claim["record"])
    (official,) = (hit for hit in others if hit["kind"] == "official")
    assert (official["id"], official["from"], official["until"]) == (
        "chicago",
        "2019-05-20",
        "2023-05-15",
    )
    assert "Brandon Johnson" in str(official["record"])
    assert official["status"] is None


def test_the_officials_answer_as_of_the_date(run: Run) -> None:
    hits = check(run, LIGHTFOOT, as_of="2021")
    (official,) = (hit for hit in hits if hit["kind"] == "official")
    assert "Brandon Johnson" not in str(official["record"])


def test_a_number_that_nobody_confirms_is_unverified(run: Run) -> None:
    first = check(run, LOS_ANGELES)[0]
    assert (first["id"], first["status"]) == ("002-11", "unverified")


def test_the_year_of_the_act_is_contradicted(run: Run) -> None:
    first, *others = check(run, ACT)
    assert (first["id"], first["status"]) == ("001-05", "contradicted")
    assert "2002" in str(first["record"])
    assert "March 1" in str(first["record"])
    assert "homeland-security-act-2002" in [hit["id"] for hit in others]


@pytest.mark.parametrize(
    ("sentence", "kind", "id"),
    [
        ("Texas requires sheriffs to sign 287(g) agreements", "rule", "texas"),
        ("Bill de Blasio is the mayor of NYC", "official", "new-york-city"),
        ("California's SB 54 limits cooperation with ICE", "policy", "ca-sb-54"),
        ("ICE removed 271484 people in fiscal year 2024", "statistic", "removals-fy2024"),
        ("Chicago police may not honor detainers", "policy", "chicago-welcoming-city-ordinance"),
    ],
)
def test_the_nearest_fact_is_of_the_place_and_thing_named(
    sentence: str, kind: str, id: str, run: Run
) -> None:
    facts = [hit for hit in check(run, sentence) if hit["kind"] != "claim"]
    assert (facts[0]["kind"], facts[0]["id"]) == (kind, id)


@pytest.mark.parametrize("sentence", UNRELATED)
def test_what_is_not_on_record_is_said_to_be_unknown(sentence: str, run: Run) -> None:
    outcome = run("check", sentence)
    assert (outcome.code, outcome.stdout) == (1, "")
    assert "nothing near" in outcome.stderr


def test_statuses_are_those_of_the_store(run: Run, store: Store) -> None:
    for sentence in (LIGHTFOOT, LOS_ANGELES, ACT):
        for hit in check(run, sentence):
            claim = store.get(Claim, str(hit["id"])) if hit["kind"] == "claim" else None
            assert hit["status"] == (claim.check.status if claim else None)


def test_every_hit_has_sources(run: Run) -> None:
    for sentence in (LIGHTFOOT, ACT):
        for hit in check(run, sentence):
            assert hit["sources"]


def test_a_page_has_an_answer_for_each_sentence(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(f"\ufeff{LIGHTFOOT}. The weather\nis nice. {LOS_ANGELES}!\n", encoding="utf-8")
    asked = {str(hit["sentence"]) for hit in check(run, "--file", str(page))}
    assert asked == {f"{LIGHTFOOT}.", f"{LOS_ANGELES}!"}
    lines = run("check", "--file", str(page)).rows()
    assert {row[0] for row in lines[1:]} == {*asked, "The weather is nice."}


def test_standard_input_is_read(run: Run) -> None:
    for arguments in ((), ("-",), ("--file", "-")):
        outcome = run("check", *arguments, "-f", "json", stdin=LIGHTFOOT)
        assert outcome.json()[0]["id"] == "001-22"


def test_empty_input_is_not_found_and_a_missing_file_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("check", stdin="").code == 1
    assert run("check", stdin=" \n.\n").code == 1
    missing = run("check", "--file", str(tmp_path / "none.txt"))
    assert (missing.code, missing.stdout) == (2, "")
    assert run("check", LIGHTFOOT, "--file", str(tmp_path)).code == 2


def test_bytes_that_are_no_text_are_no_error(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.bin"
    page.write_bytes(bytes(range(256)) * 40)
    assert run("check", "--file", str(page)).code in (0, 1)


def test_the_card_shows_status_record_and_sources(run: Run) -> None:
    shown = run("check", LIGHTFOOT, "--as-of", AS_OF, "-f", "table").stdout
    for part in (
        "! outdated",
        "(001-22)",
        "Record: ",
        "[1]",
        "Sources",
        "ice-facts cite 001-22 001-23",
    ):
        assert part in shown


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("One. Two? Three!", ["One.", "Two?", "Three!"]),
            ("U.S. Attorney Smith v. Jones. Yes.", ["U.S. Attorney Smith v. Jones.", "Yes."]),
            ("Gov. J. B. Pritzker spoke. So did Sen. Paul.", None),
            ("It rose 2.5 percent in Jan. 2025. It fell.", None),
            ("A line\nthat goes on. Next", ["A line that goes on.", "Next"]),
            ("A heading\n\nA text", ["A heading", "A text"]),
            ("- one\n- two", ["- one", "- two"]),
            ("He said “No.” She left.", ["He said “No.”", "She left."]),
            ("...", []),
        ],
    )
    def test_ends(self, text: str, parts: list[str] | None) -> None:
        found = sentences(text)
        assert found == parts if parts is not None else len(found) == 2

    @given(st.text(max_size=300))
    def test_no_word_is_lost(self, text: str) -> None:
        assert words_of(" ".join(sentences(text))) == words_of(text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.text(max_size=300) | st.text(alphabet="ExampletonmayorAna Ruiz.\"'*()\x00\n", max_size=80)
)
def test_any_text_is_answered_or_unknown(text: str) -> None:
    try:
        answers = nearest(Store(GOOD), sentences(text), AS_OF)
    except NotFoundError as error:
        assert error.message
    else:
        assert any(answer.hits for answer in answers)
        for answer in answers:
            for hit in answer.hits:
                assert 0 < hit.score <= 1


@pytest.mark.parametrize("text", ["x" * 10_000, "detainer warrant " * 600, '"', "🚨", "NEAR(", ""])
def test_long_and_odd_texts(text: str, run: Run) -> None:
    outcome = run("check", "--", text)
    assert outcome.code in (0, 1, 2)
    assert bool(outcome.stdout) == (outcome.code == 0)
