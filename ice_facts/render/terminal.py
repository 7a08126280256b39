"""Tables and cards for the terminal, drawn with Rich."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.text import Text

from ice_facts.render import Style, View
from ice_facts.render.arranged import print_arranged, print_sides
from ice_facts.render.cards import SOURCES_SHOWN, print_card
from ice_facts.render.drawing import HARD_BLANK, Printer
from ice_facts.render.parts import with_fields
from ice_facts.render.theme import to_ascii
from ice_facts.show.pictures import Chart
from ice_facts.show.shapes import Card, ListView
from ice_facts.show.words import printable


def render_terminal(views: Sequence[View], style: Style) -> str:
    """Return views as text for a terminal of the style's width, whole words only."""
    console = _console_of(style)
    _print_views(console, views, style)
    out = console.file
    assert isinstance(out, io.StringIO)
    drawn = out.getvalue().replace(HARD_BLANK, " ")
    text = "\n".join(line.rstrip() for line in drawn.split("\n"))
    return to_ascii(text) if style.ascii else text


def _console_of(style: Style) -> Console:
    """Return a console that writes to memory and asks neither the environment nor a terminal."""
    palette: Literal["256", "standard"] = "256" if style.palette == 256 else "standard"
    return Console(
        file=io.StringIO(),
        width=style.width,
        color_system=palette if style.color else None,
        force_terminal=style.color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
        no_color=False,
        _environ={},
    )


def _print_views(console: Console, views: Sequence[View], style: Style) -> None:
    """Draw views one under another."""
    for number, view in enumerate(with_fields(views, style)):
        if number:
            console.print()
        if isinstance(view, Card):
            print_card(console, view, style)
        elif view.paper:
            from ice_facts.render.paper import paper_text

            for line in paper_text(view.paper, console.width):
                console.print(line, soft_wrap=True)
        else:
            _print_listing(console, view, style)


def _drawn(listing: ListView, notes: Sequence[str], style: Style) -> Text | None:
    """Return the picture of a listing, or None where there is none or no room for it."""
    if listing.picture is None or style.fields:
        return None
    # Title, notes and prompt need lines too; without a terminal nothing limits the height.
    height = max(1, style.height - _lines_of(notes, style) - 5) if style.height else 0
    if isinstance(listing.picture, Chart):
        from ice_facts.render.chart import chart_text

        size = (style.width, height)
        return chart_text(listing.picture, *size, color=style.color, ascii=style.ascii)
    from ice_facts.render.tilemap import tiles_text

    colors = (256 if style.palette == 256 else 16) if style.color else 0
    return tiles_text(listing.picture, style.width, height, palette=colors, ascii=style.ascii)


def _lines_of(notes: Sequence[str], style: Style) -> int:
    return sum(1 + len(note) // max(1, style.width - 2) for note in notes)


CHART_LINES, MAP_LINES = 15, 11
"""A picture on a terminal has so many lines at least, before all of its notes."""


def _notes_beside(listing: ListView, style: Style) -> Sequence[str]:
    """Return the notes that leave room for the picture, so that its title stays in sight.

    The first, the words for the picture, and the last, its source, are cut; the others are left
    out from the end.
    """
    notes = listing.notes
    least = CHART_LINES if isinstance(listing.picture, Chart) else MAP_LINES
    room = style.height - least - 4
    if listing.picture is None or style.fields or not style.height:
        return notes
    if _lines_of(notes, style) <= room or len(notes) < 2:
        return notes
    wide = style.width - 3
    words, *others, source = notes
    kept = [_cut(words, 2 * wide), _cut(source, 2 * wide)]
    while others and _lines_of([*kept, *others], style) + 1 > room:
        others.pop()
    return [kept[0], *others, kept[1], _ALL_NOTES]


_ALL_NOTES = "All notes and sources: -f table | less"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 2].rsplit(" ", 1)[0] + " …"


def _print_listing(console: Console, listing: ListView, style: Style) -> None:
    printer = Printer(console, style, listing.sources)
    if style.header:
        printer.line(printable(listing.title), style="bold")
    for text in listing.lead:
        printer.line(printable(text))
    notes: Sequence[str] = _notes_beside(listing, style)
    drawn = _drawn(listing, notes, style)
    if drawn is None:
        notes = listing.notes
    if drawn is not None:
        console.print(drawn, soft_wrap=True)
    elif listing.sides:
        print_sides(printer, listing.sides)
    elif listing.headings or listing.compared:
        print_arranged(printer, listing)
    elif left_out := printer.listing(listing.table, entries=listing.entries):
        notes = (*notes, f"No room here for: {', '.join(left_out)}. -f tsv has them.")
    for note in notes:
        printer.line(printable(note), 1, "dim")
    if listing.sources:
        shown = SOURCES_SHOWN if listing.sources_command else None
        printer.sources(listing.sources, shown=shown, command=listing.sources_command)
