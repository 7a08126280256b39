"""Questions about terms, sources, events and statistics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from ice_facts.dates import first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    TABLES,
    Agreement,
    Citation,
    Claim,
    Event,
    Jurisdiction,
    Official,
    Policy,
    Population,
    Position,
    Record,
    Rule,
    Source,
    Statistic,
    Term,
)
from ice_facts.queries.facts import began_by, brief, citations, newest_first, sources_of
from ice_facts.results.cards import (
    AgreementCard,
    EventCard,
    PositionCard,
    SourceCard,
    StatisticCard,
    TermCard,
)
from ice_facts.results.parts import CitingFact
from ice_facts.results.rows import SourceRow
from ice_facts.store import TABLE_OF, Store


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


def event_card(store: Store, id: str, on: str) -> EventCard:
    """Return one event with the sources that report it."""
    event = store.one(Event, id)
    return EventCard(
        id=id,
        date=event.date,
        until=event.until,
        title=event.title,
        text=event.text,
        about=event.about,
        confirmed=event.confirmed,
        note=event.note,
        cited=tuple(citations(event.sources)),
        disputed=event.disputed,
        sources=sources_of(store, event.sources, event.disputed),
    )


def statistic_card(store: Store, id: str, on: str) -> StatisticCard:
    """Return one number with everything that says what it counts."""
    number = store.one(Statistic, id)
    return StatisticCard(
        id=id,
        measure=number.measure,
        value=number.value,
        high=number.high,
        qualifier=number.qualifier,
        unit=number.unit,
        jurisdiction=number.jurisdiction,
        start=number.start,
        until=number.until,
        period=number.period,
        text=number.text,
        base=number.base,
        base_text=number.base_text,
        confirmed=number.confirmed,
        note=number.note,
        cited=tuple(citations(number.sources)),
        sources=sources_of(store, number.sources),
    )


def source_card(store: Store, id: str, on: str) -> SourceCard:
    """Return a document and the facts that rest on it."""
    source = store.one(Source, id)
    facts = tuple(
        CitingFact(table=TABLE_OF[cls], id=record.id, fact=fact, locator=locator)
        for cls in TABLES.values()
        if cls is not Source
        for record in store.mentioning(cls, id)
        for cited, fact, locator in facts_of(record)
        if cited == id
    )
    return SourceCard(
        id=id,
        title=source.title,
        publisher=source.publisher,
        kind=source.kind,
        url=source.url,
        published=source.published,
        read=source.read,
        note=source.note,
        facts=facts,
    )


_FACT_FIELDS = (
    "text",
    "about",
    "title",
    "name",
    "summary",
    "value",
    "printed_as",
    "measure",
)


def facts_of(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield source id, fact and locator for every citation in a record."""
    if isinstance(record, Claim):
        yield record.article, record.text, f"{record.section}: {record.locator}"

    def walk(value: Any, fact: str) -> Iterator[tuple[str, str, str]]:
        if isinstance(value, Citation):
            yield value.id, fact, value.locator
        elif isinstance(value, list | tuple):
            for item in value:
                yield from walk(item, fact)
        elif isinstance(value, Struct):
            own = _fact_text(value) or fact
            for name in value.__struct_fields__:
                yield from walk(getattr(value, name), own)

    yield from walk(record, record.id)


def _fact_text(value: Struct) -> str:
    """Return what a part of a record says in words; empty where it has none of its own."""
    match value:
        case Official():
            return f"{value.name}, {value.office}"
        case Rule():
            return f"{value.dimension}, {value.stance}: {value.text}"
        case Population():
            return f"population: {value.value:,} ({value.as_of})"
    texts = (getattr(value, name, None) for name in _FACT_FIELDS)
    return next((text for text in texts if isinstance(text, str) and text), "")


def position_card(store: Store, id: str, on: str) -> PositionCard:
    """Return one position with the sources that report it."""
    position = store.one(Position, id)
    return PositionCard(position=position, sources=sources_of(store, position))


def agreement_card(store: Store, id: str, on: str) -> AgreementCard:
    """Return one 287(g) agreement with the list that names it."""
    agreement = store.one(Agreement, id)
    return AgreementCard(agreement=agreement, sources=sources_of(store, agreement))


def list_terms(store: Store) -> list[Term]:
    """List the glossary."""
    return store.all(Term)


def list_sources(
    store: Store,
    *,
    kind: str | None = None,
    publisher: str | None = None,
    year: str | None = None,
    once: bool = False,
    unread: bool = False,
    undated: bool = False,
    on: str,
) -> list[SourceRow]:
    """List sources with the number of facts that rest on each.

    Args:
        store: Where to look.
        kind: Only sources of this kind.
        publisher: Only sources whose publisher's name contains this text.
        year: Only sources published in this year.
        once: Only sources on which a single fact rests.
        unread: Only sources that nobody has read; facts that rest on them alone are unconfirmed.
        undated: Only sources without a date of publication.
        on: Only sources published by this date; those without a date are always there.

    Raises:
        NotFoundError: No source fits.
    """
    counts = store.citations()
    rows = [
        SourceRow(
            id=s.id,
            title=s.title,
            publisher=s.publisher,
            kind=s.kind,
            published=s.published,
            read=s.read,
            facts=counts.get(s.id, 0),
            url=s.url,
        )
        for s in store.all(Source)
        if (not kind or s.kind == kind)
        and (not publisher or publisher.casefold() in s.publisher.casefold())
        and (not year or (s.published or "").startswith(year))
        and (not once or counts.get(s.id) == 1)
        and not (unread and s.read)
        and not (undated and s.published)
        and began_by(s.published, on)
    ]
    if not rows:
        raise NotFoundError("no source in the store fits these filters")
    return rows


def list_events(
    store: Store,
    on: str,
    *,
    about: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> list[Event]:
    """List events that had begun by a date, oldest first.

    Args:
        store: Where to look.
        on: The date of the answer.
        about: Only events about the record with this id; for a place also events about its
            policies.
        start: Only events from this partial date on.
        end: Only events up to the end of this partial date.

    Raises:
        NotFoundError: No event fits.
    """
    ids = {about} if about else set()
    if about and store.get(Jurisdiction, about):
        ids |= {
            p.id
            for p in store.mentioning(Policy, about)
            if p.jurisdiction == about or about in p.concerns
        }
    events = [
        e
        for e in (store.mentioning(Event, *ids) if ids else store.all(Event))
        if began_by(e.date, on)
        and (not ids or ids.intersection(e.about))
        and (not start or first_day(e.date) >= first_day(start))
        and (not end or began_by(e.date, end))
    ]
    if not events:
        raise NotFoundError("no event in the store fits these filters")
    return sorted(events, key=lambda e: (first_day(e.date), e.id))
