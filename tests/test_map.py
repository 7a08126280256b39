"""Tile maps of the states: agreements, rules and lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from ice_facts.across.series.statemap import agreements_map, list_map, rule_map
from ice_facts.across.series.view import map_listing
from ice_facts.render import Style
from ice_facts.render.grid import COLUMNS, FREE, TILE_POSITIONS
from ice_facts.render.picture import picture_bytes
from ice_facts.render.picture.sheet import contrast, ink_on
from ice_facts.render.terminal import render_terminal
from ice_facts.show.labels import Labels
from ice_facts.show.pictures import Shade, Tile, TileMap
from ice_facts.show.shapes import ListView
from ice_facts.store import Store
from ice_facts.vocabulary import DIMENSIONS, STATES
from tests.conftest import AS_OF, Run
from tests.pictures import Picture, size_of, texts_of
from tests.small_store import place, rule, write_store

NOW = ("--as-of", AS_OF)


def test_every_state_has_a_tile_of_its_own() -> None:
    assert set(TILE_POSITIONS) == set(STATES) - {"AS"}
    assert len(set(TILE_POSITIONS.values())) == len(TILE_POSITIONS)
    first, last, rows = FREE
    free = {(row, column) for row in range(rows) for column in range(first, last)}
    assert not free & set(TILE_POSITIONS.values())
    assert all(column < COLUMNS for _, column in TILE_POSITIONS.values())


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
    for key in ("· none", "░ 1 to 9", "▒ 10 to 49", "▓ 50 to 99", "█ 100 or more"):
        assert any(key in line for line in lines)
    assert "\x1b" not in found.stdout
    assert "Data of 2026-05-18. Source:" in " ".join(found.stdout.split())


@pytest.mark.parametrize("width", [45, 56, 60, 80, 120])
def test_maps_fit_the_width(run: Run, width: int) -> None:
    for subject in ("agreements", "rule=detainers", "listed=dhs"):
        text = run("map", subject, "-f", "table", "--width", str(width), *NOW).stdout
        drawn = text.partition("In words")[0]
        assert max(len(line) for line in drawn.splitlines()[1:]) <= width


def test_where_the_map_does_not_fit_the_table_says_everything_once(run: Run) -> None:
    text = run("map", "agreements", "-f", "table", "--width", "40", *NOW).stdout
    assert text.count("Texas") == 1
    text = run("map", "rule=detainers", "-f", "table", "--width", "40", "--ascii", *NOW).stdout
    (line,) = (line for line in text.splitlines() if "Texas" in line)
    assert line.split() == ["TX", "Texas", "requires"]


@pytest.mark.parametrize("ascii", [False, True])
def test_maps_stay_on_a_screen_of_24_lines(store: Store, ascii: bool) -> None:
    answers = (
        agreements_map(store, AS_OF),
        rule_map(store, AS_OF, "detainers"),
        list_map(store, AS_OF, "doj"),
    )
    for answer in answers:
        listing = map_listing(answer, Labels(store))
        text = render_terminal([listing], Style(width=80, height=24, ascii=ascii))
        assert len(text.splitlines()) <= 22
        assert text.startswith(listing.title)
        assert all(shade.words in text for shade in tiles_of(listing).shades)
        # The legend stands at the top, in the place that no state fills.
        if answer is not answers[2]:
            assert all(any(s.words in line for line in text.splitlines()[1:3]) for s in
                       tiles_of(listing).shades)  # fmt: skip
    assert "TX█387" in render_terminal(
        [map_listing(answers[0], Labels(store))], Style(width=80, height=24)
    )


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


def test_a_practice_is_counted_only_where_there_is_no_written_rule(
    run: Run, tmp_path: Path
) -> None:
    written = rule("detainers", "prohibits", binds=["sheriffs-jails"])
    done = rule("detainers", "permits", practice=True, binds=["sheriffs-jails"])
    store = write_store(
        tmp_path,
        jurisdictions={
            "illinois": place("Illinois", "state", rules=[written, done]),
            "texas": place("Texas", "state", state="TX", rules=[done]),
        },
    )
    asked = ("--data", store, *NOW)
    states = {
        s["state"]: s for s in run("map", "rule=detainers", *asked, "-f", "json").json()["states"]
    }

    assert states["IL"]["group"] == "prohibits"
    assert states["IL"]["words"] == "prohibits and permits in practice"
    assert (states["TX"]["group"], states["TX"]["words"]) == ("permits", "permits in practice")
    for stance, id in (("prohibits", "illinois"), ("permits", "texas")):
        listed = run("states", "--rule", f"detainers={stance}", *asked, "-f", "json").json()
        assert [row["id"] for row in listed] == [id]


def test_a_rule_for_bodies_of_the_state_only_is_told_as_that(run: Run, tmp_path: Path) -> None:
    narrow = rule("287g", "requires", binds=["state-police", "prisons"])
    wide = rule("287g", "requires", binds=["state-police", "sheriffs-jails"])
    store = write_store(
        tmp_path,
        jurisdictions={
            "illinois": place("Illinois", "state", rules=[narrow]),
            "texas": place("Texas", "state", state="TX", rules=[narrow, wide]),
            "florida": place("Florida", "state", state="FL", rules=[wide, narrow]),
            "maine": place("Maine", "state", state="ME", rules=[wide]),
            "washington-dc": place("DC", "state", state="DC", also=["city"], rules=[narrow]),
        },
    )
    asked = ("--data", store, *NOW)
    drawn = run("map", "rule=287g", *asked, "-f", "json").json()
    words = {s["state"]: s["words"] for s in drawn["states"] if s["group"] == "requires"}
    assert words == {
        "IL": "requires (state bodies only)",
        **dict.fromkeys(("TX", "FL", "ME", "DC"), "requires"),
    }
    assert "Only bodies of the state are bound in Illinois." in drawn["notes"]

    said = "Only bodies of the state are bound in Illinois."
    listed = run("states", "--rule", "287g=requires", *asked, "-f", "json").json()
    assert {row["id"] for row in listed if row["state_bodies"] == ["287g"]} == {"illinois"}
    assert said in run("states", "--rule", "287g=requires", *asked, "-f", "table").stdout
    assert said not in run("states", *asked, "-f", "table").stdout


def test_several_stances_of_one_direction_are_not_shown_as_both(run: Run) -> None:
    ways = ({"prohibits", "limits"}, {"permits", "forbids-limits", "requires"})
    groups = ("several: restrict", "several: allow", "several: both")
    met = set()
    for dimension in DIMENSIONS:
        for state in run("map", f"rule={dimension}", "-f", "json", *NOW).json()["states"]:
            said = state["words"].replace(" (state bodies only)", "").split(" and ")
            stances = {words for words in said if " in " not in words}
            if "requires" in stances:  # which is told with a ban on local limits as one direction
                stances -= {"forbids-limits"}
            if len(stances) > 1:
                restrict, allow = (bool(stances & way) for way in ways)
                expected = groups[2] if restrict == allow else groups[allow]
                assert state["group"] == expected, state["state"]
                met.add(expected)
    assert met == set(groups)


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


def tiles_of(listing: ListView) -> TileMap:
    assert isinstance(listing.picture, TileMap)
    return listing.picture


def pictured(of: TileMap) -> Picture:
    return Picture(picture_bytes(of, "svg"))


def test_pictures(run: Run, tmp_path: Path) -> None:
    svg, png = tmp_path / "map.svg", tmp_path / "map.png"
    for file in (svg, png):
        assert run("map", "agreements", "-o", str(file), *NOW).code == 0
    words = "100 or more: 4 (FL, MO, PA, TX)"
    assert words in svg.read_text(encoding="utf-8")
    assert words in texts_of(png.read_bytes())["Description"]
    assert size_of(png.read_bytes()) == (1920, 1080)


@pytest.mark.parametrize(
    "subject", ["agreements", "listed=doj", *(f"rule={d}" for d in DIMENSIONS)]
)
def test_no_text_of_a_map_is_over_another_or_off_the_sheet(
    run: Run, tmp_path: Path, subject: str
) -> None:
    file = tmp_path / "map.svg"
    assert run("map", subject, "-o", str(file), *NOW).code == 0
    picture = Picture(file.read_bytes())
    assert picture.meeting() == []
    assert [label for label in picture.labels if not label.inside] == []


def test_a_map_fills_the_slide_with_letters_for_the_back_row(store: Store) -> None:
    listing = map_listing(rule_map(store, AS_OF, "detainers"), Labels(store))
    picture = pictured(tiles_of(listing))
    tiles = [r for r in picture.all("rect") if float(r.get("width", "0")) > 60][1:]
    lefts = [float(r.get("x", "")) for r in tiles]
    rights = [float(r.get("x", "")) + float(r.get("width", "")) for r in tiles]
    assert (min(lefts), max(rights) > 1230) == (40, True)
    labels = [x for x in picture.labels if x.words in {*STATES, "prohibits", "unknown", "several"}]
    assert len(labels) > 70
    assert min(label.size for label in labels) >= 16


def test_a_map_of_rules_names_source_and_date(store: Store) -> None:
    picture = pictured(tiles_of(map_listing(rule_map(store, AS_OF, "detainers"), Labels(store))))
    text = " ".join(picture.words)
    assert f"in force on {AS_OF}" in text
    assert "sources read until 2026-" in text
    assert "Source: the ice-facts record" in text


SHADES = (
    Shade("prohibits", "■", "#", 1.0),
    Shade("limits", "□", "%", 0.5),
    Shade("forbids-limits", "◐", "0", 0.7, "orange"),
    Shade("both", "*", "*", 0.3, "both"),
    Shade("unknown", "?", "?", 0.12, "none"),
)
ALL_STANCES = TileMap(
    title="Rules",
    tiles=tuple(Tile(code, shade.words.split()[0], n) for n, (code, shade) in
                enumerate(zip(("CA", "NJ", "TX", "MT", "OH"), SHADES, strict=True))),
    shades=SHADES,
    caption=("Source: one.",),
    words="words",
)  # fmt: skip


def test_what_is_unknown_is_hatched_and_grey_and_nothing_else() -> None:
    picture = pictured(ALL_STANCES)
    hatched = picture.all("path")
    assert len(hatched) == 2  # the tile and its key
    grounds = [r.get("fill", "") for r in picture.all("rect")]
    greys = [g for g in grounds if g[0] == "#" and len({g[1:3], g[3:5], g[5:7]}) == 1]
    assert greys.count("#F2F2F2") == 2
    unknown = next(t for t in picture.all("text") if t.text == "OH")
    assert unknown.get("paint-order") == "stroke"  # a rim keeps the letters from the lines


def test_every_stance_has_a_ground_of_its_own_and_all_its_letters() -> None:
    picture = pictured(ALL_STANCES)
    keys = [r.get("fill") for r in picture.all("rect")][-len(SHADES) :]
    assert len(set(keys)) == len(SHADES)
    # The long word stands in two lines, whole.
    assert {"forbids-", "limits"} <= set(picture.words) or "forbids-limits" in picture.words
    assert picture.meeting() == []


@pytest.mark.parametrize("ground", ["#08386B", "#8097B1", "#944000", "#B27749", "#F7F7F7"])
def test_letters_are_read_on_every_ground(ground: str) -> None:
    assert contrast(ground, ink_on(ground)) >= 4.5
