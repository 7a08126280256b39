"""Topics: what positions and claims are about when it is not one policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ice_facts.ask import Reply, Session
from ice_facts.dates import began_by
from ice_facts.model import Citation, Claim, Policy, Position, Source, Term, Topic
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import (
    Card,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    glue,
    plain,
    table_of,
)
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.claim import claims_section, table_row
from ice_facts.subjects.policy.brief import PolicyBrief, brief, newest_first, policies_section
from ice_facts.subjects.position import positions_by, positions_section
from ice_facts.vocabulary import STATUS_ORDER


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
    positions = positions_by((p for p in store.mentioning(Position, id) if p.topic == id), on)
    claims = sorted(
        (c for c in store.mentioning(Claim, id) if id in c.about.topics),
        key=lambda c: (STATUS_ORDER.index(c.check.status), c.id),
    )
    named = {p for c in claims for p in c.about.policies}
    same = store.get(Policy, id)
    policies = newest_first(
        {p.id: p for p in (*(store.one(Policy, p) for p in named), same) if p}.values()
    )
    policy_ids = {p.id for p in policies} | {id}
    terms = [t for t in store.mentioning(Term, *policy_ids) if policy_ids.intersection(t.policies)]
    own_term = store.get(Term, id) or store.get(Term, id.rstrip("s"))
    if own_term and own_term not in terms:
        terms.insert(0, own_term)
    briefs = tuple(brief(store, p, on) for p in policies)
    return TopicCard(
        id=id,
        name=topic.name,
        text=topic.text,
        aliases=topic.aliases,
        as_of=on,
        positions=positions,
        claims=tuple(claims),
        policies=briefs,
        terms=tuple(terms),
        sources=sources_of(store, positions, claims, briefs, terms),
    )


def list_topics(store: Store, on: str) -> list[TopicRow]:
    """List the topics with the number of positions taken by a date and of claims."""
    positions = Counter(p.topic for p in store.all(Position) if began_by(p.date, on))
    claims = Counter(t for c in store.all(Claim) for t in c.about.topics)
    return [
        TopicRow(
            id=t.id,
            name=t.name,
            positions=positions[t.id],
            claims=claims[t.id],
            text=t.text,
        )
        for t in store.all(Topic)
    ]


def topic_view(card: TopicCard, labels: Labels) -> Card:
    """Return the view of a topic's card."""
    command = f"ice-facts topic {card.id}"
    terms = Section(
        "terms",
        f"Terms ({len(card.terms)})",
        tuple(
            Fact(
                "term",
                t.id,
                t.term,
                t.text,
                sources=t.sources,
                confirmed=t.confirmed is not None,
                label=t.term,
            )
            for t in card.terms
        ),
        (Line(plain(" · ".join(t.term for t in card.terms) or "none"), label="Terms"),),
    )
    rows = [c for c in card.claims if c.columns]
    table_rows = Section(
        "table-rows",
        f"Table rows of the articles ({len(rows)})",
        tuple(
            Fact(
                "table-row",
                c.id,
                c.check.status,
                table_row(c),
                sources=(Citation(id=c.article, locator=f"{c.section}: {c.locator}"),),
                label=c.id,
                tone=c.check.status,
            )
            for c in rows
        ),
        tuple(
            Line(
                (
                    Piece(" | ".join(c.columns.values())),
                    glue(f" ({c.id})  "),
                    Piece(c.check.status, c.check.status, c.check.sources[:2]),
                ),
                label="" if n else "Table rows",
            )
            for n, c in enumerate(rows[:4])
        ),
        more=f"{command} --section table-rows" if rows else "",
    )
    sections = [
        positions_section(
            card.positions,
            labels,
            f"ice-facts positions {card.id}",
            by=lambda p: labels.stakeholder(p.stakeholder),
            column="Who",
        ),
        claims_section(card.claims, f"ice-facts claims --topic {card.id}"),
        table_rows if rows else None,
        policies_section(card.policies, f"{command} --section policies", shown=4),
        terms,
        sources_section(card.sources),
    ]
    lead = [
        Line(plain(card.text)),
        Line((Piece(f"As of {card.as_of}", "muted"),)),
    ]
    return Card(
        subject=card.id,
        title=card.name,
        aside="topic",
        lead=tuple(lead),
        facts=(Fact("topic", "definition", "", card.text),),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


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
