"""Fair form: no colour, sign or order takes a side."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

import pytest

from ice_facts.across.series.view import _shade
from ice_facts.model import CheckStatus, PositionStance, RuleStance
from ice_facts.render.theme import styles, to_ascii
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
