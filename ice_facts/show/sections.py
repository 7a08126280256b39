"""Sections that several cards share: positions, claims, events, policies, disputes, sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ice_facts.dates import first_day
from ice_facts.model import Citation, Claim, Dispute, Event, Position, Source
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import (
    Cell,
    Column,
    Fact,
    Line,
    Piece,
    Section,
    Table,
    glue,
    join,
    plain,
    table_of,
)
from ice_facts.show.words import count_of, span_text
from ice_facts.subjects.official import Holder
from ice_facts.subjects.policy.brief import PolicyBrief
from ice_facts.vocabulary import STANCE_ORDER, STATUS_ORDER

VERBS = {
    "supports": "support",
    "opposes": "oppose",
    "mixed": "mixed",
    "neutral": "neutral",
}


def confirmed_line(
    as_of: str,
    confirmed: Sequence[str | None],
    sources: Sequence[Source],
    extra: str = "",
) -> Line:
    """Return the line that tells how old an answer is and how much of it is confirmed.

    Args:
        as_of: The date of the answer.
        confirmed: For every fact in it, when it was confirmed, or None.
        sources: The sources of the answer.
        extra: A further remark.
    """
    parts = [f"As of {as_of}"]
    dates = [c for c in confirmed if c]
    if dates:
        parts.append(f"last confirmed {max(dates)}")
    published = [s.published for s in sources if s.published]
    if published:
        parts.append(f"newest source {max(published, key=first_day)}")
    missing = len(confirmed) - len(dates)
    if missing:
        parts.append(f"{missing} of {count_of(len(confirmed), 'fact')} unconfirmed\xa0(*)")
    if extra:
        parts.append(extra)
    return Line((Piece(" · ".join(parts), "muted"),))


def positions_section(
    positions: Sequence[Position],
    labels: Labels,
    more: str,
    *,
    by: Callable[[Position], str],
    column: str,
    group: Callable[[Position], str] | None = None,
    past: Collection[str] = (),
) -> Section:
    """Return the section on positions.

    Args:
        positions: The positions in showing order.
        labels: Names for ids.
        more: The command that shows them all.
        by: What names a position in the table: its stakeholder or its target.
        column: Title of that column.
        group: In the short form, positions are grouped by this text; None groups them all.
        past: Ids of policies that are not in force; positions on them come after the others.
    """
    groups: dict[str, list[Position]] = {}
    for position in positions:
        groups.setdefault(group(position) if group else "", []).append(position)

    def rank(item: tuple[str, list[Position]]) -> tuple[bool, bool, int, str]:
        # What is in force comes first, then what has two sides, then what most speak on.
        name, members = item
        sides = {p.stance for p in members} >= {"supports", "opposes"}
        return members[0].policy in past, not sides, -len(members), name

    ranked = sorted(groups.items(), key=rank)
    lines: list[Line] = []
    for name, members in ranked[:3]:
        sides = []
        for stance in STANCE_ORDER:
            side = [p for p in members if p.stance == stance]
            if side:
                sides.append(_side(side, stance, by))
        title: Cell = (Piece(f"{name}: ", "strong"),) if name else ()
        lines.append(Line((*title, *join(sides, "; ")), label="" if lines else "Positions"))
    rest = sum(len(members) for _, members in ranked[3:])
    if rest:
        others = count_of(len(ranked) - 3, "other subject")
        lines.append(Line((Piece(f"{rest} more on {others}", "muted"),)))
    if not positions:
        lines = [Line(plain("none recorded"), label="Positions")]
    facts = tuple(
        Fact(
            "position",
            by(p),
            p.stance,
            _position_text(p, labels),
            p.date,
            None,
            p.sources,
            p.confirmed is not None,
            label=by(p),
            tone=p.stance,
            note=p.note or "",
        )
        for p in positions
    )
    return Section(
        "positions",
        f"Positions ({len(positions)})",
        facts,
        tuple(lines),
        positions_table(positions, labels, by=by, column=column),
        more=more if positions else "",
    )


def _side(side: Sequence[Position], stance: str, by: Callable[[Position], str]) -> Cell:
    names = list(dict.fromkeys(by(p) for p in side))
    shown = ", ".join(names[:2]) + (f" +{len(names) - 2}" if len(names) > 2 else "")
    cited = tuple(dict.fromkeys(c for p in side[:2] for c in p.sources[:1]))
    return (Piece(f"{VERBS[stance]} {shown}", stance, cited),)


def _position_text(position: Position, labels: Labels) -> str:
    parts = [f"On {labels.target(position)}: {position.text}"]
    if position.concern:
        parts.append(f"Concern: {position.concern}.")
    if position.remedy:
        parts.append(f"Remedy: {position.remedy}.")
    return " ".join(parts)


def positions_table(
    positions: Sequence[Position],
    labels: Labels,
    *,
    by: Callable[[Position], str],
    column: str,
) -> Table | None:
    """Return positions as a table with stance, concern, remedy and date."""
    if not positions:
        return None
    return table_of(
        positions,
        (Column("who", column), by),
        (
            Column("stance", "Stance"),
            lambda p: Piece(p.stance, p.stance, p.sources, p.confirmed is not None),
        ),
        (Column("concern", "Concern"), lambda p: p.concern or "–"),
        (Column("remedy", "Remedy"), lambda p: p.remedy or "–"),
        (Column("date", "Date"), lambda p: p.date or "undated"),
    )


def claims_section(claims: Sequence[Claim], more: str, *, shown: int = 3) -> Section:
    """Return the section on the articles' claims: what fails the record first."""
    lines = []
    if claims:
        counts = [
            (Piece(f"{sum(c.check.status == status for c in claims)}\xa0{status}", status),)
            for status in STATUS_ORDER
            if any(c.check.status == status for c in claims)
        ]
        total: Cell = (
            glue(f"{len(claims)} claims: " if len(claims) > 1 else "1 claim: "),
            *join(counts, ", "),
        )
        lines.append(Line(total, label="Articles"))
        doubtful = [
            c for c in claims if c.check.status in ("contradicted", "outdated", "unverified")
        ]
        doubtful.sort(
            key=lambda c: (
                STATUS_ORDER.index(c.check.status),
                c.value is None,
                c.kind != "fact",
            )
        )
        lines.extend(
            Line(
                (
                    Piece(c.check.status, c.check.status),
                    glue(f": {c.text.rstrip('.')} ({c.id})"),
                    Piece("", sources=c.check.sources[:2]),
                )
            )
            for c in doubtful[:shown]
        )
    else:
        lines.append(Line(plain("no claim in the articles"), label="Articles"))
    facts = tuple(
        Fact(
            "claim",
            c.id,
            c.check.status,
            " ".join(
                part
                for part in (
                    f"{c.text.rstrip('.')}.",
                    f"Table row: {table_row(c)}." if c.columns else "",
                    f"Said by: {c.attributed_to}.",
                    f"Record: {c.check.note}" if c.check.note else "",
                )
                if part
            ),
            sources=(
                Citation(id=c.article, locator=f"{c.section}: {c.locator}"),
                *c.check.sources,
            ),
            label=c.id,
            tone=c.check.status,
        )
        for c in claims
    )
    return Section(
        "claims",
        f"What the articles say ({len(claims)})",
        facts,
        tuple(lines),
        more=more if claims else "",
    )


