"""Sentences on what is required, allowed or forbidden at a place, and where none is named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Answer,
    Decided,
    Deciding,
    combined,
    law_record,
    term_record,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import holds_on, last_day
from ice_facts.model import Jurisdiction, Policy, Rule, Term
from ice_facts.show.words import span_text
from ice_facts.store import Store
from ice_facts.subjects.rule import binds_state_bodies_only, layers_of, search_title
from ice_facts.vocabulary import BOUND, DIMENSIONS

_STANCES: dict[str, dict[str, Answer]] = {
    "prohibits": {
        "must": "differs", "may": "differs", "may not": "agrees", "need not": "agrees",
        "limits": "agrees",
    },
    "limits": {"must": "differs", "need not": "agrees", "limits": "agrees"},
    "permits": {"may": "agrees", "may not": "differs", "limits": "differs"},
    "forbids-limits": {"may": "agrees", "may not": "differs", "limits": "differs"},
    "requires": {
        "must": "agrees", "may": "agrees", "may not": "differs", "need not": "differs",
        "limits": "differs",
    },
}  # fmt: skip
"""By stance of a rule and duty in a sentence, the answer; "undecided" where there is none."""


_EXCEPTIONS = ("unless", "except", "without")


def is_on(rule: Rule, reading: SentenceReading) -> bool:
    """Return True if a rule is on what a sentence speaks of."""
    if reading.dimension is not None:
        return rule.dimension == reading.dimension
    return reading.is_about_bans and rule.dimension == "general-assistance"


def by_rule(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence by the rules in force at a place: its own, its county's, its state's."""
    is_ban = reading.dimension is None and reading.is_about_bans
    if not reading.places or not (reading.dimension or is_ban):
        return None
    if is_ban and not re.search(rf"\b(?:{words.BANS}|{words.ALLOWS})\b", reading.plain):
        return None
    made: list[list[Deciding]] = []
    for place in reading.places[:3]:
        layers = layers_of(store, place)
        found = (
            _of_ban(store, layers, reading, on)
            if is_ban
            else _of_layers(store, layers, reading, on)
        )
        if found:
            made.append(found)
    if not made:
        names = " and ".join(place.name for place in reading.places)
        on_what = DIMENSIONS[reading.dimension].lower() if reading.dimension else "local limits"
        return Decided(answer="undecided", reason=f"no rule on {on_what} is on record at {names}")
    parts = [combined(found, "the rules that reach the place differ") for found in made]
    if len(parts) == 1:
        return parts[0]
    worst = next(
        (p for a in ("differs", "undecided", "agrees") for p in parts if p.answer == a), parts[0]
    )
    # A state's rule that reaches a city which is named beside it is told once.
    records: dict[tuple[str, str, str], Deciding] = {}
    for record in (record for part in parts for record in part.records):
        records.setdefault((record.id, record.title, record.record), record)
    told = tuple(records.values())
    return Decided(answer=worst.answer, reason=worst.reason, records=told[:MOST_RECORDS])


def _of_layers(
    store: Store, layers: Sequence[Jurisdiction], reading: SentenceReading, on: str
) -> list[Deciding]:
    is_start = _is_start(reading)
    day = on if is_start or not reading.years else reading.years[0]
    rules = [
        (place, rule)
        for place in layers
        for rule in place.rules
        if is_on(rule, reading) and _holds(rule, day, whole=day != on)
    ]
    directed = [(p, r) for p, r in rules if r.stance not in ("silent", "unknown")]
    if is_start and directed:
        own = directed[0][0].id
        directed = [(p, r) for p, r in directed if p.id == own]
    bound = [(p, r) for p, r in directed if _binds(r, reading.actor, p, layers[0])]
    chosen = bound or directed or rules
    made = [rule_record(p, r, reading, layers[0]) for p, r in chosen]
    if directed and not bound:
        made = [
            replace(m, answer="undecided", reason=f"{m.reason}; it binds {_bound(r)}")
            for m, (_, r) in zip(made, chosen, strict=True)
        ]
    made = [
        replace(m, answer="undecided", reason=f"{m.reason}; only {r.scope}") if r.scope else m
        for m, (_, r) in zip(made, chosen, strict=True)
    ]
    apart = re.search(_APART, reading.plain)
    if apart:
        why = f"the sentence speaks of {apart[0]}, which the rule can treat apart"
        made = [replace(m, answer="undecided", reason=f"{m.reason}; {why}") for m in made]
    if is_start:
        made = [_in_year(store, m, r, reading) for m, (_, r) in zip(made, chosen, strict=True)]
    return made


