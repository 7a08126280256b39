"""Sentences on which part of the people in ICE detention have a conviction or pending charges."""

from __future__ import annotations

import re

from ice_facts.across.nearest.decided import Answer, Decided
from ice_facts.across.nearest.growth import months_in
from ice_facts.across.nearest.measures import Value, is_in, is_plain, named, value_record, values_of
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.show.words import number_text
from ice_facts.store import Store

GROUPS = ("convicted", "pending-charges", "other-immigration-violator")
"""ICE's grouping of the people whom it holds, as the ends of the ids of the series."""

_HELD = (
    r"\b(?:(?:people|persons|individuals|immigrants|noncitizens|migrants|those|detainees|everyone"
    r"|everybody|nobody)(?: \w+){0,2} (?:in|by) (?:ice|immigration)"
    r"(?: detention| custody)?|ice detainees|(?:people|immigrants|those)(?: \w+){0,2} in detention"
    r"|(?:people|those|immigrants)(?: \w+)? ice (?:holds|detains|is holding|is detaining))\b"
)
_ARRESTED = r"\barrest"

_CONVICTED = r"\bconvict\w*(?: of (?:an? |any )?crimes?)?|\bcriminal convictions?"
_CHARGED = r"\bpending (?:criminal )?charges?|\bcharges? pending"
_AMBIGUOUS = (
    r"\bcriminals?\b|\bcriminal (?:record|histor\w+|background)s?|\bcommitted (?:a )?crimes?"
)
_WITHOUT = r"\b(?:no|not|never|without|nor|zero)\b|n't\b"

_MOST = r"\bmost(?:ly)?\b|\bmajority\b|\bmore than half\b|\bover half\b"
_ALL = r"\b(?:all|every\w*|each)\b"
_NO_ONE = r"\b(?:no one|nobody|none)\b"
_LESS_THAN_HALF = r"\b(?:less|fewer) than half\b|\bminority\b|\bunder half\b"
_PERCENT = re.compile(
    r"(?:(?P<more>more than|over|at least)|(?P<less>less than|fewer than|under|only)"
    r"|(?P<about>about|around|nearly|roughly|almost|some))? ?(?P<n>\d+(?:\.\d+)?) ?(?:%|percent)"
)
_GIVEN = rf"{_MOST}|{_ALL}|{_NO_ONE}|{_LESS_THAN_HALF}|{_WITHOUT}|\bany\b|\bcharge[sd]?\b"
_OF_TIME = r"\b(?:since|before|after|under (?:trump|biden)|until)\b"


def by_share(store: Store, reading: SentenceReading, on: str) -> Decided | None:
    """Decide by ICE's own grouping which part of the people whom it holds belongs to a group."""
    plain = reading.plain
    if (
        reading.places
        or re.search(_ARRESTED, plain)
        or not re.search(_HELD, plain)
        or not (test := _test(plain))
    ):
        return None
    rest = re.sub("|".join((_HELD, _CONVICTED, _CHARGED, _AMBIGUOUS, _GIVEN, _OF_TIME)), " ", plain)
    if not is_plain(rest):
        return None  # a conviction for something, or of some people, is another thing
    about = next(
        (
            name
            for name, pattern in (
                (
                    "ambiguous",
                    _AMBIGUOUS if not re.search(r"\bcriminal conviction", plain) else "$^",
                ),
                ("charged", _CHARGED),
                ("convicted", _CONVICTED),
            )
            if re.search(pattern, plain)
        ),
        None,
    )
    if about is None:
        return None
    both = re.search(_CHARGED, plain) and re.search(_CONVICTED, plain)
    counts = _counts(store, reading, on)
    if not counts:
        return None
    convicted, charged, other = counts
    whole = sum(value.number for value in counts)
    shares = ", ".join(
        f"{number_text(value.number)} {value.series.breakdown['criminality']}"
        f" ({100 * value.number / whole:.0f} percent)"
        for value in counts
    )
    names = named(store, convicted.series, convicted.point.sources)
    what = names.replace(", convicted", "", 1)
    reason = f"{what}, {convicted.when.removeprefix('in ')}: {shares}, in ICE's own groups"
    answer: Answer = "undecided"
    if about == "ambiguous":
        reason = f"the sentence can mean people convicted, or charged as well; {reason}"
    elif re.search(_OF_TIME, plain):
        reason = f"the time that the sentence tells is not looked up; {reason}"
    else:
        part = convicted.number if about == "convicted" else charged.number
        if both:
            part = convicted.number + charged.number
        if re.search(_WITHOUT, re.sub(_NO_ONE, " ", plain)):
            part = whole - part
        answer = "agrees" if test(100 * part / whole) else "differs"
    shown = (charged, convicted, other) if about == "charged" else (convicted, charged, other)
    records = tuple(value_record(value, answer, reason) for value in shown)
    return Decided(answer=answer, reason=reason, records=records)


class _Test:
    """Whether a share in percent is as a sentence says: between two ends, both or none included."""

    def __init__(self, low: float, high: float, *, is_open: bool = False) -> None:
        self.low = low
        self.high = high
        self.is_open = is_open

    def __call__(self, share: float) -> bool:
        if self.is_open:
            return self.low < share < self.high
        return self.low <= share <= self.high


def _test(plain: str) -> _Test | None:
    """Return what a sentence says of a share; None if it gives none, as with "many"."""
    if found := _PERCENT.search(plain):
        said = float(found["n"])
        if found["more"]:
            return _Test(said, 101, is_open=True)
        if found["less"] and found["less"] != "only":
            return _Test(-1, said, is_open=True)
        margin = 2.5 if found["about"] else 0.5
        return _Test(said - margin, said + margin)
    if re.search(_LESS_THAN_HALF, plain):
        return _Test(-1, 50, is_open=True)
    if re.search(_MOST, plain):
        return _Test(50, 101, is_open=True)
    if re.search(_NO_ONE, plain):
        return _Test(0, 0)
    return _Test(100, 100) if re.search(_ALL, plain) else None


def _counts(store: Store, reading: SentenceReading, on: str) -> list[Value]:
    """Return the counts of the three groups: of a month, of a day of a year, or the newest."""
    times = months_in(reading.plain) or list(reading.years)
    if len(times) > 1:
        return []
    start = "detention-by-month" if times and len(times[0]) > 4 else "detained-on-data-date"
    made = []
    for group in GROUPS:
        values = values_of(store, f"{start}-{group}", on, is_flow=False)
        fitting = [v for v in values if not times or is_in(v, times[0])]
        made += fitting[-1:]
    return made if len(made) == len(GROUPS) else []
