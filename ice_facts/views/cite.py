"""The view of cited sources as a list."""

from __future__ import annotations

from collections.abc import Sequence

from ice_facts.results.found import CitedSource
from ice_facts.view import Column, Listing, Table, plain


def cited_listing(cited: Sequence[CitedSource]) -> Listing:
    """Return the view of the sources that some records cite."""
    columns = (
        Column("id", "Id"),
        Column("title", "Title"),
        Column("publisher", "Publisher"),
        Column("kind", "Kind"),
        Column("published", "Published"),
        Column("read", "Read"),
        Column("url", "Address", data=True),
        Column("locators", "Where in it"),
        Column("facts", "Supports", data=not any(source.facts for source in cited)),
    )
    rows = tuple(
        (
            plain(source.id),
            plain(source.title),
            plain(source.publisher),
            plain(source.kind),
            plain(source.published),
            plain(source.read),
            plain(source.url),
            plain("; ".join(source.locators)),
            plain("; ".join(f"{f.table} {f.id}: {f.fact}" for f in source.facts)),
        )
        for source in cited
    )
    return Listing(f"Sources cited: {len(rows)}", Table(columns, rows))
