"""What the record says on a sentence: the answer, why in words, and the records that decide it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.dates import holds_on
from ice_facts.model import Citation, Event, Jurisdiction, Official, Policy, Statistic, Term
from ice_facts.show.words import amount_text, span_text
from ice_facts.subjects.official import official_title
from ice_facts.subjects.policy.brief import status_on

Answer = Literal["agrees", "differs", "undecided"]

MOST_RECORDS = 4
"""The most records that are shown as deciding one sentence."""


class Deciding(Struct, frozen=True, kw_only=True):
    """A record on what a sentence says, and whether the sentence agrees with it and why."""

    kind: str
    id: str
    title: str
    record: str
    answer: Answer
    reason: str
    start: str | None = None
    until: str | None = None
    confirmed: str | None = None
    sources: tuple[Citation, ...] = ()


class Decided(Struct, frozen=True, kw_only=True):
    """What the record says on a sentence: the answer, why, and the records, the most telling first.

    Claims on the ``topic`` are related to the sentence, whatever words they use.
    """

    answer: Answer
    reason: str
    records: tuple[Deciding, ...] = ()
    topic: str | None = None


NOTHING_ON_RECORD = Decided(
    answer="undecided",
    reason="no rule, office, law, term or number on record is what the sentence speaks of",
)


def combined(records: Sequence[Deciding], reason: str = "") -> Decided:
    """Return the combined answer of several records.

    Records that contradict one another decide nothing; those that are undecided follow the others.
    """
    answers = {record.answer for record in records} - {"undecided"}
    if len(answers) == 2:
        return Decided(
            answer="undecided",
            reason=reason or "the records that bear on it differ",
            records=tuple(records[:MOST_RECORDS]),
        )
    answer: Answer = next(iter(answers), "undecided")
    directed = next((r for r in records if r.answer == answer), records[0])
    ordered = [directed, *(record for record in records if record is not directed)]
    return Decided(answer=answer, reason=directed.reason, records=tuple(ordered[:MOST_RECORDS]))


def with_remarks(decided: Decided, remarks: Sequence[str]) -> Decided:
    """Return an answer with remarks on how the sentence was read at the end of its reason."""
    if not remarks:
        return decided
    said = ". ".join(("", *remarks))
    first = [replace(r, reason=f"{r.reason}{said}") for r in decided.records[:1]]
    return replace(
        decided,
        reason=f"{decided.reason}{said}",
        records=(*first, *decided.records[1:]),
    )


def flipped(answer: Answer, is_negated: bool) -> Answer:
    """Return an answer, or its opposite if the sentence is negated."""
    if not is_negated or answer == "undecided":
        return answer
    return "differs" if answer == "agrees" else "agrees"


def office_record(
    place: Jurisdiction, term: Official, on: str, answer: Answer, reason: str
) -> Deciding:
    """Return a term of office as a deciding record."""
    span = span_text(term.start, term.until) or "on dates not known"
    holds = holds_on(term.start, term.until, on, term.confirmed)
    now = "" if holds else f" Not in office on {on}."
    return Deciding(
        kind="official",
        id=place.id,
        title=official_title(place, term),
        record=f"In office {span}.{now}",
        answer=answer,
        reason=reason,
        start=term.start,
        until=term.until,
        confirmed=term.confirmed,
        sources=term.sources,
    )


def event_record(event: Event, answer: Answer, reason: str) -> Deciding:
    """Return an event as a deciding record."""
    return Deciding(
        kind="event",
        id=event.id,
        title=event.title,
        record=event.text,
        answer=answer,
        reason=reason,
        start=event.date,
        until=event.until,
        confirmed=event.confirmed,
        sources=event.sources,
    )


def term_record(term: Term, answer: Answer, reason: str) -> Deciding:
    """Return a term of the glossary as a deciding record."""
    return Deciding(
        kind="term",
        id=term.id,
        title=term.term,
        record=term.text,
        answer=answer,
        reason=reason,
        confirmed=term.confirmed,
        sources=term.sources,
    )


def number_record(number: Statistic, answer: Answer, reason: str) -> Deciding:
    """Return a number as a deciding record."""
    value = amount_text(
        number.value, number.unit, qualifier=number.qualifier, high=number.high, base=number.base
    )
    when = number.period or span_text(number.start, number.until)
    return Deciding(
        kind="statistic",
        id=number.id,
        title=f"{number.measure}: {value}" + (f" ({when})" if when else ""),
        record=" ".join(part for part in (number.text, number.note) if part),
        answer=answer,
        reason=reason,
        start=number.start,
        until=number.until,
        confirmed=number.confirmed,
        sources=number.sources,
    )


def law_record(policy: Policy, on: str, answer: Answer, reason: str) -> Deciding:
    """Return a law as a deciding record."""
    return Deciding(
        kind="policy",
        id=policy.id,
        title=policy.short,
        record=f"{status_on(policy, on).capitalize()}. {policy.summary}",
        answer=answer,
        reason=reason,
        start=policy.effective or policy.enacted or policy.introduced,
        until=policy.ended,
        confirmed=policy.confirmed,
        sources=policy.sources,
    )
