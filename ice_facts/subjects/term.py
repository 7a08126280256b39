"""Terms: the glossary."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.ask import Reply, Session
from ice_facts.model import Citation, Policy, Source, Term
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import (
    SOURCES,
    Card,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    plain,
    table_of,
)
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import citations, sources_of
from ice_facts.subjects.policy.brief import PolicyBrief, brief, newest_first, policies_section


class TermCard(Answer, frozen=True, kw_only=True):
    """A glossary entry with the policies to which it matters."""

    id: str
    term: str
    text: str
    aliases: tuple[str, ...]
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    policies: tuple[PolicyBrief, ...]
    sources: tuple[Source, ...]


def term_card(store: Store, id: str, on: str) -> TermCard:
    """Return a glossary entry with the policies to which it matters."""
    term = store.one(Term, id)
    policies = newest_first(store.one(Policy, p) for p in term.policies)
    briefs = tuple(brief(store, p, on) for p in policies)
    return TermCard(
        id=id,
        term=term.term,
        text=term.text,
        aliases=term.aliases,
        confirmed=term.confirmed,
        note=term.note,
        cited=tuple(citations(term.sources)),
        policies=briefs,
        sources=sources_of(store, term.sources, briefs),
    )


def list_terms(store: Store) -> list[Term]:
    """List the glossary."""
    return store.all(Term)


def term_view(card: TermCard, labels: Labels) -> Card:
    """Return the view of a glossary entry."""
    command = f"ice-facts term {card.id}"
    lead = [Line((Piece(card.text, "", card.cited, card.confirmed is not None),))]
    if card.aliases:
        lead.append(Line(plain(" · ".join(card.aliases)), label="Also"))
    if card.note:
        lead.append(Line((Piece(card.note, "muted"),)))
    sections = []
    if card.policies:
        sections.append(policies_section(card.policies, f"{command} --section policies", shown=8))
    sections.append(sources_section(card.sources))
    return Card(
        subject=card.id,
        title=card.term,
        aside="term",
        lead=tuple(lead),
        facts=(
            Fact(
                "term",
                "definition",
                card.term,
                card.text,
                sources=card.cited,
                confirmed=card.confirmed is not None,
            ),
            *(Fact("term", "alias", alias) for alias in card.aliases),
        ),
        sections=tuple(sections),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def terms_listing(terms: Sequence[Term], labels: Labels) -> ListView:
    """Return the view of the glossary."""
    table = table_of(
        terms,
        (Column("id", "Id", data=True), lambda t: t.id),
        (Column("term", "Term"), lambda t: Piece(t.term, "strong", (), t.confirmed is not None)),
        (Column("text", "Meaning"), lambda t: t.text),
        SOURCES,
    )
    return ListView(f"Terms: {len(terms)}", table)


def ask_terms(session: Session) -> Reply:
    """List terms."""
    return Reply(list_terms(session.store), terms_listing)


ROOM = Room(term_card, term_view)
