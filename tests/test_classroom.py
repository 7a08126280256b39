"""For class: every question and statement is checked against the store, file by file."""

from __future__ import annotations

import io
import json
import re
import shlex
import sqlite3
import zipfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest

from ice_facts.across.classroom.facts import DIMENSION_PHRASES, STANCE_VERBS, SureFacts
from ice_facts.across.classroom.items import QUESTION_KINDS, QuizItem, items_of
from ice_facts.across.classroom.lesson import PLANS
from ice_facts.across.classroom.matching import rules_to_match, sentences_to_match
from ice_facts.across.classroom.quiz import quiz
from ice_facts.across.classroom.shared import Scope
from ice_facts.across.classroom.statements import VERDICTS, statements
from ice_facts.across.classroom.worksheet import worksheet
from ice_facts.ask import Session
from ice_facts.cli.nested import answering
from ice_facts.model import TABLES, Source, Topic
from ice_facts.render import FORMATS, Style
from ice_facts.render.deck import deck_of
from ice_facts.render.deck.layout import SMALL, leaves_of
from ice_facts.render.school import _gift
from ice_facts.show.deck import Deck
from ice_facts.show.labels import Labels
from ice_facts.store import Store, bundled_data, table_files
from tests.conftest import AS_OF, Run
from tests.small_store import CITED, rule, write_store

SEEDS = (1, 2, 3)


def raw(table: str) -> dict[str, Any]:
    """Return the records of a table as they stand in the files."""
    found: dict[str, Any] = {}
    for path in table_files(bundled_data(), table):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def files() -> dict[str, dict[str, Any]]:
    """Return all tables as they stand in the files."""
    return {table: raw(table) for table in TABLES}


@pytest.fixture(scope="module")
def sure() -> SureFacts:
    """Return the sure facts of the whole record."""
    return SureFacts(Store(), AS_OF)


def day(partial: str) -> str:
    """Return the first day of a partial date."""
    return partial + "-01-01"[len(partial) - 4 :] if len(partial) < 10 else partial


def in_force(place: dict[str, Any], dimension: str) -> list[dict[str, Any]]:
    """Return every rule of a place on a dimension that may hold on the date."""
    return [
        r
        for r in place.get("rules", ())
        if r["dimension"] == dimension
        and day(r.get("from") or "0001") <= AS_OF
        and not (r.get("until") and day(r["until"]) <= AS_OF)
    ]


# What cannot be so together, written here a second time on purpose.
RESTRICTS, COOPERATES = {"prohibits", "limits"}, {"requires", "forbids-limits", "permits"}


def contrary(one: str, other: str) -> bool:
    if {one, other} == {"limits", "permits"}:
        return False
    return (one in RESTRICTS) != (other in RESTRICTS) and one != other


def names(name: str, text: str) -> bool:
    """Return True if a text has a name as words of its own."""
    return re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text) is not None


