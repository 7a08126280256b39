"""The numbers of a chart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Annotated

from msgspec import Struct

from ice_facts.ask import FromOption, Reply, Session, ToOption, argument, option, usps_code
from ice_facts.dates import began_by
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Citation, Jurisdiction, Series, Source
from ice_facts.model.answers import Answer, filled
from ice_facts.show.words import number_text
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.agreement.counts import (
    AGREEMENT_GROUPS,
    NATION,
    AgreementCount,
    count_agreements,
    newer_total,
)
from ice_facts.subjects.agreement.listing import ModelOption
from ice_facts.subjects.citations import sources_of
from ice_facts.subjects.series import Point, last_by_month, period_days, points_of
from ice_facts.vocabulary import STATES


class ChartPoint(Answer, frozen=True, kw_only=True):
    """One value of a chart, under its period or the name of its group."""

    line: str
    period: str
    value: int | float
    partial: bool
    as_of: str | None
    basis: str | None
    sources: tuple[Citation, ...]


class ChartAnswer(Answer, frozen=True, kw_only=True):
    """What a chart shows: its points, line by line, with unit, limits and sources.

    ``by`` is what runs along the axis; ``shape`` is ``lines`` over time or ``bars`` by group.
    """

    subject: str
    title: str
    by: str
    shape: str
    unit: str
    as_of: str
    points: tuple[ChartPoint, ...]
    text: str
    notes: tuple[str, ...]
    sources: tuple[Source, ...]


class Drawing(Struct, frozen=True):
    """A way to draw a subject.

    ``shape`` is ``lines`` or ``bars``, ``grain`` the period of the values. ``split`` is what each
    line or bar is one of; ``alone`` leaves out the series of the total, ``states`` draws a bar for
    each state.
    """

    title: str
    shape: str
    grain: str
    split: str = ""
    alone: bool = False
    states: bool = False


_DETENTION = "Average daily population in ICE detention"
_BOOK_INS = "Book-ins into ICE detention"
_ALTERNATIVES = "People in ICE Alternatives to Detention"
_AGREEMENTS = "287(g) agreements on ICE's list"
"""What titles of charts begin with."""


DRAWINGS: Mapping[str, Mapping[str, Drawing]] = {
    "agreements": {
        "month": Drawing(f"{_AGREEMENTS}, by month", "lines", "day", "model"),
        **{by: Drawing(f"{_AGREEMENTS}, by {by}", "bars", "day") for by in AGREEMENT_GROUPS},
    },
    "agencies": {
        "month": Drawing("Agencies with 287(g) agreements on ICE's list, by month", "lines", "day")
    },
    "pending-applications": {
        "month": Drawing("Pending 287(g) applications on ICE's list, by month", "lines", "day")
    },
    "detention": {
        "month": Drawing(
            f"{_DETENTION}, by month and arresting agency", "lines", "month", "agency"
        ),
        "year": Drawing(f"{_DETENTION}, by fiscal year", "bars", "fiscal year"),
        "state": Drawing(f"{_DETENTION}, by state", "bars", "fiscal year", states=True),
        "area": Drawing(
            f"{_DETENTION}, by ICE area of responsibility",
            "bars",
            "fiscal year",
            "area",
            alone=True,
        ),
        "criminality": Drawing(
            f"{_DETENTION}, by month and criminality", "lines", "month", "criminality"
        ),
    },
    "book-ins": {
        "month": Drawing(f"{_BOOK_INS}, by month and arresting agency", "lines", "month", "agency"),
        "year": Drawing(f"{_BOOK_INS}, by fiscal year", "bars", "fiscal year"),
    },
    "removals": {"year": Drawing("ICE removals, by fiscal year", "bars", "fiscal year")},
    "detained": {
        "year": Drawing("People in ICE detention on the date of the data", "bars", "fiscal year")
    },
    "alternatives-to-detention": {
        "area": Drawing(f"{_ALTERNATIVES}, by area", "bars", "day", "area", alone=True),
        "technology": Drawing(
            f"{_ALTERNATIVES}, by technology", "bars", "day", "technology", alone=True
        ),
    },
}
"""For every subject, what it can be drawn by; the first is the usual one."""


SUBJECT_NAMES = {
    "agreements": ("287g", "287g agreements", "memoranda"),
    "agencies": ("287g agencies",),
    "pending-applications": ("pending", "applications"),
    "detention": ("adp", "detention population", "population", "average daily population"),
    "book-ins": ("bookings", "intakes"),
    "removals": ("deportations",),
    "detained": ("currently detained", "people detained"),
    "alternatives-to-detention": ("atd", "alternatives", "monitoring", "ankle monitors"),
}
"""What else people call the subjects of charts."""


def find_subject(name: str) -> str:
    """Return the subject of charts that a name stands for.

    Raises:
        UsageError: There is none; the hints list them.
    """
    known = {key_of(n): id for id, names in SUBJECT_NAMES.items() for n in (id, *names)}
    key = key_of(name)[:80]
    if key in known:
        return known[key]
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1, cutoff=0.7)
    hints = [f"did you mean {known[near[0]]}?"] if near else []
    raise UsageError(f"no chart of {name!r}", [*hints, f"subjects: {', '.join(DRAWINGS)}"])


def chart(
    store: Store,
    subject: str,
    on: str,
    *,
    by: str | None = None,
    states: Sequence[str] = (),
    model: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> ChartAnswer:
    """Return what a chart of a subject shows.

    Args:
        store: Where to look.
        subject: A key of `DRAWINGS`.
        on: Only values known on this date.
        by: What runs along the axis and divides the lines; None takes the usual one.
        states: USPS codes: a line for each instead of the nation's.
        model: Only agreements of this model.
        start: Only periods that end on or after this partial date.
        end: Only periods that begin by this partial date.

    Raises:
        NotFoundError: No value fits.
        UsageError: The subject is not drawn that way.
    """
    drawings = DRAWINGS[subject]
    if by is None:
        by = "state" if states and subject == "detention" else next(iter(drawings))
    if by not in drawings:
        raise UsageError(f"no chart of {subject} by {by}", [f"by: {', '.join(drawings)}"])
    drawing = drawings[by]
    if model and subject != "agreements":
        raise UsageError(f"--model is for charts of agreements, not of {subject}")
    if states and subject != "agreements" and not drawing.states:
        raise UsageError(
            f"{subject} by {by} is not recorded by state",
            ["try: chart agreements --state FL,TX, or: chart detention --by state"],
        )
    if subject == "agreements" and (by != "month" or states or model):
        points, about = _agreement_points(store, on, by, states, model), _AGREEMENTS_ABOUT
    else:
        points, about = _series_points(store, subject, drawing, on, states)
    shown = tuple(p for p in points if _within(p.period, start, end))
    if not shown:
        raise NotFoundError(f"no value of {subject} fits these filters")
    title = drawing.title
    if model:
        title = f"{title}: {model} model"
    if states and by == "month":
        title = title.replace("by month", "by month and state")
    if subject == "agreements" and drawing.shape == "bars":
        newer = newer_total(store, on, max(p.as_of or "" for p in shown))
        about = _About(about.unit, about.text, newer) if newer else about
    return _answer(store, subject, title, by, drawing, shown, about)


class _About(Struct, frozen=True):
    """The unit of what is drawn, what it counts, and its limits."""

    unit: str
    text: str
    note: str


_AGREEMENTS_ABOUT = _About(
    "agreements",
    "Rows of ICE's list of participating agencies; an agency has a row for each model.",
    "",
)


def _within(period: str, start: str | None, end: str | None) -> bool:
    if not re.match(r"FY\d{4}$|\d{4}-", period):
        return True
    first, last = period_days(period)
    return (not start or began_by(start, last)) and (not end or began_by(first, end))


def _point(point: Point, line: str, period: str) -> ChartPoint:
    """Return a value of a series as a point of a line."""
    partial = point.partial or _is_part(period, point.as_of)
    return filled(ChartPoint, point, line=line, period=period, partial=partial)


def _is_part(period: str, as_of: str | None) -> bool:
    """Return True if the data of a month ends within it, which its source need not say."""
    if not re.fullmatch(r"\d{4}-\d\d", period) or not as_of or as_of[:7] != period:
        return False
    return len(as_of) == 10 and (date.fromisoformat(as_of) + timedelta(days=1)).day != 1


def _agreement_points(
    store: Store, on: str, by: str, states: Sequence[str], model: str | None
) -> list[ChartPoint]:
    """Count agreements by month (a line for each state), or by group."""
    counted: list[tuple[str, str, AgreementCount]] = []
    if by == "month":
        for state in states or (None,):
            line = STATES[state] if state else f"{model} model"
            counts = count_agreements(store, on, by, state=state, model=model)
            counted += [(line, c.as_of, c) for c in counts]
    elif by == "state":
        counts = count_agreements(store, on, by, model=model)
        counted = [("all", c.name, c) for c in counts if not states or c.key in states]
    else:
        for state in states or (None,):
            counts = count_agreements(store, on, by, state=state, model=model)
            counted += [(STATES[state] if state else "all", c.name, c) for c in counts]
    return [
        filled(ChartPoint, count, line=line, period=period, value=count.agreements, partial=False)
        for line, period, count in counted
    ]


def _series_points(
    store: Store, subject: str, drawing: Drawing, on: str, states: Sequence[str]
) -> tuple[list[ChartPoint], _About]:
    from ice_facts.store.documents import having

    found = [
        s
        for s in store.where(Series, having(subject=subject, grain=drawing.grain))
        if drawing.states == (s.jurisdiction != NATION)
        and set(s.breakdown) <= {drawing.split}
        and (s.breakdown or not drawing.alone)
    ]
    names = {s.id: ", ".join(s.breakdown.values()) or "all" for s in found}
    if drawing.states:
        places = {s.id: store.one(Jurisdiction, s.jurisdiction) for s in found}
        names = {id: place.name for id, place in places.items()}
        if states:
            found = [s for s in found if places[s.id].state in states]
    if not found:
        return [], _About("", "", "")
    found.sort(key=lambda s: (len(s.breakdown), s.id))
    about = _About(found[0].unit, found[0].text, found[0].note or "")
    known = {s.id: points_of(s, on) for s in found}
    if drawing.grain == "day" and drawing.shape == "lines":
        known = {id: last_by_month(points) for id, points in known.items()}
    if drawing.shape == "lines" or states or not (drawing.split or drawing.states):
        return [_point(p, names[s.id], p.period) for s in found for p in known[s.id]], about
    newest = max((p.period for points in known.values() for p in points), default="")
    bars = [
        _point(p, newest, names[id])
        for id, points in known.items()
        for p in points
        if p.period == newest
    ]
    return sorted(bars, key=lambda p: (-p.value, p.period)), about


def _answer(
    store: Store,
    subject: str,
    title: str,
    by: str,
    drawing: Drawing,
    points: tuple[ChartPoint, ...],
    about: _About,
) -> ChartAnswer:
    timed = all(re.match(r"FY\d{4}$|\d{4}-", p.period) for p in points)
    lines = list(dict.fromkeys(p.line for p in points))
    shape = "lines" if timed and len(lines) > 1 else drawing.shape
    if not timed and len(lines) == 1 and re.match(r"FY\d{4}$", lines[0]):
        ends = max(p.as_of or "" for p in points)
        to_date = f" (to {ends})" if any(p.partial for p in points) else ""
        title = f"{title}, {lines[0]}{to_date}"
    notes = [about.text, about.note]
    partial = sorted({f"{p.period} to {p.as_of}" for p in points if timed and p.partial})
    if partial:
        notes.append(f"Part of the period only (to the date of the data): {'; '.join(partial)}.")
    totals = [p.as_of or p.period for p in points if p.basis == "summary"]
    if totals:
        notes.append(f"From {min(totals)} on: totals of trackers that read ICE's list.")
    return ChartAnswer(
        subject=subject,
        title=title,
        by=by,
        shape=shape,
        unit=about.unit,
        as_of=max(p.as_of or p.period for p in points),
        points=points,
        text=" ".join(_in_words(points, line, timed) for line in lines),
        notes=tuple(note for note in dict.fromkeys(notes) if note),
        sources=sources_of(store, points),
    )


def _in_words(points: Sequence[ChartPoint], line: str, timed: bool) -> str:
    """Return one line, or the bars, in words, for those who do not see the picture."""
    own = [p for p in points if p.line == line]
    if not timed:
        total = number_text(sum(p.value for p in own))
        top = ", ".join(f"{p.period} {number_text(p.value)}" for p in own[:3])
        return f"{len(own)} bars, together {total}; largest: {top}."
    # A part of a period says nothing of highs and lows, nor of how it was at the end.
    whole = [p for p in own if not p.partial] or own
    low, high = min(whole, key=lambda p: p.value), max(whole, key=lambda p: p.value)
    first, last = whole[0], whole[-1]
    to_date = f" (to {last.as_of})" if last.partial else ""
    among = "of whole periods, " if len(whole) < len(own) else ""
    return (
        f"{line[:1].upper()}{line[1:]}: {_at(first)}, {_at(last)}{to_date}; {among}lowest"
        f" {number_text(low.value)} ({low.period}), highest {number_text(high.value)}"
        f" ({high.period})."
    )


def _at(point: ChartPoint) -> str:
    """Return a value with its time: on a day, or in a month or year."""
    word = "on" if re.fullmatch(r"\d{4}-\d\d-\d\d", point.period) else "in"
    return f"{number_text(point.value)} {word} {point.period}"


def ask_chart(
    session: Session,
    subject: Annotated[
        list[str],
        argument(
            "SUBJECT...",
            "agreements, detention, book-ins, removals, …",
            words=lambda: [(id, next(iter(ways.values())).title) for id, ways in DRAWINGS.items()],
        ),
    ],
    *,
    by: Annotated[
        str | None,
        option(
            "--by",
            metavar="WHAT",
            help="month, year, state, area, model, level, …",
            words=lambda: [(by, "") for by in dict.fromkeys(chain(*DRAWINGS.values()))],
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        option(
            "--state",
            metavar="ST,ST",
            help="A line for each of these states.",
            parse=usps_code,
            words=lambda: STATES.items(),
            commas=True,
        ),
    ] = None,
    model: ModelOption = None,
    start: FromOption = None,
    end: ToOption = None,
) -> Reply:
    """Draw a chart."""
    from ice_facts.across.series.view import chart_listing

    answer = chart(
        session.store,
        find_subject(" ".join(subject)),
        session.on,
        by=by,
        states=state or [],
        model=model,
        start=start,
        end=end,
    )
    return Reply([answer], chart_listing, shown=answer, single=True)
