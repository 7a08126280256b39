"""Sentences on what a term means, and what an agency is a part of."""

from __future__ import annotations

import re

from msgspec.structs import replace

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.decided import Answer, Decided, combined, flipped, term_record
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.model import Term
from ice_facts.store import Store

IS = r"\b(?:is|are|was|means?|isn't|aren't|be)\b"


def by_definition(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence that says what a term is."""
    if reading.places:
        return None
    reading = _without_contrast(reading)
    for definition in words.DEFINITIONS:
        is_meant = definition.term == reading.defined or definition.term in words.DEFINED_AS
        if not is_meant or not re.search(definition.words, _predicate(reading, definition.term)):
            continue
        term = store.get(Term, definition.term)
        if term is None or definition.quote not in term.text:
            continue
        holds: Answer = "agrees" if definition.holds else "differs"
        if (
            re.search(r"\b(?:may|can|cannot|can't)\b", reading.plain)
            and definition.term == "anti-commandeering"
        ):
            holds = "differs"
        reason = f"the term says: “{definition.quote}”"
        # "Without a judge" denies as "not by a judge" does.
        is_denied = reading.is_negated != bool(
            re.search(r"\bwithout (?:an? |any )?(?:judge|judicial|court)", reading.plain)
        )
        if re.search(r"\b(?:cannot|can't|can not)\b", reading.plain):
            is_denied = True
        if definition.term == "anti-commandeering" and re.search(words.BARRED, reading.plain):
            is_denied = True
        return combined([term_record(term, flipped(holds, is_denied), reason)])
    return None


_CONTRAST = r"(?:, (?:and |but )?| (?:and|but) )not (?:an? |the )?\w+(?: \w+){0,2}[.!]?$"
"""What a sentence denies after it said what something is: "requests, not orders"."""


def _without_contrast(reading: SentenceReading) -> SentenceReading:
    """Return the reading of what a sentence affirms, without the contrast at its end."""
    plain, found = re.subn(_CONTRAST, "", reading.plain)
    if not found:
        return reading
    is_negated = bool(re.search(r"\bnot\b|n't\b|\bnever\b|\bno\b", plain))
    return replace(reading, plain=plain, is_negated=is_negated)


def _predicate(reading: SentenceReading, term: str) -> str:
    """Return what a sentence says after its verb; all of it where the term is not named."""
    if term in words.DEFINED_AS:
        return reading.plain
    parts = re.split(IS, reading.plain, maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def by_agency(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide of which department an agency is a part, and since when there is one."""
    if reading.defined is None or reading.places:
        return None
    term = store.get(Term, reading.defined)
    if term is None or ("agency" not in term.text and "branch of" not in term.text):
        return None
    cut = re.search(words.PART_OF, reading.plain)
    said = words.first_of(words.PARENT_PATTERNS, reading.plain[cut.end() :]) if cut else None
    own = re.search(r"\b(?:agency in|branch of) (\w+)", term.text)
    if said and own:
        answer: Answer = "agrees" if said == own[1] else "differs"
        reason = f"the sentence says {said}; the record: {own[0]}"
        return combined([term_record(term, flipped(answer, reading.is_negated), reason)])
    if reading.years and re.search(words.FOUNDED, reading.plain):
        opened = re.search(r"opened in (?:\w+ )?(\d{4})", term.text)
        if opened and not reading.policies:
            answer = "agrees" if reading.years[0] == opened[1] else "differs"
            reason = f"the sentence says {reading.years[0]}; the record: {opened[0]}"
            return combined([term_record(term, flipped(answer, reading.is_negated), reason)])
    return None


_NO_DEFINITION = ("ice-term", "cbp-term", "removal")


def by_term(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Show the definition of the term that a sentence is on."""
    ids = [reading.defined] if reading.defined and re.search(IS, reading.plain) else []
    ids += [id for id in ("sanctuary-jurisdiction", "sanctuary-state") if id in reading.terms]
    ids = [id for id in dict.fromkeys(ids) if id not in _NO_DEFINITION]
    terms = [t for t in (store.get(Term, id) for id in ids) if t]
    if not terms:
        return None
    reason = "the definition does not settle it"
    if terms[0].id == "sanctuary-jurisdiction" and reading.places:
        reason = "the word has no agreed definition; what the place's rules say is on its card"
    return combined([term_record(term, "undecided", reason) for term in terms])
