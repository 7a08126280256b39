"""The sources that records and answers cite, and which of them were out on a date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from ice_facts.dates import began_by
from ice_facts.model import Account, Citation, Dispute, Source
from ice_facts.model.walk import parts_in
from ice_facts.store import Store


def citations(*values: Any) -> list[Citation]:
    """Return all citations in records, answers and lists of them, each source once, in order."""
    found: dict[str, Citation] = {}
    for part in parts_in(*values, leaf=Citation):
        if isinstance(part, Citation):
            found.setdefault(part.id, part)
    return list(found.values())


def sources_of(store: Store, *values: Any) -> tuple[Source, ...]:
    """Return the full records of the sources that the values cite, each once, in order."""
    return tuple(store.many(Source, [citation.id for citation in citations(*values)]))


def published_last(sources: Iterable[Source]) -> str:
    """Return the newest date on which one of the sources was published; empty if none is known."""
    return max((source.published or "" for source in sources), default="")


def was_known(store: Store, source: str, on: str) -> bool:
    """Return True if a source was out by a date; one that is not dated, from when it was read."""
    found = store.one(Source, source)
    return began_by(found.published or found.read, on)


def known_disputes(store: Store, disputes: Iterable[Dispute], on: str) -> tuple[Dispute, ...]:
    """Return the disputes of a date, each with the accounts whose sources were out by then."""
    known = [
        replace(dispute, accounts=tuple(a for a in dispute.accounts if _is_known(store, a, on)))
        for dispute in disputes
    ]
    return tuple(dispute for dispute in known if len(dispute.accounts) > 1)


def _is_known(store: Store, account: Account, on: str) -> bool:
    return any(was_known(store, citation.id, on) for citation in account.sources)
