"""What the record counts over time: how sentences name it, and its values by period."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from math import inf

from msgspec import Struct

from ice_facts.across.nearest.decided import Answer, Deciding
from ice_facts.across.nearest.growth import months_in
from ice_facts.across.nearest.reading import SentenceReading
from ice_facts.dates import first_day
from ice_facts.model import Citation, Series, Source
from ice_facts.show.words import capitalized, number_text
from ice_facts.store import Store
from ice_facts.subjects.series import Point, last_by_month, period_days, points_of

_PEOPLE = (
    r"(?:people|persons|individuals|immigrants|noncitizens|migrants|detainees|men|women and men)"
)
_DETAINING = r"(?:(?:ice|immigration) )?(?:detention|custody)"


class Measure:
    """Something that the record counts over time.

    Args:
        words: The pattern by which sentences name it.
        by_month: The id of the series by month or day, if there is one.
        by_year: The id of the series by fiscal year, if there is one.
        on_day: The id of the series of counts on one day of each year, if there is one.
        of_state: The beginning of the ids of the series of states, if there are such.
        is_flow: What happens in a period is counted, not what there is at a time.
        beside: Why the series do not count what the sentence names; they only stand beside it.
        also: Ids of numbers and of other series on the same matter.
    """

    def __init__(
        self,
        words: str,
        *,
        by_month: str | None = None,
        by_year: str | None = None,
        on_day: str | None = None,
        of_state: str | None = None,
        is_flow: bool = False,
        beside: str = "",
        also: tuple[str, ...] = (),
    ) -> None:
        self.words = re.compile(words)
        self.by_month = by_month
        self.by_year = by_year
        self.on_day = on_day
        self.of_state = of_state
        self.is_flow = is_flow
        self.beside = beside
        self.also = also


MEASURES = (
    Measure(r"\bankle monitors?\b", by_month="atd-ankle-monitor"),
    Measure(
        r"\balternatives?[- ]to[- ]detention(?: programs?)?\b|\batd\b|\bmonitored by ice\b",
        by_month="atd",
    ),
    Measure(
        r"\b(?:(?:local|police|law enforcement) )*agencies (?:that )?"
        r"(?:now |currently )?(?:with|have|has|had|that have|holding|in) (?:a |the )?"
        r"287\s?\(?g\)?(?: agreements?| program)?",
        by_month="287g-agencies",
    ),
    Measure(
        r"\bbook(?:ed)?[- ]?ins?\b(?: into (?:ice |immigration )?detention)?"
        rf"|\b(?:books?|booked) (?:{_PEOPLE} )?into {_DETAINING}\b",
        by_month="book-ins-by-month",
        by_year="book-ins-by-year",
        is_flow=True,
    ),
    Measure(
        r"\b(?:ice )?(?:removals|deportations)(?: by ice)?\b"
        r"|\bice (?:has |have )?(?:removed|removes|removing|deported|deports|deporting)\b"
        r"|\b(?:is|are|was|were|been) (?:being )?(?:removed|deported)(?: by ice)?\b",
        by_year="removals-by-year",
        is_flow=True,
    ),
    Measure(
        r"\b(?:ice|immigration) arrests\b|\barrests by ice\b"
        r"|\bice (?:has |have |is )?(?:arrests|arrested|arresting|makes|made)\b(?: arrests)?"
        r"|\b(?:is|are|was|were|been) (?:being )?arrested by ice\b",
        by_month="book-ins-by-month-ice",
        by_year="book-ins-by-year-ice",
        is_flow=True,
        beside=(
            "arrests are not in a series of the record; book-ins into detention after arrests by"
            " ICE are, which miss arrests that do not lead to detention"
        ),
        also=("ero-arrests-fy2024", "ice-arrests-2026-01"),
    ),
    Measure(
        r"\bice (?:has |have )?detained\b|\b(?:was|were|been) detained by ice\b",
        by_month="book-ins-by-month",
        by_year="book-ins-by-year",
        is_flow=True,
        beside=(
            "“detained” can mean held at a time or brought in over a time; the record has both"
            " the people held and the book-ins"
        ),
        also=("detention-by-year",),
    ),
    Measure(
        r"\b(?:ice|immigration) (?:detention|custody)(?: population)?\b|\bdetention population\b"
        rf"|\b(?:held|kept|detained) by ice\b|\b{_PEOPLE} in detention\b"
        r"|\bice (?:now |currently )?(?:holds|held|detains|is holding|is detaining)\b"
        r"|\bice detainees\b",
        by_month="detention-by-month",
        by_year="detention-by-year",
        on_day="detained-on-data-date",
        of_state="detention",
    ),
)
"""What is counted over time, the narrowest first; a test holds the ids to the record."""

_PLAIN = re.compile(
    r"a|an|the|of|in|on|at|by|to|for|from|as|and|or|with|since|between|until|after|during|when|than|that|this|there"
    r"|it|they|its|ice|ice's|dhs|us|united|states|country|nation|national|nationwide|whole|all"
    r"|has|have|had|is|are|was|were|be|been|being|do|does|did|not|never|no|longer|\w+n't"
    r"|number|numbers|count|total|totals|population|figure|figures|average|daily|day|per|every"
    r"|more|fewer|less|higher|lower|larger|smaller|many|much|most|fewest|highest|lowest|largest"
    r"|about|nearly|almost|roughly|around|over|under|below|above|least|some|exactly|just|only"
    r"|twice|double|times|half|percent|ever|before|record|high|low|level|levels|all-time|history"
    r"|so|up|down|now|today|currently|present|presently|year|years|month|months|fiscal|calendar"
    r"|fy\d*|last|past|recent|recently|steadily|sharply|slightly|again|still|already"
    r"|reach\w*|hit|hits|exceed\w*|top|tops|topped|stands?|stood|went|gone|going|came|hold|holds"
    r"|held|keep|keeps|kept|detain|detains|detained|made|makes|carried|out|wear|wears|wearing"
    r"|people|persons|individuals|immigrants|noncitizens|migrants|detainees|men"
    r"|detention|custody|287\w*|g|agreements?|program"
    r"|jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*"
    r"|two|three|four|five|ten|\w+fold|[\d.,%]+|th|st|nd|rd"
)
"""Words that do not make another thing of what is counted."""

TOLD_TIME = re.compile(
    r"\b(?:trump|biden|obama|bush|president|administration|took office|taking office"
    r"|inaugurat\w+|elections?|elected|pandemic|first term|second term|presidency|his|term|law"
    r"|became|passed|began|came to power)\b"
)
"""Words for a time that is told by what happened or who governed: it is not looked up."""


def measure_in(reading: SentenceReading, *more: str) -> Measure | None:
    """Return what a sentence counts, if it speaks of nothing else.

    "Deaths in ICE detention" or "ICE detention of children" is another thing than ICE detention.

    Args:
        reading: The sentence.
        more: Patterns of other words that it can have.
    """
    if len(reading.places) > 1:
        return None
    measure = next((m for m in MEASURES if m.words.search(reading.plain)), None)
    if measure is None:
        return None
    rest = measure.words.sub(" ", reading.plain)
    for pattern in (TOLD_TIME.pattern, *more):
        rest = re.sub(pattern, " ", rest)
    for place in reading.places:
        if not (measure.of_state and "state" in (place.level, *place.also)):
            return None
        rest = rest.replace(place.name.casefold(), " ")
    return measure if is_plain(rest) else None


def is_plain(text: str) -> bool:
    """Return True if no word of a text makes another thing of what is counted."""
    words = re.findall(r"[\w'%-]+", text)
    return all(_PLAIN.fullmatch(word.strip("-'")) for word in words)


class Value(Struct, frozen=True, kw_only=True):
    """A value of a series in one period.

    ``high`` is what it can have come to: where the source was made before the end of the period,
    what happened later is not in it.
    """

    number: float
    high: float
    period: str
    series: Series
    point: Point

    @property
    def when(self) -> str:
        """Its period in words."""
        name = self.period
        if name.startswith("FY"):
            name = f"fiscal year {name[2:]}"
        if self.series.id.startswith("detained-"):
            return f"on {self.point.as_of}"
        until = f" (until {self.point.as_of})" if self.point.partial else ""
        return f"in {name}{until}" if len(self.period) < 10 else f"on {name}"

    @property
    def text(self) -> str:
        """Its number and period in words."""
        return f"{number_text(self.number)} {self.when}"

    @property
    def is_under_way(self) -> bool:
        """Whether its period was not nearly over when it was counted."""
        return self.high == inf


def values_of(store: Store, id: str | None, on: str, *, is_flow: bool) -> list[Value]:
    """Return the values of a series that were known on a date, oldest first.

    Of a series by day there is the last value of every month.
    """
    series = store.get(Series, id) if id else None
    if series is None:
        return []
    points: Iterable[Point] = points_of(series, on)
    if series.grain == "day":
        points = last_by_month(points)
    return [
        Value(
            number=float(p.value),
            high=_high(p) if is_flow else float(p.value),
            period=p.period,
            series=series,
            point=p,
        )
        for p in points
    ]


NEARLY_ALL = 0.9
"""The part of a period that must be over, for its count to be near to that of all of it."""


def _high(point: Point) -> float:
    """Return what a count of a part of a period can have come to in the whole of it.

    The days that are missing count as much as twice the others.
    """
    if not point.partial or not point.as_of:
        return float(point.value)
    first, last = (first_day(part) for part in period_days(point.period))
    begin = date.fromisoformat(first)
    after = (date.fromisoformat(last) + timedelta(days=31)).replace(day=1)
    whole = (after - begin).days
    over = (date.fromisoformat(first_day(point.as_of)) - begin).days + 1
    if over < NEARLY_ALL * whole:
        return inf
    return point.value * (1 + 2 * (whole - over) / over)


def series_for(measure: Measure, reading: SentenceReading) -> str | None:
    """Return the id of the series whose periods are those of a sentence."""
    if reading.places:
        code = (reading.places[0].state or "").casefold()
        return f"{measure.of_state}-{code}"
    is_fiscal = bool(re.search(r"\bfiscal\b|\bfy ?\d", reading.plain))
    by_year = is_fiscal or (measure.is_flow and not months_in(reading.plain))
    ids = (measure.by_month, measure.by_year)
    return next((id for id in (reversed(ids) if by_year else ids) if id), None)


def is_in(value: Value, time: str) -> bool:
    """Return True if the period of a value is in a year or month."""
    return value.period == f"FY{time}" or value.period.startswith(time)


def named(store: Store, series: Series, sources: tuple[Citation, ...]) -> str:
    """Return what a series counts, and who published it."""
    source = store.get(Source, sources[0].id) if sources else None
    return f"{series.measure}, by {source.publisher}" if source else series.measure


def told(store: Store, values: Iterable[Value]) -> str:
    """Return values of one series in words: what is counted, by whom, the numbers and dates."""
    given = list(values)
    what = named(store, given[0].series, given[0].point.sources)
    return f"{what}: {', '.join(value.text for value in given)}"


def value_record(value: Value, answer: Answer, reason: str) -> Deciding:
    """Return a value of a series as a deciding record."""
    series = value.series
    date = value.point.as_of if series.id.startswith("detained-") else value.period
    notes = [series.text, series.note or ""]
    count = f"{number_text(value.number)} {series.unit}"
    if value.point.partial:
        notes.append(f"The period was not over: it is counted until {value.point.as_of}.")
    return Deciding(
        kind="series",
        id=series.id,
        title=f"{capitalized(series.measure)}: {count} {value.when}",
        record=" ".join(note for note in notes if note),
        answer=answer,
        reason=reason,
        start=period_days(date or value.period)[0],
        until=period_days(date or value.period)[1],
        confirmed=value.point.confirmed,
        sources=value.point.sources,
    )
