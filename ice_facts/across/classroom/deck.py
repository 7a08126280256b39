"""From the views of answers to slides: one idea each, its source, and the full facts as notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ice_facts.model import Citation, Source
from ice_facts.show.deck import Slide, SlideText
from ice_facts.show.shapes import (
    GLUED,
    Card,
    Cell,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    Table,
    runs_of,
)
from ice_facts.show.words import source_text, span_text

COLUMNS = 5
"""A table on a slide has so many columns at most; what the others say is in the notes."""

BRIEF = ("term", "claim", "source", "position", "spotlight")
"""Cards of which the first page says all: what follows is in the notes."""


def slides_of(view: Card | ListView) -> list[Slide]:
    """Return the slides of an answer."""
    return list(_card(view) if isinstance(view, Card) else _listing(view.short or view))


def cell_text(cell: Cell) -> str:
    """Return a cell as text: pieces follow one another, those of several lines after "; "."""
    lines = (" ".join("".join(_joined(run)).split()) for run in runs_of(cell))
    return "; ".join(line for line in lines if line)


def line_text(cell: Cell) -> str:
    """Return the pieces of a line, which follow one another, as text."""
    return " ".join("".join(_joined(cell)).split())


def _joined(run: Cell) -> Iterator[str]:
    for number, piece in enumerate(run):
        if number and piece.tone not in GLUED:
            yield " "
        yield piece.text


# Cards


def _card(card: Card) -> Iterator[Slide]:
    shown = [line for line in card.lead if not _is_date(line)]
    dated = " ".join(line_text(line.pieces) for line in card.lead if _is_date(line))
    brief = any(card.aside.startswith(word) for word in BRIEF)
    sections = [s for s in card.sections if s.name != "sources"]
    notes = [*_lines(card.lead), *_facts(card.facts)]
    if brief:
        notes += [note for section in sections for note in _section_notes(section)]
    yield Slide(
        card.title,
        "text",
        subtitle=card.aside,
        texts=tuple(
            SlideText(line.pieces, line.label, large=brief and not number)
            for number, line in enumerate(shown)
        ),
        source=source_names(card.sources, _cited(line.pieces for line in card.lead)),
        notes=tuple(note for note in (*notes, dated) if note),
    )
    for section in sections:
        if not brief and (section.lines or (section.tabular and section.table)):
            yield _section(card, section)


def _section(card: Card, section: Section) -> Slide:
    name = re.sub(r" \(\d[\d,]*\)$", "", section.title)
    title = f"{card.title}: {name[0].lower() + name[1:] if name[1:2].islower() else name}"
    notes = tuple(_section_notes(section))
    if section.tabular and section.table:
        cells = (cell for row in section.table.rows for cell in row)
        source = source_names(card.sources, _cited(cells))
        return Slide(title, "table", table=reading(section.table), source=source, notes=notes)
    labels = {line.label for line in section.lines if line.label}
    texts = tuple(
        # The title says already what a single label would.
        _labelled(line.pieces, line.label if len(labels) > 1 else "")
        for line in section.lines
    )
    named = {fact.label for fact in section.facts}
    if len(texts) == 1 < len(section.facts) <= FACTS and len(named) == len(section.facts):
        texts = tuple(map(_fact_text, section.facts))
    cited = [line.pieces for line in section.lines]
    cited += [(Piece("", sources=fact.sources),) for fact in section.facts]
    source = source_names(card.sources, _cited(cited))
    return Slide(title, "text", texts=texts, source=source, notes=notes)


def _labelled(cell: Cell, label: str) -> SlideText:
    """Return a paragraph; without a label, a strong first piece is its label."""
    if not label and len(cell) > 1 and cell[0].tone == "strong":
        return SlideText(cell[1:], cell[0].text.rstrip(": "))
    return SlideText(cell, label)


FACTS = 8
"""So many facts of a section stand in place of a line that only sums them up."""


def _fact_text(fact: Fact) -> SlideText:
    span = fact.start if fact.start == fact.until else span_text(fact.start, fact.until)
    said = [part for part in (fact.value, span) if part]
    if len(said) < 2 and fact.text:
        said.append(fact.text)
    return SlideText((Piece(", ".join(said), fact.tone, confirmed=fact.confirmed),), fact.label)


def _section_notes(section: Section) -> Iterator[str]:
    yield from _lines(section.lines)
    yield from _facts(section.facts)
    if section.more:
        yield f"More: {section.more}"


def _is_date(line: Line) -> bool:
    return bool(line.pieces) and line.pieces[0].text.startswith("As of ")


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        text = line_text(line.pieces)
        if text:
            yield f"{line.label}: {text}" if line.label else text


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    for fact in facts:
        span = span_text(fact.start, fact.until)
        parts = (fact.label or fact.key, fact.value, fact.text, span, fact.note)
        text = ". ".join(part.rstrip(".") for part in parts if part)
        where = "; ".join(f"{c.id} {c.locator}".strip() for c in fact.sources)
        yield f"{text}. [{where}]" if where else f"{text}."


# Lists


def _listing(listing: ListView) -> Iterator[Slide]:
    notes = tuple(listing.notes)
    if listing.picture is not None:
        picture = listing.picture
        yield Slide(
            picture.title,
            "picture",
            subtitle=picture.subtitle,
            picture=picture,
            words=picture.words,
            source=_last_source(picture.caption),
            notes=(f"In words: {picture.words}", *picture.caption),
        )
        return
    if listing.sides:
        yield from _sides(listing, notes)
        return
    titles = [column.title for column in listing.table.columns]
    table = reading(listing.table)
    headings = listing.headings or ("",) * len(table.rows)
    numbered = zip(headings, table.rows, listing.table.rows, strict=True)
    for heading, group in groupby(numbered, key=lambda row: row[0]):
        members = list(group)
        said = tuple(
            "; ".join(f"{t}: {cell_text(c)}" for t, c in zip(titles, cells, strict=True) if c)
            for _, _, cells in members
        )
        yield Slide(
            f"{listing.title}: {heading}" if heading else listing.title,
            "table",
            table=Table(table.columns, tuple(row for _, row, _ in members)),
            source=source_names(
                listing.sources, _cited(cell for _, _, cells in members for cell in cells)
            ),
            notes=(*said, *notes),
        )
    if not table.rows:
        yield Slide(listing.title, "text", texts=(SlideText((Piece("none recorded"),)),))


def _sides(listing: ListView, notes: Sequence[str]) -> Iterator[Slide]:
    """Yield two sides beside one another, and what is neither on a slide of its own."""
    for place in range(0, len(listing.sides), 2):
        pair = listing.sides[place : place + 2]
        yield Slide(
            listing.title,
            "sides",
            sides=tuple(
                (
                    side.title,
                    tuple(
                        SlideText(
                            entry[1].pieces if len(entry) > 1 and not entry[1].label else (),
                            line_text(entry[0].pieces),
                        )
                        for entry in side.entries
                    ),
                )
                for side in pair
            ),
            source=source_names(
                listing.sources,
                _cited(line.pieces for side in pair for e in side.entries for line in e),
            ),
            notes=(
                *(
                    f"{side.title}: " + " ".join(_lines(entry))
                    for side in pair
                    for entry in side.entries
                ),
                *notes,
            ),
        )


def reading(table: Table) -> Table:
    """Return a table with the columns that a slide has room for."""
    places = [n for n, column in enumerate(table.columns) if not column.data]
    places = [n for n in places if any(row[n] for row in table.rows)] or places
    # The first says what a row is about, and the last is the longest text.
    if len(places) > COLUMNS:
        places = [*places[: COLUMNS - 1], places[-1]]
    columns: tuple[Column, ...] = tuple(table.columns[n] for n in places)
    return Table(columns, tuple(tuple(row[n] for n in places) for row in table.rows))


# Sources


def _cited(cells: Iterable[Cell]) -> list[Citation]:
    return [c for cell in cells for piece in cell for c in piece.sources]


def source_names(sources: Sequence[Source], cited: Sequence[Citation]) -> str:
    """Return who says so, in short: two publishers with their dates, and how many more."""
    by_id = {source.id: source for source in sources}
    ids = [id for id in dict.fromkeys(c.id for c in cited) if id in by_id] or list(by_id)
    if not ids:
        return ""
    named = list(dict.fromkeys(_short(by_id[id]) for id in ids[:2]))
    left = len(ids) - min(2, len(ids))
    return f"Source: {'; '.join(named)}" + (f"; {left} more" if left else "")


def _short(source: Source) -> str:
    publisher = re.sub(r" \(via .*?\)", "", source.publisher)
    return f"{publisher}, {source.published or 'undated'}"


def _last_source(caption: Sequence[str]) -> str:
    """Return the source of a picture without its title and address, which are in the notes."""
    last = caption[-1] if caption else ""
    found = re.search(r"Source: ([^:]*)", last)
    if not found:
        return ""
    names = [re.sub(r",? (“|https?\b|\().*", "", part).strip(" .") for part in found[1].split("; ")]
    return f"Source: {'; '.join(dict.fromkeys(name for name in names if name))}"


def full_sources(sources: Sequence[Source]) -> list[str]:
    """Return every source as a line, for the notes."""
    return [source_text(source) for source in sources]
