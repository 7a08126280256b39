"""The views of searches, and of what is near to a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ice_facts.model import Source
from ice_facts.results.found import Found, Hit, Nearest, NearHit
from ice_facts.view import (
    Card,
    Cell,
    Column,
    Fact,
    Line,
    Listing,
    Piece,
    Section,
    count_of,
    glue,
    plain,
    span_text,
    table_of,
)

_Runs = Sequence[tuple[str, bool]]


class _Shown(NamedTuple):
    """A hit with its snippet in runs of text, each with whether it is a matched word."""

    hit: Hit
    runs: _Runs


def search_listing(found: Found) -> Listing:
    """Return the view of a search: each hit, its matched words and what opens it."""
    table = table_of(
        (_Shown(hit, runs) for hit, runs in zip(found.hits, found.marked, strict=True)),
        (Column("what", "Found", drawn=True), lambda s: Piece(s.hit.title, "strong")),
        (Column("kind", "Kind"), lambda s: s.hit.kind),
        (Column("id", "Id", data=True), lambda s: s.hit.id),
        (Column("title", "Title", data=True), lambda s: s.hit.title),
        (Column("snippet", "Text", data=True), lambda s: s.hit.snippet),
        (Column("score", "Score", data=True), lambda s: s.hit.score),
        (
            Column("status", "Record"),
            lambda s: Piece(s.hit.status, s.hit.status) if s.hit.status else None,
        ),
        (Column("text", "Text", drawn=True), lambda s: _marked(_after(s.runs, s.hit.title))),
        (
            Column("open", "Open with", drawn=True),
            lambda s: Piece(open_command(s.hit.kind, s.hit.id), "command"),
        ),
    )
    shown = len(found.hits)
    more = f", the first {shown} shown; --limit shows more" if shown < found.total else ""
    title = f"Search: {' '.join(found.text.split())}"
    count = count_of(found.total, "match", "matches")
    return Listing(title, table, (f"{count}{more}.",))


def _after(runs: _Runs, title: str) -> _Runs:
    """Return a snippet without the title, where it begins with it as a claim's does."""
    if not "".join(run for run, _ in runs).startswith(title):
        return runs
    left, rest = len(title), []
    for run, matched in runs:
        rest.append((run[left:], matched))
        left = max(0, left - len(run))
    first = next((n for n, (run, _) in enumerate(rest) if run.strip(" ·")), len(rest))
    return [
        (run.lstrip(" ·") if n == first else run, matched)
        for n, (run, matched) in enumerate(rest)
        if n >= first
    ]


def _marked(runs: _Runs) -> Cell:
    return tuple(Piece(run, "match" if matched else "glue") for run, matched in runs if run)


def open_command(kind: str, id: str) -> str:
    """Return the command that shows a found record."""
    match kind:
        case "city" | "county" | "state" | "policy" | "stakeholder" | "topic" | "term":
            return f"ice-facts {kind} {id}"
        case "claim" | "source":
            return f"ice-facts {kind} {id}"
        case "series":
            return f"ice-facts statistics {id}"
        case "former-agreements":
            # Their ids begin with the state; there is no card of what is no longer listed.
            return f"ice-facts agreements --former --state {id.partition('-')[0]}"
        case "rule":
            return f"ice-facts show {id} --section rules"
        case "official":
            return f"ice-facts show {id} --section officials"
    return f"ice-facts show {id}"


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
        Line((Piece(hit.record, "", hit.sources, hit.confirmed is not None),)),
    )


def _fact(hit: NearHit) -> Fact:
    if hit.status:
        return Fact(
            "claim",
            hit.id,
            hit.status,
            f"{hit.title} Record: {hit.record}",
            sources=hit.sources,
            label=hit.id,
            tone=hit.status,
        )
    return Fact(
        hit.kind,
        hit.id,
        hit.title,
        hit.record,
        hit.start,
        hit.until,
        hit.sources,
        hit.confirmed is not None,
        label=hit.kind,
    )
