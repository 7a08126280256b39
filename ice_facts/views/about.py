"""The view of the store itself."""

from __future__ import annotations

from ice_facts.results.rows import StoreInfo
from ice_facts.view import Column, Listing, Table, plain


def info_listing(info: StoreInfo) -> Listing:
    """Return the view of a store's tables."""
    keys = ("table", "records", "facts", "unconfirmed", "files", "bytes")
    columns = tuple(Column(k, k.capitalize(), right=k != "table") for k in keys)
    rows = tuple(tuple(plain(getattr(t, k)) for k in keys) for t in info.tables)
    return Listing(
        f"Store of {info.version}",
        Table(columns, rows),
        (
            f"In {info.path}",
            "Facts: what can be confirmed. A claim's check has a status of its own.",
        ),
    )
