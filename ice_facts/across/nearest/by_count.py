"""Sentences on how many 287(g) agreements there are: in all, in a state, a county or a city."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.across.nearest.by_number import digits, is_near
from ice_facts.across.nearest.decided import (
    MOST_RECORDS,
    Answer,
    Decided,
    Deciding,
    combined,
    flipped,
)
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.across.nearest.synonyms import DUTY_PATTERNS, first_of
from ice_facts.dates import began_by
from ice_facts.errors import NotFoundError
from ice_facts.model import Citation, Jurisdiction
from ice_facts.store import Store
from ice_facts.subjects.agreement.counts import (
    NATION,
    AgreementCount,
    count_agreements,
    growth_text,
    list_growth,
)
from ice_facts.subjects.agreement.listed import agreements_list, list_agreements, list_date

_AGREEMENTS = r"\b(?:agreements?|memorand(?:a|ums?)|mo[au]s?|partnerships?)\b"
_HAVING = (
    r"\b(?:ha[sd]|have|there (?:is|are|was|were)|(?:is|are|were) in|holds?|held"
    r"|signed|counts?|total(?:s|ed)?|lists?|reached"
    r"|(?:grew|grown|rose|risen|increased|fell|fallen|dropped) to)\b"
)
_NONE = r"\b(?:no|zero|without|not (?:have )?(?:a|any))\b[^.,;]{0,24}\b(?:agreements?|memorand)"
_UNNAMED = (
    r"\d (?:active |current |signed |such )?agreements?\b"
    r"(?! with (?!(?:the )?(?:ice|dhs|immigration|feds|federal)\b))"
)
"""Agreements that are counted at a place, with nobody else: 287(g) agreements are meant."""

_AGENCIES = r"\bagencies (?:that )?(?:\w+ )?(?:have|has|had|with|hold|signed)\b"
"""Said of those who have agreements: one agency can have several of them."""

_MORE = re.compile(r"\b(more|fewer|less)\b.*\bthan\b")
_THE_MOST = r"\bthe most\b|\bmore\b.*\bthan any(?: other)? state\b"
_VAGUE = r"\b(?:more|fewer|less|most|fewest|many|few|several|dozens|hundreds|thousands)\b"
"""Words for a number that no count can agree with or differ from."""

_MODELS = (
    ("task force", r"\btask[- ]force\b"),
    ("warrant service officer", r"\bwarrant[- ]service\b"),
    ("jail enforcement", r"\bjail[- ]enforcement\b"),
)


class Counted(Struct, frozen=True, kw_only=True):
    """How many agreements of a place are on one list: ``which`` ones, and on what list."""

    number: int
    date: str
    which: str
    by_tracker: bool = False
    record: str = ""
    sources: tuple[Citation, ...] = ()

    @property
    def on_list(self) -> str:
        """The list that they are on, in words."""
        tracked = ", as a tracker counted them" if self.by_tracker else ""
        return f"on ICE's list of {self.date}{tracked}"


def by_count(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide a sentence on a number of 287(g) agreements by ICE's list and later counts of it."""
    if not _is_on_agreements(reading) or not list_date(store):
        return None
    model = model_in(reading)
    is_listed = not reading.years or list_date(store)[:4] in reading.years
    if re.search(_THE_MOST, reading.plain) and len(reading.places) == 1 and is_listed:
        return _first_of_states(store, reading, on, model)
    if (more := _MORE.search(reading.plain)) and not reading.numbers:
        return _compared(store, reading, on, model, more[1]) if len(reading.places) == 2 else None
    if len(reading.places) > 1:
        return None
    place = reading.places[0] if reading.places else None
    counts = counts_of(store, place, on, model)
    if reading.years:
        counts = [count for count in counts if count.date[:4] in reading.years]
    if not counts:
        return None
    is_none = not reading.numbers and bool(re.search(_NONE, reading.plain))
    if not reading.numbers:
        record = _existing(counts[0], place, is_none=is_none)
        if vague := re.search(_VAGUE, reading.plain):
            reason = f"“{vague[0]}” is no number; {_in_words(counts[0], place)}"
            record = replace(record, answer="undecided", reason=reason)
        return combined([record])
    # The first is ICE's own list, the next a later count of it.
    told = counts if reading.years else counts[:2]
    made = [_numbered(count, place, reading) for count in told]
    taken = "" if "287" in reading.plain or model else "taken as 287(g) agreements: "
    agreeing = flipped("agrees", reading.is_negated)
    # One that agrees is enough; with a denial, one that differs.
    first = next((n for n, r in enumerate(made) if r.answer == agreeing), 0)
    records = [made[first], *(record for n, record in enumerate(made) if n != first)]
    reason = taken + made[first].reason
    if len(told) > 1 and not reading.years:
        other = told[1 - first]
        on_list = other.on_list if other.date != told[first].date else other.which
        reason += f"; {other.number:,} {on_list}"
    return Decided(answer=made[first].answer, reason=reason, records=tuple(records[:MOST_RECORDS]))


