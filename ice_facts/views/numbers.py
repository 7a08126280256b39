"""Lists of agreements and numbers, charts and maps."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.model import Agreement, FormerAgreement, Source
from ice_facts.queries.state_map import LIST_GROUPS, SEVERAL
from ice_facts.results.numbers import AgreementCount, ChartAnswer, MapAnswer, NumberRow
from ice_facts.view import (
    Cell,
    Chart,
    Column,
    Curve,
    Listing,
    Mark,
    Piece,
    Shade,
    Table,
    Tile,
    TileMap,
    plain,
    source_text,
)
from ice_facts.views.labels import Labels
from ice_facts.vocabulary import SYMBOLS

ROWS_WITH_SOURCES = 60
"""A longer list names its sources in the data formats and on the cards only."""

SOURCES_NAMED = 12
"""A picture names no more sources than these."""

LEFT_CAVEAT = (
    "ICE does not say why a row leaves its list; a new spelling of an agency can hide that its"
    " agreement goes on. Dates are those of lists that were read."
)


def agreements_listing(rows: Sequence[Agreement], sources: Sequence[Source], on: str) -> Listing:
    """Return the view of a list of agreements."""
    columns = (
        Column("id", "Id", data=True),
        Column("agency", "Agency"),
        Column("level", "Level", data=True),
        Column("state", "State"),
        Column("county", "County"),
        Column("place", "Place"),
        Column("jurisdiction", "Jurisdiction", data=True),
        Column("model", "Model"),
        Column("signed", "Signed"),
        Column("document", "Document", data=True),
        Column("addendum", "Addendum", data=True),
        Column("note", "Note"),
        Column("row", "List"),
        Column("sources", "Sources", data=True),
    )
    table = Table(
        columns,
        tuple(
            (
                plain(a.id),
                (Piece(a.agency, "", (), a.confirmed is not None),),
                plain(a.level),
                plain(a.state),
                plain(a.county),
                plain(a.place),
                plain(a.jurisdiction),
                plain(a.model),
                plain(a.signed),
                plain(a.document),
                plain(a.addendum),
                plain(a.note),
                plain("; ".join(c.locator for c in a.sources)),
                (Piece("", "", a.sources),),
            )
            for a in rows
        ),
    )
    date = max((s.published or "" for s in sources), default="")
    notes = [
        (
            f"On ICE's list of {date}; not known to be in force after it. Dates of signing are"
            " ICE's and some are wrong."
        )
    ]
    if on < date:
        notes.append(f"Signed by {on}; agreements that had left the list by {date} are not here.")
    notes += [f"Source: {source_text(source)}" for source in sources]
    return Listing(f"287(g) agreements: {len(rows):,}", table, tuple(notes))


def former_listing(rows: Sequence[FormerAgreement], sources: Sequence[Source]) -> Listing:
    """Return the view of agencies and models that left ICE's list."""
    columns = (
        Column("id", "Id", data=True),
        Column("agency", "Agency"),
        Column("state", "State"),
        Column("jurisdiction", "Jurisdiction", data=True),
        Column("model", "Model"),
        Column("signed", "Signed", data=True),
        Column("first_listed", "First listed"),
        Column("last_listed", "Last listed"),
        Column("note", "Note"),
        Column("sources", "Sources", data=True),
    )
    table = Table(
        columns,
        tuple(
            (
                plain(f.id),
                (Piece(f.agency, "", (), f.confirmed is not None),),
                plain(f.state),
                plain(f.jurisdiction),
                plain(f.model),
                plain(f.signed),
                plain(f.first_listed),
                plain(f.last_listed),
                plain(f.note),
                (Piece("", "", f.sources),),
            )
            for f in rows
        ),
    )
    notes = (LEFT_CAVEAT, *(f"Source: {source_text(source)}" for source in sources))
    return Listing(f"No longer on ICE's 287(g) list: {len(rows):,}", table, notes)


