"""Sentences with a number that the record counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Answer,
    Decided,
    combined,
    flipped,
    number_record,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.model import Statistic
from ice_facts.store import Store
from ice_facts.store.naming import words_of


def by_number(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence that gives a number of what the record counts."""
    if not reading.numbers or reading.duty in ("must", "may", "may not", "need not"):
        return None
    where = {place.id for place in reading.places} or {"united-states"}
    wanted = words.first_of(tuple((m, p) for p, m in words.MEASURES), reading.plain)
    found = [
        number
        for number in store.all(Statistic)
        if number.jurisdiction in where
        and ((number.measure == wanted and not reading.places) or _tells(number, reading))
    ]
    dated = [n for n in found if not reading.years or _is_of(n, reading.years)]
    if not dated:
        return None
    made = []
    for number in sorted(dated, key=lambda n: n.until or n.start or "", reverse=True):
        low, high = float(number.value), float(number.high or number.value)
        equal = [n for n in reading.numbers if is_near(n, low, high, reading.plain)]
        answer: Answer = "agrees" if equal else "differs" if reading.years else "undecided"
        said = digits((equal or reading.numbers)[0])
        reason = f"the sentence says {said}; the record: {number.value:,}"
        made.append(number_record(number, flipped(answer, reading.is_negated), reason))
    made.sort(key=lambda m: m.answer != flipped("agrees", reading.is_negated))
    if made[0].answer == flipped("agrees", reading.is_negated):
        return Decided(
            answer=made[0].answer, reason=made[0].reason, records=tuple(made[:MOST_RECORDS])
        )
    if len(made) > 1:
        made = [replace(m, answer="undecided") for m in made]
    return combined(made)


def digits(number: float) -> str:
    """Return a number as sentences write it, with its thousands grouped."""
    return f"{int(number):,}" if number == int(number) else f"{number:,}"


PLAIN_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "during",
        "for",
        "from",
        "ice",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "was",
        "were",
        "whether",
        "who",
        "with",
    ]
)


def _tells(number: Statistic, reading: SentenceReading) -> bool:
    """Return True if a sentence has nearly all words of what a number counts."""
    said = {stem(w) for w in words_of(reading.plain).split()}
    measure = {stem(w) for w in words_of(number.measure).split() if w not in PLAIN_WORDS}
    return len(measure & said) >= max(2, 0.75 * len(measure))


def stem(word: str) -> str:
    """Return a word without its ending, so that other forms of it are the same."""
    return re.sub(r"(?:ies|es|s|ed|ing|al|als)$", "", word) or word


def _is_of(number: Statistic, years: Sequence[str]) -> bool:
    """Return True if the period of a number is in one of some years (a fiscal year: its end)."""
    last = number.until or number.start or ""
    if number.until and number.start and number.start[5:7] == "10":
        return number.until[:4] in years
    return last[:4] in years or (number.start or "")[:4] in years


def is_near(said: float, value: float, high: float, plain: str) -> bool:
    """Return True if the number in a sentence fits that on record; "about" and "over" count.

    Args:
        said: The number in the sentence.
        value: The number on record, or the lowest of its range.
        high: The highest of its range.
        plain: The sentence.
    """
    if re.search(r"\b(?:more than|over|at least)\b", plain):
        return value >= said
    if re.search(r"\b(?:less than|fewer than|under|below)\b", plain):
        return high <= said
    if _rounded(value, said) == said or _rounded(high, said) == said:
        return True
    margin = 0.05 if re.search(r"\b(?:about|around|nearly|roughly|some|almost)\b", plain) else 0
    return value * (1 - margin) <= said <= high * (1 + margin)


def _rounded(value: float, said: float) -> float | None:
    """Return a number on record in as few digits as a sentence has, if those are thousands.

    Three digits before the zeros are as good as exact: "271,000" for 271,484.
    """
    zeros = len(digits(said)) - len(digits(said).rstrip("0,")) if said >= 1000 else 0
    zeros -= digits(said)[len(digits(said)) - zeros :].count(",")
    if zeros < 3 or said < 100 * 10**zeros:
        return None
    return float(round(value, -zeros))
