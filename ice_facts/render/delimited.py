"""TSV and CSV: one fact of a card, or one record of a listing, per line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from ice_facts.render import Style, View, check_fields, shown_sections
from ice_facts.show.shapes import CARD_COLUMNS, Card, ListView, all_facts, text_of
from ice_facts.show.words import citation_text, printable


def render_delimited(views: Sequence[View], format: str, style: Style) -> str:
    """Return views as tab- or comma-separated lines under one header.

    In CSV, a cell that a spreadsheet would run as a formula gets a leading apostrophe, unless raw
    cells are asked for.
    """
    header, rows = tabulated(views, style)
    return _written([header, *rows] if style.header else list(rows), format, style)


def _written(lines: Iterable[Sequence[str]], format: str, style: Style) -> str:
    if format == "tsv":
        return "".join(map(_tabbed, lines))
    import csv
    import io

    out = io.StringIO()
    safe = _one_line if style.raw_csv else _guarded
    csv.writer(out, lineterminator="\n").writerows([safe(cell) for cell in row] for row in lines)
    return out.getvalue()


def flat_lines(rows: Iterable[Struct], format: str, style: Style) -> Iterator[str]:
    """Yield rows of single values as lines, some at a time as they are made.

    Raises:
        UsageError: A field was selected that the rows do not have.
    """
    chosen: Sequence[str] = ()
    for some in _some(rows):
        lines = []
        if not chosen:
            fields = some[0].__struct_encode_fields__
            check_fields(style.fields, list(fields))
            chosen = style.fields or fields
            lines = [list(chosen)] if style.header else []
        for row in some:
            values = (getattr(row, name) for name in chosen)
            lines.append(["" if value is None else str(value) for value in values])
        yield _written(lines, format, style)


_AT_ONCE = 200
"""So many rows are written at once."""


def _some(rows: Iterable[Struct]) -> Iterator[list[Struct]]:
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def tabulated(views: Sequence[View], style: Style) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header and the rows of views as plain text, with the selected columns."""
    listings = [view for view in views if isinstance(view, ListView)]
    columns = list(listings[0].keys) if listings else list(CARD_COLUMNS)
    check_fields(style.fields, columns)
    chosen = list(style.fields) or columns
    places = [columns.index(name) for name in chosen]

    def rows() -> Iterator[list[str]]:
        for view in views:
            found = _listing_rows(view) if isinstance(view, ListView) else _card_rows(view, style)
            for row in found:
                yield [row[place] for place in places]

    return chosen, rows()


def _listing_rows(listing: ListView) -> Iterator[list[str]]:
    places = [n for n, column in enumerate(listing.table.columns) if not column.drawn]
    for row in listing.table.rows:
        cells = (row[place] for place in places)
        yield [
            text_of(cell) or citation_text([c for piece in cell for c in piece.sources])
            for cell in cells
        ]


def _card_rows(card: Card, style: Style) -> Iterator[list[str]]:
    chosen = shown_sections(card, style) if style.sections else ()
    facts = (fact for section in chosen for fact in section.facts)
    for fact in facts if chosen else all_facts(card):
        text = fact.text if fact.confirmed else f"{fact.text} (unconfirmed)".strip()
        yield [
            card.subject,
            fact.section,
            fact.key,
            fact.value,
            text,
            fact.start or "",
            fact.until or "",
            citation_text(fact.sources),
        ]


def _tabbed(row: Sequence[str]) -> str:
    # One look at all cells of a row is enough for most rows.
    cells = row if "".join(row).isprintable() else map(_one_line, row)
    return "\t".join(cells) + "\n"


def _one_line(cell: str) -> str:
    return cell if cell.isprintable() else " ".join(printable(cell).split())


def _guarded(cell: str) -> str:
    cell = _one_line(cell)
    if cell[:1] in ("=", "+", "-", "@"):
        try:
            float(cell)
        except ValueError:
            return "'" + cell
    return cell
