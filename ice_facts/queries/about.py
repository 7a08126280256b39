"""Questions about the store itself."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ice_facts.model import TABLES
from ice_facts.results.rows import StoreInfo, TableInfo
from ice_facts.store import Store, table_files


def store_info(store: Store) -> StoreInfo:
    """Count the records of a store by table, and its facts by whether they are confirmed."""
    tables = []
    for name, cls in TABLES.items():
        records = store.all(cls)
        dates = [date for record in records for date in _confirmations(record)]
        files = table_files(store.root, name)
        tables.append(
            TableInfo(
                table=name,
                records=len(records),
                facts=len(dates),
                unconfirmed=sum(d is None for d in dates),
                files=len(files),
                bytes=sum(path.stat().st_size for path in files),
            )
        )
    return StoreInfo(path=str(store.root), version=store.version(), tables=tuple(tables))


def _confirmations(value: Any) -> list[str | None]:
    """Return the ``confirmed`` dates in a record, None for each fact that has none."""
    found: list[str | None] = []
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            item = getattr(value, name)
            if name == "confirmed":
                found.append(item)
            else:
                found += _confirmations(item)
    elif isinstance(value, tuple):
        for item in value:
            found += _confirmations(item)
    return found
