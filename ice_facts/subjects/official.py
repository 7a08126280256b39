"""Officials: the terms of those who hold an office."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import field

from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import Citation, Jurisdiction, Official, Stakeholder
from ice_facts.model.answers import Answer
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Fact, Piece
from ice_facts.show.words import span_text
from ice_facts.store import Store


class Holder(Answer, frozen=True, kw_only=True):
    """A person who holds or held an office."""

    name: str
    office: str
    jurisdiction: str
    acting: bool
    start: str | None = field(name="from")
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]
    holds: bool
    """Whether the term covers the date asked about."""


def holder(official: Official, jurisdiction: str, on: str) -> Holder:
    """Return an official's term as a holder of the office."""
    return Holder(
        name=official.name,
        office=official.office,
        jurisdiction=jurisdiction,
        acting=official.acting,
        start=official.start,
        until=official.until,
        confirmed=official.confirmed,
        sources=official.sources,
        holds=holds_on(official.start, official.until, on, official.confirmed),
    )


def holders_of(store: Store, jurisdiction: str, office: str, on: str) -> tuple[Holder, ...]:
    """Return the holders of an office up to a date, newest first."""
    place = store.one(Jurisdiction, jurisdiction)
    terms: Sequence[Official] = [
        o for o in place.officials if o.office == office and began_by(o.start, on)
    ]
    return tuple(
        holder(o, jurisdiction, on)
        for o in sorted(terms, key=lambda o: first_day(o.start or "0001"), reverse=True)
    )


def offices_of(store: Store, jurisdiction: str) -> set[str]:
    """Return the ids of the offices of a jurisdiction that are stakeholders."""
    return {
        who.id
        for who in store.mentioning(Stakeholder, jurisdiction)
        if who.jurisdiction == jurisdiction and who.kind == "office"
    }


def official_title(place: Jurisdiction, official: Official) -> str:
    """Return who holds or held which office of a place."""
    acting = "acting " if official.acting else ""
    return f"{official.name}, {acting}{official.office} of {place.name}"


def holders_facts(holders: Sequence[Holder], section: str, labels: Labels) -> tuple[Fact, ...]:
    """Return the terms in an office, or the offices of a person, as facts."""
    return tuple(
        Fact(
            section,
            h.office,
            h.name + (" (acting)" if h.acting else ""),
            f"{h.office} of {labels.place(h.jurisdiction)}",
            h.start,
            h.until,
            h.sources,
            h.confirmed is not None,
            label=h.name,
        )
        for h in holders
    )


def holder_piece(holder: Holder) -> Piece:
    """Return a holder of an office with the span of the term."""
    acting = "acting, " if holder.acting else ""
    return Piece(
        f"{holder.name}, {acting}{span_text(holder.start, holder.until) or 'dates not known'}",
        "",
        holder.sources[:2],
        holder.confirmed is not None,
    )
