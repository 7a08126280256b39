"""The claims and facts that are nearest to a sentence."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice
from math import log
from pathlib import Path
from typing import Annotated

from msgspec import Struct, field

from ice_facts.across.search.index import with_index
from ice_facts.across.search.query import MOST_WORDS, Hit, folded, shortened
from ice_facts.across.search.texts import part_of
from ice_facts.ask import Reply, Session, argument, option
from ice_facts.dates import holds_on
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Citation, Claim, Event, Jurisdiction, Official, Policy, Rule, Statistic
from ice_facts.model.answers import filled
from ice_facts.show.words import span_text
from ice_facts.store import Store
from ice_facts.store.naming import key_of, words_of
from ice_facts.subjects.policy.brief import status_on


class NearHit(Hit, frozen=True, kw_only=True):
    """A claim or fact near to a sentence, with what the store records on it.

    ``record`` is the stored finding of a claim's check, or what the fact says. A fact holds from
    ``from`` until ``until``; ``confirmed`` is when its source was read.
    """

    sentence: str
    record: str
    start: str | None = field(default=None, name="from")
    until: str | None = None
    confirmed: str | None = None
    sources: tuple[Citation, ...] = ()


class Nearest(Struct, frozen=True, kw_only=True):
    """What is near to one sentence, nearest first."""

    sentence: str
    hits: tuple[NearHit, ...]


FACTS = ("rules", "officials", "policies", "statistics", "events")
"""Tables whose facts are held against a sentence, beside the claims."""


LEAST_SHARE = 0.5
"""Share of a sentence, by weight of its words, that something near to it has."""


LEAST_SCORE = 0.4


NEXT_BEST = 0.6  # of the best score: what is farther than that would only distract


HERE, ELSEWHERE = 1.2, 0.6  # factors for facts of a place that the sentence names, and of others


NAMED = 1.25  # the factor for a policy that the sentence calls by name


LONGEST_NAME = 5  # words


STOP_WORDS = frozenset(
    words_of(
        """
        a about all also an and any are as at be been being but by can could did do does for from
        get got had has have he her him his how i if in into is it its just like many may me might
        more most much must my no not of on one or our out over own said say says she should so
        some such than that the their them then there these they this those through to too under
        up very was we were what when where which while who whom why will with would you your s t
        """
    ).split()
)
"""English words that tell nothing of what a sentence is about."""


_ABBREVIATED = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Lt|Col|Gen|St|Jr|Sr|No|Nos|vs?|Sec|Art|Inc|Corp|Dep"
    r"|Dept|Calif|Ill|Fla|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|et al|[aApP]\.m)"
    r"|\b[A-Z]\.[A-Z])\.$"
)


_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*(?=\s+[\"“‘(\[]*[^\W_a-z]|\s*$)")


_PARAGRAPH = re.compile(r"\n\s*\n|\n\s*(?=[-*•–]\s|\d+[.)]\s)")


class _Candidate(Struct, frozen=True):
    """A text that may be near to a sentence, with its score."""

    table: str
    kind: str
    id: str
    part: int
    title: str
    score: float


def sentences(text: str) -> list[str]:
    """Divide a text into its sentences: at full stops, empty lines and list marks.

    >>> sentences("Mr. Smith left the U.S. Senate. He won?\\n\\nNews")
    ['Mr. Smith left the U.S. Senate.', 'He won?', 'News']
    """
    found: list[str] = []
    for paragraph in _PARAGRAPH.split(text.replace("\r\n", "\n")):
        start = 0
        for end in _SENTENCE_END.finditer(paragraph):
            whole = paragraph[start : end.end()]
            if not _ABBREVIATED.search(whole[-12:]):
                found.append(whole)
                start = end.end()
        found.append(paragraph[start:])
    return [" ".join(sentence.split()) for sentence in found if words_of(sentence)]


def nearest(store: Store, texts: Iterable[str], on: str, *, limit: int = 4) -> list[Nearest]:
    """Find the claims and facts nearest to each of some sentences.

    Args:
        store: Where to look.
        texts: The sentences.
        on: The date of the answer: it tells who holds an office, and the status of policies.
        limit: At most so many claims, and as many facts, for each sentence.

    Returns:
        An answer for every sentence, without hits where nothing near is known.

    Raises:
        NotFoundError: There is no sentence, or nothing near to any of them is known.
    """
    asked = list(dict.fromkeys(texts))
    if not asked:
        raise NotFoundError("there is no sentence to check", ["type one, or give a page: --file"])

    def ask(index: sqlite3.Connection) -> list[list[_Candidate]]:
        return [_candidates(index, sentence, limit) for sentence in asked]

    answers = []
    for sentence, candidates in zip(asked, with_index(store, ask), strict=True):
        hits = tuple(_hit(store, sentence, found, on) for found in candidates)
        answers.append(Nearest(sentence=sentence, hits=hits))
    if not any(answer.hits for answer in answers):
        what = repr(shortened(asked[0])) if len(asked) == 1 else f"these {len(asked)} sentences"
        raise NotFoundError(
            f"nothing near to {what} is known here",
            ["that tells nothing about whether it is true", "ice-facts search finds single words"],
        )
    return answers


def _candidates(index: sqlite3.Connection, sentence: str, limit: int) -> list[_Candidate]:
    """Return the claims and the facts nearest to a sentence, nearest first."""
    words = dict.fromkeys(words_of(folded(sentence)).split())
    terms = list(islice((word for word in words if word not in STOP_WORDS), MOST_WORDS))
    if not terms:
        return []
    shares, full = _shares(index, terms)
    if not shares:
        return []
    any_term = " OR ".join(f'"{term}"' for term in terms)
    strengths = index.execute(
        "SELECT rowid, -bm25(texts, 2.0, 2.0, 1.0) FROM texts WHERE texts MATCH ?", (any_term,)
    )
    places, named = _named_in(index, sentence)
    scored = []
    for text, strength in strengths:
        if text not in shares:
            continue
        row = index.execute(
            "SELECT tbl, kind, id, part, title, near FROM texts WHERE rowid = ?", (text,)
        ).fetchone()
        score = shares[text] * (0.5 + 0.5 * min(1, strength / full))
        score *= _place_factor(row[5], places)
        score *= NAMED if text in named else 1
        table, kind, id, part, title, _ = row
        scored.append(_Candidate(table, kind, id, part, title, round(min(1, score), 4)))
    scored.sort(key=lambda c: (-c.score, c.kind, c.id, c.part))
    claims = [candidate for candidate in scored if candidate.kind == "claim"]
    facts = [candidate for candidate in scored if candidate.kind != "claim"]
    return [*_best(claims, limit), *_best(facts, limit)]


def _best(scored: Sequence[_Candidate], limit: int) -> list[_Candidate]:
    if not scored:
        return []
    least = max(LEAST_SCORE, NEXT_BEST * scored[0].score)
    return [candidate for candidate in scored[:limit] if candidate.score >= least]


def _shares(index: sqlite3.Connection, terms: Sequence[str]) -> tuple[dict[int, float], float]:
    """Return the texts that have enough of the terms, and how much of their weight each has.

    Returns:
        The share of every text between 0 and 1, and the weight of all terms: about what a text of
        usual length with each of them in it once would score in the engine's ranking. A long
        text in which they are scattered stays far below it.
    """
    spans = {
        table: range(first, last + 1)
        for table, first, last in index.execute("SELECT tbl, first, last FROM spans")
    }
    size = sum(map(len, spans.values()))
    wanted = [spans[table] for table in ("claims", *FACTS) if table in spans]
    having: dict[int, list[float]] = {}
    whole = 0.0
    for term in terms:
        rows = index.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (f'"{term}"',))
        texts = [text for (text,) in rows]
        weight = log(1 + size / (1 + len(texts)))  # a rare term tells more
        whole += weight
        for text in texts:
            if any(text in span for span in wanted):
                having.setdefault(text, []).append(weight)
    least = min(2, len(terms))
    return {
        text: sum(weights) / whole
        for text, weights in having.items()
        if len(weights) >= least and sum(weights) >= LEAST_SHARE * whole
    }, whole


def _named_in(index: sqlite3.Connection, sentence: str) -> tuple[set[str], set[int]]:
    """Return the ids of the places and the texts of the things that a sentence names.

    Names of two letters count only in capitals: "in" is not Indiana.
    """
    words = [word for word in re.split(r"[\s,;:()\"“”]+", sentence) if word]
    keys = set()
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            text = " ".join(words[start:end]).rstrip(".!?…").removesuffix("'s").removesuffix("’s")
            key = key_of(text)
            if len(key) > 2 or text.isupper():
                keys.add(key)
    places, things = set(), set()
    for key in keys:
        rows = index.execute(
            "SELECT id, tbl, text FROM keys JOIN texts ON texts.rowid = keys.text WHERE key = ?",
            (key,),
        )
        for id, table, text in rows:
            if table == "jurisdictions":
                places.add(id)
            else:
                things.add(text)
    return places, things


def _place_factor(near: str, places: set[str]) -> float:
    """Return the factor on a text's score: higher if it is on a place that the sentence names.

    Args:
        near: Ids of the places that the text has to do with, divided by blanks.
        places: Ids of the places that the sentence names.
    """
    own = set(near.split()) - {"united-states"}
    if not places or not own:
        return 1
    return HERE if own & places else ELSEWHERE


def _hit(store: Store, sentence: str, found: _Candidate, on: str) -> NearHit:
    """Return a candidate with what is on record on it."""
    fact = _fact(store, found, on)
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
    )


class _Fact(Struct, frozen=True):
    """What is on record: its text, its span, when it was confirmed, its sources."""

    record: str
    start: str | None
    until: str | None
    confirmed: str | None
    sources: tuple[Citation, ...]


def _fact(store: Store, found: _Candidate, on: str) -> _Fact:
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
            "--limit", "-n", metavar="N", help="At most so many claims and facts.", min=1, max=1000
        ),
    ] = 4,
) -> Reply:
    """Find the claims and facts nearest to a sentence."""
    from ice_facts.across.nearest.view import nearest_views

    asked = sentences(_text(sentence or [], file))
    answers = nearest(session.store, asked, session.on, limit=limit)
    hits = [hit for answer in answers for hit in answer.hits]
    return Reply(hits, partial(nearest_views, on=session.on), shown=answers)


def _text(words: list[str], file: Path | None) -> str:
    """Return the text to check: the words, or what a file or standard input holds.

    Raises:
        UsageError: There is more than one of them, or none, or the file cannot be read.
    """
    if words and words != ["-"]:
        if file is not None:
            raise UsageError("both a sentence and --file are given", ["give one of them"])
        return " ".join(words)
    if file is not None and str(file) != "-":
        try:
            return file.read_bytes().decode("utf-8-sig", "replace")
        except OSError as error:
            raise UsageError(f"cannot read {file}: {error.strerror}") from error
    if not words and file is None and (sys.stdin is None or sys.stdin.isatty()):
        raise UsageError(
            "there is no sentence to check",
            ["for example: ice-facts check 'Lori Lightfoot is mayor of Chicago'"],
        )
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace")