_APART = r"\b(?:criminals?|crimes?|warrants?|victims?|witness(?:es)?|citizens)\b"
"""Words for what such rules often except: a sentence with one is undecided."""


def _is_start(reading: SentenceReading) -> bool:
    """Return True if the year in a sentence is when something began."""
    if not reading.years:
        return False
    past = (
        "banned|outlawed|prohibited|forbade|barred|required|mandated|limited|restricted|allowed"
        "|permitted|began"
    )
    return bool(re.search(rf"\b(?:since|from|beginning|starting|{past})\b", reading.plain))


def _holds(rule: Rule, day: str, *, whole: bool) -> bool:
    """Return True if a rule holds on a day or, if ``whole``, at the end of a year."""
    start = rule.start or rule.known_from
    if not whole:
        return holds_on(start, rule.until, day, rule.confirmed)
    return holds_on(start, rule.until, last_day(day), rule.confirmed)


def _binds(rule: Rule, actor: str | None, maker: Jurisdiction, place: Jurisdiction) -> bool:
    """Return True if a rule binds the actor of a sentence on a place, as far as is recorded."""
    if not rule.binds:
        return True
    if place.level != "state" and binds_state_bodies_only(rule, maker):
        return False
    if actor is None:
        return True
    wanted = words.BODIES_WITH_ACTOR.get(actor, {actor})
    if maker.level == "state" and actor in ("police", "sheriffs-jails"):
        wanted = wanted - {"own-agencies", "one-agency"}
    return bool(wanted & set(rule.binds))


def _bound(rule: Rule) -> str:
    return ", ".join(BOUND[word] for word in rule.binds)


def rule_record(
    maker: Jurisdiction, rule: Rule, reading: SentenceReading, place: Jurisdiction | None
) -> Deciding:
    """Return a rule as a deciding record, with whether the sentence agrees with it.

    Args:
        maker: Whose rule it is.
        rule: The rule.
        reading: What the sentence speaks of.
        place: The place that the sentence is on, or None.
    """
    answer = _STANCES.get(rule.stance, {}).get(reading.duty, "undecided")
    since = span_text(rule.start or rule.known_from, rule.until)
    whose = f"the rule of {maker.name}"
    if place is not None and place.id != maker.id:
        whose += f", which reaches {place.name}"
    says = f"{whose}: {rule.stance}" + (f", {since}" if since else "")
    reason = f"the sentence says “{reading.duty}”; {says}"
    if reading.duty in ("do", "do not"):
        reason = f"the sentence tells what is done, a rule what is allowed; {says}"
    elif reading.duty == "should":
        reason = f"the sentence gives a view; {says}"
    elif rule.stance in ("silent", "unknown"):
        answer = "undecided"
    elif reading.condition is not None and not (
        rule.stance == "prohibits"
        and reading.duty == "may not"
        and reading.condition in _EXCEPTIONS
    ):
        answer = "undecided"
        reason += f". The sentence has a condition (“{reading.condition}”)"
    if answer == "undecided" and rule.stance == "limits" and reading.duty in _STANCES["prohibits"]:
        reason += " to the cases that it names" if not since else ", to the cases that it names"
    if rule.practice and answer != "undecided":
        answer = "undecided"
        reason += ". What is told is a practice: no written rule was read"
    is_help = rule.dimension == "general-assistance"
    if is_help and "civil" in rule.text and not re.search(r"\bcivil\b", reading.plain):
        reason += ". The rule is on civil immigration enforcement"
    missing = [n for n in reading.numbers if f"{n:g}" not in rule.text.replace(",", "")]
    if missing and answer == "agrees":
        answer = "undecided"
        reason += f". The number {missing[0]:g} is not in its text"
    return Deciding(
        kind="rule",
        id=maker.id,
        title=search_title(maker, rule),
        record=rule.text,
        answer=answer,
        reason=reason,
        start=rule.start or rule.known_from,
        until=rule.until,
        confirmed=rule.confirmed,
        sources=rule.sources,
    )


