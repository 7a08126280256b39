"""The cards of terms, sources, events, numbers, positions and agreements, and some lists."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.model import Citation, Event, Statistic, Term
from ice_facts.results.cards import (
    AgreementCard,
    EventCard,
    PositionCard,
    SourceCard,
    StatisticCard,
    TermCard,
)
from ice_facts.results.rows import SourceRow
from ice_facts.view import (
    SOURCES,
    Card,
    Column,
    Fact,
    Line,
    Listing,
    Piece,
    Section,
    amount_text,
    glue,
    plain,
    span_text,
    table_of,
)
from ice_facts.views.labels import Labels
from ice_facts.views.sections import disputes_section, policies_section, sources_section


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


def terms_listing(terms: Sequence[Term]) -> Listing:
    """Return the view of the glossary."""
    table = table_of(
        terms,
        (Column("id", "Id", data=True), lambda t: t.id),
        (Column("term", "Term"), lambda t: Piece(t.term, "strong", (), t.confirmed is not None)),
        (Column("text", "Meaning"), lambda t: t.text),
        SOURCES,
    )
    return Listing(f"Terms: {len(terms)}", table)


def source_view(card: SourceCard, labels: Labels) -> Card:
    """Return the view of a source: what it is and which facts rest on it."""
    command = f"ice-facts source {card.id}"
    lead = [
        Line(plain(card.publisher), label="Publisher"),
        Line(plain(card.published or "undated"), label="Published"),
        Line(
            plain(card.read or "not read: facts that rest on it alone are unconfirmed"),
            label="Read on",
        ),
    ]
    if card.url:
        lead.append(Line(plain(card.url), label="Address"))
    if card.note:
        lead.append(Line(plain(card.note), label="Note"))
    facts = tuple(
        Fact(
            "fact",
            f"{fact.table}/{fact.id}",
            fact.locator,
            fact.fact,
            sources=(Citation(id=card.id, locator=fact.locator),),
            label=labels.record(fact.table, fact.id),
        )
        for fact in card.facts
    )
    lines = tuple(
        Line(
            (
                Piece(f"{labels.record(fact.table, fact.id)}:", "strong"),
                glue(f" {fact.fact}" + (f" ({fact.locator})" if fact.locator else "")),
            ),
            label="" if n else "Facts",
        )
        for n, fact in enumerate(card.facts[:8])
    )
    facts_section = Section(
        "facts",
        f"Facts that rest on it ({len(facts)})",
        facts,
        lines or (Line(plain("none"), label="Facts"),),
        more=f"{command} --section facts" if len(facts) > 8 else "",
    )
    own = [
        Fact("source", key, value)
        for key in ("title", "publisher", "kind", "url", "published", "read", "note")
        if (value := getattr(card, key))
    ]
    return Card(
        subject=card.id,
        title=card.title,
        aside=f"source · {card.kind}",
        lead=tuple(lead),
        facts=tuple(own),
        sections=(facts_section,),
    )


def sources_listing(rows: Sequence[SourceRow]) -> Listing:
    """Return the view of a list of sources."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("title", "Title"), lambda r: r.title),
        (Column("publisher", "Publisher"), lambda r: r.publisher),
        (Column("kind", "Kind"), lambda r: r.kind),
        (Column("published", "Published"), lambda r: r.published),
        (Column("read", "Read", data=True), lambda r: r.read),
        (Column("facts", "Facts", right=True), lambda r: r.facts),
        (Column("url", "Address", data=True), lambda r: r.url),
    )
    return Listing(f"Sources: {len(rows)}", table)


def event_view(card: EventCard, labels: Labels) -> Card:
    """Return the view of an event."""
    lead = [
        Line(
            plain(f"{card.date} to {card.until}" if card.until else card.date),
            label="Date",
        ),
        Line((Piece(card.text, "", card.cited, card.confirmed is not None),)),
        Line(plain(" · ".join(labels.any(id) for id in card.about)), label="About"),
    ]
    if card.note:
        lead.append(Line((Piece(card.note, "muted"),)))
    disputes = disputes_section(card.disputed)
    return Card(
        subject=card.id,
        title=card.title,
        aside="event",
        lead=tuple(line for line in lead if line.pieces),
        facts=(
            Fact(
                "event",
                "what",
                card.title,
                card.text,
                card.date,
                card.until,
                card.cited,
                card.confirmed is not None,
                note=card.note or "",
            ),
            *(Fact("event", "about", id) for id in card.about),
        ),
        sections=(*((disputes,) if disputes else ()), sources_section(card.sources)),
        sources=card.sources,
        sources_command=f"ice-facts show {card.id} --section sources",
    )


