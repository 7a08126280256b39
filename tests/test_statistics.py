"""Numbers: statistics and the values of series."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ice_facts.across.series.chart import DRAWINGS, chart
from ice_facts.errors import NotFoundError
from ice_facts.store import Store
from ice_facts.subjects.series import period_days
from ice_facts.subjects.statistic import list_numbers
from tests.conftest import AS_OF, Run
from tests.small_store import CITED, place, write_store

NOW = ("--as-of", AS_OF)


def numbers(run: Run, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("statistics", *arguments, "-f", "json", *NOW).json()
    return found


def test_removals_by_fiscal_year(run: Run) -> None:
    rows = [row for row in numbers(run, "removals") if row["id"] == "removals-by-year"]
    values = {row["period"]: row["value"] for row in rows}
    assert values["FY2024"] == 271484
    assert values["FY2023"] == 142580
    assert {row["period"] for row in rows if row["partial"]} == {
        "FY2021",
        "FY2022",
        "FY2025",
        "FY2026",
    }
    assert all(row["as_of"] and row["sources"][0]["locator"] for row in rows)


def test_two_sources_for_one_number_stand_together(run: Run) -> None:
    rows = numbers(run, "removals")
    same = [n for n, row in enumerate(rows) if row["value"] == 271484]
    assert len(same) >= 2
    assert same == list(range(same[0], same[0] + len(same)))
    assert len({row["sources"][0]["id"] for row in rows if row["value"] == 271484}) > 1


def test_year_to_date_is_said_in_words(run: Run) -> None:
    text = " ".join(run("statistics", "removals", "-f", "table", *NOW).stdout.split())
    assert "234,236 removals" in text
    assert "FY2026, year to date" in text


def test_values_come_with_what_they_count(run: Run) -> None:
    row = next(row for row in numbers(run, "book-ins") if row["id"] == "book-ins-by-month")
    assert "first time in a stay" in row["text"]
    assert (row["period"], row["as_of"], row["partial"]) == ("2026-04", "2026-04-02", True)


def test_what_a_number_counts_stands_in_every_row_of_data_and_once_in_a_table(
    run: Run, tmp_path: Path
) -> None:
    number = {
        "measure": "arrests",
        "value": 40,
        "unit": "people",
        "jurisdiction": "alpha",
        "text": "People whom ICE arrested.",
        "base": 80,
        "base_text": "Of all arrests.",
        "note": "One office only.",
        "sources": CITED,
    }
    years = {f"a-{year}": {**number, "from": year, "until": year} for year in ("2024", "2025")}
    store = write_store(tmp_path, jurisdictions={"alpha": place("Alpha")}, statistics=years)
    told = "People whom ICE arrested. Of all arrests. One office only."

    header, *rows = run("statistics", "--data", store, *NOW).rows()
    assert [row[header.index("counts")] for row in rows] == [told, told]
    shown = run("statistics", "--data", store, "-f", "table", "--width", "200", *NOW).stdout
    assert shown.count(told) == 1


def test_all_gives_every_value(run: Run) -> None:
    rows = numbers(run, "book-ins-by-month", "--all")
    values = {row["period"]: row["value"] for row in rows}
    assert len(values) == 91
    assert values["2018-10"] == 40551


def test_months_of_book_ins_add_up_to_the_year(store: Store) -> None:
    months = list_numbers(store, AS_OF, measure="book-ins-by-month", everything=True)
    years = list_numbers(store, AS_OF, measure="book-ins-by-year", everything=True)
    for year in years:
        start, until = period_days(year.period)
        inside = [m.value for m in months if start <= m.period <= until]
        assert sum(inside) == year.value, year.period


def test_detention_of_a_state(run: Run) -> None:
    rows = [row for row in numbers(run, "--of", "texas") if row["kind"] == "series"]
    values = {row["period"]: row["value"] for row in rows if row["id"] == "detention-tx"}
    assert values["FY2026"] == 17908.1


def test_an_earlier_date_knows_no_later_data(run: Run) -> None:
    rows = run("statistics", "removals", "-f", "json", "--as-of", "2024-12-31").json()
    periods = [row["period"] for row in rows if row["id"] == "removals-by-year"]
    assert max(periods) == "FY2024"


def test_a_near_measure_is_suggested(run: Run) -> None:
    found = run("statistics", "remowals", *NOW)
    assert found.code == 1
    assert "did you mean removals" in found.stderr


def test_the_plural_is_found_with_the_singular_and_a_wrong_letter_is_not(run: Run) -> None:
    assert numbers(run, "detainers") == numbers(run, "detainer") != []
    wrong = run("statistics", "removalx", *NOW)
    assert (wrong.code, wrong.stdout) == (1, "")
    assert "did you mean removal" in wrong.stderr


def test_every_number_has_a_source(store: Store) -> None:
    rows = list_numbers(store, AS_OF, measure=None, everything=True)
    assert all(row.sources for row in rows)
    assert all(c.locator for row in rows if row.kind == "series" for c in row.sources)


@pytest.mark.parametrize(
    ("subject", "by", "total"),
    [
        ("agreements", "state", 1843),
        ("agreements", "model", 1843),
        ("agreements", "level", 1843),
        ("alternatives-to-detention", "area", 180701),
        ("alternatives-to-detention", "technology", 180701),
        ("detention", "state", 65503.9),
        ("detention", "area", 65503.8),
    ],
)
def test_totals_of_parts(store: Store, subject: str, by: str, total: float) -> None:
    points = chart(store, subject, AS_OF, by=by).points
    assert sum(p.value for p in points) == pytest.approx(total, abs=0.05)


def test_every_chart_has_sources_unit_and_date(store: Store) -> None:
    for subject, drawings in DRAWINGS.items():
        for by in drawings:
            answer = chart(store, subject, AS_OF, by=by)
            assert answer.unit
            assert answer.as_of >= "2026-02"
            assert answer.sources
            assert all(p.sources and p.as_of for p in answer.points)


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_any_measure_is_answered_or_not_found(store: Store, text: str) -> None:
    try:
        rows = list_numbers(store, AS_OF, measure=text)
    except NotFoundError as error:
        assert error.hints
    else:
        assert rows
