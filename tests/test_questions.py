"""Ten questions of a reporter, each answered by one command, at the top of what it prints."""

from __future__ import annotations

import re
import shlex
from typing import NamedTuple

import pytest

from tests.conftest import AS_OF, Run
from tests.small_store import answer_of


class Question(NamedTuple):
    """What is asked, the command, and patterns that its first lines have."""

    asked: str
    command: str
    answer: tuple[str, ...]
    lines: int = 16


QUESTIONS = (
    Question(
        "Which states require jails to honor detainers, since when, under which law?",
        "rules --on detainers --stance requires --level state",
        (r"Florida +● requires \[\d+\] +2019-07-01 +Fla\. Stat\. ch\. 908",),
    ),
    Question(
        "Who was mayor of Chicago when the Welcoming City ordinance passed?",
        "policy 'welcoming city ordinance'",
        (r"enacted 2012-09", r"In office +Rahm Emanuel, mayor when it was enacted \[\d+\]"),
        8,
    ),
    Question(
        "Which agencies in Broward County have a 287(g) agreement, of what kind, since when?",
        "agreements --county broward --state fl",
        (r"Broward County +FL .*task force +2025-02-26",),
    ),
    Question(
        "What may the police and jails of Houston do for ICE today?",
        "city houston --brief",
        (
            r"Under\s+Texas\s+law,\s+police\s+and\s+sheriffs\s+must\s+hold\s+people\s+on\s+ICE\s+detainers",
        ),
        8,
    ),
    Question(
        "What changed in Chicago's detainer rule between 2012 and 2024, and by which act?",
        "compare chicago --as-of 2012 --with 2024 --on detainers",
        (r"□ limits · Cook", r"■ 2017-08-28 prohibits", r"2021-02-23"),
        30,
    ),
    Question(
        "Which cities are on the Justice Department's list?",
        "cities --listed doj",
        (r"boston +MA", r"DOJ 2025-08-05"),
    ),
    Question(
        "Who is for and who is against honoring detainers, and why?",
        "positions detainers",
        (r"For \(\d+\) +Against \(\d+\)", r"Concern: "),
    ),
    Question(
        "Which suits over sanctuary laws are pending, and where do they stand?",
        "policies --kind 'court case' --status pending",
        (r"United States v\. Maryland \(2026\) +pending +2026-07-09 +Filed on 2026-07-09",),
    ),
    Question(
        "Does Texas really have 387 agreements?",
        "check 'Texas has 387 287(g) agreements'",
        (r"The record agrees: the sentence says 387; Texas: 387", r"2026-05-18"),
    ),
    Question(
        "How do I cite Arizona v. United States?",
        "cite 'arizona v us'",
        (r"^Arizona v\. United States, 567 U\.S\. 387 \(2012\)\.",),
        1,
    ),
)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.asked[:40])
def test_one_command_answers_at_the_top(question: Question, run: Run) -> None:
    words = shlex.split(question.command)
    dated = [] if "--as-of" in words or words[0] == "cite" else ["--as-of", AS_OF]
    form = [] if words[0] == "cite" else ["-f", "table", "--width", "100"]
    shown = run(*words, *dated, *form)
    top = "\n".join(shown.stdout.splitlines()[: question.lines])

    assert shown.code == 0
    for pattern in question.answer:
        assert re.search(pattern, top), (pattern, top)


def test_who_was_in_office_is_told_only_where_the_dates_tell_it(run: Run) -> None:
    def in_office(policy: str) -> list[str]:
        card = run("policy", policy, "--as-of", AS_OF, "-f", "json").json()
        return [f"{holder['name']}, {holder['office']}" for holder in card["in_office"]]

    assert in_office("tx-sb-4-2017") == ["Greg Abbott, governor"]
    assert in_office("arizona-v-united-states") == []  # a court decides


def test_the_card_of_a_case_says_where_it_stands(run: Run) -> None:
    case = ("policy", "united-states-v-new-york-city-2025", "--as-of", AS_OF)
    card, shown = (
        run(*case, "-f", "json").json(),
        run(*case, "-f", "table", "--width", "300").stdout,
    )

    assert card["docket"] and card["stage"]
    assert re.search(r"(?m)^ Stage +", shown)
    assert re.search(rf"(?m)^ Docket +{re.escape(card['docket'])}", shown)


def test_a_law_that_a_judge_has_stopped_names_no_docket_without_one(run: Run) -> None:
    law = answer_of(run, "policy", "id-hb-83-2025")
    assert law["judge"] and not law["docket"]

    shown = run("policy", "id-hb-83-2025", "--as-of", AS_OF, "-f", "table").stdout
    assert re.search(rf"(?m)^ Judge +{law['judge']}", shown)
    assert "Docket" not in shown


def test_cases_have_court_docket_and_stage_in_data(run: Run) -> None:
    asked = ("policies", "--kind", "court case", "--status", "pending", "--as-of", AS_OF)
    header, *rows = run(*asked).rows()

    assert {"court", "docket", "stage", "kind"} <= set(header)
    assert any("U.S. District Court" in row[header.index("court")] for row in rows)
