"""What the formats for reading share: which parts of a view they show, and source marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from ice_facts.model import Citation, Source
from ice_facts.render import Style, View
from ice_facts.render.delimited import tabulated
from ice_facts.show.paper import Paper
from ice_facts.show.shapes import (
    Card,
    Cell,
    Column,
    Fact,
    ListView,
    Piece,
    Section,
    Table,
    plain,
    table_of,
)
from ice_facts.show.words import citation_text, printable, span_text

MARKS_SHOWN = 3
"""So many marks follow one piece in the short form of a card; the rest is counted."""


def is_link(url: str) -> bool:
    """Return True if a text is an address that can be opened."""
    return url.startswith(("https://", "http://")) and url.split() == [url]


class Marks:
    """Numbers for sources, in the order in which they are cited.

    Args:
        sources: The sources of the view; there are marks for these only, so that every mark has
            an entry to lead to.
        limit: How many marks one piece may have; 0 for no limit.
        numbered: Whether the numbers are the places of the sources, whatever is cited first.
    """

    def __init__(
        self, sources: Sequence[Source], limit: int = 0, *, numbered: bool = False
    ) -> None:
        self.known = {source.id: source for source in sources}
        self.limit = limit
        self.numbers: dict[str, int] = (
            {id: n for n, id in enumerate(self.known, 1)} if numbered else {}
        )
        self.locators: dict[str, list[str]] = {}
        self._ids: dict[str, str] | None = None

    def number(self, citation: Citation) -> int:
        """Return the number of a citation's source; its locator is kept for the list."""
        locators = self.locators.setdefault(citation.id, [])
        if citation.locator and citation.locator not in locators:
            locators.append(citation.locator)
        return self.numbers.setdefault(citation.id, len(self.numbers) + 1)

    def address(self, mark: str) -> str:
        """Return the address to which a mark such as ``[3]`` leads; "" if it leads to none."""
        if self._ids is None or len(self._ids) != len(self.numbers):
            self._ids = {f"[{number}]": id for id, number in self.numbers.items()}
        id = self._ids.get(mark)
        url = (self.known[id].url or "").replace(" ", "%20") if id else ""
        return url if is_link(url) else ""

    def runs(self, citations: Sequence[Citation]) -> tuple[list[tuple[int, int]], int]:
        """Return the marks of a piece as runs of numbers, and the count of those left out.

        Three numbers or more that follow one another make a run: (1, 1), (4, 4), (7, 9) stand
        for 1, 4, 7, 8 and 9.
        """
        citations = [citation for citation in citations if citation.id in self.known]
        ids = list(dict.fromkeys(citation.id for citation in citations))
        shown = ids[: self.limit or None]
        numbers = dict.fromkeys(self.number(c) for c in citations if c.id in shown)
        runs: list[tuple[int, int]] = []
        for number in numbers:
            if runs and number == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], number)
            else:
                runs.append((number, number))
        marks: list[tuple[int, int]] = []
        for first, last in runs:
            singles = last - first < 2 or self.limit
            marks += [(n, n) for n in range(first, last + 1)] if singles else [(first, last)]
        return marks, len(ids) - len(shown)

    def cited(self) -> list[tuple[int, Source, list[str]]]:
        """Return the sources cited so far by their numbers, with their locators."""
        cited = [(self.numbers[id], self.known[id], where) for id, where in self.locators.items()]
        return sorted(cited, key=itemgetter(0))


def numbered_sources(card: Card) -> list[Source]:
    """Return the sources of a card in the order of their numbers.

    Those of its short form come first, in the order in which it cites them, so that a source has
    one number, and a low one, in the short form, the full form and every section.
    """
    cells: list[Cell] = [line.pieces for line in card.head]
    for section in card.sections:
        table = section.short or section.table
        if section.tabular and table:
            cells += [cell for row in table.rows for cell in row]
    for section in card.sections:
        if not section.tabular:
            cells += [line.pieces for line in section.lines]
    by_id = {source.id: source for source in card.sources}
    short = (c.id for cell in cells for piece in cell for c in piece.sources)
    order = dict.fromkeys((*(id for id in short if id in by_id), *by_id))
    return [by_id[id] for id in order]


def papers_of(views: Sequence[View]) -> list[Paper]:
    """Return the sheets of views that have one: they stand in place of tables."""
    return [view.paper for view in views if isinstance(view, ListView) and view.paper]


