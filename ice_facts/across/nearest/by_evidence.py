"""Sentences on what was studied, ruled or counted: they get the evidence, without a verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ice_facts.across.nearest import evidence
from ice_facts.across.nearest import synonyms as words
from ice_facts.across.nearest.by_number import by_number
from ice_facts.across.nearest.by_rule import by_federal_law, by_rule
from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Decided,
    Deciding,
    combined,
    event_record,
    law_record,
    number_record,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import began_by
from ice_facts.model import Event, Jurisdiction, Policy, Statistic
from ice_facts.store import Store
from ice_facts.subjects.rule import layers_of

RELEASES_TOPIC = "releases-and-public-safety"
"""The topic of claims on releases and declined detainers."""

_DUTIES = ("must", "may not", "need not")


def by_study(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Find what was studied or found on a matter; of a place, only what is on that place."""
    # "Makes people afraid" tells an effect, no duty.
    duty = words.first_of(words.DUTY_PATTERNS, re.sub(r"\bmak(?:es?|ing)\b", "", reading.plain))
    for studied in evidence.STUDIED:
        if studied.is_practice and duty in _DUTIES:
            continue
        if all(re.search(pattern, reading.plain) for pattern in studied.words):
            places = {place.id for place in reading.places}
            found = _evidence(store, studied.records, on, studied.reason, places)
            if found:
                return combined(found)
    return None


def _evidence(
    store: Store, ids: Sequence[str], on: str, reason: str, places: set[str]
) -> list[Deciding]:
    """Return the records with some ids that are on one of some places, if any, and known by a date.

    The records are laws and rulings, events and numbers.
    """
    made = []
    for id in ids:
        law, event, number = store.get(Policy, id), store.get(Event, id), store.get(Statistic, id)
        if law and began_by(law.enacted or law.introduced, on) and not places:
            made.append(law_record(law, on, "undecided", reason))
        if event and began_by(event.date, on) and (not places or places & set(event.about)):
            made.append(event_record(event, "undecided", reason))
        if (
            number
            and began_by(number.start or number.until, on)
            and (not places or number.jurisdiction in places)
        ):
            made.append(number_record(number, "undecided", reason))
    return made


def by_release(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Find the counts of releases and declined detainers, for a sentence on these.

    If it names a place, they are the counts of the place, its counties and its state, followed by
    its rules.
    """
    # "Lets go" is no permission here.
    duty = (
        words.first_of(words.DUTY_PATTERNS, re.sub(evidence.RELEASES, "release", reading.plain))
        or "do"
    )
    if duty not in ("do", "do not"):
        return None
    is_release = (
        re.search(evidence.RELEASES, reading.plain)
        and re.search(evidence.OFFENDERS, reading.plain)
        and (reading.places or re.search(evidence.LOCAL, reading.plain))
    )
    is_refusal = (
        reading.dimension == "detainers"
        and not reading.places
        and re.search(evidence.KEEPS_OR_NOT, reading.plain)
        and not any(re.search(pattern, reading.plain) for pattern, _ in evidence.RULINGS)
    )
    if not is_release and not is_refusal:
        return None
    if reading.numbers and (numbered := by_number(store, reading, on)):
        return numbered
    if not reading.places:
        found = _evidence(store, evidence.REFUSAL_COUNTS, on, evidence.COUNTS_REASON, set())
        return replace(combined(found), topic=RELEASES_TOPIC) if found else None
    found = _counted_at(store, reading.places[0], on)
    if not found:
        return None
    rules = by_rule(store, replace(reading, duty="do"), on)
    told = rules.records if rules else ()
    return replace(
        combined([*found[: MOST_RECORDS - min(1, len(told))], *told]), topic=RELEASES_TOPIC
    )


def _counted_at(store: Store, place: Jurisdiction, on: str) -> list[Deciding]:
    """Return the newest count of each measure on detainers and releases that reaches a place.

    The order: the place's own, counts of people not kept for ICE, the newest.
    """
    layers = [layer.id for layer in layers_of(store, place) if layer.level != "federal"]
    newest: dict[str, Statistic] = {}
    for number in store.all(Statistic):
        measure = number.measure.casefold()
        if (
            number.jurisdiction in layers
            and re.search(evidence.COUNTED_AT_PLACES, measure)
            and began_by(number.start or number.until, on)
        ):
            known = newest.get(measure)
            if known is None or (known.until or "") < (number.until or ""):
                newest[measure] = number
    found = sorted(newest.values(), key=lambda n: (n.until or "", n.id), reverse=True)
    found.sort(key=lambda n: re.search(evidence.NOT_KEPT, n.measure.casefold()) is None)
    found.sort(key=lambda n: n.jurisdiction != place.id)
    return [number_record(number, "undecided", evidence.COUNTS_REASON) for number in found]


def by_ruling(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Find the rulings on whether detainers bind or are lawful, where no place is named.

    The federal regulation follows, and what the rules of states say on a duty.
    """
    if reading.places or reading.policies or "detainer" not in reading.plain:
        return None
    said = next((ids for named, ids in evidence.RULINGS if re.search(named, reading.plain)), None)
    if said is None and reading.duty not in (*_DUTIES, "may"):
        return None
    federal = by_federal_law(store, reading, on)
    reason = "courts have ruled on it, each on its own case and law"
    if federal:
        reason += f"; {federal.reason}"
    found = _evidence(store, said or evidence.RULINGS_ON_DUTY, on, reason, set())
    return combined([*found, *(federal.records if federal else ())]) if found else federal
