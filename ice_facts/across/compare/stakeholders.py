"""The rows in which stakeholders are compared: who they are, and what they think of what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ice_facts.across.compare.entries import UNKNOWN, Cells, CompareEntry, CompareRow
from ice_facts.across.positions.rows import PositionRow
from ice_facts.across.positions.rows import stakeholder_rows as positions_of
from ice_facts.model import Stakeholder
from ice_facts.store import Store
from ice_facts.subjects.official import holders_of


def stakeholder_rows(store: Store, ids: Sequence[str], on: str) -> list[CompareRow]:
    """Return who stakeholders are, and their positions on whatever any of them speaks on."""
    people = {id: store.one(Stakeholder, id) for id in ids}
    rows = {id: positions_of(store, id, on) for id in ids}
    targets: dict[tuple[str, str], set[str]] = {}
    for id, found in rows.items():
        for row in found:
            targets.setdefault((row.policy or row.topic or "", row.on), set()).add(id)
    made = list(_who_rows(store, people, on))
    # What most of them speak on comes first.
    for target, label in sorted(targets, key=lambda t: (-len(targets[t]), t[1].casefold())):
        cells: Cells = {
            id: tuple(_position_entry(r) for r in found if target in (r.policy, r.topic)) or UNKNOWN
            for id, found in rows.items()
        }
        made.append(CompareRow.of("positions", target, label, cells))
    return made


def _who_rows(store: Store, people: dict[str, Stakeholder], on: str) -> Iterator[CompareRow]:
    yield CompareRow.of(
        "who",
        "kind",
        "Kind",
        {
            id: (
                CompareEntry(
                    value=who.kind,
                    text=who.about,
                    jurisdiction=who.jurisdiction,
                    confirmed=who.confirmed,
                    sources=who.sources,
                ),
            )
            for id, who in people.items()
        },
    )
    if not any(who.office for who in people.values()):
        return
    cells: Cells = {}
    for id, who in people.items():
        terms = (
            holders_of(store, who.office.jurisdiction, who.office.office, on) if who.office else ()
        )
        held = tuple(
            CompareEntry(
                value=t.name,
                jurisdiction=t.jurisdiction,
                start=t.start,
                until=t.until,
                confirmed=t.confirmed,
                sources=t.sources,
            )
            for t in terms
            if t.holds
        )
        cells[id] = held or (UNKNOWN if who.office else ())
    yield CompareRow.of("who", "holder", "Who holds the office", cells)


def _position_entry(row: PositionRow) -> CompareEntry:
    article = row.origin == "article"
    return CompareEntry(
        value=row.holder if article else row.name,
        stance=row.stance,
        text=row.text,
        concern=row.concern,
        remedy=row.remedy,
        policy=row.policy,
        claim=row.id if article else None,
        status=row.status,
        date=row.date,
        confirmed=row.confirmed,
        note=row.check if article else row.note,
        sources=row.sources,
    )
