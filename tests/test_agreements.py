"""287(g) agreements: the list, counts of it, those that left it, and places that it names."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from ice_facts.errors import NotFoundError
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import count_agreements
from ice_facts.vocabulary import STATES
from tests.conftest import AS_OF, Outcome, Run
from tests.raw import records
from tests.small_store import SOURCE, place, write_store

NOW = ("--as-of", AS_OF)
LIST = "ice-287g-participating-agencies-2026-05-18"


def column(outcome: Outcome, name: str) -> list[str]:
    rows = outcome.rows()
    place = rows[0].index(name)
    return [row[place] for row in rows[1:]]


def test_all_agreements_with_their_rows_in_the_list(run: Run) -> None:
    found = run("agreements", *NOW)
    assert found.code == 0
    sources = column(found, "sources")
    assert len(sources) == len(set(sources)) == 1843
    assert all(text.startswith(f"{LIST} (row ") for text in sources)


def test_counts_by_state(run: Run) -> None:
    rows = run("agreements", "--by", "state", "-f", "json", *NOW).json()
    assert sum(row["agreements"] for row in rows) == 1843
    assert len(rows) == 40
    assert rows[0]["key"] == "TX"
    assert rows[0]["agreements"] == 387
    assert {row["as_of"] for row in rows} == {"2026-05-18"}
    assert all(row["sources"][0]["locator"].startswith("row") for row in rows)


def test_numbers_stand_on_the_right_of_their_columns(run: Run) -> None:
    shown = run("agreements", "--by", "state", "-f", "markdown", *NOW).stdout
    head, rule, *_ = (line for line in shown.splitlines() if line.startswith("|"))
    ends = dict(zip(head.split("|"), (cell.endswith(":") for cell in rule.split("|")), strict=True))
    right = [title.strip() for title, is_right in ends.items() if is_right]
    assert right == ["Agreements", "Task force", "Warrant service officer", "Jail enforcement"]


def test_counts_by_model(run: Run) -> None:
    rows = run("agreements", "--by", "model", "-f", "json", *NOW).json()
    assert {row["key"]: row["agreements"] for row in rows} == {
        "task force": 1162,
        "warrant service officer": 499,
        "jail enforcement": 182,
    }


def test_counts_by_level(run: Run) -> None:
    rows = run("agreements", "--by", "level", "-f", "json", *NOW).json()
    assert {row["key"]: row["agreements"] for row in rows} == {
        "county": 1095,
        "municipality": 670,
        "state": 78,
    }


def test_counts_by_month_end_with_totals_of_trackers(run: Run) -> None:
    rows = run("agreements", "--by", "month", "-f", "json", *NOW).json()
    assert rows[0]["key"] == "2021-01"
    by_month = {row["key"]: row for row in rows}
    assert by_month["2026-05"]["agreements"] == 1843
    assert by_month["2026-05"]["basis"] == "list"
    last = rows[-1]
    assert (last["as_of"], last["agreements"], last["basis"]) == ("2026-09-25", 2589, "summary")
    assert last["task_force"] is None


def test_the_months_of_states_add_up_to_the_nation(store: Store) -> None:
    nation = {c.key: c.agreements for c in count_agreements(store, AS_OF, "month")}
    sums: Counter[str] = Counter()
    for state in STATES:
        # A state that never was on a list has no months.
        with suppress(NotFoundError):
            for count in count_agreements(store, AS_OF, "month", state=state):
                sums[count.key] += count.agreements
    assert len(sums) == 67
    assert sums == {month: nation[month] for month in sums}


def test_a_state_that_left_the_list_counts_zero(run: Run) -> None:
    months = run("agreements", "--by", "month", "--state", "MD", "-f", "json", *NOW).json()
    assert months[0]["agreements"] > 0
    assert {row["key"]: row["agreements"] for row in months}["2026-05"] == 0


def test_by_month_with_a_county_counts_the_months_of_signing(run: Run) -> None:
    found = run(
        "agreements", "--by", "month", "--county", "broward", "--state", "fl", "-f", "json", *NOW
    )
    rows = found.json()
    assert {row["by"] for row in rows} == {"month signed"}
    assert sum(row["agreements"] for row in rows) == 9


def test_a_county_shows_its_own_and_its_municipalities(run: Run) -> None:
    found = run("agreements", "--county", "broward", "--state", "fl", *NOW)
    agencies = column(found, "agency")
    assert agencies.count("Broward County Sheriff's Office") == 2
    assert "Davie Police Department" in agencies
    assert set(column(found, "county")) == {"Broward County"}


def test_filters(run: Run) -> None:
    found = run("agreements", "--state", "Texas", "--model", "TFM", "--since", "2026", *NOW)
    assert set(column(found, "state")) == {"TX"}
    assert set(column(found, "model")) == {"task force"}
    assert min(column(found, "signed")) >= "2026"
    city = run("agreements", "--place", "hialeah", "-f", "json", *NOW).json()
    assert [a["jurisdiction"] for a in city] == ["hialeah"]


def test_none_is_an_answer(run: Run) -> None:
    found = run("agreements", "--state", "il", *NOW)
    assert (found.code, found.stdout) == (1, "")
    assert "no agreement on ICE's list of 2026-05-18" in found.stderr


@pytest.mark.parametrize(
    "options", [("--by", "colour"), ("--model", "x"), ("--level", "x"), ("--state", "x")]
)
def test_wrong_values_are_wrong_usage(run: Run, options: tuple[str, str]) -> None:
    found = run("agreements", *options, *NOW)
    assert found.code == 2
    assert options[1] in found.stderr


def test_doubts_of_the_list_stay_visible(run: Run) -> None:
    notes = column(run("agreements", *NOW), "note")
    assert sum("ICE prints no county" in note for note in notes) > 150
    assert any("county printed as" in note.lower() for note in notes)


def test_former_listings_come_with_their_caveat(run: Run) -> None:
    found = run("agreements", "--former", "-f", "table", *NOW)
    assert "No longer on ICE's 287(g) list: 194" in found.stdout
    assert "does not say why" in " ".join(found.stdout.split())
    rows = run("agreements", "--former", "-f", "json", *NOW).json()
    assert all(row["last_listed"] < "2026-05-18" for row in rows)


def test_an_earlier_date_says_what_is_missing(run: Run) -> None:
    found = run("agreements", "--state", "tx", "-f", "table", "--as-of", "2024")
    assert "agreements that had left the list" in " ".join(found.stdout.split())


def test_the_note_names_list_and_source(run: Run) -> None:
    found = run("agreements", "--county", "broward", "--state", "fl", "-f", "table", *NOW)
    text = " ".join(found.stdout.split())
    assert "On ICE's list of 2026-05-18; not known to be in force after it." in text
    assert "https://www.ice.gov/identify-and-arrest/287g" in text


def test_a_county_without_a_record_has_a_small_card(run: Run) -> None:
    card = run("county", "polk", "--state", "fl", "-f", "json", *NOW).json()
    assert (card["id"], card["population"]["value"]) == ("polk-county-fl", 725046)
    assert "No rule of its own is recorded" in card["note"]
    assert len(card["agreements"]) == 11
    assert all(rule["jurisdiction"] == "florida" for rule in card["rules"])


def test_a_city_without_a_record_gets_the_rules_above_it(run: Run) -> None:
    card = run("city", "coral-gables", "-f", "json", *NOW).json()
    assert card["part_of"] == ["miami-dade-county-fl", "florida"]
    assert {rule["jurisdiction"] for rule in card["rules"]} == {"miami-dade-county-fl", "florida"}
    assert [a["agency"] for a in card["agreements"] if a["jurisdiction"] == "coral-gables"] == [
        "Coral Gables Police Department"
    ]


def test_a_name_of_many_small_places_lists_them(run: Run) -> None:
    found = run("county", "polk", *NOW)
    assert found.code == 1
    assert "polk-county-fl" in found.stderr
    assert "polk-county-tx" in found.stderr


def test_a_misspelt_small_place_is_suggested(run: Run) -> None:
    assert "did you mean hialeah?" in run("city", "hialeh", *NOW).stderr


@pytest.mark.parametrize(
    ("command", "listed", "number"),
    [
        ("cities", "doj", 18),
        ("counties", "doj", 4),
        ("states", "doj", 13),
        ("cities", "dhs", 199),
        ("counties", "dhs", 391),
        ("states", "dhs", 15),
    ],
)
def test_all_places_on_the_lists(run: Run, command: str, listed: str, number: int) -> None:
    found = run(command, "--listed", listed, *NOW)
    assert len(found.rows()) == number + 1
    assert all(column(found, "sources"))


def test_removals_from_the_doj_list_are_marked(run: Run) -> None:
    counties = {
        row["id"]: row["listings"]
        for row in run("counties", "--listed", "doj", "-f", "json", *NOW).json()
    }
    ends = {e["until"] for e in counties["baltimore-county-md"] if e["list"].startswith("doj")}
    assert ends == {"2025-10-31"}
    rows = run("states", "--listed", "doj", *NOW)
    lists = dict(zip(column(rows, "id"), column(rows, "listed"), strict=True))
    assert "DOJ 2025-08-05 to 2025-09-26 (off the list)" in lists["nevada"]
    assert "not known to be listed after 2025-11-03" in lists["illinois"]


def test_plain_lists_leave_small_places_out_unless_asked(run: Run) -> None:
    some = run("counties", "--state", "fl", *NOW)
    every = run("counties", "--state", "fl", "--all", *NOW)
    assert "polk-county-fl" not in column(some, "id")
    assert "polk-county-fl" in column(every, "id")


@pytest.mark.parametrize(
    "asked",
    [
        "agreements --state tx",
        "agreements --by state",
        "agreements --by model",
        "compare texas florida --on agreements",
        "map agreements",
        "chart agreements --by state",
    ],
)
def test_what_is_counted_on_an_older_list_says_that_a_newer_total_exists(
    asked: str, run: Run
) -> None:
    told = "A newer total exists: 2,589 agreements on 2026-09-25"
    now = run(*asked.split(), "--as-of", AS_OF, "-f", "table").stdout
    then = run(*asked.split(), "--as-of", "2026-05-18", "-f", "table").stdout

    assert told in " ".join(now.split())
    assert "A newer total exists" not in " ".join(then.split())


def test_the_card_of_a_state_says_how_much_the_list_has_grown(run: Run) -> None:
    asked = ("state", "texas", "--as-of", AS_OF, "-f", "table", "--width", "1000")

    assert "grown by 746 since" in run(*asked).stdout
    told = run(*asked, "--section", "agreements").stdout
    assert "list has grown by 746 since" in " ".join(told.split())


@pytest.mark.parametrize(
    ("lists", "on", "told"),
    [
        ([{"2026-05-01": 10, "2026-09-01": 13}], AS_OF, ", grown by 3 since"),
        ([{"2026-05-01": 10, "2026-09-01": 10}], AS_OF, ", grown by 0 since"),
        ([{"2026-05-01": 10, "2026-09-01": 7}], AS_OF, ", shrunk by 3 since"),
        ([{"2026-05-01": 10, "2026-08-31": 13, "2026-09-01": 20}], "2026-08", ", grown by 3 since"),
        # Of two readings of one day the last counts.
        ([{"2026-05-01": 10, "2026-09-01": 11}, {"2026-09-01": 13}], AS_OF, ", grown by 3 since"),
        # Of a list without a length, and before a newer one, nothing is said.
        ([{"2026-09-01": 13}], AS_OF, ""),
        ([{"2026-05-01": 10, "2026-09-01": 13}], "2026-08", ""),
    ],
)
def test_a_card_says_how_much_longer_or_shorter_a_newer_list_is(
    run: Run, tmp_path: Path, lists: list[dict[str, int]], on: str, told: str
) -> None:
    row = [{"id": "ice-list", "locator": "row 1"}]
    agreement = {
        "agency": "Alpha Police Department",
        "level": "municipality",
        "state": "IL",
        "model": "task force",
        "jurisdiction": "alpha",
        "signed": "2025-01-01",
        "sources": row,
    }
    lengths = {
        "measure": "287(g) agreements",
        "subject": "agreements",
        "unit": "agreements",
        "jurisdiction": "united-states",
        "grain": "day",
        "readings": [{"values": values, "sources": row} for values in lists],
    }
    store = write_store(
        tmp_path,
        sources={"ice-list": {**SOURCE, "kind": "dataset", "published": "2026-05-01"}},
        jurisdictions={
            "united-states": {"name": "United States", "level": "federal", "state": None},
            "illinois": place("Illinois", "state"),
            "alpha": place("Alpha", part_of=["illinois"]),
        },
        agreements={"alpha-task-force": agreement},
        series={"287g-agreements": lengths},
    )
    asked = ("state", "illinois", "--data", store, "-f", "table", "--width", "200")
    shown = run(*asked, "--as-of", on).stdout

    assert f"1 in all of Illinois (ICE list of 2026-05-01{told})" in shown


def test_geoids_are_those_of_the_files(run: Run) -> None:
    places = records("places") | records("jurisdictions")
    rows = run("agreements", "--state", "fl", "-f", "json").json()
    counties = {
        place["name"]: place.get("county_geoid") or place.get("geoid")
        for place in places.values()
        if place.get("state") == "FL" and "county" in (place["level"], *place.get("also", ()))
    }

    assert any(row["geoid"] for row in rows)
    for row in rows:
        assert row["geoid"] == places.get(row["jurisdiction"] or "", {}).get("geoid")
        if row["county"] in counties:
            assert row["county_geoid"] == counties[row["county"]]


def test_the_code_of_a_county_has_five_digits(run: Run) -> None:
    found = {row["county_geoid"] for row in run("agreements", "-f", "json").json()}

    assert all(len(code) == 5 for code in found if code)
