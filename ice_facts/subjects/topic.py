"""Topics: what positions and claims are about when it is not one policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ice_facts.ask import Reply, Session
from ice_facts.dates import began_by
from ice_facts.model import Claim, Policy, Position, Source, Term, Topic
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import fact, labelled, note_line, text_line
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import Card, Column, Fact, ListView, Piece, Section, glue, table_of
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.claim import claims_about, claims_section, place_in_article, table_row
from ice_facts.subjects.policy.brief import PolicyBrief, briefs, policies_section
from ice_facts.subjects.position.card import positions_section
from ice_facts.subjects.position.rows import positions_of


class TopicCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one topic on one date."""

    id: str
    name: str
    text: str
    aliases: tuple[str, ...]
    as_of: str
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    policies: tuple[PolicyBrief, ...]
    terms: tuple[Term, ...]
    sources: tuple[Source, ...]


class TopicRow(Answer, frozen=True, kw_only=True):
    """A topic in a list, with how much the store holds on it."""

    id: str
    name: str
    positions: int
    claims: int
    text: str


def topic_card(store: Store, id: str, on: str) -> TopicCard:
    """Return everything the store knows about a topic on a date."""
    topic = store.one(Topic, id)
    positions = positions_of(store, on, topic=id)
    claims = claims_about(store, topic=id)
    policies = store.many(Policy, {p for claim in claims for p in claim.about.policies} - {id})
    namesake = store.get(Policy, id)
    if namesake:
        policies.append(namesake)
    terms = store.referring(Term, policy=(id, *(policy.id for policy in policies)))
    own_term = store.get(Term, id) or store.get(Term, id.rstrip("s"))
    if own_term and own_term not in terms:
        terms.insert(0, own_term)
    rows = briefs(store, policies, on)
    return filled(
        TopicCard,
        topic,
        as_of=on,
        positions=positions,
        claims=claims,
        policies=rows,
        terms=tuple(terms),
        sources=sources_of(store, positions, claims, rows, terms),
    )


def list_topics(store: Store, on: str) -> list[TopicRow]:
    """List the topics with the number of positions taken by a date and of claims."""
    positions = Counter(p.topic for p in store.all(Position) if began_by(p.date, on))
    claims = Counter(t for c in store.all(Claim) for t in c.about.topics)
    return [
        filled(TopicRow, topic, positions=positions[topic.id], claims=claims[topic.id])
        for topic in store.all(Topic)
    ]


def topic_view(card: TopicCard, labels: Labels) -> Card:
    """Return the view of a topic's card."""
    command = f"ice-facts topic {card.id}"
    sections = [
        positions_section(
            card.positions,
            labels,
            f"ice-facts positions {card.id}",
            by=lambda p: labels.stakeholder(p.stakeholder),
            column="Who",
        ),
        claims_section(card.claims, f"ice-facts claims --topic {card.id}"),
        _table_rows_section(card.claims, f"{command} --section table-rows"),
        policies_section(card.policies, f"{command} --section policies", shown=4),
        _terms_section(card.terms),
        sources_section(card.sources),
    ]
    return Card(
        subject=card.id,
        title=card.name,
        aside="topic",
        lead=(text_line(card.text), note_line(f"As of {card.as_of}")),
        facts=(Fact("topic", "definition", "", card.text),),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def _table_rows_section(claims: Sequence[Claim], more: str) -> Section | None:
    rows = [c for c in claims if c.columns]
    if not rows:
        return None
    facts = tuple(
        Fact(
            "table-row",
            c.id,
            c.check.status,
            table_row(c),
            sources=(place_in_article(c),),
            label=c.id,
            tone=c.check.status,
        )
        for c in rows
    )
    cells = (
        (
            Piece(" | ".join(c.columns.values())),
            glue(f" ({c.id})  "),
            Piece(c.check.status, c.check.status, c.check.sources[:2]),
        )
        for c in rows[:4]
    )
    title = f"Table rows of the articles ({len(rows)})"
    return Section("table-rows", title, facts, labelled("Table rows", cells), more=more)


def _terms_section(terms: Sequence[Term]) -> Section:
    facts = tuple(fact("term", t.id, t.term, t.text, of=t, label=t.term, note="") for t in terms)
    names = text_line(" · ".join(t.term for t in terms) or "none", "Terms")
    return Section("terms", f"Terms ({len(terms)})", facts, (names,))


def topics_listing(rows: Sequence[TopicRow], labels: Labels) -> ListView:
    """Return the view of a list of topics."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name", data=True), lambda r: r.name),
        (Column("positions", "Positions", right=True), lambda r: r.positions),
        (Column("claims", "Claims", right=True), lambda r: r.claims),
        (Column("text", "What it is about"), lambda r: r.text),
    )
    return ListView(f"Topics: {len(rows)}", table)


def ask_topics(session: Session) -> Reply:
    """List topics."""
    return Reply(list_topics(session.store, session.on), topics_listing)


ROOM = Room(topic_card, topic_view)
