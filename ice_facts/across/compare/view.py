"""The views of comparisons: a row per thing compared, a column per place, policy or person."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ice_facts.across.compare.answer import SECTIONS
from ice_facts.across.compare.cells import cell_of, change_piece
from ice_facts.across.compare.entries import ChangedRow, CompareRow, Comparison, DatedComparison
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, Piece, plain
from ice_facts.show.shapes import Table as ViewTable
from ice_facts.show.words import sources_command

IN_WORDS = 3
"""With so few rows, the rules stand in words beside their stances."""


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
        _marked(table, brief=not sources),
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
    """Return the view of one place at two dates with what changed in between."""
    titles = {date: date for date in (answer.as_of, answer.with_date)}
    place = answer.names[0]
    table = _table(answer.rows, titles, labels, place=place)
    told: set[str] = set()
    rows = []
    for drawn, row in zip(table.rows, answer.rows, strict=True):
        short = tuple(change_piece(c, place, labels, told) for c in row.changes)
        whole = tuple(change_piece(c, place, labels, set()) for c in row.changes)
        cited = tuple(dict.fromkeys(c for change in row.changes for c in change.sources))
        rows.append((*drawn, short or (Piece("–", "muted"),), whole, (Piece("", "", cited),)))
    columns = (
        *table.columns,
        Column("changed", "What changed in between", drawn=True),
        Column("changes", "Changes", data=True),
        Column("changes-sources", "Sources of changes", data=True),
    )
    changed = sum(row.differs for row in answer.rows)
    return ListView(
        f"{labels.place(place)}: {answer.as_of} and {answer.with_date}",
        _marked(ViewTable(columns, tuple(rows)), brief=not sources),
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
) -> ViewTable:
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
    drawn = []
    for row in rows:
        by_id = {id: row.cells[id] for id in titles}
        cited = [
            tuple(dict.fromkeys(c for e in cell for c in e.sources)) for cell in by_id.values()
        ]
        drawn.append(
            (
                plain(row.section),
                (Piece(row.label, "differs" if row.differs else "same"),),
                plain("yes" if row.differs else "no"),
                *(cell_of(row, e, place or id, labels, words=words) for id, e in by_id.items()),
                *(cell_of(row, e, place or id, labels, words=False) for id, e in by_id.items()),
                *((Piece("", "", sources),) for sources in cited),
            )
        )
    return ViewTable(tuple(columns), tuple(drawn))


def _marked(table: ViewTable, *, brief: bool) -> ViewTable:
    """Return a table whose drawn cells, if it is to be brief, cite the first source only."""
    if not brief:
        return table
    rows = tuple(
        tuple(
            tuple(replace(p, sources=p.sources[:1]) for p in cell) if column.drawn else cell
            for column, cell in zip(table.columns, row, strict=True)
        )
        for row in table.rows
    )
    return ViewTable(table.columns, rows)
