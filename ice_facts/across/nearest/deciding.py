"""The records that decide a sentence, and how the sentence stands to them.

A verdict is given only where plain logic gives it: "must" against a rule that prohibits, a name
against the holder of the office, a year against the date of a law. All else is undecided, and the
record is shown with what both say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.reading import Reading
from ice_facts.dates import first_day, holds_on, last_day
from ice_facts.model import (
    Citation,
    Event,
    Jurisdiction,
    Official,
    Policy,
    Rule,
    Statistic,
    Term,
)
from ice_facts.show.words import amount_text, span_text
from ice_facts.store import Store
from ice_facts.store.naming import words_of
from ice_facts.subjects.official import official_title
from ice_facts.subjects.policy.brief import status_on
from ice_facts.subjects.rule import search_title
from ice_facts.vocabulary import BOUND, DIMENSIONS

Answer = Literal["agrees", "differs", "undecided"]

MOST = 4  # records that are told to decide one sentence


class Deciding(Struct, frozen=True, kw_only=True):
    """A record on what a sentence says, and how the sentence stands to it, in words."""

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
    """What the record says on a sentence: the answer, why, and the records, the first one first."""

    answer: Answer
    reason: str
    records: tuple[Deciding, ...] = ()


NOTHING = Decided(
    answer="undecided",
    reason="no rule, office, law, term or number on record is what the sentence speaks of",
)


def decide(store: Store, reading: Reading, on: str) -> Decided:
    """Return what the record says on a sentence.

    Args:
        store: The record.
        reading: What the sentence speaks of.
        on: The date of the answer.
    """
    for decider in _DECIDERS:
        found = decider(store, reading, on)
        if found is not None:
            return found
    return NOTHING


def _together(records: Sequence[Deciding], reason: str = "") -> Decided:
    """Return the answer that several records give together.

    Records that contradict one another decide nothing; those that are undecided follow the others.
    """
    answers = {record.answer for record in records} - {"undecided"}
    if len(answers) == 2:
        return Decided(
            answer="undecided",
            reason=reason or "the records that bear on it differ",
            records=tuple(records[:MOST]),
        )
    answer: Answer = next(iter(answers), "undecided")
    telling = next((r for r in records if r.answer == answer), records[0])
    ordered = [telling, *(record for record in records if record is not telling)]
    return Decided(answer=answer, reason=telling.reason, records=tuple(ordered[:MOST]))


def _flipped(answer: Answer, is_negated: bool) -> Answer:
    if not is_negated or answer == "undecided":
        return answer
    return "differs" if answer == "agrees" else "agrees"


# Offices


def _by_office(store: Store, reading: Reading, on: str) -> Decided | None:
    """Decide a sentence that says no more than who holds an office, and when."""
    if reading.office is None:
        return None
    offices = words.SAME_OFFICE.get(reading.office, {reading.office})
    places = list(reading.places)
    if not places and reading.office in (*words.FEDERAL_OFFICES, "attorney general"):
        places = [p for p in (store.get(Jurisdiction, "united-states"),) if p]
    if not places:
        places = _places_of_person(store, reading, offices)
    terms = [(p, o) for p in places for o in p.officials if o.office in offices]
    if not terms:
        return None
    said = set(words_of(reading.plain).split())
    named = [(p, o) for p, o in terms if _is_named(o, said)]
    rest = said - {w for p in places for n in (p.name, *p.aliases) for w in words_of(n).split()}
    rest -= {w for _, o in named for w in words_of(o.name).split()} | words.OFFICE_WORDS
    rest = {w for w in rest if not w.isdigit()}
    if not named and len(rest) <= 3 and len(rest) >= 2:
        return _stranger(terms, reading, on)
    if rest:
        return None
    if not named:
        return None
    return _of_person(terms, named, reading, on)


def _places_of_person(store: Store, reading: Reading, offices: set[str]) -> list[Jurisdiction]:
    """Return the places where somebody whom a sentence names holds or held an office."""
    said = set(words_of(reading.plain).split())
    return [
        place
        for place in store.each(Jurisdiction)
        if any(o.office in offices and _is_named(o, said) for o in place.officials)
    ]


def _is_named(official: Official, said: set[str]) -> bool:
    """Return True if a sentence has the last name of an official, and no other first name."""
    parts = [w for w in words_of(official.name).split() if w not in ("jr", "sr", "ii", "iii")]
    return bool(parts) and parts[-1] in said and (len(parts) < 2 or _first_fits(parts, said))


def _first_fits(parts: Sequence[str], said: set[str]) -> bool:
    others = said - set(parts) - words.OFFICE_WORDS
    return parts[0] in said or not others or parts[-1] in said and _may_stand_alone(parts, said)


def _may_stand_alone(parts: Sequence[str], said: set[str]) -> bool:
    """Return True if a last name can mean its holder: "Lightfoot", "Joe Biden" for Joseph."""
    return len(parts[-1]) > 4 or any(w[0] == parts[0][0] for w in said - {parts[-1]} if len(w) > 1)


def _office_record(
    place: Jurisdiction, term: Official, on: str, answer: Answer, reason: str
) -> Deciding:
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


_Term = tuple[Jurisdiction, Official]


def _holders(terms: Sequence[_Term], on: str) -> list[_Term]:
    return [(p, o) for p, o in terms if holds_on(o.start, o.until, on, o.confirmed)]


def _stranger(terms: Sequence[_Term], reading: Reading, on: str) -> Decided | None:
    """Decide a sentence that names somebody who is in no term on record."""
    day = reading.years[0] if reading.years else on
    if (
        re.search(r"\b(?:was|were|former|once|became|elected)\b", reading.plain)
        and not reading.years
    ):
        return None
    held = _holders(terms, day)
    if not held or len({o.office for _, o in held}) > 1:
        return None
    place, holder = held[0]
    answer = _flipped("differs", reading.is_negated)
    reason = f"the sentence names somebody else; on {day} the {holder.office} is {holder.name}"
    return _together([_office_record(p, o, on, answer, reason) for p, o in held])


def _of_person(
    terms: Sequence[_Term], named: Sequence[_Term], reading: Reading, on: str
) -> Decided:
    place, person = next(iter(_holders(named, on)), named[-1])
    is_now = bool(_holders(named, on))
    plain = reading.plain
    if reading.years:
        return _of_person_in(terms, named, reading, on)
    if re.search(r"\b(?:was|were|former|once|ex|served|used to)\b", plain):
        if re.search(r"\b(?:former|once|ex|used to)\b", plain) and is_now:
            reason = f"the sentence says a past term; {person.name} is in office"
            answer: Answer = "differs"
        else:
            reason = f"{person.name}: {span_text(person.start, person.until)}"
            answer = "agrees"
        records = [_office_record(p, o, on, _flipped(answer, reading.is_negated), reason)
                   for p, o in [(place, person)]]  # fmt: skip
        return _together(records)
    if is_now:
        answer = _flipped("agrees", reading.is_negated)
        reason = f"on {on} the {person.office} of {place.name} is {person.name}"
        return _together([_office_record(place, person, on, answer, reason)])
    own = [t for t in terms if t[0].id == place.id]
    held = _holders(own, on)
    span = span_text(person.start, person.until)
    if not held:
        reason = f"{person.name}: {span}; who holds the office on {on} is not on record"
        return _together([_office_record(place, person, on, "undecided", reason)])
    answer = _flipped("differs", reading.is_negated)
    now = ", ".join(o.name for _, o in held)
    reason = f"{person.name}: {span}; on {on} the {person.office} is {now}"
    records = [_office_record(p, o, on, answer, reason) for p, o in held]
    return _together([*records, _office_record(place, person, on, answer, reason)])


def _of_person_in(
    terms: Sequence[_Term], named: Sequence[_Term], reading: Reading, on: str
) -> Decided:
    """Decide a sentence on a person, an office and a year."""
    year = reading.years[0]
    is_start = re.search(rf"\b(?:since|became|elected|sworn|took office)\b", reading.plain)
    if is_start:
        begun = [(p, o) for p, o in named if o.start and o.start[:4] == year]
        place, person = begun[0] if begun else named[-1]
        known = bool(person.start)
        answer: Answer = "agrees" if begun else "differs" if known else "undecided"
        if "elected" in reading.plain and not begun:
            answer = "undecided"  # an election can be in the year before the term
        reason = f"the sentence says {year}; in office {span_text(person.start, person.until)}"
        made = _office_record(place, person, on, _flipped(answer, reading.is_negated), reason)
        return _together([made])
    within = [(p, o) for p, o in named if _overlaps(o, year)]
    if within:
        place, person = within[0]
        reason = f"in {year} in office: {person.name}, {span_text(person.start, person.until)}"
        answer = _flipped("agrees", reading.is_negated)
        return _together([_office_record(place, person, on, answer, reason)])
    others = [(p, o) for p, o in terms if p.id == named[0][0].id and _overlaps(o, year)]
    covers = any(
        first_day(o.start or "9999") <= f"{year}-01-01" and (not o.until or o.until[:4] > year)
        for _, o in others
    )
    answer = _flipped("differs", reading.is_negated) if covers else "undecided"
    who = ", ".join(o.name for _, o in others) or "not on record"
    reason = f"the sentence says {year}; in office then: {who}"
    return _together([_office_record(p, o, on, answer, reason) for p, o in (*others, named[-1])])


def _overlaps(term: Official, year: str) -> bool:
    begin = first_day(term.start or term.confirmed or "9999")
    return begin <= f"{year}-12-31" and (
        term.until is None or first_day(term.until) > f"{year}-01-01"
    )


# Studies


def _by_study(store: Store, reading: Reading, on: str) -> Decided | None:
    """Find the studies on what a sentence says of crime; a study is no verdict."""
    if not re.search(words.CRIME, reading.plain) or reading.places:
        return None
    reason = "studies of their own method, places and years; none of them settles causes"
    for pattern, studies, numbers in words.STUDIED:
        if re.search(pattern, reading.plain):
            events = [e for e in (store.get(Event, id) for id in studies) if e]
            found = [_event_record(e, "undecided", reason) for e in events]
            values = [s for s in (store.get(Statistic, id) for id in numbers) if s]
            found += [_number_record(s, "undecided", reason) for s in values]
            if found:
                return _together(found)
    return None


def _event_record(event: Event, answer: Answer, reason: str) -> Deciding:
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


# Terms


def _term_record(term: Term, answer: Answer, reason: str) -> Deciding:
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


_IS = r"\b(?:is|are|was|means?|isn't|aren't|be)\b"


def _by_definition(store: Store, reading: Reading, on: str) -> Decided | None:
    """Decide a sentence that says what a term is."""
    if reading.places:
        return None
    for definition in words.DEFINITIONS:
        is_meant = definition.term == reading.defined or definition.term in words.DEFINED_AS
        if not is_meant or not re.search(definition.words, _predicate(reading, definition.term)):
            continue
        term = store.get(Term, definition.term)
        if term is None or definition.quote not in term.text:
            continue
        holds: Answer = "agrees" if definition.holds else "differs"
        if re.search(r"\b(?:may|can)\b", reading.plain) and definition.term == "anti-commandeering":
            holds = "differs"
        reason = f"the term says: “{definition.quote}”"
        answer = _flipped(holds, reading.is_negated)
        return _together([_term_record(term, answer, reason)])
    return None


def _predicate(reading: Reading, term: str) -> str:
    """Return what a sentence says after its verb; all of it where the term is not named."""
    if term in words.DEFINED_AS and term != reading.defined:
        return reading.plain
    parts = re.split(_IS, reading.plain, maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def _by_agency(store: Store, reading: Reading, on: str) -> Decided | None:
    """Decide of which department an agency is a part, and since when there is one."""
    if reading.defined is None or reading.places:
        return None
    term = store.get(Term, reading.defined)
    if term is None or "agency" not in term.text and "branch of" not in term.text:
        return None
    cut = re.search(words.PART_OF, reading.plain)
    said = words.first_of(words.PARENTS, reading.plain[cut.end() :]) if cut else None
    own = re.search(r"\b(?:agency in|branch of) (\w+)", term.text)
    if said and own:
        answer: Answer = "agrees" if said == own[1] else "differs"
        reason = f"the sentence says {said}; the record: {own[0]}"
        return _together([_term_record(term, _flipped(answer, reading.is_negated), reason)])
    if reading.years and re.search(words.FOUNDED, reading.plain):
        opened = re.search(r"opened in (?:\w+ )?(\d{4})", term.text)
        if opened and not reading.policies:
            answer = "agrees" if reading.years[0] == opened[1] else "differs"
            reason = f"the sentence says {reading.years[0]}; the record: {opened[0]}"
            return _together([_term_record(term, _flipped(answer, reading.is_negated), reason)])
    return None


# Lawsuits and lists


def _by_lawsuit(store: Store, reading: Reading, on: str) -> Decided | None:
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
        answer = _flipped(answer, reading.is_negated)
        made.append(_law_record(case, on, answer, reason))
    made.sort(key=lambda m: m.answer != "agrees")
    return Decided(answer=made[0].answer, reason=made[0].reason, records=tuple(made[:MOST]))


def _by_list(store: Store, reading: Reading, on: str) -> Decided | None:
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
    return _together([_law_record(law, on, _flipped(answer, reading.is_negated), reason)])


# Numbers


def _number_record(number: Statistic, answer: Answer, reason: str) -> Deciding:
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


def _by_number(store: Store, reading: Reading, on: str) -> Decided | None:
    """Decide a sentence that gives a number of what the record counts."""
    if not reading.numbers or reading.mode in ("must", "may", "may not", "need not"):
        return None
    where = {place.id for place in reading.places} or {"united-states"}
    wanted = words.first_of(tuple((m, p) for p, m in words.MEASURES), reading.plain)
    found = [
        number
        for number in store.all(Statistic)
        if number.jurisdiction in where
        and (number.measure == wanted and not reading.places or _tells(number, reading))
    ]
    dated = [n for n in found if not reading.years or _is_of(n, reading.years)]
    if not dated:
        return None
    made = []
    for number in dated:
        equal = [n for n in reading.numbers if _is_near(n, number, reading.plain)]
        answer: Answer = "agrees" if equal else "differs" if reading.years else "undecided"
        said = (
            f"{(equal or reading.numbers)[0]:,g}"
            if (equal or reading.numbers)[0] < 1e6
            else f"{(equal or reading.numbers)[0]:,.0f}"
        )
        reason = f"the sentence says {said}; the record: {number.value:,}"
        made.append(_number_record(number, _flipped(answer, reading.is_negated), reason))
    made.sort(key=lambda m: m.answer != _flipped("agrees", reading.is_negated))
    if made[0].answer == _flipped("agrees", reading.is_negated):
        return Decided(answer=made[0].answer, reason=made[0].reason, records=tuple(made[:MOST]))
    if len(made) > 1:
        made = [replace(m, answer="undecided") for m in made]
    return _together(made)


_PLAIN_WORDS = frozenset(
    "a an and at by for from ice in of on or the to with had has were was who".split()
)


def _tells(number: Statistic, reading: Reading) -> bool:
    """Return True if a sentence has nearly all words of what a number counts."""
    said = {_stem(w) for w in words_of(reading.plain).split()}
    measure = {_stem(w) for w in words_of(number.measure).split() if w not in _PLAIN_WORDS}
    return len(measure & said) >= max(2, 0.75 * len(measure))


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ed|ing|al|als)$", "", word) or word


def _is_of(number: Statistic, years: Sequence[str]) -> bool:
    """Return True if the period of a number is in one of some years (fiscal years: by their end)."""
    last = number.until or number.start or ""
    if number.until and number.start and number.start[5:7] == "10":
        return number.until[:4] in years
    return last[:4] in years or (number.start or "")[:4] in years


def _is_near(said: float, number: Statistic, plain: str) -> bool:
    value, high = float(number.value), float(number.high or number.value)
    if re.search(r"\b(?:more than|over|at least)\b", plain):
        return value >= said >= 0.5 * value
    if re.search(r"\b(?:less than|fewer than|under|below)\b", plain):
        return high <= said <= 2 * high
    margin = 0.05 if re.search(r"\b(?:about|around|nearly|roughly|some|almost)\b", plain) else 0
    return value * (1 - margin) <= said <= high * (1 + margin)


# Laws


def _law_record(policy: Policy, on: str, answer: Answer, reason: str) -> Deciding:
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


_OF_287G = (
    "287g",
    "287g-jail-enforcement-model",
    "287g-task-force-model",
    "287g-warrant-service-officer",
)


def _by_law(store: Store, reading: Reading, on: str) -> Decided | None:
    """Decide a sentence that names a law: its status, its dates, what it does."""
    ids = [id for id in reading.policies if not (reading.dimension == "287g" and id in _OF_287G)]
    laws = [p for p in (store.get(Policy, id) for id in ids) if p]
    if reading.places:
        near = {id for p in reading.places for id in (p.id, *p.part_of)}
        laws = [law for law in laws if law.jurisdiction in near | {"united-states"}] or laws
        own = [law for law in laws if law.jurisdiction in near]
        laws = own or laws
    if not laws:
        return None
    return _together([_of_law(store, law, reading, on) for law in laws[:MOST]])


def _of_law(store: Store, law: Policy, reading: Reading, on: str) -> Deciding:
    status = status_on(law, on)
    said = words.first_of(words.STATUSES, reading.plain)
    if said is not None and not (reading.years and said == "in force"):
        answer = _of_status(said, status)
        reason = f"the sentence says {said}; the law: {status}"
        return _law_record(law, on, _flipped(answer, _not_by(reading, said)), reason)
    if reading.years:
        dated = _of_law_in(law, reading, on)
        if dated is not None:
            return dated
    if reading.dimension or reading.is_about_bans:
        rules = [
            (place, rule)
            for place in store.referring(Jurisdiction, policy=law.id)
            for rule in place.rules
            if rule.policy == law.id
            and holds_on(rule.start or rule.known_from, rule.until, on, rule.confirmed)
        ]
        fitting = [(p, r) for p, r in rules if _is_on(r, reading)]
        if fitting and status != "struck down":
            found = _together([_rule_record(p, r, reading, None) for p, r in fitting])
            return _law_record(law, on, found.answer, found.reason)
    return _law_record(
        law,
        on,
        "undecided",
        f"what the law says is told below; it is {status}"
        if status != "unknown"
        else "what the law says is told below; its status is not on record",
    )


def _not_by(reading: Reading, said: str) -> bool:
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


def _of_law_in(law: Policy, reading: Reading, on: str) -> Deciding | None:
    """Compare the year in a sentence with the dates of a law."""
    year = reading.years[0]
    kind = words.first_of(words.STARTS, reading.plain)
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
        return _law_record(law, on, _flipped("agrees", reading.is_negated), reason)
    if kind is None and year not in words_of(law.title).split():
        # A year with no word for what was in it, as in "the 2003 act", names the law.
        return _law_record(law, on, _flipped("differs", reading.is_negated), reason)
    answer: Answer = "differs" if kind else "undecided"
    return _law_record(law, on, _flipped(answer, reading.is_negated), reason)


# Rules

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
"""How what a sentence says stands to what a rule does, where that is decided."""

_EXCEPTIONS = ("unless", "except", "without")


def _is_on(rule: Rule, reading: Reading) -> bool:
    """Return True if a rule is on what a sentence speaks of."""
    if reading.dimension is not None:
        return rule.dimension == reading.dimension
    return reading.is_about_bans and rule.dimension == "general-assistance"


def _layers(store: Store, place: Jurisdiction) -> list[Jurisdiction]:
    """Return a place, its counties and its state."""
    order = {"city": 0, "county": 1, "state": 2, "federal": 3}
    above = store.many(Jurisdiction, place.part_of)
    return [place, *sorted(above, key=lambda j: (order[j.level], j.id))]


def _by_rule(store: Store, reading: Reading, on: str) -> Decided | None:
    """Decide a sentence by the rules in force at a place: its own, its county's, its state's."""
    is_ban = reading.dimension is None and reading.is_about_bans
    if not reading.places or not (reading.dimension or is_ban):
        return None
    if is_ban and not re.search(rf"\b(?:{words.BANS}|{words.ALLOWS})\b", reading.plain):
        return None
    made: list[list[Deciding]] = []
    for place in reading.places[:3]:
        layers = _layers(store, place)
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
    parts = [_together(found, "the rules that reach the place differ") for found in made]
    if len(parts) == 1:
        return parts[0]
    worst = next(
        (p for a in ("differs", "undecided", "agrees") for p in parts if p.answer == a), parts[0]
    )
    records = tuple(record for part in parts for record in part.records)
    return Decided(answer=worst.answer, reason=worst.reason, records=records[:MOST])


def _of_layers(
    store: Store, layers: Sequence[Jurisdiction], reading: Reading, on: str
) -> list[Deciding]:
    is_start = _is_start(reading)
    day = on if is_start or not reading.years else reading.years[0]
    rules = [
        (place, rule)
        for place in layers
        for rule in place.rules
        if _is_on(rule, reading) and _holds(rule, day, whole=day != on)
    ]
    telling = [(p, r) for p, r in rules if r.stance not in ("silent", "unknown")]
    bound = [(p, r) for p, r in telling if _binds(r, reading.subject, p, layers[0])]
    chosen = bound or telling or rules
    made = [_rule_record(p, r, reading, layers[0]) for p, r in chosen]
    if telling and not bound:
        made = [
            replace(m, answer="undecided", reason=f"{m.reason}; it binds {_bound(r)}")
            for m, (_, r) in zip(made, chosen, strict=True)
        ]
    if is_start:
        made = [_in_year(store, m, r, reading) for m, (_, r) in zip(made, chosen, strict=True)]
    return made


def _is_start(reading: Reading) -> bool:
    """Return True if the year in a sentence is when something began."""
    if not reading.years:
        return False
    past = r"banned|outlawed|prohibited|forbade|barred|required|mandated|limited|restricted|allowed|permitted|began"
    return bool(re.search(rf"\b(?:since|from|beginning|starting|{past})\b", reading.plain))


def _holds(rule: Rule, day: str, *, whole: bool) -> bool:
    """Return True if a rule holds on a day, or through all of it where it is a year."""
    start = rule.start or rule.known_from
    if not whole:
        return holds_on(start, rule.until, day, rule.confirmed)
    return holds_on(start, rule.until, last_day(day), rule.confirmed)


def _binds(rule: Rule, subject: str | None, maker: Jurisdiction, place: Jurisdiction) -> bool:
    """Return True if a rule binds whom a sentence speaks of, as far as that is recorded."""
    if not rule.binds:
        return True
    if maker.level == "state" and place.level != "state" and set(rule.binds) <= _ONLY_STATE:
        return False
    if subject is None:
        return True
    wanted = words.BOUND_TOO.get(subject, {subject})
    if maker.level == "state" and subject in ("police", "sheriffs-jails"):
        wanted = wanted - {"own-agencies", "one-agency"}
    return bool(wanted & set(rule.binds))


_ONLY_STATE = {"own-agencies", "state-agencies", "state-police", "prisons", "one-agency"}


def _bound(rule: Rule) -> str:
    return ", ".join(BOUND[word] for word in rule.binds)


def _rule_record(
    maker: Jurisdiction, rule: Rule, reading: Reading, place: Jurisdiction | None
) -> Deciding:
    answer = _STANCES.get(rule.stance, {}).get(reading.mode, "undecided")
    since = span_text(rule.start or rule.known_from, rule.until)
    whose = f"the rule of {maker.name}"
    if place is not None and place.id != maker.id:
        whose += f", which reaches {place.name}"
    says = f"{whose}: {rule.stance}" + (f", {since}" if since else "")
    reason = f"the sentence says {reading.mode}; {says}"
    if reading.mode in ("do", "do not"):
        reason = f"the sentence tells what is done; a rule tells what is allowed. {says[0].upper()}{says[1:]}"
    elif reading.mode == "should":
        reason = f"the sentence gives a view; {says}"
    elif rule.stance in ("silent", "unknown"):
        answer = "undecided"
    elif reading.condition is not None and not (
        rule.stance == "prohibits"
        and reading.mode == "may not"
        and reading.condition in _EXCEPTIONS
    ):
        answer = "undecided"
        reason += f". The sentence has a condition (“{reading.condition}”)"
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


def _in_year(store: Store, made: Deciding, rule: Rule, reading: Reading) -> Deciding:
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
    store: Store, layers: Sequence[Jurisdiction], reading: Reading, on: str
) -> list[Deciding]:
    """Return the rules that forbid local limits, or the opposite ones, for "bans sanctuary cities"."""
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
    is_ban = reading.mode == "may not"
    made = []
    for place, rule in (banning or general)[:2]:
        answer: Answer = "agrees" if bool(banning) == is_ban else "differs"
        if reading.mode not in ("may", "may not"):
            answer = "undecided"
        record = _rule_record(place, rule, reading, layers[0])
        what = "forbids local limits" if banning else f"{rule.stance} help with enforcement"
        said = "bans sanctuary policies" if is_ban else "allows sanctuary policies"
        since = span_text(rule.start or rule.known_from, rule.until)
        reason = f"the sentence says {said}; the rule of {place.name}: {what}, {since}"
        record = replace(record, answer=answer, reason=reason)
        made.append(_in_year(store, record, rule, reading) if reading.years else record)
    return made[:1] if made and made[0].answer == "differs" else made


# What the federal law and the terms say where no place is named

_FEDERAL: dict[str, tuple[type[Policy] | type[Term], str]] = {
    "detainers": (Policy, "8-cfr-287-7"),
    "287g": (Policy, "287g"),
    "information-sharing": (Policy, "8-usc-1373"),
}
"""The federal law on a form of cooperation; for all others the rule on commandeering."""


def _by_federal_law(store: Store, reading: Reading, on: str) -> Decided | None:
    """Say that a rule on cooperation depends on the place, and show the federal law on it."""
    is_local = reading.subject or re.search(
        r"\b(?:local|states?|cit(?:y|ies)|count(?:y|ies)|towns?|jails?|everyone)\b", reading.plain
    )
    if reading.places or reading.dimension is None or not is_local or reading.mode == "do":
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
        return _together([_law_record(record, on, "undecided", reason)])
    if isinstance(record, Term):
        return _together([_term_record(record, "undecided", reason)])
    return None


_NO_DEFINITION = ("ice-term", "cbp-term", "removal")


def _by_term(store: Store, reading: Reading, on: str) -> Decided | None:
    """Show the definition of the term that a sentence is on."""
    ids = [reading.defined] if reading.defined and re.search(_IS, reading.plain) else []
    ids += [id for id in ("sanctuary-jurisdiction", "sanctuary-state") if id in reading.terms]
    ids = [id for id in dict.fromkeys(ids) if id not in _NO_DEFINITION]
    terms = [t for t in (store.get(Term, id) for id in ids) if t]
    if not terms:
        return None
    reason = "the definition does not settle it"
    if terms[0].id == "sanctuary-jurisdiction" and reading.places:
        reason = "the word has no agreed definition; what the place's rules say is on its card"
    return _together([_term_record(term, "undecided", reason) for term in terms])


_DECIDERS: tuple[Callable[[Store, Reading, str], Decided | None], ...] = (
    _by_office,
    _by_study,
    _by_definition,
    _by_agency,
    _by_lawsuit,
    _by_list,
    _by_number,
    _by_law,
    _by_rule,
    _by_federal_law,
    _by_term,
)
"""Ways to decide a sentence, the narrowest first."""


def ids_of(records: Iterable[Deciding]) -> set[tuple[str, str, str]]:
    """Return what tells records apart: kind, id and title."""
    return {(record.kind, record.id, record.title) for record in records}