def counts_listing(rows: Sequence[AgreementCount], sources: Sequence[Source]) -> Listing:
    """Return the view of counts of agreements."""
    by = rows[0].by
    columns = (
        Column("key", by.capitalize(), data=by == "state"),
        Column("name", by.capitalize(), data=by != "state"),
        Column("agreements", "Agreements", right=True),
        Column("task_force", "Task force", data=by == "model", right=True),
        Column(
            "warrant_service_officer", "Warrant service officer", data=by == "model", right=True
        ),
        Column("jail_enforcement", "Jail enforcement", data=by == "model", right=True),
        Column("as_of", "List of"),
        Column("basis", "Basis"),
        Column("sources", "Sources", data=True),
    )
    table = Table(
        columns,
        tuple(
            (
                plain(r.key),
                plain(r.name),
                (Piece(f"{r.agreements}", "", r.sources[:1]),),
                plain(r.task_force),
                plain(r.warrant_service_officer),
                plain(r.jail_enforcement),
                plain(r.as_of),
                plain(r.basis),
                (Piece("", "", r.sources),),
            )
            for r in rows
        ),
    )
    notes = ["Rows of ICE's list of participating agencies; an agency has a row for each model."]
    if by == "month":
        notes.append("The last list of each month. list: counted from the list; summary: a total")
        notes[-1] += " published by a tracker that reads it."
        title = f"287(g) agreements by month: {len(rows)} months"
    else:
        total = sum(r.agreements for r in rows)
        title = f"287(g) agreements by {by}: {total:,} in all"
    return Listing(title, table, tuple(notes), tuple(sources))


def numbers_listing(
    rows: Sequence[NumberRow], sources: Sequence[Source], labels: Labels
) -> Listing:
    """Return the view of a list of numbers."""
    columns = (
        Column("id", "Id", data=True),
        Column("kind", "Kind", data=True),
        Column("measure", "Measure"),
        Column("qualifier", "Qualifier", data=True),
        Column("value", "Value", data=True),
        Column("high", "High", data=True),
        Column("unit", "Unit", data=True),
        Column("number", "Number", drawn=True),
        Column("place", "Place", data=True),
        Column("where", "Place", drawn=True),
        Column("period", "Period"),
        Column("from", "From", data=True),
        Column("until", "Until", data=True),
        Column("to_date", "To date", data=True),
        Column("as_of", "Data of"),
        Column("basis", "Basis", data=True),
        Column("counts", "Counts and limits", data=True),
        Column("about", "Counts and limits", drawn=True),
        Column("sources", "Sources", data=True),
    )
    told: set[str] = set()
    lines = []
    for r in rows:
        about = " ".join(t for t in (r.text, r.base_text, r.note) if t)
        lines.append(
            (
                plain(r.id),
                plain(r.kind),
                plain(r.measure),
                plain(r.qualifier),
                plain(r.value),
                plain(r.high),
                plain(r.unit),
                _number(r),
                plain(r.jurisdiction),
                plain(labels.place(r.jurisdiction)),
                _period(r),
                plain(r.start),
                plain(r.until),
                plain("yes" if r.partial else "no"),
                plain(r.as_of),
                plain(r.basis),
                plain(about),
                plain("" if about in told else about),
                (Piece("", "", r.sources),),
            )
        )
        told.add(about)
    notes = ["A number without a date of its data is of its period; its source says when."]
    if any(r.values > 1 for r in rows):
        notes.append(
            "Of longer series the newest value: add --all for every one, or see: ice-facts chart."
        )
    shown = tuple(sources) if len(rows) <= ROWS_WITH_SOURCES else ()
    if not shown:
        notes.append("Sources: in -f tsv or json, or with fewer numbers.")
    return Listing(f"Numbers: {len(rows):,}", Table(columns, tuple(lines)), tuple(notes), shown)


def _number(row: NumberRow) -> Cell:
    value = f"{row.value:,}" + (f" to {row.high:,}" if row.high is not None else "")
    base = f" of {row.base:,}" if row.base is not None else ""
    words = " ".join(part for part in (row.qualifier, value + base, row.unit) if part)
    return (Piece(words, "strong", row.sources, row.confirmed is not None),)


def _period(row: NumberRow) -> Cell:
    if not row.partial:
        return plain(row.period)
    word = "year to date" if row.period.startswith("FY") else "part of the month"
    return plain(f"{row.period}, {word}")


