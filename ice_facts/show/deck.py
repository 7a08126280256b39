"""The shapes of a deck of slides, before a renderer breaks them into pages."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from ice_facts.show.pictures import Chart, TileMap
from ice_facts.show.shapes import Cell, Table


class SlideText(Struct, frozen=True):
    """A paragraph of a slide; ``bold`` words come before it, ``large`` ones are its main idea.

    ``bare`` ones have a number or letter of their own, so that no bullet stands before them.
    """

    cell: Cell
    bold: str = ""
    large: bool = False
    bare: bool = False


class Slide(Struct, frozen=True):
    """One idea of a deck: texts, a table, two sides beside one another, or a picture.

    It may be too long for one page: then the renderer makes several. ``notes`` are for the
    speaker: the full facts. ``words`` say what a picture shows.
    """

    title: str
    kind: Literal["text", "table", "sides", "picture"]
    subtitle: str = ""
    texts: tuple[SlideText, ...] = ()
    table: Table | None = None
    sides: tuple[tuple[str, tuple[SlideText, ...]], ...] = ()
    picture: Chart | TileMap | None = None
    words: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()


class Deck(Struct, frozen=True):
    """Slides with a title; ``dated`` says of which day the answers and the data are."""

    title: str
    slides: tuple[Slide, ...]
    dated: str = ""
