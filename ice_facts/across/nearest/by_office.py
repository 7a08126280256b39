"""Sentences on who holds an office, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.decided import Answer, Decided, combined, flipped, office_record
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import first_day, holds_on
from ice_facts.model import Jurisdiction, Official
from ice_facts.show.words import span_text
from ice_facts.store import Store
from ice_facts.store.naming import words_of


def by_office(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence that says who holds an office and when, and nothing else."""
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
    said -= {w for p in places for n in (p.name, *p.aliases) for w in words_of(n).split()}
    named = [(p, o) for p, o in terms if _is_named(o, said)]
    rest = said - {w for _, o in named for w in words_of(o.name).split()} - words.OFFICE_WORDS
    firsts = {words_of(o.name).split()[0] for _, o in named}
    rest = {w for w in rest if not w.isdigit() and not any(_may_be(w, f) for f in firsts)}
    if not named and rest and rest == set(_stranger_in(reading.sentence)):
        return _stranger(terms, reading, on)
    if rest:
        return None
    if not named:
        return None
    return _of_person(terms, named, reading, on)


def _places_of_person(
    store: Store, reading: SentenceReading, offices: set[str]
) -> list[Jurisdiction]:
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
    if not parts or parts[-1] not in said:
        return False
    others = said - set(parts) - words.OFFICE_WORDS
    # A long last name can mean its holder: "Lightfoot".
    return (
        parts[0] in said
        or not others
        or len(parts[-1]) > 4
        or any(_may_be(word, parts[0]) for word in others)
    )


def _may_be(word: str, first: str) -> bool:
    """Return True if a word can be a first name: its beginning, its initial or a short form."""
    return first.startswith(word) or words.SHORT_NAMES.get(word) == first


_Term = tuple[Jurisdiction, Official]


def _holders(terms: Sequence[_Term], on: str) -> list[_Term]:
    return [(p, o) for p, o in terms if holds_on(o.start, o.until, on, o.confirmed)]


_WHO_IS = re.compile(
    r"^([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}) (?:is|was|became|isn't|isn’t|serves as)\b"
)


def _stranger_in(sentence: str) -> list[str]:
    """Return the words of the name with which a sentence on who somebody is begins."""
    found = _WHO_IS.match(sentence)
    return words_of(found[1]).split() if found else []


def _stranger(terms: Sequence[_Term], reading: SentenceReading, on: str) -> Decided | None:
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
    _, holder = held[0]
    answer = flipped("differs", reading.is_negated)
    reason = f"the sentence names somebody else; on {day} the {holder.office} is {holder.name}"
    return combined([office_record(p, o, on, answer, reason) for p, o in held])


def _of_person(
    terms: Sequence[_Term], named: Sequence[_Term], reading: SentenceReading, on: str
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
        records = [office_record(p, o, on, flipped(answer, reading.is_negated), reason)
                   for p, o in [(place, person)]]  # fmt: skip
        return combined(records)
    if is_now:
        answer = flipped("agrees", reading.is_negated)
        reason = f"on {on} the {person.office} of {place.name} is {person.name}"
        return combined([office_record(place, person, on, answer, reason)])
    own = [t for t in terms if t[0].id == place.id]
    held = _holders(own, on)
    span = span_text(person.start, person.until)
    if not held:
        reason = f"{person.name}: {span}; who holds the office on {on} is not on record"
        return combined([office_record(place, person, on, "undecided", reason)])
    answer = flipped("differs", reading.is_negated)
    now = ", ".join(o.name for _, o in held)
    reason = f"{person.name}: {span}; on {on} the {person.office} is {now}"
    records = [office_record(p, o, on, answer, reason) for p, o in held]
    return combined([*records, office_record(place, person, on, answer, reason)])


def _of_person_in(
    terms: Sequence[_Term], named: Sequence[_Term], reading: SentenceReading, on: str
) -> Decided:
    """Decide a sentence on a person, an office and a year."""
    year = reading.years[0]
    is_start = re.search(r"\b(?:since|became|elected|sworn|took office)\b", reading.plain)
    if is_start:
        begun = [(p, o) for p, o in named if o.start and o.start[:4] == year]
        place, person = begun[0] if begun else named[-1]
        known = bool(person.start)
        answer: Answer = "agrees" if begun else "differs" if known else "undecided"
        if "elected" in reading.plain and not begun:
            answer = "undecided"  # an election can be in the year before the term
        reason = f"the sentence says {year}; in office {span_text(person.start, person.until)}"
        made = office_record(place, person, on, flipped(answer, reading.is_negated), reason)
        return combined([made])
    within = [(p, o) for p, o in named if _overlaps(o, year)]
    if within:
        place, person = within[0]
        reason = f"in {year} in office: {person.name}, {span_text(person.start, person.until)}"
        answer = flipped("agrees", reading.is_negated)
        return combined([office_record(place, person, on, answer, reason)])
    others = [(p, o) for p, o in terms if p.id == named[0][0].id and _overlaps(o, year)]
    covers = _cover(year, [o for _, o in others])
    answer = flipped("differs", reading.is_negated) if covers else "undecided"
    who = ", ".join(o.name for _, o in others) or "not on record"
    reason = f"the sentence says {year}; in office then: {who}"
    return combined([office_record(p, o, on, answer, reason) for p, o in (*others, named[-1])])


def _cover(year: str, terms: Sequence[Official]) -> bool:
    """Return True if there was a holder of the office all through a year."""
    day = f"{year}-01-01"
    for term in sorted(terms, key=lambda o: first_day(o.start or "9999")):
        if first_day(term.start or "9999") <= day:
            day = max(day, first_day(term.until or "9999"))
    return day > f"{year}-12-31"


def _overlaps(term: Official, year: str) -> bool:
    begin = first_day(term.start or term.confirmed or "9999")
    return begin <= f"{year}-12-31" and (
        term.until is None or first_day(term.until) > f"{year}-01-01"
    )
