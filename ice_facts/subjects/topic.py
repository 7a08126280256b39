"""Topics: what positions and claims are about when it is not one policy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ice_facts.ask import Reply, Session
from ice_facts.dates import began_by
from ice_facts.model import Claim, Event, Policy, Position, Source, Statistic, Term, Topic
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import cited, fact, labelled, note_line, text_line
from ice_facts.show.labels import Labels
from ice_facts.show.sections import sources_section
from ice_facts.show.shapes import (
    Card,
    Cell,
    Column,
    Fact,
    ListView,
    Piece,
    Section,
    glue,
    plain,
    table_of,
)
from ice_facts.show.words import amount_text, capitalized, count_of, span_text
from ice_facts.store import Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.claim import claims_about, claims_section, place_in_article, table_row
from ice_facts.subjects.policy.brief import PolicyBrief, briefs, policies_section
from ice_facts.subjects.position.card import positions_section
from ice_facts.subjects.position.elsewhere import namesakes
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
    statistics: tuple[Statistic, ...]
    studies: tuple[Event, ...]
    questions: tuple[str, ...]


class TopicRow(Answer, frozen=True, kw_only=True):
    """A topic in a list, with how much the store holds on it."""

    id: str
    name: str
    positions: int
    claims: int
    text: str
    statistics: int
    studies: int


def topic_card(store: Store, id: str, on: str) -> TopicCard:
    """Return everything the store knows about a topic on a date.

    Positions on a policy that has the topic's name are positions on the topic.
    """
    topic = store.one(Topic, id)
    alike = namesakes(store, id)
    positions = positions_of(store, on, topic=id, policy=alike)
    claims = claims_about(store, topic=id)
    about = {p for claim in claims for p in claim.about.policies}
    policies = store.many(Policy, sorted(about.union(alike, topic.policies)))
    terms = store.referring(Term, policy=(id, *(policy.id for policy in policies)))
    own_term = store.get(Term, id) or store.get(Term, id.rstrip("s"))
    if own_term and own_term not in terms:
        terms.insert(0, own_term)
    rows = briefs(store, policies, on)
    statistics = statistics_on(topic, store.all(Statistic), on)
    studies = studies_on(topic, store.all(Event), on)
    return filled(
        TopicCard,
        topic,
        as_of=on,
        positions=positions,
        claims=claims,
        policies=rows,
        terms=tuple(terms),
        statistics=statistics,
        studies=studies,
        sources=sources_of(store, positions, claims, rows, terms, statistics, studies),
    )


NATION = "united-states"


def _names(topic: Topic) -> re.Pattern[str]:
    """Return what finds one of a topic's names in a text: at the start of a word, in any case."""
    names = "|".join(re.escape(name) for name in (topic.name, *topic.aliases, topic.id))
    return re.compile(rf"(?<![\w])(?:{names})", re.IGNORECASE)


def statistics_on(topic: Topic, statistics: Iterable[Statistic], on: str) -> tuple[Statistic, ...]:
    """Return the numbers whose measure has a name of the topic in it.

    Those of the nation come first, the newest first.
    """
    names = _names(topic)
    found = [s for s in statistics if names.search(s.measure) and began_by(s.start or s.until, on)]
    newest = sorted(found, key=lambda s: (s.until or s.start or "", s.id), reverse=True)
    return tuple(sorted(newest, key=lambda s: s.jurisdiction != NATION))


def studies_on(topic: Topic, events: Iterable[Event], on: str) -> tuple[Event, ...]:
    """Return the studies that speak of the topic, newest first."""
    names = _names(topic)
    found = [
        event
        for event in events
        if event.title.startswith("Study of ")
        and names.search(f"{event.title} {event.text}")
        and began_by(event.date, on)
    ]
    return tuple(sorted(found, key=lambda event: (event.date, event.id), reverse=True))


