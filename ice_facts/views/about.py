"""The view of the store itself."""

from __future__ import annotations

from ice_facts.results.rows import StoreInfo
from ice_facts.view import Column, Listing, table_of


def info_listing(info: StoreInfo) -> Listing:
    """Return the view of a store's tables."""
    table = table_of(
        info.tables,
        (Column("table", "Table"), lambda t: t.table),
        (Column("records", "Records", right=True), lambda t: t.records),
        (Column("facts", "Facts", right=True), lambda t: t.facts),
        (Column("unconfirmed", "Unconfirmed", right=True), lambda t: t.unconfirmed),
        (Column("files", "Files", right=True), lambda t: t.files),
        (Column("bytes", "Bytes", right=True), lambda t: t.bytes),
    )
    return Listing(
        f"Store of {info.version}",
        table,
        (
            f"In {info.path}",
            "Facts: what can be confirmed. A claim's check has a status of its own.",
        ),
    )
