"""The card of a stakeholder, and lists of stakeholders."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.results.cards import StakeholderCard
from ice_facts.results.rows import StakeholderRow
from ice_facts.view import (
    SOURCES,
    Card,
    Column,
    Fact,
    Line,
    Listing,
    Piece,
    Section,
    count_of,
    join,
    plain,
    span_text,
    table_of,
)
from ice_facts.views.labels import Labels
from ice_facts.views.sections import (
    claims_section,
    confirmed_line,
    events_section,
    holder_piece,
    holders_facts,
    positions_section,
    sources_section,
)


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
        events_section(
            card.events,
            f"ice-facts timeline {card.id}" if _dated(card) else "",
        ),
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
    """Tell whether a timeline of the stakeholder has entries."""
    return bool(card.events or any(h.start for h in (*card.holders, *card.offices)))


def _others(card: StakeholderCard) -> tuple[Line, ...]:
    text = "of its holders or in the articles' tables; none as its own"
    count = count_of(card.other_positions, "position")
    return (Line(plain(f"{count} {text}"), label="Positions"),)


def _lead(card: StakeholderCard, labels: Labels) -> tuple[Line, ...]:
    lines = [Line((Piece(card.about, "", card.cited, card.confirmed is not None),))]
    if card.offices:
        terms = [
            (
                Piece(
                    f"{'acting ' if h.acting else ''}{h.office} of {labels.place(h.jurisdiction)},"
                    f" {span_text(h.start, h.until) or 'dates not known'}",
                    "",
                    h.sources[:2],
                    h.confirmed is not None,
                ),
            )
            for h in card.offices[:3]
        ]
        lines.append(Line(join(terms), label="Offices"))
    if card.note:
        lines.append(Line((Piece(card.note, "muted"),)))
    confirmed = [card.confirmed, *(p.confirmed for p in card.positions)]
    lines.append(confirmed_line(card.as_of, confirmed, card.sources))
    return tuple(lines)


def _facts(card: StakeholderCard) -> tuple[Fact, ...]:
    facts = [
        Fact("stakeholder", "name", card.name),
        Fact("stakeholder", "kind", card.kind),
        Fact(
            "stakeholder",
            "about",
            "",
            card.about,
            sources=card.cited,
            confirmed=card.confirmed is not None,
        ),
    ]
    if card.jurisdiction:
        facts.append(Fact("stakeholder", "jurisdiction", card.jurisdiction))
    return tuple(facts)


def _holders_section(card: StakeholderCard, labels: Labels) -> Section | None:
    facts = holders_facts(card.holders, "holder", labels) + holders_facts(
        card.offices, "office", labels
    )
    if not facts:
        return None
    now = [h for h in card.holders if h.holds]
    lines: list[Line] = []
    if now:
        lines.append(Line(join((holder_piece(h),) for h in now), label="Holds it"))
    before = [h for h in card.holders if not h.holds]
    if before:
        lines.append(Line(join((holder_piece(h),) for h in before[:4]), label="Before"))
    if card.kind == "office" and not now:
        lines.insert(
            0,
            Line(plain("who holds it is not recorded for this date"), label="Holds it"),
        )
    title = "Holders of the office" if card.holders else "Offices held"
    return Section("holders", f"{title} ({len(facts)})", facts, tuple(lines))


def stakeholders_listing(rows: Sequence[StakeholderRow], labels: Labels) -> Listing:
    """Return the view of a list of stakeholders."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name"), lambda r: r.name),
        (Column("kind", "Kind"), lambda r: r.kind),
        (Column("sector", "Sector"), lambda r: r.sector),
        (Column("jurisdiction", "Of", data=True), lambda r: r.jurisdiction),
        (
            Column("of", "Of", drawn=True),
            lambda r: labels.place(r.jurisdiction) if r.jurisdiction else None,
        ),
        (Column("positions", "Positions", right=True), lambda r: r.positions),
        (Column("about", "About", data=True), lambda r: r.about),
        SOURCES,
    )
    return Listing(f"Stakeholders: {len(rows)}", table)
