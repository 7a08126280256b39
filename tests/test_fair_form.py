"""Fair form: no colour, sign or order takes a side."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

import pytest

from ice_facts.across.series.statemap import SEVERAL_GROUPS
from ice_facts.across.series.view import _shade
from ice_facts.model import CheckStatus, PositionStance, RuleStance
from ice_facts.render.theme import styles, to_ascii
from ice_facts.render.tilemap import _SCALES, _colors
from ice_facts.vocabulary import COOPERATING, RESTRICTING, SYMBOLS

CSS = files("ice_facts.render").joinpath("page.css").read_text("utf-8")


def css_colour(tone: str) -> str:
    """Return the variable that a class of the page's style is coloured with."""
    return re.search(rf"(?m)^[^{{\n]*\.{tone}\b[^{{]*\{{ color: var\(--(\w+)\)", CSS)[1]  # type: ignore[index]


@pytest.mark.parametrize("palette", [16, 256])
def test_each_direction_has_one_colour_on_terminals(palette: int) -> None:
    look = styles(palette)
    restricting, cooperating = ({look[t] for t in pair} for pair in (RESTRICTING, COOPERATING))
    assert len(restricting) == len(cooperating) == 1
    assert restricting != cooperating


def test_pages_and_maps_have_the_same_two_colours() -> None:
    for tones, colour in ((RESTRICTING, "blue"), (COOPERATING, "orange")):
        assert {css_colour(tone) for tone in tones} == {colour}
        assert {_shade(tone, tones).hue for tone in tones} == {colour}


@pytest.mark.parametrize("palette", [16, 256])
def test_tiles_of_like_strength_are_coloured_alike_in_both_directions(palette: int) -> None:
    def colour(stance: str) -> int:
        [(_, _, found)] = _colors(_shade(stance, ()), 5, palette)
        return found

    scales = _SCALES[palette]
    directions = (
        (("prohibits", "limits"), scales["blue"]),
        (("requires", "permits"), scales["orange"]),
    )
    for pair, scale in directions:
        assert [scale.index(colour(stance)) for stance in pair] == [
            scale.index(scale[-1]),
            scale.index(scale[-2]),
        ]
    unknown = {colour("unknown"), colour("silent")}
    assert not unknown & {colour(stance) for stance in (*RESTRICTING, *COOPERATING)}


@pytest.mark.parametrize("palette", [16, 256])
@pytest.mark.parametrize("free", [1, 2, 5, 6])
def test_tiles_of_both_directions_have_as_much_of_both_colours(palette: int, free: int) -> None:
    (start, half, blue), (other, end, orange) = _colors(
        _shade(SEVERAL_GROUPS[2], ()), free, palette
    )
    assert (start, end, half - start) == (0, free, end - other)
    assert blue == _SCALES[palette]["blue"][-1]
    assert orange == _SCALES[palette]["orange"][-1]


def test_no_verdict_has_the_colour_of_a_stance() -> None:
    look = styles(256)
    stances = {look[tone] for tone in (*RESTRICTING, *COOPERATING)}
    verdicts = {look.get(tone) for tone in get_args(CheckStatus)}
    assert not stances & verdicts
    assert not {"blue", "orange"} & {css_colour(tone) for tone in get_args(CheckStatus)}


def test_supporters_and_opponents_look_alike_but_for_the_sign() -> None:
    look = styles(256)
    assert look.get("supports") == look.get("opposes")
    assert ".supports" not in CSS
    assert ".opposes" not in CSS


def test_signs_of_stances_are_neither_crosses_nor_check_marks() -> None:
    tones = (*get_args(RuleStance), *get_args(PositionStance))
    signs = {SYMBOLS[tone][0] for tone in tones}
    assert len(signs) == len({SYMBOLS[tone][1] for tone in tones}) == len(tones)
    assert not signs & set("✓✔✗✘×☑☒▲▼👍👎")
    for tone in (*RESTRICTING, *COOPERATING, "supports", "opposes", "mixed"):
        assert to_ascii(SYMBOLS[tone][0]) == SYMBOLS[tone][1]
