"""Pages of HTML on screens and on paper: pictures, sides, dates, sources, and what stands below."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ice_facts.across.series.chart import DRAWINGS
from ice_facts.cli.commands import COMMANDS
from ice_facts.render.html import FEW_SOURCES
from ice_facts.vocabulary import DIMENSIONS, SYMBOLS
from tests.conftest import AS_OF, Run
from tests.probes import question
from tests.test_formats import Page

CHARTS = [f"{subject} --by {by}" for subject, ways in DRAWINGS.items() for by in ways]
MAPS = ["agreements", "listed=doj", "listed=dhs", *(f"rule={d}" for d in DIMENSIONS)]


def html(run: Run, *command: str) -> str:
    found = run(*command, "--as-of", AS_OF, "-f", "html")
    assert (found.code, found.stderr) == (0, "")
    return found.stdout


@pytest.mark.parametrize("what", [*(f"chart {c}" for c in CHARTS), *(f"map {m}" for m in MAPS)])
def test_a_chart_or_map_has_the_picture_with_its_texts_and_the_table(what: str, run: Run) -> None:
    command = what.split()
    text = html(run, *command)
    page = Page.of(text)
    rows = run(*command, "--as-of", AS_OF, "-f", "tsv").rows()
    words = run(*command, "--as-of", AS_OF, "-f", "json").json()

    (figure,) = re.findall(r"<figure>(.*?)</figure>", text, re.DOTALL)
    (svg,) = page.all("svg")
    named = (svg["aria-labelledby"] or "").split()
    assert (svg["role"], len(named)) == ("img", 2)
    assert [re.search(rf'<(title|desc) id="{id}">(.+?)</', figure, re.DOTALL) is not None
            for id in named] == [True, True]  # fmt: skip
    assert figure.count("<text") > 5
    assert "<metadata" not in figure
    assert page.count("table tbody tr") == len(rows) - 1
    assert words["as_of"] in page.text and "Source: " in page.text
    if "rule=" in what and any(state["group"] == "unknown" for state in words["states"]):
        assert figure.count("<path d=") >= 2  # what is unknown is hatched, and so is its key


@pytest.mark.parametrize("command", COMMANDS)
def test_no_date_breaks_and_the_page_says_of_when_it_is_and_under_which_licence(
    command: str, run: Run
) -> None:
    text = run(*question(command), "-f", "html").stdout
    page = Page.of(text)
    drawn = re.sub(r"<svg.*?</svg>|<style>.*?</style>|<script>.*?</script>", "", text,
                   flags=re.DOTALL)  # fmt: skip
    body = drawn.partition("<body")[2]
    unbroken = re.sub(r'<span class="date">[^<]*</span>|<[^>]+>', "", body)

    assert ".date { white-space: nowrap; }" in page.styles
    assert re.findall(r"\b\d{4}-\d\d(?:-\d\d)?\b", unbroken) == []
    if command not in ("slides", "lesson", "cards"):
        assert "data of 2026-01-15" in page.text
        assert "MIT licence" in page.text
        assert "counter(page)" in page.styles


def test_every_page_on_paper_has_a_foot_that_no_text_can_break(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sources.json").write_text("{}", encoding="utf-8")
    term = '{"t": {"term": "A\\"} </style><b>\\\\", "text": "X"}}'
    (tmp_path / "terms.json").write_text(term, encoding="utf-8")
    (tmp_path / "policies.json").write_text("{}", encoding="utf-8")
    text = run("term", "t", "--data", str(tmp_path), "-f", "html").stdout
    page = Page.of(text)

    assert page.count("style") == 1
    (foot,) = re.findall(r'@bottom-left \{ content: "([^"]*)"; \}', page.styles)
    assert "\\" not in foot and "<" not in foot
    assert foot.startswith("A") and "MIT licence" in foot


def test_only_signs_that_stand_on_the_page_are_explained(run: Run) -> None:
    def explained(*command: str) -> set[str]:
        footer = html(run, *command).partition("<footer>")[2]
        return {tone for tone in SYMBOLS if re.search(rf"[^\w ] {tone}[,.]|\? {tone}[,.]", footer)}

    assert explained("positions", "detainers") == {"supports", "opposes", "mixed", "neutral"}
    assert explained("timeline", "chicago", "--from", "2024") == set()
    assert (
        {"prohibits", "limits"}
        <= explained("cities")
        <= {
            *("prohibits", "limits", "permits", "forbids-limits", "requires", "silent", "unknown"),
        }
    )
    assert "supports" not in explained("compare", "illinois", "texas")
    assert "unknown" in explained("city", "chicago")  # a cell has its sign alone


def test_sources_are_short_where_they_are_many_and_full_where_that_is_asked(run: Run) -> None:
    short = html(run, "city", "chicago")
    listed = re.findall(r"<li [^>]*>(.*?)</li>", short, re.DOTALL)
    full = html(run, "city", "chicago", "--full")
    few = html(run, "claim", "001-22")

    assert len(listed) > FEW_SOURCES
    assert all(len(re.sub("<[^>]+>", "", item)) < 120 for item in listed)
    assert '<a href="https://' in listed[0] and "2-173-020(" not in listed[0]  # the place in it
    assert "Immigration enforcement prohibited · https://" in full
    assert "“List of Chicago's mayors, 1837 to present”" in few
    assert "add --sources" in html(run, "positions", "detainers")
    assert 'class="sources short"' not in html(run, "positions", "detainers", "--sources")


def test_both_sides_of_a_subject_stand_in_one_row(run: Run) -> None:
    text = html(run, "positions", "chicago")
    rows = re.findall(r'<div class="beside">(.*?)\n</div>\n(?=<div class="beside">|</div>)', text,
                      re.DOTALL)  # fmt: skip
    names = [re.findall(r"<h3 [^>]*>(\w+) \(\d+\)</h3>", row) for row in rows]

    assert len(names) > 8
    assert all(pair in (["For", "Against"], ["Mixed", "Neutral"], ["Mixed"], ["Neutral"])
               for pair in names)  # fmt: skip
    assert text.count('<div class="subject">') == text.count('<h2 id="v1-on') > 5


def test_columns_that_are_compared_are_of_one_width(run: Run) -> None:
    page = Page.of(html(run, "compare", "chicago", "houston"))

    assert {"class": "equal"} in list(page.all("table"))
    assert "table.equal { table-layout: fixed" in page.styles
