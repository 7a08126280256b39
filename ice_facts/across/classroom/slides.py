"""A deck of slides from any answers: cards, comparisons, both sides, charts, maps."""

from __future__ import annotations

import shlex
from typing import Annotated

from msgspec.structs import replace

from ice_facts.across.classroom.deck import cell_text, full_sources, line_text, slides_of
from ice_facts.ask import Reply, Session, argument, option
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Source
from ice_facts.model.answers import Answer
from ice_facts.show.deck import Deck, Slide
from ice_facts.show.labels import Labels
from ice_facts.show.overlaid import Marks
from ice_facts.show.shapes import Card, Column, ListView, Piece, table_of
from ice_facts.show.words import dated_text
from ice_facts.store import Store


class SlideRow(Answer, frozen=True, kw_only=True):
    """What stands on a slide, which a renderer may break into several pages."""

    number: int
    kind: str
    title: str
    subtitle: str
    text: tuple[str, ...]
    source: str
    notes: tuple[str, ...]


def make_deck(session: Session, asked: list[str], title: str | None) -> Deck:
    """Return the deck of some answers.

    Args:
        session: The store, the date, and how a command is answered.
        asked: Names of records, or commands with their options, each as one text.
        title: The title of the deck; None: made of those of the answers.

    Raises:
        NotFoundError: No name is found; errors beside answers are reported in the session.
        UsageError: A command cannot be read.
    """
    labels = Labels(session.store)
    marks = Marks(session.store.overlaid) if session.store.overlays else None
    slides: list[Slide] = []
    titles = []
    for text in asked:
        for view in _reply(session, text).views(labels):
            view = with_sources(session.store, marks.view(view) if marks else view)
            made = slides_of(view)
            # The sources in full belong to the first slide: it is where a teacher looks.
            made[0] = _with_notes(made[0], full_sources(view.sources))
            slides += made
            titles.append(view.title)
    if not slides:
        error = session.errors.pop() if session.errors else NotFoundError("nothing to show")
        raise error
    names = " · ".join(dict.fromkeys(titles))
    dated = dated_text(session.on, session.store.version())
    return Deck(title or (names if len(names) < 80 else "ice-facts"), tuple(slides), dated)


def with_sources(store: Store, view: Card | ListView) -> Card | ListView:
    """Return a view with its sources: lists leave them out, but a slide names them."""
    if isinstance(view, Card) or view.sources:
        return view
    cited = dict.fromkeys(
        c.id for row in view.table.rows for cell in row for piece in cell for c in piece.sources
    )
    return replace(view, sources=tuple(store.many(Source, cited)))


def _reply(session: Session, text: str) -> Reply:
    if session.answer is None:
        raise UsageError("this session answers no commands")
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"cannot read {text!r}: {error}") from None
    return session.answer(words, text)


def _with_notes(slide: Slide, more: list[str]) -> Slide:
    return replace(slide, notes=(*slide.notes, *more))


def _row(number: int, slide: Slide) -> SlideRow:
    text = [f"{t.bold}: {line_text(t.cell)}".strip(": ") for t in slide.texts]
    if slide.table:
        text += [" | ".join(cell_text(cell) for cell in row) for row in slide.table.rows]
    for name, entries in slide.sides:
        text += [f"{name}: {t.bold}: {cell_text(t.cell)}".strip(": ") for t in entries]
    if slide.words:
        text.append(slide.words)
    return SlideRow(
        number=number,
        kind=slide.kind,
        title=slide.title,
        subtitle=slide.subtitle,
        text=tuple(text),
        source=slide.source,
        notes=slide.notes,
    )


def deck_view(deck: Deck, labels: Labels) -> ListView:
    """Return the view of a deck: its slides, and a row for each."""
    rows = [_row(number, slide) for number, slide in enumerate(deck.slides, 1)]
    table = table_of(
        rows,
        (Column("number", "No."), lambda r: str(r.number)),
        (Column("kind", "Kind"), lambda r: r.kind),
        (Column("title", "Title"), lambda r: Piece(r.title, "strong")),
        (Column("text", "On it", data=True), lambda r: "; ".join(r.text)),
        (Column("source", "Source"), lambda r: r.source),
        (Column("notes", "Notes", data=True), lambda r: " ".join(r.notes)),
    )
    note = "-o deck.html, .pptx, .md, .png or .svg writes the slides."
    return ListView(f"Slides: {deck.title}", table, (note, f"{deck.dated}."), deck=deck)


def ask_slides(
    session: Session,
    what: Annotated[
        list[str], argument("NAME|COMMAND...", "A name, or a command in quotes: 'map rule=287g'.")
    ],
    *,
    title: Annotated[
        str | None, option("--title", metavar="TEXT", help="The title of the deck.")
    ] = None,
) -> Reply:
    """Make slides."""
    deck = make_deck(session, what, title)
    rows = [_row(number, slide) for number, slide in enumerate(deck.slides, 1)]
    return Reply(rows, deck_view, shown=deck)
