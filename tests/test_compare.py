"""Comparing places, policies and stakeholders, and a place with itself at two dates."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ice_facts.vocabulary import DIMENSIONS, SYMBOLS
from tests.conftest import AS_OF, Run
from tests.small_store import CITED, answer_of, event, official, place, policy, rule, write_store

THREE = ("los-angeles", "chicago", "new-york-city")


def compared(run: Run, *arguments: str) -> dict[str, Any]:
    """Return the JSON of a comparison on the tests' date."""
    answer: dict[str, Any] = answer_of(run, "compare", *arguments)
    return answer


def row(answer: dict[str, Any], key: str) -> dict[str, Any]:
    """Return the one row with a key."""
    (found,) = [r for r in answer["rows"] if r["key"] == key]
    return dict(found)


def values(answer: dict[str, Any], key: str, id: str) -> list[object]:
    """Return the values of a cell."""
    return [entry.get("value") for entry in row(answer, key)["cells"][id]]


class TestThreeCities:
    @pytest.fixture
    def answer(self, run: Run) -> dict[str, Any]:
        return compared(run, *THREE)

    def test_has_the_fields_of_the_contract_first(self, answer: dict[str, Any]) -> None:
        assert list(answer)[:4] == ["kind", "names", "as_of", "rows"]
        assert answer["kind"] == "jurisdiction"
        assert answer["names"] == list(THREE)
        assert all(list(r["cells"]) == list(THREE) for r in answer["rows"])
        assert all({"label", "differs", "cells"} <= set(r) for r in answer["rows"])

    def test_has_a_row_for_every_dimension_in_order(self, answer: dict[str, Any]) -> None:
        keys = [r["key"] for r in answer["rows"] if r["section"] == "rules"]

        assert keys == list(DIMENSIONS)

    def test_has_the_rules_of_every_layer_with_their_place(self, answer: dict[str, Any]) -> None:
        cell = row(answer, "detainers")["cells"]["chicago"]

        assert [e["jurisdiction"] for e in cell] == ["chicago", "cook-county-il", "illinois"]
        assert all(e["stance"] and e["sources"] for e in cell)

    def test_has_the_mayors_in_power(self, answer: dict[str, Any]) -> None:
        mayors = [values(answer, "mayor", id) for id in THREE]

        assert mayors == [["Karen Bass"], ["Brandon Johnson"], ["Zohran Mamdani"]]

    def test_has_both_federal_lists_with_their_dates(self, answer: dict[str, Any]) -> None:
        for id in THREE:
            doj, dhs = (row(answer, key)["cells"][id][0] for key in ("doj", "dhs"))
            assert (doj["value"], doj["from"]) == ("listed", "2025-08-05")
            assert (dhs["value"], dhs["from"]) == ("was listed", "2025-05-29")

    def test_has_the_articles_percentages_with_their_check(self, answer: dict[str, Any]) -> None:
        cells = row(answer, "increase-in-deportations")["cells"]
        found = {id: [(e["value"], e["unit"], e["status"]) for e in c] for id, c in cells.items()}

        assert found == {
            "los-angeles": [(27, "percent", "unverified")],
            "chicago": [(22, "percent", "unverified")],
            "new-york-city": [(18, "percent", "unverified")],
        }

    def test_keeps_the_accounts_of_a_dispute_apart(self, answer: dict[str, Any]) -> None:
        (dispute,) = [r for r in answer["rows"] if "the-city-and-ice-count" in r["key"]]
        accounts = dispute["cells"]["new-york-city"]

        assert {a["value"] for a in accounts} >= {"2,916", "7,526"}
        assert len({a["sources"][0]["id"] for a in accounts}) == len(accounts)

    def test_every_cited_source_is_there_once(self, answer: dict[str, Any]) -> None:
        entries = [e for r in answer["rows"] for cell in r["cells"].values() for e in cell]
        cited = {s["id"] for e in entries for s in e.get("sources", ())}

        assert sorted(s["id"] for s in answer["sources"]) == sorted(cited)


