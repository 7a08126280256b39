"""Who is for and against what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ice_facts.vocabulary import STANCE_ORDER
from tests.conftest import AS_OF, Run
from tests.small_store import CITED, answer_of, official, place, policy, write_store


def found(run: Run, *arguments: str) -> list[dict[str, Any]]:
    """Return the positions as JSON, on the tests' date."""
    rows: list[dict[str, Any]] = answer_of(run, "positions", *arguments)
    return rows


class TestBothSides:
    @pytest.mark.parametrize("name", ["operation-midway-blitz", "287g", "sanctuary-policies"])
    def test_both_sides_have_dates_and_sources(self, run: Run, name: str) -> None:
        rows = found(run, name)

        assert {"supports", "opposes"} <= {r["stance"] for r in rows}
        assert all(r["sources"] for r in rows)
        assert all(r["concern"] or r["text"] for r in rows)
        assert sum(r["date"] is None for r in rows) < len(rows) / 4

    def test_rows_are_by_stance_and_newest_first(self, run: Run) -> None:
        rows = found(run, "sanctuary-policies")
        ranks = [STANCE_ORDER.index(r["stance"]) for r in rows]

        assert ranks == sorted(ranks)
        for stance in STANCE_ORDER:
            dates = [(r["date"] or "0001").ljust(10, "-") for r in rows if r["stance"] == stance]
            known = [d[:4] for d in dates]
            assert known == sorted(known, reverse=True)

    def test_a_name_that_is_a_topic_and_a_policy_answers_with_both(self, run: Run) -> None:
        rows = found(run, "detainers") + found(run, "287(g)")
        title = run("positions", "287g", "-f", "table").stdout.splitlines()[0]

        assert {r["policy"] for r in found(run, "287g")} >= {"287g"}
        assert ("topic" in title, "policy" in title) == (True, True)
        assert all(r["topic"] or r["policy"] for r in rows)

    def test_a_topic_is_meant_before_a_small_place_of_its_name(self, run: Run) -> None:
        assert found(run, "sanctuary") == found(run, "sanctuary-policies")
        assert run("city", "sanctuary", "-f", "json").json()["geoid"].startswith("48")

    def test_an_id_of_a_policy_answers_with_its_positions_only(self, run: Run) -> None:
        assert {r["policy"] for r in found(run, "ca-sb-54")} == {"ca-sb-54"}


class TestArticlesTables:
    def test_its_stances_concerns_and_remedies_are_marked_as_its_claim(self, run: Run) -> None:
        rows = [r for r in found(run, "operation-midway-blitz") if r["origin"] == "article"]
        in_article = {(r["stakeholder"], r["stance"], r["concern"], r["remedy"]) for r in rows}

        assert in_article == {
            ("ice", "supports", "Upholding immigration laws", None),
            ("chicago-mayor", "opposes", "Preserving community trust", None),
            (
                "illinois-governor",
                "opposes",
                "Ensuring public safety and civil liberties",
                None,
            ),
            (
                "ice",
                "supports",
                "Operational effectiveness",
                "Maintain enforcement despite opposition",
            ),
            (
                "chicago-mayor",
                "opposes",
                "Community trust deterioration",
                "Strengthen federal-local dialogue",
            ),
            (
                "illinois-governor",
                "opposes",
                "Safety and inclusivity",
                "Implement immigrant-protective policies",
            ),
        }

    def test_each_has_the_check_of_its_claim(self, run: Run) -> None:
        rows = [r for r in found(run, "operation-midway-blitz") if r["origin"] == "article"]

        for r in rows:
            claim = run("claim", r["id"], "-f", "json").json()
            assert r["status"] == claim["check"]["status"]
            assert r["sources"][0]["id"] == claim["article"]

    def test_a_stance_from_another_table_has_a_note(self, run: Run) -> None:
        notes = {r["id"]: r["note"] for r in found(run, "ice") if r["origin"] == "article"}

        assert "003-09" in notes["003-22"]
        assert notes["003-09"] is None

    def test_an_office_has_its_holder_on_the_date(self, run: Run) -> None:
        rows = [r for r in found(run, "operation-midway-blitz") if r["origin"] == "article"]

        assert {r["holder"] for r in rows if r["stakeholder"] == "chicago-mayor"} == {
            "Brandon Johnson"
        }

    def test_an_article_has_no_claim_before_its_date(self, run: Run) -> None:
        rows = found(run, "operation-midway-blitz", "--as-of", "2025-10-01")

        assert rows
        assert all(r["origin"] == "record" and r["date"] <= "2025-10-01" for r in rows)


