"""The rows in which stakeholders are compared: who they are, and their positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.across.compare.entries import UNKNOWN, Cells, CompareEntry, CompareRow
from ice_facts.model import OfficeRef, Stakeholder
from ice_facts.model.answers import filled
from ice_facts.store import Store
from ice_facts.subjects.official import holders_of
from ice_facts.subjects.position.rows import PositionRow, rows_of_stakeholder


def stakeholder_rows(store: Store, ids: Sequence[str], on: str) -> list[CompareRow]:
    """Return who stakeholders are, and a row for each thing on which one has a position."""
    people = {who.id: who for who in store.many(Stakeholder, ids)}
    rows = {id: rows_of_stakeholder(store, id, on) for id in ids}
    targets: dict[tuple[str, str], set[str]] = {}
    for id, found in rows.items():
        for row in found:
            target_name = row.on
            targets.setdefault((row.policy or row.topic or "", target_name), set()).add(id)
    compared = list(_who_rows(store, people, on))
    # The targets of most stakeholders come first.
    for target, label in sorted(targets, key=lambda t: (-len(targets[t]), t[1].casefold())):
        cells: Cells = {
            id: tuple(_position_entry(r) for r in found if target in (r.policy, r.topic)) or UNKNOWN
            for id, found in rows.items()
        }
        compared.append(CompareRow.of("positions", target, label, cells))
    return compared


def _who_rows(store: Store, people: dict[str, Stakeholder], on: str) -> Iterator[CompareRow]:
    kinds: Cells = {
        id: (filled(CompareEntry, who, value=who.kind, text=who.about, note=None),)
        for id, who in people.items()
    }
    yield CompareRow.of("who", "kind", "Kind", kinds)
    if any(who.office for who in people.values()):
        holders = {id: _holder_cell(store, who.office, on) for id, who in people.items()}
        yield CompareRow.of("who", "holder", "Who holds the office", holders)


def _holder_cell(store: Store, office: OfficeRef | None, on: str) -> tuple[CompareEntry, ...]:
    if not office:
        return ()
    holders = holders_of(store, office.jurisdiction, office.office, on)
    return tuple(filled(CompareEntry, h, value=h.name) for h in holders if h.holds) or UNKNOWN


def _position_entry(row: PositionRow) -> CompareEntry:
    if row.origin == "article":
        given = {"value": row.holder, "claim": row.id, "note": row.check}
    else:
        given = {"value": row.name}
    return filled(CompareEntry, row, jurisdiction=None, **given)
