"""From answers and views to text: one module per family of formats, imported when used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from ice_facts.ask import Reply
from ice_facts.errors import UsageError
from ice_facts.show.shapes import Card, Fact, Line, ListView, Section

View = Card | ListView


class Style(Struct, frozen=True, kw_only=True):
    """How an answer is to be printed, whatever the format.

    ``width`` is in columns of the terminal, ``palette`` the number of its colours (16 or 256).
    ``sections`` selects parts of cards by name (empty: the short form); ``full`` asks for all of
    them, ``brief`` for name, opening and date only. ``fields`` selects and orders columns.
    ``raw_csv`` leaves cells that a spreadsheet would
    run as formulas as they are. ``height`` is in lines of the terminal, 0 where there is none.
    ``dated`` says of which day answer and data are, on slides.
    """

    width: int = 120
    height: int = 0
    color: bool = False
    palette: int = 256
    links: bool = False
    ascii: bool = False
    header: bool = True
    full: bool = False
    sections: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    raw_csv: bool = False
    brief: bool = False
    dated: str = ""


FORMATS = ("table", "tsv", "csv", "json", "jsonl", "yaml", "markdown", "html")

CITATION_STYLES = ("bibtex", "ris", "csl", "text")
"""Forms of citations, beside the formats: those of reference managers, and plain text."""

CLASS_FORMATS = ("gift", "anki", "apkg", "kahoot", "pptx")
"""Forms of questions and cards, beside the formats: those that the programs of schools read."""

CLAIM_REVIEW = "jsonld"
"""The format of claims only: schema.org ClaimReview."""

DATA_FORMATS = ("json", "jsonl", "yaml", CLAIM_REVIEW, *CITATION_STYLES)
"""Formats that hold an answer's data; all others hold what readers see of it."""

SUFFIXES = {
    ".txt": "table",
    ".tsv": "tsv",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonld": CLAIM_REVIEW,
    ".yaml": "yaml",
    ".yml": "yaml",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".bib": "bibtex",
    ".ris": "ris",
    ".svg": "svg",
    ".png": "png",
    ".gift": "gift",
    ".apkg": "apkg",
    ".xlsx": "kahoot",
    ".pptx": "pptx",
}
"""The format that the suffix of an output file names."""


def format_of(path: Path) -> str:
    """Return the format that the suffix of a file name stands for.

    Raises:
        UsageError: The suffix stands for none.
    """
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UsageError(
            f"cannot tell a format from the name {path.name!r}",
            [f"use one of these endings: {', '.join(SUFFIXES)}"],
        ) from None


def render_data(reply: Reply, format: str, style: Style) -> Iterator[str]:
    """Yield the data of a reply: JSON Lines line by line as it is made, others as a whole.

    Args:
        reply: The reply; its data is gone through once.
        format: One of `DATA_FORMATS`.
        style: How it is to be written.

    Raises:
        UsageError: A field was selected that the answer does not have, or citations were asked
            for of an answer that is not one of ``cite``.
    """
    if format in CITATION_STYLES:
        from ice_facts.render.citations import render_citations

        yield render_citations(reply, format, ascii=style.ascii)
        return
    if format == CLAIM_REVIEW:
        from ice_facts.render.claimreview import render_claim_reviews

        yield render_claim_reviews(reply)
        return
    from ice_facts.render.structured import json_lines, render_structured

    if format == "jsonl":
        yield from json_lines(reply, style)
    else:
        yield render_structured(reply, format, style)