class TestFilters:
    @pytest.mark.parametrize("stance", STANCE_ORDER)
    def test_stance(self, run: Run, stance: str) -> None:
        assert {r["stance"] for r in found(run, "--stance", stance)} == {stance}

    def test_kind_of_stakeholder(self, run: Run) -> None:
        assert {r["kind"] for r in found(run, "--kind", "union")} == {"union"}

    def test_jurisdiction_takes_in_the_places_within(self, run: Run) -> None:
        places = {r["jurisdiction"] for r in found(run, "--jurisdiction", "illinois")}

        assert {"illinois", "chicago"} <= places
        assert "california" not in places

    def test_as_of_leaves_later_positions_out(self, run: Run) -> None:
        before = found(run, "sanctuary-policies", "--as-of", "2018-01-01")

        assert 0 < len(before) < len(found(run, "sanctuary-policies"))
        assert all(r["date"] is None or r["date"][:4] <= "2018" for r in before)

    def test_a_place_has_the_positions_on_its_policies_and_of_its_stakeholders(
        self, run: Run
    ) -> None:
        rows = found(run, "chicago")

        assert "chicago-welcoming-city-ordinance" in {r["policy"] for r in rows}
        assert "chicago" in {r["jurisdiction"] for r in rows}

    def test_an_office_has_the_positions_of_its_holders_during_their_terms(self, run: Run) -> None:
        rows = [r for r in found(run, "chicago-mayor") if r["origin"] == "record"]

        assert {"rahm-emanuel", "brandon-johnson"} <= {r["stakeholder"] for r in rows}


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("arguments", "code", "says"),
        [
            (("nowhereville",), 1, "nowhereville"),
            (("",), 1, "no record matches"),
            (("know-your-rights",), 1, "ice-facts topic know-your-rights"),
            (("287g", "--as-of", "1990"), 1, "1990"),
            (("287g", "--kind", "council", "--stance", "neutral"), 1, "without the filters"),
            (("287g", "--stance", "maybe"), 2, "supports, opposes, mixed, neutral"),
            (("287g", "--kind", "robot"), 2, "union"),
            (("287g", "--jurisdiction", "sb54"), 1, "is not a place"),
        ],
    )
    def test_an_error_says_why_there_is_no_position(
        self, run: Run, arguments: tuple[str, ...], code: int, says: str
    ) -> None:
        outcome = run("positions", *arguments)

        assert (outcome.code, outcome.stdout) == (code, "")
        assert says in outcome.stderr


class TestShown:
    def test_sides_are_beside_one_another_on_a_wide_terminal(self, run: Run) -> None:
        arguments = ("positions", "operation-midway-blitz", "-f", "table", "--as-of", AS_OF)
        wide = run(*arguments, "--width", "120").stdout.splitlines()
        narrow = run(*arguments, "--width", "80").stdout.splitlines()

        assert any("For (" in line and "Against (" in line for line in wide)
        assert not any("For (" in line and "Against (" in line for line in narrow)
        assert any(line.strip().startswith("Against (") for line in narrow)

    @pytest.mark.parametrize("width", [40, 80, 120])
    def test_no_word_is_cut(self, run: Run, width: int) -> None:
        arguments = ("positions", "sanctuary-policies", "--as-of", AS_OF, "-f", "table", "--width")
        table = run(*arguments, str(width)).stdout.partition("Sources")[0]
        words = set(table.split())

        assert all(len(line) <= width for line in table.splitlines())
        for r in found(run, "sanctuary-policies"):
            assert set((r["concern"] or "").split()) <= words
            assert set((r["remedy"] or "").split()) <= words

    def test_an_empty_side_says_none_recorded(self, run: Run, tmp_path: Path) -> None:
        said = {"stakeholder": "ann", "stance": "supports", "text": "Said so.", "sources": CITED}
        store = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            policies={"alpha-ordinance": policy("Alpha Ordinance", enacted="2010")},
            stakeholders={"ann": {"name": "Ann", "kind": "person", "about": "A person."}},
            positions={"said": {**said, "policy": "alpha-ordinance"}},
        )
        arguments = ("positions", "alpha-ordinance", "--data", store, "-f", "table")

        assert "Against (0)" in run(*arguments).stdout
        assert "Against (" not in run(*arguments, "--stance", "supports").stdout

    def test_a_pipe_has_a_line_per_position(self, run: Run) -> None:
        header, *rows = run("positions", "287g", "--as-of", AS_OF).rows()

        assert len(rows) == len(found(run, "287g"))
        assert {"name", "stance", "on", "concern", "remedy", "date", "sources"} <= set(header)
        assert all(r[header.index("sources")] for r in rows)

    @pytest.mark.parametrize("format", ["jsonl", "markdown", "html"])
    def test_the_other_formats_have_it_too(self, run: Run, format: str) -> None:
        outcome = run("positions", "operation-midway-blitz", "--as-of", AS_OF, "-f", format)

        assert outcome.code == 0
        assert "Upholding immigration laws" in outcome.stdout