class TestWhoseRule:
    def test_a_place_without_a_rule_shows_the_rule_that_binds_it(self, run: Run) -> None:
        answer = compared(run, "waco", "houston", "--on", "detainers")

        assert {e["jurisdiction"] for e in row(answer, "detainers")["cells"]["waco"]} == {"texas"}
        assert "Texas" in run("compare", "waco", "houston", "--on", "detainers").stdout

    def test_a_county_can_be_listed_where_the_city_is_not(self, run: Run) -> None:
        cell = row(compared(run, "chicago", "san-diego", "--on", "doj"), "doj")["cells"][
            "san-diego"
        ]

        assert [(e["value"], e["jurisdiction"]) for e in cell][:2] == [
            ("not listed", "san-diego"),
            ("listed", "san-diego-county-ca"),
        ]

    def test_agreements_are_named_by_agency_model_and_day(self, run: Run) -> None:
        answer = compared(run, "sf", "nassau-county", "--on", "agreements")
        cells = row(answer, "287g-agreements")["cells"]

        assert [e["value"] for e in cells["san-francisco"]] == ["none"]
        signed = {(e["value"], e["text"], e["from"]) for e in cells["nassau-county-ny"]}
        assert ("task force", "Nassau County Police Department", "2025-03-10") in signed

    def test_a_date_in_the_past_has_the_officials_and_lists_of_then(self, run: Run) -> None:
        answer = compared(run, "chicago", "new-york-city", "--as-of", "2018-07-01")

        assert values(answer, "mayor", "chicago") == ["Rahm Emanuel"]
        assert values(answer, "mayor", "new-york-city") == ["Bill de Blasio"]
        assert {r["section"] for r in answer["rows"]}.isdisjoint({"lists", "disputed"})


@pytest.fixture
def layered(tmp_path: Path) -> str:
    """Return a store in which stances stand at several layers."""
    county = place("Beta County", "county", rules=[rule("detainers", "limits")])
    state = place(
        "Illinois",
        "state",
        rules=[
            rule("detainers", "prohibits"),
            rule("287g", "silent"),
            rule("jail-access", "requires"),
        ],
    )
    return write_store(
        tmp_path,
        jurisdictions={
            "alpha": place(
                "Alpha",
                part_of=["beta-county-il", "illinois"],
                rules=[rule("jail-access", "unknown"), rule("status-inquiries", "silent")],
                officials=[official("mayor", "Ann Example", "2012")],
            ),
            "gamma": place("Gamma", part_of=["illinois"]),
            "beta-county-il": county,
            "illinois": state,
        },
    )


class TestUnknownSilentAndNo:
    def stances(self, run: Run, store: str, key: str) -> dict[str, list[tuple[str, str]]]:
        answer = compared(run, "alpha", "gamma", "--data", store)
        cells = row(answer, key)["cells"]
        return {
            id: [(e["stance"], e.get("jurisdiction", "")) for e in cell]
            for id, cell in cells.items()
        }

    def test_the_rules_of_all_layers_that_bind_are_there(self, run: Run, layered: str) -> None:
        assert self.stances(run, layered, "detainers") == {
            "alpha": [("limits", "beta-county-il"), ("prohibits", "illinois")],
            "gamma": [("prohibits", "illinois")],
        }

    def test_an_own_unknown_stance_is_beside_the_rule_that_binds(
        self, run: Run, layered: str
    ) -> None:
        assert self.stances(run, layered, "jail-access")["alpha"] == [
            ("unknown", "alpha"),
            ("requires", "illinois"),
        ]

    def test_silence_and_no_record_are_not_the_same(self, run: Run, layered: str) -> None:
        answer = compared(run, "alpha", "gamma", "--data", layered)

        assert self.stances(run, layered, "status-inquiries") == {
            "alpha": [("silent", "alpha")],
            "gamma": [("unknown", "")],
        }
        assert row(answer, "status-inquiries")["differs"] is True

    def test_without_a_binding_rule_the_silent_rule_of_the_state_is_there(
        self, run: Run, layered: str
    ) -> None:
        assert self.stances(run, layered, "287g")["alpha"] == [("silent", "illinois")]

    def test_two_cells_without_a_record_do_not_differ(self, run: Run, layered: str) -> None:
        answer = compared(run, "alpha", "gamma", "--data", layered)

        assert row(answer, "property-access")["differs"] is False

    def test_an_office_that_is_not_recorded_is_not_an_absent_one(
        self, run: Run, layered: str
    ) -> None:
        answer = compared(run, "alpha", "gamma", "illinois", "--data", layered, "--on", "mayor")
        cells = row(answer, "mayor")["cells"]

        assert [e["value"] for e in cells["alpha"]] == ["Ann Example"]
        assert cells["gamma"] == [{"status": "unknown"}]
        assert cells["illinois"] == []


