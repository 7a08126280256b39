"""Rules as rows, and the order and number of rows of any list."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.conftest import AS_OF, Run
from tests.raw import records
from tests.small_store import SOURCE, place, policy, rule, write_store

NOW = ("--as-of", AS_OF)


def rows(run: Run, *arguments: str) -> list[dict[str, str]]:
    found = run(*arguments, *NOW, "-f", "csv")
    assert found.code == 0, found.stderr
    return list(csv.DictReader(io.StringIO(found.stdout)))


class TestRules:
    def test_every_row_fits_the_filters(self, run: Run) -> None:
        found = run(
            "rules", "--on", "287g", "--stance", "requires", "--level", "state", "-f", "json"
        )
        assert {"texas", "florida"} <= {row["jurisdiction"] for row in found.json()}
        for row in found.json():
            assert (row["dimension"], row["stance"], row["level"]) == ("287g", "requires", "state")

    def test_the_rules_are_those_of_the_files(self, run: Run) -> None:
        place = records("jurisdictions")["texas"]
        texts = [r["text"] for r in place["rules"] if "until" not in r]
        found = run("rules", "--place", "texas", "-f", "json").json()
        assert sorted(row["text"] for row in found) == sorted(texts)

    def test_rules_from_above_reach_a_city(self, run: Run) -> None:
        found = rows(run, "rules", "--level", "city", "--state", "tx", "--on", "detainers")
        assert "texas" not in {row["made_by"] for row in found}
        found = rows(run, "rules", "--level", "city", "--state", "tx", "--effective")
        reached = {row["place"] for row in found if row["made_by"] == "texas"}
        assert {"houston", "dallas", "austin"} <= reached

    def test_whom_a_rule_binds_is_a_filter(self, run: Run) -> None:
        found = run("rules", "--on", "287g", "--binds", "one-agency", "-f", "json").json()
        assert found
        assert all("one-agency" in row["binds"] for row in found)

    def test_rules_under_a_policy(self, run: Run) -> None:
        found = run("rules", "--policy", "ca-sb-54", "-f", "json").json()
        assert {row["policy"] for row in found} == {"ca-sb-54"}

    def test_nothing_fits(self, run: Run) -> None:
        found = run("rules", "--on", "287g", "--stance", "silent", "--state", "ca")
        assert found.code == 1
        assert "no rule" in found.stderr


class TestOrder:
    def test_by_a_field_and_downwards(self, run: Run) -> None:
        found = run("states", "--sort", "-population", "-f", "json", *NOW).json()
        people = [row["population"] for row in found if row["population"]]
        assert people == sorted(people, reverse=True)
        assert found[0]["id"] == "california"

    def test_by_two_fields(self, run: Run) -> None:
        found = run("policies", "--sort", "kind,-enacted", "-f", "json", *NOW).json()
        kinds = [row["kind"] for row in found]
        assert kinds == sorted(kinds)
        statutes = [r["enacted"] for r in found if r["kind"] == "statute" and r["enacted"]]
        assert statutes == sorted(statutes, reverse=True)

    def test_rows_without_a_value_come_last(self, run: Run) -> None:
        for order in ("enacted", "-enacted"):
            dates = [r["enacted"] for r in run("policies", "--sort", order, "-f", "json").json()]
            assert None in dates
            assert all(d is None for d in dates[dates.index(None) :])

    @pytest.mark.parametrize("form", ["json", "tsv", "table", "markdown", "html"])
    def test_a_limit_in_every_format(self, run: Run, form: str) -> None:
        found = run("terms", "--sort", "id", "--limit", "3", "-f", form)
        assert found.code == 0
        ids = sorted(records("terms"))
        names = [records("terms")[id]["term"].split(" (")[0] for id in ids]
        assert names[0] in found.stdout
        assert "--limit" in found.stderr
        if form == "tsv":
            assert len(found.stdout.splitlines()) == 4

    def test_no_such_field(self, run: Run) -> None:
        found = run("terms", "--sort", "size")
        assert found.code == 2
        assert "fields: " in found.stderr


def test_what_rules_cite_is_counted_for_states_and_for_cities_and_counties(run: Run) -> None:
    told = run("data", "info", "-f", "json").json()
    shown = " ".join(run("data", "info", "-f", "table").stdout.split())
    groups = {"/".join(group["levels"]): group for group in told["rules_by_level"]}
    assert list(groups) == ["state", "city/county"]
    for group in groups.values():
        rules = [
            rule
            for place in records("jurisdictions").values()
            if place["level"] in group["levels"]
            for rule in place.get("rules", ())
            if rule["stance"] != "unknown"
        ]
        practices = [rule for rule in rules if rule.get("practice")]
        kinds = [{records("sources")[c["id"]]["kind"] for c in r["sources"]} for r in practices]
        assert group["rules"] == len(rules)
        assert group["practices"] == len(practices)
        assert group["practices_with_statement"] == sum(
            bool(k & {"agency page", "press release", "statement"}) for k in kinds
        )
        assert f"{group['with_primary_source']:,} of {len(rules):,} of " in shown
    for field in ("rules", "with_primary_source"):
        total = told["rules" if field == "rules" else "rules_with_primary_source"]
        assert total == sum(group[field] for group in groups.values())


@pytest.mark.parametrize(
    ("kinds", "policy_kind", "status", "counts"),
    [
        (["ordinance"], "ordinance", "in force", True),
        (["news", "ordinance"], "ordinance", "in force", False),
        (["agency page"], "directive", "in force", True),
        (["news", "agency page"], "directive", "in force", False),
        (["agency page"], "ordinance", "in force", False),
        (["bill"], "statute", "proposed", True),
        (["bill"], "statute", "in force", False),
    ],
)
def test_only_a_first_source_counts_as_the_law_itself(
    run: Run, tmp_path: Path, kinds: list[str], policy_kind: str, status: str, counts: bool
) -> None:
    cited = [{"id": f"source-{n}", "locator": "§ 1"} for n, _ in enumerate(kinds)]
    store = write_store(
        tmp_path,
        sources={c["id"]: {**SOURCE, "kind": k} for c, k in zip(cited, kinds, strict=True)},
        jurisdictions={
            "alpha": place(
                "Alpha", rules=[rule("detainers", "limits", policy="law", sources=cited)]
            )
        },
        policies={"law": policy("Law", kind=policy_kind, status=status)},
    )
    told = run("data", "info", "--data", store, "-f", "json").json()

    assert told["rules_with_primary_source"] == int(counts)
