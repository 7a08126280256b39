"""Lists of jurisdictions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ice_facts.model import Listing as ListEntry
from ice_facts.results.rows import JurisdictionRow
from ice_facts.view import Cell, Column, Listing, Piece, table_of
from ice_facts.vocabulary import SYMBOLS

_COUNTED: dict[str, Callable[[JurisdictionRow], int]] = {
    "prohibits": lambda r: r.prohibits,
    "limits": lambda r: r.limits,
    "permits": lambda r: r.permits,
    "forbids-limits": lambda r: r.forbids_limits,
    "requires": lambda r: r.requires,
    "unknown": lambda r: r.unknown,
}
_LEGEND = ", ".join(
    f"is {stance} ({SYMBOLS[stance][0]})"
    if stance == "unknown"
    else f"{stance} ({SYMBOLS[stance][0]})"
    for stance in _COUNTED
)


def _stances(row: JurisdictionRow) -> str:
    """Return how many dimensions the place's own rules prohibit, limit and so on: "✗6 ~1 ?3"."""
    counts = ((SYMBOLS[stance][0], get(row)) for stance, get in _COUNTED.items())
    return " ".join(f"{symbol}{count}" for symbol, count in counts if count)


def _listings(row: JurisdictionRow) -> Cell:
    return tuple(
        Piece(f"{entry.list.split('-')[0].upper()} {listing_span(entry)}") for entry in row.listings
    )


def listing_span(entry: ListEntry) -> str:
    """Return how long a place was on a list, as far as is known."""
    if entry.until:
        return f"{entry.start} to {entry.until} (off the list)"
    if entry.known_until:
        return f"{entry.start}, not known to be listed after {entry.known_until}"
    return f"since {entry.start}" if entry.start else "date not known"


def places_listing(rows: Sequence[JurisdictionRow], title: str) -> Listing:
    """Return the view of a list of jurisdictions."""
    table = table_of(
        rows,
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name", data=True), lambda r: r.name),
        (Column("level", "Level", data=True), lambda r: r.level),
        (Column("state", "State"), lambda r: r.state),
        (Column("population", "People", right=True), lambda r: r.population),
        (Column("heads", "Who governs"), lambda r: r.heads),
        (Column("listed", "Lists"), _listings),
        *(
            (Column(stance, stance.capitalize(), data=True), get)
            for stance, get in _COUNTED.items()
        ),
        (Column("rules", "Own rules", drawn=True), _stances),
        (
            Column("sources", "Sources", data=True),
            lambda r: Piece("", sources=tuple(c for e in r.listings for c in e.sources)),
        ),
    )
    lists = sorted({entry.list for r in rows for entry in r.listings})
    return Listing(
        f"{title}: {len(rows)}",
        table,
        (
            f"Own rules: on how many of the ten dimensions a rule of the place's own {_LEGEND}.",
            "Lists are those a place was ever on, as far as is known."
            + "".join(f" {id.split('-')[0].upper()}: ice-facts policy {id}." for id in lists),
            "Places without recorded rules are left out, but not with --listed or --all.",
        ),
    )
