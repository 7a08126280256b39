"""The sources that records and answers cite, and what was known on a date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ice_facts.dates import began_by
from ice_facts.model import Citation, Dispute, Source
from ice_facts.store import Store


def citations(*values: Any) -> list[Citation]:
    """Return all citations in records, answers and lists of them, each source once, in order."""
    found: dict[str, Citation] = {}

    def walk(value: Any) -> None:
        if isinstance(value, Citation):
            found.setdefault(value.id, value)
        elif isinstance(value, Struct):
            for name in value.__struct_fields__:
                inner = getattr(value, name)
                if not isinstance(inner, str):  # most fields are: a look-up walks through thousands
                    walk(inner)
        elif isinstance(value, list | tuple):
            for item in value:
                walk(item)

    for value in values:
        walk(value)
    return list(found.values())


def sources_of(store: Store, *values: Any) -> tuple[Source, ...]:
    """Return the full records of the sources that the values cite, each once, in order."""
    return tuple(store.one(Source, citation.id) for citation in citations(*values))


def published_last(sources: Iterable[Source]) -> str:
    """Return the newest date on which one of the sources was published; empty if none is known."""
    return max((source.published or "" for source in sources), default="")


def known_by(store: Store, source: str, on: str) -> bool:
    """Tell whether a source was there by a date; one without a date, from when it was read on."""
    found = store.one(Source, source)
    return began_by(found.published or found.read, on)


def disputes_by(store: Store, disputes: Iterable[Dispute], on: str) -> tuple[Dispute, ...]:
    """Return what sources disagreed about by a date, with the accounts that there were by then."""
    known = (
        replace(
            dispute,
            accounts=tuple(
                account
                for account in dispute.accounts
                if any(known_by(store, c.id, on) for c in account.sources)
            ),
        )
        for dispute in disputes
    )
    return tuple(dispute for dispute in known if len(dispute.accounts) > 1)
