"""What the short form of a comparison shows: the rows in which a difference matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import get_args

from ice_facts.across.compare.entries import CompareEntry, CompareRow
from ice_facts.model import PositionStance
from ice_facts.vocabulary import DIMENSIONS

IN_WORDS = 3
"""Up to so many rows, the text of a rule stands beside its stance in the short form."""

_LEFT_OUT = {
    "rules": "forms of cooperation without a rule on record",
    "offices": "offices of other levels",
    "lists": "lists without any of them",
    "numbers": "numbers",
    "disputed": "disputes",
    "facts": "amendments",
    "provisions": "other provisions",
    "positions": "subjects of one side only",
}
"""What the short form leaves out of a section, for the line that counts it."""


def short_rows(rows: Sequence[CompareRow], *, place: str | None = None) -> list[int]:
    """Return the indexes of the rows that the short form of a comparison shows.

    Args:
        rows: All rows.
        place: The place that is compared with itself; without it, cells stand under the id of
            what is compared.
    """
    if len(rows) <= IN_WORDS:
        return list(range(len(rows)))
    shared = any(_known(row) > 1 for row in rows if _is_subject(row))
    kept = [n for n, row in enumerate(rows) if _matters(row, place, shared=shared)]
    return kept or list(range(len(rows)))


def _matters(row: CompareRow, place: str | None, *, shared: bool) -> bool:
    entries = [entry for cell in row.cells.values() for entry in cell]
    match row.section:
        case "rules":
            return any(entry.stance != "unknown" for entry in entries)
        case "offices":
            # Who governs a place above is told by the place itself.
            return any(
                entry.jurisdiction == (place or id)
                for id, cell in row.cells.items()
                for entry in cell
            )
        case "lists":
            return any(entry.value != "not listed" for entry in entries)
        case "numbers" | "disputed":
            return False
        case "facts":
            return row.key != "amended"
        case "provisions":
            return row.key in DIMENSIONS
        case "positions" if _is_subject(row):
            return not shared or _known(row) > 1
        case _:
            return True


def _is_subject(row: CompareRow) -> bool:
    """Return True for a row of what stakeholders have positions on."""
    return row.section == "positions" and row.key not in get_args(PositionStance)


def _known(row: CompareRow) -> int:
    return sum(any(map(_is_known, cell)) for cell in row.cells.values())


def _is_known(entry: CompareEntry) -> bool:
    return entry.stance is not None or entry.value is not None


def left_out_text(rows: Sequence[CompareRow]) -> str:
    """Return a sentence on the rows that are left out; "" if there are none."""
    if not rows:
        return ""
    counts = Counter(row.section for row in rows)
    parts = [f"{_LEFT_OUT.get(name, name)} ({count})" for name, count in counts.items()]
    more = "1 more row" if len(rows) == 1 else f"{len(rows)} more rows"
    return f"{more}: {', '.join(parts)}"
