"""check: what the record says on a sentence, and what is near to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Struct, field

from ice_facts.across.nearest.decided import NOTHING_ON_RECORD, Answer, Deciding, with_remarks
from ice_facts.across.nearest.deciding import decide
from ice_facts.across.nearest.ranking import LEAST_SCORE, STOP_WORDS, Candidate, Ranking
from ice_facts.across.nearest.reading import read
from ice_facts.across.nearest.text import asked_text, few_sentences
from ice_facts.across.nearest.twins import with_twins
from ice_facts.across.search.index import with_index
from ice_facts.across.search.query import Hit, folded, shortened
from ice_facts.across.search.texts import part_of
from ice_facts.ask import Reply, Session, argument, option
from ice_facts.dates import holds_on
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Claim, Event, Jurisdiction, Official, Policy, Rule, Statistic
from ice_facts.model.answers import filled
from ice_facts.show.words import span_text
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects.policy.brief import status_on

Relation = Literal["decides", "says", "related"]


class NearHit(Hit, frozen=True, kw_only=True):
    """Something on record that bears on a sentence.

    ``relation`` tells how: it ``decides`` the sentence (a rule, a term of office, a law, a term, a
    number), it is a claim that ``says`` nearly the same, or it is only ``related``. ``answer`` is
    how the sentence stands to a deciding record, and ``reason`` says why in words.

    ``record`` is what a fact says, or the stored finding of a claim's check; a claim's ``status``
    is of the claim, not of the sentence. A fact holds from ``from`` until ``until``; ``confirmed``
    is when its source was read.
    """

    sentence: str
    record: str
    start: str | None = field(default=None, name="from")
    until: str | None = None
    confirmed: str | None = None
    sources: tuple[Citation, ...] = ()
    relation: Relation = "related"
    answer: Answer | None = None
    reason: str = ""


class Nearest(Struct, frozen=True, kw_only=True):
    """What is on record on one sentence: the answer, why, and all that bears on it."""

    sentence: str
    hits: tuple[NearHit, ...]
    answer: Answer = "undecided"
    reason: str = ""


def nearest(store: Store, texts: Iterable[str], on: str, *, limit: int = 4) -> list[Nearest]:
    """Find what is on record on each of some sentences.

    Args:
        store: Where to look.
        texts: The sentences.
        on: The date of the answer: it tells who holds an office, which rules are in force, and the
            status of policies.
        limit: At most so many related claims with their twins, and as many facts, for each
            sentence.

    Returns:
        An answer for every sentence, without hits where nothing near is known.

    Raises:
        NotFoundError: There is no sentence, or nothing near to any of them is known.
    """
    asked = list(dict.fromkeys(texts))
    if not asked:
        raise NotFoundError("there is no sentence to check", ["type one, or give a page: --file"])

    def ask(index: sqlite3.Connection) -> list[Nearest]:
        ranking = Ranking(index)
        return [_answer(store, index, ranking, sentence, on, limit) for sentence in asked]

    answers = with_index(store, ask)
    if not any(answer.hits for answer in answers):
        what = repr(shortened(asked[0])) if len(asked) == 1 else f"these {len(asked)} sentences"
        told = [
            a.reason for a in answers if len(asked) == 1 and a.reason != NOTHING_ON_RECORD.reason
        ]
        raise NotFoundError(
            f"nothing near to {what} is known here",
            [
                *told,
                "that tells nothing about whether it is true",
                "ice-facts search finds single words",
            ],
        )
    return answers


def _answer(
    store: Store,
    index: sqlite3.Connection,
    ranking: Ranking,
    sentence: str,
    on: str,
    limit: int,
) -> Nearest:
    """Return what is on record on a sentence: what decides it, what says it, what is related."""
    reading = read(store, index, sentence)
    decided = with_remarks(decide(store, reading, on), reading.taken)
    deciding = [_deciding_hit(sentence, record) for record in decided.records]
    told = {(hit.kind, hit.id, hit.title) for hit in deciding}
    found = ranking.nearest(sentence, limit)
    claims = [candidate for candidate in found if candidate.kind == "claim"]
    claims += _on_topic(store, decided.topic, {place.id for place in reading.places})
    found = [
        *with_twins(store, claims, limit),
        *(candidate for candidate in found if candidate.kind != "claim"),
    ]
    near = [
        _hit(store, sentence, candidate, on)
        for candidate in found
        if (candidate.kind, candidate.id, candidate.title) not in told
    ]
    near.sort(key=lambda hit: hit.relation != "says")
    return Nearest(
        sentence=sentence,
        hits=(*deciding, *near),
        answer=decided.answer,
        reason=decided.reason,
    )


def _on_topic(store: Store, topic: str | None, places: set[str]) -> list[Candidate]:
    """Return the claims on a topic, of those about places only those about some places."""
    claims = store.referring(Claim, topic=topic) if topic else ()
    return [
        Candidate("claims", "claim", claim.id, 0, claim.text, LEAST_SCORE)
        for claim in claims
        if not claim.about.jurisdictions or places & set(claim.about.jurisdictions)
    ]


def _deciding_hit(sentence: str, record: Deciding) -> NearHit:
    return NearHit(
        kind=record.kind,
        id=record.id,
        title=record.title,
        snippet=shortened(record.record, 240),
        score=1.0,
        status=None,
        sentence=sentence,
        record=record.record,
        start=record.start,
        until=record.until,
        confirmed=record.confirmed,
        sources=record.sources,
        relation="decides",
        answer=record.answer,
        reason=record.reason,
    )


NEARLY_THE_SAME = 0.7
"""Share of their words that a sentence and a claim have in common which says nearly the same."""


def says_the_same(sentence: str, claim: str) -> bool:
    """Return True if a claim says nearly what a sentence does: the same words, denied or not."""
    one, other = _content(sentence), _content(claim)
    both = len(one & other)
    if not both or both < NEARLY_THE_SAME * len(one | other):
        return False
    # A name or a number that only one of them has makes another statement of it.
    return _denies(sentence) == _denies(claim) and not any(word.isdigit() for word in (one ^ other))


def _content(text: str) -> set[str]:
    return {
        word.removesuffix("s") for word in words_of(folded(text)).split() if word not in STOP_WORDS
    }


def _denies(text: str) -> bool:
    words = set(words_of(text.replace("n't", " not").replace("n’t", " not")).split())
    return bool(words & {"not", "no", "never", "cannot"})


def _hit(store: Store, sentence: str, found: Candidate, on: str) -> NearHit:
    """Return a candidate with what is on record on it."""
    fact = _fact(store, found, on)
    is_said = found.kind == "claim" and says_the_same(sentence, found.title)
    return filled(
        NearHit,
        fact,
        kind=found.kind,
        id=found.id,
        title=found.title,
        snippet=shortened(fact.record, 240),
        score=found.score,
        status=store.one(Claim, found.id).check.status if found.kind == "claim" else None,
        sentence=sentence,
        relation="says" if is_said else "related",
    )


class _Fact(Struct, frozen=True):
    """What is on record: its text, its span, when it was confirmed, its sources."""

    record: str
    start: str | None
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]


def _fact(store: Store, found: Candidate, on: str) -> _Fact:
    match found.table:
        case "claims":
            check = store.one(Claim, found.id).check
            return _Fact(check.note, None, None, None, check.sources)
        case "policies":
            policy = store.one(Policy, found.id)
            begin = policy.effective or policy.enacted or policy.introduced
            text = f"{status_on(policy, on).capitalize()}. {policy.summary}"
            return _Fact(text, begin, policy.ended, policy.confirmed, policy.sources)
        case "events":
            event = store.one(Event, found.id)
            return filled(_Fact, event, record=event.text, start=event.date)
        case "statistics":
            number = store.one(Statistic, found.id)
            text = " ".join(part for part in (number.text, number.note) if part)
            return filled(_Fact, number, record=text)
    place = store.one(Jurisdiction, found.id)
    part = part_of(place, found.table, found.part)
    if isinstance(part, Official):
        return filled(_Fact, part, record=_term_of_office(place, part, on))
    assert isinstance(part, Rule)
    return filled(_Fact, part, record=part.text)


def _term_of_office(place: Jurisdiction, term: Official, on: str) -> str:
    """Return when somebody held an office, and who holds it if that is over."""
    text = f"In office {span_text(term.start, term.until) or 'on dates not known'}."
    if holds_on(term.start, term.until, on):
        return text
    now = [
        other.name
        for other in place.officials
        if other.office == term.office and holds_on(other.start, other.until, on)
    ]
    holder = ", ".join(now) or "not known"
    return f"{text} {term.office.capitalize()} on {on}: {holder}."


def ask_check(
    session: Session,
    sentence: Annotated[
        list[str] | None, argument("[SENTENCE...]", "What to check; '-' or none: read it.")
    ] = None,
    *,
    file: Annotated[
        Path | None,
        option("--file", metavar="FILE", help="A page of text: an answer per sentence."),
    ] = None,
    limit: Annotated[
        int,
        option(
            "--limit",
            "-n",
            metavar="N",
            help="At most so many related facts, and claims with their twins.",
            min=1,
            max=1000,
        ),
    ] = 4,
) -> Reply:
    """Hold a sentence against the record."""
    from ice_facts.across.nearest.view import nearest_views

    asked = few_sentences(asked_text(sentence or [], file))
    answers = nearest(session.store, asked, session.on, limit=limit)
    hits = [hit for answer in answers for hit in answer.hits]
    return Reply(hits, partial(nearest_views, on=session.on), shown=answers)
