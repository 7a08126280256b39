"""The view of positions: for and against beside one another, with concerns and remedies."""

from __future__ import annotations

from ice_facts.across.positions.found import PositionsFound
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import (
    SOURCES,
    Column,
    Line,
    ListView,
    Piece,
    Side,
    glue,
    plain,
    table_of,
)
from ice_facts.show.words import sources_command
from ice_facts.subjects.position.elsewhere import elsewhere_texts
from ice_facts.subjects.position.rows import PositionRow

_SIDES = {
    "supports": "For",
    "opposes": "Against",
    "mixed": "Mixed",
    "neutral": "Neutral",
    "unknown": "Stance not stated",
}


def positions_view(
    found: PositionsFound, labels: Labels, *, as_of: str, sources: bool, filtered: bool
) -> ListView:
    """Return the view of positions.

    Args:
        found: The positions, in the order of the view.
        labels: Names for ids.
        as_of: The date of the answer.
        sources: Whether every source of a position is shown, not only two.
        filtered: Whether only one stance was asked for, so that an empty side is not shown.
    """
    subjects = " · ".join(found.subjects)
    title = f"Positions: {subjects}" if subjects else "Positions"
    table = table_of(
        found.rows,
        (Column("id", "Id", data=True), lambda r: r.id),
        (Column("name", "Who"), lambda r: r.name),
        (Column("stance", "Stance"), lambda r: Piece(r.stance, r.stance, r.sources, _certain(r))),
        (Column("on", "On"), lambda r: r.on),
        (Column("text", "Position", data=True), lambda r: r.text),
        (Column("concern", "Concern"), lambda r: r.concern),
        (Column("remedy", "Remedy"), lambda r: r.remedy),
        (Column("date", "Date"), lambda r: r.date or "undated"),
        (
            Column("origin", "Origin"),
            lambda r: f"article's claim {r.id}: {r.status}" if _in_article(r) else "record",
        ),
        (Column("status", "Check", data=True), lambda r: r.status),
        (Column("stakeholder", "Stakeholder", data=True), lambda r: r.stakeholder),
        (Column("kind", "Kind", data=True), lambda r: r.kind),
        (Column("jurisdiction", "Of", data=True), lambda r: r.jurisdiction),
        (Column("holder", "Holder", data=True), lambda r: r.holder),
        SOURCES,
    )
    several = len({row.on for row in found.rows}) > 1
    meanings = [text for text in dict.fromkeys(found.meanings.values()) if text]
    return ListView(
        title,
        table,
        _notes(found, as_of),
        found.sources,
        sides=_sides(found, filtered=filtered, brief=not sources),
        sources_command=sources_command(sources),
        lead=() if several else tuple(meanings),
    )


def _notes(found: PositionsFound, as_of: str) -> tuple[str, ...]:
    counts = [
        f"{sum(r.stance == stance for r in found.rows)} {side.lower()}"
        for stance, side in _SIDES.items()
        if any(r.stance == stance for r in found.rows)
    ]
    notes = [f"Records on file, not people: {', '.join(counts)}; as of {as_of}."]
    if found.several:
        notes.append(found.several)
    articles = sum(_in_article(r) for r in found.rows)
    if articles:
        notes.append(
            f"{articles} of these are rows of an article's table; their check tells how they"
            " stand against the record."
        )
    return tuple(notes)


def _in_article(row: PositionRow) -> bool:
    return row.origin == "article"


def _certain(row: PositionRow) -> bool:
    """Return True if a row is not marked; a row of an article is checked, not confirmed."""
    return _in_article(row) or row.confirmed is not None


def _sides(found: PositionsFound, *, filtered: bool, brief: bool) -> tuple[Side, ...]:
    """Return the sides on every subject; the subjects with most records come first."""
    subjects: dict[tuple[str | None, str | None, str], list[PositionRow]] = {}
    for row in found.rows:
        subjects.setdefault((row.policy, row.topic, row.on), []).append(row)
    others = elsewhere_texts(found.elsewhere)
    ordered = sorted(subjects.items(), key=lambda item: (-len(item[1]), item[0][2]))
    sides: list[Side] = []
    for (policy, topic, on), rows in ordered:
        heading = about = ""
        if len(subjects) > 1 or found.elsewhere:
            heading, about = on, found.meanings[on]
        if (policy, topic) in others:
            about += f" Not from here, on record too: {others[policy, topic]}."
        for stance, title in _SIDES.items():
            members = _together([row for row in rows if row.stance == stance], found)
            if members:
                entries = tuple(_entry(row, brief=brief) for row in members)
                ids = tuple(row.id for row in members)
                sides.append(
                    Side(f"{title} ({len(members)})", entries, heading, about.strip(), ids)
                )
            elif stance in ("supports", "opposes") and not filtered:
                words = "none from here" if (policy, topic) in others else "none recorded"
                none = ((Line((Piece(words, "muted"),)),),)
                sides.append(Side(f"{title} (0)", none, heading, about.strip()))
    return tuple(sides)


def _together(rows: list[PositionRow], found: PositionsFound) -> list[PositionRow]:
    """Return rows so that those of one organisation follow one another, where its first stands."""
    first: dict[str, int] = {}
    for place, row in enumerate(rows):
        first.setdefault(found.organisations[row.stakeholder], place)
    return sorted(rows, key=lambda row: first[found.organisations[row.stakeholder]])


def _entry(row: PositionRow, *, brief: bool) -> tuple[Line, ...]:
    article = _in_article(row)
    who = f"{row.name} (then {row.holder})" if row.holder else row.name
    head = [Piece(who, row.stance), glue(f" · {row.date or 'undated'}")]
    # The first source of an article's row is the article, the others are those of its check.
    own, checked = (row.sources[:1], row.sources[1:]) if article else (row.sources, ())
    few = 2 if brief else None
    head.append(Piece("", "", own[:few], _certain(row)))
    lines = [Line(tuple(head))]
    if not article:
        lines.append(Line(plain(row.text)))
    if row.concern:
        lines.append(Line(plain(row.concern), label="Concern"))
    if row.remedy:
        lines.append(Line(plain(row.remedy), label="Remedy"))
    if article:
        said = Piece(f"article's claim {row.id}: ", "muted")
        check = Piece(row.status or "", row.status or "", checked[:few])
        lines.append(Line((said, check)))
    return tuple(lines)
