"""Charts: on a terminal, as tables in a pipe, and as pictures."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import AS_OF, Run

NOW = ("--as-of", AS_OF)


def test_a_pipe_gets_the_data(run: Run) -> None:
    found = run("chart", "agreements", "--by", "month", "--state", "FL,TX", *NOW)
    header, *rows = found.rows()
    assert header[:3] == ["line", "period", "value"]
    assert {row[0] for row in rows} == {"Florida", "Texas"}
    values = {(row[0], row[1]): row[2] for row in rows}
    assert values["Florida", "2026-05-18"] == "348"
    assert values["Texas", "2026-05-18"] == "387"
    assert all(row[-1] for row in rows)


def test_the_terminal_gets_lines_with_axes_title_source_and_words(run: Run) -> None:
    found = run("chart", "agreements", "-f", "table", "--width", "80", *NOW)
    text = " ".join(found.stdout.split())
    assert found.stdout.startswith("287(g) agreements on ICE's list, by month")
    assert "A all B jail enforcement C task force D warrant service officer" in text
    assert all(str(year) in text for year in range(2022, 2027))
    assert "In words: All: 148 in 2021-01-31, 2,589 in 2026-09-25" in text
    assert "Data of 2026-09-25. Source:" in text
    assert "totals of trackers" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("subject", ["agreements", "detention", "removals"])
def test_charts_fit_the_width(run: Run, subject: str, width: int) -> None:
    found = run("chart", subject, "-f", "table", "--width", str(width), *NOW)
    chart = found.stdout.partition("In words")[0]
    assert max(len(line) for line in chart.splitlines()) <= width


def test_ascii_is_ascii(run: Run) -> None:
    for subject in ("detention", "removals"):
        assert run("chart", subject, "--ascii", "-f", "table", *NOW).stdout.isascii()


def test_no_escape_codes_without_colour(run: Run) -> None:
    found = run("chart", "detention", "-f", "table", "--color", "never", *NOW)
    assert "\x1b" not in found.stdout


def test_bars_mark_years_to_date(run: Run) -> None:
    text = run("chart", "removals", "-f", "table", *NOW).stdout.partition("In words")[0]
    lines = {line.split()[0]: line for line in text.splitlines() if line.startswith(" FY")}
    assert lines["FY2024"].endswith("271,484")
    assert lines["FY2026"].endswith("234,236 to date")
    assert lines["FY2024"].count("█") > lines["FY2023"].count("█") > 0


def test_a_period_to_date_is_no_lowest_value(run: Run) -> None:
    answer = run("chart", "book-ins", "-f", "json", *NOW).json()
    assert "4,152 in 2026-04 (to 2026-04-02)" in answer["text"]
    assert "lowest 4,152" not in answer["text"]


def test_dates_select_and_earlier_dates_know_less(run: Run) -> None:
    rows = run("chart", "book-ins", "--from", "2025", "--to", "2025-03", *NOW).rows()[1:]
    assert {row[1] for row in rows} == {"2025-01", "2025-02", "2025-03"}
    old = run("chart", "agreements", "--as-of", "2025-01-31").rows()[1:]
    assert max(row[1] for row in old) <= "2025-01-31"


@pytest.mark.parametrize(
    "arguments",
    [
        ("weather",),
        ("removals", "--by", "state"),
        ("book-ins", "--state", "TX"),
        ("detention", "--model", "tfm"),
    ],
)
def test_what_cannot_be_drawn_is_wrong_usage(run: Run, arguments: tuple[str, ...]) -> None:
    found = run("chart", *arguments, *NOW)
    assert (found.code, found.stdout) == (2, "")
    assert found.stderr


def test_pictures(run: Run, tmp_path: Path) -> None:
    svg, png = tmp_path / "chart.svg", tmp_path / "chart.png"
    for file in (svg, png):
        assert run("chart", "agreements", "-o", str(file), *NOW).code == 0
    root = ElementTree.parse(svg).getroot()
    assert root.tag.endswith("svg")
    assert "2,589 in 2026-09-25" in svg.read_text(encoding="utf-8")
    assert png.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_one_answer_makes_one_picture(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "1.svg", tmp_path / "2.svg"
    for file in (one, two):
        run("chart", "removals", "-o", str(file), *NOW)
    assert one.read_bytes() == two.read_bytes()


def test_other_answers_have_no_png(run: Run, tmp_path: Path) -> None:
    found = run("cities", "--state", "il", "-o", str(tmp_path / "c.png"), *NOW)
    assert found.code == 2
    assert ".svg" in found.stderr


def test_the_data_of_a_chart_loads_no_plotting_library(process: Run) -> None:
    found = process("chart", "removals", *NOW, env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert found.code == 0
    loaded = {line.rsplit("|", 1)[-1].strip() for line in found.stderr.splitlines()}
    assert "ice_facts.subjects.series" in loaded
    assert not loaded & {"plotext", "matplotlib", "rich"}