def list_topics(store: Store, on: str) -> list[TopicRow]:
    """List the topics with the number of positions taken by a date, of claims, numbers, studies."""
    taken = [p for p in store.all(Position) if began_by(p.date, on)]
    positions = Counter(p.topic or p.policy for p in taken)
    claims = Counter(t for c in store.all(Claim) for t in c.about.topics)
    statistics, events = store.all(Statistic), store.all(Event)
    return [
        filled(
            TopicRow,
            topic,
            positions=positions[topic.id]
            + sum(positions[id] for id in namesakes(store, topic.id) if id != topic.id),
            claims=claims[topic.id],
            statistics=len(statistics_on(topic, statistics, on)),
            studies=len(studies_on(topic, events, on)),
        )
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
            group=labels.target if len({(p.policy, p.topic) for p in card.positions}) > 1 else None,
        ),
        _studies_section(card.studies),
        _numbers_section(card.statistics, f"{command} --section statistics"),
        claims_section(card.claims, f"ice-facts claims --topic {card.id}"),
        _table_rows_section(card.claims, f"{command} --section table-rows"),
        policies_section(card.policies, f"{command} --section policies", shown=4),
        _terms_section(card.terms),
        _questions_section(card.questions),
        sources_section(card.sources),
    ]
    return Card(
        subject=card.id,
        title=card.name,
        aside="topic",
        opening=(text_line(card.text),),
        dated=note_line(f"As of {card.as_of}"),
        command=command,
        lead=(note_line(f"As of {card.as_of}"),),
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


def _studies_section(studies: Sequence[Event]) -> Section | None:
    if not studies:
        return None
    facts = tuple(
        fact("study", e.id, e.title, e.text, of=e, start=e.date, label=e.date) for e in studies
    )
    lines = ((Piece(e.date, "muted"), glue(f"  {e.title}"), cited("", e, most=2)) for e in studies)
    return Section("studies", f"Studies ({len(studies)})", facts, labelled("Studies", lines))


def _numbers_section(statistics: Sequence[Statistic], more: str) -> Section | None:
    if not statistics:
        return None
    facts = tuple(
        fact("statistic", s.id, _amount(s), _number_text(s), of=s, label=capitalized(s.measure))
        for s in statistics
    )
    lines: list[Cell] = [
        (Piece(f"{_amount(s)}: "), glue(_measured(s)), cited("", s, most=1)) for s in statistics[:3]
    ]
    left = len(statistics) - len(lines)
    if left:
        lines.append((Piece(f"{count_of(left, 'more number')}", "muted"),))
    title = f"Numbers ({len(statistics)})"
    return Section("statistics", title, facts, labelled("Numbers", lines), more=more)


def _amount(s: Statistic) -> str:
    return amount_text(s.value, s.unit, qualifier=s.qualifier, high=s.high, base=s.base)


def _measured(s: Statistic) -> str:
    when = span_of(s)
    return f"{s.measure} ({when})" if when else s.measure


def span_of(s: Statistic) -> str:
    """Return the period of a number in words."""
    if s.period or s.start == s.until:
        return s.period or s.start or ""
    return span_text(s.start, s.until)


def _number_text(s: Statistic) -> str:
    return f"{capitalized(s.measure)}. {s.text}".strip()


def _terms_section(terms: Sequence[Term]) -> Section:
    facts = tuple(fact("term", t.id, t.term, t.text, of=t, label=t.term, note="") for t in terms)
    names = text_line(" · ".join(t.term for t in terms) or "none", "Terms")
    return Section("terms", f"Terms ({len(terms)})", facts, (names,))


def _questions_section(questions: Sequence[str]) -> Section | None:
    """Return what a class can discuss: the same questions for all sides, without an answer."""
    if not questions:
        return None
    facts = tuple(
        Fact("question", str(n), "", text, label=str(n)) for n, text in enumerate(questions, 1)
    )
    lines = labelled("To discuss", map(plain, questions))
    return Section("questions", f"To discuss ({len(questions)})", facts, lines)


def topics_listing(rows: Sequence[TopicRow], labels: Labels) -> ListView:
    """Return the view of a list of topics."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name", data=True), lambda r: r.name),
        (Column("positions", "Positions", right=True), lambda r: r.positions),
        (Column("claims", "Claims", right=True, spare=1), lambda r: r.claims),
        (Column("statistics", "Numbers", right=True, spare=2), lambda r: r.statistics),
        (Column("studies", "Studies", right=True, spare=3), lambda r: r.studies),
        (Column("text", "What it is about"), lambda r: r.text),
    )
    return ListView(f"Topics: {len(rows)}", table, ("Positions count records, not people.",))


def ask_topics(session: Session) -> Reply:
    """List topics."""
    return Reply(list_topics(session.store, session.on), topics_listing)


ROOM = Room(topic_card, topic_view)
