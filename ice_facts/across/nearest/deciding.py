"""How a sentence is decided: the ways to do so are tried in order, and the first that fits counts.

A verdict is given only where plain logic gives it: "must" against a rule that prohibits, a name
against the holder of the office, a year against the date of a law. All else is undecided, and the
record is shown with what both say.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from ice_facts.across.nearest.by_case import by_dispute, by_lawsuit, by_list
from ice_facts.across.nearest.by_count import by_count
from ice_facts.across.nearest.by_evidence import by_release, by_ruling, by_study
from ice_facts.across.nearest.by_growth import by_growth
from ice_facts.across.nearest.by_law import by_law
from ice_facts.across.nearest.by_number import by_number
from ice_facts.across.nearest.by_office import by_office
from ice_facts.across.nearest.by_rule import by_federal_law, by_rule
from ice_facts.across.nearest.by_share import by_share
from ice_facts.across.nearest.by_size import by_size
from ice_facts.across.nearest.by_supremacy import by_supremacy
from ice_facts.across.nearest.by_term import by_agency, by_definition, by_term
from ice_facts.across.nearest.by_trend import by_trend
from ice_facts.across.nearest.by_view import by_view
from ice_facts.across.nearest.decided import MOST_RECORDS, NOTHING_ON_RECORD, Decided
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.store import Store

_DECIDERS: tuple[Callable[[Store, SentenceReading, str], Decided | None], ...] = (
    by_office,
    by_view,
    by_share,
    by_trend,
    by_release,
    by_study,
    by_definition,
    by_supremacy,
    by_ruling,
    by_agency,
    by_lawsuit,
    by_list,
    by_dispute,
    by_growth,
    by_count,
    by_size,
    by_number,
    by_law,
    by_rule,
    by_federal_law,
    by_term,
)
"""Ways to decide a sentence, the narrowest first."""

_OF_SHORT = (by_view, by_share, by_trend, by_size, by_supremacy)
"""Ways that need a sentence to say one thing and no more."""

LONGEST_OF_ONE_THING = 600
"""The most characters of a sentence that says one thing and no more."""


def decide(store: Store, reading: SentenceReading, on: str) -> Decided:
    """Return what the record says on a sentence.

    Args:
        store: The record.
        reading: What the sentence speaks of.
        on: The date of the answer.
    """
    is_long = len(reading.plain) > LONGEST_OF_ONE_THING
    for decider in _DECIDERS:
        if is_long and decider in _OF_SHORT:
            continue
        found = decider(store, reading, on)
        if found is not None and decider is by_dispute:
            # What the rule says is told as well where sources disagree on what it means.
            rules = by_rule(store, reading, on)
            told = [replace(r, answer="undecided") for r in rules.records] if rules else []
            return replace(found, records=(*found.records, *told[: MOST_RECORDS - 1]))
        if found is not None:
            return found
    return NOTHING_ON_RECORD
