"""Terms: the glossary."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.ask import Reply, Session
from ice_facts.model import Citation, Policy, Source, Term
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import cited, fact, note_line, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import SOURCES, Card, Column, Fact, Line, ListView, table_of
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import citations, sources_of
from ice_facts.subjects.policy.brief import PolicyBrief, briefs, policies_section


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
    policies = briefs(store, store.many(Policy, term.policies), on)
    return filled(
        TermCard,
        term,
        cited=tuple(citations(term.sources)),
        policies=policies,
        sources=sources_of(store, term.sources, policies),
    )


def term_view(card: TermCard, labels: Labels) -> Card:
    """Return the view of a glossary entry."""
    command = f"ice-facts term {card.id}"
    sections = [sources_section(card.sources)]
    if card.policies:
        more = f"{command} --section policies"
        sections.insert(0, policies_section(card.policies, more, shown=8))
    return Card(
        subject=card.id,
        title=card.term,
        aside="term",
        opening=(Line((cited(card.text, card),)),),
        dated=note_line(f"Confirmed {card.confirmed}" if card.confirmed else None),
        command=command,
        lead=without_empty(
            text_line(" · ".join(card.aliases), "Also"),
            note_line(card.note),
        ),
        facts=(
            fact("term", "definition", card.term, card.text, of=card, note=""),
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
        (Column("term", "Term"), lambda t: cited(t.term, t, "strong", most=0)),
        (Column("text", "Meaning"), lambda t: t.text),
        SOURCES,
    )
    return ListView(f"Terms: {len(terms)}", table)


def ask_terms(session: Session) -> Reply:
    """List terms."""
    return Reply(session.store.all(Term), terms_listing)


ROOM = Room(term_card, term_view)