class TestChoosingRows:
    def test_differences_keeps_only_rows_that_differ(self, run: Run) -> None:
        every = compared(run, "chicago", "san-diego")
        kept = compared(run, "chicago", "san-diego", "--differences")

        assert kept["rows"] == [r for r in every["rows"] if r["differs"]]
        assert 0 < len(kept["rows"]) < len(every["rows"])

    def test_on_keeps_rows_by_key_group_and_word(self, run: Run) -> None:
        answer = compared(run, "sf", "houston", "--on", "detainers,287(g)", "--on", "lists")

        assert [r["key"] for r in answer["rows"]] == [
            "detainers",
            "287g",
            "doj",
            "dhs",
            "287g-agreements",
        ]

    def test_a_key_is_that_row_and_not_every_number_of_its_name(self, run: Run) -> None:
        answer = compared(run, "illinois", "florida", "--on", "detainers")
        by_word = compared(run, "illinois", "florida", "--on", "despite")

        assert [r["key"] for r in answer["rows"]] == ["detainers"]
        assert all("despite" in r["label"] for r in by_word["rows"])

    def test_the_error_for_an_unknown_row_lists_the_rows(self, run: Run) -> None:
        outcome = run("compare", "sf", "houston", "--on", "weather")

        assert outcome.code == 2
        assert "'weather'" in outcome.stderr
        assert "detainers" in outcome.stderr

    def test_an_error_says_that_nothing_differs(self, run: Run, layered: str) -> None:
        arguments = ("--data", layered, "--on", "property-access", "--differences")
        outcome = run("compare", "alpha", "gamma", *arguments)

        assert (outcome.code, outcome.stdout) == (1, "")
        assert "nothing differs" in outcome.stderr

    @given(word=st.text(max_size=12))
    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_any_text_is_a_row_or_wrong_usage(self, run: Run, layered: str, word: str) -> None:
        outcome = run("compare", "alpha", "gamma", "--data", layered, f"--on={word}")

        assert outcome.code in (0, 2)


class TestNames:
    @pytest.mark.parametrize(
        ("names", "code", "says"),
        [
            (("chicago", "sb54"), 2, "'chicago' is a city, 'sb54' is a policy"),
            (("ice", "illinois"), 2, "different kinds"),
            (("chicago",), 2, "only one jurisdiction"),
            (("chicago", "Chicago, IL"), 2, "only one jurisdiction"),
            (
                ("chicago", "houston", "dallas", "denver", "seattle", "boston", "newark"),
                2,
                "cannot compare 7",
            ),
            (("chicago", "nowhereville"), 1, "nowhereville"),
            (("nowhereville", "elsewhereton"), 1, "nowhereville"),
        ],
    )
    def test_names_that_cannot_be_compared_are_an_error(
        self, run: Run, names: tuple[str, ...], code: int, says: str
    ) -> None:
        outcome = run("compare", *names)

        assert (outcome.code, outcome.stdout) == (code, "")
        assert says in outcome.stderr

    def test_the_other_names_are_compared_when_one_is_not_found(self, run: Run) -> None:
        outcome = run("compare", "chicago", "houston", "nowhereville", "--on", "mayor")

        assert outcome.code == 1
        assert outcome.rows()[0][3:5] == ["chicago", "houston"]
        assert "nowhereville" in outcome.stderr


