"""Questions about stakeholders: the card of one, and lists of them."""

from __future__ import annotations

from collections import Counter

from ice_facts.dates import first_day
from ice_facts.errors import NotFoundError
from ice_facts.model import Claim, Event, Jurisdiction, Position, Stakeholder
from ice_facts.queries.facts import (
    began_by,
    citations,
    holder,
    holders_of,
    positions_by,
    sources_of,
)
from ice_facts.queries.positions import stakeholder_rows
from ice_facts.results.cards import StakeholderCard
from ice_facts.results.parts import Holder
from ice_facts.results.rows import StakeholderRow
from ice_facts.spelling import key_of
from ice_facts.store import Store
from ice_facts.vocabulary import STATUS_ORDER


def stakeholder_card(store: Store, id: str, on: str) -> StakeholderCard:
    """Return everything the store knows about a stakeholder on a date.

    An office's ``holders`` are those of its jurisdiction's officials, a person's ``offices`` the
    terms that any jurisdiction records under the person's name.
    """
    who = store.one(Stakeholder, id)
    holders: tuple[Holder, ...] = ()
    if who.office:
        holders = holders_of(store, who.office.jurisdiction, who.office.office, on)
    offices = _terms_of(store, who, on) if who.kind == "person" else ()
    positions = positions_by((p for p in store.mentioning(Position, id) if p.stakeholder == id), on)
    claims = sorted(
        (c for c in store.mentioning(Claim, id) if id in c.about.stakeholders),
        key=lambda c: (STATUS_ORDER.index(c.check.status), c.id),
    )
    events = sorted(
        (e for e in store.mentioning(Event, id) if id in e.about and began_by(e.date, on)),
        key=lambda e: (first_day(e.date), e.id),
        reverse=True,
    )
    return StakeholderCard(
        id=id,
        name=who.name,
        aliases=who.aliases,
        kind=who.kind,
        sector=who.sector,
        jurisdiction=who.jurisdiction,
        about=who.about,
        offices=offices,
        holders=holders,
        positions=positions,
        claims=tuple(claims),
        events=tuple(events),
        as_of=on,
        confirmed=who.confirmed,
        note=who.note,
        cited=tuple(citations(who.sources)),
        other_positions=len(stakeholder_rows(store, id, on)) - len(positions),
        sources=sources_of(store, who.sources, holders, offices, positions, claims, events),
    )


def _terms_of(store: Store, person: Stakeholder, on: str) -> tuple[Holder, ...]:
    keys = {key_of(name) for name in (person.name, *person.aliases)}
    terms = [
        holder(official, place.id, on)
        for place in store.all(Jurisdiction)
        for official in place.officials
        if began_by(official.start, on) and key_of(official.name) in keys
    ]
    return tuple(sorted(terms, key=lambda t: first_day(t.start or "0001"), reverse=True))


def list_stakeholders(
    store: Store,
    on: str,
    *,
    kind: str | None = None,
    sector: str | None = None,
    jurisdiction: str | None = None,
) -> list[StakeholderRow]:
    """List stakeholders with the number of their positions taken by a date.

    Raises:
        NotFoundError: No stakeholder fits the filters.
    """
    counts = Counter(p.stakeholder for p in store.all(Position) if began_by(p.date, on))
    rows = [
        StakeholderRow(
            id=who.id,
            name=who.name,
            kind=who.kind,
            sector=who.sector,
            jurisdiction=who.jurisdiction,
            positions=counts[who.id],
            about=who.about,
            sources=who.sources,
        )
        for who in store.all(Stakeholder)
        if (not kind or who.kind == kind)
        and (not sector or who.sector == sector)
        and (not jurisdiction or who.jurisdiction == jurisdiction)
    ]
    if not rows:
        raise NotFoundError("no stakeholder in the store fits these filters")
    return rows
