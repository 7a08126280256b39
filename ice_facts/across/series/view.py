"""Charts and maps: their pictures, and what they show as tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ice_facts.across.series.chart import ChartAnswer, ChartPoint
from ice_facts.across.series.statemap import LIST_GROUPS, SEVERAL_GROUPS, MapAnswer
from ice_facts.model import Source
from ice_facts.show.labels import Labels
from ice_facts.show.pictures import Chart, Curve, Hue, Mark, Shade, Tile, TileMap
from ice_facts.show.shapes import SOURCES, Column, ListView, Piece, table_of
from ice_facts.vocabulary import COOPERATING, RESTRICTING, SYMBOLS

MOST_SOURCES = 12
"""The most sources that a picture names."""

MOST_SOURCE_KINDS = 3
"""The most kinds of sources, the most frequent ones, that it names if there are more sources."""


def chart_listing(answer: ChartAnswer, labels: Labels) -> ListView:
    """Return the view of a chart: its picture, and its points as a table."""
    table = table_of(
        answer.points,
        (Column("line", "Line"), lambda p: p.line),
        (
            Column("period", "Period" if answer.shape == "lines" else answer.by.capitalize()),
            lambda p: p.period,
        ),
        (
            Column("value", answer.unit.capitalize(), right=True),
            lambda p: Piece(str(p.value), sources=p.sources[:1]),
        ),
        (Column("unit", "Unit", data=True), lambda _: answer.unit),
        (Column("to_date", "To date"), lambda p: "yes" if p.partial else "no"),
        (Column("as_of", "Data of"), lambda p: p.as_of),
        (Column("basis", "Basis"), lambda p: p.basis),
        SOURCES,
    )
    lines = dict.fromkeys(p.line for p in answer.points)
    picture = Chart(
        title=answer.title,
        unit=answer.unit,
        curves=tuple(
            Curve(line, tuple(_mark(p, answer) for p in answer.points if p.line == line))
            for line in lines
        ),
        bars=answer.shape == "bars",
        caption=_caption(answer.as_of, answer.notes, answer.sources),
        words=answer.text,
        subtitle=f"{answer.unit[:1].upper()}{answer.unit[1:]} · data of {answer.as_of}",
        other=_OTHER_BASIS_WORDS,
    )
    notes = (
        f"In words: {answer.text}",
        *answer.notes,
        *_sources_note(answer.as_of, answer.sources),
    )
    return ListView(answer.title, table, notes, picture=picture)


_OTHER_BASIS_WORDS = "totals of trackers, not counted from ICE's list"
_PERIOD = re.compile(r"FY\d{4}|\d{4}-\d\d(-\d\d)?")


def _mark(point: ChartPoint, answer: ChartAnswer) -> Mark:
    """Return the mark of a value; it is partial if its period goes on after the data."""
    timed = _PERIOD.fullmatch(point.period) is not None
    partial = timed and point.partial
    note = ""
    if partial:
        note = f"to {point.as_of}"
    elif answer.subject == "detained" and point.as_of:
        # These are no sums over the year: each is of one day, and not the same one.
        note = f"on {point.as_of}"
    return Mark(point.period, point.value, partial, note, point.basis == "summary")


def map_listing(answer: MapAnswer, labels: Labels) -> ListView:
    """Return the view of a map: its picture, and the states as a table."""
    counted = any(s.value is not None for s in answer.states)
    # What another column says already is for data formats only.
    number_says_it = answer.subject == "agreements"
    table = table_of(
        answer.states,
        (Column("id", "Id", data=True), lambda s: s.id),
        (Column("state", "Code"), lambda s: s.state),
        (Column("name", "State"), lambda s: s.name),
        (Column("value", "Number", right=True, data=not counted), lambda s: s.value),
        (Column("words", "What", data=number_says_it), lambda s: s.words),
        (Column("group", "Group", data=not number_says_it), lambda s: s.group),
        (Column("places", "Places", data=True), lambda s: "; ".join(s.places)),
        (Column("as_of", "Data of", data=True), lambda _: answer.as_of),
        SOURCES,
    )
    shades = tuple(_shade(group, answer.groups) for group in answer.groups)
    tiles = tuple(
        Tile(
            s.state,
            str(s.value) if s.value is not None else shades[answer.groups.index(s.group)].words,
            answer.groups.index(s.group),
            _TILE_WORDS.get(s.group, "").format(n=s.value, inside=len(s.places)),
        )
        for s in answer.states
    )
    groups = {g: [s.state for s in answer.states if s.group == g] for g in answer.groups}
    members = {group: found for group, found in groups.items() if found}
    # Every group has its states named, the largest as well; one that has them all needs no names.
    counts = (
        f"{group}: {len(found)}" + (f" ({', '.join(found)})" if len(members) > 1 else "")
        for group, found in members.items()
    )
    words = f"States by group: {'; '.join(counts)}."
    picture = TileMap(
        title=answer.title,
        tiles=tiles,
        shades=shades,
        caption=_caption(answer.as_of, answer.notes, answer.sources),
        words=words,
        subtitle=_map_subtitle(answer),
    )
    notes = (f"In words: {words}", *answer.notes, *_sources_note(answer.as_of, answer.sources))
    return ListView(answer.title, table, notes, picture=picture)


def _map_subtitle(answer: MapAnswer) -> str:
    if answer.subject.startswith("rule="):
        return f"What the state's own rules say, in force on {answer.as_of}"
    what = "Agreements" if answer.subject == "agreements" else "Entries, at any time"
    return f"{what} · data of {answer.as_of}"


def _caption(as_of: str, notes: Sequence[str], sources: Sequence[Source]) -> tuple[str, ...]:
    return (*notes, *_sources_note(as_of, sources, addresses=len(sources) == 1))


def _sources_note(
    as_of: str, sources: Sequence[Source], *, addresses: bool = True
) -> tuple[str, ...]:
    """Return the line that names sources and the date of the data; like titles are joined."""
    if len(sources) > MOST_SOURCES:
        kinds = Counter(source.kind for source in sources).most_common(MOST_SOURCE_KINDS)
        named_kinds = ", ".join(f"{kind} {count}" for kind, count in kinds)
        read = max((source.read or "" for source in sources), default="")
        return (
            (
                f"As of {as_of}; sources read until {read}. Source: the ice-facts record,"
                f" {len(sources)} sources ({named_kinds}, …): each state's are in -f tsv and on its"
                " card."
            ),
        )
    named: dict[tuple[str, str | None], list[Source]] = {}
    for source in sources:
        named.setdefault((source.publisher, source.url), []).append(source)
    texts = []
    for (publisher, url), members in named.items():
        titles = [m.title for m in members]
        title = titles[0] if len(titles) == 1 else f"{titles[0]} to {titles[-1]}"
        texts.append(f"{publisher}, “{title}”" + (f", {url}" if url and addresses else ""))
    return (f"Data of {as_of}. Source: {'; '.join(texts)}.",)


# A number alone does not tell these groups apart where there is no colour.
_TILE_WORDS = {
    LIST_GROUPS[1]: "removed",
    LIST_GROUPS[2]: "{inside} in it",
    LIST_GROUPS[3]: "state",
    LIST_GROUPS[4]: "state + {inside}",
}


_DENSITIES = (("·", "."), ("░", "-"), ("▒", "+"), ("▓", "#"), ("█", "@"))


_STANCE_DEPTHS = {
    "prohibits": 1.0,
    "limits": 0.5,
    "permits": 0.5,
    "forbids-limits": 0.7,
    "requires": 1.0,
    "unknown": 0.12,
}


_STANCE_HUES: dict[str, Hue] = {
    **dict.fromkeys(RESTRICTING, "blue"),
    **dict.fromkeys(COOPERATING, "orange"),
    "unknown": "none",
}


_SEVERAL_SHADES = {
    SEVERAL_GROUPS[0]: Shade("several", "▣", "=", 0.75, "blue"),
    SEVERAL_GROUPS[1]: Shade("several", "◉", "+", 0.85, "orange"),
    SEVERAL_GROUPS[2]: Shade("both", "*", "*", 0.3, "both"),
}


def _shade(group: str, groups: Sequence[str]) -> Shade:
    """Return how the tiles of a group look: stances have their symbols, others a density."""
    if group in SYMBOLS:
        hue = _STANCE_HUES.get(group, "blue")
        return Shade(group, *SYMBOLS[group], _STANCE_DEPTHS.get(group, 0.0), hue)
    if group in _SEVERAL_SHADES:
        return _SEVERAL_SHADES[group]
    place, last = groups.index(group), max(1, len(groups) - 1)
    return Shade(group, *_DENSITIES[round(place * (len(_DENSITIES) - 1) / last)], place / last)
