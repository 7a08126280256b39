"""How the answer to a sentence is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ice_facts.across.nearest.answer import Nearest, NearHit
from ice_facts.across.nearest.twins import twins_of
from ice_facts.model import Source
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Card, Fact, Line, Piece, Section, glue, plain
from ice_facts.show.words import span_text
from ice_facts.subjects.citations import sources_of


def nearest_views(answers: Iterable[Nearest], labels: Labels, *, on: str) -> list[Card]:
    """Return the views of what is on record on some sentences.

    Args:
        answers: What was found, by sentence.
        labels: Names for ids.
        on: The date of the answer.
    """
    return [nearest_view(answer, sources_of(labels.store, answer.hits), on) for answer in answers]


ANSWERS = {
    "agrees": "The record agrees",
    "differs": "The record says otherwise",
    "undecided": "The record does not decide this",
}
"""The answers in words. No sign and no colour stands before them."""

LABELS = {
    "rule": "Rule",
    "official": "Office",
    "policy": "Law",
    "term": "Term",
    "statistic": "Number",
    "event": "Event",
    "dispute": "Disputed",
    "agreements": "Count",
    "series": "Count",
    "position": "Position",
}


def nearest_view(answer: Nearest, sources: tuple[Source, ...], on: str) -> Card:
    """Return the view of what is on record on one sentence.

    The answer and the records that decide it come first. A claim that says nearly the same follows
    with the status of its own; what is only related has no status.

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
    by_relation = {
        relation: [hit for hit in answer.hits if hit.relation == relation]
        for relation in ("decides", "says", "related")
    }
    verdict = f"{ANSWERS[answer.answer]}: {answer.reason}."
    sections = [
        Section(
            "decides",
            "What the record says",
            (
                Fact("answer", answer.answer, ANSWERS[answer.answer], answer.reason),
                *(_fact(hit) for hit in by_relation["decides"]),
            ),
            (
                Line((Piece(verdict, "strong"),), label="Answer"),
                *(line for hit in by_relation["decides"] for line in _deciding_lines(hit)),
            ),
        )
    ]
    if said := by_relation["says"]:
        sections.append(
            Section(
                "says",
                f"Articles that say nearly the same ({len(said)})",
                tuple(_fact(hit) for hit in said),
                tuple(line for hit in said for line in _said_lines(hit)),
            )
        )
    if related := by_relation["related"]:
        sections.append(
            Section(
                "related",
                f"Related ({len(related)})",
                tuple(_fact(hit) for hit in related),
                tuple(
                    _related_line(hit, before)
                    for before, hit in zip((None, *related), related, strict=False)
                ),
            )
        )
    return Card(
        subject=answer.sentence,
        title=f"“{answer.sentence}”",
        aside="check",
        lead=(Line((Piece(f"As of {on}", "muted"),)),),
        sections=tuple(sections),
        sources=sources,
        sources_command=_cite_command(answer.hits),
    )


_PARTS = ("rule", "official", "agreements")
"""Kinds of hits that are a part of the place whose id they have."""


def _cite_command(hits: Sequence[NearHit]) -> str:
    """Return the command that cites what was found; a place would cite far more than its part."""
    ids = dict.fromkeys(hit.id for hit in hits if hit.kind not in (*_PARTS, "series"))
    # A series is no record that is cited: its sources are.
    counted = [hit.sources[0].id for hit in hits if hit.kind == "series" and hit.sources]
    ids |= dict.fromkeys(counted)
    return f"ice-facts cite {' '.join(ids or [hits[0].id])}"


def _deciding_lines(hit: NearHit) -> tuple[Line, ...]:
    return (
        Line((Piece(_head(hit), "strong"), glue(f" ({hit.id})")), label=LABELS[hit.kind]),
        Line((Piece(hit.record, "", hit.sources, hit.confirmed is not None),)),
    )


def _said_lines(hit: NearHit) -> tuple[Line, ...]:
    status = hit.status or ""
    return (
        Line(plain(f"An article said: “{hit.title}” ({hit.id})"), label="Article"),
        Line(
            (
                Piece(f"Its own check: {status.replace('-', ' ')}.", ""),
                Piece(f"Record: {hit.record or 'no note'}", "", hit.sources),
            )
        ),
    )


def _related_line(hit: NearHit, before: NearHit | None) -> Line:
    """Return the line of what is related; of a claim, whether it is a twin of that before it."""
    kind = "an article said" if hit.kind == "claim" else hit.kind
    if before is not None and hit.id in twins_of(before.id):
        kind = "on the same matter"
    return Line(
        (Piece(f"{kind}: {_head(hit)} ({hit.id})", "", hit.sources[:1]),),
        label="" if before else "Related",
    )


_DATED = ("official", "statistic", "agreements", "series")
"""Kinds of hits whose title has their dates."""


def _head(hit: NearHit) -> str:
    span = span_text(hit.start, hit.until) if hit.kind not in _DATED else ""
    when = hit.start if hit.kind in ("event", "position") else span
    return hit.title + (f" · {when}" if when else "")


def _fact(hit: NearHit) -> Fact:
    """Return a hit as a fact; only a claim that says the same has its status there."""
    value = {"decides": hit.answer or "", "says": hit.status or "", "related": hit.kind}
    text = (
        f"{hit.title} Record: {hit.record}" if hit.kind == "claim" else f"{hit.title}: {hit.record}"
    )
    return Fact(
        hit.relation,
        hit.id,
        value[hit.relation],
        text,
        hit.start,
        hit.until,
        hit.sources,
        hit.confirmed is not None or hit.kind == "claim",
        label=f"{LABELS.get(hit.kind, hit.kind)} {hit.id}",
        note=hit.reason,
    )