class TestQuestions:
    """Every item of every kind against the files, with several seeds."""

    def test_nothing_is_asked_where_a_rule_is_on_a_part_or_a_practice(
        self, sure: SureFacts, files: dict[str, dict[str, Any]]
    ) -> None:
        parts = {
            (id, rule["dimension"])
            for id, place in files["jurisdictions"].items()
            for dimension in {r["dimension"] for r in place.get("rules", ())}
            for rule in in_force(place, dimension)
            if "scope" in rule or rule.get("practice")
        }
        assert parts
        assert not parts & {(r.place.id, r.rule.dimension) for r in sure.rules()}

    @pytest.mark.parametrize("kind", QUESTION_KINDS)
    def test_every_question_is_right_by_the_files_and_no_wrong_answer_is(
        self, kind: str, sure: SureFacts, files: dict[str, dict[str, Any]]
    ) -> None:
        checks = {
            "rule": self.check_rule,
            "place": self.check_place,
            "official": self.check_official,
            "year": self.check_year,
            "term": self.check_term,
            "claim": self.check_claim,
        }
        for seed in SEEDS:
            items = items_of(sure, kind, Random(seed))
            assert len(items) > 20
            assert len({item.id for item in items}) == len(items)
            for item in items:
                self.check_form(item, files)
                checks[kind](item, files)

    def check_form(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        assert 2 <= len(item.options) <= 4
        assert len(set(item.options)) == len(item.options) == len(item.keys)
        assert item.question and item.record and item.sources
        assert any(files["sources"][c.id].get("read") for c in item.sources)

    def rule_of(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> dict[str, Any]:
        """Return the rule of an item: confirmed, certain, and the only stance of its place."""
        _, place, dimension = item.id.split(":")
        rules = in_force(files["jurisdictions"][place], dimension)
        assert len({r["stance"] for r in rules}) == 1
        assert rules[0]["stance"] not in ("unknown", "silent")
        for found in rules:
            assert found["confirmed"]
            policy = files["policies"].get(found.get("policy") or "")
            assert not policy or (policy["status"] == "in force" and not policy.get("disputed"))
        for dispute in files["jurisdictions"][place].get("disputed", ()):
            assert dimension.rstrip("s") not in dispute["about"]
        return rules[0]

    def check_rule(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        stance = self.rule_of(item, files)["stance"]
        assert item.keys[item.right] == stance
        for key in set(item.keys) - {stance}:
            assert contrary(key, stance) or {key, stance} == {"permits", "requires"}

    def check_place(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        _, place, dimension = item.id.split(":")
        stance = self.rule_of(item, files)["stance"]
        assert item.keys[item.right] == place
        for other in set(item.keys) - {place}:
            record = files["jurisdictions"][other]
            assert record["level"] == files["jurisdictions"][place]["level"]
            own = in_force(record, dimension)
            assert any(r["confirmed"] for r in own)
            reaching = [
                r
                for id in (other, *record.get("part_of", ()))
                for r in in_force(files["jurisdictions"].get(id, {}), dimension)
            ]
            assert all(r["stance"] == "silent" or contrary(stance, r["stance"]) for r in reaching)

    def check_official(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        asked = re.fullmatch(r"Who was (.+?)(?: of (.+))? on (\d{4}-\d\d-\d\d)\?", item.question)
        assert asked
        on, place = asked[3], files["jurisdictions"][item.places[0]]
        office = asked[1] if asked[2] else item.question[8:].rpartition(" on ")[0]
        if place["level"] == "federal":
            office = item.question[len("Who was ") :].rpartition(" on ")[0]
        terms = [o for o in place["officials"] if o["office"] == office]
        holding = {
            o["name"]
            for o in terms
            if day(o.get("from") or "0001") <= on and day(o.get("until") or "9999") >= on
        }
        assert holding == {item.answer}
        assert any(o["name"] == item.answer and o.get("confirmed") for o in terms)
        assert not holding & (set(item.options) - {item.answer})

    def check_year(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        policy = files["policies"][item.id.partition(":")[2]]
        dates = [policy.get(k) for k in ("introduced", "enacted", "effective", "ended")]
        dates += [a["date"] for a in policy.get("amended", ())]
        years = {date[:4] for date in dates if date}
        assert item.answer == policy["enacted"][:4] and policy["confirmed"]
        assert not policy.get("disputed")
        assert not years & (set(item.options) - {item.answer})
        assert item.answer not in item.question

    def check_term(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        id = item.id.partition(":")[2]
        term = files["terms"][id]
        assert item.keys[item.right] == id and term["confirmed"]
        assert term["text"] in item.question
        said = term["text"].casefold()
        for other in set(item.keys) - {id}:
            wrong = files["terms"][other]
            for name in (wrong["term"], *wrong.get("aliases", ())):
                assert not names(name, said)
            for name in (term["term"], *term.get("aliases", ())):
                assert not names(name, wrong["text"].casefold())

    def check_claim(self, item: QuizItem, files: dict[str, dict[str, Any]]) -> None:
        claim = files["claims"][item.id.partition(":")[2]]
        assert item.keys[item.right] == claim["check"]["status"]
        assert claim["check"]["status"] not in ("unverified", "not-checkable")
        assert claim["text"] in item.question

    def test_what_is_not_sure_makes_no_question(self, tmp_path: Path) -> None:
        places = {
            "alpha": {
                "name": "Alpha",
                "level": "state",
                "state": "AL",
                "rules": [
                    rule("detainers", "prohibits"),
                    rule("287g", "requires", confirmed=None),
                    rule("jail-access", "unknown"),
                    rule("release-notice", "prohibits", note="The day is not confirmed."),
                    rule("status-inquiries", "prohibits"),
                    rule("status-inquiries", "requires"),
                    rule("property-access", "prohibits"),
                    rule("general-assistance", "prohibits", until="2020"),
                ],
                "disputed": [
                    {
                        "about": "use of city property",
                        "accounts": [
                            {"value": "yes", "sources": CITED},
                            {"value": "no", "sources": CITED},
                        ],
                    }
                ],
            }
        }
        store = Store(Path(write_store(tmp_path, jurisdictions=places)))
        items = items_of(SureFacts(store, AS_OF), "rule", Random(1))
        assert [item.id for item in items] == ["rule:alpha:detainers"]

    def test_a_seed_gives_the_same_sheet_again_and_another_another(self, run: Run) -> None:
        for command in ("quiz", "worksheet", "spotlight"):
            one, same, other = (
                run(command, "--seed", seed, "-f", "json", "--as-of", AS_OF).stdout
                for seed in ("7", "7", "8")
            )
            assert one == same != other

    def test_topic_place_kind_and_count_choose(self, run: Run) -> None:
        options = ("--seed", "1", "--as-of", AS_OF, "-f", "json")
        detainers = run("quiz", "--topic", "detainers", "--kind", "rule,place", *options).json()
        place = run("quiz", "--place", "chicago", "--kind", "rule", *options).json()
        few = run("quiz", "--count", "3", *options).json()

        assert {item["id"].split(":")[2] for item in detainers} == {"detainers"}
        assert {item["id"].split(":")[1] for item in place} <= {
            "chicago",
            "cook-county-il",
            "illinois",
        }
        assert len(few) == 3

    @pytest.mark.parametrize("short", [False, True])
    @pytest.mark.parametrize("kinds", [QUESTION_KINDS, ("rule",), ("rule", "place")])
    def test_as_many_rules_limit_cooperation_as_do_not(
        self, kinds: tuple[str, ...], short: bool, sure: SureFacts
    ) -> None:
        stances = {rule.id: rule.rule.stance for rule in sure.rules()}
        for seed in range(8):
            for count in (6, 15):
                asked = quiz(sure, Scope(), kinds=kinds, count=count, seed=seed, short=short)
                said = [
                    stances[item.id.partition(":")[2]] in RESTRICTS
                    for item in asked
                    if item.kind in ("rule", "place")
                ]
                assert len(said) >= count // 3
                assert abs(said.count(True) - said.count(False)) <= 1

    def test_chance_tells_which_direction_has_one_rule_more(self, sure: SureFacts) -> None:
        stances = {rule.id: rule.rule.stance for rule in sure.rules()}
        first = Counter(
            stances[item.id.partition(":")[2]] in RESTRICTS
            for seed in range(20)
            for item in quiz(sure, Scope(), kinds=("rule",), count=1, seed=seed)
        )
        assert min(first[True], first[False]) >= 4

    def test_a_scope_with_few_rules_of_one_direction_still_has_questions(
        self, sure: SureFacts
    ) -> None:
        scope = Scope(topics=frozenset({"property-access"}))
        stances = {
            rule.id: rule.rule.stance
            for rule in sure.rules()
            if rule.rule.dimension == "property-access"
        }
        few = sum(stance in COOPERATES for stance in stances.values())
        asked = quiz(sure, scope, kinds=("rule",), count=10, seed=1)

        assert few < 4
        assert len(asked) == 10
        assert sum(stances[item.id.partition(":")[2]] in COOPERATES for item in asked) == few

    def test_nothing_sure_on_a_topic_says_so(self, run: Run) -> None:
        asked = run("quiz", "--topic", "family-separation", "--kind", "rule")

        assert (asked.code, asked.stdout) == (1, "")
        assert "no question on Family separation" in asked.stderr


class TestWorksheet:
    @pytest.mark.parametrize("verdict", VERDICTS)
    def test_every_statement_stands_as_the_key_says(
        self, verdict: str, sure: SureFacts, files: dict[str, dict[str, Any]]
    ) -> None:
        for seed in SEEDS:
            found = statements(sure, verdict, Random(seed))
            assert found
            for one in found:
                kind, _, rest = one.id.partition(":")
                assert one.verdict == verdict and one.sources and one.record
                if kind == "claim":
                    assert files["claims"][rest]["check"]["status"] == verdict
                elif kind == "official":
                    place = rest.split(":")[0]
                    terms = files["jurisdictions"][place]["officials"]
                    said = [o for o in terms if o["name"] in one.text.partition(" is ")[0]]
                    assert said and all(day(o["until"]) <= AS_OF for o in said if o.get("until"))
                    assert any(o.get("until") and o.get("confirmed") for o in said)
                else:
                    place, dimension, said_stance = rest.split(":")
                    stances = {
                        r["stance"] for r in in_force(files["jurisdictions"][place], dimension)
                    }
                    assert len(stances) == 1
                    stance = stances.pop()
                    assert f"{STANCE_VERBS[said_stance]} {DIMENSION_PHRASES[dimension]}" in one.text
                    assert (
                        said_stance == stance
                        if verdict == "supported"
                        else contrary(said_stance, stance)
                    )

    def test_what_is_true_is_not_mostly_of_one_direction(self, sure: SureFacts) -> None:
        said: Counter[tuple[str, bool]] = Counter()
        for seed in range(12):
            for task in worksheet(sure, Scope(), count=12, seed=seed):
                kind, *_, stance = task.id.split(":")
                if task.part == "judge" and kind == "rule":
                    said[task.answer, stance in RESTRICTS] += 1
        for verdict in ("supported", "contradicted"):
            assert said[verdict, True] >= 8
            assert abs(said[verdict, True] - said[verdict, False]) <= 12

    def test_a_rule_fits_its_own_place_only(self, sure: SureFacts) -> None:
        for seed in range(8):
            rules = rules_to_match(sure, Scope(), 4, Random(seed))
            assert len(rules) >= 3
            for one in rules:
                assert one.place.name not in one.rule.text
                for other in rules:
                    if other is not one:
                        held = {
                            r.stance for r in sure.possible_rules(other.place, one.rule.dimension)
                        }
                        assert len(held) == 1 and one.rule.stance not in held

    @pytest.mark.parametrize("count", [3, 4, 6])
    def test_as_many_rules_to_match_limit_cooperation_as_do_not(
        self, count: int, sure: SureFacts
    ) -> None:
        for seed in range(8):
            rules = rules_to_match(sure, Scope(), count, Random(seed))
            said = [one.rule.stance in RESTRICTS for one in rules]
            assert len(said) >= 3
            assert abs(said.count(True) - said.count(False)) <= 1
        assert len(rules_to_match(sure, Scope(), 4, Random(1))) == 4

    def test_a_sentence_rests_on_its_own_document_only(self, sure: SureFacts) -> None:
        for seed in range(10):
            chosen = sentences_to_match(sure, Scope(), 4, Random(seed))
            assert len(chosen) == 4
            ids = [c.id for one in chosen for c in {c.id: c for c in one.citations}.values()]
            assert len(ids) == len(set(ids))

    def test_it_has_a_name_line_and_the_key_on_a_page_of_its_own(self, run: Run) -> None:
        html = run("worksheet", "--seed", "7", "--as-of", AS_OF, "-f", "html").stdout
        text = run("worksheet", "--seed", "7", "--as-of", AS_OF, "-f", "markdown").stdout
        pages = html.split("<section")

        assert "Name:" in pages[1] and "Date:" in pages[1]
        assert ">Key<" in pages[-1] and not any(">Key<" in page for page in pages[:-1])
        assert "Record" not in "".join(pages[1:-1])
        assert text.split("---\n")[-1].lstrip().startswith("## Key")
        assert "--seed 7" in pages[1]


class TestSides:
    def test_both_have_as_many_entries_and_all_are_on_record(
        self, run: Run, files: dict[str, dict[str, Any]]
    ) -> None:
        for topic in ("detainers", "sanctuary-policies", "287g", "federal-funding", "ca-sb-54"):
            sheet = run("sides", topic, "--count", "3", "-f", "json", "--as-of", AS_OF).json()
            sides = Counter(entry["side"] for entry in sheet["entries"])
            assert sides["supports"] == sides["opposes"] == 3
            for entry in sheet["entries"]:
                found = files["positions"][entry["id"]]
                assert (found["stance"], found["stakeholder"]) == (
                    entry["side"],
                    entry["stakeholder"],
                )
                assert found["confirmed"] and topic in (found.get("topic"), found.get("policy"))
            names = [(e["side"], e["name"]) for e in sheet["entries"]]
            assert len(set(names)) == len(names)

    @pytest.mark.parametrize("topic", ["federal-local-cooperation", "287g", "ca-sb-54"])
    def test_it_counts_the_record_as_positions_does_and_draws_on_reasons(
        self, run: Run, topic: str
    ) -> None:
        sheet = run("sides", topic, "--count", "3", "-f", "json", "--as-of", AS_OF).json()
        held = run("positions", topic, "-f", "json", "--as-of", AS_OF).json()
        stances = Counter(row["stance"] for row in held)

        assert (sheet["supports"], sheet["opposes"]) == (stances["supports"], stances["opposes"])
        said = f"On record: {stances['supports']} for, {stances['opposes']} against."
        assert sheet["notes"][0].startswith(said)
        usable = Counter(entry["side"] for entry in (*sheet["entries"], *sheet["others"]))
        if usable["supports"] != sheet["supports"] or usable["opposes"] != sheet["opposes"]:
            assert (
                f"Sure enough for this sheet: {usable['supports']} of them for,"
                f" {usable['opposes']} against."
            ) in sheet["notes"][0]
        assert all(entry["concern"] or entry["remedy"] for entry in sheet["entries"])

    def test_a_side_with_too_few_entries_is_told_and_not_padded(self, run: Run) -> None:
        sheet = run("sides", "national-guard-deployment", "-f", "json", "--as-of", AS_OF).json()

        assert len(sheet["entries"]) == 2
        assert "each side has 1 entry" in sheet["notes"][1]

    def test_it_says_for_what_and_leaves_room_for_common_ground(self, run: Run) -> None:
        html = run("sides", "detainers", "-f", "html", "--as-of", AS_OF).stdout

        assert "For: honoring immigration detainers" in html
        assert "Against: honoring immigration detainers" in html
        assert "Common ground" in html and "Change sides" in html
        assert "count records, not people" in html and "Several records each: " in html

    def test_every_topic_has_questions(self, store: Store) -> None:
        for topic in store.all(Topic):
            assert 2 <= len(topic.questions) <= 3
            assert all(q.endswith("?") for q in topic.questions)


class TestLessons:
    @pytest.mark.parametrize("id", PLANS)
    def test_its_commands_are_answered_in_45_minutes(self, id: str, run: Run) -> None:
        plan = PLANS[id]

        assert sum(step.minutes for step in plan.steps) == 45
        for step in plan.steps:
            for command in step.commands:
                asked = run(*shlex.split(command))
                told = [t for t in asked.stderr.splitlines() if " is taken as " not in t]
                assert (asked.code, told) == (0, []), command

    def test_a_wrong_name_lists_them(self, run: Run) -> None:
        asked = run("lesson", "detaners")

        assert asked.code == 1
        assert "did you mean detainers?" in asked.stderr


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.casefold().removesuffix("e"))
    return max(1, len(groups))


def grade(text: str) -> float:
    """Return the grade of a text by Flesch and Kincaid."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.?!](?:\s|$)", text)))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("form", FORMATS)
def test_the_card_of_a_topic_has_its_questions_in_every_format(form: str, run: Run) -> None:
    asked = raw("topics")["detainers"]["questions"]
    text = run("topic", "detainers", "--as-of", AS_OF, "-f", form, "--width", "1000").stdout
    plain = re.sub(r"<[^>]+>|\\\\|''|[\s'’\"]+", "", text)
    without = run("policy", "ca-sb-54", "--as-of", AS_OF, "-f", form).stdout

    assert len(asked) == 3
    for question in asked:
        assert re.sub(r"[\s'’\"]+", "", question) in plain
    assert not re.search("To discuss", without)


def test_questions_have_no_source_on_a_slide(run: Run) -> None:
    slides = run("slides", "topic detainers", "--as-of", AS_OF, "-f", "json").json()

    assert [slide["source"] for slide in slides if "to discuss" in slide["title"]] == [""]
    assert slides[0]["source"] == ""  # what a topic is about is in our own words


def test_our_own_words_are_for_grade_eight(store: Store) -> None:
    plans = [" ".join([step.look, *step.ask]) for plan in PLANS.values() for step in plan.steps]
    questions = [" ".join(t.questions) for t in store.all(Topic) if t.questions]

    assert grade(" ".join(plans)) <= 8
    assert grade(" ".join(questions)) <= 8


class TestSchools:
    """What is written is read back."""

    def test_gift_is_read_back(self, run: Run) -> None:
        options = ("quiz", "--seed", "7", "--count", "40", "--as-of", AS_OF)
        text = run(*options, "-f", "gift").stdout
        items = run(*options, "-f", "json").json()
        read = list(read_gift(text))

        assert len(read) == len(items) == 40
        for found, item in zip(read, items, strict=True):
            assert found["title"] == item["id"]
            assert found["question"] == " ".join(item["question"].split())
            assert [answer for _, answer in found["answers"]] == item["options"]
            assert [answer for sign, answer in found["answers"] if sign == "="] == [item["answer"]]
            assert found["feedback"].startswith(item["record"])

    def test_gift_escapes_all_that_means_something(self) -> None:
        for text in ("a=b", "{x}", "1:2", "#1", "~", "\\n", "a -> b"):
            assert unescaped(_gift(text)) == text

    def test_kahoot_is_a_spreadsheet_of_its_form(self, run: Run, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl", reason="the extra kahoot is not installed")
        target = tmp_path / "quiz.xlsx"
        options = ("quiz", "--seed", "7", "--short", "--as-of", AS_OF)
        run(*options, "-o", str(target))
        items = run(*options, "-f", "json").json()
        rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))

        assert rows[7][1] == "Question - max 120 characters"
        for row, item in zip(rows[8:], items, strict=True):
            assert row[1] == item["question"] and len(row[1]) <= 120
            options_read = [cell for cell in row[2:6] if cell]
            assert options_read == item["options"]
            assert all(len(cell) <= 75 for cell in options_read)
            assert row[6] in (5, 10, 20, 30, 60, 90, 120, 240)
            assert options_read[row[7] - 1] == item["answer"]

    def test_what_kahoot_does_not_take_is_told(self, run: Run, tmp_path: Path) -> None:
        asked = run("quiz", "--seed", "7", "-o", str(tmp_path / "quiz.xlsx"))

        assert asked.code == 2
        assert "add --short" in asked.stderr
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("command", ["quiz --seed 7", "cards detainer 'judicial warrant'"])
    def test_a_deck_for_anki_is_read_back(self, command: str, run: Run, tmp_path: Path) -> None:
        pytest.importorskip("genanki", reason="the extra anki is not installed")
        target = tmp_path / "deck.apkg"
        run(*shlex.split(command), "--as-of", AS_OF, "-o", str(target))
        items = run(*shlex.split(command), "--as-of", AS_OF, "-f", "json").json()
        zipfile.ZipFile(target).extract("collection.anki2", tmp_path)
        base = sqlite3.connect(tmp_path / "collection.anki2")
        notes = [row[0].split("\x1f") for row in base.execute("select flds from notes")]
        cards = base.execute("select count(*) from cards").fetchone()[0]
        base.close()

        assert len(notes) == cards == len(items)
        assert all(front and back for front, back in notes)
        text = run(*shlex.split(command), "--as-of", AS_OF, "-f", "anki").stdout
        assert text.startswith("#separator:tab\n#html:true\n")
        assert sum(not line.startswith("#") for line in text.splitlines()) == len(items)

    def test_an_absent_extra_says_what_to_install(
        self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for package, extra, command, name in (
            ("genanki", "anki", "cards", "cards.apkg"),
            ("openpyxl", "kahoot", "quiz --seed 7 --short", "quiz.xlsx"),
            ("pptx", "slides", "slides chicago", "chicago.pptx"),
        ):
            monkeypatch.setitem(__import__("sys").modules, package, None)
            asked = run(*shlex.split(command), "-o", str(tmp_path / name))
            assert asked.code == 2
            assert f"pip install 'ice-facts[{extra}]'" in asked.stderr

    def test_formats_of_schools_are_of_quiz_and_cards_only(self, run: Run) -> None:
        for form in ("gift", "kahoot", "anki"):
            asked = run("city", "chicago", "-f", form)
            assert (asked.code, asked.stdout) == (2, "")
            assert f"{form} is a format of" in asked.stderr


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def read_gift(text: str) -> Any:
    """Read multiple choice questions of GIFT as Moodle does: by its unescaped signs."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.split("\n") if not line.startswith("//")]
        if not lines:
            continue
        whole = "\n".join(lines)
        head = re.match(r"::((?:\\.|[^\\:])+)::(?:\[(\w+)\])?", whole)
        assert head and head[2] == "plain"
        body = re.fullmatch(
            r"((?:\\.|[^\\{}~=#])+)\{\n(.*?)\n####((?:\\.|[^\\{}~=#])+)\}",
            whole[head.end() :],
            re.DOTALL,
        )
        assert body, whole
        answers = re.findall(r"^([=~])((?:\\.|[^\\{}~=#:\n])+)$", body[2], re.MULTILINE)
        assert len(answers) == len(body[2].split("\n"))
        assert [sign for sign, _ in answers].count("=") == 1
        yield {
            "title": unescaped(head[1]),
            "question": unescaped(body[1]).strip(),
            "answers": [(sign, unescaped(answer)) for sign, answer in answers],
            "feedback": unescaped(body[3]).strip(),
        }


DECK = (
    "chicago",
    "term detainer",
    "positions detainers",
    "map rule=detainers",
    "map agreements",
    "chart book-ins",
    "chart removals",
    "compare illinois texas --on detainers,287g",
    "timeline chicago --from 2025",
)
SVG = "{http://www.w3.org/2000/svg}"


class TestSlides:
    def test_every_page_is_1280_by_720_and_no_letter_under_24(
        self, run: Run, tmp_path: Path
    ) -> None:
        assert run("slides", *DECK, "--as-of", AS_OF, "-o", str(tmp_path / "d.svg")).code == 0
        pages = sorted(tmp_path.iterdir())

        assert len(pages) > 20
        for page in pages:
            root = ElementTree.fromstring(page.read_bytes())
            assert root.get("viewBox") == "0 0 1280 720"
            self.check_letters(root, 1.0)

    def check_letters(self, element: ElementTree.Element, zoom: float) -> None:
        if element.tag == f"{SVG}svg" and element.get("y"):
            zoom = float(element.get("width", "1")) / float(element.get("viewBox", "").split()[2])
        if element.tag == f"{SVG}text":
            size = float(element.get("font-size", "0")) * zoom
            assert size >= SMALL - 0.01, "".join(element.itertext())
            if zoom == 1 and element.get("text-anchor") is None:
                end = float(element.get("x", "0")) + float(element.get("textLength", "0"))
                assert end <= 1280 - 20, "".join(element.itertext())
        for child in element:
            self.check_letters(child, zoom)

    def test_it_is_one_page_of_html_with_notes_and_print(self, run: Run) -> None:
        html = run("slides", *DECK, "--as-of", AS_OF, "-f", "html").stdout

        slides = html.count('class="slide')
        assert slides > 20
        assert html.count('class="notes"') == slides
        assert "size: 1280px 720px" in html
        assert "ArrowRight" in html and " src=" not in html
        assert html.count("<svg") == 4
        assert "[chicago-mcc-2-173-020" in html  # the full facts, with ids and places

    def test_markdown_has_a_line_between_slides_and_notes(self, run: Run) -> None:
        text = run("slides", "chicago", "--as-of", AS_OF, "-f", "markdown").stdout
        slides = text.partition("---\n\n")[2] or text

        assert text.startswith("---\nmarp: true\n")
        assert len(re.findall(r"(?m)^---$", slides)) > 6
        assert text.count("<!--") == text.count("-->") > 6

    def test_a_powerpoint_file_has_titles_notes_tables_and_alt_texts(
        self, run: Run, tmp_path: Path
    ) -> None:
        pptx = pytest.importorskip("pptx", reason="the extra slides is not installed")
        target = tmp_path / "d.pptx"
        run("slides", *DECK, "--as-of", AS_OF, "-o", str(target))
        show = pptx.Presentation(io.BytesIO(target.read_bytes()))

        assert (show.slide_width, show.slide_height) == (1280 * 9525, 720 * 9525)
        assert len(show.slides) > 20
        tables = pictures = 0
        for slide in show.slides:
            assert slide.shapes.title.text_frame.text
            assert slide.notes_slide.notes_text_frame.text
            for shape in slide.shapes:
                tables += shape.has_table
                if shape.shape_type == 13:
                    pictures += 1
                    assert len(shape._element.xpath(".//p:cNvPr")[0].get("descr")) > 40
                frame: Any = shape.text_frame if shape.has_text_frame else None
                for written in (r for p in frame.paragraphs for r in p.runs) if frame else ():
                    assert written.font.size.pt >= 18
        assert tables > 5 and pictures == 4

    def test_long_answers_become_several_pages_and_nothing_is_lost(self, store: Store) -> None:
        from ice_facts.across.classroom.deck import slides_of
        from ice_facts.subjects.cards import ask_policy

        reply = ask_policy(Session(as_of=AS_OF), ["sb54"])
        view = reply.views(Labels(store))[0]
        slides = tuple(slides_of(view))
        leaves = leaves_of(Deck("SB 54", slides))
        drawn = " ".join(line for leaf in leaves for b in leaf.blocks for line in b.lines)

        for slide in slides:
            for text in slide.texts:
                for piece in text.cell:
                    assert " ".join(piece.text.split()[:3]) in " ".join(drawn.split())

    def test_a_name_a_command_and_what_is_wrong(self, run: Run) -> None:
        wrong = {
            ("chicgo",): "did you mean chicago?",
            ("city chicago --nonsense",): "in 'city': no such option",
            ("slides chicago",): "slides has no slides",
            ("map rule=nonsense",): "no dimension",
            ("'",): "cannot read",
        }
        for words, says in wrong.items():
            asked = run("slides", *words)
            assert asked.code in (1, 2), words
            assert asked.stdout == ""
            assert says in asked.stderr
        both = run("slides", "chicago", "chicgo", "-f", "tsv")
        assert both.code == 1 and "Chicago" in both.stdout

    def test_the_first_slide_says_what_people_came_for(self, run: Run) -> None:
        asked = ("term detainer", "topic detainers", "policy sb54", "chicago")
        slides = run("slides", *asked, "--as-of", AS_OF, "-f", "json").json()
        firsts = {slide["title"]: " ".join(slide["text"]) for slide in reversed(slides)}

        assert "A written request" in firsts["Detainer (immigration hold)"]
        assert "To support means" in firsts["Immigration detainers"]
        assert "immigration enforcement" in firsts["California Values Act (SB 54)"]
        assert "may not hold people on ICE detainers" in firsts["Chicago, Illinois"]

    def test_sides_stand_together_only_on_one_subject_which_is_named(self, run: Run) -> None:
        slides = run("slides", "positions chicago", "--as-of", AS_OF, "-f", "json").json()

        assert len(slides) > 8
        assert all(slide["title"].startswith("Positions: Chicago (city): ") for slide in slides)
        assert all("For: " in slide["subtitle"] for slide in slides)
        for slide in slides:
            names = [text.partition(" (")[0] for text in slide["text"]]
            pairs = {"For", "Against"}, {"Mixed", "Neutral"}
            assert any(set(names) <= pair for pair in pairs), slide["title"]

    def test_parts_and_rows_that_were_asked_for_are_all(self, run: Run) -> None:
        parts = run("slides", "city chicago -s nonsense", "-f", "json")
        rules = run("slides", "city chicago -s rules", "--as-of", AS_OF, "-f", "json").json()
        rows = run("slides", "cities --sort -population -n 3", "-f", "json").json()

        assert parts.code == 2 and "no section 'nonsense'" in parts.stderr
        assert {slide["title"] for slide in rules} == {"Chicago, Illinois: rules in force"}
        assert rules[0]["kind"] == "table" and "Binds: " in rules[1]["text"][0]
        assert [line.partition(" |")[0] for line in rows[0]["text"]] == [
            "New York City",
            "Los Angeles",
            "Chicago",
        ]

    def test_a_sheet_has_its_questions_one_a_slide_and_its_key_apart(self) -> None:
        slides = leaves_of(self.deck_of("quiz --count 3 --seed 7"))
        questions = [leaf for leaf in slides if leaf.title != "Key"]

        assert len(questions) == 3
        for leaf in questions:
            lines = [" ".join(block.lines) for block in leaf.blocks]
            assert [line[:2] for line in lines[1:]] == ["A.", "B.", "C.", "D."][: len(lines) - 1]
            assert not any("Source: " in line for line in lines)

    @staticmethod
    def deck_of(command: str) -> Deck:
        session = Session(as_of=AS_OF)
        views = answering(session)(shlex.split(command), command).views(Labels(session.store))
        return deck_of(views, Style())

    def test_a_date_of_a_command_counts(self, run: Run) -> None:
        shown = run("slides", "city chicago --as-of 2020", "--as-of", AS_OF, "-f", "tsv").stdout

        assert "Lori Lightfoot" in shown

    def test_every_answer_has_pictures_of_slide_size(self, run: Run, tmp_path: Path) -> None:
        for name, command in (("a", "term detainer"), ("b", "city chicago --section rules")):
            run(*shlex.split(command), "--as-of", AS_OF, "-o", str(tmp_path / f"{name}.png"))
        for page in tmp_path.iterdir():
            data = page.read_bytes()
            assert data[:8] == b"\x89PNG\r\n\x1a\n"
            assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1920, 1080)


class TestCards:
    def test_they_stand_eight_to_a_page_with_their_backs_behind_them(self, run: Run) -> None:
        names = [
            "detainer", "judicial-warrant", "removal", "cbp", "mandamus", "pep", "form-i-200",
            "form-i-205", "ice-term",
        ]  # fmt: skip
        html = run("cards", *names, "--as-of", AS_OF, "-f", "html").stdout
        cards = run("cards", *names, "--as-of", AS_OF, "-f", "json").json()
        pages = html.split("<section")[1:]

        assert len(pages) == 4
        assert pages[0].count('class="front"') == 8
        fronts = re.findall(r'class="front">([^<]+)<', pages[0])
        backs = re.findall(r'class="back[^"]*">\s*<p>(.*?)</p>', pages[1], re.DOTALL)
        meanings = {card["term"]: card["text"] for card in cards}
        # The sheet is turned over at its long edge: left and right change places.
        for row in range(0, 8, 2):
            assert re.sub("<[^>]+>", "", backs[row + 1])[:30] == meanings[fronts[row]][:30]

    def test_all_terms_that_are_confirmed_have_one(
        self, run: Run, files: dict[str, dict[str, Any]]
    ) -> None:
        cards = run("cards", "--as-of", AS_OF, "-f", "json").json()

        assert len(cards) > 60
        assert all(files["terms"][card["id"]]["confirmed"] for card in cards)


class TestSpotlight:
    def test_it_is_one_sourced_fact_of_the_day(self, run: Run, store: Store) -> None:
        today = run("spotlight", "--as-of", AS_OF, "-f", "json").json()
        again = run("spotlight", "--as-of", AS_OF, "-f", "json").json()
        kinds = set()
        for seed in range(12):
            found = run("spotlight", "--seed", str(seed), "--as-of", AS_OF, "-f", "json").json()
            kinds.add(found["kind"])
            assert found["confirmed"] and found["cited"]
            assert all(store.has(Source, cited["id"]) for cited in found["cited"])
            assert run(*shlex.split(found["command"])[1:], "-f", "tsv").code == 0

        assert today == again
        assert kinds == {"rule", "event", "term"}
