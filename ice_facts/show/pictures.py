"""The shapes of charts and maps, before a renderer draws them."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Mark(Struct, frozen=True):
    """One value of a chart; ``at`` is a period or the name of a bar.

    ``partial`` tells that the period had not ended when the data did, ``note`` of which day the
    value is, if that is not its period. ``other`` tells that the value has another basis than the
    rest of its line.
    """

    at: str
    value: float
    partial: bool = False
    note: str = ""
    other: bool = False


class Curve(Struct, frozen=True):
    """A line of a chart, or a group of bars."""

    name: str
    marks: tuple[Mark, ...]


class Chart(Struct, frozen=True):
    """A picture of numbers: lines over time, or bars.

    ``unit`` says what the values count, ``subtitle`` the same with the date of the data.
    ``caption`` has notes and, last, the sources, each a paragraph; ``words`` tell what is seen to
    those who do not see it. ``other`` says what the other basis of some values is.
    """

    title: str
    unit: str
    curves: tuple[Curve, ...]
    bars: bool
    caption: tuple[str, ...]
    words: str
    subtitle: str = ""
    other: str = ""


Hue = Literal["blue", "orange", "both", "none"]
"""The side of a scale that tiles are on: either, both in one, or none because it is unknown."""


class Shade(Struct, frozen=True):
    """A group of tiles: its words, its symbol with an ASCII form, its darkness from 0 to 1.

    Groups at one end of a scale are blue, those at the other end orange; what is unknown is
    neither.
    """

    words: str
    symbol: str
    ascii: str
    depth: float
    hue: Hue = "blue"


class Tile(Struct, frozen=True):
    """A state on a tile map: its code, a short text, and the number of its shade.

    ``words`` stand in place of the text where there is room, in pictures.
    """

    code: str
    text: str
    shade: int
    words: str = ""


class TileMap(Struct, frozen=True):
    """A map on which every state is a tile of one size; its words are those of a chart."""

    title: str
    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    caption: tuple[str, ...]
    words: str
    subtitle: str = ""
