"""The view of positions: for and against beside one another, with what each side wants."""

from __future__ import annotations

from ice_facts.results.positions import PositionRow, PositionsFound
from ice_facts.view import Column, Line, Listing, Piece, Side, Table, plain

_SIDES = {
    "supports": "For",
    "opposes": "Against",
    "mixed": "Mixed",
    "neutral": "Neutral",
    "unknown": "Stance not stated",
}


def positions_view(
    found: PositionsFound, title: str, *, as_of: str, command: str, filtered: bool
) -> Listing:
    """Return the view of positions.

    Args:
        found: The positions, in showing order.
        title: What was asked for.
        as_of: The date of the answer.
        command: What shows all the sources; empty where they are shown.
        filtered: Whether only one stance was asked for, so that an empty side tells nothing.
    """
    columns = (
        Column("id", "Id", data=True),
        Column("name", "Who"),
        Column("stance", "Stance"),
        Column("on", "On"),
        Column("text", "Position", data=True),
        Column("concern", "Concern"),
        Column("remedy", "Remedy"),
        Column("date", "Date"),
        Column("origin", "Origin"),
        Column("status", "Check", data=True),
        Column("stakeholder", "Stakeholder", data=True),
        Column("kind", "Kind", data=True),
        Column("jurisdiction", "Of", data=True),
        Column("holder", "Holder", data=True),
        Column("sources", "Sources", data=True),
    )
    counts = [
        f"{sum(r.stance == stance for r in found.rows)} {title.lower()}"
        for stance, title in _SIDES.items()
        if any(r.stance == stance for r in found.rows)
    ]
    articles = sum(r.origin == "article" for r in found.rows)
    notes = [f"{', '.join(counts)}; as of {as_of}."]
    if articles:
        notes.append(
            f"{articles} of these are rows of an article's table; their check tells how they"
            " stand against the record."
        )
    return Listing(
        title,
        Table(columns, tuple(_row(r) for r in found.rows)),
        tuple(notes),
        found.sources,
        sides=_sides(found, filtered=filtered, brief=bool(command)),
        sources_command=command,
    )


def _row(row: PositionRow) -> tuple[tuple[Piece, ...], ...]:
    article = row.origin == "article"
    return (
        plain(row.id),
        plain(row.name),
        (Piece(row.stance, row.stance, row.sources, article or row.confirmed is not None),),
        plain(row.on),
        plain(row.text),
        plain(row.concern),
        plain(row.remedy),
        plain(row.date or "undated"),
        plain(f"article's claim {row.id}: {row.status}" if article else "record"),
        plain(row.status),
        plain(row.stakeholder),
        plain(row.kind),
        plain(row.jurisdiction),
        plain(row.holder),
        (Piece("", "", row.sources),),
    )


def _sides(found: PositionsFound, *, filtered: bool, brief: bool) -> tuple[Side, ...]:
    targets = {row.on for row in found.rows}
    sides = []
    for stance, title in _SIDES.items():
        rows = [row for row in found.rows if row.stance == stance]
        if rows:
            entries = tuple(_entry(row, named=len(targets) > 1, brief=brief) for row in rows)
            sides.append(Side(f"{title} ({len(rows)})", entries))
        elif stance in ("supports", "opposes") and not filtered:
            sides.append(Side(f"{title} (0)", ((Line((Piece("none recorded", "muted"),)),),)))
    return tuple(sides)


def _entry(row: PositionRow, *, named: bool, brief: bool) -> tuple[Line, ...]:
    article = row.origin == "article"
    who = f"{row.name} (then {row.holder})" if row.holder else row.name
    head = [Piece(who, row.stance), Piece(f" · {row.date or 'undated'}", "glue")]
    if named:
        head.append(Piece(f" · on {row.on}", "glue"))
    confirmed = article or row.confirmed is not None
    # The first source of an article's row is the article, the others are those of its check.
    own, checked = (row.sources[:1], row.sources[1:]) if article else (row.sources, ())
    few = 2 if brief else None
    head.append(Piece("", "", own[:few], confirmed))
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
