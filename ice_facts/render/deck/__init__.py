"""Decks of slides: broken into pages, and written as HTML, Markdown, PowerPoint and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from ice_facts.render import Style, View, brief_of, shown_sections
from ice_facts.render.parts import with_fields
from ice_facts.show.deck import Deck
from ice_facts.show.shapes import Card, ListView


def deck_of(views: Sequence[View], style: Style) -> Deck:
    """Return the deck that views have, or one made of them.

    Raises:
        UsageError: A field or section was asked for that the answer does not have.
    """
    for view in views:
        if isinstance(view, ListView) and view.deck and not style.fields:
            return view.deck
    from ice_facts.across.classroom.deck import slides_of

    full = bool(style.full or style.sections)
    shown = narrowed(views, style)
    title = " · ".join(view.title for view in shown) or "ice-facts"
    slides = tuple(slide for view in shown for slide in slides_of(view, full=full))
    return Deck(title, slides, style.dated)


def narrowed(views: Sequence[View], style: Style) -> list[View]:
    """Return views with only the fields and sections that were asked for.

    Raises:
        UsageError: There is no such field or section.
    """
    from ice_facts.across.classroom.deck import in_full

    shown: list[View] = []
    for view in with_fields(views, style):
        if isinstance(view, Card) and style.brief:
            view = replace(view, opening=brief_of(view).lines, lead=(), sections=())
        elif isinstance(view, Card) and (sections := shown_sections(view, style)):
            if not style.sections:  # each page names its own
                sections = tuple(section for section in sections if section.name != "sources")
            view = in_full(view, sections, only=bool(style.sections))
        shown.append(view)
    return shown


def numbered(path: Path, number: int) -> Path:
    """Return the name of the file for a page: the first has the name that was asked for.

    >>> numbered(Path("chicago.png"), 1).name, numbered(Path("chicago.png"), 3).name
    ('chicago.png', 'chicago-3.png')
    """
    return path if number == 1 else path.with_stem(f"{path.stem}-{number}")
