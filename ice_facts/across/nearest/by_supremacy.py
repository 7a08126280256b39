"""Sentences on whether federal law overrides that of states: the rulings both ways, no verdict."""

from __future__ import annotations

import re

from ice_facts.across.nearest import evidence
from ice_facts.across.nearest.decided import Decided, law_record
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import began_by
from ice_facts.model import Jurisdiction, Policy
from ice_facts.store import Store


def by_supremacy(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Find the rulings and doctrine on federal and state law, by turns of what they held.

    Of a place, those on its own law come first.
    """
    if not any(re.search(pattern, reading.plain) for pattern in evidence.SUPREMACY):
        return None
    if len(reading.places) > 1 or re.search(evidence.OTHER_SUPREMACY, reading.plain):
        return None
    held = [
        (law, what)
        for id, what in evidence.SUPREMACY_RULINGS
        if (law := store.get(Policy, id)) and began_by(law.enacted or law.effective, on)
    ]
    own = _on_place(store, reading.places[0], on) if reading.places else []
    if not held and not own:
        return None
    told = "; ".join(f"{law.short}: {what}" for law, what in held)
    reason = f"courts have ruled in both directions, each on its own law: {told}"
    if own:
        cases = ", ".join(case.short for case in own)
        reason = f"on record of the law of {reading.places[0].name}: {cases}; {reason}"
    laws = {law.id: law for law in (*own, *(law for law, _ in held))}
    records = [law_record(law, on, "undecided", reason) for law in laws.values()]
    return Decided(answer="undecided", reason=reason, records=tuple(records[: len(held)]))


def _on_place(store: Store, place: Jurisdiction, on: str) -> list[Policy]:
    """Return the newest cases between the United States and a place on its limits on help."""
    cases = [
        case
        for case in store.referring(Policy, jurisdiction=place.id)
        if case.kind in ("court case", "court decision")
        and (case.title.startswith("United States v") or "preempt" in case.summary)
        and began_by(case.enacted or case.introduced, on)
    ]
    return sorted(cases, key=lambda c: c.enacted or c.introduced or "", reverse=True)[:2]
