"""Cards of the glossary: a word on the front, what it means on the back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from msgspec import Struct

from ice_facts.across.classroom.facts import SureFacts, leaves_no_doubt
from ice_facts.across.classroom.shared import footer_of, source_line
from ice_facts.ask import Reply, Session, argument
from ice_facts.model import Term
from ice_facts.model.answers import Answer
from ice_facts.resolve import resolve
from ice_facts.show.labels import Labels
from ice_facts.show.paper import CutCard, Paper
from ice_facts.show.shapes import Column, ListView, Piece, table_of


class GlossaryCard(Answer, frozen=True, kw_only=True):
    """A word with its meaning, and who says so."""

    id: str
    term: str
    text: str
    source: str
    confirmed: str | None


class CardBox(Struct, frozen=True):
    """Cards, and what stands at the foot of a list of them."""

    cards: tuple[GlossaryCard, ...]
    footer: str


def glossary_cards(facts: SureFacts, ids: Sequence[str] = ()) -> list[GlossaryCard]:
    """Return the cards of terms that are confirmed, in the order of the ids or of the alphabet.

    Args:
        facts: The sure facts of a store.
        ids: Ids of terms; none: all.
    """
    if ids:
        terms = facts.store.many(Term, ids)
    else:
        terms = sorted(facts.store.all(Term), key=lambda term: term.term.casefold())
    return [
        GlossaryCard(
            id=term.id,
            term=term.term,
            text=term.text,
            source=source_line(facts, term.id, term.sources, most=1),
            confirmed=term.confirmed,
        )
        for term in terms
        if term.confirmed and leaves_no_doubt(term.note)
    ]


def cards_view(box: CardBox, labels: Labels) -> ListView:
    """Return the view of cards: eight to a page, two-sided, and a row for each."""
    table = table_of(
        box.cards,
        (Column("id", "Id", data=True), lambda c: c.id),
        (Column("term", "Term"), lambda c: Piece(c.term, "strong")),
        (Column("text", "Meaning"), lambda c: c.text),
        (Column("source", "Source"), lambda c: c.source),
    )
    cut = tuple(CutCard(c.term, c.text, c.source) for c in box.cards)
    paper = Paper("Glossary cards", (), box.footer, cards=cut)
    return ListView("Glossary cards", table, paper=paper)


def ask_cards(
    session: Session,
    name: Annotated[list[str] | None, argument("[NAME]...", "Terms; none: all.")] = None,
) -> Reply:
    """Make cards of terms."""
    ids = [resolve(session.store, text, (Term,)).id for text in name or ()]
    cards = glossary_cards(SureFacts(session.store, session.on), list(dict.fromkeys(ids)))
    return Reply(cards, cards_view, shown=CardBox(tuple(cards), footer_of(session)))
