"""Events: what happened, with its date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ice_facts.ask import AboutOption, FromOption, Reply, Session, ToOption
from ice_facts.dates import began_by, first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Dispute, Event, Jurisdiction, Policy, Source, Stakeholder
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import resolve
from ice_facts.show.build import cited, fact, labelled, note_line, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import disputes_section, sources_section
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
from ice_facts.store import Ids, Store
from ice_facts.subjects import Room
from ice_facts.subjects.citations import citations, sources_of
from ice_facts.subjects.policy.brief import PolicyBrief


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
    return filled(
        EventCard,
        event,
        cited=tuple(citations(event.sources)),
        sources=sources_of(store, event.sources, event.disputed),
    )


def events_about(
    store: Store, on: str, *, jurisdiction: Ids = (), policy: Ids = (), stakeholder: Ids = ()
) -> tuple[Event, ...]:
    """Return the events about some records that had begun by a date, newest first."""
    events = store.referring(
        Event, jurisdiction=jurisdiction, policy=policy, stakeholder=stakeholder
    )
    begun = [event for event in events if began_by(event.date, on)]
    return tuple(sorted(begun, key=_event_order, reverse=True))


def _event_order(event: Event) -> tuple[str, str]:
    return first_day(event.date), event.id


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
    events: Iterable[Event] = store.all(Event)
    if about:
        policies = [about, *(policy.id for policy in store.referring(Policy, jurisdiction=about))]
        events = store.referring(Event, jurisdiction=about, policy=policies, stakeholder=about)
    found = [
        event
        for event in events
        if began_by(event.date, on)
        and (not start or first_day(event.date) >= first_day(start))
        and (not end or began_by(event.date, end))
    ]
    if not found:
        raise NotFoundError("no event in the store fits these filters")
    return sorted(found, key=_event_order)


def event_view(card: EventCard, labels: Labels) -> Card:
    """Return the view of an event."""
    disputes = disputes_section(card.disputed)
    return Card(
        subject=card.id,
        title=card.title,
        aside="event",
        lead=without_empty(
            text_line(f"{card.date} to {card.until}" if card.until else card.date, "Date"),
            Line((cited(card.text, card),)),
            text_line(" · ".join(labels.any(id) for id in card.about), "About"),
            note_line(card.note),
        ),
        facts=(
            fact("event", "what", card.title, card.text, of=card, start=card.date),
            *(Fact("event", "about", id) for id in card.about),
        ),
        sections=(*((disputes,) if disputes else ()), sources_section(card.sources)),
        sources=card.sources,
        sources_command=f"ice-facts show {card.id} --section sources",
    )


NO_EVENT = plain("no event recorded")

_LAWS = ("ordinance", "statute", "regulation", "executive order", "directive", "resolution")
"""Kinds of policies that begin to hold on a day."""


def events_section(
    events: Sequence[Event], more: str, *, shown: int = 3, laws: Sequence[PolicyBrief] = ()
) -> Section:
    """Return the section on events, newest first.

    The short form tells also since when ``laws`` of the place hold, but for those of which an event
    of that year tells.
    """
    dated: list[tuple[str, str, Event | PolicyBrief]] = [(e.date, e.title, e) for e in events]
    told = {(id, event.date[:4]) for event in events for id in event.about}
    for law in laws:
        day = law.effective or law.enacted
        if day and law.kind in _LAWS and (law.id, day[:4]) not in told:
            verb = "takes effect" if law.effective else "is enacted"
            dated.append((day, f"{law.short} {verb}", law))
    dated.sort(key=lambda entry: first_day(entry[0]), reverse=True)
    latest = [
        (Piece(day, "muted"), glue(f"  {title}"), cited("", of, most=2))
        for day, title, of in dated[:shown]
    ]
    facts = tuple(
        fact("event", e.id, e.title, e.text, of=e, start=e.date, label=e.date) for e in events
    )
    return Section(
        "events",
        f"Events ({len(events)})",
        facts,
        labelled("Latest", latest or [NO_EVENT]),
        more=more,
    )


def events_listing(events: Sequence[Event], labels: Labels) -> ListView:
    """Return the view of a list of events."""
    table = table_of(
        events,
        (Column("date", "Date"), lambda e: e.date),
        (Column("until", "Until", data=True), lambda e: e.until),
        (Column("id", "Id", data=True), lambda e: e.id),
        (Column("title", "Event"), lambda e: cited(e.title, e, most=0)),
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