def render_views(views: Sequence[View], format: str, style: Style) -> str | bytes:
    """Return views as text in one of the formats for readers, or as the bytes of a file.

    Raises:
        UsageError: A field or section was asked for that the answer does not have.
    """
    match format:
        case "tsv" | "csv":
            from ice_facts.render.delimited import render_delimited

            return render_delimited(views, format, style)
        case "pptx":
            from ice_facts.render.deck import deck_of
            from ice_facts.render.deck.written import deck_pptx

            return deck_pptx(deck_of(views, style), style)
        case "html" | "markdown" if _is_deck(views) and not style.fields:
            from ice_facts.render.deck import deck_of
            from ice_facts.render.deck.written import deck_html, deck_markdown

            write = deck_html if format == "html" else deck_markdown
            return write(deck_of(views, style), style)
        case "markdown":
            from ice_facts.render.markdown import render_markdown

            return render_markdown(views, style)
        case "html":
            from ice_facts.render.html import render_html

            return render_html(views, style)
        case _:
            from ice_facts.render.terminal import render_terminal

            return render_terminal(views, style)


def _is_deck(views: Sequence[View]) -> bool:
    return any(isinstance(view, ListView) and view.deck for view in views)


def render_pages(views: Sequence[View], format: str, style: Style) -> list[bytes]:
    """Return views as pictures for slides, each page one; a chart or map is one by itself.

    Args:
        views: What to draw.
        format: ``svg`` or ``png``.
        style: How it is to be drawn.
    """
    drawn = [v.picture for v in views if isinstance(v, ListView) and v.picture]
    if drawn and not _is_deck(views) and not style.fields:
        from ice_facts.render.picture import picture_bytes

        return [picture_bytes(picture, format) for picture in drawn]
    from ice_facts.render.deck import deck_of
    from ice_facts.render.deck.drawn import leaf_picture
    from ice_facts.render.deck.layout import leaves_of

    leaves = leaves_of(deck_of(views, style), ascii=style.ascii)
    return [leaf_picture(leaf, format) for leaf in leaves]


NO_FIELD = "?"
"""Stands for ``--fields`` without names: a question which fields there are."""


def check_fields(wanted: Sequence[str], legal: Sequence[str]) -> None:
    """Check field names that a user selected.

    Raises:
        UsageError: A name is not among the legal ones, which the hints list.
    """
    unknown = [name for name in wanted if name not in legal]
    if unknown:
        named = f"no field {', '.join(map(repr, unknown))} here"
        raise UsageError(
            "--fields needs names of fields" if NO_FIELD in unknown else named,
            [f"fields: {', '.join(legal)}"],
        )


BRIEF_SENTENCES = 5
"""The shortest form of a card has at most so many sentences of its opening."""


class Brief(Struct, frozen=True):
    """What the shortest form of a card shows under its name: `BRIEF_SENTENCES`, and the date."""

    lines: tuple[Line, ...]
    dated: tuple[Line, ...]
    facts: tuple[Fact, ...]


def brief_of(card: Card) -> Brief:
    """Return the shortest form of a card."""
    lines = (card.opening or card.lead)[:BRIEF_SENTENCES]
    dated = (card.dated,) if card.dated.pieces else ()
    texts = [" ".join(piece.text for piece in line.pieces) for line in (*lines, *dated)]
    cited = [tuple(c for piece in line.pieces for c in piece.sources) for line in (*lines, *dated)]
    keys = [*("opening" for _ in lines), *("dated" for _ in dated)]
    facts = (
        Fact("brief", key, "", text, sources=sources)
        for key, text, sources in zip(keys, texts, cited, strict=True)
    )
    return Brief(lines, dated, (Fact("brief", "name", "", card.title), *facts))


BRIEF_FIELDS = (
    *("id", "name", "title", "term", "article", "opening", "summary", "text"),
    *("confirmed", "as_of"),
)
"""The fields of a card that the shortest form of it has in data formats, as far as it has them."""


def shown_sections(card: Card, style: Style) -> tuple[Section, ...]:
    """Return the sections that are shown in full; none when the short form is asked for.

    Raises:
        UsageError: The card has no section of that name; the hint lists those it has.
    """
    names = [section.name for section in card.sections]
    unknown = [name for name in style.sections if name not in names]
    if unknown:
        raise UsageError(
            f"{card.subject} has no section {', '.join(map(repr, unknown))}",
            [f"sections: {', '.join(names)}"],
        )
    if style.full and not style.sections:
        return card.sections
    return tuple(section for section in card.sections if section.name in style.sections)
