"""How the claims and facts nearest to a sentence are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ice_facts.across.nearest.answer import Nearest, NearHit
from ice_facts.model import Source
from ice_facts.show.build import cited, fact
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Card, Fact, Line, Piece, Section, glue, plain
from ice_facts.show.words import span_text
from ice_facts.subjects.citations import sources_of


def nearest_views(answers: Iterable[Nearest], labels: Labels, *, on: str) -> list[Card]:
    """Return the views of what is near to some sentences.

    Args:
        answers: What was found, by sentence.
        labels: Names for ids.
        on: The date of the answer.
    """
    return [nearest_view(answer, sources_of(labels.store, answer.hits), on) for answer in answers]


def nearest_view(answer: Nearest, sources: tuple[Source, ...], on: str) -> Card:
    """Return the view of what is near to one sentence: claims with their status, then facts.

    Args:
        answer: What was found.
        sources: The sources that it cites.
        on: The date of the answer.
    """
    if not answer.hits:
        nothing = "nothing near is known here, which tells nothing about whether it is true"
        return Card(
            subject=answer.sentence,
            title=f"“{answer.sentence}”",
            aside="check",
            lead=(Line(plain(nothing)),),
            facts=(Fact("check", "none", "", nothing),),
        )
    claims = [hit for hit in answer.hits if hit.kind == "claim"]
    facts = [hit for hit in answer.hits if hit.kind != "claim"]
    lead = Piece(
        f"As of {on} · the nearest of what is on record, with its stored status;"
        " whether the sentence says the same is for you to see",
        "muted",
    )
    sections = (
        Section(
            "claims",
            f"Claims of the articles ({len(claims)})",
            tuple(_fact(hit) for hit in claims),
            tuple(line for n, hit in enumerate(claims) for line in _claim_lines(hit, first=not n))
            or (Line(plain("no claim of the articles is near"), label="Claims"),),
        ),
        Section(
            "facts",
            f"Facts on record ({len(facts)})",
            tuple(_fact(hit) for hit in facts),
            tuple(line for n, hit in enumerate(facts) for line in _fact_lines(hit, first=not n))
            or (Line(plain("no other fact is near"), label="Facts"),),
        ),
    )
    return Card(
        subject=answer.sentence,
        title=f"“{answer.sentence}”",
        aside="check",
        lead=(Line((lead,)),),
        sections=sections,
        sources=sources,
        sources_command=_cite_command(answer.hits),
    )


def _cite_command(hits: Sequence[NearHit]) -> str:
    """Return the command that cites what was found; a place would cite far more than its part."""
    ids = dict.fromkeys(hit.id for hit in hits if hit.kind not in ("rule", "official"))
    return f"ice-facts cite {' '.join(ids or [hits[0].id])}"


def _claim_lines(hit: NearHit, *, first: bool) -> tuple[Line, ...]:
    status = hit.status or ""
    return (
        Line(
            (Piece(status, status), glue(f" {hit.title} ({hit.id})")),
            label="Claims" if first else "",
        ),
        Line((Piece(f"Record: {hit.record or 'no note'}", "", hit.sources),)),
    )


def _fact_lines(hit: NearHit, *, first: bool) -> tuple[Line, ...]:
    span = span_text(hit.start, hit.until) if hit.kind != "official" else ""
    when = hit.start if hit.kind == "event" else span
    head = f"{hit.kind}: {hit.title}" + (f" · {when}" if when else "")
    return (
        Line((Piece(head, "strong"), glue(f" ({hit.id})")), label="Facts" if first else ""),
        Line((cited(hit.record, hit),)),
    )


def _fact(hit: NearHit) -> Fact:
    if hit.status:
        text = f"{hit.title} Record: {hit.record}"
        return fact(
            "claim", hit.id, hit.status, text, of=hit, label=hit.id, tone=hit.status, confirmed=True
        )
    return fact(hit.kind, hit.id, hit.title, hit.record, of=hit, label=hit.kind)