class TestPolicies:
    @pytest.fixture
    def answer(self, run: Run) -> dict[str, Any]:
        return compared(run, "sb54", "welcoming-city-ordinance")

    def test_has_kind_level_date_and_status_of_the_instruments(
        self, answer: dict[str, Any]
    ) -> None:
        ids = ("ca-sb-54", "chicago-welcoming-city-ordinance")
        kinds = [values(answer, "kind", id) for id in ids]
        levels = [values(answer, "level", id) for id in ids]
        enacted = [values(answer, "enacted", id) for id in ids]

        assert answer["kind"] == "policy"
        assert (kinds, levels) == ([["statute"], ["ordinance"]], [["state"], ["city"]])
        assert enacted == [["2017-10-05"], ["2012-09-12"]]
        assert row(answer, "status")["differs"] is False

    def test_has_provisions_by_theme(self, answer: dict[str, Any]) -> None:
        cells = row(answer, "287g")["cells"]

        assert any("1357(g)" in e["text"] for e in cells["ca-sb-54"])
        assert any(
            e.get("value") == "§ 2-173-020(a)(4)" for e in cells["chicago-welcoming-city-ordinance"]
        )

    def test_has_the_supporters_and_opponents(self, answer: dict[str, Any]) -> None:
        assert "California State Sheriffs' Association" in values(answer, "opposes", "ca-sb-54")
        supporters = values(answer, "supports", "chicago-welcoming-city-ordinance")
        assert "Rahm Emanuel" in supporters

    def test_has_the_disputed_date_under_each_source(self, answer: dict[str, Any]) -> None:
        key = "date-of-the-welcoming-city-ordinance"

        assert {"2012-09", "2013-07"} <= {
            str(v) for v in values(answer, key, "chicago-welcoming-city-ordinance")
        }


class TestStakeholders:
    def test_has_the_articles_concerns_and_remedies_with_their_check(self, run: Run) -> None:
        answer = compared(run, "ice", "chicago-mayor", "illinois-governor")
        cells = row(answer, "operation-midway-blitz")["cells"]
        claimed = {id: [e for e in cell if "claim" in e] for id, cell in cells.items()}

        assert answer["kind"] == "stakeholder"
        assert [claimed[id][0]["concern"] for id in answer["names"]] == [
            "Upholding immigration laws",
            "Preserving community trust",
            "Ensuring public safety and civil liberties",
        ]
        assert [claimed[id][1]["remedy"] for id in answer["names"]] == [
            "Maintain enforcement despite opposition",
            "Strengthen federal-local dialogue",
            "Implement immigrant-protective policies",
        ]
        assert [claimed[id][0]["stance"] for id in answer["names"]] == [
            "supports",
            "opposes",
            "opposes",
        ]
        assert all(e["status"] and e["sources"] for c in claimed.values() for e in c)

    def test_an_office_has_the_positions_of_its_holders_during_their_terms(
        self, run: Run, tmp_path: Path
    ) -> None:
        def position(date: str) -> dict[str, Any]:
            return {
                "stakeholder": "ann",
                "stance": "supports",
                "text": "Said so.",
                "policy": "alpha-ordinance",
                "date": date,
                "sources": CITED,
            }

        store = write_store(
            tmp_path,
            jurisdictions={
                "alpha": place("Alpha", officials=[official("mayor", "Ann", "2012", "2016")])
            },
            policies={"alpha-ordinance": policy("Alpha Ordinance", enacted="2010")},
            stakeholders={
                "ann": {"name": "Ann", "kind": "person", "about": "A person."},
                "alpha-mayor": {
                    "name": "Mayor of Alpha",
                    "kind": "office",
                    "about": "An office.",
                    "office": {"jurisdiction": "alpha", "office": "mayor"},
                },
                "union": {"name": "Union", "kind": "union", "about": "A union."},
            },
            positions={"in-office": position("2014"), "before": position("2011")},
        )

        answer = compared(run, "alpha-mayor", "union", "--data", store)
        cells = row(answer, "alpha-ordinance")["cells"]

        assert [(e["value"], e["date"]) for e in cells["alpha-mayor"]] == [("Ann", "2014")]
        assert cells["union"] == [{"status": "unknown"}]