class TestFairness:
    def test_what_for_means_stands_under_the_title(self, run: Run) -> None:
        first, second, *_ = run("positions", "detainers", "-f", "table").stdout.splitlines()
        assert second.startswith("For: favors honoring them. Against:") or "honor" in second
        assert first.startswith("Positions: ")

    def test_positions_of_a_place_are_sides_on_one_subject_each(self, run: Run) -> None:
        text = run("positions", "chicago", "-f", "markdown", "--as-of", AS_OF).stdout
        subjects = [line for line in text.splitlines() if line.startswith("## ")][:-1]
        rows = found(run, "chicago")

        assert len(subjects) == len({r["on"] for r in rows})
        lopez = text.index("Raymond Lopez")
        johnson = text.index("◁ Brandon Johnson")
        between = text[min(lopez, johnson) : max(lopez, johnson)]
        assert "\n## " in between

    def test_others_on_record_are_counted_where_only_local_voices_are_shown(self, run: Run) -> None:
        for asked in (("positions", "chicago"), ("city", "chicago")):
            text = run(*asked, "-f", "table", "--width", "200", "--as-of", AS_OF).stdout
            assert re.search(r"[Nn]ot from here.*: 5 for, \d+ against", text)

    def test_counts_are_of_records(self, run: Run) -> None:
        assert "Records on file, not people: " in run("positions", "287g", "-f", "table").stdout

    def test_who_has_several_records_is_named_in_one_line(self, run: Run, tmp_path: Path) -> None:
        def who(name: str, kind: str, **more: Any) -> dict[str, Any]:
            return {"name": name, "kind": kind, "about": "x", "jurisdiction": "alpha", **more}

        def held(stakeholder: str, stance: str) -> dict[str, Any]:
            return {"stakeholder": stakeholder, "stance": stance, "text": "x", "policy": "law",
                    "sources": CITED}  # fmt: skip

        holders = ("mayor", "ann", "police", "ann", "bob", "bob", "carl", "council", "group")
        stances = ("supports", "opposes", "supports", "mixed", *5 * ["opposes"])
        data = write_store(
            tmp_path,
            jurisdictions={
                "alpha": place("Alpha", officials=[official("mayor", "Ann Lee", "2020", "2022")])
            },
            policies={"law": policy("Law")},
            stakeholders={
                "mayor": who(
                    "Mayor", "office", office={"jurisdiction": "alpha", "office": "mayor"}
                ),
                "ann": who("Ann B. Lee", "person", aliases=["Ann Lee"]),
                "police": who("Alpha Police", "agency"),
                "bob": who("Bob Ray", "person"),
                "carl": who("Carl Fox", "person"),
                "council": who("Alpha Council", "council"),
                "group": who("Alpha Watch", "group"),
            },
            positions={
                f"p-{n}": held(*both) for n, both in enumerate(zip(holders, stances, strict=True))
            },
        )

        asked = run("positions", "law", "--data", data, "-f", "table", "--as-of", AS_OF)
        assert (
            "Several records each: offices and agencies of Alpha (2 for, 1 against, 1 mixed),"
            " Bob Ray (2 against)." in " ".join(asked.stdout.split())
        )
        card = run("policy", "law", "--data", data, "--section", "positions", "-f", "table")
        assert "Positions (9 records of 7 holders)" in card.stdout
        alone = run("positions", "bob-ray", "--data", data, "-f", "table", "--as-of", AS_OF)
        assert "Several" not in alone.stdout

    def test_affiliates_of_one_organisation_stand_together(self, run: Run) -> None:
        text = run("positions", "287g", "-f", "markdown", "--as-of", AS_OF).stdout
        against = text[text.index("## Against") : text.index("## Mixed")]
        who = re.findall(r"(?m)^- ▷ ([^·]+) ·", against)
        places = [n for n, name in enumerate(who) if "ACLU" in name or "Civil Liberties" in name]

        assert len(places) > 2
        assert places == list(range(places[0], places[0] + len(places)))

    def test_an_affiliate_has_the_name_of_its_organisation_in_its_own(
        self, run: Run, tmp_path: Path
    ) -> None:
        names = {
            "order": "Fraternal Order of Police",
            "lodge": "Fraternal Order of Police Lodge 7",
            "league": "League of Women Voters",
            "union": "Union",  # too short a name to tell whose others are
            "nurses": "Nurses Union",
        }
        data = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha")},
            policies={"law": policy("Law")},
            stakeholders={
                id: {"name": name, "kind": "union", "about": "x"} for id, name in names.items()
            },
            positions={
                f"p-{id}": {"stakeholder": id, "stance": "opposes", "text": "x", "policy": "law",
                            "sources": CITED}
                for id in names
            },
        )  # fmt: skip

        shown = run("positions", "law", "--data", data, "-f", "table", "--as-of", AS_OF).stdout
        assert (
            "Several records each: Fraternal Order of Police and bodies of its name (2 against)."
            in " ".join(shown.split())
        )


