"""check: what is stored near a sentence, and no verdict beyond it."""

from __future__ import annotations

import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ice_facts.across.nearest.answer import nearest
from ice_facts.across.nearest.text import sentences
from ice_facts.errors import NotFoundError
from ice_facts.model import Claim
from ice_facts.store import Store
from ice_facts.store.naming import words_of
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


def test_the_holder_of_the_office_comes_before_a_claim_of_an_article(run: Run) -> None:
    now, then, claim, *_ = check(run, LIGHTFOOT)
    assert (now["kind"], now["id"], now["from"]) == ("official", "chicago", "2023-05-15")
    assert (now["relation"], now["answer"], now["status"]) == ("decides", "differs", None)
    assert "Brandon Johnson" in str(now["reason"])
    assert (then["kind"], then["from"], then["until"]) == ("official", "2019-05-20", "2023-05-15")
    assert (claim["id"], claim["relation"], claim["status"]) == ("001-22", "says", "outdated")
    assert claim["answer"] is None


def test_the_officials_answer_as_of_the_date(run: Run) -> None:
    first = check(run, LIGHTFOOT, as_of="2021")[0]
    assert (first["answer"], first["from"]) == ("agrees", "2019-05-20")


def test_a_number_that_nothing_decides_is_only_related(run: Run) -> None:
    hits = check(run, LOS_ANGELES)
    assert {hit["relation"] for hit in hits} == {"related"}
    assert "002-11" in [hit["id"] for hit in hits]


def test_the_year_of_the_act_is_held_against_its_dates(run: Run) -> None:
    first, *others = check(run, ACT)
    assert (first["id"], first["answer"]) == ("homeland-security-act-2002", "differs")
    assert "2003; the law: enacted 2002-11-25" in str(first["reason"])
    assert "001-05" in [hit["id"] for hit in others]


@pytest.mark.parametrize(
    ("sentence", "kind", "id"),
    [
        ("Texas requires sheriffs to sign 287(g) agreements", "rule", "texas"),
        ("Bill de Blasio is the mayor of NYC", "official", "new-york-city"),
        ("California's SB 54 limits cooperation with ICE", "policy", "ca-sb-54"),
        ("ICE removed 271484 people in fiscal year 2024", "statistic", "removals-fy2024"),
        ("Chicago police may not honor detainers", "rule", "chicago"),
    ],
)
def test_the_first_fact_is_of_the_place_and_thing_named(
    sentence: str, kind: str, id: str, run: Run
) -> None:
    first = check(run, sentence)[0]
    assert (first["kind"], first["id"], first["relation"]) == (kind, id, "decides")


@pytest.mark.parametrize("sentence", UNRELATED)
def test_what_is_not_on_record_is_said_to_be_unknown(sentence: str, run: Run) -> None:
    outcome = run("check", sentence)
    assert (outcome.code, outcome.stdout) == (1, "")
    message, *hints = outcome.stderr.splitlines()
    assert "nothing near" in message
    assert [hint.strip() for hint in hints] == [
        "that tells nothing about whether it is true",
        "ice-facts search finds single words",
    ]


def test_why_one_sentence_is_not_decided_is_no_hint_on_several(run: Run) -> None:
    sentence = "In 1990 Houston police had to honor ICE detainers."
    told = "no rule on detainers is on record at Houston"
    assert told in run("check", sentence).stderr
    both = run("check", sentence, UNRELATED[1])
    assert (both.code, both.stdout) == (1, "")
    assert "these 2 sentences" in both.stderr and told not in both.stderr


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
        assert outcome.json()[0]["id"] == "chicago"


def test_empty_input_is_not_found_and_a_missing_file_wrong_usage(run: Run, tmp_path: Path) -> None:
    assert run("check", stdin="").code == 1
    assert run("check", stdin=" \n.\n").code == 1
    missing = run("check", "--file", str(tmp_path / "none.txt"))
    assert (missing.code, missing.stdout) == (2, "")
    assert run("check", LIGHTFOOT, "--file", str(tmp_path)).code == 2


def test_bytes_that_are_no_text_are_wrong_usage(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.bin"
    page.write_bytes(bytes(range(256)) * 40)
    found = run("check", "--file", str(page))
    assert (found.code, found.stdout) == (2, "")
    assert "is not a text in UTF-8 (byte 129)" in found.stderr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(LIGHTFOOT.encode(encoding))
    assert check(run, "--file", str(page))[0]["sentence"] == LIGHTFOOT


def test_utf_16_without_a_mark_is_not_taken_for_utf_8(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes("Ünsinn".encode("utf-16-le"))
    found = run("check", "--file", str(page))
    assert found.code == 2
    assert "UTF-8" in found.stderr


@pytest.mark.parametrize("arguments", ["-", "--file -", ""])
def test_closed_standard_input_is_wrong_usage(arguments: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m ice_facts check {arguments} 0<&-"
    found = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert (found.returncode, found.stdout) == (2, "")
    assert "Traceback" not in found.stderr
    assert found.stderr.strip()


def test_many_sentences_are_refused_at_once_and_quickly(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("".join(f"Word {n}! " for n in range(5_000)), encoding="utf-8")
    found = run("check", "--file", str(page))
    assert found.code == 2
    assert "5,000 sentences: at most 2,000" in found.stderr
    page.write_text("a" * 1_000_001, encoding="utf-8")
    found = run("check", "--file", str(page))
    assert found.code == 2
    assert "1,000,001 characters: at most 1,000,000" in found.stderr


@pytest.mark.parametrize("unit", ["A. ", "a. ", "B! ", "etc. e.g. "])
def test_dividing_takes_time_in_proportion_to_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        start = time.perf_counter()
        sentences(text)
        return time.perf_counter() - start

    seconds(100)
    assert seconds(100_000) < 40 * max(seconds(10_000), 0.005)


def test_a_page_takes_less_than_30_ms_a_sentence_and_each_has_its_own_answer(store: Store) -> None:
    asked = [sentence for claim in store.all(Claim)[::2] for sentence in sentences(claim.text)]
    nearest(store, asked[:1], AS_OF)  # the index may have to be made first
    start = time.process_time()
    together = nearest(store, asked, AS_OF)

    assert time.process_time() - start < 0.03 * len(asked)
    for answer in [a for a in together if a.hits][::25]:
        assert nearest(store, [answer.sentence], AS_OF) == [answer]


def test_the_card_shows_status_record_and_sources(run: Run) -> None:
    shown = run("check", LIGHTFOOT, "--as-of", AS_OF, "-f", "table").stdout
    for part in (
        "Answer       The record says otherwise: ",
        "Brandon Johnson, mayor of Chicago (chicago)",
        "An article said: “Lori Lightfoot is mayor of Chicago.” (001-22)",
        "Its own check: outdated.",
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
