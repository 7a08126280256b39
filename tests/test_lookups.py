"""Looking records up: what the cards say, on which date, and how names fail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import AS_OF, Run
from tests.small_store import official, place, rule, write_store


def names_in_office(officials: list[dict[str, object]], office: str) -> list[object]:
    return [o["name"] for o in officials if o["office"] == office]


class TestCityOnADate:
    def test_2015_has_its_mayor_and_the_exceptions_of_the_detainer_rule(self, run: Run) -> None:
        card = run("city", "chicago", "--as-of", "2015-06-01", "-f", "json").json()

        assert names_in_office(card["officials"], "mayor") == ["Rahm Emanuel"]
        own = [
            r
            for r in card["rules"]
            if r["dimension"] == "detainers" and r["jurisdiction"] == "chicago"
        ]
        assert [r["stance"] for r in own] == ["limits"]
        assert "gang-database" in own[0]["text"]

    def test_2024_has_the_next_mayor_and_the_rule_without_exceptions(self, run: Run) -> None:
        card = run("city", "chicago", "--as-of", "2024", "-f", "json").json()

        assert names_in_office(card["officials"], "mayor") == ["Brandon Johnson"]
        own = [
            r
            for r in card["rules"]
            if r["dimension"] == "detainers" and r["jurisdiction"] == "chicago"
        ]
        assert [r["stance"] for r in own] == ["prohibits"]

    def test_nothing_later_than_the_date_is_told(self, run: Run) -> None:
        card = run("city", "chicago", "--as-of", "2012-01-01", "-f", "json").json()

        assert all(e["date"][:4] <= "2012" for e in card["events"])
        assert all((p["date"] or "2012")[:4] <= "2012" for p in card["positions"])
        assert all(r["from"] is None or r["from"] < "2012-01-02" for r in card["rules"])


class TestLayers:
    def test_a_city_card_has_the_rules_of_its_county_and_state(self, run: Run) -> None:
        card = run("city", "chicago", "--as-of", AS_OF, "-f", "json").json()

        assert {r["jurisdiction"] for r in card["rules"]} == {
            "chicago",
            "cook-county-il",
            "illinois",
        }

    def test_a_piped_line_says_whose_rule_it_is(self, run: Run) -> None:
        rows = run("city", "chicago", "--as-of", AS_OF).rows()

        sections = {row[1] for row in rows if row[1].startswith("rule")}
        assert sections == {"rule", "rule:cook-county-il", "rule:illinois"}
        assert all(row[7] for row in rows if row[1].startswith("rule")), "a rule without a source"


class TestCardOnATerminal:
    @pytest.mark.parametrize("width", ["60", "80", "120"])
    def test_chicago_shows_what_people_came_for_in_whole_words(self, run: Run, width: str) -> None:
        card = run("city", "chicago", "-f", "table", "--width", width, "--as-of", AS_OF).stdout
        words = set(card.replace("\n", " ").split())

        for expected in (
            "Brandon Johnson",
            "Detainers",
            "Cook County",
            "Illinois",
            "prohibits",
            "DOJ list",
            "Positions",
            "outdated",
            "unverified",
            "Sources",
        ):
            assert set(expected.split()) <= words | set(card.split("\n")) or expected in card
        long_words = [w for w in words if "://" not in w]
        assert not any("…" in w for w in long_words)

    def test_sections_are_shown_in_full_and_a_wrong_one_lists_them(self, run: Run) -> None:
        rules = run("city", "chicago", "-f", "table", "-s", "rules", "--as-of", AS_OF)
        wrong = run("city", "chicago", "-f", "table", "-s", "laws", "--as-of", AS_OF)

        assert "City agencies and staff may not arrest anyone" in " ".join(rules.stdout.split())
        assert (wrong.code, wrong.stdout) == (2, "")
        assert "rules" in wrong.stderr


class TestNames:
    @pytest.mark.parametrize(
        ("command", "name", "id"),
        [
            ("city", "nyc", "new-york-city"),
            ("city", "New York", "new-york-city"),
            ("city", "LA", "los-angeles"),
            ("city", "sf", "san-francisco"),
            ("city", "City of San José", "san-jose"),
            ("city", "philly", "philadelphia"),
            ("city", "dc", "washington-dc"),
            ("city", "Chicago, IL", "chicago"),
            ("state", "dc", "washington-dc"),
            ("state", "new york", "new-york-state"),
            ("state", "WASHINGTON", "washington-state"),
            ("state", "State of Illinois", "illinois"),
            ("county", "cook", "cook-county-il"),
            ("county", "San Francisco", "san-francisco"),
            ("county", "the Bronx", "bronx-county-ny"),
            ("policy", "SB 54", "ca-sb-54"),
            ("policy", "sb54", "ca-sb-54"),
            ("policy", "values act", "ca-sb-54"),
            ("policy", "287(g)", "287g"),
            ("policy", "welcoming city", "chicago-welcoming-city-ordinance"),
            ("policy", "welcoming city ordinance", "chicago-welcoming-city-ordinance"),
            ("policy", "1373", "8-usc-1373"),
            ("stakeholder", "ICE", "ice"),
            ("stakeholder", "mayor of chicago", "chicago-mayor"),
            ("term", "Immigration Hold", "detainer"),
            ("topic", "Community Trust", "community-trust"),
        ],
    )
    def test_names_that_people_type_are_found(
        self, run: Run, command: str, name: str, id: str
    ) -> None:
        found = run(command, name, "-f", "json", "--fields", "id")

        assert found.json() == {"id": id}
        assert found.code == 0
        assert all(" is taken as " in line for line in found.stderr.splitlines())

    @pytest.mark.parametrize(
        ("words", "id"),
        [
            ("prince of wales hyder census area", "prince-of-wales-hyder-census-area-ak"),
            ("east baton rouge parish louisiana", "east-baton-rouge-parish-la"),
        ],
    )
    def test_a_long_name_need_not_be_quoted(self, run: Run, words: str, id: str) -> None:
        found = run("county", *words.split(), "-f", "json", "--fields", "id")

        assert found.json() == {"id": id}
        assert f"taken as {words!r}: quote a name of several words" in found.stderr

    @pytest.mark.parametrize("command", ["policy", "topic", "cite", "compare", "term", "search"])
    def test_a_command_without_its_argument_says_what_is_missing(
        self, run: Run, command: str
    ) -> None:
        asked = run(command)

        assert (asked.code, asked.stdout) == (2, "")
        assert re.search(r"missing argument '(NAME|TEXT)\.\.\.'", asked.stderr)

    def test_a_near_miss_is_suggested_and_not_taken(self, run: Run) -> None:
        missed = run("city", "chicgo")

        assert (missed.code, missed.stdout) == (1, "")
        assert "did you mean chicago" in missed.stderr

    def test_a_place_of_another_level_names_its_command(self, run: Run) -> None:
        missed = run("city", "cook-county")

        assert (missed.code, missed.stdout) == (1, "")
        assert "county" in missed.stderr
        assert "ice-facts county cook-county-il" in missed.stderr

    def test_a_city_that_several_states_have_lists_them(self, run: Run) -> None:
        asked = run("city", "portland")

        assert (asked.code, asked.stdout) == (1, "")
        assert "ice-facts city portland-or" in asked.stderr
        assert "ice-facts city portland-me" in asked.stderr
        assert run("city", "portland", "--state", "or", "--fields", "subject").code == 0

    def test_an_ambiguous_name_lists_the_candidates(self, run: Run) -> None:
        asked = run("show", "new york")

        assert (asked.code, asked.stdout) == (1, "")
        assert "new-york-city" in asked.stderr
        assert "new-york-state" in asked.stderr

    def test_of_several_names_the_found_ones_are_shown(self, run: Run) -> None:
        both = run("city", "chicago", "freedonia", "houston", "-f", "json", "--fields", "id")

        assert both.json() == [{"id": "chicago"}, {"id": "houston"}]
        assert both.code == 1
        assert "freedonia" in both.stderr


class TestOtherCards:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (("policy", "287g"), "8 U.S.C."),
            (("policy", "sb54"), "California"),
            (("stakeholder", "ice"), "agency"),
            (("stakeholder", "chicago-mayor"), "Brandon Johnson"),
            (("term", "detainer"), "48 hours"),
            (("topic", "community-trust"), "trust"),
            (("claim", "002-12"), "22%"),
            (("source", "chicago-mcc-2-173-020"), "2-173-020"),
            (("county", "cook"), "Chicago"),
            (("state", "illinois"), "TRUST Act"),
        ],
    )
    def test_a_card_answers_with_its_sources(
        self, run: Run, arguments: tuple[str, ...], expected: str
    ) -> None:
        dated = () if arguments[0] in ("claim", "source") else ("--as-of", AS_OF)
        as_table = run(*arguments, "-f", "table", *dated)
        as_json = run(*arguments, "-f", "json", *dated)

        assert (as_table.code, as_json.code) == (0, 0)
        if arguments != ("county", "cook"):
            assert expected in as_table.stdout
        if arguments[0] != "source":
            assert "Sources" in as_table.stdout
            assert as_json.json()["sources"]

    def test_an_office_names_who_held_it_on_the_date(self, run: Run) -> None:
        then = run("stakeholder", "chicago-mayor", "--as-of", "2020", "-f", "json").json()

        assert [h["name"] for h in then["holders"] if h["holds"]] == ["Lori Lightfoot"]


class TestClaims:
    def test_all_240_claims_are_there_with_their_table_cells(self, run: Run) -> None:
        claims = run("claims", "-f", "json").json()

        assert len(claims) == 240
        rows = [c for c in claims if c["kind"] == "table-row"]
        assert len(rows) == 26
        assert {"City": "Chicago", "Sanctuary Status": "Sanctuary City",
                "Increase in Deportations": "22%"} in [c["columns"] for c in rows]  # fmt: skip

    def test_the_year_of_the_act_is_contradicted_with_sources(self, run: Run) -> None:
        claims = run("claims", "--status", "contradicted", "-f", "json").json()

        act = next(c for c in claims if "Homeland Security Act" in c["text"])
        assert "2002" in act["check"]["note"]
        assert act["check"]["sources"]

    def test_filters_combine(self, run: Run) -> None:
        claims = run("claims", "--about", "chicago", "--status", "outdated", "-f", "json").json()

        assert [c["id"] for c in claims] == ["001-22", "001-23"]


class TestLists:
    def test_the_rule_filter_keeps_places_with_that_rule(self, run: Run) -> None:
        rows = run("states", "--rule", "287g=prohibits", "--as-of", AS_OF, "-f", "json").json()

        assert "illinois" in [row["id"] for row in rows]
        assert "texas" not in [row["id"] for row in rows]

    def test_a_rule_filter_depends_on_the_date(self, run: Run) -> None:
        early = run("cities", "--rule", "detainers=limits", "--as-of", "2015", "-f", "json").json()
        late = run("cities", "--rule", "detainers=limits", "--as-of", AS_OF, "-f", "json").json()

        assert "chicago" in [row["id"] for row in early]
        assert "chicago" not in [row["id"] for row in late]

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            (("--binds", "police"), ["alpha", "beta"]),
            (("--binds", "sheriffs jails"), ["alpha"]),
            (("--rule", "detainers=limits", "--binds", "police"), ["beta"]),
            (("--rule", "detainers=limits", "--rule", "287g=requires"), ["alpha"]),
        ],
    )
    def test_the_filter_on_whom_a_rule_binds_counts_for_the_rule_of_the_other_filter(
        self, filters: tuple[str, ...], found: list[str], run: Run, tmp_path: Path
    ) -> None:
        states = {
            "alpha": place(
                "Alpha",
                "state",
                rules=[
                    rule("detainers", "limits", binds=["sheriffs-jails"]),
                    rule("287g", "requires", binds=["police"]),
                ],
            ),
            "beta": place(
                "Beta", "state", rules=[rule("detainers", "limits", binds=["police", "courts"])]
            ),
            "gamma": place("Gamma", "state", rules=[rule("detainers", "limits")]),
        }
        store = write_store(tmp_path, jurisdictions=states)

        rows = run("states", *filters, "--data", store, "-f", "json").json()

        assert [row["id"] for row in rows] == found

    def test_nobody_is_bound_where_no_rule_is_recorded(self, run: Run, tmp_path: Path) -> None:
        bound = place("Alpha", "state", rules=[rule("detainers", "limits", binds=["police"])])
        store = write_store(tmp_path, jurisdictions={"alpha": bound})

        unknown = ("states", "--rule", "jail-access=unknown", "--data", store)

        assert run(*unknown).code == 0
        assert run(*unknown, "--binds", "police").code == 1

    def test_every_state_and_dc_is_listed(self, run: Run) -> None:
        states = run("states", "--as-of", AS_OF, "-f", "json").json()

        assert len({row["state"] for row in states}) == 51

    def test_events_have_a_span(self, run: Run) -> None:
        events = run("events", "--from", "2025", "--to", "2025-12", "--as-of", AS_OF, "-f", "json")

        assert events.code == 0
        assert {e["date"][:4] for e in events.json()} == {"2025"}


class TestBadInput:
    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (("city", "chicago", "--as-of", "2018-13"), 2, "2018-13"),
            (("city", "chicago", "--as-of", "yesterday"), 2, "yesterday"),
            (("city", "chicago", "-f", "docx"), 2, "formats:"),
            (("city", "chicago", "-f", "json", "--fields", "nme"), 2, "fields: id"),
            (("cities", "--rule", "detainers"), 2, "DIMENSION=STANCE"),
            (("cities", "--rule", "detainers=maybe"), 2, "prohibits"),
            (("cities", "--binds", "everybody"), 2, "sheriffs-jails"),
            (("cities", "--state", "Freedonia"), 2, "Freedonia"),
            (("cities", "--listed", "fbi"), 2, "doj"),
            (("policies", "--kind", "poem"), 2, "ordinance"),
            (("claims", "--status", "wrong"), 2, "contradicted"),
            (("cities", "--state", "IL", "--rule", "detainers=requires"), 1, "no place"),
            (("city", ""), 1, "no city"),
            (("frobnicate",), 2, "frobnicate"),
            (("city", "chicago", "--data", "/nonexistent"), 3, "/nonexistent"),
        ],
    )
    def test_is_told_on_stderr_with_its_code(
        self, run: Run, arguments: tuple[str, ...], code: int, message: str
    ) -> None:
        told = run(*arguments)

        assert (told.code, told.stdout) == (code, "")
        assert message in told.stderr
        assert "Traceback" not in told.stderr


def test_heads_and_police_heads_are_shown_first_and_lists_name_who_governs(
    run: Run, tmp_path: Path
) -> None:
    terms = [
        official(office, f"The {office}", "2020")
        for office in ("treasurer", "police chief", "sheriff", "town supervisor", "mayor")
    ]
    store = write_store(
        tmp_path,
        jurisdictions={"alpha": place("Alpha", officials=terms, rules=[rule("287g", "limits")])},
    )
    card = run("city", "alpha", "--data", store, "--as-of", AS_OF, "-f", "table").stdout
    (row,) = run("cities", "--data", store, "-f", "json").json()

    first = " ".join(card.partition("In force")[0].split())
    offices = re.findall(r"The ([a-z ]+?), ", first)
    assert offices == ["mayor", "town supervisor", "sheriff", "police chief"]
    assert row["heads"] == (
        "The mayor (mayor); The town supervisor (town supervisor); The sheriff (sheriff)"
    )


def test_a_place_that_cannot_be_read_names_the_file_it_is_in(run: Run, tmp_path: Path) -> None:
    wrong = {"name": "Alpha", "level": "city", "state": "IL", "note": 5}
    asked = run("city", "alpha", "--data", write_store(tmp_path, places={"alpha": wrong}))

    assert asked.code == 3
    assert "places.json: record 'alpha'" in asked.stderr
