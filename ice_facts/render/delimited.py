"""TSV and CSV: one fact of a card, or one record of a listing, per line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.render import Style, View, check_fields
from ice_facts.view import (
    CARD_COLUMNS,
    Card,
    Fact,
    Listing,
    all_facts,
    citation_text,
    text_of,
)


def render_delimited(views: Sequence[View], format: str, style: Style) -> str:
    """Return views as tab- or comma-separated lines under one header.

    In CSV, a cell that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    header, rows = tabulated(views, style)
    lines = [header, *rows] if style.header else list(rows)
    if format == "tsv":
        return "".join("\t".join(_one_line(cell) for cell in row) + "\n" for row in lines)
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [_guarded(_one_line(cell)) for cell in row] for row in lines
    )
    return out.getvalue()


def tabulated(views: Sequence[View], style: Style) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header and the rows of views as plain text, with the selected columns."""
    listings = [view for view in views if isinstance(view, Listing)]
    columns = [c.key for c in listings[0].table.columns] if listings else list(CARD_COLUMNS)
    check_fields(style.fields, columns)
    chosen = list(style.fields) or columns
    places = [columns.index(name) for name in chosen]

    def rows() -> Iterator[list[str]]:
        for view in views:
            found = _listing_rows(view) if isinstance(view, Listing) else _card_rows(view, style)
            for row in found:
                yield [row[place] for place in places]

    return chosen, rows()


def _listing_rows(listing: Listing) -> Iterator[list[str]]:
    for row in listing.table.rows:
        yield [
            text_of(cell) or citation_text([c for piece in cell for c in piece.sources])
            for cell in row
        ]


def _card_rows(card: Card, style: Style) -> Iterator[list[str]]:
    wanted = set(style.sections)
    if wanted:
        facts: Iterator[Fact] | Sequence[Fact] = [
            fact for section in card.sections if section.name in wanted for fact in section.facts
        ]
    else:
        facts = iter(all_facts(card))
    for fact in facts:
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


def _one_line(cell: str) -> str:
    return " ".join(cell.split()) if "\t" in cell or "\n" in cell or "\r" in cell else cell


def _guarded(cell: str) -> str:
    if cell[:1] in ("=", "+", "-", "@"):
        try:
            float(cell)
        except ValueError:
            return "'" + cell
    return cell
