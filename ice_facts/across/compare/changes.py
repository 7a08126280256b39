"""One place at two dates: what changed, when, and by which instrument."""

from __future__ import annotations

from ice_facts.across.compare.entries import UNKNOWN, Cells, ChangedRow, CompareRow, RuleChange
from ice_facts.across.compare.places import Layers, dated_rows
from ice_facts.dates import first_day, same_day
from ice_facts.model import Jurisdiction, Policy, Rule
from ice_facts.store import Store
from ice_facts.subjects.place.card import layers_of
from ice_facts.subjects.policy.brief import amending_policy


def changed_rows(store: Store, id: str, dates: tuple[str, str]) -> list[ChangedRow]:
    """Return what holds at a place at two dates and, for rules, what changed in between."""
    layers = layers_of(store, store.one(Jurisdiction, id))
    found: dict[tuple[str, str], list[CompareRow]] = {}
    for date in dates:
        for row in dated_rows(store, {id: layers}, date):
            found.setdefault((row.section, row.key), []).append(
                CompareRow(
                    section=row.section,
                    key=row.key,
                    label=row.label,
                    differs=False,
                    cells={date: row.cells[id]},
                )
            )
    rows = []
    order = list(dict.fromkeys(section for section, _ in found))
    for (section, key), parts in sorted(found.items(), key=lambda item: order.index(item[0][0])):
        cells: Cells = dict.fromkeys(dates, UNKNOWN if section == "offices" else ())
        for part in parts:
            cells.update(part.cells)
        changes = _changes(store, layers, key, dates) if section == "rules" else ()
        marks = {
            frozenset((e.stance, e.value, e.jurisdiction) for e in entries)
            for entries in cells.values()
        }
        rows.append(
            ChangedRow(
                section=section,
                key=key,
                label=parts[0].label,
                differs=len(marks) > 1 or bool(changes),
                cells=cells,
                changes=changes,
            )
        )
    return rows


def _changes(
    store: Store, layers: Layers, dimension: str, dates: tuple[str, str]
) -> tuple[RuleChange, ...]:
    low, high = sorted(map(first_day, dates))
    changes = []
    for layer in layers:
        rules = [r for r in layer.rules if r.dimension == dimension]
        for rule in rules:
            if rule.start and low < first_day(rule.start) <= high:
                before = next((r.stance for r in rules if r.until == rule.start), None)
                changes.append(_change(store, layer.id, rule, rule.start, "begins", before))
            replaced = any(r.start == rule.until for r in rules)
            if rule.until and low < first_day(rule.until) <= high and not replaced:
                changes.append(_change(store, layer.id, rule, rule.until, "ends", None))
    return tuple(sorted(changes, key=lambda c: (first_day(c.date), c.jurisdiction, c.text)))


def _change(
    store: Store, jurisdiction: str, rule: Rule, date: str, change: str, before: str | None
) -> RuleChange:
    policy = store.one(Policy, rule.policy) if rule.policy else None
    amendment = (
        next((a for a in policy.amended if same_day(a.date, date)), None) if policy else None
    )
    by = amending_policy(store, policy, amendment) if policy and amendment else None
    return RuleChange(
        date=date,
        change=change,
        stance=rule.stance,
        before=before,
        text=rule.text,
        jurisdiction=jurisdiction,
        policy=rule.policy,
        instrument=policy.short if policy else None,
        amendment=amendment.text if amendment else None,
        amended_by=by.id if by else None,
        confirmed=rule.confirmed,
        sources=rule.sources,
    )
