"""Marks on what came from an overlay: no answer shows somebody's own facts as the store's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ice_facts.show.shapes import (
    Card,
    Cell,
    Column,
    Fact,
    Line,
    ListView,
    Piece,
    Section,
    Side,
    Table,
    glue,
)

Overlaid = Mapping[str, Mapping[str, str]]
"""By table and id, the name of the overlay that a record is from."""

FIELD = "overlay"
"""The field and column that say which overlay an answer's records are from."""

_ID_FIELDS = frozenset(
    ("id", "jurisdiction", "policy", "stakeholder", "topic", "source", "article", "list", "part_of")
) | frozenset(
    ("about", "names", "jurisdictions", "policies", "stakeholders", "topics", "place", "places")
)
"""Fields of answers that hold ids of records. Others can have a word that is also an id."""


OWN_FACTS = (
    *("rule", "official", "listed", "place", "policy", "provision", "claim", "check"),
    "spotlight",
)
"""Sections of cards with facts that the record itself states."""


class Marks:
    """Marks what came from overlays.

    Args:
        overlaid: Which records did.
    """

    def __init__(self, overlaid: Overlaid) -> None:
        self._sources = overlaid.get("sources", {})
        self._names = {id: name for ids in overlaid.values() for id, name in ids.items()}

    def data(self, answers: Iterable[Struct]) -> Iterator[Struct]:
        """Yield answers with one more field: by overlay, the ids of its records in the answer."""
        for answer in answers:
            found: dict[str, list[str]] = {}
            for id in self._ids_in(msgspec.to_builtins(answer)):
                ids = found.setdefault(self._names[id], [])
                if id not in ids:
                    ids.append(id)
            cls = type(answer)
            values = {name: getattr(answer, name) for name in cls.__struct_fields__}
            yield _marked_class(cls)(**values, overlay=found)

    def _ids_in(self, value: Any, field: str = "") -> Iterator[str]:
        if isinstance(value, str):
            id = _record_in(value)
            if field in _ID_FIELDS and id in self._names:
                yield id
        elif isinstance(value, dict):
            for name, item in value.items():
                if name in self._names and isinstance(item, dict | list | tuple):
                    yield name  # what is compared stands under its id
                yield from self._ids_in(item, name)
        elif isinstance(value, list | tuple):
            for item in value:
                yield from self._ids_in(item, field)

    def view(self, view: Card | ListView) -> Card | ListView:
        """Return a view with marks."""
        return self._card(view) if isinstance(view, Card) else self._listing(view)

    def _card(self, card: Card) -> Card:
        own = self._names.get(_record_in(card.subject))
        names = {name for f in _facts(card) if (name := self._of_fact(f))}
        names |= {self._sources[s.id] for s in card.sources if s.id in self._sources}
        names |= {own} if own else set()
        lead = list(map(self._line, card.lead))
        facts = [self._fact(fact, own) for fact in card.facts]
        for name in sorted(names):
            what = "this record" if name == own else "what is marked so"
            lead.append(Line((Piece(f"{what} is from the overlay {name}", "muted"),), "Overlay"))
            facts.append(Fact(FIELD, name, "", f"{what} is from the overlay {name}"))
        for id in card.above:
            if id in self._names and id != card.subject:
                said = f"{id}, of which it is part, is from the overlay {self._names[id]}"
                lead.append(Line((Piece(said, "muted"),), "Overlay"))
                facts.append(Fact(FIELD, self._names[id], "", said))
        return replace(
            card,
            opening=tuple(map(self._line, card.opening)),
            lead=tuple(lead),
            facts=tuple(facts),
            sections=tuple(self._section(section, own) for section in card.sections),
            sources=self._cited(card.sources),
        )

    def _cited(self, sources: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(
            replace(s, publisher=f"{s.publisher} ({FIELD} {self._sources[s.id]})")
            if s.id in self._sources
            else s
            for s in sources
        )

    def _section(self, section: Section, own: str | None) -> Section:
        return replace(
            section,
            facts=tuple(self._fact(fact, own) for fact in section.facts),
            lines=tuple(map(self._line, section.lines)),
            table=section.table and self._table(section.table),
            short=section.short and self._table(section.short),
        )

    def _of_fact(self, fact: Fact) -> str | None:
        """Return the overlay that a fact is from, by its sources or by whose it is."""
        for citation in fact.sources:
            if citation.id in self._sources:
                return self._sources[citation.id]
        whose = fact.section.rpartition(":")[2] if ":" in fact.section else ""
        named = fact.key if fact.section not in ("rule", "rules") else ""
        return self._names.get(whose) or self._names.get(named)

    def _fact(self, fact: Fact, own: str | None) -> Fact:
        name = self._of_fact(fact) or (own if fact.section in OWN_FACTS else None)
        return replace(fact, text=f"{fact.text} ({FIELD} {name})".strip()) if name else fact

    def _line(self, line: Line) -> Line:
        return replace(line, pieces=self._cell(line.pieces))

    def _cell(self, cell: Cell) -> Cell:
        return tuple(map(self._piece, cell))

    def _piece(self, piece: Piece) -> Piece:
        if piece.text and any(citation.id in self._sources for citation in piece.sources):
            return replace(piece, text=f"{piece.text} ({FIELD})")
        return piece

    def _table(self, table: Table) -> Table:
        columns = tuple(
            replace(column, title=f"{column.title} ({FIELD})")
            if column.key in self._names
            else column
            for column in table.columns
        )
        return Table(columns, tuple(tuple(map(self._cell, row)) for row in table.rows))

    def _listing(self, listing: ListView) -> ListView:
        table = self._table(listing.table)
        if not listing.compared:
            marks = [self._of_row(row) for row in listing.table.rows]
            rows = tuple(
                (*row, *(((Piece(name),), (Piece(f"{FIELD} {name}"),)) if name else ((), ())))
                for row, name in zip(table.rows, marks, strict=True)
            )
            more = (Column(FIELD, "Overlay", data=True), Column("from_overlay", "", drawn=True))
            rows = rows if any(marks) else tuple(row[:-1] for row in rows)
            columns = (*table.columns, *(more if any(marks) else more[:1]))
            table = Table(columns, rows)
        return replace(
            listing,
            table=table,
            sources=self._cited(listing.sources),
            sides=tuple(map(self._side, listing.sides)),
            short=listing.short and self._listing(listing.short),
        )

    def _side(self, side: Side) -> Side:
        """Return a side whose entries are marked at their first line, after who it is."""
        ids = side.ids or ("",) * len(side.entries)
        return replace(side, entries=tuple(map(self._entry, ids, side.entries)))

    def _entry(self, id: str, entry: tuple[Line, ...]) -> tuple[Line, ...]:
        cited = (c.id for line in entry for piece in line.pieces for c in piece.sources)
        if id not in self._names and not any(source in self._sources for source in cited):
            return entry
        first, *more = entry
        return (replace(first, pieces=(*first.pieces, glue(f" ({FIELD})"))), *more)

    def _of_row(self, row: tuple[Cell, ...]) -> str | None:
        """Return the overlay that a row is from, by an id that stands in it or by its sources."""
        for cell in row:
            for piece in cell:
                if piece.text in self._names:
                    return self._names[piece.text]
                for citation in piece.sources:
                    if citation.id in self._sources:
                        return self._sources[citation.id]
        return None


_KINDS = frozenset(("rule", "place", "official", "year", "term", "claim", "event"))


def _record_in(id: str) -> str:
    """Return the id of the record that the id of a question, task or fact is made of.

    >>> _record_in("rule:chicago:detainers"), _record_in("chicago:detainers"), _record_in("sb54")
    ('chicago', 'chicago', 'sb54')
    """
    first, _, rest = id.partition(":")
    return rest.partition(":")[0] if first in _KINDS and rest else first


def _facts(card: Card) -> Iterator[Fact]:
    yield from card.facts
    for section in card.sections:
        yield from section.facts


@cache
def _marked_class(cls: type[Struct]) -> Any:
    """Return a class of answers with the field that says what is from an overlay."""
    return msgspec.defstruct(
        cls.__name__,
        [(FIELD, dict[str, list[str]])],
        bases=(cls,),
        frozen=True,
        kw_only=True,
    )