def table_row(claim: Claim) -> str:
    """Return a claim's row of an article's table, each cell after the title of its column."""
    return " | ".join(f"{title}: {cell}" for title, cell in claim.columns.items())


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


def _marks(event: Event) -> Piece:
    return Piece("", sources=event.sources[:2], confirmed=event.confirmed is not None)


def status_text(status: str) -> str:
    """Return a policy's status so that it says what it is where it stands alone."""
    return "status unknown" if status == "unknown" else status


def policies_section(policies: Sequence[PolicyBrief], more: str, *, shown: int = 0) -> Section:
    """Return the section on policies, newest first."""
    facts = tuple(
        Fact(
            "policy",
            p.id,
            p.status,
            f"{p.title}" + (f" ({p.citation})" if p.citation else "") + f": {p.summary}",
            p.effective or p.enacted or p.introduced,
            p.ended,
            p.sources,
            p.confirmed is not None,
            label=p.short,
        )
        for p in policies
    )
    table = table_of(
        policies,
        (
            Column("policy", "Policy"),
            lambda p: Piece(p.short, "", p.sources[:2], p.confirmed is not None),
        ),
        (Column("kind", "Kind"), lambda p: p.kind),
        (Column("status", "Status"), lambda p: p.status),
        (Column("date", "Date"), lambda p: p.enacted or p.effective or p.introduced or "undated"),
    )
    lines = tuple(
        Line(
            (
                Piece(p.short, "strong", p.sources[:1], p.confirmed is not None),
                glue(f" {p.kind}, {status_text(p.status)}"),
            ),
            label="" if n else "Policies",
        )
        for n, p in enumerate(policies[:shown])
    )
    return Section(
        "policies",
        f"Policies ({len(policies)})",
        facts,
        lines,
        table if policies else None,
        more=more if policies else "",
    )


def disputes_section(disputes: Sequence[Dispute]) -> Section | None:
    """Return the section on things about which sources disagree, without a verdict."""
    if not disputes:
        return None
    lines: list[Line] = []
    facts: list[Fact] = []
    for dispute in disputes:
        accounts = join(
            ((Piece(a.value, "", a.sources),) for a in dispute.accounts),
        )
        lines.append(
            Line(
                (glue(f"{dispute.about}: "), *accounts),
                label="" if lines else "Disputed",
            )
        )
        facts += [
            Fact(
                "disputed",
                dispute.about,
                account.value,
                account.text,
                sources=account.sources,
                label=dispute.about,
                note=dispute.note or "",
            )
            for account in dispute.accounts
        ]
    return Section(
        "disputed",
        f"Where sources disagree ({len(disputes)})",
        tuple(facts),
        tuple(lines),
    )


def sources_section(sources: Sequence[Source]) -> Section:
    """Return the section that lists the sources of a card as facts."""
    facts = tuple(
        Fact(
            "source",
            s.id,
            s.publisher,
            f"{s.title} · {s.url}" if s.url else s.title,
            s.published,
            label=s.id,
            note="" if s.read else "not read",
        )
        for s in sources
    )
    return Section("sources", f"Sources ({len(sources)})", facts)


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