def events_listing(events: Sequence[Event], labels: Labels) -> Listing:
    """Return the view of a list of events."""
    table = table_of(
        events,
        (Column("date", "Date"), lambda e: e.date),
        (Column("until", "Until", data=True), lambda e: e.until),
        (Column("id", "Id", data=True), lambda e: e.id),
        (Column("title", "Event"), lambda e: Piece(e.title, confirmed=e.confirmed is not None)),
        (Column("text", "What happened", data=True), lambda e: e.text),
        (Column("about", "About"), lambda e: ", ".join(labels.any(id) for id in e.about[:3])),
        SOURCES,
    )
    return Listing(f"Events: {len(events)}", table)


def period_text(number: Statistic | StatisticCard) -> str:
    """Return the period of a number in words."""
    if number.period:
        return number.period
    if number.start and number.start == number.until:
        return number.start
    return span_text(number.start, number.until)


def statistic_view(card: StatisticCard, labels: Labels) -> Card:
    """Return the view of a number."""
    amount = amount_text(
        card.value, card.unit, qualifier=card.qualifier, high=card.high, base=card.base
    )
    lead = [
        Line(
            (Piece(amount, "strong", card.cited, card.confirmed is not None),),
            label="Number",
        ),
        Line(plain(labels.place(card.jurisdiction)), label="Place"),
        Line(plain(period_text(card) or "not known"), label="Period"),
        Line(plain(card.text), label="Counts"),
    ]
    if card.base_text:
        lead.append(Line(plain(card.base_text), label="Out of"))
    if card.note:
        lead.append(Line(plain(card.note), label="Limits"))
    return Card(
        subject=card.id,
        title=card.measure[:1].upper() + card.measure[1:],
        aside="statistic",
        lead=tuple(line for line in lead if line.pieces),
        facts=(
            Fact(
                "statistic",
                card.jurisdiction,
                amount,
                f"{card.measure}. {card.text}".strip(),
                card.start,
                card.until,
                card.cited,
                card.confirmed is not None,
                note=card.note or "",
            ),
        ),
        sections=(sources_section(card.sources),),
        sources=card.sources,
        sources_command=f"ice-facts show {card.id} --section sources",
    )


def position_view(card: PositionCard, labels: Labels) -> Card:
    """Return the view of a position."""
    position = card.position
    lead = [
        Line(plain(labels.target(position)), label="On"),
        Line((Piece(position.stance, position.stance),), label="Stance"),
        Line(
            (Piece(position.text, "", position.sources, position.confirmed is not None),),
        ),
        Line(plain(position.concern), label="Concern"),
        Line(plain(position.remedy), label="Remedy"),
        Line(plain(position.date or "undated"), label="Date"),
        Line(plain(position.note), label="Note"),
    ]
    return Card(
        subject=position.id,
        title=labels.stakeholder(position.stakeholder),
        aside="position",
        lead=tuple(line for line in lead if line.pieces),
        facts=(
            Fact(
                "position",
                position.policy or position.topic or "",
                position.stance,
                position.text,
                position.date,
                None,
                position.sources,
                position.confirmed is not None,
                note=position.note or "",
            ),
        ),
        sections=(sources_section(card.sources),),
        sources=card.sources,
    )


def agreement_view(card: AgreementCard, labels: Labels) -> Card:
    """Return the view of a 287(g) agreement."""
    agreement = card.agreement
    where = ", ".join(t for t in (agreement.place, agreement.county, agreement.state) if t)
    lead = [
        Line(plain(where), label="Where"),
        Line(plain(f"{agreement.model} model"), label="Model"),
        Line(
            (
                Piece(
                    agreement.signed or "date not known",
                    "",
                    agreement.sources,
                    agreement.confirmed is not None,
                ),
            ),
            label="Signed",
        ),
        Line(plain(agreement.document), label="Document"),
        Line(plain(agreement.note), label="Note"),
    ]
    return Card(
        subject=agreement.id,
        title=agreement.agency,
        aside=f"287(g) agreement · {agreement.level}",
        lead=tuple(line for line in lead if line.pieces),
        facts=(
            Fact(
                "agreement",
                agreement.model,
                agreement.agency,
                where,
                agreement.signed,
                None,
                agreement.sources,
                agreement.confirmed is not None,
                note=agreement.note or "",
            ),
        ),
        sections=(sources_section(card.sources),),
        sources=card.sources,
    )
