"""Tile maps of the states: agreements, rules and lists."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from ice_facts.render.tilemap import PLACES
from ice_facts.vocabulary import STATES
from tests.conftest import AS_OF, Run

NOW = ("--as-of", AS_OF)


def test_every_state_has_a_tile_of_its_own() -> None:
    assert set(PLACES) == set(STATES) - {"AS"}
    assert len(set(PLACES.values())) == len(PLACES)


def test_the_agreements_of_all_states_add_up(run: Run) -> None:
    answer = run("map", "agreements", "-f", "json", *NOW).json()
    assert sum(state["value"] for state in answer["states"]) == 1843
    assert answer["as_of"] == "2026-05-18"
    assert {s["state"] for s in answer["states"]} >= set(STATES) - {"PR", "VI", "AS"}


def test_one_model(run: Run) -> None:
    answer = run("map", "agreements", "--model", "jem", "-f", "json", *NOW).json()
    assert sum(state["value"] for state in answer["states"]) == 182


def test_an_earlier_date_uses_the_list_of_then(run: Run) -> None:
    answer = run("map", "agreements", "-f", "json", "--as-of", "2025-01-31").json()
    assert sum(state["value"] for state in answer["states"]) == 135
    assert answer["as_of"] <= "2025-01-31"


def test_the_map_is_read_without_colour(run: Run) -> None:
    found = run("map", "agreements", "-f", "table", "--width", "80", *NOW)
    lines = found.stdout.splitlines()
    tiles = next(n for n, line in enumerate(lines) if "TX" in line)
    assert "TX████" in lines[tiles]
    assert "387" in lines[tiles + 1]
    for words in ("none", "1 to 9", "10 to 49", "50 to 99", "100 or more"):
        assert any(line.endswith(f" {words}") for line in lines)
    assert "\x1b" not in found.stdout
    assert "Data of 2026-05-18. Source:" in " ".join(found.stdout.split())


@pytest.mark.parametrize("width", [56, 60, 80, 120])
def test_maps_fit_the_width(run: Run, width: int) -> None:
    for subject in ("agreements", "rule=detainers", "listed=dhs"):
        text = run("map", subject, "-f", "table", "--width", str(width), *NOW).stdout
        drawn = text.partition("In words")[0]
        assert max(len(line) for line in drawn.splitlines()[1:]) <= width


def test_where_the_map_does_not_fit_the_table_stands(run: Run) -> None:
    text = run("map", "agreements", "-f", "table", "--width", "40", *NOW).stdout
    assert "Texas" in text


def test_ascii_is_ascii(run: Run) -> None:
    for subject in ("agreements", "rule=287g", "listed=doj"):
        assert run("map", subject, "--ascii", "-f", "table", *NOW).stdout.isascii()


def test_rules_by_state_agree_with_the_list_of_states(run: Run) -> None:
    states = run("map", "rule=287g", "-f", "json", *NOW).json()["states"]
    one = {s["id"] for s in states if s["words"] == "prohibits"}
    listed = run("states", "--rule", "287g=prohibits", "-f", "json", *NOW).json()
    assert one
    assert one <= {row["id"] for row in listed}
    assert all(s["sources"] for s in states if s["group"] not in ("unknown", "silent"))
    assert next(s for s in states if s["group"] == "unknown")["words"].startswith("unknown")


def test_lists_with_removals(run: Run) -> None:
    doj = run("map", "listed=doj", "-f", "json", *NOW).json()
    assert sum(s["value"] for s in doj["states"]) == 35
    removed = {s["state"] for s in doj["states"] if s["group"] == "removed from it"}
    assert removed == {"NV", "MD"}
    assert any("not known to be listed after 2025-11-03" in note for note in doj["notes"])
    dhs = run("map", "listed=dhs", "-f", "json", *NOW).json()
    assert sum(s["value"] for s in dhs["states"]) == 605


@pytest.mark.parametrize("subject", ["x", "rule=x", "listed=x", "rule", "agreements=x"])
def test_other_maps_are_wrong_usage(run: Run, subject: str) -> None:
    assert run("map", subject, *NOW).code == 2


def test_pictures(run: Run, tmp_path: Path) -> None:
    svg, png = tmp_path / "map.svg", tmp_path / "map.png"
    for file in (svg, png):
        assert run("map", "agreements", "-o", str(file), *NOW).code == 0
    assert ElementTree.parse(svg).getroot().tag.endswith("svg")
    assert "100 or more: 4 (FL, MO, PA, TX)" in svg.read_text(encoding="utf-8")
    assert png.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