class TestTwoDates:
    def test_names_the_instruments_that_changed_chicagos_detainer_rule(self, run: Run) -> None:
        answer = compared(run, "chicago", "--as-of", "2012", "--with", "2024")
        detainers = row(answer, "detainers")
        changes = {(c["date"], c["policy"], c["amended_by"]) for c in detainers["changes"]}

        assert (answer["as_of"], answer["with"]) == ("2012", "2024")
        assert list(detainers)[-2:] == ["cells", "changes"]
        assert list(detainers["cells"]) == ["2012", "2024"]
        assert ("2017-08-28", "il-trust-act", None) in changes
        assert (
            "2021-02-23",
            "chicago-welcoming-city-ordinance",
            "chicago-welcoming-city-amendment-2021",
        ) in changes

    def test_the_table_has_the_names_of_the_instruments(self, run: Run) -> None:
        dates = ("--as-of", "2012", "--with", "2024", "--on", "detainers")
        table = run("compare", "chicago", *dates, "-f", "table", "--width", "1000").stdout

        assert "TRUST Act" in table
        assert "2021 Welcoming City amendment" in " ".join(table.split())

    def test_a_rule_that_ends_without_another_is_a_change(self, run: Run, tmp_path: Path) -> None:
        ending = rule("detainers", "limits", until="2015-06", policy="alpha-ordinance")
        store = write_store(
            tmp_path,
            jurisdictions={"alpha": place("Alpha", rules=[ending])},
            policies={"alpha-ordinance": policy("Alpha Ordinance", enacted="2010")},
        )
        dates = ("--as-of", "2012", "--with", "2020")

        answer = compared(run, "alpha", *dates, "--data", store)
        detainers = row(answer, "detainers")

        assert [(c["date"], c["change"], c["instrument"]) for c in detainers["changes"]] == [
            ("2015-06", "ends", "Alpha Ordinance")
        ]
        assert [e["stance"] for e in detainers["cells"]["2020"]] == ["unknown"]

    def test_a_date_to_come_is_told(self, run: Run) -> None:
        asked = ("compare", "chicago", "--as-of", "2020", "--on", "detainers", "--with")

        assert "the future is not on record" in run(*asked, "2999").stderr
        assert "future" not in run(*asked, "2024").stderr

    def test_either_order_of_dates_has_the_same_changes(self, run: Run) -> None:
        there = compared(run, "chicago", "--as-of", "2012", "--with", "2024", "--on", "rules")
        back = compared(run, "chicago", "--as-of", "2024", "--with", "2012", "--on", "rules")

        assert [r["changes"] for r in there["rows"]] == [r["changes"] for r in back["rows"]]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("chicago", "illinois", "--with", "2024"),
            ("sb54", "--with", "2024"),
            ("chicago", "--with", "soon"),
            ("chicago", "--as-of", "2012", "--with", "2012"),
        ],
    )
    def test_wrong_usage_is_an_error(self, run: Run, arguments: tuple[str, ...]) -> None:
        outcome = run("compare", *arguments)

        assert (outcome.code, outcome.stdout) == (2, "")
        assert outcome.stderr.startswith("ice-facts: ")


