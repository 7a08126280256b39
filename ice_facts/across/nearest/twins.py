"""Claims that are shown together: for and against one matter, or of several articles on it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ice_facts.across.nearest.ranking import Candidate
from ice_facts.model import Claim
from ice_facts.store import Store

TWINS = (
    # For and against
    ("001-03", "001-04"),
    ("001-11", "001-13"),
    ("001-26", "001-28"),
    ("004-22", "004-23", "001-20"),
    ("004-15", "004-16"),
    ("004-31", "004-32"),
    ("003-03", "003-42"),
    ("003-04", "003-05"),
    ("003-09", "003-10", "003-11"),
    ("003-20", "003-21", "003-22"),
    ("002-07", "002-25"),
    ("000-06", "000-07"),
    # One matter in several articles
    ("001-17", "002-04", "004-19"),
    ("000-05", "004-11"),
    ("000-24", "002-21", "003-06"),
    ("001-54", "004-16"),
    ("004-07", "004-08"),
    ("001-59", "000-30"),
    ("002-45", "003-35"),
)
"""Ids of claims in groups; a test holds them to the record."""


def twins_of(id: str) -> tuple[str, ...]:
    """Return the ids of the claims that are shown with a claim."""
    return tuple(dict.fromkeys(o for group in TWINS if id in group for o in group if o != id))


def with_twins(store: Store, claims: Iterable[Candidate], limit: int) -> list[Candidate]:
    """Return claims, each followed by its twins, which count as one with it.

    Args:
        store: Where the claims are.
        claims: The nearest claims, nearest first.
        limit: At most so many claims with their twins.
    """
    told: dict[str, Candidate] = {}
    for claim in claims:
        if claim.id in told:
            continue
        if limit == 0:
            break
        limit -= 1
        told[claim.id] = claim
        for id in twins_of(claim.id):
            twin = store.get(Claim, id)
            if twin is not None and id not in told:
                told[id] = replace(claim, id=id, title=twin.text)
    return list(told.values())
