"""Two or more jurisdictions, policies or stakeholders side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Annotated, NamedTuple, TypeVar

from ice_facts.across.compare.changes import changed_rows
from ice_facts.across.compare.entries import CompareRow, Comparison, DatedComparison
from ice_facts.across.compare.places import place_rows
from ice_facts.across.compare.policies import policy_rows
from ice_facts.across.compare.stakeholders import stakeholder_rows
from ice_facts.ask import Reply, Session, SourcesOption, argument, option
from ice_facts.dates import is_future, parse_date, today
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Jurisdiction, Policy, Record, Stakeholder
from ice_facts.resolve import Match, article_for, find, joined, resolve
from ice_facts.store import Store
from ice_facts.store.naming import key_of
from ice_facts.subjects.citations import sources_of
from ice_facts.vocabulary import DIMENSIONS

_OFFICES = {"mayor": "Mayor", "sheriff": "Sheriff", "governor": "Governor"}
"""Rows that are offered with the forms of cooperation and the groups of rows."""

Row = TypeVar("Row", bound=CompareRow)


class Kind(NamedTuple):
    """A kind of thing that can be compared: its word in the answer and the function of its rows."""

    word: str
    rows: Callable[[Store, Sequence[str], str], list[CompareRow]]


COMPARED_KINDS: dict[type[Record], Kind] = {
    Jurisdiction: Kind("jurisdiction", place_rows),
    Policy: Kind("policy", policy_rows),
    Stakeholder: Kind("stakeholder", stakeholder_rows),
}
"""The kinds of things that can be compared, by their class."""


MOST = 6
"""The largest number of things that fit side by side."""


SECTIONS = {
    "rules": "Rules in force",
    "offices": "Offices",
    "lists": "Federal lists",
    "agreements": "287(g) agreements",
    "numbers": "Numbers",
    "who": "Who",
    "facts": "The instrument",
    "provisions": "Provisions by theme",
    "positions": "Positions",
    "disputed": "Where sources disagree",
}
"""Titles of the groups of rows, by their ``section``."""


def same_kind(
    store: Store, names: Sequence[str]
) -> tuple[type[Record], tuple[str, ...], list[NotFoundError]]:
    """Return the class that names have in common, the ids, and errors for names without an id.

    Raises:
        UsageError: The names are of records of different classes.
        NotFoundError: No name is the name of one record.
    """
    known: dict[str, list[Match]] = {}
    errors: list[NotFoundError] = []
    classes = tuple(COMPARED_KINDS)
    for name in dict.fromkeys(joined(store, names, classes)):
        try:
            # Where nothing has the name, `resolve` raises the error that says so.
            known[name] = find(store, name, classes) or [resolve(store, name, classes)]
        except NotFoundError as error:
            errors.append(error)
    if not known:
        raise errors[0]
    common = [cls for cls in classes if all(_of_class(ms, cls) for ms in known.values())]
    if not common:
        raise _mixed(known)
    ids = []
    for name, matches in known.items():
        fitting = _of_class(matches, common[0])
        try:
            match = fitting[0] if len(fitting) == 1 else resolve(store, name, common)
            ids.append(match.id)
        except NotFoundError as error:
            errors.append(error)
    if not ids:
        raise errors[0]
    return common[0], tuple(dict.fromkeys(ids)), errors


def _of_class(matches: Sequence[Match], cls: type[Record]) -> list[Match]:
    return [match for match in matches if match.cls is cls]


def _mixed(known: Mapping[str, Sequence[Match]]) -> UsageError:
    parts = [
        f"{name!r} is {article_for(matches[0].command)} {matches[0].command}"
        for name, matches in known.items()
    ]
    return UsageError(
        f"cannot compare things of different kinds: {', '.join(parts)}",
        ["compare places with places, policies with policies, stakeholders with stakeholders"],
    )


def compare(
    store: Store,
    cls: type[Record],
    ids: Sequence[str],
    on: str,
    *,
    keep: Sequence[str] = (),
    differences: bool = False,
) -> Comparison:
    """Compare records of one kind on a date.

    Args:
        store: Where to look.
        cls: Jurisdiction, Policy or Stakeholder.
        ids: Two to six ids, in the order of the columns.
        on: The date of the answer.
        keep: Only rows whose key or section is one of these words; for a word that is neither,
            those whose label contains it.
        differences: Only rows in which the cells differ.

    Raises:
        UsageError: Too few or too many ids, or a word in ``keep`` that names no row.
        NotFoundError: No row is left, or there is nothing to compare.
    """
    kind = COMPARED_KINDS[cls]
    if len(ids) < 2:
        raise UsageError(
            f"only one {kind.word} to compare: {', '.join(ids)}",
            [f"name 2 to {MOST}", "or compare one place at two dates: --as-of 2012 --with 2024"],
        )
    if len(ids) > MOST:
        raise UsageError(f"cannot compare {len(ids)} at once", [f"name 2 to {MOST}"])
    rows = _selected(kind.rows(store, ids, on), keep, differences)
    return Comparison(
        kind=kind.word,
        names=tuple(ids),
        as_of=on,
        rows=tuple(rows),
        sources=sources_of(store, [list(row.cells.values()) for row in rows]),
    )


def compare_dates(
    store: Store,
    id: str,
    dates: tuple[str, str],
    *,
    keep: Sequence[str] = (),
    differences: bool = False,
) -> DatedComparison:
    """Compare one place with itself at two dates.

    Args:
        store: Where to look.
        id: The place.
        dates: The two dates. A rule that began or ended after the earlier and up to the later
            date is a change.
        keep: As for `compare`.
        differences: As for `compare`, and rows with a change in between.

    Raises:
        UsageError: The dates are the same, or a word in ``keep`` names no row.
        NotFoundError: No row is left.
    """
    if dates[0] == dates[1]:
        raise UsageError(
            f"both dates are {dates[0]}", ["give two: compare chicago --as-of 2012 --with 2024"]
        )
    rows = _selected(changed_rows(store, id, dates), keep, differences)
    return DatedComparison(
        kind="jurisdiction",
        names=(id,),
        as_of=dates[0],
        with_date=dates[1],
        rows=tuple(rows),
        sources=sources_of(store, [[list(row.cells.values()), row.changes] for row in rows]),
    )


def _selected(rows: Sequence[Row], keep: Sequence[str], differences: bool) -> list[Row]:
    chosen = list(rows)
    if keep:
        found = [_called(rows, word) for word in keep]
        unknown = [word for word, some in zip(keep, found, strict=True) if not some]
        if unknown:
            raise _no_row(rows, unknown)
        named = [row for some in found for row in some]
        chosen = [row for row in rows if row in named]
    if differences:
        chosen = [row for row in chosen if row.differs]
    if not chosen:
        raise NotFoundError(
            "nothing differs in these rows" if rows else "nothing on record to compare",
            ["without --differences the rows are shown"] if rows else (),
        )
    return chosen


_BESIDE = {"287g": "287g-agreements"}
"""Rows that answer the same question as another: the rule, and what was signed."""


def _called(rows: Sequence[Row], word: str) -> list[Row]:
    """Return the rows of which a word is the key or the group; else those that have it in them."""
    key = key_of(word)
    if not key:
        return []
    keys = {key, key_of(_BESIDE.get(key, key))}
    exact = [row for row in rows if key_of(row.key) in keys or key_of(row.section) == key]
    return exact or [row for row in rows if key in key_of(row.label)]


def _no_row(rows: Sequence[CompareRow], unknown: Sequence[str]) -> UsageError:
    keys = [row.key for row in rows if row.section not in ("numbers", "disputed")]
    sections = dict.fromkeys(row.section for row in rows)
    return UsageError(
        f"no row {', '.join(map(repr, unknown))} in this comparison",
        [f"rows: {', '.join(dict.fromkeys(keys))}", f"groups of rows: {', '.join(sections)}"],
    )


def ask_compare(
    session: Session,
    name: Annotated[list[str], argument("NAME...", "Two to six of one kind; one with --with.")],
    *,
    rows: Annotated[
        list[str] | None,
        option(
            "--on",
            metavar="ROW,…",
            help="Only these rows: detainers,287g,mayor.",
            words=lambda: {**DIMENSIONS, **_OFFICES, **SECTIONS}.items(),
            commas=True,
        ),
    ] = None,
    differences: Annotated[
        bool, option("--differences", help="Only rows in which the cells differ.")
    ] = False,
    other: Annotated[
        str | None,
        option(
            "--with",
            metavar="DATE",
            help="Compare one place on --as-of with itself on DATE.",
            parse=parse_date,
        ),
    ] = None,
    sources: SourcesOption = False,
) -> Reply:
    """Compare things of one kind."""
    from ice_facts.across.compare import view

    cls, ids, errors = same_kind(session.store, name)
    if errors and len(ids) < 2 and other is None:
        raise errors[0]
    session.errors += errors
    keep, store, on = rows or (), session.store, session.on
    if other is None:
        answer = compare(store, cls, ids, on, keep=keep, differences=differences)
        shown = partial(view.comparison_view, sources=sources, asked=bool(keep))
        return Reply([answer], shown, shown=answer, single=True)
    if len(ids) != 1 or cls is not Jurisdiction:
        raise UsageError(
            "--with compares one place with itself at another date",
            ["for example: ice-facts compare chicago --as-of 2012 --with 2024"],
        )
    if is_future(other):
        known = f"what is known by {today()} stands for {other}"
        store.remarks.append(f"the future is not on record: {known}")
    dated = compare_dates(store, ids[0], (on, other), keep=keep, differences=differences)
    shown = partial(view.changes_view, sources=sources, asked=bool(keep))
    return Reply([dated], shown, shown=dated, single=True)
