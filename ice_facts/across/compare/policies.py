"""The rows in which policies are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ice_facts.across.compare.entries import UNKNOWN, Cells, CompareEntry, CompareRow
from ice_facts.across.compare.numbers import dispute_rows
from ice_facts.dates import began_by
from ice_facts.model import Jurisdiction, Policy, Position, Provision, Stakeholder
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
"""Words that show which dimension a provision is about; the first that fits has it."""


_TAKERS = {
    "supports": "Supported by",
    "opposes": "Opposed by",
    "mixed": "Mixed",
    "neutral": "Neutral",
}


def policy_rows(store: Store, ids: Sequence[str], on: str) -> list[CompareRow]:
    """Return everything in which policies can be compared on a date."""
    policies = {id: store.one(Policy, id) for id in ids}
    return [
        *_instrument_rows(store, policies, on),
        *_provision_rows(store, policies, on),
        *_taker_rows(store, policies, on),
        *dispute_rows(store, list(policies.values()), on),
    ]


def _instrument_rows(store: Store, policies: dict[str, Policy], on: str) -> Iterator[CompareRow]:
    def level(p: Policy) -> str:
        return store.one(Jurisdiction, p.jurisdiction).level

    fields: tuple[tuple[str, str, Callable[[Policy], str | None]], ...] = (
        ("kind", "Kind", lambda p: p.kind),
        ("level", "Level", level),
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
            id: _instrument_entry(policies[id], value, key) if value else absent
            for id, value in values.items()
        }
        yield CompareRow.of("facts", key, label, cells)
    if any(p.amended for p in policies.values()):
        cells = {
            id: tuple(
                CompareEntry(
                    text=a.text,
                    date=a.date,
                    confirmed=p.confirmed,
                    sources=a.sources or p.sources[:1],
                )
                for a in p.amended
                if began_by(a.date, on)
            )
            for id, p in policies.items()
        }
        yield CompareRow.of("facts", "amended", "Amendments and rulings", cells)


def _instrument_entry(policy: Policy, value: str, key: str) -> tuple[CompareEntry, ...]:
    return (
        CompareEntry(
            value=value,
            jurisdiction=policy.jurisdiction if key == "level" else None,
            confirmed=policy.confirmed,
            sources=policy.sources[:1],
        ),
    )


def _provision_rows(store: Store, policies: dict[str, Policy], on: str) -> Iterator[CompareRow]:
    rules = {id: rules_under(store, id, on) for id in policies}
    themes = {id: _by_theme(p.provisions) for id, p in policies.items()}
    for theme, label in (*DIMENSIONS.items(), ("other", "Other provisions")):
        cells: Cells = {}
        for id, policy in policies.items():
            cells[id] = (
                *(CompareEntry.of_rule(rule) for rule in rules[id] if rule.dimension == theme),
                *(_provision_entry(policy, p) for p in themes[id].get(theme, ())),
            )
        if any(cells.values()):
            yield CompareRow.of("provisions", theme, label, cells)


def _by_theme(provisions: Sequence[Provision]) -> dict[str, list[Provision]]:
    themes: dict[str, list[Provision]] = {}
    for provision in provisions:
        text = f"{provision.section} {provision.text}"
        theme = next((t for t, words in _THEMES.items() if re.search(words, text, re.I)), "other")
        themes.setdefault(theme, []).append(provision)
    return themes


def _provision_entry(policy: Policy, provision: Provision) -> CompareEntry:
    return CompareEntry(
        value=provision.section or None,
        text=provision.text,
        policy=policy.id,
        confirmed=policy.confirmed,
        sources=policy.sources[:1],
    )


def _taker_rows(store: Store, policies: dict[str, Policy], on: str) -> Iterator[CompareRow]:
    positions = {id: positions_of(store, on, policy=id) for id in policies}
    for stance, label in _TAKERS.items():
        cells: Cells = {
            id: tuple(_taker_entry(store, p) for p in found if p.stance == stance)
            for id, found in positions.items()
        }
        if any(cells.values()) or stance in ("supports", "opposes"):
            cells = {id: entries or UNKNOWN for id, entries in cells.items()}
            differ = len({frozenset(e.value for e in entries) for entries in cells.values()}) > 1
            yield CompareRow(
                section="positions", key=stance, label=label, differs=differ, cells=cells
            )


def _taker_entry(store: Store, position: Position) -> CompareEntry:
    return CompareEntry(
        value=store.one(Stakeholder, position.stakeholder).name,
        stance=position.stance,
        text=position.text,
        concern=position.concern,
        remedy=position.remedy,
        date=position.date,
        confirmed=position.confirmed,
        note=position.note,
        sources=position.sources,
    )
