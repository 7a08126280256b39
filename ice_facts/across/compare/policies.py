"""The rows in which policies are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ice_facts.across.compare.entries import (
    UNKNOWN,
    Cells,
    CompareEntry,
    CompareRow,
    rule_entry,
)
from ice_facts.across.compare.numbers import dispute_rows
from ice_facts.dates import began_by
from ice_facts.model import Jurisdiction, Policy, Position, Provision, Stakeholder
from ice_facts.model.answers import filled
from ice_facts.store import Store
from ice_facts.subjects.policy.brief import status_on
from ice_facts.subjects.position.rows import positions_of
from ice_facts.subjects.rule import rules_under
from ice_facts.vocabulary import DIMENSIONS

_THEMES = {
    "287g": (
        r"287 ?\(g\)|1357\(g\)|deputiz|deputation|federal supervision|immigration officer's work"
    ),
    "detention-contract": (
        r"contract\w* (to|for) (hold|detain|detention)|detention contract|office space"
    ),
    "release-notice": r"release[- ]dates?|notif|notice|custody status",
    "transfer-to-ice": r"transfer|hand(ed|s|ing)? .{0,30}over",
    "detainers": (
        r"detainer|hold request|(administrative|civil) (immigration )?warrant|keep holding"
    ),
    "jail-access": r"access to people in custody|interview|in custody|jail",
    "status-inquiries": r"\bask\w*\b.{0,60}(status|citizenship|birth)|inquir|questions about",
    "information-sharing": (
        r"shar(e|ing)|database|personal information|1373|data\b|disclos|confidential"
    ),
    "property-access": r"facilit|property|parking|courthouse|premises",
    "general-assistance": (
        r"perimeter|support for|assist|take part|joint task force|cooperat|civil immigration"
    ),
}
"""Patterns of the texts on each dimension; a provision is about the first that matches."""


_STANCES = {
    "supports": "Supported by",
    "opposes": "Opposed by",
    "mixed": "Mixed",
    "neutral": "Neutral",
}


def policy_rows(store: Store, ids: Sequence[str], on: str) -> list[CompareRow]:
    """Return all rows in which policies are compared on a date."""
    policies = {policy.id: policy for policy in store.many(Policy, ids)}
    return [
        *_instrument_rows(store, policies, on),
        *_provision_rows(store, policies, on),
        *_position_rows(store, policies, on),
        *dispute_rows(store, list(policies.values()), on),
    ]


def _instrument_rows(store: Store, policies: dict[str, Policy], on: str) -> Iterator[CompareRow]:
    fields: tuple[tuple[str, str, Callable[[Policy], str | None]], ...] = (
        ("kind", "Kind", lambda p: p.kind),
        ("level", "Level", lambda p: store.one(Jurisdiction, p.jurisdiction).level),
        ("citation", "Citation", lambda p: p.citation),
        ("status", "Status", lambda p: status_on(p, on)),
        ("introduced", "Introduced", lambda p: p.introduced),
        ("enacted", "Enacted or decided", lambda p: p.enacted),
        ("effective", "Effective", lambda p: p.effective),
        ("ended", "Ended", lambda p: p.ended),
        ("summary", "What it does", lambda p: p.summary),
    )
    for key, label, value_of in fields:
        values = {id: value_of(p) for id, p in policies.items()}
        if not any(values.values()):
            continue
        # A policy without a date of introduction or end need not have had one.
        absent = () if key in ("introduced", "ended") else UNKNOWN
        cells: Cells = {
            id: (_instrument_entry(policies[id], value, key),) if value else absent
            for id, value in values.items()
        }
        yield CompareRow.of("facts", key, label, cells)
    if any(p.amended for p in policies.values()):
        cells = {id: _amendments(policy, on) for id, policy in policies.items()}
        yield CompareRow.of("facts", "amended", "Amendments and rulings", cells)


def _instrument_entry(policy: Policy, value: str, key: str) -> CompareEntry:
    return CompareEntry(
        value=value,
        jurisdiction=policy.jurisdiction if key == "level" else None,
        confirmed=policy.confirmed,
        sources=policy.sources[:1],
    )


def _amendments(policy: Policy, on: str) -> tuple[CompareEntry, ...]:
    sources = policy.sources[:1]
    return tuple(
        filled(CompareEntry, a, confirmed=policy.confirmed, sources=a.sources or sources)
        for a in policy.amended
        if began_by(a.date, on)
    )


def _provision_rows(store: Store, policies: dict[str, Policy], on: str) -> Iterator[CompareRow]:
    themes = {id: _by_theme(store, policy, on) for id, policy in policies.items()}
    for theme, label in (*DIMENSIONS.items(), ("other", "Other provisions")):
        cells: Cells = {id: tuple(entries.get(theme, ())) for id, entries in themes.items()}
        if any(cells.values()):
            yield CompareRow.of("provisions", theme, label, cells)


def _by_theme(store: Store, policy: Policy, on: str) -> dict[str, list[CompareEntry]]:
    """Return the rules under a policy by dimension, and after them its provisions by theme."""
    themes: dict[str, list[CompareEntry]] = {}
    for rule in rules_under(store, policy.id, on):
        themes.setdefault(rule.dimension, []).append(rule_entry(rule))
    for provision in policy.provisions:
        themes.setdefault(_theme(provision), []).append(_provision_entry(policy, provision))
    return themes


def _theme(provision: Provision) -> str:
    text = f"{provision.section} {provision.text}"
    themes = (theme for theme, words in _THEMES.items() if re.search(words, text, re.I))
    return next(themes, "other")


def _provision_entry(policy: Policy, provision: Provision) -> CompareEntry:
    return CompareEntry(
        value=provision.section or None,
        text=provision.text,
        policy=policy.id,
        confirmed=policy.confirmed,
        sources=policy.sources[:1],
    )


def _position_rows(store: Store, policies: dict[str, Policy], on: str) -> Iterator[CompareRow]:
    positions = {id: positions_of(store, on, policy=id) for id in policies}
    for stance, label in _STANCES.items():
        cells: Cells = {
            id: tuple(_position_entry(store, p) for p in found if p.stance == stance)
            for id, found in positions.items()
        }
        if any(cells.values()) or stance in ("supports", "opposes"):
            cells = {id: entries or UNKNOWN for id, entries in cells.items()}
            yield CompareRow.of("positions", stance, label, cells, lambda e, _: e.value)


def _position_entry(store: Store, position: Position) -> CompareEntry:
    name = store.one(Stakeholder, position.stakeholder).name
    return filled(CompareEntry, position, value=name, policy=None)
