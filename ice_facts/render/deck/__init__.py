"""Decks of slides: broken into pages, and written as HTML, Markdown, PowerPoint and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from ice_facts.render import Style, View
from ice_facts.show.deck import Deck
from ice_facts.show.shapes import ListView


def deck_of(views: Sequence[View], style: Style) -> Deck:
    """Return the deck that views have, or one made of them."""
    for view in views:
        if isinstance(view, ListView) and view.deck:
            return view.deck
    from ice_facts.across.classroom.deck import slides_of

    if style.full:
        views = [replace(v, short=None) if isinstance(v, ListView) else v for v in views]
    title = " · ".join(view.title for view in views) or "ice-facts"
    slides = tuple(slide for view in views for slide in slides_of(view))
    return Deck(title, slides, style.dated)


def numbered(path: Path, number: int) -> Path:
    """Return the name of the file for a page: the first has the name that was asked for.

    >>> numbered(Path("chicago.png"), 1).name, numbered(Path("chicago.png"), 3).name
    ('chicago.png', 'chicago-3.png')
    """
    return path if number == 1 else path.with_stem(f"{path.stem}-{number}")
