"""Officials: the terms of those who hold an office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import field

from ice_facts.dates import began_by, first_day, holds_on
from ice_facts.model import Citation, Jurisdiction, Official, Stakeholder
from ice_facts.model.answers import Answer, filled
from ice_facts.show.build import cited, fact
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Fact, Piece
from ice_facts.show.words import span_text
from ice_facts.store import Store
from ice_facts.vocabulary import office_rank


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
    """True if the term covers the date of the answer."""


def officials_on(place: Jurisdiction, on: str) -> tuple[Official, ...]:
    """Return the officials of a place whose terms cover a date, the heads first."""
    found = [o for o in place.officials if holds_on(o.start, o.until, on, o.confirmed)]
    return tuple(sorted(found, key=lambda o: (office_rank(o.office), o.name)))


def holder(official: Official, jurisdiction: str, on: str) -> Holder:
    """Return an official's term as a holder of the office."""
    holds = holds_on(official.start, official.until, on, official.confirmed)
    return filled(Holder, official, jurisdiction=jurisdiction, holds=holds)


def holders_of(store: Store, jurisdiction: str, office: str, on: str) -> tuple[Holder, ...]:
    """Return the holders of an office up to a date, newest first."""
    officials = store.one(Jurisdiction, jurisdiction).officials
    return newest_terms(
        holder(o, jurisdiction, on)
        for o in officials
        if o.office == office and began_by(o.start, on)
    )


def newest_terms(holders: Iterable[Holder]) -> tuple[Holder, ...]:
    """Sort terms of office by their start, newest first; terms without one come last."""
    return tuple(sorted(holders, key=lambda h: first_day(h.start or "0001"), reverse=True))


def offices_of(store: Store, jurisdiction: str) -> set[str]:
    """Return the ids of the offices of a jurisdiction that are stakeholders."""
    stakeholders = store.referring(Stakeholder, jurisdiction=jurisdiction)
    return {who.id for who in stakeholders if who.kind == "office"}


def official_title(place: Jurisdiction, official: Official) -> str:
    """Return the name and the office of an official, as a title."""
    acting = "acting " if official.acting else ""
    return f"{official.name}, {acting}{official.office} of {place.name}"


def holders_facts(section: str, holders: Sequence[Holder], labels: Labels) -> tuple[Fact, ...]:
    """Return the terms in an office, or the offices of a person, as facts."""
    return tuple(
        fact(
            section,
            h.office,
            name_of(h),
            f"{h.office} of {labels.place(h.jurisdiction)}",
            of=h,
            label=h.name,
        )
        for h in holders
    )


def name_of(official: Official | Holder) -> str:
    """Return the name of an official, marked where the office is held for somebody else."""
    return official.name + (" (acting)" if official.acting else "")


def holder_piece(holder: Holder) -> Piece:
    """Return a holder of an office with the span of the term."""
    acting = "acting, " if holder.acting else ""
    span = span_text(holder.start, holder.until) or "dates not known"
    return cited(f"{holder.name}, {acting}{span}", holder, most=2)
