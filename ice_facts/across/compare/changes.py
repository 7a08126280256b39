"""The rows in which one place is compared at two dates, with the changes in between."""

from __future__ import annotations

from collections.abc import Hashable

from ice_facts.across.compare.entries import (
    UNKNOWN,
    ChangedRow,
    CompareEntry,
    CompareRow,
    RuleChange,
)
from ice_facts.across.compare.places import Layers, rows_of_a_date
from ice_facts.dates import first_day, same_day
from ice_facts.model import Jurisdiction, Policy, Rule
from ice_facts.model.answers import filled
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import amending_policy
from ice_facts.subjects.rule import layers_of


def changed_rows(store: Store, id: str, dates: tuple[str, str]) -> list[ChangedRow]:
    """Return the rows of a place at two dates; those of rules have the changes in between."""
    layers = layers_of(store, store.one(Jurisdiction, id))
    found: dict[tuple[str, str], dict[str, CompareRow]] = {}
    for date in dates:
        for row in rows_of_a_date(store, {id: layers}, date):
            found.setdefault((row.section, row.key), {})[date] = row
    sections = list(dict.fromkeys(section for section, _ in found))
    rows = []
    for (section, key), by_date in sorted(found.items(), key=lambda f: sections.index(f[0][0])):
        missing = UNKNOWN if section == "offices" else ()
        cells = {d: by_date[d].cells[id] if d in by_date else missing for d in dates}
        changes = _changes(store, layers, key, dates) if section == "rules" else ()
        label = next(iter(by_date.values())).label
        row = CompareRow.of(section, key, label, cells, _comparison_key)
        differs = row.differs or bool(changes)
        rows.append(filled(ChangedRow, row, differs=differs, changes=changes))
    return rows


def _comparison_key(entry: CompareEntry, date: str) -> Hashable:
    return entry.stance, entry.value, entry.jurisdiction


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
    amended = policy.amended if policy else ()
    amendment = next((a for a in amended if same_day(a.date, date)), None)
    other = amending_policy(store, policy, amendment) if policy and amendment else None
    return filled(
        RuleChange,
        rule,
        date=date,
        change=change,
        before=before,
        jurisdiction=jurisdiction,
        instrument=policy.short if policy else None,
        amendment=amendment.text if amendment else None,
        amended_by=other.id if other else None,
    )