def _is_on_agreements(reading: SentenceReading) -> bool:
    if re.search(_AGENCIES, reading.plain) and not reading.places:
        return False
    return names_agreements(reading) and bool(re.search(_HAVING, reading.plain))


def names_agreements(reading: SentenceReading) -> bool:
    """Return True if a sentence speaks of 287(g) agreements, and of no duty to sign or refuse."""
    plain = reading.plain
    for _, pattern in _MODELS:
        plain = re.sub(pattern, "287g", plain)  # "force" is no duty in "task force"
    duty = first_of(DUTY_PATTERNS, plain) or "do"
    if duty not in ("do", "do not") or not re.search(_AGREEMENTS, plain):
        return False
    return "287" in plain or bool(reading.places and re.search(_UNNAMED, plain))


def model_in(reading: SentenceReading) -> str | None:
    """Return the model of agreements that a sentence names, if it does."""
    return next((m for m, pattern in _MODELS if re.search(pattern, reading.plain)), None)


def counts_of(
    store: Store, place: Jurisdiction | None, on: str, model: str | None
) -> list[Counted]:
    """Return the counts of a place's agreements: that of ICE's list first, then the newest ones."""
    if place is not None and "state" not in (place.level, *place.also):
        return _of_agencies(store, place, on, model)
    code = place.state if place is not None else None
    try:
        months = count_agreements(store, on, "month", state=code, model=model)
    except NotFoundError:
        return [_zero(store, on, model)] if began_by(list_date(store), on) else []
    found = [of_month(month, model) for month in reversed(months)]
    own = next((count for count in found if not count.by_tracker), None)
    return [*([own] if own else []), *(count for count in found if count is not own)]


def _which(number: int, model: str | None) -> str:
    plural = "agreement" if number == 1 else "agreements"
    return f"287(g) {plural} of the {model} model" if model else f"287(g) {plural}"


def of_month(month: AgreementCount, model: str | None) -> Counted:
    """Return the count of a month's last list, of one model or of all."""
    models = {
        "task force": month.task_force,
        "warrant service officer": month.warrant_service_officer,
        "jail enforcement": month.jail_enforcement,
    }
    known = [f"{number:,} {name}" for name, number in models.items() if number is not None]
    by_model = f"By model: {', '.join(known)}." if len(known) > 1 else "Models are not told apart."
    return Counted(
        number=month.agreements,
        date=month.as_of,
        which=_which(month.agreements, model),
        by_tracker=month.basis != "list",
        record="" if model else by_model,
        sources=month.sources,
    )


def _of_agencies(store: Store, place: Jurisdiction, on: str, model: str | None) -> list[Counted]:
    """Return how many agreements agencies of a place have, and of a county those inside it too."""
    found = [_listed(store, on, model, place=place)]
    if "county" in (place.level, *place.also):
        found.append(_listed(store, on, model, county=place))
    return found


