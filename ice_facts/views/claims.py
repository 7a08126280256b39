"""The cards of claims and topics, and lists of them."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.model import Citation, Claim
from ice_facts.results.cards import ClaimCard, TopicCard
from ice_facts.results.rows import TopicRow
from ice_facts.view import (
    Card,
    Column,
    Fact,
    Line,
    Listing,
    Piece,
    Section,
    glue,
    join,
    plain,
    table_of,
)
from ice_facts.views.labels import Labels
from ice_facts.views.sections import (
    claims_section,
    holder_piece,
    policies_section,
    positions_section,
    sources_section,
    table_row,
)


def claim_view(card: ClaimCard, labels: Labels) -> Card:
    """Return the view of a claim: the statement, who says it where, the verdict and why."""
    where = Citation(id=card.article, locator=f"{card.section}: {card.locator}")
    lead = [
        Line((Piece(card.text, "strong"),)),
        Line((Piece(f"{card.section}, {card.locator}", "", (where,)),), label="Where"),
        Line(plain(card.attributed_to), label="Said by"),
    ]
    if card.columns:
        cells = " · ".join(f"{title}: {cell}" for title, cell in card.columns.items())
        lead.append(Line(plain(cells), label="Table row"))
    if card.time:
        lead.append(Line(plain(card.time), label="Time"))
    lead.append(
        Line(
            (
                Piece(card.check.status, card.check.status, card.check.sources),
                glue(f" {card.check.note}"),
            ),
            label="Record",
        )
    )
    if card.holders:
        lead.append(
            Line(
                join(
                    (
                        glue(f"{h.office} of {labels.place(h.jurisdiction)}: "),
                        holder_piece(h),
                    )
                    for h in card.holders
                ),
                label=f"On {card.as_of}",
            )
        )
    about = [
        *(labels.place(id) for id in card.about.jurisdictions),
        *(labels.policy(id) for id in card.about.policies),
        *(labels.stakeholder(id) for id in card.about.stakeholders),
        *(labels.topic(id) for id in card.about.topics),
    ]
    if about:
        lead.append(Line(plain(" · ".join(about)), label="About"))
    return Card(
        subject=card.id,
        title=f"Claim {card.id}",
        aside=" · ".join((card.kind, labels.article(card.article))),
        lead=tuple(lead),
        facts=_claim_facts(card, where),
        sections=(sources_section(card.sources),),
        sources=card.sources,
        sources_command=f"ice-facts claim {card.id} --section sources",
    )


def _claim_facts(card: ClaimCard, where: Citation) -> tuple[Fact, ...]:
    facts = [
        Fact("claim", card.kind, "", card.text, sources=(where,)),
        Fact("claim", "said-by", card.attributed_to),
        Fact("check", card.check.status, "", card.check.note, sources=card.check.sources),
    ]
    if card.value is not None:
        facts.append(
            Fact(
                "claim",
                "value",
                f"{card.value} {card.unit or ''}".strip(),
                sources=(where,),
            )
        )
    if card.time:
        facts.append(Fact("claim", "time", card.time))
    facts += [Fact("cell", title, cell, sources=(where,)) for title, cell in card.columns.items()]
    for key in ("jurisdictions", "policies", "stakeholders", "topics"):
        facts += [Fact("about", key, id) for id in getattr(card.about, key)]
    return tuple(facts)


def claims_listing(claims: Sequence[Claim]) -> Listing:
    """Return the view of a list of claims."""
    table = table_of(
        claims,
        (Column("id", "Id"), lambda c: c.id),
        (Column("status", "Record"), lambda c: Piece(c.check.status, c.check.status)),
        (Column("kind", "Kind"), lambda c: c.kind),
        (Column("text", "Claim"), lambda c: c.text),
        (Column("attributed_to", "Said by", data=True), lambda c: c.attributed_to),
        (Column("note", "Why"), lambda c: c.check.note),
        (Column("article", "Article", data=True), lambda c: c.article),
        (Column("section", "Section", data=True), lambda c: c.section),
        (Column("locator", "Locator", data=True), lambda c: c.locator),
        (Column("columns", "Table row", data=True), table_row),
        (Column("sources", "Sources", data=True), lambda c: Piece("", sources=c.check.sources)),
    )
    return Listing(
        f"Claims: {len(claims)}",
        table,
        ("'ice-facts claim ID' shows a claim with its sources.",),
    )


def topic_view(card: TopicCard, labels: Labels) -> Card:
    """Return the view of a topic's card."""
    command = f"ice-facts topic {card.id}"
    terms = Section(
        "terms",
        f"Terms ({len(card.terms)})",
        tuple(
            Fact(
                "term",
                t.id,
                t.term,
                t.text,
                sources=t.sources,
                confirmed=t.confirmed is not None,
                label=t.term,
            )
            for t in card.terms
        ),
        (Line(plain(" · ".join(t.term for t in card.terms) or "none"), label="Terms"),),
    )
    rows = [c for c in card.claims if c.columns]
    table_rows = Section(
        "table-rows",
        f"Table rows of the articles ({len(rows)})",
        tuple(
            Fact(
                "table-row",
                c.id,
                c.check.status,
                table_row(c),
                sources=(Citation(id=c.article, locator=f"{c.section}: {c.locator}"),),
                label=c.id,
                tone=c.check.status,
            )
            for c in rows
        ),
        tuple(
            Line(
                (
                    Piece(" | ".join(c.columns.values())),
                    glue(f" ({c.id})  "),
                    Piece(c.check.status, c.check.status, c.check.sources[:2]),
                ),
                label="" if n else "Table rows",
            )
            for n, c in enumerate(rows[:4])
        ),
        more=f"{command} --section table-rows" if rows else "",
    )
    sections = [
        positions_section(
            card.positions,
            labels,
            f"ice-facts positions {card.id}",
            by=lambda p: labels.stakeholder(p.stakeholder),
            column="Who",
        ),
        claims_section(card.claims, f"ice-facts claims --topic {card.id}"),
        table_rows if rows else None,
        policies_section(card.policies, f"{command} --section policies", shown=4),
        terms,
        sources_section(card.sources),
    ]
    lead = [
        Line(plain(card.text)),
        Line((Piece(f"As of {card.as_of}", "muted"),)),
    ]
    return Card(
        subject=card.id,
        title=card.name,
        aside="topic",
        lead=tuple(lead),
        facts=(Fact("topic", "definition", "", card.text),),
        sections=tuple(s for s in sections if s is not None),
        sources=card.sources,
        sources_command=f"{command} --section sources",
    )


def topics_listing(rows: Sequence[TopicRow]) -> Listing:
    """Return the view of a list of topics."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name", data=True), lambda r: r.name),
        (Column("positions", "Positions", right=True), lambda r: r.positions),
        (Column("claims", "Claims", right=True), lambda r: r.claims),
        (Column("text", "What it is about"), lambda r: r.text),
    )
    return Listing(f"Topics: {len(rows)}", table)
