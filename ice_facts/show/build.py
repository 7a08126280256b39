"""Facts, pieces and lines made of what is stated, with its span, its sources and its mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ice_facts.model import Citation, Stated
from ice_facts.show.shapes import Cell, Fact, Line, Piece, plain


def fact(section: str, key: str, value: str, text: str = "", *, of: Any, **more: Any) -> Fact:
    """Return a fact of a card with the span, sources, mark and note of what it states.

    Args:
        section: The section of the card.
        key: What the fact is about.
        value: The short form of what it says.
        text: The long form.
        of: What is stated: a record, a part of one, or a card (which has its citations in
            ``cited``).
        more: Other fields of `Fact`, which also replace those taken from ``of``.
    """
    taken: dict[str, Any] = {
        "start": getattr(of, "start", None),
        "until": getattr(of, "until", None),
        "sources": _citations(of),
        "confirmed": of.confirmed is not None,
        "note": getattr(of, "note", None) or "",
    }
    return Fact(section, key, value, text, **(taken | more))


def cited(text: str, of: Stated | Any, tone: str = "", *, most: int | None = None) -> Piece:
    """Return a piece of text with the sources and the mark of what it states.

    Args:
        text: The text.
        of: What is stated, as in `fact`.
        tone: The tone of the piece.
        most: Only so many of the sources, the first ones; None: all.
    """
    return Piece(text, tone, _citations(of)[:most], of.confirmed is not None)


def cited_together(text: str, several: Sequence[Stated | Any], tone: str = "") -> Piece:
    """Return a piece of text that several things state, with the first source of each.

    It is marked as unconfirmed if one of them is.
    """
    first = dict.fromkeys(citation for of in several for citation in _citations(of)[:1])
    return Piece(text, tone, tuple(first), all(of.confirmed for of in several))


def _citations(of: Any) -> tuple[Citation, ...]:
    found: tuple[Citation, ...] = of.cited if hasattr(of, "cited") else of.sources
    return found


def labelled(label: str, cells: Iterable[Cell]) -> tuple[Line, ...]:
    """Return a line for each cell; the label stands before the first."""
    return tuple(Line(cell, "" if n else label) for n, cell in enumerate(cells))


def note_line(note: str | None) -> Line:
    """Return the line with a note; without a note it is empty."""
    return Line((Piece(note, "muted"),) if note else ())


def text_line(text: str | None, label: str = "") -> Line:
    """Return a line with a plain text; without a text it is empty."""
    return Line(plain(text), label)


def without_empty(*lines: Line) -> tuple[Line, ...]:
    """Return the lines that say something."""
    return tuple(line for line in lines if line.pieces)
