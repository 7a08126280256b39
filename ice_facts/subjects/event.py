"""Events: what happened, with its date."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.ask import AboutOption, FromOption, Reply, Session, ToOption
from ice_facts.dates import began_by, first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Dispute, Event, Jurisdiction, Policy, Source, Stakeholder
from ice_facts.model.answers import Answer
from ice_facts.resolve import resolve
from ice_facts.show.labels import Labels
from ice_facts.show.sections import _marks, disputes_section, sources_section
from ice_facts.show.shapes import (
    SOURCES,
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
from ice_facts.subjects.citations import citations, sources_of


class EventCard(Answer, frozen=True, kw_only=True):
    """One event with what it is about."""

    id: str
    date: str
    until: str | None
    title: str
    text: str
    about: tuple[str, ...]
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    disputed: tuple[Dispute, ...]
    sources: tuple[Source, ...]


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


def events_listing(events: Sequence[Event], labels: Labels) -> ListView:
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
    return ListView(f"Events: {len(events)}", table)


def ask_events(
    session: Session,
    *,
    about: AboutOption = None,
    start: FromOption = None,
    end: ToOption = None,
) -> Reply:
    """List events."""
    subjects = (Jurisdiction, Policy, Stakeholder)
    rows = list_events(
        session.store,
        session.on,
        about=resolve(session.store, about, subjects).id if about else None,
        start=start,
        end=end,
    )
    return Reply(rows, events_listing)


ROOM = Room(event_card, event_view)


def events_section(events: Sequence[Event], more: str, *, shown: int = 3) -> Section:
    """Return the section on events, newest first."""
    lines = [
        Line(
            (Piece(event.date, "muted"), glue(f"  {event.title}"), _marks(event)),
            label="" if n else "Latest",
        )
        for n, event in enumerate(events[:shown])
    ] or [Line(plain("no event recorded"), label="Latest")]
    facts = tuple(
        Fact(
            "event",
            event.id,
            event.title,
            event.text,
            event.date,
            event.until,
            event.sources,
            event.confirmed is not None,
            label=event.date,
            note=event.note or "",
        )
        for event in events
    )
    return Section("events", f"Events ({len(events)})", facts, tuple(lines), more=more)
