"""A column of names looked up: one row each, to join another table with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from ice_facts.ask import Reply, Session
from ice_facts.errors import NotFoundError, UsageError
from ice_facts.model import Jurisdiction, Level, Place
from ice_facts.model.answers import Answer
from ice_facts.resolve import Match, find, largest, namesakes
from ice_facts.show.labels import Labels
from ice_facts.show.shapes import Column, ListView, table_of
from ice_facts.store import Names, Store

NAMED = 10
"""How many of the names without a row are told on stderr."""

KNOWN = 4096
"""How many different names are kept, as the same ones come again and again."""


class BulkRow(Answer, frozen=True, kw_only=True):
    """What one name of a column stands for.

    ``match`` says how sure that is: ``exact``, ``largest`` (far larger than all others of its
    name, which are in ``others``), ``ambiguous`` or ``not found``.
    """

    line: int
    asked: str
    match: Literal["exact", "largest", "ambiguous", "not found"]
    id: str | None = None
    name: str | None = None
    level: str | None = None
    kind: str | None = None
    state: str | None = None
    geoid: str | None = None
    county_geoid: str | None = None
    counties: str | None = None
    population: int | None = None
    others: str | None = None


class Wanted(NamedTuple):
    """What the names of a column are names of."""

    level: Level
    state: str | None = None
    exact: bool = False


def ask_bulk(session: Session, file: Path, wanted: Wanted) -> Reply:
    """Look up the names in a file, one on each line.

    Args:
        session: The call; names that have no row are told in its errors when all rows are made.
        file: The file; ``-`` is standard input.
        wanted: What they are names of.

    Raises:
        UsageError: The file cannot be read.
    """
    return Reply(_rows(session, _lines(file), wanted), _view, flat=True)


def _lines(file: Path) -> Iterator[str]:
    """Yield the lines of a file.

    Raises:
        UsageError: It cannot be read.
    """
    if str(file) == "-":
        if sys.stdin is None:
            raise UsageError("standard input is closed", ["give a file with names"])
        return _decoded(sys.stdin.buffer, "standard input")
    try:
        return _decoded(file.open("rb"), str(file))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error


def _decoded(file: BinaryIO, name: str) -> Iterator[str]:
    first = file.peek(2)[:2] if hasattr(file, "peek") else b""
    encoding = "utf-16" if first in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        with TextIOWrapper(file, encoding=encoding) as text:
            yield from text
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from error
    except UnicodeError as error:
        raise UsageError(f"{name} is not UTF-8", ["save it as UTF-8"]) from error


def _rows(session: Session, lines: Iterable[str], wanted: Wanted) -> Iterator[BulkRow]:
    @lru_cache(KNOWN)
    def found(name: str) -> BulkRow:
        return _row(session, name, wanted)

    missing: list[str] = []
    without = asked = 0
    for number, line in enumerate(lines, start=1):
        name = _name_in(line)
        if not name:
            continue
        asked += 1
        row = found(name)
        if row.id is None:
            without += 1
            if len(missing) < NAMED:
                missing.append(f"line {number}: {name!r} is {row.match}")
        fields = {field: getattr(row, field) for field in row.__struct_fields__}
        yield BulkRow(**{**fields, "line": number})
    if without:
        more = [f"and {without - NAMED:,} more: the column 'match' says which"]
        message = f"{without:,} of {asked:,} names have no row of their own"
        session.errors.append(NotFoundError(message, missing + (more if without > NAMED else [])))


def _name_in(line: str) -> str:
    """Return the name on a line, without the quotes that a table puts around it."""
    name = line.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('""', '"').strip()
    return name


def _row(session: Session, name: str, wanted: Wanted) -> BulkRow:
    store, (level, state, exact) = session.store, wanted
    matches = find(store, name, (Jurisdiction,), level=level, state=state, exact=exact)
    if len(matches) == 1 and matches[0].id != name:
        matches += namesakes(store, name, matches[0], level, state)
    if len(matches) == 1:
        return _found(session, name, "exact", matches[0])
    meant = None if exact else largest(matches)
    others = sorted((m for m in matches if m is not meant), key=lambda m: (-m.people, m.id))
    listed = "; ".join(m.id for m in others) or None
    if meant:
        return _found(session, name, "largest", meant, listed)
    how: Literal["ambiguous", "not found"] = "ambiguous" if matches else "not found"
    return BulkRow(line=0, asked=name, match=how, others=listed)


def _found(
    session: Session,
    name: str,
    how: Literal["exact", "largest"],
    match: Match,
    others: str | None = None,
) -> BulkRow:
    names = _names(session.store, match.id)
    counties = [
        found.label
        for id in names.part_of
        if (found := _above(session.store, id)).level == "county"
    ]
    return BulkRow(
        line=0,
        asked=name,
        match=how,
        id=match.id,
        name=match.label,
        level=match.level,
        kind=match.kind,
        state=match.state,
        geoid=names.geoid,
        county_geoid=names.county_geoid,
        counties="; ".join(counties) or None,
        population=match.people or None,
        others=others,
    )


def _names(store: Store, id: str) -> Names:
    """Return the names of a place, and where it belongs."""
    found = (names for cls in (Place, Jurisdiction) if (names := store.names_of(cls, id)))
    return next(found, Names())


@lru_cache(KNOWN)
def _above(store: Store, id: str) -> Names:
    """Return the same of a county or state, of which many places are part."""
    return _names(store, id)


def _view(rows: Iterable[BulkRow], labels: Labels) -> ListView:
    made: Sequence[BulkRow] = tuple(rows)
    table = table_of(
        made,
        (Column("line", "Line", right=True), lambda r: r.line),
        (Column("asked", "Asked"), lambda r: r.asked),
        (Column("match", "Match"), lambda r: r.match),
        (Column("id", "Id"), lambda r: r.id),
        (Column("name", "Name"), lambda r: r.name),
        (Column("level", "Level", data=True), lambda r: r.level),
        (Column("kind", "Kind", data=True), lambda r: r.kind),
        (Column("state", "State"), lambda r: r.state),
        (Column("geoid", "GEOID"), lambda r: r.geoid),
        (Column("county_geoid", "County GEOID", data=True), lambda r: r.county_geoid),
        (Column("counties", "Counties"), lambda r: r.counties),
        (Column("population", "People", right=True), lambda r: r.population),
        (Column("others", "Others", data=True), lambda r: r.others),
    )
    return ListView(f"Names: {len(made)}", table, ())
