"""The claims and facts that are nearest to a sentence, by the words that they share."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from math import log

from msgspec import Struct

from ice_facts.across.search.query import MOST_WORDS, folded
from ice_facts.store.naming import key_of, words_of

FACTS = ("rules", "officials", "policies", "statistics", "events")
"""Tables whose facts are compared with a sentence, beside the claims."""

LEAST_SHARE = 0.5
"""A near text has at least this share of the words of a sentence, by their weight."""

LEAST_SCORE = 0.4
"""A near text has at least this score, of 1."""

NEXT_BEST = 0.6
"""A near text has at least this share of the best score: others would only distract."""

HERE, ELSEWHERE = 1.2, 0.6
"""Factors on the score of facts of a place that the sentence names, and of other places."""

NAMED = 1.25
"""The factor on the score of a thing that the sentence names."""

LONGEST_NAME = 5
"""The most words of a name that is looked for."""

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
"""English words that say nothing on what a sentence is about."""

NEAR_BY = 2_000
"""Texts with fewer rows than this between them in the index are ranked in one query."""


class Candidate(Struct, frozen=True):
    """A text that may be near to a sentence."""

    table: str
    kind: str
    id: str
    part: int
    title: str
    score: float


class Ranking:
    """Ranks claims and facts for one sentence after another.

    The weight of a word is kept between sentences. Only the texts of claims and facts are ranked:
    those of places are many times as many.

    Args:
        index: The full-text index.
    """

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        spans = {
            table: range(first, last + 1)
            for table, first, last in index.execute("SELECT tbl, first, last FROM spans")
        }
        self._size = sum(map(len, spans.values()))
        wanted = (spans[table] for table in ("claims", *FACTS) if table in spans)
        self._wanted = sorted(wanted, key=lambda span: span.start)
        self._known: dict[str, tuple[float, list[int]]] = {}

    def nearest(self, sentence: str, limit: int) -> list[Candidate]:
        """Return the claims and the facts nearest to a sentence, nearest first.

        Args:
            sentence: The sentence.
            limit: At most so many of either.
        """
        words = dict.fromkeys(words_of(folded(sentence)).split())
        terms = list(islice((word for word in words if word not in STOP_WORDS), MOST_WORDS))
        shares, full = self._shares(terms)
        if not shares:
            return []
        places, named = _named_in(self._index, sentence)
        scored = []
        for text, strength in self._strengths(terms, shares):
            row = self._index.execute(
                "SELECT tbl, kind, id, part, title, near FROM texts WHERE rowid = ?", (text,)
            ).fetchone()
            score = shares[text] * (0.5 + 0.5 * min(1, strength / full))
            score *= _place_factor(row[5], places)
            score *= NAMED if text in named else 1
            table, kind, id, part, title, _ = row
            scored.append(Candidate(table, kind, id, part, title, round(min(1, score), 4)))
        scored.sort(key=lambda c: (-c.score, c.kind, c.id, c.part))
        claims = [candidate for candidate in scored if candidate.kind == "claim"]
        facts = [candidate for candidate in scored if candidate.kind != "claim"]
        return [*_best(claims, limit), *_best(facts, limit)]

    def _strengths(
        self, terms: Sequence[str], shares: dict[int, float]
    ) -> Iterator[tuple[int, float]]:
        """Yield the texts that have enough of the terms, with the engine's rank of each."""
        any_term = " OR ".join(f'"{term}"' for term in terms)
        for first, last in _together(shares):
            rows = self._index.execute(
                "SELECT rowid, -bm25(texts, 2.0, 2.0, 1.0) FROM texts"
                " WHERE texts MATCH ? AND rowid BETWEEN ? AND ?",
                (any_term, first, last),
            )
            yield from ((text, strength) for text, strength in rows if text in shares)

    def _shares(self, terms: Sequence[str]) -> tuple[dict[int, float], float]:
        """Return the texts that have enough of the terms, and how much of their weight each has.

        Returns:
            The share of every text between 0 and 1, and the weight of all terms: about what a text
            of usual length with each of them in it once would score in the engine's ranking. A
            long text in which they are scattered stays far below it.
        """
        having: dict[int, list[float]] = {}
        whole = 0.0
        for term in terms:
            weight, texts = self._term(term)
            whole += weight
            for text in texts:
                having.setdefault(text, []).append(weight)
        least = min(2, len(terms))
        return {
            text: sum(weights) / whole
            for text, weights in having.items()
            if len(weights) >= least and sum(weights) >= LEAST_SHARE * whole
        }, whole

    def _term(self, term: str) -> tuple[float, list[int]]:
        """Return the weight of a term, and the texts of claims and facts that have it."""
        if term not in self._known:
            match = (f'"{term}"',)
            (count,) = self._index.execute(
                "SELECT count(*) FROM texts WHERE texts MATCH ?", match
            ).fetchone()
            found: list[int] = []
            for span in self._wanted if count else ():
                rows = self._index.execute(
                    "SELECT rowid FROM texts WHERE texts MATCH ? AND rowid BETWEEN ? AND ?",
                    (*match, span[0], span[-1]),
                )
                found += [text for (text,) in rows]
            # A rare term tells more.
            self._known[term] = log(1 + self._size / (1 + count)), found
        return self._known[term]


def _together(texts: Iterable[int]) -> list[tuple[int, int]]:
    """Return the first and last row of each group of texts whose rows are near to one another."""
    groups: list[tuple[int, int]] = []
    for text in sorted(texts):
        if groups and text - groups[-1][1] < NEAR_BY:
            groups[-1] = (groups[-1][0], text)
        else:
            groups.append((text, text))
    return groups


def _best(scored: Sequence[Candidate], limit: int) -> list[Candidate]:
    if not scored:
        return []
    least = max(LEAST_SCORE, NEXT_BEST * scored[0].score)
    return [candidate for candidate in scored[:limit] if candidate.score >= least]


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
        rows = index.execute("SELECT id, tbl, text FROM keys WHERE key = ?", (key,))
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
