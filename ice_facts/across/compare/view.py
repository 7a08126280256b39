"""The views of comparisons: a column for each place, policy or stakeholder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from ice_facts.across.compare.answer import SECTIONS
from ice_facts.across.compare.cells import cell_of, change_piece
from ice_facts.across.compare.entries import (
    ChangedRow,
    CompareEntry,
    CompareRow,
    Comparison,
    DatedComparison,
    RuleChange,
)
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Column, ListView, Piece, Table, plain
from ice_facts.show.words import sources_command

IN_WORDS = 3
"""Up to so many rows, the text of a rule stands beside its stance."""


_LEGEND = "≠ the cells differ, = they do not. A rule or office of a county or state has its name."


_UNKNOWN = (
    "unknown, not recorded: nothing was found either way; this does not mean no."
    " –: nothing on record here, or it does not apply."
)


def comparison_view(answer: Comparison, labels: Labels, *, sources: bool) -> ListView:
    """Return the view of things of one kind side by side.

    Args:
        answer: The comparison.
        labels: Names for ids.
        sources: Whether every source of a cell is shown, not only its first.
    """
    name = {
        "jurisdiction": labels.place,
        "policy": labels.policy,
        "stakeholder": labels.stakeholder,
    }[answer.kind]
    titles = {id: name(id) for id in answer.names}
    table = _table(answer.rows, titles, labels)
    differing = sum(row.differs for row in answer.rows)
    return ListView(
        f"{' · '.join(titles.values())} (as of {answer.as_of})",
        _with_few_sources(table, brief=not sources),
        (
            f"{differing} of {len(answer.rows)} rows differ.",
            _LEGEND if answer.kind == "jurisdiction" else "≠ the cells differ, = they do not.",
            _UNKNOWN,
        ),
        answer.sources,
        headings=tuple(SECTIONS[row.section] for row in answer.rows),
        compared=True,
        sources_command=sources_command(sources),
    )


def changes_view(answer: DatedComparison, labels: Labels, *, sources: bool) -> ListView:
    """Return the view of one place at two dates with the changes in between."""
    titles = {date: date for date in (answer.as_of, answer.with_date)}
    place = answer.names[0]
    table = _table(answer.rows, titles, labels, place=place)
    shown: set[str] = set()
    rows = []
    for cells, row in zip(table.rows, answer.rows, strict=True):
        short = tuple(change_piece(c, place, labels, shown) for c in row.changes)
        whole = tuple(change_piece(c, place, labels, set()) for c in row.changes)
        rows.append((*cells, short or (Piece("–", "muted"),), whole, _sources_of(row.changes)))
    columns = (
        *table.columns,
        Column("changed", "What changed in between", drawn=True),
        Column("changes", "Changes", data=True),
        Column("changes-sources", "Sources of changes", data=True),
    )
    changed = sum(row.differs for row in answer.rows)
    return ListView(
        f"{labels.place(place)}: {answer.as_of} and {answer.with_date}",
        _with_few_sources(Table(columns, tuple(rows)), brief=not sources),
        (
            f"{changed} of {len(answer.rows)} rows differ or changed in between.",
            "A year or month counts as its first day. " + _LEGEND,
            _UNKNOWN,
        ),
        answer.sources,
        headings=tuple(SECTIONS[row.section] for row in answer.rows),
        compared=True,
        sources_command=sources_command(sources),
    )


def _table(
    rows: Sequence[CompareRow | ChangedRow],
    titles: dict[str, str],
    labels: Labels,
    *,
    place: str = "",
) -> Table:
    columns = [
        Column("section", "Section", data=True),
        Column("label", ""),
        Column("differs", "Differs", data=True),
        *(Column(id, title, drawn=True) for id, title in titles.items()),
        *(Column(id, title, data=True) for id, title in titles.items()),
        *(
            Column(f"{id}-sources", f"Sources of {title}", data=True)
            for id, title in titles.items()
        ),
    ]
    words = len(rows) <= IN_WORDS
    lines = []
    for row in rows:
        cells = [(place or id, row.cells[id]) for id in titles]
        lines.append(
            (
                plain(row.section),
                (Piece(row.label, "differs" if row.differs else "same"),),
                plain("yes" if row.differs else "no"),
                *(cell_of(row, entries, id, labels, words=words) for id, entries in cells),
                *(cell_of(row, entries, id, labels, words=False) for id, entries in cells),
                *(_sources_of(entries) for _, entries in cells),
            )
        )
    return Table(tuple(columns), tuple(lines))


def _sources_of(several: Iterable[CompareEntry | RuleChange]) -> Cell:
    return (Piece("", "", tuple(dict.fromkeys(c for one in several for c in one.sources))),)


def _with_few_sources(table: Table, *, brief: bool) -> Table:
    """Return a brief table with only the first source of each piece in its drawn cells."""
    if not brief:
        return table
    rows = tuple(
        tuple(
            tuple(replace(p, sources=p.sources[:1]) for p in cell) if column.drawn else cell
            for column, cell in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    )
    return Table(table.columns, rows)
