"""The shapes of what goes on paper: sheets to write on, and cards to cut out."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class Para(Struct, frozen=True):
    """A paragraph of a sheet.

    ``mark`` stands before it (a number, a letter, a box), ``lines`` is how many empty lines to
    write on follow it, ``bold`` are words that come before the text. What stands ``below`` an item
    belongs to it and stays on its page.
    """

    text: str
    form: Literal["text", "item", "choice", "note", "heading", "list"] = "text"
    mark: str = ""
    bold: str = ""
    lines: int = 0
    below: tuple[Para, ...] = ()


class Columns(Struct, frozen=True):
    """Columns of one width that stand beside one another, and stay on one page."""

    titles: tuple[str, ...]
    columns: tuple[tuple[Para, ...], ...]


class Page(Struct, frozen=True):
    """What begins on a page of its own; ``named`` gives it a line for name and date.

    A ``small`` page is for the teacher: its letters are smaller, so that it is one page if it can.
    """

    title: str
    blocks: tuple[Para | Columns, ...]
    named: bool = False
    small: bool = False


class CutCard(Struct, frozen=True):
    """A card to cut out: a word on its front, what it means on its back, and who says so."""

    front: str
    back: str
    source: str = ""


class Paper(Struct, frozen=True):
    """A sheet of one page or several; ``footer`` stands at the end of each.

    ``wide`` sheets are printed across. ``cards`` stand eight to a page, two-sided.
    """

    title: str
    pages: tuple[Page, ...]
    footer: str = ""
    wide: bool = False
    cards: tuple[CutCard, ...] = ()
