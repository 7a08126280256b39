"""Sentences on lawsuits, federal lists, and things about which sources disagree."""

from __future__ import annotations

import re

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.by_number import PLAIN_WORDS, stem
from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Answer,
    Decided,
    Deciding,
    combined,
    flipped,
    law_record,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import holds_on
from ice_facts.model import Event, Policy
from ice_facts.show.words import span_text
from ice_facts.store import Store
from ice_facts.store.naming import words_of


def by_lawsuit(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide whether the federal government sued a place, or the other way round."""
    plaintiff = re.search(words.FEDERAL_PLAINTIFF, reading.plain)
    if not (plaintiff and reading.places and re.search(words.SUES, reading.plain)):
        return None
    place = reading.places[0]
    at = re.search(rf"\b{re.escape(place.name.casefold())}", reading.plain)
    is_first = at is None or plaintiff.start() < at.start()
    is_passive = bool(re.search(r"\bsued by|\bsuit (?:by|from)", reading.plain))
    is_federal = is_first != is_passive
    cases = [
        policy
        for policy in store.referring(Policy, jurisdiction=place.id)
        if policy.kind in ("court case", "court decision")
        and policy.title.startswith(("United States v", "U.S. v")) == is_federal
        and (is_federal or policy.title.casefold().startswith(place.name.casefold()))
    ]
    if not cases:
        return Decided(
            answer="undecided",
            reason="no such suit is on record, which is not to say that there is none",
        )
    made = []
    for case in cases:
        dates = [d for d in (case.introduced, case.enacted) if d]
        events = store.referring(Event, policy=case.id)
        dates += [e.date for e in events if re.search(words.SUES, e.title.casefold())]
        years = {d[:4] for d in dates} | set(re.findall(r"\b20\d\d\b", case.title))
        answer: Answer = "agrees"
        reason = "the suit is on record" + (f": {min(dates)}" if dates else "")
        if reading.years and reading.years[0] not in years:
            answer = "differs" if dates else "undecided"
            reason = f"the sentence says {reading.years[0]}; {reason}"
        answer = flipped(answer, reading.is_negated)
        if re.search(_OUTCOME, reading.plain):
            answer = "undecided"
            reason += f"; how it stands: {(case.stage or case.summary).rstrip('.')}"
        made.append(law_record(case, on, answer, reason))
    made.sort(key=lambda m: m.answer != "agrees")
    return Decided(answer=made[0].answer, reason=made[0].reason, records=tuple(made[:MOST_RECORDS]))


_OUTCOME = (
    r"\b(?:w[io]ns?|won|winning|los(?:es?|t|ing)|dismiss\w*|threw out|thrown out|succe\w+|fail\w*"
    r"|upheld|settled)\b"
)
"""Words for how a suit ended, which the record tells in its own words."""


def by_list(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide whether a place is on one of the federal lists."""
    if not reading.places or not re.search(r"\b(?:list|listed|lists)\b", reading.plain):
        return None
    start = None
    if re.search(r"\b(?:doj|justice)\b", reading.plain):
        start = "doj-sanctuary-list"
    elif re.search(r"\b(?:dhs|homeland)\b", reading.plain):
        start = "dhs-sanctuary-list"
    ids = store.ids(Policy, start) if start else ()
    if not ids:
        return None
    law = store.one(Policy, ids[-1])
    place = reading.places[0]
    entries = [entry for entry in place.listed if entry.list == law.id]
    entry = next((e for e in entries if holds_on(e.start, e.until, on, e.confirmed)), None)
    was = bool(re.search(r"\bwas\b|\bwere\b", reading.plain)) and bool(entries)
    answer: Answer = "agrees" if entry or was else "differs"
    if entry or was:
        span = span_text((entry or entries[0]).start, (entry or entries[0]).until)
        reason = f"{place.name} is on it, {span}" if entry else f"{place.name} was on it, {span}"
    elif entries:
        reason = f"{place.name} was on it, {span_text(entries[0].start, entries[0].until)}"
    else:
        reason = f"{place.name} is not on it"
    return combined([law_record(law, on, flipped(answer, reading.is_negated), reason)])


def by_dispute(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Show the versions of a dispute that a sentence is on."""
    said = {stem(w) for w in words_of(reading.plain).split()}
    said |= {"jurisdiction"} if reading.is_about_bans else set()
    if re.search(rf"\b{words.REFUSE}\b", reading.plain):
        said |= {stem("honor"), stem("comply")}  # whether they may refuse is the same question
    for place in reading.places:
        names = {stem(w) for w in words_of(place.name).split()}
        for dispute in place.disputed:
            about = {stem(w) for w in words_of(dispute.about).split() if w not in PLAIN_WORDS}
            about -= names
            if len(about & said) < max(1, 0.75 * len(about)):
                continue
            told = "; ".join(f"{a.value}. {a.text}".strip() for a in dispute.accounts)
            sources = tuple(citation for a in dispute.accounts for citation in a.sources)
            made = Deciding(
                kind="dispute",
                id=place.id,
                title=f"{place.name}: {dispute.about}",
                record=told,
                answer="undecided",
                reason=f"sources disagree on {dispute.about}",
                confirmed=on,
                sources=sources,
            )
            return combined([made])
    return None
