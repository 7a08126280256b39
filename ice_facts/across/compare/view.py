"""The views of comparisons: a column for each place, policy or stakeholder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

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
from ice_facts.across.compare.short import IN_WORDS, left_out_text, short_rows
from ice_facts.model import Source
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Cell, Column, ListView, Piece, Table, plain
from ice_facts.show.words import sources_command
from ice_facts.subjects.agreement.counts import newer_total
from ice_facts.subjects.agreement.listed import list_date

_LEGEND = "≠ the cells differ, = they do not. A rule or office of a county or state has its name."


_UNKNOWN = (
    "unknown, not recorded: nothing was found either way; this does not mean no."
    " –: nothing on record here, or it does not apply."
)


def comparison_view(
    answer: Comparison, labels: Labels, *, sources: bool, asked: bool = False
) -> ListView:
    """Return the view of things of one kind side by side.

    Args:
        answer: The comparison.
        labels: Names for ids.
        sources: Whether every source of a cell is shown, not only its first.
        asked: Whether the rows were asked for, so that the short form shows them all.
    """
    name = {
        "jurisdiction": labels.place,
        "policy": labels.policy,
        "stakeholder": labels.stakeholder,
    }[answer.kind]
    titles = {id: name(id) for id in answer.names}
    legend = _LEGEND if answer.kind == "jurisdiction" else "≠ the cells differ, = they do not."

    def form(rows: Sequence[CompareRow], notes: Iterable[str], *, brief: bool) -> ListView:
        differing = sum(row.differs for row in rows)
        return ListView(
            f"{' · '.join(titles.values())} (as of {answer.as_of})",
            _with_few_sources(_table(rows, titles, labels, brief=brief), brief=not sources),
            (
                f"{differing} of {len(rows)} rows differ.",
                *notes,
                *_newer_list(rows, labels, answer.as_of),
                legend,
                _UNKNOWN,
            ),
            _cited_in(answer.sources, rows),
            headings=tuple(SECTIONS[row.section] for row in rows),
            compared=True,
            sources_command=sources_command(sources),
        )

    return _both_forms(form, answer.rows, asked=asked)


def changes_view(
    answer: DatedComparison, labels: Labels, *, sources: bool, asked: bool = False
) -> ListView:
    """Return the view of one place at two dates with the changes in between."""
    titles = {date: date for date in (answer.as_of, answer.with_date)}
    place = answer.names[0]

    def form(rows: Sequence[ChangedRow], notes: Iterable[str], *, brief: bool) -> ListView:
        table = _table(rows, titles, labels, brief=brief, place=place)
        changed = sum(row.differs for row in rows)
        return ListView(
            f"{labels.place(place)}: {answer.as_of} and {answer.with_date}",
            _with_few_sources(_with_changes(table, rows, place, labels), brief=not sources),
            (
                f"{changed} of {len(rows)} rows differ or changed in between.",
                *notes,
                *_newer_list(rows, labels, max(titles)),
                "A year or month counts as its first day. " + _LEGEND,
                _UNKNOWN,
            ),
            _cited_in(answer.sources, rows),
            headings=tuple(SECTIONS[row.section] for row in rows),
            compared=True,
            sources_command=sources_command(sources),
        )

    return _both_forms(form, answer.rows, asked=asked, place=place)


def _newer_list(rows: Sequence[CompareRow], labels: Labels, on: str) -> Iterator[str]:
    """Yield a note on the newest total of agreements, where they are counted on an older list."""
    if any(row.section == "agreements" for row in rows):
        newer = newer_total(labels.store, on, list_date(labels.store))
        yield from [newer] if newer else ()


def _both_forms(
    form: Callable[..., ListView],
    rows: Sequence[CompareRow],
    *,
    asked: bool,
    place: str | None = None,
) -> ListView:
    """Return a view of all rows, with its short form."""
    kept = range(len(rows)) if asked else short_rows(rows, place=place)
    chosen = [rows[n] for n in kept]
    left = left_out_text([row for n, row in enumerate(rows) if n not in kept])
    words = len(chosen) > IN_WORDS and any(row.section in _WORDED for row in chosen)
    parts = [f"--full has {left}."] if left else []
    if words:
        parts.append(f"The texts stand beside up to {IN_WORDS} rows (--on), or with --full.")
    whole = form(rows, (), brief=False)
    return replace(whole, short=form(chosen, [" ".join(parts)] if parts else (), brief=True))


def _cited_in(sources: Sequence[Source], rows: Sequence[CompareRow]) -> tuple[Source, ...]:
    """Return the sources that rows cite, in their order."""
    cited = {c.id for row in rows for cell in row.cells.values() for e in cell for c in e.sources}
    cited |= {
        c.id
        for row in rows
        if isinstance(row, ChangedRow)
        for change in row.changes
        for c in change.sources
    }
    return tuple(source for source in sources if source.id in cited)


_WORDED = ("rules", "provisions", "positions")
"""Sections whose short cells leave texts out where there are many rows."""


def _with_changes(
    table: Table, answered: Sequence[ChangedRow], place: str, labels: Labels
) -> Table:
    """Return a table with the columns of what changed in between."""
    shown: set[str] = set()
    rows = []
    for cells, row in zip(table.rows, answered, strict=True):
        short = tuple(change_piece(c, place, labels, shown) for c in row.changes)
        whole = tuple(change_piece(c, place, labels, set()) for c in row.changes)
        rows.append((*cells, short or (Piece("–", "muted"),), whole, _sources_of(row.changes)))
    columns = (
        *table.columns,
        Column("changed", "What changed in between", drawn=True),
        Column("changes", "Changes", data=True),
        Column("changes-sources", "Sources of changes", data=True),
    )
    return Table(columns, tuple(rows))


def _table(
    rows: Sequence[CompareRow | ChangedRow],
    titles: dict[str, str],
    labels: Labels,
    *,
    brief: bool,
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
    words = not brief or len(rows) <= IN_WORDS
    lines = []
    for row in rows:
        cells = [(place or id, row.cells[id]) for id in titles]
        lines.append(
            (
                plain(row.section),
                (Piece(row.label, "differs" if row.differs else "same"),),
                plain("yes" if row.differs else "no"),
                *(cell_of(row, cell, id, labels, words=words, brief=brief) for id, cell in cells),
                *(cell_of(row, cell, id, labels, words=False) for id, cell in cells),
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
