"""From the views of answers to slides: one idea each, its source, and the full facts as notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import get_args

from msgspec.structs import replace

from ice_facts.across.classroom.sheets import slides_of_paper
from ice_facts.model import Citation, RuleStance, Source
from ice_facts.show.deck import Slide, SlideText
from ice_facts.show.shapes import (
    GLUED,
    Card,
    Cell,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    Table,
    glue,
    plain,
    runs_of,
)
from ice_facts.show.words import signs_in, source_text, span_text
from ice_facts.vocabulary import SYMBOLS

MOST_COLUMNS = 5
"""The most columns of words that a table on a slide has; the notes have the rest."""

ONE_PAGE_CARDS = ("term", "claim", "source", "position", "spotlight")
"""Kinds of cards that fill one page: their sections are in the notes."""


def slides_of(view: Card | ListView, *, full: bool = False) -> list[Slide]:
    """Return the slides of an answer.

    Args:
        view: What the answer shows.
        full: Also show the sections of `ONE_PAGE_CARDS`.
    """
    return list(_card(view, full) if isinstance(view, Card) else _listing(view))


def in_full(card: Card, sections: Sequence[Section], *, only: bool) -> Card:
    """Return a card whose sections are shown with all their facts.

    Args:
        card: The card.
        sections: The sections to show.
        only: Show nothing else of the card.
    """
    shown: list[Section] = []
    for section in sections:
        if section.table:
            shown.append(replace(section, tabular=True, short=None))
        if section.facts:
            lines = tuple(Line(_fact_cell(fact, full=True), fact.label) for fact in section.facts)
            shown.append(replace(section, lines=lines, tabular=False))
        elif not section.table:
            shown.append(section)
    if only:
        card = replace(card, aside="", opening=(), lead=())
    return replace(card, sections=tuple(shown))


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


def _card(card: Card, full: bool) -> Iterator[Slide]:
    shown = [line for line in card.head if not _is_date(line)]
    dated = " ".join(line_text(line.pieces) for line in card.lead if _is_date(line))
    brief = bool(shown) and any(card.aside.startswith(word) for word in ONE_PAGE_CARDS)
    notes = [*_lines(card.head), *_facts(card.facts)]
    if brief and not full:
        notes += [note for section in card.sections for note in _section_notes(section)]
    if shown or not card.sections:
        yield Slide(
            card.title,
            "text",
            subtitle=card.aside,
            texts=tuple(
                SlideText(line.pieces, line.label, large=brief and not number)
                for number, line in enumerate(shown)
            ),
            source=source_names(card.sources, _cited(line.pieces for line in card.head)),
            notes=tuple(note for note in (*notes, dated) if note),
        )
    if brief and not full:
        return
    for section in card.sections:
        if section.lines or (section.tabular and section.table):
            slide = _section(card, section)
            if not shown and card.aside:
                # Without a page of its own, the card's title stands over its first section.
                slide = replace(slide, title=card.title, subtitle=card.aside)
            yield slide
            shown = shown or [Line(())]


def _section(card: Card, section: Section) -> Slide:
    name = re.sub(r" \(\d[\d,]*\)$", "", section.title)
    title = f"{card.title}: {name[0].lower() + name[1:] if name[1:2].islower() else name}"
    notes = tuple(_section_notes(section))
    if section.tabular and section.table:
        cells = (cell for row in section.table.rows for cell in row)
        source = source_names(card.sources, _cited(cells))
        return Slide(title, "table", table=fit_for_slide(section.table), source=source, notes=notes)
    labels = {line.label for line in section.lines if line.label}
    texts = tuple(
        # The title says already what a single label would.
        _labelled(line.pieces, line.label if len(labels) > 1 else "")
        for line in section.lines
    )
    named = {fact.label for fact in section.facts}
    if len(texts) == 1 < len(section.facts) <= MOST_FACTS and len(named) == len(section.facts):
        texts = tuple(SlideText(_fact_cell(fact), fact.label) for fact in section.facts)
    cited = [line.pieces for line in section.lines]
    cited += [(Piece("", sources=fact.sources),) for fact in section.facts]
    source = source_names(card.sources, _cited(cited))
    return Slide(title, "text", texts=texts, source=source, notes=notes)


def _labelled(cell: Cell, label: str) -> SlideText:
    """Return a paragraph; without a label, a strong first piece is its label."""
    if not label and len(cell) > 1 and cell[0].tone == "strong":
        return SlideText(cell[1:], cell[0].text.rstrip(": "))
    return SlideText(cell, label)


MOST_FACTS = 8
"""The most facts of a section that replace a line that only sums them up."""


def _fact_cell(fact: Fact, *, full: bool = False) -> Cell:
    """Return a fact without its label: value and span of time, and its text if one is missing."""
    span = fact.start if fact.start == fact.until else span_text(fact.start, fact.until)
    # What the label says already is not said twice.
    said = [fact.value] if fact.value and fact.value != fact.label else []
    said += [span] if span and fact.start != fact.label else []
    sources = () if fact.section == "source" else fact.sources
    cell: Cell = (Piece(", ".join(said), fact.tone, sources, fact.confirmed),) if said else ()
    if fact.text and (full or len(said) < 2):
        divider = ". " if full else ", "
        cell = (*cell, glue(divider + fact.text)) if said else plain(fact.text)
    return cell


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
    if listing.paper and listing.paper.pages:
        yield from slides_of_paper(listing.paper)
        return
    if listing.sides:
        yield from _sides(listing, notes)
        return
    titles = [column.title for column in listing.table.columns]
    table = fit_for_slide(listing.table)
    numbered = zip(_headings(listing), table.rows, listing.table.rows, strict=True)
    for heading, group in groupby(numbered, key=lambda row: row[0]):
        members = list(group)
        said = tuple(
            "; ".join(f"{t}: {cell_text(c)}" for t, c in zip(titles, cells, strict=True) if c)
            for _, _, cells in members
        )
        yield Slide(
            f"{listing.title}: {heading}" if heading else listing.title,
            "table",
            subtitle=_key_to(table),
            table=Table(table.columns, tuple(row for _, row, _ in members)),
            source=source_names(
                listing.sources, _cited(cell for _, _, cells in members for cell in cells)
            ),
            notes=(*said, *notes),
        )
    if not table.rows:
        yield Slide(listing.title, "text", texts=(SlideText((Piece("none recorded"),)),))


def _key_to(table: Table) -> str:
    """Return what the signs that stand before counts mean, as no word does."""
    used = {t for row in table.rows for cell in row for piece in cell for t in signs_in(piece.text)}
    return ", ".join(f"{SYMBOLS[t][0]}\u00a0{t}" for t in get_args(RuleStance) if t in used)


def _headings(listing: ListView) -> Sequence[str]:
    """Return the heading of every row; empty ones if the first cells begin with the same words."""
    rows = listing.table.rows
    if not listing.headings or all(
        cell_text(row[0]).startswith(heading)
        for heading, row in zip(listing.headings, rows, strict=True)
    ):
        return ("",) * len(rows)
    return listing.headings


def _sides(listing: ListView, notes: Sequence[str]) -> Iterator[Slide]:
    """Yield the sides on each subject, two to a slide; a third side is on a slide of its own."""
    for (heading, about), group in groupby(listing.sides, key=lambda s: (s.heading, s.about)):
        members = list(group)
        for place in range(0, len(members), 2):
            pair = members[place : place + 2]
            yield Slide(
                f"{listing.title}: {heading}" if heading else listing.title,
                "sides",
                subtitle=about or " ".join(listing.lead),
                sides=tuple((side.title, tuple(map(_entry, side.entries))) for side in pair),
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


def _entry(entry: Sequence[Line]) -> SlideText:
    """Return who says something, and the first line of what they say."""
    head, *more = entry
    said: Cell = ()
    if more:
        first = more[0]
        said = (Piece(f"{first.label}: "), *_glued(first.pieces)) if first.label else first.pieces
    return SlideText(said, line_text(head.pieces))


def _glued(cell: Cell) -> Cell:
    return tuple(replace(piece, tone="glue") for piece in cell)


def fit_for_slide(table: Table) -> Table:
    """Return a table with the columns that a slide has room for.

    A name replaces an id, and columns of commands are left out.
    """
    columns = table.columns
    chosen = not any(column.data for column in columns)  # by whoever asked
    named = columns[0].key == "id" and not columns[0].data
    places = [
        n
        for n, column in enumerate(columns)
        if chosen or (column.key == "name" and named) or not (column.data or column.key == "id")
    ]
    texts = [n for n in places if any(not _is_command(row[n]) for row in table.rows)]
    places = texts or places
    # Numbers need half the room of words.
    filled = list(accumulate(0.5 if columns[n].right else 1 for n in places))
    if filled[-1] > MOST_COLUMNS and not chosen:
        # The first say what a row is about; one more is what was made for reading, or the longest.
        most = sum(width <= MOST_COLUMNS - 1 for width in filled)
        first, rest = places[:most], places[most:]
        sizes = {n: sum(len(cell_text(row[n])) for row in table.rows) for n in rest}
        last = rest[-1] if columns[rest[-1]].drawn else max(rest, key=lambda n: sizes[n])
        places = [*first, last]
    return Table(
        tuple(columns[n] for n in places),
        tuple(tuple(row[n] for n in places) for row in table.rows),
    )


def _is_command(cell: Cell) -> bool:
    """Return True if a cell has nothing but what can be typed."""
    return all(piece.tone == "command" or not piece.text for piece in cell)


# Sources


def _cited(cells: Iterable[Cell]) -> list[Citation]:
    return [c for cell in cells for piece in cell for c in piece.sources]


def source_names(sources: Sequence[Source], cited: Sequence[Citation]) -> str:
    """Return the cited sources in short: two publishers with dates, and how many more there are."""
    by_id = {source.id: source for source in sources}
    ids = [id for id in dict.fromkeys(c.id for c in cited) if id in by_id]
    if not ids:
        return ""
    named = list(dict.fromkeys(_short(by_id[id]) for id in ids[:2]))
    left = len(ids) - min(2, len(ids))
    return f"Source: {'; '.join(named)}" + (f"; {left} more" if left else "")


def _short(source: Source) -> str:
    publisher = re.sub(r" \(via .*?\)", "", source.publisher)
    return f"{publisher}, {source.published or 'undated'}"


def _last_source(caption: Sequence[str]) -> str:
    """Return the publishers in a picture's caption; titles and addresses are in the notes."""
    last = caption[-1] if caption else ""
    found = re.search(r"Source: ([^:]*)", last)
    if not found:
        return ""
    names = [re.sub(r",? (“|https?\b|\().*", "", part).strip(" .") for part in found[1].split("; ")]
    return f"Source: {'; '.join(dict.fromkeys(name for name in names if name))}"


def full_sources(sources: Sequence[Source]) -> list[str]:
    """Return every source as a line, for the notes."""
    return [source_text(source) for source in sources]