def chart_listing(answer: ChartAnswer) -> Listing:
    """Return the view of a chart: its picture, and its points as a table."""
    columns = (
        Column("line", "Line"),
        Column("period", "Period" if answer.shape == "lines" else answer.by.capitalize()),
        Column("value", answer.unit.capitalize(), right=True),
        Column("unit", "Unit", data=True),
        Column("to_date", "To date"),
        Column("as_of", "Data of"),
        Column("basis", "Basis"),
        Column("sources", "Sources", data=True),
    )
    rows = tuple(
        (
            plain(p.line),
            plain(p.period),
            (Piece(str(p.value), "", p.sources[:1]),),
            plain(answer.unit),
            plain("yes" if p.partial else "no"),
            plain(p.as_of),
            plain(p.basis),
            (Piece("", "", p.sources),),
        )
        for p in answer.points
    )
    lines = dict.fromkeys(p.line for p in answer.points)
    curves = tuple(
        Curve(
            line,
            tuple(
                Mark(p.period, p.value, p.partial and answer.by in ("month", "year"))
                for p in answer.points
                if p.line == line
            ),
        )
        for line in lines
    )
    picture = Chart(
        title=answer.title,
        axis="date" if answer.subject in ("agreements", "agencies") else answer.by,
        unit=answer.unit,
        curves=curves,
        bars=answer.shape == "bars",
        caption=_caption(answer.as_of, answer.notes, answer.sources),
        words=answer.text,
    )
    notes = (
        f"In words: {answer.text}",
        *answer.notes,
        *_sources_note(answer.as_of, answer.sources),
    )
    return Listing(answer.title, Table(columns, rows), notes, picture=picture)


def _caption(as_of: str, notes: Sequence[str], sources: Sequence[Source]) -> str:
    return " ".join((*notes, *_sources_note(as_of, sources, addresses=len(sources) == 1)))


def _sources_note(
    as_of: str, sources: Sequence[Source], *, addresses: bool = True
) -> tuple[str, ...]:
    """Return one line that names sources and the date of the data; alike titles are joined."""
    if len(sources) > SOURCES_NAMED:
        return (
            f"As of {as_of}. {len(sources)} sources: each state's are in -f tsv and on its card.",
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


def map_listing(answer: MapAnswer) -> Listing:
    """Return the view of a map: its picture, and the states as a table."""
    columns = (
        Column("id", "Id", data=True),
        Column("state", "Code"),
        Column("name", "State"),
        Column("value", "Number", right=True),
        Column("words", "What"),
        Column("group", "Group"),
        Column("places", "Places", data=True),
        Column("as_of", "Data of", data=True),
        Column("sources", "Sources", data=True),
    )
    rows = tuple(
        (
            plain(s.id),
            plain(s.state),
            plain(s.name),
            plain(s.value),
            plain(s.words),
            plain(s.group),
            plain("; ".join(s.places)),
            plain(answer.as_of),
            (Piece("", "", s.sources),),
        )
        for s in answer.states
    )
    shades = tuple(_shade(group, answer.groups) for group in answer.groups)
    tiles = tuple(
        Tile(
            s.state,
            str(s.value) if s.value is not None else s.group.split()[0],
            answer.groups.index(s.group),
            _TILE_WORDS.get(s.group, "").format(n=s.value, inside=len(s.places)),
        )
        for s in answer.states
    )
    counts = (
        f"{group}: {len(members)}" + (f" ({', '.join(members)})" if len(members) <= 12 else "")
        for group in answer.groups
        if (members := [s.state for s in answer.states if s.group == group])
    )
    words = f"States by group: {'; '.join(counts)}."
    picture = TileMap(
        title=answer.title,
        tiles=tiles,
        shades=shades,
        caption=_caption(answer.as_of, answer.notes, answer.sources),
        words=words,
    )
    notes = (f"In words: {words}", *answer.notes, *_sources_note(answer.as_of, answer.sources))
    return Listing(answer.title, Table(columns, rows), notes, picture=picture)


# A number alone does not tell these groups apart where there is no colour.
_TILE_WORDS = {
    LIST_GROUPS[1]: "removed",
    LIST_GROUPS[2]: "{inside} in it",
    LIST_GROUPS[3]: "state",
    LIST_GROUPS[4]: "state + {inside}",
}

_DENSITIES = (("·", "."), ("░", "-"), ("▒", "+"), ("▓", "#"), ("█", "@"))
_STANCE_DEPTHS = {"prohibits": 1.0, "limits": 0.5, "permits": 0.5, "requires": 1.0, "unknown": 0.12}


def _shade(group: str, groups: Sequence[str]) -> Shade:
    """Return how the tiles of a group look: stances have their symbols, others a density."""
    if group in SYMBOLS:
        warm = group in ("permits", "requires")
        return Shade(group, *SYMBOLS[group], _STANCE_DEPTHS.get(group, 0.0), warm)
    if group == SEVERAL:
        return Shade(group, "*", "*", 0.3)
    place, last = groups.index(group), max(1, len(groups) - 1)
    return Shade(group, *_DENSITIES[round(place * (len(_DENSITIES) - 1) / last)], place / last)