def _in_year(store: Store, made: Deciding, rule: Rule, reading: SentenceReading) -> Deciding:
    """Return a record with the year of a sentence held against the start of its rule."""
    if made.answer != "agrees":
        return made
    law = store.get(Policy, rule.policy) if rule.policy else None
    dates = [rule.start, *((law.enacted, law.effective) if law else ())]
    known = [date for date in dates if date]
    year = reading.years[0]
    if any(date[:4] == year for date in known):
        return made
    if not known:
        return replace(
            made, answer="undecided", reason=f"{made.reason}; its first day is not known"
        )
    told = ", ".join(dict.fromkeys(known))
    return replace(made, answer="differs", reason=f"the sentence says {year}; the record: {told}")


def _of_ban(
    store: Store, layers: Sequence[Jurisdiction], reading: SentenceReading, on: str
) -> list[Deciding]:
    """Return the rules that forbid local limits, or the opposite, for "bans sanctuary cities"."""
    rules = [
        (place, rule)
        for place in layers
        for rule in place.rules
        if holds_on(rule.start or rule.known_from, rule.until, on, rule.confirmed)
    ]
    banning = [(p, r) for p, r in rules if r.stance == "forbids-limits"]
    banning.sort(key=lambda found: found[1].dimension != "general-assistance")
    general = [
        (p, r)
        for p, r in rules
        if r.dimension == "general-assistance" and r.stance in ("prohibits", "limits")
    ]
    is_ban = reading.duty == "may not"
    is_view = re.search(words.JUDGED, reading.plain) is not None
    made = []
    for place, rule in (banning or general)[:2]:
        answer: Answer = "agrees" if bool(banning) == is_ban else "differs"
        if is_view or reading.duty not in ("may", "may not"):
            answer = "undecided"
        record = rule_record(place, rule, reading, layers[0])
        what = "forbids local limits" if banning else f"{rule.stance} help with enforcement"
        said = "bans sanctuary policies" if is_ban else "allows sanctuary policies"
        since = span_text(rule.start or rule.known_from, rule.until)
        if is_view:
            said = "a judgement of the ban, which its text does not settle"
        reason = f"the sentence says “{said}”; the rule of {place.name}: {what}, {since}"
        record = replace(record, answer=answer, reason=reason)
        made.append(_in_year(store, record, rule, reading) if reading.years else record)
    return made[:1] if made and made[0].answer == "differs" else made


_FEDERAL: dict[str, tuple[type[Policy] | type[Term], str]] = {
    "detainers": (Policy, "8-cfr-287-7"),
    "287g": (Policy, "287g"),
    "information-sharing": (Policy, "8-usc-1373"),
}
"""The federal law on a form of cooperation; for all others the rule on commandeering."""


def by_federal_law(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Say that a rule on cooperation depends on the place, and show the federal law on it."""
    is_local = (
        reading.actor
        or reading.defined
        or reading.dimension == "287g"
        or re.search(
            r"\b(?:local|states?|cit(?:y|ies)|count(?:y|ies)|towns?|jails?|everyone)\b",
            reading.plain,
        )
    )
    if reading.places or reading.dimension is None or not is_local or reading.duty == "do":
        return None
    counts = Counter(
        stance
        for place in store.each(Jurisdiction)
        if place.level == "state"
        for stance in {
            rule.stance
            for rule in place.rules
            if rule.dimension == reading.dimension
            and holds_on(rule.start or rule.known_from, rule.until, on, rule.confirmed)
        }
        if stance not in ("silent", "unknown")
    )
    told = ", ".join(f"{stance} in {n}" for stance, n in sorted(counts.items()))
    reason = f"it depends on the place. State rules: {told}" if told else "it depends on the place"
    cls, id = _FEDERAL.get(reading.dimension, (Term, "anti-commandeering"))
    record = store.get(cls, id)
    if isinstance(record, Policy):
        return combined([law_record(record, on, "undecided", reason)])
    if isinstance(record, Term):
        return combined([term_record(record, "undecided", reason)])
    return None