def _listed(
    store: Store,
    on: str,
    model: str | None,
    *,
    place: Jurisdiction | None = None,
    county: Jurisdiction | None = None,
) -> Counted:
    try:
        rows = list_agreements(store, on, place=place, county=county, model=model)
    except NotFoundError:
        return _zero(store, on, model)
    agencies = [f"{row.agency} ({row.model}, {row.signed or 'undated'})" for row in rows]
    more = f"; {len(agencies) - MOST_RECORDS} more" if len(agencies) > MOST_RECORDS else ""
    inside = ", with those of its cities," if county else ""
    if place is not None and place.level == "county":
        inside = " of its own agencies"
    return Counted(
        number=len(rows),
        date=list_date(store),
        which=f"{_which(len(rows), model)}{inside}",
        record=f"{'; '.join(agencies[:MOST_RECORDS])}{more}.",
        sources=tuple(dict.fromkeys(c for row in rows[:MOST_RECORDS] for c in row.sources[:1])),
    )


def _zero(store: Store, on: str, model: str | None) -> Counted:
    growth = list_growth(store, on)
    return Counted(
        number=0,
        date=list_date(store),
        which=_which(0, model),
        record=f"In the whole country the list has {growth_text(growth)}." if growth else "",
        sources=tuple(Citation(id=s.id, locator="whole list") for s in agreements_list(store)),
    )


def count_record(
    count: Counted, place: Jurisdiction | None, answer: Answer, reason: str
) -> Deciding:
    """Return the record of a count that decides a sentence."""
    return Deciding(
        kind="agreements",
        id=place.id if place is not None else NATION,
        title=f"{whose(place)}: {count.number:,} {count.which} {count.on_list}",
        record=count.record,
        answer=answer,
        reason=reason,
        start=count.date,
        until=count.date,
        confirmed=count.date,
        sources=count.sources,
    )


def whose(place: Jurisdiction | None) -> str:
    """Return the name of the place whose agreements are counted."""
    return place.name if place is not None else "United States"


def _numbered(count: Counted, place: Jurisdiction | None, reading: SentenceReading) -> Deciding:
    equal = [n for n in reading.numbers if is_near(n, count.number, count.number, reading.plain)]
    answer = flipped("agrees" if equal else "differs", reading.is_negated)
    said = digits((equal or reading.numbers)[0])
    reason = f"the sentence says {said}; {_in_words(count, place)}"
    return count_record(count, place, answer, reason)


def _in_words(count: Counted, place: Jurisdiction | None) -> str:
    return f"{whose(place)}: {count.number:,} {count.which} {count.on_list}"


def _existing(count: Counted, place: Jurisdiction | None, *, is_none: bool) -> Deciding:
    said = "none" if is_none else "some"
    answer: Answer = "agrees" if (count.number == 0) == is_none else "differs"
    return count_record(
        count, place, answer, f"the sentence says {said}; {_in_words(count, place)}"
    )


def _compared(
    store: Store, reading: SentenceReading, on: str, model: str | None, more: str
) -> Decided | None:
    """Decide whether the first of two places has more agreements than the second, or fewer."""
    pairs = [(place, counts_of(store, place, on, model)) for place in reading.places]
    if not all(counts for _, counts in pairs):
        return None
    (first, (one, *_)), (second, (other, *_)) = pairs
    if one.date != other.date:
        return None
    is_more = one.number > other.number if more == "more" else one.number < other.number
    answer = flipped("agrees" if is_more else "differs", reading.is_negated)
    reason = f"{first.name}: {one.number:,}, {second.name}: {other.number:,} {one.on_list}"
    records: Sequence[Deciding] = [
        count_record(one, first, answer, reason),
        count_record(other, second, answer, reason),
    ]
    return Decided(answer=answer, reason=reason, records=tuple(records))


def _first_of_states(
    store: Store, reading: SentenceReading, on: str, model: str | None
) -> Decided | None:
    """Decide whether a state has the most agreements of all, on the list that is here by row."""
    place = reading.places[0]
    if "state" not in (place.level, *place.also) or not began_by(list_date(store), on):
        return None
    try:
        states = count_agreements(store, on, "state", model=model)
    except NotFoundError:
        return None
    if len(states) < 2:
        return None
    first, second = states[:2]
    own = next((c for c in counts_of(store, place, on, model) if c.date == first.as_of), None)
    if own is None or first.agreements == second.agreements:
        return None
    answer = flipped("agrees" if first.key == place.state else "differs", reading.is_negated)
    other = second if first.key == place.state else first
    reason = f"{_in_words(own, place)}; {other.name}: {other.agreements:,}"
    return combined([count_record(own, place, answer, reason)])