class TestShortForm:
    """What people see by default: rows that bind, and who governs the places themselves."""

    def test_it_ends_where_differences_that_matter_end(self, run: Run) -> None:
        arguments = ("compare", "chicago", "houston", "--as-of", AS_OF, "-f", "table")
        short, full = run(*arguments).stdout, run(*arguments, "--full").stdout

        for word in ("Detainers", "Mayor", "DOJ list", "none on ICE's list"):
            assert word in short
        for word in ("Governor", "Arrests in Operation", "Where sources disagree"):
            assert word not in short and word in full
        assert re.search(r"--full has \d+ more rows: .*numbers \(\d+\), disputes \(\d+\)", short)
        assert "--full has" not in full
        assert short.count("\n") < 70

    def test_data_has_every_row_and_so_has_a_question_for_one(self, run: Run) -> None:
        names = ("compare", "chicago", "houston", "--as-of", AS_OF)
        sections = {line[0] for line in run(*names).rows()[1:]}

        assert {"numbers", "disputed", "offices"} <= sections
        assert "Governor" in run(*names, "--on", "governor", "-f", "table").stdout
        assert "Arrests" in run(*names, "--on", "numbers", "-f", "table").stdout

    def test_many_agreements_are_counted_and_full_names_them(self, run: Run) -> None:
        names = ("compare", "illinois", "florida", "--on", "287g", "-f", "table", "--width", "200")
        short, full = run(*names).stdout, run(*names, "--full").stdout

        assert re.search(r"\d\d agreements of \d\d agencies: \d+ task force", short)
        assert "Highway Patrol" not in short and "Highway Patrol" in full

    def test_policies_show_stances_and_full_has_the_provisions(self, run: Run) -> None:
        names = ("compare", "sb54", "welcoming-city-ordinance", "-f", "table")
        short, full = run(*names).stdout, run(*names, "--full").stdout

        assert "■ prohibits" in short and "Rahm Emanuel" in short
        assert "§ 7284.6(a)(1)(B)" not in short and "§ 7284.6(a)(1)(B)" in full
        assert "Amendments" not in short and "Amendments" in full

    def test_stakeholders_show_what_both_have_a_position_on(self, run: Run) -> None:
        names = ("compare", "ice", "aclu", "--as-of", AS_OF, "-f", "table")
        short, full = run(*names).stdout, run(*names, "--full").stdout

        assert "287(g)" in short and "Courthouse arrests" not in short
        assert "Courthouse arrests" in full

    def test_supporters_and_opponents_have_the_signs_of_their_stances(self, run: Run) -> None:
        names = ("compare", "sb54", "welcoming-city-ordinance", "--as-of", AS_OF)
        shown = run(*names, "-f", "table", "--width", "200").stdout

        assert f"{SYMBOLS['supports'][0]} Rahm Emanuel" in shown
        assert f"{SYMBOLS['opposes'][0]} California State Sheriffs' Association" in shown

    def test_a_claims_own_words_do_not_stand_beside_its_check(self, run: Run) -> None:
        names = ("compare", "ice", "chicago-mayor", "--on", "operation-midway-blitz")
        cell = row(compared(run, *names), "operation-midway-blitz")["cells"]["chicago-mayor"]
        claims = [entry["text"] for entry in cell if "claim" in entry]
        own = [entry["text"] for entry in cell if "claim" not in entry]
        shown = run(*names, "--as-of", AS_OF, "-f", "table", "--width", "1000").stdout

        assert claims and own
        assert not [text for text in claims if text in shown]
        assert not [text for text in own if text not in shown]

    def test_a_countys_mayor_is_not_a_citys(self, run: Run) -> None:
        answer = compared(run, "miami-gardens", "miami")

        assert row(answer, "mayor")["cells"]["miami-gardens"] == [{"status": "unknown"}]
        assert values(answer, "mayor", "miami") == ["Eileen Higgins"]
        (head,) = row(answer, "head-of-the-county")["cells"]["miami-gardens"]
        assert (head["value"], head["text"]) == ("Daniella Levine Cava", "mayor")

    def test_an_officials_title_is_told_where_it_is_not_the_rows(self, run: Run) -> None:
        asked = ("compare", "miami-gardens", "miami", "--on", "head-of-the-county,mayor")
        shown = run(*asked, "--as-of", AS_OF, "-f", "table", "--width", "200").stdout

        assert "Daniella Levine Cava, mayor, since 2020-11-17" in shown
        assert "Eileen Higgins since 2025-12-18" in shown

    def test_a_city_that_is_a_county_keeps_its_mayor(self, run: Run) -> None:
        answer = compared(run, "san-francisco", "miami")

        assert values(answer, "mayor", "san-francisco") == ["Daniel Lurie"]


class TestPage:
    def test_what_is_compared_has_columns_of_one_width(self, run: Run) -> None:
        page = run("compare", "chicago", "houston", "-f", "html").stdout

        assert '<table class="equal">' in page
        assert "table.equal { table-layout: fixed;" in page
        assert '<table class="equal">' not in run("city", "chicago", "-f", "html").stdout

    def test_no_date_breaks_over_lines(self, run: Run) -> None:
        for asked in (("compare", "chicago", "houston"), ("city", "chicago"), ("events",)):
            page = run(*asked, "-f", "html").stdout
            body = re.sub(
                r'<span class="date">[^<]*</span>|<[^>]*>', "", page.partition("<body")[2]
            )
            assert not re.search(r"\b\d{4}-\d\d\b", body)
            assert ".date { white-space: nowrap; }" in page

    def test_concern_and_remedy_are_as_strong_as_the_rest(self, run: Run) -> None:
        for asked in (("positions", "chicago"), ("compare", "ice", "aclu")):
            shown = run(*asked, "-f", "table", "--color", "always").stdout
            for label in ("Concern", "Remedy"):
                assert label in shown and f"\x1b[2m{label}" not in shown


