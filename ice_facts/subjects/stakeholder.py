"""Stakeholders: people, offices, agencies and groups that take positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

from ice_facts.ask import OfOption, Reply, Session, choice
from ice_facts.dates import began_by
from ice_facts.errors import NotFoundError
from ice_facts.model import (
    Citation,
    Claim,
    Event,
    Jurisdiction,
    Position,
    Sector,
    Source,
    Stakeholder,
    StakeholderKind,
)
from ice_facts.model.answers import Answer, filled
from ice_facts.resolve import resolve
from ice_facts.show.build import cited, fact, note_line, text_line, without_empty
from ice_facts.show.labels import Labels
from ice_facts.show.sections import confirmed_line, sources_section
from ice_facts.show.shapes import (
    SOURCES,
    Card,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    join,
    plain,
    table_of,
)
from ice_facts.show.words import count_of, span_text
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects import Room
from ice_facts.subjects.citations import citations, sources_of
from ice_facts.subjects.claim import claims_about, claims_section
from ice_facts.subjects.event import events_about, events_section
from ice_facts.subjects.official import (
    Holder,
    holder,
    holder_piece,
    holders_facts,
    holders_of,
    newest_terms,
)
from ice_facts.subjects.position.card import positions_section
from ice_facts.subjects.position.rows import positions_of, rows_of_stakeholder


class StakeholderCard(Answer, frozen=True, kw_only=True):
    """Everything the store knows about one stakeholder on one date."""

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    jurisdiction: str | None
    about: str
    offices: tuple[Holder, ...]
    holders: tuple[Holder, ...]
    positions: tuple[Position, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    sector: str | None
    as_of: str
    confirmed: str | None
    note: str | None
    cited: tuple[Citation, ...]
    other_positions: int
    """How many more there are of an office's holders, in office, and in the articles' tables."""


class StakeholderRow(Answer, frozen=True, kw_only=True):
    """A stakeholder in a list."""

    id: str
    name: str
    kind: str
    sector: str | None
    jurisdiction: str | None
    positions: int
    about: str
    sources: tuple[Citation, ...]


def stakeholder_card(store: Store, id: str, on: str) -> StakeholderCard:
    """Return everything the store knows about a stakeholder on a date.

    An office's ``holders`` are those of its jurisdiction's officials, a person's ``offices`` the
    terms that any jurisdiction records under the person's name.
    """
    who = store.one(Stakeholder, id)
    offices = _terms_of(store, who, on) if who.kind == "person" else ()
    holders = (
        holders_of(store, who.office.jurisdiction, who.office.office, on) if who.office else ()
    )
    positions = positions_of(store, on, stakeholder=id)
    claims = claims_about(store, stakeholder=id)
    events = events_about(store, on, stakeholder=id)
    stated = (who.sources, holders, offices, positions, claims, events)
    return filled(
        StakeholderCard,
        who,
        offices=offices,
        holders=holders,
        positions=positions,
        claims=claims,
        events=events,
        as_of=on,
        cited=tuple(citations(who.sources)),
        other_positions=len(rows_of_stakeholder(store, id, on)) - len(positions),
        sources=sources_of(store, stated),
    )


def _terms_of(store: Store, person: Stakeholder, on: str) -> tuple[Holder, ...]:
    """Return the terms that any jurisdiction records under a person's name, newest first."""
    keys = {key_of(name) for name in (person.name, *person.aliases)}
    return newest_terms(
        holder(official, place.id, on)
        for place in store.all(Jurisdiction)
        for official in place.officials
        if began_by(official.start, on) and key_of(official.name) in keys
    )


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
    from ice_facts.store.documents import having

    query = having(kind=kind, sector=sector, jurisdiction=jurisdiction)
    found = store.where(Stakeholder, query)
    if not found:
        raise NotFoundError("no stakeholder in the store fits these filters")
    counts = Counter(p.stakeholder for p in store.all(Position) if began_by(p.date, on))
    return [filled(StakeholderRow, who, positions=counts[who.id]) for who in found]


