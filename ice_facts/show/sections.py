"""Sections that every card can have: disputes and sources, and how old it is."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.dates import first_day, is_future, today
from ice_facts.model import Dispute, Source
from ice_facts.show.build import note_line
from ice_facts.show.shapes import Fact, Line, Piece, Section, glue, join
from ice_facts.show.words import count_of


def confirmed_line(as_of: str, confirmed: Sequence[str | None]) -> Line:
    """Return the line that tells how old an answer is and how much of it is confirmed.

    Args:
        as_of: The date of the answer.
        confirmed: For every fact in it, when it was confirmed, or None.
    """
    parts = [f"As of {as_of}"]
    if is_future(as_of):
        parts = [f"The future is not on record: what is known by {today()}, for {as_of}"]
    dates = [c for c in confirmed if c]
    if dates:
        parts.append(f"last confirmed {max(dates)}")
    missing = len(confirmed) - len(dates)
    if missing:
        parts.append(f"{missing} of {count_of(len(confirmed), 'fact')} unconfirmed\xa0(*)")
    return Line((Piece(" · ".join(parts), "muted"),))


def newest_source_line(sources: Sequence[Source]) -> Line:
    """Return the line that tells when the newest source was published; empty if none is dated."""
    published = [s.published for s in sources if s.published]
    text = f"Newest source: {max(published, key=first_day)}" if published else None
    return note_line(text)


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