class TestShown:
    @pytest.mark.parametrize("width", [40, 80, 120])
    @pytest.mark.parametrize(
        "names",
        [THREE, ("sb54", "welcoming-city-ordinance"), ("ice", "chicago-mayor")],
        ids=["places", "policies", "stakeholders"],
    )
    def test_nothing_is_cut_at_any_width(
        self, run: Run, names: tuple[str, ...], width: int
    ) -> None:
        arguments = ("-f", "table", "--as-of", AS_OF, "--width")
        table = run("compare", *names, *arguments, str(width)).stdout
        wide = run("compare", *names, *arguments, "1000").stdout

        body = table.partition("Sources")[0]
        assert all(len(line) <= width for line in body.splitlines() if "://" not in line)
        assert "…" not in body
        # Every word of the widest form is whole in this one.
        lost = set(wide.partition("Sources")[0].split()) - set(table.split())
        assert {word for word in lost if not set(word) <= set("─")} == set()

    def test_six_places_stand_side_by_side_or_row_by_row(self, run: Run) -> None:
        names = ("chicago", "houston", "dallas", "denver", "seattle", "boston")
        arguments = ("compare", *names, "--on", "detainers", "-f", "table", "--width")

        assert "Chicago: " not in run(*arguments, "200").stdout
        assert "Chicago: " in run(*arguments, "80").stdout

    def test_a_difference_is_marked_without_colour(self, run: Run) -> None:
        arguments = ("compare", "chicago", "los-angeles", "--on", "detainers,doj", "-f", "table")

        lines = [line.strip() for line in run(*arguments, "--width", "120").stdout.splitlines()]
        assert any(line.startswith("≠ Detainers") for line in lines)
        assert any(line.startswith("= DOJ list") for line in lines)
        assert run(*arguments, "--ascii").stdout.isascii()

    def test_a_pipe_has_a_line_per_row_with_sources_by_place(self, run: Run) -> None:
        header, *rows = run("compare", *THREE, "--as-of", AS_OF).rows()

        assert header == [
            "section",
            "label",
            "differs",
            *THREE,
            *(f"{id}-sources" for id in THREE),
        ]
        assert all(len(r) == len(header) for r in rows)
        (detainers,) = [r for r in rows if r[1] == "Detainers"]
        assert "Illinois" in detainers[4]
        assert all(detainers[6:])

    def test_all_sources_are_under_the_table_with_sources(self, run: Run) -> None:
        arguments = ("compare", "chicago", "houston", "--on", "detainers", "-f", "table")
        answer = compared(run, "chicago", "houston", "--on", "detainers")
        full = run(*arguments, "--sources").stdout

        assert [s["url"] for s in answer["sources"] if s["url"] and s["url"] not in full] == []
        assert "add --sources" in run(*arguments).stdout

    @pytest.mark.parametrize("format", ["csv", "yaml", "markdown", "html"])
    def test_the_other_formats_have_it_too(self, run: Run, format: str) -> None:
        outcome = run("compare", *THREE, "--on", "mayor", "--as-of", AS_OF, "-f", format)

        assert outcome.code == 0
        assert "Zohran Mamdani" in outcome.stdout


def test_markup_of_a_store_is_shown_as_it_is(run: Run, tmp_path: Path) -> None:
    store = write_store(
        tmp_path,
        jurisdictions={
            "alpha": place("Alpha [red]", rules=[rule("detainers", "limits", text="[b]x[/b]")]),
            "beta": place("Beta", rules=[rule("detainers", "limits", text="y")]),
        },
        events={"e": event("2012", "[/i]", "alpha")},
    )
    arguments = ("compare", "alpha", "beta", "--data", store, "--on", "detainers", "-f", "table")

    table = run(*arguments, "--width", "160").stdout

    assert "Alpha [red]" in table
    assert "[b]x[/b]" in table


def test_only_a_rule_that_a_court_has_stopped_itself_has_that_beside_it(run: Run) -> None:
    shown = run("compare", "new-jersey", "texas", "-f", "table", "--width", "200").stdout
    assert "prohibits 2021 (partly enjoined)" in shown
    assert shown.count("enjoined") == 1
    rows = run("compare", "new-jersey", "texas", "-f", "json").json()["rows"]
    [detainers] = [row["cells"]["texas"] for row in rows if row["key"] == "detainers"]
    assert [entry["status"] for entry in detainers] == ["another part enjoined"]


def test_one_question_about_all_places_is_one_row_and_another_keeps_its_names(run: Run) -> None:
    rows = run("compare", "nashville", "las-vegas", "--on", "disputed", "--as-of", AS_OF).rows()

    labels = [row[1] for row in rows[1:]]
    assert labels.count("Whether it is a sanctuary jurisdiction") == 1
    assert "Whether Metro Nashville must join 287(g)" in labels