def stakeholder_view(card: StakeholderCard, labels: Labels) -> Card:
    """Return the view of a stakeholder's card."""
    command = f"ice-facts stakeholder {card.id}"
    positions = positions_section(
        card.positions,
        labels,
        f"{command} --section positions",
        by=labels.target,
        column="On",
    )
    sections = [
        _holders_section(card, labels),
        # A stakeholder's positions are what the card is for: the table comes at once.
        Section(
            "positions",
            positions.title,
            positions.facts,
            positions.lines if card.positions or not card.other_positions else _others(card),
            positions.table,
            tabular=0 < len(card.positions) <= 12,
            more=f"ice-facts positions {card.id}" if card.other_positions else positions.more,
        ),
        claims_section(card.claims, f"ice-facts claims --about {card.id}"),
        events_section(card.events, f"ice-facts timeline {card.id}" if _dated(card) else ""),
        sources_section(card.sources),
    ]
    place = labels.place(card.jurisdiction) if card.jurisdiction else ""
    return Card(
        subject=card.id,
        title=card.name,
        aside=" · ".join(part for part in (card.kind, card.sector or "", place) if part),
        lead=_lead(card, labels),
        facts=_facts(card),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def _dated(card: StakeholderCard) -> bool:
    """Return True if a timeline of the stakeholder has entries."""
    return bool(card.events or any(h.start for h in (*card.holders, *card.offices)))


def _others(card: StakeholderCard) -> tuple[Line, ...]:
    text = "of its holders or in the articles' tables; none as its own"
    count = count_of(card.other_positions, "position")
    return (text_line(f"{count} {text}", "Positions"),)


def _lead(card: StakeholderCard, labels: Labels) -> tuple[Line, ...]:
    confirmed = [card.confirmed, *(p.confirmed for p in card.positions)]
    return without_empty(
        Line((cited(card.about, card),)),
        Line(join((_office_piece(h, labels),) for h in card.offices[:3]), "Offices"),
        note_line(card.note),
        confirmed_line(card.as_of, confirmed),
    )


def _office_piece(holder: Holder, labels: Labels) -> Piece:
    office = f"acting {holder.office}" if holder.acting else holder.office
    span = span_text(holder.start, holder.until) or "dates not known"
    return cited(f"{office} of {labels.place(holder.jurisdiction)}, {span}", holder, most=2)


def _facts(card: StakeholderCard) -> tuple[Fact, ...]:
    place = card.jurisdiction
    return (
        Fact("stakeholder", "name", card.name),
        Fact("stakeholder", "kind", card.kind),
        fact("stakeholder", "about", "", card.about, of=card, note=""),
        *((Fact("stakeholder", "jurisdiction", place),) if place else ()),
    )


def _holders_section(card: StakeholderCard, labels: Labels) -> Section | None:
    facts = (
        *holders_facts("holder", card.holders, labels),
        *holders_facts("office", card.offices, labels),
    )
    if not facts:
        return None
    now = join((holder_piece(h),) for h in card.holders if h.holds)
    if card.kind == "office" and not now:
        now = plain("who holds it is not recorded for this date")
    before = [h for h in card.holders if not h.holds]
    lines = without_empty(
        Line(now, "Holds it"), Line(join((holder_piece(h),) for h in before[:4]), "Before")
    )
    title = "Holders of the office" if card.holders else "Offices held"
    return Section("holders", f"{title} ({len(facts)})", facts, lines)


def stakeholders_listing(rows: Sequence[StakeholderRow], labels: Labels) -> ListView:
    """Return the view of a list of stakeholders."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name"), lambda r: r.name),
        (Column("kind", "Kind"), lambda r: r.kind),
        (Column("sector", "Sector", spare=2), lambda r: r.sector),
        (Column("jurisdiction", "Of", data=True), lambda r: r.jurisdiction),
        (
            Column("of", "Of", drawn=True, spare=1),
            lambda r: labels.place(r.jurisdiction) if r.jurisdiction else None,
        ),
        (Column("positions", "Positions", right=True), lambda r: r.positions),
        (Column("about", "About", data=True), lambda r: r.about),
        SOURCES,
    )
    return ListView(f"Stakeholders: {len(rows)}", table)


def ask_stakeholders(
    session: Session,
    *,
    kind: Annotated[
        str | None, choice("--kind", StakeholderKind, "person, office, agency, …")
    ] = None,
    sector: Annotated[
        str | None, choice("--sector", Sector, "government, advocacy, business, …")
    ] = None,
    of: OfOption = None,
) -> Reply:
    """List stakeholders."""
    rows = list_stakeholders(
        session.store,
        session.on,
        kind=kind,
        sector=sector,
        jurisdiction=resolve(session.store, of, (Jurisdiction,)).id if of else None,
    )
    return Reply(rows, stakeholders_listing)


ROOM = Room(stakeholder_card, stakeholder_view)