class TestOneMatter:
    def test_a_topic_has_the_positions_of_the_policy_of_its_name(self, run: Run) -> None:
        card = answer_of(run, "topic", "287g")
        row = next(r for r in answer_of(run, "topics") if r["id"] == "287g")

        assert {p["policy"] for p in card["positions"]} == {"287g"}
        assert len(card["positions"]) == row["positions"] > 30
        assert len(card["statistics"]) == row["statistics"]

    def test_a_topic_has_its_studies_and_numbers(self, run: Run) -> None:
        card = answer_of(run, "topic", "public-safety")

        assert {"study-hausman-2020", "study-gonzalez-2019"} <= {e["id"] for e in card["studies"]}
        assert "wong-crime" in {s["id"] for s in card["statistics"]}


def test_words_that_are_not_quoted_are_one_name(run: Run) -> None:
    quoted = run("positions", "operation midway blitz", "-f", "json")
    assert quoted.code == 0
    assert run("positions", "operation", "midway", "blitz", "-f", "json").stdout == quoted.stdout


@pytest.mark.parametrize("topic", ["public-safety", "local-costs"])
def test_a_topic_has_laws_that_limit_cooperation_and_laws_that_ask_for_it(
    run: Run, topic: str
) -> None:
    limiting = {"il-hb-1312", "los-angeles-ord-188441", "il-way-forward-act", "ca-sb-54",
                "chicago-welcoming-city-ordinance", "cook-county-detainer-ordinance",
                "denver-psepa-2017"}  # fmt: skip
    found = {policy["id"] for policy in answer_of(run, "topic", topic)["policies"]}

    assert len(found & limiting) == len(found - limiting)


def test_federalism_has_rulings_and_doctrines_both_ways(run: Run) -> None:
    found = {policy["id"] for policy in answer_of(run, "topic", "federalism")["policies"]}

    assert {"printz-v-united-states", "united-states-v-illinois-2025"} <= found
    assert {"el-cenizo-v-texas", "corecivic-v-new-jersey-2025"} <= found
    assert {"tenth-amendment-anticommandeering", "intergovernmental-immunity"} <= found
