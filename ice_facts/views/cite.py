"""The view of cited sources as a list."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.results.found import CitedSource
from ice_facts.view import Column, Listing, table_of


def cited_listing(cited: Sequence[CitedSource]) -> Listing:
    """Return the view of the sources that some records cite."""
    table = table_of(
        cited,
        (Column("id", "Id"), lambda s: s.id),
        (Column("title", "Title"), lambda s: s.title),
        (Column("publisher", "Publisher"), lambda s: s.publisher),
        (Column("kind", "Kind"), lambda s: s.kind),
        (Column("published", "Published"), lambda s: s.published),
        (Column("read", "Read"), lambda s: s.read),
        (Column("url", "Address", data=True), lambda s: s.url),
        (Column("locators", "Where in it"), lambda s: "; ".join(s.locators)),
        (
            Column("facts", "Supports", data=not any(source.facts for source in cited)),
            lambda s: "; ".join(f"{f.table} {f.id}: {f.fact}" for f in s.facts),
        ),
    )
    return Listing(f"Sources cited: {len(cited)}", table)
