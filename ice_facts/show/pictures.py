"""The shapes of charts and maps, before a renderer draws them."""

from __future__ import annotations

from msgspec import Struct


class Mark(Struct, frozen=True):
    """One value of a chart; ``at`` is a period or the name of a bar."""

    at: str
    value: float
    partial: bool = False


class Curve(Struct, frozen=True):
    """A line of a chart, or a group of bars."""

    name: str
    marks: tuple[Mark, ...]


class Chart(Struct, frozen=True):
    """A picture of numbers: lines over time, or bars.

    ``axis`` says what runs along it, ``unit`` what the values count. ``caption`` names source and
    date; ``words`` tell what is seen to those who do not see it.
    """

    title: str
    axis: str
    unit: str
    curves: tuple[Curve, ...]
    bars: bool
    caption: str
    words: str


class Shade(Struct, frozen=True):
    """A group of tiles: its words, its symbol with an ASCII form, its darkness from 0 to 1.

    Groups at one end of a scale are blue, ``warm`` ones at the other end orange.
    """

    words: str
    symbol: str
    ascii: str
    depth: float
    warm: bool = False


class Tile(Struct, frozen=True):
    """A state on a tile map: its code, a short text, and the number of its shade.

    ``words`` stand in place of the text where there is room, in pictures.
    """

    code: str
    text: str
    shade: int
    words: str = ""


class TileMap(Struct, frozen=True):
    """A map on which every state is a tile of one size."""

    title: str
    tiles: tuple[Tile, ...]
    shades: tuple[Shade, ...]
    caption: str
    words: str