def with_fields(views: Sequence[View], style: Style) -> Sequence[View]:
    """Return the views with the columns that were asked for; the facts of cards make one table.

    Without these, lists are in their short form, unless everything is asked for.

    Raises:
        UsageError: There is no such field; the hint lists those there are.
    """
    if not style.fields:
        return [in_form(view, style) for view in views]
    header, rows = tabulated(views, style)
    if views and isinstance(views[0], Card):
        columns = tuple(Column(name, name) for name in header)
        cells = tuple(tuple(plain(cell) for cell in row) for row in rows)
        title = " · ".join(view.title for view in views)
        return [ListView(title, Table(columns, cells))]
    return [_selected(view, header) if isinstance(view, ListView) else view for view in views]


def in_form(view: View, style: Style) -> View:
    """Return a view, or its short form where it has one and not everything is asked for."""
    if isinstance(view, ListView) and view.short and not style.full:
        return view.short
    return view


def _selected(listing: ListView, names: Sequence[str]) -> ListView:
    by_key = {column.key: n for n, column in enumerate(listing.table.columns)}
    places = [by_key[name] for name in names]
    columns = tuple(
        Column(c.key, c.title, right=c.right) for c in (listing.table.columns[n] for n in places)
    )
    rows = tuple(
        tuple(row[n] if listing.sources else _spelled(row[n]) for n in places)
        for row in listing.table.rows
    )
    return ListView(listing.title, Table(columns, rows), listing.notes, listing.sources)


def _spelled(cell: Cell) -> Cell:
    """Return a cell of sources only as text: there is no list that marks could lead to."""
    if any(piece.text for piece in cell):
        return cell
    return plain(citation_text([c for piece in cell for c in piece.sources]))


def for_reading(table: Table) -> Table:
    """Return a table without the columns for data formats, its numbers grouped by thousands."""
    places = [n for n, column in enumerate(table.columns) if not column.data]
    columns = tuple(
        Column(c.key, printable(c.title), right=c.right, spare=c.spare)
        for c in (table.columns[n] for n in places)
    )
    rows = tuple(
        tuple(_grouped(row[n]) if table.columns[n].right else row[n] for n in places)
        for row in table.rows
    )
    return Table(columns, rows)


def _grouped(cell: Cell) -> Cell:
    return tuple(
        Piece(f"{int(p.text):,}", p.tone, p.sources, p.confirmed)
        # Columns on the right hold counts; years stand on the left.
        if p.text.isdecimal() and p.text.isascii() and 3 < len(p.text) < 16
        else p
        for p in cell
    )


def marks_text(runs: Sequence[tuple[int, int]], left: int) -> str:
    """Return source marks: ``[1][4]``, a run as its ends, ``[1][2][3]+9`` where 9 are left out.

    Lines may break after every fourth mark.
    """
    marks = [f"[{first}]" if first == last else f"[{first}]–[{last}]" for first, last in runs]
    groups = ["".join(marks[n : n + 4]) for n in range(0, len(marks), 4)]
    return " ".join(groups) + (f"+{left}" if left else "")


def citations_in(fact: Fact) -> tuple[Citation, ...]:
    """Return what a fact cites; a source in a list of sources stands for itself."""
    listed = fact.section == "source" and fact.label == fact.key
    return (Citation(id=fact.key),) if listed else fact.sources


def section_table(section: Section) -> Table | None:
    """Return the facts of a section as a table; columns that no fact fills are left out."""
    if not section.facts:
        return None
    table = table_of(
        section.facts,
        (Column("fact", "Fact"), lambda f: Piece(f.label or f.key, confirmed=f.confirmed)),
        (Column("value", "Value"), lambda f: Piece(f.value, f.tone) if f.value else None),
        (Column("text", "Text"), lambda f: f.text),
        (
            Column("dates", "Dates"),
            lambda f: span_text(f.start, f.until) if f.label != f.start else "",
        ),
        (Column("note", "Note"), lambda f: f.note),
        (
            Column("sources", "Sources"),
            lambda f: tuple(Piece(c.locator, sources=(c,)) for c in citations_in(f)),
        ),
    )
    filled = [n for n in range(len(table.columns)) if any(row[n] for row in table.rows)]
    return Table(
        tuple(table.columns[n] for n in filled),
        tuple(tuple(row[n] for n in filled) for row in table.rows),
    )


def grouped(listing: ListView) -> list[tuple[str, Table]]:
    """Return the table of a listing in parts, each with the heading over its rows."""
    table = for_reading(listing.table)
    headings = listing.headings or ("",) * len(table.rows)
    parts = [
        (heading, Table(table.columns, tuple(row for _, row in members)))
        for heading, members in groupby(zip(headings, table.rows, strict=True), key=itemgetter(0))
    ]
    return parts or [("", table)]
