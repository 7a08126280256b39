"""Rules on facts: each has a source, and a confirmed one has a source that was read."""

from __future__ import annotations

from collections.abc import Iterator

from ice_facts.model import (
    Account,
    Agreement,
    Check,
    Event,
    FormerAgreement,
    Listing,
    Official,
    Policy,
    Population,
    Position,
    Reading,
    Rule,
    Source,
    Stakeholder,
    Statistic,
    Term,
)
from ice_facts.validate.tables import Problem, Tables

Fact = (
    Population
    | Official
    | Rule
    | Listing
    | Account
    | Policy
    | Stakeholder
    | Position
    | Event
    | Statistic
    | Reading
    | Term
    | Agreement
    | FormerAgreement
)
"""The parts and records that need a source of their own."""


def fact_has_source(fact: Fact, tables: Tables) -> Iterator[Problem]:
    """Every fact has a source.

    Groups and offices need none as long as they are not confirmed: they are only there for their
    positions and claims.
    """
    if fact.sources:
        return
    if isinstance(fact, Stakeholder) and fact.kind in ("group", "office") and not fact.confirmed:
        return
    yield Problem("sources", "the fact has no source", "cite one, or take the fact away")


def verdict_has_source(check: Check, tables: Tables) -> Iterator[Problem]:
    """Every verdict on a claim has a source."""
    if check.status in ("supported", "contradicted", "outdated") and not check.sources:
        problem = f"the claim is called {check.status} without a source"
        yield Problem("sources", problem, "cite one, or call the claim unverified")


def confirmed_by_reading(fact: Fact, tables: Tables) -> Iterator[Problem]:
    """Of the sources of a confirmed fact at least one was read."""
    if isinstance(fact, Population | Account) or not fact.confirmed:
        return
    sources = [tables.get(Source, citation.id) for citation in fact.sources]
    if sources and all(source is not None and source.read is None for source in sources):
        yield Problem(
            "confirmed",
            "confirmed, but none of its sources was ever read",
            "read one and date it in 'read', or leave 'confirmed' out",
        )
