"""Markdown as GitHub reads it: headings, pipe tables, sources as a numbered list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ice_facts.model import Source
from ice_facts.render import Style, View, shown_sections
from ice_facts.render.parts import (
    Marks,
    for_reading,
    grouped,
    marks_text,
    papers_of,
    section_table,
    with_fields,
)
from ice_facts.render.theme import symbol, to_ascii
from ice_facts.show.shapes import (
    GLUED,
    Card,
    Cell,
    Column,
    Line,
    ListView,
    Piece,
    Section,
    Table,
    runs_of,
)
from ice_facts.show.words import printable, source_text

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#\w]+;)|^(?=[#+=-])|^(\d+)(?=[.)])")
"""What Markdown would not show as it is: anywhere, or only at the start of a text."""


def render_markdown(views: Sequence[View], style: Style) -> str:
    """Return views as Markdown documents, one under another."""
    shown = with_fields(views, style)
    if papers := papers_of(shown):
        from ice_facts.render.paper import papers_markdown

        text = papers_markdown(papers)
        return to_ascii(text) if style.ascii else text
    documents = ["\n\n".join(_Document(style, view.sources).of(view)) + "\n" for view in shown]
    text = "\n".join(documents)
    return to_ascii(text) if style.ascii else text


def escaped(text: str) -> str:
    r"""Return a text that Markdown shows as it is, whatever it holds.

    >>> escaped("a | b [x](y)")
    'a \\| b \\[x\\](y)'
    """
    return _SPECIAL.sub(lambda m: f"{m[1]}\\" if m[1] else f"\\{m[0]}", printable(text))


class _Document:
    def __init__(self, style: Style, sources: Sequence[Source]) -> None:
        self.style = style
        self.marks = Marks(sources)

    def of(self, view: View) -> Iterator[str]:
        """Yield the blocks of a view."""
        yield f"# {escaped(view.title)}"
        if isinstance(view, Card):
            yield from self._card(view)
        else:
            yield from self._listing(view)

    def _listing(self, listing: ListView) -> Iterator[str]:
        for side in listing.sides:
            yield f"## {escaped(side.title)}"
            yield "\n".join(
                f"{'  ' if place else ''}- {self._line(line)}"
                for entry in side.entries
                for place, line in enumerate(entry)
            )
        for heading, table in () if listing.sides else grouped(listing):
            if heading:
                yield f"## {escaped(heading)}"
            yield self._table(table)
        yield from (escaped(note) for note in listing.notes)
        yield from self._sources(listing.sources)

    def _card(self, card: Card) -> Iterator[str]:
        sections = shown_sections(card, self.style)
        if card.aside:
            yield escaped(card.aside)
        if not sections or self.style.full:
            yield from (self._line(line) for line in card.lead)
        for section in sections:
            yield f"## {escaped(section.title)}"
            yield from self._full(section)
        if not sections:
            yield from self._short(card.sections)
        if all(section.name != "sources" for section in sections):
            yield from self._sources(card.sources)

    def _full(self, section: Section) -> Iterator[str]:
        if section.table:
            yield self._table(for_reading(section.table))
        facts = section_table(section)
        if facts:
            yield self._table(facts)
        if not facts and not section.table:
            yield from (self._line(line) for line in section.lines or (_NONE,))

    def _short(self, sections: Sequence[Section]) -> Iterator[str]:
        items: list[str] = []
        for section in sections:
            if section.tabular and section.table:
                yield self._table(for_reading(section.table))
                yield from self._more(section.more)
            else:
                items += self._items(section)
        if items:
            yield "\n".join(items)

    def _items(self, section: Section) -> Iterator[str]:
        """Yield a section's short form as an item of a list, its further lines as items in it."""
        for line in section.lines:
            text = self._cell(line.pieces)
            yield f"- **{escaped(line.label)}:** {text}" if line.label else f"  - {text}"
        if section.lines and section.more:
            yield from (f"  - {more}" for more in self._more(section.more))

    def _more(self, command: str) -> Iterator[str]:
        if command:
            yield f"More: `{printable(command).replace('`', ' ')}`"

    def _line(self, line: Line) -> str:
        text = self._cell(line.pieces)
        return f"**{escaped(line.label)}:** {text}" if line.label else text

    def _cell(self, cell: Cell) -> str:
        text = ""
        for piece in cell:
            divided = not text or piece.tone in GLUED or text[-1].isspace()
            text += ("" if divided else " ") + self._piece(piece)
        return text.strip()

    def _piece(self, piece: Piece) -> str:
        text = escaped(piece.text)
        if piece.tone in ("strong", "match") and text.strip():
            bare = text.strip()
            text = text.replace(bare, f"**{bare}**")
        sign = symbol(piece.tone, ascii=self.style.ascii)
        unconfirmed = "" if piece.confirmed else "\\*"
        parts = (
            f"\\{sign}" if sign in ("+", "-", "#") else sign,
            text + unconfirmed,
            # Brackets that lead nowhere stay as they are: no text here can define them.
            marks_text(*self.marks.runs(piece.sources)),
        )
        return " ".join(part for part in parts if part)

    def _table(self, table: Table) -> str:
        rows = [[self._stack(cell) for cell in row] for row in table.rows]
        return _pipe_table(table.columns, rows)

    def _stack(self, cell: Cell) -> str:
        return "; ".join(map(self._cell, runs_of(cell))).strip()

    def _sources(self, sources: Sequence[Source]) -> Iterator[str]:
        cited = self.marks.cited(sources)
        if cited:
            yield "## Sources"
            yield "\n".join(
                f"{number}. {_source(source, locators)}"
                for number, (source, locators) in enumerate(cited, 1)
            )


def _pipe_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    titles = [escaped(column.title) for column in columns]
    widths = [
        max(len(title) + 2, max((len(row[place]) for row in rows), default=0))
        for place, title in enumerate(titles)
    ]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(cells, widths, columns, strict=True)
        )
        return f"| {' | '.join(padded)} |"

    dashes = (
        "-" * (width + 1) + ":" if column.right else ":" + "-" * (width + 1)
        for width, column in zip(widths, columns, strict=True)
    )
    return "\n".join([line(titles), f"|{'|'.join(dashes)}|", *map(line, rows)])


_NONE = Line((Piece("none", "muted"),))


def _source(source: Source, locators: Sequence[str]) -> str:
    text = source_text(source, address=False)
    parts = [escaped(text), escaped("; ".join(locators)), _address(source.url or "")]
    return " · ".join(part for part in parts if part)


def _address(url: str) -> str:
    """Return an address as a link, if it is one that a browser can follow without harm."""
    safe = re.fullmatch(r"https?://[^\s<>]+", url)
    return f"<{url}>" if safe and url.isprintable() else escaped(url)
