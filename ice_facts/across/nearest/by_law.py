"""Sentences that name a law: its status, its dates, what it does."""

from __future__ import annotations

import re

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.by_rule import is_on, rule_record
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
from ice_facts.model import Jurisdiction, Policy
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects.policy.brief import status_on

_OF_287G = (
    "287g",
    "287g-jail-enforcement-model",
    "287g-task-force-model",
    "287g-warrant-service-officer",
)


def by_law(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence that names a law: its status, its dates, what it does."""
    is_of_rule = reading.dimension == "287g" and (
        reading.places or reading.defined or reading.duty != "do"
    )
    ids = [id for id in reading.policies if not (is_of_rule and id in _OF_287G)]
    laws = [p for p in (store.get(Policy, id) for id in ids) if p]
    if reading.places:
        near = {id for p in reading.places for id in (p.id, *p.part_of)}
        laws = [law for law in laws if law.jurisdiction in near | {"united-states"}] or laws
        own = [law for law in laws if law.jurisdiction in near]
        laws = own or laws
    if not laws:
        return None
    return combined([_of_law(store, law, reading, on) for law in laws[:MOST_RECORDS]])


def _of_law(store: Store, law: Policy, reading: SentenceReading, on: str) -> Deciding:
    status = status_on(law, on)
    said = words.first_of(words.STATUS_PATTERNS, reading.plain)
    if said == "upheld":
        return _of_upheld(store, law, on)
    if said is not None and not (reading.years and said == "in force"):
        answer = _of_status(said, status)
        if said in ("struck down", "enjoined") and answer == "differs" and _was_judged(law):
            answer = "undecided"
            status += ", and its record tells of rulings against parts of it"
        reason = f"the sentence says “{said}”; the law: {status}"
        return law_record(law, on, flipped(answer, _not_by(reading, said)), reason)
    if reading.years:
        dated = _of_law_in(law, reading, on)
        if dated is not None:
            return dated
    if reading.dimension is None and reading.is_about_bans and status != "struck down":
        banned = _of_ban(store, law, reading, on)
        if banned is not None:
            return banned
    if reading.dimension or reading.is_about_bans:
        rules = [
            (place, rule)
            for place in store.referring(Jurisdiction, policy=law.id)
            for rule in place.rules
            if rule.policy == law.id
            and holds_on(rule.start or rule.known_from, rule.until, on, rule.confirmed)
        ]
        fitting = [(p, r) for p, r in rules if is_on(r, reading)]
        if fitting and status != "struck down":
            found = combined([rule_record(p, r, reading, None) for p, r in fitting])
            return law_record(law, on, found.answer, found.reason)
    told = "its status is not on record" if status == "unknown" else f"the law: {status}"
    return law_record(law, on, "undecided", f"what it says does not settle the sentence; {told}")


def _of_ban(store: Store, law: Policy, reading: SentenceReading, on: str) -> Deciding | None:
    """Decide whether a law bans local limits: "SB 4 bans sanctuary policies"."""
    if reading.duty not in ("may", "may not") or re.search(words.JUDGED, reading.plain):
        return None
    stances = {
        rule.stance
        for place in store.referring(Jurisdiction, policy=law.id)
        for rule in place.rules
        if rule.policy == law.id
        and holds_on(rule.start or rule.known_from, rule.until, on, rule.confirmed)
    }
    if "forbids-limits" not in stances:
        return None
    answer: Answer = "agrees" if reading.duty == "may not" else "differs"
    said = "bans" if reading.duty == "may not" else "allows"
    reason = f"the sentence says “{said} sanctuary policies”; its rules: forbid local limits"
    return law_record(law, on, answer, reason)


def _of_upheld(store: Store, law: Policy, on: str) -> Deciding:
    """Tell the rulings on a law that are on record; whether it was upheld is theirs to say."""
    names = [name for name in (law.short.partition(" (")[0], *law.aliases) if len(name) > 3]
    called = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    cases = [
        case
        for case in store.all(Policy)
        if case.kind in ("court case", "court decision")
        and case.id != law.id
        and law.jurisdiction in (case.jurisdiction, *case.concerns)
        and any(called.search(text) for text in (case.title, case.summary, case.note or ""))
    ]
    judged = [a.text for a in law.amended if re.search(_RULED, a.text.casefold())]
    told = [f"{case.short}: {case.stage or status_on(case, on)}" for case in cases] + judged
    known = "; ".join(text.rstrip(".") for text in told[:MOST_RECORDS])
    status = status_on(law, on)
    reason = f"its status: {status}; " + (
        f"on record of courts: {known}" if known else "no ruling on it is on record"
    )
    return law_record(law, on, "undecided", reason)


_RULED = r"\b(?:court|judge|circuit|enjoin\w*|upheld|affirm\w*|struck|injunction)\b"


def _was_judged(law: Policy) -> bool:
    """Return True if the record of a law has a ruling against a part of it."""
    told = (law.summary, law.note or "", *(a.text for a in law.amended))
    return any(re.search(_AGAINST, text.casefold()) for text in told)


_AGAINST = r"struck|strike|preempt|enjoin|block|invalid|unconstitutional|\bvoid"


def _not_by(reading: SentenceReading, said: str) -> bool:
    """Return True if the word for the status is negated: "was not struck down"."""
    if said == "failed":
        return False
    return reading.is_negated or "no longer" in reading.plain


def _of_status(said: str, status: str) -> Answer:
    if status == "partly enjoined":
        return "undecided"
    groups = words.SAME_STATUS
    own = next((n for n, group in enumerate(groups) if status in group), None)
    other = next((n for n, group in enumerate(groups) if said in group), None)
    if own is None or other is None:
        return "undecided"
    return "agrees" if own == other else "differs"


def _of_law_in(law: Policy, reading: SentenceReading, on: str) -> Deciding | None:
    """Compare the year in a sentence with the dates of a law."""
    year = reading.years[0]
    kind = words.first_of(words.START_PATTERNS, reading.plain)
    enacted, effective = law.enacted or law.introduced, law.effective
    dates = {"enacted": [enacted], "effective": [effective]}.get(kind or "", [enacted, effective])
    known = [date for date in dates if date]
    if not known:
        return None
    told = ", ".join(
        f"{word} {date}"
        for word, date in (("enacted", enacted), ("in effect from", effective))
        if date
    )
    reason = f"the sentence says {year}; the law: {told}"
    if any(date[:4] == year for date in known):
        return law_record(law, on, flipped("agrees", reading.is_negated), reason)
    if kind is None and year not in words_of(law.title).split():
        # A year with no word for what was in it, as in "the 2003 act", names the law.
        return law_record(law, on, flipped("differs", reading.is_negated), reason)
    answer: Answer = "differs" if kind else "undecided"
    return law_record(law, on, flipped(answer, reading.is_negated), reason)
